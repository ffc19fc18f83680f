//go:build !openssl

package token

import "mynumber/internal/pki"

// Arithmetic is what signs with RSA keys in memory; nil for Go's own.
var Arithmetic pki.Faster
