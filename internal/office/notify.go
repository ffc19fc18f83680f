package office

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// NotifyRequest is a notification as it is written at the window or sent by a program. Days are written in any form of
// civil.ParseAny; which fields a kind asks for, register says.
type NotifyRequest struct {
	RequestKey     string `json:"request_key"` // chosen by the caller; the same key for a person notifies once
	Kind           string `json:"kind"`        // a kind of register.Kinds
	Day            string `json:"day"`
	PlannedMoveOut string `json:"planned_move_out,omitempty"`
	Municipality   string `json:"municipality,omitempty"`
	Address        string `json:"address,omitempty"`
	Honseki        string `json:"honseki,omitempty"`
	FamilyName     string `json:"family_name,omitempty"`
	GivenName      string `json:"given_name,omitempty"`
	FamilyKana     string `json:"family_kana,omitempty"`
	GivenKana      string `json:"given_kana,omitempty"`
	FamilyLatin    string `json:"family_latin,omitempty"`
	GivenLatin     string `json:"given_latin,omitempty"`
	FormerFamily   string `json:"former_family_name,omitempty"`
	Birth          string `json:"birth,omitempty"`
	Sex            string `json:"sex,omitempty"`
	Nationality    string `json:"nationality,omitempty"`
	StayStatus     string `json:"stay_status,omitempty"`
	StayUntil      string `json:"stay_until,omitempty"`
	MisuseFeared   bool   `json:"misuse_feared,omitempty"` // of a request for another number
	ExOfficio      bool   `json:"ex_officio,omitempty"`    // the office enters it itself
	Head           string `json:"head,omitempty"`          // of the household, who gets the notice of a number; empty: the person
}

// Noted is what a notification did.
type Noted struct {
	Person register.Person       `json:"-"`
	Event  register.Event        `json:"event"`
	Told   []procedure.Told      `json:"told,omitempty"`       // the other offices
	Coming []procedure.ComingDay `json:"-"`                    // what the days will bring to the card now
	Ended  []string              `json:"ended,omitempty"`      // keys of applications that ended with it
	Number *person.Number        `json:"-"`                    // a number that was given
	Lines  []ComingLine          `json:"coming_days,omitzero"` // Coming in words
}

// ComingLine is a coming day in words.
type ComingLine struct {
	On   civil.Date `json:"on"`
	What law.Text   `json:"what"`
	Why  law.Text   `json:"why,omitzero"`
}

// Notify takes a notification about somebody whom the registers have, or enters something ex officio (ST-050): record and
// history, the other offices, the applications under way and what the days bring are one transaction. An office that
// knows nothing of the person finds nobody.
func (o *Office) Notify(ctx context.Context, who Actor, personID string, r NotifyRequest) (Noted, Receipt, error) {
	var done Noted
	if err := o.may(ctx, who, "notify", personSubject(personID)); err != nil {
		return done, Receipt{}, err
	}
	n, err := r.read(civil.DateOf(o.Clock()))
	if err != nil {
		return done, Receipt{}, err
	}
	receipt, err := o.act(ctx, who, "notify", "person/"+personID, func(t *turn) error {
		done = Noted{}
		p, err := t.known(personID, n)
		if err != nil {
			return err
		}
		n.ID, n.At, n.Filed = eventID(personID, r.RequestKey), who.Office, t.on
		if i := slices.IndexFunc(p.Events, func(e register.Event) bool { return e.ID == n.ID }); i >= 0 {
			t.already, done.Person, done.Event = true, p, p.Events[i]
			return nil
		}
		basis, err := procedure.Notify(t.on, notifyFacts(p, n, r))
		if err != nil {
			return err
		}
		t.because(basis)
		done, err = t.notify(p, n, r.Head)
		return err
	})
	return done, receipt, err
}

