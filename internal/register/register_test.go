package register_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/register"
)

func day(y, m, d int) civil.Date {
	date, err := civil.Parse(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	if err != nil {
		panic(err)
	}
	return date
}

// emigrant lived in Hachinohe and Yokohama and moved abroad as planned on 2022-03-31.
func emigrant(t *testing.T) register.Person {
	t.Helper()
	number, err := person.ParseNumber("983205673214")
	if err != nil {
		t.Fatal(err)
	}
	code, err := person.ParseResidentRecordCode("12345678903")
	if err != nil {
		t.Fatal(err)
	}
	return register.Person{
		ID: "p1", Name: person.Name{Family: "髙塚", Given: "花子", FamilyKana: "タカツカ", GivenKana: "ハナコ", FormerFamily: "佐倉"},
		Birth: day(1980, 2, 17), Sex: person.Female, Number: number, Code: code, Nationality: register.Japan,
		Residences: []register.Residence{
			{Municipality: "022039", Address: "青森県八戸市内丸一丁目1番1号", From: day(1980, 2, 17), To: day(2015, 4, 1), Reason: register.Born},
			{Municipality: "141097", Address: "神奈川県横浜市港北区大豆戸町26番地1 みなとハイツ101", From: day(2015, 4, 1), To: day(2022, 3, 31), Reason: register.MovedIn},
		},
		FamilyRegister: &register.SupplementaryFamilyRegister{
			Honseki: "022039", Since: day(1980, 2, 20), Departure: &register.Departure{Planned: day(2022, 3, 31), Notified: day(2022, 3, 14)},
		},
	}
}

// resident has never left.
func resident(t *testing.T) register.Person {
	p := emigrant(t)
	p.Residences[1].To = civil.Date{}
	p.FamilyRegister.Departure = nil
	return p
}

// returned came back to Niigata on 2026-05-10.
func returned(t *testing.T) register.Person {
	p := emigrant(t)
	p.Residences = append(p.Residences, register.Residence{Municipality: "151033", Address: "新潟県新潟市中央区学校町通1番町602番地1", From: day(2026, 5, 10), Reason: register.FromAbroad})
	return p
}

func TestResidence(t *testing.T) {
	for _, c := range []struct {
		why        string
		p          register.Person
		on         civil.Date
		in         string // municipality, empty for none
		lastDay    civil.Date
		fourItems  string // address, empty for none
		nowAbroad  bool
		cardInHand string
	}{
		{"出生の前日", emigrant(t), day(1980, 2, 16), "", civil.Date{}, "", true, "国外転出 令和4年3月31日"},
		{"出生の日", emigrant(t), day(1980, 2, 17), "022039", day(1980, 2, 17), "青森県八戸市内丸一丁目1番1号", true, "国外転出 令和4年3月31日"},
		{"転入の前日", emigrant(t), day(2015, 3, 31), "022039", day(2015, 3, 31), "青森県八戸市内丸一丁目1番1号", true, "国外転出 令和4年3月31日"},
		{"転入の日", emigrant(t), day(2015, 4, 1), "141097", day(2015, 4, 1), "神奈川県横浜市港北区大豆戸町26番地1 みなとハイツ101", true, "国外転出 令和4年3月31日"},
		{"国外転出の前日", emigrant(t), day(2022, 3, 30), "141097", day(2022, 3, 30), "神奈川県横浜市港北区大豆戸町26番地1 みなとハイツ101", true, "国外転出 令和4年3月31日"},
		{"国外転出の日 (CARD-011, CON-036)", emigrant(t), day(2022, 3, 31), "", day(2022, 3, 30), "国外転出 令和4年3月31日", true, "国外転出 令和4年3月31日"},
		{"国外転出の翌日", emigrant(t), day(2022, 4, 1), "", day(2022, 3, 30), "国外転出 令和4年3月31日", true, "国外転出 令和4年3月31日"},
		{"転出していない人", resident(t), day(2026, 4, 1), "141097", day(2026, 4, 1), "神奈川県横浜市港北区大豆戸町26番地1 みなとハイツ101", false, "神奈川県横浜市港北区大豆戸町26番地1 みなとハイツ101"},
		{"帰国の前日", returned(t), day(2026, 5, 9), "", day(2022, 3, 30), "", false, "新潟県新潟市中央区学校町通1番町602番地1"},
		{"帰国の日 (ABR-060)", returned(t), day(2026, 5, 10), "151033", day(2026, 5, 10), "新潟県新潟市中央区学校町通1番町602番地1", false, "新潟県新潟市中央区学校町通1番町602番地1"},
		{"登録のない人 (ELIG-012)", register.Person{Birth: day(2001, 1, 1)}, day(2026, 4, 1), "", civil.Date{}, "", false, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			r, ok := c.p.ResidentOn(c.on)
			if string(r.Municipality) != c.in || ok != (c.in != "") {
				t.Errorf("resident in %q, want %q", r.Municipality, c.in)
			}
			if got := c.p.LastRegistered(c.on); got != c.lastDay {
				t.Errorf("last registered %s, want %s", got, c.lastDay)
			}
			items, ok := c.p.FourItems(c.on)
			if items.Address != c.fourItems || ok != (c.fourItems != "") {
				t.Errorf("four items have %q, want %q", items.Address, c.fourItems)
			}
			if ok && (items.Birth != c.p.Birth || items.Name != c.p.Name || items.Sex != c.p.Sex) {
				t.Error("four items of somebody else")
			}
			if (c.p.Departure() != nil) != c.nowAbroad {
				t.Errorf("departure %v", c.p.Departure())
			}
			if got := c.p.CardAddressLine(); got != c.cardInHand {
				t.Errorf("card shows %q, want %q", got, c.cardInHand)
			}
		})
	}
}

