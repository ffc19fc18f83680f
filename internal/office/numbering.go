package office

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// draws bounds how often a number is drawn that somebody has: of a hundred thousand million a nation uses one in a
// thousand.
const draws = 100

// drawNumber is an Individual Number that nobody has or had (NUM-002, NUM-010).
func (t *turn) drawNumber() (person.Number, error) {
	for range draws {
		n, err := person.GenerateNumber(t.office.Rand)
		if err != nil {
			return n, err
		}
		if given, err := t.Given(n, person.ResidentRecordCode{}); err != nil || !given {
			return n, err
		}
	}
	return person.Number{}, errors.New("no Individual Number is left")
}

// drawCode is a resident record code that nobody has or had (NUM-013).
func (t *turn) drawCode() (person.ResidentRecordCode, error) {
	for range draws {
		c, err := person.GenerateResidentRecordCode(t.office.Rand)
		if err != nil {
			return c, err
		}
		if given, err := t.Given(person.Number{}, c); err != nil || !given {
			return c, err
		}
	}
	return person.ResidentRecordCode{}, errors.New("no resident record code is left")
}

// number gives somebody who is entered in a resident record the code and, from it, the number that they do not have yet
// (NUM-010, NUM-013).
func (t *turn) number(p *register.Person, n *register.Notification) error {
	var err error
	if p.Code.IsZero() {
		if n.Code, err = t.drawCode(); err != nil {
			return err
		}
	}
	if p.Number.IsZero() {
		n.Number, err = t.drawNumber()
	}
	return err
}

// numberNotice is the Individual Number Notice: by the issuer to the head of the household, by simple registered mail
// (NTF-002, NUM-021). The number itself is printed from the register and stands in no message.
func (t *turn) numberNotice(p register.Person, head string) error {
	home, ok := p.ResidentOn(t.on)
	if !ok {
		return nil
	}
	if head == "" {
		head = p.Name.Full()
	}
	return t.send(notice.Message{Kind: notice.NumberNotice, PersonID: p.ID, Office: place.Issuer,
		Letter: &notice.Letter{Name: head, Address: home.Address, Service: notice.Registered}},
		notice.Facts{Name: head, Item: law.Text{Ja: p.Name.Full(), En: p.Name.Full()}})
}

// RegisterRequest enters somebody whom the registers do not have: a birth, or a first registration, after a move to
// Japan or ex officio. The kind is ChildBorn or Registered; Day is the day of birth, or the first day of living there.
type RegisterRequest struct {
	NotifyRequest
	Parent string `json:"parent,omitempty"` // key of a parent whose record the child enters
}

// Register takes a birth notification or a first registration: a new person with resident record code and Individual
// Number, the notice of the number, the other offices. A child born abroad enters the family register alone, through the
// mission, and has no number until it lives in Japan (ELIG-012).
func (o *Office) Register(ctx context.Context, who Actor, r RegisterRequest) (Noted, Receipt, error) {
	var done Noted
	if err := o.may(ctx, who, "register", "person/new"); err != nil {
		return done, Receipt{}, err
	}
	n, p, err := r.readNew(civil.DateOf(o.Clock()))
	if err != nil {
		return done, Receipt{}, err
	}
	p.ID = secretHash("person/" + string(who.Office) + "/" + r.RequestKey)[:26]
	receipt, err := o.act(ctx, who, "register", "person/"+p.ID, func(t *turn) error {
		done = Noted{}
		if before, err := t.Person(p.ID); err == nil {
			t.already, done.Person = true, before
			return nil
		} else if !isNotFound(err) {
			return err
		}
		var err error
		done, err = t.register(p, n, r)
		return err
	})
	return done, receipt, err
}

func (t *turn) register(p register.Person, n register.Notification, r RegisterRequest) (Noted, error) {
	n.ID, n.At, n.Filed = eventID(p.ID, r.RequestKey), t.who.Office, t.on
	var parent register.Person
	var err error
	if r.Parent != "" {
		if parent, err = t.known(r.Parent, n); err != nil {
			return Noted{}, err
		}
		if home, ok := parent.ResidentOn(n.Day); ok && n.Municipality == "" && n.Address == "" {
			n.Municipality, n.Address = home.Municipality, home.Address
		}
	}
	abroad := place.KindOf(t.who.Office) == place.KindMission
	if abroad {
		n.Municipality, n.Address = "", ""
	}
	facts := notifyFacts(p, n, r.NotifyRequest)
	facts.Residence = n.Municipality
	basis, err := procedure.Notify(t.on, facts)
	if err != nil {
		return Noted{}, err
	}
	t.because(basis)
	event := register.Event{ID: n.ID, Kind: n.Kind, At: n.At, Day: n.Day, Filed: n.Filed}
	if n.Municipality != "" {
		if err := t.number(&p, &n); err != nil {
			return Noted{}, err
		}
		p.Number, p.Code = n.Number, n.Code
		p.Residences = []register.Residence{{Municipality: n.Municipality, Address: n.Address, From: n.Day, Reason: r.reason()}}
	}
	p.Events = []register.Event{event}
	if err := p.Check(); err != nil {
		return Noted{}, unfit(err)
	}
	if err := t.PutPerson(p); err != nil {
		return Noted{}, err
	}
	done := Noted{Person: p, Event: event}
	t.detail = n.Kind + " " + n.Day.String()
	if done.Told, err = t.tellOffices(p, p, n, event); err != nil {
		return done, err
	}
	if !p.Number.IsZero() {
		done.Number = &p.Number
		if err := t.numberNotice(p, r.Head); err != nil {
			return done, err
		}
	}
	if r.Parent != "" {
		parent.Events = append(slices.Clone(parent.Events), register.Event{ID: n.ID, Kind: register.ChildBorn, At: n.At, Day: n.Day, Filed: n.Filed})
		return done, t.PutPerson(parent)
	}
	return done, nil
}

