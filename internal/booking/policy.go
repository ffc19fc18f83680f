package booking

import (
	"cmp"
	"slices"
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// Default and DefaultMission name the neutral policies: of every office, and of every mission before it.
const (
	Default        place.Code = "default"
	DefaultMission place.Code = "default-mission"
)

// Need says what a visitor without a reservation meets.
type Need string

const (
	Required Need = "required" // 完全予約制: no visit without a reservation (PICK-007)
	Priority Need = "priority" // 予約優先: who has one is served first (PICK-010)
	NoNeed   Need = "none"     // no reservations are taken
)

// Needs in the order from strict to open.
var Needs = []Need{Required, Priority, NoNeed}

// Any is what a rule's list of procedures says for all of them.
const Any = "*"

// Booking channels of a rule.
const (
	ByLink      = "online"    // by the mailed link or the office's page
	ByTelephone = "telephone" // the clerk books
	AtWindow    = "window"    // the clerk books
)

var channels = []string{ByLink, ByTelephone, AtWindow}

// File is a policy as its file says it. What is absent is unsaid, and falls to the file it is part of and to the defaults.
type File struct {
	Office       place.Code   `json:"office"`            // code of the municipality or mission; default or default-mission
	PartOf       place.Code   `json:"part_of,omitempty"` // a ward's city: its counters and lines hold here too
	Cite         law.Citation `json:"cite"`              // of every line without a source of its own
	Checked      civil.Date   `json:"checked"`           // when somebody last compared the file with its source
	Zone         string       `json:"zone,omitempty"`    // IANA time zone of a mission; "unknown": not to be relied on
	Counters     []Counter    `json:"counters,omitempty"`
	Closed       []Closing    `json:"closed,omitempty"` // for all counters
	Reservations []Rule       `json:"reservations,omitempty"`
	PickupMonths int          `json:"pickup_months,omitempty"` // how long a card waits (PICK-005)
	Takes        Takes        `json:"takes,omitzero"`
	Mission      *Mission     `json:"mission,omitempty"`
	Contacts     []Contact    `json:"contacts,omitempty"`
	Lines        []Line       `json:"lines,omitempty"`

	name string   // of the file
	sum  [32]byte // of its text
}

// Counter is one place where visitors are received.
type Counter struct {
	ID     string        `json:"id"`
	Name   law.Text      `json:"name"`
	Where  law.Text      `json:"where"` // where to go on the day
	Hours  []Hours       `json:"hours,omitempty"`
	Closed []Closing     `json:"closed,omitempty"`
	Not    []string      `json:"not_for,omitempty"` // procedures that it does not do
	Cite   *law.Citation `json:"cite,omitempty"`

	owner place.Code
}

// Key names the counter among all offices.
func (c Counter) Key() string { return string(c.owner) + "/" + c.ID }

// Hours are opening hours on weekdays, on some weekdays of a month, or on dated days, each before the former.
type Hours struct {
	Days     []string      `json:"days,omitempty"` // sun … sat
	Nth      []int         `json:"nth,omitempty"`  // which of the month, 1 to 5; absent: every one
	From     civil.Date    `json:"from,omitzero"`  // dated: opens whatever weekday or holiday it is
	To       civil.Date    `json:"to,omitzero"`    // last day of it; absent: From alone
	Open     string        `json:"open"`           // 09:00
	Close    string        `json:"close"`          // 17:00
	Holidays bool          `json:"holidays,omitempty"`
	Why      law.Text      `json:"why,omitzero"`
	Cite     *law.Citation `json:"cite,omitempty"`
}

// Closing is a day on which a counter is closed. Exactly one of its kinds is given: weekdays, dated days, or the turn of the
// year.
type Closing struct {
	Days      []string      `json:"days,omitempty"`
	Nth       []int         `json:"nth,omitempty"`
	DaysAfter int           `json:"days_after,omitempty"` // so many days after that weekday: the day after the 3rd Saturday (OFF-032)
	From      civil.Date    `json:"from,omitzero"`
	To        civil.Date    `json:"to,omitzero"`
	NewYear   bool          `json:"turn_of_year,omitempty"` // civil.TurnOfYear
	Why       law.Text      `json:"why,omitzero"`
	Cite      *law.Citation `json:"cite,omitempty"`
}

// Rule is how a visit for some procedures is reserved.
type Rule struct {
	For      []string      `json:"for"`                // procedures of the rulebook, or "*"
	Counters []string      `json:"counters,omitempty"` // ids; absent: every counter
	Need     Need          `json:"need,omitempty"`
	Every    int           `json:"every,omitempty"` // minutes from opening time on
	Times    []string      `json:"times,omitempty"` // or these times
	Capacity int           `json:"capacity,omitempty"`
	First    *int          `json:"first_day,omitempty"` // days ahead; 0 is the same day
	Last     *int          `json:"last_day,omitempty"`
	Item     law.Text      `json:"item,omitzero"` // under which it is booked (PICK-011: not always the procedure's name)
	Where    law.Text      `json:"where,omitzero"`
	Channels []string      `json:"channels,omitempty"`
	Cite     *law.Citation `json:"cite,omitempty"`
}

// Takes is what an office takes or does by its own policy. What is absent is unsaid.
type Takes struct {
	PostFromAbroad *bool `json:"post_from_abroad,omitempty"`      // overseas applications by post (CON-010)
	Counter        *bool `json:"counter,omitempty"`               // staff take applications in at the window (APP-025, APP-028)
	Outreach       *bool `json:"outreach,omitempty"`              // staff go out for them (APP-020, APP-024)
	CancelByEmail  *bool `json:"cancel_by_email,omitempty"`       // cancellations by e-mail (ABR-038)
	FeeByPost      *bool `json:"fee_by_post,omitempty"`           // postal money orders or cash mail (FEE-019)
	TellProxied    *bool `json:"tell_proxied,omitempty"`          // writes to the holder when a proxy from outside came (PICK-055)
	Relief         *bool `json:"disaster_relief,omitempty"`       // waives the fee after a disaster (FEE-013, LOSS-044)
	AnotherDay     *bool `json:"household_another_day,omitempty"` // no signature certificate for a household member that day (CON-038)
}

// Mission is what a mission can do, as far as somebody has looked.
type Mission struct {
	Post    []string      `json:"by_post,omitempty"`     // procedures taken by post; "*" for every one the rulebook lets
	NoPost  []string      `json:"not_by_post,omitempty"` // and not; "*" for none at all
	Booking Need          `json:"booking,omitempty"`     // whether a visit is booked
	Checked civil.Date    `json:"checked"`               // when somebody looked
	Cite    *law.Citation `json:"cite,omitempty"`
}

// Contact is how an office is reached.
type Contact struct {
	For   law.Text      `json:"for"`
	Phone string        `json:"phone,omitempty"`
	Fax   string        `json:"fax,omitempty"`
	Email string        `json:"email,omitempty"`
	URL   string        `json:"url,omitempty"`
	Hours law.Text      `json:"hours,omitzero"`
	Cite  *law.Citation `json:"cite,omitempty"`
}

// Topics of a line that nobody's act depends on, but that staff and applicants read.
var Topics = map[string]law.Text{
	"proxies": {Ja: "代理人", En: "proxies"}, "payment": {Ja: "手数料の納付", En: "payment"}, "post": {Ja: "郵送", En: "post"},
	"delivery": {Ja: "カードの郵送", En: "posting of cards"}, "photo": {Ja: "写真", En: "photos"}, "forms": {Ja: "申請書の再発行", En: "forms issued again"},
	"filling": {Ja: "記入の手伝い", En: "help with forms"}, "pins": {Ja: "暗証番号の再設定", En: "PIN reset"}, "kiosk": {Ja: "コンビニ交付", En: "kiosks"},
	"cancelling": {Ja: "申請の取消し", En: "cancelling"}, "email": {Ja: "メールでの連絡", En: "e-mail"}, "outreach": {Ja: "出張申請", En: "staff who come out"},
	"time": {Ja: "かかる時間", En: "time needed"}, "relief": {Ja: "災害による免除", En: "relief"}, "number": {Ja: "個人番号の変更", En: "change of number"},
	"dispatch": {Ja: "発送の時期", En: "dispatch"}, "closing": {Ja: "休業", En: "closing"}, "window": {Ja: "窓口での扱い", En: "at the window"}, "silent": {Ja: "公表されていないこと", En: "not published"},
}

// Line is a fact of the office in words.
type Line struct {
	About string        `json:"about"`
	Text  law.Text      `json:"text"`
	Cite  *law.Citation `json:"cite,omitempty"`
}

// Policy is what holds at an office: its own file, that of what it is part of, and the defaults, the nearest that says
// something first.
type Policy struct {
	Office place.Code
	files  []*File // its own first, default.json last
}

// Files are what the policy is made of, the office's own first.
func (p Policy) Files() []*File { return p.files }

// FileNames are the names of the files that could speak for the office, without their folder.
func (p Policy) FileNames() []string {
	out := []string{string(p.Office) + ".json"}
	for _, f := range p.files {
		out = append(out, string(f.Office)+".json")
	}
	return out
}

// Name is the file as a fault names it.
func (f *File) Name() string { return f.name }

// Own reports that the office has a file of its own.
func (p Policy) Own() bool { return len(p.files) > 0 && p.files[0].Office == p.Office }

// Cite is the source of the nearest file.
func (p Policy) Cite() law.Citation {
	if len(p.files) == 0 {
		return law.Citation{}
	}
	return p.files[0].Cite
}

// said is whether an office does something, by the nearest file that says so.
func (p Policy) said(of func(*File) *bool) (yes, known bool) {
	for _, f := range p.files {
		if b := of(f); b != nil {
			return *b, true
		}
	}
	return false, false
}

func (p Policy) does(of func(*File) *bool) bool {
	yes, _ := p.said(of)
	return yes
}

// Counter reports that staff take applications in at the window.
func (p Policy) Counter() bool { return p.does(func(f *File) *bool { return f.Takes.Counter }) }

// Outreach reports that staff go out for applications.
func (p Policy) Outreach() bool { return p.does(func(f *File) *bool { return f.Takes.Outreach }) }

// CancelByEmail reports that cancellations come by e-mail.
func (p Policy) CancelByEmail() bool {
	return p.does(func(f *File) *bool { return f.Takes.CancelByEmail })
}

// FeeByPost reports that a fee may come by post.
func (p Policy) FeeByPost() bool { return p.does(func(f *File) *bool { return f.Takes.FeeByPost }) }

// TellProxied reports that the holder hears of a proxy from outside the household.
func (p Policy) TellProxied() bool { return p.does(func(f *File) *bool { return f.Takes.TellProxied }) }

// Relief reports whether the office waives fees after a disaster, and whether anybody says so.
func (p Policy) Relief() (yes, known bool) {
	return p.said(func(f *File) *bool { return f.Takes.Relief })
}

// AnotherDay reports whether the office issues no signature certificate to a member of the household on the day.
func (p Policy) AnotherDay() (yes, known bool) {
	return p.said(func(f *File) *bool { return f.Takes.AnotherDay })
}

// Post reports that the office takes a procedure from abroad by post. A mission says it a procedure (supplement 0.21).
func (p Policy) Post(procedure rules.Procedure) bool {
	for _, f := range p.files {
		switch m := f.Mission; {
		case m != nil && names(m.NoPost, procedure):
			return false
		case m != nil && names(m.Post, procedure):
			return true
		}
		if f.Takes.PostFromAbroad != nil {
			return *f.Takes.PostFromAbroad
		}
	}
	return false
}

// RefusesPost reports a mission whose file says that it does not take the procedure by post (supplement 0.21), where the
// national rule would let it.
func (p Policy) RefusesPost(procedure rules.Procedure) bool {
	return slices.ContainsFunc(p.files, func(f *File) bool { return f.Mission != nil && names(f.Mission.NoPost, procedure) })
}

// Contacts are how the office is reached; of a ward's city too.
func (p Policy) Contacts() []Contact {
	var out []Contact
	for _, f := range p.files {
		out = append(out, f.Contacts...)
	}
	return out
}

// Lines are what the office's own files say in words, with the source of each.
func (p Policy) Lines() []Line {
	var out []Line
	for _, f := range p.files {
		for _, l := range f.Lines {
			l.Cite = cmp.Or(l.Cite, &f.Cite)
			out = append(out, l)
		}
	}
	return out
}

// PickupMonths is how long a card waits, 0 when the office leaves it to the rulebook.
func (p Policy) PickupMonths() int {
	for _, f := range p.files {
		if f.PickupMonths > 0 {
			return f.PickupMonths
		}
	}
	return 0
}

// Counters are those at which the office's visitors are received: its own, and those of what it is part of.
func (p Policy) Counters() []Counter {
	var out []Counter
	for i, f := range p.files {
		if f.neutral() && len(out) > 0 {
			break
		}
		for _, c := range f.Counters {
			if c.owner = f.Office; f.neutral() {
				c.owner = p.Office
			}
			if c.Hours == nil {
				c.Hours = p.hours(i)
			}
			out = append(out, c)
		}
	}
	return out
}

// hours are those of the first counter of a later file: what a counter is open that says nothing of it.
func (p Policy) hours(after int) []Hours {
	for _, f := range p.files[after+1:] {
		for _, c := range f.Counters {
			if f.neutral() && c.Hours != nil {
				return c.Hours
			}
		}
	}
	return nil
}

// Gone is a counter that visits still name and the policy in force no longer has.
func Gone(key string) Counter {
	owner, id, _ := strings.Cut(key, "/")
	return Counter{ID: id, owner: place.Code(owner), Name: law.Text{Ja: "今の決まりにない窓口(" + id + ")", En: "a counter that the policy no longer has (" + id + ")"}}
}

// CounterAt is the counter with the key, among those of the office.
func (p Policy) CounterAt(key string) (Counter, bool) {
	all := p.Counters()
	i := slices.IndexFunc(all, func(c Counter) bool { return c.Key() == key })
	if i < 0 {
		return Counter{}, false
	}
	return all[i], true
}

// neutral reports a file that speaks for whoever says nothing.
func (f *File) neutral() bool { return f.Office == Default || f.Office == DefaultMission }

// owns reports that the file's ids of counters mean this counter.
func (f *File) owns(c Counter, p Policy) bool {
	return c.owner == f.Office || c.owner == p.Office || f.Office == p.Office && c.owner == f.PartOf
}

// Guide says under which item to book and where to go: at the first counter that does the procedure, or at any of several.
func (p Policy) Guide(procedure rules.Procedure) (item, where law.Text) {
	for _, c := range p.Counters() {
		t := p.Terms(procedure, c)
		if !c.Takes(procedure) || t.Need == NoNeed {
			continue
		}
		switch {
		case where.IsZero():
			item, where = t.Item, t.Where
		default:
			where = law.Text{Ja: where.Ja + "、または " + t.Where.Ja, En: where.En + ", or " + t.Where.En}
		}
	}
	return item, where
}

// Takes reports that the counter does the procedure.
func (c Counter) Takes(procedure rules.Procedure) bool { return !names(c.Not, procedure) }

// OfficeOf is the office that a counter's key belongs to.
func OfficeOf(key string) place.Code {
	code, _, _ := strings.Cut(key, "/")
	return place.Code(code)
}