// known is the person if the office has to do with them: it keeps or kept a record or the family register, it is where
// they move to, or they were found today because they stand at its window.
func (t *turn) known(personID string, n register.Notification) (register.Person, error) {
	p, err := t.Person(personID)
	if err != nil {
		return p, err
	}
	t.asked = true
	for _, r := range p.Residences {
		if r.Municipality == t.who.Office {
			return p, nil
		}
	}
	if p.FamilyRegister != nil && p.FamilyRegister.Honseki == t.who.Office || n.Municipality == t.who.Office {
		return p, nil
	}
	entries, err := t.JournalOf(personSubject(personID))
	if err != nil {
		return p, err
	}
	for _, e := range entries {
		if e.Act == "find_person" && e.Office == string(t.who.Office) && civil.DateOf(e.At) == t.on {
			return p, nil
		}
	}
	return register.Person{}, ErrNotFound
}

// eventID names an event by the request that made it.
func eventID(personID, key string) string {
	sum := sha256.Sum256([]byte("event/" + personID + "/" + key))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:26])
}

// notifyFacts are the facts of procedure.Notify and of procedure.Tells.
func notifyFacts(p register.Person, n register.Notification, r NotifyRequest) procedure.NotifyFacts {
	f := procedure.NotifyFacts{Kind: rules.EventKind(n.Kind), Day: n.Day, Ended: p.Ended, Office: n.At, New: n.Municipality,
		Misuse: procedure.AnswerOf(r.MisuseFeared), ExOfficio: r.ExOfficio}
	if len(p.Residences) > 0 {
		f.Residence = p.Residences[len(p.Residences)-1].Municipality
	}
	if p.FamilyRegister != nil {
		f.Honseki = p.FamilyRegister.Honseki
	}
	return f
}

// notify enters a notification that may be taken. Acts of the window that are notifications too call it.
func (t *turn) notify(p register.Person, n register.Notification, head string) (Noted, error) {
	var done Noted
	n.Noted = t.now
	if err := t.renumber(p, &n); err != nil {
		return done, err
	}
	after, event, err := p.Notify(n)
	if err != nil {
		return done, unfit(err)
	}
	if err := t.PutPerson(after); err != nil {
		return done, err
	}
	done.Person, done.Event, t.detail = after, event, event.Kind+" "+event.Day.String()
	if done.Told, err = t.tellOffices(p, after, n, event); err != nil {
		return done, err
	}
	if done.Ended, err = t.endApplications(p.ID, n); err != nil {
		return done, err
	}
	if after.Number != p.Number {
		done.Number = &after.Number
		if err := t.numberNotice(after, head); err != nil {
			return done, err
		}
	}
	if err := t.settle(p.ID); err != nil {
		return done, err
	}
	done.Coming, err = t.comingOf(p.ID)
	done.Lines = comingLines(done.Coming)
	return done, err
}

// renumber draws the new number or code of a change of either, and keeps the former one sealed.
func (t *turn) renumber(p register.Person, n *register.Notification) error {
	former := FormerNumber{PersonID: p.ID, Until: n.Day}
	var err error
	switch n.Kind {
	case register.NumberChange:
		former.Number = p.Number
		n.Number, err = t.drawNumber()
	case register.CodeChange:
		former.Code = p.Code
		n.Code, err = t.drawCode()
	case register.Registered:
		return t.number(&p, n)
	default:
		return nil
	}
	if err != nil || former.Number.IsZero() && former.Code.IsZero() {
		return err
	}
	if former.ID, err = t.office.id(); err != nil {
		return err
	}
	n.FormerKey = former.ID
	return t.PutFormerNumber(former)
}

// unfit is a fault of a notification as the window shows it.
func unfit(err error) error {
	var f *register.Fault
	if errors.As(err, &f) {
		return &Invalid{f.Field, f.Text}
	}
	return &Invalid{"day", law.Text{Ja: "この届出は、今の記録と合いません。日付と住所を確かめてください。", En: "This does not fit the record: " + err.Error()}}
}

