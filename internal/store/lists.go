package store

import (
	"database/sql"
	"fmt"
	"iter"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// revocationColumns are what a list needs of a certificate; its bytes are not touched.
const revocationColumns = "counter, serial, state, carrier, until, ended_at, reason"

func scanRevocation(s scanner) (office.Revocation, error) {
	var r office.Revocation
	var counter int64
	var until string
	var endedAt, reason sql.NullInt64
	if err := s.Scan(&counter, &r.Serial, &r.State, &r.Carrier, &until, &endedAt, &reason); err != nil {
		return r, err
	}
	r.Counter, r.Reason = uint64(counter), certificate.Reason(reason.Int64)
	if endedAt.Valid {
		r.EndedAt = instant(endedAt.Int64)
	}
	var err error
	if r.Until, err = civil.Parse(until); err != nil {
		return r, fmt.Errorf("certificate %s: %w", r.Serial, err)
	}
	return r, nil
}

// Revoked yields a whole list: what was not good before the instant, but for certificates whose last day was before the day.
func (t *tx) Revoked(kind certificate.Kind, generation int, partition string, before time.Time, endedBefore civil.Date) iter.Seq2[office.Revocation, error] {
	scan := func(s scanner) (office.Revocation, error) {
		var r office.Revocation
		var endedAt int64
		err := s.Scan(&r.Serial, &endedAt, &r.Reason)
		r.EndedAt = instant(endedAt)
		return r, err
	}
	return each(t, scan, `SELECT serial, ended_at, reason FROM certificate
		WHERE kind = $1 AND generation = $2 AND partition = $3 AND ended_at IS NOT NULL AND ended_at < $4 AND until >= $5 ORDER BY serial`,
		int(kind), generation, partition, micros(before), day(endedBefore))
}

// RevokedCount is how many entries Revoked has: all, those with a reason to be named, those from the year 2050 on.
func (t *tx) RevokedCount(kind certificate.Kind, generation int, partition string, before time.Time, endedBefore civil.Date) (all, reasoned, late int64, err error) {
	err = t.row(`SELECT count(*), count(CASE WHEN reason <> 0 THEN 1 END), count(CASE WHEN ended_at >= $6 THEN 1 END) FROM certificate
		WHERE kind = $1 AND generation = $2 AND partition = $3 AND ended_at IS NOT NULL AND ended_at < $4 AND until >= $5`,
		[]any{int(kind), generation, partition, micros(before), day(endedBefore), micros(time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC))}, &all, &reasoned, &late)
	return all, reasoned, late, err
}

// Unlisted yields what the partition's list does not say yet, by rising serial.
func (t *tx) Unlisted(kind certificate.Kind, generation int, partition string) iter.Seq2[office.Revocation, error] {
	return each(t, scanRevocation, "SELECT "+revocationColumns+` FROM certificate
		WHERE kind = $1 AND generation = $2 AND partition = $3 AND unlisted = 1 ORDER BY serial`, int(kind), generation, partition)
}

// RevokedUntil yields what was not good and whose last day was from a day on and before another, in no order.
func (t *tx) RevokedUntil(kind certificate.Kind, generation int, partition string, from, before civil.Date) iter.Seq2[office.Revocation, error] {
	return each(t, scanRevocation, "SELECT "+revocationColumns+` FROM certificate
		WHERE kind = $1 AND generation = $2 AND partition = $3 AND ended_at IS NOT NULL AND until >= $4 AND until < $5`,
		int(kind), generation, partition, day(from), day(before))
}

