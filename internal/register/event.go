package register

import (
	"slices"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Stay is the residence status of a foreign national as the resident record has it (住民基本台帳法第30条の45, EXP-008 to
// EXP-010, EXP-050).
type Stay struct {
	Status  string     `json:"status"`           // the words of procedure.ResidenceStatus
	Until   civil.Date `json:"until,omitzero"`   // last day of the period of stay; zero for somebody without one
	Pending civil.Date `json:"pending,omitzero"` // the day on which an extension was applied for, while it is not decided
}

// Event is something that was notified or entered about a person (住民異動届, 戸籍届, 職権), with the days from which card
// business counts (CHG-020 to CHG-028). The kinds are those of rules.EventKind. An event is never changed into another
// and never deleted: one that was entered by mistake bears the day on which that was found.
type Event struct {
	ID             string     `json:"id"`
	Kind           string     `json:"kind"`
	At             place.Code `json:"at"`                        // office that accepted the notification
	Day            civil.Date `json:"day,omitzero"`              // of the event itself: first day of living there, planned departure, death
	PlannedMoveOut civil.Date `json:"planned_move_out,omitzero"` // 転出予定日 of a move inside Japan
	Filed          civil.Date `json:"filed,omitzero"`            // the notification was accepted
	Noted          time.Time  `json:"noted,omitzero"`            // the instant at which it was; zero for what came from elsewhere
	MovedOn        civil.Date `json:"moved_on,omitzero"`         // the next move-out notification was filed
	Rewritten      civil.Date `json:"rewritten,omitzero"`        // the card's entries were updated
	ContinuingUse  civil.Date `json:"continuing_use,omitzero"`
	Reissued       civil.Date `json:"reissued,omitzero"` // the signature certificate was issued anew with the new entries
	Extended       civil.Date `json:"extended,omitzero"` // the card's validity was changed, or specially extended
	Withdrawn      civil.Date `json:"withdrawn,omitzero"`

	Before *Record       `json:"before,omitempty"` // what stood before it; of the newest event alone
	Wrong  *Record       `json:"wrong,omitempty"`  // what it had entered, where it was an office's own error
	Undone *journal.Undo `json:"undone,omitempty"` // who found that, and who confirmed it
}

// Stands reports that nobody has withdrawn the event.
func (e Event) Stands() bool { return e.Withdrawn.IsZero() }

// FormerEntry is what stood in the record before a change (改製, 除票): history is added, not overwritten.
type FormerEntry struct {
	Name     person.Name `json:"name,omitzero"`
	Birth    civil.Date  `json:"birth,omitzero"`
	Sex      person.Sex  `json:"sex,omitempty"`
	Honseki  place.Code  `json:"honseki,omitempty"`
	Until    civil.Date  `json:"until"`               // the day of the change
	Event    string      `json:"event"`               // ID of the event that changed it
	NumberIs string      `json:"number_is,omitempty"` // key of the sealed former number, where the number or the code changed
}

// Latest is the newest event of one of the kinds that stands; nil when there is none.
func (p *Person) Latest(kinds ...string) *Event {
	for i := len(p.Events) - 1; i >= 0; i-- {
		if e := &p.Events[i]; e.Stands() && slices.Contains(kinds, e.Kind) {
			return e
		}
	}
	return nil
}
