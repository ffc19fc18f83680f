package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/status"
)

// StatusLog names the log of what the outside hears of certificates, drawing the name when there is none.
func (db *DB) StatusLog(ctx context.Context) (string, error) {
	var id string
	read := func(o office.Tx) error { return o.(*tx).row("SELECT id FROM status_log", nil, &id) }
	err := db.Read(ctx, read)
	if !errors.Is(err, office.ErrNotFound) {
		return id, err
	}
	err = db.Write(ctx, func(o office.Tx) error {
		if err := read(o); !errors.Is(err, office.ErrNotFound) {
			return err // another node was first
		}
		id = rand.Text()
		return o.(*tx).exec("INSERT INTO status_log (id) VALUES ($1)", id)
	})
	return id, err
}

// heard scans what the outside hears of a certificate.
func heard(s scanner) (status.Change, error) {
	c := status.Change{Status: pki.Status{State: pki.Good}}
	var seq, counter, endedAt, reason, written sql.NullInt64
	var kind, generation sql.NullInt64
	if err := s.Scan(&seq, &kind, &generation, &counter, &endedAt, &reason, &written); err != nil {
		return c, err
	}
	c.Seq, c.Kind, c.Generation, c.Counter = seq.Int64, certificate.Kind(kind.Int64), int(generation.Int64), uint64(counter.Int64)
	c.Written = instant(written.Int64)
	if endedAt.Valid {
		c.Status = pki.Status{State: pki.Revoked, At: instant(endedAt.Int64), Reason: certificate.Reason(reason.Int64)}
	}
	return c, nil
}

// StatusSnapshot puts the status of every certificate that the outside knows.
func (db *DB) StatusSnapshot(ctx context.Context, put func(status.Change) error) (position int64, err error) {
	page, err := db.StatusChanges(ctx, 0, nil, 0)
	if err != nil {
		return 0, err
	}
	// A change with a lower number may still be on its way: what follows reads once its transaction has ended.
	for at := page; at.Ended < page.Begun; {
		select {
		case <-ctx.Done():
			return 0, fmt.Errorf("wait for acts under way: %w", ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
		if at, err = db.StatusChanges(ctx, page.Last, nil, 0); err != nil {
			return 0, err
		}
	}
	err = db.Read(ctx, func(o office.Tx) error {
		for c, err := range each(o.(*tx), heard, `SELECT 0, kind, generation, counter, ended_at, reason, 0 FROM certificate
			WHERE state NOT IN ('planned', 'issued') ORDER BY kind, generation, counter`) {
			if err != nil {
				return err
			}
			if err := put(c); err != nil {
				return err
			}
		}
		return nil
	})
	return page.Last, err
}

// StatusChanges lists changes of one instant, with what tells a number that is missing from one that never comes.
func (db *DB) StatusChanges(ctx context.Context, after int64, missing []int64, limit int) (status.Page, error) {
	var page status.Page
	err := db.Read(ctx, func(o office.Tx) error {
		t := o.(*tx)
		page = status.Page{}
		if err := t.row("SELECT "+db.engine.underway+", COALESCE((SELECT max(seq) FROM status_change), 0), COALESCE((SELECT max(forgotten) FROM status_log), 0)",
			nil, &page.Ended, &page.Begun, &page.Last, &page.Forgotten); err != nil {
			return err
		}
		page.Last = max(page.Last, page.Forgotten)
		if limit == 0 {
			return nil
		}
		const columns = "SELECT seq, kind, generation, counter, ended_at, reason, written FROM status_change WHERE seq "
		if len(missing) > 0 {
			args := make([]any, len(missing))
			for i, n := range missing {
				args[i] = n
			}
			var err error
			if page.Changes, err = list(t, heard, columns+"IN "+marks(1, len(missing))+" ORDER BY seq", args...); err != nil {
				return err
			}
		}
		if after == page.Last {
			return nil
		}
		more, err := list(t, heard, columns+"> $1 ORDER BY seq LIMIT $2", after, limit)
		page.Changes = append(page.Changes, more...)
		return err
	})
	return page, err
}

// ForgetStatus forgets changes that were written before an instant, but for the newest. A node that has not followed as far
// begins anew.
func (db *DB) ForgetStatus(ctx context.Context, before time.Time) (forgotten int64, err error) {
	if _, err := db.StatusLog(ctx); err != nil {
		return 0, err
	}
	err = db.Write(ctx, func(o office.Tx) error {
		t := o.(*tx)
		var until int64
		if err := t.row("SELECT COALESCE(max(seq), 0) FROM status_change WHERE written < $1 AND seq < (SELECT max(seq) FROM status_change)", []any{micros(before)}, &until); err != nil || until == 0 {
			return err
		}
		result, err := t.result("DELETE FROM status_change WHERE seq <= $1", []any{until})
		if err != nil {
			return err
		}
		if forgotten, err = result.RowsAffected(); err != nil {
			return t.fault(err)
		}
		return t.exec("UPDATE status_log SET forgotten = $1 WHERE forgotten < $1", until)
	})
	return forgotten, err
}
