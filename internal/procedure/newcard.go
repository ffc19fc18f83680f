package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// PhotoNeeded reports that an applicant gives a photo: from the age of one on (APP-043, CARD-023). From abroad everybody
// does: the overseas form knows no card without one.
func PhotoNeeded(on, birth civil.Date) (bool, Basis, error) {
	row, err := rules.PhotoFromAge.On(on)
	if err != nil {
		return false, nil, err
	}
	return civil.Age(birth, on) >= row.Rule, Basis{row.Cite}, nil
}

// StayBound is the day with which a foreign resident's card ends at the latest: the last day of the period of stay, where
// the residence status is one that binds it (EXP-008, EXP-009). Zero for everybody else.
func StayBound(on civil.Date, p Person) (civil.Date, Basis, error) {
	if p.Nationality != Foreign {
		return civil.Date{}, nil, nil
	}
	row, err := rules.StayBound.On(on)
	if err != nil {
		return civil.Date{}, nil, err
	}
	if !row.Rule[rules.StayStatus(p.ResidenceStatus)] {
		return civil.Date{}, Basis{row.Cite}, nil
	}
	return p.StayUntil, Basis{row.Cite}, nil
}

// Renews reports that an application filed in the situation renews a card that is still good, so that the new one reaches
// one birthday further (EXP-002, supplement 1.6; for cards renewed abroad 1.7). An application for anything else, and the
// renewal of a card that has expired, does not.
func Renews(s *Situation) (bool, Basis, error) {
	c := &Case{Situation: s, on: s.On}
	renews := false
	switch s.Procedure {
	case rules.RenewCardAtHome, rules.ApplyByOutreach, rules.ApplyAtHome:
		renews = c.weigh(rules.HasCard).answer == Yes && c.renewable().answer == Yes
	case rules.RenewCardFromAbroad:
		full, window := at(c, rules.FullYearAbroad), at(c, rules.OverseasRenewal)
		until := s.Card.Until
		renews = full.Rule && !until.IsZero() && s.On.After(until.AddMonths(-window.Rule.Months)) && !s.On.After(until)
		c.cite(full.Cite, window.Cite)
	}
	return renews, c.basis, c.err
}

// RenewsCertificate reports that the certificate of the kind on a card that renews a good one is renewed with it and not
// issued for the first time (EXP-005).
func RenewsCertificate(s *Situation, kind certificate.Kind) bool {
	c := &Case{Situation: s, on: s.On}
	x := s.Certs.UserAuthentication
	if kind == certificate.Signature {
		x = s.Certs.Signature
	}
	return x.State != "" && c.liveOrUntold(kind)
}

// LosesFunction reports that the present card stops working while its successor travels to where it is collected: what
// the sheet of the purpose says of a pickup elsewhere than at the honseki municipality (EXP-071, ABR-050).
func LosesFunction(s *Situation) (bool, Basis, error) {
	info, ok := rules.LookupProcedure(s.Procedure)
	if !ok {
		return false, nil, nil
	}
	row, err := info.Sheet.On(s.On)
	if err != nil {
		return false, nil, err
	}
	c := &Case{Situation: s, on: s.On}
	effects := row.Rule.Effects
	for i := range row.Rule.Ways {
		if w := &row.Rule.Ways[i]; c.at(w.Office).answer == Yes {
			effects = append(effects[:len(effects):len(effects)], w.Effects...)
		}
	}
	for _, e := range effects {
		if e.On != rules.TheCard || e.Becomes != string(card.TemporarilyOutOfFunction) {
			continue
		}
		if ifs, ok := c.under(e.If); ok && len(ifs) == 0 {
			return true, Basis{e.Cite}, c.err
		}
	}
	return false, nil, c.err
}
