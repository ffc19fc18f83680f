package pki

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

const (
	authorityYears  = 10                   // life of a self-signed authority
	responderLife   = 365 * 24 * time.Hour // longest life of a delegated responder
	responderMargin = 30 * 24 * time.Hour  // how long before its end a responder is due for renewal
	keyBits         = 2048
	publicExponent  = 65537
)

var (
	errKeyForm = errors.New("not a public key in SubjectPublicKeyInfo form")
	// ErrKeys says that keys and certificates of an authority do not belong together.
	ErrKeys = errors.New("the authority's keys and certificates do not belong together")
	// ErrAuthorityPeriod says that the authority's own certificate is not valid at the instant.
	ErrAuthorityPeriod = errors.New("outside the validity period of the authority")
)

// Authority is one key generation of one of the two authorities (署名用認証局, 利用者証明用認証局) with its
// delegated OCSP responder. All generations of a kind share one name; only the key tells them apart.
// Its methods may be called from many goroutines.
type Authority struct {
	kind       certificate.Kind
	generation int
	algorithm  Algorithm
	keys       Keys
	cert       *x509.Certificate
	keyID      []byte
	serials    permutation
	responder  atomic.Pointer[x509.Certificate]
	renewing   sync.Mutex // the responder
	fixed      sync.Map   // fixedKey to fixedParts
}

// Keys are the secrets of an authority. CA and Responder may live in a token; both are of the generation's algorithm.
type Keys struct {
	CA        crypto.Signer
	Responder crypto.Signer
	Serial    [32]byte // of the permutation from issue counter to serial number; never changes
}

// GenerateKeys makes the keys of a new authority in memory.
func GenerateKeys(algorithm Algorithm, rand io.Reader) (Keys, error) {
	var k Keys
	if _, err := io.ReadFull(rand, k.Serial[:]); err != nil {
		return Keys{}, fmt.Errorf("draw a serial key: %w", err)
	}
	for _, key := range []*crypto.Signer{&k.CA, &k.Responder} {
		private, err := algorithm.GenerateKey(rand)
		if err != nil {
			return Keys{}, err
		}
		*key = private
	}
	return k, nil
}

// Places are where the CA's and the responder's key live: addresses in a token, empty for a key in memory.
func (a *Authority) Places() (ca, responder string) {
	at := func(key crypto.Signer) string {
		if k, ok := key.(Addressed); ok {
			return k.Address()
		}
		return ""
	}
	return at(a.keys.CA), at(a.keys.Responder)
}

// NewAuthority founds a generation (1 or more) with fresh keys of the algorithm, valid from now for ten years until
// 23:59:59 Japan time, and its responder.
func NewAuthority(kind certificate.Kind, generation int, algorithm Algorithm, now time.Time, rand io.Reader) (*Authority, error) {
	keys, err := GenerateKeys(algorithm, rand)
	if err != nil {
		return nil, err
	}
	return Found(kind, generation, now, keys)
}

// Found is NewAuthority for keys that already exist, such as those of a token.
func Found(kind certificate.Kind, generation int, now time.Time, keys Keys) (*Authority, error) {
	if serviceUnits[kind].name == "" || generation < 1 {
		return nil, fmt.Errorf("no authority of kind %d has generation %d", kind, generation)
	}
	algorithm, spki, id, err := publicKey(keys.CA)
	if err != nil {
		return nil, err
	}
	name := authorityName(kind).der()
	now = now.UTC().Truncate(time.Second)
	tbs, err := tbsCertificate{
		algorithm:  algorithm,
		serial:     ownSerial(&keys.Serial, fmt.Sprintf("authority %s %d %d", kind, generation, now.Unix())),
		issuer:     name,
		notBefore:  now,
		notAfter:   civil.DateOf(now).AddYears(authorityYears).AddDays(-1).End(),
		subject:    name,
		spki:       spki,
		extensions: []adder{encodeAll(authorityExtensions(kind, id)...)},
	}.der()
	if err != nil {
		return nil, err
	}
	der, err := signDER(keys.CA, tbs)
	if err != nil {
		return nil, err
	}
	a, err := assemble(kind, generation, keys, der)
	if err != nil {
		return nil, err
	}
	if err := a.RenewResponder(now); err != nil {
		return nil, err
	}
	return a, nil
}

