package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

const applicationColumns = "id, version, request_key, state, filed, accepting, in_charge, pickup, person_id, application_id, card_id, overseas, number_sealed, doc"

// applicationDoc is what of an application no query asks for.
type applicationDoc struct {
	Purpose      string                 `json:"purpose"`
	Channel      string                 `json:"channel"`
	ByProxy      bool                   `json:"by_proxy,omitempty"`
	Express      bool                   `json:"express,omitempty"`
	Delivery     application.Delivery   `json:"delivery,omitempty"`
	SendTo       string                 `json:"send_to,omitempty"`
	Event        application.Event      `json:"event,omitzero"`
	Renewing     bool                   `json:"renewing,omitempty"`
	Complete     bool                   `json:"complete,omitempty"`
	Outdated     bool                   `json:"outdated,omitempty"`
	Form         application.Form       `json:"form"`
	Papers       application.Custody    `json:"papers"`
	SealedForm   application.SealedForm `json:"sealed_form,omitempty"`
	SealedAt     application.Custody    `json:"sealed_at"`
	Fee          application.Fee        `json:"fee"`
	OldCardSeen  bool                   `json:"old_card_seen,omitempty"`
	IdentitySeen civil.Date             `json:"identity_seen,omitzero"`
	OldBrought   bool                   `json:"old_brought,omitempty"`
	Ready        civil.Date             `json:"ready,omitzero"`
	Deadline     civil.Date             `json:"deadline,omitzero"`
	DefectNote   string                 `json:"defect_note,omitempty"`
	DefectFields []string               `json:"defect_fields,omitempty"`
	Seen         []application.Seen     `json:"seen,omitempty"`
	Visitor      string                 `json:"visitor,omitempty"`
	Outside      bool                   `json:"outside,omitempty"`
	Mail         application.Posting    `json:"mail,omitzero"`
	Undone       *journal.Undo          `json:"undone,omitempty"`
	Ended        civil.Date             `json:"ended,omitzero"`
	PhotoGone    bool                   `json:"photo_gone,omitempty"`
}

func docOf(a application.Application) applicationDoc {
	return applicationDoc{Purpose: a.Purpose, Channel: a.Channel, ByProxy: a.ByProxy, Express: a.Express, Delivery: a.Delivery, SendTo: a.SendTo,
		Event: a.Event, Renewing: a.Renewing, Complete: a.Complete, Outdated: a.Outdated, Form: a.Form, Papers: a.Papers, SealedForm: a.SealedForm, SealedAt: a.SealedAt,
		Fee: a.Fee, OldCardSeen: a.OldCardSeen, IdentitySeen: a.IdentitySeen, OldBrought: a.OldBrought, Ready: a.Ready, Deadline: a.Deadline,
		DefectNote: a.DefectNote, DefectFields: a.DefectFields, Seen: a.Seen, Visitor: a.Visitor, Outside: a.Outside, Mail: a.Mail, Undone: a.Undone, Ended: a.Ended, PhotoGone: a.PhotoGone}
}

func (d applicationDoc) into(a *application.Application) {
	a.Purpose, a.Channel, a.ByProxy, a.Express, a.Delivery, a.SendTo = d.Purpose, d.Channel, d.ByProxy, d.Express, d.Delivery, d.SendTo
	a.Event, a.Renewing, a.Complete, a.Outdated = d.Event, d.Renewing, d.Complete, d.Outdated
	a.Form, a.Papers, a.SealedForm, a.SealedAt, a.Fee, a.OldCardSeen = d.Form, d.Papers, d.SealedForm, d.SealedAt, d.Fee, d.OldCardSeen
	a.IdentitySeen, a.OldBrought, a.Ready, a.Deadline = d.IdentitySeen, d.OldBrought, d.Ready, d.Deadline
	a.DefectNote, a.DefectFields, a.Seen, a.Visitor, a.Outside, a.Mail, a.Undone, a.Ended, a.PhotoGone = d.DefectNote, d.DefectFields, d.Seen, d.Visitor, d.Outside, d.Mail, d.Undone, d.Ended, d.PhotoGone
}

