package office_test

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/docket"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/reader"
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
	d.cutOff(t, c)
	if err := d.sameOnChip(c.CardID); err != nil {
		t.Errorf("the chip is not what the registers say: %v", err)
	}
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

// cutOff lets the power go off at each command of the window to the chip: the keys on it are always those of its certificates.
func (d *desk) cutOff(t *testing.T, c docket.Case) {
	t.Helper()
	secret, _, err := d.OpenCasePINScreen(ctx, hachinohe, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = d.TypeCasePINs(ctx, secret, pins); err != nil {
		t.Fatal(err)
	}
	machines := d.Chips
	defer func() { d.Chips = machines }()
	n := 1
	for ; ; n++ {
		failing := &failingChips{Chips: machines, at: n, lost: n%2 == 0}
		d.Chips = failing
		_, _, err := d.CompleteCase(ctx, hachinohe, c.ID)
		if err == nil {
			break
		}
		if !errors.Is(err, errPower) {
			t.Fatalf("command %d: %v", n, err)
		}
		if err := d.keysFit(c.CardID); err != nil {
			t.Fatalf("cut off at command %d: %v", n, err)
		}
	}
	if n < 20 {
		t.Errorf("only %d commands were cut off", n)
	}
}

// keysFit reports a key on the chip that is not its certificate's.
func (d *desk) keysFit(cardID string) error {
	inserted, err := d.cards.Insert(ctx, cardID)
	if err != nil {
		return err
	}
	defer inserted.Close()
	terminal := reader.NewTerminal(inserted.Chip, d.Rand)
	if err := terminal.Authenticate(inserted.Key); err != nil {
		return err
	}
	client := terminal.Holder()
	for key, pin := range map[reader.Key]card.PIN{reader.SignatureKey: card.SignaturePIN, reader.AuthenticationKey: card.UserAuthenticationPIN} {
		if err := client.VerifyPIN(reader.PIN(pin), pins[pin]); err != nil {
			return err
		}
		signer, err := client.Signer(key)
		if err != nil {
			return err
		}
		public, err := terminal.PublicKey(key)
		if err != nil {
			return err
		}
		if !public.(*ecdsa.PublicKey).Equal(signer.Public()) {
			return errors.New("a key is not its certificate's")
		}
	}
	return nil
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
