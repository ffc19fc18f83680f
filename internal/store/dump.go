package store

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"mynumber/internal/office"
)

// A dump is every row of the registers as they stand at one instant, the same for both engines: for each table a stream of
// lines, the first with the names of its columns, then one JSON array a row; bytes stand as {"b64": …}. What is sealed stays
// sealed. Sessions are left out: a backup logs nobody in. So is the log of certificates' status: what was restored begins another.

// notDumped are tables that belong to the engine or to the moment.
var notDumped = []string{"goose_db_version", "session", "status_change", "status_log"}

// Dumped says what a dump holds.
type Dumped struct {
	Version int64            // of the tables
	Rows    map[string]int64 // by table
}

// Dump writes the tables, each to a writer of its own, as of one instant.
func (db *DB) Dump(ctx context.Context, to func(table string) (io.Writer, error)) (Dumped, error) {
	out := Dumped{Rows: map[string]int64{}}
	err := db.Read(ctx, func(o office.Tx) error {
		t := o.(*tx)
		if err := t.row("SELECT max(version_id) FROM goose_db_version", nil, &out.Version); err != nil {
			return err
		}
		tables, err := t.tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			w, err := to(table)
			if err != nil {
				return err
			}
			if out.Rows[table], err = t.dump(table, w); err != nil {
				return fmt.Errorf("dump %s: %w", table, err)
			}
		}
		return nil
	})
	return out, err
}

// tables lists the tables, each behind those that it refers to.
func (t *tx) tables() ([]string, error) {
	text := func(s scanner) (string, error) {
		var v string
		return v, s.Scan(&v)
	}
	all, err := list(t, text, t.db.engine.tables)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(name string) bool { return slices.Contains(notDumped, name) })
	refers := map[string][]string{}
	for _, name := range all {
		if refers[name], err = list(t, text, t.db.engine.refersTo, name); err != nil {
			return nil, err
		}
	}
	var out []string
	for len(out) < len(all) {
		before := len(out)
		for _, name := range all {
			free := !slices.ContainsFunc(refers[name], func(other string) bool { return other != name && !slices.Contains(out, other) })
			if free && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		if len(out) == before {
			return nil, errors.New("tables refer to each other in a ring")
		}
	}
	return out, nil
}

func (t *tx) dump(table string, w io.Writer) (int64, error) {
	if err := t.standing(); err != nil {
		return 0, err
	}
	rows, done, err := t.line.query(t.ctx, "SELECT * FROM "+table, nil)
	if err != nil {
		return 0, err
	}
	defer done()
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	buffered := bufio.NewWriter(w)
	enc := json.NewEncoder(buffered)
	if err := enc.Encode(columns); err != nil {
		return 0, err
	}
	n := int64(0)
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = map[string]string{"b64": base64.StdEncoding.EncodeToString(b)}
			}
		}
		if err := enc.Encode(values); err != nil {
			return n, err
		}
		n++
	}
	return n, errors.Join(rows.Err(), buffered.Flush())
}

// counterGap is left out of each authority's issue counters by a restored dump: more than a nation issues in a week.
const counterGap = 1_000_000

// ErrNotEmpty says that a dump is loaded into registers that hold something.
var ErrNotEmpty = errors.New("these registers are not empty; a backup is restored into new ones")

// Load fills empty registers with a dump in one transaction, and brings their tables up to date.
func (db *DB) Load(ctx context.Context, d Dumped, from func(table string) (io.ReadCloser, error)) error {
	if err := db.MigrateTo(ctx, d.Version); err != nil {
		return err
	}
	err := db.Write(ctx, func(o office.Tx) error {
		t := o.(*tx)
		tables, err := t.tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			n := 0
			if err := t.row("SELECT count(*) FROM "+table, nil, &n); err != nil || n > 0 {
				return errors.Join(err, ErrNotEmpty)
			}
		}
		for _, table := range tables {
			if err := t.loadTable(table, d.Rows[table], from); err != nil {
				return fmt.Errorf("load %s: %w", table, err)
			}
		}
		// What was issued after the dump is not in it: its serial numbers come from counters that are never taken again.
		if err := t.exec("UPDATE authority SET counter = counter + $1", int64(counterGap)); err != nil {
			return err
		}
		if have, err := t.Setting(keyCheck); err != nil || !slices.Contains(db.vault.hashes(keyText), any(have)) {
			return errors.Join(err, ErrOtherKey)
		}
		for table := range d.Rows {
			if !slices.Contains(tables, table) {
				return fmt.Errorf("the backup has the table %s, which these registers have not", table)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return db.Migrate(ctx)
}

// columnName is how columns are named: what a backup says goes into a statement.
var columnName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (t *tx) loadTable(table string, want int64, from func(string) (io.ReadCloser, error)) error {
	r, err := from(table)
	if err != nil {
		return err
	}
	defer r.Close()
	dec := json.NewDecoder(r)
	dec.UseNumber()
	var columns []string
	if err := dec.Decode(&columns); err != nil {
		return err
	}
	if slices.ContainsFunc(columns, func(c string) bool { return !columnName.MatchString(c) }) {
		return fmt.Errorf("the columns %q are none", columns)
	}
	into := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES " + marks(1, len(columns))
	n := int64(0)
	for {
		var row []any
		switch err := dec.Decode(&row); {
		case errors.Is(err, io.EOF):
			if n != want {
				return fmt.Errorf("%d rows, want %d", n, want)
			}
			return nil
		case err != nil:
			return err
		case len(row) != len(columns):
			return fmt.Errorf("row %d has %d values for %d columns", n+1, len(row), len(columns))
		}
		for i := range row {
			if row[i], err = loaded(row[i]); err != nil {
				return fmt.Errorf("row %d: %w", n+1, err)
			}
		}
		if err := t.exec(into, row...); err != nil {
			return err
		}
		n++
	}
}

// loaded is a value of a dump as the database takes it.
func loaded(v any) (any, error) {
	switch x := v.(type) {
	case nil, string:
		return x, nil
	case json.Number:
		return x.Int64()
	case map[string]any:
		text, ok := x["b64"].(string)
		if !ok || len(x) != 1 {
			return nil, errors.New("a value is neither text, number nor bytes")
		}
		return base64.StdEncoding.DecodeString(text)
	}
	return nil, fmt.Errorf("a value of kind %T", v)
}
