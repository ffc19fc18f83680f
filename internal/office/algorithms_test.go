package office_test

import (
	"crypto"
	"crypto/rand"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// newNextDevice is a phone whose keys are of the next card's algorithm.
func newNextDevice(t *testing.T, kind procedure.PhoneKind) *device {
	t.Helper()
	d := &device{kind, map[certificate.Kind]crypto.Signer{}}
	for _, k := range bothKinds {
		key, err := pki.P384.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		d.keys[k] = key
	}
	return d
}

// Generations of both algorithms issue side by side: a phone's P-384 key is certified by a generation of P-384 as soon as there is one, and
// nothing else changes for anybody.
func TestBothAlgorithmsIssueSideBySide(t *testing.T) {
	d := at(t, handedOver)
	next := newNextDevice(t, procedure.Android)
	request := func(code rules.Procedure, kinds ...certificate.Kind) office.PhoneRequest {
		return d.byCard(t, next.request(t, code, kinds...))
	}
	d.invalid(t, []string{"keys[0].public_key"}, func() error {
		_, _, err := d.Phone(ctx, request(rules.PhoneIssue, bothKinds...))
		return err
	})
	d.foundNext(t)
	made, _, err := d.Phone(ctx, request(rules.PhoneIssue, bothKinds...))
	if err != nil {
		t.Fatal(err)
	}
	old := d.load(t, newDevice(procedure.IPhone, 0), rules.PhoneIssue, bothKinds...)
	for i, kind := range bothKinds {
		if made[i].Generation != 2 || old[i].Generation != 1 {
			t.Errorf("%s: generations %d and %d", kind, made[i].Generation, old[i].Generation)
		}
		verifier, err := pki.NewVerifier(kind, d.CAs.Certificates(kind))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []certificate.Certificate{made[i], old[i]} {
			v, err := verifier.VerifyChain(x.DER, d.at)
			if err != nil || v.Medium != pki.Phone || v.Issuer != d.CAs.Of(kind, x.Generation).Certificate() {
				t.Errorf("%s of generation %d: %v", kind, x.Generation, err)
			}
			if s := d.ocsp(t, x); s.State != pki.Good {
				t.Errorf("the responder says %v", s)
			}
		}
	}
	// The phone ends its own certificates, by a signature of its P-384 key (SPC-021).
	r := next.request(t, rules.PhoneRevoke)
	r.Certificate, r.Signature = made[0].DER, signedBy(t, next.keys[certificate.Signature], r.Message())
	if _, _, err := d.Phone(ctx, r); err != nil {
		t.Fatal(err)
	}
	if s := d.ocsp(t, made[0]); s.State != pki.Revoked {
		t.Errorf("the responder says %v", s)
	}
	d.goTo(d.today().AddDays(1))
	if _, opened := d.listOf(t, certificate.Signature, 2, made[0].Partition); opened.Count != 1 {
		t.Errorf("the list of the P-384 generation has %d entries", opened.Count)
	}
}

// What is newest on a phone is what was issued last, whatever generation it is of: with P-384 founded before the next RSA key, a phone goes from
// one algorithm to the other and back.
func TestTheNewestIsNotTheHighestGeneration(t *testing.T) {
	d := at(t, handedOver)
	d.ownKeys(t)
	for _, kind := range bothKinds {
		d.hold(t, kind, pki.P384)
		d.hold(t, kind, pki.RSA2048)
	}
	d.load(t, newDevice(procedure.Android, 0), rules.PhoneIssue, bothKinds...) // key 3
	for range 2 {
		made := d.load(t, newNextDevice(t, procedure.Android), rules.PhoneModelChange, bothKinds...) // key 2, within the same second
		if s := d.ocsp(t, made[0]); made[0].Generation != 2 || s.State != pki.Good {
			t.Fatalf("key %d, %v", made[0].Generation, s)
		}
		d.at = d.at.Add(3 * time.Second)
	}
	valid := 0
	d.read(t, func(tx office.Tx) error {
		all, err := tx.PhoneCertificates(d.card(t).ID)
		for _, x := range all {
			if x.State == certificate.Valid {
				valid++
			}
		}
		return err
	})
	if valid != 2 {
		t.Errorf("%d certificates are valid on one phone", valid)
	}
}

// foundNext gives both authorities a second generation, of P-384.
func (d *desk) foundNext(t *testing.T) {
	t.Helper()
	pass := []byte("a passphrase")
	err := d.Store.Write(ctx, func(tx office.Tx) error {
		for _, kind := range bothKinds {
			a, err := pki.NewAuthority(kind, 2, pki.P384, d.at, rand.Reader)
			if err != nil {
				return err
			}
			sealed, err := a.Seal(pass, rand.Reader)
			if err != nil {
				return err
			}
			if err := tx.PutAuthority(office.SealedAuthority{Kind: kind, Generation: 2, Sealed: sealed, Created: d.at}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.Office.CAs, err = office.OpenAuthorities(ctx, d.Store, pass); err != nil {
		t.Fatal(err)
	}
}
