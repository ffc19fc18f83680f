package office

import (
	"cmp"
	"context"
	"slices"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// VisitRequest is a visit that a clerk books, or a visitor who has come without a reservation.
type VisitRequest struct {
	RequestKey    string // chosen by the caller; the same key twice books once
	Procedure     rules.Procedure
	ApplicationID string // key of the application whose card is collected
	PersonID      string // of whom the office has found
	Visitor       string // a name to call, where neither is known
	Email         string
	Phone         string
	Wanted        Wanted // its counter alone for a visitor who is here
}

// read checks a request and turns it into a visit without a time.
func (o *Office) readVisit(who Actor, r VisitRequest) (booking.Reservation, error) {
	v := booking.Reservation{Office: who.Office, Procedure: string(r.Procedure), ApplicationID: r.ApplicationID, PersonID: r.PersonID, Visitor: words(r.Visitor)}
	if err := checkRequestKey(r.RequestKey); err != nil {
		return v, err
	}
	if _, ok := rules.LookupProcedure(r.Procedure); !ok {
		return v, &Invalid{"procedure", law.Text{Ja: "この手続きはありません。", En: "There is no such procedure."}}
	}
	if r.Email != "" {
		email, err := person.ParseEmail(r.Email)
		if err != nil {
			return v, &Invalid{"email", law.Text{Ja: "メールアドレスとして読めません。", En: "This is no e-mail address."}}
		}
		v.Email = email
	}
	if r.Phone != "" {
		phone, err := person.ParsePhone(r.Phone)
		if err != nil {
			return v, &Invalid{"phone", law.Text{Ja: "電話番号は国番号から入力してください(例 +81 3 1234 5678)。", En: "Enter the telephone number with its country code, as +81 3 1234 5678."}}
		}
		v.Phone = phone
	}
	v.ID = secretHash(string(who.Office) + " visit " + r.RequestKey)[:26]
	return v, nil
}

// knownVisit checks that the office may know whose visit it is, and takes what the application says.
func (t *turn) knownVisit(v *booking.Reservation) (civil.Date, error) {
	switch {
	case v.ApplicationID != "":
		a, err := t.visible(v.ApplicationID)
		if err != nil {
			return civil.Date{}, err
		}
		if a.Pickup != t.who.Office || v.Procedure != string(Collecting(a)) {
			return civil.Date{}, &Invalid{"application", law.Text{Ja: "この窓口で受け取る申請ではありません。", En: "Its card is not collected here."}}
		}
		v.PersonID = a.PersonID
		return a.Deadline, nil
	case v.PersonID != "":
		_, err := t.served(v.PersonID)
		return civil.Date{}, err
	}
	return civil.Date{}, nil
}

// BookVisit books a time for somebody who telephones or stands at the window.
func (o *Office) BookVisit(ctx context.Context, who Actor, r VisitRequest) (booking.Reservation, Receipt, error) {
	v, err := o.readVisit(who, r)
	if err != nil {
		return v, Receipt{}, err
	}
	if v.ApplicationID == "" && v.PersonID == "" && v.Visitor == "" {
		return v, Receipt{}, &Invalid{"visitor", law.Text{Ja: "来る方の名前を書いてください。", En: "Say who will come."}}
	}
	id := v.ID
	receipt, err := o.act(ctx, who, "book_visit", visitSubject(id), func(t *turn) error {
		if before, err := t.visitBefore(id); err != nil || before != nil {
			v = *cmp.Or(before, &v)
			return err
		}
		deadline, err := t.knownVisit(&v)
		if err != nil {
			return err
		}
		if v.ApplicationID != "" {
			if _, err := t.ReservationOf(v.ApplicationID); !isNotFound(err) {
				return cmp.Or[error](err, &Invalid{"application", law.Text{Ja: "この申請の受取りは予約済みです。その予約を変更してください。", En: "This pickup is booked; move that booking."}})
			}
		}
		v.ID = ""
		booked, err := t.bookAs(id, v, deadline, r.Wanted)
		v = booked
		return err
	})
	return v, receipt, err
}

// visitBefore is the visit that the same request has made already; nil when it has not.
func (t *turn) visitBefore(id string) (*booking.Reservation, error) {
	before, err := t.Visit(id)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t.already, t.detail = true, string(before.State)
	return &before, nil
}

// bookAs is book with a key that follows from the request.
func (t *turn) bookAs(id string, v booking.Reservation, deadline civil.Date, w Wanted) (booking.Reservation, error) {
	day, err := parseDate("day", w.Day)
	if err != nil {
		return v, err
	}
	slot, terms, seat, err := t.place(v, day, deadline, w)
	if err != nil {
		return v, err
	}
	v.ID, v.State, v.Counter, v.Day, v.Time, v.Seat, v.Item = id, booking.Booked, slot.Counter.Key(), day, slot.Time, seat, terms.Item.Ja
	t.detail = string(v.State)
	if err := t.putVisit(&v); err != nil {
		return v, err
	}
	if err := t.setVisitDays(v); err != nil {
		return v, err
	}
	return v, t.tellBooked(v)
}

// WalkIn takes a visitor without a reservation in and gives a number; where the counter serves by reservation only it is a
// refusal (PICK-007, PICK-010, APP-027).
func (o *Office) WalkIn(ctx context.Context, who Actor, r VisitRequest) (booking.Reservation, Receipt, error) {
	v, err := o.readVisit(who, r)
	if err != nil {
		return v, Receipt{}, err
	}
	id := v.ID
	receipt, err := o.act(ctx, who, "walk_in", visitSubject(id), func(t *turn) error {
		if before, err := t.visitBefore(id); err != nil || before != nil {
			v = *cmp.Or(before, &v)
			return err
		}
		if _, err := t.knownVisit(&v); err != nil {
			return err
		}
		policy := o.Policies.Of(who.Office)
		today, _, err := policy.Local(t.now)
		if err != nil {
			return rules.Refuse("office_zone_unknown")
		}
		counters := policy.Counters()
		i := slices.IndexFunc(counters, func(c booking.Counter) bool { return r.Wanted.Counter == "" || c.Key() == r.Wanted.Counter })
		if i < 0 {
			return &Invalid{"counter", law.Text{Ja: "この窓口はありません。", En: "There is no such counter."}}
		}
		c := counters[i]
		terms := policy.Terms(r.Procedure, c)
		basis, err := procedure.WalkIn(procedure.WalkInFacts{Open: len(policy.OnDay(c, today).Hours) > 0, Does: c.Takes(r.Procedure), Required: terms.Need == booking.Required})
		if err != nil {
			return err
		}
		t.because(append(basis, terms.Cites...))
		v.ID, v.State, v.Counter, v.Day, v.Item = id, booking.Arrived, c.Key(), today, terms.Item.Ja
		if v.Ticket, err = t.nextTicket(v); err != nil {
			return err
		}
		t.detail = string(v.State)
		if err := t.putVisit(&v); err != nil {
			return err
		}
		return t.setForgotten(v)
	})
	return v, receipt, err
}

func (t *turn) nextTicket(r booking.Reservation) (int, error) {
	n, err := t.LastTicket(r.Counter, r.Day)
	return n + 1, err
}

// MoveVisit puts a booking at another time, for whoever telephones.
func (o *Office) MoveVisit(ctx context.Context, who Actor, id string, w Wanted) (booking.Reservation, Receipt, error) {
	return o.visitAct(ctx, who, booking.Move, id, func(t *turn, r *booking.Reservation) error {
		var deadline civil.Date
		if r.ApplicationID != "" {
			a, err := t.Application(r.ApplicationID)
			if err != nil {
				return err
			}
			deadline = a.Deadline
		}
		moved, err := t.book(*r, deadline, w)
		*r, t.detail = moved, string(moved.State)
		return err
	})
}

// CancelVisit gives a booking back, for whoever telephones.
func (o *Office) CancelVisit(ctx context.Context, who Actor, id string) (booking.Reservation, Receipt, error) {
	return o.visitAct(ctx, who, booking.Cancel, id, func(t *turn, r *booking.Reservation) (err error) {
		*r, err = t.cancelVisit(*r)
		return err
	})
}

// Arrive notes that a booked visitor is here and gives a number; one who was noted as missing waits behind those who kept their
// time.
func (o *Office) Arrive(ctx context.Context, who Actor, id string) (booking.Reservation, Receipt, error) {
	return o.visitStep(ctx, who, booking.Arrive, id, func(t *turn, r *booking.Reservation) error {
		today, _, err := o.Policies.Of(r.Office).Local(t.now)
		if err != nil {
			return rules.Refuse("office_zone_unknown")
		}
		if r.Day != today {
			return rules.Refuse("wrong_day", r.Day)
		}
		if r.Ticket == 0 {
			r.Ticket, err = t.nextTicket(*r)
		}
		if r.State == booking.NoShow {
			r.Time, r.Seat = "", 0 // the place may be somebody else's by now
		}
		return cmp.Or(err, t.dropVisitDays(*r))
	})
}

// CallVisitor calls the number, ServeVisitor notes that the visit is over, MissVisit that nobody came or answered.
func (o *Office) CallVisitor(ctx context.Context, who Actor, id string) (booking.Reservation, Receipt, error) {
	return o.visitStep(ctx, who, booking.Call, id, nil)
}

// ServeVisitor notes that the visit is over.
func (o *Office) ServeVisitor(ctx context.Context, who Actor, id string) (booking.Reservation, Receipt, error) {
	return o.visitStep(ctx, who, booking.Serve, id, nil)
}

// MissVisit notes that nobody came, or that nobody answered the call.
func (o *Office) MissVisit(ctx context.Context, who Actor, id string) (booking.Reservation, Receipt, error) {
	return o.visitStep(ctx, who, booking.Miss, id, func(t *turn, r *booking.Reservation) error {
		if today, _, err := o.Policies.Of(r.Office).Local(t.now); err == nil && r.Day.After(today) {
			return rules.Refuse("wrong_day", r.Day)
		}
		return t.dropVisitDays(*r)
	})
}

// visitStep moves a visit by the act.
func (o *Office) visitStep(ctx context.Context, who Actor, act booking.Act, id string, f func(*turn, *booking.Reservation) error) (booking.Reservation, Receipt, error) {
	return o.visitAct(ctx, who, act, id, func(t *turn, r *booking.Reservation) error {
		next, err := procedure.Next(booking.Life, r.State, act)
		if err != nil {
			return err
		}
		if t.detail, t.already = string(next.To), next.Already; t.already {
			return nil
		}
		if f != nil {
			if err := f(t, r); err != nil {
				return err
			}
		}
		r.State = next.To
		t.because(procedure.Basis{rules.Refusals["visitor_is_here"].Cite})
		return t.putVisit(r)
	})
}

// visitAct is an act of a clerk on a visit that the office sees.
func (o *Office) visitAct(ctx context.Context, who Actor, act booking.Act, id string, f func(*turn, *booking.Reservation) error) (booking.Reservation, Receipt, error) {
	var out booking.Reservation
	receipt, err := o.act(ctx, who, string(act), visitSubject(id), func(t *turn) error {
		r, err := t.Visit(id)
		if err != nil {
			return err
		}
		if !t.sees(r) {
			return ErrNotFound
		}
		if err := f(t, &r); err != nil {
			return err
		}
		out = r
		return nil
	})
	return out, receipt, err
}

// visitServed ends the visit of whoever has just collected a card: on its day it was served, otherwise its time is free again.
func (t *turn) visitServed(applicationID string) error {
	r, err := t.ReservationOf(applicationID)
	if err != nil {
		return ignoreNotFound(err)
	}
	return t.endVisit(r)
}

// procedureServed ends the visit of today for which a procedure at the window was done.
func (t *turn) procedureServed(personID string, code rules.Procedure) error {
	today, _, err := t.office.Policies.Of(t.who.Office).Local(t.now)
	if err != nil {
		return nil // an office whose time nobody knows has no visits
	}
	all, err := t.VisitsOf(personID)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Office == t.who.Office && r.Procedure == string(code) && r.Day == today && r.Holds() {
			return t.endVisit(r)
		}
	}
	return nil
}

func (t *turn) endVisit(r booking.Reservation) error {
	today, _, err := t.office.Policies.Of(r.Office).Local(t.now)
	if err != nil || r.Day != today || r.State == booking.Displaced {
		return t.DropReservation(r.ApplicationID)
	}
	if err := t.dropVisitDays(r); err != nil {
		return err
	}
	if r.Ticket == 0 {
		if r.Ticket, err = t.nextTicket(r); err != nil {
			return err
		}
	}
	if r.State == booking.Booked {
		r.State = booking.Arrived // nobody noted it; the visitor was here
	}
	next, err := procedure.Next(booking.Life, r.State, booking.Serve)
	if err != nil {
		return err
	}
	r.State = next.To
	if err := t.PutVisit(r); err != nil {
		return err
	}
	return t.recordVisit(booking.Serve, r, procedure.Basis{rules.Refusals["visit_over"].Cite})
}
