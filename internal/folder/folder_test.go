package folder

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

func TestMakeAndOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if _, err := Open(dir, rand.Reader); !errors.Is(err, ErrNotReady) {
		t.Errorf("an empty folder: %v", err)
	}
	first, err := Make(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Make(dir, rand.Reader)
	if err != nil || !bytes.Equal(first.secret, again.secret) {
		t.Errorf("made again the key is another one: %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, keyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(dir, keyFile), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, rand.Reader); err == nil {
		t.Error("a damaged key was taken")
	}
	for _, rest := range []string{registersFile, chipsDir} {
		t.Run("the key is lost beside "+rest, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, rest), 0o700); err != nil {
				t.Fatal(err)
			}
			if _, err := Make(dir, rand.Reader); !errors.Is(err, ErrKeyLost) {
				t.Errorf("got %v", err)
			}
			if _, err := os.Stat(filepath.Join(dir, keyFile)); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a new key was made: %v", err)
			}
		})
	}
}

func TestPassphrase(t *testing.T) {
	f, err := Make(t.TempDir(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	first, err := f.OwnPassphrase()
	if err != nil {
		t.Fatal(err)
	}
	again, err := f.OwnPassphrase()
	if err != nil || !bytes.Equal(first, again) || len(first) < 40 {
		t.Errorf("%d characters, %v", len(first), err)
	}
	file := filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(file, []byte("with a blank \r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if pass, err := Passphrase(file); err != nil || string(pass) != "with a blank " {
		t.Errorf("%q, %v", pass, err)
	}
}

func TestCards(t *testing.T) {
	f, err := Make(t.TempDir(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := f.Cards()
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := cards.Open(t.Context(), "nobody"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a card that was never made: %v", err)
	}
	for _, id := range []string{"", "../x", "A", "a/b"} {
		if _, err := cards.Manufacture(t.Context(), id, office.Blank{Counting: rules.Consecutive}); err == nil {
			t.Errorf("%q is no key of a card", id)
		}
	}
	if _, err := cards.Insert(t.Context(), "abc"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a window made up for a chip that is not there: %v", err)
	}
	inserted, err := cards.Manufacture(t.Context(), "abc", office.Blank{Counting: rules.Consecutive})
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.NewTerminal(inserted.Chip, rand.Reader).Authenticate(inserted.Key); err != nil {
		t.Fatal(err)
	}
	t.Run("the second machine waits", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if _, err := cards.Insert(ctx, "abc"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		got := make(chan error, 1)
		go func() {
			second, err := cards.Insert(t.Context(), "abc")
			if err == nil {
				err = second.Close()
			}
			got <- err
		}()
		if err := inserted.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-got; err != nil {
			t.Error(err)
		}
	})
	t.Run("a card that is lent is not waited for", func(t *testing.T) {
		if ids, err := cards.IDs(); err != nil || len(ids) != 1 || ids[0] != "abc" {
			t.Errorf("%v, %v", ids, err)
		}
		_, takeOut, err := cards.Lend(t.Context(), "abc")
		if err != nil {
			t.Fatal(err)
		}
		for _, take := range []func() error{
			func() error { _, err := cards.Insert(t.Context(), "abc"); return err },
			func() error { _, _, err := cards.Open(t.Context(), "abc"); return err },
			func() error { _, _, err := cards.Lend(t.Context(), "abc"); return err },
		} {
			if err := take(); !errors.Is(err, office.ErrInReader) {
				t.Errorf("got %v", err)
			}
		}
		process, err := f.Cards()
		if err != nil {
			t.Fatal(err)
		}
		was := inUseMost
		inUseMost = 30 * time.Millisecond
		defer func() { inUseMost = was }()
		if _, err := process.Insert(t.Context(), "abc"); !errors.Is(err, office.ErrInReader) {
			t.Errorf("another process: %v", err)
		}
		if err := takeOut(); err != nil {
			t.Fatal(err)
		}
		again, err := process.Insert(t.Context(), "abc")
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("the second process waits", func(t *testing.T) {
		first, err := cards.Insert(t.Context(), "abc")
		if err != nil {
			t.Fatal(err)
		}
		process, err := f.Cards() // knows nothing of the first but the lock on the file
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		if _, err := process.Insert(ctx, "abc"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		second, err := process.Insert(t.Context(), "abc")
		if err != nil {
			t.Fatal(err)
		}
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("the signers stay", func(t *testing.T) {
		again, err := f.Cards()
		if err != nil {
			t.Fatal(err)
		}
		a, b := cards.Signers().Root.Public(), again.Signers().Root.Public()
		if !a.(*rsa.PublicKey).Equal(b) {
			t.Error("the card signers are others after a restart")
		}
	})
	t.Run("another folder's key", func(t *testing.T) {
		other, err := Make(t.TempDir(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := os.ReadFile(f.Path(chipsDir, "signers.sealed"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(other.Path(chipsDir), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(other.Path(chipsDir, "signers.sealed"), sealed, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Cards(); err == nil {
			t.Error("another folder's signers opened")
		}
	})
}
