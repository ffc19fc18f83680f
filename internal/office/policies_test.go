package office_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// policy loads one more policy file into what is in force.
func (d *desk) policy(t *testing.T, name, text string) {
	t.Helper()
	own, err := booking.LoadWith(fstest.MapFS{name: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	d.Policies = own
}

// Who comes without a reservation is taken or not, by the policy of the office (PICK-004, PICK-007, PICK-010, OFF-032).
func TestWalkInByPolicy(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	walkIn := func(who office.Actor, code rules.Procedure, counter string) func() error {
		return func() error {
			_, _, err := d.WalkIn(ctx, who, office.VisitRequest{RequestKey: fmt.Sprint(d.at, code, counter), Procedure: code, Visitor: "x", Wanted: office.Wanted{Counter: counter}})
			return err
		}
	}
	d.goTo(civil.Day(2026, 1, 16))
	d.refused(t, "reservation_required", walkIn(kita, rules.CollectAtHome, "151017/ward-office"))
	d.refused(t, "counter_cannot", walkIn(kita, rules.ChangeAtHome, "151009/main-hall"))
	if err := walkIn(kita, rules.RenewCertificatesAtHome, "151017/ward-office")(); err != nil {
		t.Errorf("OFF-002: a renewal without a reservation: %v", err)
	}
	d.goTo(civil.Day(2026, 2, 22)) // the day after the 3rd Saturday of a month that begins on a Sunday
	d.refused(t, "counter_closed", walkIn(kita, rules.RenewCertificatesAtHome, "151009/main-hall"))
	d.goTo(civil.Day(2026, 3, 1))
	if err := walkIn(kita, rules.RenewCertificatesAtHome, "151009/main-hall")(); err != nil {
		t.Errorf("OFF-031: a Sunday: %v", err)
	}
	d.refused(t, "reservation_not_taken", func() error {
		_, _, err := d.BookVisit(ctx, kita, phoned("b", rules.RenewCertificatesAtHome, "2026-03-03", "10:00"))
		return err
	})
	d.policy(t, "office-tw-taipei.json", `{"office": "office-tw-taipei", "cite": {"source": "x"}, "checked": "2026-01-01", "zone": "unknown"}`)
	d.refused(t, "office_zone_unknown", walkIn(taipei, rules.ApplyAbroad, ""))
}

// A policy that changes after a booking was made: the booking is marked, the clerk sees it, and whoever booked is asked to choose again
// (OFF-033).
func TestDisplaced(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		d.goTo(civil.Day(2026, 1, 13))
		v := d.booked(t, hachinohe, phoned("x", rules.RenewCertificatesAtHome, "2026-01-19", "10:00"))
		other := d.booked(t, hachinohe, phoned("y", rules.RenewCertificatesAtHome, "2026-01-20", "10:00"))
		if n, err := d.DisplaceBookings(ctx); n != 0 || err != nil {
			t.Fatalf("nothing changed: %d %v", n, err)
		}
		d.policy(t, "022039.json", `{"office": "022039", "cite": {"source": "八戸市"}, "checked": "2026-01-13", "closed": [{"from": "2026-01-19", "why": {"ja": "システム更改", "en": "new system"}}]}`)
		for _, want := range []int{1, 0} {
			if n, err := d.DisplaceBookings(ctx); n != want || err != nil {
				t.Fatalf("%d displaced, %v; want %d", n, err, want)
			}
		}
		today, err := d.VisitorsOf(ctx, hachinohe, "")
		if err != nil || len(today.Displaced) != 1 || today.Displaced[0].ID != v.ID || !slices.Equal(today.Displaced[0].Next, []booking.Act{booking.Move, booking.Cancel}) {
			t.Fatalf("the clerk's list: %+v %v", today.Displaced, err)
		}
		d.refused(t, "booking_displaced", func() error { _, _, err := d.Arrive(ctx, hachinohe, v.ID); return err })
		link := d.linkIn(d.visitMail(t, notice.BookingDisplaced))
		b, err := d.LinkedVisit(ctx, link)
		if err != nil || !b.Open() || b.Booked.State != booking.Displaced {
			t.Fatalf("%+v %v", b, err)
		}
		d.refused(t, "slot_closed", func() error {
			_, _, err := d.Reserve(ctx, link, office.Wanted{Day: "2026-01-19", Time: "10:00"})
			return err
		})
		moved, _, err := d.Reserve(ctx, link, office.Wanted{Day: "2026-01-20", Time: "10:00"})
		if err != nil || moved.ID != v.ID || moved.State != booking.Booked || moved.Seat != 2 || other.Seat != 1 {
			t.Errorf("%+v %v", moved, err)
		}
		if _, _, err := d.CancelLinked(ctx, link); err != nil {
			t.Error(err)
		}
		if _, receipt, err := d.CancelLinked(ctx, link); err != nil || !receipt.Already {
			t.Errorf("cancelled twice: %+v %v", receipt, err)
		}
	})
}