func (t *tx) scanApplication(s scanner) (application.Application, error) {
	var a application.Application
	var filed, doc string
	var personID, applicationID, cardID sql.NullString
	var number []byte
	var overseas int
	err := s.Scan(&a.ID, &a.Version, &a.RequestKey, &a.State, &filed, &a.Accepting, &a.InCharge, &a.Pickup, &personID, &applicationID, &cardID, &overseas, &number, &doc)
	if err != nil {
		return a, err
	}
	a.Overseas = overseas == 1
	a.PersonID, a.ApplicationID, a.CardID = personID.String, applicationID.String, cardID.String
	if a.Filed, err = civil.Parse(filed); err != nil {
		return a, fmt.Errorf("application %s: %w", a.ID, err)
	}
	var d applicationDoc
	if err := json.Unmarshal([]byte(doc), &d); err != nil {
		return a, fmt.Errorf("application %s: %w", a.ID, err)
	}
	d.into(&a)
	a.Form.Number, err = t.openNumber(number, "application/"+a.ID)
	return a, err
}

// openNumber opens a sealed Individual Number; nothing sealed is no number.
func (t *tx) openNumber(sealed []byte, at string) (person.Number, error) {
	digits, err := t.db.vault.open(sealed, at)
	if err != nil {
		return person.Number{}, fmt.Errorf("%s: %w", at, err)
	}
	if digits == "" {
		return person.Number{}, nil
	}
	n, err := person.ParseNumber(digits)
	if err != nil {
		return person.Number{}, fmt.Errorf("%s: %w", at, err)
	}
	return n, nil
}

func (t *tx) oneApplication(where string, arg string) (application.Application, error) {
	rows, err := list(t, t.scanApplication, "SELECT "+applicationColumns+" FROM application WHERE "+where+" = $1", arg)
	if err != nil {
		return application.Application{}, err
	}
	if len(rows) == 0 {
		return application.Application{}, office.ErrNotFound
	}
	if t.known == nil {
		t.known = map[string]applicationKeys{}
	}
	t.known[rows[0].ID] = keysOf(rows[0])
	return rows[0], nil
}

// applicationKeys are the columns by which applications are found. To set one writes its indexes anew, also when it stays the
// same; so an act that leaves them as it read them leaves them out.
type applicationKeys struct {
	version                              int64
	request, person, applicationID, card string
	filed                                civil.Date
	accepting, inCharge, pickup          place.Code
	overseas                             bool
}

func keysOf(a application.Application) applicationKeys {
	return applicationKeys{a.Version, a.RequestKey, a.PersonID, a.ApplicationID, a.CardID, a.Filed, a.Accepting, a.InCharge, a.Pickup, a.Overseas}
}

// Application by the register's key.
func (t *tx) Application(id string) (application.Application, error) {
	return t.oneApplication("id", id)
}

// ApplicationByRequest is the application that a request filed.
func (t *tx) ApplicationByRequest(key string) (application.Application, error) {
	return t.oneApplication("request_key", key)
}

// ApplicationByID by the 23 digits of the applicant's mail.
func (t *tx) ApplicationByID(applicationID string) (application.Application, error) {
	return t.oneApplication("application_id", applicationID)
}

// ApplicationsOf lists a person's applications.
func (t *tx) ApplicationsOf(personID string) ([]application.Application, error) {
	return list(t, t.scanApplication, "SELECT "+applicationColumns+" FROM application WHERE person_id = $1 ORDER BY filed, id", personID)
}

// Queue lists applications in some states in which the office has a part, the oldest first.
func (t *tx) Queue(at place.Code, states []application.State, limit int) ([]application.Application, error) {
	return t.queue(at, states, "filed, id", limit)
}

// Recent is Queue with the newest first.
func (t *tx) Recent(at place.Code, states []application.State, limit int) ([]application.Application, error) {
	return t.queue(at, states, "filed DESC, id DESC", limit)
}

func (t *tx) queue(at place.Code, states []application.State, order string, limit int) ([]application.Application, error) {
	marks := make([]string, len(states))
	args := []any{limit}
	for i, s := range states {
		args = append(args, string(s))
		marks[i] = fmt.Sprintf("$%d", len(args))
	}
	in := "state IN (" + strings.Join(marks, ", ") + ")"
	switch at {
	case place.Issuer: // it hears of an application from abroad when the honseki municipality has accepted it
		in += " AND (overseas = 0 OR state NOT IN ('applied', 'forwarded', 'received', 'defective', 'rejected'))"
		fallthrough
	case place.Post:
		return list(t, t.scanApplication, "SELECT "+applicationColumns+" FROM application WHERE "+in+" ORDER BY "+order+" LIMIT $1", args...)
	}
	args = append(args, string(at))
	mine := fmt.Sprintf("$%d", len(args))
	return list(t, t.scanApplication, "SELECT "+applicationColumns+" FROM application WHERE "+in+
		" AND (accepting = "+mine+" OR in_charge = "+mine+" OR pickup = "+mine+") ORDER BY "+order+" LIMIT $1", args...)
}

