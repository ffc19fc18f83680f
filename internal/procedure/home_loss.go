package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/rules"
)

var homeLossConds = map[rules.Cond]func(*Case) verdict{
	rules.WantsExpress:   func(c *Case) verdict { return is(c.express()) },
	rules.ExpressRenewal: func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.CardExpiry) },
	rules.ExpressGrounded: func(c *Case) verdict {
		if c.Event.Kind == rules.CardExpiry {
			return is(true) // refused as a renewal
		}
		return expressGrounded(c)
	},
	rules.ExpressInTime: func(c *Case) verdict { return c.expressInTime() },
	rules.ExpressOpen: func(c *Case) verdict {
		if !c.express() {
			return is(true)
		}
		return expressGrounded(c)
	},
	rules.ExpressStillOpen: func(c *Case) verdict {
		if !c.express() {
			return is(true)
		}
		return c.expressInTime()
	},
	rules.SuspendedOrEnded: func(c *Case) verdict { return either(c.weigh(rules.CardSuspended), c.weigh(rules.CardEnded)) },
	rules.LivingOverseasCard: func(c *Case) verdict {
		if c.Card.Kind != OverseasCard {
			return is(false)
		}
		return c.weigh(rules.HasCard)
	},
	rules.WithBirthNotice: func(c *Case) verdict {
		switch {
		case c.Event.Kind != "" && c.Event.Kind != rules.ChildBorn:
			return is(false)
		case c.Event.Kind == "":
			return asks("event.kind")
		case c.Event.Filed.IsZero():
			return asks("event.filed")
		}
		return is(c.Event.Filed == c.on)
	},
	rules.LostOutside: func(c *Case) verdict {
		if c.Event.Kind == "" {
			return is(false) // nothing was said of a loss
		}
		return both(oneOf(c.Event.Kind, "event.kind", rules.CardLost, rules.CardStolen), known(c.Event.Outside, "event.outside_home"))
	},
	rules.ReasonLoss:     func(c *Case) verdict { return is(c.Event.Kind == rules.CardLost || c.Event.Kind == rules.CardStolen) },
	rules.ReasonDisaster: func(c *Case) verdict { return is(c.Event.Kind == rules.Disaster) },
	rules.SomethingLost: func(c *Case) verdict {
		return oneOf(c.Event.Kind, "event.kind", rules.CardLost, rules.CardStolen, rules.CardBurnt, rules.Disaster)
	},
	rules.LossReported: func(c *Case) verdict {
		if c.Card.Kind == NoCard || c.Event.Kind != rules.CardLost && c.Event.Kind != rules.CardStolen {
			return is(true)
		}
		return c.cardIs(func(s card.State) bool { return s != card.Active })
	},
	rules.ReissueGrounded: reissueGrounded,
}

// expressGrounded is whether what happened is a ground for express issuance (ELIG-024).
func expressGrounded(c *Case) verdict {
	row := at(c, rules.ExpressGrounds)
	if c.Event.Kind == "" {
		return asks("event.kind")
	}
	g, ok := row.Rule[c.Event.Kind]
	return is(ok).by(row.Cite, g.Cite)
}

// reissueGrounded is whether there is a reason for a new card before the old one's last day.
func reissueGrounded(c *Case) verdict {
	ended := c.cardIs(homeEnded)
	switch {
	case ended.answer != No:
		return ended
	case c.Card.EntryFieldFull == Yes || c.Card.Unusable == Yes:
		return is(true)
	}
	return oneOf(c.Event.Kind, "event.kind", rules.CardLost, rules.CardStolen, rules.CardBurnt, rules.CardDamaged, rules.Disaster, rules.EntryFieldFilled, rules.OfficeError)
}

// reissueDays are the last good days of a new card made on the day, and the last day for express issuance.
func reissueDays(c *Case, d *Decision) {
	if c.express() {
		expressDays(c, d)
	}
	c.newCardDays(d, false)
}
