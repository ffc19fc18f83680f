package office

import (
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Applications for a card that takes the place of another: renewal, re-issue, other entries. The old card ends when the
// new one is in its holder's hands; until then it works, or is out of function (EXP-071, PICK-046).

// exchanges reports an overseas application at whose hand-over a card that is otherwise good is exchanged (EXP-070, EXP-072,
// ABR-054), so that no fee is due for it while the old one comes back.
func exchanges(a application.Application) bool {
	switch rules.Procedure(a.Purpose) {
	case rules.RenewCardFromAbroad, rules.RenewCertificatesAway, rules.ChangeEntriesFromAbroad:
		return true
	}
	return false
}

// replaces reports that a card that is still good may end with the hand-over of the one applied for.
func replaces(a application.Application) bool {
	return rules.MakesCard[rules.Procedure(a.Purpose)].Replaces
}

// takeSuccessor decides whether an application from abroad for a new card in place of an overseas card can be taken in. What
// the accepting office does not know refuses nothing: the honseki municipality decides again (ABR-021).
func (t *turn) takeSuccessor(r FileRequest, form application.Form, known *register.Person) error {
	if making, ok := rules.MakesCard[r.Purpose]; !ok || !making.Overseas {
		return &Invalid{"purpose", law.Text{Ja: "国外転出者向けカードの申請ではありません。", En: "This is no application for an overseas card."}}
	}
	if windowOnly[r.Purpose] && place.KindOf(t.who.Office) != place.KindMission {
		return rules.Refuse("office_cannot", t.placeName(t.who.Office)) // the honseki municipality does it at the window, other municipalities do not
	}
	a := application.Application{Purpose: string(r.Purpose), Filed: t.on, InCharge: form.Honseki, Pickup: form.Pickup, Form: form, Event: r.Event}
	s, err := t.successorSituation(a, known)
	if err != nil {
		return err
	}
	if h := known; h != nil {
		all, err := t.ApplicationsOf(h.ID)
		if err != nil {
			return err
		}
		for _, other := range all {
			if !over(other.State) {
				return rules.Refuse("application_under_way")
			}
		}
	}
	if r.Foreign {
		s.Person.Nationality = procedure.Foreign
	}
	s.Office = procedure.Office{Kind: t.kindFor(form.Honseki), TakesIt: procedure.AnswerOf(t.office.Policies.Of(t.who.Office).Post(r.Purpose)), Covers: procedure.AnswerOf(covers(t.who.Office, form.Country))}
	s.Channel = r.Channel
	s.Visitor = procedure.Visit{Who: r.visitor(s), SealedPINs: procedure.AnswerOf(r.SealedForm), OnForm: procedure.AnswerOf(len(form.Representatives) > 0)}
	basis, err := procedure.TakenIn(&s)
	t.because(basis)
	return err
}

// windowOnly are the procedures that make a new card at a mission and are done at the window elsewhere.
var windowOnly = map[rules.Procedure]bool{rules.RenewCertificatesAway: true, rules.ChangeEntriesFromAbroad: true}

// visitor is who hands the application in.
func (r FileRequest) visitor(s procedure.Situation) rules.Visitor {
	switch {
	case r.Visitor != "":
		return r.Visitor
	case r.ByProxy:
		return rules.VoluntaryProxy
	}
	if minor, err := procedure.NeedsRepresentative(s.On, s.Person.Birth, s.Person.AdultWard == procedure.Yes); err == nil && minor {
		return rules.StatutoryRepresentative
	}
	return rules.Holder
}

// successorSituation is the application as the sheet of its purpose sees it on the day it was filed.
func (t *turn) successorSituation(a application.Application, p *register.Person) (procedure.Situation, error) {
	s := procedure.Situation{On: a.Filed, Person: procedure.Person{Birth: a.Form.Birth, Residence: procedure.Abroad}}
	if p != nil {
		h, err := t.holding(p.ID)
		if err != nil {
			return s, err
		}
		s = h.situation(a.Filed, "", booking.Policy{})
	}
	s.Procedure = rules.Procedure(a.Purpose)
	s.Application, s.Office = procedure.UnderWay{}, procedure.Office{}
	s.Person.Country, s.Person.Honseki = a.Form.Country, a.InCharge
	s.Wish = procedure.Wish{PickupAt: kindOf(a.Pickup, a.InCharge), NoSignature: procedure.AnswerOf(a.Form.NoSignature), NoUserAuth: procedure.AnswerOf(a.Form.NoUserAuth)}
	if a.Event.Kind != "" {
		s.Event = procedure.Event{Kind: rules.EventKind(a.Event.Kind), On: a.Event.On, Filed: a.Event.Filed}
	}
	return s, nil
}

// acceptable decides whether the honseki municipality can accept the application.
func (t *turn) acceptable(a application.Application, p *register.Person) (procedure.Basis, error) {
	if rules.Procedure(a.Purpose) == rules.ApplyAbroad || p == nil {
		return procedure.Acceptable(a.Filed, p != nil, applicantOf(p, a.Form, t.on))
	}
	s, err := t.successorSituation(a, p)
	if err != nil {
		return nil, err
	}
	return procedure.Upheld(&s)
}

// renews notes on the accepted application whether it renews a card that was still good when it was filed (EXP-002,
// supplement 1.7).
func (t *turn) renews(a *application.Application, p *register.Person) error {
	s, err := t.successorSituation(*a, p)
	if err != nil {
		return err
	}
	renews, basis, err := procedure.Renews(&s)
	a.Renewing = renews
	t.because(basis)
	return err
}

// stopOld takes the present card out of function when its successor leaves for a place other than the honseki municipality
// (EXP-071, ABR-050). The sources begin the gap with the honseki's issue preparation, which here is the dispatch: from then
// on the new card is on its way.
func (t *turn) stopOld(a application.Application) error {
	if !replaces(a) {
		return nil
	}
	p, err := t.Person(a.PersonID)
	if err != nil {
		return err
	}
	s, err := t.successorSituation(a, &p)
	if err != nil {
		return err
	}
	s.Office.Kind = kindOf(a.Accepting, a.InCharge)
	stops, basis, err := procedure.LosesFunction(&s)
	if err != nil || !stops {
		return err
	}
	old, err := t.livingCard(a)
	if err != nil || old == nil {
		return err
	}
	t.because(basis)
	if err := t.outOfFunction(old); err != nil {
		return err
	}
	return t.PutCard(*old)
}

// livingCard is the card in the holder's hands that has not ended, other than the application's own; nil for none.
func (t *turn) livingCard(a application.Application) (*card.Card, error) {
	cards, err := t.CardsOf(a.PersonID)
	if err != nil {
		return nil, err
	}
	for i := range cards {
		if c := &cards[i]; c.ID != a.CardID && !c.Activated.IsZero() && !c.State.Ended() {
			return c, nil
		}
	}
	return nil, nil
}

// outOfFunction makes a card and its certificates stop working without ending them; the caller writes the card. A
// certificate that is held is never released (official-supplement 0.7): should the successor not come, the holder has new
// ones issued.
func (t *turn) outOfFunction(c *card.Card) error {
	next, err := procedure.Next(card.Life, c.State, card.Replace)
	if err != nil || next.Already {
		return err
	}
	c.State = next.To
	return t.hold(c.ID)
}

// resumeOld lets the present card work again, because its successor will not come.
func (t *turn) resumeOld(a application.Application) error {
	old, err := t.livingCard(a)
	if err != nil || old == nil || old.State != card.TemporarilyOutOfFunction {
		return err
	}
	next, err := procedure.Next(card.Life, old.State, card.Resume)
	if err != nil {
		return err
	}
	old.State = next.To
	if a.OldBrought && old.Collected { // it was handed in with the application and goes back
		old.Collected, old.Custody = false, card.Custody{}
	}
	return t.PutCard(*old)
}

// replaceFormer ends what is left of the person's former cards when the new one is handed over, and takes in the plastic
// that was handed in (PICK-077, CHG-031, EXP-042). A card that is still good and that this application does not replace is
// the refusal of the table: nobody has two.
func (t *turn) replaceFormer(a application.Application) error {
	cards, err := t.CardsOf(a.PersonID)
	if err != nil {
		return err
	}
	broughtID := brought(cards, a)
	for _, old := range cards {
		if old.ID == a.CardID || old.Activated.IsZero() {
			continue
		}
		if !old.State.Ended() && replaces(a) {
			if err := t.endReplaced(a, &old); err != nil {
				return err
			}
		}
		next, err := procedure.Next(card.Life, old.State, card.Collect)
		if err != nil {
			return err
		}
		if old.ID != broughtID {
			continue
		}
		old.State, old.Collected, old.Custody = next.To, true, card.Custody{Office: t.who.Office}
		if err := t.PutCard(old); err != nil {
			return err
		}
	}
	return nil
}

// brought is the ID of the card that was handed in: the newest of those that its holder has. Empty when none was, or when
// somebody else has it, whatever was ticked.
func brought(cards []card.Card, a application.Application) string {
	for _, old := range slices.Backward(cards) {
		if a.OldBrought && old.ID != a.CardID && !old.Activated.IsZero() && !old.Collected && old.Custody == (card.Custody{}) {
			return old.ID
		}
	}
	return ""
}

// endReplaced ends the card that the new one replaces, for what happened to it, and otherwise because it was replaced.
func (t *turn) endReplaced(a application.Application, old *card.Card) error {
	e := ending{act: card.Abolish, because: procedure.EndedByReplacement, on: t.on, reason: certificate.Superseded}
	switch rules.EventKind(a.Event.Kind) {
	case rules.CardLost, rules.CardStolen:
		e.because, e.reason = procedure.EndedByLoss, certificate.CessationOfOperation
	}
	return t.endCard(old, e)
}
