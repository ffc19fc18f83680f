package office_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// cardOf gives an invented person a card of their own, in their hands since 2025-06-20, with both certificates.
func (d *desk) cardOf(t *testing.T, personID string, change func(*card.Card)) string {
	t.Helper()
	c := card.Card{ID: "card-" + personID, PersonID: personID, State: card.Active, Applied: civil.Day(2025, 5, 20), Issued: civil.Day(2025, 6, 1),
		Activated: civil.Day(2025, 6, 20), Until: civil.Day(2035, 12, 1)}
	if change != nil {
		change(&c)
	}
	d.write(t, func(tx office.Tx) error {
		if err := tx.PutCard(c); err != nil {
			return err
		}
		for _, kind := range certificate.Kinds {
			n, err := tx.NextCounter(kind, 1)
			if err != nil {
				return err
			}
			x := certificate.Certificate{Serial: fmt.Sprintf("%s%d", c.ID, kind), Kind: kind, Generation: 1, Counter: n, CardID: c.ID, State: certificate.Valid,
				NotBefore: c.Issued.Start(), Until: civil.Day(2030, 12, 1), CommonName: c.ID, Partition: "13107", DER: []byte{1}}
			if err := tx.PutCertificate(x); err != nil {
				return err
			}
		}
		return nil
	})
	if err := d.Settle(ctx, personID); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// event enters an event of the register, with no office's act around it.
func (d *desk) event(t *testing.T, personID string, e register.Event) {
	t.Helper()
	d.write(t, func(tx office.Tx) error {
		p, err := tx.Person(personID)
		if err != nil {
			return err
		}
		e.ID = fmt.Sprintf("event-%d", len(p.Events))
		p.Events = append(p.Events, e)
		return tx.PutPerson(p)
	})
	if err := d.Settle(ctx, personID); err != nil {
		t.Fatal(err)
	}
}

// states are the card's state and those of its certificates.
func (d *desk) states(t *testing.T, cardID string) (c card.Card, sign, auth certificate.State) {
	t.Helper()
	d.read(t, func(tx office.Tx) (err error) {
		if c, err = tx.Card(cardID); err != nil {
			return err
		}
		all, err := tx.Certificates(cardID)
		sign, auth = all[0].State, all[len(all)-1].State
		return err
	})
	return c, sign, auth
}

// workOff works off everything up to the clock's day.
func (d *desk) workOff(t *testing.T) (days []office.DayWork) {
	t.Helper()
	for {
		w, more, err := d.WorkOff(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return days
		}
		days = append(days, w)
	}
}

// entriesOf is the journal of a subject: act, detail and actor in a line.
func (d *desk) entriesOf(t *testing.T, subject string) (lines []string) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		all, err := tx.JournalOf(subject)
		for _, e := range all {
			if e.Outcome != journal.Done || len(e.Rules) == 0 || e.Office != string(place.Issuer) {
				t.Errorf("entry %+v", e)
			}
			lines = append(lines, e.Actor+" "+e.Act+" "+e.Detail)
		}
		return err
	})
	return lines
}

func (d *desk) told(t *testing.T, personID string) (kinds []string) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		all, err := tx.MessagesTo(personID)
		for _, m := range all {
			if m.Letter == nil || m.Letter.Service != notice.NonForwarded || m.Office != place.Issuer {
				t.Errorf("NTF-007: %+v", m)
				continue
			}
			kinds = append(kinds, string(m.Kind)+" "+m.Letter.Address)
		}
		return err
	})
	return kinds
}

