package pki

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// A list of today is mostly the list of yesterday. Its entries are taken over as they lie there, run by run, and between the
// runs stands what is new; nothing is decoded, and memory holds the changes alone.

// ListChange is what became of one serial since a list was made.
type ListChange struct {
	RevokedEntry      // how it stands in the list now
	Gone         bool // it stands in the list no more; only the serial counts then
}

// merged is a kept list with its changes, in the order in which they are written.
type merged struct {
	kept *RevocationList
	runs []run
	size int64
}

// run is kept bytes and the entry behind them.
type run struct {
	from, to int64
	entry    *RevokedEntry // nil for none
}

// shortLists are what short lists are read into whole: most of a nation's are.
var shortLists = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// near is the list with its entries in memory, where there are many places to look up in a short one. free gives the memory back.
func (l *RevocationList) near(places int) (_ *RevocationList, free func(), err error) {
	size := l.end - l.start
	if places < 2 || size > longList {
		return l, func() {}, nil
	}
	buf := shortLists.Get().(*bytes.Buffer)
	free = func() { shortLists.Put(buf) }
	buf.Reset()
	buf.Grow(int(size))
	read := buf.AvailableBuffer()[:size]
	if n, err := l.bytes.ReadAt(read, l.start); int64(n) < size {
		free()
		return nil, nil, fmt.Errorf("read the kept list: %w", err)
	}
	out := *l
	out.bytes = readFrom{l.start, read}
	return &out, free, nil
}

// readFrom is a part of a file, read already.
type readFrom struct {
	start int64
	read  []byte
}

