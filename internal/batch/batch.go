// Package batch is what the mere passing of days does (CHG-020 to CHG-036, EXP-020, PICK-005): it works off each day's
// rows of what is due, in the order of the days, then publishes the day's revocation lists (CERT-032), and erases the chips that are owed it. What a row does
// is office's matter; a day that was missed is made up for, with its own date.
package batch

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// Batch works off days.
type Batch struct {
	Office *office.Office
	Log    *slog.Logger
	// Forget forgets what certificates became that was written before an instant; who answers about them has heard it long
	// since. nil for never.
	Forget func(ctx context.Context, before time.Time) (int64, error)
	mu     sync.Mutex // one day's work at a time in this process
	last   civil.Date // the day whose lists this process has published
}

// CatchUp works off every day up to today that is not yet, and says each day that had something to done. It returns the
// number of days. Done before, it does nothing; interrupted, it goes on where it stopped.
func (b *Batch) CatchUp(ctx context.Context, done func(office.DayWork)) (int, error) {
	for n := 0; ; n++ {
		w, more, err := b.Office.WorkOff(ctx)
		if err != nil || !more {
			return n, err
		}
		if done != nil {
			done(w)
		}
	}
}

// Day works off the days up to that of the clock; once a day, and again when a day did something, it publishes the lists and ends
// the chips that are owed it.
func (b *Batch) Day(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	days, err := b.CatchUp(ctx, func(w office.DayWork) {
		b.Log.Info("day worked off", "day", w.Day.String(), "rows", w.Rows(), "parked", w.Parked)
	})
	if err != nil {
		return err
	}
	if err := b.Office.CAs.Refresh(ctx, b.Office.Store); err != nil {
		return err
	}
	today := civil.DateOf(b.Office.Clock())
	if b.last == today && days == 0 {
		return nil
	}
	n, err := b.Office.PublishCRLs(ctx)
	if err != nil {
		return err
	}
	b.last = today
	b.endChips(ctx)
	if b.Forget != nil {
		if _, err := b.Forget(ctx, time.Now().Add(-heard)); err != nil {
			return err
		}
	}
	b.Log.Info("revocation lists published", "day", today.String(), "lists", n)
	return nil
}

// endChips ends the chips that are owed it. One that cannot be ended holds up nothing: it stays owed, and in its office's sight.
func (b *Batch) endChips(ctx context.Context) {
	ended, owed, err := b.Office.EndOwedChips(ctx)
	if err != nil && ctx.Err() == nil {
		b.Log.Error("the chips that are owed their end could not be read", "error", err)
	}
	if ended+owed > 0 {
		b.Log.Info("chips of ended cards", "ended", ended, "owed", owed)
	}
}

// heard is how long the sequence of certificates' changes is kept; a node that was away for longer reads all of them anew. It is counted by
// the machine's clock, as they were written.
const heard = 31 * 24 * time.Hour

// pause is how long Run waits before it looks for a new day.
const pause = 30 * time.Second

// Run finishes what an earlier process left begun, then looks every half minute whether a new day has begun, until the
// context ends.
func (b *Batch) Run(ctx context.Context) {
	if n, err := b.Office.FinishProduction(ctx); err != nil && ctx.Err() == nil {
		b.Log.Error("cards that were begun could not be finished", "finished", n, "error", err)
	}
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if err := b.Day(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("the day's work failed and will be tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
