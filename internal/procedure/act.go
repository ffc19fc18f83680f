package procedure

import (
	"cmp"
	"slices"

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
	NewPIN  []card.PIN         // of certificates that the card did not have: set, while the others are proved (CERT-010)
	NewCard bool               // the act is an application for a new card
}

// Stage is how far somebody at a window has come.
type Stage uint8

const (
	AtWindow   Stage = iota // with everything that was brought
	Considered              // papers that nobody has looked at yet are not missed
	Replied                 // the holder answered the inquiry: the papers are those of the second visit
)

// Perform decides a procedure that somebody at an office wants to have done now. What Decide leaves under conditions has
// to be settled here: a fact on which an effect rests is asked for. The situation names procedure, office, channel
// and visitor; a procedure of which several kinds of visitor, office or channel remain asks for them. Papers that were
// not ticked are not there; what a visitor who has to come twice brings is looked at when the holder has replied.
func Perform(s *Situation, stage Stage) (Performance, error) {
	c := &Case{Situation: s, on: s.On, basis: make(Basis, 0, 32), acting: true, stage: stage}
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
	if err := out.typed(s, stage == Replied); err != nil {
		return out, err
	}
	if len(d.Visitors) == 1 {
		out.Later, out.Part = !d.Visitors[0].SameDay, d.Visitors[0].Part
	}
	if len(d.Offices) == 1 {
		out.DoneBy = d.Offices[0].DoneBy
	}
	if out.DoneBy != "" && out.SetPIN && stage != Considered && s.Visitor.SealedPINs != Yes {
		// Whoever does the work elsewhere has to find the PINs in a sealed form (PIN-046, PIN-007).
		out.Reasons = nil
		out.refuse(rules.Refuse("sealed_pins_needed"))
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
	BecomesExtended  = "extended"

	BecomesFaceAuthentication = "face_authentication"
	BecomesOrdinary           = "ordinary"
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

// typed says which PINs are entered, and whether to prove that it is the holder's card or to set them. Where somebody else
// comes and types none, those of the procedure stand in the holder's sealed letter, from which the clerk enters them
// (CHG-042, CHG-013).
func (p *Performance) typed(s *Situation, replied bool) error {
	pins := p.PINs
	if len(pins) == 0 && (replied || s.Visitor.SealedPINs == Yes) {
		info, _ := rules.LookupProcedure(s.Procedure)
		row, err := info.Sheet.On(s.On)
		if err != nil {
			return err
		}
		for _, pin := range row.Rule.PINs {
			if pin != card.SignaturePIN || s.Certs.Signature.State != CertificateNone {
				pins = append(pins, int(pin))
			}
		}
	}
	if p.Becomes(rules.ThePINs) == BecomesSet {
		if p.SetPIN = true; s.Wish.PIN != nil {
			pins = []int{*s.Wish.PIN}
		}
	}
	for _, n := range pins {
		p.TypePIN = append(p.TypePIN, card.PIN(n))
	}
	for _, n := range []struct {
		kind certificate.Kind
		pin  card.PIN
		had  CertificateState
	}{{certificate.Signature, card.SignaturePIN, s.Certs.Signature.State}, {certificate.UserAuthentication, card.UserAuthenticationPIN, s.Certs.UserAuthentication.State}} {
		if p.Issues(n.kind) && n.had == CertificateNone && slices.Contains(p.TypePIN, n.pin) {
			p.NewPIN = append(p.NewPIN, n.pin)
		}
	}
	return nil
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

// ReplyDue is the last day on which the reply to an inquiry of the day is taken (CHG-006, NTF-008).
func ReplyDue(asked civil.Date) (Until, error) {
	row, err := rules.ReplyDays.On(asked)
	if err != nil {
		return Until{}, err
	}
	return Until{asked.AddDays(row.Rule), Basis{row.Cite}}, nil
}
