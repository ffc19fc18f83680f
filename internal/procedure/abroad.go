package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// abroadPlans are what the procedures abroad compute beside their sheets.
var abroadPlans = map[rules.Procedure]plan{
	rules.ApplyAbroad:             {fee: feeToday, days: applyDays},
	rules.AnswerQuestions:         {},
	rules.ChangeData:              {},
	rules.ChangeMail:              {},
	rules.ChangePlace:             {},
	rules.Withdraw:                {},
	rules.PayFee:                  {fee: feeOfApplication},
	rules.CollectAbroad:           {fee: feeOfApplication, days: collectDays},
	rules.ContinueAbroad:          {days: continuingDays},
	rules.ReturnWithCard:          {days: returnDays},
	rules.RenewCardFromAbroad:     {fee: renewalFee, days: cardRenewalDays},
	rules.RenewCertificatesAway:   {fee: renewalFee, days: certificateRenewalDays},
	rules.ReissueAway:             {fee: feeToday},
	rules.ChangeEntriesFromAbroad: {days: changeDaysAbroad},
	rules.StopCard:                {},
	rules.LiftAbroad:              {days: liftDays},
	rules.AbolishAbroad:           {},
	rules.GiveCardBack:            {},
	rules.SetOwnPINs:              {days: pinsToSet},
	rules.ChangeOwnPIN:            {},
	rules.ResetPINInJapan:         {},
	rules.ResetPINInStore:         {},
	rules.ResetPINFromAbroad:      {},
}

// overseasFee is the fee of an application handed in on the day, or the fact that is missing.
func (c *Case) overseasFee(applied civil.Date, renewing bool) (Fee, rules.Fact) {
	if applied.IsZero() {
		return Fee{}, "application.filed"
	}
	f := FeeFacts{Applied: applied, PlannedDeparture: c.Person.PlannedDeparture, Renewing: renewing,
		NoCertificates:   c.Wish.NoSignature == Yes && c.Wish.NoUserAuth == Yes,
		AtHonsekiCounter: c.atHonsekiCounter(), PickupAtMission: c.Wish.PickupAt == rules.Mission}
	switch {
	case c.Card.Kind == "":
		return Fee{}, "card.kind"
	case c.Card.Kind != NoCard:
		if c.Card.State == "" {
			return Fee{}, "card.state"
		}
		// A returned card stayed with the office, unless somebody says that it was given back (CARD-035).
		f.Former = &FormerCard{State: c.cardState(), Brought: c.Wish.OldCardBack, LeftWithOwner: c.cardState() != card.Returned || c.Card.AtHand == Yes,
			ForDeparture: c.Card.EndedBecause == EndedByDeparture || c.Card.EndedBecause == EndedDepartureForce}
		c.happened(f.Former)
	}
	if applied.Before(rules.ApplyFromAbroad[0].From) {
		return Fee{}, "" // nothing could be applied for
	}
	fee, err := OverseasFee(f)
	if err != nil {
		c.fault("%w", err)
	}
	return fee, ""
}

// atHonsekiCounter: the application was handed in, or is now, in person at the honseki municipality.
func (c *Case) atHonsekiCounter() bool {
	if c.Application.Channel != "" {
		return c.Application.Channel == rules.Visit && c.Application.Accepting != "" && c.Application.Accepting == c.Person.Honseki
	}
	return c.atHonseki() && c.Channel == rules.Visit && c.Application.State == ""
}

func (c *Case) happened(former *FormerCard) { former.Happened(c.Event.Kind) }

// Happened makes a card that was lost, and is about to be abolished for it, the former card that it will be.
func (former *FormerCard) Happened(kind rules.EventKind) {
	switch kind {
	case rules.CardLost, rules.CardStolen, rules.CardBurnt, rules.Disaster:
		former.State = card.Abolished
	case rules.CardDamaged:
		former.Damaged = true
	}
}

func (c *Case) feeOn(applied civil.Date, renewing bool) *Fee {
	fee, ask := c.overseasFee(applied, renewing)
	if ask != "" {
		c.want(ask)
		return nil
	}
	if fee.Ground == "" {
		return nil
	}
	return &fee
}

func feeToday(c *Case) *Fee         { return c.feeOn(c.on, false) }
func feeOfApplication(c *Case) *Fee { return c.feeOn(c.Application.Filed, false) }
func renewalFee(c *Case) *Fee       { return c.feeOn(c.on, true) }

// applyDays: until when an application is free for somebody whose card lapsed on departure (FEE-011).
func applyDays(c *Case, d *Decision) {
	left, forced, grace := c.Person.PlannedDeparture, at(c, rules.CompulsoryReturn), at(c, rules.DepartureGrace)
	if c.Card.EndedBecause != EndedByDeparture || left.IsZero() || !left.After(forced.Rule.LastDay) {
		return
	}
	c.deadline(d, "apply_free_by", left.AddDays(grace.Rule), left, grace.Cite)
}

// collectDays: the day that the notice names, or else the rule's own.
func collectDays(c *Case, d *Decision) {
	switch {
	case !c.Application.Deadline.IsZero():
		c.deadline(d, "collect_by", c.Application.Deadline, c.Application.Announced)
	case !c.Application.Announced.IsZero():
		until, err := PickupDeadline(c.Application.Announced, 0)
		if err != nil {
			c.fault("%w", err)
			return
		}
		c.deadline(d, "collect_by", until.Day, c.Application.Announced, until.Basis...)
	}
}

