package guide

import (
	"slices"
	"strings"
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
	shown, allowed := map[string]bool{}, map[string]bool{}
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
			name := answers["where"] + " " + string(state.Outcome.Procedure)
			shown[name] = true
			allowed[name] = allowed[name] || state.Outcome.Status == procedure.Allowed
			if answers["person.birth_date"] != "" && answers["event.kind"] != string(rules.ChildBorn) {
				t.Errorf("%v: the date of birth was asked for", answers)
			}
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
	for name := range shown {
		if !allowed[name] && !strings.HasSuffix(name, string(rules.UseOldInsurance)) { // it ended; people still ask
			t.Errorf("%s is offered, and no answers lead to it", name)
		}
	}
	t.Logf("%d outcomes, at most %d questions", outcomes, longest)
	if outcomes < 5 {
		t.Errorf("only %d outcomes", outcomes)
	}
}

// after is the state after answers, given as pairs.
func after(t *testing.T, pairs ...string) State {
	t.Helper()
	answers := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = pairs[i+1]
	}
	state, err := Replay(func(id string) string { return answers[id] }, on)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// Who offers the date of birth is told the days that are computed from it, whatever the age in years was.
func TestBirthDateIsOffered(t *testing.T) {
	path := []string{"where", "japan", "want", "foreign_residents", "do", string(rules.ExtendStay), "nationality", "stay", "event.kind", string(rules.StayExtended),
		"card", "domestic", "person.stay_until", "2028-11-30"}
	s := after(t, path...)
	if s.Outcome == nil || s.Outcome.Status != procedure.Allowed || s.Sharper != "person.birth_date" {
		t.Fatalf("the outcome does not offer more: %+v", s)
	}
	if s = after(t, append(path, "person.birth_date", Ask)...); s.Next == nil || s.Next.ID != "person.birth_date" {
		t.Fatalf("the date of birth is not asked for: %+v", s.Next)
	}
	path = append(path, "person.birth_date", "1991-05-05")
	if s = after(t, path...); s.Next == nil || s.Next.ID != "card.issued" {
		t.Fatalf("the day of issue is not asked for: %+v", s.Next)
	}
	s = after(t, append(path, "card.issued", "2024-03-01")...)
	if s.Outcome == nil || s.Outcome.Dates.Card != civil.Day(2028, 11, 30) {
		t.Errorf("no last day: %+v", s.Outcome)
	}
}

// A forgotten PIN is not taken as known.
func TestForgottenPIN(t *testing.T) {
	s := after(t, "where", "japan", "want", "pins", "do", string(rules.ResetPINInJapan), "card", "domestic", "wish.pin", "1", "pins", "signature-forgotten")
	if s.Outcome == nil || s.Outcome.Status != procedure.Allowed {
		t.Errorf("it cannot be reset: %+v", s)
	}
}

// What one does not want to tell hides nothing that does not rest on it.
func TestUnknownLeavesTheRest(t *testing.T) {
	s := after(t, "where", "japan", "want", "pickup", "do", string(rules.CollectAtHome), "visitor", "holder", "card", "lapsed", "card.own_fault", DontKnow, "wish.hands_in_old_card", "true")
	if s.Outcome == nil || s.Outcome.Fee == nil {
		t.Errorf("no fee: %+v", s)
	}
}

// A procedure that the first answer closes says why when an address names it.
func TestClosedProcedureSaysWhy(t *testing.T) {
	s := after(t, "where", "abroad", "want", "renewal", "do", string(rules.RenewCardAtHome))
	if s.Outcome == nil || s.Outcome.Status != procedure.Refused {
		t.Errorf("it is not refused: %+v", s)
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

// replay leads answers in the order of the test.
func replay(t *testing.T, answers map[string]string) State {
	t.Helper()
	s, err := Replay(func(id string) string { return answers[id] }, on)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// An answer that is not on the way is passed over; one that is wrong is asked again.
func TestAnswersOutsideTheWay(t *testing.T) {
	s := replay(t, map[string]string{"where": "abroad", "phone.kind": "android", "person.age": "12"})
	if len(s.Answers) != 1 || s.Next == nil || s.Next.ID != "want" {
		t.Errorf("%+v", s)
	}
	for _, wrong := range []map[string]string{{"where": "moon"}, {"where": "abroad", "want": "kiosk"}, {"where": ""}} {
		if s := replay(t, wrong); s.Outcome != nil || s.Next == nil {
			t.Errorf("%v leads to %+v", wrong, s)
		}
	}
}

// A day that is none is asked again with what would be right, and nothing of it stays.
func TestWrongDayIsAskedAgain(t *testing.T) {
	answers := map[string]string{"where": "leaving", "want": "leaving_japan", "nationality": "japanese", "card": "domestic", "card.at_hand": "true", "person.planned_departure": "2026-02-30"}
	s := replay(t, answers)
	if s.Next == nil || s.Next.ID != "person.planned_departure" || s.Fault.Ja == "" || s.Facts["person.planned_departure"] != "" {
		t.Errorf("%+v", s)
	}
}

// Who does not know gets an outcome that names what it depends on.
func TestNotKnowing(t *testing.T) {
	s := replay(t, map[string]string{"where": "abroad", "want": "apply", "nationality": DontKnow})
	if s.Outcome == nil || s.Outcome.Status != procedure.Needs || s.Outcome.Needs.Fact != "person.nationality" {
		t.Errorf("%+v", s.Outcome)
	}
}

// What was taken as given can be asked for.
func TestAssumptionCanBeAskedFor(t *testing.T) {
	answers := map[string]string{"where": "japan", "want": "change_of_entries", "event.kind": "name_change", "card": "domestic", "card.at_hand": "true"}
	s := replay(t, answers)
	if s.Outcome == nil || len(s.Assumed) == 0 {
		t.Fatalf("%+v", s)
	}
	given := s.Assumed[0].Fact
	answers[string(given)] = Ask
	if s := replay(t, answers); s.Next == nil || s.Next.ID != string(given) {
		t.Errorf("asks %+v, want %s", s.Next, given)
	}
}

// With the guide's answers every procedure has one of three places, and the open ones stand first.
func TestAll(t *testing.T) {
	s := replay(t, map[string]string{"where": "abroad"})
	d, err := All(s, on)
	if err != nil || len(d.Procedures) != len(rules.Procedures) {
		t.Fatalf("%d procedures, %v", len(d.Procedures), err)
	}
	for i, p := range d.Procedures[1:] {
		if order(d.Procedures[i].Status) > order(p.Status) {
			t.Errorf("%s stands before %s", d.Procedures[i].Procedure, p.Procedure)
		}
	}
}

func order(s procedure.Status) int {
	return slices.Index([]procedure.Status{procedure.Allowed, procedure.Needs, procedure.Refused}, s)
}
