package office

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"mynumber/internal/authority"
	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Kinds of what becomes due for a booking.
const (
	bookingReminder DueKind = "booking_reminder" // the day before it
	bookingMissed   DueKind = "booking_missed"   // the day after it
	visitForgotten  DueKind = "visit_forgotten"  // names and addresses are no longer kept
)

// visitDays are the days of a booking: the reminder, and the first in Japan on which its day is over where the office is.
func (t *turn) visitDays(r booking.Reservation) ([]Due, error) {
	over := r.Day.AddDays(1)
	if zone, err := t.office.Policies.Of(r.Office).Zone(); err == nil {
		midnight := time.Date(over.Year(), over.Month(), over.Day(), 0, 0, 0, 0, zone)
		if over = civil.DateOf(midnight); midnight.After(over.Start()) {
			over = over.AddDays(1)
		}
	}
	remind, _, _, err := procedure.VisitDates(r.Day)
	return []Due{{Day: remind, Kind: bookingReminder, Subject: visitSubject(r.ID), PersonID: r.PersonID},
		{Day: over, Kind: bookingMissed, Subject: visitSubject(r.ID), PersonID: r.PersonID}}, err
}

// setVisitDays sets down the reminder of a booking, and the day on which nobody will have come. A booking whose reminder would be
// due today needs none: its message has just gone out.
func (t *turn) setVisitDays(r booking.Reservation) error {
	days, err := t.visitDays(r)
	if err != nil {
		return err
	}
	for _, d := range days {
		if !d.Day.After(t.on) {
			continue
		}
		if err := t.PutDue(d); err != nil {
			return err
		}
	}
	return t.setForgotten(r)
}

// setForgotten sets down the day on which what a visitor gave is erased.
func (t *turn) setForgotten(r booking.Reservation) error {
	if r.Visitor == "" && r.Email == "" && r.Phone == "" {
		return nil
	}
	_, _, forget, err := procedure.VisitDates(r.Day)
	if err != nil {
		return err
	}
	return t.PutDue(Due{Day: forget, Kind: visitForgotten, Subject: visitSubject(r.ID), PersonID: r.PersonID})
}

func (t *turn) dropVisitDays(r booking.Reservation) error {
	days, err := t.visitDays(r)
	if err != nil {
		return err
	}
	for _, d := range days {
		if err := t.DropDue(d); err != nil {
			return err
		}
	}
	return nil
}

// visitDue is the booking of a row; false for one that is no longer only booked.
func (t *turn) visitDue(d Due) (booking.Reservation, bool, error) {
	r, err := t.Visit(strings.TrimPrefix(d.Subject, visitSubject("")))
	if isNotFound(err) {
		return r, false, nil
	}
	return r, err == nil && r.State == booking.Booked, err
}

// passed reports that the time of a booking has come, in the office's own zone.
func (t *turn) passed(r booking.Reservation) bool {
	today, clock, err := t.office.Policies.Of(r.Office).Local(t.now)
	if err != nil { // no zone is known any more: by the day in Japan
		return r.Day.Before(civil.DateOf(t.now))
	}
	return r.Day.Before(today) || r.Day == today && r.Time <= clock
}

// remindBooked writes the day before to whoever booked.
func (t *turn) remindBooked(d Due) error {
	r, still, err := t.visitDue(d)
	if err != nil || !still || t.passed(r) {
		return err // worked off too late to help anybody
	}
	if remind, _, _, err := procedure.VisitDates(r.Day); err != nil || remind != d.Day {
		return err // moved meanwhile
	}
	if err := t.tellVisit(r, notice.BookingReminder, true); err != nil {
		return err
	}
	return t.record(string(bookingReminder), d.Subject, nil, r.Day.String())
}

// bookingMissed notes that nobody came, where the clerk has not.
func (t *turn) bookingMissed(d Due) error {
	r, still, err := t.visitDue(d)
	if err != nil || !still || !r.Day.Before(d.Day) {
		return err
	}
	next, err := procedure.Next(booking.Life, r.State, booking.Miss)
	if err != nil {
		return err
	}
	r.State = next.To
	if err := t.PutVisit(r); err != nil {
		return err
	}
	return t.recordVisit(booking.Miss, r, procedure.Basis{rules.Refusals["booking_missed"].Cite})
}