// Restore puts an authority together from its keys and its certificates in DER, as they were kept.
// An authority whose responder certificate is lost is given nil and renews it. ErrKeys when they do not fit.
func Restore(kind certificate.Kind, generation int, keys Keys, ca, responder []byte) (*Authority, error) {
	a, err := assemble(kind, generation, keys, ca)
	if err != nil || responder == nil {
		return a, err
	}
	cert, err := x509.ParseCertificate(responder)
	if err != nil {
		return nil, fmt.Errorf("%w: responder: %w", ErrKeys, err)
	}
	if err := cert.CheckSignatureFrom(a.cert); err != nil {
		return nil, fmt.Errorf("%w: responder: %w", ErrKeys, err)
	}
	if !samePublicKey(cert.PublicKey, keys.Responder.Public()) {
		return nil, fmt.Errorf("%w: responder certificate of another key", ErrKeys)
	}
	a.responder.Store(cert)
	return a, nil
}

func assemble(kind certificate.Kind, generation int, keys Keys, ca []byte) (*Authority, error) {
	if keys.CA == nil || keys.Responder == nil {
		return nil, fmt.Errorf("%w: a key is missing", ErrKeys)
	}
	cert, err := x509.ParseCertificate(ca)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	if err := cert.CheckSignatureFrom(cert); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	if !samePublicKey(cert.PublicKey, keys.CA.Public()) || string(cert.RawSubject) != string(authorityName(kind).der()) {
		return nil, fmt.Errorf("%w: certificate of another key or kind", ErrKeys)
	}
	algorithm, err := AlgorithmOf(cert.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	if of, err := AlgorithmOf(keys.Responder.Public()); err != nil || of != algorithm {
		return nil, fmt.Errorf("%w: the responder's key is not of %s", ErrKeys, algorithm)
	}
	return &Authority{
		kind: kind, generation: generation, algorithm: algorithm, keys: keys, cert: cert, keyID: cert.SubjectKeyId,
		serials: newPermutation(&keys.Serial, serialHalf),
	}, nil
}

// Kind is which of the two authorities this is.
func (a *Authority) Kind() certificate.Kind { return a.kind }

// Generation counts the authority's keys from 1.
func (a *Authority) Generation() int { return a.generation }

// Algorithm is with what the generation signs, and of what form the keys are that it certifies.
func (a *Authority) Algorithm() Algorithm { return a.algorithm }

// Certificate is the self-signed certificate; do not change it.
func (a *Authority) Certificate() *x509.Certificate { return a.cert }

// ResponderCertificate is the present certificate of the OCSP responder; nil when it was never made.
func (a *Authority) ResponderCertificate() *x509.Certificate { return a.responder.Load() }

// ResponderDue reports that the responder needs a new certificate: it ends within 30 days, or the
// instant lies outside its period because a sandbox clock was moved. It stays quiet about a responder
// that ends with its authority, for no renewal can help it.
func (a *Authority) ResponderDue(now time.Time) bool {
	cert := a.responder.Load()
	if cert == nil || now.Before(cert.NotBefore) {
		return true
	}
	if cert.NotAfter.Equal(a.cert.NotAfter) {
		return false
	}
	return now.Add(responderMargin).After(cert.NotAfter)
}

// KeepResponder renews the responder when it is due; after the authority's own end it stays as it is. Many may call it at once.
func (a *Authority) KeepResponder(now time.Time) error {
	if !a.ResponderDue(now) {
		return nil
	}
	a.renewing.Lock()
	defer a.renewing.Unlock()
	if !a.ResponderDue(now) {
		return nil // somebody else was first
	}
	if err := a.RenewResponder(now); err != nil && !errors.Is(err, ErrAuthorityPeriod) {
		return fmt.Errorf("renew the responder's certificate: %w", err)
	}
	return nil
}

// RenewResponder gives the responder's key a new certificate from now for 365 days, at most to the
// authority's own end. ErrAuthorityPeriod when the authority itself is not valid at now.
func (a *Authority) RenewResponder(now time.Time) error {
	if !within(a.cert, now) {
		return fmt.Errorf("renew an OCSP responder at %s: %w", now.UTC().Format(time.RFC3339), ErrAuthorityPeriod)
	}
	_, spki, id, err := publicKey(a.keys.Responder)
	if err != nil {
		return err
	}
	now = now.UTC().Truncate(time.Second)
	end := now.Add(responderLife)
	if end.After(a.cert.NotAfter) {
		end = a.cert.NotAfter
	}
	tbs, err := tbsCertificate{
		algorithm:  a.algorithm,
		serial:     ownSerial(&a.keys.Serial, fmt.Sprintf("responder %d", now.Unix())),
		issuer:     a.cert.RawSubject,
		notBefore:  now,
		notAfter:   end,
		subject:    responderName(a.kind).der(),
		spki:       spki,
		extensions: []adder{encodeAll(responderExtensions(a.keyID, id)...)},
	}.der()
	if err != nil {
		return err
	}
	der, err := signDER(a.keys.CA, tbs)
	if err != nil {
		return err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return fmt.Errorf("read back the responder's certificate: %w", err)
	}
	a.responder.Store(cert)
	return nil
}

// within reports whether the instant lies in the certificate's period. Certificates count whole
// seconds and the last one belongs to the period (RFC 5280 section 4.1.2.5), to its very end.
func within(cert *x509.Certificate, at time.Time) bool {
	at = at.Truncate(time.Second)
	return !at.Before(cert.NotBefore) && !at.After(cert.NotAfter)
}

// tbsCertificate is the part of a certificate that is signed, names and key already encoded.
type tbsCertificate struct {
	algorithm           Algorithm
	serial              Serial
	issuer, subject     []byte
	notBefore, notAfter time.Time
	spki                []byte
	extensions          []adder
}

// der is the TBSCertificate, version 3; an instant that X.509 cannot write is an error.
func (t tbsCertificate) der() ([]byte, error) {
	b := cryptobyte.NewBuilder(make([]byte, 0, 2048))
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(context(0), func(b *cryptobyte.Builder) { b.AddASN1Uint64(2) })
		addSerial(b, t.serial)
		b.AddBytes(t.algorithm.identifier())
		b.AddBytes(t.issuer)
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			addTime(b, t.notBefore)
			addTime(b, t.notAfter)
		})
		b.AddBytes(t.subject)
		b.AddBytes(t.spki)
		addExtensions(b, 3, t.extensions)
	})
	return b.Bytes()
}

