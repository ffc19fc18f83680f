package register

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/person"
)

// Record is everything of a person that notifications change, as it stood at a moment (改製前の記載).
type Record struct {
	Name           person.Name                  `json:"name"`
	Birth          civil.Date                   `json:"birth"`
	Sex            person.Sex                   `json:"sex"`
	Nationality    string                       `json:"nationality,omitempty"`
	Residences     []Residence                  `json:"residences,omitempty"`
	FamilyRegister *SupplementaryFamilyRegister `json:"family_register,omitempty"`
	Stay           *Stay                        `json:"stay,omitempty"`
	Ended          civil.Date                   `json:"ended,omitzero"`
	Former         []FormerEntry                `json:"former,omitempty"`
}

// record is the person as it stands.
func (p Person) record() *Record {
	return &Record{p.Name, p.Birth, p.Sex, p.Nationality, p.Residences, p.FamilyRegister, p.Stay, p.Ended, p.Former}
}

// keepBefore notes on the newest event what stood before it. The one before it can no longer be annulled and forgets.
func (p *Person) keepBefore(e *Event, before *Record) {
	if n := len(p.Events); n > 0 {
		p.Events[n-1].Before = nil
	}
	e.Before = before
}

// Withdraw is the record after a notification was taken back before it took effect (転出の取消し): the residence stands
// again. What has happened since cannot be taken back this way.
func (p Person) Withdraw(eventID string, on civil.Date) (Person, Event, error) {
	i := slices.IndexFunc(p.Events, func(e Event) bool { return e.ID == eventID })
	if i < 0 || !p.Events[i].Stands() {
		return p, Event{}, fault("event", "取り消せる届出がありません。", "There is no notification to take back.")
	}
	e := p.Events[i]
	if e.Kind != MoveOut && e.Kind != DepartureAbroad || i != len(p.Events)-1 {
		return p, Event{}, fault("event", "取り消せるのは、後に異動のない転出・国外転出の届出だけです。", "Only a move out or abroad that nothing has followed can be taken back.")
	}
	p.Events, p.Residences = slices.Clone(p.Events), slices.Clone(p.Residences)
	if r := p.last(); r != nil && r.To == e.Day {
		r.To = civil.Date{}
	}
	if p.FamilyRegister != nil && e.Kind == DepartureAbroad {
		f := *p.FamilyRegister
		f.Departure = nil
		p.FamilyRegister = &f
	}
	for j := range p.Events {
		if in := &p.Events[j]; e.Kind == MoveOut && in.MovedOn == e.Filed && !in.MovedOn.IsZero() {
			in.MovedOn = civil.Date{}
		}
	}
	p.Events[i].Withdrawn = on
	return p, p.Events[i], p.Check()
}

// Annul is the record after the newest event turned out to be an office's own error (職権による回復): what stood before
// stands again, and the event keeps what it had wrongly entered. Errors are a *Fault.
func (p Person) Annul(eventID string, on civil.Date) (Person, Event, error) {
	i := slices.IndexFunc(p.Events, func(e Event) bool { return e.ID == eventID })
	if i < 0 || !p.Events[i].Stands() {
		return p, Event{}, fault("event", "取り消せる届出がありません。", "There is no notification to take back.")
	}
	e := p.Events[i]
	switch {
	case slices.ContainsFunc(p.Events[i+1:], Event.Stands):
		return p, Event{}, fault("event", "この届出の後に別の異動があります。先に後のものを取り消してください。", "Something was notified after it; undo that first.")
	case e.Kind == NumberChange || e.Kind == CodeChange:
		return p, Event{}, fault("event", "番号の変更は取り消せません。必要なら、もう一度番号を変更してください。", "A change of the number cannot be undone; if need be, change it again.")
	case !e.ContinuingUse.IsZero():
		return p, Event{}, fault("event", "国外継続利用が済んでいます。出国日の前に、届出の取消しをしてください。", "Continuing use was done; take the notification back before its day.")
	case e.Before == nil:
		return p, Event{}, fault("event", "以前の記載が残っていません。正しい内容を届け出てください。", "What stood before is not kept; notify what is right.")
	}
	wrong, before := p.record(), e.Before
	p.Events = slices.Clone(p.Events)
	for j := range p.Events {
		if in := &p.Events[j]; e.Kind == MoveOut && in.MovedOn == e.Filed && !in.MovedOn.IsZero() {
			in.MovedOn = civil.Date{}
		}
	}
	p.Name, p.Birth, p.Sex, p.Nationality, p.Residences = before.Name, before.Birth, before.Sex, before.Nationality, before.Residences
	p.FamilyRegister, p.Stay, p.Ended, p.Former = before.FamilyRegister, before.Stay, before.Ended, before.Former
	p.Events[i].Withdrawn, p.Events[i].Before, p.Events[i].Wrong = on, nil, wrong
	return p, p.Events[i], p.Check()
}
