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
	"sync"
)

// Vault encrypts Individual Numbers, resident record codes and what messages say at rest (AES-256-GCM) and makes the keyed
// hashes by which numbers are looked up. Its keys lie in a file outside the registers. There may be several while they are
// changed: the newest seals, all of them open and find.
type Vault struct {
	keys Keys
	rand io.Reader

	mu   sync.RWMutex
	ring []*vaultKey // the newest first
}

// Keys is where the vault's keys lie. Changed is asked before every seal, so it has to be cheap.
type Keys interface {
	Load() ([]Key, error) // the newest last
	Changed() bool        // since Load
}

// Key is one of the vault's keys. ID 0 is that of an installation whose key was never changed; what it sealed bears no ID.
type Key struct {
	ID     byte
	Secret []byte
}

// VaultKeySize is the length of a key in bytes.
const VaultKeySize = 32

type vaultKey struct {
	id   byte
	aead cipher.AEAD
	look []byte
}

// oneKey is a key that never changes.
type oneKey []byte

func (k oneKey) Load() ([]Key, error) { return []Key{{Secret: k}}, nil }
func (oneKey) Changed() bool          { return false }

// NewVault is a vault with one key.
func NewVault(secret []byte, rand io.Reader) (*Vault, error) { return OpenVault(oneKey(secret), rand) }

// OpenVault is a vault with the keys of a file.
func OpenVault(keys Keys, rand io.Reader) (*Vault, error) {
	v := &Vault{keys: keys, rand: rand}
	return v, v.load()
}

// load reads the keys anew.
func (v *Vault) load() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	keys, err := v.keys.Load()
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		return errors.New("the registers have no key")
	}
	ring := make([]*vaultKey, len(keys))
	for i, k := range keys {
		if ring[len(keys)-1-i], err = newVaultKey(k); err != nil {
			return err
		}
	}
	v.ring = ring
	return nil
}

// newVaultKey derives the two keys from the secret.
func newVaultKey(k Key) (*vaultKey, error) {
	if len(k.Secret) != VaultKeySize {
		return nil, fmt.Errorf("the registers' key has %d bytes, want %d", len(k.Secret), VaultKeySize)
	}
	derive := func(purpose string) ([]byte, error) {
		return hkdf.Key(sha256.New, k.Secret, nil, "mynumber registers "+purpose, 32)
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
	return &vaultKey{k.ID, aead, look}, nil
}

// all are the keys, the newest first, read anew when their file was changed.
func (v *Vault) all() []*vaultKey {
	if v.keys.Changed() {
		if err := v.load(); err != nil {
			return v.now() // a file that is being written, or is gone: those in memory are still right
		}
	}
	return v.now()
}

func (v *Vault) now() []*vaultKey {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.ring
}

// sealedBy marks what a key with an ID sealed: the mark, the ID, the nonce, the text.
const sealedBy = 1

// seal encrypts for one place: what was sealed for another column or row does not open here.
// Empty text stays nil.
func (v *Vault) seal(text, place string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	k := v.all()[0]
	head := []byte{}
	if k.id != 0 {
		head = []byte{sealedBy, k.id}
	}
	n := len(head)
	out := append(head, make([]byte, k.aead.NonceSize())...)
	if _, err := io.ReadFull(v.rand, out[n:]); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return k.aead.Seal(out, out[n:], []byte(text), []byte(place)), nil
}

// errSealed says that a sealed value does not open: another key, another place, or a changed byte.
var errSealed = errors.New("a sealed value does not open with this key")

func (v *Vault) open(sealed []byte, place string) (string, error) {
	text, _, err := v.openedBy(sealed, place)
	return text, err
}

// openedBy opens, and says which key did.
func (v *Vault) openedBy(sealed []byte, place string) (string, byte, error) {
	if len(sealed) == 0 {
		return "", v.now()[0].id, nil
	}
	for range 2 {
		for _, k := range v.now() {
			if text, ok := k.open(sealed, place); ok {
				return text, k.id, nil
			}
		}
		if !v.keys.Changed() || v.load() != nil {
			break
		}
	}
	return "", 0, errSealed
}

func (k *vaultKey) open(sealed []byte, place string) (string, bool) {
	if k.id != 0 {
		if len(sealed) < 2 || sealed[0] != sealedBy || sealed[1] != k.id {
			return "", false
		}
		sealed = sealed[2:]
	}
	n := k.aead.NonceSize()
	if len(sealed) < n {
		return "", false
	}
	text, err := k.aead.Open(nil, sealed[:n], sealed[n:], []byte(place))
	return string(text), err == nil
}

// hash is the keyed hash under which a value is kept; nil for empty text.
func (v *Vault) hash(text string) *string { return v.all()[0].hash(text) }

// hashes are all under which it may be kept while the keys are changed, the newest first; none for empty text.
func (v *Vault) hashes(text string) []any {
	var out []any
	for _, k := range v.all() {
		if h := k.hash(text); h != nil {
			out = append(out, *h)
		}
	}
	return out
}

func (k *vaultKey) hash(text string) *string {
	if text == "" {
		return nil
	}
	mac := hmac.New(sha256.New, k.look)
	mac.Write([]byte(text))
	sum := hex.EncodeToString(mac.Sum(nil))
	return &sum
}
