package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// What is due is found along the index of what is neither done nor parked: no row of a later day is read, and none that
// was done. On PostgreSQL the planner decides; the index is the same.
func TestNextDueReadsItsIndexAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	db, err := OpenSQLite(path, testVault(t))
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, func(*testing.T, *DB) {})
	write(t, db, func(tx office.Tx) error {
		for i := range 3000 {
			d := office.Due{Day: civil.Day(2026, 1, 1).AddDays(i), Kind: "card_expiry", Subject: fmt.Sprintf("card/%d", i), PersonID: fmt.Sprintf("p%d", i)}
			if err := tx.PutDue(d); err != nil {
				return err
			}
		}
		return nil
	})
	raw, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query(`EXPLAIN QUERY PLAN SELECT person_id, kind, subject, day, done, attempts, parked, fault FROM due WHERE done = 0 AND parked = 0 AND day <= $1
		AND (day, person_id, kind, subject) > ($2, $3, $4, $5) ORDER BY day, person_id, kind, subject LIMIT $6`, "2026-01-02", "", "", "", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	if all := strings.Join(plan, "; "); !strings.Contains(all, "SEARCH due USING INDEX due_day ((day,person_id,kind,subject)>(?,?,?,?) AND day<?)") || strings.Contains(all, "TEMP B-TREE") {
		t.Errorf("the plan is %s", all)
	}
}

// TestDue: the same thing is due once, also after it was done; rows come in the order of days and go on after a row.
func TestDue(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		a := office.Due{Day: civil.Day(2026, 3, 1), Kind: "card_notice", Subject: "card/a", PersonID: "a"}
		b := office.Due{Day: civil.Day(2026, 2, 1), Kind: "card_expiry", Subject: "card/b", PersonID: "b"}
		later := office.Due{Day: civil.Day(2026, 3, 2), Kind: "card_expiry", Subject: "card/c", PersonID: "c"}
		write(t, db, func(tx office.Tx) error {
			for _, d := range []office.Due{a, b, later, a} {
				if err := tx.PutDue(d); err != nil {
					return err
				}
			}
			return nil
		})
		list := func(upTo civil.Date, after office.Due) (out []office.Due) {
			write(t, db, func(tx office.Tx) (err error) {
				out, err = tx.NextDue(upTo, after, 10)
				return err
			})
			return out
		}
		if got := list(civil.Day(2026, 3, 1), office.Due{}); len(got) != 2 || got[0] != b || got[1] != a {
			t.Errorf("due by 1 March: %+v", got)
		}
		if got := list(civil.Day(2026, 3, 1), b); len(got) != 1 || got[0] != a {
			t.Errorf("after the first: %+v", got)
		}
		write(t, db, func(tx office.Tx) error {
			a.Done = time.UnixMicro(1_700_000_000_000_000).UTC()
			if err := tx.PutDue(a); err != nil {
				return err
			}
			b.Attempts, b.Parked, b.Fault = 3, true, "x"
			if err := tx.PutDue(b); err != nil {
				return err
			}
			return tx.DropDue(a) // what was done stays
		})
		if got := list(civil.Day(2026, 12, 31), office.Due{}); len(got) != 1 || got[0] != later {
			t.Errorf("with one done and one parked: %+v", got)
		}
		write(t, db, func(tx office.Tx) error {
			mine, err := tx.DueOf("a")
			if err != nil || len(mine) != 1 || mine[0] != a {
				t.Errorf("of a: %+v, %v", mine, err)
			}
			parked, err := tx.Parked(10)
			if err != nil || len(parked) != 1 || parked[0] != b {
				t.Errorf("parked: %+v, %v", parked, err)
			}
			return nil
		})
	})
}
