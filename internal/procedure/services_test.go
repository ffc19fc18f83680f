package procedure

import (
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// decided is the first reason's code of a refused situation, "" for an allowed one and the fact for one that needs it.
func decided(t *testing.T, s Situation) string {
	t.Helper()
	d, err := Decide(&s)
	switch {
	case err != nil:
		t.Fatal(err)
	case d.Status == Refused:
		return d.Reasons[0].Code
	case d.Status == Needs:
		return string(d.Needs.Fact)
	}
	return ""
}

var workingCard = Card{Kind: DomesticCard, State: "active", AtHand: Yes, FaceAuth: No, PINs: PINStates{Signature: PINKnown, UserAuthentication: PINKnown}}

func TestCarriers(t *testing.T) {
	for _, c := range []struct {
		rule string
		on   civil.Date
		want []rules.Carrier
	}{
		{"CERT-002 DATE-006 DATE-008 the last certificates of the cards before", day(2018, 12, 31), []rules.Carrier{rules.OnCard, rules.OnJuki}},
		{"CERT-002 DATE-008 the day after", day(2019, 1, 1), []rules.Carrier{rules.OnCard}},
		{"SPC-001 eve of Android", day(2023, 5, 10), []rules.Carrier{rules.OnCard}},
		{"SPC-001 DATE-011 Android", day(2023, 5, 11), []rules.Carrier{rules.OnCard, rules.OnAndroid}},
		{"CON-030 eve of the iPhone", day(2025, 6, 23), []rules.Carrier{rules.OnCard, rules.OnAndroid}},
		{"CON-030 iPhone", day(2025, 6, 24), []rules.Carrier{rules.OnCard, rules.OnAndroid, rules.OnIPhone}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			row, err := rules.Carriers.On(c.on)
			if err != nil || !slices.Equal(row.Rule, c.want) {
				t.Errorf("%v %v", row.Rule, err)
			}
		})
	}
}

