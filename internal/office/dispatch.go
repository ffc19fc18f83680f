package office

import (
	"context"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// postedByIssuer reports a card that the issuer posts directly to its holder: an express card (APP-037). One whose mail
// came back is collected at the counter like any other.
func postedByIssuer(a application.Application) bool {
	return a.Express && a.Delivery == application.RegisteredMail && a.Mail.CameBack.IsZero()
}

// postedByOffice reports a card that the municipality posts, after it has put the PINs onto it (PICK-040, PICK-050).
func postedByOffice(a application.Application) bool {
	return a.Delivery != application.AtCounter && a.Delivery != "" && !a.Express && a.Mail.SentBack.IsZero()
}

// poster is the office that gives the card to the post office; none for a card that is collected.
func poster(a application.Application) place.Code {
	switch {
	case postedByIssuer(a) && a.State == application.InProduction:
		return place.Issuer
	case postedByOffice(a) && a.State == application.ToBePosted:
		return a.Pickup
	}
	return ""
}

// Dispatch sends the made card to the pickup office; for a mission only once a fee that is due is paid
// (ST-004, FEE-018, NTF-023). A card that the issuer posts directly is not dispatched but posted.
func (o *Office) Dispatch(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.act(ctx, who, string(application.Dispatch), subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		fresh, err := t.step(&a, application.Dispatch)
		if err != nil || !fresh {
			return err
		}
		if postedByIssuer(a) {
			return rules.Refuse("card_goes_by_post")
		}
		if a.CardID == "" {
			return rules.Refuse("card_not_produced")
		}
		c, err := t.Card(a.CardID)
		if err != nil {
			return err
		}
		next, err := procedure.Next(card.Life, c.State, card.Dispatch)
		if err != nil {
			return err
		}
		if err := t.dispatchable(a); err != nil {
			return err
		}
		t.because(procedure.Basis{rules.Refusals["card_not_dispatched"].Cite})
		c.State, c.Custody = next.To, card.Custody{OnTheWay: true, Office: a.Pickup}
		if err := t.PutCard(c); err != nil {
			return err
		}
		if err := t.stopOld(a); err != nil {
			return err
		}
		if err := t.PutApplication(a); err != nil || !a.Overseas {
			return err
		}
		return t.tell(a, notice.Dispatched, notice.Facts{})
	})
}

// dispatchable: from abroad a fee may have to be paid before the card leaves (FEE-018).
func (t *turn) dispatchable(a application.Application) error {
	if !a.Overseas {
		return nil
	}
	fee, err := t.fee(a, procedure.Unknown)
	if err != nil {
		return err
	}
	basis, err := procedure.Dispatchable(fee, a.Fee.Paid)
	t.because(basis)
	return err
}

// stayBound is the day with which the card of a foreign resident ends at the latest.
func (t *turn) stayBound(p register.Person) (day civil.Date, basis procedure.Basis, err error) {
	return procedure.StayBound(t.on, holding{person: p}.personFacts(t.on))
}

// formerFacts are the facts of the card that the application renews, on the day it was filed.
func (t *turn) formerFacts(a application.Application) (procedure.Situation, error) {
	h, err := t.holding(a.PersonID)
	if err != nil {
		return procedure.Situation{}, err
	}
	return h.situation(a.Filed, "", booking.Policy{}), nil
}
