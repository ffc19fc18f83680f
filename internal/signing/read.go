package signing

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/pki"
)

// Part is what of a signature is at fault.
type Part string

const (
	Form               Part = "form"                // not a CMS signature, or not in the form that is taken here
	SignerPart         Part = "signer"              // no signer, several, or without his certificate
	Attributes         Part = "signed_attributes"   // the attributes of CAdES are not there, or twice
	SigningCertificate Part = "signing_certificate" // the attribute names another certificate than the signer's
	Digest             Part = "digest"              // the content is not the one that was signed
	SignaturePart      Part = "holder_signature"    // the signature does not fit the certificate's key
	ByteRange          Part = "byte_range"          // a PDF signature that does not cover its revision whole
)

// Fault says what of a signature is at fault and why. There is no personal data in it.
type Fault struct {
	Part Part
	Why  string
}

// Error is part and reason.
func (f *Fault) Error() string { return fmt.Sprintf("signature (%s): %s", f.Part, f.Why) }

func fault(part Part, why string, a ...any) *Fault { return &Fault{part, fmt.Sprintf(why, a...)} }

// MaxCMS is the most octets of a CMS signature that is read; our own have some 2,500.
const MaxCMS = 256 << 10

const maxCertificates = 16

// Signed is a CMS signature as it was read: form, signer and attributes are in order, CheckDigest and CheckSignature tell
// the rest, and pki whether the certificate is to be relied on.
type Signed struct {
	Certificate *x509.Certificate // the signer's, as it came with the signature
	Hash        crypto.Hash       // of the content: SHA-256, SHA-384 or SHA-512
	Digest      []byte            // of the content, as signed
	Time        time.Time         // the signer's own word; zero when there is none
	Unsigned    bool              // attributes that the signer did not sign came with it and are passed over

	attributes, signature []byte
}

// CheckDigest holds the content's digest, by Hash, against the signed one. *Fault at Digest.
func (s *Signed) CheckDigest(digest []byte) error {
	if !bytes.Equal(digest, s.Digest) {
		return fault(Digest, "the content has another digest than the signed one")
	}
	return nil
}

// CheckSignature checks the signature over the signed attributes with the certificate's key (RFC 5652 section 5.4).
// *Fault at SignaturePart.
func (s *Signed) CheckSignature() error {
	h := s.Hash.New()
	h.Write(s.attributes)
	if err := pki.VerifySignature(s.Certificate, s.Hash, h.Sum(nil), s.signature); err != nil {
		return fault(SignaturePart, "%v", err)
	}
	return nil
}

// Read reads a detached CMS signature (RFC 5652), strictly: DER, one signer with his certificate, digests of SHA-2 only, and
// the signed attributes of CAdES-BES (ETSI EN 319 122-1 section 5): content-type, message-digest and
// signing-certificate-v2, which must name the certificate that came with it. *Fault otherwise.
func Read(der []byte) (*Signed, error) {
	if len(der) > MaxCMS {
		return nil, fault(Form, "larger than %d octets", MaxCMS)
	}
	s := cryptobyte.String(der)
	var info, explicit, data cryptobyte.String
	var id asn1.ObjectIdentifier
	if !s.ReadASN1(&info, tag.SEQUENCE) || !info.ReadASN1ObjectIdentifier(&id) {
		return nil, fault(Form, "not CMS in DER")
	}
	if !s.Empty() {
		return nil, fault(Form, "%d octets after its end", len(s))
	}
	if !id.Equal(oidSignedData) {
		return nil, fault(Form, "CMS, but not SignedData")
	}
	if !info.ReadASN1(&explicit, context(0)) || !info.Empty() || !explicit.ReadASN1(&data, tag.SEQUENCE) || !explicit.Empty() {
		return nil, fault(Form, "SignedData is not in DER")
	}
	return readSignedData(data)
}

