package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
	"mynumber/internal/store/pgtest"
)

// dumped is every table of the registers, as text.
func dumped(t *testing.T, db *DB) (Dumped, map[string]*bytes.Buffer) {
	t.Helper()
	tables := map[string]*bytes.Buffer{}
	d, err := db.Dump(t.Context(), func(table string) (io.Writer, error) {
		tables[table] = &bytes.Buffer{}
		return tables[table], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, tables
}

// A dump of either engine is loaded into either engine and dumped again: the same, row by row.
func TestDumpAndLoad(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		p := somebody(t, "p")
		write(t, db, func(tx office.Tx) error {
			a := filed("a1")
			a.Form.Number, a.PersonID = p.Number, "p"
			return errors.Join(tx.PutPerson(p), tx.PutApplication(a), tx.PutPhoto("a1", []byte{0, 1, 0xff}), tx.PutStaff(office.Staff{ID: "s", Name: "山本 \x01 \"", Office: "131075", Role: office.Clerk}))
		})
		d, tables := dumped(t, db)
		if d.Rows["person"] != 1 || d.Rows["photo"] != 1 || d.Version < 8 || tables["session"] != nil {
			t.Fatalf("dumped %+v", d)
		}
		from := func(table string) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(tables[table].Bytes())), nil
		}
		empty := map[string]func(*testing.T) (*DB, error){
			"into sqlite":   func(t *testing.T) (*DB, error) { return OpenSQLite(filepath.Join(t.TempDir(), "r.db"), testVault(t)) },
			"into postgres": func(t *testing.T) (*DB, error) { return OpenPostgres(pgtest.Fresh(t), testVault(t)) },
		}
		for name, open := range empty {
			t.Run(name, func(t *testing.T) {
				other, err := open(t)
				if err != nil {
					t.Fatal(err)
				}
				defer other.Close()
				if err := other.Load(t.Context(), d, from); err != nil {
					t.Fatal(err)
				}
				again, same := dumped(t, other)
				for table, text := range tables {
					if again.Rows[table] != d.Rows[table] || rows(t, text) != rows(t, same[table]) {
						t.Errorf("%s: %s\nis now %s", table, text, same[table])
					}
				}
				if err := other.Load(t.Context(), d, from); !errors.Is(err, ErrNotEmpty) {
					t.Errorf("loaded twice: %v", err)
				}
			})
		}
		for name, spoil := range map[string]string{"cut off": "[\"id\"]\n", "no columns": "", "a row too short": "[\"id\",\"name\"]\n[\"x\"]\n", "a nested value": "[\"id\"]\n[{\"x\":1}]\n", "a fraction": "[\"created\"]\n[1.5]\n", "a column that is a statement": "[\"id) VALUES (1); --\"]\n[\"x\"]\n"} {
			t.Run(name, func(t *testing.T) {
				other, err := OpenSQLite(filepath.Join(t.TempDir(), "r.db"), testVault(t))
				if err != nil {
					t.Fatal(err)
				}
				defer other.Close()
				err = other.Load(t.Context(), d, func(table string) (io.ReadCloser, error) {
					if table == "staff" {
						return io.NopCloser(strings.NewReader(spoil)), nil
					}
					return from(table)
				})
				if err == nil {
					t.Error("a damaged table was loaded")
				}
			})
		}
	})
}

// A serial number is given once, also after a backup was restored that knows nothing of what was issued since: the counters go on behind a gap.
func TestRestoredCounters(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		next := func(db *DB) (n uint64) {
			t.Helper()
			write(t, db, func(tx office.Tx) (err error) {
				n, err = tx.NextCounter(certificate.Signature, 1)
				return err
			})
			return n
		}
		write(t, db, func(tx office.Tx) error {
			return tx.PutAuthority(office.SealedAuthority{Kind: certificate.Signature, Generation: 1, Sealed: []byte{1}, Created: time.Unix(1, 0)})
		})
		next(db)
		d, tables := dumped(t, db)
		last := next(db) // issued after the backup
		other, err := OpenSQLite(filepath.Join(t.TempDir(), "r.db"), testVault(t))
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		if err := other.Load(t.Context(), d, func(table string) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(tables[table].Bytes())), nil
		}); err != nil {
			t.Fatal(err)
		}
		if n := next(other); n <= last || n < counterGap {
			t.Errorf("counter %d after the restore, %d was given already", n, last)
		}
	})
}

// rows are a table's rows with their columns in one order, in which engines differ after changes of a table.
func rows(t *testing.T, text *bytes.Buffer) string {
	t.Helper()
	if text == nil {
		return ""
	}
	dec := json.NewDecoder(bytes.NewReader(text.Bytes()))
	var columns []string
	if err := dec.Decode(&columns); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for dec.More() {
		var values []json.RawMessage
		if err := dec.Decode(&values); err != nil {
			t.Fatal(err)
		}
		row := map[string]json.RawMessage{}
		for i, c := range columns {
			row[c] = values[i]
		}
		if err := json.NewEncoder(&out).Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}
