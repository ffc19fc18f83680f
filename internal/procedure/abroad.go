package procedure

import (
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// abroadConds are the conditions of procedures abroad.
var abroadConds = map[rules.Cond]func(*Case) verdict{
	rules.InFamilyRegister: func(c *Case) verdict { return known(c.Person.InFamilyRegister, "person.in_family_register") },
	rules.HasNumber:        func(c *Case) verdict { return known(c.Person.HasNumber, "person.has_number") },
	rules.EverRegistered: func(c *Case) verdict {
		if c.Person.EverRegistered == Unknown && !c.Person.LastRegistered.IsZero() {
			return is(true)
		}
		return known(c.Person.EverRegistered, "person.ever_registered")
	},
	rules.MissionCovers: missionCovers,
	rules.HonsekiKeepsRegister: func(c *Case) verdict {
		code := c.Person.Honseki
		if code == "" {
			return is(true)
		}
		name := string(code)
		if o, err := place.Lookup(code, c.on); err == nil {
			name = o.NameJa
		}
		return is(place.KeepsRegister(code)).with(name)
	},
	rules.PINsHidden: func(c *Case) verdict {
		if !c.byProxy() {
			return is(true)
		}
		return known(c.Visitor.SealedPINs, "visitor.sealed_pins")
	},
	rules.RepresentativeActs: func(c *Case) verdict {
		switch c.Visitor.Who {
		case "", HolderWithRepresentative, StatutoryRepresentative:
			return is(true)
		}
		needs := c.weigh(rules.NeedsRepresentative)
		return either(needs.not(), known(c.Visitor.OnForm, "visitor.representative_on_form"))
	},
	rules.PickupAtMission: func(c *Case) verdict { return oneOf(c.Wish.PickupAt, "wish.pickup_at", rules.Mission) },
	rules.RegisteredSince: func(c *Case) verdict {
		row := at(c, rules.OverseasApplicants)
		if c.Person.LastRegistered.IsZero() {
			return asks("person.last_registered")
		}
		return is(!c.Person.LastRegistered.Before(row.Rule.RegisteredSince)).with(c.Person.LastRegistered).by(row.Cite)
	},
}

var abroadPlans = map[rules.Procedure]plan{
	rules.ApplyAbroad: {fee: applyAbroadFee},
	rules.LiftAbroad:  {},
}

// byProxy reports that somebody comes who is neither the holder nor a statutory representative.
func (c *Case) byProxy() bool {
	switch c.Visitor.Who {
	case "", Holder, HolderWithRepresentative, StatutoryRepresentative:
		return false
	}
	return true
}

// missionCovers holds wherever no mission is asked; a mission that is told by its kind alone is the right one.
func missionCovers(c *Case) verdict {
	mission := c.Office.Kind == rules.Mission || place.KindOf(c.Office.Code) == place.KindMission
	switch {
	case !mission:
		return is(true)
	case c.Office.Covers != Unknown:
		return is(c.Office.Covers == Yes)
	case c.Office.Code == "":
		return is(true)
	case c.Person.Country == "":
		return asks("person.country")
	}
	return is(coveredBy(c.Office.Code, c.Person.Country))
}

// applyAbroadFee is the fee of an application handed in on the day.
func applyAbroadFee(c *Case) *Fee {
	f := FeeFacts{Applied: c.on, PlannedDeparture: c.Person.PlannedDeparture,
		AtHonsekiCounter: c.Office.Kind == rules.Honseki && c.Channel == rules.Visit, PickupAtMission: c.Wish.PickupAt == rules.Mission}
	switch {
	case c.Card.Kind == "":
		c.want("card.kind")
		return nil
	case c.Card.Kind != NoCard:
		if c.Card.State == "" {
			c.want("card.state")
			return nil
		}
		f.Former = &FormerCard{State: c.cardState(), ForDeparture: c.Card.EndedBecause == EndedByDeparture, Brought: c.Wish.OldCardBack}
	}
	fee, err := OverseasFee(f)
	if err != nil {
		c.fault("%w", err)
		return nil
	}
	return &fee
}
