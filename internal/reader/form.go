package reader

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/asn1"
	"fmt"
	"math/big"

	"mynumber/internal/iccard"
)

// form is how a key of a chip signs: which hash, what COMPUTE DIGITAL SIGNATURE is given, and what it answers.
type form struct {
	hash   crypto.Hash
	prefix []byte // before the digest
	point  bool   // the answer is r and s
}

var (
	formRSA  = form{hash: crypto.SHA256, prefix: digestInfo}
	formP384 = form{hash: crypto.SHA384, point: true}
)

// formOf is that of a public key; an error for one that no chip has.
func formOf(public crypto.PublicKey) (form, error) {
	switch public.(type) {
	case *rsa.PublicKey:
		return formRSA, nil
	case *ecdsa.PublicKey:
		return formP384, nil
	}
	return form{}, iccard.ErrPublicKey
}

// formFor is that of a digest, by its length; ErrDigest for any other.
func formFor(digest []byte) (form, error) {
	for _, f := range []form{formRSA, formP384} {
		if len(digest) == f.hash.Size() {
			return f, nil
		}
	}
	return form{}, ErrDigest
}

func (f form) digest(message []byte) []byte {
	h := f.hash.New()
	h.Write(message)
	return h.Sum(nil)
}

// input is what the chip is given to sign.
func (f form) input(digest []byte) []byte { return append(bytes.Clone(f.prefix), digest...) }

// signature is the chip's answer in the form in which signatures travel: of ECDSA two numbers in DER.
func (f form) signature(answer []byte) ([]byte, error) {
	if !f.point {
		return answer, nil
	}
	if len(answer) == 0 || len(answer)%2 != 0 {
		return nil, fmt.Errorf("%w: signature of %d bytes", ErrObject, len(answer))
	}
	half := len(answer) / 2
	return asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(answer[:half]), new(big.Int).SetBytes(answer[half:])})
}

// check checks the chip's answer for a message; ErrForged if it is no signature of the key.
func (f form) check(public crypto.PublicKey, message, answer []byte) error {
	signature, err := f.signature(answer)
	if err != nil {
		return err
	}
	switch public := public.(type) {
	case *rsa.PublicKey:
		return checkSignature(public, message, signature)
	case *ecdsa.PublicKey:
		if ecdsa.VerifyASN1(public, f.digest(message), signature) {
			return nil
		}
	}
	return ErrForged
}
