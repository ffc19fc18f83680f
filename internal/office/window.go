package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// A window performs whatever the rulebook decides: the registers' facts and what is told and seen at the window make a
// situation, procedure.Perform says what it means, and carryOut does it. No procedure has code of its own here for who
// may, with which papers, on which day, at which fee; what differs is written in the sheets.

// WindowRequest is somebody at a window with a wish.
type WindowRequest struct {
	RequestKey string // chosen by the caller; the same key twice opens one case
	PersonID   string
	Procedure  rules.Procedure
	Told       procedure.Situation // visitor, papers, channel, wishes: what the registers cannot know
}

// caseSubject is how the journal names a case.
func caseSubject(id string) string { return "case/" + id }

// Consider decides what a window could do, and writes nothing but the look: the clerk sees what is missing, or what will
// come of it, before anything is done.
func (o *Office) Consider(ctx context.Context, who Actor, r WindowRequest) (procedure.Performance, error) {
	var p procedure.Performance
	_, err := o.act(atWindowOrCall(ctx, r, "person.consider"), who, "consider", personSubject(r.PersonID), func(t *turn) error {
		t.detail = string(r.Procedure)
		var err error
		_, _, p, err = t.decide(r, procedure.Considered)
		return err
	})
	return p, err
}

// decide is the decision for a person with what was told at the window, by the registers of this moment.
func (t *turn) decide(r WindowRequest, stage procedure.Stage) (holding, procedure.Situation, procedure.Performance, error) {
	var none procedure.Performance
	told, personID, code := r.Told, r.PersonID, r.Procedure
	if _, ok := rules.LookupProcedure(code); !ok {
		return holding{}, told, none, &Invalid{"procedure", law.Text{Ja: "この手続きはありません。", En: "There is no such procedure."}}
	}
	if t.policy.Part == authority.Serves {
		if _, err := t.served(personID); err != nil {
			return holding{}, told, none, err
		}
	}
	h, err := t.holding(personID)
	if err != nil {
		return h, told, none, err
	}
	at := t.who.Office
	if at == place.Issuer {
		at = "" // the telephone line is no window: its sheet says so
	}
	s := complete(h.situation(t.on, at, t.office.Policies.Of(at)), told)
	h.knowPhone(&s)
	s.Procedure = code
	takesByPost(&s, t.office.Policies.Of(at))
	if making, ok := rules.MakesCard[code]; ok && !making.Overseas {
		s.Office.TakesIt = procedure.AnswerOf(takesAtHome(t.office.Policies.Of(at), s.Channel))
	}
	if at == "" {
		s.Office = procedure.Office{Kind: rules.CallCentre}
	}
	p, err := procedure.Perform(&s, stage)
	return h, s, p, err
}

// atWindowOrCall tells what is asked on the telephone from what is asked at a window.
func atWindowOrCall(ctx context.Context, r WindowRequest, act authority.Act) context.Context {
	if r.Told.Channel == rules.Telephone {
		act += "_by_telephone"
	}
	return as(ctx, act)
}

// TakeIn takes a procedure in. What can be done at once is done; otherwise the case says what is outstanding and by when.
// What the law refuses is a *law.Refusal, a fact that decides and was not told an *Invalid with the question.
func (o *Office) TakeIn(ctx context.Context, who Actor, r WindowRequest) (docket.Case, Receipt, error) {
	var c docket.Case
	if err := ReadKey("request_key", r.RequestKey); err != nil {
		return c, Receipt{}, err
	}
	receipt, err := o.act(atWindowOrCall(ctx, r, "take_in"), who, "take_in", "", func(t *turn) error {
		before, err := t.WindowCaseByRequest(r.RequestKey)
		switch {
		case err == nil && before.Office == who.Office && before.PersonID == r.PersonID && before.Procedure == string(r.Procedure):
			t.asked = true // the case is this office's own
			c, t.already, t.subject, t.detail = before, true, caseSubject(before.ID), string(before.State)
			return nil
		case err == nil:
			return &Invalid{"request_key", law.Text{Ja: "この受付番号は使われています。", En: "This request key has been used."}}
		case !errors.Is(err, ErrNotFound):
			return err
		}
		t.subject = personSubject(r.PersonID)
		h, s, p, err := t.decide(r, procedure.AtWindow)
		if err != nil {
			return err
		}
		if err := performable(p); err != nil {
			return err
		}
		c, err = t.openCase(r, h, s, p)
		return err
	})
	return c, receipt, err
}

