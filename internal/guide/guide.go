// Package guide is the public guide (ご案内): it replays the answers that stand in an address and says the next question
// or the outcome. It stores nothing, knows nobody and decides nothing: every question but the first three is one that
// a decision of procedure asks for, and the outcome is that decision.
package guide

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// MostQuestions is how many questions the guide asks before it gives an outcome.
const MostQuestions = 8

// Other is the answer that none of the answers shown is right.
const Other = "other"

// Ask in place of an answer makes the guide ask for a fact that it would take as given.
const Ask = "ask"

// DontKnow is the answer to any question of fact that leaves the fact open.
const DontKnow = "unknown"

// Question is one page of the guide.
type Question struct {
	ID      string // key of the answer in an address
	Text    law.Text
	Why     law.Text
	Choices []Choice // none: a day is typed
	Open    bool     // "I do not know" can be answered
}

// Choice is one answer.
type Choice struct {
	Value string
	Text  law.Text
}

// Answered is a question with the answer that was given.
type Answered struct {
	Question
	Value string
	Text  law.Text // the answer in words
}

// State is how far the answers lead: to a question, or to an outcome.
type State struct {
	Answers []Answered
	Next    *Question           // nil at the outcome
	Outcome *procedure.Decision // nil before it
	Fault   law.Text            // of the last answer, when it cannot be read; then Next asks it again
	Facts   map[rules.Fact]string
	Assumed []rules.Assumption // taken as given, because nobody said otherwise
	Sharper rules.Fact         // never asked for unless the person wants to tell it: the outcome would name more days
}

// walk replays answers.
type walk struct {
	State
	get     func(id string) string
	on      civil.Date
	skipped []rules.Fact
	group   rules.Group // that was chosen

	procedure rules.Procedure // that was chosen
}

// Replay leads the answers as far as they go. get is the answer to a question, empty for none; on is the day.
func Replay(get func(id string) string, on civil.Date) (State, error) {
	w := walk{get: get, on: on}
	w.Facts = map[rules.Fact]string{}
	err := w.run()
	return w.State, err
}

func (w *walk) run() error {
	where, ok := w.ask(bundleQuestion(rules.Where))
	if !ok {
		return nil
	}
	w.settle(rules.Where, where)
	groups, err := w.open(where)
	if err != nil {
		return err
	}
	want, ok := w.ask(Question{ID: "want", Text: rules.Want, Choices: groupChoices(groups)})
	if !ok {
		return nil
	}
	w.group = rules.Group(want)
	list := groups.of(w.group)
	if p, ok := rules.LookupProcedure(rules.Procedure(w.get("do"))); ok && p.Group == w.group && !slices.ContainsFunc(list, func(i rules.Info) bool { return i.Code == p.Code }) {
		list = append(list, p) // named by an address though the first answer closes it: the outcome says why
	}
	do := string(list[0].Code)
	if len(list) > 1 {
		if do, ok = w.ask(Question{ID: "do", Text: rules.Do, Choices: procedureChoices(list)}); !ok {
			return nil
		}
	}
	w.procedure = rules.Procedure(do)
	for _, b := range rules.Bundles {
		if slices.Contains(b.First, w.procedure) && !w.bundle(b) {
			return nil
		}
	}
	return w.decide()
}

// All is every procedure as the answers leave it: open, depending on a fact, or closed with the reason and what would open
// it.
func All(s State, on civil.Date) (procedure.Decision, error) {
	situation, err := decision.Facts(s.Facts, on)
	if err != nil {
		return procedure.Decision{}, fmt.Errorf("the guide's own facts: %w", err)
	}
	return procedure.Decide(situation)
}

// decide asks for the facts that the procedure needs, one after the other, and then gives the outcome.
func (w *walk) decide() error {
	for {
		d, err := w.decision(w.procedure)
		if err != nil {
			return err
		}
		if d.Needs == nil || slices.Contains(w.skipped, d.Needs.Fact) || len(w.Answers) >= w.most() {
			w.Outcome = &d
			return w.sharper(d)
		}
		if !w.fact(*d.Needs) {
			return nil
		}
	}
}

// most is how many questions are asked; who offers the date of birth is asked what goes with it too.
func (w *walk) most() int {
	if len(w.neverAsked()) < len(rules.NeverAsked) {
		return MostQuestions + 2
	}
	return MostQuestions
}

