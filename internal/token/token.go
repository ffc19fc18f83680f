// Package token keeps the authorities' keys in a PKCS#11 token: a hardware security module, or SoftHSM. A key is made in the token and
// never leaves it; what is kept of it elsewhere is its address (RFC 7512). The module is loaded only by a program that was built with
// `-tags hsm`, because that takes a C compiler; any other program says so when it meets such an address.
package token

import (
	"crypto"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"

	"mynumber/internal/pki"
)

var (
	// ErrNotBuilt says that the program cannot load a token's module.
	ErrNotBuilt = errors.New("this program was built without -tags hsm: it cannot use keys in a token")
	// ErrAddress says that a text is not the address of a key in a token.
	ErrAddress = errors.New("not the address of a key in a token (pkcs11:token=…;object=…)")
	// ErrOtherToken says that an address is of another token than the configured one.
	ErrOtherToken = errors.New("the key is in another token")
	// ErrNoKey says that the token has no such key.
	ErrNoKey = errors.New("the token has no such key")
)

// Config says where a token is and who may use it.
type Config struct {
	Module  string `json:"module"`   // path of the PKCS#11 library
	Label   string `json:"label"`    // of the token; slot numbers change
	PINFile string `json:"pin_file"` // file with the user's PIN; the PIN itself is kept nowhere else
}

// Address is where a key is: the token's label, and the object's.
type Address struct{ Token, Object string }

// String is the address as RFC 7512 section 2.3 writes it.
func (a Address) String() string {
	return "pkcs11:token=" + escape(a.Token) + ";object=" + escape(a.Object) + ";type=private"
}

// ParseAddress reads what String writes; ErrAddress for anything else.
func ParseAddress(text string) (Address, error) {
	var a Address
	rest, ok := strings.CutPrefix(text, "pkcs11:")
	if ok {
		for part := range strings.SplitSeq(rest, ";") {
			name, value, _ := strings.Cut(part, "=")
			plain, err := url.PathUnescape(value)
			if err != nil {
				return Address{}, fmt.Errorf("%w: %w", ErrAddress, err)
			}
			switch name {
			case "token":
				a.Token = plain
			case "object":
				a.Object = plain
			}
		}
	}
	if a.Token == "" || a.Object == "" || a.String() != text {
		return Address{}, fmt.Errorf("%w: %q", ErrAddress, text)
	}
	return a, nil
}

// escape writes everything but unreserved characters in percent form.
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// Key is a key in a token. It signs; it cannot be read.
type Key struct {
	crypto.Signer
	at Address
}

// Address is where the key lives, for what is kept in its place.
func (k Key) Address() string { return k.at.String() }

// Token is a token that is opened when its first key is asked for. Its methods may be called from many goroutines.
type Token struct {
	config Config
	mu     sync.Mutex
	opened module
}

// module is an opened token.
type module interface {
	// find is the key with the label; nil for none.
	find(label string) (crypto.Signer, error)
	make(label string, algorithm pki.Algorithm) (crypto.Signer, error)
	close() error
}

// New is the token of a configuration. Nothing is opened yet.
func New(c Config) *Token { return &Token{config: c} }

// open loads the module and logs in.
func (t *Token) open() (module, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.opened != nil {
		return t.opened, nil
	}
	pin, err := os.ReadFile(t.config.PINFile)
	if err != nil {
		return nil, fmt.Errorf("read the token's PIN: %w", err)
	}
	opened, err := load(t.config, strings.TrimRight(string(pin), "\r\n"))
	if err != nil {
		return nil, fmt.Errorf("open the token %q: %w", t.config.Label, err)
	}
	t.opened = opened
	return opened, nil
}

// Key is the key at an address. ErrAddress, ErrOtherToken, ErrNoKey, ErrNotBuilt, or what the module says.
func (t *Token) Key(address string) (crypto.Signer, error) {
	at, err := ParseAddress(address)
	if err != nil {
		return nil, err
	}
	if at.Token != t.config.Label {
		return nil, fmt.Errorf("%w: %q", ErrOtherToken, at.Token)
	}
	m, err := t.open()
	if err != nil {
		return nil, err
	}
	key, err := m.find(at.Object)
	switch {
	case err != nil:
		return nil, fmt.Errorf("look for the key %q: %w", at.Object, err)
	case key == nil:
		return nil, fmt.Errorf("%w: %q", ErrNoKey, at.Object)
	}
	return Key{key, at}, nil
}

// Make is the key of the algorithm with the label. It is made unless it is there: a ceremony that was cut off before its record was
// written left one that nobody has used, and two keys of one label could not be told apart.
func (t *Token) Make(label string, algorithm pki.Algorithm) (crypto.Signer, error) {
	m, err := t.open()
	if err != nil {
		return nil, err
	}
	key, err := m.find(label)
	if err == nil && key == nil {
		key, err = m.make(label, algorithm)
	}
	if err != nil {
		return nil, fmt.Errorf("make the key %q: %w", label, err)
	}
	if of, err := pki.AlgorithmOf(key.Public()); err != nil || of != algorithm {
		return nil, fmt.Errorf("make the key %q: the token has one that is not of %s", label, algorithm)
	}
	return Key{key, Address{t.config.Label, label}}, nil
}

// Close logs out and lets the module go. A token that was never opened has nothing to close.
func (t *Token) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.opened == nil {
		return nil
	}
	opened := t.opened
	t.opened = nil
	return opened.close()
}
