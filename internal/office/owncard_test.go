package office_test

import (
	"testing"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
)

// A login with the card shows its holder what the registers have (MYN-002 to MYN-004), and a certificate that is none of ours, or of a
// card that was stopped (LOSS-001), shows nothing.
func TestOwnData(t *testing.T) {
	d := at(t, handedOver)
	ders := map[certificate.Kind][]byte{}
	for _, x := range d.certificates(t) {
		ders[x.Kind] = x.DER
	}
	own, err := d.OwnData(ctx, ders[certificate.UserAuthentication])
	if err != nil || own.Card == nil || own.Card.ID != d.card(t).ID || len(own.Procedures) == 0 {
		t.Fatalf("%+v, %v", own.Card, err)
	}
	last := own.History
	if own, err = d.OwnData(ctx, ders[certificate.UserAuthentication]); err != nil || len(own.History) != len(last)+1 {
		t.Errorf("%d entries after %d, %v", len(own.History), len(last), err)
	} else if e := own.History[len(own.History)-1]; e.Act != "look_own" || e.Purpose != office.PurposeOwnData || e.Policy != "holder-sees-own" {
		t.Errorf("the look is %+v", e)
	}
	for _, der := range [][]byte{nil, {0x30, 0x00}, ders[certificate.Signature]} {
		d.invalid(t, []string{"certificate"}, func() error { _, err := d.OwnData(ctx, der); return err })
	}
	if err := only(d.Suspend(ctx, stopLine, d.card(t).ID, true)); err != nil {
		t.Fatal(err)
	}
	d.refused(t, "card_suspended", func() error { _, err := d.OwnData(ctx, ders[certificate.UserAuthentication]); return err })
}