func readSignedData(data cryptobyte.String) (*Signed, error) {
	var (
		version               int
		digests, content      cryptobyte.String
		certs, crls, infos    cryptobyte.String
		hasCerts, hasCRLs     bool
		contentType           asn1.ObjectIdentifier
		signer, second, whole cryptobyte.String
	)
	if !data.ReadASN1Integer(&version) || version != 1 && version != 3 {
		return nil, fault(Form, "version of SignedData")
	}
	if !data.ReadASN1(&digests, tag.SET) || !data.ReadASN1(&content, tag.SEQUENCE) || !content.ReadASN1ObjectIdentifier(&contentType) {
		return nil, fault(Form, "SignedData is not in DER")
	}
	if !contentType.Equal(oidData) || !content.Empty() {
		return nil, fault(Form, "not a detached signature of data: the content is inside, or of another kind")
	}
	if !data.ReadOptionalASN1(&certs, &hasCerts, context(0)) || !data.ReadOptionalASN1(&crls, &hasCRLs, context(1)) ||
		!data.ReadASN1(&infos, tag.SET) || !data.Empty() {
		return nil, fault(Form, "SignedData is not in DER")
	}
	if !infos.ReadASN1Element(&whole, tag.SEQUENCE) || !whole.ReadASN1(&signer, tag.SEQUENCE) {
		return nil, fault(SignerPart, "nobody signed")
	}
	if infos.ReadASN1(&second, tag.SEQUENCE) || !infos.Empty() {
		return nil, fault(SignerPart, "more than one signer")
	}
	list, err := readCertificates(certs)
	if err != nil {
		return nil, err
	}
	out, err := readSignerInfo(signer, list)
	if err != nil {
		return nil, err
	}
	for !digests.Empty() {
		if hash, ok := readDigestAlgorithm(&digests); !ok {
			return nil, fault(Form, "digest algorithms")
		} else if hash == out.Hash {
			return out, nil
		}
	}
	return nil, fault(Form, "the signer's digest algorithm is not among those announced")
}

// readCertificates parses the CertificateSet; only X.509 certificates are taken (RFC 5652 section 10.2.2).
func readCertificates(set cryptobyte.String) ([]*x509.Certificate, error) {
	var list []*x509.Certificate
	for !set.Empty() {
		var raw cryptobyte.String
		if !set.ReadASN1Element(&raw, tag.SEQUENCE) {
			return nil, fault(Form, "a certificate of a kind that is not taken")
		}
		if len(list) == maxCertificates {
			return nil, fault(Form, "more than %d certificates", maxCertificates)
		}
		cert, err := x509.ParseCertificate(raw)
		if err != nil {
			return nil, fault(Form, "a certificate in it cannot be read: %v", err)
		}
		list = append(list, cert)
	}
	return list, nil
}

func readSignerInfo(info cryptobyte.String, certs []*x509.Certificate) (*Signed, error) {
	var (
		out          Signed
		version      int
		attrs, extra cryptobyte.String
		signature    cryptobyte.String
		ok, has      bool
	)
	if !info.ReadASN1Integer(&version) {
		return nil, fault(Form, "SignerInfo is not in DER")
	}
	var err error
	if out.Certificate, err = readSigner(&info, version, certs); err != nil {
		return nil, err
	}
	if out.Hash, ok = readDigestAlgorithm(&info); !ok {
		return nil, fault(Form, "a digest algorithm that is not taken: SHA-256, SHA-384 and SHA-512 are")
	}
	if !info.PeekASN1Tag(context(0)) {
		return nil, fault(Attributes, "there are no signed attributes")
	}
	if !info.ReadASN1Element(&attrs, context(0)) {
		return nil, fault(Form, "SignerInfo is not in DER")
	}
	if !readSignatureAlgorithm(&info, out.Hash, out.Certificate.PublicKeyAlgorithm) {
		return nil, fault(Form, "a signature algorithm that is not taken, or that does not fit digest and key")
	}
	if !info.ReadASN1(&signature, tag.OCTET_STRING) || !info.ReadOptionalASN1(&extra, &has, context(1)) || !info.Empty() {
		return nil, fault(Form, "SignerInfo is not in DER")
	}
	out.signature, out.Unsigned = signature, has
	out.attributes = bytes.Clone(attrs)
	out.attributes[0] = byte(tag.SET) // what is signed is the SET OF (RFC 5652 section 5.4)
	return &out, out.readAttributes(attrs)
}

