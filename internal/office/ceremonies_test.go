package office_test

import (
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// hold holds a ceremony for an authority.
func (d *desk) hold(t *testing.T, kind certificate.Kind, algorithm pki.Algorithm) pki.Ceremony {
	t.Helper()
	c, _, err := d.FoundKey(ctx, office.Console(place.Issuer), office.CeremonyRequest{Kind: kind, Algorithm: algorithm, Program: "mynumber test", Operator: "工藤", Witnesses: []string{"佐藤"}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (d *desk) keyBook(t *testing.T) office.KeyBook {
	t.Helper()
	book, err := d.Keys(ctx, office.Console(place.Issuer))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// CERT-003: a key is founded with its record and its entry, signed by itself and by the key before it; certificates issued from then on come from the
// new one, the old one goes on signing lists and answers, and another process takes the key by itself.
func TestKeyCeremony(t *testing.T) {
	d := at(t, handedOver)
	d.ownKeys(t)
	running, err := office.OpenAuthorities(ctx, d.Store, []byte("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	first := d.load(t, newDevice(procedure.Android, 0), rules.PhoneIssue, bothKinds...)
	c := d.hold(t, certificate.Signature, pki.RSA2048)
	if c.Act != pki.CeremonyRotate || c.Generation != 2 || c.Before != 1 || c.Number != 3 {
		t.Errorf("%+v", c)
	}
	if err := running.Refresh(ctx, d.Store); err != nil || running.Of(certificate.Signature, 2) == nil {
		t.Errorf("another process does not take the key: %v", err)
	}
	next := d.load(t, newDevice(procedure.IPhone, 1), rules.PhoneIssue, bothKinds...)
	if next[0].Generation != 2 || next[1].Generation != 1 {
		t.Errorf("issued with keys %d and %d", next[0].Generation, next[1].Generation)
	}
	for _, x := range append(first, next...) {
		if s := d.ocsp(t, x); s.State != pki.Good {
			t.Errorf("%s of key %d: %v", x.Kind, x.Generation, s)
		}
		d.listOf(t, x.Kind, x.Generation, x.Partition)
	}
	book := d.keyBook(t)
	if book.Fault != nil || len(book.Keys) != 3 || len(book.Records) != 3 {
		t.Fatalf("%d keys, %d records, %v", len(book.Keys), len(book.Records), book.Fault)
	}
	old, now := book.Keys[0], book.Keys[1]
	if old.Issues || !now.Issues || now.Planned != 1 || old.Record == nil || now.Record.Witnesses[0] != "佐藤" {
		t.Errorf("%+v\n%+v", old, now)
	}
	if _, err := office.VerifyJournals(ctx, d.Store); err != nil {
		t.Error(err)
	}
	_, _, err = d.FoundKey(ctx, office.Actor{Staff: "operator", Office: place.Issuer, Role: office.Operator}, office.CeremonyRequest{Kind: certificate.Signature, Algorithm: pki.P384, Program: "x", Operator: "x"})
	if !errors.Is(err, office.ErrForbidden) {
		t.Errorf("an operator held a ceremony from a desk: %v", err)
	}
	d.invalid(t, []string{"operator"}, func() error {
		_, _, err := d.FoundKey(ctx, office.Console(place.Issuer), office.CeremonyRequest{Kind: certificate.Signature, Algorithm: pki.P384, Program: "x", Operator: "two\nlines"})
		return err
	})
}

// Two ceremonies for one authority at the same time: one of them is told so, and there is no key without a record.
func TestTwoCeremoniesAtOnce(t *testing.T) {
	d := at(t, handedOver)
	d.ownKeys(t)
	d.Office.Rand = rand.Reader
	other := *d.Office
	keys, err := office.OpenAuthorities(ctx, d.Store, []byte("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	other.CAs = keys
	r := office.CeremonyRequest{Kind: certificate.UserAuthentication, Algorithm: pki.P384, Program: "x", Operator: "x"}
	errs := make(chan error, 2)
	for _, o := range []*office.Office{d.Office, &other} {
		go func() { _, _, err := o.FoundKey(ctx, office.Console(place.Issuer), r); errs <- err }()
	}
	stale := 0
	for range 2 {
		if err := <-errs; errors.Is(err, office.ErrStale) {
			stale++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	book := d.keyBook(t)
	if book.Fault != nil || len(book.Keys) != 4-stale || len(book.Records) != len(book.Keys) {
		t.Errorf("%d keys, %d records, %d told, %v", len(book.Keys), len(book.Records), stale, book.Fault)
	}
}

// CERT-003: near the end of a key nothing is issued that would outlive it; the refusal says that the next key is due, and with it the same request goes on.
func TestKeyIsDue(t *testing.T) {
	d := at(t, handedOver)
	d.ownKeys(t)
	day := d.certificates(t)[0].Until.AddDays(-20) // the card's own certificates still hold
	d.goTo(day)
	d.endKeys(t)
	phone := newDevice(procedure.Android, 0)
	d.refused(t, "authority_key_due", func() error {
		_, _, err := d.Phone(ctx, d.byCard(t, phone.request(t, rules.PhoneIssue, bothKinds...)))
		return err
	})
	for _, kind := range bothKinds {
		d.hold(t, kind, pki.RSA2048)
	}
	if made := d.load(t, phone, rules.PhoneIssue, bothKinds...); made[0].Generation != 3 {
		t.Errorf("key %d", made[0].Generation)
	}
}

// ownKeys lets the desk have keys of its own in place of those that all tests share.
func (d *desk) ownKeys(t *testing.T) {
	t.Helper()
	keys, err := office.OpenAuthorities(ctx, d.Store, []byte("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	d.Office.CAs = keys
}

// endKeys gives both authorities a second key that was founded so long ago that it ends in a few days.
func (d *desk) endKeys(t *testing.T) {
	t.Helper()
	then := *d.Office
	old := d.at.AddDate(-10, 0, 10)
	then.Clock = func() time.Time { return old }
	for _, kind := range bothKinds {
		if _, _, err := then.FoundKey(ctx, office.Console(place.Issuer), office.CeremonyRequest{Kind: kind, Algorithm: pki.RSA2048, Program: "x", Operator: "x"}); err != nil {
			t.Fatal(err)
		}
	}
}
