package office_test

import (
	"errors"
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

// kita is a clerk of a ward of Niigata, where cards are collected by reservation only.
var kita = office.Actor{Staff: "kita", Office: "151017", Role: office.Clerk}

// phoned is a visit that somebody asks for by telephone.
func phoned(key string, code rules.Procedure, day, at string) office.VisitRequest {
	return office.VisitRequest{RequestKey: key, Procedure: code, Visitor: "田中", Email: "tanaka@example.org", Wanted: office.Wanted{Day: day, Time: at}}
}

// booked books it.
func (d *desk) booked(t *testing.T, who office.Actor, r office.VisitRequest) booking.Reservation {
	t.Helper()
	v, _, err := d.BookVisit(ctx, who, r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// policy loads one more policy file into what is in force.
func (d *desk) policy(t *testing.T, name, text string) {
	t.Helper()
	own, err := booking.LoadWith(fstest.MapFS{name: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	d.Policies = own
}

// visitMail is the newest mail of a kind.
func (d *desk) visitMail(t *testing.T, kind notice.Kind) (found notice.Message) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		all, err := tx.AllMessages(100)
		if i := slices.IndexFunc(all, func(m notice.Message) bool { return m.Kind == kind }); i >= 0 {
			found = all[i]
		}
		return err
	})
	if found.ID == "" {
		t.Fatalf("nothing was written: %s", kind)
	}
	return found
}

// linkIn is the secret of the link in a mail.
func (d *desk) linkIn(m notice.Message) string {
	_, rest, _ := strings.Cut(m.Body, d.URL+"/reserve/")
	secret, _, _ := strings.Cut(rest, "\n")
	return secret
}

// A visit by telephone from the booking to its end, and every act that comes at the wrong time (PICK-007, PICK-010).
func TestVisit(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		d.goTo(civil.Day(2026, 1, 13))
		v := d.booked(t, sumida, phoned("first", rules.RenewCertificatesAtHome, "2026-01-15", "10:00"))
		if v.State != booking.Booked || v.Seat != 1 || v.Counter != "131075/pickup" {
			t.Fatalf("%+v", v)
		}
		if again := d.booked(t, sumida, phoned("first", rules.RenewCertificatesAtHome, "2026-01-15", "10:00")); again.ID != v.ID {
			t.Error("one request booked twice")
		}
		m := d.visitMail(t, notice.VisitBooked)
		if strings.Contains(m.Body, "田中") == false || !strings.Contains(m.Body, "10:00") || d.linkIn(m) == "" {
			t.Errorf("the confirmation: %s", m.Body)
		}
		act := func(f func() (booking.Reservation, office.Receipt, error)) func() error {
			return func() error { _, _, err := f(); return err }
		}
		arrive := act(func() (booking.Reservation, office.Receipt, error) { return d.Arrive(ctx, sumida, v.ID) })
		call := act(func() (booking.Reservation, office.Receipt, error) { return d.CallVisitor(ctx, sumida, v.ID) })
		serve := act(func() (booking.Reservation, office.Receipt, error) { return d.ServeVisitor(ctx, sumida, v.ID) })
		miss := act(func() (booking.Reservation, office.Receipt, error) { return d.MissVisit(ctx, sumida, v.ID) })
		cancel := act(func() (booking.Reservation, office.Receipt, error) { return d.CancelVisit(ctx, sumida, v.ID) })
		d.refused(t, "wrong_day", arrive)
		d.refused(t, "wrong_day", miss)
		d.refused(t, "visitor_not_here", call)
		d.goTo(civil.Day(2026, 1, 15))
		for _, f := range []func() error{arrive, arrive, call} {
			if err := f(); err != nil {
				t.Fatal(err)
			}
		}
		d.refused(t, "visitor_is_here", cancel)
		if err := serve(); err != nil {
			t.Fatal(err)
		}
		d.refused(t, "visit_over", miss)
		d.read(t, func(tx office.Tx) error {
			entries, err := tx.JournalOf("visit/" + v.ID)
			done := 0
			for _, e := range entries {
				if e.Outcome == "done" {
					done++
				}
			}
			if done != 4 {
				t.Errorf("%d acts are in the journal, want book, arrive, call, serve: %+v", done, entries)
			}
			return err
		})

		late := d.booked(t, sumida, phoned("late", rules.RenewCertificatesAtHome, "2026-01-16", "09:00"))
		d.goTo(civil.Day(2026, 1, 16))
		if _, _, err := d.MissVisit(ctx, sumida, late.ID); err != nil {
			t.Fatal(err)
		}
		d.refused(t, "booking_missed", func() error { _, _, err := d.CancelVisit(ctx, sumida, late.ID); return err })
		gone := d.booked(t, sumida, phoned("gone", rules.RenewCertificatesAtHome, "2026-01-19", "09:00"))
		if _, _, err := d.CancelVisit(ctx, sumida, gone.ID); err != nil {
			t.Fatal(err)
		}
		d.visitMail(t, notice.BookingCancelled)
		d.refused(t, "booking_cancelled", func() error { _, _, err := d.Arrive(ctx, sumida, gone.ID); return err })
	})
}

