package reader

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
)

// Signer is a card's key as crypto.Signer: it gives out digests to the chip, and the chip signs.
type Signer struct {
	Certificate []byte // in DER, as the card has it
	client      *Client
	key         Key
	public      crypto.PublicKey
}

// ErrDigest says that the card's key was asked to sign a digest of another kind than it signs.
var ErrDigest = errors.New("the card signs SHA-256 digests with RSA keys and SHA-384 digests with P-384 keys")

// Signer reads the certificate of a key; the key's PIN must be verified before anything is signed (VerifyPIN), for the
// signature key already now, because its certificate holds the four items.
func (c *Client) Signer(key Key) (*Signer, error) {
	der, err := c.ReadCertificate(key)
	if err != nil {
		return nil, fmt.Errorf("read the card's certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the card's certificate: %w", err)
	}
	return &Signer{der, c, key, cert.PublicKey}, nil
}

// Public is the certificate's key.
func (s *Signer) Public() crypto.PublicKey { return s.public }

// Sign lets the chip sign a digest.
func (s *Signer) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	form, err := formOf(s.public)
	if err != nil || opts.HashFunc() != form.hash {
		return nil, ErrDigest
	}
	return s.client.Sign(s.key, digest)
}
