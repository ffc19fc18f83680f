package reader

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// KeyID names a key of the face and text authorities: seven digits, 08 05, three digits, four bytes 00.
type KeyID [16]byte

// Our key ids begin with 9: real ones begin with 5, those of the JPKI test environment with 6, so that
// none of our objects can pass for theirs.
var (
	rootKeyID = newKeyID("9000020")
	faceKeyID = newKeyID("9000024")
	textKeyID = newKeyID("9000034")
)

func newKeyID(number string) (id KeyID) {
	copy(id[:], number+"\x08\x05000")
	return id
}

// Authority is who signs what stands on cards besides certificates: face data, text data, and the
// card-verifiable certificates of those two keys. The keys are RSA-2048 with exponent 65537. A signer
// must also accept a ready DigestInfo (crypto.Hash(0)), because the face is signed in a form of its own.
type Authority struct {
	Root, Face, Text crypto.Signer
}

// NewAuthority makes an authority with keys in memory, for the demo and for tests.
func NewAuthority() (*Authority, error) {
	var keys [3]*rsa.PrivateKey
	for i := range keys {
		var err error
		if keys[i], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return nil, fmt.Errorf("reader: %w", err)
		}
	}
	return &Authority{Root: keys[0], Face: keys[1], Text: keys[2]}, nil
}

// signer signs what it is given: a message, or where that is said a DigestInfo.
type signer func([]byte) ([]byte, error)

// errKeySize says that a key does not fit the objects on the card.
var errKeySize = errors.New("reader: a key of the authority is not RSA-2048 with exponent 65537")

// message is sha256WithRSA.
func message(key crypto.Signer) signer {
	return func(m []byte) ([]byte, error) {
		sum := sha256.Sum256(m)
		return signWith(key, sum[:], crypto.SHA256)
	}
}

// digest signs a DigestInfo as it is.
func digest(key crypto.Signer) signer {
	return func(info []byte) ([]byte, error) { return signWith(key, info, crypto.Hash(0)) }
}

func signWith(key crypto.Signer, digest []byte, hash crypto.Hash) ([]byte, error) {
	signature, err := key.Sign(rand.Reader, digest, hash)
	if err != nil {
		return nil, fmt.Errorf("reader: sign card data: %w", err)
	}
	return signature, nil
}

func publicBytes(key crypto.Signer) ([]byte, error) {
	public, ok := key.Public().(*rsa.PublicKey)
	if !ok || public.Size() != 256 || public.E != 65537 {
		return nil, errKeySize
	}
	return iccard.MarshalPublicKey(public), nil
}

// SignerCertificate is the card-verifiable certificate of a key that signs face or text data.
type SignerCertificate struct {
	Issuer, Subject KeyID
	Key             *rsa.PublicKey
}

// ReadSigner reads iccard.FaceSigner or iccard.TextSigner, which no PIN protects, and checks it with
// the root's key. ErrForged if the root did not sign it.
func (c *Client) ReadSigner(ef iccard.EF, root *rsa.PublicKey) (*SignerCertificate, error) {
	file, err := c.ReadFile(ef)
	if err != nil {
		return nil, err
	}
	return parseSigner(file, root)
}

func parseSigner(file []byte, root *rsa.PublicKey) (*SignerCertificate, error) {
	parts, err := children(file, 0x7F21, 0x5F4E, 0x5F37)
	if err != nil {
		return nil, err
	}
	body := parts[0].Value
	if len(body) != 297 {
		return nil, fmt.Errorf("%w: certificate body of %d bytes", ErrObject, len(body))
	}
	if err := checkSignature(root, body, parts[1].Value); err != nil {
		return nil, err
	}
	key, err := iccard.ParsePublicKey(body[32:])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrObject, err)
	}
	return &SignerCertificate{KeyID(body[:16]), KeyID(body[16:32]), key}, nil
}

// signerFile is the card-verifiable certificate of a key, signed by the root over its body of 297 bytes.
func (a *Authority) signerFile(subject KeyID, key crypto.Signer) ([]byte, error) {
	public, err := publicBytes(key)
	if err != nil {
		return nil, err
	}
	body := bytes.Join([][]byte{rootKeyID[:], subject[:], public}, nil)
	signature, err := message(a.Root)(body)
	if err != nil {
		return nil, err
	}
	inner := apdu.AppendObject82(nil, 0x5F4E, body)
	return apdu.AppendObject82(nil, 0x7F21, apdu.AppendObject82(inner, 0x5F37, signature)), nil
}
