package store

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/office"
)

// Somebody else's program that holds the lock for good is an error after a while, and no wait without end.
func TestLockedByAnother(t *testing.T) {
	busyTimeout, patience = 20*time.Millisecond, 60*time.Millisecond
	t.Cleanup(func() { busyTimeout, patience = 10*time.Second, 5*time.Second })
	file := filepath.Join(t.TempDir(), "registers.db")
	db, err := OpenSQLite(file, testVault(t))
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, func(t *testing.T, db *DB) {
		other, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		lock, err := other.Begin()
		if err != nil {
			t.Fatal(err)
		}
		put := func(tx office.Tx) error { return tx.PutSetting("a", "b") }
		if err := db.Write(t.Context(), put); !sqliteEngine.again(err) {
			t.Errorf("got %v", err)
		}
		if err := lock.Rollback(); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), put); err != nil {
			t.Errorf("when the lock is free again: %v", err)
		}
	})
}
