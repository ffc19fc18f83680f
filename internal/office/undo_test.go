package office_test

import (
	"slices"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// colleague is another account of the same office.
func colleague(of office.Actor) office.Actor {
	of.Staff += "2"
	return of
}

// A card that was handed over by mistake: one person finds it, another confirms, the card never works again and costs its
// holder nothing (FEE-005, CHG-034).
func TestAWrongHandOver(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	because := office.UndoRequest{Reason: "別の人のカードと取り違えて渡した。"}
	ask := func(who office.Actor, r office.UndoRequest) func() error {
		return func() error { return only(d.AskUndoHandOver(ctx, who, d.id, r)) }
	}
	undo := func(who office.Actor) func() error {
		return func() error { return only(d.UndoHandOver(ctx, who, d.id, true)) }
	}
	pickup := sumida
	d.refused(t, "nothing_to_undo", undo(pickup))
	d.invalid(t, []string{"reason"}, ask(pickup, office.UndoRequest{}))
	d.forbidden(t, ask(hachinohe, because))
	d.forbidden(t, ask(operator, because))
	if err := ask(pickup, because)(); err != nil {
		t.Fatal(err)
	}
	d.refused(t, "undo_needs_second_person", undo(pickup))
	if c := d.card(t); c.State != card.Active {
		t.Fatalf("one person alone: the card is %s", c.State)
	}
	if err := undo(colleague(pickup))(); err != nil {
		t.Fatal(err)
	}
	c := d.card(t)
	if c.State != card.Abolished || c.EndedBecause != string(procedure.EndedByOfficeError) || c.OwnFault || !c.Collected || c.Custody.Office != pickup.Office {
		t.Errorf("%+v", c)
	}
	for _, x := range d.certificates(t) {
		if x.State != certificate.Revoked || x.Reason != certificate.KeyCompromise {
			t.Errorf("CERT-020: the %s certificate is %s, %d", x.Kind, x.State, x.Reason)
		}
	}
	if kinds := d.messages(t); !slices.Contains(kinds, notice.HandOverUndone) {
		t.Errorf("the holder was told %v", kinds)
	}
	d.already(t, func() (office.Receipt, error) { return d.UndoHandOver(ctx, colleague(pickup), d.id, true) })
	if a := d.application(t); a.Undone == nil || a.Undone.Reason != because.Reason || a.Undone.Granted != colleague(pickup).Staff {
		t.Errorf("%+v", a.Undone)
	}
	early := at(t, announced)
	early.refused(t, "nothing_to_undo", func() error { return only(early.AskUndoHandOver(ctx, pickup, early.id, because)) })
}

// A certificate that was issued between a wrong entry and its undoing says what the entry said: it ends with it, and what rests on
// it (CERT-020, SPC-009); the user authentication certificate, which says nothing of its holder, stays.
func TestAWrongNameOnACertificate(t *testing.T) {
	d := at(t, handedOver)
	done, _, err := d.Notify(ctx, hachinohe, "sato", office.NotifyRequest{RequestKey: "n", Kind: register.NameChange, Day: d.today().String(), FamilyName: "高田", FamilyKana: "タカダ"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.FindPerson(ctx, hachinohe, office.PersonRequest{Name: "高田 光", Birth: "昭和63年5月17日"}); err != nil {
		t.Fatal(err)
	}
	told := visit(rules.Holder, rules.FormChangeAbroad, rules.MyNumberCard)
	told.Wish.NoSignature, told.Card.EntryFieldFull = procedure.No, procedure.No
	c, err := d.takeIn(t, hachinohe, rules.ChangeEntriesFromAbroad, told)
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, hachinohe, c)
	d.load(t, newDevice(procedure.Android, 0), rules.PhoneIssue, bothKinds...)
	sign, user := d.newestOf(t)
	if sign.State != certificate.Valid || user.State != certificate.Valid {
		t.Fatalf("before: %s, %s", sign.State, user.State)
	}
	if _, err := d.AskUndoEvent(ctx, hachinohe, "sato", done.Event.ID, office.UndoRequest{Reason: "別人の届出だった。"}); err != nil {
		t.Fatal(err)
	}
	must(t)(d.UndoEvent(ctx, colleague(hachinohe), "sato", done.Event.ID))
	sign, user = d.newestOf(t)
	if sign.State != certificate.Revoked || sign.Reason != certificate.AffiliationChanged || user.State != certificate.Valid {
		t.Errorf("after: %s for %d, %s", sign.State, sign.Reason, user.State)
	}
	d.onPhones(t, [2]certificate.State{gone, gone})
}

// Entries that an office made by its own error: what stood before stands again, the other offices hear of it, and nothing
// is lost from the history. A card that had ended stays ended and its end was the office's error.
func TestAWrongEntry(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		id := d.cardOf(t, "watanabe", nil)
		d.goTo(civil.Day(2026, 4, 20))
		note := func(key, kind string, r office.NotifyRequest) string {
			r.RequestKey, r.Kind, r.Day = key, kind, "2026-04-20"
			done, _, err := d.Notify(ctx, sumida, "watanabe", r)
			if err != nil {
				t.Fatal(err)
			}
			return done.Event.ID
		}
		undo := func(event string) error {
			if _, err := d.AskUndoEvent(ctx, sumida, "watanabe", event, office.UndoRequest{Reason: "同姓同名の別人の届出だった。"}); err != nil {
				return err
			}
			return only(d.UndoEvent(ctx, colleague(sumida), "watanabe", event))
		}
		before := d.person(t, "watanabe")
		moved := note("m", register.MoveWithin, office.NotifyRequest{Address: "東京都墨田区押上1丁目1番2号"})
		died := note("d", register.Died, office.NotifyRequest{})
		if c, _, _ := d.states(t, id); c.State != card.Lapsed {
			t.Fatalf("the card is %s", c.State)
		}
		d.invalid(t, []string{"event"}, func() error { return undo(moved) })
		d.forbidden(t, func() error {
			return only(d.AskUndoEvent(ctx, hachinohe, "watanabe", died, office.UndoRequest{Reason: "-"}))
		})
		d.refused(t, "nothing_to_undo", func() error { return only(d.UndoEvent(ctx, sumida, "watanabe", died)) })
		told := len(d.inbox(t, hachinohe))
		if err := undo(died); err != nil {
			t.Fatal(err)
		}
		p := d.person(t, "watanabe")
		if !p.Ended.IsZero() || p.Residences[len(p.Residences)-1].Address != "東京都墨田区押上1丁目1番2号" {
			t.Errorf("the record: ended %s, %+v", p.Ended, p.Residences)
		}
		if c, sign, auth := d.states(t, id); c.State != card.Lapsed || c.EndedBecause != string(procedure.EndedByOfficeError) || sign != certificate.Revoked || auth != certificate.Revoked {
			t.Errorf("CHG-034 FEE-005: %+v, %s, %s", c, sign, auth)
		}
		if now := len(d.inbox(t, hachinohe)); now != told+1 {
			t.Errorf("the honseki heard of %d things, then of %d", told, now)
		}
		last := p.Events[len(p.Events)-1]
		if last.ID != died || last.Stands() || last.Wrong == nil || last.Wrong.Ended != civil.Day(2026, 4, 20) || last.Undone.Granted != "sumida2" {
			t.Errorf("the history has %+v", last)
		}
		d.already(t, func() (office.Receipt, error) { return d.UndoEvent(ctx, colleague(sumida), "watanabe", died) })
		d.invalid(t, []string{"event"}, func() error { return undo(moved) }) // what stood before it is not kept any more
		number := note("n", register.NameChange, office.NotifyRequest{FamilyName: "田中", GivenName: "健太"})
		if err := undo(number); err != nil {
			t.Fatal(err)
		}
		if after := d.person(t, "watanabe"); after.Name != before.Name || len(after.Former) != len(before.Former) {
			t.Errorf("the name is %s, %d former entries", after.Name.Full(), len(after.Former))
		}
	})
}
