package verification

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
	"mynumber/internal/signing"
)

// Party is a relying party: whom it trusts, whom it asks, and what it takes.
type Party struct {
	Pinned   map[certificate.Kind][]*x509.Certificate
	OCSP     AskResponder     // nil: no responder is asked
	List     FetchList        // nil: no list is looked at
	ARL      FetchList        // brings the list of the authority's own certificates that a generation, whose certificate is given, signs; ErrNoList where there is none; nil: none is looked at
	Offline  bool             // revocation is not asked about, knowingly
	Nonce    bool             // OCSP answers must be to this very question
	CardOnly bool             // certificates of phones are not taken
	Kind     certificate.Kind // the only kind taken; zero for either. A signature of a file takes signature certificates alone
	Now      time.Time
	At       time.Time // the instant to be judged, not after Now; zero: Now
}

// AskResponder sends an OCSP request about a certificate and brings the answer.
type AskResponder func(ctx context.Context, cert *x509.Certificate, request []byte) ([]byte, error)

// FetchList brings the revocation list for a certificate and its size in octets; the list is closed after it was read.
type FetchList func(ctx context.Context, cert *x509.Certificate) (List, int64, error)

// List is a revocation list that was opened.
type List interface {
	io.ReaderAt
	io.Closer
}

// InMemory is a list whose octets are at hand.
func InMemory(der []byte) (List, int64, error) {
	return listInMemory{bytes.NewReader(der)}, int64(len(der)), nil
}

type listInMemory struct{ *bytes.Reader }

// Close does nothing.
func (listInMemory) Close() error { return nil }

var (
	// ErrUnreadable says that what was given is no certificate, no signature or no PDF.
	ErrUnreadable = errors.New("this cannot be read")
	// ErrFuture says that an instant is to be judged that has not come.
	ErrFuture = errors.New("what has not come cannot be judged")
)

// nonceOctets is the length that RFC 9654 section 2.1 recommends, in octets.
const nonceOctets = 32

func (p Party) begin(about About) (*Verdict, error) {
	v := &Verdict{About: about, At: p.At, AtGiven: !p.At.IsZero(), Now: p.Now.UTC().Truncate(time.Second)}
	if !v.AtGiven {
		v.At = v.Now
	}
	if v.At.After(p.Now.Add(pki.ClockSkew)) {
		return nil, ErrFuture
	}
	return v, nil
}

// Certificate judges a certificate in DER or PEM. ErrUnreadable, ErrFuture.
func (p Party) Certificate(ctx context.Context, in []byte) (Verdict, error) {
	v, err := p.begin(AboutCertificate)
	if err != nil {
		return Verdict{}, err
	}
	cert, err := ParseCertificate(in)
	if err != nil {
		return Verdict{}, err
	}
	p.chain(ctx, v, cert)
	p.sayInstant(v)
	return v.finish(), nil
}

// ParseCertificate reads one certificate in DER or PEM. ErrUnreadable.
func ParseCertificate(in []byte) (*x509.Certificate, error) {
	if block, rest := pem.Decode(in); block != nil {
		if second, _ := pem.Decode(rest); block.Type != "CERTIFICATE" || second != nil {
			return nil, fmt.Errorf("%w: PEM, but not one certificate", ErrUnreadable)
		}
		in = block.Bytes
	}
	cert, err := x509.ParseCertificate(in)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return cert, nil
}

// Message judges a certificate and a bare signature (PKCS #1 v1.5, or ECDSA) over a digest. ErrUnreadable, ErrFuture.
func (p Party) Message(ctx context.Context, in []byte, hash crypto.Hash, digest, signature []byte) (Verdict, error) {
	v, err := p.begin(AboutMessage)
	if err != nil {
		return Verdict{}, err
	}
	cert, err := ParseCertificate(in)
	if err != nil {
		return Verdict{}, err
	}
	v.add(HolderSignature, pki.VerifySignature(cert, hash, digest, signature))
	p.chain(ctx, v, cert)
	p.sayInstant(v)
	return v.finish(), nil
}

