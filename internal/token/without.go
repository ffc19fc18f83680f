//go:build !hsm

package token

// Built says that the program can load a token's module.
const Built = false

// load is not there: see the package's sentence.
func load(Config, string) (module, error) { return nil, ErrNotBuilt }