// readSigner finds the signer's certificate by issuer and serial number (version 1) or key identifier (version 3).
func readSigner(info *cryptobyte.String, version int, certs []*x509.Certificate) (*x509.Certificate, error) {
	var match func(*x509.Certificate) bool
	switch version {
	case 1:
		var sid, issuer cryptobyte.String
		serial := new(big.Int)
		if !info.ReadASN1(&sid, tag.SEQUENCE) || !sid.ReadASN1Element(&issuer, tag.SEQUENCE) || !sid.ReadASN1Integer(serial) || !sid.Empty() {
			return nil, fault(Form, "SignerInfo is not in DER")
		}
		match = func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawIssuer, issuer) && c.SerialNumber.Cmp(serial) == 0
		}
	case 3:
		var id cryptobyte.String
		if !info.ReadASN1(&id, tag.Tag(0).ContextSpecific()) || len(id) == 0 {
			return nil, fault(Form, "SignerInfo is not in DER")
		}
		match = func(c *x509.Certificate) bool { return bytes.Equal(c.SubjectKeyId, id) }
	default:
		return nil, fault(Form, "version of SignerInfo")
	}
	var found *x509.Certificate
	for _, c := range certs {
		if !match(c) {
			continue
		}
		if found != nil {
			return nil, fault(SignerPart, "two certificates are the signer's")
		}
		found = c
	}
	if found == nil {
		return nil, fault(SignerPart, "the signer's certificate did not come with the signature")
	}
	return found, nil
}

// readDigestAlgorithm reads an AlgorithmIdentifier of SHA-2, its parameters absent or NULL (RFC 5754 section 2).
func readDigestAlgorithm(s *cryptobyte.String) (crypto.Hash, bool) {
	var body cryptobyte.String
	var id asn1.ObjectIdentifier
	if !s.ReadASN1(&body, tag.SEQUENCE) || !body.ReadASN1ObjectIdentifier(&id) || !readNull(&body) {
		return 0, false
	}
	hash, known := hashOf[id.String()]
	return hash, known
}

// readNull accepts nothing, or one NULL, at the end.
func readNull(s *cryptobyte.String) bool {
	var null cryptobyte.String
	return s.Empty() || s.ReadASN1(&null, tag.NULL) && len(null) == 0 && s.Empty()
}

// readSignatureAlgorithm accepts PKCS #1 v1.5 and ECDSA, with the digest that the signer announced.
func readSignatureAlgorithm(s *cryptobyte.String, hash crypto.Hash, key x509.PublicKeyAlgorithm) bool {
	var body cryptobyte.String
	var id asn1.ObjectIdentifier
	if !s.ReadASN1(&body, tag.SEQUENCE) || !body.ReadASN1ObjectIdentifier(&id) {
		return false
	}
	rsaIDs := map[crypto.Hash]asn1.ObjectIdentifier{crypto.SHA256: oidSHA256WithRSA, crypto.SHA384: oidSHA384WithRSA, crypto.SHA512: oidSHA512WithRSA}
	ecIDs := map[crypto.Hash]asn1.ObjectIdentifier{crypto.SHA256: oidECDSAWithSHA256, crypto.SHA384: oidECDSAWithSHA384, crypto.SHA512: oidECDSAWithSHA512}
	switch key {
	case x509.RSA:
		return (id.Equal(oidRSA) || id.Equal(rsaIDs[hash])) && readNull(&body)
	case x509.ECDSA:
		return id.Equal(ecIDs[hash]) && body.Empty()
	}
	return false
}

