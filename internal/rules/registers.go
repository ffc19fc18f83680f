package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mynumber/internal/law"
)

// The registers' own law, as far as a card's life needs it: which office takes which notification, whom it tells, and what
// becomes of an application for a card that is under way.

var (
	residentAct = law.Source{Title: "住民基本台帳法"}
	familyAct   = law.Source{Title: "戸籍法"}
	chofu       = law.Source{Title: "調布市・多治見市 国外転出を取りやめたとき", Date: day(2024, 5, 30)}
)

// Acceptor is an office as seen from the person who notifies.
type Acceptor string

const (
	ResidenceOffice Acceptor = "residence" // keeps the resident record, or kept the last one
	NewMunicipality Acceptor = "new"       // of the address moved to
	HonsekiOffice   Acceptor = "honseki"
	AnyMunicipality Acceptor = "municipality" // where the person who notifies happens to be
	AnyMission      Acceptor = "mission"      // takes it and forwards it to the honseki
	TheIssuer       Acceptor = "issuer"
)

// AcceptorNames say them.
var AcceptorNames = map[Acceptor]law.Text{
	ResidenceOffice: {Ja: "住所地の市区町村", En: "the municipality of residence"},
	NewMunicipality: {Ja: "新しい住所の市区町村", En: "the municipality of the new address"},
	HonsekiOffice:   {Ja: "本籍地の市区町村", En: "the honseki municipality"},
	AnyMunicipality: {Ja: "届出人のいる市区町村", En: "a municipality where the person who notifies is"},
	AnyMission:      {Ja: "在外公館", En: "a mission"},
	TheIssuer:       {Ja: "地方公共団体情報システム機構", En: "the issuer"},
}

// Notifying is how a notification is taken.
type Notifying struct {
	At        []Acceptor
	AfterOnly bool // only after the day itself: somebody who will move has not moved
	Tells     []Acceptor
	Kind      string // of what is told over the network of the registers
	Cite      law.Citation
}

// familyOffices take what is notified under the family register act.
var familyOffices = []Acceptor{HonsekiOffice, ResidenceOffice, AnyMunicipality, AnyMission}

