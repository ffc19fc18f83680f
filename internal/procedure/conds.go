package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// verdict is what the facts say about a condition.
type verdict struct {
	answer Answer
	ask    rules.Fact     // the fact that decides, while the answer is Unknown
	facts  []any          // for the text of the refusal, when the condition is not met
	opens  civil.Date     // the day on which it will be met, when it is not
	code   string         // of a refusal that says it better than the sheet's, when it is not met
	cites  []law.Citation // tables the answer was computed from
}

func is(b bool) verdict { return verdict{answer: AnswerOf(b)} }

// asks is an unknown condition and the fact that decides it.
func asks(fact rules.Fact) verdict { return verdict{ask: fact} }

// known is a fact that is a condition by itself.
func known(a Answer, fact rules.Fact) verdict { return verdict{answer: a, ask: fact} }

// oneOf is a condition on a word: met when the word is one of those; unknown while there is no word.
func oneOf[T ~string](word T, fact rules.Fact, those ...T) verdict {
	if word == "" {
		return asks(fact)
	}
	for _, t := range those {
		if word == t {
			return is(true)
		}
	}
	return is(false)
}

// with gives the facts for the refusal's text.
func (v verdict) with(facts ...any) verdict {
	v.facts = facts
	return v
}

// on gives the day on which the condition will be met.
func (v verdict) on(day civil.Date) verdict {
	v.opens = day
	return v
}

// as gives the code of the refusal that says best why the condition is not met.
func (v verdict) as(code string) verdict {
	v.code = code
	return v
}

// by notes the tables.
func (v verdict) by(cites ...law.Citation) verdict {
	v.cites = cites
	return v
}

// weigh is the verdict on a condition, turned round where the condition is.
func (c *Case) weigh(cond rules.Cond) verdict {
	plain, negated := cond.Plain()
	f := evaluators[plain]
	if f == nil {
		c.fault("nothing weighs the condition %q", plain)
		return is(false)
	}
	v := f(c)
	if v.answer != Unknown {
		c.cite(v.cites...)
	}
	if negated {
		v.answer = v.answer.Not()
	}
	return v
}

// holds is the answer alone.
func (c *Case) holds(cond rules.Cond) Answer { return c.weigh(cond).answer }

// both is met when all are: the first that is not decides, then the first that is unknown.
func both(list ...verdict) verdict {
	unsure := is(true)
	for _, v := range list {
		switch {
		case v.answer == No:
			return v
		case v.answer == Unknown && unsure.answer == Yes:
			unsure = v
		}
	}
	return unsure
}

// either is met when one is.
func either(list ...verdict) verdict {
	unsure := is(false)
	for _, v := range list {
		switch {
		case v.answer == Yes:
			return v
		case v.answer == Unknown && unsure.answer == No:
			unsure = v
		}
	}
	return unsure
}

// evaluators are all conditions, and plans what procedures compute; a test compares both with the rulebook's lists.
var (
	evaluators = map[rules.Cond]func(*Case) verdict{}
	plans      = map[rules.Procedure]plan{}
)

// The parts are put together here and not in the declarations, because conditions weigh one another.
func init() {
	for _, part := range []map[rules.Cond]func(*Case) verdict{commonConds, homeConds, abroadConds, changeConds, servicesConds} {
		for cond, f := range part {
			evaluators[cond] = f
		}
	}
	for _, part := range []map[rules.Procedure]plan{homePlans, abroadPlans, changePlans, servicesPlans} {
		for code, p := range part {
			plans[code] = p
		}
	}
}

// commonConds are about person and card, whatever the procedure.
var commonConds = map[rules.Cond]func(*Case) verdict{
	rules.IsJapanese:   func(c *Case) verdict { return oneOf(c.Person.Nationality, "person.nationality", Japanese) },
	rules.LivesAbroad:  func(c *Case) verdict { return oneOf(c.Person.Residence, "person.residence", Abroad) },
	rules.LivesInJapan: func(c *Case) verdict { return oneOf(c.Person.Residence, "person.residence", InJapan) },
	rules.NeedsRepresentative: func(c *Case) verdict {
		row := at(c, rules.StatutoryRepresentativeUnder)
		return either(c.younger(row.Rule), known(c.Person.AdultWard, "person.adult_ward")).by(row.Cite)
	},
	rules.HasCard:      func(c *Case) verdict { return c.cardIs(func(s card.State) bool { return !s.Ended() && s != "" }) },
	rules.HadCard:      func(c *Case) verdict { return oneOf(c.Card.Kind, "card.kind", DomesticCard, OverseasCard) },
	rules.CardOverseas: func(c *Case) verdict { return oneOf(c.Card.Kind, "card.kind", OverseasCard) },
	rules.CardDomestic: func(c *Case) verdict { return oneOf(c.Card.Kind, "card.kind", DomesticCard) },
	rules.CardActive:   func(c *Case) verdict { return c.cardIs(func(s card.State) bool { return s == card.Active }) },
	rules.CardWorks: func(c *Case) verdict {
		return c.cardIs(func(s card.State) bool { return s == card.Active || s == card.PendingDeparture })
	},
	rules.CardSuspended:      func(c *Case) verdict { return c.cardIs(func(s card.State) bool { return s == card.Suspended }) },
	rules.CardEnded:          func(c *Case) verdict { return c.cardIs(card.State.Ended) },
	rules.CardAtHand:         func(c *Case) verdict { return known(c.Card.AtHand, "card.at_hand") },
	rules.VisitorInHousehold: func(c *Case) verdict { return known(c.Visitor.SameHousehold, "visitor.same_household") },
	rules.PINsSealed:         func(c *Case) verdict { return known(c.Visitor.SealedPINs, "visitor.sealed_pins") },
	rules.WantsCertificates: func(c *Case) verdict {
		return either(known(c.Wish.NoSignature, "wish.without_signature"), known(c.Wish.NoUserAuth, "wish.without_user_authentication")).not()
	},
}

func (v verdict) not() verdict {
	v.answer = v.answer.Not()
	return v
}

// at is the table's row on the day; no row is a fault of the rulebook, for the sheet in force relies on it.
func at[T any](c *Case, t law.Table[T]) law.Row[T] {
	row, err := t.On(c.on)
	if err != nil {
		c.fault("%w", err)
	}
	return row
}

// age is the age on the day in full years.
func (c *Case) age() (int, bool) {
	switch {
	case !c.Person.Birth.IsZero():
		return civil.Age(c.Person.Birth, c.on), true
	case c.Person.Age != nil:
		return *c.Person.Age, true
	}
	return 0, false
}

// younger reports an age below the limit.
func (c *Case) younger(limit int) verdict {
	age, ok := c.age()
	if !ok {
		return asks("person.age")
	}
	return is(age < limit)
}

// cardIs is a condition on the state of the card that the person has; nobody has a card in no state.
func (c *Case) cardIs(f func(card.State) bool) verdict {
	switch {
	case c.Card.Kind == NoCard:
		return is(false)
	case c.Card.Kind == "":
		return asks("card.kind")
	case c.Card.State == "":
		return asks("card.state")
	}
	return is(f(c.cardState()))
}

// cardState is the state on the day: a card whose last day has passed has expired, whatever was said of it.
func (c *Case) cardState() card.State {
	s := c.Card.State
	if !s.Ended() && !c.Card.Until.IsZero() && c.Card.Until.Before(c.on) {
		return card.Expired
	}
	return s
}

// coveredBy reports that the mission covers the country.
func coveredBy(mission place.Code, country string) bool {
	for _, m := range place.CoveredBy(country) {
		if m.ID == mission {
			return true
		}
	}
	return false
}
