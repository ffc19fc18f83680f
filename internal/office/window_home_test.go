package office_test

import (
	"os"
	"strings"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/docket"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// atHome is sato back in Sumida with a card that is a domestic one again, on 2026-06-01, the day after she moved within
// the municipality and notified it.
func atHome(t *testing.T) *desk {
	t.Helper()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	d.happened(t, func(p *register.Person) {
		p.Residences = append(p.Residences, register.Residence{Municipality: demo.Sumida, Address: "東京都墨田区業平一丁目1番1号", From: civil.Day(2026, 2, 1), Reason: register.FromAbroad})
		p.Events = append(p.Events, register.Event{ID: "e1", Kind: string(rules.MoveWithin), At: demo.Sumida, Day: civil.Day(2026, 5, 31), Filed: civil.Day(2026, 6, 1)})
	})
	d.write(t, func(tx office.Tx) error {
		c := d.card(t)
		c.Overseas = false
		return tx.PutCard(c)
	})
	return d
}

// TestWindowAtHome: the domestic matrix, row by row: who may, and whether on the same day (CHG-040 to CHG-045).
func TestWindowAtHome(t *testing.T) {
	t.Parallel()
	d := atHome(t)
	rewrite := func(who rules.Visitor, papers ...rules.Paper) procedure.Situation {
		s := visit(who, append(papers, rules.MyNumberCard, rules.ResidentNotice)...)
		s.Card.EntryFieldFull = procedure.No
		return s
	}
	t.Run("CHG-040 household member on the day", func(t *testing.T) {
		c, err := d.takeIn(t, sumida, rules.ChangeAtHome, rewrite(rules.HouseholdMember, rules.ProxyPhotoID))
		if err != nil || c.State != docket.Open || len(c.PINs) != 1 || c.PINs[0] != card.ResidentRegisterPIN {
			t.Fatalf("%+v, %v", c, err)
		}
		if _, _, err := d.WithdrawCase(ctx, sumida, c.ID); err != nil {
			t.Fatal(err)
		}
	})
	var asked docket.Case
	t.Run("CHG-040 CHG-006 another proxy not on the day", func(t *testing.T) {
		var err error
		asked, err = d.takeIn(t, sumida, rules.ChangeAtHome, rewrite(rules.VoluntaryProxy, rules.ReplyForm, rules.Mandate, rules.ProxyPhotoID))
		if err != nil || asked.State != docket.Asked || asked.Due != civil.Day(2026, 7, 1) {
			t.Fatalf("%+v, %v", asked, err)
		}
		_, _, err = d.CompleteCase(ctx, sumida, asked.ID)
		wantCode(t, err, "reply_awaited")
		letters, err := d.Letters(ctx, sumida)
		if err != nil || len(letters) != 1 || letters[0].Kind != notice.Inquiry || letters[0].Letter.Service != notice.NonForwarded ||
			!strings.Contains(letters[0].Letter.Address, "業平") {
			t.Fatalf("NTF-008: %d letters, %v", len(letters), err)
		}
		if _, err := d.Posted(ctx, sumida, letters[0].ID); err != nil {
			t.Fatal(err)
		}
	})
	reply := office.ReplyRequest{Sealed: true, Papers: rewrite(rules.VoluntaryProxy, rules.ReplyForm, rules.Mandate, rules.ProxyPhotoID, rules.HolderID).Visitor.Papers}
	t.Run("CHG-006 an opened reply", func(t *testing.T) {
		open := reply
		open.Sealed = false
		_, _, err := d.ReplyCase(ctx, sumida, asked.ID, open)
		wantCode(t, err, "reply_opened")
	})
	t.Run("CHG-006 the second visit", func(t *testing.T) {
		c, _, err := d.ReplyCase(ctx, sumida, asked.ID, reply)
		if err != nil || c.State != docket.Open {
			t.Fatalf("%+v, %v", c, err)
		}
		_, _, err = d.ReplyCase(ctx, sumida, asked.ID, reply)
		wantCode(t, err, "no_reply_expected")
	})
	t.Run("CHG-040 CHG-010 CHG-016 the holder on the day", func(t *testing.T) {
		c, err := d.takeIn(t, sumida, rules.ChangeAtHome, rewrite(rules.Holder))
		if err != nil {
			t.Fatal(err)
		}
		d.finish(t, sumida, c)
		sign, user := d.newestOf(t)
		if sign.State != certificate.Revoked || user.State != certificate.Valid || d.card(t).Entries != 1 {
			t.Errorf("%s, %s, %d entries", sign.State, user.State, d.card(t).Entries)
		}
		if got := d.onChip(t, "address"); !strings.Contains(got, "業平") {
			t.Errorf("the chip says %q", got)
		}
	})
	t.Run("CHG-041 the signature certificate anew", func(t *testing.T) {
		told := holder(rules.MyNumberCard, rules.FormNewSignature)
		c, err := d.takeIn(t, sumida, rules.ReissueSignature, told)
		if err != nil {
			t.Fatal(err)
		}
		d.finish(t, sumida, c)
		if sign, _ := d.newestOf(t); sign.State != certificate.Valid {
			t.Errorf("CHG-012: %s", sign.State)
		}
	})
	t.Run("CHG-029 returned, and the error undone by a second person", func(t *testing.T) { returned(t, d) })
}

// returned: a card that an office took back by mistake does not work again, and the next one is free.
func returned(t *testing.T, d *desk) {
	told := holder(rules.FormReturn, rules.MyNumberCard)
	c, err := d.takeIn(t, sumida, rules.GiveCardBack, told)
	if err != nil || c.State != docket.Done || d.card(t).State != card.Returned {
		t.Fatalf("%+v, %v", c, err)
	}
	d.dead(t, d.card(t).ID)
	_, _, err = d.UndoCase(ctx, sumida, c.ID)
	wantCode(t, err, "nothing_to_undo")
	if _, _, err := d.AskUndo(ctx, sumida, c.ID, office.UndoRequest{Reason: "別人の届出と取り違えた。"}); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.UndoCase(ctx, sumida, c.ID)
	wantCode(t, err, "undo_needs_second_person")
	second := sumida
	second.Staff = "sumida2"
	if _, _, err := d.UndoCase(ctx, second, c.ID); err != nil {
		t.Fatal(err)
	}
	after := d.card(t)
	if after.State != card.Returned || after.EndedBecause != string(procedure.EndedByOfficeError) || after.OwnFault {
		t.Errorf("CHG-034, FEE-005: %+v", after)
	}
}

// TestWindowRepliesWrongly: CHG-042: the PIN in a reply is wrong, and cannot be put right on the same day.
func TestWindowRepliesWrongly(t *testing.T) {
	t.Parallel()
	d := atHome(t)
	pin := 3
	told := visit(rules.VoluntaryProxy)
	told.Wish.PIN, told.Card.PINs.ResidentRegister, told.Visitor.SealedPINs = &pin, procedure.PINForgotten, procedure.Yes
	c, err := d.takeIn(t, sumida, rules.ResetPINInJapan, told)
	if err != nil || c.State != docket.Asked {
		t.Fatalf("%+v, %v", c, err)
	}
	d.goTo(civil.Day(2026, 7, 2))
	_, _, err = d.ReplyCase(ctx, sumida, c.ID, office.ReplyRequest{Sealed: true})
	wantCode(t, err, "reply_overdue")

	d.goTo(civil.Day(2030, 4, 20))
	renew := visit(rules.HouseholdMember, rules.MyNumberCard, rules.ReplyAndMandate, rules.ProxyPhotoID, rules.FormCertRenewal)
	renew.Visitor.SealedPINs = procedure.Yes
	renew.Card.PINs = procedure.PINStates{Signature: procedure.PINKnown, UserAuthentication: procedure.PINKnown, ResidentRegister: procedure.PINKnown, InputSupport: procedure.PINKnown}
	if c, err = d.takeIn(t, sumida, rules.RenewCertificatesAtHome, renew); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.EnterReplyPINs(ctx, sumida, c.ID, map[card.PIN]string{card.SignaturePIN: "WRONG0001", card.UserAuthenticationPIN: "9081", card.ResidentRegisterPIN: "8190"})
	wantCode(t, err, "reply_pin_wrong")
}

// TestWindowChangesNumber: CHG-027, NUM-011: a number that leaked is changed at the window, and the card lapses with it.
func TestWindowChangesNumber(t *testing.T) {
	t.Parallel()
	d := atHome(t)
	before := d.person(t, "sato")
	told := holder(rules.NumberChangeRequest, rules.HolderID, rules.MyNumberCard, rules.DrivingLicence)
	told.Event = procedure.Event{Kind: rules.NumberChanged, Misuse: procedure.No}
	_, err := d.takeIn(t, sumida, rules.ChangeNumber, told)
	wantCode(t, err, "number_stays")
	told.Event.Misuse = procedure.Yes
	c, err := d.takeIn(t, sumida, rules.ChangeNumber, told)
	if err != nil || c.State != docket.Done {
		t.Fatalf("%+v, %v", c, err)
	}
	after := d.person(t, "sato")
	if after.Number == before.Number || after.Number.IsZero() || d.card(t).State != card.Lapsed || d.card(t).EndedBecause != string(procedure.EndedNumberChanged) {
		t.Errorf("the number is another: %v; the card is %s because of %s", after.Number != before.Number, d.card(t).State, d.card(t).EndedBecause)
	}
}

// TestWindowWithoutAChip: CHG-002: a card whose chip cannot be read is not written to, and nothing of the case is lost.
func TestWindowWithoutAChip(t *testing.T) {
	t.Parallel()
	d := atHome(t)
	told := holder(rules.MyNumberCard, rules.ResidentNotice)
	told.Card.EntryFieldFull = procedure.No
	c, err := d.takeIn(t, sumida, rules.ChangeAtHome, told)
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := d.OpenCasePINScreen(ctx, sumida, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, takeOut, err := d.cards.Lend(ctx, d.card(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = d.TypeCasePINs(ctx, secret, pins)
	wantCode(t, err, "card_in_reader")
	if err := takeOut(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(d.cards.File(d.card(t).ID)); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.TypeCasePINs(ctx, secret, pins)
	wantCode(t, err, "chip_unreadable")
	if c, err = d.WindowCase(ctx, sumida, c.ID); err != nil || c.State != docket.Open {
		t.Errorf("%s, %v", c.State, err)
	}
}