// performable is nil for a decision that can be carried out at a window.
func performable(p procedure.Performance) error {
	switch {
	case p.Status == procedure.Refused:
		return p.Refusal()
	case p.Status == procedure.Needs:
		return &Invalid{string(p.Needs.Fact), p.Needs.Question}
	case p.NewCard:
		return &Invalid{"procedure", law.Text{Ja: "この手続きは新しいカードの申請です。申請の受付画面で受け付けてください。", En: "This is an application for a new card; take it in as an application."}}
	case p.Becomes(rules.TheApplication) != "":
		return &Invalid{"procedure", law.Text{Ja: "この手続きは申請中のカードについてのものです。申請の画面で行ってください。", En: "This concerns an application under way; do it there."}}
	}
	return nil
}

// openCase writes the case and, where nothing is outstanding, carries it out.
func (t *turn) openCase(r WindowRequest, h holding, s procedure.Situation, p procedure.Performance) (docket.Case, error) {
	id, err := t.office.id()
	if err != nil {
		return docket.Case{}, err
	}
	told, err := json.Marshal(r.Told)
	if err != nil {
		return docket.Case{}, fmt.Errorf("write down what was told: %w", err)
	}
	c := docket.Case{
		ID: id, RequestKey: r.RequestKey, State: docket.Open, PersonID: r.PersonID, Procedure: string(r.Procedure), Office: t.who.Office, By: t.who.Office,
		Staff: t.who.Staff, Opened: t.on, Phone: certificate.Carrier(s.Phone.Kind), Told: told, PINs: p.TypePIN, SetPINs: p.SetPIN, NewPINs: p.NewPIN, Writes: writesChip(p), Where: docket.Custody{},
	}
	if h.card != nil {
		c.CardID = h.card.ID
	}
	if f := p.Fee; f != nil {
		c.Fee = application.Fee{Yen: int(f.Total), Ground: string(f.Ground), Payment: string(f.Payment)}
	}
	t.subject = caseSubject(id)
	t.basis = append(t.basis, law.Citation{IDs: p.Rules})
	if len(p.Papers) > 0 {
		c.Where[docket.Papers] = application.Custody{With: application.AtOffice, Office: t.who.Office}
	}
	if c.CardID != "" && s.Card.AtHand == procedure.Yes && s.Channel == rules.Visit {
		c.Where[docket.Plastic] = application.Custody{With: application.AtOffice, Office: t.who.Office}
	}
	if s.Visitor.SealedPINs == procedure.Yes {
		c.Where[docket.SealedPIN] = application.Custody{With: application.AtOffice, Office: t.who.Office}
	}
	return c, t.begin(&c, h, s, p)
}

// begin goes as far as a new case can go at once: an inquiry to the holder, the card on its way to the office that does
// the work, or everything where nothing is outstanding.
func (t *turn) begin(c *docket.Case, h holding, s procedure.Situation, p procedure.Performance) error {
	switch {
	case p.Later:
		if err := t.inquire(c, h); err != nil {
			return err
		}
	case p.DoneBy != "" && p.DoneBy != kindOf(t.who.Office, s.Person.Honseki):
		c.By, c.State = s.Person.Honseki, docket.SentAway
		for thing, where := range c.Where {
			where.With, where.Office = application.OnTheWay, c.By
			c.Where[thing] = where
		}
		if err := t.cardTravels(c.CardID, card.Custody{OnTheWay: true, Office: c.By}); err != nil {
			return err
		}
	case len(c.Outstanding(t.on)) == 0 && !c.Writes:
		if err := t.carryOut(c, h, p); err != nil {
			return err
		}
	}
	t.detail = c.Procedure + " " + string(c.State)
	return t.putCase(c)
}

// putCase writes the case; its version is then the one in the registers.
func (t *turn) putCase(c *docket.Case) error {
	if err := t.PutWindowCase(*c); err != nil {
		return err
	}
	c.Version++
	return nil
}

// inquire sends the inquiry to the holder's address, never to the proxy (CHG-006, CHG-013, NTF-008), and waits for the
// reply.
func (t *turn) inquire(c *docket.Case, h holding) error {
	due, err := procedure.ReplyDue(t.on)
	if err != nil {
		return err
	}
	t.because(due.Basis)
	c.State, c.Due = docket.Asked, due.Day
	info, _ := rules.LookupProcedure(rules.Procedure(c.Procedure))
	delete(c.Where, docket.Plastic) // the proxy takes the card home and brings it again
	if err := t.awaitReply(c); err != nil {
		return err
	}
	return t.tellHolder(h.person, notice.Inquiry, notice.NonForwarded, notice.Facts{Item: info.Name, Deadline: notice.On(c.Due)})
}

// cardTravels notes where the plastic of a card is.
func (t *turn) cardTravels(cardID string, where card.Custody) error {
	if cardID == "" {
		return nil
	}
	c, err := t.Card(cardID)
	if err != nil {
		return err
	}
	c.Custody = where
	return t.PutCard(c)
}
