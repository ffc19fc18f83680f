package store

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3/database"

	"mynumber/internal/place"
)

// PostgreSQL's error codes that mean something to us.
const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	diskFull             = "53100"
	notInRepertoire      = "22021" // bytes that are no UTF-8, or a zero
)

// OpenPostgres opens the registers on a server; url is postgres://user@host/database.
func OpenPostgres(url string, vault *Vault) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The parser's message may repeat the address with its password; it is not passed on.
		return nil, errors.New("the address of the PostgreSQL server cannot be read; want postgres://user@host/database")
	}
	// A table that is read from end to end is locked as a whole against acts that change any row of it (predicate locks): two offices
	// would run into each other in a small table. So the planner takes an index wherever there is one.
	if config.RuntimeParams["enable_seqscan"] == "" {
		config.RuntimeParams["enable_seqscan"] = "off"
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	if err := db.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("reach PostgreSQL at %s: %w", config.Host, err), db.Close())
	}
	return &DB{engine: postgresEngine, write: db, read: db, vault: vault, chains: &chains{all: map[place.Code]chan struct{}{}}}, nil
}

var postgresEngine = engine{
	name:       "postgres",
	dialect:    database.DialectPostgres,
	migrations: "migrations/postgres",
	isolation:  sql.LevelSerializable,
	taken:      func(err error) bool { return postgresCode(err) == uniqueViolation },
	again: func(err error) bool {
		code := postgresCode(err)
		return code == serializationFailure || code == deadlockDetected
	},
	full:       func(err error) bool { return postgresCode(err) == diskFull },
	broken:     func(error) bool { return false }, // it refuses whatever is said after a fault
	noText:     func(err error) bool { return postgresCode(err) == notInRepertoire },
	underway:   "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT), CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)",
	forUpdate:  " FOR UPDATE",
	tables:     "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
	refersTo:   "SELECT DISTINCT confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND conrelid = CAST($1 AS TEXT)::regclass",
	insertWith: true,
	bulkRows:   10000,
	bulk:       bulkCopy,
}

// postgresCode is the SQLSTATE, empty for other errors.
func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
