//go:build unix

package iccard

import (
	"os"
	"syscall"
)

// lockFile takes the file for this open file alone, waiting for it or not. The kernel gives it free when
// the process ends, however it ends.
func lockFile(f *os.File, wait bool) error {
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	for {
		if err := syscall.Flock(int(f.Fd()), how); err != syscall.EINTR {
			return err
		}
	}
}
