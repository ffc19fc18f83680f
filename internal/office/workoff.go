package office

import (
	"context"
	"errors"
	"fmt"

	"mynumber/internal/authority"
	"mynumber/internal/civil"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
)

// batchActor is the installation itself at work: what the days do stands in the issuer's journal.
var batchActor = Actor{Staff: daysName, Office: place.Issuer, Role: authority.System}

// lastDayKey is the setting that names the last day worked off.
const lastDayKey = "last_day_worked_off"

// Bounds of the days' work.
const (
	dueChunk    = 100 // rows of one transaction
	dueAttempts = 3   // after so many failures a row is parked and its day goes on
)

// DayWork is what the working off of a day did.
type DayWork struct {
	Day    civil.Date
	Done   map[DueKind]int // rows worked off
	Failed int             // rows that failed and were not parked yet
	Parked int             // rows that were parked on this day
}

// Rows is how many rows were worked off.
func (w DayWork) Rows() int {
	n := 0
	for _, k := range w.Done {
		n += k
	}
	return n
}

// LastDay is the last day that was worked off; zero before the first.
func (o *Office) LastDay(ctx context.Context) (civil.Date, error) {
	var last civil.Date
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		last, err = lastDay(tx)
		return err
	})
	return last, err
}

func lastDay(tx Tx) (civil.Date, error) {
	text, err := tx.Setting(lastDayKey)
	if isNotFound(err) || err != nil {
		return civil.Date{}, ignoreNotFound(err)
	}
	return civil.Parse(text)
}

func ignoreNotFound(err error) error {
	if isNotFound(err) {
		return nil
	}
	return err
}

// WorkOff does the next day's work: everything that is due on the earliest day that has something and is not after
// today. It returns false when all days up to today are worked off. A day is worked off in whole or goes on where it
// stopped: each row is taken out in the transaction that does it, and the day is noted when none is left. Its effects
// bear the row's own day, its entries in the journal the instant at which they were written.
//
// A row that fails does not stop the others. It is tried again, and after some failures it is parked: the day is
// done without it, and it stays in sight until somebody has found out why.
func (o *Office) WorkOff(ctx context.Context) (DayWork, bool, error) {
	today := civil.DateOf(o.Clock())
	day, more, err := o.nextDay(ctx, today)
	w := DayWork{Day: day, Done: map[DueKind]int{}}
	if err != nil || !more {
		return w, false, err
	}
	for try := 1; try <= dueAttempts; try++ {
		failed, err := o.round(ctx, &w)
		if err != nil {
			return w, false, fmt.Errorf("work off %s: %w", day, err)
		}
		if w.Failed = failed; failed == 0 {
			break
		}
	}
	return w, true, o.noteDay(ctx, day)
}

// nextDay is the earliest day with something due; where none is left, today is noted.
func (o *Office) nextDay(ctx context.Context, today civil.Date) (civil.Date, bool, error) {
	var day civil.Date
	var last civil.Date
	err := o.Store.Read(ctx, func(tx Tx) error {
		rows, err := tx.NextDue(today, Due{}, 1)
		if err != nil {
			return err
		}
		if day = (civil.Date{}); len(rows) > 0 {
			day = rows[0].Day
		}
		last, err = lastDay(tx)
		return err
	})
	if err != nil || !day.IsZero() {
		return day, true, err
	}
	if !last.Before(today) {
		return last, false, nil
	}
	return today, false, o.noteDay(ctx, today)
}

// noteDay notes a day as worked off. The days between it and the one before had nothing. A day is never taken back.
func (o *Office) noteDay(ctx context.Context, day civil.Date) error {
	return o.Store.Write(ctx, func(tx Tx) error {
		last, err := lastDay(tx)
		if err != nil || !last.Before(day) {
			return err
		}
		return tx.PutSetting(lastDayKey, day.String())
	})
}

// round works off every row of the day once, and returns how many failed.
func (o *Office) round(ctx context.Context, w *DayWork) (int, error) {
	var at Due
	failed := 0
	for {
		if err := ctx.Err(); err != nil {
			return failed, err
		}
		next, done, err := o.chunk(ctx, w.Day, at, dueChunk)
		if err == nil {
			for k, n := range done {
				w.Done[k] += n
			}
			if next.Day.IsZero() {
				return failed, nil
			}
			at = next
			continue
		}
		// One of them fails: each gets a transaction of its own, so that the others are done.
		next, n, err := o.oneByOne(ctx, w, at)
		failed += n
		if err != nil || next.Day.IsZero() {
			return failed, err
		}
		at = next
	}
}

