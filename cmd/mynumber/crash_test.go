package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/folder"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/store/pgtest"
)

// kills is how many times the process dies on each engine.
const kills = 100

// firstLife is about how long a whole life takes on a quiet machine; the test learns the real figure as it goes.
const firstLife = 2 * time.Second

// TestKilledLives kills the program at random points of lives, with SIGKILL, and starts it again on the same folder until the
// life is whole: no act whose answer was printed is lost, none is there twice, none is half there, and the journals hold.
func TestKilledLives(t *testing.T) {
	if testing.Short() {
		t.Skip("100 deaths on each engine take a while")
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killLives(t, func() string { return "" })
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killLives(t, func() string { return pgtest.Fresh(t) })
	})
}

func killLives(t *testing.T, database func() string) {
	dead, lives, whole := 0, 0, firstLife
	for dead < kills {
		l := &killedLife{t: t, dir: filepath.Join(t.TempDir(), "d"), db: database(), acknowledged: map[string]int{}}
		lives++
		for {
			after := time.Duration(mathrand.Int64N(int64(whole)))
			if dead >= kills {
				after = time.Minute // let the last life end
			}
			started := time.Now()
			finished := l.run(after)
			l.check(finished)
			if finished {
				if took := time.Since(started); took > whole/2 {
					whole = (whole + took) / 2
				}
				break
			}
			dead++
		}
	}
	t.Logf("%d deaths in %d lives, one life took about %s", dead, lives, whole)
}

// killedLife is one life on one folder.
type killedLife struct {
	t            *testing.T
	dir, db      string
	acknowledged map[string]int // acts printed as newly done, by their name in the journal
}

var printed = regexp.MustCompile(`^\d{4}-\d\d-\d\d  ok (\S+)`)

// run starts the program and kills it after a while; true when it had ended by itself.
func (l *killedLife) run(after time.Duration) bool {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), after)
	defer cancel()
	args := []string{"demo", "-once", "-data", l.dir}
	if l.db != "" {
		args = append(args, "-db", l.db)
	}
	// The test binary is the program when it is called by its name (TestMain).
	program, err := exec.LookPath("mynumber")
	if err != nil {
		l.t.Fatal(err)
	}
	var out, faults bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = &out, &faults
	err = cmd.Run()
	killed := ctx.Err() != nil && err != nil
	if err != nil && !killed {
		l.t.Fatalf("the life failed: %v\n%s\n%s", err, out.String(), faults.String())
	}
	lines := bufio.NewScanner(&out)
	for lines.Scan() {
		m := printed.FindStringSubmatch(lines.Text())
		if m != nil && !strings.Contains(lines.Text(), "done before") {
			l.acknowledged[strings.ReplaceAll(m[1], "-", "_")]++
		}
	}
	return !killed
}

// once are the acts that happen exactly once in each of the two cases.
var once = []string{"file", "forward", "receive_papers", "accept", "produce", "dispatch", "announce", "hand_over"}

// check looks at the registers as the dead process left them.
func (l *killedLife) check(finished bool) {
	t := l.t
	t.Helper()
	f, err := folder.Open(l.dir, rand.Reader)
	if errors.Is(err, folder.ErrNotReady) {
		return // it died before it had a folder
	}
	if err != nil {
		t.Fatal(err)
	}
	db, err := f.Registers(l.db)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := office.VerifyJournals(t.Context(), db); err != nil {
		t.Fatalf("after a death: %v", err)
	}
	done := map[string]int{}
	err = db.Read(t.Context(), func(tx office.Tx) error {
		heads, err := tx.JournalHeads()
		if err != nil {
			return err
		}
		last := map[string]journal.Entry{}
		for _, h := range heads {
			for e, err := range tx.Journal(h.Office) {
				if err != nil {
					return err
				}
				if e.Outcome == journal.Done {
					done[e.Act]++
				}
				if e.Outcome == journal.Done && movesState(e.Act) && !e.At.Before(last[e.Subject].At) {
					last[e.Subject] = e
				}
			}
		}
		return l.wholeActs(tx, last)
	})
	if err != nil {
		t.Fatal(err)
	}
	for act, n := range l.acknowledged {
		if inJournal(act) && done[act] < n {
			t.Errorf("%q was acknowledged %d times, the journal has %d: an act is lost", act, n, done[act])
		}
	}
	for _, act := range once {
		if done[act] > 2 || finished && done[act] != 2 {
			t.Errorf("%q is in the journal %d times for two cases", act, done[act])
		}
	}
	if finished {
		l.checkMails(f)
	}
}

// movesState: acts whose journal entry carries the state of the application after them.
func movesState(act string) bool {
	for _, a := range application.Life.Acts {
		if string(a) == act {
			return true
		}
	}
	return act == "file"
}

// inJournal: what the player prints is also a note, a mail or a look, which is no act.
func inJournal(act string) bool {
	return movesState(act) || act == "set_pins" || act == "open_sealed_form" || act == "suspend"
}

// wholeActs compares each application's state with the journal's last word on it, and its card with its state.
func (l *killedLife) wholeActs(tx office.Tx, last map[string]journal.Entry) error {
	for subject, e := range last {
		id, ok := strings.CutPrefix(subject, "application/")
		if !ok {
			continue
		}
		a, err := tx.Application(id)
		if err != nil {
			return fmt.Errorf("%s is in the journal and not in the register: %w", subject, err)
		}
		if e.Detail != string(a.State) {
			l.t.Errorf("%s: the journal's last act %s left %q, the register has %q", subject, e.Act, e.Detail, a.State)
		}
		if a.CardID == "" {
			continue
		}
		c, err := tx.Card(a.CardID)
		if err != nil {
			return fmt.Errorf("the card of %s: %w", subject, err)
		}
		certificates, err := tx.Certificates(c.ID)
		if err != nil {
			return err
		}
		if len(certificates) != 2 {
			l.t.Errorf("the card of %s has %d certificates", subject, len(certificates))
		}
	}
	return nil
}

// checkMails: every message was delivered, and is there once.
func (l *killedLife) checkMails(f *folder.Folder) {
	db, err := f.Registers(l.db)
	if err != nil {
		l.t.Fatal(err)
	}
	defer db.Close()
	err = db.Read(l.t.Context(), func(tx office.Tx) error {
		messages, err := tx.AllMessages(1000)
		if err != nil {
			return err
		}
		files, err := filepath.Glob(f.Path("mail", "*.eml"))
		if err != nil {
			return err
		}
		if len(files) != len(messages) {
			l.t.Errorf("%d messages, %d mails", len(messages), len(files))
		}
		for _, m := range messages {
			if _, err := os.Stat(f.Path("mail", m.ID+".eml")); err != nil {
				l.t.Errorf("the message %s was not delivered", m.ID)
			}
		}
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
}
