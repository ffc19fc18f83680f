package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// The validity of a card that ends with the period of stay (EXP-050 to EXP-063).

// extendedUntil: the new period of stay, but never past the birthday counted from the original day of issue (EXP-051,
// supplement 1.13).
func extendedUntil(c *Case, d *Decision) {
	c.changeBy(d)
	switch {
	case c.Person.StayUntil.IsZero():
		c.want("person.stay_until")
		return
	case c.Person.Birth.IsZero():
		c.want("person.birth_date")
		return
	case c.Card.Issued.IsZero():
		c.want("card.issued")
		return
	}
	f := CardFacts{Birth: c.Person.Birth, Applied: c.Card.Applied, Issued: c.Card.Issued}
	if f.Applied.IsZero() {
		f.Applied = f.Issued
	}
	limit, err := CardUntil(f)
	if err != nil {
		c.fault("%w", err)
	}
	c.cite(limit.Basis...)
	c.newValidity(d, earliest(c.Person.StayUntil, limit.Day))
}

// speciallyExtendedUntil: so many months more, once (EXP-060).
func speciallyExtendedUntil(c *Case, d *Decision) {
	c.changeBy(d)
	switch {
	case c.Card.Until.IsZero():
		c.want("card.until")
		return
	case c.Person.Birth.IsZero():
		c.want("person.birth_date")
		return
	}
	row := at(c, rules.ExtensionMonths)
	until := c.Card.Until.AddMonths(row.Rule)
	c.deadline(d, "change_again", until, c.Card.Until, row.Cite)
	c.newValidity(d, until)
}

// changeBy is the last day on which the card is still valid.
func (c *Case) changeBy(d *Decision) {
	if !c.Card.Until.IsZero() {
		c.deadline(d, "change_validity", c.Card.Until, civil.Date{})
	}
}

// newValidity are the card's new last day and, where the holder comes, those of the certificates issued with it.
func (c *Case) newValidity(d *Decision, until civil.Date) {
	d.Dates.Card = until
	if c.holds(rules.HolderComes) == No {
		return
	}
	u, err := CertificateUntil(CertificateFacts{Birth: c.Person.Birth, Issued: c.on, Card: until})
	if err != nil {
		c.fault("%w", err)
	}
	c.cite(u.Basis...)
	d.Dates.Signature, d.Dates.UserAuthentication = u.Day, u.Day
}
