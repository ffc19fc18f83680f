package pki

import (
	"slices"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// TestEveryCharacter goes through Unicode: the encodable characters are those of the two standards and no
// other (JIS X 0208: 6,879; JIS X 0212: 6,067, of which ～ is counted with the former).
func TestEveryCharacter(t *testing.T) {
	decoder := japanese.EUCJP.NewDecoder()
	standard := map[rune]bool{}
	add := func(code ...byte) {
		text, err := decoder.String(string(code))
		if r, size := utf8.DecodeRuneInString(text); err == nil && size == len(text) && r != utf8.RuneError {
			standard[r] = true
		}
	}
	for row := byte(0xA1); row <= 0xF4; row++ {
		for cell := byte(0xA1); cell <= 0xFE; cell++ {
			if row <= 0xA8 || row >= 0xB0 {
				add(row, cell)
			}
			add(0x8F, row, cell)
		}
	}
	if len(standard) != 6879+6067-1 {
		t.Errorf("the two standards have %d characters", len(standard))
	}
	for r := rune(0); r <= 0x2FFFF; r++ {
		if r == 0xD800 {
			r = 0xE000 // halves of pairs are no characters
		}
		if Encodable(r) != standard[r] {
			t.Errorf("%U %c encodable %t", r, r, !standard[r])
		}
	}
}

// TestCharacters: a variation selector is no character of its own, and makes another one of what it follows.
func TestCharacters(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, "吉田": {"吉", "田"}, "𠮷田": {"𠮷", "田"}, "葛\U000E0100城": {"葛\U000E0100", "城"}, "辻\uFE00": {"辻\uFE00"}, "\U000E0100葛": {"\U000E0100", "葛"},
	} {
		if got := Characters(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}
