package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"mynumber/internal/journal"
	"mynumber/internal/office"
)

const journalColumns = "office, seq, at, actor, act, subject, rules, outcome, code, detail, prev, hash, policy, purpose"

func scanEntry(s scanner) (journal.Entry, error) {
	var e journal.Entry
	var at int64
	var rules string
	var prev, hash []byte
	if err := s.Scan(&e.Office, &e.Seq, &at, &e.Actor, &e.Act, &e.Subject, &rules, &e.Outcome, &e.Code, &e.Detail, &prev, &hash, &e.Policy, &e.Purpose); err != nil {
		return e, err
	}
	e.At = time.UnixMicro(at).UTC()
	copy(e.Prev[:], prev)
	copy(e.Hash[:], hash)
	if err := json.Unmarshal([]byte(rules), &e.Rules); err != nil {
		return e, fmt.Errorf("journal of %s, entry %d: %w", e.Office, e.Seq, err)
	}
	return e, nil
}

// AppendJournal chains the entry to its office's journal and returns it sealed.
func (t *tx) AppendJournal(e journal.Entry) (journal.Entry, error) {
	var seq int64
	var hash []byte
	// Other desks of the office wait from here on until this act is done.
	err := t.row("SELECT seq, hash FROM journal_head WHERE office = $1"+t.db.engine.forUpdate, []any{e.Office}, &seq, &hash)
	first := errors.Is(err, office.ErrNotFound)
	if err != nil && !first {
		return e, err
	}
	var prev journal.Hash
	copy(prev[:], hash)
	e = e.Seal(seq, prev)
	rules, err := json.Marshal(e.Rules)
	if err != nil {
		return e, fmt.Errorf("write a journal entry: %w", err)
	}
	args := []any{e.Office, e.Seq, e.At.UnixMicro(), e.Actor, e.Act, e.Subject, string(rules), string(e.Outcome), e.Code, e.Detail, e.Prev[:], e.Hash[:], e.Policy, e.Purpose}
	const insert = "INSERT INTO journal (" + journalColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
	switch {
	case !first && t.db.engine.insertWith: // a round trip less
		return e, t.change("WITH entry AS ("+insert+") UPDATE journal_head SET seq = $2, hash = $12 WHERE office = $1", args...)
	case !first:
		if err := t.exec(insert, args...); err != nil {
			return e, err
		}
		return e, t.change("UPDATE journal_head SET seq = $2, hash = $3 WHERE office = $1", e.Office, e.Seq, e.Hash[:])
	}
	if err := t.exec(insert, args...); err != nil {
		return e, err
	}
	return e, t.exec("INSERT INTO journal_head (office, seq, hash) VALUES ($1, $2, $3)", e.Office, e.Seq, e.Hash[:])
}

// JournalHeads lists the end of every office's chain, and an office whose head is gone but whose entries are not
// with an empty head, so that the loss shows.
func (t *tx) JournalHeads() ([]journal.Head, error) {
	return list(t, func(s scanner) (journal.Head, error) {
		var h journal.Head
		var hash []byte
		err := s.Scan(&h.Office, &h.Seq, &hash)
		copy(h.Hash[:], hash)
		return h, err
	}, `SELECT o.office, COALESCE(h.seq, 0), h.hash FROM (SELECT office FROM journal UNION SELECT office FROM journal_head) o
		LEFT JOIN journal_head h ON h.office = o.office ORDER BY o.office`)
}

// Journal yields the entries of an office in order.
func (t *tx) Journal(of string) iter.Seq2[journal.Entry, error] {
	return each(t, scanEntry, "SELECT "+journalColumns+" FROM journal WHERE office = $1 ORDER BY seq", of)
}

// JournalOf lists what happened to a subject at all offices, in time. Within an office the order is the chain's, also when
// its clock was set back in between.
func (t *tx) JournalOf(subject string) ([]journal.Entry, error) {
	entries, err := list(t, scanEntry, "SELECT "+journalColumns+" FROM journal WHERE subject = $1 ORDER BY office, seq", subject)
	if err != nil {
		return nil, err
	}
	return journal.Merge(entries), nil
}
