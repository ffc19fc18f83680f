package iccard

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"

	"mynumber/internal/apdu"
)

// Algorithm is what kind of keys a chip makes. What a command does with a key is the key's affair: no size of a key or a signature
// stands in the layer of the commands.
type Algorithm byte

const (
	RSA2048 Algorithm = iota // every card in circulation, with SHA-256
	P384                     // the next generation of cards and newer phones, with SHA-384
)

// MaxSignatureInput is the longest input of COMPUTE DIGITAL SIGNATURE with P1 = 00: what PKCS #1
// type 1 padding leaves of 256 bytes.
const MaxSignatureInput = rsaBits/8 - 11

const rsaBits = 2048

// keyPair is one key of the chip. It is kept as it is stored and understood when it is first used: of many cards that lie in a reader
// few sign.
type keyPair struct {
	algorithm Algorithm
	der       []byte // PKCS #1 or SEC 1
	parsed    privateKey
}

// privateKey is what the commands ask of a key.
type privateKey interface {
	// signatureSize is the length of a signature in bytes.
	signatureSize() int
	// sign makes the signature that P1 of COMPUTE DIGITAL SIGNATURE names. An error is a fault of the random source.
	sign(rand io.Reader, p1 byte, data []byte) ([]byte, apdu.SW, error)
	// public is the public half as the card writes it.
	public() []byte
}

// newKeyPair draws a key.
func newKeyPair(a Algorithm, rand io.Reader) (*keyPair, error) {
	if a == P384 {
		private, err := ecdsa.GenerateKey(elliptic.P384(), rand)
		if err != nil {
			return nil, err
		}
		der, err := x509.MarshalECPrivateKey(private)
		return &keyPair{a, der, ecKey{private}}, err
	}
	private, err := rsa.GenerateKey(rand, rsaBits)
	if err != nil {
		return nil, err
	}
	return rsaPair(private), nil
}

func rsaPair(private *rsa.PrivateKey) *keyPair {
	return &keyPair{RSA2048, x509.MarshalPKCS1PrivateKey(private), rsaKey{private}}
}

func (k *keyPair) stored(ef EF) stored { return stored{EF: ef, Value: k.der, Left: int(k.algorithm)} }

// private understands the key.
func (k *keyPair) private() (privateKey, error) {
	if k.parsed != nil {
		return k.parsed, nil
	}
	switch k.algorithm {
	case RSA2048:
		private, err := x509.ParsePKCS1PrivateKey(k.der)
		if err != nil {
			return nil, err
		}
		if private.Size() != rsaBits/8 {
			return nil, fmt.Errorf("RSA key of %d bytes", private.Size())
		}
		k.parsed = rsaKey{private}
	case P384:
		private, err := x509.ParseECPrivateKey(k.der)
		if err != nil {
			return nil, err
		}
		k.parsed = ecKey{private}
	default:
		return nil, fmt.Errorf("key of an unknown algorithm %d", k.algorithm)
	}
	return k.parsed, nil
}

// rsaKey is a key of today's cards.
type rsaKey struct{ *rsa.PrivateKey }

func (k rsaKey) signatureSize() int { return k.Size() }
func (k rsaKey) public() []byte     { return MarshalPublicKey(&k.PublicKey) }

// digestInfoSHA256 is the DER prefix of a SHA-256 DigestInfo, RFC 8017 section 9.2 note 1.
var digestInfoSHA256 = []byte{
	0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
}

// sign is reference section 8.6. P1 = 00 signs what it is given: clients send DigestInfos of seven hashes and some whole files, so the
// content is not looked at.
func (k rsaKey) sign(rand io.Reader, p1 byte, data []byte) ([]byte, apdu.SW, error) {
	switch p1 {
	case 0x01:
		sum := sha256.Sum256(data)
		data = sum[:]
	case 0x02:
		if len(data) != sha256.Size {
			return nil, apdu.ConditionsNotMet, nil
		}
		data = slices.Concat(digestInfoSHA256, data)
	case 0x03:
		sum := sha256.Sum256(data)
		data = slices.Concat(digestInfoSHA256, sum[:])
	case 0x04:
		if len(data) != sha256.Size {
			return nil, apdu.ConditionsNotMet, nil
		}
		return k.signPSS(rand, data)
	case 0x05:
		sum := sha256.Sum256(data)
		return k.signPSS(rand, sum[:])
	}
	if len(data) > MaxSignatureInput {
		return nil, apdu.ConditionsNotMet, nil
	}
	signature, err := rsa.SignPKCS1v15(nil, k.PrivateKey, 0, data)
	if err != nil {
		return nil, apdu.NoDiagnosis, err
	}
	return signature, apdu.OK, nil
}

