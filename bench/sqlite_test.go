package bench

import (
	"database/sql"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/office"
	"mynumber/internal/store"
)

// driver is SQLite with nothing of ours: one connection, the same settings, the statements of an act prepared.
type driver struct {
	db            *sql.DB
	conn          *sql.Conn
	update, event *sql.Stmt
	begin, commit *sql.Stmt
	apps          []application.Application
	doc           []byte
	turn          int
}

func openDriver(b *testing.B, file string, apps []application.Application) *driver {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(4000)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	conn, err := db.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	d := &driver{db: db, conn: conn, apps: slices.Clone(apps)}
	if d.doc, err = json.Marshal(apps[0].Form); err != nil {
		b.Fatal(err)
	}
	for into, query := range map[**sql.Stmt]string{&d.update: updateText, &d.event: eventText, &d.begin: "BEGIN IMMEDIATE", &d.commit: "COMMIT"} {
		if *into, err = conn.PrepareContext(b.Context(), query); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

// The two statements of an act, as the store has them.
const (
	updateText = `UPDATE application SET version = $2 + 1, state = $3, number_sealed = $4, doc = $5 WHERE id = $1 AND version = $2`
	eventText  = `INSERT INTO journal (office, seq, at, actor, act, subject, rules, outcome, code, detail, prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
)

// acts does n updates, each with its event, in one commit.
func (d *driver) acts(n int) error {
	if _, err := d.begin.Exec(); err != nil {
		return err
	}
	for range n {
		a := &d.apps[d.turn%len(d.apps)]
		d.turn++
		u, e := d.args(a)
		if _, err := d.update.Exec(u...); err != nil {
			return err
		}
		if _, err := d.event.Exec(e...); err != nil {
			return err
		}
		a.Version++
	}
	_, err := d.commit.Exec()
	return err
}

// args are the arguments of both statements.
func (d *driver) args(a *application.Application) (update, event []any) {
	sealed := make([]byte, 40)
	entry := entry(*a)
	update = []any{a.ID, a.Version, string(a.State), sealed, string(d.doc)}
	event = []any{"driver", d.turn, entry.At.UnixMicro(), entry.Actor, entry.Act, entry.Subject, `["APP-021","ABR-024"]`, string(entry.Outcome), "", entry.Detail, entry.Prev[:], entry.Hash[:]}
	return update, event
}

// BenchmarkActsOneClient (P10): one client after the other act, each durable before the next. The limit is the driver with an
// update and an event in one commit. Goal: 0.90.
func BenchmarkActsOneClient(b *testing.B) {
	d, db, apps := registersBesideDriver(b)
	i := 0
	beside(b, rounds,
		func() run { return rate(b, 100*time.Millisecond, 1, func() error { return d.acts(1) }) },
		func() run {
			return rate(b, 100*time.Millisecond, 1, func() error {
				a := &apps[i%len(apps)]
				i++
				return db.Write(b.Context(), func(tx office.Tx) error { return update(tx, a.ID) })
			})
		})
}

func copyFile(b *testing.B, from, to string) {
	b.Helper()
	content, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// registersBesideDriver is registers with applications, and the driver on a copy of their file.
func registersBesideDriver(b *testing.B) (*driver, *store.DB, []application.Application) {
	b.Helper()
	first, file := onSQLite(b)
	apps := fill(b, first, 20000, 1, application.Forwarded)
	if err := first.Close(); err != nil { // so that the whole of it is in the file
		b.Fatal(err)
	}
	copyFile(b, file, file+".driver")
	db, err := store.OpenSQLite(file, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	return openDriver(b, file+".driver", apps), db, apps
}

// BenchmarkActsTogether (P10): 64 clients of the store at once. The limit is the driver with 64 acts in one commit.
func BenchmarkActsTogether(b *testing.B) {
	d, db, apps := registersBesideDriver(b)
	beside(b, rounds,
		func() run { return rate(b, 100*time.Millisecond, 64, func() error { return d.acts(64) }) },
		func() run {
			return together(b, 64, 100*time.Millisecond, func(client, n int) error {
				a := &apps[client+64*(n%(len(apps)/64))]
				return db.Write(b.Context(), func(tx office.Tx) error { return update(tx, a.ID) })
			})
		})
}

// together lets clients work at the same time.
func together(b *testing.B, clients int, lasts time.Duration, work func(client, n int) error) run {
	b.Helper()
	return timed(func(begun time.Time) int {
		var all sync.WaitGroup
		var done atomic.Int64
		for c := range clients {
			all.Go(func() {
				for n := 0; time.Since(begun) < lasts; n++ {
					if err := work(c, n); err != nil {
						b.Error(err)
						return
					}
					done.Add(1)
				}
			})
		}
		all.Wait()
		return int(done.Load())
	})
}
