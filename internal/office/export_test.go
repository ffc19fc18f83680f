package office

import "golang.org/x/text/width"

// ChipPhoto is chipPhoto, for the tests.
var ChipPhoto = chipPhoto

// NewKey is a new key of the registers.
func (o *Office) NewKey() (string, error) { return o.id() }

// Complete is the registers' facts with those that were told.
var Complete = complete

// Widened is an address as certificates have it.
func Widened(address string) string { return width.Widen.String(address) }
