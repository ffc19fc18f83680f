package office

import (
	"context"
	"fmt"
	"strings"

	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// exchangesShown bounds a list of exchanges.
const exchangesShown = 200

// Exchanges lists what the office received over the network of the registers, or sent, the newest first.
func (o *Office) Exchanges(ctx context.Context, who Actor, sent bool) ([]register.Exchange, error) {
	var out []register.Exchange
	_, err := o.act(ctx, who, "look_exchanges", "", func(t *turn) (err error) {
		out, err = t.Exchanges(who.Office, sent, exchangesShown)
		t.detail = fmt.Sprintf("%d shown", len(out))
		return err
	})
	return out, err
}

// NoteExchange notes that a clerk of the receiving office has read a message.
func (o *Office) NoteExchange(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.act(ctx, who, "note_exchange", "exchange/"+id, func(t *turn) error {
		x, err := t.Exchange(id)
		if err != nil {
			return err
		}
		if !t.is(x.To) {
			return ErrNotFound
		}
		t.detail = x.Kind
		if t.already = !x.Read.IsZero(); t.already {
			return nil
		}
		x.Read = t.now
		return t.PutExchange(x)
	})
}

// NetworkQuery is a question to the network of the registers: the resident record code, or name, birth date and an address
// in Japan together, as the honseki asks it about somebody who lives abroad (ABR-021, ABR-022, NUM-015).
type NetworkQuery struct {
	Code    string `json:"code,omitempty"`
	Name    string `json:"name,omitempty"`
	Kana    string `json:"kana,omitempty"`
	Birth   string `json:"birth,omitempty"`
	Address string `json:"address,omitempty"`
}

// NetworkAnswer is one person who fits, without any number.
type NetworkAnswer struct {
	PersonID string                `json:"person"`
	Identity register.IdentityData `json:"identity"`
	Match    register.Match        `json:"match"`
}

// AskNetwork answers a municipality's query. Who asked, and how many were found, is an entry in the journal; what was asked
// is not, for it may be a number.
func (o *Office) AskNetwork(ctx context.Context, who Actor, q NetworkQuery) ([]NetworkAnswer, Receipt, error) {
	if err := o.may(ctx, who, "ask_network", ""); err != nil {
		return nil, Receipt{}, err
	}
	query, code, err := q.read()
	if err != nil {
		return nil, Receipt{}, err
	}
	var found []NetworkAnswer
	receipt, err := o.act(ctx, who, "ask_network", "", func(t *turn) error {
		found = nil
		table, err := rules.Notifications.On(t.on)
		if err != nil {
			return err
		}
		t.because(procedure.Basis{table.Cite})
		var people []register.Person
		if code.IsZero() {
			if people, err = t.PersonsBorn(query.Birth); err != nil {
				return err
			}
		} else if p, err := t.PersonByCode(code); err == nil {
			people = []register.Person{p}
		} else if !isNotFound(err) {
			return err
		}
		for _, p := range people {
			m := p.Matches(query)
			if code.IsZero() && !m.Whole() {
				continue
			}
			var last register.Event
			if n := len(p.Events); n > 0 {
				last = p.Events[n-1]
			}
			found = append(found, NetworkAnswer{p.ID, p.Identity(last), m})
		}
		switch len(found) {
		case 0:
			t.detail = "nobody found"
		case 1:
			t.subject, t.detail = "person/"+found[0].PersonID, "found"
		default:
			t.detail = "several found"
		}
		return nil
	})
	return found, receipt, err
}

func (q NetworkQuery) read() (register.Query, person.ResidentRecordCode, error) {
	var query register.Query
	if strings.TrimSpace(q.Code) != "" {
		code, err := person.ParseResidentRecordCode(q.Code)
		if err != nil {
			return query, code, &Invalid{"code", fieldText(err)}
		}
		return query, code, nil
	}
	var faults InvalidForm
	name, err := person.NewName(q.Name, q.Kana)
	if err != nil {
		faults = append(faults, Invalid{"name", fieldText(err)})
	}
	birth, err := parseDate("birth", q.Birth)
	if err != nil {
		faults = append(faults, Invalid{"birth", law.Text{Ja: "生年月日を書いてください。", En: "Give the date of birth."}})
	}
	if strings.TrimSpace(q.Address) == "" {
		faults = append(faults, Invalid{"address", law.Text{Ja: "日本での住所(以前のもの)を書いてください。", En: "Give an address in Japan, a former one too."}})
	}
	if len(faults) > 0 {
		return query, person.ResidentRecordCode{}, faults
	}
	return register.Query{Name: name, Birth: birth, OldAddress: q.Address}, person.ResidentRecordCode{}, nil
}
