package procedure

import (
	"cmp"
	"fmt"
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// LifePlan is a person, a card and what is planned: the facts of a life line.
type LifePlan struct {
	On     civil.Date     `json:"on,omitzero" ja:"見る日。" en:"The day from which one looks."`
	Until  civil.Date     `json:"until,omitzero" ja:"どの日まで見るか。" en:"The last day looked at."`
	Person Person         `json:"person,omitzero" ja:"カードの名義人。" en:"The holder."`
	Card   Card           `json:"card,omitzero" ja:"カード。" en:"The card."`
	Certs  Certificates   `json:"certificates,omitzero" ja:"カードの電子証明書。" en:"The certificates on the card."`
	Phone  Phone          `json:"phone,omitzero" ja:"スマートフォンの電子証明書。" en:"The certificates on the phone."`
	Office Office         `json:"office,omitzero" ja:"手続きをする窓口。最後の開庁日を数えるため。" en:"The office, whose open days give the last safe day."`
	Events []PlannedEvent `json:"events,omitempty" max:"50" ja:"予定している出来事。" en:"Planned events."`
}

// PlannedEvent is one event with the acts that the person does about it. An act without a day is not done.
type PlannedEvent struct {
	Kind           rules.EventKind `json:"kind" ja:"出来事の種類。" en:"What happens."`
	On             civil.Date      `json:"on" ja:"その日(引っ越しは住み始める日、国外転出は転出予定日)。" en:"Its day: for a move the first day of living there, for a departure the planned day."`
	PlannedMoveOut civil.Date      `json:"planned_move_out,omitzero" ja:"転出届の転出予定日(国内の転入)。" en:"For a move inside Japan: the planned move-out day."`
	Filed          civil.Date      `json:"filed,omitzero" ja:"届出をする日。" en:"The day it is notified."`
	ContinuingUse  civil.Date      `json:"continuing_use,omitzero" ja:"継続利用の手続きをする日。" en:"The day of continuing use."`
	Rewritten      civil.Date      `json:"rewritten,omitzero" ja:"カードの記載を変更する日。" en:"The day the card's entries are updated."`
	Reissued       civil.Date      `json:"reissued,omitzero" ja:"電子証明書を発行し直す日。" en:"The day new certificates are issued."`
	Extended       civil.Date      `json:"extended,omitzero" ja:"カードの有効期間を変更する日。" en:"The day the card's validity is changed."`
	StayUntil      civil.Date      `json:"stay_until,omitzero" ja:"新しい在留期間の満了日。" en:"Last day of the new period of stay."`
}

// Line is a life line: what is good from when to when, and every day that matters.
type Line struct {
	On     civil.Date `json:"on" ja:"見る日。" en:"The day from which one looks."`
	From   civil.Date `json:"from" ja:"線の最初の日。" en:"First day of the line."`
	Until  civil.Date `json:"until" ja:"線の最後の日。" en:"Last day of the line."`
	Tracks []Track    `json:"tracks" ja:"カードと電子証明書の線。" en:"The card and each certificate."`
	Marks  []Mark     `json:"marks" ja:"日付順の出来事と期限。" en:"Days that matter, in order."`
	Rules  []string   `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Track is one thing with its states.
type Track struct {
	On    rules.Subject `json:"on" ja:"何の線か。" en:"What it is."`
	Spans []Span        `json:"spans" ja:"状態。" en:"Its states."`
}

// Span is a state from the first to the last day.
type Span struct {
	State string     `json:"state" ja:"状態。" en:"State."`
	From  civil.Date `json:"from" ja:"最初の日。" en:"First day."`
	To    civil.Date `json:"to" ja:"最後の日。" en:"Last day."`
}

// Mark is one day that matters.
type Mark struct {
	Day       civil.Date      `json:"day" ja:"日付。" en:"The day."`
	Kind      rules.MarkKind  `json:"kind" ja:"種類。" en:"Kind."`
	On        []rules.Subject `json:"subjects,omitempty" ja:"何について。" en:"What it is about."`
	Text      law.Text        `json:"text" ja:"文。" en:"As a sentence."`
	Procedure rules.Procedure `json:"procedure,omitempty" ja:"手続き。" en:"The procedure."`
	LastSafe  civil.Date      `json:"last_safe_day,omitzero" ja:"窓口が開いている、間に合う最後の日。" en:"The last day in time on which the office is open."`
	Avoided   bool            `json:"avoided,omitempty" ja:"予定どおりにすれば起こらないか。" en:"Whether the plan avoids it."`
	Rules     []string        `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// lifeline builds a line.
type lifeline struct {
	plan     *LifePlan
	open     func(civil.Date) bool
	tracks   map[rules.Subject]*Track
	overseas []kindSince // whether the card is an overseas card, from which day
	stayEnds civil.Date  // the last day of the period of stay, while the card ends with it
	marks    []Mark
	basis    Basis
}

type kindSince struct {
	day      civil.Date
	overseas bool
}

// lineSubjects is the order of the tracks.
var lineSubjects = []rules.Subject{rules.TheCard, rules.TheSignature, rules.TheUserAuthentication, rules.ThePhoneSignature, rules.ThePhoneAuthentication}

// Lifeline is what the days bring to the card of the plan. open says on which days the office is open; nil takes the
// days on which municipal offices are open by law.
func Lifeline(p *LifePlan, open func(civil.Date) bool) (Line, error) {
	if open == nil {
		open = civil.OfficeDay
	}
	l := &lifeline{plan: p, open: open, tracks: map[rules.Subject]*Track{}}
	l.overseas = []kindSince{{civil.Date{}, p.Card.Kind == OverseasCard}}
	for _, step := range []func() error{l.begin, l.events, l.stay, l.ages, l.renewals} {
		if err := step(); err != nil {
			return Line{}, fmt.Errorf("the life line: %w", err)
		}
	}
	return l.line(), nil
}

// begin lays the tracks from the day of issue to the last good day.
func (l *lifeline) begin() error {
	p := l.plan
	issued := p.Card.Issued
	if issued.IsZero() {
		issued = p.On
	}
	until := p.Card.Until
	if until.IsZero() && !p.Person.Birth.IsZero() && !p.Card.Issued.IsZero() {
		applied := p.Card.Applied
		if applied.IsZero() {
			applied = p.Card.Issued
		}
		u, err := CardUntil(CardFacts{Birth: p.Person.Birth, Applied: applied, Issued: p.Card.Issued})
		if err != nil {
			return err
		}
		until = u.Day
		l.basis = append(l.basis, u.Basis...)
	}
	if until.IsZero() || p.Card.Kind == NoCard {
		return nil
	}
	l.lay(rules.TheCard, Span{"active", issued, until})
	if p.Person.StayUntil == until {
		l.stayEnds = until
	}
	user, err := l.certificateUntil(p.Certs.UserAuthentication, issued, until, civil.Date{})
	if err != nil {
		return err
	}
	if p.Certs.UserAuthentication.State != CertificateNone {
		l.lay(rules.TheUserAuthentication, Span{"valid", issued, user})
	}
	if p.Certs.Signature.State != CertificateNone && !l.young(issued) {
		sign, err := l.certificateUntil(p.Certs.Signature, issued, until, user)
		if err != nil {
			return err
		}
		l.lay(rules.TheSignature, Span{"valid", issued, sign})
		if p.Phone.Signature.State == CertificateValid {
			l.lay(rules.ThePhoneSignature, Span{"valid", latest(p.Phone.Signature.Issued, issued), sign})
		}
		if p.Phone.UserAuth.State == CertificateValid {
			l.lay(rules.ThePhoneAuthentication, Span{"valid", latest(p.Phone.UserAuth.Issued, issued), earliest(user, sign)})
		}
	}
	return nil
}

// young reports a holder too young for a signature certificate on the day.
func (l *lifeline) young(on civil.Date) bool {
	if l.plan.Person.Birth.IsZero() {
		return false
	}
	row, err := rules.SignatureCertificates.On(on)
	return err == nil && civil.Age(l.plan.Person.Birth, on) < row.Rule.FromAge
}

// certificateUntil is the last day of a certificate that came with the card, if the plan does not name it.
func (l *lifeline) certificateUntil(c Certificate, issued, card, user civil.Date) (civil.Date, error) {
	if !c.Until.IsZero() {
		return earliest(c.Until, card), nil
	}
	if l.plan.Person.Birth.IsZero() {
		return earliest(card, user), nil
	}
	if !c.Issued.IsZero() {
		issued = c.Issued
	}
	u, err := CertificateUntil(CertificateFacts{Birth: l.plan.Person.Birth, Issued: issued, Card: card, Authenticator: user})
	l.basis = append(l.basis, u.Basis...)
	return u.Day, err
}

func latest(a, b civil.Date) civil.Date {
	if a.After(b) {
		return a
	}
	return b
}

func (l *lifeline) lay(s rules.Subject, span Span) {
	t := l.tracks[s]
	if t == nil {
		t = &Track{On: s}
		l.tracks[s] = t
	}
	t.Spans = append(t.Spans, span)
}

// last is the last span of a track; nil when there is none.
func (l *lifeline) last(s rules.Subject) *Span {
	t := l.tracks[s]
	if t == nil {
		return nil
	}
	return &t.Spans[len(t.Spans)-1]
}

// cut ends a track on the day: what was good until later is not good from the day on. It reports whether something ended.
func (l *lifeline) cut(s rules.Subject, day civil.Date, state string) bool {
	span := l.last(s)
	if span == nil || span.To.Before(day) || span.State == "ended" {
		return false
	}
	to := span.To
	if !span.From.Before(day) {
		span.State, span.To = "ended", to
		return true
	}
	span.To = day.AddDays(-1)
	l.lay(s, Span{state, day, to})
	return true
}

// alive reports that the thing is good on the day.
func (l *lifeline) alive(s rules.Subject, day civil.Date) bool {
	t := l.tracks[s]
	return t != nil && slices.ContainsFunc(t.Spans, func(x Span) bool {
		return x.State != "ended" && !day.Before(x.From) && !day.After(x.To)
	})
}

// events plays the planned events in the order of their days.
func (l *lifeline) events() error {
	list := slices.Clone(l.plan.Events)
	slices.SortStableFunc(list, func(a, b PlannedEvent) int { return a.On.Compare(b.On) })
	for _, e := range list {
		l.mark(Mark{Day: e.On, Kind: rules.MarkEvent, Text: rules.EventNames[e.Kind]})
		facts := LapseFacts{Event: e.Kind, Day: e.On, PlannedMoveOut: e.PlannedMoveOut, Filed: e.Filed, Rewritten: e.Rewritten,
			ContinuingUse: e.ContinuingUse, Reissued: e.Reissued, Extended: e.Extended, Foreign: l.plan.Person.Nationality == Foreign}
		if err := l.endings(facts); err != nil {
			return err
		}
		if err := l.follow(e); err != nil {
			return err
		}
	}
	return nil
}

// endings marks the deadlines of an event and what ends when they are missed.
func (l *lifeline) endings(f LapseFacts) error {
	real, err := Lapses(f)
	if err != nil {
		return err
	}
	for _, bare := range []LapseFacts{
		{Event: f.Event, Day: f.Day, PlannedMoveOut: f.PlannedMoveOut, Foreign: f.Foreign},
		{Event: f.Event, Day: f.Day, PlannedMoveOut: f.PlannedMoveOut, Foreign: f.Foreign, Filed: f.Filed, MovedOn: f.MovedOn},
		{Event: f.Event, Day: f.Day, PlannedMoveOut: f.PlannedMoveOut, Foreign: f.Foreign, Filed: f.Filed, ContinuingUse: f.ContinuingUse},
	} {
		possible, err := Lapses(bare)
		if err != nil {
			return err
		}
		for _, x := range possible {
			comes := slices.ContainsFunc(real, func(r Lapse) bool { return r.Cause == x.Cause })
			prevented := f.did(x.Prevent.Act)
			if x.Prevent.Act != "" && (comes || prevented) {
				l.deadline(x, prevented && !comes)
			}
		}
	}
	for _, x := range real {
		ended := false
		for _, s := range x.Ends {
			ended = l.cut(s, x.On, "ended") || ended
		}
		if ended {
			text := x.Text
			if f.Foreign && x.Cause == rules.LeftJapan {
				text = rules.MarkTexts["foreign_departure"]
			}
			l.mark(Mark{Day: x.On, Kind: rules.MarkEnds, On: x.Ends, Text: text, Rules: x.Basis.IDs()})
			l.basis = append(l.basis, x.Basis...)
		}
	}
	return nil
}

// did reports that the plan names a day for the act.
func (f LapseFacts) did(m rules.Moment) bool { return m != "" && !f.moment(m).IsZero() }

// deadline marks the last day to prevent an ending, once.
func (l *lifeline) deadline(x Lapse, avoided bool) {
	if !slices.ContainsFunc(x.Ends, func(s rules.Subject) bool { return l.alive(s, x.From) || l.alive(s, x.LastDay) }) {
		return // what is over cannot end once more
	}
	m := Mark{Day: x.LastDay, Kind: rules.MarkDeadline, On: x.Ends, Text: x.Text, Procedure: x.Prevent.Procedure, LastSafe: l.lastOpen(x.LastDay, x.From), Avoided: avoided, Rules: x.Basis.IDs()}
	if !slices.ContainsFunc(l.marks, func(o Mark) bool { return o.Kind == m.Kind && o.Day == m.Day && o.Text == m.Text }) {
		l.mark(m)
		l.basis = append(l.basis, x.Basis...)
	}
}

// lastOpen is the last day on which the office is open, not after the deadline nor before the day it is counted from,
// where that one is earlier; zero when there is none.
func (l *lifeline) lastOpen(last, first civil.Date) civil.Date { return lastOpen(l.open, last, first) }

func lastOpen(open func(civil.Date) bool, last, first civil.Date) civil.Date {
	const most = 60 // no office is closed for longer, and an open function need not be asked for ever
	for day, n := last, 0; n < most && (first.After(last) || !day.Before(first)); day, n = day.AddDays(-1), n+1 {
		if open(day) {
			return day
		}
	}
	return civil.Date{}
}

func (l *lifeline) mark(m Mark) { l.marks = append(l.marks, m) }

// say is a mark with a sentence of the rulebook's own.
func (l *lifeline) say(day civil.Date, kind rules.MarkKind, on []rules.Subject, code string, basis Basis, facts ...any) {
	text := rules.MarkTexts[code]
	if len(facts) > 0 {
		text = text.Format(facts...)
	}
	l.basis = append(l.basis, basis...)
	l.mark(Mark{Day: day, Kind: kind, On: on, Text: text, Rules: basis.IDs()})
}

// line is the finished line.
func (l *lifeline) line() Line {
	out := Line{On: l.plan.On, From: l.plan.On, Until: l.plan.Until, Marks: l.marks, Rules: l.basis.IDs()}
	last := l.plan.On
	for _, s := range lineSubjects {
		if t := l.tracks[s]; t != nil {
			out.Tracks = append(out.Tracks, *t)
			out.From = earliest(out.From, t.Spans[0].From)
			last = latest(last, t.Spans[len(t.Spans)-1].To)
		}
	}
	for _, m := range out.Marks {
		out.From, last = earliest(out.From, m.Day), latest(last, m.Day)
	}
	if out.Until.IsZero() {
		out.Until = last.AddMonths(1)
	}
	out.Marks = slices.DeleteFunc(out.Marks, func(m Mark) bool { return m.Day.After(out.Until) })
	slices.SortStableFunc(out.Marks, func(a, b Mark) int {
		return cmp.Or(a.Day.Compare(b.Day), markOrder[a.Kind]-markOrder[b.Kind])
	})
	return out
}

var markOrder = map[rules.MarkKind]int{rules.MarkEvent: 0, rules.MarkAge: 1, rules.MarkEnds: 2, rules.MarkState: 3, rules.MarkOpens: 4, rules.MarkDeadline: 5}
