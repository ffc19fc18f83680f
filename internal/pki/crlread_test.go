package pki

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestBlocks: the block of a serial is found however the serials are spread: evenly, crowded at one end, or all but one beside each other.
func TestBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	spreads := map[string]func(i int) uint64{
		"even":    func(int) uint64 { return r.Uint64() },
		"low":     func(int) uint64 { return r.Uint64() >> r.IntN(64) },
		"crowded": func(i int) uint64 { return 1<<40 + uint64(i) },
		"one off": func(i int) uint64 { return uint64(i%2) * (1<<63 + uint64(i)) },
		"same":    func(int) uint64 { return 1 << 50 },
	}
	for name, spread := range spreads {
		for n := range 70 {
			var l RevocationList
			serial := func(i int) (s Serial) {
				binary.BigEndian.PutUint64(s[:8], spread(i))
				binary.BigEndian.PutUint64(s[8:], r.Uint64())
				return s
			}
			var all []Serial
			for i := range n {
				all = append(all, serial(i))
			}
			slices.SortFunc(all, Serial.Compare)
			for _, s := range slices.Compact(all) {
				l.index = append(l.index, indexed{serial: s})
			}
			for _, s := range append(all, serial(3), serial(4), Serial{}, Serial{0xFF}) {
				want := -1
				for i, e := range l.index {
					if e.serial.Compare(s) <= 0 {
						want = i
					}
				}
				if got := l.block(s); got != want {
					t.Fatalf("%s, %d blocks: %s is in block %d, want %d", name, len(l.index), s, got, want)
				}
			}
		}
	}
}
