package iccard

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// OldStateError says that a card's file is whole but not the card's last memory: a copy of an earlier time was put in its place, with
// the tries and PINs of that time. The file is left as it is.
type OldStateError struct {
	Path      string
	Has, Want uint64 // numbers of the memory in the file and of the last one; Want 0: the ledger knows no such card
}

func (e *OldStateError) Error() string {
	if e.Want == 0 {
		return fmt.Sprintf("iccard: card file %q belongs to no card that this folder knows; it was copied here", e.Path)
	}
	return fmt.Sprintf("iccard: card file %q is memory %d of the card, and the last one is %d; an old copy was put in its place", e.Path, e.Has, e.Want)
}

// File is a card's place in a data folder and what opens it.
type File struct {
	Path   string
	ID     string    // of the card, 1 to 64 bytes, sealed in with the memory
	Key    [32]byte  // AES-256, this card's alone
	Former *[32]byte // key of files of the first form, which all cards of a folder shared; nil: there are none
	Ledger *Ledger
	Rand   io.Reader
}

// FileStorage keeps one chip in one file, opaque as a chip is: magic, number of the memory, nonce, and the memory under AES-256-GCM with
// everything before and the card's id as associated data, so that neither a changed byte nor another card's file passes. The ledger
// says which memory is the last, so that an older copy does not pass either.
//
// The next memory is written beside the file and made durable; then the ledger takes its number and hash, which is the moment from
// which it counts; then it takes the old one's place. Whoever opens the card finishes a change of place that was cut off.
//
// Nonces are random, 96 bits: a card's key is good for 2^32 memories (NIST SP 800-38D).
type FileStorage struct {
	File
	disk        disk
	gcm, former cipher.AEAD
	lock        io.Closer
	now         mark
	broken      error // a write to the ledger whose outcome is not known
}

const (
	magic       = "MYNUMBER CARD 2\n" // then number (8), nonce (12), sealed memory
	formerMagic = "MYNUMBER CARD 1\n" // then nonce (12), sealed memory; counts as number 0
)

// NewFileStorage takes the file for the card, whether it exists yet or not.
// It holds a lock (path + ".lock") until Close; ErrInUse if somebody else has it.
func NewFileStorage(f File) (*FileStorage, error) { return newFileStorage(osDisk{}, f) }