// forgetVisitor erases what a visitor gave long after the visit; that somebody came stays. A booking whose time was closed, and for which
// no other was found, ends.
func (t *turn) forgetVisitor(d Due) error {
	r, err := t.Visit(strings.TrimPrefix(d.Subject, visitSubject("")))
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, _, forget, err := procedure.VisitDates(r.Day); err != nil || forget != d.Day {
		return err // moved meanwhile: the later row does it
	}
	if r.State == booking.Displaced {
		next, err := procedure.Next(booking.Life, r.State, booking.Cancel)
		if err != nil {
			return err
		}
		r.State = next.To
	}
	r.Visitor, r.Email, r.Phone = "", "", ""
	if err := t.PutVisit(r); err != nil {
		return err
	}
	row, err := rules.VisitTimes.On(r.Day)
	if err != nil {
		return err
	}
	n, err := t.EraseVisitMessages(r.ID)
	if err != nil {
		return err
	}
	if err := t.protocol(r.Office, DestroyedContact, visitSubject(r.ID), row.Cite.IDs, fmt.Sprintf("messages:%d", n)); err != nil {
		return err
	}
	return t.recordVisit("forget_visitor", r, procedure.Basis{row.Cite})
}

// recordVisit is the entry of what another act, or a day, did to a visit.
func (t *turn) recordVisit(act booking.Act, r booking.Reservation, basis procedure.Basis) error {
	_, err := t.AppendJournal(journal.Entry{Office: string(t.who.Office), At: t.now, Actor: t.who.name(), Act: string(act), Subject: visitSubject(r.ID), Policy: cmp.Or(t.policy.Name, authority.Days), Rules: basis.IDs(),
		Outcome: journal.Done, Detail: string(r.State)})
	return err
}

// tellBooked confirms a booking, tellCancelled its end.
func (t *turn) tellBooked(r booking.Reservation) error {
	if r.ApplicationID != "" {
		return t.tellVisit(r, notice.Reserved, false)
	}
	return t.tellVisit(r, notice.VisitBooked, true)
}

func (t *turn) tellCancelled(r booking.Reservation) error {
	return t.tellVisit(r, notice.BookingCancelled, false)
}

// tellVisit writes about a booking to whoever made it: the applicant, the visitor's own address, or the person. withLink adds a
// link by which the booking is moved or given back.
func (t *turn) tellVisit(r booking.Reservation, kind notice.Kind, withLink bool) error {
	policy := t.office.Policies.Of(r.Office)
	item, where := policy.Guide(rules.Procedure(r.Procedure))
	if c, ok := policy.CounterAt(r.Counter); ok {
		terms := policy.Terms(rules.Procedure(r.Procedure), c)
		item, where = terms.Item, terms.Where
	}
	if item.IsZero() || r.Item != "" && r.Item != item.Ja {
		item = law.Text{Ja: r.Item, En: r.Item}
	}
	facts := notice.Facts{Day: notice.On(r.Day, r.Time), Item: item, Where: where}
	here := t.who
	defer func() { t.who, t.inNameOf = here, "" }()
	t.who.Office, t.inNameOf = r.Office, r.Office // whoever's act it came with
	if r.ApplicationID != "" {
		return t.tellCollector(r, kind, withLink, facts)
	}
	if withLink {
		if err := t.visitLink(r, &facts); err != nil {
			return err
		}
	}
	return t.tellVisitor(r, kind, facts)
}

