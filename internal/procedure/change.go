package procedure

import "mynumber/internal/rules"

// changeConds are the conditions of procedures about changes of entries, lapse, periods of stay, certificates.
var changeConds = map[rules.Cond]func(*Case) verdict{
	rules.EntryChangeHappened: func(c *Case) verdict {
		return oneOf(c.Event.Kind, "event.kind", rules.MoveIn, rules.MoveWithin, rules.ReturnToJapan, rules.NameChange, rules.FormerSurname, rules.BirthOrSexChange)
	},
	rules.FormerSurnameChanged: func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.FormerSurname) },
	rules.NameHasChanged: func(c *Case) verdict {
		return oneOf(c.Event.Kind, "event.kind", rules.NameChange, rules.FormerSurname)
	},
	rules.MovedIntoTown: func(c *Case) verdict {
		return oneOf(c.Event.Kind, "event.kind", rules.MoveIn, rules.ReturnToJapan)
	},
	rules.CardNotLapsedByDays: (*Case).notLapsedByDays,
	rules.NotifiedBefore:      func(c *Case) verdict { return is(!c.Event.Filed.IsZero() && c.Event.Filed.Before(c.on)) },
	rules.NotifiesToday: func(c *Case) verdict {
		if c.Event.Filed.IsZero() {
			return asks("event.filed")
		}
		return is(c.Event.Filed == c.on)
	},
	rules.EntryFieldIsFull: func(c *Case) verdict { return known(c.Card.EntryFieldFull, "card.entry_field_full") },
	rules.ProxyComes:       func(c *Case) verdict { return oneOf(c.Visitor.Who, "visitor.who", rules.VoluntaryProxy) },
	rules.FaceCard:         func(c *Case) verdict { return known(c.Card.FaceAuth, "card.face_authentication") },
	rules.SignatureGone: func(c *Case) verdict {
		if c.Certs.Signature.State == CertificateValid && (c.Event.Kind != "" && c.weigh(rules.EntryChangeHappened).answer == Yes) {
			return is(true) // it is revoked by the notification that is made on the same visit
		}
		return oneOf(c.Certs.Signature.State, "certificates.signature.state", CertificateRevoked)
	},
	rules.SignatureAllowed: func(c *Case) verdict {
		return either(c.weigh(rules.NeedsRepresentative).not(), oneOf(c.Visitor.Who, "visitor.who", rules.HolderWithRepresentative))
	},
	rules.HouseholdSameDay: func(c *Case) verdict {
		row := at(c, rules.HouseholdSignature)
		return is(row.Rule && c.Office.HouseholdAnotherDay != Yes).by(row.Cite)
	},
	rules.SignatureIsValid: func(c *Case) verdict {
		return c.certificateIs(c.Certs.Signature, "certificates.signature.state", CertificateValid)
	},
	rules.UserAuthIsValid: func(c *Case) verdict {
		return c.certificateIs(c.Certs.UserAuthentication, "certificates.user_authentication.state", CertificateValid)
	},
	rules.PhoneIsUsed: func(c *Case) verdict {
		return c.certificateIs(c.Phone.Signature, "phone.signature.state", CertificateValid, CertificateHeld)
	},
	rules.CompromisedKey: func(c *Case) verdict {
		return either(c.certificateIs(c.Certs.Signature, "certificates.signature.state", CertificateValid, CertificateHeld),
			c.certificateIs(c.Certs.UserAuthentication, "certificates.user_authentication.state", CertificateValid, CertificateHeld))
	},
	rules.RevokesSignature: func(c *Case) verdict { return known(c.Wish.RevokeSignature, "wish.revoke_signature") },
	rules.RevokesUserAuth:  func(c *Case) verdict { return known(c.Wish.RevokeUserAuth, "wish.revoke_user_authentication") },
	rules.SomethingToRevoke: func(c *Case) verdict {
		return either(both(c.weigh(rules.RevokesSignature), c.weigh(rules.SignatureIsValid)), both(c.weigh(rules.RevokesUserAuth), c.weigh(rules.UserAuthIsValid)))
	},
	rules.MisuseFeared: func(c *Case) verdict { return known(c.Event.Misuse, "event.misuse_feared") },
	rules.HolderComes: func(c *Case) verdict {
		return oneOf(c.Visitor.Who, "visitor.who", rules.Holder, rules.HolderWithRepresentative)
	},
	rules.StayWasExtended: func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.StayExtended) },
	rules.StayIsPending:   func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.StayPending) },
	rules.ExtendedAlready: func(c *Case) verdict { return known(c.Card.ExtendedOnce, "card.specially_extended") },
	rules.SpecifiedCardExists: func(c *Case) verdict {
		row := at(c, rules.SpecifiedResidenceCards)
		return is(row.Rule).by(row.Cite)
	},
}

