package procedure_test

import (
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
