package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
)

// ListOrder is which lists to make. The zero order is the day's work: what is not of today yet.
type ListOrder struct {
	Kind       certificate.Kind // with Generation and Partition: only that one; Partition empty: all
	Generation int
	Partition  string
	Now        bool // of this instant, not of midnight, also where there is one of today
	Full       bool // straight from the register, not from the last list, also where there is one of today
	Accept     bool // publish what the check refuses: somebody looked at it
}

// ListRun says what a run did.
type ListRun struct {
	Made    int // published
	Fresh   int // there before
	Refused int // by the check, or because the clock was set back: the last one stays
	Faults  []CRL
}

const (
	// listsTogether is how many lists are written before they are recorded together; so many at most are done again after a death.
	listsTogether = 64
	// manyChanges is from how many changes on a list is made from the register instead: changes are held in memory.
	manyChanges = 20_000
	// restoredGap is left before the next number where the current list's file is missing: what a backup does not know was
	// numbered after it, and no number may say two things.
	restoredGap = 1_000_000
)

// listJob is one list to be made.
type listJob struct {
	authority *pki.Authority
	current   CRL // what is
	missing   bool
	next      CRL // what will be
	marks     []Revocation
	many      bool // too many changes to hold: their marks are looked through when the list is out
	order     ListOrder
	err       error
}