// DigestBy is the digest of a content by a hash; nil for a hash by which it is not known.
type DigestBy func(crypto.Hash) []byte

// DigestOf is the digest of a content that is at hand.
func DigestOf(content []byte) DigestBy {
	return func(hash crypto.Hash) []byte {
		h := hash.New()
		h.Write(content)
		return h.Sum(nil)
	}
}

// Signature judges a detached CMS signature of a content. ErrFuture; whatever is wrong with the signature is in the verdict.
func (p Party) Signature(ctx context.Context, cms []byte, content DigestBy) (Verdict, error) {
	v, err := p.begin(AboutSignature)
	if err != nil {
		return Verdict{}, err
	}
	if block, _ := pem.Decode(cms); block != nil && (block.Type == "CMS" || block.Type == "PKCS7") {
		cms = block.Bytes
	}
	p.Kind = certificate.Signature
	signed, err := signing.Read(cms)
	var digest []byte
	if err == nil {
		digest = content(signed.Hash)
	}
	p.signed(ctx, v, signed, err, digest)
	p.sayInstant(v)
	return v.finish(), nil
}

// formSteps are the steps up to what signing.Read has read, in its order.
var formSteps = []Step{Form, Signer, Attributes, SigningCertificate}

// partSteps are signing's parts as steps.
var partSteps = map[signing.Part]Step{signing.Form: Form, signing.SignerPart: Signer, signing.Attributes: Attributes,
	signing.SigningCertificate: SigningCertificate, signing.Digest: Digest, signing.SignaturePart: HolderSignature, signing.ByteRange: ByteRange}

// signed judges a CMS signature that was read, or says at which step it could not be.
func (p Party) signed(ctx context.Context, v *Verdict, s *signing.Signed, err error, digest []byte) {
	if err != nil {
		step := Form
		if f, ok := errors.AsType[*signing.Fault](err); ok {
			step = partSteps[f.Part]
		}
		v.add(step, err)
		for _, rest := range []Step{Digest, HolderSignature, Issuer, Revocation} {
			v.skip(rest, skippedChain)
		}
		return
	}
	for _, step := range formSteps {
		v.add(step, nil)
	}
	v.add(Digest, s.CheckDigest(digest))
	v.add(HolderSignature, s.CheckSignature())
	v.ClaimedTime = s.Time
	if s.Unsigned {
		v.note(noteLess)
	}
	p.chain(ctx, v, s.Certificate)
}

