// Package demo fills empty registers with invented people and gives them something to live through: a clock that can
// be moved, an inbox for the mails, a reader for the cards, and a player that lives one whole life through
// the same doors as everybody else. `mynumber serve` has none of it.
package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// The offices of the demo, by their real codes.
const (
	Sumida    place.Code = "131075"
	Hachinohe place.Code = "022039"
	Niigata   place.Code = "151033" // 新潟市中央区: has no part in the life
	Taipei    place.Code = "office-tw-taipei"
)

// Start is the instant at which the sandbox begins: the morning of the application (TL-001).
var Start = time.Date(2025, 10, 28, 9, 30, 0, 0, civil.JST)

// Accounts are the one-click logins.
var Accounts = []office.Staff{
	{ID: "sumida", Name: "墨田区 窓口 山本", Office: Sumida, Role: office.Clerk},
	{ID: "sumida2", Name: "墨田区 係長 石井", Office: Sumida, Role: office.Clerk},
	{ID: "hachinohe", Name: "八戸市 附票担当 工藤", Office: Hachinohe, Role: office.Clerk},
	{ID: "niigata", Name: "新潟市中央区 窓口 渡辺", Office: Niigata, Role: office.Clerk},
	{ID: "taipei", Name: "日本台湾交流協会台北事務所 窓口 林", Office: Taipei, Role: office.Clerk},
	{ID: "production", Name: "機構 発行担当 中島", Office: place.Issuer, Role: office.Operator},
	carrier,
	{ID: "stopline", Name: "機構 24時間受付 小林", Office: place.Issuer, Role: office.StopLine},
	{ID: "sumidaadmin", Name: "墨田区 管理者 清水", Office: Sumida, Role: office.Admin},
	{ID: "hachinoheadmin", Name: "八戸市 管理者 三浦", Office: Hachinohe, Role: office.Admin},
	{ID: "issueradmin", Name: "機構 管理者 藤田", Office: place.Issuer, Role: office.Admin},
}

var day = civil.Day

// someone is one line of the invented people.
type someone struct {
	id, family, given, kanaFamily, kanaGiven string
	sex                                      person.Sex
	birth                                    civil.Date
	number11                                 string // first eleven digits; empty for nobody's number
	nationality                              string
	honseki                                  place.Code
	residences                               []register.Residence
	departed                                 *register.Departure
	card                                     *card.Card
}

