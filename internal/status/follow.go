package status

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// Source is the registers.
type Source interface {
	// StatusLog names the registers' log of changes: registers that were restored from a copy have another one.
	StatusLog(ctx context.Context) (string, error)
	// StatusSnapshot puts the present status of every certificate that the outside knows, and says up to which change
	// it surely holds everything.
	StatusSnapshot(ctx context.Context, put func(Change) error) (position int64, err error)
	// StatusChanges lists the next changes after a position, and those missing ones that have appeared since.
	StatusChanges(ctx context.Context, after int64, missing []int64, limit int) (Page, error)
}

// Page is what StatusChanges found, by rising Seq, all of one instant. Changes are numbered before they are committed, so that a
// number may appear after a higher one, or never when its act was taken back; Ended and Begun tell the two apart.
type Page struct {
	Changes []Change
	Last    int64 // highest number that appeared so far; 0 for none

	Forgotten int64 // the log has nothing up to this number any more
	Ended     int64 // every transaction below has ended
	Begun     int64 // no transaction from here on has begun
}

// Bounds of following.
const (
	every      = 20 * time.Millisecond // between two looks at the registers
	pageSize   = 5000
	checkpoint = 30 * time.Second
	lagsKept   = 1024

	// Allowed is how long answers are given without having seen the registers: as long as an answer may be kept.
	Allowed = pki.OCSPLifetime
)

// Follower keeps a set in step with the registers and answers from it.
type Follower struct {
	set     *Set
	source  Source
	log     *slog.Logger
	allowed time.Duration
	clock   func() time.Time // the machine's, for ages

	mu      sync.Mutex // who follows
	begun   bool
	id      string
	high    int64           // highest change that was put
	missing map[int64]int64 // numbers below it that did not appear yet, with Page.Begun when they were found missing
	saved   time.Time

	seen  atomic.Int64 // when the registers were last seen to hold nothing new, in nanoseconds; 0 for never
	said  atomic.Bool  // that they cannot be seen
	at    atomic.Int64 // high, for Lag
	lags  [lagsKept]atomic.Int64
	count atomic.Int64 // of changes put
}

// Follow makes a follower; CatchUp or Run begins to follow.
func Follow(set *Set, source Source, log *slog.Logger) *Follower {
	return &Follower{set: set, source: source, log: log, allowed: Allowed, clock: time.Now}
}

// Status is what the outside hears of a certificate. pki.ErrTryLater when the registers have not been seen for longer than
// Allowed: the certificate may have been revoked since.
func (f *Follower) Status(kind certificate.Kind, generation int, counter uint64) (pki.Status, error) {
	if err := f.Fresh(); err != nil {
		return pki.Status{}, err
	}
	return f.set.Status(kind, generation, counter), nil
}

// Fresh is nil while answers may be given, else pki.ErrTryLater.
func (f *Follower) Fresh() error {
	seen := f.seen.Load()
	if seen == 0 || f.clock().UnixNano()-seen > int64(f.allowed) {
		return pki.ErrTryLater
	}
	return nil
}

// Run follows until the context ends. A source that fails is asked again; Fresh says when that has lasted too long.
func (f *Follower) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		err := f.CatchUp(ctx)
		if ctx.Err() != nil {
			break
		}
		if err != nil && !f.said.Swap(true) {
			f.log.LogAttrs(ctx, slog.LevelError, "the status of certificates cannot be followed", slog.Any("error", err))
		} else if err == nil && f.said.Swap(false) {
			f.log.LogAttrs(ctx, slog.LevelInfo, "the status of certificates is followed again")
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	if err := f.save(true); err != nil {
		f.log.LogAttrs(ctx, slog.LevelError, "the position of certificates' status was not kept", slog.Any("error", err))
	}
}

// CatchUp puts everything that was committed before the call. It may be called while Run runs.
func (f *Follower) CatchUp(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.begun {
		if err := f.begin(ctx); err != nil {
			return err
		}
	}
	for {
		now := f.clock()
		page, err := f.source.StatusChanges(ctx, f.high, slices.Sorted(maps.Keys(f.missing)), pageSize)
		if err != nil {
			return err
		}
		if f.high > page.Last || f.high < page.Forgotten {
			// The log does not reach back as far as the set, or the registers were put back to an earlier state: from the start.
			f.begun = false
			f.seen.Store(0)
			if err := errors.Join(f.set.Clear(), f.begin(ctx)); err != nil {
				return err
			}
			continue
		}
		if err := f.put(page); err != nil {
			return err
		}
		if f.high >= page.Last {
			f.seen.Store(now.UnixNano())
			return f.save(false)
		}
	}
}

// begin takes the set where it stood, or makes it anew.
func (f *Follower) begin(ctx context.Context) error {
	id, err := f.source.StatusLog(ctx)
	if err != nil {
		return err
	}
	log, position := f.set.Log()
	if log != id {
		if err := f.set.Clear(); err != nil {
			return err
		}
		if position, err = f.source.StatusSnapshot(ctx, f.set.Put); err != nil {
			return fmt.Errorf("read the status of every certificate: %w", err)
		}
		if err := f.set.Checkpoint(id, position); err != nil {
			return err
		}
	}
	f.begun, f.id, f.high, f.missing, f.saved = true, id, position, map[int64]int64{}, f.clock()
	f.at.Store(position)
	return nil
}

// put takes a page over, and notes which numbers are missing in it.
func (f *Follower) put(page Page) error {
	now := f.clock()
	for _, c := range page.Changes {
		if err := f.set.Put(c); err != nil {
			return fmt.Errorf("take change %d of certificates' status: %w", c.Seq, err)
		}
		f.lags[f.count.Add(1)%lagsKept].Store(int64(max(now.Sub(c.Written), 1)))
		delete(f.missing, c.Seq)
		for n := f.high + 1; n < c.Seq; n++ {
			f.missing[n] = page.Begun
		}
		f.high = max(f.high, c.Seq)
	}
	for n, begun := range f.missing {
		if page.Ended >= begun {
			delete(f.missing, n) // whoever had the number has ended without it
		}
	}
	f.at.Store(f.high)
	return nil
}

// save makes a checkpoint when one is due.
func (f *Follower) save(now bool) error {
	if now {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	_, last := f.set.Log()
	surely := f.high
	for n := range f.missing {
		surely = min(surely, n-1)
	}
	if !f.begun || surely == last || !now && f.clock().Sub(f.saved) < checkpoint {
		return nil
	}
	f.saved = f.clock()
	return f.set.Checkpoint(f.id, surely)
}

// Close makes a last checkpoint and lets the set go.
func (f *Follower) Close() error { return errors.Join(f.save(true), f.set.Close()) }

// Lag is how far behind the registers the set is.
type Lag struct {
	Position int64         // number of the last change that was put
	Age      time.Duration // since the registers were last seen to hold nothing more; negative for never
	Median   time.Duration // from a change's being written to its being heard, over the last 1,024
	Worst    time.Duration
	Fresh    bool // answers are given
}

// Lag measures.
func (f *Follower) Lag() Lag {
	l := Lag{Position: f.at.Load(), Age: -1, Fresh: f.Fresh() == nil}
	if seen := f.seen.Load(); seen != 0 {
		l.Age = max(time.Duration(f.clock().UnixNano()-seen), 0)
	}
	var all []time.Duration
	for i := range f.lags {
		if d := f.lags[i].Load(); d > 0 {
			all = append(all, time.Duration(d))
		}
	}
	if len(all) > 0 {
		slices.Sort(all)
		l.Median, l.Worst = all[len(all)/2], all[len(all)-1]
	}
	return l
}
