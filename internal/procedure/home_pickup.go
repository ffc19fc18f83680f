package procedure

import (
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// homeProxies are the visitors who come for a holder that stays away. All but the statutory representative, who sets the
// PINs (PIN-024), bring them sealed.
var (
	sealedProxies = []rules.Visitor{rules.HouseholdMember, rules.Spouse, rules.VoluntaryProxy, rules.SubProxy}
	homeProxies   = append([]rules.Visitor{rules.StatutoryRepresentative}, sealedProxies...)
)

var homePickupConds = map[rules.Cond]func(*Case) verdict{
	rules.CardAtCounter: func(c *Case) verdict {
		if !c.Application.CameBack.IsZero() {
			return is(true)
		}
		return oneOf(c.Application.State, "application.state", application.ReadyForPickup)
	},
	rules.StillKept: func(c *Case) verdict {
		last := c.keptUntil()
		return is(last.IsZero() || !c.on.After(last)).with(last).by(at(c, rules.UncollectedCards).Cite)
	},
	rules.PastPickupDeadline: func(c *Case) verdict {
		last, _ := c.pickupDeadline()
		if last.Day.IsZero() {
			return asks("application.pickup_deadline")
		}
		return is(c.on.After(last.Day))
	},
	rules.HolderOrGround: func(c *Case) verdict {
		if !slices.Contains(homeProxies, c.Visitor.Who) {
			return is(true)
		}
		return c.weigh(rules.GroundAccepted)
	},
	rules.GroundAccepted: groundAccepted,
	rules.HolderStaysAway: func(c *Case) verdict {
		if c.Visitor.Who == "" {
			return asks("visitor.who")
		}
		return is(slices.Contains(homeProxies, c.Visitor.Who))
	},
	rules.HolderOrSealed: func(c *Case) verdict {
		if !slices.Contains(sealedProxies, c.Visitor.Who) {
			return is(true)
		}
		return c.weigh(rules.PINsSealed)
	},
	rules.RelationVisible: func(c *Case) verdict {
		row := at(c, rules.StatutoryRepresentativeUnder)
		return either(both(c.younger(row.Rule), known(c.Visitor.SameHousehold, "visitor.same_household")), c.honsekiHere())
	},
	rules.OutsideHousehold: func(c *Case) verdict {
		switch c.Visitor.Who {
		case "":
			return asks("visitor.same_household")
		case rules.VoluntaryProxy, rules.Spouse, rules.SubProxy:
			return known(c.Visitor.SameHousehold.Not(), "visitor.same_household")
		}
		return is(false)
	},
	rules.HasNumberPaper:   func(c *Case) verdict { return known(c.Person.NumberPaper, "person.number_paper") },
	rules.HasJukiCard:      func(c *Case) verdict { return known(c.Person.JukiCard, "person.juki_card") },
	rules.FormerCardAtHand: formerCardAtHand,
	rules.MetAtApplication: func(c *Case) verdict {
		return oneOf(c.Application.Channel, "application.channel", rules.Visit, rules.Outreach)
	},
	rules.DocumentsComplete: func(c *Case) verdict { return known(c.Application.Complete, "application.documents_complete") },
	rules.CardOnItsWay: func(c *Case) verdict {
		return oneOf(c.Application.State, "application.state", application.InTransit, application.InPost, application.AtPostOffice)
	},
	rules.SentRegistered: func(c *Case) verdict {
		v := oneOf(c.Application.Channel, "application.channel", rules.Express, rules.Visit)
		if c.Application.Channel == rules.Visit {
			return c.weigh(rules.HadCard).not()
		}
		return v
	},
	rules.EntriesUnchanged: func(c *Case) verdict { return is(c.Application.Changed != Yes) },
	rules.MailNotReturned:  func(c *Case) verdict { return is(c.Application.CameBack.IsZero()) },
}

// honsekiHere is whether the family register is kept where the person lives.
func (c *Case) honsekiHere() verdict {
	if c.Person.Honseki == "" || c.Person.Municipality == "" {
		return asks("visitor.same_household")
	}
	return is(c.Person.Honseki == c.Person.Municipality)
}

// formerCardAtHand is a plastic card from before, whatever its state.
func formerCardAtHand(c *Case) verdict {
	if v := c.weigh(rules.HadCard); v.answer != Yes {
		return v
	}
	if c.Wish.OldCardBack != Unknown {
		return is(c.Wish.OldCardBack == Yes)
	}
	return known(c.Card.AtHand, "card.at_hand")
}

// groundAccepted holds the proxy's reason against the list, with the age it asks for (PICK-052, PICK-053).
func groundAccepted(c *Case) verdict {
	row := at(c, rules.ProxyGrounds)
	switch {
	case c.Visitor.Who == rules.Holder || c.Visitor.Who == rules.HolderWithRepresentative:
		return is(false) // who comes needs no reason not to
	case c.Visitor.Ground == "":
		return asks("visitor.ground")
	}
	g, ok := row.Rule[c.Visitor.Ground]
	if !ok {
		return is(false).by(row.Cite)
	}
	v := is(true)
	switch {
	case g.FromAge > 0:
		v = c.younger(g.FromAge).not()
	case g.SchoolYearOf > 0:
		v = c.inSchoolYearOf(g.SchoolYearOf)
	case g.Ward:
		v = known(c.Person.AdultWard, "person.adult_ward")
	}
	return v.by(row.Cite, g.Cite)
}

// inSchoolYearOf is whether the school year in which the age is reached in law has not ended: 31 March. The age alone
// decides except in the year of that birthday.
func (c *Case) inSchoolYearOf(age int) verdict {
	if birth := c.Person.Birth; !birth.IsZero() {
		reached := civil.AttainsInLaw(birth, age)
		end := civil.Day(reached.Year(), 3, 31)
		if reached.After(end) {
			end = end.AddYears(1)
		}
		return is(!c.on.After(end))
	}
	switch years, ok := c.age(); {
	case !ok:
		return asks("person.age")
	case years == age:
		return asks("person.birth_date")
	default:
		return is(years < age)
	}
}

// pickupDeadline is the day in the notice, or so many months after it.
func (c *Case) pickupDeadline() (Until, error) {
	switch a := &c.Application; {
	case !a.Deadline.IsZero():
		return Until{Day: a.Deadline}, nil
	case !a.Announced.IsZero():
		return PickupDeadline(a.Announced, 0)
	}
	return Until{}, nil
}

// keptUntil is the last day before an uncollected card is destroyed; zero while the days are not known.
func (c *Case) keptUntil() civil.Date {
	last, _, err := KeptUntil(c.Application.Filed, c.Application.CameBack)
	if err != nil {
		c.fault("%w", err)
	}
	return last
}

// pickupDays are the day in the notice and the day on which the card is destroyed.
func pickupDays(c *Case, d *Decision) {
	dropPINs(c, d)
	last, err := c.pickupDeadline()
	if err != nil {
		c.fault("%w", err)
	}
	if !last.Day.IsZero() {
		c.deadline(d, "home_pickup_deadline", last.Day, c.Application.Announced, last.Basis...)
	}
	if kept := c.keptUntil(); !kept.IsZero() {
		from := c.Application.Filed
		if !c.Application.CameBack.IsZero() {
			from = c.Application.CameBack
		}
		c.deadline(d, "home_card_kept", kept, from, at(c, rules.UncollectedCards).Cite)
	}
}
