package store

import (
	"mynumber/internal/docket"
	"mynumber/internal/office"
)

const printColumns = "id, paper, person_id, case_id, application_id, message_id, office, staff, printed, copy"

func scanPrint(s scanner) (docket.Print, error) {
	var p docket.Print
	var at int64
	err := s.Scan(&p.ID, &p.Paper, &p.PersonID, &p.CaseID, &p.ApplicationID, &p.MessageID, &p.Office, &p.Staff, &at, &p.Copy)
	p.At = instant(at)
	return p, err
}

// Print is what was printed under the key.
func (t *tx) Print(id string) (docket.Print, error) {
	found, err := list(t, scanPrint, "SELECT "+printColumns+" FROM printed_form WHERE id = $1", id)
	if err == nil && len(found) == 0 {
		err = office.ErrNotFound
	}
	if err != nil {
		return docket.Print{}, err
	}
	return found[0], nil
}

// PrintsOf lists what was printed for the same person, case and application, the oldest first.
func (t *tx) PrintsOf(p docket.Print) ([]docket.Print, error) {
	return list(t, scanPrint, "SELECT "+printColumns+" FROM printed_form WHERE person_id = $1 AND case_id = $2 AND application_id = $3 ORDER BY printed, id", p.PersonID, p.CaseID, p.ApplicationID)
}

// PrintsIn lists what lies in a letter's envelope, the oldest first.
func (t *tx) PrintsIn(messageID string) ([]docket.Print, error) {
	return list(t, scanPrint, "SELECT "+printColumns+" FROM printed_form WHERE message_id = $1 ORDER BY printed, id", messageID)
}

// AddPrint notes that something was printed.
func (t *tx) AddPrint(p docket.Print) error {
	return t.exec("INSERT INTO printed_form ("+printColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		p.ID, p.Paper, p.PersonID, p.CaseID, p.ApplicationID, p.MessageID, string(p.Office), p.Staff, micros(p.At), p.Copy)
}
