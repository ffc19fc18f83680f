package procedure

import "mynumber/internal/rules"

// abroadConds are the conditions of procedures abroad.
var abroadConds = map[rules.Cond]func(*Case) verdict{
	rules.InFamilyRegister: func(c *Case) verdict { return known(c.Person.InFamilyRegister, "person.in_family_register") },
	rules.HasNumber:        func(c *Case) verdict { return known(c.Person.HasNumber, "person.has_number") },
	rules.EverRegistered: func(c *Case) verdict {
		if !c.Person.LastRegistered.IsZero() {
			return is(true)
		}
		return known(c.Person.EverRegistered, "person.ever_registered")
	},
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
