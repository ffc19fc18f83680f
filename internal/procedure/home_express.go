package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// noDay is the last day of a period without an end.
var noDay civil.Date

// expressGround is the ground of what happened; false when it is none.
func (c *Case) expressGround() (rules.ExpressGround, bool) {
	row := at(c, rules.ExpressGrounds)
	g, ok := row.Rule[c.Event.Kind]
	return g, ok
}

// expressLast is the last day on which express issuance can be applied for, or the fact that is missing.
func (c *Case) expressLast(g rules.ExpressGround) (civil.Date, rules.Fact) {
	from, fact := c.Event.On, rules.Fact("event.on")
	switch g.Count {
	case rules.ToFirstBirthday:
		if c.Person.Birth.IsZero() {
			return noDay, "person.birth_date"
		}
		return civil.Attains(c.Person.Birth, 1).AddDays(-1), ""
	case rules.FromNotification:
		from, fact = c.Event.Filed, "event.filed"
	}
	if from.IsZero() {
		return noDay, fact
	}
	return from.AddDays(g.Days), ""
}

// expressInTime is whether the day is no later than the ground's last.
func (c *Case) expressInTime() verdict {
	g, ok := c.expressGround()
	if !ok {
		return is(true) // another requirement says so
	}
	last, ask := c.expressLast(g)
	if ask != "" {
		return asks(ask)
	}
	return is(!c.on.After(last)).with(last).by(g.Cite)
}

// expressDays is the last day of the ground.
func expressDays(c *Case, d *Decision) {
	dropPINs(c, d)
	g, ok := c.expressGround()
	if !ok {
		return
	}
	last, ask := c.expressLast(g)
	if ask != "" {
		return
	}
	from := c.Event.On
	switch g.Count {
	case rules.FromNotification:
		from = c.Event.Filed
	case rules.ToFirstBirthday:
		from = c.Person.Birth
	}
	c.deadline(d, "express_last_day", last, from, g.Cite)
}
