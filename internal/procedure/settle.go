package procedure

import (
	"fmt"

	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// MissingFact says that a decision cannot be made before somebody at the window tells a fact.
type MissingFact struct{ Need Need }

// Error names the fact.
func (m *MissingFact) Error() string {
	return fmt.Sprintf("the fact %s is not known: %s", m.Need.Fact, m.Need.Question.En)
}

// Settled is Decide for an office that is about to act: the decision with the citations it rests on when it is allowed, the
// first refusal (*law.Refusal) when it is not, and *MissingFact while something that decides is not known.
func Settled(s *Situation) (Decision, Basis, error) {
	if s.On.Before(rules.FirstDay) {
		return Decision{}, nil, fmt.Errorf("the rulebook begins on %s: %w", rules.FirstDay, law.ErrNoLaw)
	}
	c := &Case{Situation: s, on: s.On, basis: make(Basis, 0, 32)}
	d, err := c.decide()
	switch {
	case err != nil:
		return d, nil, err
	case d.Status == Refused:
		return d, nil, d.Refusal()
	case d.Status == Needs:
		return d, nil, &MissingFact{*d.Needs}
	}
	return d, c.basis, nil
}

// TakenIn is what the accepting office of an application from abroad may say before the honseki municipality has looked:
// the first refusal of the sheet, where what is not known refuses nothing (ABR-021).
func TakenIn(s *Situation) (Basis, error) { return s.heldAgainst(true) }

// Upheld is TakenIn without office, channel and visitor: what the honseki municipality asks when it accepts.
func Upheld(s *Situation) (Basis, error) { return s.heldAgainst(false) }

func (s *Situation) heldAgainst(places bool) (Basis, error) {
	info, ok := rules.LookupProcedure(s.Procedure)
	if !ok {
		return nil, fmt.Errorf("no procedure is called %q", s.Procedure)
	}
	c := &Case{Situation: s, on: s.On}
	if err := c.accepts(*info.Sheet, places); err != nil {
		return nil, err
	}
	return c.basis, nil
}

// Sends reports that the decision sends the message, and not only on a condition.
func (d *Decision) Sends(code string) bool {
	for _, m := range d.Messages {
		if m.Code == code && len(m.If) == 0 {
			return true
		}
	}
	return false
}
