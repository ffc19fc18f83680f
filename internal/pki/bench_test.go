package pki

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"slices"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

// against runs ours and the raw RSA signature in turn, so that a noisy machine disturbs both alike, and
// reports the rate of ours as a part of the raw one's: "raw" 1.00 would be no cost but the signature. Of each the
// fastest tenth counts, in which nobody else took the processor away.
func against(b *testing.B, ours func()) {
	key := testHouse().signature.keys.CA.(*rsa.PrivateKey)
	digest := sha256.Sum256([]byte("limit"))
	ours()
	var spent, limit []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:]); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		ours()
		spent, limit = append(spent, time.Since(middle)), append(limit, middle.Sub(start))
	}
	b.ReportMetric(float64(undisturbed(limit))/float64(undisturbed(spent)), "raw")
	b.ReportMetric(float64(undisturbed(spent).Nanoseconds()), "ns/ours")
}

func undisturbed(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/10]
}

func BenchmarkIssueAgainstSignature(b *testing.B) {
	for _, kind := range certificate.Kinds {
		b.Run(kind.String(), func(b *testing.B) {
			a, plan := testHouse().of(kind), testPlan(kind, 1)
			against(b, func() {
				if _, err := a.Issue(plan); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	b.Run("peer-go-x509", func(b *testing.B) { // the same certificate's subject and key, and no lint
		a, like := testHouse().signature, issue(b, testHouse().signature, testPlan(certificate.Signature, 1))
		template := &x509.Certificate{SerialNumber: like.SerialNumber, RawSubject: like.RawSubject, NotBefore: like.NotBefore, NotAfter: like.NotAfter, KeyUsage: like.KeyUsage, ExtraExtensions: like.Extensions}
		against(b, func() {
			if _, err := x509.CreateCertificate(rand.Reader, template, a.cert, like.PublicKey, a.keys.CA); err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkOCSPAgainstSignature(b *testing.B) {
	a, r := testHouse().signature, testResponder(b)
	der := request(b, a.cert, []byte("0123456789abcdef0123456789abcdef"), a.Serial(goodCounter))
	against(b, func() {
		if answer := r.Respond(noon, der); answer.Err != nil {
			b.Fatal(answer.Err)
		}
	})
}

func BenchmarkLint(b *testing.B) {
	a, plan := testHouse().signature, testPlan(certificate.Signature, 1)
	for b.Loop() {
		if err := a.Lint(plan); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyChain(b *testing.B) {
	v, der := testVerifier(b, certificate.Signature), issue(b, testHouse().signature, testPlan(certificate.Signature, 1)).Raw
	for b.Loop() {
		if _, err := v.VerifyChain(der, noon); err != nil {
			b.Fatal(err)
		}
	}
}