// reason is how the first residence comes into the record.
func (r RegisterRequest) reason() register.EntryReason {
	switch {
	case r.Kind == register.ChildBorn:
		return register.Born
	case r.ExOfficio:
		return register.ExOfficio
	}
	return register.FromAbroad
}

// readNew understands the request as a person without residence, number or history.
func (r RegisterRequest) readNew(on civil.Date) (register.Notification, register.Person, error) {
	kind := r.Kind
	asked := r.NotifyRequest
	if asked.Kind == register.ChildBorn {
		asked.Kind = register.Registered // read refuses a birth, which is no event of the child's own record
		if asked.Birth == "" {
			asked.Birth = asked.Day
		}
	}
	n, err := asked.read(on)
	var faults InvalidForm
	if err != nil && !errors.As(err, &faults) {
		return n, register.Person{}, err
	}
	need := func(field string, missing bool, ja, en string) {
		if missing && !slices.ContainsFunc(faults, func(i Invalid) bool { return i.Field == field }) {
			faults = append(faults, Invalid{field, law.Text{Ja: ja, En: en}})
		}
	}
	need("name", n.Name.IsZero(), "氏名を書いてください。", "Give the name.")
	need("birth", n.Birth.IsZero(), "生年月日を書いてください。", "Give the date of birth.")
	need("day", n.Day.IsZero(), "異動の日を書いてください。", "Give the day of the event.")
	need("nationality", r.Nationality == "", "国籍を書いてください(日本は JP)。", "Give the nationality, JP for Japan.")
	need("honseki", r.Nationality == register.Japan && n.Honseki == "", "本籍の市区町村を書いてください。", "Give the municipality of the honseki.")
	need("stay_status", r.Nationality != "" && r.Nationality != register.Japan && r.StayStatus == "", "在留資格の区分を書いてください。", "Give the kind of residence status.")
	need("address", n.Municipality != "" && n.Address == "", "住所を都道府県から書いてください。", "Give the address, from the prefecture on.")
	need("municipality", kind == register.Registered && n.Municipality == "", "住所の市区町村を書いてください。", "Give the municipality of the address.")
	need("day", kind == register.ChildBorn && !n.Day.IsZero() && n.Day != n.Birth, "出生の日が生年月日と違います。", "The day of birth differs from the date of birth.")
	if kind != register.ChildBorn && kind != register.Registered {
		faults = append(faults, Invalid{"kind", law.Text{Ja: "birth か first_registration です。", En: "It is birth or first_registration."}})
	}
	if len(faults) > 0 {
		return n, register.Person{}, faults
	}
	n.Kind = kind
	p := register.Person{Name: n.Name, Birth: n.Birth, Sex: n.Sex, Nationality: r.Nationality}
	if p.Japanese() {
		p.FamilyRegister = &register.SupplementaryFamilyRegister{Honseki: n.Honseki, Since: n.Birth}
	} else {
		p.Stay = &register.Stay{Status: n.Stay.Status, Until: n.Stay.Until}
	}
	return n, p, nil
}

// NumberedPerson is a person with the number, for the copy of the resident record that proves it (NUM-023, NUM-025).
type NumberedPerson struct {
	Person register.Person
	Home   register.Residence
}

// NumberCopy makes the copy of the resident record that shows the Individual Number, at the municipality that keeps the record
// (NUM-023). Whether and for whom it is made is the sheet's; the look at the number is an entry in the journal.
func (o *Office) NumberCopy(ctx context.Context, who Actor, personID string) (NumberedPerson, Receipt, error) {
	var out NumberedPerson
	receipt, err := o.act(ctx, who, "number_copy", "person/"+personID, func(t *turn) error {
		t.purpose = PurposeOwnData
		h, err := t.holding(personID)
		if err != nil {
			return err
		}
		home, ok := h.person.ResidentOn(t.on)
		if t.asked = true; !ok || home.Municipality != t.who.Office {
			return ErrNotFound
		}
		row, err := rules.GetNumberCopy.On(t.on)
		if err != nil {
			return fmt.Errorf("the copy of the record: %w", err)
		}
		t.because(procedure.Basis{row.Cite})
		out = NumberedPerson{h.person, home}
		return nil
	})
	return out, receipt, err
}