// signDER wraps signed bytes as certificates, CRLs and OCSP answers all do: bytes, the key's algorithm, signature;
// an OCSP answer has the signer's certificates behind them.
func signDER(key crypto.Signer, tbs []byte, certs ...[]byte) ([]byte, error) {
	algorithm, err := AlgorithmOf(key.Public())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	signature, err := algorithm.Sign(key, tbs)
	if err != nil {
		return nil, err
	}
	b := cryptobyte.NewBuilder(make([]byte, 0, len(tbs)+len(signature)+64))
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(tbs)
		b.AddBytes(algorithm.identifier())
		b.AddASN1BitString(signature)
		if len(certs) == 0 {
			return
		}
		b.AddASN1(context(0), func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, cert := range certs {
					b.AddBytes(cert)
				}
			})
		})
	})
	return b.Bytes()
}

// publicKey is the signer's public key as SubjectPublicKeyInfo, with its algorithm and key identifier.
func publicKey(key crypto.Signer) (algorithm Algorithm, spki, id []byte, err error) {
	if algorithm, err = AlgorithmOf(key.Public()); err != nil {
		return 0, nil, nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	if spki, err = x509.MarshalPKIXPublicKey(key.Public()); err != nil {
		return 0, nil, nil, fmt.Errorf("encode a public key: %w", err)
	}
	id, err = keyID(spki)
	return algorithm, spki, id, err
}

func samePublicKey(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}
