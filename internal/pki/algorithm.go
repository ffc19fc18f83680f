package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha256" // the two hashes that Algorithm.Hash names
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
)

// Algorithm is with what a key generation signs, and of what form the keys are that it certifies. It is part of the
// generation: generations of both algorithms issue side by side (jpki-profiles.md section 12).
type Algorithm uint8

const (
	RSA2048 Algorithm = 1 // RSA 2048, e = 65537, PKCS #1 v1.5 with SHA-256: the card of today
	P384    Algorithm = 2 // ECDSA on P-384 with SHA-384: the next card
)

// Algorithms are all there are, the usual one first.
var Algorithms = []Algorithm{RSA2048, P384}

// ErrAlgorithm says that a name or a key is of no algorithm that is used here.
var ErrAlgorithm = errors.New("neither RSA 2048 with e = 65537 nor ECDSA on P-384")

// algorithmFacts are the constants of an algorithm.
type algorithmFacts struct {
	name       string
	hash       crypto.Hash
	x509       x509.SignatureAlgorithm
	identifier []byte // AlgorithmIdentifier: RSA with NULL (RFC 4055 section 5), ECDSA without parameters (RFC 5758 section 3.2)
	usualSize  int    // octets of the most frequent length of a signature; of RSA there is no other
}

var algorithms = map[Algorithm]algorithmFacts{
	RSA2048: {"rsa2048", crypto.SHA256, x509.SHA256WithRSA, encode(func(b *cryptobyte.Builder) { addAlgorithm(b, oidSHA256WithRSA) }), keyBits / 8},
	P384:    {"p384", crypto.SHA384, x509.ECDSAWithSHA384, encode(func(b *cryptobyte.Builder) { addBareAlgorithm(b, oidECDSAWithSHA384) }), 2 + (2 + p384Octets) + (2 + p384Octets + 1)},
}

// p384Octets are those of a number below the order of P-384. As DER INTEGER it has one more when its first bit is 1.
const p384Octets = 48

// String is the algorithm's identifier: "rsa2048" or "p384".
func (a Algorithm) String() string { return algorithms[a].name }

// Hash is the hash under every signature of the algorithm.
func (a Algorithm) Hash() crypto.Hash { return algorithms[a].hash }

// X509 is the algorithm as crypto/x509 calls it.
func (a Algorithm) X509() x509.SignatureAlgorithm { return algorithms[a].x509 }

// identifier is the AlgorithmIdentifier of a signature; not to be changed.
func (a Algorithm) identifier() []byte { return algorithms[a].identifier }

// digest is the hash of a message as the algorithm wants it.
func (a Algorithm) digest(message []byte) []byte {
	h := a.Hash().New()
	h.Write(message)
	return h.Sum(nil)
}

// ParseAlgorithm reads what String writes; ErrAlgorithm for anything else.
func ParseAlgorithm(name string) (Algorithm, error) {
	for _, a := range Algorithms {
		if a.String() == name {
			return a, nil
		}
	}
	return 0, fmt.Errorf("%w: %q", ErrAlgorithm, name)
}

// MarshalText is String.
func (a Algorithm) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText is ParseAlgorithm.
func (a *Algorithm) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAlgorithm(string(text))
	return err
}

// AlgorithmOf is the algorithm of a public key; ErrAlgorithm for a key of another form, size or exponent.
func AlgorithmOf(key crypto.PublicKey) (Algorithm, error) {
	switch key := key.(type) {
	case *rsa.PublicKey:
		if key != nil && key.N != nil && key.N.Sign() > 0 && key.N.BitLen() == keyBits && key.N.Bit(0) == 1 && key.E == publicExponent {
			return RSA2048, nil
		}
	case *ecdsa.PublicKey:
		if key == nil || key.Curve != elliptic.P384() {
			break
		}
		if _, err := key.ECDH(); err == nil { // the point lies on the curve and is not infinity
			return P384, nil
		}
	}
	return 0, ErrAlgorithm
}

// GenerateKey makes a key in memory. Go draws RSA keys from the system whatever reader it is given.
func (a Algorithm) GenerateKey(rand io.Reader) (key crypto.Signer, err error) {
	switch a {
	case RSA2048:
		key, err = rsa.GenerateKey(rand, keyBits)
	case P384:
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand)
	default:
		return nil, fmt.Errorf("%w: %d", ErrAlgorithm, a)
	}
	if err != nil {
		return nil, fmt.Errorf("make a key of %s: %w", a, err)
	}
	return key, nil
}