// The life of a card of somebody in Japan by the mere passing of days, the day before and the day of each.
func TestDaysOfACard(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		id := d.cardOf(t, "watanabe", nil)
		const home = "東京都墨田区押上一丁目1番2号"
		for _, c := range []struct {
			rule       string
			on         civil.Date
			card       card.State
			sign, auth certificate.State
			told       []string
		}{
			{"EXP-020 the day before the notice", civil.Day(2030, 9, 1), card.Active, certificate.Valid, certificate.Valid, nil},
			{"EXP-020 NTF-007 the notice of the certificates, by post", civil.Day(2030, 9, 2), card.Active, certificate.Valid, certificate.Valid, []string{"certificate_expiry " + home}},
			{"EXP-003 the last good day", civil.Day(2030, 12, 1), card.Active, certificate.Valid, certificate.Valid, []string{"certificate_expiry " + home}},
			{"EXP-003 CERT-012 the day after", civil.Day(2030, 12, 2), card.Active, certificate.Expired, certificate.Expired, []string{"certificate_expiry " + home}},
			{"EXP-020 the day before the card's notice", civil.Day(2035, 9, 1), card.Active, certificate.Expired, certificate.Expired, []string{"certificate_expiry " + home}},
			{"EXP-020 NTF-007 the card's notice", civil.Day(2035, 9, 2), card.Active, certificate.Expired, certificate.Expired, []string{"certificate_expiry " + home, "card_expiry " + home}},
			{"EXP-001 the last good day", civil.Day(2035, 12, 1), card.Active, certificate.Expired, certificate.Expired, []string{"certificate_expiry " + home, "card_expiry " + home}},
			{"CHG-032 ST-008 the day after", civil.Day(2035, 12, 2), card.Expired, certificate.Expired, certificate.Expired, []string{"certificate_expiry " + home, "card_expiry " + home}},
		} {
			t.Run(c.rule, func(t *testing.T) {
				d.goTo(c.on)
				d.workOff(t)
				d.workOff(t) // a second time there is nothing to do
				got, sign, auth := d.states(t, id)
				if told := d.told(t, "watanabe"); got.State != c.card || sign != c.sign || auth != c.auth || !slices.Equal(told, c.told) {
					t.Errorf("%s, %s, %s, told %q", got.State, sign, auth, told)
				}
			})
		}
		want := []string{"batch certificate_notice 2030-12-01", "batch certificate_expiry 2030-12-02", "batch card_notice 2035-12-01", "batch card_expiry 2035-12-02 expiry"}
		if got := d.entriesOf(t, "card/"+id); !slices.Equal(got, want) {
			t.Errorf("journal %q", got)
		}
		if c, _, _ := d.states(t, id); c.Ended != civil.Day(2035, 12, 2) || c.EndedBecause != "expiry" {
			t.Errorf("ended %s because %q", c.Ended, c.EndedBecause)
		}
	})
}

