package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

var homeRenewalConds = map[rules.Cond]func(*Case) verdict{
	rules.CardExpired:       func(c *Case) verdict { return c.cardIs(func(s card.State) bool { return s == card.Expired }) },
	rules.CardEndedEarly:    func(c *Case) verdict { return c.cardIs(homeEnded) },
	rules.RenewableNow:      func(c *Case) verdict { return c.renewable() },
	rules.PeriodOfStayBound: func(c *Case) verdict { return c.stayBound() },
	rules.CertificateOfCard: func(c *Case) verdict {
		user, sign := c.Certs.UserAuthentication.State, c.Certs.Signature.State
		switch {
		case renewable(user) || renewable(sign):
			return is(true)
		case user == "":
			return asks("certificates.user_authentication.state")
		case sign == "":
			return asks("certificates.signature.state")
		}
		return is(false)
	},
	rules.CertificatesDue: func(c *Case) verdict {
		row := at(c, rules.DomesticRenewal)
		if c.anyExpired() {
			return is(true).by(row.Cite)
		}
		until := c.certificateUntil()
		switch {
		case !until.IsZero():
		case renewable(c.Certs.UserAuthentication.State):
			return asks("certificates.user_authentication.until")
		default:
			return asks("certificates.signature.until")
		}
		opens := RenewalOpens(until, row.Rule)
		return is(!c.on.Before(opens)).with(opens).on(opens).by(row.Cite)
	},
	rules.CertificatesGain: func(c *Case) verdict {
		if c.Card.Until.IsZero() || c.anyExpired() {
			return is(true)
		}
		return is(c.certificateUntil().Before(c.Card.Until))
	},
	rules.PINForgottenOrLocked: func(c *Case) verdict {
		p := &c.Card.PINs
		unsure := false
		for _, s := range []PINState{p.Signature, p.UserAuthentication, p.ResidentRegister} {
			switch s {
			case PINForgotten, PINLocked:
				return is(true)
			case "":
				unsure = true
			}
		}
		if unsure && p.Signature == "" {
			return asks("card.pins.signature")
		}
		return is(false)
	},
}

// renewable: a certificate that is there and has not been revoked.
func renewable(s CertificateState) bool { return s == CertificateValid || s == CertificateExpired }

// renewable is whether the card is in its window or past its last day (EXP-022).
func (c *Case) renewable() verdict {
	row := at(c, rules.DomesticRenewal)
	switch {
	case c.cardState() == card.Expired:
		return is(true).by(row.Cite)
	case c.Card.Until.IsZero():
		return asks("card.until")
	}
	opens := RenewalOpens(c.Card.Until, row.Rule)
	return is(!c.on.Before(opens)).with(opens).on(opens).by(row.Cite)
}

// anyExpired is whether a certificate's last day has passed.
func (c *Case) anyExpired() bool {
	for _, x := range []Certificate{c.Certs.UserAuthentication, c.Certs.Signature} {
		if x.State == CertificateExpired || renewable(x.State) && !x.Until.IsZero() && x.Until.Before(c.on) {
			return true
		}
	}
	return false
}

// certificateUntil is the earlier last day of the certificates that can be renewed.
func (c *Case) certificateUntil() civil.Date {
	var days []civil.Date
	for _, x := range []Certificate{c.Certs.UserAuthentication, c.Certs.Signature} {
		if renewable(x.State) {
			days = append(days, x.Until)
		}
	}
	return earliest(days...)
}

// stayBound is whether the card ends with the period of stay (EXP-008, EXP-009).
func (c *Case) stayBound() verdict {
	switch {
	case c.Person.Nationality == Japanese:
		return is(false)
	case c.Person.Nationality == "":
		return asks("person.nationality")
	case c.Person.ResidenceStatus == "":
		return asks("person.residence_status")
	}
	row := at(c, rules.StayBound)
	return is(row.Rule[rules.StayStatus(c.Person.ResidenceStatus)]).by(row.Cite)
}

// newCardUntil is the last good day of a card made on the day (EXP-001, EXP-002, EXP-009).
func (c *Case) newCardUntil(renewing bool) civil.Date {
	u, err := CardUntil(CardFacts{Birth: c.Person.Birth, Applied: c.on, Issued: c.on, Renewing: renewing})
	if err != nil {
		c.fault("%w", err)
	}
	c.cite(u.Basis...)
	if c.stayBound().answer == Yes {
		c.cite(at(c, rules.StayBound).Cite)
		return earliest(u.Day, c.Person.StayUntil)
	}
	return u.Day
}

