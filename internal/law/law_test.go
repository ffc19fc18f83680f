package law

import (
	"errors"
	"testing"

	"mynumber/internal/civil"
)

var (
	day  = civil.Day
	cite = Source{Title: "番号法"}.At("第17条", "PICK-012")
)

func TestTableOn(t *testing.T) {
	table := Table[int]{
		{From: day(2016, 1, 1), To: day(2022, 4, 1), Cite: cite, Rule: 20},
		{From: day(2022, 4, 1), To: day(2024, 1, 1), Cite: cite, Rule: 18},
		{From: day(2025, 1, 1), Cite: cite, Rule: 17},
	}
	if err := table.Check(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		on   civil.Date
		rule int // 0: no law covers the day
	}{
		{day(2015, 12, 31), 0}, {day(2016, 1, 1), 20}, {day(2016, 1, 2), 20},
		{day(2022, 3, 31), 20}, {day(2022, 4, 1), 18}, {day(2022, 4, 2), 18},
		{day(2023, 12, 31), 18}, {day(2024, 1, 1), 0}, {day(2024, 12, 31), 0},
		{day(2025, 1, 1), 17}, {day(9999, 12, 31), 17},
	} {
		row, err := table.On(c.on)
		if row.Rule != c.rule || (c.rule == 0) != errors.Is(err, ErrNoLaw) {
			t.Errorf("%s: %d, %v; want %d, never the nearest row", c.on, row.Rule, err, c.rule)
		}
	}
}

func TestTableCheck(t *testing.T) {
	for name, table := range map[string]Table[int]{
		"no citation":          {{From: day(2016, 1, 1)}},
		"no first day":         {{Cite: cite}},
		"ends before it began": {{From: day(2022, 4, 1), To: day(2022, 4, 1), Cite: cite}},
		"overlap":              {{From: day(2016, 1, 1), To: day(2022, 4, 2), Cite: cite}, {From: day(2022, 4, 1), Cite: cite}},
		"open and followed":    {{From: day(2016, 1, 1), Cite: cite}, {From: day(2022, 4, 1), Cite: cite}},
		"backwards":            {{From: day(2022, 4, 1), To: day(2023, 1, 1), Cite: cite}, {From: day(2016, 1, 1), Cite: cite}},
	} {
		if table.Check() == nil {
			t.Errorf("%s: no fault found", name)
		}
	}
}

func TestFormatSpeaksBothLanguages(t *testing.T) {
	got := Text{Ja: "%s は %s まで", En: "the %s until %s"}.Format(Text{Ja: "旅券", En: "passport"}, day(2026, 1, 15))
	if want := (Text{Ja: "旅券 は 2026-01-15 まで", En: "the passport until 2026-01-15"}); got != want {
		t.Errorf("%+v", got)
	}
}

func TestCitation(t *testing.T) {
	c := Source{Title: "湖南市", Date: day(2024, 7, 24)}.At("対象者", "ELIG-010", "ELIG-014")
	if got, want := c.String(), "湖南市 対象者 (2024-07-24) [ELIG-010] [ELIG-014]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, empty := range []Citation{{}, {Source: "番号法"}, {IDs: []string{"FEE-001"}}} {
		if !empty.IsZero() {
			t.Errorf("%+v counts as a citation", empty)
		}
	}
}

func TestRefusalShowsNoFactsInItsError(t *testing.T) {
	r := Refusal{Code: "passport_expired", Text: Text{Ja: "%s に満了", En: "expired on %s"}, Cite: cite}
	filled := r.Because(day(2026, 1, 15))
	if filled.Text.En != "expired on 2026-01-15" || r.Text.En != "expired on %s" {
		t.Errorf("%q, and the catalogue's own %q", filled.Text.En, r.Text.En)
	}
	if got, want := filled.Error(), "refused: passport_expired [PICK-012]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLifeCheck(t *testing.T) {
	type state string
	type act string
	good := func() Life[state, act] {
		return Life[state, act]{States: []state{"a", "b"}, Acts: []act{"go"}, Table: map[state]map[act]Cell[state]{
			"a": {"go": To[state]("b")}, "b": {"go": Done[state]()}}}
	}
	if l := good(); l.Check() != nil {
		t.Error(l.Check())
	}
	for name, change := range map[string]func(*Life[state, act]){
		"a row missing":             func(l *Life[state, act]) { delete(l.Table, "b") },
		"a cell missing":            func(l *Life[state, act]) { delete(l.Table["b"], "go") },
		"leads to an unknown state": func(l *Life[state, act]) { l.Table["a"]["go"] = To[state]("c") },
		"refused without a code":    func(l *Life[state, act]) { l.Table["a"]["go"] = Not[state]("") },
		"an act nobody listed":      func(l *Life[state, act]) { l.Table["a"]["stop"] = Done[state]() },
	} {
		l := good()
		change(&l)
		if l.Check() == nil {
			t.Errorf("%s: no fault found", name)
		}
	}
	if _, err := good().At("c", "go"); err == nil {
		t.Error("an unknown state has a cell")
	}
}