func newFileStorage(d disk, f File) (*FileStorage, error) {
	s := &FileStorage{File: f, disk: d}
	var err error
	if s.gcm, err = newGCM(f.Key); err != nil {
		return nil, err
	}
	if f.Former != nil {
		if s.former, err = newGCM(*f.Former); err != nil {
			return nil, err
		}
	}
	if s.lock, err = d.lock(f.Path+".lock", false); err != nil {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	return s, nil
}

func newGCM(key [32]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Name is the file.
func (s *FileStorage) Name() string { return s.Path }

// Close gives the file free.
func (s *FileStorage) Close() error { return s.lock.Close() }

// beside is where a memory of that number is written. Two neighbours never lie in the same place.
func (s *FileStorage) beside(number uint64) string { return fmt.Sprintf("%s.%d", s.Path, number%2) }

// Load reads and decrypts the memory that the ledger names: fs.ErrNotExist if there is none, *OldStateError if another one lies there,
// *CorruptError if it cannot be read.
func (s *FileStorage) Load() ([]byte, error) {
	now, known, err := s.Ledger.last(s.ID)
	if err != nil {
		return nil, err
	}
	raw, err := s.disk.read(s.Path)
	if err != nil && !missing(err) {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	there := err == nil
	switch {
	case !known && !there:
		return nil, fmt.Errorf("iccard: %w", err)
	case !known:
		return nil, s.stranger(raw, 0)
	case !there || sha256.Sum256(raw) != now.hash:
		torn, err := s.disk.read(s.beside(now.number))
		if err != nil || sha256.Sum256(torn) != now.hash {
			if !there {
				return nil, &CorruptError{s.Path, fmt.Sprintf("the file is gone, and the card's memory is %d", now.number)}
			}
			return nil, s.stranger(raw, now.number)
		}
		if err := s.finish(now); err != nil {
			return nil, err
		}
		raw = torn
	}
	memory, _, err := s.open(raw)
	if err != nil {
		return nil, err
	}
	s.now, s.broken = now, nil
	return memory, nil
}

// finish ends a change of place that was cut off. The mark is confirmed before: the file of the memory before it is about to go. The
// next Save makes the change of place durable, as ever.
func (s *FileStorage) finish(now mark) error {
	err := s.Ledger.confirm(s.ID, now)
	if err == nil {
		err = s.disk.rename(s.beside(now.number), s.Path)
	}
	if err != nil {
		return fmt.Errorf("iccard: finish the last write of %s: %w", s.Path, err)
	}
	return nil
}

// stranger says what is wrong with a file that the ledger does not name.
func (s *FileStorage) stranger(raw []byte, want uint64) error {
	_, has, err := s.open(raw)
	if err != nil {
		return err
	}
	return &OldStateError{s.Path, has, want}
}

// open decrypts a file's content; the error is a *CorruptError.
func (s *FileStorage) open(raw []byte) (memory []byte, number uint64, err error) {
	gcm, aad := s.gcm, []byte(nil)
	header := len(magic) + 8
	switch {
	case len(raw) >= header+s.gcm.NonceSize() && string(raw[:len(magic)]) == magic:
		number, aad = binary.BigEndian.Uint64(raw[len(magic):]), append(slices.Clone(raw[:header]), s.ID...)
	case s.former != nil && len(raw) >= len(formerMagic)+s.gcm.NonceSize() && string(raw[:len(formerMagic)]) == formerMagic:
		gcm, aad, header = s.former, append([]byte(formerMagic), s.ID...), len(formerMagic)
	default:
		return nil, 0, &CorruptError{s.Path, "it does not begin like a card file"}
	}
	n := header + gcm.NonceSize()
	memory, err = gcm.Open(nil, raw[header:n], raw[n:], aad)
	if err != nil {
		return nil, 0, &CorruptError{s.Path, "its seal is broken, or key or card id are wrong"}
	}
	return memory, number, nil
}

// Save makes the memory the card's. Loss of power at any moment leaves the old memory or the new one, whole. After an error it is the
// old one, or, when the ledger could not be written, one of the two: then nothing more is saved until the card is opened anew.
func (s *FileStorage) Save(memory []byte) error {
	if s.broken != nil {
		return fmt.Errorf("iccard: the card must be opened anew: %w", s.broken)
	}
	number := s.now.number + 1
	raw, err := s.seal(number, memory)
	if err != nil {
		return err
	}
	beside := s.beside(number)
	err = writeFile(s.disk, beside, raw)
	if err == nil {
		err = s.disk.syncFolder(filepath.Dir(s.Path)) // its name, and the last memory's change of place
	}
	if err != nil {
		return fmt.Errorf("iccard: %w", errors.Join(err, s.disk.remove(beside)))
	}
	if s.now, err = s.Ledger.commit(s.ID, s.now, number, sha256.Sum256(raw)); err != nil {
		s.broken = err
		return err
	}
	_ = s.disk.rename(beside, s.Path) // it counts already; whoever opens the card next tries again
	return nil
}

// seal is the file of a memory.
func (s *FileStorage) seal(number uint64, memory []byte) ([]byte, error) {
	raw := make([]byte, len(magic)+8+s.gcm.NonceSize(), len(magic)+8+s.gcm.NonceSize()+len(memory)+s.gcm.Overhead())
	copy(raw, magic)
	binary.BigEndian.PutUint64(raw[len(magic):], number)
	nonce := raw[len(magic)+8:]
	if _, err := io.ReadFull(s.Rand, nonce); err != nil {
		return nil, fmt.Errorf("iccard: %w", err)
	}
	return s.gcm.Seal(raw, nonce, memory, append(slices.Clone(raw[:len(magic)+8]), s.ID...)), nil
}

// Adopt says which memory of the card is in its folder, for a ledger to begin with: the file's, or one beside it that is newer and whole,
// which then takes the file's place. Whether that is an old copy nobody can tell any more. A file that cannot be read is adopted as it
// is, so that it is found out when the card is opened.
func (s *FileStorage) Adopt() (Adopted, error) {
	best, whole := Adopted{ID: s.ID}, false
	raw, err := s.disk.read(s.Path)
	if err != nil && !missing(err) {
		return best, fmt.Errorf("iccard: %w", err)
	}
	if err == nil {
		_, number, damage := s.open(raw)
		best.Number, best.Hash, whole = number, sha256.Sum256(raw), damage == nil
	}
	for n := range uint64(2) {
		torn, err := s.disk.read(s.beside(n))
		if err != nil {
			continue
		}
		_, number, err := s.open(torn)
		if err != nil || (whole && number <= best.Number) {
			continue
		}
		if err := s.disk.rename(s.beside(n), s.Path); err != nil {
			return best, fmt.Errorf("iccard: %w", err)
		}
		if err := s.disk.syncFolder(filepath.Dir(s.Path)); err != nil {
			return best, fmt.Errorf("iccard: %w", err)
		}
		best, whole = Adopted{s.ID, number, sha256.Sum256(torn)}, true
	}
	return best, nil
}

// IsFormer reports whether a file is of the form before there were ledgers.
func IsFormer(content []byte) bool {
	return len(content) >= len(formerMagic) && string(content[:len(formerMagic)]) == formerMagic
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
