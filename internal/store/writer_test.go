package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mynumber/internal/journal"
	"mynumber/internal/office"
)

// onSQLite opens registers in a file.
func onSQLite(t *testing.T, f func(*testing.T, *DB)) {
	t.Helper()
	db, err := OpenSQLite(filepath.Join(t.TempDir(), "registers.db"), testVault(t))
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, f)
}

// shared lets acts share one commit, in their order and led by somebody else, and returns what each of them heard.
func shared(t *testing.T, db *DB, acts ...func(office.Tx) error) []error {
	t.Helper()
	heard := make([]error, len(acts))
	g := &group{writer: db.writer, own: &act{}, closed: true}
	var asked sync.WaitGroup
	for i, f := range acts {
		a := &act{ctx: t.Context(), db: db, f: f, answer: make(chan error, 1)}
		g.waits = append(g.waits, a)
		asked.Go(func() {
			heard[i] = a.wait()
			acknowledged.Add(1)
		})
	}
	held(t, db, func() {
		for len(g.waits) > 0 {
			g.together()
		}
	})
	asked.Wait()
	return heard
}

// acknowledged counts the acts of shared that were answered.
var acknowledged atomic.Int32

// held runs f while nobody leads.
func held(t *testing.T, db *DB, f func()) {
	t.Helper()
	<-db.writer.lead
	defer func() { db.writer.lead <- struct{}{} }()
	f()
}

// note is an act that writes an entry, and its name under its name.
func note(name string) func(office.Tx) error {
	return func(tx office.Tx) error {
		if err := tx.PutSetting(name, name); err != nil {
			return err
		}
		_, err := tx.AppendJournal(journal.Entry{Office: "131075", At: time.Now(), Act: name, Outcome: journal.Done})
		return err
	}
}

// large is an act of some megabytes.
func large(name string) func(office.Tx) error {
	return func(tx office.Tx) error { return tx.PutSetting(name, strings.Repeat("x", 4<<20)) }
}