// PDF judges the signatures of a PDF. It is good when each is, and when one covers the document to its end.
// ErrUnreadable, ErrFuture.
func (p Party) PDF(ctx context.Context, in []byte) (Verdict, error) {
	v, err := p.begin(AboutPDF)
	if err != nil {
		return Verdict{}, err
	}
	all, err := signing.ReadPDF(in)
	if err != nil {
		return Verdict{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	p.Kind = certificate.Signature
	whole, unasked := false, false
	for _, one := range all {
		s := p.inPDF(ctx, one)
		v.Signatures = append(v.Signatures, s)
		whole = whole || one.Whole
		unasked = unasked || s.Revocation != nil && s.Revocation.Source == NotAsked
	}
	if len(all) == 0 {
		v.add(Signer, errors.New("no signature field has a value"))
		v.note(noUnsigned)
		return v.finish(), nil
	}
	for i := range v.Signatures {
		sayRevision(&v.Signatures[i], whole)
	}
	var left error
	if !whole {
		left = errors.New("no signature reaches the end of the file")
	}
	v.add(Whole, left)
	p.sayInstant(v)
	v.finish()
	for _, s := range v.Signatures {
		if !s.Good {
			v.Good, v.Summary = false, summaryWords[AboutPDF].bad
		}
	}
	if v.Good && unasked {
		v.Summary = summaryWords[AboutPDF].unasked
	}
	return *v, nil
}

func (p Party) inPDF(ctx context.Context, one signing.InPDF) Verdict {
	v, err := p.begin(AboutSignature)
	if err != nil {
		return Verdict{Summary: summaryWords[AboutSignature].bad}
	}
	v.Revision, v.Revisions = one.Revision, one.Revisions
	if one.Fault != nil {
		err = one.Fault
	} else {
		v.add(ByteRange, nil)
	}
	p.signed(ctx, v, one.Signed, err, one.Content)
	return v.finish()
}

// sayRevision says what of the document a signature covers, where that is not all.
func sayRevision(v *Verdict, rest bool) {
	switch {
	case v.Revision >= v.Revisions:
	case rest:
		v.note(noteRevision, v.Revisions, v.Revision)
	default:
		v.note(noteAdded, v.Revisions, v.Revision)
	}
}

// sayInstant says how the instant was chosen.
func (p Party) sayInstant(v *Verdict) {
	if v.AtGiven {
		v.note(noteAt, japan(v.At))
	} else {
		v.note(noteNow, japan(v.At))
	}
	if !v.ClaimedTime.IsZero() {
		v.note(noteClaimed, japan(v.ClaimedTime))
	}
}

// chain judges the certificate: chain, use, policy, period, revocation, and who its holder is.
func (p Party) chain(ctx context.Context, v *Verdict, cert *x509.Certificate) {
	sum := sha256.Sum256(cert.Raw)
	v.Certificate = &CertificateFacts{CommonName: cert.Subject.CommonName, Serial: hex.EncodeToString(cert.SerialNumber.Bytes()),
		NotBefore: cert.NotBefore, NotAfter: cert.NotAfter, SHA256: hex.EncodeToString(sum[:])}
	kind, known := pki.KindOf(cert)
	if !known || p.Kind != 0 && kind != p.Kind {
		v.add(Issuer, fmt.Errorf("the certificate names another kind of issuer (%v)", cert.Issuer))
		v.skip(Revocation, skippedIssuer)
		return
	}
	v.Certificate.Kind = kind
	var options []pki.VerifierOption
	if p.CardOnly {
		options = append(options, pki.CardOnly())
	}
	verifier, err := pki.NewVerifier(kind, p.Pinned[kind], options...)
	if err != nil {
		v.add(Issuer, err)
		v.skip(Revocation, skippedIssuer)
		return
	}
	verified, steps := verifier.Examine(cert, v.At)
	for _, s := range steps {
		v.add(Step(s.Step.String()), s.Err)
		if s.Step == pki.StepPolicy && s.Err == nil {
			v.Certificate.Medium = verified.Medium.String()
		}
	}
	if verified.Medium == pki.Phone {
		v.note(notePhone)
	}
	if verified.Issuer == nil {
		v.skip(Revocation, skippedIssuer)
		return
	}
	v.Certificate.IssuerKey = hex.EncodeToString(verified.Issuer.SubjectKeyId)
	p.revocation(ctx, v, verified)
	p.authority(ctx, v, kind, verified.Issuer)
	if kind == certificate.Signature {
		v.readHolder(cert)
	}
}

func (v *Verdict) readHolder(cert *x509.Certificate) {
	f, err := pki.FourItemsOf(cert)
	if !v.add(FourItems, err) {
		return
	}
	sex := map[pki.Sex]string{pki.Male: "male", pki.Female: "female", pki.Other: "other"}
	v.Holder = &Holder{f.Name, f.NameSubstitutes, f.Birth, sex[f.Sex], f.Address, f.AddressSubstitutes}
	for i, r := range []rune(f.Name) {
		if f.NameSubstitutes[i] == '1' {
			v.note(noteName, i+1, string(r))
		}
	}
	for i, r := range []rune(f.Address) {
		if f.AddressSubstitutes[i] == '1' {
			v.note(noteAddress, i+1, string(r))
		}
	}
}

// newNonce is a fresh nonce, or nil when prepared answers are taken.
func (p Party) newNonce() ([]byte, error) {
	if !p.Nonce {
		return nil, nil
	}
	nonce := make([]byte, nonceOctets)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return nonce, nil
}