func TestInsurance(t *testing.T) {
	old := func(on, until civil.Date, online Answer) Situation {
		return Situation{On: on, Procedure: rules.UseOldInsurance, Service: Service{OldCardUntil: until, OnlineCheck: online}}
	}
	expired := func(on, until civil.Date) Situation {
		return Situation{On: on, Procedure: rules.UseInsurance, Card: workingCard, Service: Service{Registered: Yes},
			Certs: Certificates{UserAuthentication: Certificate{State: CertificateExpired, Until: until}}}
	}
	far := day(2026, 9, 30)
	for _, c := range []struct {
		rule string
		s    Situation
		want string
	}{
		{"HIC-001 DATE-019 own last day before the stop", old(day(2024, 12, 1), day(2024, 12, 1), Unknown), ""},
		{"HIC-001 DATE-019 beyond its year on the eve of the stop", old(day(2024, 12, 1), far, Unknown), ""},
		{"HIC-001 DATE-020 the last day", old(day(2025, 12, 1), far, Unknown), ""},
		{"HIC-001 DATE-020 the day after", old(day(2025, 12, 2), far, No), "old_insurance_card_ended"},
		{"CON-003 the day after, checked", old(day(2025, 12, 2), far, Yes), ""},
		{"CON-003 the last day of the grace", old(day(2026, 3, 31), far, Yes), ""},
		{"CON-003 the grace is over", old(day(2026, 4, 1), far, Yes), "old_insurance_card_ended"},
		{"HIC-034 last day of the third month", expired(day(2026, 12, 31), day(2026, 9, 10)), ""},
		{"HIC-034 the day after", expired(day(2027, 1, 1), day(2026, 9, 10)), "insurance_certificate_expired"},
		{"HIC-034 expired on the last day of a month", expired(day(2026, 11, 30), day(2026, 8, 31)), ""},
		{"HIC-034 the day after that", expired(day(2026, 12, 1), day(2026, 8, 31)), "insurance_certificate_expired"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := decided(t, c.s); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	// HIC-001 DATE-019: whether new insurance cards are still issued.
	for on, want := range map[civil.Date]bool{day(2024, 12, 1): false, day(2024, 12, 2): true} {
		s := old(on, far, Unknown)
		d, err := Decide(&s)
		if err != nil || (len(d.Warnings) > 0) != want {
			t.Errorf("on %s: %v %v", on, d.Warnings, err)
		}
	}
	// HIC-012: which health check is asked about.
	for age, want := range map[int]string{39: "", 40: "consent_checkup", 74: "consent_checkup", 75: "consent_elderly_checkup"} {
		s := Situation{On: day(2026, 4, 8), Procedure: rules.UseInsurance, Card: workingCard, Person: Person{Age: &age}, Service: Service{Registered: Yes},
			Certs: Certificates{UserAuthentication: Certificate{State: CertificateValid}}}
		d, err := Decide(&s)
		has := func(code string) bool {
			return slices.ContainsFunc(d.Steps, func(l Sentence) bool { return l.Code == code })
		}
		if err != nil || has("consent_checkup") != (want == "consent_checkup") || has("consent_elderly_checkup") != (want == "consent_elderly_checkup") {
			t.Errorf("at %d: %v %v", age, d.Steps, err)
		}
	}
}

func TestKiosk(t *testing.T) {
	use := func(on civil.Date, change func(*Situation)) Situation {
		s := Situation{On: on, Procedure: rules.KioskUse, Card: workingCard, Person: Person{Birth: day(1988, 5, 17), Residence: InJapan},
			Certs: Certificates{UserAuthentication: Certificate{State: CertificateValid}}, Service: Service{Product: rules.ResidentRecordCopy, Offered: Yes}}
		if change != nil {
			change(&s)
		}
		return s
	}
	abroad := func(p rules.KioskProduct) func(*Situation) {
		return func(s *Situation) {
			s.Person.Residence, s.Service.Product, s.Service.Registered = Abroad, p, Yes
		}
	}
	born := func(d civil.Date) func(*Situation) { return func(s *Situation) { s.Person.Birth = d } }
	for _, c := range []struct {
		rule string
		s    Situation
		want string
	}{
		{"CVS-001 eve of the 15th birthday", use(day(2026, 4, 8), born(day(2011, 4, 9))), "kiosk_not_under_15"},
		{"CVS-001 15th birthday", use(day(2026, 4, 8), born(day(2011, 4, 8))), ""},
		{"CVS-001 born on 29 February, 15 on 28 February", use(day(2027, 2, 28), born(day(2012, 2, 29))), ""},
		{"CVS-001 28 December", use(day(2026, 12, 28), nil), ""},
		{"CVS-001 29 December", use(day(2026, 12, 29), nil), "kiosk_closed"},
		{"CVS-001 3 January", use(day(2027, 1, 3), nil), "kiosk_closed"},
		{"CVS-001 4 January", use(day(2027, 1, 4), nil), ""},
		{"CVS-003 family register abroad", use(day(2026, 4, 8), abroad(rules.FamilyRegister)), ""},
		{"CVS-003 registration abroad", use(day(2026, 4, 8), abroad(rules.RegisterForFamily)), ""},
		{"CVS-003 resident record abroad", use(day(2026, 4, 8), abroad(rules.ResidentRecordCopy)), "kiosk_abroad_family_register_only"},
		{"CVS-003 seal abroad", use(day(2026, 4, 8), abroad(rules.SealCertificate)), "kiosk_abroad_family_register_only"},
		{"CVS-003 tax abroad", use(day(2026, 4, 8), abroad(rules.TaxCertificate)), "kiosk_abroad_family_register_only"},
		{"CVS-003 DATE-016 eve of the overseas card", use(day(2024, 5, 26), abroad(rules.FamilyRegister)), "kiosk_abroad_family_register_only"},
		{"CVS-003 DATE-016 first day of the overseas card", use(day(2024, 5, 27), abroad(rules.FamilyRegister)), ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := decided(t, c.s); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	// CERT-042: the day of the renewal and the day after.
	for issued, want := range map[civil.Date]bool{day(2026, 4, 6): false, day(2026, 4, 7): true, day(2026, 4, 8): true} {
		s := use(day(2026, 4, 8), func(s *Situation) { s.Certs.UserAuthentication.Issued = issued })
		if d, err := Decide(&s); err != nil || (len(d.Estimates) > 0) != want {
			t.Errorf("renewed %s: %v %v", issued, d.Estimates, err)
		}
	}
}

func TestNumberUses(t *testing.T) {
	all := []rules.Purpose{rules.SocialSecurity, rules.Taxation, rules.DisasterRelief, rules.OtherPurpose}
	for who, lawful := range map[rules.Requester][]rules.Purpose{
		rules.PublicBody: all[:3], rules.Employer: all[:2], rules.FinancialFirm: all[:2], rules.OtherRequester: nil, rules.SomebodyUnknown: nil,
	} {
		for _, purpose := range all {
			want := "number_purpose_unlawful"
			if slices.Contains(lawful, purpose) {
				want = ""
			}
			if got := decided(t, Situation{On: day(2026, 4, 8), Procedure: rules.NumberAsked, Service: Service{Requester: who, Purpose: purpose}}); got != want {
				t.Errorf("NUM-006 NUM-009 %s for %s: %q, want %q", who, purpose, got, want)
			}
		}
	}
	// NUM-019: a Notification Card that no longer equals the resident record.
	for on, want := range map[civil.Date]string{day(2020, 5, 24): "", day(2020, 5, 25): "paper_missing"} {
		s := Situation{On: on, Procedure: rules.NumberAsked, Channel: rules.Visit, Service: Service{Requester: rules.Employer, Purpose: rules.Taxation, OldNoticeFits: No},
			Visitor: Visit{Who: rules.Holder, Papers: []PaperAtWindow{{Kind: rules.NotificationCard}, {Kind: rules.DrivingLicence}}}}
		if got := decided(t, s); got != want {
			t.Errorf("NUM-019 DATE-009 on %s: %q, want %q", on, got, want)
		}
	}
	// SEC-022 DATE-013: mails about points are fraud once the campaign is over.
	for on, want := range map[civil.Date]bool{day(2023, 9, 30): false, day(2023, 10, 1): true} {
		d, err := Decide(&Situation{On: on, Procedure: rules.NumberAsked, Service: Service{Requester: rules.Employer, Purpose: rules.Taxation}})
		if err != nil || slices.ContainsFunc(d.Warnings, func(l Sentence) bool { return l.Code == "points_mail" }) != want {
			t.Errorf("SEC-022 on %s: %v %v", on, d.Warnings, err)
		}
	}
}

// PMA-004 DATE-021: financial institutions register accounts from the fiscal year 2025 on.
func TestBanksRegisterAccounts(t *testing.T) {
	for on, want := range map[civil.Date]string{day(2025, 3, 31): "office_cannot", day(2025, 4, 1): ""} {
		s := Situation{On: on, Procedure: rules.MoneyAccount, Card: workingCard, Office: Office{Kind: rules.Bank}, Service: Service{OwnAccount: Yes},
			Certs: Certificates{UserAuthentication: Certificate{State: CertificateValid}}}
		if got := decided(t, s); got != want {
			t.Errorf("on %s: %q, want %q", on, got, want)
		}
	}
}

// DRV-002 DRV-003: with a renewal and outside one.
func TestLicenceFee(t *testing.T) {
	for _, c := range []struct {
		form    rules.LicenceForm
		renewal Answer
		want    rules.Yen
	}{
		{rules.OnMyNumber, Yes, 2100}, {rules.BothForms, Yes, 2950}, {rules.BothForms, No, 1500}, {rules.OnMyNumber, No, -1}, {rules.BothForms, Unknown, -1},
	} {
		s := Situation{On: day(2026, 4, 8), Procedure: rules.Licence, Card: workingCard, Service: Service{Licence: c.form, LicenceRenewal: c.renewal}}
		d, err := Decide(&s)
		switch {
		case err != nil:
			t.Fatal(err)
		case c.want < 0 && d.Fee != nil, c.want >= 0 && (d.Fee == nil || d.Fee.Total != c.want):
			t.Errorf("%+v: %+v", c, d.Fee)
		}
	}
}
