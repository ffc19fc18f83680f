package status

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

var begun = time.Date(2025, 10, 20, 2, 40, 28, 0, time.UTC)

func begins(_ certificate.Kind, generation int) (time.Time, error) {
	if generation > 3 {
		return time.Time{}, errors.New("no such key")
	}
	return begun.AddDate(4*(generation-1), 0, 0), nil
}

func open(t *testing.T, dir string) *Set {
	t.Helper()
	s, err := Open(dir, begins)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func revokedAt(at time.Time, why certificate.Reason) pki.Status {
	return pki.Status{State: pki.Revoked, At: at, Reason: why}
}

// Every status comes back to the second, with its reason, from the first instant of a key until long after its end.
func TestWords(t *testing.T) {
	base := begun.Unix()
	if w := wordOf(pki.Status{}, base); w != unknown || w.status(base) != (pki.Status{}) {
		t.Error("unknown")
	}
	if w := wordOf(pki.Status{State: pki.Good}, base); w != good || w.status(base).State != pki.Good {
		t.Error("good")
	}
	for why := certificate.Unspecified; why <= certificate.CertificateHold; why++ {
		for _, at := range []time.Time{begun, begun.Add(time.Second), begun.AddDate(5, 0, 0), begun.AddDate(10, 0, 0), begun.AddDate(19, 5, 0)} {
			if s := wordOf(revokedAt(at, why), base).status(base); s.State != pki.Revoked || !s.At.Equal(at) || s.Reason != why {
				t.Errorf("%s since %s came back as %+v", why, at, s)
			}
		}
		for _, at := range []time.Time{begun.AddDate(-1, 0, 0), begun.AddDate(30, 0, 0)} {
			if s := wordOf(revokedAt(at, why), base).status(base); s.State != pki.Revoked || s.Reason != why {
				t.Errorf("revoked at a strange %s: %+v", at, s)
			}
		}
	}
}

// A set that was closed is there again; one that another process has is not.
func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "status")
	s := open(t, dir)
	if _, err := Open(dir, begins); !errors.Is(err, ErrInUse) {
		t.Errorf("a second process: %v", err)
	}
	for i := range uint64(3) {
		for generation := 1; generation <= 2; generation++ {
			if err := s.Put(Change{Kind: certificate.Signature, Generation: generation, Counter: 70_000*i + 1, Status: revokedAt(begun.AddDate(6, 0, int(i)), certificate.Superseded)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Put(Change{Kind: certificate.Signature, Generation: 4, Counter: 1, Status: pki.Status{State: pki.Good}}); err == nil {
		t.Error("a certificate of a key that is not there")
	}
	if err := s.Put(Change{Kind: certificate.Signature, Generation: 1, Counter: mostWords, Status: pki.Status{State: pki.Good}}); err == nil {
		t.Error("a counter beyond all counting")
	}
	check := func(s *Set) {
		t.Helper()
		for i := range uint64(3) {
			for generation := 1; generation <= 2; generation++ {
				if got := s.Status(certificate.Signature, generation, 70_000*i+1); got.State != pki.Revoked || !got.At.Equal(begun.AddDate(6, 0, int(i))) {
					t.Errorf("counter %d of key %d: %+v", 70_000*i+1, generation, got)
				}
			}
		}
		for _, never := range []uint64{0, 2, 69_999, 1 << 40} {
			if got := s.Status(certificate.Signature, 1, never); got.State != pki.Unknown {
				t.Errorf("counter %d: %+v", never, got)
			}
		}
		if got := s.Status(certificate.UserAuthentication, 1, 1); got.State != pki.Unknown {
			t.Errorf("the other authority: %+v", got)
		}
	}
	check(s)
	if err := errors.Join(s.Checkpoint("log", 7), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if id, at := s.Log(); id != "log" || at != 7 {
		t.Errorf("log %q at %d", id, at)
	}
	check(s)
	s.Close()
}

// Whatever was done to the folder, what is opened is whole or empty.
func TestDamagedFolders(t *testing.T) {
	for name, damage := range map[string]func(dir string) error{
		"position gone": func(dir string) error { return os.Remove(filepath.Join(dir, positionName)) },
		"position cut":  func(dir string) error { return os.Truncate(filepath.Join(dir, positionName), 20) },
		"position raised": func(dir string) error {
			return replaceIn(filepath.Join(dir, positionName), `"position":7`, `"position":8`)
		},
		"words gone": func(dir string) error { return os.Remove(filepath.Join(dir, "signature-1.status")) },
		"words cut":  func(dir string) error { return os.Truncate(filepath.Join(dir, "signature-1.status"), 5000) },
		"words of another": func(dir string) error {
			return os.Rename(filepath.Join(dir, "user_authentication-1.status"), filepath.Join(dir, "signature-1.status"))
		},
		"words of odd size": func(dir string) error {
			return os.Truncate(filepath.Join(dir, "signature-1.status"), headSize+firstWords*wordSize+1)
		},
		"words' head broken": func(dir string) error {
			return replaceIn(filepath.Join(dir, "signature-1.status"), "status 1", "status 9")
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "status")
			s := open(t, dir)
			for _, kind := range certificate.Kinds {
				if err := s.Put(Change{Kind: kind, Generation: 1, Counter: 5, Status: pki.Status{State: pki.Good}}); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(s.Checkpoint("log", 7), s.Close(), damage(dir)); err != nil {
				t.Fatal(err)
			}
			s = open(t, dir)
			defer s.Close()
			if id, at := s.Log(); id != "" || at != 0 || s.Status(certificate.Signature, 1, 5).State != pki.Unknown {
				t.Errorf("opened as %q at %d", id, at)
			}
		})
	}
}

func replaceIn(path, old, new string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for i := range text {
		if len(text)-i >= len(old) && string(text[i:i+len(old)]) == old {
			copy(text[i:], new)
			return os.WriteFile(path, text, 0o600)
		}
	}
	return errors.New("not found in " + path)
}

// registers are certificates with acts that commit in any order, as several nodes' do.
type registers struct {
	id        string
	committed []Change
	underway  []act // numbered and not committed
	next      int64 // number of the next change
	begun     int64 // transactions
	forgotten int64
	fault     error
}

type act struct {
	transaction int64
	change      Change
}

func (r *registers) StatusLog(context.Context) (string, error) { return r.id, r.fault }

func (r *registers) ended() int64 {
	oldest := r.begun
	for _, a := range r.underway {
		oldest = min(oldest, a.transaction)
	}
	return oldest
}

func (r *registers) last() (last int64) {
	for _, c := range r.committed {
		last = max(last, c.Seq)
	}
	return last
}

func (r *registers) StatusSnapshot(_ context.Context, put func(Change) error) (int64, error) {
	for len(r.underway) > 0 {
		r.finish(0, true)
	}
	for _, c := range r.committed {
		if err := put(c); err != nil {
			return 0, err
		}
	}
	return r.last(), r.fault
}

func (r *registers) StatusChanges(_ context.Context, after int64, missing []int64, limit int) (Page, error) {
	p := Page{Last: max(r.last(), r.forgotten), Forgotten: r.forgotten, Ended: r.ended(), Begun: r.begun}
	wanted := map[int64]bool{}
	for _, n := range missing {
		wanted[n] = true
	}
	for seq := r.forgotten + 1; seq < r.next && len(p.Changes) < limit; seq++ {
		for _, c := range r.committed {
			if c.Seq == seq && (seq > after || wanted[seq]) {
				p.Changes = append(p.Changes, c)
			}
		}
	}
	return p, r.fault
}

// start numbers a change of a certificate that no other act under way changes.
func (r *registers) start(counter uint64, s pki.Status) {
	for _, a := range r.underway {
		if a.change.Counter == counter {
			return
		}
	}
	r.underway = append(r.underway, act{r.begun, Change{Seq: r.next, Kind: certificate.Signature, Generation: 1, Counter: counter, Status: s, Written: time.Now()}})
	r.next++
	r.begun++
}

// finish commits an act, or takes it back.
func (r *registers) finish(i int, commit bool) {
	a := r.underway[i]
	r.underway = append(r.underway[:i:i], r.underway[i+1:]...)
	if commit {
		r.committed = append(r.committed, a.change)
	}
}

// holds compares a set with the registers.
func (r *registers) holds(t *testing.T, f *Follower) {
	t.Helper()
	want, seq := map[uint64]pki.Status{}, map[uint64]int64{}
	for _, c := range r.committed {
		if c.Seq > seq[c.Counter] {
			want[c.Counter], seq[c.Counter] = c.Status, c.Seq
		}
	}
	for counter := range uint64(40) {
		got, err := f.Status(certificate.Signature, 1, counter)
		if err != nil || got.State != want[counter].State || !got.At.Equal(want[counter].At) {
			t.Fatalf("counter %d: %+v, %v; the registers say %+v", counter, got, err, want[counter])
		}
	}
}

// Acts commit in another order than they were numbered in, some are taken back, the follower is killed and begins again, the log
// forgets: what was committed before it looked is heard, always.
func TestFollowInAnyOrder(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 0))
		dir := filepath.Join(t.TempDir(), "status")
		r := &registers{id: "one", next: 1, begun: 100}
		set := open(t, dir)
		f := Follow(set, r, slog.New(slog.DiscardHandler))
		for range 120 {
			switch n := random.IntN(20); {
			case n < 8:
				s := pki.Status{State: pki.Good}
				if random.IntN(2) == 0 {
					s = revokedAt(begun.Add(time.Duration(random.IntN(1e6))*time.Second), certificate.Superseded)
				}
				r.start(1+random.Uint64N(38), s)
			case n < 14 && len(r.underway) > 0:
				r.finish(random.IntN(len(r.underway)), random.IntN(4) > 0)
			case n == 14: // killed: words are the system's, a checkpoint may be old or not there
				f.set.Close()
				f = Follow(open(t, dir), r, slog.New(slog.DiscardHandler))
			case n == 15:
				if f.begun {
					if err := f.save(true); err != nil {
						t.Fatal(err)
					}
				}
			case n == 16 && len(r.underway) == 0:
				r.forgotten = max(r.forgotten, random.Int64N(r.last()+1))
			default:
				if err := f.CatchUp(t.Context()); err != nil {
					t.Fatal(err)
				}
				r.holds(t, f)
			}
		}
		f.Close()
	}
}

