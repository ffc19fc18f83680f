package main

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/pki"
)

// witnessed is the program with a token of the tests' own, whose keys write down every digest before the signature is given out.
func witnessed() {
	tokensOf = func(f *folder.Folder) ([]office.Token, error) {
		return []office.Token{witnessToken(f.Path("witness"))}, nil
	}
	main()
}

// witnessToken is a folder of keys and a log of what they signed.
type witnessToken string

// witnessedKey is a key of it.
type witnessedKey struct {
	crypto.Signer
	token witnessToken
	label string
}

func (k witnessedKey) Address() string {
	return "pkcs11:token=witness;object=" + k.label + ";type=private"
}

// Sign has the digest on the disk before anybody can have the signature.
func (k witnessedKey) Sign(random io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	log, err := os.OpenFile(filepath.Join(string(k.token), "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(log, "%s %x\n", k.label, digest)
	if err := errors.Join(err, log.Sync(), log.Close()); err != nil {
		return nil, err
	}
	return k.Signer.Sign(random, digest, opts)
}

func (w witnessToken) Key(address string) (crypto.Signer, error) {
	label := strings.TrimSuffix(strings.TrimPrefix(address, "pkcs11:token=witness;object="), ";type=private")
	der, err := os.ReadFile(filepath.Join(string(w), label+".p8"))
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	return witnessedKey{key.(crypto.Signer), w, label}, nil
}

func (w witnessToken) Make(label string, algorithm pki.Algorithm) (crypto.Signer, error) {
	key, err := w.Key("pkcs11:token=witness;object=" + label + ";type=private")
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	made, err := algorithm.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(made)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(string(w), label+".p8")
	if err := errors.Join(os.MkdirAll(string(w), 0o700), os.WriteFile(file+".new", der, 0o600), os.Rename(file+".new", file)); err != nil {
		return nil, err
	}
	return witnessedKey{made, w, label}, nil
}
