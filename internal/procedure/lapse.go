package procedure

import (
	"slices"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// LapseFacts are the days of one event as the registers hold them; a day that has not come, or an act that has not been
// done, is zero. The night's work, the line of a life and the procedures about changes all count with Lapses.
type LapseFacts struct {
	Event          rules.EventKind
	Day            civil.Date // of the event: first day of living there; planned departure; death; last day of the stay or the card
	PlannedMoveOut civil.Date // 転出予定日 of a move inside Japan; zero where there is none
	Filed          civil.Date // the notification was accepted
	Noted          time.Time  // the instant at which it was; zero where only the day is known
	Rewritten      civil.Date // the card's entries were updated
	MovedOn        civil.Date // the next move-out notification was filed
	ContinuingUse  civil.Date // continuing use was done
	Reissued       civil.Date // the signature certificate was issued anew with the new entries
	Extended       civil.Date // the validity was changed, or specially extended
	Foreign        bool       // the holder is a foreign national
}

// Lapse is one ending: what is no longer good, from which day on, why, and how that can still be prevented.
type Lapse struct {
	Cause   rules.LapseCause
	Ends    []rules.Subject // all of them, with what follows from them
	On      civil.Date      // the first day on which they are not good (失効の日)
	LastDay civil.Date      // the last day on which they are; the last day to prevent it, too
	From    civil.Date      // the day it was counted from, as day 0
	Prevent Prevention
	Reason  certificate.Reason // for the certificates among them
	Text    law.Text
	Basis   Basis
}

// Prevention is the act by which an ending does not come, done on LastDay at the latest. It is empty when nothing helps.
type Prevention struct {
	Act       rules.Moment
	Procedure rules.Procedure // the procedure that is this act, where it is one of ours
}

// EndsCard reports that the card itself ends.
func (l Lapse) EndsCard() bool { return slices.Contains(l.Ends, rules.TheCard) }

// EndCause is the cause as a situation names it.
func (l Lapse) EndCause() EndCause { return endCauses[l.Cause] }

var endCauses = map[rules.LapseCause]EndCause{
	rules.NotifiedAfter14Days: EndedLateMoveIn, rules.NotifiedAfter30Days: EndedLateMoveIn, rules.NotRewritten: EndedNotUpdated, rules.EndedByOffice: EndedNotUpdated,
	rules.MovedOnUnwritten: EndedNotUpdated, rules.LeftJapan: EndedByDeparture, rules.Died: EndedRecordDeleted, rules.RecordStruckOff: EndedRecordDeleted,
	rules.OtherNumber: EndedNumberChanged, rules.OtherCode: EndedNumberChanged, rules.NationalityGone: EndedNationality, rules.StayOver: EndedStay,
	rules.LastDayPassed: EndedExpiry, rules.ReturnedBack: EndedByWish, rules.AbolishedOnReport: EndedByLoss, rules.NewerCard: EndedByReplacement,
}

// Lapses are the endings that follow from the facts, the earliest first. One whose days are not known yet, or that an
// act in time has prevented, is not among them; one that can still be prevented is. Whether it has come is a matter of
// comparing its On with a day. The law is that of the event's day.
func Lapses(f LapseFacts) ([]Lapse, error) {
	on := f.Day
	if on.IsZero() {
		on = earliest(f.Filed, f.PlannedMoveOut)
	}
	table, err := rules.LapseEndings.On(on)
	if err != nil {
		return nil, err
	}
	follow, err := rules.Follow.On(on)
	if err != nil {
		return nil, err
	}
	shift, err := rules.ClosedDayShift.On(on)
	if err != nil {
		return nil, err
	}
	office, err := rules.OfficeLapse.On(on)
	if err != nil {
		return nil, err
	}
	var out []Lapse
	for _, e := range table.Rule[f.Event] {
		if e.Office {
			e.Days = office.Rule
		}
		last, ok := f.lastDay(&e, shift.Rule)
		if !ok || e.Office && office.Rule == 0 {
			continue
		}
		l := Lapse{Cause: e.Cause, Ends: withFollowers(e.Ends, follow.Rule), On: last.AddDays(1), LastDay: last, From: f.moment(e.From),
			Reason: e.Reason, Text: e.Text, Basis: Basis{e.Cite, follow.Cite}}
		if f.preventable(&e) {
			l.Prevent = Prevention{Act: e.Unless, Procedure: e.By}
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b Lapse) int { return a.On.Compare(b.On) })
	return out, nil
}

// CardLapse is the first ending of the card itself; false when none follows from the facts.
func CardLapse(f LapseFacts) (Lapse, bool, error) {
	all, err := Lapses(f)
	for _, l := range all {
		if l.EndsCard() {
			return l, true, err
		}
	}
	return Lapse{}, false, err
}

// lastDay is the last good day; false when the ending does not come, or its days are not known.
func (f LapseFacts) lastDay(e *rules.Ending, shift bool) (civil.Date, bool) {
	from := f.moment(e.From)
	if from.IsZero() {
		return from, false
	}
	last := from.AddDays(e.Days)
	if shift && (e.Unless == rules.Filing || e.Unless == rules.Rewriting) {
		for !civil.OfficeDay(last) {
			last = last.AddDays(1)
		}
	}
	inTime := func(m rules.Moment) bool { return m != "" && !f.moment(m).IsZero() && !f.moment(m).After(last) }
	if e.After != "" && !(f.open(e) && inTime(e.After)) || f.preventable(e) && inTime(e.Unless) {
		return last, false
	}
	return last, true
}

func (f LapseFacts) preventable(e *rules.Ending) bool { return e.Unless != "" && f.open(e) }

// open reports that the holder can do what the ending speaks of.
func (f LapseFacts) open(e *rules.Ending) bool { return e.Foreign != rules.JapaneseOnly || !f.Foreign }

// moment is the day of a moment; zero while it has not come.
func (f LapseFacts) moment(m rules.Moment) civil.Date {
	switch m {
	case rules.TheDay:
		return f.Day
	case rules.PlannedMoveOut:
		return f.PlannedMoveOut
	case rules.Filing:
		return f.Filed
	case rules.Rewriting:
		return f.Rewritten
	case rules.MovingOn:
		return f.MovedOn
	case rules.ContinuingUse:
		return f.ContinuingUse
	case rules.Reissuing:
		return f.Reissued
	case rules.Extending:
		return f.Extended
	}
	return civil.Date{}
}

// EndsWith are the subjects that end with some, those among them (SPC-009, CHG-035).
func EndsWith(on civil.Date, ended ...rules.Subject) ([]rules.Subject, error) {
	follow, err := rules.Follow.On(on)
	if err != nil {
		return nil, err
	}
	return withFollowers(ended, follow.Rule), nil
}

// withFollowers are the subjects and what ends with them, each once.
func withFollowers(ends []rules.Subject, follow map[rules.Subject][]rules.Subject) []rules.Subject {
	out := slices.Clone(ends)
	for _, s := range ends {
		for _, f := range follow[s] {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}
