package procedure

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// servicesConds are the conditions of procedures about phones, services and the number.
var servicesConds = map[rules.Cond]func(*Case) verdict{
	rules.PhoneKindServed: (*Case).phoneKindServed,
	rules.PhoneIsAndroid:  func(c *Case) verdict { return oneOf(c.Phone.Kind, "phone.kind", Android) },
	rules.PhoneSupported:  func(c *Case) verdict { return known(c.Phone.Supported, "phone.supported") },
	rules.PhoneInHand:     func(c *Case) verdict { return known(c.Phone.AtHand, "phone.at_hand") },
	rules.PhoneWorks: func(c *Case) verdict {
		return both(c.weigh(rules.PhoneInHand), oneOf(c.Phone.PIN, "phone.pin", PINKnown))
	},
	rules.PhoneHeld: func(c *Case) verdict {
		return c.certificateIs(c.Phone.Signature, "phone.signature.state", CertificateHeld)
	},
	rules.PhoneCertificatesEnded: func(c *Case) verdict {
		return c.certificateIs(c.Phone.Signature, "phone.signature.state", CertificateRevoked, CertificateExpired)
	},
	rules.CanAuthenticate: func(c *Case) verdict {
		return either(c.weigh(rules.UserAuthIsValid), c.certificateIs(c.Phone.UserAuth, "phone.user_authentication.state", CertificateValid))
	},
	rules.PIN1Usable:           func(c *Case) verdict { return oneOf(c.Card.PINs.Signature, "card.pins.signature", PINKnown) },
	rules.PIN2Usable:           (*Case).pin2Usable,
	rules.InsuranceRegistered:  func(c *Case) verdict { return known(c.Service.Registered, "service.registered") },
	rules.InsuranceCheckable:   (*Case).insuranceCheckable,
	rules.OldInsuranceGood:     (*Case).oldInsuranceGood,
	rules.NoMoreInsuranceCards: func(c *Case) verdict { return is(!at(c, rules.OldInsuranceCards).Rule.LastDay.IsZero()) },
	rules.NoInsuranceByCard:    (*Case).noInsuranceByCard,
	rules.CheckupAge: func(c *Case) verdict {
		r := at(c, rules.CheckupAges).Rule
		return both(c.younger(r.From).not(), c.younger(r.ElderlyFrom))
	},
	rules.ElderlyCheckupAge: func(c *Case) verdict { return c.younger(at(c, rules.CheckupAges).Rule.ElderlyFrom).not() },
	rules.HighCostScheme:    func(c *Case) verdict { return is(c.Service.HighCost == Yes) },
	rules.RenewedToday:      func(c *Case) verdict { return is(c.Certs.UserAuthentication.Issued == c.on) },
	rules.RenewedLately:     (*Case).renewedLately,
	rules.OldEnoughForKiosk: func(c *Case) verdict {
		row := at(c, rules.Kiosks)
		return c.younger(row.Rule.FromAge).not().by(row.Cite)
	},
	rules.KioskHasProduct:        (*Case).kioskHasProduct,
	rules.MunicipalityOffersIt:   func(c *Case) verdict { return known(c.Service.Offered, "service.offered") },
	rules.FamilyRegisterReady:    (*Case).familyRegisterReady,
	rules.KioskOpen:              (*Case).kioskOpen,
	rules.WantsKioskRegistration: func(c *Case) verdict { return oneOf(c.Service.Product, "service.product", rules.RegisterForFamily) },
	rules.LeavesOrLivesAbroad: func(c *Case) verdict {
		return is(c.Person.Residence == Abroad || !c.Person.PlannedDeparture.IsZero() || c.Event.Kind == rules.Departure)
	},
	rules.HasReader:         func(c *Case) verdict { return known(c.Service.Reader, "service.reader") },
	rules.OwnAccount:        func(c *Case) verdict { return known(c.Service.OwnAccount, "service.own_account") },
	rules.BanksTakeAccounts: func(c *Case) verdict { row := at(c, rules.BanksRegisterAccounts); return is(row.Rule).by(row.Cite) },
	rules.LicenceOnCard: func(c *Case) verdict {
		return oneOf(c.Service.Licence, "service.licence", rules.OnMyNumber, rules.BothForms)
	},
	rules.NumberPurposeLawful:    (*Case).numberPurposeLawful,
	rules.NotificationCardCounts: (*Case).notificationCardCounts,
	rules.PointsCampaignOver:     func(c *Case) verdict { row := at(c, rules.PointsOver); return is(row.Rule).by(row.Cite) },
	rules.NumberWasGiven:         func(c *Case) verdict { return known(c.Service.NumberGiven, "service.number_given") },
	rules.ChipReadWhereDue: func(c *Case) verdict {
		return either(c.weigh(rules.ChipNotReadYet).not(), oneOf(c.Service.Requester, "service.requester", rules.PublicBody).not())
	},
	rules.ChipNotReadYet: func(c *Case) verdict { return oneOf(c.Service.Chip, "service.chip", rules.ChipNotRead) },
	rules.CardGenuine: func(c *Case) verdict {
		return oneOf(c.Service.Chip, "service.chip", rules.ChipDiffers, rules.ChipSilent).not()
	},
	rules.NumberIsWanted: func(c *Case) verdict { return known(c.Service.NumberWanted, "service.number_wanted") },
}

