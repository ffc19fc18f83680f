package decision

import (
	"fmt"
	"strings"

	"mynumber/internal/law"
)

// Fault is one thing wrong with a situation: where, what, and what would be right. The value itself is never repeated.
type Fault struct {
	Field string   `json:"field"` // path, as in person.birth_date or visitor.papers[0].kind; empty for the whole text
	Text  law.Text `json:"text"`
}

// Faults are everything that is wrong with a situation, in the order of its text.
type Faults []Fault

// Error lists the paths with the English texts.
func (f Faults) Error() string {
	var lines []string
	for _, x := range f {
		if x.Field == "" {
			lines = append(lines, x.Text.En)
		} else {
			lines = append(lines, x.Field+": "+x.Text.En)
		}
	}
	return strings.Join(lines, "\n")
}

func fault(ja, en string, facts ...any) law.Text {
	t := law.Text{Ja: ja, En: en}
	if len(facts) > 0 {
		t = t.Format(facts...)
	}
	return t
}

// notThis says which kind of value a field takes.
func notThis(want law.Text) law.Text {
	return fault("%sを書いてください。", "Give %s.", want)
}

// listed names the words a field takes, the first of many.
func listed(list []Word) law.Text {
	const most = 12
	var values []string
	for i, w := range list {
		if i == most {
			values = append(values, "…")
			break
		}
		values = append(values, w.Value)
	}
	all := strings.Join(values, ", ")
	return law.Text{Ja: fmt.Sprintf("次のどれか(%s)", all), En: "one of " + all}
}