// neverAsked are the facts that the guide does without and that the person does not offer.
func (w *walk) neverAsked() []rules.Fact {
	var out []rules.Fact
	for _, f := range rules.NeverAsked {
		if w.get(string(f)) == "" {
			out = append(out, f)
		}
	}
	return out
}

// sharper notes whether the outcome would say more with the date of birth.
func (w *walk) sharper(d procedure.Decision) error {
	if d.Status != procedure.Allowed {
		return nil
	}
	s, err := w.situation(w.procedure)
	if err != nil {
		return err
	}
	if d, err = procedure.DecideWithout(s, w.skipped); err == nil && d.Needs != nil && slices.Contains(w.neverAsked(), d.Needs.Fact) {
		w.Sharper = d.Needs.Fact
	}
	return err
}

// fact asks for a fact, alone or in its bundle; false while there is no answer.
func (w *walk) fact(need procedure.Need) bool {
	if i := slices.IndexFunc(rules.Assumptions, func(a rules.Assumption) bool { return a.Fact == need.Fact && a.For(w.group, w.procedure) }); i >= 0 && w.get(string(need.Fact)) == "" {
		a := rules.Assumptions[i]
		w.Facts[a.Fact] = a.Value
		w.Assumed = append(w.Assumed, a)
		return true
	}
	if b, ok := bundleOf(need.Fact, w.procedure); ok && !w.asked(b.ID) && !slices.Contains(rules.NeverAsked, need.Fact) {
		return w.bundle(b)
	}
	q := Question{ID: string(need.Fact), Text: need.Question, Why: need.Why, Open: true}
	for _, c := range need.Choices {
		q.Choices = append(q.Choices, Choice{c.Value, c.Text})
	}
	other := w.narrow(&q)
	answer, ok := w.ask(q)
	if answer == Other {
		answer = other
	}
	switch {
	case !ok:
		return false
	case answer == DontKnow:
		w.skip(need.Fact)
		return true
	}
	w.Facts[need.Fact] = answer
	if need.Fact == "person.birth_date" {
		delete(w.Facts, "person.age") // of a band; the day says it exactly
	}
	return w.readable()
}

// bundle asks for several facts at once; false while there is no answer. Answers that nobody gives after the first
// question are left out.
func (w *walk) bundle(b rules.Bundle) bool {
	q := bundleQuestion(b)
	q.Open = true
	q.Choices = slices.DeleteFunc(q.Choices, func(c Choice) bool { return !b.Fits(c.Value, w.get(rules.Where.ID)) })
	answer, ok := w.ask(q)
	if answer == DontKnow {
		w.skip(b.Settles...)
		return true
	}
	if ok {
		w.settle(b, answer)
	}
	return ok && w.readable()
}

// narrow leaves of a long list of answers those that do not close the procedure, and puts one in place of all that do:
// the value of the first of them is returned.
func (w *walk) narrow(q *Question) (other string) {
	const long = 8
	if len(q.Choices) <= long {
		return ""
	}
	var kept []Choice
	for _, c := range q.Choices {
		facts := maps.Clone(w.Facts)
		facts[rules.Fact(q.ID)] = c.Value
		s, err := decision.Facts(facts, w.on)
		if err != nil {
			continue
		}
		s.Procedure = w.procedure
		d, err := procedure.Decide(s)
		switch {
		case err == nil && d.Status != procedure.Refused:
			kept = append(kept, c)
		case err == nil && other == "":
			other = c.Value
		}
	}
	if other != "" {
		kept = append(kept, Choice{Other, rules.NoneOfThese})
	}
	q.Choices = kept
	return other
}

// readable reports that the facts can be true together; if not, the last question is asked again.
func (w *walk) readable() bool {
	_, err := decision.Facts(w.Facts, w.on)
	if err != nil {
		w.again(err)
	}
	return err == nil
}

func (w *walk) skip(facts ...rules.Fact) {
	w.skipped = append(w.skipped, facts...)
}

func (w *walk) asked(id string) bool {
	return slices.ContainsFunc(w.Answers, func(a Answered) bool { return a.ID == id })
}

