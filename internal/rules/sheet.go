package rules

import (
	"slices"
	"strings"

	"mynumber/internal/card"
	"mynumber/internal/law"
)

// A sheet is one procedure as the law describes it, complete: what has to hold, where and by which channel it is
// done, who may come with which papers, which PINs are typed, and what comes of it. What a sheet does not list is
// refused. Package procedure holds a case against it; what has to be computed (a fee, a last day) is computed there.

// Procedure is one thing that can be done about a card, its certificates or its PINs, or with them.
type Procedure string

// Group puts procedures together under what a person wants.
type Group string

const (
	GroupApply        Group = "apply"
	GroupUnderWay     Group = "application_under_way"
	GroupPickup       Group = "pickup"
	GroupRenewal      Group = "renewal"
	GroupLoss         Group = "loss"
	GroupChange       Group = "change_of_entries"
	GroupCertificates Group = "certificates"
	GroupPINs         Group = "pins"
	GroupLeave        Group = "leaving_japan"
	GroupReturn       Group = "returning_to_japan"
	GroupForeign      Group = "foreign_residents"
	GroupPhone        Group = "phone"
	GroupServices     Group = "services"
	GroupNumber       Group = "individual_number"
)

// Groups are all groups in the order in which a person reads them.
var Groups = []Group{GroupLoss, GroupRenewal, GroupApply, GroupUnderWay, GroupPickup, GroupChange, GroupLeave, GroupReturn, GroupPINs, GroupCertificates, GroupPhone, GroupServices, GroupForeign, GroupNumber}

// GroupNames are the groups as a person would look for them.
var GroupNames = map[Group]law.Text{
	GroupApply:        {Ja: "カードを申請する", En: "Apply for a card", Easy: "カードを 申(もう)し込(こ)む"},
	GroupUnderWay:     {Ja: "申請の途中", En: "An application under way", Easy: "申(もう)し込(こ)みの 途中(とちゅう)"},
	GroupPickup:       {Ja: "カードを受け取る", En: "Collect a card", Easy: "カードを 受(う)け取(と)る"},
	GroupRenewal:      {Ja: "有効期限と更新", En: "Expiry and renewal", Easy: "期限(きげん)が 来(き)た"},
	GroupLoss:         {Ja: "紛失・盗難・破損・返納", En: "Loss, theft, damage, return", Easy: "なくした・こわれた・返(かえ)す"},
	GroupChange:       {Ja: "氏名・住所などの変更", En: "Change of name, address and other entries", Easy: "名前(なまえ)・住所(じゅうしょ)が 変(か)わった"},
	GroupCertificates: {Ja: "電子証明書", En: "Certificates", Easy: "電子証明書(でんししょうめいしょ)"},
	GroupPINs:         {Ja: "暗証番号", En: "PINs", Easy: "暗証番号(あんしょうばんごう)"},
	GroupLeave:        {Ja: "国外へ引っ越す", En: "Leaving Japan", Easy: "外国(がいこく)に 引(ひ)っ越(こ)す"},
	GroupReturn:       {Ja: "日本へ帰る", En: "Returning to Japan", Easy: "日本(にほん)に 帰(かえ)る"},
	GroupForeign:      {Ja: "在留期間のある人", En: "Residents with a period of stay", Easy: "在留期間(ざいりゅうきかん)が ある 人(ひと)"},
	GroupPhone:        {Ja: "スマートフォンの電子証明書", En: "Certificates on a phone", Easy: "スマートフォンで 使(つか)う"},
	GroupServices:     {Ja: "カードを使うサービス", En: "Services that use the card", Easy: "カードを 使(つか)う"},
	GroupNumber:       {Ja: "マイナンバー", En: "The Individual Number", Easy: "マイナンバー"},
}

// Info is a procedure with its name and its sheet by day.
type Info struct {
	Code  Procedure
	Group Group
	Name  law.Text
	Sheet *law.Table[Sheet]
}

// Sheet is what holds for a procedure from the row's first day on.
type Sheet struct {
	Requires []Requirement // in the order in which a window would ask
	Ways     []Way         // complete; empty only for a procedure that no office does
	Papers   []Need        // whoever comes, wherever
	PINs     []card.PIN    // typed by the holder (PIN-030), where the way or the visitor has none of its own
	Effects  []Effect
	Messages []Line // who is told what by whom
	Steps    []Line
	Warnings []Line // what the person should know before it is done
	Takes    []Estimate

	// The refusals for an office, a channel and a visitor that no way lists; the general ones when empty.
	NotHere, NotThus, NotThey string
}

// Requirement is one condition of a procedure and the refusal when it is not met.
type Requirement struct {
	Cond   Cond
	Refuse string
	Opens  Procedure // that would make the condition true; empty when none does
}

// Way is one kind of office with the channels by which it does the procedure.
type Way struct {
	Office   OfficeKind
	Channels []Channel
	ByLocal  []Channel // only where the office's own policy takes it
	NotLocal string    // the refusal where it does not; the sheet's when empty
	If       []Cond    // only then
	Who      []Come    // in order of preference; for one visitor the first row that applies
	Papers   []Need
	PINs     []card.PIN // in place of the sheet's
	Effects  []Effect
	Steps    []Line
	DoneBy   OfficeKind // the office that does the work where this one only takes the card in and gives it back; empty for itself
	Cite     law.Citation
}

