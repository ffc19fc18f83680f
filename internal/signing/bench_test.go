package signing

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"mynumber/internal/pki"
)

// against runs ours and its limit in turn, so that a noisy machine disturbs both alike; "raw" 1.00 would be no cost but the limit's.
func against(b *testing.B, limit, ours func() error) {
	var spent, least time.Duration
	for b.Loop() {
		start := time.Now()
		err := limit()
		middle := time.Now()
		err = errors.Join(err, ours())
		spent, least = spent+time.Since(middle), least+middle.Sub(start)
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(least)/float64(spent), "raw")
	b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "ns/ours")
}

// BenchmarkSign is a detached signature of a short file, checked as it is made, against the raw RSA signature.
func BenchmarkSign(b *testing.B) {
	digest := sha256.Sum256(content)
	raw := func() error {
		_, err := rsa.SignPKCS1v15(nil, parties().signer.Key.(*rsa.PrivateKey), crypto.SHA256, digest[:])
		return err
	}
	against(b, raw, func() error {
		_, err := Sign(bytes.NewReader(content), parties().signer, noon)
		return err
	})
}

// BenchmarkVerify is reading a signature strictly and checking it, its signer's chain included, against the two raw RSA checks.
func BenchmarkVerify(b *testing.B) {
	der, key := signed(b, parties().signer, noon), parties().signer.Key.Public().(*rsa.PublicKey)
	digest := sha256.Sum256(content)
	plain, err := rsa.SignPKCS1v15(nil, parties().signer.Key.(*rsa.PrivateKey), crypto.SHA256, digest[:])
	if err != nil {
		b.Fatal(err)
	}
	raw := func() error {
		return errors.Join(rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], plain), rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], plain))
	}
	verifier, err := pki.NewVerifier(parties().kind(), parties().pinned())
	if err != nil {
		b.Fatal(err)
	}
	against(b, raw, func() error {
		s, err := Read(der)
		if err != nil {
			return err
		}
		_, err = verifier.VerifyChain(s.Certificate.Raw, noon)
		return errors.Join(s.CheckDigest(digest[:]), s.CheckSignature(), err)
	})
}

// BenchmarkPDF is finding and checking the signature of a printed page; its limit is the digest of its bytes.
func BenchmarkPDF(b *testing.B) {
	in := signPDF(b, document(b))
	against(b, func() error { sha256.Sum256(in); return nil }, func() error {
		all, err := ReadPDF(in)
		if err != nil || len(all) != 1 || all[0].Fault != nil {
			return errors.Join(err, ErrPDF)
		}
		return errors.Join(all[0].CheckDigest(all[0].Content), all[0].CheckSignature())
	})
	b.ReportMetric(float64(len(in)), "bytes")
}