// ELIG-014: the last day of registration around 2015-10-05, when the numbers began.
func TestLastRegisteredAroundTheNumbers(t *testing.T) {
	for removed, want := range map[civil.Date]civil.Date{
		day(2015, 10, 5): day(2015, 10, 4), day(2015, 10, 6): day(2015, 10, 5), day(2015, 10, 7): day(2015, 10, 6),
	} {
		p := register.Person{Residences: []register.Residence{{From: day(2000, 1, 1), To: removed}}}
		if got := p.LastRegistered(day(2026, 4, 1)); got != want {
			t.Errorf("record removed on %s: last registered %s, want %s", removed, got, want)
		}
	}
}

// Whoever asks for the departure cannot change the register with it.
func TestDepartureIsACopy(t *testing.T) {
	p := emigrant(t)
	p.Departure().Planned = day(2030, 1, 1)
	if got := p.Departure().Planned; got != day(2022, 3, 31) {
		t.Errorf("the register says %s now", got)
	}
}

func TestCheck(t *testing.T) {
	for _, p := range []register.Person{emigrant(t), resident(t), returned(t)} {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
	foreign := resident(t)
	foreign.Nationality, foreign.FamilyRegister = "DE", nil
	if err := foreign.Check(); err != nil || foreign.Japanese() || foreign.Departure() != nil {
		t.Errorf("a foreign national: %v", err)
	}
	for why, c := range map[string]struct {
		change func(*register.Person)
		says   string
	}{
		"ELIG-011 foreign national in a family register": {func(p *register.Person) { p.Nationality = "DE" }, "ELIG-011"},
		"APP-074 designated city as honseki":             {func(p *register.Person) { p.FamilyRegister.Honseki = "141003" }, "APP-074"},
		"mission as honseki":                             {func(p *register.Person) { p.FamilyRegister.Honseki = "office-tw-taipei" }, "APP-074"},
		"no birth":                                       {func(p *register.Person) { p.Birth = civil.Date{} }, "date of birth"},
		"no name":                                        {func(p *register.Person) { p.Name = person.Name{} }, "name"},
		"resident before birth":                          {func(p *register.Person) { p.Birth = day(1980, 2, 18) }, "before birth"},
		"overlap by a day":                               {func(p *register.Person) { p.Residences[0].To = day(2015, 4, 2) }, "before the one before it ends"},
		"two open residences":                            {func(p *register.Person) { p.Residences[0].To = civil.Date{} }, "before the one before it ends"},
		"wrong order":                                    {func(p *register.Person) { p.Residences[0], p.Residences[1] = p.Residences[1], p.Residences[0] }, "before the one before it ends"},
		"ends on its first day":                          {func(p *register.Person) { p.Residences[1].To = p.Residences[1].From }, "not after it begins"},
		"no address":                                     {func(p *register.Person) { p.Residences[1].Address = "" }, "no address"},
		"no first day":                                   {func(p *register.Person) { p.Residences[0].From = civil.Date{} }, "no first day"},
		"unknown municipality":                           {func(p *register.Person) { p.Residences[1].Municipality = "990019" }, "no office"},
		"ward of later days": {func(p *register.Person) {
			p.Residences[1].Municipality = "221384"
		}, "no office"},
		"designated city itself":       {func(p *register.Person) { p.Residences[1].Municipality = "141003" }, "its wards do"},
		"residence beyond departure":   {func(p *register.Person) { p.Residences[1].To = day(2022, 4, 1) }, "beyond the departure"},
		"open residence when abroad":   {func(p *register.Person) { p.Residences[1].To = civil.Date{} }, "beyond the departure"},
		"departure without a day":      {func(p *register.Person) { p.FamilyRegister.Departure.Planned = civil.Date{} }, "planned day"},
		"departure before birth":       {func(p *register.Person) { p.FamilyRegister.Departure.Planned = day(1980, 2, 16) }, "before birth"},
		"family register before birth": {func(p *register.Person) { p.FamilyRegister.Since = day(1980, 2, 16) }, "before birth"},
	} {
		p := emigrant(t)
		c.change(&p)
		if err := p.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want a fault with %q", why, err, c.says)
		}
	}
	t.Run("municipalities that ended before the numbers began are in no list", func(t *testing.T) {
		p := emigrant(t)
		p.Residences[0].Municipality = "112046" // 大宮市, gone since 2001
		if err := p.Check(); err != nil {
			t.Error(err)
		}
		p.Residences[0].To, p.Residences[1].From = day(2015, 10, 6), day(2015, 10, 6)
		if err := p.Check(); err == nil {
			t.Error("it is taken for a residence that lasted until after they began")
		}
	})
}

func TestPersonAsText(t *testing.T) {
	p := emigrant(t)
	for _, s := range []string{fmt.Sprint(p), fmt.Sprintf("%+v %#v %s %d", p, &p, p, p)} {
		for _, secret := range []string{"塚", "八戸", "1980", "98320"} {
			if strings.Contains(s, secret) {
				t.Errorf("printed: %s", s)
			}
		}
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "9832") || strings.Contains(string(b), "12345678903") || strings.Contains(string(b), "***") {
		t.Errorf("the number or code is in the JSON: %s", b)
	}
	var back register.Person
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	back.Number, back.Code = p.Number, p.Code
	if !reflect.DeepEqual(back, p) {
		t.Errorf("%s does not come back", b)
	}
}