// readAttributes reads the signed attributes: each type once with one value, in DER's order (RFC 5652 section 5.3).
func (s *Signed) readAttributes(element cryptobyte.String) error {
	var list cryptobyte.String
	if !element.ReadASN1(&list, context(0)) {
		return fault(Form, "signed attributes are not in DER")
	}
	var last []byte
	seen := map[string]bool{}
	for !list.Empty() {
		var raw, body, values, value cryptobyte.String
		var id asn1.ObjectIdentifier
		if !list.ReadASN1Element(&raw, tag.SEQUENCE) {
			return fault(Form, "signed attributes are not in DER")
		}
		if last != nil && bytes.Compare(last, raw) >= 0 {
			return fault(Form, "signed attributes are not in DER's order")
		}
		last = raw
		var form tag.Tag
		if !raw.ReadASN1(&body, tag.SEQUENCE) || !body.ReadASN1ObjectIdentifier(&id) || !body.ReadASN1(&values, tag.SET) || !body.Empty() ||
			!values.ReadAnyASN1Element(&value, &form) || !values.Empty() {
			return fault(Attributes, "an attribute that has not one value")
		}
		if seen[id.String()] {
			return fault(Attributes, "attribute %s stands there twice", id)
		}
		seen[id.String()] = true
		if err := s.readAttribute(id, value); err != nil {
			return err
		}
	}
	for _, id := range []asn1.ObjectIdentifier{oidContentType, oidMessageDigest, oidSigningCertV2} {
		if !seen[id.String()] {
			return fault(Attributes, "attribute %s is missing", id)
		}
	}
	return nil
}

func (s *Signed) readAttribute(id asn1.ObjectIdentifier, value cryptobyte.String) error {
	switch {
	case id.Equal(oidContentType):
		var kind asn1.ObjectIdentifier
		if !value.ReadASN1ObjectIdentifier(&kind) || !value.Empty() || !kind.Equal(oidData) {
			return fault(Attributes, "content-type is not that of the content")
		}
	case id.Equal(oidMessageDigest):
		var digest cryptobyte.String
		if !value.ReadASN1(&digest, tag.OCTET_STRING) || !value.Empty() || len(digest) != s.Hash.Size() {
			return fault(Attributes, "message-digest")
		}
		s.Digest = digest
	case id.Equal(oidSigningTime):
		at, ok := pki.ReadTime(&value)
		if !ok || !value.Empty() {
			return fault(Attributes, "signing-time is not in DER")
		}
		s.Time = at
	case id.Equal(oidSigningCertV2):
		return s.readSigningCertificate(value)
	}
	return nil
}

// readSigningCertificate checks that the first ESSCertIDv2 is the signer's certificate (RFC 5035 sections 3 and 4).
func (s *Signed) readSigningCertificate(value cryptobyte.String) error {
	var body, certs, id, want, issuerSerial cryptobyte.String
	if !value.ReadASN1(&body, tag.SEQUENCE) || !value.Empty() || !body.ReadASN1(&certs, tag.SEQUENCE) || !certs.ReadASN1(&id, tag.SEQUENCE) {
		return fault(Attributes, "signing-certificate-v2 is not in DER")
	}
	hash := crypto.SHA256
	if id.PeekASN1Tag(tag.SEQUENCE) {
		var ok bool
		if hash, ok = readDigestAlgorithm(&id); !ok {
			return fault(Attributes, "signing-certificate-v2 with a digest that is not taken")
		}
	}
	if !id.ReadASN1(&want, tag.OCTET_STRING) {
		return fault(Attributes, "signing-certificate-v2 is not in DER")
	}
	h := hash.New()
	h.Write(s.Certificate.Raw)
	if !bytes.Equal(h.Sum(nil), want) {
		return fault(SigningCertificate, "the signed attributes name another certificate than the one that came with the signature")
	}
	if id.Empty() {
		return nil
	}
	if !id.ReadASN1(&issuerSerial, tag.SEQUENCE) || !id.Empty() || !s.isNamed(issuerSerial) {
		return fault(SigningCertificate, "issuer and serial number in the signed attributes are another certificate's")
	}
	return nil
}

// isNamed reports that an IssuerSerial (RFC 5035 section 5) is that of the signer's certificate.
func (s *Signed) isNamed(is cryptobyte.String) bool {
	var names, directory, issuer cryptobyte.String
	serial := new(big.Int)
	return is.ReadASN1(&names, tag.SEQUENCE) && names.ReadASN1(&directory, context(4)) && names.Empty() && directory.ReadASN1Element(&issuer, tag.SEQUENCE) &&
		directory.Empty() && is.ReadASN1Integer(serial) && is.Empty() && bytes.Equal(issuer, s.Certificate.RawIssuer) && serial.Cmp(s.Certificate.SerialNumber) == 0
}
