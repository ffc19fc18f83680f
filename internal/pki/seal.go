package pki

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

var (
	// ErrPassphrase says that the passphrase is wrong, or the sealed bytes were changed: authenticated
	// encryption cannot tell the two apart.
	ErrPassphrase = errors.New("wrong passphrase, or a changed file")
	// ErrSealed says that the bytes are not a sealed authority of a form we know.
	ErrSealed = errors.New("not a sealed authority")
	// ErrTokenKey says that a key lives in a token: it cannot be written out, or no token is at hand to find it.
	ErrTokenKey = errors.New("the key of this authority cannot leave its token, or the token is not at hand")
)

// The sealed form: the mark, the cost of Argon2id (passes and KiB as 32 bits each), salt, nonce, and the
// AES-256-GCM ciphertext with everything before it authenticated as well.
const (
	sealMark   = "mynumber authority 1\n"
	sealPasses = 2
	sealKiB    = 19 * 1024 // with two passes the least that OWASP advises, about 30 ms
	saltSize   = 16
	nonceSize  = 12
	sealHeader = len(sealMark) + 8 + saltSize + nonceSize

	// A file asks its reader for time and memory; more than this it does not get.
	sealMaxPasses = 16
	sealMaxKiB    = 1 << 20
)

// Addressed is a key in a token. Its address, as RFC 7512 writes it, is sealed in its place.
type Addressed interface {
	crypto.Signer
	Address() string
}

// Tokens finds the key at an address.
type Tokens interface {
	Key(address string) (crypto.Signer, error)
}

// Faster gives a key whose arithmetic another library does; a key that it cannot take comes back as it is.
type Faster interface {
	Faster(key crypto.Signer) (crypto.Signer, error)
}

// faster is a key in memory that another library signs with.
type faster struct {
	crypto.Signer
	sealed crypto.Signer // the key itself
}

// Accelerate lets another library sign with the keys that are in memory. It is called before the authority is used.
func (a *Authority) Accelerate(by Faster) error {
	for _, key := range []*crypto.Signer{&a.keys.CA, &a.keys.Responder} {
		switch (*key).(type) {
		case *rsa.PrivateKey, *ecdsa.PrivateKey:
			fast, err := by.Faster(*key)
			if err != nil {
				return fmt.Errorf("let another library sign: %w", err)
			}
			if fast != *key {
				*key = faster{fast, *key}
			}
		}
	}
	return nil
}

// addressScheme begins every address of a key; no key in PKCS #8 begins so.
const addressScheme = "pkcs11:"

// Seal is the authority with all its keys, encrypted under the passphrase; of a key in a token its address. ErrTokenKey when a key is
// neither in memory nor has an address.
func (a *Authority) Seal(passphrase []byte, rand io.Reader) ([]byte, error) {
	plain, err := a.plain()
	if err != nil {
		return nil, err
	}
	sealed := make([]byte, sealHeader, sealHeader+len(plain)+16)
	at := copy(sealed, sealMark)
	binary.BigEndian.PutUint32(sealed[at:], sealPasses)
	binary.BigEndian.PutUint32(sealed[at+4:], sealKiB)
	if _, err := io.ReadFull(rand, sealed[at+8:]); err != nil {
		return nil, fmt.Errorf("draw a salt: %w", err)
	}
	aead := sealCipher(passphrase, sealed)
	return aead.Seal(sealed, sealed[sealHeader-nonceSize:], plain, sealed), nil
}

// Open is the authority that Seal wrote. tokens are where keys may live; the first that has one gives it. ErrSealed, ErrPassphrase,
// ErrTokenKey, or ErrKeys for a content that does not fit together.
func Open(sealed, passphrase []byte, tokens ...Tokens) (*Authority, error) {
	if len(sealed) < sealHeader || string(sealed[:len(sealMark)]) != sealMark {
		return nil, ErrSealed
	}
	passes := binary.BigEndian.Uint32(sealed[len(sealMark):])
	kib := binary.BigEndian.Uint32(sealed[len(sealMark)+4:])
	if passes < 1 || passes > sealMaxPasses || kib < 8 || kib > sealMaxKiB {
		return nil, fmt.Errorf("%w: %d passes over %d KiB", ErrSealed, passes, kib)
	}
	header := sealed[:sealHeader]
	plain, err := sealCipher(passphrase, header).Open(nil, header[sealHeader-nonceSize:], sealed[sealHeader:], header)
	if err != nil {
		return nil, ErrPassphrase
	}
	return fromPlain(plain, tokens)
}

