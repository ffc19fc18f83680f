package iccard

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// survival says what of the things not made durable is on the disk after the power failed. A file system may write them back in any
// order, early or never.
type survival struct {
	data    bool // what was written into files
	torn    bool // of the last write into each file one half
	folder  bool // what was created, renamed and removed
	lastDir bool // of that only the last, as if it had been written back alone
}

// survivals are the ways tried at each point.
var survivals = map[string]survival{
	"nothing":                     {},
	"everything":                  {data: true, folder: true},
	"names without data":          {folder: true},
	"data without names":          {data: true},
	"a torn write":                {torn: true, folder: true},
	"the last name before others": {data: true, lastDir: true},
}

var (
	errPower = errors.New("power lost")
	errInput = errors.New("input/output error")
)

// simDisk is a file system in memory that knows what is durable and what is not. Its power fails before step dieAt, its hardware in step
// failAt (counted from 1, 0: never). What a write to a bad disk left is half of it; a flush that failed has happened or never will.
type simDisk struct {
	mu            sync.Mutex
	files         map[string]*inode // as programs see them
	durable       map[string]*inode // names as they are on the disk
	pending       []func(map[string]*inode)
	steps         int
	dieAt, failAt int
	flushed       bool     // a flush that fails has flushed
	names         []string // of the steps done
	dead          bool
	locks         map[string]bool
}

// inode is a file: its content as programs see it, as it is on the disk, and the writes between.
type inode struct {
	now, disk []byte
	pending   []write
}

type write struct {
	place   int64
	data    []byte
	cutsOff bool // the file is emptied
}

func newSimDisk() *simDisk {
	return &simDisk{files: map[string]*inode{}, durable: map[string]*inode{}, locks: map[string]bool{}}
}

func (w write) on(b []byte) []byte {
	if w.cutsOff {
		return nil
	}
	if n := int(w.place) + len(w.data) - len(b); n > 0 {
		b = append(b, make([]byte, n)...)
	}
	copy(b[w.place:], w.data)
	return b
}

// step counts a step; the error is that of a machine without power, failing says that the hardware does.
func (d *simDisk) step(name string) (failing bool, err error) {
	if d.dead {
		return false, errPower
	}
	d.steps++
	d.names = append(d.names, name)
	if d.steps == d.dieAt {
		d.dead = true
		return false, errPower
	}
	return d.steps == d.failAt, nil
}

// after is the disk as it is when power comes back.
func (d *simDisk) after(s survival) *simDisk {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := maps.Clone(d.durable)
	for i, op := range d.pending {
		if s.folder || (s.lastDir && i == len(d.pending)-1) {
			op(names)
		}
	}
	next := newSimDisk()
	next.flushed = d.flushed
	copies := map[*inode]*inode{} // a name that is there twice is one file
	for name, f := range names {
		if copies[f] == nil {
			content := bytes.Clone(f.disk)
			for i, w := range f.pending {
				switch {
				case s.data:
					content = w.on(content)
				case s.torn && i == len(f.pending)-1:
					content = write{place: w.place, data: w.data[:len(w.data)/2], cutsOff: w.cutsOff}.on(content)
				}
			}
			copies[f] = &inode{now: content, disk: bytes.Clone(content)}
		}
		next.files[name], next.durable[name] = copies[f], copies[f]
	}
	return next
}

func (d *simDisk) read(path string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[path]
	switch {
	case d.dead:
		return nil, errPower
	case f == nil:
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
	}
	return bytes.Clone(f.now), nil
}

func (d *simDisk) create(path string) (diskFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	failing, err := d.step("create " + path)
	if err != nil || failing {
		return nil, errors.Join(err, errInput)
	}
	f := d.files[path]
	if f == nil {
		f = &inode{}
		d.files[path] = f
		d.pending = append(d.pending, func(m map[string]*inode) { m[path] = f })
	} else {
		f.now, f.pending = nil, append(f.pending, write{cutsOff: true})
	}
	return &simFile{d, f, path}, nil
}

func (d *simDisk) open(path string) (diskFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[path]
	switch {
	case d.dead:
		return nil, errPower
	case f == nil:
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return &simFile{d, f, path}, nil
}

func (d *simDisk) rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	failing, err := d.step("rename " + from)
	switch {
	case err != nil || failing:
		return errors.Join(err, errInput)
	case d.files[from] == nil:
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	f := d.files[from]
	op := func(m map[string]*inode) {
		m[to] = f
		if m[from] == f {
			delete(m, from)
		}
	}
	op(d.files)
	d.pending = append(d.pending, op)
	return nil
}

func (d *simDisk) remove(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	failing, err := d.step("remove " + path)
	if err != nil || failing {
		return errors.Join(err, errInput)
	}
	op := func(m map[string]*inode) { delete(m, path) }
	op(d.files)
	d.pending = append(d.pending, op)
	return nil
}

func (d *simDisk) syncFolder(string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	failing, err := d.step("sync folder")
	if err != nil || failing {
		return errors.Join(err, errInput)
	}
	for _, op := range d.pending {
		op(d.durable)
	}
	d.pending = nil
	return nil
}

func (d *simDisk) lock(path string, _ bool) (io.Closer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.locks[path] {
		return nil, ErrInUse
	}
	d.locks[path] = true
	return closer(func() { d.locks[path] = false }), nil
}

type closer func()

func (c closer) Close() error { c(); return nil }

// simFile is an opened file of it.
type simFile struct {
	disk *simDisk
	file *inode
	path string
}

func (f *simFile) ReadAt(b []byte, place int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.dead {
		return 0, errPower
	}
	return bytes.NewReader(f.file.now).ReadAt(b, place)
}

func (f *simFile) WriteAt(b []byte, place int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	failing, err := f.disk.step("write " + f.path)
	if err != nil {
		return 0, err
	}
	w := write{place: place, data: slices.Clone(b)}
	if failing {
		w.data = w.data[:len(b)/2]
	}
	f.file.now = w.on(f.file.now)
	f.file.pending = append(f.file.pending, w)
	if failing {
		return len(w.data), errInput
	}
	return len(b), nil
}

func (f *simFile) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	failing, err := f.disk.step("sync " + f.path)
	if err != nil {
		return err
	}
	if failing && !f.disk.flushed {
		f.file.pending = nil // the kernel tells once, and holds the pages for clean ever after
		return errInput
	}
	for _, w := range f.file.pending {
		f.file.disk = w.on(f.file.disk)
	}
	f.file.pending = nil
	if failing {
		return errInput
	}
	return nil
}

func (f *simFile) size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.dead {
		return 0, errPower
	}
	return int64(len(f.file.now)), nil
}

func (f *simFile) Close() error { return nil }