// again takes the last answer back: it cannot be read or contradicts one before.
func (w *walk) again(err error) {
	last := w.Answers[len(w.Answers)-1]
	w.Answers = w.Answers[:len(w.Answers)-1]
	delete(w.Facts, rules.Fact(last.ID))
	for _, b := range rules.Bundles {
		if b.ID == last.ID {
			for _, f := range b.Settles {
				delete(w.Facts, f)
			}
		}
	}
	w.Next = &last.Question
	w.Fault = law.Text{Ja: "この答えは読めません。", En: "This answer cannot be read.", Easy: "この 答(こた)えは 読(よ)めません。"}
	if faults, ok := err.(decision.Faults); ok && len(faults) > 0 {
		w.Fault = faults[0].Text
	}
}

// ask is the answer to a question; without one the question is the next page.
func (w *walk) ask(q Question) (string, bool) {
	value := w.get(q.ID)
	if value == "" || value == Ask {
		w.Next = &q
		return "", false
	}
	a := Answered{Question: q, Value: value, Text: law.Text{Ja: value, En: value}}
	switch i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Value == value }); {
	case i >= 0:
		a.Text = q.Choices[i].Text
	case q.Open && value == DontKnow:
		a.Text = law.Text{Ja: "わからない", En: "I do not know", Easy: "わからない"}
	case len(q.Choices) > 0:
		w.Next = &q
		return "", false
	}
	w.Answers = append(w.Answers, a)
	return value, true
}

// settle takes the facts of a bundle's answer over.
func (w *walk) settle(b rules.Bundle, answer string) {
	for _, c := range b.Choices {
		if c.Value == answer {
			for fact, value := range c.Facts {
				w.Facts[fact] = value
			}
		}
	}
}

func (w *walk) situation(p rules.Procedure) (*procedure.Situation, error) {
	s, err := decision.Facts(w.Facts, w.on)
	if err != nil {
		return nil, fmt.Errorf("the guide's own facts: %w", err)
	}
	s.Procedure = p
	return s, nil
}

func (w *walk) decision(p rules.Procedure) (procedure.Decision, error) {
	s, err := w.situation(p)
	if err != nil {
		return procedure.Decision{}, err
	}
	return procedure.DecideWithout(s, slices.Concat(w.neverAsked(), w.skipped))
}

func bundleQuestion(b rules.Bundle) Question {
	q := Question{ID: b.ID, Text: b.Text, Why: b.Why}
	for _, c := range b.Choices {
		q.Choices = append(q.Choices, Choice{c.Value, c.Text})
	}
	return q
}

func bundleOf(f rules.Fact, p rules.Procedure) (rules.Bundle, bool) {
	for _, b := range rules.Bundles {
		if slices.Contains(b.Settles, f) && (len(b.First) == 0 || slices.Contains(b.First, p)) {
			return b, true
		}
	}
	return rules.Bundle{}, false
}

// opened keeps what the first answer leaves open on a day, for it is the same for everybody.
var opened = struct {
	sync.Mutex
	by map[openedKey]openProcedures
}{by: map[openedKey]openProcedures{}}

type openedKey struct {
	where string
	on    civil.Date
}

// open are the procedures that the first answer does not close.
func (w *walk) open(where string) (openProcedures, error) {
	opened.Lock()
	defer opened.Unlock()
	key := openedKey{where, w.on}
	if known, ok := opened.by[key]; ok {
		return known, nil
	}
	const days = 16
	if len(opened.by) > days*len(rules.Where.Choices) {
		clear(opened.by)
	}
	var out openProcedures
	for _, p := range rules.Procedures {
		if slices.Contains(rules.Elsewhere[where], p.Code) {
			continue
		}
		d, err := w.decision(p.Code)
		if err != nil {
			return nil, err
		}
		if d.Status != procedure.Refused {
			out = append(out, p)
		}
	}
	opened.by[key] = out
	return out, nil
}

type openProcedures []rules.Info

func (o openProcedures) of(g rules.Group) []rules.Info {
	var out []rules.Info
	for _, p := range o {
		if p.Group == g {
			out = append(out, p)
		}
	}
	return out
}

func groupChoices(open openProcedures) []Choice {
	var out []Choice
	for _, g := range rules.Groups {
		if len(open.of(g)) > 0 {
			out = append(out, Choice{string(g), rules.GroupNames[g]})
		}
	}
	return out
}

func procedureChoices(list []rules.Info) []Choice {
	var out []Choice
	for _, p := range list {
		out = append(out, Choice{string(p.Code), p.Name})
	}
	return out
}
