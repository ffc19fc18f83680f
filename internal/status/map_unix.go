//go:build unix

package status

import (
	"os"
	"syscall"
)

// mapFile maps the whole file, shared: what is put is the system's to write, also after a kill.
func mapFile(f *os.File, size int64) ([]byte, error) {
	return syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
}

// syncFile writes the mapped pages: they are the file's own.
func syncFile(f *os.File, _ []byte) error { return f.Sync() }

// lockFile takes the file for this process alone; false when another one has it.
func lockFile(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}
