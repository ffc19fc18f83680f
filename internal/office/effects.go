package office

import (
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// carryOut does what the decision says becomes of the card and its certificates, in the transaction of the act, and ends
// the case. New certificates were planned and written to the chip before (CompleteCase).
func (t *turn) carryOut(c *docket.Case, h holding, p procedure.Performance) error {
	act := docket.Complete
	if c.State == docket.Arrived {
		act = docket.Finish
	}
	next, err := procedure.Next(docket.Life, c.State, act)
	if err != nil {
		return err
	}
	c.State = next.To
	if c.State == docket.Done {
		c.Ended = t.on
		if err := t.procedureServed(c.PersonID, rules.Procedure(c.Procedure)); err != nil {
			return err
		}
	}
	t.things(c, p)
	if c.State == docket.CameBack {
		if err := t.tellHolder(h.person, notice.CardBack, notice.Ordinary, notice.Facts{Where: t.placeName(t.who.Office)}); err != nil {
			return err
		}
	}
	if kind, ok := requests[p.Procedure]; ok {
		// The register changes, and what that does to a card is what any event does.
		_, err := t.notify(h.person, register.Notification{ID: eventID(c.PersonID, c.ID), Kind: kind, At: t.who.Office, Filed: t.on, Day: t.on}, "")
		return err
	}
	if h.card != nil {
		if err := t.effects(c, h, p); err != nil {
			return err
		}
	}
	return t.markEvents(h.person, p)
}

// requests are the procedures at a window that are asked of the register (NUM-011, NUM-016).
var requests = map[rules.Procedure]string{rules.ChangeNumber: register.NumberChange, rules.ChangeCode: register.CodeChange}

// effects carries out what becomes of the card, of the certificates it had, and of those it gets.
func (t *turn) effects(c *docket.Case, h holding, p procedure.Performance) error {
	plastic := *h.card
	how := ending{because: procedure.EndedByWish, on: t.on, reason: p.Reason, ownFault: true}
	switch now := p.Becomes(rules.TheCard); card.State(now) {
	case card.Returned:
		how.act = card.Return
	case card.Abolished:
		how.act, how.because = card.Abolish, procedure.EndedByLoss
	case card.Lapsed:
		how.act, how.because = card.Lapse, procedure.EndedNumberChanged
	default:
		if err := t.alter(&plastic, now, p); err != nil {
			return err
		}
	}
	if how.act != "" {
		if how.act == card.Return {
			plastic.Collected, plastic.Custody = true, card.Custody{Office: t.who.Office}
		}
		if err := t.endCard(&plastic, how); err != nil {
			return err
		}
	}
	for _, kind := range certificate.Kinds {
		if !p.Ends(kind) {
			continue
		}
		if err := t.endFormer(c, plastic.ID, kind, how); err != nil {
			return err
		}
	}
	if err := t.phoneEffects(h, p, certificate.Carrier(c.Phone), how); err != nil {
		return err
	}
	if p.Becomes(rules.TheCard) == string(card.Suspended) {
		if err := t.hold(plastic.ID); err != nil {
			return err
		}
	}
	return t.bringIn(c)
}

// alter changes a card that goes on: its state, its entries, its last day or its PINs.
func (t *turn) alter(plastic *card.Card, now string, p procedure.Performance) error {
	var act card.Act
	switch now {
	case string(card.Active):
		if plastic.State == card.Suspended {
			act = card.Lift
		}
		if p.Procedure == rules.ReturnWithCard {
			plastic.Overseas, plastic.Entries = false, plastic.Entries+1
		}
	case string(card.PendingDeparture):
		act, plastic.Entries = card.Depart, plastic.Entries+1
	case string(card.Suspended):
		act = card.Suspend
	case procedure.BecomesRewritten:
		plastic.Entries++
	case procedure.BecomesExtended:
		plastic.Until, plastic.Entries = p.Dates.Card, plastic.Entries+1
		plastic.Extended = plastic.Extended || p.Procedure == rules.ExtendSpecially
	case procedure.BecomesFaceAuthentication:
		plastic.FaceAuth = true
	case procedure.BecomesOrdinary:
		plastic.FaceAuth = false
	case "":
		return nil
	}
	if act != "" {
		next, err := procedure.Next(card.Life, plastic.State, act)
		if err != nil {
			return err
		}
		plastic.State = next.To
	}
	if err := t.PutCard(*plastic); err != nil {
		return err
	}
	plastic.Version++
	return nil
}

// endFormer ends the certificates of the kind that were on the card before the case's own.
func (t *turn) endFormer(c *docket.Case, cardID string, kind certificate.Kind, how ending) error {
	all, err := t.Certificates(cardID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Kind != kind || x.State == certificate.Revoked || x.State == certificate.Expired || puts(c, x) {
			continue
		}
		if err := t.endCertificate(x, how); err != nil {
			return err
		}
	}
	return t.follow(cardID, how, certificateSubjects[kind])
}

// certificateSubjects are the card's certificates, as decisions speak of them.
var certificateSubjects = map[certificate.Kind]rules.Subject{certificate.Signature: rules.TheSignature, certificate.UserAuthentication: rules.TheUserAuthentication}

// puts reports that the case put the certificate on the card.
func puts(c *docket.Case, x certificate.Certificate) bool {
	for _, n := range c.New {
		if n.Kind == x.Kind && n.Generation == x.Generation && n.Counter == x.Counter {
			return true
		}
	}
	return false
}

// bringIn makes the case's new certificates valid: their holder has them.
func (t *turn) bringIn(c *docket.Case) error {
	for _, n := range c.New {
		x, err := t.Certificate(n.Kind, n.Generation, n.Counter)
		if err != nil {
			return err
		}
		for _, act := range []certificate.Act{certificate.Sign, certificate.HandOver} {
			next, err := procedure.Next(certificate.Life, x.State, act)
			if err != nil {
				return err
			}
			x.State = next.To
		}
		x.Plan = nil
		if err := t.PutCertificate(x); err != nil {
			return err
		}
	}
	return nil
}

// hold puts the card's certificates on hold (LOSS-004).
func (t *turn) hold(cardID string) error {
	all, err := t.Certificates(cardID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.State != certificate.Valid {
			continue
		}
		if err := t.holdCertificate(x); err != nil {
			return err
		}
	}
	return nil
}

// holdCertificate stops one certificate without ending it.
func (t *turn) holdCertificate(x certificate.Certificate) error {
	next, err := procedure.Next(certificate.Life, x.State, certificate.Hold)
	if err != nil || next.Already {
		return err
	}
	x.State, x.EndedAt, x.Reason = next.To, t.now, certificate.CertificateHold
	return t.PutCertificate(x)
}

// markEvents notes on the person's events what was done about them: what prevents a lapse is done once it stands there
// (CHG-022, CHG-024, CHG-028).
func (t *turn) markEvents(person register.Person, p procedure.Performance) error {
	rewritten := slices.Contains([]string{procedure.BecomesRewritten, string(card.PendingDeparture)}, p.Becomes(rules.TheCard)) || p.Procedure == rules.ReturnWithCard
	changed := false
	mark := func(day *civil.Date, done bool) {
		if done && day.IsZero() {
			*day, changed = t.on, true
		}
	}
	for i := range person.Events {
		e := &person.Events[i]
		if !e.Stands() {
			continue
		}
		mark(&e.Rewritten, rewritten)
		// A certificate issued before the day of a move says where the holder lives until then, but for continuing use.
		mark(&e.Reissued, p.Issues(certificate.Signature) && (!e.Day.After(t.on) || p.Procedure == rules.ContinueAbroad))
		mark(&e.ContinuingUse, p.Procedure == rules.ContinueAbroad && e.Kind == string(rules.Departure))
		mark(&e.Extended, p.Becomes(rules.TheCard) == procedure.BecomesExtended)
	}
	if !changed {
		return nil
	}
	return t.PutPerson(person)
}

// things says where the case's things are when it is done: the papers are filed, the card is in its holder's hands or
// taken in, and a PIN form that was used is destroyed (PIN-007).
func (t *turn) things(c *docket.Case, p procedure.Performance) {
	for thing := range c.Where {
		where := application.Custody{With: application.AtOffice, Office: t.who.Office}
		switch {
		case c.State == docket.SentBack && thing != docket.SealedPIN:
			where = application.Custody{With: application.OnTheWay, Office: c.Office}
		case thing == docket.SealedPIN:
			where = application.Custody{With: application.Gone}
		case c.State == docket.CameBack && thing == docket.Plastic:
		case thing == docket.Plastic && p.Becomes(rules.TheCard) != string(card.Returned) && p.Becomes(rules.TheCard) != string(card.Abolished):
			where = application.Custody{With: application.WithApplicant}
		}
		c.Where[thing] = where
	}
}
