package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// ReservationFacts decide whether a pickup can be booked for a day.
type ReservationFacts struct {
	Day      civil.Date
	Deadline civil.Date     // pickup deadline of the card
	Horizon  *rules.Horizon // of the office's own policy; nil takes the rule's
	Open     bool           // the office takes reservations at that time
	Free     int            // places left
}

// Reserve decides on a reservation for a pickup (PICK-007, PICK-008, PICK-075).
func Reserve(on civil.Date, f ReservationFacts) (Basis, error) {
	row, err := rules.BookingHorizon.On(on)
	if err != nil {
		return nil, err
	}
	horizon := row.Rule
	if f.Horizon != nil {
		horizon = *f.Horizon
	}
	first, last := on.AddDays(horizon.FirstDay), on.AddDays(horizon.LastDay)
	switch {
	case f.Day.Before(first) || f.Day.After(last):
		return nil, rules.Refuse("slot_out_of_range", first, last)
	case !f.Deadline.IsZero() && f.Day.After(f.Deadline):
		return nil, rules.Refuse("past_deadline", f.Deadline)
	case !f.Open:
		return nil, rules.Refuse("slot_closed")
	case f.Free <= 0:
		return nil, rules.Refuse("slot_full")
	}
	return Basis{row.Cite}, nil
}
