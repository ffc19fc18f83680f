package booking

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a mission's zone is known wherever the program runs

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Opening is what a counter does on a day: its hours, or why it is closed.
type Opening struct {
	Hours  []Span
	Closed law.Text     // why; zero on an open day
	Cite   law.Citation // of the line that closes it, where it has one of its own
}

// Span is one stretch of opening hours, 15:04 to 15:04.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Why a counter is closed where its policy gives no reason of its own.
var (
	notOpen     = law.Text{Ja: "開庁日ではありません", En: "no opening day"}
	onHoliday   = law.Text{Ja: "祝日(%s)", En: "public holiday (%s)"}
	onNewYear   = law.Text{Ja: "年末年始", En: "turn of the year"}
	onClosing   = law.Text{Ja: "休業日", En: "closing day"}
	maintenance = law.Text{Ja: "臨時の休業", En: "closed for once"}
)

// OnDay is what the counter does on the day. A dated line is before a rule of weekdays, a rule of some weekdays of the month
// before one of all; a closing is before the hours of its rank. Holidays are those of the law of the year (civil.Holiday).
func (p Policy) OnDay(c Counter, day civil.Date) Opening {
	if spans := spansOf(c.Hours, func(h Hours) bool { return within(h.From, h.To, day) }); len(spans) > 0 {
		return Opening{Hours: spans}
	}
	for _, x := range slices.Concat(c.Closed, p.closed()) {
		if why, closed := x.on(day); closed {
			return Opening{Closed: why, Cite: *cmp.Or(x.Cite, c.Cite, &law.Citation{})}
		}
	}
	holiday, isHoliday := civil.Holiday(day)
	usual := func(nth, anyway bool) []Span {
		return spansOf(c.Hours, func(h Hours) bool {
			return h.From.IsZero() && (len(h.Nth) > 0) == nth && onWeekday(h.Days, h.Nth, day) && (anyway || !isHoliday || h.Holidays)
		})
	}
	if spans := usual(true, false); len(spans) > 0 {
		return Opening{Hours: spans}
	}
	if spans := usual(false, false); len(spans) > 0 {
		return Opening{Hours: spans}
	}
	if isHoliday && len(usual(true, true))+len(usual(false, true)) > 0 {
		return Opening{Closed: onHoliday.Format(law.Text{Ja: holiday.Ja, En: holiday.En})}
	}
	return Opening{Closed: notOpen}
}

// closed are the closings for all counters, of the nearest file that has any; what a ward is part of is heard as well.
func (p Policy) closed() []Closing {
	var out []Closing
	for _, f := range p.files {
		if f.neutral() && len(out) > 0 {
			break
		}
		out = append(out, f.Closed...)
	}
	return out
}

func spansOf(hours []Hours, wanted func(Hours) bool) []Span {
	var out []Span
	for _, h := range hours {
		if wanted(h) {
			out = append(out, Span{h.Open, h.Close})
		}
	}
	slices.SortFunc(out, func(a, b Span) int { return strings.Compare(a.From, b.From) })
	return out
}

// on reports whether the line closes the day, and why.
func (x Closing) on(day civil.Date) (law.Text, bool) {
	why, closed := onClosing, false
	switch {
	case x.NewYear:
		why, closed = onNewYear, civil.TurnOfYear(day)
	case !x.From.IsZero():
		why, closed = maintenance, within(x.From, x.To, day)
	default:
		closed = onWeekday(x.Days, x.Nth, day.AddDays(-x.DaysAfter))
	}
	if !x.Why.IsZero() {
		why = x.Why
	}
	return why, closed
}

func within(from, to, day civil.Date) bool {
	if to.IsZero() {
		to = from
	}
	return !from.IsZero() && !day.Before(from) && !day.After(to)
}

// onWeekday reports one of the weekdays, and where nth is given one of those in the month.
func onWeekday(days []string, nth []int, day civil.Date) bool {
	return slices.Contains(days, weekdays[day.Weekday()]) && (len(nth) == 0 || slices.Contains(nth, (day.Day()+6)/7))
}

