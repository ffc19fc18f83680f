package signing

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// Object identifiers of RFC 5652, RFC 5035, RFC 5754, RFC 8017 and RFC 5758.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}

	oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA384 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	oidSHA512 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}

	oidRSA             = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidSHA256WithRSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
	oidSHA384WithRSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}
	oidSHA512WithRSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}
	oidECDSAWithSHA256 = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidECDSAWithSHA384 = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}
	oidECDSAWithSHA512 = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}
)

// Signer is whoever signs: the key, on a card or elsewhere, and its certificate in DER.
type Signer struct {
	Key         crypto.Signer
	Certificate []byte
}

// ErrKey says that key and certificate of a Signer do not belong together, or that no signature is made with such a key.
var ErrKey = errors.New("this key cannot sign for this certificate")

// Sign makes a detached signature of the content (CAdES-BES): ContentInfo with SignedData, one signer, his certificate
// in it. at is the time that the signer claims (signing-time, RFC 5652 section 11.3), nobody else's word; the zero time leaves
// it out. The content is read once. ErrKey, errors of the reader, and of the key, such as a wrong PIN.
func Sign(content io.Reader, s Signer, at time.Time) ([]byte, error) {
	cert, suite, err := s.check()
	if err != nil {
		return nil, err
	}
	digest, err := digestOf(content, suite.hash)
	if err != nil {
		return nil, err
	}
	attributes := signedAttributes(cert, suite, digest, at)
	sum := suite.hash.New()
	sum.Write(attributes)
	signature, err := s.Key.Sign(rand.Reader, sum.Sum(nil), suite.hash)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	der, err := signedData(cert, suite, attributes, signature)
	if err != nil {
		return nil, fmt.Errorf("write the signature: %w", err)
	}
	made, err := Read(der) // a key that signs wrongly is found before anybody relies on it
	if err == nil {
		err = errors.Join(made.CheckDigest(digest), made.CheckSignature())
	}
	if err != nil {
		return nil, fmt.Errorf("check the signature just made: %w", err)
	}
	return der, nil
}

// suite is how a kind of key signs.
type suite struct {
	hash      crypto.Hash
	digest    asn1.ObjectIdentifier
	signature asn1.ObjectIdentifier
	null      bool // parameters of signature are NULL, not absent (RFC 5754 section 3.2, RFC 5758 section 3.2)
}

var (
	withRSA  = suite{crypto.SHA256, oidSHA256, oidSHA256WithRSA, true}
	withP384 = suite{crypto.SHA384, oidSHA384, oidECDSAWithSHA384, false}
	hashOf   = map[string]crypto.Hash{oidSHA256.String(): crypto.SHA256, oidSHA384.String(): crypto.SHA384, oidSHA512.String(): crypto.SHA512}
)

func (s Signer) check() (*x509.Certificate, suite, error) {
	cert, err := x509.ParseCertificate(s.Certificate)
	if err != nil {
		return nil, suite{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	public, ok := s.Key.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !public.Equal(cert.PublicKey) {
		return nil, suite{}, ErrKey
	}
	switch cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return cert, withRSA, nil
	case *ecdsa.PublicKey:
		return cert, withP384, nil
	}
	return nil, suite{}, ErrKey
}

func digestOf(content io.Reader, hash crypto.Hash) ([]byte, error) {
	h := hash.New()
	if _, err := io.Copy(h, content); err != nil {
		return nil, fmt.Errorf("read what is to be signed: %w", err)
	}
	return h.Sum(nil), nil
}

// signedAttributes are the SignedAttributes as the SET OF over which the signature is made (RFC 5652 section 5.4), in
// DER: ordered by their bytes.
func signedAttributes(cert *x509.Certificate, s suite, digest []byte, at time.Time) []byte {
	own := s.hash.New()
	own.Write(cert.Raw)
	list := [][]byte{
		attribute(oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) }),
		attribute(oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) }),
		attribute(oidSigningCertV2, func(b *cryptobyte.Builder) { addSigningCertificate(b, s, own.Sum(nil)) }),
	}
	if !at.IsZero() {
		list = append(list, attribute(oidSigningTime, func(b *cryptobyte.Builder) { addTime(b, at) }))
	}
	slices.SortFunc(list, bytes.Compare)
	return build(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SET, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(list...)) })
	})
}

func attribute(id asn1.ObjectIdentifier, value func(*cryptobyte.Builder)) []byte {
	return build(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(id)
			b.AddASN1(tag.SET, value)
		})
	})
}

// addSigningCertificate writes SigningCertificateV2 with one ESSCertIDv2 (RFC 5035 section 4): its hash algorithm is left
// out when it is the default, SHA-256, and issuerSerial always, a hint that the hash makes needless.
func addSigningCertificate(b *cryptobyte.Builder, s suite, hash []byte) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				if s.hash != crypto.SHA256 {
					addAlgorithm(b, s.digest, false)
				}
				b.AddASN1OctetString(hash)
			})
		})
	})
}

// addTime writes an instant to the second: UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5652 section 11.3).
func addTime(b *cryptobyte.Builder, t time.Time) {
	t = t.UTC().Truncate(time.Second)
	if t.Year() < 2050 {
		b.AddASN1UTCTime(t)
		return
	}
	b.AddASN1GeneralizedTime(t)
}

func addAlgorithm(b *cryptobyte.Builder, id asn1.ObjectIdentifier, null bool) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(id)
		if null {
			b.AddASN1NULL()
		}
	})
}

// signedData wraps it all up (RFC 5652 sections 3, 5.1 and 5.3): no content inside, version 1 because the signer is named
// by issuer and serial number.
func signedData(cert *x509.Certificate, s suite, attributes, signature []byte) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(context(0), func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1Int64(1)
				b.AddASN1(tag.SET, func(b *cryptobyte.Builder) { addAlgorithm(b, s.digest, false) })
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) })
				b.AddASN1(context(0), func(b *cryptobyte.Builder) { b.AddBytes(cert.Raw) })
				b.AddASN1(tag.SET, func(b *cryptobyte.Builder) { addSignerInfo(b, cert, s, attributes, signature) })
			})
		})
	})
	return b.Bytes()
}

func addSignerInfo(b *cryptobyte.Builder, cert *x509.Certificate, s suite, attributes, signature []byte) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(cert.RawIssuer)
			b.AddASN1BigInt(cert.SerialNumber)
		})
		addAlgorithm(b, s.digest, false)
		implicit := bytes.Clone(attributes)
		implicit[0] = 0xA0 // [0] IMPLICIT in place of SET OF
		b.AddBytes(implicit)
		addAlgorithm(b, s.signature, s.null)
		b.AddASN1OctetString(signature)
	})
}

// build is the DER that the function writes; for values made of checked parts.
func build(add func(*cryptobyte.Builder)) []byte {
	var b cryptobyte.Builder
	add(&b)
	return b.BytesOrPanic()
}

// context is the constructed context-specific tag n.
func context(n uint8) tag.Tag { return tag.Tag(n).ContextSpecific().Constructed() }
