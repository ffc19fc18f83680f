//go:build hsm

package token

import (
	"crypto"
	"crypto/rand"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// BenchmarkSigners is what an engine makes of the raw rate of each signer (P2, P8): a certificate's issue and the bare signature in turn, so that a
// noisy machine disturbs both alike. "raw" 1.00 would be no cost but the signature.
func BenchmarkSigners(b *testing.B) {
	for _, algorithm := range pki.Algorithms {
		in := func(name string, keys func(*testing.B) pki.Keys) {
			b.Run(algorithm.String()+" "+name, func(b *testing.B) {
				k := keys(b)
				a, err := pki.Found(certificate.UserAuthentication, 1, now, k)
				if err != nil {
					b.Fatal(err)
				}
				against(b, a, k.CA, holder(b, algorithm))
			})
		}
		in("Go", func(b *testing.B) pki.Keys {
			keys, err := pki.GenerateKeys(algorithm, rand.Reader)
			if err != nil {
				b.Fatal(err)
			}
			return keys
		})
		in("SoftHSM", func(b *testing.B) pki.Keys {
			token := opened(b, newToken(b))
			return pki.Keys{CA: made(b, token, "ca", algorithm), Responder: made(b, token, "responder", algorithm)}
		})
	}
}

func made(b *testing.B, token *Token, label string, algorithm pki.Algorithm) crypto.Signer {
	key, err := token.Make(label, algorithm)
	if err != nil {
		b.Fatal(err)
	}
	return key
}

func against(b *testing.B, a *pki.Authority, key, subject crypto.Signer) {
	p := plan(a, subject, 1)

	message := make([]byte, 1200)
	var spent, limit time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := a.Algorithm().Sign(key, message); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if _, err := a.Issue(p); err != nil {
			b.Fatal(err)
		}
		spent, limit = spent+time.Since(middle), limit+middle.Sub(start)
	}
	b.ReportMetric(float64(limit)/float64(spent), "raw")
	b.ReportMetric(float64(b.N)/limit.Seconds(), "signatures/s")
	b.ReportMetric(float64(b.N)/spent.Seconds(), "certificates/s")
}
