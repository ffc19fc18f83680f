package status

import (
	"os"
	"syscall"
)

// reserve gives the file the size, with room on the disk for all of it.
func reserve(f *os.File, from, to int64) error {
	if to <= from {
		return nil
	}
	err := syscall.Fallocate(int(f.Fd()), 0, from, to-from)
	if err == syscall.EOPNOTSUPP {
		return fill(f, from, to)
	}
	return err
}