var servicesPlans = map[rules.Procedure]plan{
	rules.PhoneIssue:       {days: phoneUntil},
	rules.PhoneReissue:     {days: phoneUntil},
	rules.PhoneModelChange: {days: phoneUntil},
	rules.PhoneLift:        {days: phoneUntil},
	rules.UseInsurance:     {days: insuranceDays},
	rules.UseOldInsurance:  {days: oldInsuranceDays},
	rules.Licence:          {fee: licenceFee},
}

// phoneKindServed holds the make of the phone against the carriers of the day (SPC-001).
func (c *Case) phoneKindServed() verdict {
	if c.Phone.Kind == "" {
		return asks("phone.kind")
	}
	carrier := map[PhoneKind]rules.Carrier{Android: rules.OnAndroid, IPhone: rules.OnIPhone}[c.Phone.Kind]
	row := at(c, rules.Carriers)
	if slices.Contains(row.Rule, carrier) {
		return is(true).by(row.Cite)
	}
	first := civil.Date{}
	for _, r := range rules.Carriers {
		if first.IsZero() && r.From.After(c.on) && slices.Contains(r.Rule, carrier) {
			first = r.From
		}
	}
	return is(false).with(first).on(first).by(row.Cite)
}

// phoneUntil: what is on a phone ends with the card's signature certificate it was made from (supplement 10.5).
func phoneUntil(c *Case, d *Decision) {
	if c.Certs.Signature.Until.IsZero() {
		c.want("certificates.signature.until")
		return
	}
	d.Dates.PhoneSignature, d.Dates.PhoneUserAuth = c.Certs.Signature.Until, c.Certs.Signature.Until
}

// pin2Usable: a face-authentication card has no PIN.
func (c *Case) pin2Usable() verdict {
	if c.Card.FaceAuth == Yes {
		return is(false)
	}
	return oneOf(c.Card.PINs.UserAuthentication, "card.pins.user_authentication", PINKnown)
}

// insuranceLast is the last day on which the insurance can be checked by the user authentication certificate: the end of
// the third month after the month in which it expired (HIC-034).
func (c *Case) insuranceLast() civil.Date {
	until := c.Certs.UserAuthentication.Until
	if until.IsZero() {
		return until
	}
	first := civil.Day(until.Year(), until.Month(), 1)
	return first.AddMonths(at(c, rules.InsuranceGrace).Rule + 1).AddDays(-1)
}

func (c *Case) insuranceCheckable() verdict {
	row := at(c, rules.InsuranceGrace)
	valid := c.weigh(rules.UserAuthIsValid)
	expired := c.certificateIs(c.Certs.UserAuthentication, "certificates.user_authentication.state", CertificateExpired)
	switch {
	case valid.answer != No:
		return valid
	case expired.answer == No:
		return is(false)
	case c.Certs.UserAuthentication.Until.IsZero():
		return asks("certificates.user_authentication.until")
	}
	return is(!c.on.After(c.insuranceLast())).by(row.Cite)
}

func insuranceDays(c *Case, d *Decision) {
	if c.weigh(rules.UserAuthIsValid).answer == No {
		c.deadline(d, "insurance_by_expired_certificate", c.insuranceLast(), c.Certs.UserAuthentication.Until, at(c, rules.InsuranceGrace).Cite)
	}
}

// oldInsuranceLast is the last day of the old insurance card by itself.
func (c *Case) oldInsuranceLast() civil.Date {
	return earliest(c.Service.OldCardUntil, at(c, rules.OldInsuranceCards).Rule.LastDay)
}

