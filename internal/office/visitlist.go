package office

import (
	"cmp"
	"context"
	"slices"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// Visit is one visitor of a day as the clerk sees them.
type Visit struct {
	booking.Reservation
	Name string        // of the visitor; empty for one with only a number
	Work law.Text      // what they came for
	Next []booking.Act // what can be done with it now
}

// CounterDay is a counter on a day: its hours, and its visitors in the order in which they are served.
type CounterDay struct {
	Counter booking.Counter
	Opening booking.Opening
	Visits  []Visit
}

// Today is the list of a day at an office.
type Today struct {
	Day       civil.Date
	Now       string // the office's own time
	Counters  []CounterDay
	Displaced []Visit // bookings whose time is closed, from today on: another one has to be found
}

// VisitorsOf is the list of the office's day; an empty day is today, by the office's own clock.
func (o *Office) VisitorsOf(ctx context.Context, who Actor, day string) (Today, error) {
	var out Today
	policy := o.Policies.Of(who.Office)
	today, now, err := policy.Local(o.Clock())
	if err != nil {
		return out, rules.Refuse("office_zone_unknown")
	}
	out.Day, out.Now = today, now
	if day != "" {
		if out.Day, err = parseDate("day", day); err != nil {
			return out, err
		}
	}
	err = o.read(ctx, who, "list.visits", func(t *turn) error {
		out.Counters, out.Displaced = nil, nil
		counters := policy.Counters()
		keys, err := t.CountersOf(who.Office, out.Day)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if _, known := policy.CounterAt(key); !known {
				counters = append(counters, booking.Gone(key)) // its visitors are still served
			}
		}
		for _, c := range counters {
			line, err := t.counterDay(c, policy.OnDay(c, out.Day), out.Day)
			if err != nil {
				return err
			}
			out.Counters = append(out.Counters, line)
		}
		return t.displaced(&out, today)
	})
	return out, err
}

// counterDay is a counter with its visitors of the day whom the office sees.
func (t *turn) counterDay(c booking.Counter, opening booking.Opening, day civil.Date) (CounterDay, error) {
	line := CounterDay{Counter: c, Opening: opening}
	all, err := t.VisitsOn(c.Key(), day)
	if err != nil {
		return line, err
	}
	for _, r := range all {
		if r.State == booking.Displaced || !t.sees(r) {
			continue
		}
		v, err := t.visitor(r)
		if err != nil {
			return line, err
		}
		line.Visits = append(line.Visits, v)
	}
	slices.SortStableFunc(line.Visits, inTurn)
	return line, nil
}

// LookAtVisit is one visit that the office sees, and the deadline of what is collected (zero for none).
func (o *Office) LookAtVisit(ctx context.Context, who Actor, id string) (Visit, civil.Date, error) {
	var v Visit
	var deadline civil.Date
	err := o.read(ctx, who, "list.visits", func(t *turn) error {
		r, err := t.Visit(id)
		if err != nil {
			return err
		}
		if !t.sees(r) {
			return ErrNotFound
		}
		if r.ApplicationID != "" {
			a, err := t.Application(r.ApplicationID)
			if err != nil {
				return err
			}
			deadline = a.Deadline
		}
		v, err = t.visitor(r)
		return err
	})
	return v, deadline, err
}

// displaced lists the bookings of the office that wait for another time.
func (t *turn) displaced(out *Today, from civil.Date) error {
	all, err := t.DisplacedVisits(t.who.Office, from)
	if err != nil {
		return err
	}
	for _, r := range all {
		v, err := t.visitor(r)
		if err != nil {
			return err
		}
		out.Displaced = append(out.Displaced, v)
	}
	return nil
}

// sees reports that the visitor is the office's own, or comes to its counter.
func (t *turn) sees(r booking.Reservation) bool {
	return t.is(r.Office) || booking.OfficeOf(r.Counter) == t.who.Office
}

// inTurn is the order in which visitors are served: called, then who is here with a reservation, then who is here without one
// (PICK-010), then who is booked, then who was served or did not come.
func inTurn(a, b Visit) int {
	rank := func(v Visit) int {
		switch {
		case v.State == booking.Called:
			return 0
		case v.State == booking.Arrived && v.Time != "":
			return 1
		case v.State == booking.Arrived:
			return 2
		case v.State == booking.Booked:
			return 3
		}
		return 4
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Time, b.Time), a.Ticket-b.Ticket)
}

// visitor puts a name to a visit, and what can be done with it.
func (t *turn) visitor(r booking.Reservation) (Visit, error) {
	v := Visit{Reservation: r, Name: r.Visitor}
	switch {
	case r.ApplicationID != "":
		a, err := t.Application(r.ApplicationID)
		if err != nil {
			return v, err
		}
		v.Name = a.Form.Name.Full()
	case r.PersonID != "":
		p, err := t.Person(r.PersonID)
		if err != nil {
			return v, err
		}
		v.Name = p.Name.Full()
	}
	v.Work = law.Text{Ja: r.Procedure, En: r.Procedure}
	if info, ok := rules.LookupProcedure(rules.Procedure(r.Procedure)); ok {
		v.Work = info.Name
	}
	for _, act := range booking.Acts {
		if cell, err := booking.Life.At(r.State, act); err == nil && cell.Verdict == law.Goes && act != booking.Displace {
			v.Next = append(v.Next, act)
		}
	}
	return v, nil
}
