package decision

import (
	"fmt"
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// A line of a sheet that no situation depends on could be changed unseen. So every line is taken away here, one at a
// time, and some situation of that procedure has to notice.
func TestEveryLineOfASheetIsProven(t *testing.T) {
	cases := map[rules.Procedure][]situationFile{}
	for _, name := range situationFiles(t) {
		f, err := readSituation(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(f.Situation, civil.Date{})
		if err != nil {
			continue // TestSituations says so
		}
		cases[s.Procedure] = append(cases[s.Procedure], f)
	}
	for _, info := range rules.Procedures {
		t.Run(string(info.Code), func(t *testing.T) {
			if len(cases[info.Code]) < 2 {
				t.Errorf("%d situations", len(cases[info.Code]))
			}
			for i := range *info.Sheet {
				row := &(*info.Sheet)[i]
				for _, m := range sheetMutants(&row.Rule) {
					whole := row.Rule
					m.change(&row.Rule)
					noticed := slices.ContainsFunc(cases[info.Code], func(f situationFile) bool { return len(f.faults()) > 0 })
					row.Rule = whole
					if !noticed {
						t.Errorf("row of %s: nobody notices: %s", row.From, m.name)
					}
				}
			}
		})
	}
}

// sheetMutant changes a copy of a sheet; what it changes it replaces, for lists are shared between rows.
type sheetMutant struct {
	name   string
	change func(*rules.Sheet)
}

func sheetMutants(s *rules.Sheet) []sheetMutant {
	out := slices.Concat(
		without("requirement", s.Requires, func(s *rules.Sheet) *[]rules.Requirement { return &s.Requires }, func(r rules.Requirement) string { return string(r.Cond) }),
		without("paper", s.Papers, func(s *rules.Sheet) *[]rules.Need { return &s.Papers }, func(n rules.Need) string { return n.Code }),
		without("effect", s.Effects, func(s *rules.Sheet) *[]rules.Effect { return &s.Effects }, func(e rules.Effect) string { return string(e.On) + " " + e.Becomes }),
		without("message", s.Messages, func(s *rules.Sheet) *[]rules.Line { return &s.Messages }, func(l rules.Line) string { return l.Code }),
		without("step", s.Steps, func(s *rules.Sheet) *[]rules.Line { return &s.Steps }, func(l rules.Line) string { return l.Code }),
		without("warning", s.Warnings, func(s *rules.Sheet) *[]rules.Line { return &s.Warnings }, func(l rules.Line) string { return l.Code }),
		without("estimate", s.Takes, func(s *rules.Sheet) *[]rules.Estimate { return &s.Takes }, func(e rules.Estimate) string { return e.Code }),
		without("way", s.Ways, func(s *rules.Sheet) *[]rules.Way { return &s.Ways }, func(w rules.Way) string { return string(w.Office) }))
	if len(s.PINs) > 0 {
		out = append(out, sheetMutant{"no PINs", func(s *rules.Sheet) { s.PINs = nil }})
	}
	for i := range s.Ways {
		out = append(out, wayMutants(i, &s.Ways[i])...)
	}
	return out
}

// without are the mutants of a list: each without one of its lines.
func without[T any](what string, list []T, at func(*rules.Sheet) *[]T, name func(T) string) []sheetMutant {
	var out []sheetMutant
	for i, x := range list {
		out = append(out, sheetMutant{fmt.Sprintf("without the %s %s", what, name(x)), func(s *rules.Sheet) {
			l := at(s)
			*l = slices.Delete(slices.Clone(*l), i, i+1)
		}})
	}
	return out
}

func wayMutants(i int, w *rules.Way) []sheetMutant {
	change := func(name string, f func(*rules.Way)) sheetMutant {
		return sheetMutant{fmt.Sprintf("%s: %s", w.Office, name), func(s *rules.Sheet) {
			s.Ways = slices.Clone(s.Ways)
			f(&s.Ways[i])
		}}
	}
	var out []sheetMutant
	for k, ch := range w.Channels {
		out = append(out, change("no "+string(ch), func(w *rules.Way) { w.Channels = slices.Delete(slices.Clone(w.Channels), k, k+1) }))
	}
	for k, ch := range w.ByLocal {
		out = append(out, change("no local "+string(ch), func(w *rules.Way) { w.ByLocal = slices.Delete(slices.Clone(w.ByLocal), k, k+1) }))
	}
	for k, n := range w.Papers {
		out = append(out, change("without the paper "+n.Code, func(w *rules.Way) { w.Papers = slices.Delete(slices.Clone(w.Papers), k, k+1) }))
	}
	for k, c := range w.Who {
		out = append(out, change("not "+string(c.Who), func(w *rules.Way) { w.Who = slices.Delete(slices.Clone(w.Who), k, k+1) }))
		for n, need := range c.Papers {
			out = append(out, change(fmt.Sprintf("%s without the paper %s", c.Who, need.Code), func(w *rules.Way) {
				w.Who = slices.Clone(w.Who)
				w.Who[k].Papers = slices.Delete(slices.Clone(c.Papers), n, n+1)
			}))
		}
		for n, cond := range c.If {
			out = append(out, change(fmt.Sprintf("%s also when %s is not so", c.Who, cond), func(w *rules.Way) {
				w.Who = slices.Clone(w.Who)
				w.Who[k].If = slices.Delete(slices.Clone(c.If), n, n+1)
			}))
		}
		if c.Later {
			out = append(out, change(string(c.Who)+" on the same day", func(w *rules.Way) { w.Who = slices.Clone(w.Who); w.Who[k].Later = false }))
		}
		if c.Part != "" {
			out = append(out, change(string(c.Who)+" for all of it", func(w *rules.Way) { w.Who = slices.Clone(w.Who); w.Who[k].Part = "" }))
		}
		if len(c.PINs) > 0 {
			out = append(out, change(string(c.Who)+" without PINs", func(w *rules.Way) { w.Who = slices.Clone(w.Who); w.Who[k].PINs = nil }))
		}
	}
	if len(w.PINs) > 0 {
		out = append(out, change("no PINs", func(w *rules.Way) { w.PINs = nil }))
	}
	return out
}

// A question that no answer to it changes the decision is never asked: two answers to the next fact lead to two
// decisions, wherever the answers can be listed.
func TestEveryQuestionMatters(t *testing.T) {
	asked := 0
	for _, name := range situationFiles(t) {
		f, err := readSituation(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(f.Situation, civil.Date{})
		if err != nil {
			continue
		}
		d, err := procedure.Decide(s)
		if err != nil || d.Needs == nil || len(d.Needs.Choices) == 0 {
			continue
		}
		asked++
		seen := map[string]bool{}
		for _, choice := range d.Needs.Choices {
			answered, err := Set(s, d.Needs.Fact, choice.Value)
			if err != nil {
				t.Errorf("%s: %s = %s: %v", name, d.Needs.Fact, choice.Value, err)
				continue
			}
			d, err := procedure.Decide(answered)
			if err != nil {
				t.Errorf("%s: %s = %s: %v", name, d.Needs.Fact, choice.Value, err)
				continue
			}
			seen[shape(d)] = true
		}
		if len(seen) < 2 {
			t.Errorf("%s: every answer to %s leads to the same decision", name, d.Needs.Fact)
		}
	}
	t.Logf("%d situations ask a question with choices", asked)
}

// shape is what a decision says, without what else it asks.
func shape(d procedure.Decision) string {
	asks := d.Needs
	d.Needs = nil
	text, err := Write(d)
	if err != nil {
		return err.Error()
	}
	if asks != nil {
		return string(text) + string(asks.Fact)
	}
	return string(text)
}
