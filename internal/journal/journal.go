// Package journal is the append-only record of every act: who did what at which office, by which
// rules, with which outcome. Each office has a chain of its own, so that desks never wait for each
// other; every entry carries the hash of the one before it, so that a changed, missing or cut-off
// entry is found and named. Where entries are kept is store's matter.
//
// What came first is said by the number in the chain. The instant is what the clock said: an act is decided for the day of
// that instant and every row of it bears the same, so a clock that was set back is on record as it was, and no act is
// refused or dated otherwise because the entry before it lies ahead.
package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"time"
)

// Hash is SHA-256 over an entry and the hash before it. The zero Hash stands before the first entry.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Outcome of an act.
type Outcome string

const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
	Already Outcome = "already" // done before; nothing was changed
)

// Entry is one act. It names people and things by the registers' own keys, never by Individual
// Number, name or PIN.
type Entry struct {
	Office  string    // whose chain
	Seq     int64     // 1, 2, 3 … without a gap
	At      time.Time // UTC, to the microsecond
	Actor   string    // staff account, "applicant", "holder" or "batch"
	Act     string
	Subject string   // e.g. application/01J…
	Policy  string   // line of the table of authority that let the actor do it; "nobody" when none did
	Purpose string   // of a look at somebody's record: why it was opened
	Rules   []string // catalogue IDs applied
	Outcome Outcome
	Code    string // of the refusal
	Detail  string // what else belongs to the record, e.g. the state after the act
	Prev    Hash
	Hash    Hash
}

// Seal chains the entry to the one before it: sets its number, Prev and Hash.
func (e Entry) Seal(prevSeq int64, prev Hash) Entry {
	e.Seq, e.Prev = prevSeq+1, prev
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Hash = e.sum()
	return e
}

// sum hashes every field with its length before it, so that no two entries read the same. An entry without policy and
// purpose is hashed as before there were any.
func (e Entry) sum() Hash {
	h := sha256.New()
	later := e.Policy != "" || e.Purpose != ""
	if later {
		h.Write([]byte("mynumber journal v2\x00"))
	} else {
		h.Write([]byte("mynumber journal v1\x00"))
	}
	h.Write(e.Prev[:])
	number := func(n int64) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	text := func(s string) {
		number(int64(len(s)))
		h.Write([]byte(s))
	}
	text(e.Office)
	number(e.Seq)
	number(e.At.UnixMicro())
	text(e.Actor)
	text(e.Act)
	text(e.Subject)
	number(int64(len(e.Rules)))
	for _, id := range e.Rules {
		text(id)
	}
	text(string(e.Outcome))
	text(e.Code)
	text(e.Detail)
	if later {
		text(e.Policy)
		text(e.Purpose)
	}
	var sum Hash
	h.Sum(sum[:0])
	return sum
}

// Merge puts entries, chain by chain and each chain in its order, into one order of time. An entry never comes before the
// one that precedes it in its chain, also when the clock was set back between them.
func Merge(entries []Entry) []Entry {
	var chains [][]Entry
	for i, e := range entries {
		if i == 0 || e.Office != entries[i-1].Office {
			chains = append(chains, nil)
		}
		last := &chains[len(chains)-1]
		*last = append(*last, e)
	}
	merged := make([]Entry, 0, len(entries))
	for len(merged) < len(entries) {
		first := -1
		for i, c := range chains {
			if len(c) > 0 && (first < 0 || c[0].At.Before(chains[first][0].At)) {
				first = i
			}
		}
		merged = append(merged, chains[first][0])
		chains[first] = chains[first][1:]
	}
	return merged
}

// Head is the end of a chain as the register keeps it beside the entries, so that a cut-off tail shows.
type Head struct {
	Office string
	Seq    int64
	Hash   Hash
}

// Fault is the first place where a chain does not hold.
type Fault struct {
	Office string
	Seq    int64
	What   string
}

// Error names the entry.
func (f *Fault) Error() string {
	return fmt.Sprintf("journal of %s, entry %d: %s", f.Office, f.Seq, f.What)
}

// Verify walks the entries of one office in order and compares their end with the head. The error is a *Fault,
// or what the iteration itself reported.
func Verify(head Head, entries iter.Seq2[Entry, error]) error {
	var seq int64
	var prev Hash
	for e, err := range entries {
		if err != nil {
			return fmt.Errorf("read the journal of %s: %w", head.Office, err)
		}
		switch {
		case e.Office != head.Office:
			return &Fault{head.Office, seq + 1, "belongs to another office: " + e.Office}
		case e.Seq != seq+1:
			return &Fault{head.Office, seq + 1, fmt.Sprintf("is missing; the next entry has number %d", e.Seq)}
		case e.Prev != prev:
			return &Fault{head.Office, e.Seq, "does not follow the entry before it"}
		case e.sum() != e.Hash:
			return &Fault{head.Office, e.Seq, "was changed"}
		}
		seq, prev = e.Seq, e.Hash
	}
	switch {
	case seq < head.Seq:
		return &Fault{head.Office, seq + 1, fmt.Sprintf("is missing: the chain was cut off before entry %d", head.Seq)}
	case seq > head.Seq || prev != head.Hash:
		return &Fault{head.Office, seq, "is not the one the head of the chain names"}
	}
	return nil
}
