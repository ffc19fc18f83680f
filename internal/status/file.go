package status

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"unsafe"

	"mynumber/internal/certificate"
)

// A file has a head of one page, then one word a certificate in the byte order of the machine, the counter its index. What
// lies behind the last certificate is zero: unknown.
const (
	mark     = "mynumber status 1\n"
	headSize = 4096
	wordSize = 4

	firstWords = 64 << 10   // room of a new file
	mostWords  = 1 << 31    // no generation issues that many; a strange counter does not fill the disk
	growth     = 4          // a full file grows by a fourth
	orderMark  = 0x01020304 // says the byte order
)

// ErrDamaged says that a file is none of ours, or not whole; the set is made anew from the registers.
var ErrDamaged = errors.New("the file of certificates' status is damaged or of another form")

// file is the mapped words of one authority's key generation.
type file struct {
	kind       certificate.Kind
	generation int
	base       int64 // seconds since 1970 from which revocations count
	f          *os.File
	mapped     atomic.Pointer[mapping]
}

// mapping is one view of the file. When the file grows there is a new one; readers of the old one read the same pages.
type mapping struct {
	bytes []byte
	words uint64
}

func (m *mapping) at(counter uint64) *uint32 {
	return (*uint32)(unsafe.Pointer(&m.bytes[headSize+counter*wordSize]))
}

// head is the first page.
func (f *file) head() []byte {
	b := make([]byte, headSize)
	n := copy(b, mark)
	binary.NativeEndian.PutUint32(b[n:], orderMark)
	binary.BigEndian.PutUint32(b[n+4:], uint32(f.kind))
	binary.BigEndian.PutUint32(b[n+8:], uint32(f.generation))
	binary.BigEndian.PutUint64(b[n+12:], uint64(f.base))
	return b
}

// createFile makes an empty file in place of whatever was there.
func createFile(path string, kind certificate.Kind, generation int, base int64) (*file, error) {
	f := &file{kind: kind, generation: generation, base: base}
	var err error
	if f.f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
		return nil, fmt.Errorf("make a file of certificates' status: %w", err)
	}
	if _, err := f.f.Write(f.head()); err != nil {
		return nil, errors.Join(fmt.Errorf("make a file of certificates' status: %w", err), f.f.Close())
	}
	if err := f.grow(firstWords); err != nil {
		return nil, errors.Join(err, f.f.Close())
	}
	return f, nil
}

// openFile maps an existing file. ErrDamaged when it is not that of the generation.
func openFile(path string, kind certificate.Kind, generation int, base int64) (*file, error) {
	f := &file{kind: kind, generation: generation, base: base}
	var err error
	if f.f, err = os.OpenFile(path, os.O_RDWR, 0); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	head := make([]byte, headSize)
	info, err := f.f.Stat()
	if err == nil {
		_, err = f.f.ReadAt(head, 0)
	}
	if err != nil || !bytes.Equal(head, f.head()) || info.Size() < headSize+firstWords*wordSize || info.Size()%wordSize != 0 {
		return nil, errors.Join(ErrDamaged, f.f.Close())
	}
	if err := f.show(info.Size()); err != nil {
		return nil, errors.Join(err, f.f.Close())
	}
	return f, nil
}

// grow gives the file room for so many words; the room is taken from the disk at once, for a page that has none when it is
// written would end the process.
func (f *file) grow(words uint64) error {
	size := int64(headSize + words*wordSize)
	info, err := f.f.Stat()
	if err != nil {
		return fmt.Errorf("grow a file of certificates' status: %w", err)
	}
	if m := f.mapped.Load(); m != nil {
		if err := syncFile(f.f, m.bytes); err != nil { // where it is not mapped, it is read again
			return fmt.Errorf("grow a file of certificates' status: %w", err)
		}
	}
	if err := reserve(f.f, info.Size(), size); err != nil {
		return fmt.Errorf("grow a file of certificates' status: %w", err)
	}
	return f.show(size)
}

func (f *file) show(size int64) error {
	b, err := mapFile(f.f, size)
	if err != nil {
		return fmt.Errorf("map a file of certificates' status: %w", err)
	}
	f.mapped.Store(&mapping{b, uint64(size-headSize) / wordSize})
	return nil
}

// word is that of a counter.
func (f *file) word(counter uint64) word {
	m := f.mapped.Load()
	if counter >= m.words {
		return unknown
	}
	return word(atomic.LoadUint32(m.at(counter)))
}

// put sets a word; one caller at a time.
func (f *file) put(counter uint64, w word) error {
	if counter >= mostWords {
		return fmt.Errorf("an issue counter of %d is beyond what one key issues", counter)
	}
	m := f.mapped.Load()
	if counter >= m.words {
		if err := f.grow(max(m.words+m.words/growth, counter+1)); err != nil {
			return err
		}
		m = f.mapped.Load()
	}
	atomic.StoreUint32(m.at(counter), uint32(w))
	return nil
}

// sync brings what was put to the disk.
func (f *file) sync() error { return syncFile(f.f, f.mapped.Load().bytes) }

// close brings it to the disk and lets the file go. The mapping stays: somebody may still be reading.
func (f *file) close() error { return errors.Join(f.sync(), f.f.Close()) }
