package iccard

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
)

// Ledger is the list of a data folder's cards: for each the number of its last memory and that memory's hash. A card's file is the card
// only if the ledger names it, so that an older copy put in its place is found out (ADR 0016). It is one file for all cards; several
// processes may have it open, each card being held by one of them at a time.
//
// The file is a header and entries of 256 bytes. An entry is the card's id, 64 bytes filled up with zeros, and two slots of 96 bytes. A
// slot is a number (8 bytes, big-endian), a hash (32) and an HMAC-SHA256 (32) over id, place of the slot, number and hash, filled up
// with zeros. The slot with the higher number counts; the other one takes the next number, so that a write torn in the middle leaves
// the last one.
type Ledger struct {
	disk disk
	path string
	key  [32]byte

	mu      sync.Mutex
	file    diskFile
	entries map[string]int64 // place of each entry read so far
	read    int64            // end of these
}

const (
	ledgerMagic  = "MYNUMBER LEDGER\n"
	ledgerHeader = 256 // magic, HMAC of the magic, zeros
	ledgerEntry  = 256
	idSize       = 64
	slotSize     = 96
)

// ErrLedger says that a ledger cannot be read: damaged, or under another key.
var ErrLedger = errors.New("iccard: the ledger of the cards is damaged or under another key")

// mark is where a card stands: the number and the hash of its last memory, and where that is written. The zero mark is that of a card
// the ledger does not know.
type mark struct {
	number uint64
	hash   [sha256.Size]byte
	place  int64 // of the entry
	slot   int
}

// Adopted is a card whose file counts as it lies there when a ledger is begun.
type Adopted struct {
	ID     string
	Number uint64
	Hash   [sha256.Size]byte
}

// OpenLedger opens the ledger at path; fs.ErrNotExist if there is none, ErrLedger if it cannot be read.
func OpenLedger(path string, key [32]byte) (*Ledger, error) { return openLedger(osDisk{}, path, key) }

func openLedger(d disk, path string, key [32]byte) (*Ledger, error) {
	f, err := d.open(path)
	if err != nil {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	l := &Ledger{disk: d, path: path, key: key, file: f, entries: map[string]int64{}, read: ledgerHeader}
	header := make([]byte, ledgerHeader)
	if _, err := f.ReadAt(header, 0); err != nil || !bytes.Equal(header, l.header()) {
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrLedger, path), f.Close())
	}
	return l, nil
}

// BeginLedger writes a new ledger in which these cards stand, whole or not at all, unless there is one. Other processes that want to
// begin it wait meanwhile, and then find it there.
func BeginLedger(path string, key [32]byte, cards func() ([]Adopted, error)) error {
	return beginLedger(osDisk{}, path, key, cards)
}

func beginLedger(d disk, path string, key [32]byte, cards func() ([]Adopted, error)) error {
	lock, err := d.lock(path+".lock", true)
	if err != nil {
		return fmt.Errorf("iccard: take the ledger of the cards: %w", err)
	}
	defer lock.Close()
	if f, err := d.open(path); err == nil {
		return f.Close()
	} else if !missing(err) {
		return fmt.Errorf("iccard: %w", err)
	}
	adopted, err := cards()
	if err != nil {
		return err
	}
	l := &Ledger{key: key}
	content := l.header()
	for _, c := range adopted {
		m := mark{number: c.Number, hash: c.Hash, place: int64(len(content))}
		content = append(content, l.entry(c.ID, m)...)
	}
	err = writeFile(d, path+".new", content)
	if err == nil {
		err = d.rename(path+".new", path)
	}
	if err == nil {
		err = d.syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("iccard: begin the ledger of the cards: %w", err)
	}
	return nil
}

// Close closes the file. Cards that are still open cannot be written any more.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Close()
}

func (l *Ledger) header() []byte {
	b := append(make([]byte, 0, ledgerHeader), ledgerMagic...)
	return append(b, l.seal(b)...)[:ledgerHeader]
}

func (l *Ledger) seal(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, l.key[:])
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// entry is a new entry with the mark in its first slot.
func (l *Ledger) entry(id string, m mark) []byte {
	b := make([]byte, idSize, ledgerEntry)
	copy(b, id)
	return append(b, l.slot(id, m)...)[:ledgerEntry]
}

// slot is the mark as it is written.
func (l *Ledger) slot(id string, m mark) []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, slotSize), m.number)
	b = append(b, m.hash[:]...)
	return append(b, l.sealSlot(id, m, b)...)[:slotSize]
}