// sealCipher derives the key with the cost that the header names.
func sealCipher(passphrase, header []byte) cipher.AEAD {
	at := len(sealMark)
	passes, kib := binary.BigEndian.Uint32(header[at:]), binary.BigEndian.Uint32(header[at+4:])
	key := argon2.IDKey(passphrase, header[at+8:at+8+saltSize], passes, kib, 1, 32)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // a 32-byte key is always one
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // AES has the block size that GCM wants
	}
	return aead
}

// plain is SEQUENCE { kind, generation, serial key, CA key, responder key, CA certificate, responder
// certificate }, keys in PKCS #8 or as the address of one in a token, the last empty when there is none.
func (a *Authority) plain() ([]byte, error) {
	var parts [][]byte
	parts = append(parts, a.keys.Serial[:])
	for _, key := range []any{a.keys.CA, a.keys.Responder} {
		part, err := keyPart(key)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	parts = append(parts, a.cert.Raw)
	var responder []byte
	if cert := a.responder.Load(); cert != nil {
		responder = cert.Raw
	}
	parts = append(parts, responder)
	return encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1Uint64(uint64(a.kind))
			b.AddASN1Uint64(uint64(a.generation))
			for _, p := range parts {
				b.AddASN1OctetString(p)
			}
		})
	}), nil
}

// keyPart is a key as it is sealed.
func keyPart(key any) ([]byte, error) {
	switch key := key.(type) {
	case *rsa.PrivateKey, *ecdsa.PrivateKey:
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return nil, fmt.Errorf("encode a key: %w", err)
		}
		return der, nil
	case faster:
		return keyPart(key.sealed)
	case Addressed:
		if strings.HasPrefix(key.Address(), addressScheme) {
			return []byte(key.Address()), nil
		}
	}
	return nil, ErrTokenKey
}

func fromPlain(plain []byte, tokens []Tokens) (*Authority, error) {
	var (
		s                = cryptobyte.String(plain)
		body             cryptobyte.String
		kind, generation uint32
		parts            [5]cryptobyte.String
	)
	if !s.ReadASN1(&body, tag.SEQUENCE) || !body.ReadASN1Integer(&kind) || !body.ReadASN1Integer(&generation) {
		return nil, ErrSealed
	}
	for i := range parts {
		if !body.ReadASN1(&parts[i], tag.OCTET_STRING) {
			return nil, ErrSealed
		}
	}
	var keys Keys
	if copy(keys.Serial[:], parts[0]) != len(keys.Serial) {
		return nil, ErrSealed
	}
	ca, err := openKey(parts[1], tokens)
	if err != nil {
		return nil, err
	}
	responder, err := openKey(parts[2], tokens)
	if err != nil {
		return nil, err
	}
	keys.CA, keys.Responder = ca, responder
	var responderCert []byte
	if len(parts[4]) > 0 {
		responderCert = parts[4]
	}
	return Restore(certificate.Kind(kind), int(generation), keys, parts[3], responderCert)
}

// openKey is a key out of what keyPart wrote.
func openKey(part []byte, tokens []Tokens) (crypto.Signer, error) {
	if !strings.HasPrefix(string(part), addressScheme) {
		return parseKey(part)
	}
	var failed error
	for _, t := range tokens {
		key, err := t.Key(string(part))
		if err == nil {
			return key, nil
		}
		failed = errors.Join(failed, err)
	}
	if failed != nil {
		return nil, fmt.Errorf("%w: %w", ErrTokenKey, failed)
	}
	return nil, fmt.Errorf("%w: no token is configured for %s", ErrTokenKey, part)
}

func parseKey(der []byte) (crypto.Signer, error) {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSealed, err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("%w: %T is no key that signs", ErrSealed, key)
	}
	if _, err := AlgorithmOf(signer.Public()); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSealed, err)
	}
	return signer, nil
}
