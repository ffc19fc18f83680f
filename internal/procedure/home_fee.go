package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// HomeFeeFacts decide the fee of a card applied for in Japan.
type HomeFeeFacts struct {
	Applied        civil.Date
	Former         *HomeFormer     // nil: never had one
	Event          rules.EventKind // loss, damage …; empty for none
	EntryFieldFull bool
	PeriodOfStay   bool       // a foreign national whose card ends with the period of stay
	OldCard        Answer     // handed in at pickup
	PlannedLeave   civil.Date // planned departure, where the former card ended for it
	Relief         bool       // the office waives fees after a disaster
	Express        bool
	NoCertificates bool // both were declined
}

// HomeFormer is the card the person had before, or has still.
type HomeFormer struct {
	State    card.State
	Because  EndCause
	OwnFault Answer // of a lapse or of damage
}

// HomeFee decides the fee of a card made for somebody in Japan: first cards, renewal and re-issue, ordinary or express
// (FEE-001 to FEE-014, FEE-021). While it is unknown whether the old card will be brought, the answer is the one for
// bringing it.
func HomeFee(f HomeFeeFacts) (Fee, error) {
	ground := f.ground()
	fee := Fee{Ground: ground, Basis: Basis{rules.FeeGrounds[ground].Cite}, Payment: rules.PayNothing}
	table := rules.ReissueFee
	switch {
	case ground == rules.FirstCard:
		table = rules.FirstIssueFee
	case ground.Free():
		return fee, nil
	case f.Express:
		table = rules.ExpressFee
	}
	row, err := table.On(f.Applied)
	if err != nil {
		return Fee{}, err
	}
	fee.Amounts = row.Rule
	fee.Basis = append(fee.Basis, row.Cite)
	if fee.Amounts.Total() == 0 {
		return fee, nil
	}
	if f.NoCertificates {
		fee.Amounts.Certificate = 0
	}
	pay, err := rules.HomePayments.On(f.Applied)
	if err != nil {
		return Fee{}, err
	}
	fee.Payment = pay.Rule.Ordinary
	if f.Express {
		fee.Payment = pay.Rule.Express
	}
	fee.Basis = append(fee.Basis, pay.Cite)
	return fee, nil
}

// ground is the first reason that fits, what happened to the card before how it ended.
func (f HomeFeeFacts) ground() rules.FeeGround {
	if f.Former == nil {
		return rules.FirstCard
	}
	switch f.Event {
	case rules.Disaster:
		if f.Relief {
			return rules.ReliefAfterDisaster
		}
		return rules.Lost
	case rules.CardLost, rules.CardStolen:
		return rules.Lost
	case rules.CardBurnt:
		return rules.Damaged
	case rules.CardDamaged:
		if f.Former.OwnFault == No {
			return f.unlessMissing(rules.DamagedWithoutFault)
		}
		return rules.Damaged
	case rules.OfficeError:
		return f.unlessMissing(rules.LapsedWithoutFault)
	}
	if f.EntryFieldFull {
		return f.unlessMissing(rules.EntryFieldFull)
	}
	return f.endedGround()
}

// endedGround is the ground by which the former card ended, or is about to.
func (f HomeFeeFacts) endedGround() rules.FeeGround {
	former := f.Former
	switch {
	case former.State == card.Abolished:
		return rules.Lost
	case former.Because == EndedDepartureForce, f.forcedToReturn():
		return f.unlessMissing(rules.ReturnForced)
	case former.Because == EndedStay, former.State == card.Expired && f.PeriodOfStay:
		return rules.StayNotExtended
	case f.Event == rules.ReturnToJapan && former.endedByLeaving():
		return f.unlessMissing(rules.MovedFromAbroad)
	case former.State == card.Returned:
		return rules.ReturnedByWish
	case former.State != card.Lapsed:
		return f.unlessMissing(rules.RenewedAtExpiry)
	case former.withoutFault():
		return f.unlessMissing(rules.LapsedWithoutFault)
	}
	return rules.LapsedByOwnFault
}

