package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"mynumber/internal/folder"
	"mynumber/internal/iccard"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
	"mynumber/internal/web"
)

// Readers are the two slots of a virtual PC/SC reader (vpcd), into which cards of a data folder are put, so that every program of the
// machine sees them. A card that lies in one is nowhere else meanwhile.
type Readers struct {
	Addr  string // where the reader's driver listens for the first slot
	Keep  bool   // cards put in keep verified PINs when their application is selected again
	chips *folder.Cards
	slots reader.Slots

	mu sync.Mutex // of one act at a time
	in [2]Lying
}

// Lying is what is in a slot.
type Lying struct {
	Card string // key of the card; empty for none
	ATR  string // name of the answer to reset that it gives; empty for its own
}

// What cannot be done with a slot.
var (
	ErrSlot      = errors.New("スロットは0か1です / a slot is 0 or 1")
	ErrSlotTaken = errors.New("このスロットにはカードが入っています / there is a card in this slot")
	ErrSlotEmpty = errors.New("このスロットにカードはありません / there is no card in this slot")
)

// OpenReaders is an empty reader; nobody is waited for at the address.
func OpenReaders(chips *folder.Cards, addr string) (*Readers, error) {
	slots, err := reader.OpenSlots(addr)
	if err != nil {
		return nil, err
	}
	return &Readers{Addr: addr, chips: chips, slots: slots}, nil
}

// Close takes both cards out.
func (r *Readers) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slots.Close()
	r.in = [2]Lying{}
}

// Insert takes a card of the folder and puts it into a slot. seen, if any, is told when the reader takes it up and lets go of it.
// ErrSlot, ErrSlotTaken, office.ErrInReader, fs.ErrNotExist.
func (r *Readers) Insert(ctx context.Context, slot int, card Lying, seen func(bool)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.insert(ctx, slot, card, seen)
}

func (r *Readers) insert(ctx context.Context, slot int, card Lying, seen func(bool)) error {
	if slot < 0 || slot >= len(r.slots) {
		return ErrSlot
	}
	atr, err := reader.ATRNamed(card.ATR)
	if err != nil {
		return err
	}
	if r.in[slot].Card != "" {
		return ErrSlotTaken
	}
	chip, free, err := r.chips.Lend(ctx, card.Card)
	if err != nil {
		return err
	}
	if r.Keep {
		chip.KeepPINs()
	}
	if err := r.slots[slot].Insert(chip, atr, free, seen); err != nil {
		return errors.Join(err, free())
	}
	r.in[slot] = card
	return nil
}

// Remove takes the card out of a slot and says which it was. ErrSlot, ErrSlotEmpty.
func (r *Readers) Remove(slot int) (Lying, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.remove(slot)
}

func (r *Readers) remove(slot int) (Lying, error) {
	if slot < 0 || slot >= len(r.slots) {
		return Lying{}, ErrSlot
	}
	was := r.in[slot]
	if was.Card == "" {
		return was, ErrSlotEmpty
	}
	r.in[slot] = Lying{}
	return was, r.slots[slot].Remove()
}

// Swap exchanges what is in the two slots; seen is told of the slot too. ErrSlotEmpty when there is no card at all.
func (r *Readers) Swap(ctx context.Context, seen func(slot int, there bool)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.in
	if was == [2]Lying{} {
		return ErrSlotEmpty
	}
	for slot := range was {
		if _, err := r.remove(slot); err != nil && !errors.Is(err, ErrSlotEmpty) {
			return err
		}
	}
	for slot, card := range was {
		if card.Card == "" {
			continue
		}
		to := len(was) - 1 - slot
		if err := r.insert(ctx, to, card, func(there bool) {
			if seen != nil {
				seen(to, there)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// Slots are what is in each slot, and whether the reader has taken it up.
func (r *Readers) Slots() (in [2]Lying, seen [2]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, slot := range r.slots {
		_, seen[i] = slot.Occupied()
	}
	return r.in, seen
}

// CardReader is what is in the sandbox's reader; nil when the demo has none.
func (s *Sandbox) CardReader() (*web.CardReader, error) {
	if s.Readers == nil {
		return nil, nil
	}
	cards, err := s.Chipped()
	if err != nil {
		return nil, err
	}
	in, seen := s.Readers.Slots()
	out := &web.CardReader{Addr: s.Readers.Addr, ATRs: reader.ATRNames()}
	for i, lying := range in {
		slot := web.CardSlot{ID: lying.Card, ATR: lying.ATR, Seen: seen[i]}
		for _, c := range cards {
			if c.ID == lying.Card {
				slot.Label, slot.State = c.Label, c.State
			}
		}
		out.Slots = append(out.Slots, slot)
	}
	return out, nil
}

// InsertCard puts a card into a slot of the sandbox's reader.
func (s *Sandbox) InsertCard(ctx context.Context, slot int, cardID, atr string) error {
	if s.Readers == nil {
		return office.ErrNotFound
	}
	return slotWords(s.Readers.Insert(ctx, slot, Lying{cardID, atr}, nil))
}

// RemoveCard takes the card out of a slot.
func (s *Sandbox) RemoveCard(slot int) error {
	if s.Readers == nil {
		return office.ErrNotFound
	}
	_, err := s.Readers.Remove(slot)
	return slotWords(err)
}

// SwapCards exchanges what is in the slots.
func (s *Sandbox) SwapCards(ctx context.Context) error {
	if s.Readers == nil {
		return office.ErrNotFound
	}
	return slotWords(s.Readers.Swap(ctx, nil))
}

// slotWords says for a page what cannot be done with a slot.
func slotWords(err error) error {
	switch {
	case errors.Is(err, ErrSlotTaken):
		return &office.Invalid{Field: "slot", Text: law.Text{Ja: "このスロットにはカードが入っています。先に抜いてください。", En: "There is a card in this slot; take it out first."}}
	case errors.Is(err, ErrSlotEmpty):
		return &office.Invalid{Field: "slot", Text: law.Text{Ja: "カードが入っていません。", En: "There is no card in it."}}
	case errors.Is(err, ErrSlot), errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", office.ErrNotFound, err)
	case errors.Is(err, office.ErrInReader):
		return rules.Refuse("card_in_reader")
	case errors.Is(err, office.ErrUnreadable):
		return rules.Refuse("chip_unreadable")
	}
	return err
}

// hold puts a card into the sandbox's own reader for a moment, which is not that of PC/SC. office.ErrNotFound, and the refusal of a card
// that lies in another reader.
func hold(ctx context.Context, chips *folder.Cards, cardID string) (*iccard.Card, func() error, error) {
	chip, done, err := chips.Open(ctx, cardID)
	if err != nil {
		return nil, nil, chipWords(err)
	}
	return chip, done, nil
}

// chipWords says for a page why a chip is not at hand.
func chipWords(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("put the card into the reader: %w", office.ErrNotFound)
	case errors.Is(err, office.ErrInReader):
		return rules.Refuse("card_in_reader")
	case errors.Is(err, office.ErrUnreadable):
		return rules.Refuse("chip_unreadable")
	}
	return fmt.Errorf("put the card into the reader: %w", err)
}
