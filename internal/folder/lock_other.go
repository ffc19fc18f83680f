//go:build !unix

package folder

import "os"

// lockFile does nothing here: without flock the operator must see to it that one process alone makes revocation lists.
func lockFile(*os.File) error { return nil }
