package pki

import (
	"crypto"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	// ErrOCSPRequest says that bytes are not an OCSP request; answered with malformedRequest.
	ErrOCSPRequest = errors.New("not an OCSP request")
	// ErrOCSPTooMany says that a request asks about more certificates than MaxCertIDs.
	ErrOCSPTooMany = fmt.Errorf("%w: more than %d certificates", ErrOCSPRequest, MaxCertIDs)
	// ErrOCSPNonce says that a nonce has a length RFC 9654 does not allow.
	ErrOCSPNonce = fmt.Errorf("%w: nonce not of 1 to %d octets", ErrOCSPRequest, maxNonce)
)

const (
	// MaxCertIDs is how many certificates one request may ask about.
	MaxCertIDs = 100
	maxNonce   = 128 // RFC 9654 section 2.1
)

// CertID names a certificate by hashes of its issuer's name and key and by its serial (RFC 6960
// section 4.1.1). It refers to the bytes of the request.
type CertID struct {
	Hash     crypto.Hash // crypto.SHA1, crypto.SHA256, or 0 for any other
	NameHash []byte
	KeyHash  []byte
	Serial   *big.Int
	raw      []byte // whole CertID, echoed in the answer
}

// OCSPRequest is a parsed request. A signature on it is not looked at (RFC 6960 section 4.1.2 leaves
// that to the responder): anybody may ask.
type OCSPRequest struct {
	IDs   []CertID
	Nonce []byte // the nonce extension's value as received, nil when there is none
}

// ParseOCSPRequest reads a DER request strictly. ErrOCSPRequest, ErrOCSPTooMany, ErrOCSPNonce.
func ParseOCSPRequest(der []byte) (OCSPRequest, error) {
	var (
		r               OCSPRequest
		s               = cryptobyte.String(der)
		whole, tbs, ids cryptobyte.String
	)
	if !s.ReadASN1(&whole, tag.SEQUENCE) || !s.Empty() || !whole.ReadASN1(&tbs, tag.SEQUENCE) {
		return r, ErrOCSPRequest
	}
	if !whole.SkipOptionalASN1(context(0)) || !whole.Empty() { // optionalSignature
		return r, ErrOCSPRequest
	}
	var version cryptobyte.String
	var hasVersion bool
	if !tbs.ReadOptionalASN1(&version, &hasVersion, context(0)) || hasVersion && !isVersion1(version) {
		return r, fmt.Errorf("%w: version", ErrOCSPRequest)
	}
	if !tbs.SkipOptionalASN1(context(1)) || !tbs.ReadASN1(&ids, tag.SEQUENCE) { // requestorName
		return r, ErrOCSPRequest
	}
	if err := countRequests(ids); err != nil { // before anything is kept of them
		return r, err
	}
	for !ids.Empty() {
		id, err := readRequest(&ids)
		if err != nil {
			return r, err
		}
		r.IDs = append(r.IDs, id)
	}
	if len(r.IDs) == 0 {
		return r, fmt.Errorf("%w: asks about nothing", ErrOCSPRequest)
	}
	return r, r.readExtensions(&tbs)
}

// countRequests goes over the list by its lengths alone, so that one which is too long costs next to nothing.
func countRequests(ids cryptobyte.String) error {
	for n := 0; !ids.Empty(); n++ {
		if n == MaxCertIDs {
			return ErrOCSPTooMany
		}
		if !ids.SkipASN1(tag.SEQUENCE) {
			return ErrOCSPRequest
		}
	}
	return nil
}

// isVersion1 reports v1 written out: the default, which DER would leave away, but clients exist that do not.
func isVersion1(s cryptobyte.String) bool {
	var n int64
	return s.ReadASN1Integer(&n) && n == 0 && s.Empty()
}

// readRequest reads one Request: a CertID and extensions of its own, of which none changes our answer.
func readRequest(s *cryptobyte.String) (CertID, error) {
	var request, extensions cryptobyte.String
	var has bool
	if !s.ReadASN1(&request, tag.SEQUENCE) {
		return CertID{}, ErrOCSPRequest
	}
	id, ok := readCertID(&request)
	if !ok || !request.ReadOptionalASN1(&extensions, &has, context(0)) || !request.Empty() {
		return CertID{}, fmt.Errorf("%w: CertID", ErrOCSPRequest)
	}
	if has {
		err := eachExtension(extensions, func(string, []byte) (bool, error) { return false, nil })
		if err != nil {
			return id, fmt.Errorf("%w: %w", ErrOCSPRequest, err)
		}
	}
	return id, nil
}

