package pki

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// The certificate's code set is JIS X 0208 (levels 1 and 2) and JIS X 0212. We ask Go's EUC-JP encoder
// and look at the lead bytes, for it also writes rows that vendors added: 髙, 﨑 and ① come out of it but
// stand in neither standard.

// Geta is the mark for "a character is missing here" (下駄, JIS X 0208 row 2 cell 14): the substitute
// of last resort, which only somebody's choice puts into a certificate.
const Geta = '〓'

// Encodable reports that a character may stand in a certificate's name or address as it is.
func Encodable(r rune) bool { return firstUnencodable(string(r)) < 0 }

// Characters cuts a text into characters as a register counts them: a variation selector (Unicode chapter 23.4) belongs to the
// character in front of it.
func Characters(text string) []string {
	var out []string
	for _, r := range text {
		if last := len(out) - 1; last >= 0 && Selector(r) {
			out[last] += string(r)
			continue
		}
		out = append(out, string(r))
	}
	return out
}

// Selector reports a variation selector, which asks for another shape of the character in front of it.
func Selector(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }

// firstUnencodable is the index, in characters, of the first one outside the code set; -1 if there is none.
func firstUnencodable(text string) int {
	encoded, err := japanese.EUCJP.NewEncoder().String(text)
	for err == nil && encoded != "" {
		size := codeLength(encoded)
		if size == 0 {
			break
		}
		encoded = encoded[size:]
	}
	if err == nil && encoded == "" {
		return -1
	}
	for i, r := range []rune(text) {
		code, err := japanese.EUCJP.NewEncoder().String(string(r))
		if (err != nil || codeLength(code) != len(code)) && !supplementary()[r] {
			return i
		}
	}
	return -1
}

// codeLength is the number of bytes of the JIS X 0208 or 0212 character at the start; 0 for any other code.
func codeLength(encoded string) int {
	switch lead := encoded[0]; {
	case lead >= 0xA1 && lead <= 0xA8, lead >= 0xB0 && lead <= 0xF4:
		return 2
	case lead == 0x8F:
		return 3
	}
	return 0
}

// supplementary are the 280 characters of JIS X 0212 that the encoder nevertheless writes into a row of
// vendors, for they stand in both: 彧, 昉, 琦, 燁 and other characters of names.
var supplementary = sync.OnceValue(func() map[rune]bool {
	set := make(map[rune]bool)
	encoder, decoder := japanese.EUCJP.NewEncoder(), japanese.EUCJP.NewDecoder()
	for row := byte(0xA1); row <= 0xFE; row++ {
		for cell := byte(0xA1); cell <= 0xFE; cell++ {
			text, err := decoder.String(string([]byte{0x8F, row, cell}))
			runes := []rune(text)
			if err != nil || len(runes) != 1 || runes[0] == utf8.RuneError {
				continue
			}
			if code, err := encoder.String(text); err != nil || codeLength(code) == 0 {
				set[runes[0]] = true
			}
		}
	}
	return set
})
