//go:build !linux

package pcsctest

import (
	"errors"
	"testing"
)

// ErrMissing says that there is no pcscd here.
var ErrMissing = errors.New("pcscd with its virtual reader is tested on Linux alone")

// Service is a pcscd.
type Service struct {
	Socket string
	Port   int
}

// Start skips the test.
func Start(t testing.TB) *Service {
	t.Skip(ErrMissing)
	return nil
}

// New is ErrMissing.
func New() (*Service, error) { return nil, ErrMissing }

// Close does nothing.
func (*Service) Close() error { return nil }

// Environment is empty.
func (*Service) Environment(...string) []string { return nil }

// Try is ErrMissing.
func (*Service) Try(string, ...string) (string, error) { return "", ErrMissing }

// Run skips the test.
func (*Service) Run(t testing.TB, _ string, _ ...string) string {
	t.Skip(ErrMissing)
	return ""
}

// WaitForCard is ErrMissing.
func (*Service) WaitForCard(int, bool) error { return ErrMissing }
