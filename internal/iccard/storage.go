package iccard

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Storage is the chip's memory. Save must be all or nothing and durable when it returns nil: the
// promise that a torn card gains no try rests on it. Load on a storage never saved answers an error
// that is fs.ErrNotExist. A storage that is an io.Closer is closed with its card.
type Storage interface {
	Load() ([]byte, error)
	Save([]byte) error
}

// ErrInUse says that another card object, in this process or another, holds the file. Two chips on
// one memory would have twice the tries.
var ErrInUse = errors.New("iccard: card file is in use")

// CorruptError says that a card's memory cannot be read: damaged, of another card, or under another
// key (authenticated encryption cannot tell which). The file is left as it is.
type CorruptError struct {
	Path   string // the file; empty for a storage that is no file
	Reason string
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("iccard: card memory %q is damaged: %s", e.Path, e.Reason)
}

// FileStorage keeps one chip in one file, opaque as a chip is: magic, nonce, and the memory under
// AES-256-GCM with magic and card id as associated data, so that neither a changed byte nor another
// card's file passes. What a file cannot give, unlike a chip, is protection against putting back an
// older copy of it.
//
// Nonces are random, 96 bits: one key is good for 2^32 writes over all its cards (NIST SP 800-38D).
type FileStorage struct {
	path string
	aad  []byte
	gcm  cipher.AEAD
	rand io.Reader
	lock *os.File
}

const magic = "MYNUMBER CARD 1\n"

// NewFileStorage takes the file at path for the card with the id, whether it exists yet or not.
// It holds a lock (path + ".lock") until Close; ErrInUse if somebody else has it.
func NewFileStorage(path, id string, key [32]byte, rand io.Reader) (*FileStorage, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	if err := lockFile(lock); err != nil {
		lock.Close()
		return nil, fmt.Errorf("%w: %s: %w", ErrInUse, path, err)
	}
	return &FileStorage{path: path, aad: []byte(magic + id), gcm: gcm, rand: rand, lock: lock}, nil
}

// Close gives the file free.
func (s *FileStorage) Close() error { return s.lock.Close() }

// Load reads and decrypts the memory: fs.ErrNotExist if there is none, *CorruptError if it is damaged.
func (s *FileStorage) Load() ([]byte, error) {
	raw, err := os.ReadFile(s.path)
	if err != nil {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	n := len(magic) + s.gcm.NonceSize()
	if len(raw) < n || string(raw[:len(magic)]) != magic {
		return nil, &CorruptError{s.path, "it does not begin like a card file"}
	}
	plain, err := s.gcm.Open(nil, raw[len(magic):n], raw[n:], s.aad)
	if err != nil {
		return nil, &CorruptError{s.path, "its seal is broken, or key or card id are wrong"}
	}
	return plain, nil
}

// Save writes a new file beside the old one, flushes it, puts it in the old one's place and flushes
// the folder. Loss of power at any moment leaves the old memory or the new one, whole.
func (s *FileStorage) Save(memory []byte) error {
	raw := make([]byte, len(magic)+s.gcm.NonceSize(), len(magic)+s.gcm.NonceSize()+len(memory)+s.gcm.Overhead())
	nonce := raw[copy(raw, magic):]
	if _, err := io.ReadFull(s.rand, nonce); err != nil {
		return fmt.Errorf("iccard: %w", err)
	}
	raw = s.gcm.Seal(raw, nonce, memory, s.aad)
	temp := s.path + ".tmp"
	if err := writeDurably(temp, raw); err != nil {
		return fmt.Errorf("iccard: %w", errors.Join(err, os.Remove(temp)))
	}
	if err := os.Rename(temp, s.path); err != nil {
		return fmt.Errorf("iccard: %w", err)
	}
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		return fmt.Errorf("iccard: %w", err)
	}
	return nil
}

func writeDurably(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// MemoryStorage keeps a chip for as long as the process lives. The zero value is an empty memory.
type MemoryStorage struct {
	mu     sync.Mutex
	memory []byte
}

// Load returns what was saved last; fs.ErrNotExist if nothing was.
func (s *MemoryStorage) Load() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.memory == nil {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(s.memory), nil
}

// Save keeps a copy.
func (s *MemoryStorage) Save(memory []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory = slices.Clone(memory)
	return nil
}