// OpenOn reports that some counter of the office is open on the day.
func (p Policy) OpenOn(day civil.Date) bool {
	return slices.ContainsFunc(p.Counters(), func(c Counter) bool { return len(p.OnDay(c, day).Hours) > 0 })
}

// Slot is a time that can be booked for a procedure at a counter.
type Slot struct {
	Counter  Counter
	Day      civil.Date
	Time     string
	Capacity int
}

// Slots are the bookable times of a day for a procedure, by counter and time.
func (p Policy) Slots(procedure rules.Procedure, day civil.Date) []Slot {
	var out []Slot
	for _, c := range p.Counters() {
		out = append(out, p.SlotsAt(c, procedure, day)...)
	}
	return out
}

// SlotsAt are those of one counter.
func (p Policy) SlotsAt(c Counter, procedure rules.Procedure, day civil.Date) []Slot {
	t := p.Terms(procedure, c)
	if !c.Takes(procedure) || t.Need == NoNeed || t.Capacity < 1 {
		return nil
	}
	var out []Slot
	for _, span := range p.OnDay(c, day).Hours {
		for _, at := range t.times(span) {
			out = append(out, Slot{c, day, at, t.Capacity})
		}
	}
	return out
}

// times of one stretch of opening hours. A visit ends by closing time: the last time is a whole step before it.
func (t Terms) times(span Span) []string {
	var out []string
	if t.Times != nil {
		for _, at := range t.Times {
			if at >= span.From && at < span.To {
				out = append(out, at)
			}
		}
		return out
	}
	if t.Every < 1 {
		return nil
	}
	for at := minutes(span.From); at+t.Every <= minutes(span.To); at += t.Every {
		out = append(out, fmt.Sprintf("%02d:%02d", at/60, at%60))
	}
	return out
}

// minutes since midnight of a time that was checked.
func minutes(at string) int {
	var h, m int
	fmt.Sscanf(at, "%d:%d", &h, &m)
	return h*60 + m
}

// Find is the slot at that time: at the counter with the key, or at the first that has the time. False when there is none.
func (p Policy) Find(procedure rules.Procedure, day civil.Date, at, counter string) (Slot, bool) {
	for _, s := range p.Slots(procedure, day) {
		if s.Time == at && (counter == "" || counter == s.Counter.Key()) {
			return s, true
		}
	}
	return Slot{}, false
}

// ErrNoZone says that nobody knows which time an office's clock shows.
var ErrNoZone = errors.New("the office's time zone is not known")

// unknownZone is what a file writes of a mission whose zone is not to be relied on.
const unknownZone = "unknown"

// Zone is the office's own time. A municipality has Japan's; a mission that of its policy or of its seat, and never
// Japan's for want of another: ErrNoZone.
func (p Policy) Zone() (*time.Location, error) {
	if place.KindOf(p.Office) != place.KindMission {
		return civil.JST, nil
	}
	m, _ := place.LookupMission(p.Office)
	zone := m.Zone
	if len(p.files) > 0 && p.files[0].Zone != "" {
		zone = p.files[0].Zone
	}
	return zoneNamed(p.Office, zone)
}

func zoneNamed(of place.Code, zone string) (*time.Location, error) {
	if zone == "" || zone == unknownZone || zone == "Local" {
		return nil, fmt.Errorf("%w: %s", ErrNoZone, of)
	}
	l, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrNoZone, of, err)
	}
	return l, nil
}

// Local is the office's own day and time at an instant.
func (p Policy) Local(now time.Time) (civil.Date, string, error) {
	zone, err := p.Zone()
	if err != nil {
		return civil.Date{}, "", err
	}
	there := now.In(zone)
	y, m, d := there.Date()
	return civil.Day(y, m, d), there.Format("15:04"), nil
}
