package iccard

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
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

func newFile(t *testing.T, path, id string, key byte) *FileStorage {
	t.Helper()
	s, err := NewFileStorage(path, id, [32]byte{key}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestFileStorage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "card")
	storage := newFile(t, path, "card 1", 1)
	if _, err := Open(storage, rand.Reader); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("no file: %v, want fs.ErrNotExist", err)
	}
	card, err := New(storage, Config{ManagementKey: testKey}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	x := connect(t, card)
	x.must(insSetPIN, 0, SignaturePIN, "ABC123")
	x.must(insWrite, 0, TextNumber, "537686677188")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"ABC123", "537686677188", "JPKI"} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%s stands in the file", secret)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if _, err := NewFileStorage(path, "card 1", [32]byte{1}, rand.Reader); !errors.Is(err, ErrInUse) {
		t.Errorf("a second storage on the file: %v, want ErrInUse", err)
	}
	// What a crash before the rename leaves behind does no harm.
	if err := os.WriteFile(path+".tmp", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
	card, err = Open(newFile(t, path, "card 1", 1), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	play(t, card, selectJPKI, "0020009B06414243313233 9000")
}

// TestDamagedFile: a changed byte, a cut, another card's file or another key: a clear error that
// names the file, and the file stays as it was.
func TestDamagedFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "card")
	storage := newFile(t, path, "card 1", 1)
	if _, err := New(storage, Config{ManagementKey: testKey}, rand.Reader); err != nil {
		t.Fatal(err)
	}
	storage.Close()
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := func(i int) []byte {
		b := bytes.Clone(good)
		b[i] ^= 0x10
		return b
	}
	for _, tt := range []struct {
		name    string
		content []byte
		id      string
		key     byte
	}{
		{"magic", flipped(3), "card 1", 1},
		{"nonce", flipped(len(magic)), "card 1", 1},
		{"middle", flipped(len(good) / 2), "card 1", 1},
		{"last byte", flipped(len(good) - 1), "card 1", 1},
		{"cut", good[:len(good)-1], "card 1", 1},
		{"empty", nil, "card 1", 1},
		{"another card", good, "card 2", 1},
		{"another key", good, "card 1", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := os.WriteFile(path, tt.content, 0o600); err != nil {
				t.Fatal(err)
			}
			storage := newFile(t, path, tt.id, tt.key)
			for _, open := range []func() (*Card, error){
				func() (*Card, error) { return Open(storage, rand.Reader) },
				func() (*Card, error) { return New(storage, Config{}, rand.Reader) },
			} {
				_, err := open()
				corrupt, ok := errors.AsType[*CorruptError](err)
				if !ok || corrupt.Path != path {
					t.Errorf("error %v, want a CorruptError naming %s", err, path)
				}
			}
			if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, tt.content) {
				t.Errorf("the file was touched: %v", err)
			}
			storage.Close()
		})
	}
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
