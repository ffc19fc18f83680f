package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Wanted is a time that somebody wants to book, as it was written.
type Wanted struct {
	Day     string
	Time    string // 15:04, the office's own time
	Counter string // key; empty for the first counter that has a place
}

// Collecting is the procedure by which an application's card is collected.
func Collecting(a application.Application) rules.Procedure {
	if a.Overseas {
		return rules.CollectAbroad
	}
	return rules.CollectAtHome
}

// Bookable is what a link or a clerk books, and what stands booked.
type Bookable struct {
	Office      place.Code
	Procedure   rules.Procedure
	Deadline    civil.Date               // of collecting a card; zero otherwise
	Application *application.Application // nil for a visit that is not the collection of a card
	Booked      *booking.Reservation     // nil: no time is booked
	Papers      law.Text                 // what to bring to collect a card
	Fee         law.Text                 // and what to pay
}

// Open reports that a time can be booked now.
func (b Bookable) Open() bool {
	if b.Application != nil {
		return b.Application.State == application.ReadyForPickup
	}
	return b.Booked != nil && (b.Booked.State == booking.Booked || b.Booked.State == booking.Displaced)
}

// LinkedVisit is what a mailed link books, without using the link up (PICK-007, PICK-071, PICK-072). An unknown link is
// ErrNotFound.
func (o *Office) LinkedVisit(ctx context.Context, secret string) (Bookable, error) {
	var b Bookable
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		b, err = linked(tx, secret, o.Clock())
		return err
	})
	if err != nil || b.Application == nil {
		return b, err
	}
	a := *b.Application
	b.Fee = FeeText(a.Fee)
	if a.Overseas {
		b.Papers, err = PapersFor(civil.DateOf(o.Clock()), kindOf(a.Pickup, a.InCharge))
		return b, err
	}
	err = o.Store.Read(ctx, func(tx Tx) (err error) {
		t := &turn{Tx: tx, office: o, who: Actor{Office: a.Pickup}, on: civil.DateOf(o.Clock())}
		b.Papers, err = t.papersAtHome(a)
		return err
	})
	return b, err
}

// linked reads what a link books.
func linked(tx Tx, secret string, now time.Time) (Bookable, error) {
	l, err := tx.Link(secretHash(secret))
	if err != nil {
		return Bookable{}, err
	}
	switch l.Purpose {
	case LinkReserve:
		a, err := tx.Application(l.Subject)
		if err != nil {
			return Bookable{}, err
		}
		b := Bookable{Office: a.Pickup, Procedure: Collecting(a), Deadline: a.Deadline, Application: &a}
		r, err := tx.ReservationOf(a.ID)
		if err == nil {
			b.Booked = &r
		}
		return b, ignoreNotFound(err)
	case LinkVisit:
		if !now.Before(l.Expires) {
			return Bookable{}, rules.Refuse("link_used")
		}
		r, err := tx.Visit(l.Subject)
		return Bookable{Office: r.Office, Procedure: rules.Procedure(r.Procedure), Booked: &r}, err
	}
	return Bookable{}, ErrNotFound
}

// Slot is a time that can be booked, with the places left.
type Slot struct {
	Day     civil.Date
	Time    string
	Free    int
	Counter string // key
	Name    law.Text
}

// FreeSlots lists the times of an office for a procedure that a clerk can book, up to a deadline (zero for none). An office whose
// own time nobody knows offers none: office_zone_unknown.
func (o *Office) FreeSlots(ctx context.Context, at place.Code, code rules.Procedure, deadline civil.Date) ([]Slot, error) {
	return o.freeSlots(ctx, at, code, deadline, func(booking.Terms) bool { return true })
}

// LinkedSlots lists those that a mailed link can book; where an office books by telephone only it is a refusal (PICK-009).
func (o *Office) LinkedSlots(ctx context.Context, b Bookable) ([]Slot, error) {
	online := func(t booking.Terms) bool { return t.By(booking.ByLink) }
	policy := o.Policies.Of(b.Office)
	if !slices.ContainsFunc(policy.Counters(), func(c booking.Counter) bool { return c.Takes(b.Procedure) && online(policy.Terms(b.Procedure, c)) }) {
		return nil, rules.Refuse("reservation_elsewhere")
	}
	return o.freeSlots(ctx, b.Office, b.Procedure, b.Deadline, online)
}