// tellOffices writes to the offices that hear of it over the network: those of before and of after.
func (t *turn) tellOffices(before, after register.Person, n register.Notification, e register.Event) ([]procedure.Told, error) {
	told, err := procedure.Tells(t.on, notifyFacts(before, n, NotifyRequest{}))
	if err != nil {
		return nil, err
	}
	now := notifyFacts(after, n, NotifyRequest{})
	more, err := procedure.Tells(t.on, now)
	if err != nil {
		return nil, err
	}
	for _, m := range more {
		if !slices.ContainsFunc(told, func(o procedure.Told) bool { return o.Office == m.Office }) {
			told = append(told, m)
		}
	}
	for _, o := range told {
		id, err := t.office.id()
		if err != nil {
			return nil, err
		}
		x := register.Exchange{ID: id, From: t.who.Office, To: o.Office, Kind: o.Kind, PersonID: after.ID, EventID: e.ID, Created: t.now, Body: after.Identity(e)}
		if err := t.PutExchange(x); err != nil {
			return nil, err
		}
	}
	return told, nil
}

// endApplications ends what is under way where the event demands a new application, and says so to the applicant
// (ABR-031, ABR-035, ST-003). A card that was made for it is destroyed.
func (t *turn) endApplications(personID string, n register.Notification) ([]string, error) {
	all, err := t.ApplicationsOf(personID)
	if err != nil {
		return nil, err
	}
	var ended []string
	for _, a := range all {
		if slices.Contains(endedStates, a.State) {
			continue
		}
		ends, basis, err := procedure.EndsApplication(t.on, rules.EventKind(n.Kind), a.Overseas)
		if err != nil || !ends {
			if err != nil {
				return ended, err
			}
			continue
		}
		act := endingAct(a)
		next, err := procedure.Next(application.Life, a.State, act)
		if err != nil {
			return ended, err
		}
		if err := t.resumeOld(a); err != nil {
			return ended, err
		}
		if a.CardID != "" {
			if err := t.destroyCard(a.CardID); err != nil {
				return ended, err
			}
		}
		a.State = next.To
		if err := t.destroySealedForm(&a); err != nil {
			return ended, err
		}
		if err := t.DropReservation(a.ID); err != nil {
			return ended, err
		}
		if err := t.PutApplication(a); err != nil {
			return ended, err
		}
		if err := t.record(string(act), subjectOf(a.ID), basis, string(a.State)); err != nil {
			return ended, err
		}
		t.because(basis)
		ended = append(ended, a.ID)
		if n.Kind != register.Died {
			if err := t.tell(a, notice.Cancelled, notice.Facts{}); err != nil {
				return ended, err
			}
		}
	}
	return ended, nil
}

// comingOf is what the days will bring to the card in the person's hands.
func (t *turn) comingOf(personID string) ([]procedure.ComingDay, error) {
	h, err := t.holding(personID)
	if err != nil || h.card == nil {
		return nil, err
	}
	certificates, err := t.Certificates(h.card.ID)
	if err != nil {
		return nil, err
	}
	s := t.standing(&h, h.card, certificates)
	all, err := procedure.ComingDays(&s)
	return slices.DeleteFunc(all, func(d procedure.ComingDay) bool { return !d.On.After(t.on) || d.Notice() }), err
}

func comingLines(all []procedure.ComingDay) []ComingLine {
	var out []ComingLine
	for _, d := range all {
		out = append(out, ComingLine{d.On, rules.ComingNames[d.Kind], d.Lapse.Text})
	}
	return out
}

