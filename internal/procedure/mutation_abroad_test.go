package procedure

import (
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// abroadMutants change the named switches of the procedures abroad; TestAbroadSwitches says what each decides.
func abroadMutants() []mutant {
	return []mutant{
		{"ReissueAtDeparture off", "TestAbroadSwitches", func() { rules.ReissueAtDeparture[0].Rule = false }},
		{"KeepUserCertificateOnReturn off", "TestAbroadSwitches", func() { rules.KeepUserCertificateOnReturn[0].Rule = false }},
		{"AfterExpiryAbroad off", "TestAbroadSwitches", func() { rules.AfterExpiryAbroad[0].Rule = false }},
		{"FullYearAbroad off", "TestAbroadSwitches", func() { rules.FullYearAbroad[0].Rule = false }},
	}
}

// Each case is decided by one switch, the other way round if it were set otherwise.
func TestAbroadSwitches(t *testing.T) {
	on := day(2026, 4, 1)
	for _, c := range []struct {
		name string
		s    Situation
		want func(Decision) bool
	}{
		{"ABR-008 ABR-010 both certificates are issued anew at departure", Situation{Procedure: rules.ContinueAbroad,
			Person: Person{Nationality: Japanese, Residence: InJapan, PlannedDeparture: day(2026, 4, 10), Birth: day(1988, 5, 17)},
			Card:   Card{Kind: DomesticCard, State: "active", AtHand: Yes, Until: day(2032, 5, 17)}, Event: Event{Filed: on}},
			func(d Decision) bool {
				return becomes(d, rules.TheSignature) == "reissued" && d.Dates.Signature == day(2030, 5, 17)
			}},
		{"ABR-060 the user authentication certificate may be kept on return", Situation{Procedure: rules.ReturnWithCard,
			Card: Card{Kind: OverseasCard, State: "active", AtHand: Yes, Until: day(2032, 5, 17)}, Wish: Wish{NoUserAuth: Yes},
			Event: Event{Kind: rules.ReturnToJapan, On: on, Filed: on}},
			func(d Decision) bool { return becomes(d, rules.TheUserAuthentication) == "valid" }},
		{"CON-035 EXP-023 an expired overseas card can be renewed", Situation{Procedure: rules.RenewCardFromAbroad,
			Person: Person{Residence: Abroad}, Card: Card{Kind: OverseasCard, State: "active", Until: on.AddDays(-1)}},
			func(d Decision) bool { return d.Status == Allowed }},
		{"EXP-023 EXP-070 inside the last year the new card has its 11th birthday", Situation{Procedure: rules.RenewCardFromAbroad,
			Person: Person{Residence: Abroad, Birth: day(1988, 5, 17)}, Card: Card{Kind: OverseasCard, State: "active", Until: day(2026, 5, 17)}},
			func(d Decision) bool { return d.Dates.Card == day(2036, 5, 17) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.s.On = on
			d, err := Decide(&c.s)
			if err != nil || !c.want(d) {
				t.Errorf("%v, %+v", err, d)
			}
		})
	}
}

// becomes is the state of something after the act.
func becomes(d Decision, what rules.Subject) string {
	i := slices.IndexFunc(d.Effects, func(e EffectAnswer) bool { return e.On == what })
	if i < 0 {
		return ""
	}
	return d.Effects[i].Becomes
}

// A certificate issued at departure or on return ends on the 5th birthday after that day, the 6th where the old one had
// less than three months left, and never after its card (EXP-003 to EXP-005).
func TestCertificatesIssuedAbroad(t *testing.T) {
	for _, c := range []struct {
		name             string
		birth            civil.Date
		on, old, card    civil.Date
		user, signature  civil.Date
		withoutSignature bool
	}{
		{name: "EXP-003 5th birthday", birth: day(1988, 5, 17), on: day(2026, 4, 1), old: day(2028, 5, 17), card: day(2033, 5, 17), user: day(2030, 5, 17), signature: day(2030, 5, 17)},
		{name: "EXP-005 three months to the day: 5th", birth: day(1988, 7, 1), on: day(2026, 4, 1), old: day(2026, 7, 1), card: day(2033, 7, 1), user: day(2030, 7, 1), signature: day(2030, 7, 1)},
		{name: "EXP-005 a day less than three months: 6th", birth: day(1988, 7, 1), on: day(2026, 4, 2), old: day(2026, 7, 1), card: day(2033, 7, 1), user: day(2031, 7, 1), signature: day(2031, 7, 1)},
		{name: "EXP-004 never after the card", birth: day(1988, 5, 17), on: day(2026, 4, 1), old: day(2027, 5, 17), card: day(2027, 5, 17), user: day(2027, 5, 17), signature: day(2027, 5, 17)},
		{name: "EXP-007 born on 29 February", birth: day(1988, 2, 29), on: day(2026, 4, 1), old: day(2028, 2, 28), card: day(2033, 2, 28), user: day(2031, 2, 28), signature: day(2031, 2, 28)},
		{name: "EXP-007 born on 29 February, a leap year at the end", birth: day(1988, 2, 29), on: day(2027, 4, 1), old: day(2030, 2, 28), card: day(2036, 2, 28), user: day(2032, 2, 28), signature: day(2032, 2, 28)},
		{name: "EXP-007 issued on the birthday", birth: day(1990, 4, 1), on: day(2026, 4, 1), old: day(2029, 4, 1), card: day(2034, 4, 1), user: day(2031, 4, 1), signature: day(2031, 4, 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Situation{On: c.on, Procedure: rules.ReturnWithCard, Person: Person{Birth: c.birth},
				Card:  Card{Kind: OverseasCard, State: "active", AtHand: Yes, Until: c.card},
				Certs: Certificates{Signature: Certificate{State: CertificateValid, Until: c.old}, UserAuthentication: Certificate{State: CertificateValid, Until: c.old}},
				Event: Event{Kind: rules.ReturnToJapan, On: c.on, Filed: c.on}}
			d, err := Decide(&s)
			if err != nil || d.Dates.UserAuthentication != c.user || d.Dates.Signature != c.signature {
				t.Errorf("%v: %+v", err, d.Dates)
			}
		})
	}
}

// The window of an overseas card opens on the day one year before its last day (EXP-023, supplement 0.3).
func TestOverseasRenewalWindow(t *testing.T) {
	for _, c := range []struct {
		name  string
		until civil.Date
		on    civil.Date
		want  Status
	}{
		{"EXP-023 the day before", day(2027, 5, 17), day(2026, 5, 16), Refused},
		{"EXP-023 one year before", day(2027, 5, 17), day(2026, 5, 17), Allowed},
		{"EXP-023 the day after", day(2027, 5, 17), day(2026, 5, 18), Allowed},
		{"EXP-023 until 28 February 2029, the day before", day(2029, 2, 28), day(2028, 2, 27), Refused},
		{"EXP-023 until 28 February 2029, in a leap year", day(2029, 2, 28), day(2028, 2, 28), Allowed},
		{"EXP-023 on the last day", day(2027, 5, 17), day(2027, 5, 17), Allowed},
		{"CON-035 the day after the last day", day(2027, 5, 17), day(2027, 5, 18), Allowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Situation{On: c.on, Procedure: rules.RenewCardFromAbroad, Person: Person{Residence: Abroad}, Card: Card{Kind: OverseasCard, State: "active", Until: c.until}}
			d, err := Decide(&s)
			if err != nil || d.Status != c.want || (c.want == Refused && (d.Reasons[0].Code != "renewal_not_open" || d.Opens.On != RenewalOpens(c.until, rules.OverseasRenewal[0].Rule))) {
				t.Errorf("%v: %+v", err, d)
			}
		})
	}
}
