package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"mynumber/internal/pki"
)

// recordLists makes the names durable, then the lists current in one transaction, then removes the ones before.
func (o *Office) recordLists(ctx context.Context, jobs []*listJob, run *ListRun) error {
	settled := map[*pki.Authority]bool{}
	for _, j := range jobs {
		if j.err != nil || settled[j.authority] {
			continue
		}
		if err := o.Lists.Settle(j.next.Kind, j.next.Generation); err != nil {
			return fmt.Errorf("settle revocation lists: %w", err)
		}
		settled[j.authority] = true
	}
	err := o.Store.Write(ctx, func(tx Tx) error {
		for _, j := range jobs {
			if err := j.record(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record revocation lists: %w", err)
	}
	for _, j := range jobs {
		gone := j.current.Name()
		if j.err != nil {
			gone = j.next.Name()
		}
		if faults, refused := errors.AsType[*listFaults](j.err); refused {
			run.Refused++
			run.Faults = append(run.Faults, j.faulty(faults))
			o.Log.LogAttrs(ctx, slog.LevelError, "a revocation list is not published; the last one stays", listAttrs(j.current, faults)...)
			j.err = nil
		} else if j.err == nil {
			run.Made++
			if j.many {
				j.err = o.markMany(ctx, j)
			}
		}
		if gone.Number == 0 {
			continue
		}
		if err := o.Lists.Drop(gone); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove an old revocation list: %w", err)
		}
	}
	return nil
}

// faulty is what the registers note of a list that was refused.
func (j *listJob) faulty(f *listFaults) CRL {
	c := j.current
	c.Fault, c.FaultAt = f.Error(), j.next.Made
	return c
}

// record writes what became of a list.
func (j *listJob) record(tx Tx) error {
	if faults, refused := errors.AsType[*listFaults](j.err); refused {
		return tx.PutCRLFault(j.faulty(faults))
	}
	if j.err != nil {
		return nil
	}
	if err := tx.PutCRL(j.next); err != nil {
		return err
	}
	for _, r := range j.marks {
		if err := tx.MarkListed(j.next.Kind, j.next.Generation, r); err != nil {
			return err
		}
	}
	return nil
}

// markMany takes the marks of a list with very many changes away, some thousand at a time, where the list says what the register
// says. Cut off, the rest stays marked, and the next list finds them again.
func (o *Office) markMany(ctx context.Context, j *listJob) error {
	list, err := o.checked(j.authority, j.next.Name())
	if err != nil {
		return err
	}
	defer list.Close()
	var said []Revocation
	mark := func() error {
		err := o.Store.Write(ctx, func(tx Tx) error {
			for _, r := range said {
				if err := tx.MarkListed(j.next.Kind, j.next.Generation, r); err != nil {
					return err
				}
			}
			return nil
		})
		said = said[:0]
		return err
	}
	err = o.Store.Read(ctx, func(tx Tx) error {
		for r, err := range tx.Unlisted(j.next.Kind, j.next.Generation, j.next.Partition) {
			if err != nil {
				return err
			}
			entry, err := r.entry()
			if err != nil {
				return err
			}
			e, listed, err := list.Lookup(entry.Serial)
			if err != nil {
				return err
			}
			same := listed && !r.EndedAt.IsZero() && e.At.Unix() == r.EndedAt.Unix() && e.Reason == r.Reason
			if !same && (listed || !r.EndedAt.IsZero() && !r.Until.Before(j.next.EndedBefore)) {
				continue
			}
			if said = append(said, r); len(said) == manyChanges/4 {
				if err := mark(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return errors.Join(err, mark())
}

// clearLists removes what a crash left: lists that never became current, and old ones.
func (o *Office) clearLists(ctx context.Context) error {
	current := map[ListName]bool{}
	err := o.Store.Read(ctx, func(tx Tx) error {
		all, err := tx.CRLs()
		for _, c := range all {
			current[c.Name()] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, a := range o.CAs.All() {
		names, err := o.Lists.Names(a.Kind(), a.Generation())
		if err != nil {
			return fmt.Errorf("look for old revocation lists: %w", err)
		}
		for _, name := range names {
			if current[name] {
				continue
			}
			if err := o.Lists.Drop(name); err != nil {
				return fmt.Errorf("remove an old revocation list: %w", err)
			}
		}
	}
	return nil
}
