package iccard

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

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
	if _, err := NewFileStorage(File{Path: path, ID: "card 1", Ledger: storage.Ledger, Rand: rand.Reader}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second storage on the file: %v, want ErrInUse", err)
	}
	// What a crash before the ledger was written leaves behind does no harm.
	for _, end := range []string{".0", ".1"} {
		if err := os.WriteFile(path+end, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
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
	other := newFile(t, filepath.Join(dir, "other"), "card 2", 1)
	if _, err := New(other, Config{ManagementKey: testKey}, rand.Reader); err != nil {
		t.Fatal(err)
	}
	other.Close()
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
		{"number", flipped(len(magic) + 7), "card 1", 1},
		{"nonce", flipped(len(magic) + 8), "card 1", 1},
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
			refusesToOpen(t, storage, func(err error) bool {
				corrupt, ok := errors.AsType[*CorruptError](err)
				return ok && corrupt.Path == path
			})
			if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, tt.content) {
				t.Errorf("the file was touched: %v", err)
			}
			storage.Close()
		})
	}
	t.Run("gone", func(t *testing.T) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		refusesToOpen(t, newFile(t, path, "card 1", 1), func(err error) bool {
			corrupt, ok := errors.AsType[*CorruptError](err)
			return ok && corrupt.Path == path && !errors.Is(err, fs.ErrNotExist)
		})
	})
}

// refusesToOpen opens the storage as a chip and begins one in it; both must fail as they should.
func refusesToOpen(t *testing.T, storage Storage, should func(error) bool) {
	t.Helper()
	if _, err := Open(storage, rand.Reader); !should(err) {
		t.Errorf("opened: %v", err)
	}
	if _, err := New(storage, Config{}, rand.Reader); !should(err) {
		t.Errorf("made anew: %v", err)
	}
}

// TestOldCopy: a copy of the card's file from before two wrong PINs, put back, is found out, and so is a file copied from another
// folder. The file is left as it is, and the last state opens when it is put back.
func TestOldCopy(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "card")
	storage := newFile(t, path, "card 1", 1)
	if err := storage.Save(prototype()); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	card, err := Open(storage, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	play(t, card, selectJPKI, "002000980439393939 63C2", "002000980439393939 63C1")
	card.Close()
	last, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(content []byte) *FileStorage {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return newFile(t, path, "card 1", 1)
	}
	storage = put(old)
	refusesToOpen(t, storage, func(err error) bool {
		state, ok := errors.AsType[*OldStateError](err)
		return ok && *state == OldStateError{path, 1, 3}
	})
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, old) {
		t.Errorf("the file was touched: %v", err)
	}
	storage.Close()
	storage = put(last)
	if card, err = Open(storage, rand.Reader); err != nil {
		t.Fatal(err)
	}
	play(t, card, selectJPKI, "00200098 63C1")
	card.Close()

	elsewhere := filepath.Join(t.TempDir(), "card")
	if err := os.WriteFile(elsewhere, last, 0o600); err != nil {
		t.Fatal(err)
	}
	refusesToOpen(t, newFile(t, elsewhere, "card 1", 1), func(err error) bool {
		state, ok := errors.AsType[*OldStateError](err)
		return ok && *state == OldStateError{elsewhere, 3, 0}
	})
}

// TestFormerFile: a file of the first form, under the key that all cards shared, opens once it is adopted, is written in the second form
// from then on, and does not come back.
func TestFormerFile(t *testing.T) {
	dir := t.TempDir()
	path, former := filepath.Join(dir, "card"), [32]byte{7}
	block, err := aes.NewCipher(former[:])
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	nonce := make([]byte, gcm.NonceSize())
	file := gcm.Seal(append([]byte(formerMagic), nonce...), nonce, prototype(), []byte(formerMagic+"card 1"))
	if err := os.WriteFile(path, file, 0o600); err != nil || !IsFormer(file) {
		t.Fatal(err)
	}
	take := func(l *Ledger) *FileStorage {
		s, err := NewFileStorage(File{Path: path, ID: "card 1", Key: [32]byte{1}, Former: &former, Ledger: l, Rand: rand.Reader})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ledger := filepath.Join(dir, "ledger")
	if err := BeginLedger(ledger, [32]byte{9}, func() ([]Adopted, error) {
		s := take(nil)
		a, err := s.Adopt()
		return []Adopted{a}, errors.Join(err, s.Close())
	}); err != nil {
		t.Fatal(err)
	}
	l, err := OpenLedger(ledger, [32]byte{9})
	if err != nil {
		t.Fatal(err)
	}
	card, err := Open(take(l), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	play(t, card, selectJPKI, "002000980439393939 63C2")
	card.Close()
	if card, err = Open(take(l), rand.Reader); err != nil {
		t.Fatal(err)
	}
	play(t, card, selectJPKI, "00200098 63C2")
	card.Close()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	s := take(l)
	defer s.Close()
	refusesToOpen(t, s, func(err error) bool {
		state, ok := errors.AsType[*OldStateError](err)
		return ok && state.Has == 0 && state.Want == 1
	})
}

// TestAdoptNewest: a folder copied in the middle of a write has a newer state beside the file; it is the one that counts.
func TestAdoptNewest(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "card")
	storage := newFile(t, path, "card 1", 1)
	var copies [][]byte
	for range 3 {
		if err := storage.Save(prototype()); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copies = append(copies, raw)
	}
	for _, tt := range []struct {
		name             string
		file, even, odd  []byte
		want             uint64
		wantLeftUnopened bool
	}{
		{"alone", copies[1], nil, nil, 2, false},
		{"a newer one beside it", copies[1], nil, copies[2], 3, false},
		{"an older one beside it", copies[1], nil, copies[0], 2, false},
		{"half of a newer one", copies[1], nil, copies[2][:100], 2, false},
		{"only beside", nil, copies[1], copies[2], 3, false},
		{"damaged", copies[1][:100], nil, nil, 0, true},
		{"damaged, and an older one beside it", copies[1][:100], nil, copies[0], 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for end, content := range map[string][]byte{"": tt.file, ".0": tt.even, ".1": tt.odd} {
				if os.Remove(path + end); content != nil {
					if err := os.WriteFile(path+end, content, 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			a, err := storage.Adopt()
			if err != nil || a.Number != tt.want {
				t.Fatalf("adopted %d, %v, want %d", a.Number, err, tt.want)
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, number, err := storage.open(raw); (err != nil) != tt.wantLeftUnopened || number != tt.want {
				t.Errorf("the file is of number %d, %v", number, err)
			}
		})
	}
}
