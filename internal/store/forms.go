package store

import (
	"encoding/json"
	"fmt"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

const formColumns = "id, person_id, office, issued, name, address, used, replaced"

func scanForm(s scanner) (application.IssuedForm, error) {
	var f application.IssuedForm
	var issued string
	if err := s.Scan(&f.ID, &f.PersonID, &f.Office, &issued, &f.Name, &f.Address, &f.Used, &f.Replaced); err != nil {
		return f, err
	}
	var err error
	if f.Issued, err = civil.Parse(issued); err != nil {
		return f, fmt.Errorf("application form: %w", err)
	}
	return f, nil
}

// IssuedForm is the application form with the ID.
func (t *tx) IssuedForm(id string) (application.IssuedForm, error) {
	found, err := list(t, scanForm, "SELECT "+formColumns+" FROM application_form WHERE id = $1", id)
	if err != nil {
		return application.IssuedForm{}, err
	}
	if len(found) == 0 {
		return application.IssuedForm{}, office.ErrNotFound
	}
	return found[0], nil
}

// IssuedForms lists the forms of a person, the oldest first.
func (t *tx) IssuedForms(personID string) ([]application.IssuedForm, error) {
	return list(t, scanForm, "SELECT "+formColumns+" FROM application_form WHERE person_id = $1 ORDER BY issued, id", personID)
}

// PutIssuedForm adds a form, or notes what became of it.
func (t *tx) PutIssuedForm(f application.IssuedForm) error {
	return t.exec(`INSERT INTO application_form (`+formColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET used = excluded.used, replaced = excluded.replaced`,
		f.ID, f.PersonID, string(f.Office), f.Issued.String(), f.Name, f.Address, f.Used, f.Replaced)
}

const outreachColumns = "id, version, office, state, asked, visit, doc"

func scanOutreach(s scanner) (application.Outreach, error) {
	var o application.Outreach
	var asked, visit, doc string
	if err := s.Scan(&o.ID, &o.Version, &o.Office, &o.State, &asked, &visit, &doc); err != nil {
		return o, err
	}
	if err := json.Unmarshal([]byte(doc), &o); err != nil {
		return o, fmt.Errorf("outreach %s: %w", o.ID, err)
	}
	var err error
	if o.Asked, err = civil.Parse(asked); err == nil && visit != "" {
		o.Visit, err = civil.Parse(visit)
	}
	if err != nil {
		return o, fmt.Errorf("outreach %s: %w", o.ID, err)
	}
	return o, nil
}

// Outreach is the request with the key.
func (t *tx) Outreach(id string) (application.Outreach, error) {
	found, err := list(t, scanOutreach, "SELECT "+outreachColumns+" FROM outreach WHERE id = $1", id)
	if err != nil {
		return application.Outreach{}, err
	}
	if len(found) == 0 {
		return application.Outreach{}, office.ErrNotFound
	}
	return found[0], nil
}

// Outreaches lists the requests of an office, the newest first.
func (t *tx) Outreaches(at place.Code, limit int) ([]application.Outreach, error) {
	return list(t, scanOutreach, "SELECT "+outreachColumns+" FROM outreach WHERE office = $1 ORDER BY asked DESC, id LIMIT $2", string(at), limit)
}

// PutOutreach adds a request of version 0 or changes the one whose version it has.
func (t *tx) PutOutreach(o application.Outreach) error {
	doc, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("write outreach %s: %w", o.ID, err)
	}
	visit := ""
	if !o.Visit.IsZero() {
		visit = o.Visit.String()
	}
	args := []any{o.ID, o.Version, string(o.Office), string(o.State), o.Asked.String(), visit, string(doc)}
	if o.Version == 0 {
		args[1] = int64(1)
		return t.exec("INSERT INTO outreach ("+outreachColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)", args...)
	}
	return t.change("UPDATE outreach SET version = $2 + 1, office = $3, state = $4, asked = $5, visit = $6, doc = $7 WHERE id = $1 AND version = $2", args...)
}

// NextReceipt numbers and keeps a receipt: one after the other in an office and a fiscal year.
func (t *tx) NextReceipt(at place.Code, year int, subject string, yen int, taken time.Time, how string) (int64, error) {
	var n int64
	err := t.row(`INSERT INTO receipt (office, year, seq, subject, yen, taken, how)
		SELECT $1, $2, COALESCE(MAX(seq), 0) + 1, $3, $4, $5, $6 FROM receipt WHERE office = $1 AND year = $2 RETURNING seq`,
		[]any{string(at), year, subject, yen, micros(taken), how}, &n)
	return n, err
}
