package folder

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
)

// Lists are the revocation lists of the folder: crl/<sign|auth>/<generation>/<partition>-<number>.crl, and the same
// compressed beside it once somebody asked for that. Several nodes with one register share this folder.
type Lists struct {
	dir     string
	making  chan struct{} // one token: one maker in this process
	mu      sync.Mutex
	packing map[string]chan struct{} // closed when the compressed file is there, or failed
}

const (
	listsDir  = "crl"
	lockName  = ".lock"
	newPrefix = ".new-"
	packedExt = ".gz"
)

// Lists opens the folder's lists.
func (f *Folder) Lists() (*Lists, error) {
	l := &Lists{dir: f.Path(listsDir), making: make(chan struct{}, 1), packing: map[string]chan struct{}{}}
	l.making <- struct{}{}
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the revocation lists: %w", err)
	}
	return l, nil
}

// shortKinds are the authorities as they are abbreviated in addresses.
var shortKinds = map[certificate.Kind]string{certificate.Signature: "sign", certificate.UserAuthentication: "auth"}

func (l *Lists) folder(kind certificate.Kind, generation int) string {
	return filepath.Join(l.dir, shortKinds[kind], strconv.Itoa(generation))
}

// partitionForm is what may stand in a file's name.
var partitionForm = regexp.MustCompile(`^([0-9]{5}|arl)$`)

func (l *Lists) path(n office.ListName) (string, error) {
	if !partitionForm.MatchString(n.Partition) || shortKinds[n.Kind] == "" || n.Generation < 1 || n.Number < 1 {
		return "", fmt.Errorf("%q is no partition of a list: %w", n.Partition, fs.ErrNotExist)
	}
	return filepath.Join(l.folder(n.Kind, n.Generation), fmt.Sprintf("%s-%d.crl", n.Partition, n.Number)), nil
}

// lockPause is how long to wait before the lock is tried again that another process has.
const lockPause = 20 * time.Millisecond

// Alone waits until no other maker, in this process or another, is at work, and removes what one left half written. The
// kernel gives the lock free when a process dies.
func (l *Lists) Alone(ctx context.Context) (func() error, error) {
	select {
	case <-l.making:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	free := func() { l.making <- struct{}{} }
	lock, err := os.OpenFile(filepath.Join(l.dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		free()
		return nil, fmt.Errorf("lock the revocation lists: %w", err)
	}
	for err = lockFile(lock); err != nil; err = lockFile(lock) {
		select {
		case <-ctx.Done():
			free()
			return nil, errors.Join(ctx.Err(), lock.Close())
		case <-time.After(lockPause):
		}
	}
	done := func() error {
		defer free()
		return lock.Close()
	}
	if err := l.clear(); err != nil {
		return nil, errors.Join(err, done())
	}
	return done, nil
}

// packingTime is longer than any list takes to be compressed, which is done without the lock.
const packingTime = time.Hour

// clear removes half-written files.
func (l *Lists) clear() error {
	halves, err := filepath.Glob(filepath.Join(l.dir, "*", "*", newPrefix+"*"))
	for _, half := range halves {
		if strings.HasSuffix(half, packedExt) {
			if info, statErr := os.Stat(half); statErr != nil || time.Since(info.ModTime()) < packingTime {
				continue
			}
		}
		err = errors.Join(err, os.Remove(half))
	}
	return err
}

// Write writes a list through a file of another name, which becomes the list when all of it is on the disk.
func (l *Lists) Write(name office.ListName, f func(io.Writer) error) (int64, string, error) {
	path, err := l.path(name)
	if err != nil {
		return 0, "", err
	}
	if err := l.mkdir(filepath.Dir(path)); err != nil {
		return 0, "", err
	}
	return writeList(path, f)
}

// mkdir makes the folder of a generation durable the first time.
func (l *Lists) mkdir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(dir)), syncDir(l.dir), syncDir(filepath.Dir(l.dir)))
}

// writeFile writes a file under another name, durably, and renames it.
func writeFile(path, suffix string, f func(*os.File) error) (size int64, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), newPrefix+suffix)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	err = f(tmp)
	if err == nil {
		size, err = tmp.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return 0, err
	}
	return size, os.Rename(tmp.Name(), path)
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Settle makes the names of a generation's lists durable.
func (l *Lists) Settle(kind certificate.Kind, generation int) error {
	return syncDir(l.folder(kind, generation))
}

// Open opens a list; fs.ErrNotExist when it is not there.
func (l *Lists) Open(name office.ListName) (office.ListFile, int64, error) {
	path, err := l.path(name)
	if err != nil {
		return nil, 0, err
	}
	return open(path)
}

func open(path string) (office.ListFile, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// Packed opens a list compressed with gzip, and compresses it when it is the first time that somebody asks; whoever asks
// meanwhile waits for that.
func (l *Lists) Packed(ctx context.Context, name office.ListName) (office.ListFile, int64, error) {
	path, err := l.path(name)
	if err != nil {
		return nil, 0, err
	}
	for {
		f, size, err := open(path + packedExt)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, size, err
		}
		l.mu.Lock()
		busy := l.packing[path]
		if busy == nil {
			busy = make(chan struct{})
			l.packing[path] = busy
			l.mu.Unlock()
			err := pack(path)
			l.mu.Lock()
			delete(l.packing, path)
			l.mu.Unlock()
			close(busy)
			if err != nil {
				return nil, 0, err
			}
			continue
		}
		l.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
	}
}

// pack compresses a list into the file beside it. Serial numbers are random, so more effort would gain nothing.
func pack(path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = writeFile(path+packedExt, "*"+packedExt, func(w *os.File) error {
		z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
		if err != nil {
			return err
		}
		_, err = io.Copy(z, from)
		return errors.Join(err, z.Close())
	})
	return err
}

// listForm is a list's file.
var listForm = regexp.MustCompile(`^([0-9]{5}|arl)-([1-9][0-9]{0,17})\.crl$`)

// Names lists the lists of a generation.
func (l *Lists) Names(kind certificate.Kind, generation int) ([]office.ListName, error) {
	files, err := os.ReadDir(l.folder(kind, generation))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []office.ListName
	for _, f := range files {
		m := listForm.FindStringSubmatch(strings.TrimSuffix(f.Name(), packedExt))
		if m == nil {
			continue
		}
		number, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, office.ListName{Kind: kind, Generation: generation, Partition: m[1], Number: number})
	}
	return out, err
}

// Drop removes a list and what was compressed of it. Whoever has it open reads on.
func (l *Lists) Drop(name office.ListName) error {
	path, err := l.path(name)
	if err != nil {
		return err
	}
	err = os.Remove(path + packedExt)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	gone := os.Remove(path)
	if errors.Is(gone, fs.ErrNotExist) {
		gone = nil
	}
	return errors.Join(err, gone)
}
