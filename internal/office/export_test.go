package office

// ChipPhoto is chipPhoto, for the tests.
var ChipPhoto = chipPhoto
