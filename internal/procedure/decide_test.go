package procedure

import (
	"errors"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// A sheet covers the days from its first row to the end of its last; outside them there is an answer and no fault.
func TestSheetOutsideItsDays(t *testing.T) {
	first, end := day(2024, 5, 27), day(2025, 12, 2)
	info := rules.Info{Code: "example", Sheet: &law.Table[rules.Sheet]{
		{From: first, To: end, Cite: law.Source{Title: "DATE-016"}.At("DATE-020", "DATE-016", "DATE-020")}}}
	for _, c := range []struct {
		name string
		on   civil.Date
		code string
		open civil.Date
	}{
		{"DATE-016 the day before the first", first.AddDays(-1), "procedure_not_begun", first},
		{"DATE-016 the first day", first, "", civil.Date{}},
		{"DATE-020 the last day", end.AddDays(-1), "", civil.Date{}},
		{"DATE-020 the day after the last", end, "procedure_ended", civil.Date{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d Decision
			_, open, err := (&Case{Situation: &Situation{}, on: c.on}).sheetOn(info, &d)
			if err != nil || open != (c.code == "") {
				t.Fatalf("open %v, %v", open, err)
			}
			if open {
				return
			}
			want(t, &law.Refusal{Code: d.Reasons[0].Code, Text: d.Reasons[0].Text, Next: d.Reasons[0].Next}, c.code)
			if d.Opens.On != c.open {
				t.Errorf("opens on %s, want %s", d.Opens.On, c.open)
			}
		})
	}
	for _, before := range []civil.Date{{}, rules.FirstDay.AddDays(-1)} {
		if _, err := Decide(&Situation{On: before}); !errors.Is(err, law.ErrNoLaw) {
			t.Errorf("before the first card: %v", err)
		}
	}
}

// A line of the checklist is filled by papers that are still good on the day.
func TestPapersInHand(t *testing.T) {
	on := day(2026, 4, 1)
	need := PaperNeed{Code: string(rules.ResidenceCard), Rules: []string{"PICK-030"}, AnyOf: [][]PaperCount{{{1, []rules.Paper{rules.ResidenceCard}}}}}
	for _, c := range []struct {
		name string
		have []PaperAtWindow
		code string
	}{
		{"PICK-030 nothing", []PaperAtWindow{}, "paper_missing"},
		{"PICK-034 ended yesterday", []PaperAtWindow{{rules.ResidenceCard, on.AddDays(-1)}}, "paper_expired"},
		{"PICK-034 ends today", []PaperAtWindow{{rules.ResidenceCard, on}}, ""},
		{"PICK-034 has no end", []PaperAtWindow{{Kind: rules.ResidenceCard}}, ""},
		{"PICK-030 another paper", []PaperAtWindow{{Kind: rules.DrivingLicence}}, "paper_missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := (&Case{Situation: &Situation{Visitor: Visit{Papers: c.have}}, on: on}).lacks(&need)
			if r == nil {
				want(t, nil, c.code)
				return
			}
			want(t, r, c.code)
		})
	}
}
