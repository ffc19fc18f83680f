package office

// ChipPhoto is chipPhoto, for the tests.
var ChipPhoto = chipPhoto

// NewKey is a new key of the registers.
func (o *Office) NewKey() (string, error) { return o.id() }
