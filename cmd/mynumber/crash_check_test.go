package main

import (
	"crypto/rand"
	"log/slog"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/certificate"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/status"
	"mynumber/internal/store"
)

// check compares the registers with what the clients heard.
func (w *dyingWorld) check() {
	t := w.t
	f, err := folder.Open(w.dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	db, err := f.Registers(w.db)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := office.VerifyJournals(t.Context(), db); err != nil {
		t.Fatalf("after the deaths: %v", err)
	}
	checkStatus(t, f, db)
	err = db.Read(t.Context(), func(tx office.Tx) error {
		there, finished, last, err := w.entries(tx)
		if err != nil {
			return err
		}
		for s, n := range w.heard {
			if done := (said{s.act, s.subject, journal.Done}); (s.act == "produce" || s.act == "complete") && s.outcome == journal.Already && there[done]+finished[done] == 1 {
				continue // the program finished by itself, when it came to life, the card or the case that had been begun
			}
			if there[s] != n {
				t.Errorf("%s of %s was answered %d times as %s, the journal has %d", s.act, s.subject, n, s.outcome, there[s])
			}
		}
		for s, n := range there {
			if w.heard[s] == 0 && s.act != "produce" && s.act != "complete" {
				t.Errorf("%s of %s is in the journal %d times as %s, and nobody heard of it", s.act, s.subject, n, s.outcome)
			}
		}
		all, err := tx.Queue(demo.Sumida, application.Life.States, len(w.filed)+1000)
		if err != nil {
			return err
		}
		if len(all) != len(w.filed) {
			t.Errorf("%d applications, %d were filed", len(all), len(w.filed))
		}
		for _, a := range all {
			if want := last["application/"+a.ID]; want != string(a.State) {
				t.Errorf("application %s is %s, its last act left %s", a.ID, a.State, want)
			}
			messages, err := tx.Messages(a.ID)
			if err != nil {
				return err
			}
			mails := map[string]int{}
			for _, m := range messages {
				if mails[string(m.Kind)]++; mails[string(m.Kind)] > 1 {
					t.Errorf("application %s has two mails %s", a.ID, m.Kind)
				}
			}
			if mails["filed"] != 1 {
				t.Errorf("application %s has no mail that it was filed: %v", a.ID, mails)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkStatus compares what the outside hears of each certificate, as the files in the folder have it after all that happened to
// the program, with the registers.
func checkStatus(t *testing.T, f *folder.Folder, db *store.DB) {
	t.Helper()
	set, err := f.Status(func(certificate.Kind, int) (time.Time, error) { return demo.AuthoritiesFrom, nil })
	if err != nil {
		t.Fatal(err)
	}
	if id, _ := set.Log(); id == "" {
		t.Error("the files of certificates' status were not kept over the deaths")
	}
	follower := status.Follow(set, db, slog.New(slog.DiscardHandler))
	if err := follower.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	known := 0
	_, err = db.StatusSnapshot(t.Context(), func(c status.Change) error {
		known++
		heard, err := follower.Status(c.Kind, c.Generation, c.Counter)
		if heard.State != c.Status.State || heard.Reason != c.Status.Reason || !heard.At.Equal(c.Status.At.Truncate(time.Second)) {
			t.Errorf("certificate %d of key %d is heard as %+v, the registers say %+v", c.Counter, c.Generation, heard, c.Status)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d certificates are heard as the registers say", known)
	if err := follower.Close(); err != nil {
		t.Error(err)
	}
}

// entries counts what the journals say of the clients' acts, apart from what the program did by itself, and the state that the
// last one left of each case.
func (w *dyingWorld) entries(tx office.Tx) (there, itself counted, last map[string]string, err error) {
	asked := map[string]bool{}
	for s := range w.heard {
		asked[s.act] = true
	}
	there, itself, last = counted{}, counted{}, map[string]string{}
	at := map[string]time.Time{}
	heads, err := tx.JournalHeads()
	if err != nil {
		return nil, nil, nil, err
	}
	for _, h := range heads {
		for e, err := range tx.Journal(h.Office) {
			if err != nil {
				return nil, nil, nil, err
			}
			s := said{e.Act, e.Subject, e.Outcome}
			switch {
			case e.Actor == "batch":
				itself[s]++
			case asked[e.Act]:
				there[s]++
			}
			if e.Outcome == journal.Done && movesState(e.Act) && !e.At.Before(at[e.Subject]) {
				last[e.Subject], at[e.Subject] = e.Detail, e.At
			}
		}
	}
	return there, itself, last, nil
}
