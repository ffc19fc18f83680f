package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/register"
)

// someKeys is a key file in memory.
type someKeys struct {
	mu      sync.Mutex
	keys    []Key
	changed bool
}

func (k *someKeys) Load() ([]Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.changed = false
	return slices.Clone(k.keys), nil
}

func (k *someKeys) Changed() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.changed
}

func (k *someKeys) set(ids ...byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys = nil
	for _, id := range ids {
		k.keys = append(k.keys, Key{id, bytes.Repeat([]byte{7 + id}, VaultKeySize)})
	}
	k.changed = true
}

// Keys are rotated while the registers are in use: what old keys sealed opens and is found, nobody's number is given twice,
// a rotation that was cut off goes on, and in the end nothing needs the old key.
func TestRotation(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		keys := &someKeys{}
		keys.set(0)
		vault, err := OpenVault(keys, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		db.vault = vault
		var people []register.Person
		for i := range resealChunk + 20 {
			people = append(people, somebody(t, "p"+string(rune('a'+i/26%26))+string(rune('a'+i%26))+string(rune('a'+i/676))))
		}
		draft := office.Draft{Code: "code", Form: application.Form{Number: people[0].Number}, Photo: []byte{1}, Created: time.Unix(1, 0)}
		message := notice.Message{ID: "m", Kind: notice.Reserved, Channel: notice.ByMail, State: notice.Waiting, Subject: "s", Body: "link abcdefghijklmnopqrstuvwxyz", Created: time.Unix(1, 0)}
		once := office.Answer{Key: "k", Request: "r", Status: 200, Body: []byte("answer"), At: time.Unix(1, 0)}
		write(t, db, func(tx office.Tx) error {
			a := filed("a1")
			a.Form.Number = people[0].Number
			former := office.FormerNumber{ID: "f", PersonID: people[0].ID, Number: somebody(t, "x").Number, Until: people[0].Birth}
			return errors.Join(tx.InsertPeople(people), tx.PutApplication(a), tx.PutDraft(draft), tx.PutMessage(message), tx.PutAnswer(once), tx.PutFormerNumber(former))
		})
		found := func(when string) {
			t.Helper()
			err := db.Read(t.Context(), func(tx office.Tx) error {
				for _, p := range []register.Person{people[0], people[len(people)-1]} {
					if got, err := tx.PersonByNumber(p.Number); err != nil || got.ID != p.ID || got.Code != p.Code {
						t.Errorf("%s: by number %v, %v", when, got.ID, err)
					}
					if got, err := tx.PersonByCode(p.Code); err != nil || got.ID != p.ID {
						t.Errorf("%s: by code %v, %v", when, got.ID, err)
					}
				}
				a, err := tx.Application("a1")
				d, err2 := tx.Draft("code")
				m, err3 := tx.Message("m")
				f, err4 := tx.FormerNumbers(people[0].ID)
				if errors.Join(err, err2, err3, err4) != nil || a.Form.Number != people[0].Number || d.Form.Number != people[0].Number || m.Body != message.Body || len(f) != 1 {
					t.Errorf("%s: %v", when, errors.Join(err, err2, err3, err4))
				}
				given, err := tx.Given(f[0].Number, people[1].Code)
				if err != nil || !given {
					t.Errorf("%s: given %v, %v", when, given, err)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		taken := func(when string) {
			t.Helper()
			double := somebody(t, "double")
			double.Number = people[len(people)-1].Number
			for _, put := range []func(office.Tx) error{func(tx office.Tx) error { return tx.PutPerson(double) }, func(tx office.Tx) error { return tx.InsertPeople([]register.Person{double}) }} {
				if err := db.Write(t.Context(), put); !errors.Is(err, office.ErrTaken) {
					t.Errorf("%s: a number was given twice: %v", when, err)
				}
			}
		}
		found("before")
		keys.set(0, 1)
		found("with a new key")
		taken("with a new key")
		if err := db.OnlyNewest(t.Context()); !errors.Is(err, ErrOldKeyUsed) {
			t.Errorf("before the rotation: %v", err)
		}
		ctx, cut := context.WithCancel(t.Context())
		if err := db.Reseal(ctx, func(string, int) { cut() }); err == nil {
			t.Error("the rotation was not cut off")
		}
		found("cut off")
		taken("cut off")
		n := 0
		if err := db.Reseal(t.Context(), func(_ string, rows int) { n += rows }); err != nil {
			t.Fatal(err)
		}
		if n >= len(people) || n < 24 {
			t.Errorf("%d rows were sealed after the cut, of which the first %d people were done before", n, resealChunk)
		}
		found("rotated")
		taken("rotated")
		if err := db.OnlyNewest(t.Context()); !errors.Is(err, ErrAnswersKept) {
			t.Errorf("an answer is kept under the old key: %v", err)
		}
		write(t, db, func(tx office.Tx) error {
			if a, err := tx.Answer("k", "r"); err != nil || string(a.Body) != "answer" {
				t.Errorf("the answer %q, %v", a.Body, err)
			}
			return tx.DropAnswers(time.Unix(2, 0))
		})
		if err := db.OnlyNewest(t.Context()); err != nil {
			t.Error(err)
		}
		keys.set(1)
		found("with the new key alone")
		if err := db.Migrate(t.Context()); err != nil {
			t.Errorf("the new key is the registers' own: %v", err)
		}
		keys.set(0)
		if err := db.Migrate(t.Context()); !errors.Is(err, ErrOtherKey) {
			t.Errorf("the old key is none of theirs: %v", err)
		}
	})
}

var sealing = regexp.MustCompile(`\.seal\([^,]+, (?:"([a-z-]+/)"|[a-z.]*place)`)

// TestEverythingSealedIsResealed: whatever the store seals is in the list that a rotation goes through; answers are forgotten.
func TestEverythingSealedIsResealed(t *testing.T) {
	known := []string{"answer/"}
	for _, table := range sealedTables {
		for _, c := range table.columns {
			known = append(known, c.place)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range sealing.FindAllSubmatch(text, -1) {
			if place := string(call[1]); place != "" {
				seen++
				if !slices.Contains(known, place) && !regexp.MustCompile(`_test\.go$`).MatchString(name) {
					t.Errorf("%s seals for %s, which no rotation seals anew", name, place)
				}
			}
		}
	}
	if seen < 6 {
		t.Errorf("only %d seals were found", seen)
	}
}
