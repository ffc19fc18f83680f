package store

import (
	"encoding/json"
	"fmt"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// DropPhoto destroys the photo of an application; none is no error.
func (t *tx) DropPhoto(applicationID string) error {
	return t.exec("DELETE FROM photo WHERE application_id = $1", applicationID)
}

// EraseMessages destroys what was written about an application, and to whom: that something was sent stays.
func (t *tx) EraseMessages(applicationID string) (int, error) {
	return t.counted(eraseMessages+" AND application_id = $1", applicationID)
}

// EraseVisitMessages destroys what was written about a visit, and to whom.
func (t *tx) EraseVisitMessages(visitID string) (int, error) {
	return t.counted(eraseMessages+" AND visit_id = $1", visitID)
}

const eraseMessages = "UPDATE message SET body = '', recipients = '[]', deliveries = '', letter = '', phone = '', note = '' WHERE body <> '' AND state NOT IN ('waiting', 'deferred', 'printed')"

// DropDrafts destroys the forms that were made before an instant.
func (t *tx) DropDrafts(before time.Time) (int, error) {
	return t.counted("DELETE FROM draft WHERE created < $1", micros(before))
}

// counted is exec that says how many rows it changed.
func (t *tx) counted(query string, args ...any) (int, error) {
	if err := t.standing(); err != nil {
		return 0, err
	}
	t.point = ""
	done, err := t.line.exec(t.ctx, query, args)
	if err != nil {
		return 0, fmt.Errorf("registers: %w", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

const destructionColumns = "id, office, day, at, kind, subject, by_whom, rules, detail"

func scanDestruction(s scanner) (office.Destruction, error) {
	var d office.Destruction
	var day, rules string
	var at int64
	if err := s.Scan(&d.ID, &d.Office, &day, &at, &d.Kind, &d.Subject, &d.By, &rules, &d.Detail); err != nil {
		return d, err
	}
	d.At = instant(at)
	var err error
	if d.Day, err = civil.Parse(day); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(rules), &d.Rules)
}

// PutDestruction adds a line to the protocol; none is ever changed.
func (t *tx) PutDestruction(d office.Destruction) error {
	rules, err := json.Marshal(append([]string{}, d.Rules...))
	if err != nil {
		return fmt.Errorf("write a destruction: %w", err)
	}
	return t.exec("INSERT INTO destruction ("+destructionColumns+") VALUES "+marks(1, 9), d.ID, string(d.Office), d.Day.String(), micros(d.At), d.Kind, d.Subject, d.By, string(rules), d.Detail)
}

// Destructions lists an office's protocol, the newest first.
func (t *tx) Destructions(at place.Code, limit int) ([]office.Destruction, error) {
	return list(t, scanDestruction, "SELECT "+destructionColumns+" FROM destruction WHERE office = $1 ORDER BY at DESC, id LIMIT $2", string(at), limit)
}
