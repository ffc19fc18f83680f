package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/place"
)

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
