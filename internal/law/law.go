// Package law holds the words every rule is made of: a source, a citation, a dated table, a
// refusal and the two languages a person is answered in. It knows no rule itself.
package law

import (
	"cmp"
	"errors"
	"fmt"

	"mynumber/internal/civil"
)

// Text is one sentence in the two languages of the pages, Japanese first, and where somebody wrote it in plain
// Japanese (やさしい日本語) too.
type Text struct {
	Ja   string `json:"ja"`
	En   string `json:"en"`
	Easy string `json:"easy,omitempty"`
}

// IsZero reports a text that says nothing.
func (t Text) IsZero() bool { return t == Text{} }

// Format fills the verbs of both sentences with the same facts; a fact that is itself a Text speaks
// each sentence's own language.
func (t Text) Format(facts ...any) Text {
	ja, en, easy := make([]any, len(facts)), make([]any, len(facts)), make([]any, len(facts))
	for i, f := range facts {
		ja[i], en[i], easy[i] = f, f, f
		if text, ok := f.(Text); ok {
			ja[i], en[i], easy[i] = text.Ja, text.En, cmp.Or(text.Easy, text.Ja)
		}
	}
	out := Text{Ja: fmt.Sprintf(t.Ja, ja...), En: fmt.Sprintf(t.En, en...)}
	if t.Easy != "" {
		out.Easy = fmt.Sprintf(t.Easy, easy...)
	}
	return out
}

// Source is a law or an official page, by its title, with the day of the text that was read.
type Source struct {
	Title string     // 個人番号カード等に関する命令 …
	Date  civil.Date // day of the text or page; zero for a law cited as in force
}

// At cites an article or heading of the source together with the catalogue's rule IDs.
func (s Source) At(place string, ids ...string) Citation {
	c := Citation{IDs: ids, Source: s.Title, Place: place, Read: s.Date}
	c.reference = c.Reference()
	return c
}

// Citation is where a rule stands: the catalogue's IDs, the source and the place in it.
type Citation struct {
	IDs    []string   `json:"rules"`
	Source string     `json:"source"`
	Place  string     `json:"place,omitempty"`
	Read   civil.Date `json:"read,omitzero"`

	reference string // Reference, made once for a citation of the rulebook
}

// IsZero reports an empty citation; no rule may have one.
func (c Citation) IsZero() bool { return len(c.IDs) == 0 || c.Source == "" }

// Reference is where the rule stands, without the catalogue's IDs: source, place and the day of the text.
func (c Citation) Reference() string {
	if c.reference != "" {
		return c.reference
	}
	s := c.Source
	if c.Place != "" {
		s += " " + c.Place
	}
	if !c.Read.IsZero() {
		s += " (" + c.Read.String() + ")"
	}
	return s
}

// String is the citation as it stands on paper: source, place and rule IDs.
func (c Citation) String() string {
	s := c.Reference()
	for _, id := range c.IDs {
		s += " [" + id + "]"
	}
	return s
}

// Row is one rule in force from From (inclusive) to To (the first day not covered; zero: still in force).
type Row[T any] struct {
	From    civil.Date
	To      civil.Date
	Checked civil.Date // when somebody last compared the row with its source
	Cite    Citation
	Rule    T
}

// Table is the history of one rule, oldest row first, without overlap.
type Table[T any] []Row[T]

// ErrNoLaw says that no row covers a day. The nearest row is never taken instead.
var ErrNoLaw = errors.New("no rule covers this day")

// On is the row in force on the day; ErrNoLaw when there is none.
func (t Table[T]) On(day civil.Date) (Row[T], error) {
	for _, r := range t {
		if !day.Before(r.From) && (r.To.IsZero() || day.Before(r.To)) {
			return r, nil
		}
	}
	return Row[T]{}, fmt.Errorf("%w: %s", ErrNoLaw, day)
}

// Check reports the first fault of the table's form: no citation, no first day, or rows that overlap or run backwards.
func (t Table[T]) Check() error {
	for i, r := range t {
		switch {
		case r.Cite.IsZero():
			return fmt.Errorf("row %d has no citation", i)
		case r.From.IsZero():
			return fmt.Errorf("row %d has no first day", i)
		case !r.To.IsZero() && !r.From.Before(r.To):
			return fmt.Errorf("row %d ends before it begins", i)
		case i > 0 && (t[i-1].To.IsZero() || r.From.Before(t[i-1].To)):
			return fmt.Errorf("row %d overlaps row %d", i, i-1)
		}
	}
	return nil
}

// Refusal is a rule that said no. It is a result and not a fault: nothing is written but its
// journal entry. Code is stable snake_case; Text is for the person at the window, Next is what
// they can do now, Cite is the rule.
type Refusal struct {
	Code string
	Text Text
	Next Text
	Cite Citation
}

// Error is the refusal for a log: its code and rules, never the text with a person's data in it.
func (r *Refusal) Error() string { return fmt.Sprintf("refused: %s %v", r.Code, r.Cite.IDs) }

// Because returns the refusal with its text filled in with the facts of the case.
func (r Refusal) Because(facts ...any) *Refusal {
	r.Text = r.Text.Format(facts...)
	return &r
}

// New returns the refusal as an error of its own, for texts without facts.
func (r Refusal) New() *Refusal { return &r }