// signPSS is RSASSA-PSS with SHA-256 and a salt of 32 bytes; the real card's salt length is not known.
func (k rsaKey) signPSS(rand io.Reader, digest []byte) ([]byte, apdu.SW, error) {
	signature, err := rsa.SignPSS(rand, k.PrivateKey, crypto.SHA256, digest, &rsa.PSSOptions{SaltLength: sha256.Size})
	if err != nil {
		return nil, apdu.NoDiagnosis, err
	}
	return signature, apdu.OK, nil
}

// ecKey is a key of the next generation. How such a card is told to sign is not published; this way is ours: P1 = 00 takes the SHA-384 of
// the message, 03 the message, and the answer is r and s of 48 bytes each (the plain format of BSI TR-03111 section 5.2.1). It has no
// other P1: those of today speak of SHA-256 and of PKCS #1.
type ecKey struct{ *ecdsa.PrivateKey }

func (k ecKey) signatureSize() int { return 2 * pointSize }

const pointSize = 48 // bytes of a number below the order of P-384

func (k ecKey) sign(rand io.Reader, p1 byte, data []byte) ([]byte, apdu.SW, error) {
	switch p1 {
	case 0x00:
		if len(data) != sha512.Size384 {
			return nil, apdu.ConditionsNotMet, nil
		}
	case 0x03:
		sum := sha512.Sum384(data)
		data = sum[:]
	default:
		return nil, apdu.NotSupported, nil
	}
	r, s, err := ecdsa.Sign(rand, k.PrivateKey, data)
	if err != nil {
		return nil, apdu.NoDiagnosis, err
	}
	signature := make([]byte, 2*pointSize)
	r.FillBytes(signature[:pointSize])
	s.FillBytes(signature[pointSize:])
	return signature, apdu.OK, nil
}

func (k ecKey) public() []byte {
	b, err := MarshalKey(&k.PublicKey)
	if err != nil { // a key that was made or parsed is on its curve
		panic("iccard: " + err.Error())
	}
	return b
}

// MarshalPublicKey writes an RSA-2048 key with exponent 65537 as the card does in all its objects:
// 90 03 010001 91 820100 and the modulus, 265 bytes.
func MarshalPublicKey(public *rsa.PublicKey) []byte {
	b := apdu.AppendObject(nil, 0x90, big.NewInt(int64(public.E)).FillBytes(make([]byte, 3)))
	return apdu.AppendObject82(b, 0x91, public.N.FillBytes(make([]byte, 256)))
}

// ErrPublicKey says that bytes are not a public key as the card writes it.
var ErrPublicKey = errors.New("iccard: not a public key of the card's form")

// ParseKey reads the public half of a key of either algorithm, *rsa.PublicKey or *ecdsa.PublicKey; the error is ErrPublicKey.
func ParseKey(b []byte) (crypto.PublicKey, error) {
	if len(b) == 0 || b[0] != pointTag {
		return ParsePublicKey(b)
	}
	point, err := ParsePoint(b)
	if err != nil {
		return nil, err
	}
	return ecdsa.ParseUncompressedPublicKey(elliptic.P384(), point.Bytes())
}

// MarshalKey writes the public half of a key of either algorithm as the card does; ErrPublicKey for any other.
func MarshalKey(public crypto.PublicKey) ([]byte, error) {
	switch public := public.(type) {
	case *rsa.PublicKey:
		return MarshalPublicKey(public), nil
	case *ecdsa.PublicKey:
		if point, err := public.ECDH(); err == nil && public.Curve == elliptic.P384() {
			return apdu.AppendObject(nil, pointTag, point.Bytes()), nil
		}
	}
	return nil, ErrPublicKey
}

// pointTag is the object in which a point stands.
const pointTag = 0x86

// ParsePublicKey reads what MarshalPublicKey writes; the error is ErrPublicKey.
func ParsePublicKey(b []byte) (*rsa.PublicKey, error) {
	parts, err := apdu.ParseObjects(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPublicKey, err)
	}
	if len(parts) != 2 || parts[0].Tag != 0x90 || parts[1].Tag != 0x91 || len(parts[0].Value) != 3 || len(parts[1].Value) != 256 {
		return nil, ErrPublicKey
	}
	e := new(big.Int).SetBytes(parts[0].Value)
	return &rsa.PublicKey{N: new(big.Int).SetBytes(parts[1].Value), E: int(e.Int64())}, nil
}

// ParsePoint reads the public half of a P-384 key, the object 86 with the uncompressed point (a form of ours); the error is ErrPublicKey.
func ParsePoint(b []byte) (*ecdh.PublicKey, error) {
	o, rest, err := apdu.ParseObject(b)
	if err != nil || len(rest) != 0 || o.Tag != pointTag {
		return nil, ErrPublicKey
	}
	point, err := ecdh.P384().NewPublicKey(o.Value)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPublicKey, err)
	}
	return point, nil
}
