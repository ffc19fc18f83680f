package procedure_test

import (
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// TestSubstitutes: what stands for a character, by the table and by Unicode (CERT-007).
func TestSubstitutes(t *testing.T) {
	on := civil.Day(2026, 4, 1)
	for character, want := range map[string]string{
		"髙": "高", "﨑": "崎嵜", "𠮷": "吉", "栁": "柳", // the table
		"\uFA19": "神", "\uFA12": "晴", "\uF9DC": "隆", // compatibility ideographs
		"葛\U000E0100": "葛", "辻\U000E0101": "辻", "﨑\U000E0100": "﨑崎嵜", // shapes by variation selector
		"ệ": "ｅ", "ạ": "ａ", // Latin letters with signs
		"𪚥": "", "\U000E0100": "", "": "", // nothing follows: somebody has to choose
	} {
		got, basis, err := procedure.Substitutes(character, on)
		if err != nil || string(got) != want || character != "" && len(basis) == 0 {
			t.Errorf("%q: %q %v, want %q", character, string(got), err, want)
		}
	}
	if _, _, err := procedure.Substitutes("髙", civil.Day(1990, 1, 1)); err == nil {
		t.Error("a day before the cards has a table")
	}
}

// TestSubstituteTable: the table is about characters that certificates cannot have, and offers only such as they can.
func TestSubstituteTable(t *testing.T) {
	for _, row := range rules.Substitutes {
		for character, candidates := range row.Rule {
			if pki.Encodable(character) {
				t.Errorf("%c (%U) needs no substitute", character, character)
			}
			if candidates == "" {
				t.Errorf("%c has no candidate", character)
			}
			for _, r := range candidates {
				if !pki.Encodable(r) {
					t.Errorf("%c for %c cannot stand in a certificate", r, character)
				}
			}
		}
	}
}

// TestVariants: for characters that the table of usual ones does not have, other shapes are suggested, which are usual for none (CERT-007).
func TestVariants(t *testing.T) {
	on := civil.Day(2026, 4, 1)
	for character, want := range map[string]rune{"邓": '鄧', "泽": '澤', "龙": '龍', "栁": '柳', "慈": '慈'} {
		got := procedure.Variants(character)
		usual, _, err := procedure.Substitutes(character, on)
		if err != nil || !slices.Contains(append(got, usual...), want) {
			t.Errorf("%q: %q and %q, %v", character, string(usual), string(got), err)
		}
	}
	if got, _, _ := procedure.Substitutes("邓", on); len(got) > 0 || len(procedure.Variants("")) > 0 || len(procedure.Variants("あ")) > 0 {
		t.Errorf("a suggestion is usual: %q", string(got))
	}
	if n := len(rules.Variants()); n < 3000 {
		t.Errorf("%d characters have variants", n)
	}
	for character, candidates := range rules.Variants() {
		for _, r := range candidates {
			if pki.Encodable(character) || !pki.Encodable(r) || r == character {
				t.Errorf("%c (%U) for %c (%U)", r, r, character, character)
			}
		}
	}
	for _, name := range []string{"髙", "﨑", "𠮷", "栁", "瀨", "德", "黑", "鄕", "𣘺", "𡈽"} { // everyday family names have a usual one
		if got, _, err := procedure.Substitutes(name, on); err != nil || len(got) == 0 || !pki.Encodable(got[0]) {
			t.Errorf("%s: %q, %v", name, string(got), err)
		}
	}
	for _, name := range "濵濱邊邉齋齊澤嶋冨" { // and these stand in certificates themselves
		if !pki.Encodable(name) {
			t.Errorf("%c needs a substitute", name)
		}
	}
}