// A lapse comes on its legal day, whether the registers hear of its cause before or after.
func TestLapseOnItsLegalDay(t *testing.T) {
	for _, c := range []struct {
		rule    string
		event   register.Event
		entered civil.Date // the day on which the registers learn of it
		good    civil.Date // the last good day, where the days bring the end
		ended   civil.Date
		because string
	}{
		{"CHG-022 not rewritten for 90 days", register.Event{Kind: string(rules.MoveIn), Day: civil.Day(2026, 4, 1), PlannedMoveOut: civil.Day(2026, 4, 1), Filed: civil.Day(2026, 4, 10)},
			civil.Day(2026, 4, 10), civil.Day(2026, 7, 9), civil.Day(2026, 7, 10), "entries_not_updated"},
		{"CHG-021 notified after 15 days", register.Event{Kind: string(rules.MoveIn), Day: civil.Day(2026, 4, 1), PlannedMoveOut: civil.Day(2026, 4, 1), Filed: civil.Day(2026, 4, 16)},
			civil.Day(2026, 4, 16), civil.Date{}, civil.Day(2026, 4, 16), "late_move_in"},
		{"CHG-020 notified long after", register.Event{Kind: string(rules.MoveIn), Day: civil.Day(2026, 4, 20), PlannedMoveOut: civil.Day(2026, 4, 1), Filed: civil.Day(2026, 6, 1)},
			civil.Day(2026, 6, 1), civil.Date{}, civil.Day(2026, 5, 2), "late_move_in"},
		{"CHG-020 never notified, over 29 February", register.Event{Kind: string(rules.MoveOut), Day: civil.Day(2028, 1, 31), Filed: civil.Day(2028, 1, 20)},
			civil.Day(2028, 1, 20), civil.Day(2028, 3, 1), civil.Day(2028, 3, 2), "late_move_in"},
		{"CHG-024 CON-006 departure", register.Event{Kind: string(rules.Departure), Day: civil.Day(2026, 9, 30), Filed: civil.Day(2026, 9, 1)},
			civil.Day(2026, 9, 1), civil.Day(2026, 9, 29), civil.Day(2026, 9, 30), "departure"},
		{"CHG-025 death heard of later", register.Event{Kind: string(rules.HolderDied), Day: civil.Day(2026, 3, 3), Filed: civil.Day(2026, 3, 9)},
			civil.Day(2026, 3, 9), civil.Date{}, civil.Day(2026, 3, 3), "record_deleted"},
		{"CHG-027 number", register.Event{Kind: string(rules.NumberChanged), Day: civil.Day(2026, 3, 3), Filed: civil.Day(2026, 3, 3)},
			civil.Day(2026, 3, 3), civil.Date{}, civil.Day(2026, 3, 3), "number_changed"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			id := d.cardOf(t, "watanabe", nil)
			d.goTo(c.entered)
			d.event(t, "watanabe", c.event)
			if !c.good.IsZero() {
				d.goTo(c.good)
				d.workOff(t)
				if got, _, auth := d.states(t, id); got.State != card.Active || auth != certificate.Valid {
					t.Errorf("on %s: %s, %s", c.good, got.State, auth)
				}
				d.goTo(c.ended)
				d.workOff(t)
			}
			got, sign, auth := d.states(t, id)
			if got.State != card.Lapsed || got.Ended != c.ended || got.EndedBecause != c.because || sign != certificate.Revoked || auth != certificate.Revoked {
				t.Errorf("%s since %s because %q, certificates %s %s", got.State, got.Ended, got.EndedBecause, sign, auth)
			}
			before := d.dump(t)["card"]
			if err := d.Settle(ctx, "watanabe", "watanabe"); err != nil {
				t.Fatal(err)
			}
			if d.dump(t)["card"] != before {
				t.Error("settled twice is not settled once")
			}
			d.read(t, func(tx office.Tx) error {
				rows, err := tx.DueOf("watanabe")
				for _, r := range rows {
					if r.Done.IsZero() {
						t.Errorf("still due: %+v", r)
					}
				}
				return err
			})
		})
	}
}

// ABR-009, ST-010: a card with continuing use waits for the planned day and is an overseas card from then on. Its notices
// go by e-mail, and there is no address to send them to here.
func TestDepartureDay(t *testing.T) {
	d := newDesk(t)
	id := d.cardOf(t, "watanabe", func(c *card.Card) { c.State = card.PendingDeparture })
	d.goTo(civil.Day(2026, 9, 1))
	d.event(t, "watanabe", register.Event{Kind: string(rules.Departure), Day: civil.Day(2026, 9, 30), Filed: civil.Day(2026, 9, 1), ContinuingUse: civil.Day(2026, 9, 1)})
	d.goTo(civil.Day(2026, 9, 29))
	d.workOff(t)
	if c, _, _ := d.states(t, id); c.State != card.PendingDeparture || c.Overseas {
		t.Errorf("the day before: %+v", c)
	}
	d.goTo(civil.Day(2026, 9, 30))
	d.workOff(t)
	c, sign, auth := d.states(t, id)
	if c.State != card.Active || !c.Overseas || sign != certificate.Revoked || auth != certificate.Valid {
		t.Errorf("CHG-010 CHG-024 on the day: %s overseas %v, %s, %s", c.State, c.Overseas, sign, auth)
	}
}

