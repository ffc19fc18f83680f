package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// Vault encrypts Individual Numbers and resident record codes at rest (AES-256-GCM) and makes the keyed
// hashes by which they are looked up. Its one secret lies in a key file outside the registers.
type Vault struct {
	aead cipher.AEAD
	look []byte
	rand io.Reader
}

// VaultKeySize is the length of the secret in bytes.
const VaultKeySize = 32

// NewVault derives the two keys from the secret.
func NewVault(secret []byte, rand io.Reader) (*Vault, error) {
	if len(secret) != VaultKeySize {
		return nil, fmt.Errorf("the registers' key has %d bytes, want %d", len(secret), VaultKeySize)
	}
	derive := func(purpose string) ([]byte, error) {
		return hkdf.Key(sha256.New, secret, nil, "mynumber registers "+purpose, 32)
	}
	seal, err := derive("seal")
	if err != nil {
		return nil, fmt.Errorf("derive the sealing key: %w", err)
	}
	look, err := derive("look-up")
	if err != nil {
		return nil, fmt.Errorf("derive the look-up key: %w", err)
	}
	block, err := aes.NewCipher(seal)
	if err != nil {
		return nil, fmt.Errorf("start the cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("start the cipher: %w", err)
	}
	return &Vault{aead: aead, look: look, rand: rand}, nil
}

// seal encrypts for one place: what was sealed for another column or row does not open here.
// Empty text stays nil.
func (v *Vault) seal(text, place string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	nonce := make([]byte, v.aead.NonceSize())
	if _, err := io.ReadFull(v.rand, nonce); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return v.aead.Seal(nonce, nonce, []byte(text), []byte(place)), nil
}

// errSealed says that a sealed value does not open: another key, another place, or a changed byte.
var errSealed = errors.New("a sealed value does not open with this key")

func (v *Vault) open(sealed []byte, place string) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	n := v.aead.NonceSize()
	if len(sealed) < n {
		return "", errSealed
	}
	text, err := v.aead.Open(nil, sealed[:n], sealed[n:], []byte(place))
	if err != nil {
		return "", errSealed
	}
	return string(text), nil
}

// hash is the keyed hash by which a value is found; nil for empty text.
func (v *Vault) hash(text string) *string {
	if text == "" {
		return nil
	}
	mac := hmac.New(sha256.New, v.look)
	mac.Write([]byte(text))
	sum := hex.EncodeToString(mac.Sum(nil))
	return &sum
}
