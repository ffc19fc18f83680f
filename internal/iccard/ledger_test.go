package iccard

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestLedgerOfManyProcesses: several that have the ledger open put cards in at once and move them on; all are there, once.
func TestLedgerOfManyProcesses(t *testing.T) {
	dir := t.TempDir()
	const processes, cards, writes = 4, 25, 3
	var wg sync.WaitGroup
	for p := range processes {
		l := testLedger(t, osDisk{}, dir)
		wg.Go(func() {
			for c := range cards {
				id, now := fmt.Sprintf("p%dc%d", p, c), mark{}
				for n := range uint64(writes) {
					var err error
					if now, err = l.commit(id, now, n+1, sha256.Sum256([]byte(id))); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	l := testLedger(t, osDisk{}, dir)
	for p := range processes {
		for c := range cards {
			id := fmt.Sprintf("p%dc%d", p, c)
			if m, ok, err := l.last(id); err != nil || !ok || m.number != writes || m.hash != sha256.Sum256([]byte(id)) {
				t.Errorf("%s: %d, %v, %v", id, m.number, ok, err)
			}
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "ledger")); err != nil || info.Size() != ledgerHeader+processes*cards*ledgerEntry {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
}

// TestForgedLedger: whoever changes a byte of the ledger, moves an entry or gives one card's to another, makes no card of an old file.
func TestForgedLedger(t *testing.T) {
	dir := t.TempDir()
	l := testLedger(t, osDisk{}, dir)
	for _, id := range []string{"a", "b"} {
		now := mark{}
		for n := uint64(1); n <= 3; n++ {
			var err error
			if now, err = l.commit(id, now, n, sha256.Sum256([]byte{byte(n)})); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(dir, "ledger")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entryA, entryB := ledgerHeader, ledgerHeader+ledgerEntry
	slot3, slot2 := idSize, idSize+slotSize // numbers 3 and 2: the slots take turns
	for _, tt := range []struct {
		name   string
		change func([]byte)
		want   uint64 // 0: not known or an error
	}{
		{"nothing", func([]byte) {}, 3},
		{"a bit of the number", func(b []byte) { b[entryA+slot3+7] ^= 4 }, 2}, // as a torn write would leave it: the file of 3 is then no card
		{"a bit of the hash", func(b []byte) { b[entryA+slot3+8] ^= 1 }, 2},
		{"a bit of the seal", func(b []byte) { b[entryA+slot3+40] ^= 1 }, 2},
		{"both slots", func(b []byte) { b[entryA+slot3+40] ^= 1; b[entryA+slot2+40] ^= 1 }, 0},
		{"the older slot in the place of the newer", func(b []byte) { copy(b[entryA+slot3:], b[entryA+slot2:entryA+slot2+slotSize]) }, 2},
		{"the other card's entry", func(b []byte) { copy(b[entryA+idSize:], b[entryB+idSize:entryB+ledgerEntry]) }, 0},
		{"the other card's name", func(b []byte) { b[entryA] = 'b' }, 0},
		{"the entries the other way round", func(b []byte) {
			first := bytes.Clone(b[entryA:entryB])
			copy(b[entryA:], b[entryB:])
			copy(b[entryB:], first)
		}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			forged := bytes.Clone(good)
			tt.change(forged)
			if err := os.WriteFile(path, forged, 0o600); err != nil {
				t.Fatal(err)
			}
			m, ok, err := testLedger(t, osDisk{}, dir).last("a")
			if tt.want == 0 && ok || tt.want != 0 && (err != nil || m.number != tt.want) {
				t.Errorf("%d, %v, %v", m.number, ok, err)
			}
		})
	}
	for name, change := range map[string]func([]byte) []byte{
		"the header": func(b []byte) []byte { b[3] ^= 1; return b },
		"its seal":   func(b []byte) []byte { b[20] ^= 1; return b },
		"a cut":      func(b []byte) []byte { return b[:100] },
		"nothing":    func([]byte) []byte { return nil },
	} {
		if err := os.WriteFile(path, change(bytes.Clone(good)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenLedger(path, [32]byte{9}); !errors.Is(err, ErrLedger) {
			t.Errorf("%s: %v, want ErrLedger", name, err)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLedger(path, [32]byte{8}); !errors.Is(err, ErrLedger) {
		t.Errorf("another key: %v, want ErrLedger", err)
	}
	if _, err := OpenLedger(path+"x", [32]byte{9}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no ledger: %v", err)
	}
}

// TestTornEntry: an entry at the end whose writing was cut off is overwritten by the next card, and one in the middle stays.
func TestTornEntry(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger")
	for _, cut := range []int{1, idSize, ledgerEntry / 2, ledgerEntry - 1} {
		os.Remove(path)
		l := testLedger(t, osDisk{}, dir)
		if _, err := l.add("a", 1, sha256.Sum256(nil)); err != nil {
			t.Fatal(err)
		}
		full, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		torn := append(full, make([]byte, cut)...)
		if err := os.WriteFile(path, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := l.add("b", 2, sha256.Sum256(nil)); err != nil {
			t.Fatal(err)
		}
		again := testLedger(t, osDisk{}, dir)
		for id, want := range map[string]uint64{"a": 1, "b": 2} {
			if m, ok, err := again.last(id); err != nil || !ok || m.number != want {
				t.Errorf("cut %d, %s: %d, %v, %v", cut, id, m.number, ok, err)
			}
		}
	}
}

// TestLedgersIDs: an id that has no room is refused and leaves the ledger alone.
func TestLedgersIDs(t *testing.T) {
	l := testLedger(t, osDisk{}, t.TempDir())
	for _, id := range []string{"", string(make([]byte, idSize+1))} {
		if _, err := l.commit(id, mark{}, 1, sha256.Sum256(nil)); err == nil {
			t.Errorf("an id of %d bytes is taken", len(id))
		}
	}
}
