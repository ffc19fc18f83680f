package procedure

import (
	"fmt"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Substitutes are the characters that usually stand for one of a register in a certificate (代替文字, CERT-007), the most usual first: by
// rules.Substitutes, and what follows from Unicode. character may have a variation selector behind it, for which the character
// without it stands; for a compatibility ideograph the one that it is canonically equivalent to; for a Latin letter with signs the
// bare one, at full width as everything in a certificate. Which of them certificates can have, pki knows. None: somebody has to choose.
func Substitutes(character string, on civil.Date) ([]rune, Basis, error) {
	row, err := rules.Substitutes.On(on)
	if err != nil {
		return nil, nil, fmt.Errorf("the table of substitutes: %w", err)
	}
	all := []rune(character)
	if len(all) == 0 {
		return nil, nil, nil
	}
	var out []rune
	add := func(r rune) {
		for _, have := range out {
			if have == r {
				return
			}
		}
		out = append(out, r)
	}
	base := all[0]
	if len(all) > 1 {
		add(base)
	}
	for _, r := range row.Rule[base] {
		add(r)
	}
	if same := []rune(norm.NFC.String(string(base))); len(same) == 1 && same[0] != base {
		add(same[0])
		for _, r := range row.Rule[same[0]] {
			add(r)
		}
	}
	if bare := []rune(norm.NFD.String(string(base)))[0]; bare != base && bare < 0x250 {
		for _, r := range width.Widen.String(string(bare)) {
			add(r)
		}
	}
	return out, Basis{row.Cite}, nil
}

// Variants are further characters that may stand for one of a register, by rules.Variants: suggestions for whoever chooses, which are not
// usual and never taken by themselves (CERT-007).
func Variants(character string) []rune {
	all := []rune(character)
	if len(all) == 0 {
		return nil
	}
	out := []rune(rules.Variants()[all[0]])
	if same := []rune(norm.NFC.String(string(all[0]))); len(same) == 1 && same[0] != all[0] {
		out = append(out, []rune(rules.Variants()[same[0]])...)
	}
	return out
}
