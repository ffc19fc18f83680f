//go:build unix

package folder

import (
	"os"
	"syscall"
)

// lockFile takes the file for this open file alone, without waiting. The kernel gives it free when
// the process ends, however it ends.
func lockFile(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