// noted lists the acts of the journal, which has to hold, and fails unless each of them is there whole.
func noted(t *testing.T, db *DB) []string {
	t.Helper()
	var names []string
	err := db.Read(t.Context(), func(tx office.Tx) error {
		heads, err := tx.JournalHeads()
		if err != nil {
			return err
		}
		for _, h := range heads {
			if err := journal.Verify(h, tx.Journal(h.Office)); err != nil {
				return err
			}
			for e, err := range tx.Journal(h.Office) {
				if err != nil {
					return err
				}
				if _, err := tx.Setting(e.Act); err != nil {
					return fmt.Errorf("of %s only the entry is there: %w", e.Act, err)
				}
				names = append(names, e.Act)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func wantNoted(t *testing.T, db *DB, want ...string) {
	t.Helper()
	if got := noted(t, db); !slices.Equal(got, want) {
		t.Errorf("the journal has %v, want %v", got, want)
	}
}

func TestActsShareACommit(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		before := acknowledged.Load()
		acts := []func(office.Tx) error{note("a"), note("b"), func(tx office.Tx) error {
			if _, err := tx.Setting("b"); err != nil {
				t.Errorf("an act does not see the one before it: %v", err)
			}
			if seen := noted(t, db); len(seen) != 0 {
				t.Errorf("readers see %v before the commit", seen)
			}
			if n := acknowledged.Load(); n != before {
				t.Errorf("%d acts were acknowledged before the commit", n-before)
			}
			return note("c")(tx)
		}}
		for _, err := range shared(t, db, acts...) {
			if err != nil {
				t.Error(err)
			}
		}
		wantNoted(t, db, "a", "b", "c")
	})
}

// Some of 64 acts fail, panic, or are left by whoever asked: each takes back what is its own.
func TestManyActsAtOnce(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		broken := errors.New("broken")
		var start, all sync.WaitGroup
		start.Add(1)
		want := map[string]bool{}
		for i := range 64 {
			name := fmt.Sprint("act ", i)
			ctx, leave := context.WithCancel(t.Context())
			kinds := []func(office.Tx) error{
				note(name),
				func(tx office.Tx) error { note(name)(tx); return broken },
				func(tx office.Tx) error { note(name)(tx); panic(name) },
				func(tx office.Tx) error { leave(); return note(name)(tx) },
				func(tx office.Tx) error {
					if err := note(name)(tx); err != nil {
						return err
					}
					leave()
					tx.PutSetting(name, "more") // the error is passed over
					return tx.Attempt(func() error { return nil })
				},
			}
			kind := i % len(kinds)
			want[name] = kind == 0
			all.Go(func() {
				defer leave()
				defer func() {
					p := recover()
					if carried, ok := p.(*Panic); ok {
						p = carried.Value
					}
					if kind == 2 && p != name || kind != 2 && p != nil {
						t.Errorf("%s: recovered %v", name, p)
					}
				}()
				start.Wait()
				err := db.Write(ctx, kinds[kind])
				switch {
				case kind == 0 && err != nil, kind == 1 && err != broken, kind >= 3 && !errors.Is(err, context.Canceled):
					t.Errorf("%s of kind %d: %v", name, kind, err)
				case kind == 2:
					t.Errorf("%s of kind %d returned", name, kind)
				}
			})
		}
		start.Done()
		all.Wait()
		for _, name := range noted(t, db) {
			if !want[name] {
				t.Errorf("%s is there", name)
			}
			delete(want, name)
		}
		for name, there := range want {
			if there {
				t.Errorf("%s is lost", name)
			}
		}
		write(t, db, note("after"))
	})
}

// The leader of a group leaves by a panic, in a second try with others in the same transaction: they ask again, and are done.
func TestLeaderUnwinds(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		write(t, db, note("before"))
		g := &group{writer: db.writer, closed: true}
		other := &act{ctx: t.Context(), db: db, f: note("other"), answer: make(chan error, 1)}
		g.own = &act{ctx: t.Context(), db: db, f: func(tx office.Tx) error { note("own")(tx); panic("own") }}
		g.waits = []*act{other, g.own}
		var heard error
		var asked sync.WaitGroup
		asked.Go(func() { heard = other.wait() })
		held(t, db, func() {
			defer func() {
				if p := recover(); p != "own" {
					t.Errorf("recovered %v", p)
				}
			}()
			defer g.unwound()
			g.together()
		})
		asked.Wait()
		if !errors.Is(heard, errLost) {
			t.Errorf("the other one heard %v", heard)
		}
		wantNoted(t, db, "before")
		write(t, db, note("after"))
	})
}

// Whoever leaves while others act has done nothing, and does not wait for them.
func TestLeaveTheQueue(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		ctx, leave := context.WithCancel(t.Context())
		write(t, db, func(tx office.Tx) error {
			leave()
			if err := db.Write(ctx, note("left")); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			return note("stayed")(tx)
		})
		wantNoted(t, db, "stayed")
	})
}

func TestDiskFull(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		write(t, db, note("before"))
		room := func(pages string) {
			t.Helper()
			held(t, db, func() {
				if err := db.writer.line.say("PRAGMA max_page_count = " + pages); err != nil {
					t.Fatal(err)
				}
			})
		}
		room("600") // 2.4 MB
		t.Run("the others of the commit are done", func(t *testing.T) {
			runs := 0
			heard := shared(t, db, func(tx office.Tx) error { runs++; return note("first")(tx) }, large("too large"), note("last"))
			if heard[0] != nil || heard[2] != nil || !full(heard[1]) {
				t.Errorf("heard %v", heard)
			}
			if runs != 2 {
				t.Errorf("the first act ran %d times, want again after the commit was lost", runs)
			}
			wantNoted(t, db, "before", "first", "last")
		})
		t.Run("an act that passes over it is not done", func(t *testing.T) {
			heard := shared(t, db, func(tx office.Tx) error {
				large("too large")(tx)
				note("half")(tx)
				return nil
			})
			if !full(heard[0]) {
				t.Errorf("heard %v", heard)
			}
			wantNoted(t, db, "before", "first", "last")
		})
		t.Run("nothing goes in any more", func(t *testing.T) {
			room("1") // SQLite takes what there is
			for _, err := range []error{db.Write(t.Context(), large("a")), db.Write(t.Context(), func(tx office.Tx) error {
				return tx.Attempt(func() error { return large("b")(tx) })
			})} {
				if !full(err) || !strings.Contains(err.Error(), "full") {
					t.Errorf("heard %v", err)
				}
			}
			wantNoted(t, db, "before", "first", "last")
		})
		t.Run("and again when there is room", func(t *testing.T) {
			room("100000")
			write(t, db, large("now it fits"))
			write(t, db, note("after"))
			wantNoted(t, db, "before", "first", "last", "after")
		})
	})
}