// Registers that were put back to an earlier state, or others in their place, are read from the start.
func TestOtherRegisters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "status")
	r := &registers{id: "one", next: 1}
	for i := range uint64(9) {
		r.start(i+1, pki.Status{State: pki.Good})
		r.finish(0, true)
	}
	f := Follow(open(t, dir), r, slog.New(slog.DiscardHandler))
	if err := f.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.Close()
	for name, other := range map[string]*registers{
		"put back":  {id: "one", next: 4, committed: r.committed[:3]},
		"others":    {id: "two", next: 10, committed: r.committed[2:5]},
		"forgotten": {id: "one", next: 30, forgotten: 20, committed: []Change{{Seq: 25, Kind: certificate.Signature, Generation: 1, Counter: 7, Status: pki.Status{State: pki.Good}}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := Follow(open(t, dir), other, slog.New(slog.DiscardHandler))
			defer f.Close()
			if err := errors.Join(f.CatchUp(t.Context()), f.CatchUp(t.Context())); err != nil {
				t.Fatal(err)
			}
			other.holds(t, f)
		})
	}
}

// A node that has lost its source answers for a minute, then says tryLater rather than good; when the source is back it answers again.
func TestLostSource(t *testing.T) {
	r := &registers{id: "one", next: 1}
	r.start(1, pki.Status{State: pki.Good})
	r.finish(0, true)
	f := Follow(open(t, filepath.Join(t.TempDir(), "status")), r, slog.New(slog.DiscardHandler))
	defer f.Close()
	now := time.Now()
	f.clock = func() time.Time { return now }
	ask := func() error {
		_, err := f.Status(certificate.Signature, 1, 1)
		return err
	}
	if err := ask(); !errors.Is(err, pki.ErrTryLater) {
		t.Errorf("before anything was read: %v", err)
	}
	if err := errors.Join(f.CatchUp(t.Context()), ask()); err != nil {
		t.Error(err)
	}
	r.fault = errors.New("the registers do not answer")
	for _, c := range []struct {
		later time.Duration
		fresh bool
	}{{Allowed, true}, {Allowed + 1, false}} {
		was := now
		now = now.Add(c.later)
		if err := f.CatchUp(t.Context()); err == nil {
			t.Fatal("the registers answered")
		}
		if err := ask(); (err == nil) != c.fresh {
			t.Errorf("after %s: %v", c.later, err)
		}
		if l := f.Lag(); l.Age != c.later || l.Fresh != c.fresh {
			t.Errorf("after %s: %+v", c.later, l)
		}
		now = was
	}
	r.fault = nil
	now = now.Add(time.Hour)
	if err := errors.Join(f.CatchUp(t.Context()), ask()); err != nil {
		t.Errorf("with the registers back: %v", err)
	}
}
