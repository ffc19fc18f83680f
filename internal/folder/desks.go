package folder

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/apdu"
	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/remote"
)

// Desks are the folder's cards, and those that lie in the card readers of clerks' desks: an act of a desk that has a
// reader finds its card there and nowhere else.
type Desks struct {
	*Cards
	Readers *remote.Readers
}

// readerTime is how long an act waits for a desk's reader that is in use.
const readerTime = 10 * time.Second

// Insert takes the card out of the desk's reader, if the act is of a desk with one or the card is expected at one, and else
// the chip of the folder. The card proves that it is the one that is meant, by its key, before anything else is asked of it.
func (d *Desks) Insert(ctx context.Context, id string) (office.Inserted, error) {
	desk := office.DeskOf(ctx)
	if desk == "" {
		desk = d.Readers.At(id)
	}
	if _, err := d.Readers.Of(desk); desk == "" || err != nil {
		return d.Cards.Insert(ctx, id)
	}
	key, err := d.managementKey(id)
	if err != nil {
		return office.Inserted{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, readerTime)
	defer cancel()
	card, err := d.Readers.Insert(ctx, desk)
	if err != nil {
		return office.Inserted{}, inWords(err)
	}
	chip := deskChip{card}
	if err := itself(chip, key); err != nil {
		return office.Inserted{}, errors.Join(err, card.Close())
	}
	return office.Inserted{Chip: chip, Key: key, Close: card.Close}, nil
}

// itself lets a card prove that it knows the key of the card that is meant. A dead chip knows none, and says so itself.
func itself(chip reader.Chip, key [16]byte) error {
	err := reader.NewTerminal(chip, rand.Reader).Authenticate(key)
	refused, said := errors.AsType[*reader.StatusError](err)
	switch {
	case said && refused.SW == apdu.NoDiagnosis:
		return nil
	case said || errors.Is(err, reader.ErrWrongKey):
		return fmt.Errorf("%w: %w", office.ErrOtherCard, err)
	}
	return err
}

// managementKey is the key of a card's channel.
func (c *Cards) managementKey(id string) (key [16]byte, err error) {
	secret, err := c.folder.derive("chip "+id, 16)
	if err == nil {
		key = [16]byte(secret)
	}
	return key, err
}

// deskChip says the faults of a desk's reader in the office's words.
type deskChip struct{ card *remote.Card }

func (d deskChip) Transmit(command []byte) ([]byte, error) {
	answer, err := d.card.Transmit(command)
	return answer, inWords(err)
}

func inWords(err error) error {
	switch {
	case errors.Is(err, remote.ErrNoCard):
		return fmt.Errorf("%w: %w", office.ErrEmptyReader, err)
	case errors.Is(err, remote.ErrInUse):
		return fmt.Errorf("%w: %w", office.ErrInReader, err)
	case errors.Is(err, remote.ErrLost), errors.Is(err, remote.ErrNoReader):
		return fmt.Errorf("%w: %w", office.ErrReaderLost, err)
	}
	return err
}

// Pair, ReaderAt, Release and Expect are those of the readers.
func (d *Desks) Pair(desk, code, said string) (office.DeskReader, error) {
	r, err := d.Readers.Pair(desk, code, said)
	if errors.Is(err, remote.ErrWrongCode) {
		err = office.ErrPairingCode
	}
	return office.DeskReader(r), err
}

// ReaderAt is the desk's reader.
func (d *Desks) ReaderAt(desk string) (office.DeskReader, bool) {
	r, err := d.Readers.Of(desk)
	return office.DeskReader(r), err == nil
}

// Release takes a desk's reader away.
func (d *Desks) Release(desk string) bool { return d.Readers.Release(desk) == nil }

// Expect notes where a card lies.
func (d *Desks) Expect(desk, cardID string) { d.Readers.Expect(desk, cardID) }
