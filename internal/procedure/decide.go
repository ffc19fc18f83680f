package procedure

import (
	"cmp"
	"fmt"
	"slices"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// Decide is the rulebook's answer to a situation. With a procedure it holds the case against that procedure's sheet:
// conditions, office, channel, visitor, papers, fee and days. Without one it lists them all. The error is law.ErrNoLaw
// for a day before the card existed, or a fault of the rulebook itself.
func Decide(s *Situation) (Decision, error) { return DecideWithout(s, nil) }

// DecideWithout is Decide for somebody who will not tell some facts: an answer that is allowed does not ask for them any
// more, and leaves out what rests on them. A fact that decides is asked for all the same.
func DecideWithout(s *Situation, untold []rules.Fact) (Decision, error) {
	if s.On.IsZero() || s.On.Before(rules.FirstDay) {
		return Decision{}, fmt.Errorf("the rulebook begins on %s: %w", rules.FirstDay, law.ErrNoLaw)
	}
	if s.Procedure == "" {
		return list(s)
	}
	c := &Case{Situation: s, on: s.On, basis: make(Basis, 0, 32), untold: untold}
	return c.decide()
}

// Case is one situation while it is decided.
type Case struct {
	*Situation
	on     civil.Date
	basis  Basis        // every citation applied
	untold []rules.Fact // nobody will tell them
	detail rules.Fact   // the first fact that would make an allowed answer sharper
	err    error        // the first fault; it ends the decision

	acting bool       // it is being carried out: effects leave nothing open
	stage  Stage      // of carrying it out
	open   rules.Fact // the first fact that an effect rests on and that is not known

	cardOnly   bool   // whoever comes can do the card's part alone
	pickupName string // of the pickup office, where a window knows it by name alone
}

// plan is what a procedure computes beside its sheet. Each function may ask for a fact with c.want and then leaves
// its part of the answer out.
type plan struct {
	fee  func(*Case) *Fee
	days func(*Case, *Decision)
}

// decide holds the case against the sheet.
func (c *Case) decide() (Decision, error) {
	info, ok := rules.LookupProcedure(c.Procedure)
	if !ok {
		return Decision{}, fmt.Errorf("no procedure is called %q", c.Procedure)
	}
	out := Decision{On: c.on, Procedure: info.Code, Name: info.Name}
	row, open, err := c.sheetOn(info, &out)
	if err != nil || !open {
		return out, err
	}
	sheet := &row.Rule
	c.cite(row.Cite)
	c.spouseAs(sheet)
	ask := c.requirements(sheet, &out)
	if out.Status == "" && ask == "" {
		ask = c.places(sheet, &out)
	}
	switch {
	case out.Status == Refused:
	case ask != "":
		out.Status, out.Needs = Needs, need(ask)
	default:
		out.Status = Allowed
		c.rest(sheet, plans[c.Procedure], &out)
		c.withoutSignature(&out)
		if c.detail != "" {
			out.Needs = need(c.detail)
		}
	}
	out.Rules, out.Sources = c.basis.IDs(), c.basis.sources()
	return out, c.err
}

// sheetOn is the sheet of the day. A procedure that has not begun yet, or has ended, is refused.
func (c *Case) sheetOn(info rules.Info, out *Decision) (law.Row[rules.Sheet], bool, error) {
	row, err := info.Sheet.On(c.on)
	if err == nil {
		return row, true, nil
	}
	first := (*info.Sheet)[0]
	refusal := rules.Refuse("procedure_ended")
	if c.on.Before(first.From) {
		refusal = rules.Refuse("procedure_not_begun", first.From)
		out.Opens = &Opening{On: first.From}
	}
	refusal.Cite = first.Cite
	c.cite(first.Cite)
	out.refuse(refusal)
	out.Rules = c.basis.IDs()
	return row, false, nil
}

// requirements holds the case against every condition. All that are broken are told at once; while none is, the first
// fact that is missing is returned.
func (c *Case) requirements(sheet *rules.Sheet, out *Decision) (ask rules.Fact) {
	var opening *Opening
	for i := range sheet.Requires {
		r := &sheet.Requires[i]
		v := c.weigh(r.Cond)
		code := cmp.Or(v.code, r.Refuse)
		cite := rules.Refusals[code].Cite
		switch v.answer {
		case Yes:
			c.cite(cite)
			if out.Status != Refused {
				out.Reasons = append(out.Reasons, reason(string(r.Cond), r.Cond.Text(), cite))
			}
		case No:
			c.cite(cite)
			if out.Status != Refused {
				out.Reasons = nil
			}
			out.refuse(rules.Refuse(code, v.facts...))
			if opening == nil && (!v.opens.IsZero() || r.Opens != "") {
				opening = &Opening{On: v.opens, Procedure: c.where(r.Opens)}
			}
		default:
			if ask == "" {
				ask = v.ask
			}
			if v.ask == "" {
				c.fault("condition %q is unknown and asks for nothing", r.Cond)
			}
		}
	}
	if out.Status == Refused {
		if opening != nil {
			out.Opens = opening
		}
		out.nearest()
	}
	return ask
}

// where is a procedure as it is done where the person lives: from abroad it is another one.
func (c *Case) where(p rules.Procedure) rules.Procedure {
	if away, ok := rules.FromAbroad[p]; ok && c.Person.Residence == Abroad {
		return away
	}
	return p
}

// refuse adds a refusal.
func (d *Decision) refuse(r *law.Refusal) {
	d.Status = Refused
	d.Reasons = append(d.Reasons, Reason{Code: r.Code, Text: r.Text, Next: r.Next, Rules: r.Cite.IDs, Source: r.Cite.Reference()})
	d.nearest()
}

// nearest gives the opening its sentence: what the first refusal says can be done now.
func (d *Decision) nearest() {
	if d.Opens == nil {
		d.Opens = &Opening{}
	}
	d.Opens.Text = d.Reasons[0].Next
}

func reason(code string, text law.Text, cite law.Citation) Reason {
	return Reason{Code: code, Text: text, Rules: cite.IDs, Source: cite.Reference()}
}

// need is the question for a fact.
func need(fact rules.Fact) *Need {
	q := rules.Questions[fact]
	n := &Need{Fact: fact, Question: q.Text, Why: q.Why}
	for _, c := range q.Choices {
		n.Choices = append(n.Choices, Choice{c.Value, c.Text})
	}
	return n
}

// rest is everything that an allowed procedure has besides office and visitor.
func (c *Case) rest(sheet *rules.Sheet, p plan, out *Decision) {
	for i := range sheet.Effects {
		out.effect(c, &sheet.Effects[i])
	}
	out.Messages = c.sentences(out.Messages, sheet.Messages)
	out.Steps = c.sentences(out.Steps, sheet.Steps)
	out.Warnings = c.sentences(out.Warnings, sheet.Warnings)
	for _, e := range sheet.Takes {
		if ifs, ok := c.under(e.If); ok {
			c.cite(e.Cite)
			out.Estimates = append(out.Estimates, Estimate{e.Code, e.Min, e.Max, e.Unit, e.Text, ifs, e.Cite.IDs})
		}
	}
	if p.days != nil {
		p.days(c, out)
	}
	if p.fee != nil {
		if f := p.fee(c); f != nil {
			out.Fee = c.feeAnswer(f)
		}
	}
}

// withoutSignature leaves out what an act would do to a signature certificate that the person does not have: in principle
// under-15s and adult wards get none, and so neither set nor type its PIN (ELIG-020, PIN-023, CHG-014). Where the
// situation says that there is one, or it is what the procedure issues, nothing is left out.
func (c *Case) withoutSignature(d *Decision) {
	switch {
	case c.Procedure == rules.AddCertificates && (c.Visitor.Who == "" || c.Visitor.Who == HolderWithRepresentative), c.Certs.Signature.State != "" && c.Certs.Signature.State != CertificateNone:
		return
	case c.holds(rules.NeedsRepresentative) != Yes:
		return
	}
	signature := func(e EffectAnswer) bool { return e.On == rules.TheSignature }
	number := func(pin int) bool { return pin == int(card.SignaturePIN) }
	if d.Dates.Signature.IsZero() && !slices.ContainsFunc(d.Effects, signature) && !slices.ContainsFunc(d.PINs, number) {
		return
	}
	c.cite(at(c, rules.SignatureCertificates).Cite)
	d.Effects = slices.DeleteFunc(d.Effects, signature)
	d.PINs = slices.DeleteFunc(d.PINs, number)
	d.Dates.Signature = civil.Date{}
}

func (d *Decision) effect(c *Case, e *rules.Effect) {
	if ifs, ok := c.under(e.If); ok {
		c.cite(e.Cite)
		if len(ifs) > 0 && c.acting && c.open == "" {
			c.open = c.firstUnknown(e.If)
		}
		d.Effects = append(d.Effects, EffectAnswer{e.On, e.Becomes, e.Text, ifs, e.Cite.IDs})
	}
}

func (c *Case) sentences(out []Sentence, lines []rules.Line) []Sentence {
	for i := range lines {
		l := &lines[i]
		if ifs, ok := c.under(l.If); ok {
			c.cite(l.Cite)
			out = append(out, Sentence{l.Code, l.Text, ifs, l.Cite.IDs})
		}
	}
	return out
}

// under reports whether something under conditions applies: not when one of them is known not to hold. The conditions
// that are not known yet come back in words.
func (c *Case) under(list []rules.Cond) (ifs []law.Text, applies bool) {
	for _, cond := range list {
		switch c.weigh(cond).answer {
		case No:
			return nil, false
		case Unknown:
			ifs = append(ifs, cond.Text())
		}
	}
	return ifs, true
}

func (c *Case) feeAnswer(f *Fee) *FeeAnswer {
	g := rules.FeeGrounds[f.Ground]
	for _, cite := range f.Basis {
		c.cite(cite)
	}
	return &FeeAnswer{Total: f.Amounts.Total(), Card: f.Amounts.Card, Certificate: f.Amounts.Certificate,
		Ground: f.Ground, Text: g.Text, Payment: f.Payment, Rules: f.Basis.IDs()}
}

// cite notes rules that were applied, each citation of the rulebook once.
func (c *Case) cite(cites ...law.Citation) {
	for _, cite := range cites {
		if len(cite.IDs) > 0 && !slices.ContainsFunc(c.basis, func(b law.Citation) bool { return &b.IDs[0] == &cite.IDs[0] }) {
			c.basis = append(c.basis, cite)
		}
	}
}

// want asks for a fact without which a part of an allowed answer has to be left out.
func (c *Case) want(fact rules.Fact) {
	if c.detail == "" && !slices.Contains(c.untold, fact) {
		c.detail = fact
	}
}

func (c *Case) fault(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// list is every procedure in short. The next fact is the one that most procedures ask for.
func list(s *Situation) (Decision, error) {
	out := Decision{On: s.On, Status: Listed, Procedures: make([]Summary, 0, len(rules.Procedures))}
	asked := map[rules.Fact]int{}
	for _, p := range rules.Procedures {
		one := *s
		one.Procedure = p.Code
		d, err := (&Case{Situation: &one, on: s.On}).decide()
		if err != nil {
			return Decision{}, fmt.Errorf("%s: %w", p.Code, err)
		}
		sum := Summary{Procedure: p.Code, Group: p.Group, Name: p.Name, Status: d.Status}
		switch d.Status {
		case Refused:
			sum.Reason, sum.Opens = &d.Reasons[0], d.Opens
		case Needs:
			sum.Needs = d.Needs
			if asked[d.Needs.Fact]++; out.Needs == nil || asked[d.Needs.Fact] > asked[out.Needs.Fact] {
				out.Needs = d.Needs
			}
		}
		out.Procedures = append(out.Procedures, sum)
	}
	slices.SortStableFunc(out.Procedures, func(a, b Summary) int { return statusOrder[a.Status] - statusOrder[b.Status] })
	return out, nil
}

var statusOrder = map[Status]int{Allowed: 0, Needs: 1, Refused: 2}
