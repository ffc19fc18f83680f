package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// ReservationFacts decide whether a visit can be booked for a day.
type ReservationFacts struct {
	Day         civil.Date
	Deadline    civil.Date // pickup deadline of the card; zero for other visits
	First, Last *int       // days ahead by the office's own policy; nil takes the rule's
	NotTaken    bool       // the office takes no reservations for it
	Elsewhere   bool       // it takes them, but not in this way
	Open        bool       // the office takes reservations at that time
	Free        int        // places left
}

// Reserve decides on a reservation (PICK-007, PICK-008, PICK-075). on is the office's own day.
func Reserve(on civil.Date, f ReservationFacts) (Basis, error) {
	first, last, basis, err := BookingDays(on, f.First, f.Last)
	switch {
	case err != nil:
		return nil, err
	case f.NotTaken:
		return nil, rules.Refuse("reservation_not_taken")
	case f.Elsewhere:
		return nil, rules.Refuse("reservation_elsewhere")
	case f.Day.Before(first) || f.Day.After(last):
		return nil, rules.Refuse("slot_out_of_range", first, last)
	case !f.Deadline.IsZero() && f.Day.After(f.Deadline):
		return nil, rules.Refuse("past_deadline", f.Deadline)
	case !f.Open:
		return nil, rules.Refuse("slot_closed")
	case f.Free <= 0:
		return nil, rules.Refuse("slot_full")
	}
	return basis, nil
}

// BookingDays are the first and the last day that can be booked (PICK-008, CON-017).
func BookingDays(on civil.Date, ownFirst, ownLast *int) (first, last civil.Date, basis Basis, err error) {
	row, err := rules.BookingHorizon.On(on)
	if err != nil {
		return first, last, nil, err
	}
	f, l := row.Rule.FirstDay, row.Rule.LastDay
	if ownFirst != nil {
		f = *ownFirst
	}
	if ownLast != nil {
		l = *ownLast
	}
	return on.AddDays(f), on.AddDays(l), Basis{row.Cite}, nil
}

// VisitDates are the days around a visit on a day: the reminder, the last one of the link to another time, and the first on which
// nobody knows any more who came.
func VisitDates(day civil.Date) (remind, link, forget civil.Date, err error) {
	row, err := rules.VisitTimes.On(day)
	if err != nil {
		return remind, link, forget, err
	}
	v := row.Rule
	return day.AddDays(-v.ReminderBefore), day.AddDays(v.LinkAfter), day.AddDays(v.KeptAfter), nil
}

// WalkInFacts decide whether a visitor without a reservation is taken today.
type WalkInFacts struct {
	Open     bool // the counter is open today
	Does     bool // it does what the visitor came for
	Required bool // by reservation only (完全予約制)
}

// WalkIn decides on a visitor without a reservation (PICK-007, PICK-010, APP-027, OFF-001): where reservations only have
// priority the visitor waits until those who have one are served.
func WalkIn(f WalkInFacts) (Basis, error) {
	switch {
	case !f.Does:
		return nil, rules.Refuse("counter_cannot")
	case !f.Open:
		return nil, rules.Refuse("counter_closed")
	case f.Required:
		return nil, rules.Refuse("reservation_required")
	}
	return Basis{rules.Refusals["visitor_is_here"].Cite}, nil
}
