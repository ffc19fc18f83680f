package procedure

import (
	"cmp"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Performance is a decision that is carried out: who stands there is known, and nothing about its effects is left open.
type Performance struct {
	Decision
	Later   bool               // not today: the holder is asked by letter first (CHG-006)
	Part    rules.Part         // all that this visitor may have done
	DoneBy  rules.OfficeKind   // another office does the work; the card travels there (PIN-046)
	Reason  certificate.Reason // of the certificates that the act ends (CERT-020)
	TypePIN []card.PIN         // the holder types them
	SetPIN  bool               // and they are set, not proved
	NewCard bool               // the act is an application for a new card
}

// Perform decides a procedure that somebody at an office wants to have done now. What Decide leaves under conditions has
// to be settled here: a fact on which an effect rests is asked for. The situation names procedure, office, channel
// and visitor; a procedure of which several kinds of visitor, office or channel remain asks for them.
func Perform(s *Situation) (Performance, error) {
	c := &Case{Situation: s, on: s.On, basis: make(Basis, 0, 32), acting: true}
	d, err := c.decide()
	out := Performance{Decision: d}
	if err != nil || d.Status != Allowed {
		return out, err
	}
	if ask := c.unsettled(&d); ask != "" {
		out.Status, out.Needs = Needs, need(ask)
		return out, nil
	}
	row, err := rules.Revocations.On(s.On)
	if err != nil {
		return out, err
	}
	out.Reason = certificate.CessationOfOperation
	if r, ok := row.Rule[s.Procedure]; ok {
		out.Reason = r
	}
	out.NewCard = d.Becomes(rules.TheApplication) == "applied"
	out.typed(s)
	if len(d.Visitors) == 1 {
		out.Later, out.Part = !d.Visitors[0].SameDay, d.Visitors[0].Part
	}
	if len(d.Offices) == 1 {
		out.DoneBy = d.Offices[0].DoneBy
	}
	c.issuedUntil(&out)
	return out, c.err
}

// Becomes is what a thing becomes by the act; empty when it stays as it is.
func (d *Decision) Becomes(on rules.Subject) string {
	for _, e := range d.Effects {
		if e.On == on {
			return e.Becomes
		}
	}
	return ""
}

// Words of effects on certificates and cards that stand for an act rather than for a state.
const (
	BecomesReissued  = "reissued"
	BecomesRenewed   = "renewed"
	BecomesIssued    = "issued"
	BecomesRewritten = "rewritten"
	BecomesSet       = "set"
	BecomesNone      = "none"
)

// Issues reports that the act gives the card a new certificate of the kind.
func (d *Decision) Issues(kind certificate.Kind) bool {
	switch d.Becomes(subjectOfKind(kind)) {
	case BecomesReissued, BecomesRenewed, BecomesIssued:
		return true
	}
	return false
}

// Ends reports that the certificate of the kind that is on the card now ends by the act.
func (d *Decision) Ends(kind certificate.Kind) bool {
	return d.Issues(kind) || d.Becomes(subjectOfKind(kind)) == string(CertificateRevoked)
}

func subjectOfKind(kind certificate.Kind) rules.Subject {
	if kind == certificate.Signature {
		return rules.TheSignature
	}
	return rules.TheUserAuthentication
}

// unsettled is the first fact without which the act could not be carried out: which office, channel and visitor, and
// whatever a remaining condition of an effect asks for.
func (c *Case) unsettled(d *Decision) rules.Fact {
	switch {
	case c.Visitor.Who == "" && len(d.Visitors) > 0:
		return "visitor.who"
	case c.Channel == "" && len(d.Offices) > 0:
		return "channel"
	case len(d.Offices) > 1:
		return "office.code"
	}
	return c.open
}

// typed says which PINs the holder types, and whether to prove that it is the holder's card or to set them.
func (p *Performance) typed(s *Situation) {
	for _, n := range p.PINs {
		p.TypePIN = append(p.TypePIN, card.PIN(n))
	}
	if p.Becomes(rules.ThePINs) != BecomesSet {
		return
	}
	p.SetPIN = true
	if s.Wish.PIN != nil {
		p.TypePIN = []card.PIN{card.PIN(*s.Wish.PIN)}
	}
}

// issuedUntil fills in the last day of certificates that the act issues and the answer gives no day for: as for any
// certificate issued today (EXP-003 to EXP-005).
func (c *Case) issuedUntil(p *Performance) {
	if p.NewCard {
		return
	}
	user := cmp.Or(p.Dates.UserAuthentication, c.Certs.UserAuthentication.Until)
	if p.Issues(certificate.UserAuthentication) && p.Dates.UserAuthentication.IsZero() {
		p.Dates.UserAuthentication = c.issued(c.Certs.UserAuthentication, civil.Date{})
		user = p.Dates.UserAuthentication
	}
	if p.Issues(certificate.Signature) && p.Dates.Signature.IsZero() {
		p.Dates.Signature = c.issued(c.Certs.Signature, user)
	}
}
