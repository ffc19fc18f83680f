package office

import (
	"bytes"
	"context"
	"crypto"
	"crypto/x509"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/pki"
	"mynumber/internal/place"
)

// Authorities are the keys of both certification authorities, opened with the passphrase. A key that is founded while the program runs
// is taken by Refresh. The methods may be called from many goroutines.
type Authorities struct {
	passphrase []byte
	tokens     []Token
	faster     pki.Faster // signs with the keys that are in memory; nil for Go's own arithmetic

	opening sync.Mutex // one Refresh at a time: opening a key costs time and memory
	mu      sync.RWMutex
	all     []*pki.Authority // by kind and generation; replaced as a whole
}

// Token is a token in which keys of the authorities live.
type Token interface {
	pki.Tokens
	// Make is the key with the label, made unless it is there.
	Make(label string, algorithm pki.Algorithm) (crypto.Signer, error)
}

// OpenAuthorities opens the keys that the registers hold; tokens are where keys may live. pki.ErrPassphrase when the passphrase is wrong.
func OpenAuthorities(ctx context.Context, store Store, passphrase []byte, tokens ...Token) (*Authorities, error) {
	out := &Authorities{passphrase: passphrase, tokens: tokens}
	return out, out.Refresh(ctx, store)
}

// Accelerate lets another library sign with the keys that are in memory, and with those that will be opened. It is called before the
// authorities are used.
func (a *Authorities) Accelerate(by pki.Faster) error {
	a.faster = by
	for _, x := range a.All() {
		if err := x.Accelerate(by); err != nil {
			return err
		}
	}
	return nil
}

// Refresh takes the keys that the registers have and that are not open yet. It reads one number when there are none.
func (a *Authorities) Refresh(ctx context.Context, store Store) error {
	if a == nil {
		return nil
	}
	return store.Read(ctx, a.refresh)
}

// refresh is Refresh in a transaction.
func (a *Authorities) refresh(tx Tx) error {
	n, err := tx.CountAuthorities()
	if err != nil || n == len(a.All()) {
		return err
	}
	a.opening.Lock()
	defer a.opening.Unlock()
	sealed, err := tx.Authorities()
	if err != nil {
		return err
	}
	for _, s := range sealed {
		if a.Of(s.Kind, s.Generation) != nil {
			continue
		}
		opened, err := pki.Open(s.Sealed, a.passphrase, a.keyPlaces()...)
		if err != nil {
			return fmt.Errorf("open the authority for %s certificates, key %d: %w", s.Kind, s.Generation, err)
		}
		if a.faster != nil {
			if err := opened.Accelerate(a.faster); err != nil {
				return err
			}
		}
		a.add(opened)
	}
	return nil
}

// issuerOf is the key of an authority that a certificate names as its issuer's; nil for none of these.
func (a *Authorities) issuerOf(kind certificate.Kind, cert *x509.Certificate) *pki.Authority {
	for _, x := range a.All() {
		if x.Kind() == kind && bytes.Equal(x.Certificate().SubjectKeyId, cert.AuthorityKeyId) {
			return x
		}
	}
	return nil
}

// registered is a certificate as the registers have it; ErrNotFound for one that was not issued here. Whether it was really signed by the
// authority that it names is not asked.
func (o *Office) registered(ctx context.Context, kind certificate.Kind, cert *x509.Certificate) (found certificate.Certificate, err error) {
	serial, err := pki.SerialOf(cert.SerialNumber)
	if err != nil {
		return found, ErrNotFound
	}
	if err := o.CAs.Refresh(ctx, o.Store); err != nil {
		return found, err
	}
	a := o.CAs.issuerOf(kind, cert)
	if a == nil {
		return found, ErrNotFound
	}
	counter, ok := a.Counter(serial)
	if !ok {
		return found, ErrNotFound
	}
	err = o.Store.Read(ctx, func(tx Tx) error {
		found, err = tx.Certificate(kind, a.Generation(), counter)
		return err
	})
	return found, err
}

// keyPlaces are the tokens as pki looks for keys in them.
func (a *Authorities) keyPlaces() []pki.Tokens {
	var out []pki.Tokens
	for _, t := range a.tokens {
		out = append(out, t)
	}
	return out
}

// add takes a key; one that is there stays.
func (a *Authorities) add(opened *pki.Authority) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if slices.ContainsFunc(a.all, func(x *pki.Authority) bool { return x.Kind() == opened.Kind() && x.Generation() == opened.Generation() }) {
		return
	}
	a.all = append(slices.Clone(a.all), opened)
	slices.SortFunc(a.all, func(x, y *pki.Authority) int {
		if x.Kind() != y.Kind() {
			return int(x.Kind()) - int(y.Kind())
		}
		return x.Generation() - y.Generation()
	})
}

// Issuing is the authority's newest key of the algorithm that is good at the instant, with which certificates are issued for keys of that
// algorithm; nil where there is none. Keys of both algorithms issue side by side.
func (a *Authorities) Issuing(kind certificate.Kind, algorithm pki.Algorithm, at time.Time) *pki.Authority {
	var newest *pki.Authority
	for _, x := range a.All() {
		if x.Kind() == kind && x.Algorithm() == algorithm && !at.Before(x.Certificate().NotBefore) && (newest == nil || x.Generation() > newest.Generation()) {
			newest = x
		}
	}
	return newest
}

// Of is one key of an authority, nil when there is none.
func (a *Authorities) Of(kind certificate.Kind, generation int) *pki.Authority {
	for _, x := range a.All() {
		if x.Kind() == kind && x.Generation() == generation {
			return x
		}
	}
	return nil
}

// All lists every key by kind and generation; do not change the list.
func (a *Authorities) All() []*pki.Authority {
	if a == nil {
		return nil
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.all
}

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
	for _, x := range a.All() {
		if x.Kind() == kind {
			out = append(out, x.Certificate())
		}
	}
	return out
}

// FoundAuthorities is FoundAuthoritiesFor today's cards.
func FoundAuthorities(ctx context.Context, store Store, passphrase []byte, now time.Time, rand io.Reader, tokens ...Token) error {
	return FoundAuthoritiesFor(ctx, card.Today, store, passphrase, now, rand, tokens...)
}

// FoundAuthoritiesFor holds the first key ceremony of both authorities, if the registers have no key of theirs for cards with such chips,
// sealed with the passphrase. now is the first instant at which they are good.
func FoundAuthoritiesFor(ctx context.Context, chip card.Chip, store Store, passphrase []byte, now time.Time, rand io.Reader, tokens ...Token) error {
	opened, err := OpenAuthorities(ctx, store, passphrase, tokens...)
	if err != nil {
		return err
	}
	o := &Office{Store: store, Clock: func() time.Time { return now }, Rand: rand, CAs: opened}
	for _, kind := range certificate.Kinds {
		r := CeremonyRequest{Kind: kind, Algorithm: KeysOf(chip), Program: "mynumber", Operator: "setup", Missing: true}
		if _, _, err := o.FoundKey(ctx, Console(place.Issuer), r); err != nil {
			return fmt.Errorf("found the authority for %s certificates: %w", kind, err)
		}
	}
	return nil
}
