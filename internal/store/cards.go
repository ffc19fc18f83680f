package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
)

const cardColumns = "id, version, person_id, application_id, state, issued, until, doc"

func scanCard(s scanner) (card.Card, error) {
	var c card.Card
	var issued, until, doc string
	var applicationID sql.NullString
	if err := s.Scan(&c.ID, &c.Version, &c.PersonID, &applicationID, &c.State, &issued, &until, &doc); err != nil {
		return c, err
	}
	c.ApplicationID = applicationID.String
	var err error
	if c.Issued, err = civil.Parse(issued); err != nil {
		return c, fmt.Errorf("card %s: %w", c.ID, err)
	}
	if c.Until, err = civil.Parse(until); err != nil {
		return c, fmt.Errorf("card %s: %w", c.ID, err)
	}
	if err := json.Unmarshal([]byte(doc), &c); err != nil {
		return c, fmt.Errorf("card %s: %w", c.ID, err)
	}
	return c, nil
}

// Card by its key.
func (t *tx) Card(id string) (card.Card, error) {
	cards, err := list(t, scanCard, "SELECT "+cardColumns+" FROM card WHERE id = $1", id)
	if err != nil {
		return card.Card{}, err
	}
	if len(cards) == 0 {
		return card.Card{}, office.ErrNotFound
	}
	return cards[0], nil
}

// CardsOf lists a person's cards, the oldest first.
func (t *tx) CardsOf(personID string) ([]card.Card, error) {
	return list(t, scanCard, "SELECT "+cardColumns+" FROM card WHERE person_id = $1 ORDER BY issued, id", personID)
}

// CardsIn lists cards in a state.
func (t *tx) CardsIn(state card.State, limit int) ([]card.Card, error) {
	return list(t, scanCard, "SELECT "+cardColumns+" FROM card WHERE state = $1 ORDER BY id LIMIT $2", string(state), limit)
}

// PutCard adds a card of version 0 or changes the one whose version it has.
func (t *tx) PutCard(c card.Card) error {
	doc, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write card %s: %w", c.ID, err)
	}
	args := []any{c.ID, c.Version, c.PersonID, null(c.ApplicationID), string(c.State), c.Issued.String(), c.Until.String(), string(doc)}
	if c.Version == 0 {
		args[1] = int64(1)
		return t.exec("INSERT INTO card ("+cardColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", args...)
	}
	return t.change("UPDATE card SET version = $2 + 1, person_id = $3, application_id = $4, state = $5, issued = $6, until = $7, doc = $8 WHERE id = $1 AND version = $2", args...)
}

const certificateColumns = "kind, generation, counter, serial, card_id, state, not_before, until, common_name, partition, plan, der, ended_at, reason, carrier"

func scanCertificate(s scanner) (certificate.Certificate, error) {
	var c certificate.Certificate
	var counter, notBefore int64
	var until string
	var endedAt, reason sql.NullInt64
	err := s.Scan(&c.Kind, &c.Generation, &counter, &c.Serial, &c.CardID, &c.State, &notBefore, &until, &c.CommonName, &c.Partition, &c.Plan, &c.DER, &endedAt, &reason, &c.Carrier)
	if err != nil {
		return c, err
	}
	c.Counter, c.NotBefore, c.Reason = uint64(counter), instant(notBefore), certificate.Reason(reason.Int64)
	if endedAt.Valid {
		c.EndedAt = instant(endedAt.Int64)
	}
	if c.Until, err = civil.Parse(until); err != nil {
		return c, fmt.Errorf("certificate %s: %w", c.Serial, err)
	}
	return c, nil
}

// Certificates lists the certificates on a card, No.1 first.
func (t *tx) Certificates(cardID string) ([]certificate.Certificate, error) {
	return list(t, scanCertificate, "SELECT "+certificateColumns+" FROM certificate WHERE card_id = $1 AND carrier = 'card' ORDER BY kind, generation, counter", cardID)
}

// PhoneCertificates lists the certificates on phones that were derived from a card's, in the order of Certificates.
func (t *tx) PhoneCertificates(cardID string) ([]certificate.Certificate, error) {
	return list(t, scanCertificate, "SELECT "+certificateColumns+" FROM certificate WHERE card_id = $1 AND carrier <> 'card' ORDER BY kind, generation, counter", cardID)
}

// Certificate by its authority's key and issue counter.
func (t *tx) Certificate(kind certificate.Kind, generation int, counter uint64) (certificate.Certificate, error) {
	found, err := list(t, scanCertificate, "SELECT "+certificateColumns+" FROM certificate WHERE kind = $1 AND generation = $2 AND counter = $3", int(kind), generation, int64(counter))
	if err != nil {
		return certificate.Certificate{}, err
	}
	if len(found) == 0 {
		return certificate.Certificate{}, office.ErrNotFound
	}
	return found[0], nil
}

// PutCertificate adds a certificate or changes its state and what follows from it; what was planned stays. Where it is no longer
// what its revocation list says, it is marked for the next one; what the outside hears of it is logged for those who answer.
func (t *tx) PutCertificate(c certificate.Certificate) error {
	reason := sql.NullInt64{Int64: int64(c.Reason), Valid: !c.EndedAt.IsZero()}
	unlisted := 0
	if !c.EndedAt.IsZero() {
		unlisted = 1
	}
	err := t.exec(`INSERT INTO certificate (`+certificateColumns+`, unlisted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (kind, generation, counter) DO UPDATE SET state = excluded.state, plan = excluded.plan, der = excluded.der, ended_at = excluded.ended_at, reason = excluded.reason,
			unlisted = CASE WHEN certificate.ended_at IS DISTINCT FROM excluded.ended_at OR certificate.reason IS DISTINCT FROM excluded.reason THEN 1 ELSE certificate.unlisted END`,
		int(c.Kind), c.Generation, int64(c.Counter), c.Serial, c.CardID, string(c.State), micros(c.NotBefore), c.Until.String(), c.CommonName, c.Partition, c.Plan, c.DER, end(c.EndedAt), reason, cmp.Or(string(c.Carrier), string(certificate.OnCard)), unlisted)
	if known, _ := c.Outside(); err != nil || !known {
		return err
	}
	return t.exec("INSERT INTO status_change (kind, generation, counter, ended_at, reason, written) VALUES ($1, $2, $3, $4, $5, $6)",
		int(c.Kind), c.Generation, int64(c.Counter), end(c.EndedAt), reason, micros(time.Now()))
}

// NextCounter takes the next issue counter of an authority's key.
func (t *tx) NextCounter(kind certificate.Kind, generation int) (uint64, error) {
	var n int64
	err := t.row("UPDATE authority SET counter = counter + 1 WHERE kind = $1 AND generation = $2 RETURNING counter", []any{int(kind), generation}, &n)
	return uint64(n), err
}

func scanText(s scanner) (string, error) {
	var text string
	return text, s.Scan(&text)
}
