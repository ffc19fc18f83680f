package reader

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"mynumber/internal/iccard"
)

// ATR is an answer to reset under which Individual Number Cards are listed (pcsc-tools, ludovic.rousseau.free.fr).
type ATR struct {
	Name  string
	Bytes []byte
}

// ATRs are those that readers of real cards report, the default first. The second is the only one that OpenSC's driver knows by
// sight; it finds the others by asking.
var ATRs = []ATR{
	{"contactless", iccard.DefaultATR},
	{"contact", []byte{0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14}},
	{"contactless2", []byte{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x41, 0xE0, 0xB3, 0x81, 0xA1, 0x00, 0x3B}},
	{"contactless3", []byte{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x14, 0xE0, 0xB3, 0x81, 0x91, 0x00, 0x5E}},
	{"contact2", []byte{0x3B, 0xC5, 0xFF, 0x81, 0x31, 0xFB, 0x45, 0x80, 0x73, 0xC6, 0x01, 0x00, 0x00}},
	{"contact3", []byte{0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46, 0x80, 0x12, 0x39, 0x2F, 0x31, 0xC1, 0x73, 0xC6, 0x01, 0xC0, 0x3B}},
	{"contact4", []byte{0x3B, 0xF5, 0x91, 0x00, 0xFF, 0x91, 0x81, 0x71, 0xFE, 0x40, 0x00, 0x42, 0x00, 0x01, 0x00, 0xD1, 0xD6}},
	{"contact5", []byte{0x3B, 0xF5, 0x91, 0x00, 0xFF, 0x91, 0x81, 0x71, 0xFE, 0x40, 0x00, 0x42, 0x00, 0x01, 0xB3, 0xA1, 0x15}},
}

// ATRNames are their names.
func ATRNames() []string {
	var out []string
	for _, a := range ATRs {
		out = append(out, a.Name)
	}
	return out
}

// ATRNamed finds one; an empty name is the card's own (nil).
func ATRNamed(name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	i := slices.IndexFunc(ATRs, func(a ATR) bool { return a.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("%q is no answer to reset: want one of %v", name, ATRNames())
	}
	return ATRs[i].Bytes, nil
}

// Slots are the two places for cards that a virtual reader's driver always makes: the first listens at the address's port, the
// second at the next one.
type Slots [2]*Slot

// OpenSlots are the empty slots of the reader at an address, host:port.
func OpenSlots(addr string) (Slots, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return Slots{}, fmt.Errorf("the virtual reader's address: %w", err)
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65534 {
		return Slots{}, fmt.Errorf("the virtual reader's address %q: want a port from 1 to 65534", addr)
	}
	var s Slots
	for i := range s {
		// Another program may have pulled its card out of the same slot a moment ago.
		s[i] = &Slot{addr: net.JoinHostPort(host, strconv.Itoa(n+i)), out: time.Now()}
	}
	return s, nil
}

// Close pulls both cards.
func (s Slots) Close() {
	for _, slot := range s {
		if slot != nil {
			_ = slot.Remove()
		}
	}
}

// Slot is one place for a card.
type Slot struct {
	addr string

	mu   sync.Mutex
	card *inserted
	out  time.Time // when the last card was pulled, or may have been
}

// inserted is a card in a slot.
type inserted struct {
	pull    context.CancelFunc
	done    chan struct{}
	release func() error

	mu   sync.Mutex
	seen bool
}

// Errors of slots.
var (
	ErrSlotTaken = errors.New("reader: there is a card in this slot")
	ErrSlotEmpty = errors.New("reader: there is no card in this slot")
)

// NoticePause is how long a slot stays empty between two cards: the service behind the reader looks every 0.4 s, and would take a
// quicker successor for the card before; if it was about to reset that one, it then calls the slot empty until the successor is pulled.
const NoticePause = time.Second

// Insert puts a card in; atr is what it answers to reset, nil its own. seen, if any, is told each time the reader's driver takes the card
// up or lets go of it. release is called after Remove, when the card is without power. ErrSlotTaken.
func (s *Slot) Insert(card *iccard.Card, atr []byte, release func() error, seen func(bool)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.card != nil {
		return ErrSlotTaken
	}
	ctx, cancel := context.WithCancel(context.Background())
	in := &inserted{pull: cancel, done: make(chan struct{}), release: release}
	s.card = in
	wait := time.Until(s.out.Add(NoticePause))
	go func() {
		defer close(in.done)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		_ = serveVPCD(ctx, card, atr, s.addr, func(there bool) {
			in.mu.Lock()
			in.seen = there
			in.mu.Unlock()
			if seen != nil {
				seen(there)
			}
		})
	}()
	return nil
}

// Remove pulls the card out, in the middle of whatever it does, and releases it. ErrSlotEmpty.
func (s *Slot) Remove() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.card == nil {
		return ErrSlotEmpty
	}
	s.card.pull()
	<-s.card.done
	release := s.card.release
	s.card, s.out = nil, time.Now()
	if release == nil {
		return nil
	}
	return release()
}

// Occupied reports whether a card is in the slot, and whether the reader's driver has taken it up.
func (s *Slot) Occupied() (card, seen bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.card == nil {
		return false, false
	}
	s.card.mu.Lock()
	defer s.card.mu.Unlock()
	return true, s.card.seen
}