// certificateDates are the last good days of the certificates that are issued on the day for the card, each as a
// renewal or not; user is the last day of the user authentication certificate that stays. It comes first among those
// wanted, because the signature certificate never outlives it.
func (c *Case) certificateDates(d *Decision, cardUntil, user civil.Date, wanted []certificate.Kind, renewing func(certificate.Kind) bool) {
	for _, kind := range wanted {
		f := CertificateFacts{Birth: c.Person.Birth, Issued: c.on, Card: cardUntil, Renewing: renewing(kind)}
		if kind == certificate.Signature {
			f.Authenticator = user
		}
		u, err := CertificateUntil(f)
		if err != nil {
			c.fault("%w", err)
		}
		c.cite(u.Basis...)
		if kind == certificate.UserAuthentication {
			d.Dates.UserAuthentication, user = u.Day, u.Day
		} else {
			d.Dates.Signature = u.Day
		}
	}
}

// wanted are the certificates of a card made on the day.
func (c *Case) wanted() []certificate.Kind {
	list, basis, err := CertificatesWanted(c.on, CertificateWish{Birth: c.Person.Birth, AdultWard: c.Person.AdultWard == Yes,
		NoSignature: c.Wish.NoSignature == Yes, NoUserAuth: c.Wish.NoUserAuth == Yes, FaceAuthentication: c.Card.FaceAuth == Yes})
	if err != nil {
		c.fault("%w", err)
	}
	c.cite(basis...)
	return list
}

// renewedCardDays are the window of the renewal and the last good days of a card that were made on the day. One that
// renews a card still good reaches one birthday further (supplement 1.6).
func renewedCardDays(c *Case, d *Decision) {
	row := at(c, rules.DomesticRenewal)
	if !c.Card.Until.IsZero() {
		c.window(d, "card_renewal", RenewalOpens(c.Card.Until, row.Rule), noDay, row.Cite)
	}
	c.newCardDays(d, c.cardState() != card.Expired)
}

// newCardDays are the last good days of a new card and its certificates.
func (c *Case) newCardDays(d *Decision, renewing bool) {
	if c.Person.Birth.IsZero() {
		c.want("person.birth_date")
		return
	}
	d.Dates.Card = c.newCardUntil(renewing)
	c.certificateDates(d, d.Dates.Card, noDay, c.wanted(), func(k certificate.Kind) bool { return renewing && c.liveOrUntold(k) })
}

// liveOrUntold: a certificate never outlives its card, so that one still good has less than three months left when the
// card has; one that has ended, or never was, is not renewed but issued (EXP-005).
func (c *Case) liveOrUntold(k certificate.Kind) bool {
	x := c.Certs.UserAuthentication
	if k == certificate.Signature {
		x = c.Certs.Signature
	}
	return (x.State == "" || x.State == CertificateValid) && (x.Until.IsZero() || !x.Until.Before(c.on))
}

// renewedCertificateDays are the window and the last good days of the certificates renewed on the day: each that is
// still good and in its window reaches the sixth birthday (supplement 1.5).
func renewedCertificateDays(c *Case, d *Decision) {
	row := at(c, rules.DomesticRenewal)
	until := c.certificateUntil()
	if !until.IsZero() {
		c.window(d, "certificate_renewal", RenewalOpens(until, row.Rule), noDay, row.Cite)
	}
	if !c.certificateFacts() {
		return
	}
	var list []certificate.Kind
	if renewable(c.Certs.UserAuthentication.State) {
		list = append(list, certificate.UserAuthentication)
	}
	if renewable(c.Certs.Signature.State) {
		list = append(list, certificate.Signature)
	}
	c.certificateDates(d, c.Card.Until, c.Certs.UserAuthentication.Until, list, func(k certificate.Kind) bool {
		x := c.Certs.UserAuthentication
		if k == certificate.Signature {
			x = c.Certs.Signature
		}
		return x.State == CertificateValid && !x.Until.IsZero() && !x.Until.Before(c.on) && !c.on.Before(RenewalOpens(x.Until, row.Rule))
	})
}

// newCertificateDays are the last good days of certificates newly issued onto the card that is there.
func newCertificateDays(c *Case, d *Decision) {
	if !c.certificateFacts() {
		return
	}
	var list []certificate.Kind
	for _, k := range c.wanted() {
		if c.Procedure == rules.LiftAtHome || k == certificate.UserAuthentication && missing(c.Certs.UserAuthentication) || k == certificate.Signature && missing(c.Certs.Signature) {
			list = append(list, k)
		}
	}
	user := c.Certs.UserAuthentication.Until
	if c.Procedure == rules.LiftAtHome {
		user = noDay
	}
	c.certificateDates(d, c.Card.Until, user, list, func(certificate.Kind) bool { return false })
}

func missing(x Certificate) bool { return x.State == CertificateNone }
