package office

import (
	"context"
	"fmt"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Payment is how a fee is paid: who comes or writes, by which channel, in which form.
type Payment struct {
	Channel rules.Channel // empty: at the window
	Visitor rules.Visitor // empty: the holder
	How     string        // cash, registered_cash_mail, postal_order …
}

// TakeFee takes the fee that is due, from the holder at the window (FEE-017, FEE-018, FEE-021). Where none is due nothing
// changes.
func (o *Office) TakeFee(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.PayFee(ctx, who, id, Payment{})
}

// PayFee takes the fee that is due and numbers the receipt. From abroad the sheet says at which office and by whom it is
// paid (ABR-M04); at home it is paid where the application is taken in, or where the card is collected (FEE-021).
func (o *Office) PayFee(ctx context.Context, who Actor, id string, p Payment) (Receipt, error) {
	return o.act(ctx, who, "take_fee", subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		if t.already = a.Fee.Paid || a.Fee.Yen == 0; t.already {
			t.detail = a.Fee.Receipt
			return nil
		}
		if err := t.payable(a, p); err != nil {
			return err
		}
		if p.How == "" {
			p.How = cash
		}
		n, err := t.NextReceipt(who.Office, fiscalYear(t.on), subjectOf(a.ID), a.Fee.Yen, t.now, p.How)
		if err != nil {
			return err
		}
		a.Fee.Paid, a.Fee.PaidOn, a.Fee.PaidAt, a.Fee.How = true, t.on, who.Office, p.How
		a.Fee.Receipt = receiptNumber(who.Office, t.on, n)
		t.because(procedure.Basis{rules.Refusals["fee_unpaid"].Cite})
		t.detail = a.Fee.Receipt
		return t.PutApplication(a)
	})
}

// cash is how a fee is paid when nothing else is said.
const cash = "cash"

// receiptNumber is the number of a receipt: office, year of account, and one after the other.
func receiptNumber(at place.Code, on civil.Date, n int64) string {
	return fmt.Sprintf("%s-%d-%06d", at, fiscalYear(on), n)
}

// fiscalYear is the year of account (会計年度) of a day: it begins on 1 April.
func fiscalYear(on civil.Date) int {
	if on.Month() < 4 {
		return on.Year() - 1
	}
	return on.Year()
}

// payable decides whether this office takes the fee of the case, by this channel and from this person.
func (t *turn) payable(a application.Application, p Payment) error {
	if !a.Overseas {
		return nil
	}
	h, err := t.holding(a.PersonID)
	if isNotFound(err) {
		return rules.Refuse("not_identified")
	}
	if err != nil {
		return err
	}
	s := h.situation(t.on, t.who.Office, t.office.Policies.Of(t.who.Office))
	s.Application = applicationFacts(a)
	s.Person.Honseki = a.InCharge
	s.Procedure, s.Channel = rules.PayFee, p.Channel
	if s.Channel == "" {
		s.Channel = rules.Visit
	}
	s.Office = procedure.Office{Kind: kindOf(t.who.Office, a.InCharge), TakesIt: procedure.AnswerOf(t.office.Policies.Of(t.who.Office).FeeByPost())}
	ownRules(&s.Office, t.office.Policies.Of(t.who.Office))
	s.Visitor = procedure.Visit{Who: p.Visitor}
	s.Wish.PickupAt = kindOf(a.Pickup, a.InCharge)
	s.Event = procedure.Event{Kind: rules.EventKind(a.Event.Kind), On: a.Event.On}
	if place.KindOf(a.Pickup) != place.KindMission && a.IdentitySeen == t.on {
		s.Wish.OldCardBack = procedure.AnswerOf(a.OldBrought)
	}
	_, err = t.decided(s)
	return err
}
