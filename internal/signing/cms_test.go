package signing

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

var content = []byte("国外からの申請に署名します。\n")

func signed(t testing.TB, s Signer, at time.Time) []byte {
	t.Helper()
	der, err := Sign(bytes.NewReader(content), s, at)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// check reads a signature and holds it against the content.
func check(der, content []byte) error {
	s, err := Read(der)
	if err != nil {
		return err
	}
	h := s.Hash.New()
	h.Write(content)
	return errors.Join(s.CheckDigest(h.Sum(nil)), s.CheckSignature())
}

func TestSign(t *testing.T) {
	der := signed(t, parties().signer, noon)
	if err := check(der, content); err != nil {
		t.Error(err)
	}
	if s, err := Read(signed(t, next().signer, noon)); err != nil || s.Hash != crypto.SHA384 {
		t.Errorf("the next card: %v %v", s, err)
	}
	s, err := Read(der)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Time.Equal(noon) || s.Hash != crypto.SHA256 || !bytes.Equal(s.Certificate.Raw, parties().signer.Certificate) || s.Unsigned {
		t.Errorf("read back: %v %v", s.Time, s.Hash)
	}
	without, err := Read(signed(t, parties().signer, time.Time{}))
	if err != nil || !without.Time.IsZero() {
		t.Errorf("without a time: %v %v", without, err)
	}
	var f *Fault
	if err := check(der, []byte("another text")); !errors.As(err, &f) || f.Part != Digest {
		t.Errorf("another text: %v", err)
	}
	if _, err := Sign(bytes.NewReader(content), Signer{parties().signer.Key, parties().authority.Certificate().Raw}, noon); !errors.Is(err, ErrKey) {
		t.Errorf("somebody else's certificate: %v", err)
	}
}

// TestSigningTime: the claimed time is UTCTime up to the last second of 2049 and GeneralizedTime from 2050 (RFC 5652 section 11.3);
// other forms and a 60th second are refused.
func TestSigningTime(t *testing.T) {
	for _, at := range []time.Time{time.Date(2049, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2068, 2, 29, 12, 0, 0, 0, time.UTC)} {
		s, err := Read(signed(t, parties().signer, at))
		if err != nil || !s.Time.Equal(at) {
			t.Errorf("%v: %v %v", at, s, err)
		}
	}
	der := signed(t, parties().signer, noon)
	good := []byte("261027030000Z")
	for _, bad := range []string{"261027030060Z", "261027036000Z", "2610270300+00", "261327030000Z"} {
		var f *Fault
		if err := check(bytes.Replace(der, good, []byte(bad), 1), content); !errors.As(err, &f) || f.Part != Attributes {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestReadStrictly breaks a good signature in each part; each fault is named.
func TestReadStrictly(t *testing.T) {
	good := signed(t, parties().signer, noon)
	other := signed(t, parties().other, noon)
	swap := func(old, new []byte) []byte {
		if !bytes.Contains(good, old) {
			t.Fatalf("%x is not there to be swapped", old)
		}
		return bytes.Replace(good, old, new, 1)
	}
	flip := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	mine, theirs := sha256.Sum256(parties().signer.Certificate), sha256.Sum256(parties().other.Certificate)
	digest := sha256.Sum256(content)
	messageDigest := []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04}
	unknown := []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x7E}
	tests := []struct {
		name string
		der  []byte
		part Part
	}{
		{"empty", nil, Form},
		{"a certificate", parties().signer.Certificate, Form},
		{"octets behind it", append(bytes.Clone(good), 0), Form},
		{"cut short", good[:len(good)-1], Form},
		{"indefinite length", append([]byte{0x30, 0x80}, good[4:]...), Form},
		{"too large", make([]byte, MaxCMS+1), Form},
		{"the signature changed", flip(len(good) - 1), SignaturePart},
		{"the certificate of another with the same key", swap(parties().signer.Certificate, parties().other.Certificate), SignerPart},
		{"signing-certificate names another", swap(mine[:], theirs[:]), SigningCertificate},
		{"message-digest of another content", swap(digest[:], mine[:]), Digest},
		{"no message-digest", swap(messageDigest, unknown), Attributes},
		{"SHA-1", swap([]byte{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01}, []byte{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04}), Form},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var f *Fault
			if err := check(test.der, content); !errors.As(err, &f) || f.Part != test.part {
				t.Errorf("%v, want a fault at %s", err, test.part)
			}
		})
	}
	if err := check(other, content); err != nil {
		t.Errorf("the other's own: %v", err)
	}
}

// TestOpenSSLSignature: openssl verifies our signatures, and we read what openssl signs as CAdES, but not what it signs without
// the attributes that CAdES asks for.
func TestOpenSSLSignature(t *testing.T) {
	program(t, "openssl", "openssl")
	for name, p := range map[string]party{"RSA": parties(), "P-384": next()} {
		t.Run(name, func(t *testing.T) { testOpenSSL(t, p) })
	}
}

func testOpenSSL(t *testing.T, p party) {
	dir := t.TempDir()
	ca, text := authorityPEM(t, dir, p), keep(t, dir, "text.txt", content)
	p7s := keep(t, dir, "text.p7s", signed(t, p.signer, noon))
	out := run(t, "openssl", "cms", "-verify", "-cades", "-inform", "DER", "-in", p7s, "-content", text, "-binary", "-CAfile", ca,
		"-purpose", "any", "-attime", "1793070000", "-out", os.DevNull)
	if !strings.Contains(out, "CAdES Verification successful") {
		t.Error(out)
	}
	keyPEM, certPEM := signerPEM(t, dir, p)
	sign := func(args ...string) []byte {
		args = append([]string{"cms", "-sign", "-binary", "-in", text, "-signer", certPEM, "-inkey", keyPEM, "-outform", "DER", "-out", dir + "/openssl"}, args...)
		run(t, "openssl", args...)
		der, err := os.ReadFile(dir + "/openssl")
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	if err := check(sign("-cades", "-md", "sha256"), content); err != nil {
		t.Errorf("openssl cms -sign -cades: %v", err)
	}
	for part, args := range map[Part][]string{Attributes: {"-md", "sha384"}, Form: {"-cades", "-nodetach"}} {
		var f *Fault
		if err := check(sign(args...), content); !errors.As(err, &f) || f.Part != part {
			t.Errorf("openssl cms -sign %v: %v, want a fault at %s", args, err, part)
		}
	}
}

// TestCorpus: what openssl makes with and without the attributes of CAdES, with the content inside, by key identifier and in BER.
func TestCorpus(t *testing.T) {
	for name, part := range map[string]Part{
		"rsa": "", "p384": "", "openssl-cades": "", "openssl-keyid": "", "openssl-plain": Attributes, "openssl-noattr": Attributes, "openssl-inside": Form, "openssl-indef": Form,
	} {
		der, err := os.ReadFile("testdata/corpus/" + name + ".p7s")
		if err != nil {
			t.Fatal(err)
		}
		err = check(der, content)
		f, _ := errors.AsType[*Fault](err)
		if part == "" && err != nil || part != "" && (f == nil || f.Part != part) {
			t.Errorf("%s: %v, want a fault at %q", name, err, part)
		}
	}
}