// ReadAt reads at a place in the file.
func (r readFrom) ReadAt(p []byte, at int64) (int, error) {
	at -= r.start
	if at < 0 || at > int64(len(r.read)) {
		return 0, io.ErrUnexpectedEOF
	}
	n := copy(p, r.read[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// merge finds where the changes have their places. ErrCRL when one has none in such a list.
func (l *RevocationList) merge(changes []ListChange, thisUpdate time.Time) (*merged, error) {
	m := &merged{kept: l, size: l.end - l.start, runs: make([]run, 0, len(changes)+1)}
	var last Serial
	at := l.start
	for i := range changes {
		c := &changes[i]
		if bytes.Compare(c.Serial[:], last[:]) <= 0 || !c.Serial.holders() {
			return nil, fmt.Errorf("%w: the change of serial %s is not in its place", ErrCRL, c.Serial)
		}
		last = c.Serial
		place, width, err := l.place(c.Serial, nil)
		if err != nil {
			return nil, err
		}
		r := run{from: at, to: place}
		at = place + int64(width)
		m.size -= int64(width)
		if !c.Gone {
			if !c.Reason.Valid() || c.At.Unix() < earliestEntry || c.At.After(thisUpdate) {
				return nil, fmt.Errorf("%w: serial %s, %s since %s has no place in it", ErrCRL, c.Serial, c.Reason, c.At.UTC())
			}
			r.entry = &c.RevokedEntry
			m.size += int64(c.Size())
		}
		m.runs = append(m.runs, r)
	}
	m.runs = append(m.runs, run{from: at, to: l.end})
	return m, nil
}

// merge writes kept runs and new entries in turn.
func (o *listOutput) merge(m *merged) error {
	for _, r := range m.runs {
		if err := o.copy(m.kept, r.from, r.to); err != nil {
			return err
		}
		if r.entry == nil {
			continue
		}
		if len(o.block)+maxEntry > cap(o.block) {
			o.flush()
		}
		o.block = appendEntry(o.block, r.entry, writtenDays())
	}
	return nil
}

// copy takes bytes of a checked list over as they lie there.
func (o *listOutput) copy(kept *RevocationList, at, end int64) error {
	for at < end {
		if len(o.block) == cap(o.block) {
			o.flush()
		}
		free := o.block[len(o.block):cap(o.block)]
		n, err := kept.bytes.ReadAt(free[:min(int64(len(free)), end-at)], at)
		if n == 0 {
			return fmt.Errorf("read the kept list: %w", err)
		}
		o.block = o.block[:len(o.block)+n]
		at += int64(n)
	}
	return nil
}

// Difference is a serial of which two lists say different things; a side that does not name it is nil.
type Difference struct {
	Serial   Serial
	Old, New *RevokedEntry
}

// CompareLists goes through two lists side by side, in memory that does not grow with them, and hands every difference to f,
// by rising serial. An error is one of f or of a reader.
func CompareLists(old, new *RevocationList, f func(Difference) error) error {
	a, b := old.walker(), new.walker()
	x, y, errX, errY := nextOfBoth(a, b)
	for {
		switch {
		case errX != nil:
			return errX
		case errY != nil:
			return errY
		case x == nil && y == nil:
			return nil
		}
		order := 0
		switch {
		case x == nil:
			order = 1
		case y == nil:
			order = -1
		default:
			order = bytes.Compare(x[4:20], y[4:20])
		}
		if order != 0 || !bytes.Equal(x, y) {
			d, err := difference(x, y, order)
			if err != nil {
				return err
			}
			if err := f(d); err != nil {
				return err
			}
		}
		switch {
		case order < 0:
			x, errX = a.next()
		case order > 0:
			y, errY = b.next()
		default:
			x, y, errX, errY = nextOfBoth(a, b)
		}
	}
}

// nextOfBoth is the next entry of each, past those in which they agree as far as both are in memory. Lists of following days agree nearly
// everywhere, and octets are compared much faster than entries.
func nextOfBoth(a, b *walker) (x, y []byte, errX, errY error) {
	if err := errors.Join(a.fill(), b.fill()); err != nil {
		return nil, nil, err, err
	}
	same := agreeing(a.left, b.left)
	a.left, b.left = a.left[same:], b.left[same:]
	x, errX = a.next()
	y, errY = b.next()
	return x, y, errX, errY
}

// agreeing is how many octets of whole entries both begin with; not all of them where they differ soon after. The entries are well
// formed: their lists were checked.
func agreeing(x, y []byte) int {
	const step = 2 << 10
	same := 0
	for same < min(len(x), len(y)) {
		piece := min(step, len(x)-same, len(y)-same)
		if !bytes.Equal(x[same:same+piece], y[same:same+piece]) {
			break
		}
		same += piece
	}
	at := 0
	for at+1 < same {
		size := int(x[at+1]) + 2
		if at+size > same {
			break
		}
		at += size
	}
	return at
}

// difference decodes what stands on the sides that have the serial; order is negative when only the old one has it.
func difference(x, y []byte, order int) (Difference, error) {
	var d Difference
	for _, side := range []struct {
		raw  []byte
		has  bool
		into **RevokedEntry
	}{{x, order <= 0, &d.Old}, {y, order >= 0, &d.New}} {
		if !side.has {
			continue
		}
		e, ok := decodeEntry(side.raw)
		if !ok {
			return d, ErrCRLForm
		}
		d.Serial, *side.into = e.Serial, &e
	}
	return d, nil
}

// Entries yields every entry of the list, by rising serial.
func (l *RevocationList) Entries() Entries {
	return func(yield func(RevokedEntry, error) bool) {
		w := l.walker()
		for {
			raw, err := w.next()
			if err != nil {
				yield(RevokedEntry{}, err)
				return
			}
			if raw == nil {
				return
			}
			e, ok := decodeEntry(raw)
			if !ok {
				yield(e, ErrCRLForm)
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Reasons counts the entries by reason.
func (l *RevocationList) Reasons() (counts [CertificateHold + 1]int, err error) {
	w := l.walker()
	for {
		raw, err := w.next()
		if err != nil || raw == nil {
			return counts, err
		}
		reason := Unspecified
		if len(raw) >= minEntry+reasonSize {
			reason = Reason(raw[len(raw)-1])
		}
		counts[reason]++
	}
}

// walker reads the entries of a list in blocks.
type walker struct {
	list *RevocationList
	buf  []byte
	at   int64 // in the list, of what follows buf
	left []byte
}

func (l *RevocationList) walker() *walker {
	return &walker{list: l, buf: make([]byte, min(blockSize, l.end-l.start)), at: l.start}
}

// fill has a whole entry in memory, unless the list is at its end.
func (w *walker) fill() error {
	if len(w.left) >= maxEntry || w.at >= w.list.end {
		return nil
	}
	kept := copy(w.buf, w.left)
	n := int(min(int64(len(w.buf)-kept), w.list.end-w.at))
	if got, err := w.list.bytes.ReadAt(w.buf[kept:kept+n], w.at); got < n {
		return fmt.Errorf("read a revocation list: %w", err)
	}
	w.at += int64(n)
	w.left = w.buf[:kept+n]
	return nil
}

// next is the next entry, nil at the end. It is good until the one after it is read.
func (w *walker) next() ([]byte, error) {
	if err := w.fill(); err != nil {
		return nil, err
	}
	if len(w.left) == 0 {
		return nil, nil
	}
	size := entrySize(w.left)
	if size == 0 {
		return nil, ErrCRLForm
	}
	entry := w.left[:size]
	w.left = w.left[size:]
	return entry, nil
}
