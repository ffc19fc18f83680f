//go:build !hsm

package token

// load is not there: see the package's sentence.
func load(Config, string) (module, error) { return nil, ErrNotBuilt }
