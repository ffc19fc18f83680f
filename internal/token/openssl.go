//go:build openssl

package token

import (
	"crypto"
	"crypto/rsa"
	"fmt"
	"io"
	"sync"

	"github.com/golang-fips/openssl/v2"
	"github.com/golang-fips/openssl/v2/bbig"

	"mynumber/internal/pki"
)

// Arithmetic is what signs with RSA keys in memory: OpenSSL's library, in a program built with `-tags openssl`. It takes a third of the time
// that Go's takes; ECDSA stays with Go, which is the faster one there.
var Arithmetic pki.Faster = openSSL{}

type openSSL struct{}

// library loads libcrypto once.
var library = sync.OnceValue(func() error {
	if err := openssl.Init("libcrypto.so.3"); err != nil {
		return fmt.Errorf("load OpenSSL's libcrypto.so.3: %w", err)
	}
	return nil
})

// Faster is the same key with its arithmetic done by OpenSSL; other keys come back as they are.
func (openSSL) Faster(key crypto.Signer) (crypto.Signer, error) {
	k, ok := key.(*rsa.PrivateKey)
	if !ok {
		return key, nil
	}
	if err := library(); err != nil {
		return nil, err
	}
	p := k.Precomputed
	made, err := openssl.NewPrivateKeyRSA(bbig.Enc(k.N), openssl.BigInt{uint(k.E)}, bbig.Enc(k.D), bbig.Enc(k.Primes[0]), bbig.Enc(k.Primes[1]), bbig.Enc(p.Dp), bbig.Enc(p.Dq), bbig.Enc(p.Qinv))
	if err != nil {
		return nil, fmt.Errorf("give a key to OpenSSL: %w", err)
	}
	return opensslKey{&k.PublicKey, made}, nil
}

// opensslKey is an RSA key that signs PKCS #1 v1.5.
type opensslKey struct {
	public  *rsa.PublicKey
	private *openssl.PrivateKeyRSA
}

// Public is the public key.
func (k opensslKey) Public() crypto.PublicKey { return k.public }

// Sign is RSASSA-PKCS1-v1_5.
func (k opensslKey) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if _, pss := opts.(*rsa.PSSOptions); pss {
		return nil, fmt.Errorf("sign by OpenSSL: PSS is not asked for here")
	}
	return openssl.SignRSAPKCS1v15(k.private, opts.HashFunc(), digest)
}
