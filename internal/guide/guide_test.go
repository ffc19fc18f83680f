package guide

import (
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

var on = civil.Day(2026, 11, 22)

// days that are typed where a day is asked for: long past, lately, soon, far off.
var days = []string{"2015-10-04", "2019-06-01", "2026-11-01", "2026-12-20", "2028-05-17"}

// TestEveryPathEnds walks every way through the guide: none asks more than eight questions, none stops because there
// were too many, and every outcome says something.
func TestEveryPathEnds(t *testing.T) {
	outcomes, longest := 0, 0
	var walkFrom func(answers map[string]string)
	walkFrom = func(answers map[string]string) {
		state, err := Replay(func(id string) string { return answers[id] }, on)
		if err != nil {
			t.Fatalf("%v: %v", answers, err)
		}
		if len(state.Answers) > MostQuestions {
			t.Fatalf("%d questions: %v", len(state.Answers), answers)
		}
		if state.Outcome != nil {
			outcomes++
			longest = max(longest, len(state.Answers))
			unknown := false
			for _, v := range answers {
				unknown = unknown || v == DontKnow
			}
			if d := state.Outcome; d.Status == procedure.Needs && !unknown || d.Status == "" {
				t.Errorf("%v ends in %s", answers, d.Status)
			}
			return
		}
		if state.Fault.Ja != "" {
			return // a typed day that contradicts another
		}
		if state.Next == nil || state.Next.Text.Ja == "" {
			t.Fatalf("%v: neither a question nor an outcome", answers)
		}
		var values []string
		for _, c := range state.Next.Choices {
			values = append(values, c.Value)
		}
		if len(values) == 0 {
			values = days
		}
		if state.Next.Open {
			values = append(values, DontKnow)
		}
		for _, v := range values {
			next := map[string]string{state.Next.ID: v}
			for k, x := range answers {
				next[k] = x
			}
			walkFrom(next)
		}
	}
	walkFrom(map[string]string{})
	t.Logf("%d outcomes, at most %d questions", outcomes, longest)
	if outcomes < 5 {
		t.Errorf("only %d outcomes", outcomes)
	}
}

// Every assumption is a question with that answer, so that it can be asked for.
func TestAssumptionsAreAnswers(t *testing.T) {
	for _, a := range rules.Assumptions {
		q, ok := rules.Questions[a.Fact]
		if !ok {
			t.Logf("%s is asked by nobody yet", a.Fact)
			continue
		}
		if !slices.ContainsFunc(q.Choices, func(c rules.Choice) bool { return c.Value == a.Value }) {
			t.Errorf("%s: %q is none of its answers", a.Fact, a.Value)
		}
	}
}
