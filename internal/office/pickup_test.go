package office_test

import (
	"errors"
	"fmt"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

func TestIdentityIsRefused(t *testing.T) {
	t.Parallel()
	d := at(t, announced)
	d.goTo(civil.Day(2026, 1, 16))
	for _, c := range []struct {
		rule, code string
		who        office.Actor
		change     func(*office.IdentityRequest)
	}{
		{"PICK-070 本籍地で", "not_the_pickup_office", hachinohe, nil},
		{"PICK-073 CON-009 任意代理人", "proxy_never", sumida, func(r *office.IdentityRequest) { r.Visitor = procedure.VoluntaryProxy }},
		{"PICK-073 法定代理人だけ", "proxy_never", sumida, func(r *office.IdentityRequest) { r.Visitor = procedure.StatutoryRepresentative }},
		{"PICK-071 旅券なし", "passport_missing", sumida, func(r *office.IdentityRequest) { r.Papers = r.Papers[1:] }},
		{"PICK-074 きのうまでの旅券", "passport_expired", sumida, func(r *office.IdentityRequest) { r.Papers[0].Until = civil.Day(2026, 1, 15) }},
		{"PICK-074 旅券の氏名が違う", "passport_differs", sumida, func(r *office.IdentityRequest) { r.PassportName = "SATO HIKARU" }},
		{"PICK-074 旅券の生年月日が違う", "passport_differs", sumida, func(r *office.IdentityRequest) { r.PassportBirth = civil.Day(1988, 5, 18) }},
		{"PICK-071 CON-011 旅券だけ", "second_paper_missing", sumida, func(r *office.IdentityRequest) { r.Papers = r.Papers[:1] }},
		{"PICK-071 きのうまでの免許証", "second_paper_expired", sumida, func(r *office.IdentityRequest) { r.Papers[1].Until = civil.Day(2026, 1, 15) }},
	} {
		t.Run(c.rule, func(t *testing.T) {
			r := atPickup()
			if c.change != nil {
				c.change(&r)
			}
			d.refused(t, c.code, func() error { return only(d.CheckIdentity(ctx, c.who, d.id, r)) })
		})
	}
	t.Run("PICK-074 the passport's last day, the given name first, in small letters", func(t *testing.T) {
		r := atPickup()
		r.PassportName, r.Papers[0].Until = "Hikari Satoh", civil.Day(2026, 1, 16)
		if err := only(d.CheckIdentity(ctx, sumida, d.id, r)); err != nil {
			t.Error(err)
		}
	})
}

func TestHandOverIsRefused(t *testing.T) {
	t.Parallel()
	t.Run("PICK-012 identity checked yesterday", func(t *testing.T) {
		d := at(t, pinned)
		d.goTo(civil.Day(2026, 1, 19))
		d.refused(t, "identity_not_checked", d.do("hand over"))
	})
	t.Run("PICK-070 at the honseki municipality", func(t *testing.T) {
		d := at(t, pinned)
		d.forbidden(t, func() error { return only(d.HandOver(ctx, hachinohe, d.id, true)) })
		d.forbidden(t, func() error { _, _, err := d.OpenPINScreen(ctx, hachinohe, d.id); return err })
	})
	t.Run("PICK-076 FORM-020 receipt not signed", func(t *testing.T) {
		d := at(t, pinned)
		d.refused(t, "receipt_unsigned", func() error { return only(d.HandOver(ctx, sumida, d.id, false)) })
	})
	t.Run("FEE-007 FEE-015 the old card that was left with her is not there", func(t *testing.T) {
		d := at(t, pinned)
		r := atPickup()
		r.OldCard = false
		if err := only(d.CheckIdentity(ctx, sumida, d.id, r)); err != nil {
			t.Fatal(err)
		}
		if fee := d.application(t).Fee; fee.Yen != 1000 || fee.Ground != string(rules.OldCardMissing) || fee.Payment != string(rules.PayAtPickup) {
			t.Errorf("%+v", fee)
		}
		d.refused(t, "fee_unpaid", d.do("hand over"))
		if err := errors.Join(only(d.TakeFee(ctx, sumida, d.id)), d.do("hand over")()); err != nil {
			t.Fatal(err)
		}
		d.read(t, func(tx office.Tx) error {
			old, err := tx.Card("sato2020")
			if old.Collected {
				t.Error("PICK-077: a card that was not there was collected")
			}
			return err
		})
	})
	t.Run("PICK-077 a former card that is still valid", func(t *testing.T) {
		d := at(t, pinned)
		d.write(t, func(tx office.Tx) error {
			return tx.PutCard(card.Card{ID: "another", PersonID: "sato", State: card.Suspended, Issued: civil.Day(2021, 1, 4), Until: civil.Day(2031, 5, 17), Activated: civil.Day(2021, 2, 1), EndedAbroad: true})
		})
		d.refused(t, "card_still_valid", d.do("hand over"))
	})
}

func TestPINs(t *testing.T) {
	t.Parallel()
	d := at(t, checked)
	screen := func() string {
		t.Helper()
		secret, _, err := d.OpenPINScreen(ctx, sumida, d.id)
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}
	first := screen()
	t.Run("PIN-001 PIN-002 all faults at once, none with its value", func(t *testing.T) {
		bad := map[card.PIN]string{card.SignaturePIN: "abc123", card.UserAuthenticationPIN: "908", card.ResidentRegisterPIN: "8190", card.InputSupportPIN: ""}
		d.invalid(t, []string{"signature", "user_authentication", "input_support"}, func() error { return only(d.SetPINs(ctx, first, bad)) })
		if got, err := d.Look(ctx, sumida, d.id); err != nil || len(got.PINsSet) != 0 {
			t.Errorf("PINs set: %v, %v", got.PINsSet, err)
		}
	})
	second := screen()
	if err := only(d.SetPINs(ctx, first, pins)); err != nil {
		t.Fatal(err)
	}
	t.Run("PIN-008 the screen works once", func(t *testing.T) {
		d.refused(t, "link_used", func() error { return only(d.SetPINs(ctx, first, pins)) })
	})
	t.Run("PIN-020 until the hand-over the holder can choose again", func(t *testing.T) {
		other := map[card.PIN]string{card.SignaturePIN: "HIKARI9180Y", card.UserAuthenticationPIN: "1980", card.ResidentRegisterPIN: "8091", card.InputSupportPIN: "0819"}
		if err := only(d.SetPINs(ctx, second, other)); err != nil {
			t.Fatal(err)
		}
		d.withCard(t, func(c *reader.Client) {
			if err := c.VerifyPIN(reader.AuthenticationPIN, "1980"); err != nil {
				t.Error(err)
			}
		})
	})
	third := screen()
	if err := d.do("hand over")(); err != nil {
		t.Fatal(err)
	}
	t.Run("PIN-020 ST-030 after the hand-over", func(t *testing.T) {
		d.refused(t, "pins_already_set", func() error { return only(d.SetPINs(ctx, third, pins)) })
		d.refused(t, "pins_already_set", func() error { _, _, err := d.OpenPINScreen(ctx, sumida, d.id); return err })
		d.withCard(t, func(c *reader.Client) {
			if err := c.VerifyPIN(reader.AuthenticationPIN, "1980"); err != nil {
				t.Errorf("the PIN is another one now: %v", err)
			}
		})
	})
	t.Run("PIN-008 the screen of yesterday", func(t *testing.T) {
		d := at(t, checked)
		secret, _, err := d.OpenPINScreen(ctx, sumida, d.id)
		if err != nil {
			t.Fatal(err)
		}
		d.goTo(civil.Day(2026, 1, 17))
		d.refused(t, "identity_not_checked", func() error { return only(d.SetPINs(ctx, secret, pins)) })
		d.goTo(civil.Day(2026, 1, 19))
		if err := d.do("check identity")(); err != nil {
			t.Fatal(err)
		}
		d.refused(t, "link_used", func() error { return only(d.SetPINs(ctx, secret, pins)) })
	})
}

func TestReserve(t *testing.T) {
	t.Parallel()
	d := at(t, announced)
	link := d.link(t, "reserve")
	reserve := func(day, at string) func() error {
		return func() error { _, _, err := d.Reserve(ctx, link, office.Wanted{Day: day, Time: at}); return err }
	}
	for _, c := range []struct{ rule, day, at, code string }{
		{"PICK-008 今日", "2025-12-05", "10:00", "slot_out_of_range"},
		{"PICK-008 61日後", "2026-02-04", "10:00", "slot_out_of_range"},
		{"PICK-007 CON-017 日曜日", "2025-12-07", "10:00", "slot_closed"},
		{"PICK-007 成人の日", "2026-01-12", "10:00", "slot_closed"},
		{"PICK-007 年末", "2025-12-29", "10:00", "slot_closed"},
		{"PICK-007 予約枠にない時刻", "2026-01-16", "10:15", "slot_closed"},
	} {
		t.Run(c.rule, func(t *testing.T) { d.refused(t, c.code, reserve(c.day, c.at)) })
	}
	t.Run("PICK-008 a day that cannot be read", func(t *testing.T) {
		d.invalid(t, []string{"day"}, reserve("あした", "10:00"))
	})
	t.Run("PICK-007 満員", func(t *testing.T) {
		d.fill(t, civil.Day(2026, 1, 16), "10:00", 3)
		d.refused(t, "slot_full", reserve("2026-01-16", "10:00"))
		slots, err := d.free(t)
		if err != nil || len(slots) == 0 {
			t.Fatal(err)
		}
		for _, s := range slots {
			if s.Day == civil.Day(2026, 1, 16) && s.Time == "10:00" {
				t.Error("a full time is offered")
			}
		}
	})
	t.Run("PICK-075 受取期限の当日と翌日", func(t *testing.T) {
		d.goTo(civil.Day(2026, 2, 20))
		d.refused(t, "past_deadline", reserve("2026-03-06", "10:00"))
		if err := reserve("2026-03-05", "10:00")(); err != nil {
			t.Error(err)
		}
		slots, err := d.free(t)
		if err != nil || slots[len(slots)-1].Day != civil.Day(2026, 3, 5) {
			t.Errorf("%v, %v", slots, err)
		}
	})
	t.Run("ST-005 交付の後", func(t *testing.T) {
		d := at(t, handedOver)
		d.refused(t, "card_handed_over", func() error {
			_, _, err := d.Reserve(ctx, d.link(t, "reserve"), office.Wanted{Day: "2026-01-20", Time: "10:00"})
			return err
		})
	})
}

// fill books places for other applications.
func (d *desk) fill(t *testing.T, day civil.Date, time string, places int) {
	t.Helper()
	for i := range places {
		a, _, err := d.File(ctx, sumida, request(t, fmt.Sprint("place ", i), nil))
		if err != nil {
			t.Fatal(err)
		}
		d.write(t, func(tx office.Tx) error {
			return tx.PutVisit(reservation(a, day, time, i+1))
		})
	}
}

// Only the holder stops a card, and only one that somebody has.
func TestSuspendIsRefused(t *testing.T) {
	t.Parallel()
	t.Run("LOSS-001 somebody else calls", func(t *testing.T) {
		d := at(t, handedOver)
		id := d.card(t).ID
		d.refused(t, "caller_not_holder", func() error { return only(d.Suspend(ctx, stopLine, id, false)) })
	})
	t.Run("LOSS-001 a card that waits at the office", func(t *testing.T) {
		d := at(t, announced)
		id := d.card(t).ID
		d.refused(t, "card_not_handed_over", func() error { return only(d.Suspend(ctx, stopLine, id, true)) })
	})
	t.Run("ST-012 a card that was returned", func(t *testing.T) {
		d := newDesk(t)
		d.refused(t, "card_returned", func() error { return only(d.Suspend(ctx, stopLine, "sato2020", true)) })
		d.notFound(t, func() error { return only(d.Suspend(ctx, stopLine, "nothing", true)) })
	})
	t.Run("LOSS-001 a caller without a card", func(t *testing.T) {
		d := newDesk(t)
		entries, err := d.unchanged(t, func() error {
			_, err := d.CardsToStop(ctx, stopLine, office.CallerRequest{Name: "サトウ ヒカル", Birth: "1988-05-17"})
			return err
		})
		var invalid *office.Invalid
		if !errors.As(err, &invalid) || invalid.Field != "name" || len(entries) != 1 || entries[0].Detail != "0 found" {
			t.Errorf("%v, %+v", err, entries)
		}
	})
}

// The sealed form of an application that a proxy handed in (APP-079, ABR-026).
func TestSealedForm(t *testing.T) {
	t.Parallel()
	sealed := func(t *testing.T) *desk {
		t.Helper()
		d := at(t, checked)
		d.write(t, func(tx office.Tx) error {
			a, err := tx.Application(d.id)
			if err != nil {
				return err
			}
			a.ByProxy, a.SealedForm, a.SealedAt = true, application.FormSealed, application.Custody{With: application.AtOffice, Office: demo.Sumida}
			return tx.PutApplication(a)
		})
		return d
	}
	t.Run("APP-078 APP-079 it lies at the office that took it in", func(t *testing.T) {
		d := newDesk(t)
		r := request(t, "proxy", nil)
		r.ByProxy, r.SealedForm = true, true
		a, _, err := d.File(ctx, sumida, r)
		if err != nil || a.SealedForm != application.FormSealed || a.SealedAt != (application.Custody{With: application.AtOffice, Office: demo.Sumida}) {
			t.Errorf("%+v, %v", a.SealedAt, err)
		}
	})
	t.Run("PIN-007 without the holder", func(t *testing.T) {
		d := sealed(t)
		d.refused(t, "sealed_form_needs_holder", func() error { return only(d.OpenSealedForm(ctx, sumida, d.id, false, pins)) })
		d.forbidden(t, func() error { return only(d.OpenSealedForm(ctx, hachinohe, d.id, true, pins)) })
		d.invalid(t, []string{"signature", "user_authentication", "resident_register", "input_support"}, func() error { return only(d.OpenSealedForm(ctx, sumida, d.id, true, nil)) })
	})
	t.Run("PIN-022 in the holder's presence it is opened and destroyed", func(t *testing.T) {
		d := sealed(t)
		if err := only(d.OpenSealedForm(ctx, sumida, d.id, true, pins)); err != nil {
			t.Fatal(err)
		}
		if a := d.application(t); a.SealedForm != application.FormOpened || a.SealedAt != (application.Custody{With: application.Gone}) {
			t.Errorf("%s, %+v", a.SealedForm, a.SealedAt)
		}
		d.refused(t, "no_sealed_form", d.do("sealed form"))
		if err := d.do("hand over")(); err != nil {
			t.Fatal(err)
		}
		if a := d.application(t); a.SealedAt != (application.Custody{With: application.Gone}) {
			t.Errorf("PIN-007 a destroyed form comes back: %+v", a.SealedAt)
		}
		d.withCard(t, func(c *reader.Client) {
			if err := c.VerifyPIN(reader.SignaturePIN, pins[card.SignaturePIN]); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("PIN-007 APP-079 a form that nobody opened goes back to the holder", func(t *testing.T) {
		d := sealed(t)
		secret, _, err := d.OpenPINScreen(ctx, sumida, d.id)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(only(d.SetPINs(ctx, secret, pins)), d.do("hand over")()); err != nil {
			t.Fatal(err)
		}
		if a := d.application(t); a.SealedForm != application.FormSealed || a.SealedAt != (application.Custody{With: application.WithApplicant}) {
			t.Errorf("%s, %+v", a.SealedForm, a.SealedAt)
		}
		d.refused(t, "pins_already_set", d.do("sealed form"))
	})
	t.Run("PIN-007 a form of a cancelled application is destroyed unopened", func(t *testing.T) {
		d := sealed(t)
		if err := d.do("cancel")(); err != nil {
			t.Fatal(err)
		}
		if a := d.application(t); a.SealedForm != application.FormSealed || a.SealedAt != (application.Custody{With: application.Gone}) {
			t.Errorf("%s, %+v", a.SealedForm, a.SealedAt)
		}
	})
}
