package pki

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"errors"
	"io"
	"testing"

	"mynumber/internal/certificate"
)

func TestSealAndOpen(t *testing.T) {
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		sealed, err := a.Seal([]byte("合言葉"), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := Open(sealed, []byte("合言葉"))
		if err != nil {
			t.Fatal(err)
		}
		if opened.Kind() != kind || opened.Generation() != a.Generation() || opened.Algorithm() != a.Algorithm() || !opened.Certificate().Equal(a.Certificate()) ||
			!opened.ResponderCertificate().Equal(a.ResponderCertificate()) || opened.Serial(7) != a.Serial(7) {
			t.Error("the opened authority is another one")
		}
		plan := planOf(a, 20)
		if !bytes.Equal(issue(t, a, plan).Raw, issue(t, opened, plan).Raw) {
			t.Error("the opened authority issues other bytes")
		}
		if _, err := Open(sealed, []byte("合い言葉")); !errors.Is(err, ErrPassphrase) {
			t.Errorf("wrong passphrase: %v", err)
		}
		der := opened.keys.CA
		if bytes.Contains(sealed, a.cert.Raw) || der == nil {
			t.Error("the sealed file shows what is in it")
		}
	})
}

func TestOpenDamaged(t *testing.T) {
	sealed, err := testHouse().signature.Seal([]byte("x"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(at int, to byte) []byte {
		b := bytes.Clone(sealed)
		b[at] = to
		return b
	}
	for name, c := range map[string]struct {
		sealed []byte
		want   error
	}{
		"empty":          {nil, ErrSealed},
		"other mark":     {changed(0, 'M'), ErrSealed},
		"header only":    {sealed[:sealHeader], ErrPassphrase},
		"cut":            {sealed[:len(sealed)-1], ErrPassphrase},
		"ciphertext":     {changed(len(sealed)-40, sealed[len(sealed)-40]^1), ErrPassphrase},
		"salt":           {changed(sealHeader-20, sealed[sealHeader-20]^1), ErrPassphrase},
		"greedy passes":  {changed(len(sealMark), 1), ErrSealed},
		"greedy memory":  {changed(len(sealMark)+4, 0xFF), ErrSealed},
		"cheaper passes": {changed(len(sealMark)+3, 1), ErrPassphrase},
	} {
		if _, err := Open(c.sealed, []byte("x")); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// token stands for a key that only signs, like one in an HSM.
type token struct{ crypto.Signer }

// forgetful is a token whose signatures are wrong.
type forgetful struct{ crypto.Signer }

func (f forgetful) Sign(rand io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	signature, err := f.Signer.Sign(rand, digest, opts)
	signature[0] ^= 1
	return signature, err
}

func TestTokenKey(t *testing.T) {
	a := testHouse().signature
	keys := a.keys
	keys.CA = token{a.keys.CA}
	b, err := Restore(a.kind, a.generation, keys, a.cert.Raw, a.ResponderCertificate().Raw)
	if err != nil {
		t.Fatal(err)
	}
	plan := testPlan(certificate.Signature, 21)
	if !bytes.Equal(issue(t, a, plan).Raw, issue(t, b, plan).Raw) {
		t.Error("the same key in a token gives another certificate")
	}
	if _, err := b.Seal(nil, rand.Reader); !errors.Is(err, ErrTokenKey) {
		t.Errorf("a token's key was sealed: %v", err)
	}
	keys.CA = forgetful{a.keys.CA}
	b, err = Restore(a.kind, a.generation, keys, a.cert.Raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Issue(plan); !errors.Is(err, ErrNotAsPlanned) {
		t.Errorf("a token's wrong signature left the house: %v", err)
	}
}

func TestRestoreRefusesWhatDoesNotFit(t *testing.T) {
	h := testHouse()
	s, a := h.signature, h.authentication
	for name, restore := range map[string]func() (*Authority, error){
		"certificate of the other kind": func() (*Authority, error) { return Restore(certificate.UserAuthentication, 3, s.keys, s.cert.Raw, nil) },
		"key of the other authority":    func() (*Authority, error) { return Restore(certificate.Signature, 3, a.keys, s.cert.Raw, nil) },
		"responder of the other one": func() (*Authority, error) {
			return Restore(certificate.Signature, 3, s.keys, s.cert.Raw, a.ResponderCertificate().Raw)
		},
		"no keys": func() (*Authority, error) { return Restore(certificate.Signature, 3, Keys{}, s.cert.Raw, nil) },
		"no authority": func() (*Authority, error) {
			return Restore(certificate.Signature, 3, s.keys, s.ResponderCertificate().Raw, nil)
		},
	} {
		if _, err := restore(); !errors.Is(err, ErrKeys) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	sealed, err := testHouse().signature.Seal([]byte("x"), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Open(sealed, []byte("x")); err != nil {
			b.Fatal(err)
		}
	}
}
