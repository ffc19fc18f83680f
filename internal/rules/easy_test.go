package rules

import (
	"regexp"
	"testing"

	"mynumber/internal/law"
)

// Plain Japanese (やさしい日本語) gives the reading of every kanji right behind it: 申請(しんせい).
func TestPlainJapaneseHasReadings(t *testing.T) {
	bare := regexp.MustCompile(`[\p{Han}々]+([^\p{Han}々(]|$)`)
	n := 0
	check := func(where string, x law.Text) {
		if x.Easy != "" {
			n++
		}
		for _, m := range bare.FindAllString(x.Easy, -1) {
			t.Errorf("%s: %q has no reading: %s", where, m, x.Easy)
		}
	}
	for code, r := range Refusals {
		check(code, r.Text)
		check(code, r.Next)
	}
	for fact, q := range Questions {
		check(string(fact), q.Text)
		check(string(fact), q.Why)
		for _, c := range q.Choices {
			check(string(fact), c.Text)
		}
	}
	for code, d := range DayTexts {
		check(code, d.Text)
	}
	for g, x := range FeeGrounds {
		check(string(g), x.Text)
	}
	for p, x := range PaperNames {
		check(string(p), x)
	}
	for code, x := range needNames {
		check(code, x)
	}
	for _, p := range Procedures {
		check(string(p.Code), p.Name)
		for _, row := range *p.Sheet {
			for _, l := range sheetLines(&row.Rule) {
				check(string(p.Code)+" "+l.Code, l.Text)
			}
		}
	}
	if n < 900 {
		t.Errorf("only %d texts in plain Japanese", n)
	}
}

// sheetLines are all sentences of a sheet.
func sheetLines(s *Sheet) []Line {
	var out []Line
	out = append(out, s.Steps...)
	out = append(out, s.Messages...)
	out = append(out, s.Warnings...)
	for _, e := range s.Effects {
		out = append(out, Line{Code: string(e.On), Text: e.Text})
	}
	for _, e := range s.Takes {
		out = append(out, Line{Code: e.Code, Text: e.Text})
	}
	return out
}