func readCertID(s *cryptobyte.String) (CertID, bool) {
	var (
		id                  CertID
		raw, body, alg      cryptobyte.String
		nameHash, issuerKey cryptobyte.String
	)
	id.Serial = new(big.Int)
	if !s.ReadASN1Element(&raw, tag.SEQUENCE) {
		return id, false
	}
	id.raw = raw
	if !raw.ReadASN1(&body, tag.SEQUENCE) || !body.ReadASN1(&alg, tag.SEQUENCE) {
		return id, false
	}
	algorithm, ok := readOID(&alg)
	if !ok || !alg.SkipOptionalASN1(tag.NULL) || !alg.Empty() {
		return id, false
	}
	if !body.ReadASN1(&nameHash, tag.OCTET_STRING) || !body.ReadASN1(&issuerKey, tag.OCTET_STRING) ||
		!body.ReadASN1Integer(id.Serial) || !body.Empty() {
		return id, false
	}
	id.NameHash, id.KeyHash = nameHash, issuerKey
	switch {
	case algorithm == oidSHA1.der:
		id.Hash = crypto.SHA1
	case algorithm == oidSHA256.der:
		id.Hash = crypto.SHA256
	}
	return id, id.Hash == 0 || len(nameHash) == id.Hash.Size() && len(issuerKey) == id.Hash.Size()
}

// readExtensions reads requestExtensions: the nonce is kept, anything else must not be critical.
func (r *OCSPRequest) readExtensions(tbs *cryptobyte.String) error {
	var extensions cryptobyte.String
	var has bool
	if !tbs.ReadOptionalASN1(&extensions, &has, context(2)) || !tbs.Empty() {
		return fmt.Errorf("%w: extensions", ErrOCSPRequest)
	}
	if !has {
		return nil
	}
	err := eachExtension(extensions, func(id string, value []byte) (bool, error) {
		if id != oidOCSPNonce.der {
			return false, nil
		}
		if r.Nonce != nil || !nonceFits(value) {
			return true, ErrOCSPNonce
		}
		r.Nonce = value
		return true, nil
	})
	if err != nil && !errors.Is(err, ErrOCSPRequest) {
		err = fmt.Errorf("%w: %w", ErrOCSPRequest, err)
	}
	return err
}

// nonceFits accepts the OCTET STRING of RFC 8954 and the bare octets of older clients.
func nonceFits(value []byte) bool {
	s, inner := cryptobyte.String(value), cryptobyte.String(nil)
	if s.ReadASN1(&inner, tag.OCTET_STRING) && s.Empty() {
		value = inner
	}
	return len(value) >= 1 && len(value) <= maxNonce
}

// issuerHashes are the two hashes by which a CertID names an issuer.
func issuerHashes(hash crypto.Hash, issuer *x509.Certificate) (name, key []byte, err error) {
	bits, err := publicKeyBits(issuer.RawSubjectPublicKeyInfo)
	if err != nil {
		return nil, nil, err
	}
	if hash == crypto.SHA1 {
		n, k := sha1.Sum(issuer.RawSubject), sha1.Sum(bits)
		return n[:], k[:], nil
	}
	n, k := sha256.Sum256(issuer.RawSubject), sha256.Sum256(bits)
	return n[:], k[:], nil
}

// NewOCSPRequest asks, as a relying party does, about certificates of one issuer. CertIDs are SHA-1,
// the form that every responder knows and to whose strength nothing is owed here; nonce is 1 to 128
// octets (RFC 9654 wants 32), or nil to accept a prepared answer.
func NewOCSPRequest(issuer *x509.Certificate, nonce []byte, serials ...Serial) ([]byte, error) {
	if len(serials) == 0 || len(serials) > MaxCertIDs {
		return nil, fmt.Errorf("ask about %d certificates: 1 to %d are possible", len(serials), MaxCertIDs)
	}
	if nonce != nil && (len(nonce) < 1 || len(nonce) > maxNonce) {
		return nil, ErrOCSPNonce
	}
	name, key, err := issuerHashes(crypto.SHA1, issuer)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, serial := range serials {
					b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { addCertID(b, name, key, serial) })
				}
			})
			if nonce != nil {
				value := encode(func(b *cryptobyte.Builder) { b.AddASN1OctetString(nonce) })
				addExtensions(b, 2, []extension{{oidOCSPNonce, false, value}})
			}
		})
	})
	return b.Bytes()
}

func addCertID(b *cryptobyte.Builder, name, key []byte, serial Serial) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		addAlgorithm(b, oidSHA1)
		b.AddASN1OctetString(name)
		b.AddASN1OctetString(key)
		addSerial(b, serial)
	})
}