// chunk works off some rows in one transaction. It returns the last of them, or the zero row when no more follow.
func (o *Office) chunk(ctx context.Context, day civil.Date, after Due, size int) (Due, map[DueKind]int, error) {
	var last Due
	var done map[DueKind]int
	var certified bool
	var dead []string
	now := o.now()
	err := o.Store.Write(ctx, func(tx Tx) error {
		last, done, certified, dead = Due{}, map[DueKind]int{}, false, nil
		rows, err := tx.NextDue(day, after, size)
		if err != nil {
			return err
		}
		for _, d := range rows {
			still, err := isDue(tx, d)
			if err != nil {
				return err
			}
			if !still {
				continue // done with another row of the same person
			}
			t := &turn{Tx: tx, office: o, who: batchActor, now: now, on: d.Day}
			if err := t.workOff(d); err != nil {
				return err
			}
			certified, dead = certified || t.certified, append(dead, t.dead...)
			done[d.Kind]++
		}
		if len(rows) == size {
			last = rows[size-1]
		}
		return nil
	})
	if err == nil {
		o.committed(certified)
		o.endChips(ctx, dead)
	}
	return last, done, err
}

// isDue reports that the row is still there and not done.
func isDue(tx Tx, d Due) (bool, error) {
	rows, err := tx.DueOf(d.PersonID)
	for _, r := range rows {
		if r.same(d) {
			return r.Done.IsZero(), err
		}
	}
	return false, err
}

// workOff does one row and takes it out.
func (t *turn) workOff(d Due) error {
	do, ok := dueKinds[d.Kind]
	if !ok {
		return fmt.Errorf("nothing is known about the kind %q", d.Kind)
	}
	if err := do(t, d); err != nil {
		return fmt.Errorf("%s of %s on %s: %w", d.Kind, d.Subject, d.Day, err)
	}
	if err := t.settleTouched(); err != nil {
		return fmt.Errorf("settle after %s of %s on %s: %w", d.Kind, d.Subject, d.Day, err)
	}
	return t.DropDue(d)
}

// oneByOne works off a chunk's rows each in a transaction of its own, and notes what fails.
func (o *Office) oneByOne(ctx context.Context, w *DayWork, after Due) (Due, int, error) {
	failed := 0
	for range dueChunk {
		var row Due
		err := o.Store.Read(ctx, func(tx Tx) error {
			rows, err := tx.NextDue(w.Day, after, 1)
			if row = (Due{}); len(rows) > 0 {
				row = rows[0]
			}
			return err
		})
		if err != nil || row.Day.IsZero() {
			return Due{}, failed, err
		}
		_, done, err := o.chunk(ctx, w.Day, after, 1)
		switch {
		case ctx.Err() != nil:
			return Due{}, failed, ctx.Err()
		case err != nil:
			o.Log.Error("what was due could not be done", "kind", string(row.Kind), "subject", row.Subject, "day", row.Day.String(), "error", err)
			parked, err := o.noteFault(ctx, row, err)
			if err != nil {
				return Due{}, failed, err
			}
			if parked {
				w.Parked++
			} else {
				failed++
			}
		default:
			for k, n := range done {
				w.Done[k] += n
			}
		}
		after = row
	}
	return after, failed, nil
}

// noteFault counts a failure of a row; true when it is parked for it.
func (o *Office) noteFault(ctx context.Context, d Due, fault error) (bool, error) {
	parked := false
	err := o.Store.Write(ctx, func(tx Tx) error {
		rows, err := tx.DueOf(d.PersonID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.same(d) && r.Done.IsZero() {
				r.Attempts++
				r.Fault, r.Parked = fault.Error(), r.Attempts >= dueAttempts
				parked = r.Parked
				return tx.PutDue(r)
			}
		}
		return nil
	})
	return parked, err
}

// Parked is what failed too often and waits for somebody to find out why, at most so many rows.
func (o *Office) Parked(ctx context.Context, limit int) ([]Due, error) {
	var out []Due
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		out, err = tx.Parked(limit)
		return err
	})
	return out, err
}

// Unpark puts everything that was parked back in its place, to be tried once more with the next day's work.
func (o *Office) Unpark(ctx context.Context) (int, error) {
	n := 0
	err := o.Store.Write(ctx, func(tx Tx) error {
		rows, err := tx.Parked(maxUnpark)
		if err != nil {
			return err
		}
		n = len(rows)
		for _, d := range rows {
			d.Parked, d.Attempts = false, 0
			if err := tx.PutDue(d); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// maxUnpark bounds one transaction.
const maxUnpark = 10_000

// Settle derives what the days bring to some people: for registers that were filled from elsewhere. It is safe to run
// again.
func (o *Office) Settle(ctx context.Context, personIDs ...string) error {
	now := o.now()
	return o.Store.Write(ctx, func(tx Tx) error {
		var faults []error
		for _, id := range personIDs {
			t := &turn{Tx: tx, office: o, who: batchActor, now: now, on: civil.DateOf(now), basis: procedure.Basis{}}
			faults = append(faults, t.settle(id))
		}
		return errors.Join(faults...)
	})
}
