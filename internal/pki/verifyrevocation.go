package pki

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// ClockSkew is how far the clocks of responder and relying party may stand apart.
const ClockSkew = time.Minute

var (
	// ErrOCSPUnknown says that the responder does not know the certificate.
	ErrOCSPUnknown = errors.New("the responder does not know the certificate")
	// ErrOCSPResponse says that an answer cannot be relied on: form, signer, time or question are wrong.
	ErrOCSPResponse = errors.New("an OCSP answer not to be relied on")
	// ErrOCSPRefused says that the responder gave no answer; the text has its status.
	ErrOCSPRefused = errors.New("the OCSP responder gave no answer")
)

// RevokedError says that a certificate is revoked, or held when Reason is CertificateHold.
type RevokedError struct {
	At     time.Time
	Reason Reason
}

// Error is instant and reason.
func (e *RevokedError) Error() string {
	return fmt.Sprintf("revoked at %s (%s)", e.At.UTC().Format(time.RFC3339), e.Reason)
}

// Err is nil for Good, ErrOCSPUnknown for Unknown, a *RevokedError for Revoked.
func (s Status) Err() error {
	switch s.State {
	case Good:
		return nil
	case Revoked:
		return &RevokedError{s.At, s.Reason}
	}
	return ErrOCSPUnknown
}

// CheckOCSPResponse reads what an answer says of one certificate of the issuer, after checking that the
// issuer's delegated responder signed it, that it is of now (give or take ClockSkew) and, where nonce is
// not nil, that it answers this very request. The status is reliable only when the error is nil; then
// Status.Err says whether the certificate may be relied on. Errors are *VerifyError at StepRevocation.
func CheckOCSPResponse(der []byte, issuer *x509.Certificate, serial Serial, now time.Time, nonce []byte) (Status, error) {
	word, err := ReadOCSPResponse(der, issuer, serial, now, nonce)
	return word.Status, err
}

// OCSPWord is what a responder says of one certificate, and of when that is.
type OCSPWord struct {
	Status
	ThisUpdate, NextUpdate time.Time
}

// ReadOCSPResponse is CheckOCSPResponse with the instants that the answer is of.
func ReadOCSPResponse(der []byte, issuer *x509.Certificate, serial Serial, now time.Time, nonce []byte) (OCSPWord, error) {
	word, err := checkOCSP(der, issuer, serial, now, nonce)
	if err != nil {
		return OCSPWord{}, &VerifyError{StepRevocation, err}
	}
	return word, nil
}

func checkOCSP(der []byte, issuer *x509.Certificate, serial Serial, now time.Time, nonce []byte) (OCSPWord, error) {
	answer, err := parseOCSPResponse(der)
	if err != nil {
		return OCSPWord{}, err
	}
	if err := answer.checkSigner(issuer, now); err != nil {
		return OCSPWord{}, err
	}
	if nonce != nil && !bytes.Equal(answer.nonce, encode(func(b *cryptobyte.Builder) { b.AddASN1OctetString(nonce) })) {
		return OCSPWord{}, fmt.Errorf("%w: another nonce", ErrOCSPResponse)
	}
	for _, s := range answer.singles {
		if !s.ID.about(issuer, serial) {
			continue
		}
		if now.Add(ClockSkew).Before(s.thisUpdate) || now.Add(-ClockSkew).After(s.nextUpdate) {
			return OCSPWord{}, fmt.Errorf("%w: it was of %s", ErrOCSPResponse, s.thisUpdate.Format(time.RFC3339))
		}
		return OCSPWord{s.Status, s.thisUpdate, s.nextUpdate}, nil
	}
	return OCSPWord{}, fmt.Errorf("%w: it is about other certificates", ErrOCSPResponse)
}

// CheckRevocationList looks the certificate up in a list that Check accepts for it at now. The error is
// a *VerifyError at StepRevocation, around a *RevokedError when the certificate stands in the list.
func CheckRevocationList(l *RevocationList, cert *x509.Certificate, now time.Time) error {
	if err := l.Check(cert, now); err != nil {
		return &VerifyError{StepRevocation, err}
	}
	serial, err := SerialOf(cert.SerialNumber)
	if err != nil {
		return &VerifyError{StepRevocation, err}
	}
	entry, found, err := l.Lookup(serial)
	if err == nil && found {
		err = &RevokedError{entry.At, entry.Reason}
	}
	if err != nil {
		return &VerifyError{StepRevocation, err}
	}
	return nil
}

// ocspAnswer is a parsed BasicOCSPResponse.
type ocspAnswer struct {
	tbs, signature []byte
	algorithm      Algorithm
	keyID          []byte // responderID byKey; the only form we write
	singles        []ocspSingle
	nonce          []byte
	cert           *x509.Certificate
}

type ocspSingle struct {
	SingleStatus
	thisUpdate, nextUpdate time.Time
}

func parseOCSPResponse(der []byte) (*ocspAnswer, error) {
	var (
		s                                = cryptobyte.String(der)
		whole, explicit, typed, basic, b cryptobyte.String
		status                           int
	)
	if !s.ReadASN1(&whole, tag.SEQUENCE) || !s.Empty() || !whole.ReadASN1Enum(&status) {
		return nil, ErrOCSPResponse
	}
	if ResponseStatus(status) != Successful {
		return nil, fmt.Errorf("%w: status %d", ErrOCSPRefused, status)
	}
	if !whole.ReadASN1(&explicit, context(0)) || !whole.Empty() || !explicit.ReadASN1(&typed, tag.SEQUENCE) ||
		!explicit.Empty() {
		return nil, ErrOCSPResponse
	}
	if form, ok := readOID(&typed); !ok || form != oidOCSPBasic.der || !typed.ReadASN1(&basic, tag.OCTET_STRING) || !typed.Empty() ||
		!basic.ReadASN1(&b, tag.SEQUENCE) || !basic.Empty() {
		return nil, ErrOCSPResponse
	}
	return parseBasicResponse(b)
}

