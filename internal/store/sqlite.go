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

// OpenSQLite opens the registers in a file, which is made when it is missing. Every commit is on the
// disk before it is acknowledged (synchronous=FULL).
func OpenSQLite(path string, vault *Vault) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the registers: %w", err)
	}
	open := func(connections int, lock string) (*sql.DB, error) {
		q := url.Values{}
		for _, pragma := range []string{fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)"} {
			q.Add("_pragma", pragma)
		}
		q.Set("_txlock", lock)
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			return nil, fmt.Errorf("open the registers %s: %w", path, err)
		}
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
		return db, nil
	}
	write, err := open(1, "immediate")
	if err != nil {
		return nil, err
	}
	read, err := open(8, "deferred")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &DB{engine: sqliteEngine, write: write, read: read, vault: vault}, nil
}

var sqliteEngine = engine{
	name:       "sqlite",
	dialect:    database.DialectSQLite3,
	migrations: "migrations/sqlite",
	isolation:  sql.LevelDefault,
	taken: func(err error) bool {
		code := sqliteCode(err)
		return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	},
	again: func(err error) bool {
		code := sqliteCode(err)
		return code&0xff == sqlite3.SQLITE_BUSY
	},
	noText:   func(error) bool { return false }, // it compares any bytes
	bulkRows: 64,
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
