package office_test

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/person"
)

// tables are all tables of the registers that an act writes, but for the journal.
var tables = []string{"application", "card", "certificate", "person", "photo", "link", "draft", "message", "visit", "crl", "staff", "authority", "setting", "due", "juki", "former_number"}

// dumpTables is every row of every table.
func dumpTables(t *testing.T, driver, source string) map[string]string {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string]string{}
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for rows.Next() {
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for i, v := range values {
				if b, ok := v.([]byte); ok {
					values[i] = fmt.Sprintf("%x", sha256.Sum256(b))
				}
			}
			lines = append(lines, fmt.Sprintf("%v", values))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		slices.Sort(lines)
		out[table] = strings.Join(lines, "\n")
	}
	return out
}

// journals are the entries of all offices.
func (d *desk) journals(t *testing.T) map[string][]journal.Entry {
	t.Helper()
	out := map[string][]journal.Entry{}
	d.read(t, func(tx office.Tx) error {
		heads, err := tx.JournalHeads()
		if err != nil {
			return err
		}
		for _, h := range heads {
			for e, err := range tx.Journal(h.Office) {
				if err != nil {
					return err
				}
				out[h.Office] = append(out[h.Office], e)
			}
		}
		return nil
	})
	return out
}

// newEntries are the entries that were written since.
func (d *desk) newEntries(t *testing.T, before map[string][]journal.Entry) []journal.Entry {
	t.Helper()
	var out []journal.Entry
	for office, entries := range d.journals(t) {
		out = append(out, entries[len(before[office]):]...)
	}
	return out
}

// unchanged runs an act and fails when it changed a row anywhere but in the journal; the entries it wrote there
// come back.
func (d *desk) unchanged(t *testing.T, act func() error) ([]journal.Entry, error) {
	t.Helper()
	rows, entries := d.dump(t), d.journals(t)
	err := act()
	after := d.dump(t)
	for _, table := range tables {
		if rows[table] != after[table] {
			t.Errorf("rows of table %s changed:\n%s\nnow:\n%s", table, rows[table], after[table])
		}
	}
	return d.newEntries(t, entries), err
}

// refused expects the refusal of an act, its one journal entry, and nothing else.
func (d *desk) refused(t *testing.T, code string, act func() error) {
	t.Helper()
	entries, err := d.unchanged(t, act)
	var refusal *law.Refusal
	if !errors.As(err, &refusal) || refusal.Code != code {
		t.Fatalf("got %v, want the refusal %s", err, code)
	}
	if text := refusal.Text.Ja + refusal.Text.En; refusal.Next.Ja == "" || refusal.Cite.IsZero() || regexp.MustCompile(`%!|%[sd]`).MatchString(text) {
		t.Errorf("the refusal is not complete: %+v", refusal)
	}
	if len(entries) != 1 || entries[0].Outcome != journal.Refused || entries[0].Code != code || !slices.Equal(entries[0].Rules, refusal.Cite.IDs) {
		t.Errorf("journal entries of the refusal %s: %+v", code, entries)
	}
}

// codeOf is the code of a refusal, empty for any other error.
func codeOf(err error) string {
	var refusal *law.Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return ""
}

// notFound expects that the record is not there for this office, with an entry that says so.
func (d *desk) notFound(t *testing.T, act func() error) {
	t.Helper()
	entries, err := d.unchanged(t, act)
	if !errors.Is(err, office.ErrNotFound) || len(entries) != 1 || entries[0].Code != "not_found" {
		t.Errorf("got %v and %+v, want not found", err, entries)
	}
}

// forbidden expects that the account may not do this; nothing is written but the entry of the attempt.
func (d *desk) forbidden(t *testing.T, act func() error) {
	t.Helper()
	if entries, err := d.unchanged(t, act); !errors.Is(err, office.ErrForbidden) || len(entries) != 1 || entries[0].Code != "forbidden" {
		t.Errorf("got %v and %+v, want forbidden", err, entries)
	}
}

// invalid expects that these fields cannot be read; nothing is written at all.
func (d *desk) invalid(t *testing.T, fields []string, act func() error) {
	t.Helper()
	entries, err := d.unchanged(t, act)
	var got []string
	var one *office.Invalid
	var form office.InvalidForm
	switch {
	case errors.As(err, &form):
		for _, i := range form {
			got = append(got, i.Field)
		}
	case errors.As(err, &one):
		got = []string{one.Field}
	}
	if !slices.Equal(got, fields) || len(entries) > 0 {
		t.Errorf("got %v and %+v, want faults in %v", err, entries, fields)
	}
}

// already expects that the act had been done before: a receipt that says so, one entry, and nothing changed.
func (d *desk) already(t *testing.T, act func() (office.Receipt, error)) {
	t.Helper()
	var receipt office.Receipt
	entries, err := d.unchanged(t, func() (err error) {
		receipt, err = act()
		return err
	})
	if err != nil || !receipt.Already || len(entries) != 1 || entries[0].Outcome != journal.Already {
		t.Errorf("got %+v, %v and %+v; want that it had been done before", receipt, err, entries)
	}
}

// firstEleven are the first eleven digits of the invented people's numbers, as demo has them.
var firstEleven = map[string]string{"sato": "40817263540", "wang": "25861930475", "watanabe": "90342718563", "yamada": "63917502844", "kobayashi": "18276093451", "suzuki": "71530428691"}

// number is the Individual Number of an invented person.
func number(id string) string {
	n, err := person.NumberFrom(firstEleven[id])
	if err != nil {
		panic(err)
	}
	return n.Digits()
}

// secrets are what must never stand in the journal, the log or a mail: every number, code and PIN.
func secrets() []string {
	out := slices.Collect(maps.Values(pins))
	for id := range firstEleven {
		out = append(out, number(id))
	}
	for i := range len(firstEleven) + 2 { // as demo numbers them
		out = append(out, fmt.Sprintf("9%09d0", i+1))
	}
	return out
}

// checkEvidence proves at the end of every test that the journals hold and that no secret got out.
func (d *desk) checkEvidence(t *testing.T) {
	t.Helper()
	if _, err := office.VerifyJournals(ctx, d.db); err != nil {
		t.Errorf("the journal does not hold: %v", err)
	}
	var text strings.Builder
	text.WriteString(d.log.String())
	for _, entries := range d.journals(t) {
		for _, e := range entries {
			fmt.Fprintln(&text, e.Actor, e.Act, e.Subject, e.Rules, e.Code, e.Detail)
		}
	}
	d.read(t, func(tx office.Tx) error {
		all, err := tx.AllMessages(1000)
		for _, m := range all {
			fmt.Fprintln(&text, m.From, m.Subject, m.Body, m.LastError)
		}
		return err
	})
	for _, s := range secrets() {
		form := s
		if len(s) == 4 { // four digits stand in serial numbers by chance: a PIN would stand by itself
			form = `\b` + s + `\b`
		}
		if regexp.MustCompile(form).MatchString(text.String()) {
			t.Errorf("a number, code or PIN of %d characters stands in the journal, the log or a mail", len(s))
		}
	}
	// In the registers as a whole only what cannot be there by chance is looked for.
	rows := fmt.Sprint(d.dump(t))
	files, err := filepath.Glob(filepath.Join(d.dir, "registers.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no registers to look into: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range secrets() {
			if len(s) > 4 && strings.Contains(string(b)+rows, s) {
				t.Errorf("a number, code or PIN of %d characters (%.2s…) stands in %s or its tables", len(s), s, filepath.Base(file))
			}
		}
	}
}
