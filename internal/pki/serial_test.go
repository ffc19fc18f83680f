package pki

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"mynumber/internal/certificate"
)

// TestPermutationOfASmallDomain goes through every number of small domains: each comes out once, and back.
func TestPermutationOfASmallDomain(t *testing.T) {
	key := [32]byte{1, 2, 3}
	for _, half := range []uint{1, 4, 8} {
		p := newPermutation(&key, half)
		size := uint64(1) << half
		seen := make(map[[2]uint64]bool, size*size)
		for left := range size {
			for right := range size {
				l, r := p.forward(left, right)
				if l >= size || r >= size || seen[[2]uint64{l, r}] {
					t.Fatalf("half %d: (%d, %d) goes to (%d, %d), outside the domain or taken", half, left, right, l, r)
				}
				seen[[2]uint64{l, r}] = true
				if a, b := p.backward(l, r); a != left || b != right {
					t.Fatalf("half %d: (%d, %d) comes back as (%d, %d)", half, left, right, a, b)
				}
			}
		}
	}
}

func TestSerialAndCounter(t *testing.T) {
	a, other := testHouse().signature, testHouse().authentication
	counters := []uint64{0, 1, 2, 1<<62 - 1, 1 << 62, 1<<63 - 1, 1 << 63, math.MaxUint64}
	for n := range uint64(20_000) {
		counters = append(counters, 3+n, rand.Uint64()|1<<40)
	}
	seen := make(map[Serial]uint64, len(counters))
	for _, counter := range counters {
		s := a.Serial(counter)
		if before, taken := seen[s]; taken && before != counter {
			t.Fatalf("counters %d and %d share serial %s", before, counter, s)
		}
		seen[s] = counter
		if back, ok := a.Counter(s); !ok || back != counter {
			t.Fatalf("counter %d comes back as %d, %t", counter, back, ok)
		}
		if again, err := SerialOf(s.Big()); err != nil || again != s || !s.holders() || len(s.Big().Bytes()) != 16 {
			t.Fatalf("serial %s is not 16 positive octets", s)
		}
		if _, ok := other.Counter(s); ok {
			t.Fatalf("the other authority takes serial %s for its own", s)
		}
	}
}

func TestForeignSerials(t *testing.T) {
	a := testHouse().signature
	for range 10_000 {
		var s Serial
		for i := range s {
			s[i] = byte(rand.Uint32())
		}
		if _, ok := a.Counter(s); ok {
			t.Fatalf("the guess %s passes for an issued serial", s)
		}
	}
	for _, n := range []*big.Int{nil, big.NewInt(0), big.NewInt(-5), big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), 127)} {
		if s, err := SerialOf(n); !errors.Is(err, ErrSerial) {
			t.Errorf("%v is taken for the serial %s", n, s)
		}
	}
	var read Serial
	for _, text := range []string{"", "00", "zz112233445566778899aabbccddeeff", "80112233445566778899aabbccddeeff"} {
		if err := read.UnmarshalText([]byte(text)); !errors.Is(err, ErrSerial) {
			t.Errorf("%q is taken for a serial", text)
		}
	}
}

// TestOwnSerialsStandApart: serials of authorities and responders never meet those of holders.
func TestOwnSerialsStandApart(t *testing.T) {
	eachKind(t, func(t *testing.T, _ certificate.Kind, a *Authority) {
		for _, n := range []*big.Int{a.cert.SerialNumber, a.ResponderCertificate().SerialNumber} {
			s, err := SerialOf(n)
			if err != nil || s.holders() {
				t.Errorf("%v: %v, holders' form %t", n, err, s.holders())
			}
		}
	})
}

func BenchmarkSerial(b *testing.B) {
	a := testHouse().signature
	for b.Loop() {
		a.Counter(a.Serial(123_456_789))
	}
}