// Notifications: the office of each notification and whom it tells. What stands in the resident record is notified where it
// is kept (住民基本台帳法第22条から第25条); what stands in the family register at the honseki or where the person who notifies is,
// abroad at a mission (戸籍法第25条, 第40条). The other offices hear of it over the network (転入通知, 附票記載事項通知, 住所地への通知).
var Notifications = law.Table[map[EventKind]Notifying]{
	{From: cards, Checked: checked, Cite: awara.At("住民基本台帳(住民票コード…)", "NUM-015", "ST-050"), Rule: map[EventKind]Notifying{
		MoveOut:           {At: only(ResidenceOffice), Tells: []Acceptor{NewMunicipality}, Kind: "move_out_data", Cite: residentAct.At("第24条", "CHG-020", "ST-050")},
		MoveIn:            {At: only(NewMunicipality), AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice}, Kind: "move_in_notice", Cite: residentAct.At("第22条, 第9条第1項, 第19条第1項", "CHG-021", "ST-050")},
		MoveWithin:        {At: only(ResidenceOffice), AfterOnly: true, Tells: only(HonsekiOffice), Kind: "address_notice", Cite: residentAct.At("第23条, 第19条第1項", "CHG-001", "ST-050")},
		Departure:         {At: only(ResidenceOffice), Tells: only(HonsekiOffice), Kind: "departure_notice", Cite: residentAct.At("第24条, 第19条第1項", "CHG-024", "ABR-002", "ST-050")},
		ReturnToJapan:     {At: only(NewMunicipality), AfterOnly: true, Tells: only(HonsekiOffice), Kind: "address_notice", Cite: residentAct.At("第22条, 第19条第1項", "CHG-008", "ABR-060", "ST-050")},
		FirstRegistration: {At: only(NewMunicipality), AfterOnly: true, Tells: []Acceptor{HonsekiOffice, TheIssuer}, Kind: "number_notice", Cite: residentAct.At("第8条, 第30条の3", "NUM-013", "NUM-010")},
		ChildBorn:         {At: familyOffices, AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice, TheIssuer}, Kind: "number_notice", Cite: familyAct.At("第49条, 第51条", "NUM-013", "ST-050")},
		HolderDied:        {At: familyOffices, AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice}, Kind: "death_notice", Cite: familyAct.At("第86条, 第88条", "CHG-025", "ST-050")},
		NameChange:        {At: familyOffices, AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice}, Kind: "family_register_notice", Cite: familyAct.At("第25条, 第40条, 住民基本台帳法第9条第2項", "CHG-001", "CHG-010")},
		BirthOrSexChange:  {At: familyOffices, AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice}, Kind: "family_register_notice", Cite: familyAct.At("第113条", "CHG-010")},
		HonsekiChange:     {At: familyOffices, AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice}, Kind: "family_register_notice", Cite: familyAct.At("第108条, 住民基本台帳法第19条第3項", "CHG-017", "ABR-031")},
		NationalityLost:   {At: []Acceptor{HonsekiOffice, ResidenceOffice, AnyMission}, AfterOnly: true, Tells: []Acceptor{ResidenceOffice, HonsekiOffice}, Kind: "family_register_notice", Cite: familyAct.At("第103条", "ELIG-011")},
		FormerSurname:     {At: only(ResidenceOffice), AfterOnly: true, Tells: only(HonsekiOffice), Kind: "former_surname_notice", Cite: niigata.At("旧氏併記制度", "CHG-007", "CHG-011")},
		NumberChanged:     {At: only(ResidenceOffice), AfterOnly: true, Tells: only(TheIssuer), Kind: "number_notice", Cite: numberAct.At("第7条第2項", "NUM-003", "CHG-027")},
		CodeChanged:       {At: only(ResidenceOffice), AfterOnly: true, Tells: only(TheIssuer), Kind: "code_notice", Cite: residentAct.At("第30条の4", "NUM-016", "CHG-026")},
		RecordDeleted:     {At: only(ResidenceOffice), AfterOnly: true, Tells: only(HonsekiOffice), Kind: "deletion_notice", Cite: residentAct.At("第8条, 第12条の4", "CHG-025")},
		StayExtended:      {At: only(ResidenceOffice), AfterOnly: true, Cite: awara.At("在留期限のある人", "EXP-050", "ST-050")},
		StayPending:       {At: only(ResidenceOffice), AfterOnly: true, Cite: awara.At("在留期限のある人", "EXP-060", "ST-050")},
		StayEnded:         {At: only(ResidenceOffice), Cite: awara.At("在留期限のある人", "CHG-028", "ST-050")},
	}},
}

func only(a Acceptor) []Acceptor { return []Acceptor{a} }

// ApplicationEnd is which applications under way an event ends, so that the person has to apply anew.
type ApplicationEnd struct {
	Overseas, Home bool
	Cite           law.Citation
}

// ApplicationsEnd: an overseas application ends with a move to Japan and a change of the honseki municipality; a domestic
// one with a departure; every one with its person's record, and with another number or code, which would be a wrong
// one on the card. Other changes of entries go to the office that examines it and end nothing (ABR-030).
var ApplicationsEnd = law.Table[map[EventKind]ApplicationEnd]{
	{From: cards, Checked: checked, Cite: konan.At("(5)申請後に事情が変わったとき", "ABR-030", "ABR-031", "ABR-035"), Rule: map[EventKind]ApplicationEnd{
		HonsekiChange:   {Overseas: true, Cite: konan.At("(5)", "ABR-031", "ST-003")},
		ReturnToJapan:   {Overseas: true, Cite: konan.At("(5)", "ABR-035", "ST-003")},
		Departure:       {Home: true, Cite: konan.At("注意事項", "CHG-024", "ST-003")},
		HolderDied:      {Overseas: true, Home: true, Cite: niigata.At("死亡等の理由で住民票が消除された", "CHG-025", "ST-003")},
		RecordDeleted:   {Overseas: true, Home: true, Cite: niigata.At("死亡等の理由で住民票が消除された", "CHG-025", "ST-003")},
		NationalityLost: {Overseas: true, Cite: konan.At("対象者", "ELIG-011", "ST-003")},
		NumberChanged:   {Overseas: true, Home: true, Cite: niigata.At("マイナンバーを変更した", "CHG-027", "ST-003")},
		CodeChanged:     {Overseas: true, Home: true, Cite: niigata.At("住民票コードを変更した", "CHG-026", "ST-003")},
	}},
}

