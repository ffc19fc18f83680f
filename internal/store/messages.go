package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

const messageColumns = "id, kind, channel, state, application_id, person_id, office, letter, phone, sender, recipients, deliveries, subject, body, created, due, sent, attempts, last_error, changed, note, replaces, replaced_by, visit_id"

func (t *tx) scanMessage(s scanner) (notice.Message, error) {
	var m notice.Message
	var to, letter, deliveries, phone string
	var created, due, sent, changed int64
	err := s.Scan(&m.ID, &m.Kind, &m.Channel, &m.State, &m.ApplicationID, &m.PersonID, &m.Office, &letter, &phone, &m.From, &to, &deliveries, &m.Subject, &m.Body,
		&created, &due, &sent, &m.Attempts, &m.LastError, &changed, &m.Note, &m.Replaces, &m.ReplacedBy, &m.VisitID)
	if err != nil {
		return m, err
	}
	if m.Body, err = t.openBody(m.Body, m.ID); err != nil {
		return m, fmt.Errorf("message %s: %w", m.ID, err)
	}
	m.Created, m.Due, m.Sent, m.Changed, m.Phone = instant(created), instant(due), instant(sent), instant(changed), person.Phone(phone)
	for _, part := range []struct {
		text string
		into any
	}{{to, &m.To}, {deliveries, &m.Deliveries}, {letter, &m.Letter}} {
		if part.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return m, fmt.Errorf("message %s: %w", m.ID, err)
		}
	}
	m.Addressed()
	return m, nil
}

// sealedBody begins the text of a message that is kept sealed: it may hold a one-time link.
const sealedBody = "sealed:"

func (t *tx) openBody(kept, id string) (string, error) {
	text, ok := strings.CutPrefix(kept, sealedBody)
	if !ok {
		return kept, nil
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", err
	}
	return t.db.vault.open(sealed, "message/"+id)
}

func (t *tx) sealBody(text, id string) (string, error) {
	sealed, err := t.db.vault.seal(text, "message/"+id)
	if err != nil || sealed == nil {
		return "", err
	}
	return sealedBody + base64.StdEncoding.EncodeToString(sealed), nil
}

// messageParts are what of a message is kept as JSON.
func messageParts(m notice.Message) (to, deliveries, letter string, err error) {
	var faults []error
	text := func(v any) string {
		b, err := json.Marshal(v)
		faults = append(faults, err)
		return string(b)
	}
	to = text(m.To)
	if len(m.Deliveries) > 0 {
		deliveries = text(m.Deliveries)
	}
	if m.Letter != nil {
		letter = text(m.Letter)
	}
	if err := errors.Join(faults...); err != nil {
		return "", "", "", fmt.Errorf("write message %s: %w", m.ID, err)
	}
	return to, deliveries, letter, nil
}

// PutMessage adds a message to the outbox or changes what became of it.
func (t *tx) PutMessage(m notice.Message) error {
	m.Addressed()
	to, deliveries, letter, err := messageParts(m)
	if err != nil {
		return err
	}
	body, err := t.sealBody(m.Body, m.ID)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO message (`+messageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, deliveries = excluded.deliveries, due = excluded.due, sent = excluded.sent, attempts = excluded.attempts,
		last_error = excluded.last_error, changed = excluded.changed, note = excluded.note, replaced_by = excluded.replaced_by`,
		m.ID, string(m.Kind), string(m.Channel), string(m.State), m.ApplicationID, m.PersonID, string(m.Office), letter, string(m.Phone), m.From, to, deliveries, m.Subject, body,
		micros(m.Created), micros(m.Due), micros(m.Sent), m.Attempts, m.LastError, micros(m.Changed), m.Note, m.Replaces, m.ReplacedBy, m.VisitID)
}

// Message is one of the outbox.
func (t *tx) Message(id string) (notice.Message, error) {
	found, err := list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message WHERE id = $1", id)
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
	return list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message WHERE application_id = $1 ORDER BY created, id", applicationID)
}

// MessagesTo lists the messages that concern a person, the oldest first.
func (t *tx) MessagesTo(personID string) ([]notice.Message, error) {
	return list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message WHERE person_id = $1 ORDER BY created, id", personID)
}

// AllMessages lists the newest messages first.
func (t *tx) AllMessages(limit int) ([]notice.Message, error) {
	return list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message ORDER BY created DESC, id DESC LIMIT $1", limit)
}

// Letters lists the letters and postcards that an office has to print and post, the oldest first.
func (t *tx) Letters(at place.Code, limit int) ([]notice.Message, error) {
	return list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message WHERE office = $1 AND channel IN ('letter', 'postcard') AND state IN ('waiting', 'printed') ORDER BY created, id LIMIT $2", string(at), limit)
}

// MessagesFrom lists an office's messages, the newest first: all of them, or only those that were not delivered.
func (t *tx) MessagesFrom(at place.Code, trouble bool, limit int) ([]notice.Message, error) {
	where := ""
	if trouble {
		where = " AND state IN ('refused', 'bounced', 'given_up', 'returned', 'deferred', 'not_reached')"
	}
	return list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message WHERE office = $1"+where+" ORDER BY created DESC, id DESC LIMIT $2", string(at), limit)
}

// Calls lists the telephone notes of an office that are still to be made, the oldest first.
func (t *tx) Calls(at place.Code, limit int) ([]notice.Message, error) {
	return list(t, t.scanMessage, "SELECT "+messageColumns+" FROM message WHERE office = $1 AND channel = 'telephone' AND state IN ('waiting', 'printed', 'not_reached') ORDER BY created, id LIMIT $2", string(at), limit)
}

// LastPosted are the last days on which an office posted something of a kind, the newest first.
func (t *tx) LastPosted(at place.Code, kind notice.Kind, limit int) ([]time.Time, error) {
	return list(t, func(s scanner) (time.Time, error) {
		var at int64
		err := s.Scan(&at)
		return instant(at), err
	}, "SELECT sent FROM message WHERE office = $1 AND kind = $2 AND state = 'posted' ORDER BY sent DESC LIMIT $3", string(at), string(kind), limit)
}

// Due lists mails that are waiting to be delivered.
func (db *DB) Due(ctx context.Context, now time.Time, limit int) ([]notice.Message, error) {
	var out []notice.Message
	err := db.Read(ctx, func(o office.Tx) error {
		var err error
		out, err = list(o.(*tx), o.(*tx).scanMessage, "SELECT "+messageColumns+" FROM message WHERE channel = 'mail' AND state IN ('waiting', 'deferred') AND due <= $1 ORDER BY due, id LIMIT $2", micros(now), limit)
		return err
	})
	return out, err
}

// Delivered notes what became of a delivery, unless a member of staff has sent another message in its place meanwhile, or it
// came back already.
func (db *DB) Delivered(ctx context.Context, m notice.Message) error {
	return db.Write(ctx, func(t office.Tx) error {
		now, err := t.Message(m.ID)
		if err != nil {
			return err
		}
		m := m
		m.Deliveries = slices.Clone(m.Deliveries)
		m.Keep(now)
		_, deliveries, _, err := messageParts(m)
		if err != nil {
			return err
		}
		return t.(*tx).exec(`UPDATE message SET state = $1, deliveries = $2, due = $3, sent = $4, attempts = $5, last_error = $6, changed = $7 WHERE id = $8 AND replaced_by = ''`,
			string(m.State), deliveries, micros(m.Due), micros(m.Sent), m.Attempts, m.LastError, micros(m.Changed), m.ID)
	})
}
