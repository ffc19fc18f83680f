package office_test

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// TestCardOfTheNextGeneration: a card with P-384 keys lives as any other: made, handed over, rewritten and certified anew at a window after
// the switch of production was put back, its status told; a card made then has RSA keys, beside it.
func TestCardOfTheNextGeneration(t *testing.T) {
	d := newDesk(t)
	d.foundNext(t)
	d.Making = card.NextGeneration
	d.live(t, "", handedOver)
	if err := d.sameOnChip(d.card(t).ID); err != nil {
		t.Errorf("the chip is not what the registers say: %v", err)
	}
	d.Making = card.Today
	d.ofNext(t)

	d.goTo(civil.Day(2026, 6, 1))
	d.happened(t, func(p *register.Person) {
		p.Name.Family, p.Name.FamilyKana = "高田", "タカダ"
		p.Events = append(p.Events, register.Event{ID: "e1", Kind: string(rules.NameChange), At: demo.Hachinohe, Day: civil.Day(2026, 5, 20), Filed: civil.Day(2026, 5, 25)})
	})
	if _, err := d.FindPerson(ctx, hachinohe, office.PersonRequest{Name: "高田 光", Birth: "1988-05-17"}); err != nil {
		t.Fatal(err)
	}
	before, _ := d.newestOf(t)
	c, err := d.takeIn(t, hachinohe, rules.ChangeEntriesFromAbroad, holder(rules.FormChangeAbroad, rules.MyNumberCard))
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, hachinohe, c) // reads the chip back
	after, _ := d.newestOf(t)
	if after.Serial == before.Serial || d.ocsp(t, before).State != pki.Revoked || d.ocsp(t, after).State != pki.Good {
		t.Errorf("the signature certificate before is %v, the one after %v", d.ocsp(t, before), d.ocsp(t, after))
	}
	d.ofNext(t)
	d.goTo(d.today().AddDays(1))
	if _, opened := d.listOf(t, certificate.Signature, 2, before.Partition); opened.Count != 1 {
		t.Errorf("the list of the P-384 generation has %d entries", opened.Count)
	}

	other := at(t, produced)
	signature, _ := other.newestOf(t)
	if cert, err := x509.ParseCertificate(signature.DER); err != nil || other.card(t).Chip != card.Today {
		t.Errorf("%q, %v", other.card(t).Chip, err)
	} else if _, ok := cert.PublicKey.(*rsa.PublicKey); !ok {
		t.Errorf("a card of today has a key %T", cert.PublicKey)
	}
}

// ofNext checks that the card's newest certificates are of P-384 keys, certified by the P-384 generation.
func (d *desk) ofNext(t *testing.T) {
	t.Helper()
	if d.card(t).Chip != card.NextGeneration {
		t.Errorf("the card has the chip %q", d.card(t).Chip)
	}
	signature, user := d.newestOf(t)
	for _, x := range []certificate.Certificate{signature, user} {
		verifier, err := pki.NewVerifier(x.Kind, d.CAs.Certificates(x.Kind))
		if err != nil {
			t.Fatal(err)
		}
		v, err := verifier.VerifyChain(x.DER, d.at)
		if err != nil || x.Generation != 2 || v.Medium != pki.Card {
			t.Errorf("the %s certificate is of generation %d: %v", x.Kind, x.Generation, err)
			continue
		}
		if _, ok := v.Certificate.PublicKey.(*ecdsa.PublicKey); !ok {
			t.Errorf("the %s key is %T", x.Kind, v.Certificate.PublicKey)
		}
	}
}
