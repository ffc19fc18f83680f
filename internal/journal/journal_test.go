package journal

import (
	"errors"
	"iter"
	"slices"
	"testing"
	"time"
)

// chain is a small journal of one office.
func chain(n int) ([]Entry, Head) {
	var entries []Entry
	head := Head{Office: "131075"}
	for i := range n {
		e := Entry{Office: head.Office, At: time.Date(2025, 10, 28, 1, i, 0, 123456789, time.UTC), Actor: "clerk", Act: "file", Subject: "application/x", Rules: []string{"ELIG-014", "APP-070"}, Outcome: Done}
		if i == n-1 {
			e.Act, e.Policy, e.Purpose = "look", "window-serves-person", "visitor"
		}
		e = e.Seal(head.Seq, head.Hash)
		entries = append(entries, e)
		head.Seq, head.Hash = e.Seq, e.Hash
	}
	return entries, head
}

func all(entries []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestVerify(t *testing.T) {
	good, head := chain(5)
	for _, c := range []struct {
		name   string
		change func([]Entry) []Entry
		seq    int64 // of the fault, 0 for none
	}{
		{"whole", func(e []Entry) []Entry { return e }, 0},
		{"a word changed", func(e []Entry) []Entry { e[2].Act = "reject"; return e }, 3},
		{"a rule changed", func(e []Entry) []Entry { e[1].Rules = []string{"ELIG-014", "APP-071"}; return e }, 2},
		{"rules joined differently", func(e []Entry) []Entry { e[1].Rules = []string{"ELIG-014APP-070"}; return e }, 2},
		{"the instant changed", func(e []Entry) []Entry { e[3].At = e[3].At.Add(time.Microsecond); return e }, 4},
		{"the policy changed", func(e []Entry) []Entry { e[4].Policy = "nobody"; return e }, 5},
		{"the purpose changed", func(e []Entry) []Entry { e[4].Purpose = "another"; return e }, 5},
		{"the policy taken away", func(e []Entry) []Entry { e[4].Policy, e[4].Purpose = "", ""; return e }, 5},
		{"one missing", func(e []Entry) []Entry { return slices.Delete(e, 1, 2) }, 2},
		{"the first missing", func(e []Entry) []Entry { return e[1:] }, 1},
		{"the tail cut off", func(e []Entry) []Entry { return e[:3] }, 4},
		{"all gone", func(e []Entry) []Entry { return nil }, 1},
		{"two changed places", func(e []Entry) []Entry { e[1], e[2] = e[2], e[1]; return e }, 2},
		{"one re-sealed in place", func(e []Entry) []Entry {
			e[2].Act = "reject"
			e[2] = e[2].Seal(e[1].Seq, e[1].Hash)
			return e
		}, 4},
		{"one appended past the head", func(e []Entry) []Entry { return append(e, e[4].Seal(e[4].Seq, e[4].Hash)) }, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Verify(head, all(c.change(slices.Clone(good))))
			var fault *Fault
			switch {
			case c.seq == 0 && err != nil:
				t.Errorf("unexpected: %v", err)
			case c.seq > 0 && (!errors.As(err, &fault) || fault.Seq != c.seq):
				t.Errorf("got %v, want a fault at entry %d", err, c.seq)
			}
		})
	}
}
