package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

const messageColumns = "id, kind, application_id, person_id, office, letter, sender, recipients, subject, body, created, due, sent, attempts, last_error"

func scanMessage(s scanner) (notice.Message, error) {
	var m notice.Message
	var to, letter string
	var created, due, sent int64
	err := s.Scan(&m.ID, &m.Kind, &m.ApplicationID, &m.PersonID, &m.Office, &letter, &m.From, &to, &m.Subject, &m.Body, &created, &due, &sent, &m.Attempts, &m.LastError)
	if err != nil {
		return m, err
	}
	m.Created, m.Due, m.Sent = instant(created), instant(due), instant(sent)
	if err := json.Unmarshal([]byte(to), &m.To); err != nil {
		return m, fmt.Errorf("message %s: %w", m.ID, err)
	}
	if letter == "" {
		return m, nil
	}
	m.Letter = new(notice.Letter)
	if err := json.Unmarshal([]byte(letter), m.Letter); err != nil {
		return m, fmt.Errorf("message %s: %w", m.ID, err)
	}
	return m, nil
}

// PutMessage adds a message to the outbox or changes what became of its delivery.
func (t *tx) PutMessage(m notice.Message) error {
	to, err := json.Marshal(m.To)
	if err != nil {
		return fmt.Errorf("write message %s: %w", m.ID, err)
	}
	letter := ""
	if m.Letter != nil {
		b, err := json.Marshal(m.Letter)
		if err != nil {
			return fmt.Errorf("write message %s: %w", m.ID, err)
		}
		letter = string(b)
	}
	return t.exec(`INSERT INTO message (`+messageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (id) DO UPDATE SET due = excluded.due, sent = excluded.sent, attempts = excluded.attempts, last_error = excluded.last_error`,
		m.ID, string(m.Kind), m.ApplicationID, m.PersonID, string(m.Office), letter, m.From, string(to), m.Subject, m.Body, micros(m.Created), micros(m.Due), micros(m.Sent), m.Attempts, m.LastError)
}

// Message is one of the outbox.
func (t *tx) Message(id string) (notice.Message, error) {
	found, err := list(t, scanMessage, "SELECT "+messageColumns+" FROM message WHERE id = $1", id)
	if err != nil {
		return notice.Message{}, err
	}
	if len(found) == 0 {
		return notice.Message{}, office.ErrNotFound
	}
	return found[0], nil
}

// Messages lists the messages of an application, the oldest first.
func (t *tx) Messages(applicationID string) ([]notice.Message, error) {
	return list(t, scanMessage, "SELECT "+messageColumns+" FROM message WHERE application_id = $1 ORDER BY created, id", applicationID)
}

// MessagesTo lists the messages that concern a person, the oldest first.
func (t *tx) MessagesTo(personID string) ([]notice.Message, error) {
	return list(t, scanMessage, "SELECT "+messageColumns+" FROM message WHERE person_id = $1 ORDER BY created, id", personID)
}

// AllMessages lists the newest messages first.
func (t *tx) AllMessages(limit int) ([]notice.Message, error) {
	return list(t, scanMessage, "SELECT "+messageColumns+" FROM message ORDER BY created DESC, id DESC LIMIT $1", limit)
}

// Letters lists the letters that an office has to print and post, the oldest first.
func (t *tx) Letters(at place.Code, limit int) ([]notice.Message, error) {
	return list(t, scanMessage, "SELECT "+messageColumns+" FROM message WHERE office = $1 AND letter <> '' AND sent = 0 ORDER BY created, id LIMIT $2", string(at), limit)
}

// Due lists mails that are waiting to be delivered.
func (db *DB) Due(ctx context.Context, now time.Time, limit int) ([]notice.Message, error) {
	var out []notice.Message
	err := db.Read(ctx, func(o office.Tx) error {
		var err error
		out, err = list(o.(*tx), scanMessage, "SELECT "+messageColumns+" FROM message WHERE sent = 0 AND letter = '' AND due <= $1 ORDER BY due, id LIMIT $2", micros(now), limit)
		return err
	})
	return out, err
}

// Delivered notes what became of a delivery.
func (db *DB) Delivered(ctx context.Context, m notice.Message) error {
	return db.Write(ctx, func(t office.Tx) error { return t.PutMessage(m) })
}
