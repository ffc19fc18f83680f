package store

import (
	"encoding/json"
	"fmt"

	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// PersonByCode by the resident record code, through its keyed hash.
func (t *tx) PersonByCode(c person.ResidentRecordCode) (register.Person, error) {
	return t.onePerson("code_hash", t.db.vault.hashes(c.Digits()))
}

// Given looks at those in force and those that were changed.
func (t *tx) Given(n person.Number, c person.ResidentRecordCode) (bool, error) {
	all := append(t.db.vault.hashes(n.Digits()), t.db.vault.hashes(c.Digits())...)
	if len(all) == 0 {
		return false, nil
	}
	var given int
	in := marks(1, len(all))
	err := t.row("SELECT (SELECT count(*) FROM person WHERE number_hash IN "+in+") + (SELECT count(*) FROM person WHERE code_hash IN "+in+") + (SELECT count(*) FROM former_number WHERE hash IN "+in+")", all, &given)
	return given > 0, err
}

// PutFormerNumber adds one; none is ever changed.
func (t *tx) PutFormerNumber(f office.FormerNumber) error {
	kind, digits := "number", f.Number.Digits()
	if f.Number.IsZero() {
		kind, digits = "code", f.Code.Digits()
	}
	sealed, err := t.db.vault.seal(digits, "former/"+f.ID)
	if err != nil {
		return err
	}
	return t.exec("INSERT INTO former_number (id, person_id, kind, sealed, hash, until) VALUES ($1, $2, $3, $4, $5, $6)",
		f.ID, f.PersonID, kind, sealed, t.db.vault.hash(digits), f.Until.String())
}

// FormerNumbers lists a person's, the oldest first.
func (t *tx) FormerNumbers(personID string) ([]office.FormerNumber, error) {
	return list(t, func(s scanner) (office.FormerNumber, error) {
		f := office.FormerNumber{PersonID: personID}
		var kind, until string
		var sealed []byte
		if err := s.Scan(&f.ID, &kind, &sealed, &until); err != nil {
			return f, err
		}
		digits, err := t.db.vault.open(sealed, "former/"+f.ID)
		if err != nil {
			return f, fmt.Errorf("former number %s: %w", f.ID, err)
		}
		if kind == "number" {
			f.Number, err = person.ParseNumber(digits)
		} else {
			f.Code, err = person.ParseResidentRecordCode(digits)
		}
		if err != nil {
			return f, fmt.Errorf("former number %s: %w", f.ID, err)
		}
		f.Until, err = civil.Parse(until)
		return f, err
	}, "SELECT id, kind, sealed, until FROM former_number WHERE person_id = $1 ORDER BY until, id", personID)
}

const exchangeColumns = "id, sender, receiver, kind, person_id, event_id, created, read, doc"

func scanExchange(s scanner) (register.Exchange, error) {
	var x register.Exchange
	var created, read int64
	var doc string
	if err := s.Scan(&x.ID, &x.From, &x.To, &x.Kind, &x.PersonID, &x.EventID, &created, &read, &doc); err != nil {
		return x, err
	}
	x.Created, x.Read = instant(created), instant(read)
	if err := json.Unmarshal([]byte(doc), &x.Body); err != nil {
		return x, fmt.Errorf("exchange %s: %w", x.ID, err)
	}
	return x, nil
}

// PutExchange adds one, or notes that it was read.
func (t *tx) PutExchange(x register.Exchange) error {
	doc, err := json.Marshal(x.Body)
	if err != nil {
		return fmt.Errorf("write exchange %s: %w", x.ID, err)
	}
	return t.exec("INSERT INTO juki ("+exchangeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET read = excluded.read`,
		x.ID, string(x.From), string(x.To), x.Kind, x.PersonID, x.EventID, micros(x.Created), micros(x.Read), string(doc))
}

// Exchange by its key.
func (t *tx) Exchange(id string) (register.Exchange, error) {
	found, err := list(t, scanExchange, "SELECT "+exchangeColumns+" FROM juki WHERE id = $1", id)
	if err == nil && len(found) == 0 {
		err = office.ErrNotFound
	}
	if err != nil {
		return register.Exchange{}, err
	}
	return found[0], nil
}

// Exchanges lists what an office received, or sent, the newest first.
func (t *tx) Exchanges(at place.Code, sent bool, limit int) ([]register.Exchange, error) {
	side := "receiver"
	if sent {
		side = "sender"
	}
	return list(t, scanExchange, "SELECT "+exchangeColumns+" FROM juki WHERE "+side+" = $1 ORDER BY created DESC, id DESC LIMIT $2", string(at), limit)
}

// ExchangesAbout lists a person's, the oldest first.
func (t *tx) ExchangesAbout(personID string) ([]register.Exchange, error) {
	return list(t, scanExchange, "SELECT "+exchangeColumns+" FROM juki WHERE person_id = $1 ORDER BY created, id", personID)
}