// The list of the day: called first, then reservations in their order, then who came without one; a late one waits behind.
func TestWaitingList(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		d.goTo(civil.Day(2026, 1, 15))
		late := d.booked(t, sumida, phoned("9", rules.RenewCertificatesAtHome, "2026-01-16", "09:00"))
		ten := d.booked(t, sumida, phoned("10", rules.RenewCertificatesAtHome, "2026-01-16", "10:00"))
		eleven := d.booked(t, sumida, phoned("11", rules.ResetPINInJapan, "2026-01-16", "11:00"))
		d.goTo(civil.Day(2026, 1, 16))
		without, _, err := d.WalkIn(ctx, sumida, office.VisitRequest{RequestKey: "w", Procedure: rules.RenewCertificatesAtHome, Visitor: "鈴木"})
		if err != nil || without.Ticket != 1 {
			t.Fatalf("%+v %v", without, err)
		}
		if _, _, err := d.MissVisit(ctx, sumida, late.ID); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{eleven.ID, ten.ID, late.ID} {
			if _, _, err := d.Arrive(ctx, sumida, id); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := d.CallVisitor(ctx, sumida, eleven.ID); err != nil {
			t.Fatal(err)
		}
		today, err := d.VisitorsOf(ctx, sumida, "")
		if err != nil || len(today.Counters) != 1 || today.Now != "09:41" {
			t.Fatalf("%+v %v", today, err)
		}
		var order []string
		for _, v := range today.Counters[0].Visits {
			order = append(order, fmt.Sprint(v.Ticket, v.State, v.Name))
		}
		if want := []string{"2called田中", "3arrived田中", "1arrived鈴木", "4arrived田中"}; !slices.Equal(order, want) {
			t.Errorf("PICK-010: %v, want %v", order, want)
		}
		// A clerk who moved to another office sees nothing of it, and does nothing with it.
		moved := office.Actor{Staff: "sumida", Office: "022039", Role: office.Clerk}
		d.notFound(t, func() error { _, _, err := d.ServeVisitor(ctx, moved, eleven.ID); return err })
		if list, err := d.VisitorsOf(ctx, moved, ""); err != nil || len(list.Counters[0].Visits) != 0 {
			t.Errorf("another office's list: %+v %v", list, err)
		}
		if _, err := d.VisitorsOf(ctx, operator, ""); !errors.Is(err, office.ErrForbidden) {
			t.Errorf("the issuer's operator sees the list: %v", err)
		}
	})
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

