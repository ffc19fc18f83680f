package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
)

// personSubject is how the journal names a person.
func personSubject(id string) string { return "person/" + id }

// PersonRequest is what somebody at the window says of themselves: enough to find one person and nobody else.
type PersonRequest struct {
	Name  string // kanji, kana or Latin letters
	Birth string
	Pick  string // key of the person meant, where several have this name and birthday
}

// FindPerson finds the person who stands at the window, by name and birth date; with several of them Pick says which. The
// finding is an entry in the journal, and lets this office look at the person today wherever the person lives: a visitor
// at the wrong office is told where to go instead of being unknown (ABR-057).
func (o *Office) FindPerson(ctx context.Context, who Actor, r PersonRequest) ([]register.Person, error) {
	if err := o.may(ctx, who, "find_person", ""); err != nil {
		return nil, err
	}
	birth, err := parseDate("birth", r.Birth)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(r.Name) == "" {
		return nil, &Invalid{"name", law.Text{Ja: "氏名を入力してください。", En: "Enter the name."}}
	}
	var found []register.Person
	_, err = o.act(ctx, who, "find_person", "", func(t *turn) error {
		found = nil
		born, err := t.PersonsBorn(birth)
		if err != nil {
			return err
		}
		for _, p := range born {
			if p.Name.Sounds(r.Name) && (r.Pick == "" || r.Pick == p.ID) {
				found = append(found, p)
			}
		}
		t.purpose, t.detail = PurposeVisitor, fmt.Sprintf("%d found", len(found))
		if len(found) == 1 {
			t.subject = personSubject(found[0].ID)
		}
		return nil
	})
	return found, err
}

// served is the person if the office may look at them: it is the municipality of residence or the honseki, has a part in
// something of theirs that is under way, or found them today because they stand at its window.
func (t *turn) served(personID string) (register.Person, error) {
	t.asked = true
	p, err := t.Person(personID)
	if err != nil {
		return p, err
	}
	if r, ok := p.ResidentOn(t.on); ok && r.Municipality == t.who.Office {
		return p, nil
	}
	if p.FamilyRegister != nil && p.FamilyRegister.Honseki == t.who.Office {
		return p, nil
	}
	for _, part := range []func(register.Person) (bool, error){t.hasCase, t.hasApplication, t.foundToday} {
		if has, err := part(p); err != nil || has {
			return p, err
		}
	}
	return register.Person{}, ErrNotFound
}

func (t *turn) hasCase(p register.Person) (bool, error) {
	cases, err := t.WindowCasesOf(p.ID)
	return slices.ContainsFunc(cases, func(c docket.Case) bool { return !c.State.Ended() && c.Has(t.who.Office) }), err
}

func (t *turn) hasApplication(p register.Person) (bool, error) {
	all, err := t.ApplicationsOf(p.ID)
	return slices.ContainsFunc(all, func(a application.Application) bool {
		return !slices.Contains(endedStates, a.State) && slices.Contains(a.Parts(), t.who.Office)
	}), err
}

// underWay reports something of the person's in which the office has a part.
func (t *turn) underWay(p register.Person) (bool, error) {
	if has, err := t.hasCase(p); has || err != nil {
		return has, err
	}
	return t.hasApplication(p)
}

func (t *turn) foundToday(p register.Person) (bool, error) {
	entries, err := t.JournalOf(personSubject(p.ID))
	return slices.ContainsFunc(entries, func(e journal.Entry) bool {
		return (e.Act == "find_person" || e.Act == "open_form") && e.Outcome != journal.Refused && e.Office == string(t.who.Office) && civil.DateOf(e.At) == t.on
	}), err
}

// PersonView is everything an office sees of a person: what is held, what is under way, and what can be done.
type PersonView struct {
	Person       register.Person
	Card         *card.Card
	Cards        []card.Card
	Certificates map[certificate.Kind]certificate.Certificate
	Phones       []certificate.Certificate // on phones, those that have not ended
	Application  *application.Application
	Cases        []docket.Case
	Messages     []notice.Message
	History      []journal.Entry
	Known        procedure.Situation // the registers' facts as a situation, without anybody's wishes
	Procedures   []procedure.Summary // all of them, what is open first
}

// LookAtPerson shows a person to somebody of an office that may see them; the look is an entry in the journal.
func (o *Office) LookAtPerson(ctx context.Context, who Actor, id string) (PersonView, error) {
	var v PersonView
	_, err := o.act(ctx, who, "look", personSubject(id), func(t *turn) error {
		v = PersonView{}
		p, err := t.served(id)
		if err != nil {
			return err
		}
		underWay, err := t.underWay(p)
		if err != nil {
			return err
		}
		if err := t.lookFor(underWay); err != nil {
			return err
		}
		v, err = t.view(id, who.Office)
		return err
	})
	return v, err
}

// view is everything of a person as seen at an office; without one, as the holder sees it, who may go to any.
func (t *turn) view(id string, at place.Code) (PersonView, error) {
	var v PersonView
	h, err := t.holding(id)
	if err != nil {
		return v, err
	}
	v.Person, v.Card, v.Cards, v.Certificates, v.Application = h.person, h.card, h.cards, h.certificates, h.application
	for _, x := range h.phones {
		if x.State == certificate.Valid || x.State == certificate.Held {
			v.Phones = append(v.Phones, x)
		}
	}
	if v.Cases, err = t.WindowCasesOf(id); err != nil {
		return v, err
	}
	if v.Messages, err = t.MessagesTo(id); err != nil {
		return v, err
	}
	if v.History, err = t.JournalOf(personSubject(id)); err != nil {
		return v, err
	}
	v.Known = h.situation(t.on, at, t.office.Policies.Of(at))
	all := v.Known
	d, err := procedure.Decide(&all)
	v.Procedures = d.Procedures
	return v, err
}
