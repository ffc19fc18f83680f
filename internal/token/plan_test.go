//go:build hsm || openssl

package token

import (
	"crypto"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/pki"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

var kiyose = pki.Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"}

func plan(a *pki.Authority, key crypto.Signer, counter uint64) pki.Plan {
	return pki.Plan{Kind: a.Kind(), Serial: a.Serial(counter), NotBefore: now, Until: civil.Day(2031, 2, 17), CommonName: "997794E9AGCIEG13221003A", Partition: kiyose,
		PublicKey: key.Public(), URLs: pki.URLs{Base: "http://pki.example.jp"}}
}
