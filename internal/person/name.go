package person

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Name is a person's name as the registers write it. Family and Given are the characters of the family
// register or resident record, kept as they came but for width and composition; a foreign national's name may
// stand in Latin letters alone, or have one part only. The reading is in katakana, as family registers
// have it since 2025-05-26. FormerFamily is a former surname (旧氏) that the resident record shows.
type Name struct {
	Family       string `json:"family,omitempty"`
	Given        string `json:"given,omitempty"`
	FamilyKana   string `json:"family_kana,omitempty"`
	GivenKana    string `json:"given_kana,omitempty"`
	FamilyLatin  string `json:"family_latin,omitempty"`
	GivenLatin   string `json:"given_latin,omitempty"`
	FormerFamily string `json:"former_family,omitempty"`
}

// longestPart is the most characters that one part of a name may have; foreign names need the room.
const longestPart = 100

// NewName is the name whose parts stand in one field each, family name first and a space of either width
// between, as forms have them: 山田 太郎 with やまだ たろう. In Latin letters alone it is a foreign national's.
// Its errors are FieldErrors.
func NewName(full, kana string) (Name, error) {
	var n Name
	family, given, _ := strings.Cut(tidy(full), " ")
	if isLatin(family + given) {
		n.FamilyLatin, n.GivenLatin = family, given
	} else {
		n.Family, n.Given = family, given
	}
	n.FamilyKana, n.GivenKana, _ = strings.Cut(tidy(kana), " ")
	if n.FamilyKana != "" && n.Given != "" && n.GivenKana == "" {
		return Name{}, wrong("ふりがなの氏と名の間をあけてください。", "Put a space between family and given name in the reading.")
	}
	return n.Clean()
}

// Clean is the name in the form in which it is kept: spaces and widths in order, the reading in katakana, Latin letters
// composed. A kanji is never replaced by another. What cannot stand in a name is a FieldError.
func (n Name) Clean() (Name, error) {
	for _, part := range []*string{&n.Family, &n.Given, &n.FormerFamily, &n.FamilyLatin, &n.GivenLatin, &n.FamilyKana, &n.GivenKana} {
		*part = tidy(*part)
		if len([]rune(*part)) > longestPart {
			return Name{}, wrong("氏名が長すぎます(氏と名それぞれ%d文字まで)。", "The name is too long (%d characters for each part).", longestPart)
		}
		if i := strings.IndexFunc(*part, func(r rune) bool { return !nameCharacter(r) }); i >= 0 {
			return Name{}, wrong("氏名に使えない文字(記号、数字、外字など)があります。", "The name has a character that names cannot have (a sign, a digit, a private character).")
		}
	}
	for _, part := range []*string{&n.FamilyKana, &n.GivenKana} {
		if *part = toKatakana(*part); !isReading(*part) {
			return Name{}, wrong("ふりがなは、ひらがなかカタカナで入力してください。", "Enter the reading in hiragana or katakana.")
		}
	}
	if !isLatin(n.FamilyLatin + n.GivenLatin) {
		return Name{}, wrong("ローマ字の氏名は、ラテン文字で入力してください。", "Enter the romanised name in Latin letters.")
	}
	if n.Full() == "" {
		return Name{}, wrong("氏名を入力してください。", "Enter the name.")
	}
	return n, nil
}

// nameCharacter reports letters and marks of any script (which include kanji, kana, variation
// selectors and the mark 々), spaces and the few signs that stand inside names.
func nameCharacter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune(" -'’.,・゠〆", r) || isHyphen(r)
}

// isLatin reports that no other letters than Latin ones are there.
func isLatin(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) < 0
}

// Full is the name in one line, family name first, an ideographic space (U+3000) between; a name in Latin
// letters alone has a plain space. It reveals what printing a Name hides.
func (n Name) Full() string {
	if n.Family == "" && n.Given == "" {
		return join(" ", n.FamilyLatin, n.GivenLatin)
	}
	return join("　", n.Family, n.Given)
}

// Kana is the reading in one line, in katakana, an ideographic space between.
func (n Name) Kana() string { return join("　", n.FamilyKana, n.GivenKana) }

