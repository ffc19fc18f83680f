package paper

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed fonts/BIZUDPGothic-Regular.ttf
var bizUDPGothic []byte

var base = sync.OnceValues(func() (*Face, error) {
	return NewFace("BIZUDPGothic", bytes.NewReader(bizUDPGothic), int64(len(bizUDPGothic)))
})

// Fonts are what a document may print with, the preferred one first.
type Fonts []*Face

// BaseFonts is the font that is in the program: BIZ UDPGothic, which the OFL lets us pass on.
func BaseFonts() (Fonts, error) {
	f, err := base()
	if err != nil {
		return nil, err
	}
	return Fonts{f}, nil
}

// WithFile adds a font from a file, for the characters that those before it do not have, such as IPAmj Mincho
// with the characters of the registers. The file stays open as long as the program runs.
func (f Fonts) WithFile(name string) (Fonts, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open the font: %w", err)
	}
	info, err := file.Stat()
	if err == nil {
		var face *Face
		if face, err = NewFace(fmt.Sprintf("Extra%d", len(f)), file, info.Size()); err == nil {
			return append(f[:len(f):len(f)], face), nil
		}
	}
	_ = file.Close() // it was only read
	return nil, fmt.Errorf("read the font %s: %w", name, err)
}

// Doubt is a character that cannot be printed as it stands.
type Doubt struct {
	Text  string // the character, with its variation selector
	Where string // the field or line in which it stands
	Shape bool   // only the shape of the variation sequence is missing: the base character was printed
}

// Codes names the characters, such as "U+845B U+E0100".
func (d Doubt) Codes() string { return codes(d.Text) }

func codes(s string) string {
	var out []string
	for _, r := range s {
		out = append(out, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(out, " ")
}

// mark stands where a character is that no font has.
const mark = '〓'

// sign is one character as it is printed.
type sign struct {
	text  string // what it stands for: a base character with its selector
	face  int
	glyph uint16
	lost  bool // no font has it: the glyph is the mark's
	shape bool // the sequence is unknown, the base character is printed
}

// selects reports a variation selector.
func selects(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }

// signs chooses a glyph for each character of a text. A character that needs no ink, such as an invisible mark of
// direction, is left out of the page and stays in the text layer with its neighbour.
func (f Fonts) signs(s string) []sign {
	var out []sign
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if r == '\t' || r == '\u00a0' {
			r = ' '
		}
		if i+1 < len(runes) && selects(runes[i+1]) {
			out = append(out, f.sequence(r, runes[i+1]))
			i++
			continue
		}
		out = append(out, f.sign(r))
	}
	return out
}

func (f Fonts) sign(r rune) sign {
	for n, face := range f {
		if g := face.Glyph(r); g != 0 {
			return sign{text: string(r), face: n, glyph: g}
		}
	}
	if !unicode.IsPrint(r) {
		return sign{text: string(r), glyph: f[0].Glyph(' '), lost: unicode.Is(unicode.Co, r)}
	}
	return sign{text: string(r), glyph: f[0].Glyph(mark), lost: true}
}

// sequence prints a character with a variation selector: by the first font that knows the sequence, otherwise as its base
// character, and that is said.
func (f Fonts) sequence(r, with rune) sign {
	text := string([]rune{r, with})
	for n, face := range f {
		if g := face.Variant(r, with); g != 0 {
			return sign{text: text, face: n, glyph: g}
		}
	}
	out := f.sign(r)
	out.text, out.shape = text, !out.lost
	return out
}

// Doubts are the characters of a text that cannot be printed as they stand.
func (f Fonts) Doubts(where, text string) []Doubt {
	var out []Doubt
	for _, s := range f.signs(text) {
		if found := (Doubt{Text: s.text, Where: where, Shape: s.shape}); (s.lost || s.shape) && !slices.Contains(out, found) {
			out = append(out, found)
		}
	}
	return out
}
