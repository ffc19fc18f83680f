package status

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// Change is what the outside hears of a certificate from now on, in the order of Seq.
type Change struct {
	Seq        int64
	Kind       certificate.Kind
	Generation int
	Counter    uint64
	Status     pki.Status // good or revoked: nobody becomes unknown again
	Written    time.Time  // by the machine's clock, not the office's
}

// key names a file.
type key struct {
	kind       certificate.Kind
	generation int
}

// Set is the mapped status of every certificate. Status may be asked by many at once; everything else by one.
type Set struct {
	dir      string
	lock     *os.File
	log      string
	position int64 // of the last checkpoint; every change up to it is in the files
	begins   Begins
	files    atomic.Pointer[map[key]*file]
}

// ErrInUse says that another process follows the registers into the same folder.
var ErrInUse = errors.New("another process keeps the status of certificates in this folder")

// Names in the folder.
const (
	lockName     = "lock"
	positionName = "position.json"
)

// Begins says from when on an authority's key is good: nothing of it is revoked before. Its words count from there.
type Begins func(kind certificate.Kind, generation int) (time.Time, error)

// position is what the folder says of itself; it is written after the words that it speaks of are on the disk.
type position struct {
	Log      string     `json:"log"` // of the registers that were followed
	Position int64      `json:"position"`
	Files    []fileMark `json:"files"`
	Sum      uint32     `json:"sum"` // of the rest
}

type fileMark struct {
	Kind       certificate.Kind `json:"kind"`
	Generation int              `json:"generation"`
	Base       int64            `json:"base"`
}

func (p position) sum() uint32 {
	p.Sum = 0
	text, err := json.Marshal(p)
	if err != nil {
		return 0
	}
	return crc32.ChecksumIEEE(text)
}

// Open opens the folder, making it when it is missing. The set is empty, without a log, when there was nothing usable. ErrInUse.
func Open(dir string, begins Begins) (*Set, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of certificates' status: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the folder of certificates' status: %w", err)
	}
	if free, err := lockFile(lock); err != nil || !free {
		if err == nil {
			err = ErrInUse
		}
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), lock.Close())
	}
	s := &Set{dir: dir, lock: lock, begins: begins}
	s.files.Store(&map[key]*file{})
	s.load()
	return s, nil
}

// load takes what the folder has; nothing at all when any of it is not whole.
func (s *Set) load() {
	var p position
	text, err := os.ReadFile(filepath.Join(s.dir, positionName))
	if err != nil || json.Unmarshal(text, &p) != nil || p.Sum != p.sum() || p.Log == "" {
		return
	}
	files := map[key]*file{}
	for _, m := range p.Files {
		f, err := openFile(s.path(m.Kind, m.Generation), m.Kind, m.Generation, m.Base)
		if err != nil {
			for _, other := range files {
				other.f.Close()
			}
			return
		}
		files[key{m.Kind, m.Generation}] = f
	}
	s.log, s.position = p.Log, p.Position
	s.files.Store(&files)
}

func (s *Set) path(kind certificate.Kind, generation int) string {
	return filepath.Join(s.dir, fmt.Sprintf("%s-%d.status", kind, generation))
}

// Log is of which registers the set is, empty for none; Position is the last change that is surely in it.
func (s *Set) Log() (id string, position int64) { return s.log, s.position }

// Clear empties the set; it is of no registers until Checkpoint says so.
func (s *Set) Clear() error {
	if err := os.Remove(filepath.Join(s.dir, positionName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("empty the status of certificates: %w", err)
	}
	old := *s.files.Load()
	s.files.Store(&map[key]*file{})
	s.log, s.position = "", 0
	var errs []error
	for _, f := range old {
		errs = append(errs, f.f.Close(), os.Remove(f.f.Name()))
	}
	return errors.Join(errs...)
}

// Status is what the outside hears of the counter-th certificate of a generation.
func (s *Set) Status(kind certificate.Kind, generation int, counter uint64) pki.Status {
	f := (*s.files.Load())[key{kind, generation}]
	if f == nil {
		return pki.Status{}
	}
	return f.word(counter).status(f.base)
}

// Put takes a change. It is seen at once and survives the process; Checkpoint makes it survive the machine.
func (s *Set) Put(c Change) error {
	k := key{c.Kind, c.Generation}
	f := (*s.files.Load())[k]
	if f == nil {
		var err error
		if f, err = s.add(k); err != nil {
			return err
		}
	}
	return f.put(c.Counter, wordOf(c.Status, f.base))
}

// add begins the file of a generation.
func (s *Set) add(k key) (*file, error) {
	if k.generation < 1 || k.kind != certificate.Signature && k.kind != certificate.UserAuthentication {
		return nil, fmt.Errorf("no authority of kind %d has generation %d", k.kind, k.generation)
	}
	from, err := s.begins(k.kind, k.generation)
	if err != nil {
		return nil, fmt.Errorf("begin the status of %s certificates, key %d: %w", k.kind, k.generation, err)
	}
	f, err := createFile(s.path(k.kind, k.generation), k.kind, k.generation, from.Unix())
	if err != nil {
		return nil, err
	}
	files := map[key]*file{k: f}
	for other, g := range *s.files.Load() {
		files[other] = g
	}
	s.files.Store(&files)
	return f, nil
}

// Checkpoint says that every change of these registers up to a position was put. First the words go to the disk, then the
// position, so that after a power cut the position never speaks of words that are lost.
func (s *Set) Checkpoint(log string, at int64) error {
	p := position{Log: log, Position: at}
	for k, f := range *s.files.Load() {
		if err := f.sync(); err != nil {
			return fmt.Errorf("write the status of certificates: %w", err)
		}
		p.Files = append(p.Files, fileMark{k.kind, k.generation, f.base})
	}
	p.Sum = p.sum()
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write the position of the certificates' status: %w", err)
	}
	if err := replace(filepath.Join(s.dir, positionName), text); err != nil {
		return fmt.Errorf("write the position of the certificates' status: %w", err)
	}
	s.log, s.position = log, at
	return nil
}

// replace puts a file in the place of another, whole or not at all.
func replace(path string, content []byte) (err error) {
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Close lets the folder go, without a checkpoint.
func (s *Set) Close() error {
	var errs []error
	for _, f := range *s.files.Load() {
		errs = append(errs, f.close())
	}
	return errors.Join(append(errs, s.lock.Close())...)
}
