package decision

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Set is the situation with one more fact, given as text as it stands in a form or an address: a word, a day, a number,
// true or false. The situation itself stays as it was; the error is Faults.
func Set(s *procedure.Situation, fact rules.Fact, value string) (*procedure.Situation, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	tree := map[string]any{}
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	put(tree, strings.Split(string(fact), "."), value)
	if text, err = json.Marshal(tree); err != nil {
		return nil, err
	}
	return Read(text, s.On)
}

// Facts is a situation out of facts, each given as text.
func Facts(facts map[rules.Fact]string, today civil.Date) (*procedure.Situation, error) {
	tree := map[string]any{}
	for fact, value := range facts {
		put(tree, strings.Split(string(fact), "."), value)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	return Read(text, today)
}

// put writes the value at the path of a tree.
func put(tree map[string]any, path []string, value string) {
	for _, name := range path[:len(path)-1] {
		next, ok := tree[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			tree[name] = next
		}
		tree = next
	}
	last := path[len(path)-1]
	tree[last] = value
	// A municipality's code is a text of digits; only ages are numbers here.
	if n, err := strconv.Atoi(value); err == nil && len(value) < 4 {
		tree[last] = n
	} else if value == "true" || value == "false" {
		tree[last] = value == "true"
	}
}

// Fields are the names of the facts' groups, as they stand in a situation.
func Fields() []string { return fieldsOf(reflect.TypeFor[procedure.Situation]()).names }

// PlanFields are the same of a life line's plan.
func PlanFields() []string { return fieldsOf(reflect.TypeFor[procedure.LifePlan]()).names }
