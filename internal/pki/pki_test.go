package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"sync"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

// founding is the instant at which the test authorities begin; noon is when most tests happen.
var (
	founding = time.Date(2026, 4, 1, 0, 30, 0, 0, time.UTC)
	noon     = time.Date(2026, 10, 27, 3, 0, 0, 0, time.UTC)
)

// house is the hierarchy that the tests of this package share: RSA keys are slow to make.
type house struct {
	signature, authentication *Authority                      // generation 3
	older                     *Authority                      // signature, generation 2
	next                      map[certificate.Kind]*Authority // generation 4, of P-384
	holder                    *rsa.PrivateKey
	nextHolder                *ecdsa.PrivateKey
}

func (h house) of(kind certificate.Kind) *Authority {
	if kind == certificate.Signature {
		return h.signature
	}
	return h.authentication
}

var testHouse = sync.OnceValue(func() house {
	var h house
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	var err error
	h.signature, err = NewAuthority(certificate.Signature, 3, RSA2048, founding, rand.Reader)
	must(err)
	h.authentication, err = NewAuthority(certificate.UserAuthentication, 3, RSA2048, founding, rand.Reader)
	must(err)
	keys := h.signature.keys
	keys.CA, keys.Responder = h.authentication.keys.Responder, h.authentication.keys.CA
	keys.Serial[0] ^= 1
	h.older, err = Found(certificate.Signature, 2, founding.AddDate(-4, 0, 0), keys)
	must(err)
	must(h.older.RenewResponder(founding))
	h.holder, err = rsa.GenerateKey(rand.Reader, keyBits)
	must(err)
	h.next = make(map[certificate.Kind]*Authority)
	for _, kind := range certificate.Kinds {
		h.next[kind], err = NewAuthority(kind, 4, P384, founding, rand.Reader)
		must(err)
	}
	h.nextHolder, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	must(err)
	return h
})

var kiyose = Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"}

// testPlan is a plan that every lint accepts: the holder of the profile's example.
func testPlan(kind certificate.Kind, counter uint64) Plan {
	h := testHouse()
	p := Plan{
		Kind: kind, Serial: h.of(kind).Serial(counter),
		NotBefore: noon, Until: civil.Day(2031, time.February, 17),
		Partition: kiyose, PublicKey: &h.holder.PublicKey,
		URLs: URLs{Base: "http://pki.example.jp"},
	}
	if kind == certificate.Signature {
		p.CommonName = SignatureCommonName(noon, 1, "13221003A")
		p.Holder = &FourItems{
			Name: "黒桐　幹也", Birth: civil.Day(1980, time.February, 17), Sex: Male,
			Address: "東京都清瀬市観布子南１２－７－２０２",
		}
	} else {
		p.CommonName = "997794E9AGCIEG13221003A"
	}
	return p
}

// planOf is testPlan for one of the test authorities, with a holder's key of its algorithm.
func planOf(a *Authority, counter uint64) Plan {
	p := testPlan(a.kind, counter)
	p.Serial = a.Serial(counter)
	if a.algorithm == P384 {
		p.PublicKey = &testHouse().nextHolder.PublicKey
	}
	return p
}

func issue(t testing.TB, a *Authority, p Plan) *x509.Certificate {
	t.Helper()
	der, err := a.Issue(p)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// eachKind runs the test for both kinds of certificate in both algorithms.
func eachKind(t *testing.T, f func(t *testing.T, kind certificate.Kind, a *Authority)) {
	for _, kind := range certificate.Kinds {
		for _, a := range []*Authority{testHouse().of(kind), testHouse().next[kind]} {
			t.Run(fmt.Sprint(kind, " ", a.algorithm), func(t *testing.T) { f(t, kind, a) })
		}
	}
}

func publicOf(key crypto.Signer) *rsa.PublicKey { return key.Public().(*rsa.PublicKey) }
