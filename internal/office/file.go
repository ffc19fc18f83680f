package office

import (
	"context"
	"errors"
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// FileRequest is an application as it reaches the accepting office: the form, the photo, and what the clerk saw.
type FileRequest struct {
	RequestKey  string // chosen by the caller; the same key twice files once
	Form        application.RawForm
	Photo       []byte
	DraftCode   string // of a form made on the page; replaces Form and Photo
	Channel     rules.Channel
	ByProxy     bool
	SealedForm  bool // the PIN setting request form is there, in a sealed envelope
	OldCardSeen bool // the void former card was shown (APP-081)
	Foreign     bool // the passport shown is not a Japanese one

	Purpose rules.Procedure   // empty: a first overseas card
	Visitor rules.Visitor     // who hands it in; empty: as ByProxy and the form say
	Event   application.Event // what makes a new card due: loss, damage, another name
}

// longestKey bounds the key that a caller chooses for a request, in bytes.
const longestKey = 200

// File takes an application in (APP-070 to APP-081). What the accepting office cannot know the honseki
// municipality settles; what the registers already answer is answered now.
func (o *Office) File(ctx context.Context, who Actor, r FileRequest) (application.Application, Receipt, error) {
	var filed application.Application
	if err := o.may(ctx, who, "file", ""); err != nil {
		return filed, Receipt{}, err
	}
	if err := checkRequestKey(r.RequestKey); err != nil {
		return filed, Receipt{}, err
	}
	facts, err := o.measureFor(ctx, r)
	if err != nil {
		return filed, Receipt{}, err
	}
	receipt, err := o.act(ctx, who, "file", "", func(t *turn) error {
		var done bool
		if filed, done, err = t.filedBefore(r.RequestKey); err != nil || done {
			return err
		}
		form, photo, draft, err := t.readForm(r)
		if err != nil {
			return err
		}
		if filed, err = t.file(r, form, photo, facts); err != nil {
			return err
		}
		if draft != nil {
			draft.Used = filed.ID
			return t.PutDraft(*draft)
		}
		return nil
	})
	return filed, receipt, err
}

// readForm is the form of the request, or of the draft it names.
func (t *turn) readForm(r FileRequest) (application.Form, []byte, *Draft, error) {
	if r.DraftCode == "" {
		form, err := parseForm(r.Form, t.on)
		return form, r.Photo, nil, err
	}
	draft, err := t.Draft(strings.ToLower(strings.TrimSpace(r.DraftCode)))
	if errors.Is(err, ErrNotFound) {
		return application.Form{}, nil, nil, &Invalid{"draft_code", law.Text{Ja: "この申請書コードは見つかりません。", En: "No form has this code."}}
	}
	if err != nil {
		return application.Form{}, nil, nil, err
	}
	if draft.Used != "" {
		return application.Form{}, nil, nil, &Invalid{"draft_code", law.Text{Ja: "この申請書は受付済みです。", En: "This form has been taken in already."}}
	}
	return draft.Form, draft.Photo, &draft, nil
}

// parseForm reads a form; all its faults are reported at once.
func parseForm(raw application.RawForm, on civil.Date) (application.Form, error) {
	return understood(on)(raw.Parse(on))
}

// understood is the form, or every fault of it as one error. What a rule limits is looked at here: the form
// itself knows no rule.
func understood(on civil.Date) func(application.Form, []application.Fault) (application.Form, error) {
	return func(form application.Form, faults []application.Fault) (application.Form, error) {
		limits, err := rules.OverseasForm.On(on)
		if err != nil {
			return form, err
		}
		var invalid InvalidForm
		for _, f := range faults {
			invalid = append(invalid, Invalid{f.Field, f.Text})
		}
		if n := form.BrailleCells(); n > limits.Rule.BrailleCells {
			text := law.Text{Ja: "点字は%dマスまでです(今は%dマス)。", En: "Braille has at most %d cells; this needs %d."}
			invalid = append(invalid, Invalid{"braille", text.Format(limits.Rule.BrailleCells, n)})
		}
		if len(invalid) > 0 {
			return form, invalid
		}
		return form, nil
	}
}

// file decides and writes.
func (t *turn) file(r FileRequest, form application.Form, photo []byte, facts procedure.PhotoFacts) (application.Application, error) {
	var a application.Application
	known, err := t.lookUp(form)
	if err != nil {
		return a, err
	}
	if r.Purpose == "" {
		r.Purpose = rules.ApplyAbroad
	}
	if r.Purpose == rules.ApplyAbroad {
		err = t.takeFirst(r, form, known)
	} else {
		err = t.takeSuccessor(r, form, known)
	}
	if err != nil {
		return a, err
	}
	facts.Taken = form.PhotoTaken
	basis, err := procedure.CheckPhoto(t.on, facts)
	if err != nil {
		return a, err
	}
	t.because(basis)
	id, err := t.office.id()
	if err != nil {
		return a, err
	}
	t.subject = subjectOf(id)
	a = application.Application{
		ID: id, RequestKey: r.RequestKey, Purpose: string(r.Purpose), Overseas: true, Delivery: application.AtCounter, Event: r.Event,
		State: application.Applied, Filed: t.on,
		Accepting: t.who.Office, InCharge: form.Honseki, Pickup: form.Pickup,
		Channel: string(r.Channel), ByProxy: r.ByProxy, Form: form, OldCardSeen: r.OldCardSeen,
		Papers: application.Custody{With: application.AtOffice, Office: t.who.Office},
	}
	if r.SealedForm {
		a.SealedForm, a.SealedAt = application.FormSealed, a.Papers
	}
	if a.Accepting == a.InCharge {
		a.State = application.Received
		sendForm(&a, a.Accepting)
	}
	t.detail = string(a.State)
	if err := t.PutApplication(a); err != nil {
		return a, err
	}
	if err := t.PutPhoto(a.ID, photo); err != nil {
		return a, err
	}
	return a, t.tell(a, notice.Filed, notice.Facts{})
}

// takeFirst decides about a first overseas card (rules.ApplyFromAbroad).
func (t *turn) takeFirst(r FileRequest, form application.Form, known *register.Person) error {
	applicant := applicantOf(known, form, t.on)
	if r.Foreign {
		applicant.Japanese = procedure.No
	}
	outcome, err := procedure.Apply(t.on, applicant, procedure.Intake{
		Channel: r.Channel, Office: t.kindFor(form.Honseki), PostByPolicy: t.office.Policies.Of(t.who.Office).Post(rules.ApplyAbroad),
		Residence: form.Country, MissionCovers: covers(t.who.Office, form.Country),
		Honseki: form.Honseki,
		ByProxy: r.ByProxy, SealedPINForm: r.SealedForm, Representative: len(form.Representatives) > 0,
	})
	t.because(outcome.Basis)
	return err
}

// lookUp asks Juki-net what is known of the person on the form: by name and birth date, and by the number when it is
// given. Nobody found, or more than one, is nil: the honseki municipality will search. A number that belongs to
// somebody else finds nobody: an answer would be about the wrong person.
func (t *turn) lookUp(form application.Form) (*register.Person, error) {
	born, err := t.PersonsBorn(form.Birth)
	if err != nil {
		return nil, err
	}
	fits := slices.DeleteFunc(born, func(p register.Person) bool {
		return !p.Name.Same(form.Name) || !form.Number.IsZero() && p.Number != form.Number
	})
	if len(fits) != 1 {
		return nil, nil
	}
	return &fits[0], nil
}

// applicantOf is what a register knows of the person, as the facts of the procedure.
func applicantOf(p *register.Person, form application.Form, on civil.Date) procedure.Applicant {
	if p == nil {
		return procedure.Applicant{Birth: form.Birth}
	}
	_, resident := p.ResidentOn(on)
	return procedure.Applicant{
		Japanese:         procedure.AnswerOf(p.Japanese()),
		InFamilyRegister: procedure.AnswerOf(p.FamilyRegister != nil && p.FamilyRegister.Honseki == form.Honseki),
		EverRegistered:   procedure.AnswerOf(len(p.Residences) > 0),
		ResidentNow:      procedure.AnswerOf(resident),
		LastRegistered:   p.LastRegistered(on),
		HasNumber:        procedure.AnswerOf(!p.Number.IsZero()),
		Birth:            p.Birth,
	}
}

// kindFor is what the actor's office is to a case with that honseki.
func (t *turn) kindFor(honseki place.Code) rules.OfficeKind {
	return kindOf(t.who.Office, honseki)
}

func kindOf(at, honseki place.Code) rules.OfficeKind {
	switch {
	case at == honseki:
		return rules.Honseki
	case place.KindOf(at) == place.KindMission:
		return rules.Mission
	default:
		return rules.OtherMunicipality
	}
}

// covers reports that the office is the mission for people who live in the country (APP-070, ISO 3166-1 code).
func covers(at place.Code, country string) bool {
	return slices.ContainsFunc(place.CoveredBy(country), func(m place.Mission) bool { return m.ID == at })
}

// subjectOf is how the journal names an application.
func subjectOf(id string) string { return "application/" + id }

// destroySealedForm destroys a PIN form that nobody will need, unopened (PIN-007).
func (t *turn) destroySealedForm(a *application.Application) error {
	if a.SealedForm != application.FormSealed || a.SealedAt.With == application.Gone {
		return nil
	}
	a.SealedAt = application.Custody{With: application.Gone}
	return t.protocol(keeper(*a), DestroyedForm, subjectOf(a.ID), []string{"PIN-007"}, "unopened")
}

// destroyCard ends a card that nobody collected; its certificates are revoked as destroyed before delivery.
func (t *turn) destroyCard(id string) error {
	c, err := t.Card(id)
	if err != nil {
		return err
	}
	next, err := procedure.Next(card.Life, c.State, card.Destroy)
	if err != nil {
		return err
	}
	c.State, c.Ended, c.Custody.OnTheWay = next.To, t.on, false
	if err := t.protocol(t.who.Office, DestroyedCard, cardSubject(id), t.basis.IDs(), ""); err != nil {
		return err
	}
	certificates, err := t.Certificates(id)
	if err != nil {
		return err
	}
	for _, x := range certificates {
		step, err := procedure.Next(certificate.Life, x.State, certificate.Destroy)
		if err != nil {
			return err
		}
		if step.Already {
			continue // since when and why stands in lists that are out
		}
		// The plan stays where there is no certificate yet: it may have been signed by now, and would give its bytes.
		x.State, x.EndedAt, x.Reason = step.To, t.now, certificate.Unspecified
		if err := t.PutCertificate(x); err != nil {
			return err
		}
	}
	return t.PutCard(c)
}