// tellCollector writes to the applicant whose card is to be collected.
func (t *turn) tellCollector(r booking.Reservation, kind notice.Kind, withLink bool, facts notice.Facts) error {
	a, err := t.Application(r.ApplicationID)
	if err != nil {
		return err
	}
	if withLink {
		link, err := t.mailLink(LinkReserve, a.ID, a.Deadline)
		if err != nil {
			return err
		}
		facts.Link = t.office.URL + "/reserve/" + link
		if a.Overseas {
			facts.Papers, err = PapersFor(t.on, kindOf(a.Pickup, a.InCharge))
		} else {
			facts.Papers, err = t.papersAtHome(a)
		}
		if err != nil {
			return err
		}
	}
	return t.tell(a, kind, facts)
}

func (t *turn) visitLink(r booking.Reservation, facts *notice.Facts) error {
	until := r.Day
	if r.State == booking.Displaced {
		var err error
		if _, until, _, err = procedure.VisitDates(r.Day); err != nil {
			return err
		}
	}
	link, err := t.mailLink(LinkVisit, r.ID, until)
	facts.Link = t.office.URL + "/reserve/" + link
	return err
}

// tellVisitor writes to the address or the number that a visitor gave when booking. Who gave none was told by the clerk; of a time
// that is closed later the person hears by post, where the office knows who it is, and otherwise the clerk's list says it.
func (t *turn) tellVisitor(r booking.Reservation, kind notice.Kind, facts notice.Facts) error {
	facts.Name = r.Visitor
	var p register.Person
	if r.PersonID != "" {
		var err error
		if p, err = t.Person(r.PersonID); err != nil {
			return err
		}
		facts.Name = p.Name.Full()
	}
	m := notice.Message{Kind: kind, VisitID: r.ID, PersonID: r.PersonID, Office: r.Office, Phone: r.Phone}
	switch {
	case r.Email != "":
		m.To, m.Phone = []person.Email{r.Email}, ""
	case r.Phone != "":
	case kind == notice.BookingDisplaced && p.ID != "":
		return t.tellHolder(p, kind, notice.Ordinary, facts)
	default:
		return nil
	}
	return t.send(m, facts)
}

// displaceChunk is how many bookings are looked at in one reading.
const displaceChunk = 200

// DisplaceBookings finds the bookings from today on whose time the policy in force no longer opens, marks them for their office
// and tells whoever booked (OFF-033). Done again it finds none. It returns how many.
func (o *Office) DisplaceBookings(ctx context.Context) (int, error) {
	n, from, after := 0, civil.DateOf(o.Clock()).AddDays(-1), "" // it may still be yesterday where a mission is
	for {
		var page []booking.Reservation
		err := o.Store.Read(ctx, func(tx Tx) (err error) {
			page, err = tx.OpenVisits(from, after, displaceChunk)
			return err
		})
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, r := range page {
			if r.State == booking.Booked && !o.opens(r) {
				done, err := o.displace(ctx, r.ID, r.Office)
				if err != nil {
					return n, err
				}
				if done {
					n++
				}
			}
		}
		from, after = page[len(page)-1].Day, page[len(page)-1].ID
	}
}

// opens reports that the policy in force still has the time of a booking.
func (o *Office) opens(r booking.Reservation) bool {
	_, ok := o.Policies.Of(r.Office).Find(rules.Procedure(r.Procedure), r.Day, r.Time, r.Counter)
	return ok
}

func (o *Office) displace(ctx context.Context, id string, at place.Code) (bool, error) {
	done := false
	_, err := o.act(oneOfMany(ctx), Actor{Staff: daysName, Office: at, Role: authority.System}, string(booking.Displace), visitSubject(id), func(t *turn) error {
		r, err := t.Visit(id)
		if err != nil {
			return err
		}
		if done = r.State == booking.Booked && !o.opens(r); !done {
			t.already = true
			return nil
		}
		next, err := procedure.Next(booking.Life, r.State, booking.Displace)
		if err != nil {
			return err
		}
		if err := t.dropVisitDays(r); err != nil {
			return err
		}
		r.State, r.Seat, t.detail = next.To, 0, r.Day.String()
		t.because(procedure.Basis{rules.Refusals["booking_displaced"].Cite})
		if err := t.PutVisit(r); err != nil {
			return err
		}
		return t.tellVisit(r, notice.BookingDisplaced, true)
	})
	return done, err
}
