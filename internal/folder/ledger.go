package folder

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"mynumber/internal/iccard"
)

// ledgerFile says which state of each card is its last. It lies apart from the cards and is in no backup: a restored folder begins one
// of its own.
const ledgerFile = "cards.ledger"

// ErrLedgerLost says that cards are there and the ledger is not. A new one would take any old copy of a card for its last state.
var ErrLedgerLost = errors.New("the ledger of the cards is lost; put it back, or restore the backup into a new folder")

// chipEnd is how the name of a card's file ends.
const chipEnd = ".chip"

// openLedger opens the folder's ledger. Where there is none, adopt says which cards it begins with.
func (c *Cards) openLedger(adopt func() ([]iccard.Adopted, error)) (*iccard.Ledger, error) {
	secret, err := c.folder.derive("chip ledger", 32)
	if err != nil {
		return nil, err
	}
	path, key := c.folder.Path(ledgerFile), [32]byte(secret)
	ledger, err := iccard.OpenLedger(path, key)
	if !errors.Is(err, fs.ErrNotExist) {
		return ledger, err
	}
	if err := iccard.BeginLedger(path, key, adopt); err != nil {
		return nil, err
	}
	return iccard.OpenLedger(path, key)
}

// RestoreCards begins the ledger of a folder into which a backup was restored: its cards count as they are.
func (f *Folder) RestoreCards() error {
	if err := os.MkdirAll(f.Path(chipsDir), 0o700); err != nil {
		return fmt.Errorf("make the folder of the cards: %w", err)
	}
	former, err := f.derive("chips", 32)
	if err != nil {
		return err
	}
	c := &Cards{folder: f, former: [32]byte(former)}
	ledger, err := c.openLedger(c.asTheyAre)
	if err != nil {
		return err
	}
	return ledger.Close()
}

// formersAlone adopts the cards of a folder from before there were ledgers, and refuses if one is of later.
func (c *Cards) formersAlone() ([]iccard.Adopted, error) {
	ids, err := c.IDs()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		raw, err := os.ReadFile(c.File(id))
		if err != nil || !iccard.IsFormer(raw) {
			return nil, fmt.Errorf("%s: %w", c.File(id), ErrLedgerLost)
		}
	}
	return c.asTheyAre()
}

// asTheyAre adopts every card that is there.
func (c *Cards) asTheyAre() ([]iccard.Adopted, error) {
	ids, err := c.IDs()
	if err != nil {
		return nil, err
	}
	var all []iccard.Adopted
	for _, id := range ids {
		storage, err := c.storage(id)
		if err != nil {
			return nil, fmt.Errorf("card %s: %w", id, err)
		}
		adopted, err := storage.Adopt()
		if err := errors.Join(err, storage.Close()); err != nil {
			return nil, fmt.Errorf("card %s: %w", id, err)
		}
		all = append(all, adopted)
	}
	return all, nil
}

// ends are how the names of the files end in which a card's state may lie.
var ends = []string{chipEnd, chipEnd + ".0", chipEnd + ".1"}

// IDs are the keys of the cards that have a chip here, in order.
func (c *Cards) IDs() ([]string, error) {
	files, err := os.ReadDir(c.folder.Path(chipsDir))
	if err != nil {
		return nil, fmt.Errorf("list the cards: %w", err)
	}
	var all []string
	for _, f := range files {
		for _, end := range ends {
			if id, ok := strings.CutSuffix(f.Name(), end); ok && cardID.MatchString(id) {
				all = append(all, id)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// has reports whether there is a file of the card.
func (c *Cards) has(id string) bool {
	return slices.ContainsFunc(ends, func(end string) bool {
		_, err := os.Stat(c.folder.Path(chipsDir, id+end))
		return err == nil
	})
}

// storage takes the file of a card's chip, under a key that is this card's alone.
func (c *Cards) storage(id string) (*iccard.FileStorage, error) {
	key, err := c.folder.derive("chip file "+id, 32)
	if err != nil {
		return nil, err
	}
	return iccard.NewFileStorage(iccard.File{
		Path: c.File(id), ID: id, Key: [32]byte(key), Former: &c.former, Ledger: c.ledger, Rand: rand.Reader,
	})
}
