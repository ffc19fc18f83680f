package signing

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

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
