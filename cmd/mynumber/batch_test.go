package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
	"mynumber/internal/rules"
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

const (
	batchKills = 15  // deaths on each engine
	batchCards = 600 // cards that expire in the days off
	batchDays  = 10
)

// TestKilledBatch kills the day's work with SIGKILL at random points, after days off, until it is done: each card expires
// once, on its own day, in the order of the days, with one entry, and nothing is left over.
func TestKilledBatch(t *testing.T) {
	if testing.Short() {
		t.Skip("15 deaths on each engine take a while")
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killBatches(t, func() string { return "" })
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killBatches(t, func() string { return pgtest.Fresh(t) })
	})
}

// TestTwoBatches starts the day's work twice at the same time: both end well, and each card still expires once.
func TestTwoBatches(t *testing.T) {
	both := func(t *testing.T, db string) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "d")
		until := expiringCards(t, dir, db)
		var two sync.WaitGroup
		for range 2 {
			two.Go(func() {
				if !runBatch(t, dir, db, time.Minute) {
					t.Error("the day's work did not end")
				}
			})
		}
		two.Wait()
		checkExpired(t, dir, db, until)
	}
	t.Run("sqlite", func(t *testing.T) { both(t, "") })
	t.Run("postgres", func(t *testing.T) { both(t, pgtest.Fresh(t)) })
}

func killBatches(t *testing.T, database func() string) {
	dead, folders, whole := 0, 0, 2*time.Second
	for dead < batchKills {
		dir, db := filepath.Join(t.TempDir(), "d"), database()
		folders++
		until := expiringCards(t, dir, db)
		for {
			after := time.Minute
			if dead < batchKills {
				after = time.Duration(mathrand.Int64N(int64(whole)))
			}
			begun := time.Now()
			if runBatch(t, dir, db, after) {
				if took := time.Since(begun); dead == 0 {
					whole = took
				}
				break
			}
			dead++
		}
		checkExpired(t, dir, db, until)
	}
	t.Logf("%d deaths in %d folders", dead, folders)
}

// expiringCards fills a folder with people whose cards expire on the ten days before today, and settles them as of the
// day before those.
func expiringCards(t *testing.T, dir, url string) map[string]civil.Date {
	t.Helper()
	today := civil.DateOf(time.Now())
	until := map[string]civil.Date{}
	withRegisters(t, dir, url, func(db *store.DB) {
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		var ids []string
		err := db.Write(t.Context(), func(tx office.Tx) error {
			for i := range batchCards {
				p := register.Person{ID: fmt.Sprintf("p%04d", i), Name: person.Name{Family: "試験", Given: "太郎"}, Birth: civil.Day(1980, 1, 1), Nationality: register.Japan,
					Residences: []register.Residence{{Municipality: "131075", Address: "東京都墨田区一丁目", From: civil.Day(1980, 1, 1)}}}
				c := card.Card{ID: fmt.Sprintf("c%04d", i), PersonID: p.ID, State: card.Active, Issued: civil.Day(2017, 1, 1), Activated: civil.Day(2017, 2, 1), Until: today.AddDays(-1 - i%batchDays)}
				ids, until[c.ID] = append(ids, p.ID), c.Until
				if err := tx.PutPerson(p); err != nil {
					return err
				}
				if err := tx.PutCard(c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		before := time.Now().AddDate(0, 0, -batchDays-2)
		o := &office.Office{Store: db, Clock: func() time.Time { return before }, Rand: rand.Reader, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
		if err := o.Settle(t.Context(), ids...); err != nil {
			t.Fatal(err)
		}
	})
	return until
}

func withRegisters(t *testing.T, dir, url string, f func(*store.DB)) {
	t.Helper()
	d, err := folder.Make(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	db, err := d.Registers(url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f(db)
}

// runBatch starts the day's work and kills it after a while; true when it had ended by itself.
func runBatch(t *testing.T, dir, url string, after time.Duration) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	args := []string{"batch", "-data", dir}
	if url != "" {
		args = append(args, "-db", url)
	}
	program, err := exec.LookPath("mynumber")
	if err != nil {
		t.Error(err)
		return true
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	if ctx.Err() != nil && err != nil {
		return false
	}
	if err != nil || !strings.Contains(out.String(), "0 parked") {
		t.Errorf("the day's work failed: %v\n%s", err, out.String())
	}
	return true
}

func checkExpired(t *testing.T, dir, url string, until map[string]civil.Date) {
	t.Helper()
	withRegisters(t, dir, url, func(db *store.DB) {
		if _, err := office.VerifyJournals(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		err := db.Read(t.Context(), func(tx office.Tx) error {
			for id, last := range until {
				c, err := tx.Card(id)
				if err != nil {
					return err
				}
				if c.State != card.Expired || c.Ended != last.AddDays(1) {
					t.Errorf("card %s: %s since %s, its last day was %s", id, c.State, c.Ended, last)
				}
			}
			left, err := tx.NextDue(civil.DateOf(time.Now()), office.Due{}, 1)
			if err != nil || len(left) > 0 {
				t.Errorf("still due: %+v", left)
			}
			entries, before := map[string]int{}, ""
			for e, err := range tx.Journal(string(place.Issuer)) {
				if err != nil {
					return err
				}
				if e.Act != string(rules.CardExpires) {
					continue
				}
				entries[e.Subject]++
				if e.Detail < before {
					t.Errorf("%q comes after %q", e.Detail, before)
				}
				before = e.Detail
			}
			for subject, n := range entries {
				if n != 1 {
					t.Errorf("%s expired %d times", subject, n)
				}
			}
			if len(entries) != len(until) {
				t.Errorf("%d entries for %d cards", len(entries), len(until))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
