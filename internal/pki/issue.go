package pki

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"

	"mynumber/internal/certificate"
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
	if err := a.confirm(der, plan); err != nil {
		return nil, err
	}
	return der, nil
}

// confirm reads the certificate with the standard library, which did not write it, and compares what
// it says with the plan.
func (a *Authority) confirm(der []byte, plan Plan) error {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAsPlanned, err)
	}
	serial, err := SerialOf(cert.SerialNumber)
	usage := x509.KeyUsageDigitalSignature
	if plan.Kind == certificate.Signature {
		usage |= x509.KeyUsageContentCommitment
	}
	policy := Policy(plan.PolicyArc, plan.Kind, plan.Medium)
	for _, c := range []struct {
		what  string
		right bool
	}{
		{"version", cert.Version == 3},
		{"serial", err == nil && serial == plan.Serial},
		{"period", cert.NotBefore.Equal(plan.NotBefore) && cert.NotAfter.Equal(plan.Until.End())},
		{"issuer", bytes.Equal(cert.RawIssuer, a.cert.RawSubject) && bytes.Equal(cert.AuthorityKeyId, a.keyID)},
		{"subject", cert.Subject.CommonName == plan.CommonName},
		{"public key", plan.PublicKey.Equal(cert.PublicKey)},
		{"key usage", !cert.IsCA && cert.KeyUsage == usage},
		{"policy", len(cert.Policies) == 1 && cert.Policies[0].EqualASN1OID(policy)},
		{"critical extensions", len(cert.UnhandledCriticalExtensions) == 0},
		{"four items", sameHolder(cert, plan)},
		{"OCSP address", plan.URLs.Base == "" || slices.Equal(cert.OCSPServer, []string{plan.URLs.Base + OCSPPath})},
		{"signature", a.signed(cert)},
	} {
		if !c.right {
			return fmt.Errorf("%w: %s", ErrNotAsPlanned, c.what)
		}
	}
	return nil
}

func sameHolder(cert *x509.Certificate, plan Plan) bool {
	if plan.Kind != certificate.Signature {
		return true
	}
	read, err := FourItemsOf(cert)
	want := *plan.Holder
	want.NameSubstitutes = flags(want.Name, want.NameSubstitutes)
	want.AddressSubstitutes = flags(want.Address, want.AddressSubstitutes)
	return err == nil && read == want
}

// signed checks the signature of a token. Go's own RSA key has compared its result already (a fault in
// the Chinese remainder step would give the key away), and to do it again would cost a thirtieth of a signature.
func (a *Authority) signed(cert *x509.Certificate) bool {
	if _, inMemory := a.keys.CA.(*rsa.PrivateKey); inMemory {
		return true
	}
	digest := sha256.Sum256(cert.RawTBSCertificate)
	return rsa.VerifyPKCS1v15(a.cert.PublicKey.(*rsa.PublicKey), crypto.SHA256, digest[:], cert.Signature) == nil
}
