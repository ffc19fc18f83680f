package procedure

import (
	"cmp"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
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
	rules.RegisteredSince: func(c *Case) verdict {
		row := at(c, rules.OverseasApplicants)
		if c.Person.LastRegistered.IsZero() {
			return asks("person.last_registered")
		}
		return is(!c.Person.LastRegistered.Before(row.Rule.RegisteredSince)).with(c.Person.LastRegistered).by(row.Cite)
	},
	rules.NoLivingOverseasCard: func(c *Case) verdict {
		return is(c.Card.Kind != OverseasCard || c.Card.State == "" || c.cardState().Ended())
	},
	rules.MissionCovers:        missionCovers,
	rules.HonsekiKeepsRegister: honsekiKeeps,
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
		return either(c.weigh(rules.NeedsRepresentative).not(), known(c.Visitor.OnForm, "visitor.representative_on_form"))
	},
	rules.FormPINsHidden:  func(c *Case) verdict { return c.atMission(rules.PINsHidden) },
	rules.FormSigned:      func(c *Case) verdict { return c.atMission(rules.RepresentativeActs) },
	rules.PickupAtMission: func(c *Case) verdict { return oneOf(c.Wish.PickupAt, "wish.pickup_at", rules.Mission) },
	rules.PickupAtHonseki: func(c *Case) verdict { return oneOf(c.Wish.PickupAt, "wish.pickup_at", rules.Honseki) },
	rules.AtMission: func(c *Case) verdict {
		if c.Office.Kind == "" && c.Office.Code == "" {
			return asks("office.kind")
		}
		return c.at(rules.Mission)
	},

	rules.CardAlive: func(c *Case) verdict { return c.cardLives(false) },
	rules.CardAliveOrExpired: func(c *Case) verdict {
		row := at(c, rules.AfterExpiryAbroad)
		return c.cardLives(row.Rule).by(row.Cite)
	},
	rules.CanSuspend:      func(c *Case) verdict { return c.cardAct(card.Suspend) },
	rules.CanAbolish:      func(c *Case) verdict { return c.cardAct(card.Abolish) },
	rules.CanReturn:       func(c *Case) verdict { return c.cardAct(card.Return) },
	rules.CanDepart:       func(c *Case) verdict { return c.cardAct(card.Depart) },
	rules.CallsFromAbroad: callsFromAbroad,
	rules.LostAtHome:      func(c *Case) verdict { return known(c.Event.Outside, "event.outside_home").not() },

	rules.DeclinesSignature: func(c *Case) verdict { return is(c.cardOnly || c.Wish.NoSignature == Yes) },
	rules.DeclinesUserAuth:  func(c *Case) verdict { return is(c.cardOnly || c.Wish.NoUserAuth == Yes) },
	rules.ReissuesSignature: func(c *Case) verdict { return c.reissuedAtDeparture(c.Wish.NoSignature) },
	rules.ReissuesUserAuth:  func(c *Case) verdict { return c.reissuedAtDeparture(c.Wish.NoUserAuth) },
	rules.ReissuesAny: func(c *Case) verdict {
		return either(c.reissuedAtDeparture(c.Wish.NoSignature), c.reissuedAtDeparture(c.Wish.NoUserAuth))
	},
	rules.KeepsUserAuth: func(c *Case) verdict {
		row := at(c, rules.KeepUserCertificateOnReturn)
		return is(c.cardOnly || row.Rule && c.Wish.NoUserAuth == Yes).by(row.Cite)
	},
	rules.BeforeDeparture: func(c *Case) verdict {
		if left := c.Person.PlannedDeparture; !left.IsZero() && left.Before(rules.FirstDay) {
			return is(false).with(left) // before there were cards, and long past
		}
		l, ok := c.departure()
		if !ok {
			return asks("person.planned_departure")
		}
		return is(!c.on.After(l.LastDay)).with(c.Person.PlannedDeparture).by(l.Basis...)
	},
	rules.MoveOutFiled: func(c *Case) verdict {
		if c.Event.Filed.IsZero() {
			return asks("event.filed")
		}
		return is(!c.Event.Filed.After(c.on))
	},
	rules.SameDayAsMoveOut: func(c *Case) verdict {
		if c.Event.Filed.IsZero() {
			return asks("event.filed")
		}
		return is(c.Event.Filed == c.on)
	},
	rules.UnderAge: func(c *Case) verdict {
		row := at(c, rules.CardValidity)
		return either(c.younger(row.Rule.Adult), known(c.Person.AdultWard, "person.adult_ward")).by(row.Cite)
	},
	rules.IsYouth: func(c *Case) verdict {
		adult, child := at(c, rules.CardValidity), at(c, rules.StatutoryRepresentativeUnder)
		return both(c.younger(adult.Rule.Adult), c.younger(child.Rule).not()).by(adult.Cite, child.Cite)
	},
	rules.MandateSealed: func(c *Case) verdict {
		switch who := c.Visitor.Who; {
		case who == "" || who == Holder || who == HolderWithRepresentative, c.holds(rules.ReissuesAny) == No:
			return is(true)
		case who == StatutoryRepresentative && (c.holds(rules.NeedsRepresentative) == Yes || c.holds(rules.SameDayAsMoveOut) == No):
			return is(true) // who sets a child's PINs, or rewrites the card alone
		}
		return known(c.Visitor.SealedPINs, "visitor.sealed_pins")
	},
	rules.MovedToJapan: func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.ReturnToJapan) },
	rules.MovedInInTime: func(c *Case) verdict {
		if c.Event.On.IsZero() {
			return asks("event.on")
		}
		return c.before(rules.NotifiedAfter14Days, LapseFacts{Day: c.Event.On, Filed: c.moveInFiled()})
	},
	rules.UpdatedInTime: func(c *Case) verdict {
		return c.before(rules.NotRewritten, LapseFacts{Day: c.Event.On, Filed: c.moveInFiled(), Rewritten: c.on})
	},
	rules.MoveInFiled: func(c *Case) verdict { return is(!c.Event.Filed.IsZero() && c.Event.Filed.Before(c.on)) },

	rules.CardRenewalOpen: func(c *Case) verdict { return c.renewableAbroad(c.Card.Until, "card.until") },
	rules.CertificateRenewalOpen: func(c *Case) verdict {
		return c.renewableAbroad(c.certificatesUntil(), "certificates.user_authentication.until")
	},
	rules.RenewsEarly: func(c *Case) verdict {
		until, row := c.certificatesUntil(), at(c, rules.DomesticRenewal)
		if until.IsZero() {
			return asks("certificates.user_authentication.until")
		}
		return is(c.on.Before(RenewalOpens(until, row.Rule))).by(row.Cite)
	},
	rules.LostOrDamaged: func(c *Case) verdict {
		return oneOf(c.Event.Kind, "event.kind", rules.CardLost, rules.CardStolen, rules.CardBurnt, rules.CardDamaged, rules.Disaster)
	},
	rules.CardIsDamaged:        func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.CardDamaged) },
	rules.DamagedComesInPerson: func(c *Case) verdict { return is(c.Event.Kind != rules.CardDamaged || c.Channel != rules.Post) },
	rules.HappenedAbroad:       func(c *Case) verdict { return known(c.Event.Abroad, "event.abroad") },
	rules.EntriesOnCardChanged: func(c *Case) verdict {
		return oneOf(c.Event.Kind, "event.kind", rules.NameChange, rules.BirthOrSexChange)
	},

	rules.OverseasApplication: func(c *Case) verdict { return known(c.Application.Overseas, "application.overseas") },
	rules.CanCollect:          func(c *Case) verdict { return c.applicationAct(application.HandOver) },
	rules.CanCorrect:          func(c *Case) verdict { return c.applicationAct(application.Correct) },
	rules.CanCancel:           func(c *Case) verdict { return c.applicationAct(application.Cancel) },
	rules.CanSetPINs: func(c *Case) verdict {
		if c.Application.State == "" {
			return asks("application.state")
		}
		return is(c.Application.State != application.HandedOver)
	},
	rules.AtPickupOffice: atPickupOffice,
	rules.CollectsInPerson: func(c *Case) verdict {
		return oneOf(cmp.Or(c.Visitor.Who, Holder), "visitor.who", Holder, HolderWithRepresentative)
	},
	rules.RepresentativeComes: representativeComes,
	rules.PassportAsRegister: func(c *Case) verdict {
		if c.Visitor.PassportSame == Unknown && c.Visitor.Papers == nil {
			return is(true) // nobody has looked at a passport yet
		}
		return known(c.Visitor.PassportSame, "visitor.passport_as_register")
	},
	rules.TookApplication: tookApplication,
	rules.TakesPickupChange: func(c *Case) verdict {
		mission := c.weigh(rules.AtMission)
		switch {
		case c.Office.Kind == "" && c.Office.Code == "":
			return is(true)
		case mission.answer == Yes:
			return either(tookApplication(c), isNewPlace(c))
		}
		return tookApplication(c)
	},
	rules.TakesCancellation: func(c *Case) verdict {
		if honseki := c.at(rules.Honseki); honseki.answer != No {
			return is(true)
		}
		return either(tookApplication(c), isPickupOffice(c))
	},
	rules.HonsekiSame: func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.HonsekiChange).not() },
	rules.StaysAbroad: func(c *Case) verdict { return oneOf(c.Event.Kind, "event.kind", rules.ReturnToJapan).not() },
	rules.OverseasMailHolder: func(c *Case) verdict {
		return either(oneOf(c.Card.Kind, "card.kind", OverseasCard), known(c.Application.Overseas, "application.overseas"))
	},
	rules.ByTelephone: func(c *Case) verdict { return is(c.Channel == rules.Telephone) },
	rules.FeeIsDue: func(c *Case) verdict {
		fee, ask := c.overseasFee(c.Application.Filed, false)
		switch {
		case c.Application.Filed.IsZero():
			return asks("application.filed")
		case c.Application.Filed.Before(rules.ApplyFromAbroad[0].From):
			return is(false).as("scheme_not_open") // nothing could be applied for
		case ask != "":
			return asks(ask)
		}
		return is(fee.Amounts.Total() > 0).by(fee.Basis...)
	},

	rules.FaceAuthentication:  func(c *Case) verdict { return known(c.Card.FaceAuth, "card.face_authentication") },
	rules.PINIsKnown:          func(c *Case) verdict { return c.pinIs(PINKnown) },
	rules.PINIsLost:           func(c *Case) verdict { return c.pinIs(PINForgotten, PINLocked) },
	rules.AboutRegisterPIN:    func(c *Case) verdict { return c.aboutPIN(card.ResidentRegisterPIN) },
	rules.AboutCertificatePIN: func(c *Case) verdict { return c.aboutPIN(card.SignaturePIN, card.UserAuthenticationPIN) },
	rules.OtherPINKnown: func(c *Case) verdict {
		switch {
		case c.Wish.PIN == nil:
			return asks("wish.pin")
		case *c.Wish.PIN == int(card.SignaturePIN):
			return oneOf(c.Card.PINs.UserAuthentication, "card.pins.user_authentication", PINKnown)
		}
		return oneOf(c.Card.PINs.Signature, "card.pins.signature", PINKnown)
	},
	rules.BothCertificatesValid: func(c *Case) verdict {
		valid := func(cert Certificate, fact rules.Fact) verdict {
			if !cert.Until.IsZero() && cert.Until.Before(c.on) {
				return is(false)
			}
			return oneOf(cert.State, fact, CertificateValid)
		}
		return both(valid(c.Certs.Signature, "certificates.signature.state"), valid(c.Certs.UserAuthentication, "certificates.user_authentication.state"))
	},
}

