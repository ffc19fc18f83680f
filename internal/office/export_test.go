package office

import (
	"bufio"
	"strings"

	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/register"
)

// ChipPhoto is chipPhoto, for the tests.
var ChipPhoto = chipPhoto

// NewKey is a new key of the registers.
func (o *Office) NewKey() (string, error) { return o.id() }

// Complete is the registers' facts with those that were told.
var Complete = complete

// Widened is an address as certificates have it.
func Widened(address string) string { return width.Widen.String(address) }

// CheckImportLine reads one line of a file of people.
func CheckImportLine(header, line string) *BadLine {
	names, err := readHeader(bufio.NewReader(strings.NewReader(header)))
	if err != nil {
		panic(err)
	}
	_, bad := readImported(names, line, civil.Day(2026, 11, 22))
	return bad
}

// FaceImages are the pictures of name and address for the chip.
func FaceImages(o *Office, p register.Person) (name, address []byte, err error) {
	return o.faceImages(p)
}
