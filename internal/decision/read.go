// Package decision is the written form of the rulebook's question and answer: a situation is read from JSON as strictly
// as a clerk reads a form, with every fault named by its place and in both languages, and the JSON Schema of both is
// printed from the types of procedure and the words of rules. It decides nothing: procedure does.
package decision

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Read reads one situation.
func Read(text []byte) (*procedure.Situation, error) {
	var s procedure.Situation
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return nil, fmt.Errorf("read the situation: %w", err)
	}
	return &s, nil
}

// Set is the situation with one more fact, given as text as it stands in a form or an address: a word, a day, a number,
// true or false. The situation itself stays as it was.
func Set(s *procedure.Situation, fact rules.Fact, value string) (*procedure.Situation, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	tree := map[string]any{}
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	node := tree
	path := strings.Split(string(fact), ".")
	for _, name := range path[:len(path)-1] {
		next, ok := node[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			node[name] = next
		}
		node = next
	}
	var v any = value
	if n, err := strconv.Atoi(value); err == nil {
		v = n
	} else if value == "true" || value == "false" {
		v = value == "true"
	}
	node[path[len(path)-1]] = v
	if text, err = json.Marshal(tree); err != nil {
		return nil, err
	}
	return Read(text)
}

// Write is the decision as JSON, in one line.
func Write(d procedure.Decision) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(d)
	return b.Bytes(), err
}
