package pki

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/certificate"
)

// Step is where a verification failed.
type Step uint8

const (
	StepParse           Step = 1 // not a certificate, or with contents nobody may pass over
	StepIssuer          Step = 2 // not signed by a pinned authority of this kind
	StepKeyUsage        Step = 3 // a key for something else
	StepPolicy          Step = 4 // the other kind's policy, or a phone where only a card is taken
	StepPeriod          Step = 5 // not yet or no longer valid
	StepRevocation      Step = 6 // revoked, held, unknown, or no usable word on it
	StepHolderSignature Step = 7 // what the holder is said to have signed was not signed with this key
)

var stepNames = map[Step]string{
	StepParse: "parse", StepIssuer: "issuer", StepKeyUsage: "key_usage", StepPolicy: "policy",
	StepPeriod: "period", StepRevocation: "revocation", StepHolderSignature: "holder_signature",
}

// String is the step's identifier.
func (s Step) String() string { return stepNames[s] }

// VerifyError says at which step a verification failed and why.
type VerifyError struct {
	Step Step
	Err  error
}

// Error is step and cause; there is no personal data in it.
func (e *VerifyError) Error() string { return fmt.Sprintf("verify (%s): %v", e.Step, e.Err) }

// Unwrap is the cause.
func (e *VerifyError) Unwrap() error { return e.Err }

func failed(step Step, format string, a ...any) error {
	return &VerifyError{step, fmt.Errorf(format, a...)}
}

// Causes of failed verifications that a caller may want to tell apart.
var (
	ErrExpired     = errors.New("the period of validity is over")
	ErrNotYetValid = errors.New("the period of validity has not begun")
)

var errWrongSignature = errors.New("the key has not signed this")

// Verifier is a relying party's view of one kind of certificate (署名検証者 for signature, 利用者証明検証者 for
// user authentication): its pinned authorities, one certificate for each key generation. A certificate
// of the other kind is never taken, nor is a CA certificate that came with a card.
type Verifier struct {
	kind     certificate.Kind
	pinned   []*x509.Certificate
	arc      asn1.ObjectIdentifier
	cardOnly bool
}

// VerifierOption changes what a Verifier takes.
type VerifierOption func(*Verifier)

// CardOnly refuses certificates of phones, as some procedures must.
func CardOnly() VerifierOption { return func(v *Verifier) { v.cardOnly = true } }

// WithPolicyArc expects the certificate policies below another arc than JPKIArc (Plan.PolicyArc).
func WithPolicyArc(arc asn1.ObjectIdentifier) VerifierOption {
	return func(v *Verifier) { v.arc = arc }
}

// NewVerifier pins the self-signed certificates of a kind's generations. A certificate of the other
// authority, or one that is not self-signed, is an error.
func NewVerifier(kind certificate.Kind, pinned []*x509.Certificate, options ...VerifierOption) (*Verifier, error) {
	name := authorityName(kind).der()
	for _, cert := range pinned {
		if !bytes.Equal(cert.RawSubject, name) || !cert.IsCA || cert.CheckSignatureFrom(cert) != nil {
			return nil, fmt.Errorf("%q is not the %s authority of this hierarchy", cert.Subject, kind)
		}
	}
	v := &Verifier{kind: kind, pinned: pinned}
	for _, option := range options {
		option(v)
	}
	return v, nil
}

// Verified is a certificate whose chain holds. Whether it is revoked is another question.
type Verified struct {
	Certificate *x509.Certificate
	Issuer      *x509.Certificate // the pinned generation that signed it
	Serial      Serial
	Medium      Medium
}

// VerifyChain parses a holder's certificate and checks that a pinned authority signed it, that key
// usage and policy are those of the kind, and that at the instant (of the signature, or now for an
// authentication) both certificates were valid, the last second included. Errors are *VerifyError; the
// period comes last, so that a failure at StepPeriod means an otherwise sound certificate.
func (v *Verifier) VerifyChain(der []byte, at time.Time) (Verified, error) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return Verified{}, &VerifyError{StepParse, err}
	}
	verified, steps := v.Examine(cert, at)
	for _, s := range steps {
		if s.Err != nil {
			return Verified{}, s.Err
		}
	}
	return verified, nil
}

// Examined is one step of an examination; Err is a *VerifyError at this step, or nil.
type Examined struct {
	Step Step
	Err  error
}

// Examine makes the checks of VerifyChain, all of them in their order: after one that failed the others are made too, as far
// as they can be. What is Verified counts only when none failed.
func (v *Verifier) Examine(cert *x509.Certificate, at time.Time) (Verified, []Examined) {
	out := Verified{Certificate: cert, Issuer: v.issuerOf(cert)}
	var err error
	steps := make([]Examined, 0, 5)
	add := func(step Step, err error) { steps = append(steps, Examined{step, err}) }
	out.Serial, err = SerialOf(cert.SerialNumber)
	switch {
	case err != nil:
		err = &VerifyError{StepParse, err}
	case len(cert.UnhandledCriticalExtensions) > 0 || cert.Version != 3:
		err = failed(StepParse, "version %d, unknown critical extensions %v", cert.Version, cert.UnhandledCriticalExtensions)
	}
	add(StepParse, err)
	err = nil
	if out.Issuer == nil {
		err = failed(StepIssuer, "no pinned %s authority signed it", v.kind)
	}
	add(StepIssuer, err)
	add(StepKeyUsage, v.checkUsage(cert))
	out.Medium, err = v.medium(cert)
	add(StepPolicy, err)
	err = checkPeriod(cert, at)
	if out.Issuer != nil {
		err = cmp.Or(checkPeriod(out.Issuer, at), err)
	}
	add(StepPeriod, err)
	return out, steps
}

