package office

import (
	"context"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// SaveDraft keeps a form that an applicant filled in on the page, so that the office that takes the printed form in
// need not type it again. Nothing is applied for: from abroad that cannot be done online (APP-013, CON-028).
func (o *Office) SaveDraft(ctx context.Context, raw application.RawForm, photo []byte) (Draft, error) {
	now := o.Clock().UTC()
	on := civil.DateOf(now)
	form, err := parseForm(raw, on)
	if err != nil {
		return Draft{}, err
	}
	facts, err := measure(ctx, on, photo)
	if err != nil {
		return Draft{}, err
	}
	facts.Taken = form.PhotoTaken
	if _, err := procedure.CheckPhoto(on, facts); err != nil {
		return Draft{}, err
	}
	code, err := o.id()
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Code: code, Form: form, Photo: photo, Created: now}
	return d, o.Store.Write(ctx, func(tx Tx) error {
		t := &turn{Tx: tx, office: o, now: now, on: on}
		if err := t.keepDraft(); err != nil {
			return err
		}
		return t.PutDraft(d)
	})
}

// Draft is the form with that code.
func (o *Office) Draft(ctx context.Context, code string) (Draft, error) {
	var d Draft
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		d, err = tx.Draft(strings.ToLower(strings.TrimSpace(code)))
		return err
	})
	return d, err
}

// ApplyOnline is what somebody abroad who wants to apply online hears: the refusal and what to do instead.
func (o *Office) ApplyOnline(ctx context.Context) error {
	_, err := procedure.Apply(civil.DateOf(o.Clock()), procedure.Applicant{}, procedure.Intake{Channel: rules.Online})
	return err
}
