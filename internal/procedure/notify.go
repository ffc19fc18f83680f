package procedure

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// NotifyFacts decide whether an office takes a notification now.
type NotifyFacts struct {
	Kind      rules.EventKind
	Day       civil.Date // of the event
	Ended     civil.Date // of the record, zero while it stands
	Office    place.Code
	Residence place.Code // of the record that stands, or of the last one
	New       place.Code // of the new address
	Honseki   place.Code
	Misuse    Answer // of a change of the number: a third party may misuse it
	ExOfficio bool   // the office does it without being asked
}

// Notify decides it (ST-050): the right office, and a day that has come where only that counts.
func Notify(on civil.Date, f NotifyFacts) (Basis, error) {
	table, err := rules.Notifications.On(on)
	if err != nil {
		return nil, err
	}
	n, ok := table.Rule[f.Kind]
	if !ok {
		return nil, rules.Refuse("notification_elsewhere", rules.AcceptorNames[rules.ResidenceOffice])
	}
	if !slices.ContainsFunc(n.At, f.is) {
		var names law.Text
		for i, a := range n.At {
			if name := rules.AcceptorNames[a]; i == 0 {
				names = name
			} else {
				names.Ja, names.En = names.Ja+"・"+name.Ja, names.En+", "+name.En
			}
		}
		return nil, rules.Refuse("notification_elsewhere", names)
	}
	if !f.Ended.IsZero() && f.Kind != rules.FirstRegistration {
		return nil, rules.Refuse("record_ended", f.Ended)
	}
	if n.AfterOnly && f.Day.After(on) {
		return nil, rules.Refuse("not_happened_yet", f.Day)
	}
	if f.Kind == rules.NumberChanged && f.Misuse != Yes && !f.ExOfficio {
		return nil, rules.Refuse("number_stays") // NUM-003
	}
	return Basis{n.Cite}, nil
}

// is reports that the office is the acceptor of the case.
func (f NotifyFacts) is(a rules.Acceptor) bool {
	switch a {
	case rules.ResidenceOffice:
		return f.Office == f.Residence
	case rules.NewMunicipality:
		return f.Office == f.New
	case rules.HonsekiOffice:
		return f.Office == f.Honseki
	case rules.AnyMunicipality:
		return place.KindOf(f.Office) == place.KindMunicipality
	case rules.AnyMission:
		return place.KindOf(f.Office) == place.KindMission
	}
	return f.Office == place.Issuer
}

// Told is an office that hears of a notification over the network, and by which kind of message.
type Told struct {
	Office place.Code
	Kind   string
}

// Tells lists the offices that hear of it, each once and never the one that took it.
func Tells(on civil.Date, f NotifyFacts) ([]Told, error) {
	table, err := rules.Notifications.On(on)
	if err != nil {
		return nil, err
	}
	n := table.Rule[f.Kind]
	var out []Told
	for _, a := range n.Tells {
		code := map[rules.Acceptor]place.Code{rules.ResidenceOffice: f.Residence, rules.NewMunicipality: f.New, rules.HonsekiOffice: f.Honseki, rules.TheIssuer: place.Issuer}[a]
		if code != "" && code != f.Office && !slices.ContainsFunc(out, func(t Told) bool { return t.Office == code }) {
			out = append(out, Told{code, n.Kind})
		}
	}
	return out, nil
}

// EndsApplication decides whether an application under way ends with the event (ABR-031, ABR-035).
func EndsApplication(on civil.Date, kind rules.EventKind, overseas bool) (bool, Basis, error) {
	table, err := rules.ApplicationsEnd.On(on)
	if err != nil {
		return false, nil, err
	}
	e := table.Rule[kind]
	return overseas && e.Overseas || !overseas && e.Home, Basis{e.Cite}, nil
}

// TakeBack decides whether a move out or abroad is called off: at the office that took it, before its day (ABR-003). The
// outcome says what becomes of the card.
func TakeBack(on civil.Date, f NotifyFacts) (rules.TakingBack, Basis, error) {
	row, err := rules.CalledOff.On(on)
	switch {
	case err != nil:
		return rules.TakingBack{}, nil, err
	case f.Office != f.Residence:
		return rules.TakingBack{}, nil, rules.Refuse("notification_elsewhere", rules.AcceptorNames[rules.ResidenceOffice])
	case !on.Before(f.Day):
		return rules.TakingBack{}, nil, rules.Refuse("already_moved", f.Day)
	}
	return row.Rule, Basis{row.Cite}, nil
}
