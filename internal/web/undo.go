package web

import "mynumber/internal/journal"

// undoForm is the part of a page at which staff set an office's own error right: one person says what it was, another
// confirms.
type undoForm struct {
	To      string // address of what was done by mistake
	ID      string // of the fields, one of each on a page
	Note    *journal.Undo
	Plastic bool // whether the card is back has to be said
}
