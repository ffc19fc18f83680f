package office

import (
	"reflect"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// holding is everything the registers hold of one person that a decision may ask for: one reading for the window, the
// batch and the holder's own page, so that they decide from the same facts.
type holding struct {
	person       register.Person
	cards        []card.Card // the oldest first
	card         *card.Card  // the one in the holder's hands, or the last that was; nil when there never was one
	certificates map[certificate.Kind]certificate.Certificate
	phones       []certificate.Certificate // derived from the card's, the oldest of each kind first
	applications []application.Application
	application  *application.Application // the one under way; nil when there is none
}

// holding reads it. A person who is not in the registers is ErrNotFound.
func (t *turn) holding(personID string) (holding, error) {
	var h holding
	var err error
	if h.person, err = t.Person(personID); err != nil {
		return h, err
	}
	if h.cards, err = t.CardsOf(personID); err != nil {
		return h, err
	}
	h.card = inHand(h.cards)
	if h.card != nil {
		all, err := t.Certificates(h.card.ID)
		if err != nil {
			return h, err
		}
		h.certificates = newest(all)
		if h.phones, err = t.PhoneCertificates(h.card.ID); err != nil {
			return h, err
		}
	}
	if h.applications, err = t.ApplicationsOf(personID); err != nil {
		return h, err
	}
	for i, a := range h.applications {
		if !slices.Contains(endedStates, a.State) {
			h.application = &h.applications[i]
		}
	}
	return h, nil
}

// has reports that the certificate is of the card that counts.
func (h holding) has(c certificate.Certificate) bool { return h.card != nil && h.card.ID == c.CardID }

// inHand is the card that counts among a person's: the one that has not ended and was handed over, or else the one that
// ended last. A card that nobody ever got is none.
func inHand(cards []card.Card) *card.Card {
	var found *card.Card
	for i := range cards {
		c := &cards[i]
		switch {
		case c.Activated.IsZero():
		case found == nil, !c.State.Ended(), found.State.Ended() && !c.Ended.Before(found.Ended):
			found = c
		}
	}
	return found
}

// newest is the last certificate of each kind that the holder has got: those before it were replaced, and one that is
// planned or only written is nobody's yet.
func newest(all []certificate.Certificate) map[certificate.Kind]certificate.Certificate {
	out := map[certificate.Kind]certificate.Certificate{}
	for _, c := range all {
		if c.State == certificate.Planned || c.State == certificate.Issued {
			continue
		}
		if had, ok := out[c.Kind]; !ok || younger(c, had) {
			out[c.Kind] = c
		}
	}
	return out
}

// younger reports that a was issued after b. Keys of two algorithms issue side by side, so a higher generation says nothing; within one
// second two certificates of different keys are told apart by which of them is still in use.
func younger(a, b certificate.Certificate) bool {
	switch {
	case a.Generation == b.Generation:
		return a.Counter > b.Counter
	case !a.NotBefore.Equal(b.NotBefore):
		return a.NotBefore.After(b.NotBefore)
	}
	return a.EndedAt.IsZero() && !b.EndedAt.IsZero() || a.EndedAt.After(b.EndedAt) && !b.EndedAt.IsZero()
}

// situation is the holding as the facts of a decision on a day at an office.
func (h holding) situation(on civil.Date, at place.Code, policy booking.Policy) procedure.Situation {
	s := procedure.Situation{On: on, Person: h.personFacts(on), Card: procedure.Card{Kind: procedure.NoCard}}
	none := procedure.Certificate{State: procedure.CertificateNone}
	s.Certs = procedure.Certificates{Signature: none, UserAuthentication: none}
	if h.card != nil {
		s.Card = h.cardFacts()
		s.Certs.Signature = certificateFacts(h.certificates, certificate.Signature)
		s.Certs.UserAuthentication = certificateFacts(h.certificates, certificate.UserAuthentication)
	}
	s.Office.Code = at
	if a := h.application; a != nil {
		s.Application = applicationFacts(*a)
		if at != "" {
			s.Office.TookIt, s.Office.PickUp = procedure.AnswerOf(a.Accepting == at), procedure.AnswerOf(a.Pickup == at)
		}
		s.Person.Country = a.Form.Country
	}
	if at != "" && place.KindOf(at) == place.KindMission && s.Person.Country != "" {
		s.Office.Covers = procedure.AnswerOf(covers(at, s.Person.Country))
	}
	if at != "" {
		ownRules(&s.Office, policy)
	}
	s.Event = h.eventFacts()
	h.knowPhone(&s)
	s.Phone.Kind = "" // it is told which phone is meant
	return s
}

// knowPhone fills in the certificates of the phone that the situation is about: the kind that was told, or the only one.
func (h holding) knowPhone(s *procedure.Situation) {
	var kinds []certificate.Carrier
	for _, x := range h.phones {
		if !slices.Contains(kinds, x.Carrier) {
			kinds = append(kinds, x.Carrier)
		}
	}
	kind := certificate.Carrier(s.Phone.Kind)
	switch {
	case kind == "" && len(kinds) == 1:
		kind = kinds[0]
	case kind == "" && len(kinds) > 1:
		s.Phone.Signature, s.Phone.UserAuth = procedure.Certificate{}, procedure.Certificate{} // which of them?
		return
	}
	known := phoneFacts(h.phones, kind)
	s.Phone.Kind, s.Phone.Signature, s.Phone.UserAuth = known.Kind, known.Signature, known.UserAuth
}

// ownRules are the answers that the office's policy gives; what it does not say stays unknown.
func ownRules(o *procedure.Office, p booking.Policy) {
	if yes, known := p.Relief(); known {
		o.Relief = procedure.AnswerOf(yes)
	}
	if yes, known := p.AnotherDay(); known {
		o.HouseholdAnotherDay = procedure.AnswerOf(yes)
	}
}

// takesByPost says that the office takes the situation's procedure by post, or not, where its policy says so (CON-010, supplement 0.21).
func takesByPost(s *procedure.Situation, p booking.Policy) {
	switch {
	case s.Channel != rules.Post:
	case p.Post(s.Procedure):
		s.Office.TakesIt = procedure.Yes
	case p.RefusesPost(s.Procedure):
		s.Office.TakesIt = procedure.No
	}
}

func (h holding) personFacts(on civil.Date) procedure.Person {
	p := h.person
	f := procedure.Person{
		Birth: p.Birth, Nationality: procedure.Foreign, Residence: procedure.Abroad, HasNumber: procedure.AnswerOf(!p.Number.IsZero()),
		InFamilyRegister: procedure.AnswerOf(p.FamilyRegister != nil), EverRegistered: procedure.AnswerOf(len(p.Residences) > 0),
		LastRegistered: p.LastRegistered(on), PlannedDeparture: plannedDeparture(p), AdultWard: procedure.AnswerOf(p.AdultWard),
	}
	if p.Japanese() {
		f.Nationality = procedure.Japanese
	}
	if r, ok := p.ResidentOn(on); ok {
		f.Residence, f.Municipality = procedure.InJapan, r.Municipality
	}
	if p.FamilyRegister != nil {
		f.Honseki = p.FamilyRegister.Honseki
	}
	if p.Stay != nil {
		f.ResidenceStatus, f.StayUntil = procedure.ResidenceStatus(p.Stay.Status), p.Stay.Until
	}
	return f
}

func (h holding) cardFacts() procedure.Card {
	c := h.card
	f := procedure.Card{Kind: procedure.DomesticCard, State: c.State, Applied: c.Applied, Issued: c.Issued, Until: c.Until,
		Ended: c.Ended, EndedBecause: procedure.EndCause(c.EndedBecause),
		NoPhoto: procedure.AnswerOf(c.Photoless), FaceAuth: procedure.AnswerOf(c.FaceAuth), ExtendedOnce: procedure.AnswerOf(c.Extended)}
	if c.Overseas {
		f.Kind = procedure.OverseasCard
	}
	if c.State.Ended() {
		f.OwnFault = procedure.AnswerOf(c.OwnFault)
	}
	if c.Collected || c.Custody != (card.Custody{}) {
		f.AtHand = procedure.No // an office has it, or somebody on the way between two
	}
	return f
}

func certificateFacts(all map[certificate.Kind]certificate.Certificate, kind certificate.Kind) procedure.Certificate {
	c, ok := all[kind]
	if !ok {
		return procedure.Certificate{State: procedure.CertificateNone}
	}
	return procedure.Certificate{State: procedure.CertificateState(c.State), Issued: civil.DateOf(c.NotBefore), Until: c.Until}
}

func applicationFacts(a application.Application) procedure.UnderWay {
	channel := rules.Channel(a.Channel)
	if a.Express {
		channel = rules.Express
	}
	return procedure.UnderWay{State: a.State, Overseas: procedure.AnswerOf(a.Overseas), Filed: a.Filed, Channel: channel,
		Accepting: a.Accepting, Pickup: a.Pickup, Announced: a.Ready, Deadline: a.Deadline, IDKnown: procedure.AnswerOf(a.ApplicationID != ""),
		Complete: procedure.AnswerOf(a.Complete), CameBack: a.Mail.CameBack}
}

// eventFacts is the newest event that the card's entries have not been brought up to.
func (h holding) eventFacts() procedure.Event {
	for i := len(h.person.Events) - 1; i >= 0; i-- {
		e := h.person.Events[i]
		if e.Stands() && e.Rewritten.IsZero() {
			return procedure.Event{Kind: rules.EventKind(e.Kind), On: e.Day, Filed: e.Filed, PlannedMoveOut: e.PlannedMoveOut, MovedOn: e.MovedOn}
		}
	}
	return procedure.Event{}
}

// lapseFacts is an event of the register as the day counts of procedure.Lapses want it.
func lapseFacts(p register.Person, e register.Event) procedure.LapseFacts {
	return procedure.LapseFacts{Event: rules.EventKind(e.Kind), Day: e.Day, PlannedMoveOut: e.PlannedMoveOut, Filed: e.Filed, Noted: e.Noted, Rewritten: e.Rewritten,
		MovedOn: e.MovedOn, ContinuingUse: e.ContinuingUse, Reissued: e.Reissued, Extended: e.Extended, Foreign: !p.Japanese()}
}

// complete is the registers' facts with those that only somebody at the window can tell: what the registers know stands.
func complete(known, told procedure.Situation) procedure.Situation {
	fill(reflect.ValueOf(&known).Elem(), reflect.ValueOf(told))
	return known
}

// fill sets every zero field of dst from src, struct by struct; days and answers are values, not structs, here.
func fill(dst, src reflect.Value) {
	for i := range dst.NumField() {
		d, s := dst.Field(i), src.Field(i)
		switch {
		case d.Kind() == reflect.Struct && d.Type() != dateType:
			fill(d, s)
		case d.IsZero():
			d.Set(s)
		}
	}
}

var dateType = reflect.TypeFor[civil.Date]()
