package iccard

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// disk is what a card's memory asks of the file system, step by step, so that a test can take the power away between any two steps.
type disk interface {
	// read is the whole file; fs.ErrNotExist if there is none.
	read(path string) ([]byte, error)
	// create makes an empty file, in the place of one that is there.
	create(path string) (diskFile, error)
	// open opens a file that is there for reading and writing in place.
	open(path string) (diskFile, error)
	rename(from, to string) error
	remove(path string) error
	// syncFolder makes what was created, renamed and removed in the folder durable.
	syncFolder(path string) error
	// lock takes the file, which is made if it is not there, until the Closer is closed or the process ends: at once or, if wait is
	// set, when it is free. ErrInUse if somebody else has it.
	lock(path string, wait bool) (io.Closer, error)
}

// diskFile is an opened file.
type diskFile interface {
	io.ReaderAt
	io.WriterAt
	size() (int64, error)
	// Sync makes what was written durable.
	Sync() error
	Close() error
}

// osDisk is the file system of the machine.
type osDisk struct{}

type osFile struct{ *os.File }

func (f osFile) size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (osDisk) read(path string) ([]byte, error) { return os.ReadFile(path) }

func (osDisk) create(path string) (diskFile, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	return osFile{f}, err
}

func (osDisk) open(path string) (diskFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	return osFile{f}, err
}

func (osDisk) rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) remove(path string) error     { return os.Remove(path) }

func (osDisk) syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (osDisk) lock(path string, wait bool) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f, wait); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrInUse, path, err), f.Close())
	}
	return f, nil
}

// writeFile makes a file of that content and makes it durable, but not yet its name.
func writeFile(d disk, path string, content []byte) error {
	f, err := d.create(path)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(content, 0)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// missing reports whether the error says that there is no such file.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
