package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// deadline notes a last day that was counted from a day; the table it came from goes into basis.
func (c *Case) deadline(d *Decision, code string, last, from civil.Date, basis ...law.Citation) {
	text := c.dayText(code)
	c.cite(basis...)
	d.Deadlines = append(d.Deadlines, Deadline{code, last, from, text.Text.Format(last), append(Basis{text.Cite}, basis...).IDs()})
}

// window notes a period; last is zero for one without an end, and its sentence then takes the first day alone.
func (c *Case) window(d *Decision, code string, first, last civil.Date, basis ...law.Citation) {
	text := c.dayText(code)
	c.cite(basis...)
	facts := []any{first}
	if !last.IsZero() {
		facts = append(facts, last)
	}
	d.Windows = append(d.Windows, Window{code, first, last, text.Text.Format(facts...), append(Basis{text.Cite}, basis...).IDs()})
}

func (c *Case) dayText(code string) rules.DayText {
	text, ok := rules.DayTexts[code]
	if !ok {
		c.fault("no deadline or period is called %q", code)
	}
	c.cite(text.Cite)
	return text
}

// certificateFacts reports that what the last day of a certificate rests on is known: birth and the card's own last day
// (EXP-003, EXP-004). What is missing is asked for.
func (c *Case) certificateFacts() bool {
	switch {
	case c.Person.Birth.IsZero():
		c.want("person.birth_date")
	case c.Card.Until.IsZero():
		c.want("card.until")
	default:
		return true
	}
	return false
}
