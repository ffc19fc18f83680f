package rules

import (
	"slices"
	"strings"
	"testing"
)

// Every procedure has one sheet and every word of a sheet is in its catalogue, with names in both languages.
func TestSheetsAreComplete(t *testing.T) {
	seen := map[Procedure]bool{}
	for _, p := range Procedures {
		if seen[p.Code] {
			t.Errorf("%s stands twice in the list", p.Code)
		}
		seen[p.Code] = true
		if p.Name.Ja == "" || p.Name.En == "" || GroupNames[p.Group].Ja == "" {
			t.Errorf("%s: name or group missing", p.Code)
		}
		if err := p.Sheet.Check(); err != nil {
			t.Errorf("%s: %v", p.Code, err)
		}
		for _, row := range *p.Sheet {
			checkSheet(t, p.Code, row.Rule)
		}
	}
}

func checkSheet(t *testing.T, code Procedure, s Sheet) {
	t.Helper()
	conds := func(list []Cond) {
		for _, c := range list {
			plain, _ := c.Plain()
			if _, ok := Conds[plain]; !ok {
				t.Errorf("%s: no condition is called %s", code, plain)
			}
		}
	}
	needs := func(list []Need) {
		for _, n := range list {
			conds(n.If)
			if n.Code == "" || NeedName(n.Code).Ja == "" || n.Cite.IsZero() || len(n.Any) == 0 {
				t.Errorf("%s: the paper %q lacks a name, a citation or a pick", code, n.Code)
			}
			for _, pick := range n.Any {
				for _, of := range pick {
					if of.Count < 1 || of.Count > len(of.Papers) && len(of.Papers) < 2 || slices.ContainsFunc(of.Papers, func(p Paper) bool { return PaperNames[p].Ja == "" }) {
						t.Errorf("%s: %s: a count or a paper without a name: %+v", code, n.Code, of)
					}
				}
			}
		}
	}
	for _, r := range s.Requires {
		conds([]Cond{r.Cond})
		if _, ok := Refusals[r.Refuse]; !ok {
			t.Errorf("%s: no refusal is called %s", code, r.Refuse)
		}
		if _, ok := LookupProcedure(r.Opens); r.Opens != "" && !ok {
			t.Errorf("%s: %s opens it, and is no procedure", code, r.Opens)
		}
	}
	needs(s.Papers)
	for _, own := range []string{s.NotHere, s.NotThus, s.NotThey} {
		if _, ok := Refusals[own]; own != "" && !ok {
			t.Errorf("%s: no refusal is called %s", code, own)
		}
	}
	for _, w := range s.Ways {
		conds(w.If)
		needs(w.Papers)
		if OfficeNames[w.Office].Ja == "" || len(w.Channels)+len(w.ByLocal) == 0 || w.Cite.IsZero() {
			t.Errorf("%s at %s: a name, a channel or a citation is missing", code, w.Office)
		}
		for _, c := range w.Who {
			conds(c.If)
			needs(c.Papers)
			if VisitorNames[c.Who].Ja == "" || c.Cite.IsZero() {
				t.Errorf("%s at %s: %s lacks a name or a citation", code, w.Office, c.Who)
			}
		}
		checkLines(t, code, conds, w.Steps)
	}
	checkLines(t, code, conds, slices.Concat(s.Steps, s.Messages, s.Warnings))
	for _, e := range s.Effects {
		conds(e.If)
		if e.Text.Ja == "" || e.Text.En == "" || e.Becomes == "" || e.Cite.IsZero() {
			t.Errorf("%s: effect on %s lacks something", code, e.On)
		}
	}
	for _, e := range s.Takes {
		conds(e.If)
		if e.Text.Ja == "" || e.Text.En == "" || e.Min > e.Max || e.Unit == "" || e.Cite.IsZero() {
			t.Errorf("%s: estimate %s lacks something", code, e.Code)
		}
	}
}

func checkLines(t *testing.T, code Procedure, conds func([]Cond), lines []Line) {
	t.Helper()
	for _, l := range lines {
		conds(l.If)
		if l.Code == "" || l.Text.Ja == "" || l.Text.En == "" || l.Cite.IsZero() {
			t.Errorf("%s: the line %q lacks something", code, l.Code)
		}
	}
}

// A question has its text in three ways of speaking, and choices are told apart.
func TestQuestionsAreComplete(t *testing.T) {
	for fact, q := range Questions {
		if q.Text.Ja == "" || q.Text.En == "" || q.Text.Easy == "" || !strings.Contains(string(fact), ".") {
			t.Errorf("%s lacks words", fact)
		}
		seen := map[string]bool{}
		for _, c := range q.Choices {
			if c.Value == "" || seen[c.Value] || c.Text.Ja == "" || c.Text.En == "" || c.Text.Easy == "" {
				t.Errorf("%s: choice %q lacks words or stands twice", fact, c.Value)
			}
			seen[c.Value] = true
		}
	}
}

// No word stands in two parts of a catalogue, where one would hide the other.
func TestCatalogueParts(t *testing.T) {
	once(t, "condition", commonConds, homeConds, abroadConds, changeConds, servicesConds)
	once(t, "question", commonQuestions, homeQuestions, abroadQuestions, changeQuestions, servicesQuestions)
	once(t, "refusal", OfficeRefusals, sheetRefusals, homeRefusals, abroadRefusals, changeRefusals, servicesRefusals)
	once(t, "line of a checklist", homeNeeds, abroadNeeds, changeNeeds, servicesNeeds)
	once(t, "day", homeDays, abroadDays, changeDays, servicesDays)
	once(t, "paper", identityPapers, otherPapers, homePapers)
}

func once[K comparable, V any](t *testing.T, what string, parts ...map[K]V) {
	t.Helper()
	seen := map[K]bool{}
	for _, part := range parts {
		for k := range part {
			if seen[k] {
				t.Errorf("the %s %v stands twice", what, k)
			}
			seen[k] = true
		}
	}
}
