package pki

import (
	"crypto/x509"
	"errors"
	"fmt"
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
	spki, err := x509.MarshalPKIXPublicKey(plan.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("encode the holder's key: %w", err)
	}
	id, err := keyID(spki)
	if err != nil {
		return nil, err
	}
	tbs, err := tbsCertificate{
		algorithm:  a.algorithm,
		serial:     plan.Serial,
		issuer:     a.cert.RawSubject,
		notBefore:  plan.NotBefore,
		notAfter:   plan.Until.End(),
		subject:    plan.subject().der(),
		spki:       spki,
		extensions: plan.extensions(a.generation, a.keyID, id),
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