// PutApplication adds an application of version 0 or changes the one whose version it has.
func (t *tx) PutApplication(a application.Application) error {
	doc, err := json.Marshal(docOf(a))
	if err != nil {
		return fmt.Errorf("write application %s: %w", a.ID, err)
	}
	number, err := t.db.vault.seal(a.Form.Number.Digits(), "application/"+a.ID)
	if err != nil {
		return err
	}
	args := []any{a.ID, a.Version, a.RequestKey, string(a.State), a.Filed.String(), string(a.Accepting), string(a.InCharge), string(a.Pickup),
		null(a.PersonID), null(a.ApplicationID), null(a.CardID), flag(a.Overseas), number, string(doc)}
	if a.Version == 0 {
		args[1] = int64(1)
		return t.exec("INSERT INTO application ("+applicationColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", args...)
	}
	if known, ok := t.known[a.ID]; ok && known == keysOf(a) {
		delete(t.known, a.ID)
		return t.change("UPDATE application SET version = $2 + 1, state = $3, number_sealed = $4, doc = $5 WHERE id = $1 AND version = $2", a.ID, a.Version, string(a.State), number, string(doc))
	}
	return t.change(`UPDATE application SET version = $2 + 1, request_key = $3, state = $4, filed = $5, accepting = $6, in_charge = $7, pickup = $8,
		person_id = $9, application_id = $10, card_id = $11, overseas = $12, number_sealed = $13, doc = $14 WHERE id = $1 AND version = $2`, args...)
}

// flag is 1 for yes.
func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// null is NULL for an empty key.
func null(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// Photo is the face photo of an application.
func (t *tx) Photo(applicationID string) ([]byte, error) {
	var jpeg []byte
	return jpeg, t.row("SELECT jpeg FROM photo WHERE application_id = $1", []any{applicationID}, &jpeg)
}

// PutPhoto sets it.
func (t *tx) PutPhoto(applicationID string, jpeg []byte) error {
	return t.exec("INSERT INTO photo (application_id, jpeg) VALUES ($1, $2) ON CONFLICT (application_id) DO UPDATE SET jpeg = excluded.jpeg", applicationID, jpeg)
}

// Draft is a form waiting to be carried to an office.
func (t *tx) Draft(code string) (office.Draft, error) {
	d := office.Draft{Code: code}
	var form string
	var number []byte
	var created int64
	err := t.row("SELECT form, number_sealed, photo, created, used FROM draft WHERE code = $1", []any{code}, &form, &number, &d.Photo, &created, &d.Used)
	if err != nil {
		return d, err
	}
	d.Created = instant(created)
	if err := json.Unmarshal([]byte(form), &d.Form); err != nil {
		return d, fmt.Errorf("draft: %w", err)
	}
	d.Form.Number, err = t.openNumber(number, "draft/"+code)
	return d, err
}

// PutDraft adds or changes a draft.
func (t *tx) PutDraft(d office.Draft) error {
	form, err := json.Marshal(d.Form)
	if err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	number, err := t.db.vault.seal(d.Form.Number.Digits(), "draft/"+d.Code)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO draft (code, form, number_sealed, photo, created, used) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (code) DO UPDATE SET form = excluded.form, number_sealed = excluded.number_sealed, photo = excluded.photo, used = excluded.used`,
		d.Code, string(form), number, d.Photo, micros(d.Created), d.Used)
}

// Link by the hash of its secret.
func (t *tx) Link(hash string) (office.Link, error) {
	l := office.Link{Hash: hash}
	var expires, used int64
	err := t.row("SELECT purpose, subject, expires, used FROM link WHERE hash = $1", []any{hash}, &l.Purpose, &l.Subject, &expires, &used)
	l.Expires, l.Used = instant(expires), instant(used)
	return l, err
}

// PutLink adds or changes a link.
func (t *tx) PutLink(l office.Link) error {
	return t.exec(`INSERT INTO link (hash, purpose, subject, expires, used) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (hash) DO UPDATE SET expires = excluded.expires, used = excluded.used`, l.Hash, l.Purpose, l.Subject, micros(l.Expires), micros(l.Used))
}

// Setting is a named value, ErrNotFound when it was never set.
func (t *tx) Setting(key string) (string, error) {
	var value string
	return value, t.row("SELECT value FROM setting WHERE key = $1", []any{key}, &value)
}

// PutSetting sets it.
func (t *tx) PutSetting(key, value string) error {
	return t.exec("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
}

// end is NULL while nothing has ended.
func end(at time.Time) sql.NullInt64 { return sql.NullInt64{Int64: micros(at), Valid: !at.IsZero()} }
