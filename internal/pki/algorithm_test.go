package pki

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

func TestAlgorithmOf(t *testing.T) {
	other := func(bits int) crypto.PublicKey {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		return key.Public()
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	h := testHouse()
	exponent := h.holder.PublicKey
	exponent.E = 3
	for name, c := range map[string]struct {
		key  crypto.PublicKey
		want Algorithm
	}{
		"RSA 2048": {h.holder.Public(), RSA2048}, "P-384": {h.nextHolder.Public(), P384},
		"RSA 3072": {other(3072), 0}, "P-256": {p256.Public(), 0}, "exponent 3": {&exponent, 0}, "nothing": {nil, 0},
		"no number": {&rsa.PublicKey{}, 0}, "nil RSA": {(*rsa.PublicKey)(nil), 0}, "nil ECDSA": {(*ecdsa.PublicKey)(nil), 0},
	} {
		got, err := AlgorithmOf(c.key)
		if got != c.want || (err == nil) != (c.want != 0) || err != nil && !errors.Is(err, ErrAlgorithm) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, a := range Algorithms {
		text, err := a.MarshalText()
		var back Algorithm
		if err != nil || back.UnmarshalText(text) != nil || back != a {
			t.Errorf("%s comes back as %s, %v", a, back, err)
		}
	}
	var none Algorithm
	if err := none.UnmarshalText([]byte("md5")); !errors.Is(err, ErrAlgorithm) {
		t.Error(err)
	}
}

// TestUsualSize: a list has promised the length of its signature before it is made, and others can verify what comes out.
func TestUsualSize(t *testing.T) {
	key := testHouse().nextHolder
	usual, otherwise := algorithms[P384].usualSize, 0
	for n := range 600 {
		digest := P384.digest([]byte{byte(n), byte(n >> 8)})
		plain, err := P384.signDigest(key, digest)
		if err != nil {
			t.Fatal(err)
		}
		if len(plain) != usual {
			otherwise++
		}
		signature, err := P384.signUsual(key, digest)
		if err != nil || len(signature) != usual || !ecdsa.VerifyASN1(&key.PublicKey, digest, signature) {
			t.Fatalf("%d: %d octets, %v", n, len(signature), err)
		}
	}
	if otherwise < 100 {
		t.Errorf("only %d of 600 signatures had another length: the test shows nothing", otherwise)
	}
	if _, err := P384.signUsual(shortSigner{key}, P384.digest(nil)); err == nil {
		t.Error("a signer that never gives the usual length was believed")
	}
}

// shortSigner gives signatures of one length that neither half can mend.
type shortSigner struct{ crypto.Signer }

func (shortSigner) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return []byte{0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01}, nil
}

// TestOldPlansAreRead: the form that earlier releases recorded, with the two numbers of the RSA key.
func TestOldPlansAreRead(t *testing.T) {
	plan := testPlan(certificate.Signature, 70)
	now, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(now, &fields); err != nil {
		t.Fatal(err)
	}
	if fields["public_key"], err = json.Marshal(plan.PublicKey); err != nil {
		t.Fatal(err)
	}
	old, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(old, []byte(`"E":65537`)) {
		t.Fatalf("not the old form: %s", old)
	}
	var read Plan
	if err := json.Unmarshal(old, &read); err != nil {
		t.Fatal(err)
	}
	a := testHouse().signature
	if !bytes.Equal(issue(t, a, plan).Raw, issue(t, a, read).Raw) {
		t.Error("the old form gives another certificate")
	}
	for _, broken := range []string{`{}`, `{"public_key":null}`, `{"public_key":"AAAA"}`, `{"public_key":{"E":3}}`, `{"public_key":7}`} {
		if err := json.Unmarshal([]byte(broken), &read); err == nil {
			t.Errorf("%s was read as a plan", broken)
		}
	}
}

// TestSignerOfTheOtherAlgorithm: a signature under the right bytes in the wrong algorithm, or with its name changed, convinces nobody.
func TestSignerOfTheOtherAlgorithm(t *testing.T) {
	h := testHouse()
	for _, kind := range certificate.Kinds {
		old, next := h.of(kind), h.next[kind]
		der := issue(t, next, planOf(next, 71)).Raw
		v, err := NewVerifier(kind, []*x509.Certificate{old.cert})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.VerifyChain(der, noon); stepOf(err) != StepIssuer {
			t.Errorf("%s: the other generation's certificate: %v", kind, err)
		}
		swapped := bytes.Replace(der, next.algorithm.identifier(), old.algorithm.identifier(), 2)
		if _, err := testVerifier(t, kind).VerifyChain(swapped, noon); err == nil {
			t.Errorf("%s: a certificate with another algorithm's name was taken", kind)
		}
		list := writeCRL(t, next, nil)
		if _, err := OpenCRL(bytes.NewReader(list), int64(len(list)), old.cert); err == nil {
			t.Errorf("%s: the other generation's list was taken", kind)
		}
	}
}

// TestMixedKeysAreRefused: CA and responder of one generation have one algorithm.
func TestMixedKeysAreRefused(t *testing.T) {
	h := testHouse()
	keys := h.signature.keys
	keys.Responder = h.next[certificate.Signature].keys.Responder
	if _, err := Found(certificate.Signature, 5, noon, keys); !errors.Is(err, ErrKeys) {
		t.Error(err)
	}
	if _, err := NewAuthority(certificate.Signature, 5, 9, noon.Add(time.Hour), rand.Reader); !errors.Is(err, ErrAlgorithm) {
		t.Error(err)
	}
}

// TestHolderKey: the key as it is written here is the key as crypto/x509 writes it.
func TestHolderKey(t *testing.T) {
	for _, key := range []crypto.PublicKey{testHouse().holder.Public(), testHouse().nextHolder.Public()} {
		want, err := x509.MarshalPKIXPublicKey(key)
		if err != nil {
			t.Fatal(err)
		}
		got, id, err := holderKey(key)
		wantID, other := keyID(want)
		if err := errors.Join(err, other); err != nil || !bytes.Equal(got, want) || !bytes.Equal(id, wantID) {
			t.Errorf("%x, want %x, %v", got, want, err)
		}
	}
}