func (o *Office) freeSlots(ctx context.Context, at place.Code, code rules.Procedure, deadline civil.Date, wanted func(booking.Terms) bool) ([]Slot, error) {
	policy := o.Policies.Of(at)
	today, now, err := policy.Local(o.Clock())
	if err != nil {
		return nil, rules.Refuse("office_zone_unknown")
	}
	var out []Slot
	err = o.Store.Read(ctx, func(tx Tx) error {
		out = nil
		for _, c := range policy.Counters() {
			terms := policy.Terms(code, c)
			if !wanted(terms) {
				continue
			}
			first, last, _, err := procedure.BookingDays(today, terms.First, terms.Last)
			if err != nil {
				return err
			}
			if !deadline.IsZero() && last.After(deadline) {
				last = deadline
			}
			taken, err := tx.Taken(c.Key(), first, last)
			if err != nil {
				return err
			}
			places := map[[2]string]int{}
			for _, x := range taken {
				places[[2]string{x.Day.String(), x.Time}] = x.Places
			}
			for day := first; !day.After(last); day = day.AddDays(1) {
				for _, s := range policy.SlotsAt(c, code, day) {
					free := s.Capacity - places[[2]string{day.String(), s.Time}]
					if free > 0 && (day != today || s.Time > now) {
						out = append(out, Slot{day, s.Time, free, c.Key(), c.Name})
					}
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Slot) int { return a.Day.Compare(b.Day) })
	return out, err
}

func visitSubject(id string) string { return "visit/" + id }

// Reserve books a time through a mailed link, or moves the booking (PICK-007, PICK-011).
func (o *Office) Reserve(ctx context.Context, secret string, w Wanted) (booking.Reservation, Receipt, error) {
	var out booking.Reservation
	b, err := o.linkedFor(ctx, secret)
	if err != nil {
		return out, Receipt{}, err
	}
	name, subject := string(booking.Move), ""
	if b.Application != nil {
		name, subject = string(application.Reserve), subjectOf(b.Application.ID)
	} else {
		subject = visitSubject(b.Booked.ID)
	}
	receipt, err := o.act(ctx, Actor{Office: b.Office}, name, subject, func(t *turn) error {
		b, err := linked(t.Tx, secret, t.now)
		if err != nil {
			return err
		}
		if a := b.Application; a != nil {
			if _, err := t.step(a, application.Reserve); err != nil {
				return err
			}
		}
		before := booking.Reservation{Office: b.Office, Procedure: string(b.Procedure)}
		switch {
		case b.Booked != nil:
			before = *b.Booked
		case b.Application != nil:
			before.ApplicationID, before.PersonID = b.Application.ID, b.Application.PersonID
		}
		out, err = t.book(before, b.Deadline, w)
		return err
	})
	return out, receipt, err
}

// linkedFor is what a link books; used by an act, which reads it again.
func (o *Office) linkedFor(ctx context.Context, secret string) (Bookable, error) {
	var b Bookable
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		b, err = linked(tx, secret, o.Clock())
		return err
	})
	return b, err
}

// book puts a reservation at the wanted time: a new one, one that is moved, or one whose time was closed.
func (t *turn) book(r booking.Reservation, deadline civil.Date, w Wanted) (booking.Reservation, error) {
	day, err := parseDate("day", w.Day)
	if err != nil {
		return r, err
	}
	if r.ID != "" {
		next, err := procedure.Next(booking.Life, r.State, booking.Move)
		if err != nil {
			return r, err
		}
		if r.State == next.To && r.Day == day && r.Time == w.Time && (w.Counter == "" || w.Counter == r.Counter) {
			t.already = true
			return r, nil
		}
		if err := t.dropVisitDays(r); err != nil {
			return r, err
		}
	}
	slot, terms, seat, err := t.place(r, day, deadline, w)
	if err != nil {
		return r, err
	}
	if r.ID == "" {
		if r.ID, err = t.office.id(); err != nil {
			return r, err
		}
	}
	r.State, r.Counter, r.Day, r.Time, r.Seat, r.Item = booking.Booked, slot.Counter.Key(), day, slot.Time, seat, terms.Item.Ja
	if err := t.putVisit(&r); err != nil {
		return r, err
	}
	if err := t.setVisitDays(r); err != nil {
		return r, err
	}
	return r, t.tellBooked(r)
}

// place finds a free place at the wanted time, and says the rules (PICK-007, PICK-008).
func (t *turn) place(r booking.Reservation, day, deadline civil.Date, w Wanted) (booking.Slot, booking.Terms, int, error) {
	policy, code := t.office.Policies.Of(r.Office), rules.Procedure(r.Procedure)
	today, now, err := policy.Local(t.now)
	if err != nil {
		return booking.Slot{}, booking.Terms{}, 0, rules.Refuse("office_zone_unknown")
	}
	var refused error = rules.Refuse("counter_cannot")
	for _, c := range policy.Counters() {
		if !c.Takes(code) || w.Counter != "" && w.Counter != c.Key() {
			continue
		}
		terms := policy.Terms(code, c)
		slots := policy.SlotsAt(c, code, day)
		i := slices.IndexFunc(slots, func(s booking.Slot) bool { return s.Time == w.Time && (day != today || s.Time > now) })
		facts := procedure.ReservationFacts{Day: day, Deadline: deadline, First: terms.First, Last: terms.Last, NotTaken: terms.Need == booking.NoNeed, Elsewhere: t.who.Staff == "" && !terms.By(booking.ByLink), Open: i >= 0}
		seat := 0
		if i >= 0 {
			taken, err := t.Seats(c.Key(), day, w.Time)
			if err != nil {
				return booking.Slot{}, terms, 0, err
			}
			facts.Free, seat = slots[i].Capacity-len(taken), 1
			for slices.Contains(taken, seat) {
				seat++
			}
		}
		basis, err := procedure.Reserve(today, facts)
		if err == nil {
			t.because(append(basis, terms.Cites...))
			return slots[i], terms, seat, nil
		}
		if _, ok := errors.AsType[*law.Refusal](err); !ok {
			return booking.Slot{}, terms, 0, err
		}
		refused = nearer(refused, err)
	}
	return booking.Slot{}, booking.Terms{}, 0, refused
}

// nearer is the refusal that says more to whoever asked at several counters: full before closed, closed before the rest.
func nearer(a, b error) error {
	order := []string{"counter_cannot", "reservation_not_taken", "reservation_elsewhere", "slot_out_of_range", "slot_closed", "past_deadline", "slot_full"}
	rank := func(err error) int {
		r, _ := errors.AsType[*law.Refusal](err)
		return slices.Index(order, r.Code)
	}
	if rank(b) >= rank(a) {
		return b
	}
	return a
}

// putVisit writes a visit and keeps its version in step.
func (t *turn) putVisit(r *booking.Reservation) error {
	if err := t.PutVisit(*r); err != nil {
		return err
	}
	r.Version++
	return nil
}

// CancelLinked cancels the booking of a mailed link.
func (o *Office) CancelLinked(ctx context.Context, secret string) (booking.Reservation, Receipt, error) {
	var out booking.Reservation
	b, err := o.linkedFor(ctx, secret)
	if err != nil {
		return out, Receipt{}, err
	}
	if b.Booked == nil {
		return out, Receipt{}, rules.Refuse("booking_cancelled")
	}
	receipt, err := o.act(ctx, Actor{Office: b.Office}, string(booking.Cancel), visitSubject(b.Booked.ID), func(t *turn) error {
		r, err := t.Visit(b.Booked.ID)
		if err != nil {
			return err
		}
		out, err = t.cancelVisit(r)
		return err
	})
	return out, receipt, err
}

// cancelVisit gives a booking's place free and tells whoever booked.
func (t *turn) cancelVisit(r booking.Reservation) (booking.Reservation, error) {
	next, err := procedure.Next(booking.Life, r.State, booking.Cancel)
	if err != nil {
		return r, err
	}
	t.detail = string(next.To)
	if t.already = next.Already; t.already {
		return r, nil
	}
	if err := t.dropVisitDays(r); err != nil {
		return r, err
	}
	r.State, r.Seat = next.To, 0
	t.because(procedure.Basis{rules.Refusals["booking_cancelled"].Cite})
	if err := t.putVisit(&r); err != nil {
		return r, err
	}
	return r, t.tellCancelled(r)
}

// DropReservation ends what is booked for an application that ends or goes elsewhere; nothing booked is no error.
func (t *turn) DropReservation(applicationID string) error {
	r, err := t.ReservationOf(applicationID)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	act := booking.Cancel
	if r.Holds() && r.State != booking.Booked {
		act = booking.Serve // the visitor is here; what they came for is over
	}
	next, err := procedure.Next(booking.Life, r.State, act)
	if err != nil {
		return err
	}
	if err := t.dropVisitDays(r); err != nil {
		return err
	}
	r.State, r.Seat = next.To, 0
	if err := t.PutVisit(r); err != nil {
		return err
	}
	return t.recordVisit(act, r, procedure.Basis{rules.Refusals["booking_cancelled"].Cite})
}
