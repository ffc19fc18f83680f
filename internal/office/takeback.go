package office

import (
	"context"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// TakeBack takes a notified move out or abroad back before its day (転出の取消し): the record stands again, the other offices
// hear of it, and a card that waited for the departure goes on. The event stays in the history with the day on which it
// was taken back.
func (o *Office) TakeBack(ctx context.Context, who Actor, personID, event string) (Receipt, error) {
	return o.act(ctx, who, "take_back", personSubject(personID), func(t *turn) error {
		p, err := t.known(personID, register.Notification{})
		if err != nil {
			return err
		}
		i := indexEvent(p, event)
		if i < 0 {
			return ErrNotFound
		}
		e := p.Events[i]
		if t.already = !e.Stands(); t.already {
			return nil
		}
		facts := notifyFacts(p, register.Notification{Kind: e.Kind, Day: e.Day, At: who.Office}, NotifyRequest{})
		outcome, basis, err := procedure.TakeBack(t.on, facts)
		if err != nil {
			return err
		}
		t.because(basis)
		after, withdrawn, err := p.Withdraw(event, t.on)
		if err != nil {
			return unfit(err)
		}
		if err := t.PutPerson(after); err != nil {
			return err
		}
		t.detail = e.Kind + " " + e.Day.String()
		if _, err := t.tellOffices(p, after, register.Notification{ID: e.ID, Kind: e.Kind, At: who.Office, Day: e.Day}, withdrawn); err != nil {
			return err
		}
		if e.Kind != string(rules.Departure) || e.ContinuingUse.IsZero() {
			return nil
		}
		return t.recall(personID, e, outcome, basis)
	})
}

func indexEvent(p register.Person, id string) int {
	for i := range p.Events {
		if p.Events[i].ID == id {
			return i
		}
	}
	return -1
}

// recall makes a card that waited for the departure an ordinary one, and ends the signature certificate that names it.
func (t *turn) recall(personID string, e register.Event, outcome rules.TakingBack, basis procedure.Basis) error {
	h, err := t.holding(personID)
	if err != nil || h.card == nil || !outcome.CardGoesOn {
		return err
	}
	next, err := procedure.Next(card.Life, h.card.State, card.Recall)
	if err != nil {
		return err
	}
	h.card.State = next.To
	if err := t.PutCard(*h.card); err != nil {
		return err
	}
	h.card.Version++
	x, has := h.certificates[certificate.Signature]
	if !outcome.SignatureEnds || !has || x.State == certificate.Revoked || x.State == certificate.Expired || civil.DateOf(x.NotBefore).Before(e.ContinuingUse) {
		return nil
	}
	return t.endCertificate(x, ending{act: card.Recall, on: t.on, reason: certificate.AffiliationChanged, basis: basis})
}
