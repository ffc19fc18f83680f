package demo

import (
	"cmp"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"mynumber/internal/certificate"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
	"mynumber/internal/web"
)

// Phone is a phone in software with the app on it. It reads the card as a real one does, over its chip, and keeps its keys in a
// file of the data folder: they belong to invented people.
type Phone struct {
	Kind      procedure.PhoneKind
	algorithm pki.Algorithm
	file      string
	held      phoneFile
}

// phoneFile is what a phone keeps: its private keys in PKCS #8 and its certificates in DER, by kind.
type phoneFile struct {
	Keys         map[string][]byte `json:"keys"`
	New          map[string][]byte `json:"new"` // made, with no certificate yet
	Certificates map[string][]byte `json:"certificates"`
}

// phoneName is what a phone's name may be.
var phoneName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// OpenPhone is the phone of that name in the folder of a data folder's phones; a new one has no keys. Those that it will make are of the
// algorithm.
func OpenPhone(dir, name string, kind procedure.PhoneKind, algorithm pki.Algorithm) (*Phone, error) {
	if !phoneName.MatchString(name) {
		return nil, fmt.Errorf("%q is no name of a phone: 1 to 40 of a-z, 0-9 and -", name)
	}
	p := &Phone{Kind: kind, algorithm: algorithm, file: filepath.Join(dir, name+".json"), held: phoneFile{map[string][]byte{}, map[string][]byte{}, map[string][]byte{}}}
	b, err := os.ReadFile(p.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, nil
	case err != nil:
		return nil, fmt.Errorf("open the phone: %w", err)
	}
	if err := json.Unmarshal(b, &p.held); err != nil {
		return nil, fmt.Errorf("open the phone: %s is damaged: %w", p.file, err)
	}
	return p, nil
}

// Certificate is what the phone has of a kind, in DER; nil when it has none.
func (p *Phone) Certificate(kind certificate.Kind) []byte { return p.held.Certificates[kind.String()] }

// Request makes what the app sends for a procedure: new keys where it takes some, and the signature of the card, whose PIN No.1 is
// typed, or of the phone itself to revoke. *reader.WrongPIN and reader.ErrBlocked are the chip's.
func (p *Phone) Request(ctx context.Context, code rules.Procedure, chips *folder.Cards, cardID, pin string) (office.PhoneRequest, error) {
	r := office.PhoneRequest{Procedure: code, Phone: p.Kind}
	keys, err := p.newKeys(&r)
	if err != nil {
		return r, err
	}
	for i, key := range keys {
		if r.Keys[i].Proof, err = signMessage(key, r.Message()); err != nil {
			return r, err
		}
	}
	if code == rules.PhoneRevoke {
		return r, p.signItself(&r)
	}
	return r, signByCard(ctx, &r, chips, cardID, pin)
}

// newKeys makes the keys that the procedure takes, and keeps them before anybody hears of them.
func (p *Phone) newKeys(r *office.PhoneRequest) ([]crypto.Signer, error) {
	var keys []crypto.Signer
	for _, kind := range office.PhoneKeys(r.Procedure) {
		key, err := p.algorithm.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		public, err := x509.MarshalPKIXPublicKey(key.Public())
		if err != nil {
			return nil, fmt.Errorf("write the public key: %w", err)
		}
		private, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return nil, fmt.Errorf("write the key: %w", err)
		}
		keys, r.Keys = append(keys, key), append(r.Keys, office.PhoneKey{Kind: kind, Public: public})
		p.held.New[kind.String()] = private
	}
	return keys, p.keep()
}

func signMessage(key crypto.Signer, message []byte) ([]byte, error) {
	algorithm, err := pki.AlgorithmOf(key.Public())
	if err != nil {
		return nil, fmt.Errorf("sign on the phone: %w", err)
	}
	signature, err := algorithm.Sign(key, message)
	if err != nil {
		return nil, fmt.Errorf("sign on the phone: %w", err)
	}
	return signature, nil
}

// signItself signs with the phone's own signature key (SPC-021).
func (p *Phone) signItself(r *office.PhoneRequest) error {
	private, err := x509.ParsePKCS8PrivateKey(p.held.Keys[certificate.Signature.String()])
	key, ok := private.(crypto.Signer)
	if err != nil || !ok {
		return fmt.Errorf("the phone has no signature key: %w", office.ErrNotFound)
	}
	r.Certificate = p.Certificate(certificate.Signature)
	r.Signature, err = signMessage(key, r.Message())
	return err
}

// signByCard holds the card to the phone (SPC-003).
func signByCard(ctx context.Context, r *office.PhoneRequest, chips *folder.Cards, cardID, pin string) (err error) {
	chip, done, err := hold(ctx, chips, cardID)
	if err != nil {
		return fmt.Errorf("hold the card to the phone: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	client := reader.NewClient(reader.Direct(chip))
	if err := client.VerifyPIN(reader.SignaturePIN, pin); err != nil {
		return fmt.Errorf("PIN No.1: %w", err)
	}
	if r.Certificate, err = client.ReadCertificate(reader.SignatureKey); err != nil {
		return fmt.Errorf("read the card's certificate: %w", err)
	}
	digest := sha256.Sum256(r.Message())
	if r.Signature, err = client.Sign(reader.SignatureKey, digest[:]); err != nil {
		return fmt.Errorf("let the card sign: %w", err)
	}
	return nil
}

// Take keeps the certificates that were issued.
func (p *Phone) Take(made []certificate.Certificate) error {
	for _, x := range made {
		p.held.Certificates[x.Kind.String()], p.held.Keys[x.Kind.String()] = x.DER, p.held.New[x.Kind.String()]
	}
	return p.keep()
}

// keep writes the phone's file, whole or not at all.
func (p *Phone) keep() error {
	b, err := json.Marshal(p.held)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(p.file), 0o700)
	}
	if err == nil {
		err = os.WriteFile(p.file+".new", b, 0o600)
	}
	if err == nil {
		err = os.Rename(p.file+".new", p.file)
	}
	if err != nil {
		return fmt.Errorf("keep the phone: %w", err)
	}
	return nil
}

// Phone does something in the app on the card's phone of a kind.
func (s *Sandbox) Phone(ctx context.Context, code rules.Procedure, cardID string, kind procedure.PhoneKind, algorithm, pin string) ([]certificate.Certificate, error) {
	of, err := pki.ParseAlgorithm(cmp.Or(algorithm, pki.RSA2048.String()))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", office.ErrNotFound, err)
	}
	phone, err := OpenPhone(s.Phones, string(kind)+"-"+cardID, kind, of)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", office.ErrNotFound, err)
	}
	request, err := phone.Request(ctx, code, s.Chips, cardID, pin)
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong):
		return nil, &web.WrongPIN{TriesLeft: wrong.TriesLeft}
	case errors.Is(err, reader.ErrBlocked):
		return nil, &web.WrongPIN{}
	case err != nil:
		return nil, err
	}
	made, _, err := s.Office.Phone(ctx, request)
	if err != nil {
		return nil, err
	}
	return made, phone.Take(made)
}
