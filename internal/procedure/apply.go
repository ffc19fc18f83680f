package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// Applicant is what is known about the person who wants an overseas card. At the accepting office
// much may be unknown; at the honseki municipality, which has the supplementary family register, nothing is.
type Applicant struct {
	Japanese         Answer
	InFamilyRegister Answer     // in a supplementary family register (戸籍の附票)
	EverRegistered   Answer     // had a resident record at some time
	ResidentNow      Answer     // has one today
	LastRegistered   civil.Date // the last day of it; zero while unknown or never
	HasNumber        Answer
	Birth            civil.Date
	AdultWard        bool // 成年被後見人
}

// Intake is how an application for an overseas card reaches which office.
type Intake struct {
	Channel        rules.Channel
	Office         rules.OfficeKind
	PostByPolicy   bool       // this office's own policy takes applications by post (CON-010)
	Residence      string     // ISO 3166-1 country the applicant lives in
	MissionCovers  bool       // for a mission: it covers that country
	Honseki        place.Code // as the form names it; a designated city in place of its ward is refused
	ByProxy        bool       // somebody else hands it in (APP-052)
	SealedPINForm  bool       // the PIN setting request form is in a sealed envelope
	Representative bool       // a statutory representative stands on the form
}

// Application is the outcome: what was decided by, and what remains for the honseki municipality.
type Application struct {
	Basis      Basis
	Unsettled  bool          // some fact is unknown: the honseki municipality settles it
	Payment    rules.Payment // how a fee would be paid, if one falls due
	ReadyAbout [2]int        // days to the notice: an estimate, never a deadline
}

// Apply decides whether an application for an overseas card can be taken in on the day. It holds the form against the
// same sheet that the guide answers from (rules.ApplyFromAbroad); what the accepting office does not know refuses
// nothing and is left to the honseki municipality (ABR-021).
func Apply(on civil.Date, a Applicant, in Intake) (Application, error) {
	var out Application
	scheme, err := rules.OverseasScheme.On(on)
	if err != nil {
		return out, err
	}
	if !scheme.Rule {
		return out, rules.Refuse("scheme_not_open")
	}
	c := a.weighed(on)
	c.Office = Office{Kind: in.Office, TakesIt: AnswerOf(in.PostByPolicy), Covers: AnswerOf(in.MissionCovers)}
	c.Channel, c.Person.Honseki, c.Person.Country = in.Channel, in.Honseki, in.Residence
	c.Visitor = Visit{Who: Holder, SealedPINs: AnswerOf(in.SealedPINForm), OnForm: AnswerOf(in.Representative)}
	switch {
	case in.ByProxy:
		c.Visitor.Who = VoluntaryProxy
	case in.Representative && c.holds(rules.NeedsRepresentative) == Yes:
		c.Visitor.Who = StatutoryRepresentative
	}
	if err := c.accepts(rules.ApplyFromAbroad, true); err != nil {
		return out, err
	}
	estimate, err := rules.ReadyEstimateDays.On(on)
	if err != nil {
		return out, err
	}
	out.Basis, out.Unsettled, out.ReadyAbout = append(Basis{scheme.Cite}, c.basis...), !a.settled(), estimate.Rule
	return out, nil
}

// weighed is the applicant as a case that is decided by a sheet.
func (a Applicant) weighed(on civil.Date) *Case {
	s := &Situation{On: on, Person: Person{Birth: a.Birth, AdultWard: AnswerOf(a.AdultWard), HasNumber: a.HasNumber,
		InFamilyRegister: a.InFamilyRegister, EverRegistered: a.EverRegistered, LastRegistered: a.LastRegistered}}
	switch a.Japanese {
	case Yes:
		s.Person.Nationality = Japanese
	case No:
		s.Person.Nationality = Foreign
	}
	switch a.ResidentNow {
	case Yes:
		s.Person.Residence = InJapan
	case No:
		s.Person.Residence = Abroad
	}
	return &Case{Situation: s, on: on}
}

// accepts is the first refusal of the sheet to the case; with places, those for office, channel and visitor too. What
// is unknown refuses nothing.
func (c *Case) accepts(sheet law.Table[rules.Sheet], places bool) error {
	row, err := sheet.On(c.on)
	if err != nil {
		return err
	}
	c.cite(row.Cite)
	var d Decision
	c.requirements(&row.Rule, &d)
	if d.Status != Refused && places {
		c.places(&row.Rule, &d)
	}
	if c.err == nil && d.Status == Refused {
		return d.Refusal()
	}
	return c.err
}

// Refusal is the first reason of a refused decision as the offices' acts give it.
func (d *Decision) Refusal() *law.Refusal {
	r := &d.Reasons[0]
	cite := rules.Refusals[r.Code].Cite
	cite.IDs = r.Rules
	return &law.Refusal{Code: r.Code, Text: r.Text, Next: r.Next, Cite: cite}
}

// settled reports that every fact eligibility rests on is known.
func (a Applicant) settled() bool {
	return a.Japanese != Unknown && a.InFamilyRegister != Unknown && a.EverRegistered != Unknown &&
		a.ResidentNow != Unknown && a.HasNumber != Unknown
}

// NeedsRepresentative reports that the person acts through or with a statutory representative
// (ELIG-004, APP-050, PICK-073): under 15 by the calendar birthday, or an adult ward.
func NeedsRepresentative(on, birth civil.Date, adultWard bool) (bool, error) {
	row, err := rules.StatutoryRepresentativeUnder.On(on)
	if err != nil {
		return false, err
	}
	return adultWard || !birth.IsZero() && civil.Age(birth, on) < row.Rule, nil
}

// Acceptable decides whether the honseki municipality can accept (ABR-021, ABR-022): the person has been
// identified by the supplementary family register and is eligible on the day the application was filed.
func Acceptable(filed civil.Date, identified bool, a Applicant) (Basis, error) {
	if !identified || !a.settled() {
		return nil, rules.Refuse("not_identified")
	}
	c := a.weighed(filed)
	if err := c.accepts(rules.ApplyFromAbroad, false); err != nil {
		return nil, err
	}
	return append(c.basis, rules.Refusals["not_identified"].Cite), nil
}
