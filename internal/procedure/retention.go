package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Retained are the days on which what was kept for an application is destroyed; each is the first day on which it is not
// kept any more.
type Retained struct {
	Photo, Papers, Contact civil.Date
	Basis                  Basis
}

// Retention counts them from the day on which the application ended (SEC-001).
func Retention(ended civil.Date) (Retained, error) {
	row, err := rules.Retentions.On(ended)
	if err != nil {
		return Retained{}, err
	}
	r := row.Rule
	return Retained{Photo: ended.AddDays(r.PhotoDays), Papers: ended.AddMonths(r.PapersMonths), Contact: ended.AddMonths(r.ContactMonths), Basis: Basis{row.Cite}}, nil
}

// DraftsOver is the day on which a form that was filled in online and carried nowhere is destroyed.
func DraftsOver(made civil.Date) (civil.Date, Basis, error) {
	row, err := rules.Retentions.On(made)
	if err != nil {
		return civil.Date{}, nil, err
	}
	return made.AddDays(row.Rule.DraftDays), Basis{row.Cite}, nil
}

// DraftsMade is the last day whose forms are over on a day.
func DraftsMade(on civil.Date) (civil.Date, Basis, error) {
	row, err := rules.Retentions.On(on)
	if err != nil {
		return civil.Date{}, nil, err
	}
	return on.AddDays(-row.Rule.DraftDays), Basis{row.Cite}, nil
}