// changePlans are what these procedures compute beside their sheets.
var changePlans = map[rules.Procedure]plan{
	rules.ChangeAtHome:     {days: entryDeadlines, fee: freeOfCharge(rules.EntriesRewritten)},
	rules.ReissueSignature: {days: newSignatureUntil, fee: freeOfCharge(rules.EntriesRewritten)},
	rules.ExtendStay:       {days: extendedUntil},
	rules.ExtendSpecially:  {days: speciallyExtendedUntil},
}

// certificateIs is a condition on a certificate's state on the day: one whose last day has passed has expired,
// whatever was said of it.
func (c *Case) certificateIs(cert Certificate, fact rules.Fact, those ...CertificateState) verdict {
	state := cert.State
	if (state == CertificateValid || state == CertificateHeld) && !cert.Until.IsZero() && cert.Until.Before(c.on) {
		state = CertificateExpired
	}
	return oneOf(state, fact, those...)
}

// lapseFacts are the days of the situation's event.
func (c *Case) lapseFacts() LapseFacts {
	e := &c.Event
	return LapseFacts{Event: e.Kind, Day: e.On, PlannedMoveOut: e.PlannedMoveOut, Filed: e.Filed, MovedOn: e.MovedOn, Foreign: c.Person.Nationality == Foreign}
}

// notLapsedByDays holds the days of a move against the table of lapses (CHG-020 to CHG-023). A notification that has
// not been filed yet is filed on the day of the visit.
func (c *Case) notLapsedByDays() verdict {
	switch moved := c.weigh(rules.MovedIntoTown); {
	case moved.answer != Yes:
		return moved.not()
	case c.Event.On.IsZero():
		return asks("event.on")
	case c.Event.Kind == rules.MoveIn && c.Event.PlannedMoveOut.IsZero():
		return asks("event.planned_move_out")
	}
	f := c.lapseFacts()
	l, ok, err := CardLapse(f)
	if err != nil {
		c.fault("%w", err)
	}
	if ok && !l.On.After(c.on) {
		return is(false).with(l.On, l.Text).by(l.Basis...)
	}
	return is(true).by(l.Basis...)
}

// entryDeadlines are the last days for the notification, while it has not been filed, and for the update after it.
func entryDeadlines(c *Case, d *Decision) {
	if c.Event.Kind != rules.MoveIn && c.Event.Kind != rules.ReturnToJapan {
		return
	}
	all, err := Lapses(c.lapseFacts())
	if err != nil {
		c.fault("%w", err)
	}
	for _, l := range all {
		if l.EndsCard() && l.Prevent.Act != "" {
			c.deadline(d, string(l.Cause), l.LastDay, l.From, l.Basis...)
		}
	}
}

// newSignatureUntil is the last good day of a signature certificate issued on the day.
func newSignatureUntil(c *Case, d *Decision) {
	if !c.certificateFacts() {
		return
	}
	f := CertificateFacts{Birth: c.Person.Birth, Issued: c.on, Card: c.Card.Until}
	if c.certificateIs(c.Certs.UserAuthentication, "", CertificateValid).answer == Yes {
		f.Authenticator = c.Certs.UserAuthentication.Until
	}
	until, err := CertificateUntil(f)
	if err != nil {
		c.fault("%w", err)
	}
	c.cite(until.Basis...)
	d.Dates.Signature = until.Day
}

// freeOfCharge is the fee of a procedure that never costs anything, and why.
func freeOfCharge(ground rules.FeeGround) func(*Case) *Fee {
	return func(*Case) *Fee {
		return &Fee{Ground: ground, Payment: rules.PayNothing, Basis: Basis{rules.FeeGrounds[ground].Cite}}
	}
}
