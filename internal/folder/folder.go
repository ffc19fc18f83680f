// Package folder is the data folder of one installation: the key of the registers, the registers themselves
// unless they lie on PostgreSQL, and the cards' chips. Everything the installation must not lose lies below it.
package folder

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mynumber/internal/store"
)

// Names of the files in the folder.
const (
	registersFile  = "registers.db"
	keyFile        = "registers.key"
	passphraseFile = "passphrase"
	chipsDir       = "cards"
)

// Folder is an opened data folder.
type Folder struct {
	dir    string
	secret []byte
	rand   io.Reader
}

// ErrNotReady says that a folder has not been made ready.
var ErrNotReady = errors.New("the data folder is not ready; run `mynumber init` first")

// ErrKeyLost says that a folder in use has no key any more. A new one would open nothing that is there.
var ErrKeyLost = errors.New("the key of the registers is lost; put it back from the backup")

// Make opens the folder at dir, making it and its key when they are missing. ErrKeyLost when only the key is missing.
func Make(dir string, rand io.Reader) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	f, err := Open(dir, rand)
	if !errors.Is(err, ErrNotReady) {
		return f, err
	}
	for _, rest := range []string{registersFile, chipsDir} {
		if _, err := os.Stat(filepath.Join(dir, rest)); err == nil {
			return nil, fmt.Errorf("%s: there is %s and no %s: %w", dir, rest, keyFile, ErrKeyLost)
		}
	}
	secret := make([]byte, store.VaultKeySize)
	if _, err := io.ReadFull(rand, secret); err != nil {
		return nil, fmt.Errorf("draw the registers' key: %w", err)
	}
	if err := writeOnce(filepath.Join(dir, keyFile), hex.EncodeToString(secret)+"\n"); err != nil {
		return nil, fmt.Errorf("keep the registers' key: %w", err)
	}
	return Open(dir, rand)
}

// Open opens a folder that was made ready before; ErrNotReady when it was not.
func Open(dir string, rand io.Reader) (*Folder, error) {
	r, err := readKeyring(filepath.Join(dir, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", dir, ErrNotReady)
	}
	if err != nil {
		return nil, fmt.Errorf("read the registers' key: %w", err)
	}
	return &Folder{dir: dir, secret: r.folder, rand: rand}, nil
}

// Path is a file or folder in the data folder.
func (f *Folder) Path(parts ...string) string {
	return filepath.Join(append([]string{f.dir}, parts...)...)
}

// Registers opens the registers: in the folder, or on the PostgreSQL server at url when that is not empty.
func (f *Folder) Registers(url string) (*store.DB, error) {
	vault, err := store.OpenVault(&keysOf{path: f.Path(keyFile)}, f.rand)
	if err != nil {
		return nil, err
	}
	if url != "" {
		return store.OpenPostgres(url, vault)
	}
	return store.OpenSQLite(f.Path(registersFile), vault)
}

// Passphrase reads the passphrase of the authorities' keys from a file, without the line's end.
func Passphrase(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the passphrase: %w", err)
	}
	if pass := strings.TrimRight(string(text), "\r\n"); pass != "" {
		return []byte(pass), nil
	}
	return nil, fmt.Errorf("%s holds no passphrase", file)
}

// OwnPassphrase is a passphrase the folder makes for itself, for the demo only: whoever has the folder has it.
func (f *Folder) OwnPassphrase() ([]byte, error) {
	file := f.Path(passphraseFile)
	pass, err := Passphrase(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return pass, err
	}
	secret := make([]byte, 24)
	if _, err := io.ReadFull(f.rand, secret); err != nil {
		return nil, fmt.Errorf("draw a passphrase: %w", err)
	}
	if err := writeOnce(file, hex.EncodeToString(secret)+"\n"); err != nil {
		return nil, fmt.Errorf("keep the passphrase: %w", err)
	}
	return Passphrase(file)
}

// derive is a key of the folder for one purpose.
func (f *Folder) derive(purpose string, size int) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, f.secret, nil, "mynumber folder "+purpose, size)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return key, nil
}

// writeOnce writes a file whole and durably, unless it is there: then the old one stays.
func writeOnce(path, content string) error {
	return placeFile(path, content, func(tmp, path string) error {
		if err := os.Link(tmp, path); !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	})
}

// placeFile writes a file beside path, durably, and puts it in its place.
func placeFile(path, content string, place func(tmp, path string) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(content)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := place(tmp.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
