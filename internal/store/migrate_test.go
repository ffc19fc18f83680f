package store

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/office"
	"mynumber/internal/store/pgtest"
)

// before opens registers as they were at a version of the tables.
func before(t *testing.T, db *DB, version int64) {
	t.Helper()
	files, err := fs.Sub(migrations, db.engine.migrations)
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(db.engine.dialect, db.write, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
}

// Applications, photos, bookings, accounts and links that were there before applications of every kind came are all there
// afterwards, as applications from abroad.
func TestApplicationsOfBefore(t *testing.T) {
	old := func(t *testing.T, db *DB) {
		before(t, db, 3)
		for _, statement := range []string{
			`INSERT INTO person (id, birth, doc) VALUES ('p', '1988-05-17', '{"id": "p", "birth": "1988-05-17"}')`,
			`INSERT INTO application (id, version, request_key, state, filed, accepting, honseki, pickup, person_id, application_id, card_id, doc)
				VALUES ('a', 7, 'k', 'ready_for_pickup', '2025-10-28', '131075', '022039', 'office-tw-taipei', 'p', '12345678901234567890123', 'c', '{"channel": "visit", "form": {"honseki": "022039", "country": "TW"}, "papers": {"with": "office", "office": "022039"}, "sealed_at": {"with": ""}, "fee": {"yen": 0}}')`,
			`INSERT INTO photo (application_id, jpeg) VALUES ('a', CAST('jpeg' AS BLOB))`,
			`INSERT INTO card (id, version, person_id, application_id, state, issued, until, doc) VALUES ('c', 1, 'p', 'a', 'at_office', '2025-11-01', '2035-05-17', '{}')`,
			`INSERT INTO reservation (id, application_id, office, day, time, item) VALUES ('r', 'a', 'office-tw-taipei', '2025-12-01', '10:00', 'x')`,
			`INSERT INTO staff (id, name, office, role, created) VALUES ('s', 'S', '131075', 'clerk', 1)`,
			`INSERT INTO link (hash, purpose, subject, expires) VALUES ('h', 'reserve', 'a', 1)`,
		} {
			if db.engine.name != "sqlite" {
				statement = strings.ReplaceAll(statement, "AS BLOB", "AS BYTEA")
			}
			if _, err := db.write.Exec(statement); err != nil {
				t.Fatalf("%s: %v", statement[:40], err)
			}
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := db.Write(t.Context(), func(tx office.Tx) error {
			a, err := tx.Application("a")
			if err != nil {
				return err
			}
			if !a.Overseas || a.Purpose != "apply_from_abroad" || a.Delivery != application.AtCounter || a.InCharge != "022039" || a.Version != 7 || a.Form.Country != "TW" || a.State != application.ReadyForPickup {
				t.Errorf("application: %+v", a)
			}
			if jpeg, err := tx.Photo("a"); err != nil || string(jpeg) != "jpeg" {
				t.Errorf("photo %q %v", jpeg, err)
			}
			if r, err := tx.ReservationOf("a"); err != nil || r.ID != "r" {
				t.Errorf("booking %+v %v", r, err)
			}
			if _, err := tx.Staff("s"); err != nil {
				t.Error(err)
			}
			if l, err := tx.Link("h"); err != nil || l.Subject != "a" {
				t.Errorf("link %+v %v", l, err)
			}
			queue, err := tx.Queue("022039", []application.State{application.ReadyForPickup}, 10)
			if err != nil || len(queue) != 1 {
				t.Errorf("queue %d %v", len(queue), err)
			}
			// What is new is taken: another state, another role, a second card for an application whose first was destroyed.
			a.State = application.InPost
			if err := tx.PutApplication(a); err != nil {
				return err
			}
			if err := tx.PutStaff(office.Staff{ID: "post", Name: "P", Office: "post", Role: office.Carrier}); err != nil {
				return err
			}
			c, err := tx.Card("c")
			if err != nil {
				return err
			}
			c.State = card.Destroyed
			if err := tx.PutCard(c); err != nil {
				return err
			}
			c.ID, c.Version, c.State = "c2", 0, card.Planned
			return tx.PutCard(c)
		})
		if err != nil {
			t.Error(err)
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		db, err := OpenSQLite(filepath.Join(t.TempDir(), "registers.db"), testVault(t))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		old(t, db)
	})
	t.Run("postgres", func(t *testing.T) {
		db, err := OpenPostgres(pgtest.Fresh(t), testVault(t))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		old(t, db)
	})
}