// Verify reports whether the key signed the message: PKCS #1 v1.5 with the encoded block compared as a whole, or ECDSA with
// its two numbers in DER.
func (a Algorithm) Verify(key crypto.PublicKey, message, signature []byte) bool {
	return a.verifyDigest(key, a.Hash(), a.digest(message), signature)
}

// verifyDigest is Verify for a digest by a hash that the caller may choose; false for a key of another algorithm.
func (a Algorithm) verifyDigest(key crypto.PublicKey, hash crypto.Hash, digest, signature []byte) bool {
	if of, err := AlgorithmOf(key); err != nil || of != a || len(digest) != hash.Size() {
		return false
	}
	if a == RSA2048 {
		return rsa.VerifyPKCS1v15(key.(*rsa.PublicKey), hash, digest, signature) == nil
	}
	return ecdsa.VerifyASN1(key.(*ecdsa.PublicKey), digest, signature)
}

// Sign signs a message with a key in memory or in a token. A key in memory gives the same signature for the same message: PKCS #1 v1.5
// has no randomness of its own, and ECDSA takes its nonce from key and message (RFC 6979 section 3.2), so that an issue interrupted by a
// crash can be repeated. A token may want a reader for blinding, and draws the nonces of ECDSA itself.
func (a Algorithm) Sign(key crypto.Signer, message []byte) ([]byte, error) {
	return a.signDigest(key, a.digest(message))
}

func (a Algorithm) signDigest(key crypto.Signer, digest []byte) ([]byte, error) {
	random := rand.Reader
	if _, inMemory := key.(*ecdsa.PrivateKey); inMemory {
		random = nil
	}
	signature, err := key.Sign(random, digest, a.Hash())
	if err != nil {
		return nil, fmt.Errorf("sign with a key of %s: %w", a, err)
	}
	return signature, nil
}

// usualTries is how often signUsual signs: one signature in some 250 has a number with leading zeros.
const usualTries = 64

// signUsual is signDigest with a signature of usualSize octets exactly, for a writer that has promised its length already.
// Of an ECDSA signature (r, s) the pair (r, n-s) is as good a signature of the same digest, and of s and n-s one has
// its first bit set: so nearly every signature can be brought to the usual length. For the rest it signs again with a fresh nonce.
func (a Algorithm) signUsual(key crypto.Signer, digest []byte) ([]byte, error) {
	signature, err := a.signDigest(key, digest)
	for range usualTries {
		if err != nil || len(signature) == algorithms[a].usualSize {
			return signature, err
		}
		if signature, err = otherHalf(signature); err != nil {
			return nil, err
		}
		if len(signature) != algorithms[a].usualSize {
			signature, err = key.Sign(rand.Reader, digest, a.Hash())
		}
	}
	return nil, fmt.Errorf("sign with a key of %s: no signature of %d octets in %d tries", a, algorithms[a].usualSize, usualTries)
}

// otherHalf is the ECDSA signature with n-s in place of s.
func otherHalf(signature []byte) ([]byte, error) {
	var pair struct{ R, S *big.Int }
	if rest, err := asn1.Unmarshal(signature, &pair); err != nil || len(rest) > 0 {
		return nil, errors.New("the signer's ECDSA signature is not two numbers in DER")
	}
	pair.S = new(big.Int).Sub(elliptic.P384().Params().N, pair.S)
	return asn1.Marshal(pair)
}

// readAlgorithm reads an AlgorithmIdentifier of a signature; false for one that is not used here.
func readAlgorithm(s *cryptobyte.String) (Algorithm, bool) {
	for _, a := range Algorithms {
		if id := a.identifier(); len(*s) >= len(id) && string((*s)[:len(id)]) == string(id) {
			return a, s.Skip(len(id))
		}
	}
	return 0, false
}

// skip passes over the AlgorithmIdentifier of this very algorithm.
func (a Algorithm) skip(s *cryptobyte.String) bool {
	read, ok := readAlgorithm(s)
	return ok && read == a
}
