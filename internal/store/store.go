// Package store is the registers in SQL, on SQLite or PostgreSQL with the same queries. It fulfils the
// interfaces that office declares and decides nothing: what stands in a row was decided above.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"mynumber/internal/office"
)

// DB is the registers. It is safe for many callers.
type DB struct {
	engine engine
	write  *sql.DB // for PostgreSQL the same pool as read; for SQLite only what is not an act: migrations
	read   *sql.DB
	vault  *Vault
	// SQLite's: acts that arrive together share a commit, and connections keep their statements prepared.
	writer  *writer
	readers *readers
	chains  *chains // PostgreSQL's
}

// engine is what SQLite and PostgreSQL do differently.
type engine struct {
	name       string
	dialect    database.Dialect
	migrations string
	isolation  sql.IsolationLevel
	taken      func(error) bool // a unique key is taken
	again      func(error) bool // the transaction has to run again
	broken     func(error) bool // the transaction may be gone, and with it more than the statement
	full       func(error) bool // the disk is full
	noText     func(error) bool // a text that was asked for is none that the engine can hold
	underway   string           // two columns: every transaction below the first has ended, none from the second on has begun
	forUpdate  string           // ends a SELECT whose row nobody else may change before the end
	insertWith bool             // a WITH may hold an INSERT
	bulkRows   int              // rows that bulk takes at once
	bulk       func(t *tx, table, columns string, rows [][]any) error
	tables     string // lists our tables
	refersTo   string // lists the tables that a table refers to
}

//go:embed migrations/*/*.sql
var migrations embed.FS

// Migrate brings the tables up to date; it only ever goes forward. ErrOtherKey when what the tables hold was sealed with
// another key than the one at hand.
func (db *DB) Migrate(ctx context.Context) error {
	if err := db.MigrateTo(ctx, goose.MaxVersion); err != nil {
		return err
	}
	return db.checkKey(ctx)
}

// MigrateTo brings the tables up to a version, without looking at the key.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	files, err := fs.Sub(migrations, db.engine.migrations)
	if err != nil {
		return fmt.Errorf("open the migrations: %w", err)
	}
	provider, err := goose.NewProvider(db.engine.dialect, db.write, files, goose.WithLogger(log.New(quiet{}, "", 0)))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate the registers: %w", err)
	}
	return nil
}

// ErrOtherKey says that the registers belong to another key: nothing in them would open, and what is written now would not
// open under the right one.
var ErrOtherKey = errors.New("the registers were sealed with another key than this folder's registers.key; put that file back from the backup")

// keyCheck is the setting under which the registers know their key, by a keyed hash.
const (
	keyCheck = "registers_key"
	keyText  = "the key of these registers"
)

// checkKey compares the key with the one the registers were begun with, or notes it.
func (db *DB) checkKey(ctx context.Context) error {
	want := db.vault.hashes(keyText)
	check := func(t office.Tx) error {
		have, err := t.Setting(keyCheck)
		if err == nil && !slices.Contains(want, any(have)) {
			return ErrOtherKey
		}
		return err
	}
	err := db.Read(ctx, check)
	if !errors.Is(err, office.ErrNotFound) {
		return err
	}
	return db.Write(ctx, func(t office.Tx) error {
		if err := check(t); !errors.Is(err, office.ErrNotFound) {
			return err // another process was first
		}
		return t.PutSetting(keyCheck, *db.vault.hash(keyText))
	})
}

// quiet takes goose's own lines: a migration that fails is returned as an error.
type quiet struct{}

func (quiet) Write(b []byte) (int, error) { return len(b), nil }

// Close closes the registers. Acts that run are finished, those that still wait are refused.
func (db *DB) Close() error {
	var errs []error
	if db.writer != nil {
		errs = append(errs, db.writer.close(), db.readers.close())
	}
	errs = append(errs, db.write.Close())
	if db.read != db.write {
		errs = append(errs, db.read.Close())
	}
	return errors.Join(errs...)
}

// Ping reports that the registers answer.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Engine is "sqlite" or "postgres".
func (db *DB) Engine() string { return db.engine.name }

// Read runs f on one consistent state of the registers.
func (db *DB) Read(ctx context.Context, f func(office.Tx) error) error {
	if db.readers != nil {
		return db.readers.read(ctx, func(l *line) error { return f(&tx{ctx: ctx, line: l, db: db}) })
	}
	sqlTx, err := db.read.BeginTx(ctx, &sql.TxOptions{Isolation: db.readIsolation(), ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer sqlTx.Rollback()
	return f(&tx{ctx: ctx, line: direct{Tx: sqlTx}, db: db})
}

func (db *DB) readIsolation() sql.IsolationLevel {
	if db.engine.isolation == sql.LevelDefault {
		return sql.LevelDefault
	}
	return sql.LevelRepeatableRead
}

// takenAttempts bounds how often a transaction runs again that found a key taken: two that ran at the same time may
// meet in a key which the second, run after the first, would not ask for.
const takenAttempts = 3

// attempts bounds how often a transaction that met another one runs again; with random pauses in between
// it ends long before.
const attempts = 50

// patience bounds how long a transaction is tried again: whoever asked has an answer before a connection gives up, also
// when a strange process holds SQLite's lock, of which every try waits busyTimeout.
var patience = 5 * time.Second

// Write runs f in one durable transaction, as if alone. When PostgreSQL finds that two transactions
// could not have run one after the other, one of them runs again from the start. On SQLite acts that arrive together
// share one commit, and none is acknowledged before it; one that shared it with an act that broke the transaction runs again.
func (db *DB) Write(ctx context.Context, f func(office.Tx) error) error {
	begun := time.Now()
	for n := 1; ; n++ {
		err := db.once(ctx, f)
		again := err != nil && (db.engine.again(err) || errors.Is(err, errLost) || db.writer == nil && n < takenAttempts && errors.Is(err, office.ErrTaken))
		if !again || n == attempts || time.Since(begun) > patience {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for another transaction: %w", ctx.Err())
		case <-time.After(time.Duration(rand.Int64N(int64(min(n, 20)) * int64(2*time.Millisecond)))):
		}
	}
}

func (db *DB) once(ctx context.Context, f func(office.Tx) error) error {
	if db.writer != nil {
		return db.writer.write(ctx, db, f)
	}
	leave, err := db.chains.enter(ctx, office.ChainOf(ctx))
	if err != nil {
		return err
	}
	defer leave()
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	defer conn.Close()
	sqlTx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: db.engine.isolation})
	if err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	defer sqlTx.Rollback()
	if err := f(&tx{ctx: ctx, line: direct{sqlTx, conn}, db: db}); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		if db.engine.full(err) {
			err = fmt.Errorf("%w: %w", office.ErrNoRoom, err)
		}
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
