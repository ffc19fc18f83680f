package booking

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// NeedNames say a Need in words.
var NeedNames = map[Need]law.Text{
	Required: {Ja: "完全予約制", En: "by reservation only"},
	Priority: {Ja: "予約優先", En: "reservations first"},
	NoNeed:   {Ja: "予約なしで受付", En: "no reservations"},
}

// ChannelNames say how one books.
var ChannelNames = map[string]law.Text{
	ByLink: {Ja: "オンライン", En: "online"}, ByTelephone: {Ja: "電話", En: "by telephone"}, AtWindow: {Ja: "窓口", En: "at the counter"},
}

// Description is what holds at an office on a day, for people to read.
type Description struct {
	Office   place.Code    `json:"office"`
	On       civil.Date    `json:"on"`
	Files    []Source      `json:"files"` // the nearest first
	Zone     string        `json:"zone"`  // empty: not known, and nothing can be booked
	Counters []CounterView `json:"counters"`
	Takes    []Taking      `json:"takes"`
	Mission  *Mission      `json:"mission,omitempty"`
	Contacts []Contact     `json:"contacts"`
	Lines    []Line        `json:"lines"`
}

// Source is a file that a policy is made of.
type Source struct {
	Name    string       `json:"name"`
	Checked civil.Date   `json:"checked"`
	Cite    law.Citation `json:"cite"`
}

// CounterView is a counter on the day, with its reservations.
type CounterView struct {
	Key     string      `json:"key"`
	Name    law.Text    `json:"name"`
	Where   law.Text    `json:"where"`
	Hours   []Span      `json:"hours"`
	Closed  law.Text    `json:"closed,omitzero"`     // why, on a day without hours
	Cites   []string    `json:"closed_by,omitempty"` // rules of the line that closes it
	Booking []TermsView `json:"booking"`
}

// TermsView is how visits for some procedures are reserved.
type TermsView struct {
	Procedures []string       `json:"procedures"` // "*" for all that no other line names
	Need       Need           `json:"need"`
	Text       law.Text       `json:"text"`
	Item       law.Text       `json:"item,omitzero"`
	Where      law.Text       `json:"where,omitzero"`
	Cites      []law.Citation `json:"cites"`
}

// Taking is something an office does or does not do; nobody may have said so.
type Taking struct {
	What  law.Text `json:"what"`
	Does  bool     `json:"does"`
	Known bool     `json:"known"`
}

// Describe says what holds on a day.
func (p Policy) Describe(on civil.Date) Description {
	d := Description{Office: p.Office, On: on, Contacts: p.Contacts(), Lines: p.Lines()}
	for _, f := range p.files {
		d.Files = append(d.Files, Source{f.name, f.Checked, f.Cite})
		if d.Mission == nil && f.Mission != nil {
			d.Mission = f.Mission
		}
	}
	if zone, err := p.Zone(); err == nil {
		d.Zone = zone.String()
	}
	for _, c := range p.Counters() {
		o := p.OnDay(c, on)
		d.Counters = append(d.Counters, CounterView{Key: c.Key(), Name: c.Name, Where: c.Where, Hours: o.Hours, Closed: o.Closed, Cites: o.Cite.IDs, Booking: p.booking(c, on)})
	}
	for _, k := range takings {
		if k.home && place.KindOf(p.Office) == place.KindMission {
			continue
		}
		yes, known := p.said(func(f *File) *bool { return k.of(f.Takes) })
		d.Takes = append(d.Takes, Taking{k.name, yes, known})
	}
	return d
}

var takings = []struct {
	name law.Text
	of   func(Takes) *bool
	home bool // of cards in Japan only
}{
	{law.Text{Ja: "窓口での申請受付", En: "takes applications in at the counter"}, func(t Takes) *bool { return t.Counter }, true},
	{law.Text{Ja: "出張申請", En: "staff go out"}, func(t Takes) *bool { return t.Outreach }, true},
	{law.Text{Ja: "国外からの郵送", En: "post from abroad"}, func(t Takes) *bool { return t.PostFromAbroad }, false},
	{law.Text{Ja: "メールでの取りやめ", En: "cancellation by e-mail"}, func(t Takes) *bool { return t.CancelByEmail }, false},
	{law.Text{Ja: "手数料の郵送", En: "fees by post"}, func(t Takes) *bool { return t.FeeByPost }, false},
	{law.Text{Ja: "代理交付のお知らせ", En: "tells the holder of a proxy"}, func(t Takes) *bool { return t.TellProxied }, true},
	{law.Text{Ja: "災害による手数料の免除", En: "relief after a disaster"}, func(t Takes) *bool { return t.Relief }, true},
	{law.Text{Ja: "世帯員の継続利用は署名用証明書を別の日に", En: "signature certificate for a household member on another day"}, func(t Takes) *bool { return t.AnotherDay }, false},
}

// booking are the terms at a counter, those of one wording together; the most common ones are "*".
func (p Policy) booking(c Counter, on civil.Date) []TermsView {
	var out []TermsView
	for _, info := range p.Procedures() {
		if !c.Takes(info.Code) {
			continue
		}
		t := p.Terms(info.Code, c)
		v := TermsView{Need: t.Need, Text: t.text(on), Cites: t.Cites}
		if t.Need != NoNeed && (t.Item.Ja != info.Name.Ja || t.Where.Ja != c.Where.Ja) {
			v.Item, v.Where = t.Item, t.Where
		}
		i := slices.IndexFunc(out, func(o TermsView) bool {
			return o.Text == v.Text && o.Item == v.Item && o.Where == v.Where && slices.EqualFunc(o.Cites, v.Cites, func(a, b law.Citation) bool { return a.String() == b.String() })
		})
		if i < 0 {
			out = append(out, v)
			i = len(out) - 1
		}
		out[i].Procedures = append(out[i].Procedures, string(info.Code))
	}
	slices.SortStableFunc(out, func(a, b TermsView) int { return cmp.Compare(len(a.Procedures), len(b.Procedures)) })
	if n := len(out); n > 0 && len(out[n-1].Procedures) > manyProcedures {
		out[n-1].Procedures = []string{Any}
	}
	return out
}

// manyProcedures is how many procedures are named before "*" says them.
const manyProcedures = 12

// text says the terms: need, days, times, places, ways.
func (t Terms) text(on civil.Date) law.Text {
	need := NeedNames[t.Need]
	if t.Need == NoNeed {
		return need
	}
	horizon, _ := rules.BookingHorizon.On(on)
	first, last := horizon.Rule.FirstDay, horizon.Rule.LastDay
	if t.First != nil {
		first = *t.First
	}
	if t.Last != nil {
		last = *t.Last
	}
	times := law.Text{Ja: fmt.Sprintf("%d分ごと", t.Every), En: fmt.Sprintf("every %d minutes", t.Every)}
	if t.Times != nil {
		times = law.Text{Ja: strings.Join(t.Times, "・"), En: "at " + strings.Join(t.Times, ", ")}
	}
	var ja, en []string
	for _, way := range t.Channels {
		ja, en = append(ja, ChannelNames[way].Ja), append(en, ChannelNames[way].En)
	}
	return law.Text{
		Ja: fmt.Sprintf("%s、%d〜%d日後、%s、同じ時刻に%d人(%s)", need.Ja, first, last, times.Ja, t.Capacity, strings.Join(ja, "・")),
		En: fmt.Sprintf("%s, %d to %d days ahead, %s, %d at one time (%s)", need.En, first, last, times.En, t.Capacity, strings.Join(en, ", ")),
	}
}
