package procedure

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/law"
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
	PostByPolicy   bool   // this office's own policy takes applications by post (CON-010)
	Residence      string // ISO 3166-1 country the applicant lives in
	MissionCovers  bool   // for a mission: it covers that country
	HonsekiKeeps   bool   // the named honseki keeps family registers (a ward does, its designated city does not)
	HonsekiName    string
	ByProxy        bool // somebody else hands it in (APP-052)
	SealedPINForm  bool // the PIN setting request form is in a sealed envelope
	Representative bool // a statutory representative stands on the form
}

// Application is the outcome: what was decided by, and what remains for the honseki municipality.
type Application struct {
	Basis      Basis
	Unsettled  bool          // some fact is unknown: the honseki municipality settles it
	Payment    rules.Payment // how a fee would be paid, if one falls due
	ReadyAbout [2]int        // days to the notice: an estimate, never a deadline
}

// Apply decides whether an application for an overseas card can be taken in on the day
// (ELIG-010 to ELIG-018, APP-070 to APP-080).
func Apply(on civil.Date, a Applicant, in Intake) (Application, error) {
	var out Application
	scheme, err := rules.OverseasScheme.On(on)
	if err != nil {
		return out, err
	}
	if !scheme.Rule {
		return out, rules.Refuse("scheme_not_open")
	}
	out.Basis = append(out.Basis, scheme.Cite)
	for _, step := range []func(civil.Date, Applicant, Intake) (law.Citation, error){intake, eligible, represented} {
		cite, err := step(on, a, in)
		if err != nil {
			return Application{}, err
		}
		out.Basis = append(out.Basis, cite)
	}
	out.Unsettled = !a.settled()
	estimate, err := rules.ReadyEstimateDays.On(on)
	if err != nil {
		return Application{}, err
	}
	out.ReadyAbout = estimate.Rule
	return out, nil
}

// settled reports that every fact eligibility rests on is known.
func (a Applicant) settled() bool {
	return a.Japanese != Unknown && a.InFamilyRegister != Unknown && a.EverRegistered != Unknown &&
		a.ResidentNow != Unknown && a.HasNumber != Unknown
}

// intake: where and how (APP-013, APP-070, APP-071, CON-010, CON-028).
func intake(on civil.Date, _ Applicant, in Intake) (law.Citation, error) {
	row, err := rules.OverseasIntake.On(on)
	if err != nil {
		return law.Citation{}, err
	}
	allowed := row.Rule[in.Office]
	switch {
	case in.Channel != rules.Visit && in.Channel != rules.Post:
		return law.Citation{}, rules.Refuse("online_not_available")
	case !slices.Contains(allowed.Always, in.Channel) && !(in.PostByPolicy && slices.Contains(allowed.ByLocal, in.Channel)):
		return law.Citation{}, rules.Refuse("post_only_to_honseki")
	case in.Office == rules.Mission && !in.MissionCovers:
		return law.Citation{}, rules.Refuse("mission_of_another_country")
	case !in.HonsekiKeeps:
		return law.Citation{}, rules.Refuse("office_keeps_no_register", in.HonsekiName)
	}
	return row.Cite, nil
}

// eligible: who (ELIG-010, ELIG-011, ELIG-012, ELIG-014). An unknown fact does not refuse.
func eligible(on civil.Date, a Applicant, _ Intake) (law.Citation, error) {
	row, err := rules.OverseasApplicants.On(on)
	if err != nil {
		return law.Citation{}, err
	}
	switch {
	case a.Japanese == No:
		return law.Citation{}, rules.Refuse("foreign_national")
	case a.ResidentNow == Yes:
		return law.Citation{}, rules.Refuse("still_resident")
	case a.InFamilyRegister == No:
		return law.Citation{}, rules.Refuse("not_in_family_register")
	case a.EverRegistered == No:
		return law.Citation{}, rules.Refuse("never_registered")
	case !a.LastRegistered.IsZero() && a.LastRegistered.Before(row.Rule.RegisteredSince):
		return law.Citation{}, rules.Refuse("registered_too_early", a.LastRegistered)
	case a.HasNumber == No:
		return law.Citation{}, rules.Refuse("no_number")
	}
	return row.Cite, nil
}

// represented: under-15s and adult wards act through a statutory representative, and a proxy
// brings the PINs sealed (APP-050, APP-052, APP-079, ABR-026).
func represented(on civil.Date, a Applicant, in Intake) (law.Citation, error) {
	row, err := rules.StatutoryRepresentativeUnder.On(on)
	if err != nil {
		return law.Citation{}, err
	}
	if in.ByProxy && !in.SealedPINForm {
		return law.Citation{}, rules.Refuse("sealed_form_missing")
	}
	needs, err := NeedsRepresentative(on, a.Birth, a.AdultWard)
	if err != nil {
		return law.Citation{}, err
	}
	if needs && !in.Representative {
		return law.Citation{}, rules.Refuse("applicant_needs_representative")
	}
	return row.Cite, nil
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
	cite, err := eligible(filed, a, Intake{})
	if err != nil {
		return nil, err
	}
	return Basis{cite, rules.Refusals["not_identified"].Cite}, nil
}
