package store

import (
	"fmt"

	"mynumber/internal/civil"
	"mynumber/internal/office"
)

const dueColumns = "person_id, kind, subject, day, done, attempts, parked, fault"

func scanDue(s scanner) (office.Due, error) {
	var d office.Due
	var day string
	var done, parked int64
	if err := s.Scan(&d.PersonID, &d.Kind, &d.Subject, &day, &done, &d.Attempts, &parked, &d.Fault); err != nil {
		return d, err
	}
	d.Done, d.Parked = instant(done), parked == 1
	var err error
	if d.Day, err = civil.Parse(day); err != nil {
		return d, fmt.Errorf("due for person %s: %w", d.PersonID, err)
	}
	return d, nil
}

// NextDue reads along the index of what is neither done nor parked: rows of later days are never touched.
func (t *tx) NextDue(upTo civil.Date, after office.Due, limit int) ([]office.Due, error) {
	from := ""
	if !after.Day.IsZero() {
		from = after.Day.String()
	}
	return list(t, scanDue, "SELECT "+dueColumns+` FROM due WHERE done = 0 AND parked = 0 AND day <= $1
		AND (day, person_id, kind, subject) > ($2, $3, $4, $5) ORDER BY day, person_id, kind, subject LIMIT $6`,
		upTo.String(), from, after.PersonID, string(after.Kind), after.Subject, limit)
}

// DueOf lists everything of a person.
func (t *tx) DueOf(personID string) ([]office.Due, error) {
	return list(t, scanDue, "SELECT "+dueColumns+" FROM due WHERE person_id = $1 ORDER BY day, kind, subject", personID)
}

// Parked lists what failed too often.
func (t *tx) Parked(limit int) ([]office.Due, error) {
	return list(t, scanDue, "SELECT "+dueColumns+" FROM due WHERE parked = 1 ORDER BY day, person_id, kind, subject LIMIT $1", limit)
}

// PutDue adds a row or changes what became of it.
func (t *tx) PutDue(d office.Due) error {
	parked := 0
	if d.Parked {
		parked = 1
	}
	return t.exec("INSERT INTO due ("+dueColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (person_id, kind, subject, day)
		DO UPDATE SET done = excluded.done, attempts = excluded.attempts, parked = excluded.parked, fault = excluded.fault`,
		d.PersonID, string(d.Kind), d.Subject, d.Day.String(), micros(d.Done), d.Attempts, parked, d.Fault)
}

// DropDue takes a row out; what was done stays.
func (t *tx) DropDue(d office.Due) error {
	return t.exec("DELETE FROM due WHERE person_id = $1 AND kind = $2 AND subject = $3 AND day = $4 AND done = 0", d.PersonID, string(d.Kind), d.Subject, d.Day.String())
}
