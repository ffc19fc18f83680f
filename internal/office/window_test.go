package office_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// holder is a visit of the holder with papers.
func holder(papers ...rules.Paper) procedure.Situation {
	return visit(rules.Holder, papers...)
}

func visit(who rules.Visitor, papers ...rules.Paper) procedure.Situation {
	s := procedure.Situation{Channel: rules.Visit, Visitor: procedure.Visit{Who: who, Papers: []procedure.PaperAtWindow{}}, Card: procedure.Card{AtHand: procedure.Yes}}
	for _, p := range papers {
		s.Visitor.Papers = append(s.Visitor.Papers, procedure.PaperAtWindow{Kind: p})
	}
	return s
}

// find grants the office the look at sato, who stands at its window.
func (d *desk) find(t *testing.T, who office.Actor) {
	t.Helper()
	found, err := d.FindPerson(ctx, who, office.PersonRequest{Name: "佐藤 光", Birth: "1988-05-17"})
	if err != nil || len(found) != 1 {
		t.Fatalf("found %d, %v", len(found), err)
	}
}

// takeIn takes a procedure of sato in.
func (d *desk) takeIn(t *testing.T, who office.Actor, code rules.Procedure, told procedure.Situation) (docket.Case, error) {
	t.Helper()
	key, err := d.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := d.TakeIn(ctx, who, office.WindowRequest{RequestKey: key, PersonID: "sato", Procedure: code, Told: told})
	return c, err
}

// finish types the PINs of a case and completes it.
func (d *desk) finish(t *testing.T, who office.Actor, c docket.Case) docket.Case {
	t.Helper()
	if len(c.PINs) > 0 {
		secret, _, err := d.OpenCasePINScreen(ctx, who, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if c, _, err = d.TypeCasePINs(ctx, secret, pins); err != nil {
			t.Fatal(err)
		}
	}
	c, err := d.complete(t, who, c)
	if err != nil {
		t.Fatal(err)
	}
	if c.State != docket.Done {
		t.Fatalf("the case is %s", c.State)
	}
	return c
}

// newestOf are the newest certificates of the card.
func (d *desk) newestOf(t *testing.T) (signature, user certificate.Certificate) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		all, err := tx.Certificates(d.card(t).ID)
		for _, c := range all {
			switch {
			case c.Kind == certificate.Signature && c.Counter >= signature.Counter:
				signature = c
			case c.Kind == certificate.UserAuthentication && c.Counter >= user.Counter:
				user = c
			}
		}
		return err
	})
	return signature, user
}

// happened enters an event in sato's record.
func (d *desk) happened(t *testing.T, change func(*register.Person)) {
	t.Helper()
	d.write(t, func(tx office.Tx) error {
		p, err := tx.Person("sato")
		if err != nil {
			return err
		}
		change(&p)
		return tx.PutPerson(p)
	})
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var refusal *law.Refusal
	if !errors.As(err, &refusal) || refusal.Code != code {
		t.Errorf("got %v, want the refusal %s", err, code)
	}
}

func wantField(t *testing.T, err error, field string) {
	t.Helper()
	var invalid *office.Invalid
	if !errors.As(err, &invalid) || invalid.Field != field {
		t.Errorf("got %v, want a question for %s", err, field)
	}
}

