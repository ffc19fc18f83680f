package office

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/place"
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
			a, err := pki.NewAuthority(kind, 1, now, rand)
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

// Issuing is the authority's newest key, with which certificates are issued; nil before it was founded.
func (a *Authorities) Issuing(kind certificate.Kind) *pki.Authority {
	var newest *pki.Authority
	for _, x := range a.all {
		if x.Kind() == kind && (newest == nil || x.Generation() > newest.Generation()) {
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

// PartitionOf is the revocation list's partition of a municipality, by its five digits on a day.
func PartitionOf(code5 string, on civil.Date) (pki.Partition, error) {
	code, err := place.WithCheckDigit(code5)
	if err != nil {
		return pki.Partition{}, err
	}
	m, err := place.LookupMunicipality(code, on)
	if err != nil {
		return pki.Partition{}, err
	}
	return pki.Partition{Code: code5, Prefecture: m.PrefectureRomaji, Municipality: m.Romaji}, nil
}

// OCSP answers a request about certificates (CERT-031): at once, whatever the last list says.
func (o *Office) OCSP(ctx context.Context, request []byte) (pki.Answer, error) {
	now := o.Clock()
	for _, a := range o.CAs.All() {
		if a.ResponderDue(now) {
			if err := a.RenewResponder(now); err != nil && !errors.Is(err, pki.ErrAuthorityPeriod) {
				return pki.Answer{}, fmt.Errorf("renew the responder's certificate: %w", err)
			}
		}
	}
	responder, err := pki.NewResponder(func(kind certificate.Kind, generation int, serial pki.Serial) (pki.Status, error) {
		return o.certificateStatus(ctx, kind, generation, serial)
	}, o.CAs.All()...)
	if err != nil {
		return pki.Answer{}, fmt.Errorf("start the responder: %w", err)
	}
	return responder.Respond(now, request), nil
}

// certificateStatus is what the outside hears of a certificate: nothing before its card is handed over.
func (o *Office) certificateStatus(ctx context.Context, kind certificate.Kind, generation int, serial pki.Serial) (pki.Status, error) {
	status := pki.Status{State: pki.Unknown}
	authority := o.CAs.Of(kind, generation)
	counter, ok := authority.Counter(serial)
	if !ok {
		return status, nil
	}
	var c certificate.Certificate
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		c, err = tx.Certificate(kind, generation, counter)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return status, nil
	}
	if err != nil {
		return status, err
	}
	switch known, good := c.State.Outside(); {
	case known && good:
		status.State = pki.Good
	case known:
		status = pki.Status{State: pki.Revoked, At: c.EndedAt, Reason: c.Reason}
	}
	return status, nil
}

// crlLife is how long a list can be used: a day and a night more than the day until the next one, so that a run
// that fails once does not stop anybody (jpki-profiles.md section 6, proposal).
const crlLife = 48 * time.Hour

// CRL is the revocation list of a partition for the day of the clock: made once a day of what was revoked before
// midnight in Japan, whoever asks first (CERT-030, CERT-032, CERT-033). It comes out the same at any hour, so
// that it does not matter whether the nightly batch or a reader caused it. After the authority's own end it is the last
// list, ErrNotFound where there is none.
func (o *Office) CRL(ctx context.Context, kind certificate.Kind, generation int, code5 string) (CRL, error) {
	authority := o.CAs.Of(kind, generation)
	if authority == nil {
		return CRL{}, ErrNotFound
	}
	today := civil.DateOf(o.Clock())
	partition, err := PartitionOf(code5, today)
	if err != nil {
		return CRL{}, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	midnight := today.Start().UTC()
	if midnight.Before(authority.Certificate().NotBefore) {
		midnight = authority.Certificate().NotBefore.UTC()
	}
	var list CRL
	current := func(tx Tx) (bool, error) {
		var err error
		list, err = tx.CRL(kind, generation, code5)
		if errors.Is(err, ErrNotFound) {
			return false, nil
		}
		return err == nil && !list.ThisUpdate.Before(midnight), err
	}
	var fresh bool
	err = o.Store.Read(ctx, func(tx Tx) error {
		var err error
		fresh, err = current(tx)
		return err
	})
	if err != nil || fresh {
		return list, err
	}
	if ended(authority, today) {
		// The key signs no more: the last list it signed stays, and where there is none there will be none.
		if list.Number == 0 {
			err = ErrNotFound
		}
		return list, err
	}
	err = o.Store.Write(ctx, func(tx Tx) error {
		if fresh, err := current(tx); err != nil || fresh {
			return err
		}
		next := CRL{Kind: kind, Generation: generation, Partition: code5, Number: list.Number + 1, ThisUpdate: midnight, NextUpdate: midnight.Add(crlLife)}
		var der bytes.Buffer
		err := authority.WriteCRL(&der, pki.CRL{
			Partition: partition, URLs: o.urls(), Number: uint64(next.Number), ThisUpdate: next.ThisUpdate, NextUpdate: next.NextUpdate,
			Entries: revokedEntries(tx, kind, generation, code5, midnight),
		})
		if err != nil {
			return fmt.Errorf("sign the revocation list: %w", err)
		}
		next.DER = der.Bytes()
		list = next
		return tx.PutCRL(next)
	})
	return list, err
}

// ended reports that the authority's own certificate is over when the day begins.
func ended(a *pki.Authority, today civil.Date) bool {
	return today.Start().After(a.Certificate().NotAfter)
}

// urls are the public addresses that stand in certificates.
func (o *Office) urls() pki.URLs { return pki.URLs{Base: o.URL} }

// revokedEntries yields the lines of a list.
func revokedEntries(tx Tx, kind certificate.Kind, generation int, partition string, before time.Time) pki.Entries {
	return func(yield func(pki.RevokedEntry, error) bool) {
		for c, err := range tx.Revoked(kind, generation, partition, before) {
			entry := pki.RevokedEntry{At: c.EndedAt, Reason: c.Reason}
			if err == nil {
				err = entry.Serial.UnmarshalText([]byte(c.Serial))
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}

// PublishCRLs makes today's lists of all partitions in which certificates were issued. It can be repeated.
func (o *Office) PublishCRLs(ctx context.Context) (int, error) {
	published := 0
	today := civil.DateOf(o.Clock())
	for _, a := range o.CAs.All() {
		if ended(a, today) {
			continue
		}
		var partitions []string
		err := o.Store.Read(ctx, func(tx Tx) error {
			var err error
			partitions, err = tx.Partitions(a.Kind(), a.Generation())
			return err
		})
		if err != nil {
			return published, err
		}
		for _, p := range partitions {
			if _, err := o.CRL(ctx, a.Kind(), a.Generation(), p); err != nil {
				return published, fmt.Errorf("publish the list of %s: %w", p, err)
			}
			published++
		}
	}
	return published, nil
}
