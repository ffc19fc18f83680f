// Package batch is what the mere passing of days does. For now that is the day's revocation lists (CERT-032): a list
// is the same whoever causes it, so a day that was missed is made up by the first look at it.
package batch

import (
	"context"
	"log/slog"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// Batch works off days.
type Batch struct {
	Office *office.Office
	Log    *slog.Logger
	last   civil.Date
}

// Day works off the day of the clock, once.
func (b *Batch) Day(ctx context.Context) error {
	today := civil.DateOf(b.Office.Clock())
	if b.last == today {
		return nil
	}
	n, err := b.Office.PublishCRLs(ctx)
	if err != nil {
		return err
	}
	b.last = today
	b.Log.Info("day worked off", "day", today.String(), "revocation_lists", n)
	return nil
}

// Run finishes what an earlier process left begun, then looks every half minute whether a new day has begun, until the
// context ends.
func (b *Batch) Run(ctx context.Context) {
	if n, err := b.Office.FinishProduction(ctx); err != nil && ctx.Err() == nil {
		b.Log.Error("cards that were begun could not be finished", "finished", n, "error", err)
	}
	tick := time.NewTicker(30 * time.Second)
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
