package store

import (
	"encoding/json"
	"fmt"
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/register"
)

const personColumns = "id, number_sealed, code_sealed, doc"

// scanPerson opens what is sealed: the number and the code lie apart from the rest.
func (t *tx) scanPerson(s scanner) (register.Person, error) {
	var p register.Person
	var id, doc string
	var number, code []byte
	if err := s.Scan(&id, &number, &code, &doc); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(doc), &p); err != nil {
		return p, fmt.Errorf("person %s: %w", id, err)
	}
	p.ID = id
	var err error
	if p.Number, err = t.openNumber(number, "person/"+id); err != nil {
		return p, err
	}
	digits, err := t.db.vault.open(code, "person-code/"+id)
	if err != nil {
		return p, fmt.Errorf("person %s: %w", id, err)
	}
	if digits != "" {
		p.Code, err = person.ParseResidentRecordCode(digits)
	}
	return p, err
}

// Person by the register's key.
func (t *tx) Person(id string) (register.Person, error) {
	return t.onePerson("id", []any{id})
}

// PersonByNumber by the Individual Number, through its keyed hash.
func (t *tx) PersonByNumber(n person.Number) (register.Person, error) {
	return t.onePerson("number_hash", t.db.vault.hashes(n.Digits()))
}

// onePerson is the one with one of these values; nobody has none.
func (t *tx) onePerson(column string, values []any) (register.Person, error) {
	if len(values) == 0 {
		return register.Person{}, office.ErrNotFound
	}
	found, err := list(t, t.scanPerson, "SELECT "+personColumns+" FROM person WHERE "+column+" IN "+marks(1, len(values)), values...)
	if err != nil {
		return register.Person{}, err
	}
	if len(found) == 0 {
		return register.Person{}, office.ErrNotFound
	}
	return found[0], nil
}

// PersonsBorn lists the people born on a day.
func (t *tx) PersonsBorn(birth civil.Date) ([]register.Person, error) {
	return list(t, t.scanPerson, "SELECT "+personColumns+" FROM person WHERE birth = $1 ORDER BY id", birth.String())
}

// PutPerson adds a person or changes what the registers hold of them.
func (t *tx) PutPerson(p register.Person) error {
	row, err := t.personRow(p)
	if err != nil {
		return err
	}
	if err := t.freeUnderOldKeys(p); err != nil {
		return err
	}
	return t.exec("INSERT INTO person ("+personRowColumns+") VALUES "+marks(1, len(row))+`
		ON CONFLICT (id) DO UPDATE SET number_sealed = excluded.number_sealed, number_hash = excluded.number_hash, code_sealed = excluded.code_sealed,
			code_hash = excluded.code_hash, birth = excluded.birth, doc = excluded.doc`, row...)
}

// InsertPeople adds people of whom none is there yet, many in one statement: the way to load a register. One whose
// ID, number or code is taken is office.ErrTaken, and then none of them is added.
func (t *tx) InsertPeople(people []register.Person) error {
	return t.Attempt(func() error {
		for chunk := range slices.Chunk(people, t.db.engine.bulkRows) {
			rows := make([][]any, len(chunk))
			for i, p := range chunk {
				var err error
				if rows[i], err = t.personRow(p); err != nil {
					return err
				}
				if err := t.freeUnderOldKeys(p); err != nil {
					return err
				}
			}
			if err := t.db.engine.bulk(t, "person", personRowColumns, rows); err != nil {
				return err
			}
		}
		return nil
	})
}

// freeUnderOldKeys is office.ErrTaken when somebody else has the number or the code under a key that is being changed: the
// column is unique under each key by itself.
func (t *tx) freeUnderOldKeys(p register.Person) error {
	var old []any
	for _, digits := range []string{p.Number.Digits(), p.Code.Digits()} {
		if all := t.db.vault.hashes(digits); len(all) > 1 {
			old = append(old, all[1:]...)
		}
	}
	if len(old) == 0 {
		return nil
	}
	n := 0
	in := marks(2, len(old))
	if err := t.row("SELECT count(*) FROM person WHERE id <> $1 AND (number_hash IN "+in+" OR code_hash IN "+in+")", append([]any{p.ID}, old...), &n); err != nil {
		return err
	}
	if n > 0 {
		return office.ErrTaken
	}
	return nil
}

// personRowColumns are the columns of personRow, in its order.
const personRowColumns = "id, number_sealed, number_hash, code_sealed, code_hash, birth, doc"

// personRow is a person as the table has them: number and code sealed, their hashes beside them, the rest as JSON.
func (t *tx) personRow(p register.Person) ([]any, error) {
	vault := t.db.vault
	number, err := vault.seal(p.Number.Digits(), "person/"+p.ID)
	if err != nil {
		return nil, err
	}
	code, err := vault.seal(p.Code.Digits(), "person-code/"+p.ID)
	if err != nil {
		return nil, err
	}
	row := []any{p.ID, number, vault.hash(p.Number.Digits()), code, vault.hash(p.Code.Digits()), p.Birth.String()}
	p.Number, p.Code = person.Number{}, person.ResidentRecordCode{}
	doc, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("write person %s: %w", p.ID, err)
	}
	return append(row, string(doc)), nil
}
