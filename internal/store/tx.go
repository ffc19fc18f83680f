package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"mynumber/internal/office"
)

// tx is one transaction, or an act's part of one.
type tx struct {
	ctx    context.Context
	line   speaker
	db     *DB
	depth  int
	broken error // what ended the whole transaction; no statement is said after it
	// point is the savepoint at which nothing was written yet, empty when there is none or something was.
	point string
	known map[string]applicationKeys // of the applications that were read here
}

// speaker is where a transaction says its statements.
type speaker interface {
	exec(ctx context.Context, query string, args []any) (sql.Result, error)
	// query yields rows; done is called when they have been read.
	query(ctx context.Context, query string, args []any) (rows *sql.Rows, done func(), err error)
}

// direct says them to database/sql's own transaction; pgx keeps their plans.
type direct struct {
	*sql.Tx
	conn *sql.Conn // what it runs on; nil for reading
}

func (d direct) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	return d.ExecContext(ctx, query, args...)
}

func (d direct) query(ctx context.Context, query string, args []any) (*sql.Rows, func(), error) {
	rows, err := d.QueryContext(ctx, query, args...)
	return rows, func() {}, err
}

// standing reports why no more may be said: the transaction is gone, or whoever asked for the act has left.
func (t *tx) standing() error {
	if t.broken != nil {
		return t.broken
	}
	if err := t.ctx.Err(); err != nil {
		return fmt.Errorf("registers: %w", err)
	}
	return nil
}

// Attempt runs f behind a savepoint: a new one, or the one of the whole act while nothing was written since.
func (t *tx) Attempt(f func() error) error {
	if point := t.point; point != "" {
		t.point = ""
		return t.attempt(f, point)
	}
	t.depth++
	point := fmt.Sprintf("attempt%d", t.depth)
	defer func() { t.depth-- }()
	if err := t.exec("SAVEPOINT " + point); err != nil {
		return err
	}
	if err := t.attempt(f, point); err != nil {
		return err
	}
	return t.exec("RELEASE SAVEPOINT " + point)
}

func (t *tx) attempt(f func() error, point string) error {
	err := f()
	if err == nil {
		return nil
	}
	t.known = nil
	if back := t.exec("ROLLBACK TO SAVEPOINT " + point); back != nil {
		return errors.Join(err, back)
	}
	return err
}

// exec runs a statement; a taken key is office.ErrTaken.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.result(query, args)
	return err
}

func (t *tx) result(query string, args []any) (sql.Result, error) {
	if err := t.standing(); err != nil {
		return nil, err
	}
	t.point = ""
	result, err := t.line.exec(t.ctx, query, args)
	return result, t.fault(err)
}

// change runs a statement that has to change exactly one row; none is office.ErrStale.
func (t *tx) change(query string, args ...any) error {
	result, err := t.result(query, args)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return t.fault(err)
	}
	if n != 1 {
		return office.ErrStale
	}
	return nil
}

// row scans the one row of a query; none is office.ErrNotFound.
func (t *tx) row(query string, args []any, into ...any) error {
	found := false
	first := func(s scanner) (struct{}, error) {
		if found {
			return struct{}{}, nil // read on to the end, where the engine may still report a fault
		}
		found = true
		return struct{}{}, s.Scan(into...)
	}
	for _, err := range each(t, first, query, args...) {
		if err != nil {
			return err
		}
	}
	if !found {
		return office.ErrNotFound
	}
	return nil
}

// sought is fault for a query: what no row can hold is in none.
func (t *tx) sought(err error) error {
	if err != nil && t.db.engine.noText(err) {
		return fmt.Errorf("%w: %w", office.ErrNotFound, err)
	}
	return t.fault(err)
}

// fault turns a driver's error into the registers' own.
func (t *tx) fault(err error) error {
	if err == nil {
		return nil
	}
	if t.db.engine.full(err) {
		err = fmt.Errorf("%w: %w", office.ErrNoRoom, err)
	}
	if t.db.engine.broken(err) {
		t.broken = fmt.Errorf("registers: %w", err)
		return t.broken
	}
	if t.db.engine.taken(err) {
		return fmt.Errorf("%w: %w", office.ErrTaken, err)
	}
	return fmt.Errorf("registers: %w", err)
}

// list scans all rows of a query.
func list[T any](t *tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var out []T
	for item, err := range each(t, scan, query, args...) {
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}

// each yields the rows of a query one by one.
func each[T any](t *tx, scan func(scanner) (T, error), query string, args ...any) func(func(T, error) bool) {
	return func(yield func(T, error) bool) {
		var none T
		if err := t.standing(); err != nil {
			yield(none, err)
			return
		}
		if !strings.HasPrefix(query, "SELECT ") {
			t.point = ""
		}
		rows, done, err := t.line.query(t.ctx, query, args)
		if err != nil {
			yield(none, t.sought(err))
			return
		}
		defer done()
		defer rows.Close()
		for rows.Next() {
			item, err := scan(rows)
			if err != nil {
				yield(none, fmt.Errorf("registers: %w", err))
				return
			}
			if !yield(item, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, t.sought(err))
		}
	}
}

// scanner is a row being read.
type scanner interface{ Scan(into ...any) error }

// micros is an instant as it is stored; zero for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// instant is the reverse of micros.
func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
