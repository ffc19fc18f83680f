//go:build !unix

package status

import "os"

// mapFile reads the file where it cannot be mapped as elsewhere; syncFile writes it back.
func mapFile(f *os.File, size int64) ([]byte, error) {
	b := make([]byte, size)
	_, err := f.ReadAt(b, 0)
	return b, err
}

func syncFile(f *os.File, b []byte) error {
	if _, err := f.WriteAt(b, 0); err != nil {
		return err
	}
	return f.Sync()
}

// lockFile cannot tell here.
func lockFile(*os.File) (bool, error) { return true, nil }
