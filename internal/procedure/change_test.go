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

// The matrix of changes-and-lapse.md, for the procedures that stand here: who may come, and whether it is done on the day.
func TestDomesticMatrix(t *testing.T) {
	const today, later, never = "today", "later", "never"
	who := []rules.Visitor{rules.Holder, rules.HouseholdMember, rules.StatutoryRepresentative, rules.VoluntaryProxy}
	for _, c := range []struct {
		rule      string
		procedure rules.Procedure
		child     bool
		want      [4]string // in that order; empty: the matrix does not say
	}{
		{"CHG-040 rewrite card entries", rules.ChangeAtHome, false, [4]string{today, today, "", later}},
		{"CHG-040 rewrite a child's card", rules.ChangeAtHome, true, [4]string{never, today, today, later}},
		{"CHG-041 re-issue the signature certificate", rules.ReissueSignature, false, [4]string{today, later, never, later}},
		{"CHG-042 renew certificates", rules.RenewCertificatesAtHome, false, [4]string{today, today, "", today}},
		{"CHG-043 add a certificate", rules.AddCertificates, false, [4]string{today, later, "", later}},
		{"CHG-044 reset PINs", rules.ResetPINInJapan, false, [4]string{today, later, "", later}},
		{"CHG-044 PIN-041 reset a child's PINs", rules.ResetPINInJapan, true, [4]string{never, later, today, later}},
		{"CHG-050 continuing use, on another day than the move-out notification", rules.ContinueAbroad, false, [4]string{today, later, "", later}},
		{"CHG-045 validity change, card", rules.ExtendStay, false, [4]string{today, today, "", today}},
		{"CHG-045 special extension, card", rules.ExtendSpecially, false, [4]string{today, today, "", today}},
		{"CHG-046 lift a suspension", rules.LiftAtHome, false, [4]string{today, "", "", ""}},
		{"CHG-047 loss report", rules.ReportLossAtHome, false, [4]string{today, "", "", ""}},
		{"CHG-048 card pickup", rules.CollectAtHome, false, [4]string{today, "", "", ""}},
		{"CHG-049 re-issue of a lost application form", rules.ReplaceForm, false, [4]string{today, today, "", ""}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			info, _ := rules.LookupProcedure(c.procedure)
			row, err := info.Sheet.On(day(2026, 4, 8))
			if err != nil {
				t.Fatal(err)
			}
			s := &Situation{On: day(2026, 4, 8), Procedure: c.procedure, Person: Person{Birth: day(1988, 5, 17), AdultWard: No},
				Card:    Card{PINs: PINStates{Signature: PINKnown, UserAuthentication: PINKnown, ResidentRegister: PINKnown, InputSupport: PINKnown}},
				Visitor: Visit{SameHousehold: Yes, SealedPINs: Yes}, Event: Event{Filed: day(2026, 4, 1)}}
			if c.child {
				s.Person.Birth = day(2016, 5, 17)
			}
			for i, visitor := range who {
				got := never
				for k := range row.Rule.Ways {
					if row.Rule.Ways[k].Office != rules.Residence {
						continue
					}
					open, _ := (&Case{Situation: s, on: s.On}).visitors(&row.Rule.Ways[k])
					for _, o := range open {
						if o.come.Who == visitor && len(o.ifs) == 0 && got == never {
							got = map[bool]string{true: later, false: today}[o.come.Later]
						}
					}
				}
				if c.want[i] != "" && got != c.want[i] {
					t.Errorf("%s: %s, want %s", visitor, got, c.want[i])
				}
			}
		})
	}
}
