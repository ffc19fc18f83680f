package office

import (
	"context"

	"mynumber/internal/journal"
)

// VerifyJournals proves every office's chain and reports their heads. The error is a *journal.Fault that names the first
// entry that does not hold.
func VerifyJournals(ctx context.Context, store Store) ([]journal.Head, error) {
	var heads []journal.Head
	err := store.Read(ctx, func(tx Tx) error {
		var err error
		if heads, err = tx.JournalHeads(); err != nil {
			return err
		}
		for _, h := range heads {
			if err := journal.Verify(h, tx.Journal(h.Office)); err != nil {
				return err
			}
		}
		return nil
	})
	return heads, err
}