// oldInsuranceGood: up to its own last day and the end of the transition, then with a successful online check (HIC-001).
func (c *Case) oldInsuranceGood() verdict {
	row := at(c, rules.OldInsuranceCards)
	switch last := c.oldInsuranceLast(); {
	case c.Service.OldCardUntil.IsZero():
		return asks("service.insurance_card_until")
	case !c.on.After(last):
		return is(true).by(row.Cite)
	case !row.Rule.CheckedUntil.IsZero() && c.on.After(row.Rule.LastDay) && !c.on.After(row.Rule.CheckedUntil):
		return known(c.Service.OnlineCheck, "service.online_check").by(row.Cite)
	}
	return is(false).by(row.Cite)
}

func oldInsuranceDays(c *Case, d *Decision) {
	if last := c.oldInsuranceLast(); !c.on.After(last) {
		c.deadline(d, "old_insurance_card", last, civil.Date{}, at(c, rules.OldInsuranceCards).Cite)
	}
}

// noInsuranceByCard: no card, one that does not work now, or one that is not registered (HIC-030).
func (c *Case) noInsuranceByCard() verdict {
	return either(c.weigh(rules.CardActive).not(), c.weigh(rules.InsuranceRegistered).not(), c.weigh(rules.InsuranceCheckable).not())
}

// renewedLately: within the days for which kiosk and insurance may not know the new certificate yet (CERT-041, CERT-042).
func (c *Case) renewedLately() verdict {
	issued := c.Certs.UserAuthentication.Issued
	return is(!issued.IsZero() && !issued.After(c.on) && issued.DaysUntil(c.on) <= at(c, rules.Kiosks).Rule.DelayDays)
}

func (c *Case) kioskHasProduct() verdict {
	row := at(c, rules.Kiosks)
	abroad := c.weigh(rules.LivesAbroad)
	switch {
	case abroad.answer != Yes:
		return abroad.not()
	case c.Service.Product == "":
		return asks("service.product")
	}
	return is(slices.Contains(row.Rule.AbroadProducts, c.Service.Product)).by(row.Cite)
}

// familyRegisterReady: only the family register needs the registration, and only of those who live elsewhere (CVS-010).
func (c *Case) familyRegisterReady() verdict {
	family := oneOf(c.Service.Product, "service.product", rules.FamilyRegister)
	if family.answer != Yes {
		return family.not()
	}
	home := known(c.Service.LivesAtHonseki, "service.lives_at_honseki")
	if c.Person.Residence == Abroad {
		home = is(false)
	}
	return either(home, known(c.Service.Registered, "service.registered"))
}

// kioskOpen: shut at the turn of the year.
func (c *Case) kioskOpen() verdict {
	row := at(c, rules.Kiosks)
	shut := func(d civil.Date) bool {
		after := func(m rules.MonthDay) int { return int(d.Month())*100 + d.Day() - m.Month*100 - m.Day }
		return after(row.Rule.Shut[0]) >= 0 || after(row.Rule.Shut[1]) <= 0
	}
	if !shut(c.on) {
		return is(true).by(row.Cite)
	}
	opens := c.on
	for shut(opens) {
		opens = opens.AddDays(1)
	}
	return is(false).with(opens).on(opens).by(row.Cite)
}

// numberPurposeLawful holds requester and purpose against the law's list (NUM-006, NUM-008, NUM-009).
func (c *Case) numberPurposeLawful() verdict {
	row := at(c, rules.NumberUses)
	switch s := &c.Service; {
	case s.Requester == "":
		return asks("service.requester")
	case len(row.Rule[s.Requester]) == 0:
		return is(false).by(row.Cite)
	case s.Purpose == "":
		return asks("service.purpose")
	default:
		return is(slices.Contains(row.Rule[s.Requester], s.Purpose)).by(row.Cite)
	}
}

// notificationCardCounts: since its abolition only while it equals the resident record; unless that is said, it does not.
func (c *Case) notificationCardCounts() verdict {
	row := at(c, rules.NotificationCardProof)
	return is(!row.Rule || c.Service.OldNoticeFits == Yes).by(row.Cite)
}

// licenceFee is the police's fee for the form of the licence: with a renewal or outside one (DRV-002, DRV-003).
func licenceFee(c *Case) *Fee {
	row := at(c, rules.LicenceFees)
	fee := &Fee{Ground: rules.LicenceFee, Payment: rules.PayAtSubmission, Basis: Basis{row.Cite, rules.FeeGrounds[rules.LicenceFee].Cite}}
	switch {
	case c.Service.LicenceRenewal == Unknown:
		c.want("service.licence_renewal")
		return nil
	case c.Service.LicenceRenewal == Yes:
		fee.Amounts.Card = row.Rule.Renewal[c.Service.Licence]
	case c.Service.Licence == rules.BothForms:
		fee.Amounts.Card = row.Rule.BothOutsideRenewal
	default:
		return nil // no source names it
	}
	return fee
}
