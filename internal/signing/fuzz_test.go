package signing

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/pki"
)

// corpus adds the committed inputs, real and broken: signatures of ours and of openssl, PDFs of ours and of qpdf.
func corpus(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "corpus", pattern))
	if err != nil || len(names) == 0 {
		f.Fatalf("no inputs fit %s: %v", pattern, err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
		f.Add(append(bytes.Clone(b), 0))
	}
}

// FuzzRead: whatever bytes come, there is an answer; what is read has its parts, and reading again says the same.
func FuzzRead(f *testing.F) {
	corpus(f, "*.p7s")
	f.Fuzz(func(t *testing.T, der []byte) {
		s, err := Read(der)
		if err != nil {
			if _, ok := err.(*Fault); !ok {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		if s.Certificate == nil || len(s.Digest) != s.Hash.Size() || len(s.signature) == 0 {
			t.Fatalf("read in part: %+v", s)
		}
		_ = s.CheckSignature()
		if _, err := Read(append(bytes.Clone(der), 0)); err == nil {
			t.Fatal("an octet behind it is passed over")
		}
	})
}

// FuzzReadPDF: whatever bytes come, there is an answer. What is signed can be read back, and keeps the bytes there were.
func FuzzReadPDF(f *testing.F) {
	corpus(f, "*.pdf")
	signer := newParty(pki.P384).signer
	f.Fuzz(func(t *testing.T, in []byte) {
		all, err := ReadPDF(in)
		if err != nil {
			return
		}
		for _, s := range all {
			if (s.Fault == nil) != (s.Signed != nil) || s.Fault == nil && s.ByteRange[2]+s.ByteRange[3] > len(in) {
				t.Fatalf("%+v", s)
			}
		}
		out, err := SignPDF(in, signer, noon)
		if err != nil {
			return
		}
		again, err := ReadPDF(out)
		if err != nil || !bytes.HasPrefix(out, in) {
			t.Fatalf("what was signed: %v", err)
		}
		for _, s := range again {
			if s.Fault == nil && s.Whole && s.CheckDigest(s.Content) == nil && s.CheckSignature() == nil {
				return
			}
		}
		t.Fatalf("the signature just made is not among %d", len(again))
	})
}

// TestBadCostsLess: what is no signature costs less than one, counted in the times that memory is asked for.
func TestBadCostsLess(t *testing.T) {
	good := signed(t, parties().signer, noon)
	most := testing.AllocsPerRun(20, func() {
		s, err := Read(good)
		if err != nil || s.CheckSignature() != nil {
			t.Fatal(err)
		}
	})
	deep := []byte{}
	for range 4000 {
		deep = build(func(b *cryptobyte.Builder) { b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(deep) }) })
	}
	for name, der := range map[string][]byte{
		"nothing": nil, "no DER": bytes.Repeat([]byte{0xFF}, 64<<10), "deeply nested": deep, "cut short": good[:len(good)-9],
		"too large": make([]byte, MaxCMS+1), "indefinite": append([]byte{0x30, 0x80}, good...), "octets behind it": append(bytes.Clone(good), 0),
	} {
		if n := testing.AllocsPerRun(20, func() { _, _ = Read(der) }); n >= most {
			t.Errorf("%s asks for memory %.0f times, a good signature %.0f times", name, n, most)
		}
	}
	in := signPDF(t, document(t))
	most = testing.AllocsPerRun(5, func() { _, _ = ReadPDF(in) })
	for name, b := range map[string][]byte{"nothing": nil, "no PDF": make([]byte, 1<<20), "cut short": in[:len(in)-200], "nested arrays": append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("["), 1<<20)...)} {
		if n := testing.AllocsPerRun(5, func() { _, _ = ReadPDF(b) }); n >= most {
			t.Errorf("%s asks for memory %.0f times, a good document %.0f times", name, n, most)
		}
	}
}