// KindOf is the kind of authority that a certificate names as its issuer; false for none of this hierarchy. Whether that
// authority signed it, a Verifier says.
func KindOf(cert *x509.Certificate) (certificate.Kind, bool) {
	for _, kind := range certificate.Kinds {
		if bytes.Equal(cert.RawIssuer, authorityName(kind).der()) {
			return kind, true
		}
	}
	return 0, false
}

// issuerOf finds the generation by key identifier and signature; the name is the same for all.
func (v *Verifier) issuerOf(cert *x509.Certificate) *x509.Certificate {
	for _, ca := range v.pinned {
		if !bytes.Equal(cert.RawIssuer, ca.RawSubject) {
			continue
		}
		if len(cert.AuthorityKeyId) > 0 && !bytes.Equal(cert.AuthorityKeyId, ca.SubjectKeyId) {
			continue
		}
		if signedBy(ca, cert.SignatureAlgorithm, cert.RawTBSCertificate, cert.Signature) {
			return ca
		}
	}
	return nil
}

// signedBy checks a signature in the algorithm of the signer's key; a certificate that names another is not signed by it.
func signedBy(signer *x509.Certificate, algorithm x509.SignatureAlgorithm, tbs, signature []byte) bool {
	of, err := AlgorithmOf(signer.PublicKey)
	return err == nil && algorithm == of.X509() && of.Verify(signer.PublicKey, tbs, signature)
}

func (v *Verifier) checkUsage(cert *x509.Certificate) error {
	want := x509.KeyUsageDigitalSignature
	if v.kind == certificate.Signature {
		want |= x509.KeyUsageContentCommitment
	}
	if cert.IsCA || cert.KeyUsage != want {
		return failed(StepKeyUsage, "key usage %b where %b is asked for, CA %t", cert.KeyUsage, want, cert.IsCA)
	}
	if _, err := AlgorithmOf(cert.PublicKey); err != nil {
		return &VerifyError{StepKeyUsage, err}
	}
	if v.kind == certificate.UserAuthentication {
		if len(cert.ExtKeyUsage) != 1 || cert.ExtKeyUsage[0] != x509.ExtKeyUsageClientAuth {
			return failed(StepKeyUsage, "not for client authentication")
		}
	}
	return nil
}

func (v *Verifier) medium(cert *x509.Certificate) (Medium, error) {
	if len(cert.Policies) == 1 {
		for _, medium := range []Medium{Card, Phone} {
			if cert.Policies[0].EqualASN1OID(Policy(v.arc, v.kind, medium)) && !(v.cardOnly && medium != Card) {
				return medium, nil
			}
		}
	}
	return 0, failed(StepPolicy, "policies %v are not those of a %s certificate that is taken here", cert.Policies, v.kind)
}

func checkPeriod(cert *x509.Certificate, at time.Time) error {
	at = at.Truncate(time.Second)
	if at.Before(cert.NotBefore) {
		return &VerifyError{StepPeriod, ErrNotYetValid}
	}
	if at.After(cert.NotAfter) {
		return &VerifyError{StepPeriod, ErrExpired}
	}
	return nil
}

// VerifySignature checks the holder's signature over a digest (hash names its algorithm: SHA-256, SHA-384 or SHA-512):
// RSASSA-PKCS1-v1_5, or ECDSA in DER. Cards sign whatever DigestInfo they are given, so SHA-1 is
// refused here. The error is a *VerifyError at StepHolderSignature.
func VerifySignature(cert *x509.Certificate, hash crypto.Hash, digest, signature []byte) error {
	algorithm, err := AlgorithmOf(cert.PublicKey)
	if err != nil {
		return &VerifyError{StepHolderSignature, err}
	}
	switch hash {
	case crypto.SHA256, crypto.SHA384, crypto.SHA512:
	default:
		return failed(StepHolderSignature, "hash algorithm %v is not taken", hash)
	}
	if !algorithm.verifyDigest(cert.PublicKey, hash, digest, signature) {
		return &VerifyError{StepHolderSignature, errWrongSignature}
	}
	return nil
}

// VerifyMessage is VerifySignature over the hash of a message that belongs to the key: SHA-256 for RSA, SHA-384 for P-384.
func VerifyMessage(cert *x509.Certificate, message, signature []byte) error {
	algorithm, err := AlgorithmOf(cert.PublicKey)
	if err != nil {
		return &VerifyError{StepHolderSignature, err}
	}
	return VerifySignature(cert, algorithm.Hash(), algorithm.digest(message), signature)
}