// forcedToReturn: whoever planned to leave up to that day had to return the card (CON-007).
func (f HomeFeeFacts) forcedToReturn() bool {
	row, err := rules.CompulsoryReturn.On(f.Applied)
	return err == nil && f.Former.Because == EndedByDeparture && !f.PlannedLeave.IsZero() && !f.PlannedLeave.After(row.Rule.LastDay)
}

// endedByLeaving: whoever comes back without a card pays nothing for a new one, unless the card was given up by wish or
// ended in Japan, by a day missed after the return (FEE-006, FEE-009).
func (h *HomeFormer) endedByLeaving() bool {
	if h.State != card.Lapsed && h.State != card.Returned {
		return false
	}
	switch h.Because {
	case EndedByWish, EndedLateMoveIn, EndedNotUpdated:
		return false
	}
	return true
}

// withoutFault: an office's mistake and a changed number are nobody's fault unless somebody says so; a missed day is.
func (h *HomeFormer) withoutFault() bool {
	if h.Because == EndedByOfficeError || h.Because == EndedNumberChanged {
		return h.OwnFault != Yes
	}
	return h.OwnFault == No
}

// unlessMissing is the free ground, unless the old card is not handed in (FEE-007, FEE-008).
func (f HomeFeeFacts) unlessMissing(g rules.FeeGround) rules.FeeGround {
	if f.OldCard == No {
		return rules.OldCardMissing
	}
	return g
}

// homeFee is the fee of the situation; it asks for what is missing.
func homeFee(c *Case) *Fee {
	f := HomeFeeFacts{Applied: c.on, Event: c.Event.Kind, EntryFieldFull: c.Card.EntryFieldFull == Yes || c.Event.Kind == rules.EntryFieldFilled,
		PeriodOfStay: c.stayBound().answer == Yes, OldCard: c.Wish.OldCardBack, PlannedLeave: c.Person.PlannedDeparture, Relief: c.Office.Relief == Yes,
		Express: c.express(), NoCertificates: c.Wish.NoSignature == Yes && c.Wish.NoUserAuth == Yes}
	if c.Procedure == rules.CollectAtHome && !c.Application.Filed.IsZero() {
		f.Applied = c.Application.Filed // the fee is the one of the day of the application
	}
	switch {
	case c.Card.Kind == "":
		c.want("card.kind")
		return nil
	case c.Card.Kind != NoCard:
		if c.Card.State == "" {
			c.want("card.state")
			return nil
		}
		f.Former = &HomeFormer{State: c.cardState(), Because: c.Card.EndedBecause, OwnFault: c.Card.OwnFault}
	}
	c.wantFeeFacts(&f)
	fee, err := HomeFee(f)
	if err != nil {
		c.fault("%w", err)
		return nil
	}
	return &fee
}

// wantFeeFacts asks for the facts that could change the amount.
func (c *Case) wantFeeFacts(f *HomeFeeFacts) {
	if f.Former == nil {
		return
	}
	switch {
	case f.Event == rules.Disaster && c.Office.Relief == Unknown:
		c.want("office.gives_disaster_relief")
	case f.Former.OwnFault == Unknown && (f.Event == rules.CardDamaged || f.Former.State == card.Lapsed && f.Former.Because == "" && f.Event == "" && !f.EntryFieldFull):
		c.want("card.own_fault")
	}
	if v := c.stayBound(); f.Former.State == card.Expired && v.answer == Unknown {
		c.want(v.ask)
	}
	if f.ground().Free() && f.OldCard == Unknown && f.ground() != rules.ReliefAfterDisaster {
		c.want("wish.hands_in_old_card")
	}
}

// freeOf is the fee of an act that costs nothing, for the ground.
func freeOf(g rules.FeeGround) func(*Case) *Fee {
	return func(*Case) *Fee {
		return &Fee{Ground: g, Payment: rules.PayNothing, Basis: Basis{rules.FeeGrounds[g].Cite}}
	}
}
