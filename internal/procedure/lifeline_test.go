package procedure

import (
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

func lineOf(t *testing.T, p LifePlan) Line {
	t.Helper()
	line, err := Lifeline(&p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func has(line Line, d civil.Date, kind rules.MarkKind, en string) bool {
	for _, m := range line.Marks {
		if m.Day == d && m.Kind == kind && strings.Contains(m.Text.En, en) {
			return true
		}
	}
	return false
}

func spans(line Line, s rules.Subject) string {
	var out []string
	for _, t := range line.Tracks {
		if t.On == s {
			for _, x := range t.Spans {
				out = append(out, x.State+" "+x.From.String()+".."+x.To.String())
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestLifelineDepartureWithContinuingUse(t *testing.T) {
	line := lineOf(t, LifePlan{On: day(2026, 11, 22),
		Person: Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1)},
		Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1), Filed: day(2027, 3, 25), ContinuingUse: day(2027, 3, 25), Reissued: day(2027, 3, 25)}}})
	for s, want := range map[rules.Subject]string{
		rules.TheCard:               "active 2022-06-01..2027-03-24, pending_departure 2027-03-25..2027-03-31, active 2027-04-01..2032-05-17",
		rules.TheSignature:          "valid 2022-06-01..2027-03-24, valid 2027-03-25..2032-05-17",
		rules.TheUserAuthentication: "valid 2022-06-01..2027-03-24, valid 2027-03-25..2032-05-17",
	} {
		if got := spans(line, s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
	if !has(line, day(2027, 3, 31), rules.MarkDeadline, "continuing use") || !has(line, day(2031, 5, 17), rules.MarkOpens, "Renewal opens: Card") {
		t.Errorf("%+v", line.Marks)
	}
}

func TestLifelineDepartureWithoutContinuingUse(t *testing.T) {
	line := lineOf(t, LifePlan{On: day(2026, 11, 22),
		Person: Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1)},
		Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1), Filed: day(2027, 3, 25)}}})
	if got, want := spans(line, rules.TheCard), "active 2022-06-01..2027-03-31, ended 2027-04-01..2032-05-17"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !has(line, day(2027, 4, 1), rules.MarkEnds, "lapses") || !has(line, day(2027, 6, 30), rules.MarkDeadline, "free of charge") {
		t.Errorf("%+v", line.Marks)
	}
}