// day is a day as the registers compare it; no day is before all others.
func day(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// RevocationOf is what a list may say of a serial.
func (t *tx) RevocationOf(kind certificate.Kind, generation int, serial string) (office.Revocation, error) {
	found, err := list(t, scanRevocation, "SELECT "+revocationColumns+" FROM certificate WHERE kind = $1 AND generation = $2 AND serial = $3", int(kind), generation, serial)
	if err != nil {
		return office.Revocation{}, err
	}
	if len(found) == 0 {
		return office.Revocation{}, office.ErrNotFound
	}
	return found[0], nil
}

// MarkListed notes that the partition's list says this of the certificate. When that changed meanwhile, the mark stays.
func (t *tx) MarkListed(kind certificate.Kind, generation int, r office.Revocation) error {
	reason := sql.NullInt64{Int64: int64(r.Reason), Valid: !r.EndedAt.IsZero()}
	return t.exec(`UPDATE certificate SET unlisted = 0 WHERE kind = $1 AND generation = $2 AND counter = $3 AND unlisted = 1
		AND ended_at IS NOT DISTINCT FROM $4 AND reason IS NOT DISTINCT FROM $5`, int(kind), generation, int64(r.Counter), end(r.EndedAt), reason)
}

// Partitions lists the partitions in which the authority's key has issued. It goes from one to the next along an index: there
// are few, and very many certificates.
func (t *tx) Partitions(kind certificate.Kind, generation int) ([]string, error) {
	return list(t, scanText, `WITH RECURSIVE one (name) AS (
			SELECT min(partition) FROM certificate WHERE kind = $1 AND generation = $2
			UNION ALL
			SELECT (SELECT min(partition) FROM certificate WHERE kind = $1 AND generation = $2 AND partition > one.name) FROM one WHERE one.name IS NOT NULL
		) SELECT name FROM one WHERE name IS NOT NULL ORDER BY name`, int(kind), generation)
}

const crlColumns = "kind, generation, partition, taken, number, this_update, next_update, ended_before, entries, size, sha256, made, fault, fault_at"

func scanCRL(s scanner) (office.CRL, error) {
	var c office.CRL
	var this, next, made, faultAt int64
	var endedBefore string
	err := s.Scan(&c.Kind, &c.Generation, &c.Partition, &c.Taken, &c.Number, &this, &next, &endedBefore, &c.Entries, &c.Size, &c.SHA256, &made, &c.Fault, &faultAt)
	if err != nil {
		return c, err
	}
	c.ThisUpdate, c.NextUpdate, c.Made, c.FaultAt = instant(this), instant(next), instant(made), instant(faultAt)
	if endedBefore != "" {
		if c.EndedBefore, err = civil.Parse(endedBefore); err != nil {
			return c, fmt.Errorf("list of %s: %w", c.Partition, err)
		}
	}
	return c, nil
}

// CRL is what is known of a partition's list.
func (t *tx) CRL(kind certificate.Kind, generation int, partition string) (office.CRL, error) {
	found, err := list(t, scanCRL, "SELECT "+crlColumns+" FROM crl WHERE kind = $1 AND generation = $2 AND partition = $3", int(kind), generation, partition)
	if err != nil {
		return office.CRL{}, err
	}
	if len(found) == 0 {
		return office.CRL{Kind: kind, Generation: generation, Partition: partition}, office.ErrNotFound
	}
	return found[0], nil
}

// CRLs lists what is known of every list.
func (t *tx) CRLs() ([]office.CRL, error) {
	return list(t, scanCRL, "SELECT "+crlColumns+" FROM crl ORDER BY kind, generation, partition")
}

// TakeCRLNumber gives the next number of a partition's lists, with a gap before it. It is never given again.
func (t *tx) TakeCRLNumber(kind certificate.Kind, generation int, partition string, gap int64) (int64, error) {
	var n int64
	err := t.row(`INSERT INTO crl (kind, generation, partition, taken) VALUES ($1, $2, $3, 1 + $4)
		ON CONFLICT (kind, generation, partition) DO UPDATE SET taken = crl.taken + 1 + $4 RETURNING taken`,
		[]any{int(kind), generation, partition, gap}, &n)
	return n, err
}

// PutCRL makes a list the current one; its number was taken and is higher than the current one's, else office.ErrStale.
func (t *tx) PutCRL(c office.CRL) error {
	return t.change(`UPDATE crl SET number = $4, this_update = $5, next_update = $6, ended_before = $7, entries = $8, size = $9, sha256 = $10, made = $11, fault = '', fault_at = 0
		WHERE kind = $1 AND generation = $2 AND partition = $3 AND number < $4 AND taken >= $4`,
		int(c.Kind), c.Generation, c.Partition, c.Number, micros(c.ThisUpdate), micros(c.NextUpdate), day(c.EndedBefore), c.Entries, c.Size, c.SHA256, micros(c.Made))
}

// PutCRLFault notes why a newer list was not published, and since when none could be.
func (t *tx) PutCRLFault(c office.CRL) error {
	return t.change("UPDATE crl SET fault = $4, fault_at = $5 WHERE kind = $1 AND generation = $2 AND partition = $3", int(c.Kind), c.Generation, c.Partition, c.Fault, micros(c.FaultAt))
}
