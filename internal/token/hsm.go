//go:build hsm

package token

import (
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"

	"github.com/ThalesGroup/crypto11"

	"mynumber/internal/pki"
)

// Built says that the program can load a token's module.
const Built = true

// hsm is a token behind its PKCS#11 library, with a pool of sessions.
type hsm struct{ context *crypto11.Context }

func load(c Config, pin string) (module, error) {
	context, err := crypto11.Configure(&crypto11.Config{Path: c.Module, TokenLabel: c.Label, Pin: pin})
	if err != nil {
		return nil, err
	}
	return hsm{context}, nil
}

func (h hsm) find(label string) (crypto.Signer, error) {
	keys, err := h.context.FindKeyPairs(nil, []byte(label))
	switch {
	case err != nil || len(keys) == 0:
		return nil, err
	case len(keys) > 1:
		return nil, fmt.Errorf("the token has %d keys of that label", len(keys))
	}
	return keys[0], nil
}

func (h hsm) make(label string, algorithm pki.Algorithm) (crypto.Signer, error) {
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		return nil, fmt.Errorf("draw an id: %w", err)
	}
	switch algorithm {
	case pki.RSA2048:
		return h.context.GenerateRSAKeyPairWithLabel(id, []byte(label), 2048)
	case pki.P384:
		return h.context.GenerateECDSAKeyPairWithLabel(id, []byte(label), elliptic.P384())
	}
	return nil, fmt.Errorf("%w: %d", pki.ErrAlgorithm, algorithm)
}

func (h hsm) close() error { return h.context.Close() }
