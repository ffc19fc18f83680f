package procedure

import (
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// CON-012 CON-038 CHG-041: a member of the household gets the signature certificate on the day of the notification, unless the
// office's own policy says no.
func TestHouseholdSignature(t *testing.T) {
	for _, c := range []struct {
		rule    string
		filed   civil.Date
		policy  Answer
		sameDay bool
	}{
		{"CON-038 on the day", day(2026, 4, 8), Unknown, true},
		{"CON-038 on the day, the office says nothing against it", day(2026, 4, 8), No, true},
		{"CON-038 the office's own policy", day(2026, 4, 8), Yes, false},
		{"CHG-041 the day after", day(2026, 4, 7), Unknown, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			s := &Situation{On: day(2026, 4, 8), Procedure: rules.ReissueSignature,
				Person:  Person{Birth: day(1988, 5, 17), AdultWard: No},
				Card:    Card{Kind: DomesticCard, State: "active", AtHand: Yes, FaceAuth: No},
				Certs:   Certificates{Signature: Certificate{State: CertificateRevoked}},
				Visitor: Visit{Who: rules.HouseholdMember, SealedPINs: Yes},
				Office:  Office{HouseholdAnotherDay: c.policy},
				Event:   Event{Filed: c.filed}}
			d, err := Decide(s)
			if err != nil || d.Status != Allowed || len(d.Visitors) != 1 || d.Visitors[0].SameDay != c.sameDay {
				t.Errorf("%+v %v", d.Visitors, err)
			}
		})
	}
}

// EXP-051 EXP-060: the last days of a card whose period of stay was extended, or is about to be.
func TestStayExtensions(t *testing.T) {
	base := Situation{Person: Person{Birth: day(1990, 7, 20), AdultWard: No, Nationality: Foreign, ResidenceStatus: MidLongTerm},
		Card: Card{Kind: DomesticCard, State: "active", Issued: day(2021, 3, 20), AtHand: Yes, ExtendedOnce: No}, Visitor: Visit{Who: rules.Holder}}
	for _, c := range []struct {
		rule        string
		procedure   rules.Procedure
		on, until   civil.Date
		stay        civil.Date // the new one
		card, certs civil.Date
	}{
		{"EXP-051 the new period of stay", rules.ExtendStay, day(2026, 4, 8), day(2026, 4, 20), day(2029, 4, 20), day(2029, 4, 20), day(2029, 4, 20)},
		{"EXP-051 the 10th birthday after the issue", rules.ExtendStay, day(2026, 4, 8), day(2026, 4, 20), day(2030, 7, 21), day(2030, 7, 20), day(2030, 7, 20)},
		{"EXP-051 on that birthday", rules.ExtendStay, day(2026, 4, 8), day(2026, 4, 20), day(2030, 7, 20), day(2030, 7, 20), day(2030, 7, 20)},
		{"EXP-051 the day before it", rules.ExtendStay, day(2026, 4, 8), day(2026, 4, 20), day(2030, 7, 19), day(2030, 7, 19), day(2030, 7, 19)},
		{"EXP-060 two months", rules.ExtendSpecially, day(2026, 4, 8), day(2026, 4, 20), civil.Date{}, day(2026, 6, 20), day(2026, 6, 20)},
		{"EXP-060 two months from 31 December", rules.ExtendSpecially, day(2026, 12, 8), day(2026, 12, 31), civil.Date{}, day(2027, 2, 28), day(2027, 2, 28)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			s := base
			s.On, s.Procedure, s.Card.Until, s.Person.StayUntil = c.on, c.procedure, c.until, c.stay
			s.Event.Kind = map[rules.Procedure]rules.EventKind{rules.ExtendStay: rules.StayExtended, rules.ExtendSpecially: rules.StayPending}[c.procedure]
			d, err := Decide(&s)
			if err != nil || d.Dates.Card != c.card || d.Dates.Signature != c.certs || d.Dates.UserAuthentication != c.certs {
				t.Errorf("%+v %v", d.Dates, err)
			}
		})
	}
	// Supplement 1.17: specified residence cards are issued from 2026-06-14 on.
	for on, want := range map[civil.Date]bool{day(2026, 6, 13): false, day(2026, 6, 14): true} {
		s := base
		s.On, s.Procedure, s.Event.Kind = on, rules.ExtendStay, rules.StayExtended
		d, err := Decide(&s)
		if err != nil || slices.ContainsFunc(d.Warnings, func(l Sentence) bool { return l.Code == "specified_card" }) != want {
			t.Errorf("on %s: %v %v", on, d.Warnings, err)
		}
	}
}
