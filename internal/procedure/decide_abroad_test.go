package procedure

import (
	"testing"

	"mynumber/internal/rules"
)

// Whoever lives abroad is not sent to a counter at home: the certificates of an overseas card are renewed by a procedure
// of its own (EXP-072).
func TestOpensWhereThePersonLives(t *testing.T) {
	for residence, want := range map[Residence]rules.Procedure{InJapan: rules.RenewCertificatesAtHome, Abroad: rules.RenewCertificatesAway} {
		s := &Situation{On: day(2026, 11, 22), Procedure: rules.PortalLogin, Person: Person{Residence: residence}, Card: Card{Kind: DomesticCard, State: "active"},
			Certs: Certificates{Signature: Certificate{State: CertificateExpired}, UserAuthentication: Certificate{State: CertificateExpired}},
			Phone: Phone{UserAuth: Certificate{State: CertificateNone}}}
		if residence == Abroad {
			s.Card.Kind = OverseasCard
		}
		d, err := Decide(s)
		if err != nil || d.Opens == nil || d.Opens.Procedure != want {
			t.Errorf("%s: %+v, %v, want %s", residence, d.Opens, err, want)
		}
	}
}