// TakingBack is what becomes of a card when a move out or abroad is called off before its day.
type TakingBack struct {
	CardGoesOn    bool // a card that waits for the departure is an ordinary card again
	SignatureEnds bool // a signature certificate that already names the departure says what is no longer so
	LapseDays     int  // after so many days without another procedure the card lapses; zero: it does not
}

// CalledOff: a card after continuing use lapses unless a further procedure is made; no deadline is published, so that none
// ends a card here, and the entries are to be written anew at the window (supplement section 3 and 13.4).
var CalledOff = law.Table[TakingBack]{
	{From: cards, Checked: checked, Cite: chofu.At("転出を取りやめたとき", "ABR-009", "CHG-024", "CHG-010"), Rule: TakingBack{CardGoesOn: true, SignatureEnds: true}},
}

// registerTables are these tables as they are printed.
func registerTables() []Entry {
	return []Entry{
		entry("Notifications", "届出を受ける窓口と、知らせる先", &Notifications, func(all map[EventKind]Notifying) []string {
			var out []string
			for _, kind := range slices.Sorted(maps.Keys(all)) {
				line := EventNames[kind].Ja + ":" + acceptors(all[kind].At) + "で受けます。"
				if len(all[kind].Tells) > 0 {
					line += acceptors(all[kind].Tells) + "に知らせます。"
				}
				if all[kind].AfterOnly {
					line += "その日より前には受けません。"
				}
				out = append(out, line+ruleList(all[kind].Cite.IDs))
			}
			return out
		}),
		entry("CalledOff", "転出・国外転出を取りやめたとき", &CalledOff, func(c TakingBack) []string {
			var out []string
			if c.CardGoesOn {
				out = append(out, "保留中のカードは、国内のカードとして使えるようになります。券面の「国外転出」の記載は窓口で書き直します。")
			}
			if c.SignatureEnds {
				out = append(out, "国外転出を記載した署名用電子証明書は失効します。")
			}
			if c.LapseDays > 0 {
				out = append(out, fmt.Sprintf("%d日のうちに手続きがないと失効します。", c.LapseDays))
			}
			return out
		}),
		entry("ApplicationsEnd", "届出で終わる申請", &ApplicationsEnd, func(all map[EventKind]ApplicationEnd) []string {
			var out []string
			for _, kind := range slices.Sorted(maps.Keys(all)) {
				which := "申請"
				switch e := all[kind]; {
				case !e.Home:
					which = "国外転出者向けカードの申請"
				case !e.Overseas:
					which = "国内のカードの申請"
				}
				out = append(out, EventNames[kind].Ja+":"+which+"は終わります。"+ruleList(all[kind].Cite.IDs))
			}
			return out
		}),
	}
}

func acceptors(all []Acceptor) string {
	var names []string
	for _, a := range all {
		names = append(names, AcceptorNames[a].Ja)
	}
	return strings.Join(names, "・")
}

// registerRefusals are what the registers' offices say no with.
var registerRefusals = map[string]law.Refusal{
	"notification_elsewhere": no("この届出は、%sで受け付けます。", "This notification is taken by %s.",
		"上の窓口に届け出てください。届け出ると、ほかの市区町村には住民基本台帳ネットワークで知らせます。", "Notify it there; the other municipalities hear of it over the network of the registers.",
		residentAct.At("第22条から第25条, 戸籍法第25条", "ST-050", "NUM-015")),
	"not_happened_yet": no("%s はまだ来ていません。この届出は、その日以後に受け付けます。", "%s has not come yet; this notification is taken from that day on.",
		"その日が過ぎてから届け出てください。転出は前もって届け出られます。", "Notify it when the day has come; a move out can be notified beforehand.",
		residentAct.At("第22条, 第23条", "CHG-021", "ST-050")),
	"already_moved": no("転出(予定)日 %s が来たため、届出を取り消せません。", "The planned day %s has come; the notification cannot be taken back.",
		"引き続き日本に住む方は、転入の届出をしてください。", "Whoever goes on living in Japan notifies a move in.",
		chofu.At("転出を取りやめたとき", "ABR-003", "CHG-024")),
	"record_ended": no("この方の記録は %s に消除されています。", "This person's record was struck off on %s.",
		"誤りのときは、住所地の市区町村の職権記載で記録を戻します。", "If that was a mistake the municipality enters the person again.",
		niigata.At("死亡等の理由で住民票が消除された", "CHG-025")),
}
