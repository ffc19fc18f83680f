package folder

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"mynumber/internal/store"
)

// The key file holds a line for each key of the registers, the newest last: its number and 32 bytes in hexadecimal. Before
// the first rotation it is one line without a number. What the folder itself seals (chips, signers of faces) has a secret of
// its own from then on, the line "folder": it is not rotated with the registers.
const folderLine = "folder"

// keyring is the content of a key file.
type keyring struct {
	folder []byte
	keys   []store.Key
}

func parseKeyring(text string) (keyring, error) {
	var r keyring
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) == 1 && !strings.Contains(strings.TrimSpace(lines[0]), " ") {
		secret, err := keyBytes(strings.TrimSpace(lines[0]))
		return keyring{secret, []store.Key{{Secret: secret}}}, err
	}
	for _, line := range lines {
		name, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		secret, err := keyBytes(text)
		if err != nil {
			return r, err
		}
		if name == folderLine {
			r.folder = secret
			continue
		}
		id, err := strconv.ParseUint(name, 10, 8)
		if err != nil || len(r.keys) > 0 && byte(id) <= r.keys[len(r.keys)-1].ID {
			return r, errors.New("the keys are not numbered by rising numbers up to 255")
		}
		r.keys = append(r.keys, store.Key{ID: byte(id), Secret: secret})
	}
	if r.folder == nil || len(r.keys) == 0 {
		return r, errors.New("a line is missing")
	}
	return r, nil
}

func keyBytes(text string) ([]byte, error) {
	secret, err := hex.DecodeString(text)
	if err != nil || len(secret) != store.VaultKeySize {
		return nil, fmt.Errorf("no key of %d bytes in hexadecimal", store.VaultKeySize)
	}
	return secret, nil
}

func (r keyring) text() string {
	out := fmt.Sprintf("%s %s\n", folderLine, hex.EncodeToString(r.folder))
	for _, k := range r.keys {
		out += fmt.Sprintf("%d %s\n", k.ID, hex.EncodeToString(k.Secret))
	}
	return out
}

// readKeyring reads the key file.
func readKeyring(path string) (keyring, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return keyring{}, err
	}
	r, err := parseKeyring(string(text))
	if err != nil {
		return r, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// keysOf is the key file as the vault reads it, also while it is changed under a running server.
type keysOf struct {
	path string
	mu   sync.Mutex
	at   time.Time
	size int64
}

// Load reads the keys.
func (f *keysOf) Load() ([]store.Key, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	info, err := os.Stat(f.path)
	if err != nil {
		return nil, fmt.Errorf("read the registers' keys: %w", err)
	}
	r, err := readKeyring(f.path)
	if err == nil {
		f.at, f.size = info.ModTime(), info.Size()
	}
	return r.keys, err
}

// Changed reports that the file is another one than was read.
func (f *keysOf) Changed() bool {
	info, err := os.Stat(f.path)
	f.mu.Lock()
	defer f.mu.Unlock()
	return err == nil && (!info.ModTime().Equal(f.at) || info.Size() != f.size)
}

// AddKey gives the registers a new key, which seals from now on; the old ones go on opening. It returns its number.
func (f *Folder) AddKey() (byte, error) {
	r, err := readKeyring(f.Path(keyFile))
	if err != nil {
		return 0, err
	}
	last := r.keys[len(r.keys)-1].ID
	if last == 255 {
		return 0, errors.New("the registers have had 255 keys; begin a new installation and import")
	}
	secret := make([]byte, store.VaultKeySize)
	if _, err := io.ReadFull(f.rand, secret); err != nil {
		return 0, fmt.Errorf("draw the registers' key: %w", err)
	}
	r.keys = append(r.keys, store.Key{ID: last + 1, Secret: secret})
	return last + 1, replaceFile(f.Path(keyFile), r.text())
}

// DropOldKeys destroys every key but the newest and returns how many. Nothing may be sealed with them any more.
func (f *Folder) DropOldKeys() (int, error) {
	r, err := readKeyring(f.Path(keyFile))
	if err != nil {
		return 0, err
	}
	n := len(r.keys) - 1
	if n == 0 {
		return 0, nil
	}
	r.keys = r.keys[n:]
	return n, replaceFile(f.Path(keyFile), r.text())
}

// KeyIDs are the numbers of the registers' keys, the newest last.
func (f *Folder) KeyIDs() ([]byte, error) {
	r, err := readKeyring(f.Path(keyFile))
	var ids []byte
	for _, k := range r.keys {
		ids = append(ids, k.ID)
	}
	return ids, err
}

// replaceFile writes a file whole and durably in place of the old one.
func replaceFile(path, content string) error { return placeFile(path, content, os.Rename) }

// KeyFile is where the registers' keys lie.
func (f *Folder) KeyFile() string { return f.Path(keyFile) }

// Kept are the folders that a backup keeps: the chips, the offices' own policies, further fonts.
var Kept = []string{chipsDir, "policies", "fonts"}

// MakeWithKey makes a new folder with a copy of a key file, to restore a backup into. A folder with anything in it is refused.
func MakeWithKey(dir, key string, rand io.Reader) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 {
		return nil, fmt.Errorf("%s is not empty; a backup is restored into a new folder", dir)
	}
	r, err := readKeyring(key)
	if err != nil {
		return nil, err
	}
	text := r.text()
	if len(r.keys) == 1 && r.keys[0].ID == 0 {
		text = hex.EncodeToString(r.folder) + "\n"
	}
	if err := writeOnce(filepath.Join(dir, keyFile), text); err != nil {
		return nil, fmt.Errorf("keep the registers' key: %w", err)
	}
	return Open(dir, rand)
}
