package office

import (
	"context"

	"mynumber/internal/application"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// FormRequest is who asks for a new application form, and for whom.
type FormRequest struct {
	PersonID string              // the person the form is for
	Told     procedure.Situation // the visitor with papers
}

// ReplaceForm issues an application form with a new application ID, printed with what the register has today; the form
// before it can no longer be used (APP-001, APP-006, CHG-049).
func (o *Office) ReplaceForm(ctx context.Context, who Actor, r FormRequest) (application.IssuedForm, Receipt, error) {
	var form application.IssuedForm
	receipt, err := o.act(ctx, who, "issue_form", "person/"+r.PersonID, func(t *turn) error {
		h, err := t.holding(r.PersonID)
		if err != nil {
			return err
		}
		s := complete(h.situation(t.on, who.Office, o.Policies.Of(who.Office)), r.Told)
		s.Procedure, s.Channel = rules.ReplaceForm, rules.Visit
		if _, err := t.decided(s); err != nil {
			return err
		}
		form, err = t.issueForm(h.person)
		return err
	})
	return form, receipt, err
}

// issueForm prints a form for a person, in place of those that were not used.
func (t *turn) issueForm(p register.Person) (application.IssuedForm, error) {
	id, err := t.newFormID()
	if err != nil {
		return application.IssuedForm{}, err
	}
	old, err := t.IssuedForms(p.ID)
	if err != nil {
		return application.IssuedForm{}, err
	}
	form := application.IssuedForm{ID: id, PersonID: p.ID, Office: t.who.Office, Issued: t.on, Name: p.Name.Full(), Address: p.CardAddressLine()}
	if err := t.PutIssuedForm(form); err != nil {
		return form, err
	}
	for _, f := range old {
		if !f.Usable() {
			continue
		}
		f.Replaced = form.ID
		if err := t.PutIssuedForm(f); err != nil {
			return form, err
		}
	}
	return form, nil
}

// newFormID is an application ID that nobody has (APP-002).
func (t *turn) newFormID() (string, error) {
	limits, err := rules.OverseasForm.On(t.on)
	if err != nil {
		return "", err
	}
	for {
		id, err := t.office.digits(limits.Rule.ApplicationIDDigits)
		if err != nil {
			return "", err
		}
		if _, err := t.IssuedForm(id); !isNotFound(err) {
			if err != nil {
				return "", err
			}
			continue
		}
		if _, err := t.ApplicationByID(id); !isNotFound(err) {
			if err != nil {
				return "", err
			}
			continue
		}
		return id, nil
	}
}

// FormsOf lists the application forms that a person got, and which of them are out of date; the look is an entry in the
// journal (APP-004, APP-061).
func (o *Office) FormsOf(ctx context.Context, who Actor, personID string) ([]FormLine, error) {
	var lines []FormLine
	_, err := o.act(as(ctx, "person.forms"), who, "look", "person/"+personID, func(t *turn) error {
		lines = nil
		p, err := t.Person(personID)
		if err != nil {
			return err
		}
		if !t.resides(p) {
			return ErrNotFound
		}
		if err := t.lookFor(false); err != nil {
			return err
		}
		forms, err := t.IssuedForms(personID)
		for _, f := range forms {
			lines = append(lines, FormLine{f, f.Name != p.Name.Full() || f.Address != p.CardAddressLine()})
		}
		return err
	})
	return lines, err
}

// FormLine is a form and whether its printed data are no longer the register's.
type FormLine struct {
	application.IssuedForm
	Outdated bool
}