func continuingDays(c *Case, d *Decision) {
	if l, ok := c.departure(); ok {
		c.deadline(d, "continuing_use_by", l.LastDay, c.Person.PlannedDeparture, l.Basis...)
	}
	c.certificateDays(d, c.holds(rules.ReissuesSignature) == Yes, c.holds(rules.ReissuesUserAuth) == Yes)
}

func returnDays(c *Case, d *Decision) {
	if l, ok := c.returnLapse(rules.NotifiedAfter14Days, LapseFacts{Day: c.Event.On}); ok {
		c.deadline(d, "move_in_by", l.LastDay, c.Event.On, l.Basis...)
	}
	filed := c.moveInFiled()
	if l, ok := c.returnLapse(rules.NotRewritten, LapseFacts{Day: c.Event.On, Filed: filed}); ok {
		c.deadline(d, "update_by", l.LastDay, filed, l.Basis...)
	}
	c.certificateDays(d, c.holds(rules.DeclinesSignature) == No, c.holds(rules.KeepsUserAuth) == No)
}

func liftDays(c *Case, d *Decision) {
	c.certificateDays(d, c.holds(rules.DeclinesSignature) == No, c.holds(rules.DeclinesUserAuth) == No)
}

// changeDaysAbroad: at the honseki the signature certificate is issued anew, the other stays.
func changeDaysAbroad(c *Case, d *Decision) {
	if c.atHonseki() && c.Visitor.Who != rules.Spouse {
		c.certificateDays(d, true, false)
	}
}

// cardRenewalDays: the window, and the new card's last day as if it were made today.
func cardRenewalDays(c *Case, d *Decision) {
	row := at(c, rules.OverseasRenewal)
	opens := RenewalOpens(c.Card.Until, row.Rule)
	c.window(d, "card_renewal_abroad", opens, civil.Date{}, row.Cite)
	if c.Person.Birth.IsZero() {
		c.want("person.birth_date")
		return
	}
	full := at(c, rules.FullYearAbroad)
	inside := c.on.After(c.Card.Until.AddMonths(-row.Rule.Months)) && !c.on.After(c.Card.Until)
	until, err := CardUntil(CardFacts{Birth: c.Person.Birth, Applied: c.on, Issued: c.on, Renewing: full.Rule && inside})
	if err != nil {
		c.fault("%w", err)
		return
	}
	c.cite(append(until.Basis, full.Cite)...)
	d.Dates.Card = until.Day
}

// certificateRenewalDays: the window; the new last days only where certificates are renewed on the spot.
func certificateRenewalDays(c *Case, d *Decision) {
	row := at(c, rules.OverseasRenewal)
	c.window(d, "certificate_renewal_abroad", RenewalOpens(c.certificatesUntil(), row.Rule), civil.Date{}, row.Cite)
	if c.atHonseki() {
		c.certificateDays(d, true, true)
	}
}

// atHonseki reports that the situation names the honseki municipality, by kind or by code.
func (c *Case) atHonseki() bool {
	return (c.Office.Kind != "" || c.Office.Code != "") && c.at(rules.Honseki).answer == Yes
}

// certificateDays are the last good days of certificates issued today; one that is not issued anew keeps its own, and a
// signature certificate that is neither issued nor kept has none (EXP-003 to EXP-005; supplement 1.9).
func (c *Case) certificateDays(d *Decision, signature, userAuthentication bool) {
	if !c.certificateFacts() {
		return
	}
	d.Dates.Card = c.Card.Until
	d.Dates.UserAuthentication = c.Certs.UserAuthentication.Until
	if userAuthentication {
		d.Dates.UserAuthentication = c.issued(c.Certs.UserAuthentication, civil.Date{})
	}
	if signature {
		d.Dates.Signature = c.issued(c.Certs.Signature, d.Dates.UserAuthentication)
	}
}

// issued is the last day of a certificate issued today in place of the old one.
func (c *Case) issued(old Certificate, authenticator civil.Date) civil.Date {
	row := at(c, rules.DomesticRenewal)
	live := !old.Until.IsZero() && !c.on.After(old.Until) && (old.State == CertificateValid || old.State == "")
	until, err := CertificateUntil(CertificateFacts{Birth: c.Person.Birth, Issued: c.on, Card: c.Card.Until, Authenticator: authenticator,
		Renewing: live && !c.on.Before(RenewalOpens(old.Until, row.Rule))})
	if err != nil {
		c.fault("%w", err)
	}
	c.cite(until.Basis...)
	return until.Day
}

// pinsToSet narrows the PINs to those that the card will have (PIN-023).
func pinsToSet(c *Case, d *Decision) {
	var keep []int
	for _, p := range PINsNeeded(c.Wish.NoSignature != Yes, c.Wish.NoUserAuth != Yes, false) {
		for _, asked := range d.PINs {
			if asked == int(p) {
				keep = append(keep, asked)
			}
		}
	}
	d.PINs = keep
}
