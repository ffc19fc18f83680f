package store

import (
	"fmt"
	"slices"
	"time"

	"mynumber/internal/office"
)

// Answer is what was answered to a request. Key and request are kept as keyed hashes only: what is in a request is nobody's
// business here.
func (t *tx) Answer(key, request string) (office.Answer, error) {
	a := office.Answer{Key: key, Request: request}
	names := t.db.vault.hashes("request key " + key)
	var name, other string
	var sealed []byte
	var at int64
	if err := t.row("SELECT key, request, status, answer, at FROM request_key WHERE key IN "+marks(1, len(names)), names, &name, &other, &a.Status, &sealed, &at); err != nil {
		return a, err
	}
	if !slices.Contains(t.db.vault.hashes("request "+request), any(other)) {
		return office.Answer{}, office.ErrAnotherRequest
	}
	a.At = instant(at)
	body, err := t.db.vault.open(sealed, "answer/"+name)
	if err != nil {
		return a, fmt.Errorf("the answer to a request: %w", err)
	}
	a.Body = []byte(body)
	return a, nil
}

// PutAnswer keeps an answer, or changes the one that is kept.
func (t *tx) PutAnswer(a office.Answer) error {
	name := t.db.vault.hash("request key " + a.Key)
	sealed, err := t.db.vault.seal(string(a.Body), "answer/"+*name)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO request_key (key, request, status, answer, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (key) DO UPDATE SET status = excluded.status, answer = excluded.answer, at = excluded.at`,
		name, t.db.vault.hash("request "+a.Request), a.Status, sealed, micros(a.At))
}

// DropAnswers forgets the answers from before an instant.
func (t *tx) DropAnswers(before time.Time) error {
	return t.exec("DELETE FROM request_key WHERE at < $1", micros(before))
}