// A week off is made up for in the order of the days, each with its own date; a clock that is set back undoes nothing and
// does nothing twice.
func TestCatchUp(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		people := []string{"watanabe", "kobayashi", "sato", "suzuki", "ito"}
		var ids []string
		for i, p := range people {
			ids = append(ids, d.cardOf(t, p, func(c *card.Card) { c.Until = civil.Day(2026, 3, 2+i/2); c.Applied = civil.Day(2025, 5, 20) }))
		}
		d.goTo(civil.Day(2026, 3, 1))
		d.workOff(t)
		d.goTo(civil.Day(2026, 3, 8))
		var days []civil.Date
		rows := 0
		for _, w := range d.workOff(t) {
			days, rows = append(days, w.Day), rows+w.Rows()
		}
		if want := []civil.Date{civil.Day(2026, 3, 3), civil.Day(2026, 3, 4), civil.Day(2026, 3, 5)}; !slices.Equal(days, want) || rows != len(people) {
			t.Errorf("worked off %v, %d rows", days, rows)
		}
		if last, err := d.LastDay(ctx); err != nil || last != civil.Day(2026, 3, 8) {
			t.Errorf("last day %s, %v", last, err)
		}
		var order []string
		for _, e := range d.journals(t)[string(place.Issuer)] {
			if e.Act == string(rules.CardExpires) {
				order = append(order, e.Detail)
			}
		}
		if !slices.IsSorted(order) || len(order) != len(people) {
			t.Errorf("done in the order %q", order)
		}
		for i, id := range ids {
			if c, _, _ := d.states(t, id); c.State != card.Expired || c.Ended != civil.Day(2026, 3, 3+i/2) {
				t.Errorf("%s: %s since %s", id, c.State, c.Ended)
			}
		}
		before := d.dump(t)
		d.goTo(civil.Day(2026, 3, 3))
		if again := d.workOff(t); len(again) != 0 {
			t.Errorf("with the clock set back: %+v", again)
		}
		d.goTo(civil.Day(2026, 3, 8))
		if again := d.workOff(t); len(again) != 0 {
			t.Errorf("a second time: %+v", again)
		}
		for _, table := range tables {
			if now := d.dump(t)[table]; now != before[table] {
				t.Errorf("table %s changed:\n%s\nnow\n%s", table, before[table], now)
			}
		}
	})
}

// Whoever has nothing due is not touched: neither their rows nor their card's version change.
func TestOnlyWhatIsDueIsTouched(t *testing.T) {
	d := newDesk(t)
	due := d.cardOf(t, "watanabe", func(c *card.Card) { c.Until = civil.Day(2026, 3, 2) })
	for _, p := range []string{"kobayashi", "sato", "suzuki", "ito"} {
		d.cardOf(t, p, nil)
	}
	d.goTo(civil.Day(2026, 3, 1))
	d.workOff(t)
	before := d.dump(t)
	d.goTo(civil.Day(2026, 3, 3))
	if days := d.workOff(t); len(days) != 1 || days[0].Rows() != 1 {
		t.Errorf("worked off %+v", days)
	}
	after := d.dump(t)
	for _, table := range []string{"card", "certificate", "due", "person", "message"} {
		for line := range strings.Lines(before[table]) {
			if !strings.Contains(line, due) && !strings.Contains(line, "watanabe") && !strings.Contains(after[table], strings.TrimSpace(line)) {
				t.Errorf("%s: a row that is not due changed: %s", table, line)
			}
		}
	}
}