func (l *Ledger) sealSlot(id string, m mark, plain []byte) []byte {
	var name [idSize + 9]byte
	copy(name[:], id)
	binary.BigEndian.PutUint64(name[idSize:], uint64(m.place))
	name[idSize+8] = byte(m.slot)
	return l.seal(name[:], plain)
}

// marks reads the two slots of an entry and returns the one that counts; false if neither is whole.
func (l *Ledger) marks(id string, place int64, entry []byte) (last mark, ok bool) {
	for slot := range 2 {
		b := entry[idSize+slot*slotSize:][:slotSize]
		m := mark{number: binary.BigEndian.Uint64(b), place: place, slot: slot}
		copy(m.hash[:], b[8:])
		if !hmac.Equal(b[8+sha256.Size:][:sha256.Size], l.sealSlot(id, m, b[:8+sha256.Size])) {
			continue
		}
		if !ok || m.number > last.number {
			last, ok = m, true
		}
	}
	return last, ok
}

// last is where the card stands; false if the ledger does not know it.
func (l *Ledger) last(id string) (mark, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	place, ok := l.entries[id]
	if !ok {
		if _, err := l.scan(); err != nil {
			return mark{}, false, err
		}
		if place, ok = l.entries[id]; !ok {
			return mark{}, false, nil
		}
	}
	entry := make([]byte, ledgerEntry)
	if _, err := l.file.ReadAt(entry, place); err != nil {
		return mark{}, false, fmt.Errorf("iccard: read the ledger of the cards: %w", err)
	}
	m, ok := l.marks(id, place, entry)
	if !ok {
		return mark{}, false, fmt.Errorf("%w: %s: the entry of card %s", ErrLedger, l.path, id)
	}
	return m, true, nil
}

// scan reads the entries that were added since and returns the place of the next one: the end of the file, or a last entry whose
// writing was torn.
func (l *Ledger) scan() (next int64, err error) {
	size, err := l.file.size()
	if err != nil {
		return 0, fmt.Errorf("iccard: read the ledger of the cards: %w", err)
	}
	entry := make([]byte, ledgerEntry)
	for next = l.read; next+ledgerEntry <= size; next += ledgerEntry {
		if _, err := l.file.ReadAt(entry, next); err != nil {
			return 0, fmt.Errorf("iccard: read the ledger of the cards: %w", err)
		}
		id := string(bytes.TrimRight(entry[:idSize], "\x00"))
		if _, ok := l.marks(id, next, entry); ok {
			if _, twice := l.entries[id]; !twice {
				l.entries[id] = next
			}
			l.read = next + ledgerEntry
			continue
		}
		if next+2*ledgerEntry > size {
			return next, nil
		}
	}
	return next, nil
}

// commit makes the next mark of the card durable: from when it returns without an error, and not before, that memory is the card. After
// an error it may or may not be, and the card must be opened anew. A card that the ledger does not know comes in at its end.
func (l *Ledger) commit(id string, now mark, number uint64, hash [sha256.Size]byte) (mark, error) {
	if len(id) == 0 || len(id) > idSize {
		return now, fmt.Errorf("iccard: a card's id of %d bytes, want 1 to %d", len(id), idSize)
	}
	next := mark{number: number, hash: hash, place: now.place, slot: 1 - now.slot}
	if now.place == 0 {
		return l.add(id, number, hash)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(l.slot(id, next), next.place+idSize+int64(next.slot)*slotSize); err != nil {
		return now, err
	}
	return next, nil
}

// confirm writes the mark once more where it stands and makes it durable. Read after a failed write it may be in the machine's memory
// and not on the disk.
func (l *Ledger) confirm(id string, m mark) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.write(l.slot(id, m), m.place+idSize+int64(m.slot)*slotSize)
}

// add puts a new card at the end, where other processes may be adding theirs.
func (l *Ledger) add(id string, number uint64, hash [sha256.Size]byte) (mark, error) {
	lock, err := l.disk.lock(l.path+".lock", true)
	if err != nil {
		return mark{}, fmt.Errorf("iccard: take the ledger of the cards: %w", err)
	}
	defer lock.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	place, err := l.scan()
	if err != nil {
		return mark{}, err
	}
	m := mark{number: number, hash: hash, place: place}
	if err := l.write(l.entry(id, m), place); err != nil {
		return mark{}, err
	}
	l.entries[id] = place
	return m, nil
}

// write writes and makes durable, one after the other: a flush that fails tells so once, to whoever waits for it.
func (l *Ledger) write(b []byte, place int64) error {
	_, err := l.file.WriteAt(b, place)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("iccard: write the ledger of the cards: %w", err)
	}
	return nil
}