// atMission is the condition where a mission is asked; elsewhere it is met.
func (c *Case) atMission(cond rules.Cond) verdict {
	if c.weigh(rules.AtMission).answer != Yes {
		return is(true)
	}
	return c.weigh(cond)
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

func honsekiKeeps(c *Case) verdict {
	code := c.Person.Honseki
	if code == "" {
		return is(true)
	}
	name := string(code)
	if o, err := place.Lookup(code, c.on); err == nil {
		name = o.NameJa
	}
	return is(place.KeepsRegister(code)).with(name)
}

// cardLives is whether there is a card that has not ended; the refusal names how it ended.
func (c *Case) cardLives(evenExpired bool) verdict {
	v := c.cardIs(func(s card.State) bool { return !s.Ended() || evenExpired && s == card.Expired })
	if c.Card.Kind == NoCard {
		return v.as("no_card_at_all")
	}
	if v.answer == No {
		return v.as("card_" + string(c.cardState()))
	}
	return v
}

// cardAct is whether the card's life allows the act in its state; the refusal is the table's.
func (c *Case) cardAct(act card.Act) verdict {
	v := c.cardIs(func(card.State) bool { return true })
	if v.answer != Yes {
		return v
	}
	cell, err := card.Life.At(c.cardState(), act)
	if err != nil {
		c.fault("%w", err)
	}
	switch cell.Verdict {
	case law.Goes:
		return is(true)
	case law.Already:
		return is(false).as("card_" + string(c.cardState()))
	}
	return is(false).as(cell.Code)
}

// applicationAct is the same of the application under way.
func (c *Case) applicationAct(act application.Act) verdict {
	if c.Application.State == "" {
		return asks("application.state")
	}
	cell, err := application.Life.At(c.Application.State, act)
	if err != nil {
		c.fault("%w", err)
	}
	switch {
	case cell.Verdict == law.Goes:
		return is(true)
	case cell.Code != "":
		return is(false).as(cell.Code)
	}
	if code := map[application.State]string{application.Cancelled: "application_cancelled", application.HandedOver: "card_handed_over"}[c.Application.State]; code != "" {
		return is(false).as(code)
	}
	return is(false)
}

// callsFromAbroad goes by where the caller is, and where nobody said, by where the person lives (CON-034).
func callsFromAbroad(c *Case) verdict {
	if c.Event.Abroad == Unknown && c.Person.Residence != "" {
		return is(c.Person.Residence == Abroad)
	}
	return known(c.Event.Abroad, "event.abroad")
}

// reissuedAtDeparture: both certificates, unless the holder declines (supplement 0.11) or somebody comes who can have
// the card alone rewritten.
func (c *Case) reissuedAtDeparture(declined Answer) verdict {
	row := at(c, rules.ReissueAtDeparture)
	return is(row.Rule && declined != Yes && !c.cardOnly).by(row.Cite)
}

// departure is the lapse that continuing use prevents.
func (c *Case) departure() (Lapse, bool) {
	if c.Person.PlannedDeparture.IsZero() {
		return Lapse{}, false
	}
	l, ok, err := CardLapse(LapseFacts{Event: rules.Departure, Day: c.Person.PlannedDeparture})
	if err != nil {
		c.fault("%w", err)
	}
	return l, ok
}

// moveInFiled is the day of the move-in notification; today, where it is done together with this.
func (c *Case) moveInFiled() civil.Date {
	if c.Event.Filed.IsZero() {
		return c.on
	}
	return c.Event.Filed
}

// before is whether the lapse for that cause has been prevented.
func (c *Case) before(cause rules.LapseCause, f LapseFacts) verdict {
	if first := cmp.Or(f.Day, f.Filed); first.Before(rules.FirstDay) {
		return is(false).with(first) // before there were cards, and long past
	}
	l, ok := c.returnLapse(cause, f)
	if !ok {
		return is(true)
	}
	return is(false).with(l.LastDay).by(l.Basis...)
}

func (c *Case) returnLapse(cause rules.LapseCause, f LapseFacts) (Lapse, bool) {
	f.Event = rules.ReturnToJapan
	all, err := Lapses(f)
	if err != nil {
		c.fault("%w", err)
	}
	i := slices.IndexFunc(all, func(l Lapse) bool { return l.Cause == cause })
	if i < 0 {
		return Lapse{}, false
	}
	return all[i], true
}

// renewableAbroad is whether the window of an overseas card or certificate is open (EXP-023).
func (c *Case) renewableAbroad(until civil.Date, fact rules.Fact) verdict {
	if until.IsZero() {
		return asks(fact)
	}
	row := at(c, rules.OverseasRenewal)
	opens := RenewalOpens(until, row.Rule)
	return is(!c.on.Before(opens)).with(opens).on(opens).by(row.Cite)
}

// certificatesUntil is the day on which the first of the two certificates ends.
func (c *Case) certificatesUntil() civil.Date {
	return earliest(c.Certs.Signature.Until, c.Certs.UserAuthentication.Until)
}

func atPickupOffice(c *Case) verdict {
	v := isPickupOffice(c)
	if v.answer == Unknown {
		return is(true) // the notice says where it is
	}
	name := cmp.Or(c.pickupName, string(c.Application.Pickup), "—")
	if o, err := place.Lookup(c.Application.Pickup, c.on); err == nil {
		name = o.NameJa
	}
	return v.with(name)
}

func isPickupOffice(c *Case) verdict {
	if c.Office.PickUp == Unknown && c.Office.Code != "" && c.Application.Pickup != "" {
		return is(c.Office.Code == c.Application.Pickup)
	}
	return known(c.Office.PickUp, "office.is_pickup_office")
}

// isNewPlace is whether the office is where the card is to be collected from now on. The pickup office of today is not,
// however it is known (ABR-037).
func isNewPlace(c *Case) verdict {
	if c.Office.PickUp == Unknown && c.Office.Code != "" && c.Office.Code == c.Application.Pickup {
		return is(false)
	}
	return known(c.Office.PickUp, "office.is_pickup_office")
}

func tookApplication(c *Case) verdict {
	if c.Office.TookIt == Unknown && c.Office.Code != "" && c.Application.Accepting != "" {
		return is(c.Office.Code == c.Application.Accepting)
	}
	return known(c.Office.TookIt, "office.took_application")
}

func representativeComes(c *Case) verdict {
	if c.Visitor.Who != Holder {
		return is(true)
	}
	return c.weigh(rules.NeedsRepresentative).not()
}

// aboutPIN is whether the PIN in question is one of those.
func (c *Case) aboutPIN(those ...card.PIN) verdict {
	if c.Wish.PIN == nil {
		return asks("wish.pin")
	}
	return is(slices.Contains(those, card.PIN(*c.Wish.PIN)))
}

// pinIs is whether the PIN in question is in one of the states.
func (c *Case) pinIs(states ...PINState) verdict {
	if c.Wish.PIN == nil {
		return asks("wish.pin")
	}
	p := c.Card.PINs
	switch card.PIN(*c.Wish.PIN) {
	case card.SignaturePIN:
		return oneOf(p.Signature, "card.pins.signature", states...)
	case card.UserAuthenticationPIN:
		return oneOf(p.UserAuthentication, "card.pins.user_authentication", states...)
	case card.ResidentRegisterPIN:
		return oneOf(p.ResidentRegister, "card.pins.resident_register", states...)
	}
	return oneOf(p.InputSupport, "card.pins.input_support", states...)
}
