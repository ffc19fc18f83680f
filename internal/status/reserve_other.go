//go:build !linux

package status

import "os"

// reserve gives the file the size, with room on the disk for all of it.
func reserve(f *os.File, from, to int64) error { return fill(f, from, to) }
