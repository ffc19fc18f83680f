package office_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/place"
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
	given := func(id string) (who string) {
		d.read(t, func(tx office.Tx) error {
			v, err := tx.Visit(id)
			who = v.Visitor + string(v.Email)
			return err
		})
		return who
	}
	work(civil.Day(2026, 3, 16))
	if given(home.ID) == "" {
		t.Error("who came is forgotten too early")
	}
	written := func(id string) (all []notice.Message) {
		d.read(t, func(tx office.Tx) error {
			found, err := tx.AllMessages(200)
			all = slices.DeleteFunc(found, func(m notice.Message) bool { return m.VisitID != id })
			return err
		})
		return all
	}
	d.write(t, func(tx office.Tx) error { // the postman went by
		for _, m := range written(home.ID) {
			for i := range m.Deliveries {
				m.Deliveries[i].State = notice.Sent
			}
			m.State = notice.Sent
			if err := tx.PutMessage(m); err != nil {
				return err
			}
		}
		return nil
	})
	work(civil.Day(2026, 3, 17))
	if all := written(home.ID); len(all) == 0 || slices.ContainsFunc(all, func(m notice.Message) bool { return m.Body != "" || len(m.To) > 0 }) {
		t.Errorf("what was written to the visitor: %+v", all)
	}
	if all := written(moved.ID); len(all) == 0 || all[0].Body == "" {
		t.Errorf("what was written to who comes later is gone: %+v", all)
	}
	if given(home.ID) != "" || given(moved.ID) == "" {
		t.Errorf("sixty days after the 16th: %q, moved to the 23rd: %q", given(home.ID), given(moved.ID))
	}
	d.read(t, func(tx office.Tx) error {
		all, err := tx.Destructions(sumida.Office, 10)
		if len(all) != 1 || all[0].Subject != "visit/"+home.ID || all[0].Kind != office.DestroyedContact {
			t.Errorf("the protocol: %+v", all)
		}
		return err
	})
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

// A reminder that is worked off late, after days off, still goes out before the time of the visit and not after it.
func TestReminderWorkedOffLate(t *testing.T) {
	d := newDesk(t)
	d.goTo(civil.Day(2026, 1, 13))
	d.policy(t, "022039.json", hall)
	for _, at := range []string{"09:00", "14:00"} {
		if _, _, err := d.BookVisit(ctx, hachinohe, phoned(at, rules.RenewCertificatesAtHome, "2026-01-25", at)); err != nil {
			t.Fatal(err)
		}
	}
	d.goTo(civil.Day(2026, 1, 25))
	d.at = civil.Day(2026, 1, 25).Start().Add(10 * time.Hour)
	d.workOff(t)
	var reminded []string
	d.read(t, func(tx office.Tx) error {
		all, err := tx.AllMessages(50)
		for _, m := range all {
			if m.Kind == notice.BookingReminder {
				reminded = append(reminded, m.Body)
			}
		}
		return err
	})
	if len(reminded) != 1 || !strings.Contains(reminded[0], "14:00") {
		t.Errorf("reminded of: %q", reminded)
	}
}
