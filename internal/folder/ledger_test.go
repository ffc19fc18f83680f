package folder

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"os"
	"testing"

	"mynumber/internal/iccard"
	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// newCards is a folder with the chips of two cards.
func newCards(t *testing.T) (*Folder, *Cards) {
	t.Helper()
	f, err := Make(t.TempDir(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := f.Cards()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"abc", "def"} {
		inserted, err := cards.Manufacture(t.Context(), id, office.Blank{Counting: rules.Consecutive})
		if err != nil {
			t.Fatal(err)
		}
		if err := inserted.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return f, cards
}

// TestOldChip: an older copy of a chip put back, and a chip under another card's name, are refused, and the other cards go on.
func TestOldChip(t *testing.T) {
	f, cards := newCards(t)
	old, err := os.ReadFile(cards.File("abc"))
	if err != nil {
		t.Fatal(err)
	}
	personalise(t, cards, "abc", "first")
	if err := os.WriteFile(cards.File("abc"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := f.Cards()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Cards{cards, again} {
		_, err := c.Insert(t.Context(), "abc")
		if state, ok := errors.AsType[*iccard.OldStateError](err); !ok || state.Has != 1 || state.Want != 2 || !errors.Is(err, office.ErrUnreadable) {
			t.Errorf("an old copy: %v", err)
		}
	}
	if err := os.WriteFile(cards.File("def"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = cards.Insert(t.Context(), "def")
	if damaged, ok := errors.AsType[*iccard.CorruptError](err); !ok || damaged.Path != cards.File("def") {
		t.Errorf("another card's chip: %v", err)
	}
	if _, err := cards.Manufacture(t.Context(), "def", office.Blank{Counting: rules.Consecutive}); err == nil {
		t.Error("a blank chip was put in the place of a damaged one")
	}
}

// personalise writes something on the card.
func personalise(t *testing.T, cards *Cards, id, text string) {
	t.Helper()
	inserted, err := cards.Insert(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	terminal := reader.NewTerminal(inserted.Chip, rand.Reader)
	if err := terminal.Authenticate(inserted.Key); err != nil {
		t.Fatal(err)
	}
	if err := terminal.WriteFile(iccard.FaceInfo, []byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := inserted.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestLostLedger: without its ledger a folder's cards do not open, until somebody says that they count as they are.
func TestLostLedger(t *testing.T) {
	f, _ := newCards(t)
	if err := os.Remove(f.Path(ledgerFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Cards(); !errors.Is(err, ErrLedgerLost) {
		t.Fatalf("got %v", err)
	}
	if _, err := os.Stat(f.Path(ledgerFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a new ledger was begun: %v", err)
	}
	if err := f.RestoreCards(); err != nil {
		t.Fatal(err)
	}
	cards, err := f.Cards()
	if err != nil {
		t.Fatal(err)
	}
	personalise(t, cards, "abc", "again")
	personalise(t, cards, "def", "again")
}

// TestFormerChips: a folder of the time before there were ledgers, whose chips had one key, opens and gets its ledger.
func TestFormerChips(t *testing.T) {
	f, cards := newCards(t)
	personalise(t, cards, "abc", "again")
	storage, err := cards.storage("abc")
	if err != nil {
		t.Fatal(err)
	}
	memory, err := storage.Load()
	if err != nil {
		t.Fatal(err)
	}
	storage.Close()
	block, err := aes.NewCipher(cards.former[:])
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	nonce := make([]byte, gcm.NonceSize())
	former := gcm.Seal(append([]byte("MYNUMBER CARD 1\n"), nonce...), nonce, memory, []byte("MYNUMBER CARD 1\nabc"))
	for _, err := range []error{
		os.Remove(f.Path(ledgerFile)), os.Remove(cards.File("def")), os.WriteFile(cards.File("abc"), former, 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range []string{"after", "once more"} {
		if cards, err = f.Cards(); err != nil {
			t.Fatal(err)
		}
		personalise(t, cards, "abc", text)
	}
}

// TestStrangersLeaveNoFiles: asking for a card that nobody made writes nothing.
func TestStrangersLeaveNoFiles(t *testing.T) {
	f, cards := newCards(t)
	before, err := os.ReadDir(f.Path(chipsDir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cards.Insert(t.Context(), "nobody"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	after, err := os.ReadDir(f.Path(chipsDir))
	if err != nil || len(after) != len(before) {
		t.Errorf("%d files, then %d, %v", len(before), len(after), err)
	}
}
