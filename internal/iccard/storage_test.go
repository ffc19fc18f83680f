package iccard

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"mynumber/internal/apdu"
)

// tearing is a storage whose power fails at the save number at: nothing of it arrives (late false),
// or all of it does but the chip is never told (late true). Afterwards nothing can be saved.
type tearing struct {
	MemoryStorage
	saves, at int
	late      bool
}

var errTorn = errors.New("power lost")

func (s *tearing) Save(memory []byte) error {
	s.saves++
	if s.saves < s.at {
		return s.MemoryStorage.Save(memory)
	}
	if s.saves == s.at && s.late {
		if err := s.MemoryStorage.Save(memory); err != nil {
			return err
		}
	}
	return errTorn
}

// tear plays the commands on a card whose power fails at the save, and returns the answers' status
// words and the card as it is when power comes back.
func tear(t *testing.T, at int, late bool, do func(*Card) apdu.SW) (apdu.SW, *Card) {
	t.Helper()
	storage := &tearing{MemoryStorage: MemoryStorage{memory: prototype()}, at: at, late: late}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sw := do(card)
	again, err := Open(&MemoryStorage{memory: storage.memory}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return sw, again
}

// TestTearGivesNoTry: power is lost at each save of a wrong and of a right VERIFY. The attacker has
// never more tries than before, and a wrong value that was answered has cost one.
func TestTearGivesNoTry(t *testing.T) {
	for at := 1; at <= 3; at++ {
		for _, late := range []bool{false, true} {
			for _, value := range []string{"9999", "1234"} {
				t.Run(fmt.Sprintf("save %d, late %v, value %s", at, late, value), func(t *testing.T) {
					spent := 0
					sw, again := tear(t, at, late, func(card *Card) apdu.SW {
						play(t, card, selectJPKI)
						answer := send(t, card, apdu.Command{INS: 0x20, P2: 0x98, Data: []byte(value)})
						if _, told := answer.SW.Tries(); told {
							spent = 1
						}
						if answer.SW != apdu.OK && answer.SW != apdu.MemoryError && spent == 0 {
							t.Errorf("status %v", answer.SW)
						}
						if answer.SW == apdu.MemoryError {
							// The same power period: nothing may be signed, nothing tried for free.
							play(t, card, "802A009701AA00 6982")
							if n, _ := send(t, card, apdu.Command{INS: 0x20, P2: 0x98}).SW.Tries(); n > 2 {
								t.Errorf("%d tries left after a failed save", n)
							}
						}
						return answer.SW
					})
					play(t, again, selectJPKI)
					left, _ := send(t, again, apdu.Command{INS: 0x20, P2: 0x98}).SW.Tries()
					if left > 3-spent {
						t.Errorf("%d tries left after %v", left, sw)
					}
					if sw == apdu.OK && left != 3 {
						t.Errorf("%d tries left after success", left)
					}
				})
			}
		}
	}
}

// TestTearByRepetition: an attacker who cuts the power right after every refusal gets three wrong
// values compared and not one more.
func TestTearByRepetition(t *testing.T) {
	memory, compared := prototype(), 0
	for range 20 {
		storage := &tearing{MemoryStorage: MemoryStorage{memory: memory}, at: 2}
		card, err := Open(storage, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		play(t, card, selectJPKI)
		if sw := send(t, card, apdu.Command{INS: 0x20, P2: 0x98, Data: []byte("9999")}).SW; sw != apdu.Blocked {
			compared++
		}
		memory = storage.memory
	}
	if compared != 3 {
		t.Errorf("%d values compared, want 3", compared)
	}
}

// TestTearLosesNoKey: a public key that was told has its private half after the power comes back, and
// a torn replacement leaves either the old key or the new one.
func TestTearLosesNoKey(t *testing.T) {
	for _, tt := range []struct {
		at   int
		late bool
	}{{1, false}, {1, true}, {2, false}} {
		t.Run(fmt.Sprintf("save %d, late %v", tt.at, tt.late), func(t *testing.T) {
			var told []byte
			sw, again := tear(t, tt.at, tt.late, func(card *Card) (sw apdu.SW) {
				told, sw = connect(t, card).send(insGenerate, 1, AppendEF(nil, SignatureKey))
				return sw
			})
			if (sw == apdu.OK) != (tt.at == 2) {
				t.Fatalf("status %v", sw)
			}
			kept := MarshalPublicKey(publicKey(again, SignatureKey))
			if sw == apdu.OK && !bytes.Equal(kept, told) {
				t.Error("the key told is not the key kept")
			}
			play(t, again, selectJPKI, "0020009B06414243313233 9000", "802A009A01AA00 9000")
		})
	}
}

// TestTearOfChange: after a torn change of a PIN exactly one of the two values is right.
func TestTearOfChange(t *testing.T) {
	for _, late := range []bool{false, true} {
		_, again := tear(t, 3, late, func(card *Card) apdu.SW {
			play(t, card, selectJPKI, "00A4020C020018 9000", verify1234)
			return play(t, card, "002401800435363738 6581").SW
		})
		right := map[string]bool{}
		for _, value := range []string{"1234", "5678"} {
			play(t, again, selectJPKI)
			right[value] = send(t, again, apdu.Command{INS: 0x20, P2: 0x98, Data: []byte(value)}).SW == apdu.OK
		}
		if right["1234"] == right["5678"] || right["5678"] != late {
			t.Errorf("late %v: right values %v", late, right)
		}
	}
}

// testLedger opens the ledger beside the cards of a test, begun if it is not there.
func testLedger(t testing.TB, d disk, dir string) *Ledger {
	t.Helper()
	path := filepath.Join(dir, "ledger")
	none := func() ([]Adopted, error) { return nil, nil }
	if err := beginLedger(d, path, [32]byte{9}, none); err != nil {
		t.Fatal(err)
	}
	l, err := openLedger(d, path, [32]byte{9})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func newFile(t testing.TB, path, id string, key byte) *FileStorage {
	t.Helper()
	ledger := testLedger(t, osDisk{}, filepath.Dir(path))
	s, err := NewFileStorage(File{Path: path, ID: id, Key: [32]byte{key}, Ledger: ledger, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestMemoryOfAnotherVersion(t *testing.T) {
	for _, memory := range []string{"", "{", `{"Version":99}`, `{"Version":1}`} {
		if _, err := Open(&MemoryStorage{memory: []byte(memory)}, rand.Reader); err == nil {
			t.Errorf("%q opened", memory)
		} else if _, ok := errors.AsType[*CorruptError](err); !ok {
			t.Errorf("%q: %v, want a CorruptError", memory, err)
		}
	}
}