// read understands the request; every fault of it is named at once.
func (r NotifyRequest) read(on civil.Date) (register.Notification, error) {
	n := register.Notification{Kind: r.Kind, Address: r.Address, Nationality: r.Nationality, Stay: register.Stay{Status: r.StayStatus}}
	var faults InvalidForm
	day := func(field, text string, into *civil.Date) {
		if text == "" {
			return
		}
		d, err := parseDate(field, text)
		var invalid *Invalid
		if errors.As(err, &invalid) {
			faults = append(faults, *invalid)
		}
		*into = d
	}
	municipality := func(field, text string, into *place.Code) {
		if text == "" {
			return
		}
		code, err := place.ParseMunicipality(text)
		if err == nil && !place.KeepsRegister(code) {
			err = place.FieldError{Text: law.Text{Ja: "政令指定都市は区まで書いてください。", En: "Name the ward of a designated city."}}
		}
		if err != nil {
			faults = append(faults, Invalid{field, fieldText(err)})
		}
		*into = code
	}
	if r.RequestKey == "" {
		faults = append(faults, Invalid{"request_key", law.Text{Ja: "受付の番号がありません。", En: "A request key is missing."}})
	}
	if !slices.Contains(register.Kinds(), r.Kind) || r.Kind == register.ChildBorn {
		faults = append(faults, Invalid{"kind", law.Text{Ja: "届出の種類がわかりません。", En: "There is no notification of this kind."}})
	}
	day("day", r.Day, &n.Day)
	day("planned_move_out", r.PlannedMoveOut, &n.PlannedMoveOut)
	day("birth", r.Birth, &n.Birth)
	day("stay_until", r.StayUntil, &n.Stay.Until)
	municipality("municipality", r.Municipality, &n.Municipality)
	municipality("honseki", r.Honseki, &n.Honseki)
	if n.Birth.After(on) {
		faults = append(faults, Invalid{"birth", law.Text{Ja: "生年月日が今日より後です。", En: "The date of birth is in the future."}})
	}
	faults = append(faults, r.readPerson(&n)...)
	if len(faults) > 0 {
		return n, faults
	}
	return n, nil
}

// readPerson understands what the request says of the person: name, sex, nationality, residence status.
func (r NotifyRequest) readPerson(n *register.Notification) (faults InvalidForm) {
	var err error
	if r.Sex != "" {
		if n.Sex, err = person.ParseSex(r.Sex); err != nil {
			faults = append(faults, Invalid{"sex", fieldText(err)})
		}
	}
	name := person.Name{Family: r.FamilyName, Given: r.GivenName, FamilyKana: r.FamilyKana, GivenKana: r.GivenKana, FamilyLatin: r.FamilyLatin, GivenLatin: r.GivenLatin,
		FormerFamily: r.FormerFamily}
	if !name.IsZero() && r.Kind != register.FormerSurname {
		if n.Name, err = name.Clean(); err != nil {
			faults = append(faults, Invalid{"name", fieldText(err)})
		}
	}
	if r.Kind == register.FormerSurname && r.FormerFamily != "" {
		cleaned, err := person.Name{Family: r.FormerFamily}.Clean()
		if err != nil {
			faults = append(faults, Invalid{"former_family_name", fieldText(err)})
		}
		n.Name.FormerFamily = cleaned.Family
	}
	if r.Nationality != "" && !country(r.Nationality) {
		faults = append(faults, Invalid{"nationality", law.Text{Ja: "国籍は2文字のコードで書いてください(例 JP)。", En: "Write the nationality as a code of two letters, such as JP."}})
	}
	if r.StayStatus != "" && !slices.Contains(procedure.ResidenceStatuses, procedure.ResidenceStatus(r.StayStatus)) {
		faults = append(faults, Invalid{"stay_status", law.Text{Ja: "在留資格の区分がわかりません。", En: "There is no such kind of residence status."}})
	}
	return faults
}

func country(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}

// fieldText is what a constructor says is wrong.
func fieldText(err error) law.Text {
	var p person.FieldError
	var c place.FieldError
	switch {
	case errors.As(err, &p):
		return p.Text
	case errors.As(err, &c):
		return c.Text
	}
	return law.Text{Ja: "読めません。", En: "This cannot be read."}
}