// MakeLists makes lists: numbers are taken, durably; the files are written, checked against the ones before them, and settled;
// then the registers know them as current and the old files go. Killed in between, the next run begins where the registers
// stand, with new numbers. A list that the check refuses is not published: the old one stays, and the issuer's desk says why.
func (o *Office) MakeLists(ctx context.Context, order ListOrder) (run ListRun, err error) {
	if order.Partition != "" && order.Partition != ARL {
		if _, err := listPartition(order.Partition, civil.DateOf(o.now())); err != nil {
			return run, fmt.Errorf("%w: %w", ErrNotFound, err)
		}
	}
	done, err := o.Lists.Alone(ctx)
	if err != nil {
		return run, fmt.Errorf("wait to make revocation lists: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := o.CAs.Refresh(ctx, o.Store); err != nil {
		return run, err
	}
	jobs, err := o.listJobs(ctx, order, &run)
	if err != nil || len(jobs) == 0 {
		return run, err
	}
	if err := o.takeNumbers(ctx, jobs); err != nil {
		return run, err
	}
	var failed []error
	for together := range slices.Chunk(jobs, listsTogether) {
		o.writeLists(ctx, together)
		if err := o.recordLists(ctx, together, &run); err != nil {
			return run, err
		}
		for _, j := range together {
			if j.err != nil {
				failed = append(failed, fmt.Errorf("the list of %s: %w", j.next.Partition, j.err))
			}
		}
	}
	if order.Partition == "" {
		failed = append(failed, o.clearLists(ctx))
	}
	return run, errors.Join(failed...)
}

// listJobs are the lists that have to be made now.
func (o *Office) listJobs(ctx context.Context, order ListOrder, run *ListRun) ([]*listJob, error) {
	now := o.now()
	today := civil.DateOf(now)
	var jobs []*listJob
	err := o.Store.Read(ctx, func(tx Tx) error {
		jobs = nil
		for _, a := range o.CAs.All() {
			if ended(a, today) || order.Generation != 0 && (a.Kind() != order.Kind || a.Generation() != order.Generation) {
				continue
			}
			current, err := listsOf(tx, a, order.Partition)
			if err != nil {
				return err
			}
			for _, partition := range slices.Sorted(maps.Keys(current)) {
				jobs = append(jobs, &listJob{authority: a, current: current[partition], order: order})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var refused []*listJob
	jobs = slices.DeleteFunc(jobs, func(j *listJob) bool {
		due := o.due(j, now)
		switch {
		case j.err != nil:
			refused = append(refused, j)
		case !due:
			run.Fresh++
		}
		return !due
	})
	if len(refused) == 0 {
		return jobs, nil
	}
	return jobs, o.recordLists(ctx, refused, run)
}

// listsOf are the lists that a key publishes, as they are known: of the partition, or of all in which it issued, of those that somebody
// asked for once, and the authority's own.
func listsOf(tx Tx, a *pki.Authority, partition string) (map[string]CRL, error) {
	out := map[string]CRL{}
	if partition != "" {
		c, err := tx.CRL(a.Kind(), a.Generation(), partition)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		out[partition] = c
		return out, nil
	}
	partitions, err := tx.Partitions(a.Kind(), a.Generation())
	if err != nil {
		return nil, err
	}
	for _, p := range append(partitions, ARL) {
		out[p] = CRL{Kind: a.Kind(), Generation: a.Generation(), Partition: p}
	}
	known, err := tx.CRLs()
	for _, c := range known {
		if c.Kind == a.Kind() && c.Generation == a.Generation() {
			out[c.Partition] = c
		}
	}
	return out, err
}

// due says whether a list has to be made now, and fills in what it will be; not with an error where the clock was set back.
func (o *Office) due(j *listJob, now time.Time) bool {
	c := j.current
	j.next = CRL{Kind: c.Kind, Generation: c.Generation, Partition: c.Partition, ThisUpdate: midnightOf(j.authority, civil.DateOf(now)), Made: now}
	if j.order.Now {
		j.next.ThisUpdate = now.UTC().Truncate(time.Second)
	}
	if c.Number > 0 {
		file, size, err := o.Lists.Open(c.Name())
		if err == nil {
			err = file.Close()
		}
		j.missing = err != nil || size != c.Size
		j.next.EndedBefore = civil.DateOf(c.ThisUpdate)
	}
	if c.ThisUpdate.After(now) {
		j.err = &listFaults{{FaultClockBack, fmt.Sprintf("the current list is of %s, the clock says %s", c.ThisUpdate.Format(time.RFC3339), now.UTC().Format(time.RFC3339))}}
		return false
	}
	fresh := c.Number > 0 && !c.ThisUpdate.Before(j.next.ThisUpdate) && !j.missing
	if fresh && !j.order.Now && !j.order.Full {
		return false
	}
	if j.next.ThisUpdate.Before(c.ThisUpdate) { // a full list after one on demand
		j.next.ThisUpdate = c.ThisUpdate
	}
	usable, err := procedure.ListUsable(civil.DateOf(j.next.ThisUpdate))
	j.err = err
	j.next.NextUpdate = j.next.ThisUpdate.AddDate(0, 0, usable)
	return err == nil
}

// takeNumbers gives every list its number in one durable transaction, before anything is signed.
func (o *Office) takeNumbers(ctx context.Context, jobs []*listJob) error {
	err := o.Store.Write(ctx, func(tx Tx) error {
		for _, j := range jobs {
			gap := int64(0)
			if j.missing {
				gap = restoredGap
			}
			var err error
			if j.next.Number, err = tx.TakeCRLNumber(j.next.Kind, j.next.Generation, j.next.Partition, gap); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("take the numbers of revocation lists: %w", err)
	}
	return nil
}

// writeLists writes and checks lists, as many at a time as there are processors.
func (o *Office) writeLists(ctx context.Context, jobs []*listJob) {
	var workers sync.WaitGroup
	next := make(chan *listJob)
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		workers.Go(func() {
			for j := range next {
				if j.err = ctx.Err(); j.err == nil {
					j.err = o.writeList(ctx, j)
				}
			}
		})
	}
	for _, j := range jobs {
		next <- j
	}
	close(next)
	workers.Wait()
}

// writeList writes the file of a list and checks it.
func (o *Office) writeList(ctx context.Context, j *listJob) error {
	if j.missing {
		o.Log.LogAttrs(ctx, slog.LevelWarn, "a revocation list was missing in the data folder and is made anew", listAttrs(j.current, ErrListMissing)...)
	}
	old, err := o.oldList(ctx, j)
	if err != nil {
		return err
	}
	if old != nil {
		defer old.Close()
	}
	if j.next.Partition == ARL {
		err = o.writeFile(j, func(w io.Writer) error {
			return j.authority.WriteARL(w, pki.ARL{Number: uint64(j.next.Number), ThisUpdate: j.next.ThisUpdate, NextUpdate: j.next.NextUpdate})
		})
	} else {
		err = o.writePartition(ctx, j, old)
	}
	if err != nil {
		return err
	}
	return o.checkNew(ctx, j, old)
}

func (o *Office) writeFile(j *listJob, f func(io.Writer) error) (err error) {
	j.next.Size, j.next.SHA256, err = o.Lists.Write(j.next.Name(), f)
	return err
}

// openedList is a list whose signature was checked, and its file.
type openedList struct {
	*pki.RevocationList
	file ListFile
}

func (l *openedList) Close() { l.file.Close() }

// checked opens a list of ours and checks it.
func (o *Office) checked(a *pki.Authority, name ListName) (*openedList, error) {
	file, size, err := o.Lists.Open(name)
	if err != nil {
		return nil, err
	}
	list, err := pki.OpenCRL(file, size, a.Certificate())
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &openedList{list, file}, nil
}

// oldList is the list before; nil when there is none, or none that can be relied on: then the new one is made from the register.
func (o *Office) oldList(ctx context.Context, j *listJob) (*openedList, error) {
	if j.current.Number == 0 || j.missing {
		return nil, nil
	}
	old, err := o.checked(j.authority, j.current.Name())
	switch {
	case err == nil:
		return old, nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, pki.ErrCRLForm), errors.Is(err, pki.ErrCRLSignature):
		o.Log.LogAttrs(ctx, slog.LevelError, "the last revocation list is damaged; the next one is made from the register and compared with nothing", listAttrs(j.current, err)...)
		return nil, nil
	}
	return nil, fmt.Errorf("read the last list: %w", err)
}

// writePartition writes a partition's list: the last one with what changed since, or all of it from the register.
func (o *Office) writePartition(ctx context.Context, j *listJob, old *openedList) error {
	partition, err := listPartition(j.next.Partition, civil.DateOf(j.next.Made))
	if err != nil {
		return err
	}
	list := pki.CRL{Partition: partition, URLs: o.urls(), Number: uint64(j.next.Number), ThisUpdate: j.next.ThisUpdate, NextUpdate: j.next.NextUpdate}
	return o.Store.Read(ctx, func(tx Tx) error {
		changes, err := j.changes(tx)
		if err != nil {
			return err
		}
		if old != nil && !j.order.Full && changes != nil {
			list.Kept, list.Changes = old.RevocationList, changes
			err := o.writeFile(j, func(w io.Writer) error { return j.authority.WriteCRL(w, list) })
			if !errors.Is(err, pki.ErrCRLPartition) {
				return err
			}
			list.Kept, list.Changes = nil, nil // the municipality has another name now
		}
		n := j.next
		all, reasoned, late, err := tx.RevokedCount(n.Kind, n.Generation, n.Partition, n.ThisUpdate, n.EndedBefore)
		if err != nil {
			return err
		}
		list.EntriesSize = pki.EntriesSize(all, reasoned, late)
		list.Entries = revokedEntries(tx, n)
		return o.writeFile(j, func(w io.Writer) error { return j.authority.WriteCRL(w, list) })
	})
}

// revokedEntries yields the lines of a whole list.
func revokedEntries(tx Tx, c CRL) pki.Entries {
	return func(yield func(pki.RevokedEntry, error) bool) {
		for r, err := range tx.Revoked(c.Kind, c.Generation, c.Partition, c.ThisUpdate, c.EndedBefore) {
			var entry pki.RevokedEntry
			if err == nil {
				entry, err = r.entry()
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}

// changes are what became of serials since the last list, by rising serial, and notes which of them the new list will say; nil
// when there are too many to hold. What ends after the list's instant is for the next one.
func (j *listJob) changes(tx Tx) ([]pki.ListChange, error) {
	j.marks, j.many = nil, false
	n := j.next
	byline := map[pki.Serial]pki.ListChange{}
	for r, err := range tx.Unlisted(n.Kind, n.Generation, n.Partition) {
		if err != nil {
			return nil, err
		}
		if !r.EndedAt.IsZero() && !r.EndedAt.Before(n.ThisUpdate) {
			continue
		}
		entry, err := r.entry()
		if err != nil {
			return nil, err
		}
		if j.marks = append(j.marks, r); len(j.marks) > manyChanges {
			j.marks, j.many = nil, true
			return nil, nil
		}
		byline[entry.Serial] = pki.ListChange{RevokedEntry: entry, Gone: r.EndedAt.IsZero() || r.Until.Before(n.EndedBefore)}
	}
	for r, err := range tx.RevokedUntil(n.Kind, n.Generation, n.Partition, j.current.EndedBefore, n.EndedBefore) {
		if err != nil {
			return nil, err
		}
		entry, err := r.entry()
		if err != nil {
			return nil, err
		}
		byline[entry.Serial] = pki.ListChange{RevokedEntry: entry, Gone: true}
		if len(byline) > manyChanges {
			return nil, nil
		}
	}
	if len(byline) > manyChanges {
		return nil, nil
	}
	sorted := slices.SortedFunc(maps.Values(byline), func(a, b pki.ListChange) int { return a.Serial.Compare(b.Serial) })
	if sorted == nil {
		sorted = []pki.ListChange{}
	}
	return sorted, nil
}
