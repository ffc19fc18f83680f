package procedure

import (
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
