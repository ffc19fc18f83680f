package office_test

import (
	"errors"
	"slices"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

var postman = office.Actor{Staff: "post", Office: place.Post, Role: office.Carrier}

// licence is an identity document of group A with its last day.
var licence = procedure.PaperAtWindow{Kind: rules.DrivingLicence, Until: civil.Day(2028, 3, 1)}

// homeForm is the form of 渡辺結, who lives in Sumida and has never had a card.
func homeForm(changes application.RawForm) application.RawForm {
	raw := application.RawForm{"family_name": "渡辺", "given_name": "結", "birth": "平成4年12月1日", "email1": "yui@example.org", "photo_taken": "2025-10-01"}
	for field, text := range changes {
		if text == "" {
			delete(raw, field)
		} else {
			raw[field] = text
		}
	}
	return raw
}

// atCounter is an application at the window with the counter tablet.
func atCounter(t *testing.T, key string, change func(*office.HomeRequest)) office.HomeRequest {
	t.Helper()
	r := office.HomeRequest{RequestKey: key, Purpose: rules.ApplyAtHome, Channel: rules.Visit, Form: homeForm(nil), Photo: photo(t),
		Told: procedure.Situation{Visitor: procedure.Visit{Who: rules.Holder, Papers: []procedure.PaperAtWindow{licence, {Kind: rules.FormPINRequest}}},
			Person: procedure.Person{NumberPaper: procedure.No}}}
	if change != nil {
		change(&r)
	}
	return r
}

// fileHome files and remembers the application.
func (d *desk) fileHome(t *testing.T, who office.Actor, r office.HomeRequest) {
	t.Helper()
	a, _, err := d.FileAtHome(t.Context(), who, r)
	if err != nil {
		t.Fatal(err)
	}
	d.id = a.ID
}

// must fails the test when an act is not done.
func must(t *testing.T) func(office.Receipt, error) {
	return func(_ office.Receipt, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// refused expects the refusal of a rule.
func refused(t *testing.T, err error, code string) {
	t.Helper()
	refusal, ok := errors.AsType[*law.Refusal](err)
	if !ok || refusal.Code != code {
		t.Errorf("got %v, want the refusal %s", err, code)
	}
}

// wrote expects exactly these messages of the application, in whatever order.
func (d *desk) wrote(t *testing.T, want ...notice.Kind) {
	t.Helper()
	got := d.messages(t)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("messages %v, want %v", got, want)
	}
}

// make accepts at the reception centre and makes the card.
func (d *desk) make(t *testing.T) {
	t.Helper()
	if _, _, err := d.Accept(t.Context(), operator, d.id); err != nil {
		t.Fatal(err)
	}
	must(t)(d.Produce(t.Context(), operator, d.id))
	if err := d.sameOnChip(d.card(t).ID); err != nil {
		t.Errorf("the chip that was made is not what the registers say: %v", err)
	}
}

// toCounter brings the made card to the window.
func (d *desk) toCounter(t *testing.T, at office.Actor) {
	t.Helper()
	must(t)(d.Dispatch(t.Context(), operator, d.id))
	must(t)(d.Announce(t.Context(), at, d.id))
}

// typePINs is the holder at the PIN screen.
func (d *desk) typePINs(t *testing.T, at office.Actor) {
	t.Helper()
	secret, _, err := d.OpenPINScreen(t.Context(), at, d.id)
	if err != nil {
		t.Fatal(err)
	}
	must(t)(d.SetPINs(t.Context(), secret, pins))
}

// holderCame is the holder at the window with the notice and a licence.
func holderCame(old procedure.Answer) procedure.Situation {
	return procedure.Situation{
		Visitor: procedure.Visit{Who: rules.Holder, Papers: []procedure.PaperAtWindow{{Kind: rules.IssuanceNotice}, licence}},
		Person:  procedure.Person{NumberPaper: procedure.No, JukiCard: procedure.No}, Wish: procedure.Wish{OldCardBack: old},
	}
}

// A first card: applied for at the counter tablet, examined by the reception centre, made, announced by postcard, handed
// over at the window (APP-025, APP-028, APP-016, PICK-001, PICK-012, PICK-015, ABR-M03 is the same abroad).
func TestFirstCardAtHome(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.fileHome(t, sumida, atCounter(t, "home-1", nil))
		a := d.application(t)
		if a.State != application.Received || a.Overseas || a.InCharge != demo.Sumida || a.Pickup != demo.Sumida || a.PersonID != "watanabe" || a.Fee.Yen != 0 {
			t.Errorf("filed: %+v", a)
		}
		again, receipt, err := d.FileAtHome(ctx, sumida, atCounter(t, "home-1", nil))
		if err != nil || !receipt.Already || again.ID != d.id {
			t.Errorf("the same request twice: %v %+v", err, receipt)
		}
		_, _, err = d.FileAtHome(ctx, sumida, atCounter(t, "home-2", nil))
		refused(t, err, "application_under_way")
		if _, _, err := d.Accept(ctx, sumida, d.id); !errors.Is(err, office.ErrForbidden) {
			t.Errorf("APP-016: the municipality does not examine: %v", err)
		}
		d.make(t)
		if a = d.application(t); len(a.ApplicationID) != 23 {
			t.Errorf("APP-002: application ID %q", a.ApplicationID)
		}
		if _, err := d.TakeInCard(ctx, sumida, d.id); err == nil {
			t.Error("taken in before it was sent")
		}
		must(t)(d.Dispatch(ctx, operator, d.id))
		_, err = d.TakeInCard(ctx, sumida, d.id)
		refused(t, err, "collected_at_counter")
		must(t)(d.Announce(ctx, sumida, d.id))
		_, err = d.HandOver(ctx, sumida, d.id, true)
		refused(t, err, "identity_not_checked")
		_, _, err = d.CheckVisitor(ctx, sumida, d.id, procedure.Situation{Visitor: procedure.Visit{Who: rules.Holder, Papers: []procedure.PaperAtWindow{licence}}})
		refused(t, err, "paper_missing") // PICK-030
		if _, _, err := d.CheckVisitor(ctx, sumida, d.id, holderCame(procedure.Unknown)); err != nil {
			t.Fatal(err)
		}
		_, err = d.HandOver(ctx, sumida, d.id, true)
		refused(t, err, "pins_not_set")
		d.typePINs(t, sumida)
		must(t)(d.HandOver(ctx, sumida, d.id, true))

		c := d.card(t)
		if c.State != card.Active || c.Overseas || c.Until != civil.Day(2034, 12, 1) || c.Applied != civil.Day(2025, 10, 28) {
			t.Errorf("card: %+v", c)
		}
		d.wrote(t, notice.ApplicationComplete, notice.HomeAccepted, notice.IssuanceNotice)
		d.read(t, func(tx office.Tx) error {
			all, err := tx.Messages(d.id)
			if err != nil {
				return err
			}
			for _, m := range all {
				if m.Kind == notice.IssuanceNotice && (m.Letter == nil || m.Letter.Address != "東京都墨田区押上一丁目1番2号" || m.Letter.Service != notice.NonForwarded || len(m.To) > 0) {
					t.Errorf("PICK-001: the notice goes to %+v %v", m.Letter, m.To)
				}
			}
			certificates, err := tx.Certificates(c.ID)
			for _, x := range certificates {
				if x.State != certificate.Valid || x.Partition != demo.Sumida.Five() {
					t.Errorf("certificate %s of partition %s", x.State, x.Partition)
				}
			}
			return err
		})
		_, _, err = d.FileAtHome(ctx, sumida, atCounter(t, "home-3", nil))
		refused(t, err, "card_exists")
	})
}
