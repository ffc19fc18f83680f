package pki

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

// corpusFiles are committed inputs: requests of openssl and of GnuTLS's ocsptool about a certificate of JPKI-SIM, answers of ours, and the same
// broken, whose names begin with bad.
func corpusFiles(t testing.TB, pattern string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "corpus", pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("no inputs fit %s: %v", pattern, err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		if out[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func addCorpus(f *testing.F, pattern string) {
	f.Helper()
	for _, b := range corpusFiles(f, pattern) {
		f.Add(b)
		f.Add(b[:len(b)/2])
		f.Add(append(bytes.Clone(b), 0))
	}
}

// TestCorpus: real requests are read, broken ones refused; a bad one costs less than a good one, counted in the times that memory is
// asked for until the answer is there.
func TestCorpus(t *testing.T) {
	files := corpusFiles(t, "*.ocsq")
	responder := testResponder(t)
	least := testing.AllocsPerRun(20, func() {
		responder.Respond(noon, request(t, testHouse().signature.cert, nil, testHouse().signature.Serial(goodCounter)))
	})
	for name, b := range files {
		if strings.HasPrefix(name, "bad") {
			continue
		}
		if r, err := ParseOCSPRequest(b); err != nil || len(r.IDs) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad := map[string][]byte{
		"nothing": nil, "no DER": bytes.Repeat([]byte{0xFF}, 16<<10), "zeros": make([]byte, 16<<10), "deeply nested": nested(4000), "indefinite": append([]byte{0x30, 0x80}, files["openssl-sha1.ocsq"]...),
		"cut short": files["openssl-sha1.ocsq"][:40], "101 certificates": tooMany(t), "16 KB in a nonce": longNonce(t),
	}
	for name, b := range files {
		if strings.HasPrefix(name, "bad") {
			bad[name] = b
		}
	}
	for name, b := range bad {
		if _, err := ParseOCSPRequest(b); !errors.Is(err, ErrOCSPRequest) {
			t.Errorf("%s: %v", name, err)
		}
		if n := testing.AllocsPerRun(20, func() { responder.Respond(noon, b) }); n > least/4 {
			t.Errorf("%s asks for memory %.0f times, a good request %.0f times", name, n, least)
		}
	}
}

// nested is SEQUENCE in SEQUENCE, n deep, in DER.
func nested(n int) []byte {
	out := []byte{}
	for range n {
		var b cryptobyte.Builder
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(out) })
		out = b.BytesOrPanic()
	}
	return out
}

func tooMany(t testing.TB) []byte {
	a := testHouse().signature
	one := request(t, a.cert, nil, a.Serial(1))
	s := cryptobyte.String(one)
	var whole, tbs, ids cryptobyte.String
	if !s.ReadASN1(&whole, tag.SEQUENCE) || !whole.ReadASN1(&tbs, tag.SEQUENCE) || !tbs.ReadASN1(&ids, tag.SEQUENCE) {
		t.Fatal("the request cannot be taken apart")
	}
	return encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(bytes.Repeat(ids, MaxCertIDs+1)) })
			})
		})
	})
}

func longNonce(t testing.TB) []byte {
	a := testHouse().signature
	one := request(t, a.cert, []byte("N"), a.Serial(1))
	at := bytes.LastIndex(one, []byte{4, 3, 4, 1, 'N'})
	if at < 0 {
		t.Fatal("the nonce is not there")
	}
	s := cryptobyte.String(one)
	var whole, tbs, ids cryptobyte.String
	if !s.ReadASN1(&whole, tag.SEQUENCE) || !whole.ReadASN1(&tbs, tag.SEQUENCE) || !tbs.ReadASN1Element(&ids, tag.SEQUENCE) {
		t.Fatal("the request cannot be taken apart")
	}
	long := encode(func(b *cryptobyte.Builder) { b.AddASN1OctetString(make([]byte, 15<<10)) })
	return encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddBytes(ids)
				addExtensions(b, 2, []extension{{oidOCSPNonce, false, long}})
			})
		})
	})
}

// TestReadTime: times in certificates, lists and signatures as DER has them, on both sides of 2050; 60 seconds are none.
func TestReadTime(t *testing.T) {
	last := time.Date(2049, 12, 31, 23, 59, 59, 0, time.UTC)
	for _, at := range []time.Time{last, last.Add(time.Second), time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1968, 12, 31, 14, 59, 59, 0, time.UTC), time.Date(2068, 2, 29, 14, 59, 59, 0, time.UTC), noon} {
		der := encode(func(b *cryptobyte.Builder) { addTime(b, at) })
		s := cryptobyte.String(der)
		got, ok := ReadTime(&s)
		if want := map[bool]byte{true: 0x17, false: 0x18}[at.Year() < 2050]; !ok || !got.Equal(at) || !s.Empty() || der[0] != want {
			t.Errorf("%v: %x reads as %v %t", at, der, got, ok)
		}
	}
	for _, bad := range []string{
		"\x17261231235960Z", "\x17261231245959Z", "\x17261331235959Z", "\x17270229000000Z", "\x172612312359Z", "\x17261231235959+0900", "\x17261231235959", "\x17261231235959z",
		"\x1820261231235959Z", "\x1820501231235960Z", "\x1820501231235959.5Z", "\x1820501231235959+0900", "\x18205012312359Z", "\x1800000101000000Z", "\x0c261231235959Z", "",
	} {
		der := []byte(bad)
		if len(der) > 0 {
			der = append([]byte{der[0], byte(len(der) - 1)}, der[1:]...)
		}
		s := cryptobyte.String(der)
		if at, ok := ReadTime(&s); ok {
			t.Errorf("%q reads as %v", bad, at)
		}
	}
}