// full reports that an act heard that the disk is full.
func full(err error) bool { return errors.Is(err, office.ErrNoRoom) && sqliteEngine.full(err) }

func TestCommitFails(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		heard := shared(t, db, note("a"), func(tx office.Tx) error {
			// What SQLite looks at only when it commits: a photo of no application.
			if err := tx.(interface {
				exec(string, ...any) error
			}).exec("PRAGMA defer_foreign_keys = 1"); err != nil {
				return err
			}
			return tx.PutPhoto("nobody", []byte{1})
		}, note("b"))
		for _, err := range heard {
			if err == nil || !strings.HasPrefix(err.Error(), "commit: ") {
				t.Errorf("acknowledged with %v", err)
			}
		}
		wantNoted(t, db)
		write(t, db, note("after"))
		wantNoted(t, db, "after")
	})
}

// A connection that cannot be trusted any more is given up for a new one.
func TestLostConnection(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		write(t, db, note("a"))
		old := db.writer.line
		held(t, db, func() {
			if err := errors.Join(old.say("BEGIN"), old.say("DELETE FROM setting")); err != nil {
				t.Fatal(err)
			}
		})
		write(t, db, note("b"))
		if db.writer.line == old {
			t.Error("the old connection is still in use")
		}
		wantNoted(t, db, "a", "b")
	})
}

func TestCloseWhileActsWait(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		closed := make(chan error)
		waiting := make(chan error)
		err := db.Write(t.Context(), func(tx office.Tx) error {
			go func() { waiting <- db.Write(context.Background(), note("waits")) }()
			go func() { closed <- db.Close() }()
			<-db.writer.closed
			return note("runs")(tx)
		})
		if err != nil {
			t.Errorf("the act that had begun: %v", err)
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		waits := <-waiting
		if waits != nil && !errors.Is(waits, ErrClosed) {
			t.Errorf("the act that waited: %v", waits)
		}
		if err := db.Write(t.Context(), note("late")); !errors.Is(err, ErrClosed) {
			t.Errorf("write: %v, want ErrClosed", err)
		}
		if err := db.Read(t.Context(), func(office.Tx) error { return nil }); !errors.Is(err, ErrClosed) {
			t.Errorf("read: %v, want ErrClosed", err)
		}
	})
}

// A checkpoint that is not overtaken lets the log begin anew.
func TestCheckpoint(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		write(t, db, large("a"))
		frames := func(mode string) int {
			t.Helper()
			var n int
			held(t, db, func() {
				var err error
				if n, err = db.writer.checkpoint(mode); err != nil {
					t.Fatal(err)
				}
			})
			return n
		}
		if n := frames("PASSIVE"); n < 1000 {
			t.Errorf("%d pages in the log: a commit carried them away", n)
		}
		frames("RESTART")
		write(t, db, note("b"))
		if n := frames("PASSIVE"); n > 100 {
			t.Errorf("%d pages in the log that was begun anew", n)
		}
		wantNoted(t, db, "b")
	})
}

// The same statement while its rows are being read is another one.
func TestStatementInUse(t *testing.T) {
	onSQLite(t, func(t *testing.T, db *DB) {
		for _, name := range []string{"a", "b", "c"} {
			write(t, db, note(name))
		}
		pairs := 0
		err := db.Read(t.Context(), func(tx office.Tx) error {
			for _, err := range tx.Journal("131075") {
				if err != nil {
					return err
				}
				for _, err := range tx.Journal("131075") {
					if err != nil {
						return err
					}
					pairs++
				}
			}
			return nil
		})
		if err != nil || pairs != 9 {
			t.Errorf("%d pairs, want 9; %v", pairs, err)
		}
	})
}
