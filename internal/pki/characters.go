package pki

import (
	"golang.org/x/text/encoding/japanese"
)

// The certificate's code set is JIS X 0208 (levels 1 and 2) and JIS X 0212. We ask Go's EUC-JP encoder
// and look at the lead bytes, for it also writes rows that vendors added: 髙, 﨑 and ① come out of it but
// stand in neither standard.

// Geta is the mark for "a character is missing here" (下駄, JIS X 0208 row 2 cell 14): the substitute
// of last resort.
const Geta = '〓'

// Encodable reports that a character may stand in a certificate's name or address as it is.
func Encodable(r rune) bool { return firstUnencodable(string(r)) < 0 }

// Substituted is the text with each character outside the code set replaced by choose(character), and
// the flags that say which were. Where choose has nothing that is encodable either, Geta stands in. The
// choice of a substitute is recorded by whoever made it; this only applies it.
func Substituted(text string, choose func(rune) rune) (substituted, flags string) {
	out, marks := make([]rune, 0, len(text)), make([]byte, 0, len(text))
	for _, r := range text {
		mark := byte('0')
		if !Encodable(r) {
			mark = '1'
			if r = choose(r); !Encodable(r) {
				r = Geta
			}
		}
		out, marks = append(out, r), append(marks, mark)
	}
	return string(out), string(marks)
}

// firstUnencodable is the index, in characters, of the first one outside the code set; -1 if there is none.
func firstUnencodable(text string) int {
	encoded, err := japanese.EUCJP.NewEncoder().String(text)
	if err != nil {
		return firstRefused(text)
	}
	for i, at := 0, 0; at < len(encoded); i++ {
		size := codeLength(encoded[at:])
		if size == 0 {
			return i
		}
		at += size
	}
	// U+2212 and its like are written as another character's code: they would not come back.
	if decoded, err := japanese.EUCJP.NewDecoder().String(encoded); err != nil || decoded != text {
		return firstRefused(text)
	}
	return -1
}

// firstRefused looks for the character that a whole text failed on.
func firstRefused(text string) int {
	for i, r := range []rune(text) {
		encoded, err := japanese.EUCJP.NewEncoder().String(string(r))
		if err != nil || codeLength(encoded) != len(encoded) {
			return i
		}
		if decoded, err := japanese.EUCJP.NewDecoder().String(encoded); err != nil || decoded != string(r) {
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