// An office that books by telephone only: its clerk does, and the mailed link gives back and moves nothing (PICK-009, APP-029).
func TestTelephoneOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 13))
	d.booked(t, niigata, phoned("t", rules.ApplyAtHome, "2026-01-15", "10:00"))
	link := d.linkIn(d.visitMail(t, notice.VisitBooked))
	b, err := d.LinkedVisit(ctx, link)
	if err != nil || !b.Open() {
		t.Fatal(b, err)
	}
	if _, err := d.LinkedSlots(ctx, b); codeOf(err) != "reservation_elsewhere" {
		t.Errorf("times are offered online: %v", err)
	}
	d.refused(t, "reservation_elsewhere", func() error {
		_, _, err := d.Reserve(ctx, link, office.Wanted{Day: "2026-01-15", Time: "11:00"})
		return err
	})
	if _, _, err := d.CancelLinked(ctx, link); err != nil {
		t.Error(err)
	}
}

// What an office's policy says goes before any question at its window (OFF-008, CON-038, supplement 0.21).
func TestPolicyAnswersAtTheWindow(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 13))
	awara := office.Actor{Staff: "awara", Office: "182087", Role: office.Clerk}
	for _, c := range []struct {
		who             office.Actor
		relief, another procedure.Answer
	}{
		{niigata, procedure.Yes, procedure.Unknown}, {awara, procedure.Unknown, procedure.Yes}, {sumida, procedure.Unknown, procedure.Unknown},
	} {
		d.find(t, c.who)
		v, err := d.LookAtPerson(ctx, c.who, "sato")
		if err != nil || v.Known.Office.Relief != c.relief || v.Known.Office.HouseholdAnotherDay != c.another {
			t.Errorf("%s: %+v, %v", c.who.Office, v.Known.Office, err)
		}
	}
}

// Who waits at a counter that the policy no longer has is still on the list, and is served.
func TestCounterIsGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 16))
	v, _, err := d.WalkIn(ctx, sumida, office.VisitRequest{RequestKey: "w", Procedure: rules.RenewCertificatesAtHome, Visitor: "鈴木"})
	if err != nil {
		t.Fatal(err)
	}
	d.policy(t, "131075.json", `{"office": "131075", "cite": {"source": "墨田区"}, "checked": "2026-01-16"}`)
	today, err := d.VisitorsOf(ctx, sumida, "")
	if err != nil || len(today.Counters) != 2 || len(today.Counters[1].Visits) != 1 || today.Counters[1].Counter.Key() != "131075/pickup" {
		t.Fatalf("%+v %v", today.Counters, err)
	}
	if _, _, err := d.ServeVisitor(ctx, sumida, v.ID); err != nil {
		t.Error(err)
	}
}

// An office's people edit its policy while the system runs: it is in force at once, the journal of the office says so, and a wrong
// file changes nothing.
func TestLoadPolicies(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 13))
	v := d.booked(t, hachinohe, phoned("x", rules.RenewCertificatesAtHome, "2026-01-19", "10:00"))
	file := func(text string) fstest.MapFS { return fstest.MapFS{"022039.json": {Data: []byte(text)}} }
	closing := `{"office": "022039", "cite": {"source": "八戸市"}, "checked": "2026-01-13", "closed": [{"from": "2026-01-19"}]}`
	if _, err := d.LoadPolicies(ctx, file(strings.Replace(closing, "2026-01-19", "2026-02-30", 1))); err == nil {
		t.Fatal("a day that is none was taken")
	}
	d.read(t, func(tx office.Tx) error {
		if now, err := tx.Visit(v.ID); err != nil || now.State != booking.Booked {
			t.Errorf("a wrong file: %+v %v", now, err)
		}
		return nil
	})
	loaded, err := d.LoadPolicies(ctx, file(closing))
	if err != nil || !slices.Equal(loaded.Changed, []place.Code{"022039"}) || loaded.Displaced != 1 {
		t.Fatalf("%+v %v", loaded, err)
	}
	if loaded, err := d.LoadPolicies(ctx, file(closing)); err != nil || len(loaded.Changed) != 0 {
		t.Errorf("loaded again: %+v %v", loaded, err)
	}
	d.read(t, func(tx office.Tx) error {
		entries, err := tx.JournalOf("policy/022039")
		if len(entries) != 1 || entries[0].Office != "022039" || entries[0].Detail != "policies/022039.json" {
			t.Errorf("the journal: %+v", entries)
		}
		return err
	})
	d.refused(t, "slot_closed", func() error {
		_, _, err := d.BookVisit(ctx, hachinohe, phoned("y", rules.RenewCertificatesAtHome, "2026-01-19", "11:00"))
		return err
	})
}