// people: the two who live the lives, and one for every refusal of the eligibility.
var people = []someone{
	{id: "sato", family: "佐藤", given: "光", kanaFamily: "サトウ", kanaGiven: "ヒカリ", sex: person.Female, birth: day(1988, 5, 17), number11: "40817263540", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{
			{Municipality: Hachinohe, Address: "青森県八戸市内丸一丁目1番1号", From: day(1988, 5, 17), To: day(2011, 4, 1), Reason: register.Born},
			{Municipality: Sumida, Address: "東京都墨田区吾妻橋一丁目23番20号", From: day(2011, 4, 1), To: day(2022, 3, 31), Reason: register.MovedIn}},
		departed: &register.Departure{Planned: day(2022, 3, 31), Notified: day(2022, 3, 14)},
		card: &card.Card{ID: "sato2020", State: card.Returned, Issued: day(2020, 6, 10), Until: day(2030, 5, 17), Activated: day(2020, 7, 3),
			Ended: day(2022, 3, 14), EndedAbroad: true, LeftWithOwner: true}},
	{id: "suzuki", family: "鈴木", given: "海斗", kanaFamily: "スズキ", kanaGiven: "カイト", sex: person.Male, birth: day(1994, 11, 3), number11: "71530428691", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{
			{Municipality: Hachinohe, Address: "青森県八戸市大字鮫町字小舟渡平1番地", From: day(1994, 11, 3), To: day(2023, 8, 20), Reason: register.Born}},
		departed: &register.Departure{Planned: day(2023, 8, 20), Notified: day(2023, 8, 7)}},
	{id: "wang", family: "WANG", given: "MEI", kanaFamily: "ワン", kanaGiven: "メイ", sex: person.Female, birth: day(1990, 2, 14), number11: "25861930475", nationality: "TW",
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区錦糸四丁目15番1号", From: day(2017, 4, 1), To: day(2023, 3, 31), Reason: register.FromAbroad}}},
	{id: "takahashi", family: "高橋", given: "空", kanaFamily: "タカハシ", kanaGiven: "ソラ", sex: person.Male, birth: day(1999, 8, 9), nationality: "JP", honseki: Hachinohe},
	{id: "ito", family: "伊藤", given: "渚", kanaFamily: "イトウ", kanaGiven: "ナギサ", sex: person.Female, birth: day(1975, 1, 20), nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{{Municipality: Hachinohe, Address: "青森県八戸市長横町10番地", From: day(1975, 1, 20), To: day(2015, 10, 4), Reason: register.Born}},
		departed:   &register.Departure{Planned: day(2015, 10, 4), Notified: day(2015, 9, 20)}},
	{id: "watanabe", family: "渡辺", given: "結", kanaFamily: "ワタナベ", kanaGiven: "ユイ", sex: person.Female, birth: day(1992, 12, 1), number11: "90342718563", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区押上一丁目1番2号", From: day(2016, 6, 1), Reason: register.MovedIn}}},
	{id: "yamada", family: "山田", given: "葵", kanaFamily: "ヤマダ", kanaGiven: "アオイ", sex: person.Female, birth: day(1988, 5, 17), number11: "63917502844", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{{Municipality: Hachinohe, Address: "青森県八戸市番町5番地", From: day(1988, 5, 17), To: day(2019, 9, 30), Reason: register.Born}},
		departed:   &register.Departure{Planned: day(2019, 9, 30), Notified: day(2019, 9, 11)}},
	{id: "kobayashi", family: "小林", given: "誠", kanaFamily: "コバヤシ", kanaGiven: "マコト", sex: person.Male, birth: day(1983, 7, 7), number11: "18276093451", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区向島二丁目5番17号", From: day(2012, 4, 1), To: day(2025, 6, 30), Reason: register.MovedIn}},
		departed:   &register.Departure{Planned: day(2025, 6, 30), Notified: day(2025, 6, 16)},
		card: &card.Card{ID: "kobayashi2019", State: card.Lapsed, Issued: day(2019, 2, 1), Until: day(2029, 7, 7), Activated: day(2019, 3, 1),
			Ended: day(2025, 6, 30), EndedAbroad: true, LeftWithOwner: true}},
}

// person is the line as the registers hold it.
func (s someone) person(code int) (register.Person, error) {
	p := register.Person{ID: s.id, Birth: s.birth, Sex: s.sex, Nationality: s.nationality, Residences: s.residences,
		Name: person.Name{Family: s.family, Given: s.given, FamilyKana: s.kanaFamily, GivenKana: s.kanaGiven}}
	if s.honseki != "" {
		p.FamilyRegister = &register.SupplementaryFamilyRegister{Honseki: s.honseki, Since: s.birth, Departure: s.departed}
	}
	if s.number11 == "" {
		return p, p.Check()
	}
	var err error
	if p.Number, err = person.NumberFrom(s.number11); err != nil {
		return p, fmt.Errorf("person %s: %w", s.id, err)
	}
	if p.Code, err = person.ParseResidentRecordCode(fmt.Sprintf("9%09d0", code)); err != nil {
		return p, fmt.Errorf("person %s: %w", s.id, err)
	}
	return p, p.Check()
}

// PersonIDs are the keys of the invented people.
func PersonIDs() []string {
	var ids []string
	for _, s := range people {
		ids = append(ids, s.id)
	}
	return ids
}

func init() { people = slices.Concat(people, residents, emigrants) }

// Populate fills empty registers with the invented people and accounts; registers that have them are left as they are.
func Populate(ctx context.Context, store office.Store, now time.Time) error {
	return store.Write(ctx, func(tx office.Tx) error {
		if _, err := tx.Setting("demo"); !errors.Is(err, office.ErrNotFound) {
			return err
		}
		for i, s := range people {
			p, err := s.person(i + 1)
			if err != nil {
				return err
			}
			if err := tx.PutPerson(p); err != nil {
				return err
			}
			if s.card == nil {
				continue
			}
			c := *s.card
			c.PersonID = s.id
			if err := tx.PutCard(c); err != nil {
				return err
			}
		}
		for _, f := range Forms {
			p, err := tx.Person(f.PersonID)
			if err != nil {
				return err
			}
			f.Name, f.Address = p.Name.Full(), p.CardAddressLine()
			if err := tx.PutIssuedForm(f); err != nil {
				return err
			}
		}
		for _, a := range Accounts {
			a.Created = now
			if err := tx.PutStaff(a); err != nil {
				return err
			}
		}
		return tx.PutSetting("demo", now.UTC().Format(time.RFC3339))
	})
}

// AtProvider gives every account of the demo a login at the invented identity provider.
func AtProvider(ctx context.Context, store office.Store, issuer string) error {
	return store.Write(ctx, func(tx office.Tx) error {
		for _, a := range Accounts {
			if err := dropProvider(tx, a.ID); err != nil {
				return err
			}
			err := tx.PutStaffKey(office.StaffKey{Kind: office.KeyProvider, ID: issuer + " " + a.ID, Account: a.ID, Name: a.ID, Created: Start})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// dropProvider takes away the identity providers of an account: the demo's own had another address when it ran before.
func dropProvider(tx office.Tx, account string) error {
	keys, err := tx.StaffKeys(account)
	for _, k := range keys {
		if k.Kind == office.KeyProvider {
			err = errors.Join(err, tx.DropStaffKey(k))
		}
	}
	return err
}

// AuthoritiesFrom is when the sandbox's authorities were founded: their certificates are good from then on.
var AuthoritiesFrom = time.Date(2025, 10, 1, 0, 0, 0, 0, civil.JST)