// TestWindowChangesEntries: ABR-052, ABR-M16 at the honseki, and who may not.
func TestWindowChangesEntries(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	d.happened(t, func(p *register.Person) {
		p.Name.Family, p.Name.FamilyKana = "高田", "タカダ"
		p.Events = append(p.Events, register.Event{ID: "e1", Kind: string(rules.NameChange), At: demo.Hachinohe, Day: civil.Day(2026, 5, 20), Filed: civil.Day(2026, 5, 25)})
	})
	told := holder(rules.FormChangeAbroad, rules.MyNumberCard)
	t.Run("ABR-057 another municipality sends the visitor on", func(t *testing.T) {
		_, err := d.takeIn(t, sumida, rules.ChangeEntriesFromAbroad, told)
		if !errors.Is(err, office.ErrNotFound) {
			t.Errorf("before anybody stands there: %v", err)
		}
		if _, err := d.FindPerson(ctx, sumida, office.PersonRequest{Name: "高田 光", Birth: "昭和63年5月17日"}); err != nil {
			t.Fatal(err)
		}
		_, err = d.takeIn(t, sumida, rules.ChangeEntriesFromAbroad, told)
		wantCode(t, err, "office_cannot")
	})
	t.Run("ABR-052 without the form", func(t *testing.T) {
		_, err := d.takeIn(t, hachinohe, rules.ChangeEntriesFromAbroad, holder(rules.MyNumberCard))
		wantCode(t, err, "paper_missing")
	})
	oldSign, oldUser := d.newestOf(t)
	c, err := d.takeIn(t, hachinohe, rules.ChangeEntriesFromAbroad, told)
	if err != nil {
		t.Fatal(err)
	}
	if c.State != docket.Open || !slices.Equal(c.PINs, []card.PIN{1, 2}) || !c.Writes || c.Where[docket.Plastic].Office != demo.Hachinohe {
		t.Errorf("ABR-052: %+v", c)
	}
	t.Run("PIN-030 not without the PINs", func(t *testing.T) {
		_, _, err := d.CompleteCase(ctx, hachinohe, c.ID)
		wantCode(t, err, "pins_not_typed")
	})
	t.Run("PIN-004 a wrong PIN costs a try", func(t *testing.T) {
		secret, _, err := d.OpenCasePINScreen(ctx, hachinohe, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = d.TypeCasePINs(ctx, secret, map[card.PIN]string{card.SignaturePIN: "WRONG0001", card.UserAuthenticationPIN: "9081"})
		wantField(t, err, "signature")
	})
	done := d.finish(t, hachinohe, c)
	sign, user := d.newestOf(t)
	if sign.State != certificate.Valid || sign.Counter == oldSign.Counter || user.State != certificate.Valid || user.Counter != oldUser.Counter || sign.Until.After(user.Until) {
		t.Errorf("ABR-M16, CHG-016: signature %+v, user authentication %+v", sign, user)
	}
	d.read(t, func(tx office.Tx) error {
		old, err := tx.Certificate(oldSign.Kind, oldSign.Generation, oldSign.Counter)
		if old.State != certificate.Revoked || old.Reason != certificate.AffiliationChanged {
			t.Errorf("CERT-020: the former is %s, %s", old.State, old.Reason)
		}
		return err
	})
	if got := d.onChip(t, "name"); got != "高田　光" {
		t.Errorf("CHG-001: the chip says %q", got)
	}
	if again, r, err := d.CompleteCase(ctx, hachinohe, c.ID); err != nil || !r.Already || again.State != done.State {
		t.Errorf("twice: %+v, %v", r, err)
	}
}

// onChip reads name or address from the chip, as the holder's device does.
func (d *desk) onChip(t *testing.T, what string) string {
	t.Helper()
	inserted, err := d.cards.Insert(ctx, d.card(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	defer inserted.Close()
	client := reader.NewClient(inserted.Chip)
	if err := client.VerifyPIN(reader.InputSupportPIN, pins[card.InputSupportPIN]); err != nil {
		t.Fatal(err)
	}
	items, err := client.ReadFourItems()
	if err != nil {
		t.Fatal(err)
	}
	if what == "name" {
		return items.Name
	}
	return items.Address
}

// TestWindowLifts: LOSS-021, LOSS-023, ABR-M11, ABR-M12: stopped by telephone, lifted with new certificates.
func TestWindowLifts(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	told := procedure.Situation{Channel: rules.Telephone, Visitor: procedure.Visit{Who: rules.Holder}}
	if _, err := d.takeIn(t, stopLine, rules.StopCard, told); err != nil {
		t.Fatal(err)
	}
	if got := d.card(t).State; got != card.Suspended {
		t.Fatalf("ABR-M11: the card is %s", got)
	}
	lift := holder(rules.FormLift, rules.MyNumberCard)
	_, err := d.takeIn(t, hachinohe, rules.LiftAbroad, procedure.Situation{Card: procedure.Card{AtHand: procedure.Yes}, Channel: rules.Visit})
	wantField(t, err, "visitor.who")
	lift.Wish.NoSignature, lift.Wish.NoUserAuth = procedure.No, procedure.No
	c, err := d.takeIn(t, hachinohe, rules.LiftAbroad, lift)
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, hachinohe, c)
	sign, user := d.newestOf(t)
	if d.card(t).State != card.Active || sign.State != certificate.Valid || user.State != certificate.Valid || sign.Counter == 1 {
		t.Errorf("ABR-M12: %s, %s, %s", d.card(t).State, sign.State, user.State)
	}
	_, err = d.takeIn(t, hachinohe, rules.LiftAbroad, lift)
	wantCode(t, err, "card_not_suspended")
}

// TestWindowSendsTheCardAway: PIN-046, ABR-055, ABR-M17: a PIN reset at a mission.
func TestWindowSendsTheCardAway(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	d.find(t, taipei)
	pin := 3
	told := holder(rules.FormPINReset, rules.MyNumberCard)
	told.Wish.PIN, told.Card.PINs.ResidentRegister, told.Visitor.SealedPINs = &pin, procedure.PINLocked, procedure.Yes
	told.Office.Covers = procedure.Yes
	c, err := d.takeIn(t, taipei, rules.ResetPINFromAbroad, told)
	if err != nil {
		t.Fatal(err)
	}
	if c.State != docket.SentAway || c.By != demo.Hachinohe || !d.card(t).Custody.OnTheWay {
		t.Fatalf("PIN-046: %+v", c)
	}
	_, _, err = d.CompleteCase(ctx, taipei, c.ID)
	wantCode(t, err, "card_is_travelling")
	if _, _, err = d.ReceiveCase(ctx, taipei, c.ID); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("the mission receives what it sent: %v", err)
	}
	if c, _, err = d.ReceiveCase(ctx, hachinohe, c.ID); err != nil || c.State != docket.Arrived {
		t.Fatalf("%s, %v", c.State, err)
	}
	_, _, err = d.GiveBack(ctx, taipei, c.ID)
	wantCode(t, err, "card_is_elsewhere")
	if _, _, err = d.EnterReplyPINs(ctx, hachinohe, c.ID, map[card.PIN]string{card.ResidentRegisterPIN: "1100"}); err != nil {
		t.Fatal(err)
	}
	if c, err = d.complete(t, hachinohe, c); err != nil || c.State != docket.SentBack {
		t.Fatalf("%s, %v", c.State, err)
	}
	if c, _, err = d.ReceiveCase(ctx, taipei, c.ID); err != nil || c.State != docket.CameBack {
		t.Fatalf("%s, %v", c.State, err)
	}
	d.read(t, func(tx office.Tx) error {
		told, err := tx.MessagesTo("sato")
		if len(told) == 0 || told[len(told)-1].Kind != notice.CardBack || len(told[len(told)-1].To) == 0 {
			t.Errorf("NTF-028: %d messages", len(told))
		}
		return err
	})
	_, _, err = d.CompleteCase(ctx, taipei, c.ID)
	wantCode(t, err, "card_waits_for_holder")
	if c, _, err = d.GiveBack(ctx, taipei, c.ID); err != nil || c.State != docket.Done || d.card(t).Custody != (card.Custody{}) {
		t.Errorf("%+v, %v", c, err)
	}
	_, _, err = d.WithdrawCase(ctx, taipei, c.ID)
	wantCode(t, err, "case_is_done")
}

// TestWindowWithoutTheIssuer: the issuer cannot be reached: the window keeps the card, nothing is typed twice, and the
// holder is told when it is done.
func TestWindowWithoutTheIssuer(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2030, 2, 5))
	c, err := d.takeIn(t, hachinohe, rules.RenewCertificatesAway, holder(rules.FormApplyAbroad, rules.MyNumberCard))
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := d.OpenCasePINScreen(ctx, hachinohe, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.TypeCasePINs(ctx, secret, pins); err != nil {
		t.Fatal(err)
	}
	away := errors.New("no route to the issuer")
	d.Reach = func(context.Context) error { return away }
	if c, _, err = d.CompleteCase(ctx, hachinohe, c.ID); err != nil || c.State != docket.Queued || d.card(t).Custody.Office != demo.Hachinohe {
		t.Fatalf("%s, %v, card at %+v", c.State, err, d.card(t).Custody)
	}
	_, _, err = d.OpenCasePINScreen(ctx, hachinohe, c.ID)
	wantCode(t, err, "issuer_awaited")
	d.goTo(civil.Day(2030, 2, 8))
	if again, _, err := d.CompleteCase(ctx, hachinohe, c.ID); err != nil || again.State != docket.Queued {
		t.Fatalf("still away: %s, %v", again.State, err)
	}
	d.Reach = nil
	if c, err = d.complete(t, hachinohe, c); err != nil || c.State != docket.CameBack {
		t.Fatalf("%s, %v", c.State, err)
	}
	if sign, user := d.newestOf(t); sign.State != certificate.Valid || user.State != certificate.Valid || civil.DateOf(sign.NotBefore) != civil.Day(2030, 2, 5) {
		t.Errorf("signature %s from %s, user authentication %s", sign.State, sign.NotBefore, user.State)
	}
	if c, _, err = d.GiveBack(ctx, hachinohe, c.ID); err != nil || c.State != docket.Done || d.card(t).Custody != (card.Custody{}) {
		t.Errorf("%s, %v", c.State, err)
	}
}

// TestPassOn: LOSS-005, SEC-021: the telephone line passes on what it is told besides a loss, and decides nothing.
func TestPassOn(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	id := d.card(t).ID
	r := office.ReportRequest{Kind: rules.FraudReport, Note: "市役所を名乗る者に暗証番号を聞かれた。"}
	if _, err := d.PassOn(ctx, sumida, id, r); !errors.Is(err, office.ErrForbidden) {
		t.Errorf("a clerk is no telephone line: %v", err)
	}
	_, err := d.PassOn(ctx, stopLine, id, office.ReportRequest{Kind: rules.FraudReport})
	wantField(t, err, "note")
	_, err = d.PassOn(ctx, stopLine, id, office.ReportRequest{Kind: "gossip", Note: "x"})
	wantField(t, err, "kind")
	if _, err := d.PassOn(ctx, stopLine, id, r); err != nil {
		t.Fatal(err)
	}
	got, err := d.Exchanges(ctx, hachinohe, false)
	if err != nil || len(got) == 0 || got[0].Kind != string(rules.FraudReport) || got[0].Body.Note != r.Note || d.card(t).State != card.Active {
		t.Errorf("%d messages, %v", len(got), err)
	}
}
