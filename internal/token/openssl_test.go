//go:build openssl

package token

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// TestOpenSSLSigns: the same signatures as Go's, and the same certificates; what is sealed stays the key in memory.
func TestOpenSSLSigns(t *testing.T) {
	key, err := pki.RSA2048.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	fast, err := Arithmetic.Faster(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, same := fast.(*rsa.PrivateKey); same {
		t.Fatal("OpenSSL has not taken the key")
	}
	for n := range 20 {
		message := []byte{byte(n)}
		want, err := pki.RSA2048.Sign(key, message)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := pki.RSA2048.Sign(fast, message); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("another signature than Go's: %v", err)
		}
	}
	if _, err := fast.Sign(rand.Reader, make([]byte, 32), &rsa.PSSOptions{Hash: crypto.SHA256}); err == nil {
		t.Error("PSS was signed as PKCS #1 v1.5")
	}
	a, err := pki.NewAuthority(certificate.UserAuthentication, 1, pki.RSA2048, time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := plan(a, key, 1)
	slow, err := a.Issue(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accelerate(Arithmetic); err != nil {
		t.Fatal(err)
	}
	der, err := a.Issue(p)
	if err != nil || !bytes.Equal(der, slow) {
		t.Errorf("another certificate: %v", err)
	}
	sealed, err := a.Seal([]byte("x"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pki.Open(sealed, []byte("x")); err != nil {
		t.Error(err)
	}
}

// BenchmarkOpenSSL is the raw rate of OpenSSL's RSA beside Go's, in turns, and what the engine makes of it.
func BenchmarkOpenSSL(b *testing.B) {
	key, err := pki.RSA2048.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	fast, err := Arithmetic.Faster(key)
	if err != nil {
		b.Fatal(err)
	}
	a, err := pki.NewAuthority(certificate.UserAuthentication, 1, pki.RSA2048, time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	if err := a.Accelerate(Arithmetic); err != nil {
		b.Fatal(err)
	}
	p, digest := plan(a, key, 1), sha256.Sum256(nil)
	var spent [3]time.Duration
	for b.Loop() {
		for i, f := range []func() error{
			func() error { _, err := key.Sign(nil, digest[:], crypto.SHA256); return err },
			func() error { _, err := fast.Sign(nil, digest[:], crypto.SHA256); return err },
			func() error { _, err := a.Issue(p); return err },
		} {
			start := time.Now()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			spent[i] += time.Since(start)
		}
	}
	n := float64(b.N)
	b.ReportMetric(n/spent[0].Seconds(), "go/s")
	b.ReportMetric(n/spent[1].Seconds(), "openssl/s")
	b.ReportMetric(n/spent[2].Seconds(), "certificates/s")
	b.ReportMetric(float64(spent[1])/float64(spent[2]), "raw")
}