// Latin is the romanised name in one line, family name first: as it was given, or else as the
// reading would be spelled in a passport. Empty when neither is known.
func (n Name) Latin() string {
	if given := join(" ", n.FamilyLatin, n.GivenLatin); given != "" {
		return given
	}
	family, err1 := PassportSpelling(n.FamilyKana)
	given, err2 := PassportSpelling(n.GivenKana)
	if err1 != nil || err2 != nil {
		return ""
	}
	return join(" ", family, given)
}

// IsZero reports that no name is known.
func (n Name) IsZero() bool { return n == Name{} }

// String hides the name from logs; Full reveals it.
func (n Name) String() string { return "name (masked)" }

// GoString is String.
func (n Name) GoString() string { return n.String() }

// Format writes String whatever the verb.
func (n Name) Format(f fmt.State, verb rune) { io.WriteString(f, n.String()) }

func join(space, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + space + b
}

// Agreement is how far two spellings agree.
type Agreement uint8

const (
	Differs Agreement = iota
	Variant           // the same name in another accepted spelling; somebody should look at it
	Exact
)

// String is differs, variant or exact.
func (a Agreement) String() string { return [...]string{"differs", "variant", "exact"}[a] }

// MarshalText is String.
func (a Agreement) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// Compare compares two names. In characters: Exact when they are the same after composition, width and spaces;
// Variant when they differ in common variants of a kanji only (髙 and 高, 濵 and 浜) or in a variation
// selector, which registers and keyboards mix. When one of them has no characters, the Latin letters decide without
// regard to case, accents and signs; failing them an equal reading is Variant.
func (n Name) Compare(o Name) Agreement {
	mine, theirs := n.Family+n.Given, o.Family+o.Given
	switch {
	case mine != "" && theirs != "":
		return compareWritten(mine, theirs)
	case n.FamilyLatin+n.GivenLatin != "" && o.FamilyLatin+o.GivenLatin != "":
		return n.CompareLatin(join(" ", o.FamilyLatin, o.GivenLatin))
	case n.Kana() != "" && soundKey(n.Kana()) == soundKey(o.Kana()):
		return Variant
	}
	return Differs
}

// Same reports that two names are the same, exactly or in an accepted variant.
func (n Name) Same(o Name) bool { return n.Compare(o) != Differs }

func compareWritten(a, b string) Agreement {
	switch {
	case exactKey(a) == exactKey(b):
		return Exact
	case variantKey(a) == variantKey(b):
		return Variant
	}
	return Differs
}

// CompareLatin compares the name with one in Latin letters, such as a passport's: without
// regard to case, accents, signs, what stands in brackets, and which of the two names stands first. Exact: as romanised in
// the register, or the reading in the passport's Hepburn spelling. Variant: another spelling that a passport
// admits on declaration, such as OH for a long O (旅券法施行規則).
func (n Name) CompareLatin(latin string) Agreement {
	want := latinKey(latin)
	if want == "" {
		return Differs
	}
	family, given := latinKey(n.FamilyLatin), latinKey(n.GivenLatin)
	if family+given == want || given+family == want {
		return Exact
	}
	agreement := Differs
	if n.Kana() != "" {
		agreement = max(SpelledLike(n.FamilyKana+" "+n.GivenKana, latin), SpelledLike(n.GivenKana+" "+n.FamilyKana, latin))
	}
	if family+given != "" { // the register names another spelling than the reading suggests
		agreement = min(agreement, Variant)
	}
	return agreement
}

// SameLatin reports that CompareLatin finds the same name.
func (n Name) SameLatin(latin string) bool { return n.CompareLatin(latin) != Differs }

// Sounds reports that a name said aloud, written in kana or in characters and with or without a space, is this one:
// for the telephone.
func (n Name) Sounds(s string) bool {
	s = tidy(s)
	if s == "" {
		return false
	}
	if n.Kana() != "" && soundKey(s) == soundKey(n.Kana()) {
		return true
	}
	return n.Family+n.Given != "" && compareWritten(s, n.Family+n.Given) != Differs
}
