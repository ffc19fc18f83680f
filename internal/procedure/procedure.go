// Package procedure decides: facts and a day in, an outcome or a refusal out. One file a procedure,
// every decision a pure function over the tables of rules, without clock or database. The citizen's
// guide, the clerk's window, the API and the nightly batch all call these functions, so that what
// one promises is what the other does.
package procedure

import (
	"fmt"
	"slices"

	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// Answer is a fact that may not be known yet. In JSON it is true, false or left out.
type Answer uint8

const (
	Unknown Answer = iota
	Yes
	No
)

// AnswerOf turns a known fact into an Answer.
func AnswerOf(b bool) Answer {
	if b {
		return Yes
	}
	return No
}

// Not turns the answer round; the unknown stays unknown.
func (a Answer) Not() Answer {
	switch a {
	case Yes:
		return No
	case No:
		return Yes
	}
	return Unknown
}

// MarshalJSON writes true or false, and null for the unknown.
func (a Answer) MarshalJSON() ([]byte, error) {
	switch a {
	case Yes:
		return []byte("true"), nil
	case No:
		return []byte("false"), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads true, false or null.
func (a *Answer) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "true":
		*a = Yes
	case "false":
		*a = No
	case "null":
		*a = Unknown
	default:
		return fmt.Errorf("neither true nor false: %.20q", b)
	}
	return nil
}

// Basis is the rules a decision rests on, in the order in which they were applied.
type Basis []law.Citation

// IDs are the catalogue's IDs of all rules applied, each once.
func (b Basis) IDs() []string {
	ids := make([]string, 0, 2*len(b))
	for _, c := range b {
		for _, id := range c.IDs {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// sources are the texts that the basis cites, in order, each once with its rules.
func (b Basis) sources() []Source {
	out := make([]Source, 0, len(b))
	for _, c := range b {
		title := c.Reference()
		i := slices.IndexFunc(out, func(s Source) bool { return s.Title == title })
		if i < 0 {
			out = append(out, Source{Title: title, Rules: c.IDs})
			continue
		}
		for _, id := range c.IDs {
			if s := &out[i]; !slices.Contains(s.Rules, id) {
				s.Rules = append(slices.Clip(s.Rules), id)
			}
		}
	}
	return out
}

// Step is what a state × act table says to one act.
type Step[S ~string] struct {
	To      S
	Already bool // the act was done before: nothing changes
}

// Next looks the act up in the table of a life. An act out of order is a refusal.
func Next[S, A ~string](life law.Life[S, A], state S, act A) (Step[S], error) {
	cell, err := life.At(state, act)
	if err != nil {
		return Step[S]{}, fmt.Errorf("look up the next state: %w", err)
	}
	switch cell.Verdict {
	case law.Goes:
		return Step[S]{To: cell.To}, nil
	case law.Already:
		return Step[S]{To: state, Already: true}, nil
	default:
		return Step[S]{}, rules.Refuse(cell.Code)
	}
}