// What a visitor came for is done at the window, and the visit is over by itself.
func TestProcedureEndsTheVisit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 16))
	if found, err := d.FindPerson(ctx, sumida, office.PersonRequest{Name: "渡辺 結", Birth: "1992-12-01"}); err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	v, _, err := d.WalkIn(ctx, sumida, office.VisitRequest{RequestKey: "w", Procedure: rules.NumberCopyGet, PersonID: "watanabe"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.TakeIn(ctx, sumida, office.WindowRequest{RequestKey: "c", PersonID: "watanabe", Procedure: rules.NumberCopyGet, Told: holder(rules.HolderID)}); err != nil {
		t.Fatal(err)
	}
	d.read(t, func(tx office.Tx) error {
		if v, err = tx.Visit(v.ID); v.State != booking.Served {
			t.Errorf("the visit is %s", v.State)
		}
		return err
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

// The day before, the visitor is reminded; the day after, one who did not come is noted. A mission's day ends later than Japan's.
func TestVisitDays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 13))
	washington := office.Actor{Staff: "washington", Office: "embassy-us", Role: office.Clerk}
	home := d.booked(t, sumida, phoned("home", rules.RenewCertificatesAtHome, "2026-01-16", "10:00"))
	away := d.booked(t, washington, phoned("away", "reset_pin_abroad", "2026-01-16", "10:00"))
	moved := d.booked(t, sumida, phoned("moved", rules.RenewCertificatesAtHome, "2026-01-16", "11:00"))
	if _, _, err := d.MoveVisit(ctx, sumida, moved.ID, office.Wanted{Day: "2026-01-23", Time: "11:00"}); err != nil {
		t.Fatal(err)
	}
	work := func(on civil.Date) {
		t.Helper()
		d.goTo(on)
		for {
			w, more, err := d.WorkOff(ctx)
			if err != nil || w.Failed > 0 {
				t.Fatal(w, err)
			}
			if !more {
				return
			}
		}
	}
	count := func(kind notice.Kind) (n int) {
		d.read(t, func(tx office.Tx) error {
			all, err := tx.AllMessages(100)
			for _, m := range all {
				if m.Kind == kind {
					n++
				}
			}
			return err
		})
		return n
	}
	state := func(id string) (s booking.State) {
		d.read(t, func(tx office.Tx) error {
			v, err := tx.Visit(id)
			s = v.State
			return err
		})
		return s
	}
	work(civil.Day(2026, 1, 14))
	if n := count(notice.BookingReminder); n != 0 {
		t.Errorf("%d reminders two days before", n)
	}
	work(civil.Day(2026, 1, 15))
	if n := count(notice.BookingReminder); n != 2 {
		t.Errorf("%d reminders the day before, want 2", n)
	}
	work(civil.Day(2026, 1, 16))
	work(civil.Day(2026, 1, 17)) // 19:41 of the 16th in Washington
	if home, away := state(home.ID), state(away.ID); home != booking.NoShow || away != booking.Booked {
		t.Errorf("on the 17th: %s, %s", home, away)
	}
	work(civil.Day(2026, 1, 18))
	if s := state(away.ID); s != booking.NoShow {
		t.Errorf("Washington on the 18th: %s", s)
	}
	if s := state(moved.ID); s != booking.Booked {
		t.Errorf("a moved booking: %s", s)
	}
}

// hall is a policy with one hundred places on one day.
const hall = `{"office": "022039", "cite": {"source": "八戸市"}, "checked": "2026-01-13",
"counters": [{"id": "hall", "name": {"ja": "会場", "en": "hall"}, "where": {"ja": "1階", "en": "1st floor"}, "hours": [{"from": "2026-01-25", "open": "09:00", "close": "17:00"}]}],
"reservations": [{"for": ["*"], "need": "required", "times": ["09:00", "10:00", "11:00", "13:00", "14:00"], "capacity": 20}]}`

// Five hundred requests at once for a hundred places book exactly a hundred (PICK-007): no place twice, none left.
func TestFiveHundredWantAHundredPlaces(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		d.goTo(civil.Day(2026, 1, 13))
		d.policy(t, "022039.json", hall)
		times := []string{"09:00", "10:00", "11:00", "13:00", "14:00"}
		booked := 0
		for _, err := range together(t, 500, func(i int) error {
			_, _, err := d.BookVisit(ctx, hachinohe, phoned(fmt.Sprint(i), rules.RenewCertificatesAtHome, "2026-01-25", times[i%5]))
			return err
		}) {
			switch {
			case err == nil:
				booked++
			case codeOf(err) != "slot_full":
				t.Errorf("PICK-007: %v", err)
			}
		}
		seats := map[string]bool{}
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Reservations(place.Code("022039"), civil.Day(2026, 1, 25), civil.Day(2026, 1, 25))
			for _, r := range all {
				seats[fmt.Sprint(r.Time, r.Seat)] = true
			}
			return err
		})
		if booked != 100 || len(seats) != 100 {
			t.Errorf("%d heard that they are booked, %d places are taken, want 100", booked, len(seats))
		}
	})
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