// Come is one kind of visitor and what holds when this one comes.
type Come struct {
	Who    Visitor
	If     []Cond     // all of them
	Later  bool       // not on the day: the holder is asked by letter first, and the proxy comes again
	Part   Part       // only this part; empty for all of it
	Papers []Need     // besides the way's
	PINs   []card.PIN // in place of the way's
	Cite   law.Citation
}

// Part of a procedure that one visitor is limited to.
type Part string

const (
	CardOnly  Part = "card_only"  // the card's entries or PINs (No.3, No.4), nothing about certificates
	EntryOnly Part = "entry_only" // handing the papers in
)

// Need is one line of the list of papers: one of the picks suffices.
type Need struct {
	Code  string // in the decision; the paper itself where there is only one
	If    []Cond // only then
	Whose Visitor
	Any   []Pick
	Cite  law.Citation
}

// Pick is papers that belong together: so many of each list.
type Pick []Of

// Of is a number of papers out of a list.
type Of struct {
	Count  int
	Papers []Paper
}

// Line is one sentence of a sheet, shown when its conditions hold or are not known.
type Line struct {
	Code string
	If   []Cond
	Text law.Text
	Cite law.Citation
}

// Subject is what an effect is about.
type Subject string

const (
	TheCard                 Subject = "card"
	TheSignature            Subject = "signature"
	TheUserAuthentication   Subject = "user_authentication"
	ThePhoneSignature       Subject = "phone_signature"
	ThePhoneAuthentication  Subject = "phone_user_authentication"
	ThePINs                 Subject = "pins"
	TheApplication          Subject = "application"
	TheFormerCard           Subject = "former_card"
	TheServiceRegistrations Subject = "service_registrations"
)

// Effect is the state of something after the act.
type Effect struct {
	On      Subject
	Becomes string // a state of that thing's life, or a word of this list's own such as "rewritten"
	If      []Cond
	Text    law.Text
	Cite    law.Citation
}

// Estimate is how long something takes; never a deadline.
type Estimate struct {
	Code     string
	If       []Cond
	Min, Max int // in Unit
	Unit     Unit
	Text     law.Text
	Cite     law.Citation
}

// Unit of an estimate.
type Unit string

const (
	Minutes Unit = "minutes"
	Hours   Unit = "hours"
	Days    Unit = "days"
)

// Cond is a condition of a case: a yes-or-no question that facts answer. Not turns it round.
type Cond string

// Not is the condition that the condition does not hold.
func (c Cond) Not() Cond {
	if plain, ok := strings.CutPrefix(string(c), "!"); ok {
		return Cond(plain)
	}
	return "!" + c
}

// Plain is the condition without its Not, and whether there was one.
func (c Cond) Plain() (Cond, bool) {
	plain, negated := strings.CutPrefix(string(c), "!")
	return Cond(plain), negated
}

// Text is the condition as a sentence, the way it is wanted.
func (c Cond) Text() law.Text {
	plain, negated := c.Plain()
	if negated {
		return Conds[plain].Not
	}
	return Conds[plain].Yes
}

// FromAbroad are the procedures at home that people abroad do by another one.
var FromAbroad = map[Procedure]Procedure{
	ApplyAtHome: ApplyAbroad, RenewCardAtHome: RenewCardFromAbroad, RenewCertificatesAtHome: RenewCertificatesAway, ReissueAtHome: ReissueAway,
	LiftAtHome: LiftAbroad, ReportLossAtHome: AbolishAbroad, ResetPINInJapan: ResetPINFromAbroad, ChangeAtHome: ChangeEntriesFromAbroad,
	ReissueSignature: ChangeEntriesFromAbroad, AddCertificates: RenewCertificatesAway,
}

// CondText is a condition in words, both ways round.
type CondText struct{ Yes, Not law.Text }

// single is a need for one paper.
func single(p Paper, cite law.Citation, conds ...Cond) Need {
	return Need{Code: string(p), If: conds, Any: []Pick{{{1, []Paper{p}}}}, Cite: cite}
}

// oneOf is a need for one paper out of a list.
func oneOf(code string, cite law.Citation, papers ...Paper) Need {
	return Need{Code: code, Any: []Pick{{{1, papers}}}, Cite: cite}
}

// whose is the need as one of that person's papers.
func (n Need) whose(v Visitor) Need {
	n.Whose = v
	return n
}

// when is the need under more conditions.
func (n Need) when(conds ...Cond) Need {
	n.If = slices.Concat(n.If, conds)
	return n
}

func conds(list ...Cond) []Cond { return list }

// Procedures are all procedures, in the order in which they are listed to a person.
var Procedures = slices.Concat(homeProcedures, abroadProcedures, changeProcedures, servicesProcedures)

var procedureIndex = func() map[Procedure]int {
	m := map[Procedure]int{}
	for i, p := range Procedures {
		m[p.Code] = i
	}
	return m
}()

// LookupProcedure is the procedure with the code; false for an unknown one.
func LookupProcedure(code Procedure) (Info, bool) {
	i, ok := procedureIndex[code]
	if !ok {
		return Info{}, false
	}
	return Procedures[i], true
}