func parseBasicResponse(b cryptobyte.String) (*ocspAnswer, error) {
	var (
		a                 ocspAnswer
		tbs, data         cryptobyte.String
		certs, list, cert cryptobyte.String
	)
	if !b.ReadASN1Element(&tbs, tag.SEQUENCE) {
		return nil, ErrOCSPResponse
	}
	algorithm, known := readAlgorithm(&b)
	if a.algorithm = algorithm; !known || !b.ReadASN1BitStringAsBytes(&a.signature) {
		return nil, ErrOCSPResponse
	}
	if !b.ReadASN1(&certs, context(0)) || !b.Empty() || !certs.ReadASN1(&list, tag.SEQUENCE) || !certs.Empty() ||
		!list.ReadASN1Element(&cert, tag.SEQUENCE) || !list.Empty() {
		return nil, fmt.Errorf("%w: it does not carry its signer's certificate", ErrOCSPResponse)
	}
	parsed, err := x509.ParseCertificate(cert)
	if err != nil {
		return nil, fmt.Errorf("%w: signer: %w", ErrOCSPResponse, err)
	}
	a.tbs, a.cert = tbs, parsed
	if !tbs.ReadASN1(&data, tag.SEQUENCE) || !a.readData(data) {
		return nil, ErrOCSPResponse
	}
	return &a, nil
}

// readData reads ResponseData.
func (a *ocspAnswer) readData(data cryptobyte.String) bool {
	var (
		responder, id, list, extensions cryptobyte.String
		producedAt                      time.Time
		has                             bool
	)
	if !data.ReadASN1(&responder, context(2)) || !responder.ReadASN1(&id, tag.OCTET_STRING) || !responder.Empty() {
		return false
	}
	a.keyID = id
	if !readInstant(&data, &producedAt) || !data.ReadASN1(&list, tag.SEQUENCE) {
		return false
	}
	for !list.Empty() {
		single, ok := readSingleResponse(&list)
		if !ok {
			return false
		}
		a.singles = append(a.singles, single)
	}
	if !data.ReadOptionalASN1(&extensions, &has, context(1)) || !data.Empty() {
		return false
	}
	return !has || eachExtension(extensions, func(id string, value []byte) (bool, error) {
		if id != oidOCSPNonce.der {
			return false, nil
		}
		a.nonce = value
		return true, nil
	}) == nil
}

func readSingleResponse(list *cryptobyte.String) (ocspSingle, bool) {
	var (
		one                         ocspSingle
		body, state, next, explicit cryptobyte.String
		form                        tag.Tag
		has                         bool
	)
	if !list.ReadASN1(&body, tag.SEQUENCE) {
		return one, false
	}
	id, ok := readCertID(&body)
	if !ok || !body.ReadAnyASN1(&state, &form) {
		return one, false
	}
	one.ID = id
	switch form {
	case tag.Tag(0).ContextSpecific():
		one.Status.State = Good
	case tag.Tag(2).ContextSpecific():
	case context(1):
		one.Status.State = Revoked
		if !readInstant(&state, &one.Status.At) || !state.ReadOptionalASN1(&explicit, &has, context(0)) {
			return one, false
		}
		var reason int
		if has && (!explicit.ReadASN1Enum(&reason) || reason < 0 || reason > 255) {
			return one, false
		}
		one.Status.Reason = Reason(reason)
	default:
		return one, false
	}
	if !readInstant(&body, &one.thisUpdate) || !body.ReadASN1(&next, context(0)) ||
		!readInstant(&next, &one.nextUpdate) || !next.Empty() {
		return one, false
	}
	if !body.ReadOptionalASN1(&explicit, &has, context(1)) || !body.Empty() {
		return one, false
	}
	known := func(id string, _ []byte) (bool, error) { return id == oidArchiveCutoff.der, nil } // says nothing about the status
	return one, !has || eachExtension(explicit, known) == nil
}

// checkSigner checks that the signer is a responder which the issuer itself appointed (RFC 6960 section 4.2.2.2).
func (a *ocspAnswer) checkSigner(issuer *x509.Certificate, now time.Time) error {
	responder := a.cert
	appointed := len(responder.ExtKeyUsage) == 1 && responder.ExtKeyUsage[0] == x509.ExtKeyUsageOCSPSigning &&
		responder.KeyUsage == x509.KeyUsageDigitalSignature && !responder.IsCA && len(responder.UnhandledCriticalExtensions) == 0
	switch {
	case !bytes.Equal(responder.RawIssuer, issuer.RawSubject),
		!signedBy(issuer, responder.SignatureAlgorithm, responder.RawTBSCertificate, responder.Signature):
		return fmt.Errorf("%w: its signer is not of this issuer", ErrOCSPResponse)
	case !appointed:
		return fmt.Errorf("%w: its signer is no OCSP responder", ErrOCSPResponse)
	case !within(responder, now):
		return fmt.Errorf("%w: its signer's certificate is not valid now", ErrOCSPResponse)
	case !bytes.Equal(a.keyID, responder.SubjectKeyId):
		return fmt.Errorf("%w: it names another signer", ErrOCSPResponse)
	case !signedBy(responder, a.algorithm.X509(), a.tbs, a.signature):
		return fmt.Errorf("%w: its signature is wrong", ErrOCSPResponse)
	}
	return nil
}
