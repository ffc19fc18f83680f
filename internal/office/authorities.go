package office

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// Authorities are the keys of both certification authorities, opened with the passphrase.
type Authorities struct{ all []*pki.Authority }

// FoundAuthorities makes the first key of both authorities, if the registers have none, sealed with the passphrase.
// now is the first instant at which they are good; with the authority row and its key in one transaction
// nothing is half founded.
func FoundAuthorities(ctx context.Context, store Store, passphrase []byte, now time.Time, rand io.Reader) error {
	return store.Write(ctx, func(tx Tx) error {
		have, err := tx.Authorities()
		if err != nil || len(have) > 0 {
			return err
		}
		for _, kind := range certificate.Kinds {
			a, err := pki.NewAuthority(kind, 1, pki.RSA2048, now, rand)
			if err != nil {
				return fmt.Errorf("found the authority for %s certificates: %w", kind, err)
			}
			sealed, err := a.Seal(passphrase, rand)
			if err != nil {
				return fmt.Errorf("seal the authority for %s certificates: %w", kind, err)
			}
			if err := tx.PutAuthority(SealedAuthority{Kind: kind, Generation: 1, Sealed: sealed, Created: now}); err != nil {
				return err
			}
		}
		return nil
	})
}

// OpenAuthorities opens the keys that the registers hold. pki.ErrPassphrase when the passphrase is wrong.
func OpenAuthorities(ctx context.Context, store Store, passphrase []byte) (*Authorities, error) {
	var sealed []SealedAuthority
	if err := store.Read(ctx, func(tx Tx) error {
		var err error
		sealed, err = tx.Authorities()
		return err
	}); err != nil {
		return nil, err
	}
	out := &Authorities{}
	for _, s := range sealed {
		a, err := pki.Open(s.Sealed, passphrase)
		if err != nil {
			return nil, fmt.Errorf("open the authority for %s certificates, key %d: %w", s.Kind, s.Generation, err)
		}
		out.all = append(out.all, a)
	}
	return out, nil
}

// Issuing is the authority's newest key of the algorithm, with which certificates are issued for keys of that algorithm; nil before
// it was founded. Keys of both algorithms issue side by side.
func (a *Authorities) Issuing(kind certificate.Kind, algorithm pki.Algorithm) *pki.Authority {
	var newest *pki.Authority
	for _, x := range a.all {
		if x.Kind() == kind && x.Algorithm() == algorithm && (newest == nil || x.Generation() > newest.Generation()) {
			newest = x
		}
	}
	return newest
}

// Of is one key of an authority, nil when there is none.
func (a *Authorities) Of(kind certificate.Kind, generation int) *pki.Authority {
	for _, x := range a.all {
		if x.Kind() == kind && x.Generation() == generation {
			return x
		}
	}
	return nil
}

// All lists every key.
func (a *Authorities) All() []*pki.Authority { return a.all }

// Begins is the first instant of a key; ErrNotFound when there is none.
func (a *Authorities) Begins(kind certificate.Kind, generation int) (time.Time, error) {
	if x := a.Of(kind, generation); x != nil {
		return x.Certificate().NotBefore, nil
	}
	return time.Time{}, ErrNotFound
}

// Certificates are the self-signed certificates of a kind, which a relying party pins.
func (a *Authorities) Certificates(kind certificate.Kind) []*x509.Certificate {
	var out []*x509.Certificate
	for _, x := range a.all {
		if x.Kind() == kind {
			out = append(out, x.Certificate())
		}
	}
	return out
}