// TestCertificateAcross2050: a certificate that ends in 2049 has UTCTime, one that ends later GeneralizedTime, and both hold in their last second
// and not in the one after it.
func TestCertificateAcross2050(t *testing.T) {
	founded := time.Date(2047, 4, 1, 0, 0, 0, 0, time.UTC)
	a := testHouse().signature
	keys := a.keys
	late, err := Found(certificate.Signature, 9, founded, keys)
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewVerifier(certificate.Signature, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.pinned = append(v.pinned, late.cert)
	for year, form := range map[int]string{2049: "\x17\x0d491231145959Z", 2050: "\x18\x0f20501231145959Z"} {
		p := testPlan(certificate.Signature, uint64(year))
		p.Serial, p.NotBefore = late.Serial(uint64(year)), founded.AddDate(0, 1, 0)
		p.CommonName = SignatureCommonName(p.NotBefore, 1, "13221003A")
		if err := p.Until.UnmarshalText([]byte(time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))); err != nil {
			t.Fatal(err)
		}
		cert := issue(t, late, p)
		if !bytes.Contains(cert.Raw, []byte(form)) {
			t.Errorf("%d: notAfter is not %q", year, form)
		}
		if _, err := v.VerifyChain(cert.Raw, cert.NotAfter.Add(999*time.Millisecond)); err != nil {
			t.Errorf("%d, in its last second: %v", year, err)
		}
		if _, err := v.VerifyChain(cert.Raw, cert.NotAfter.Add(time.Second)); !errors.Is(err, ErrExpired) {
			t.Errorf("%d, a second later: %v", year, err)
		}
	}
}

// FuzzReadTime: what is read is written back as the same bytes.
func FuzzReadTime(f *testing.F) {
	for _, s := range []string{"\x17\x0d261231235959Z", "\x18\x0f20501231235959Z", "\x17\x0d261231235960Z"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		s := cryptobyte.String(der)
		at, ok := ReadTime(&s)
		if !ok {
			return
		}
		if again := encode(func(b *cryptobyte.Builder) { addTime(b, at) }); !bytes.Equal(again, der[:len(der)-len(s)]) {
			t.Errorf("%x reads as %v, which is written %x", der, at, again)
		}
	})
}

// FuzzConfirm: no other bytes than the planned certificate's are ever confirmed as it.
func FuzzConfirm(f *testing.F) {
	h := testHouse()
	plan := testPlan(certificate.Signature, 77)
	der := issue(f, h.signature, plan).Raw
	spki := issue(f, h.signature, plan).RawSubjectPublicKeyInfo
	id, err := keyID(spki)
	if err != nil {
		f.Fatal(err)
	}
	if err := h.signature.confirm(der, plan, spki, id); err != nil {
		f.Fatal(err)
	}
	f.Add(der)
	f.Add(der[:len(der)/2])
	f.Add(issue(f, h.signature, testPlan(certificate.Signature, 78)).Raw)
	f.Add(h.signature.cert.Raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		if h.signature.confirm(b, plan, spki, id) == nil && !bytes.Equal(b, der) {
			t.Errorf("%x passes for the planned certificate", b)
		}
	})
}

// FuzzSerial: a text that is read as a serial is the one that the serial writes, but for capital letters.
func FuzzSerial(f *testing.F) {
	f.Add(testHouse().signature.Serial(1).String())
	f.Add("40000000000000000000000000000000")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		var s Serial
		if err := s.UnmarshalText([]byte(text)); err != nil {
			if !errors.Is(err, ErrSerial) {
				t.Errorf("an error of another sort: %v", err)
			}
			return
		}
		if !strings.EqualFold(s.String(), text) {
			t.Errorf("%q reads as %s", text, s)
		}
		if again, err := SerialOf(s.Big()); err != nil || again != s {
			t.Errorf("%s as a number: %v %v", s, again, err)
		}
	})
}

// FuzzPlan: a recorded plan that can be read is written and read as the same.
func FuzzPlan(f *testing.F) {
	for _, kind := range certificate.Kinds {
		b, err := json.Marshal(testPlan(kind, 1))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Add([]byte(`{"kind":"signature","public_key":{"N":3,"E":3}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var p, again Plan
		if json.Unmarshal(b, &p) != nil || !p.Serial.ours() || p.Kind == 0 { // no plan of ours lacks them
			return
		}
		first, err := json.Marshal(p)
		if err != nil {
			return // a key that is no key
		}
		if err := json.Unmarshal(first, &again); err != nil {
			t.Fatalf("%s cannot be read again: %v", first, err)
		}
		if second, err := json.Marshal(again); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s is written again as %s, %v", first, second, err)
		}
	})
}

// FuzzSealed: the content of a sealed authority, as it is after decryption, is read or refused; and so are its outer bytes.
func FuzzSealed(f *testing.F) {
	h := testHouse()
	plain, err := h.signature.plain()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add(plain[:len(plain)/2])
	f.Add([]byte(sealMark))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := fromPlain(b, nil); err == nil {
			if again, err := a.plain(); err != nil || len(again) == 0 {
				t.Errorf("what was opened cannot be sealed: %v", err)
			}
		}
		if len(b) >= sealHeader { // the cost that the header asks for is the sealer's word; here it is next to none
			b = bytes.Clone(b)
			copy(b[len(sealMark):], []byte{0, 0, 0, 1, 0, 0, 0, 8})
		}
		if _, err := Open(b, []byte("passphrase")); err == nil {
			t.Error("opened without the passphrase")
		}
	})
}
