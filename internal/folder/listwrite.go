package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
)

const (
	longFile    = 1 << 20  // from here on a file is hashed and brought to the disk beside its writing
	syncEach    = 32 << 20 // so many octets at a time
	piecesAhead = 4
)

// listWriter writes a list's file and hashes it. A long one is hashed by a goroutine of its own, and brought to the disk while more of it is
// made, so that little is left to wait for at its end.
type listWriter struct {
	file    *os.File
	sum     hash.Hash
	size    int64
	pieces  chan []byte // to be hashed
	free    chan []byte
	hashed  chan struct{} // closed when all are
	synced  chan error    // one answer while a flush is under way; nil otherwise
	pending int64         // octets since the last flush began
}

func newListWriter(file *os.File) *listWriter { return &listWriter{file: file, sum: sha256.New()} }

// Write writes p and has it hashed.
func (w *listWriter) Write(p []byte) (int, error) {
	n, err := w.file.Write(p)
	w.size += int64(n)
	if w.size < longFile {
		w.sum.Write(p[:n])
		return n, err
	}
	if w.pieces == nil {
		w.pieces, w.free, w.hashed = make(chan []byte, piecesAhead), make(chan []byte, piecesAhead), make(chan struct{})
		for range piecesAhead {
			w.free <- nil
		}
		go w.hash()
	}
	w.pieces <- append((<-w.free)[:0], p[:n]...)
	if w.pending += int64(n); err == nil && w.pending >= syncEach {
		err = w.flush()
	}
	return n, err
}

func (w *listWriter) hash() {
	for p := range w.pieces {
		w.sum.Write(p)
		w.free <- p
	}
	close(w.hashed)
}

// flush begins to bring to the disk what was written, unless the last flush is still under way.
func (w *listWriter) flush() (err error) {
	if w.synced == nil {
		w.synced = make(chan error, 1)
		w.synced <- nil
	}
	select {
	case err = <-w.synced:
		w.pending = 0
		go func() { w.synced <- w.file.Sync() }()
	default:
	}
	return err
}

// end waits for both and gives the digest; what was not flushed yet is not.
func (w *listWriter) end() (sha string, err error) {
	if w.pieces != nil {
		close(w.pieces)
		<-w.hashed
	}
	if w.synced != nil {
		err = <-w.synced
	}
	return hex.EncodeToString(w.sum.Sum(nil)), err
}

// writeList writes a list's file under another name, durably, and renames it.
func writeList(path string, f func(io.Writer) error) (size int64, sha string, err error) {
	size, err = writeFile(path, "*.crl", func(file *os.File) error {
		w := newListWriter(file)
		err := f(w)
		var endErr error
		sha, endErr = w.end()
		return errors.Join(err, endErr)
	})
	return size, sha, err
}
