package store

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3/database"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// busyTimeout is how long a statement waits for another process's lock.
var busyTimeout = 10 * time.Second

// The readers of one process, beside its one writer.
const sqliteReaders = 8

// writerCache bounds the pages that the writer keeps in memory, in bytes: what acts change, they find there.
const writerCache = 32 << 20

// checkpointPatience is how long a checkpoint waits for readers of old pages before it leaves them for the next one.
const checkpointPatience = 5 * time.Millisecond

// OpenSQLite opens the registers in a file, which is made when it is missing. Every commit is on the
// disk before it is acknowledged (synchronous=FULL).
func OpenSQLite(path string, vault *Vault) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the registers: %w", err)
	}
	var pools []*sql.DB
	open := func(connections int, lock string, wait time.Duration, more ...string) (*sql.DB, error) {
		q := url.Values{}
		for _, pragma := range append([]string{fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()), "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)"}, more...) {
			q.Add("_pragma", pragma)
		}
		q.Set("_txlock", lock)
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			for _, p := range pools {
				err = errors.Join(err, p.Close())
			}
			return nil, fmt.Errorf("open the registers %s: %w", path, err)
		}
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
		pools = append(pools, db)
		return db, nil
	}
	write, err := open(1, "immediate", busyTimeout)
	if err != nil {
		return nil, err
	}
	// One more than readers keeps: for a look at whether the file answers.
	read, err := open(sqliteReaders+1, "deferred", busyTimeout)
	if err != nil {
		return nil, err
	}
	acts, err := open(1, "immediate", busyTimeout, "wal_autocheckpoint(0)", fmt.Sprintf("journal_size_limit(%d)", walLimit), fmt.Sprintf("cache_size(-%d)", writerCache>>10))
	if err != nil {
		return nil, err
	}
	checkpoints, err := open(1, "deferred", checkpointPatience)
	if err != nil {
		return nil, err
	}
	return &DB{engine: sqliteEngine, write: write, read: read, vault: vault,
		writer: newWriter(acts, checkpoints, path+"-wal"), readers: newReaders(read, sqliteReaders)}, nil
}

var sqliteEngine = engine{
	name:       "sqlite",
	dialect:    database.DialectSQLite3,
	migrations: "migrations/sqlite",
	tables:     "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
	refersTo:   `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`,
	underway:   "0, 0", // acts follow each other
	isolation:  sql.LevelDefault,
	taken: func(err error) bool {
		code := sqliteCode(err)
		return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	},
	again: func(err error) bool {
		code := sqliteCode(err)
		return code&0xff == sqlite3.SQLITE_BUSY
	},
	full: func(err error) bool { return sqliteCode(err)&0xff == sqlite3.SQLITE_FULL },
	broken: func(err error) bool {
		switch sqliteCode(err) & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return true // SQLite may have rolled everything back by itself
		}
		return false
	},
	noText:   func(error) bool { return false }, // it compares any bytes
	bulkRows: 32,
	bulk:     bulkValues,
}

// sqliteCode is SQLite's extended result code, zero for other errors.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