// What fails holds up nobody: the others of its day are done, it is tried again, parked, in sight, and done when its fault is
// mended.
func TestParked(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		good := d.cardOf(t, "watanabe", func(c *card.Card) { c.Until = civil.Day(2026, 3, 2) })
		d.write(t, func(tx office.Tx) error {
			for i := range 3 {
				row := office.Due{Day: civil.Day(2026, 3, 3), Kind: office.DueKind(rules.CardExpires), Subject: fmt.Sprintf("card/gone%d", i), PersonID: fmt.Sprintf("aaa%d", i)}
				if err := tx.PutDue(row); err != nil {
					return err
				}
			}
			return tx.PutDue(office.Due{Day: civil.Day(2026, 3, 3), Kind: "what_nobody_knows", Subject: "case/1"})
		})
		d.goTo(civil.Day(2026, 3, 4))
		days := d.workOff(t)
		if c, _, _ := d.states(t, good); c.State != card.Expired {
			t.Errorf("the others are held up: %s", c.State)
		}
		parked, err := d.Parked(ctx, 10)
		if err != nil || len(parked) != 4 || parked[0].Attempts != 3 || parked[0].Fault == "" || days[len(days)-1].Parked != 4 {
			t.Fatalf("%v, parked %+v, days %+v", err, parked, days)
		}
		if last, err := d.LastDay(ctx); err != nil || last != civil.Day(2026, 3, 4) {
			t.Errorf("last day %s, %v", last, err)
		}
		d.write(t, func(tx office.Tx) error {
			for i := range 3 {
				p, err := tx.Person("sato")
				if err != nil {
					return err
				}
				p.ID, p.Number, p.Code = fmt.Sprintf("aaa%d", i), person.Number{}, person.ResidentRecordCode{}
				if err := tx.PutPerson(p); err != nil {
					return err
				}
			}
			return nil
		})
		if n, err := d.Unpark(ctx); n != 4 || err != nil {
			t.Errorf("unparked %d, %v", n, err)
		}
		d.workOff(t)
		if parked, err := d.Parked(ctx, 10); err != nil || len(parked) != 1 || parked[0].Kind != "what_nobody_knows" {
			t.Errorf("%v, still parked %+v", err, parked)
		}
	})
}

// PICK-005, ST-006: the application of a card that nobody collected ends with it, and the applicant hears of it.
func TestNobodyCollects(t *testing.T) {
	d := at(t, announced)
	a := d.application(t)
	d.goTo(a.Deadline)
	d.workOff(t)
	sent := len(d.messages(t))
	d.goTo(a.Deadline.AddDays(1))
	d.workOff(t)
	if got := d.messages(t); len(got) != sent+1 || !slices.Contains(got, notice.PickupOverdue) {
		t.Errorf("the day after the deadline: %v", got)
	}
	d.goTo(a.Filed.AddMonths(12))
	d.workOff(t)
	if c := d.card(t); c.State != card.AtOffice {
		t.Errorf("on the last day: %s", c.State)
	}
	d.goTo(a.Filed.AddMonths(12).AddDays(1))
	d.workOff(t)
	if c, got := d.card(t), d.messages(t); c.State != card.Destroyed || d.application(t).State != application.Uncollected || !slices.Contains(got, notice.NeverCollected) {
		t.Errorf("the day after: %s, %s, %v", c.State, d.application(t).State, got)
	}
	d.dead(t, d.card(t).ID)
	d.refused(t, "card_destroyed", d.do("hand over"))
}

// Two processes at work on the same days do nothing twice.
func TestTwoAtWork(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		for _, p := range []string{"watanabe", "kobayashi", "sato", "suzuki", "ito", "yamada"} {
			d.cardOf(t, p, func(c *card.Card) { c.Until = civil.Day(2026, 3, 2) })
		}
		d.goTo(civil.Day(2026, 3, 9))
		done := make(chan error, 4)
		for range 4 {
			go func() {
				for {
					_, more, err := d.WorkOff(ctx)
					if err != nil || !more {
						done <- err
						return
					}
				}
			}()
		}
		var faults []error
		for range 4 {
			faults = append(faults, <-done)
		}
		if err := errors.Join(faults...); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range d.journals(t)[string(place.Issuer)] {
			if e.Act == string(rules.CardExpires) {
				n++
			}
		}
		if n != 6 {
			t.Errorf("%d cards expired, want 6", n)
		}
	})
}
