package pki

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// ErrNotAsPlanned says that the signed bytes do not say what was planned: a fault in this package or in
// a token. The certificate must not leave the house.
var ErrNotAsPlanned = errors.New("the signed certificate is not the planned one")

// Issue lints the plan, signs it and reads the result back. The same plan gives the same bytes.
// LintError, ErrNotAsPlanned, or what the signer said.
func (a *Authority) Issue(plan Plan) ([]byte, error) {
	if err := a.Lint(plan); err != nil {
		return nil, err
	}
	spki, id, err := holderKey(plan.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("encode the holder's key: %w", err)
	}
	tbs, err := tbsCertificate{
		algorithm:  a.algorithm,
		serial:     plan.Serial,
		issuer:     a.cert.RawSubject,
		notBefore:  plan.NotBefore,
		notAfter:   plan.Until.End(),
		subject:    plan.subject().der(),
		spki:       spki,
		extensions: a.extensions(plan, id),
	}.der()
	if err != nil {
		return nil, fmt.Errorf("write the certificate: %w", err)
	}
	der, err := signDER(a.keys.CA, tbs)
	if err != nil {
		return nil, err
	}
	if err := a.confirm(der, plan, spki, id); err != nil {
		return nil, err
	}
	return der, nil
}

// holderKey is a key as SubjectPublicKeyInfo with its identifier. RSA is written here (RFC 3279 section 2.3.1): crypto/x509 takes a
// fiftieth of a signature for it.
func holderKey(key crypto.PublicKey) (spki, id []byte, err error) {
	if public, ok := key.(*rsa.PublicKey); ok {
		b := cryptobyte.NewBuilder(make([]byte, 0, keyBits/8+64))
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			addAlgorithm(b, oidRSA)
			b.AddASN1(tag.BIT_STRING, func(b *cryptobyte.Builder) {
				b.AddUint8(0)
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1BigInt(public.N)
					b.AddASN1Uint64(uint64(public.E))
				})
			})
		})
		spki, err = b.Bytes()
	} else {
		spki, err = x509.MarshalPKIXPublicKey(key)
	}
	if err != nil {
		return nil, nil, err
	}
	id, err = keyID(spki)
	return spki, id, err
}
