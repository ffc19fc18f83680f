package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Suspension is what the 24-hour line does to a card and its certificates.
type Suspension struct {
	Card         Step[card.State]
	Certificates map[certificate.Kind]Step[certificate.State]
	Lines        rules.StopLines
	Basis        Basis
}

// Suspend decides a stop by telephone (LOSS-001, LOSS-003, LOSS-004): the holder calls, the card is
// suspended, both certificates are held at once.
func Suspend(on civil.Date, state card.State, certificates map[certificate.Kind]certificate.State, callerIsHolder bool) (Suspension, error) {
	lines, err := rules.CardStopLines.On(on)
	if err != nil {
		return Suspension{}, err
	}
	if !callerIsHolder {
		return Suspension{}, rules.Refuse("caller_not_holder")
	}
	out := Suspension{Lines: lines.Rule, Basis: Basis{lines.Cite, rules.Refusals["card_suspended"].Cite}, Certificates: map[certificate.Kind]Step[certificate.State]{}}
	if out.Card, err = Next(card.Life, state, card.Suspend); err != nil {
		return Suspension{}, err
	}
	for kind, s := range certificates {
		// A certificate that has ended before stays as it is: the stop takes nothing from it.
		if s == certificate.Revoked || s == certificate.Expired {
			continue
		}
		if out.Certificates[kind], err = Next(certificate.Life, s, certificate.Hold); err != nil {
			return Suspension{}, err
		}
	}
	return out, nil
}
