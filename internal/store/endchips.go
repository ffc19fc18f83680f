package store

import (
	"time"

	"mynumber/internal/office"
	"mynumber/internal/place"
)

const endedChipColumns = "card_id, office, owed, tried, tries, fault, done, how"

func scanEndedChip(s scanner) (office.EndedChip, error) {
	var c office.EndedChip
	var owed, tried, done int64
	err := s.Scan(&c.CardID, &c.Office, &owed, &tried, &c.Tries, &c.Fault, &done, &c.How)
	c.Owed, c.Tried, c.Done = instant(owed), instant(tried), instant(done)
	return c, err
}

// EndedChip is what is owed to the chip of an ended card, or was done to it.
func (t *tx) EndedChip(cardID string) (office.EndedChip, error) {
	return first(list(t, scanEndedChip, "SELECT "+endedChipColumns+" FROM ended_chip WHERE card_id = $1", cardID))
}

// OweChip notes that a chip is owed its end; what is owed already only changes hands, and what was done stays done.
func (t *tx) OweChip(cardID string, at place.Code, since time.Time) error {
	return t.exec(`INSERT INTO ended_chip (card_id, office, owed) VALUES ($1, $2, $3)
		ON CONFLICT (card_id) DO UPDATE SET office = excluded.office WHERE ended_chip.done = 0`, cardID, string(at), micros(since))
}

// PutEndedChip writes what became of a chip that is owed its end; done is done once.
func (t *tx) PutEndedChip(c office.EndedChip) error {
	return t.exec("UPDATE ended_chip SET tried = $2, tries = $3, fault = $4, done = $5, how = $6 WHERE card_id = $1 AND done = 0",
		c.CardID, micros(c.Tried), c.Tries, c.Fault, micros(c.Done), string(c.How))
}

// OwedChips lists those that are owed their end: of an office the oldest first, of all offices those that were tried least.
func (t *tx) OwedChips(at place.Code, limit int) ([]office.EndedChip, error) {
	if at == "" {
		return list(t, scanEndedChip, "SELECT "+endedChipColumns+" FROM ended_chip WHERE done = 0 ORDER BY tries, owed, card_id LIMIT $1", limit)
	}
	return list(t, scanEndedChip, "SELECT "+endedChipColumns+" FROM ended_chip WHERE done = 0 AND office = $1 ORDER BY owed, card_id LIMIT $2", string(at), limit)
}
