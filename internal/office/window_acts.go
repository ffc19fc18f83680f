package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// windowCase is the case if the actor's office has a part in it, and ErrNotFound otherwise.
func (t *turn) windowCase(id string) (docket.Case, error) {
	c, err := t.WindowCase(id)
	if err == nil && !c.Has(t.who.Office) {
		err = ErrNotFound
	}
	if err == nil && !t.hasPartIn(c) {
		err = ErrForbidden
	}
	if err != nil {
		return docket.Case{}, err
	}
	return c, nil
}

// decideCase decides a case again, from what was told when it was taken in and what the registers say now. A case that
// is worked on elsewhere is decided for the window where it was taken in.
func (t *turn) decideCase(c docket.Case) (holding, procedure.Performance, error) {
	var told procedure.Situation
	if err := json.Unmarshal(c.Told, &told); err != nil {
		return holding{}, procedure.Performance{}, fmt.Errorf("read what was told: %w", err)
	}
	h, err := t.holding(c.PersonID)
	if err != nil {
		return h, procedure.Performance{}, err
	}
	s := complete(h.situation(t.on, c.Office, t.office.Policies.Of(c.Office)), told)
	h.knowPhone(&s)
	s.Procedure = rules.Procedure(c.Procedure)
	takesByPost(&s, t.office.Policies.Of(c.Office))
	if _, here := c.Where[docket.Plastic]; here {
		s.Card.AtHand = procedure.Yes // the case itself has it
	}
	stage := procedure.AtWindow
	if c.Replied {
		stage = procedure.Replied
	}
	p, err := procedure.Perform(&s, stage)
	if err == nil {
		err = performable(p)
	}
	return h, p, err
}

// caseAct runs an act on a case of which the actor's office has a part; f changes the case.
func (o *Office) caseAct(ctx context.Context, who Actor, act docket.Act, id string, f func(*turn, *docket.Case) error) (docket.Case, Receipt, error) {
	var c docket.Case
	receipt, err := o.act(ctx, who, string(act), caseSubject(id), func(t *turn) error {
		var err error
		if c, err = t.windowCase(id); err != nil {
			return err
		}
		next, err := procedure.Next(docket.Life, c.State, act)
		if err != nil {
			return err
		}
		if t.already = next.Already; next.Already {
			return nil
		}
		c.State = next.To
		if err := f(t, &c); err != nil || t.already {
			return err
		}
		if c.State.Ended() && c.Ended.IsZero() {
			c.Ended = t.on
		}
		t.detail = c.Procedure + " " + string(c.State)
		return t.putCase(&c)
	})
	return c, receipt, err
}

// TakeCaseFee notes that the fee was paid, and gives the receipt its number (FEE-017).
func (o *Office) TakeCaseFee(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	return o.caseAct(ctx, who, docket.Pay, id, func(t *turn, c *docket.Case) error {
		if t.already = c.Fee.Paid || c.Fee.Yen == 0; t.already {
			return nil
		}
		n, err := t.NextReceipt(who.Office, fiscalYear(t.on), caseSubject(c.ID), c.Fee.Yen, t.now, cash)
		if err != nil {
			return err
		}
		c.Fee.Paid, c.Fee.PaidOn, c.Fee.PaidAt, c.Fee.How = true, t.on, who.Office, cash
		c.Receipt = receiptNumber(who.Office, t.on, n)
		t.because(procedure.Basis{rules.Refusals["fee_unpaid"].Cite})
		return nil
	})
}

// ReplyRequest is the reply that the proxy brings: a sealed envelope that the holder filled in, and the papers.
type ReplyRequest struct {
	Sealed bool // the envelope was sealed and nobody had opened it
	Papers []procedure.PaperAtWindow
}

// ReplyCase takes the holder's reply in; the case then goes on as if it had been taken in now (CHG-006, CHG-013).
func (o *Office) ReplyCase(ctx context.Context, who Actor, id string, r ReplyRequest) (docket.Case, Receipt, error) {
	return o.caseAct(ctx, who, docket.Reply, id, func(t *turn, c *docket.Case) error {
		if !r.Sealed {
			return rules.Refuse("reply_opened")
		}
		if !c.Due.IsZero() && t.on.After(c.Due) {
			return rules.Refuse("reply_overdue")
		}
		var told procedure.Situation
		if err := json.Unmarshal(c.Told, &told); err != nil {
			return fmt.Errorf("read what was told: %w", err)
		}
		told.Visitor.Papers = append([]procedure.PaperAtWindow{}, r.Papers...)
		text, err := json.Marshal(told)
		if err != nil {
			return fmt.Errorf("write down what was told: %w", err)
		}
		c.Told, c.Replied = text, true
		here := application.Custody{With: application.AtOffice, Office: t.who.Office}
		c.Where[docket.Papers], c.Where[docket.SealedPIN] = here, here
		if c.CardID != "" {
			c.Where[docket.Plastic] = here
		}
		h, p, err := t.decideCase(*c)
		if err != nil {
			return err
		}
		if err := t.awaitNoReply(c); err != nil {
			return err
		}
		c.PINs, c.SetPINs, c.NewPINs, c.Writes, c.Due = p.TypePIN, p.SetPIN, p.NewPIN, writesChip(p), civil.Date{}
		if len(c.Outstanding(t.on)) == 0 && !c.Writes {
			return t.carryOut(c, h, p)
		}
		return nil
	})
}

// replyDue is what is due when the last day of a reply has passed.
const replyDue DueKind = "reply_overdue"

// awaitReply sets down that the case ends unless the reply comes by its day.
func (t *turn) awaitReply(c *docket.Case) error {
	return t.PutDue(Due{Day: c.Due.AddDays(1), Kind: replyDue, Subject: caseSubject(c.ID)})
}

func (t *turn) awaitNoReply(c *docket.Case) error {
	if c.Due.IsZero() {
		return nil
	}
	return t.DropDue(Due{Day: c.Due.AddDays(1), Kind: replyDue, Subject: caseSubject(c.ID)})
}

// replyOverdue ends a case whose reply did not come (CHG-006, NTF-008): the proxy may begin again.
func (t *turn) replyOverdue(d Due) error {
	c, err := t.WindowCase(strings.TrimPrefix(d.Subject, "case/"))
	if err != nil {
		return err
	}
	next, err := procedure.Next(docket.Life, c.State, docket.Expire)
	if refusal := new(law.Refusal); errors.As(err, &refusal) || err == nil && next.Already {
		return nil // the reply came, or nobody wants it any more
	}
	if err != nil {
		return err
	}
	c.State, c.Ended = next.To, d.Day
	for thing := range c.Where {
		c.Where[thing] = application.Custody{With: application.AtOffice, Office: c.Office}
	}
	if err := t.putCase(&c); err != nil {
		return err
	}
	return t.record(string(replyDue), d.Subject, procedure.Basis{rules.Refusals["reply_overdue"].Cite}, d.Day.String())
}

// WithdrawCase ends a case that is not wanted any more. Certificates that were planned for it are destroyed.
func (o *Office) WithdrawCase(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	return o.caseAct(ctx, who, docket.Withdraw, id, func(t *turn, c *docket.Case) error {
		if err := t.dropNew(c); err != nil {
			return err
		}
		t.because(procedure.Basis{rules.Refusals["case_withdrawn"].Cite})
		if c.State == docket.SentBack {
			return t.sendBackUndone(c)
		}
		if c.State == docket.CameBack {
			c.Dropped = true // the card lies here and waits for its holder
			return nil
		}
		for thing := range c.Where {
			c.Where[thing] = application.Custody{With: application.WithApplicant}
		}
		return t.awaitNoReply(c)
	})
}

// sendBackUndone sends a card back on which nothing was done; a sealed form goes back unopened (PIN-007).
func (t *turn) sendBackUndone(c *docket.Case) error {
	c.Dropped = true
	for thing, where := range c.Where {
		if where.With == application.AtOffice {
			c.Where[thing] = application.Custody{With: application.OnTheWay, Office: c.Office}
		}
	}
	return t.cardTravels(c.CardID, card.Custody{OnTheWay: true, Office: c.Office})
}

// dropNew destroys certificates that were planned and never came to be valid.
func (t *turn) dropNew(c *docket.Case) error {
	for _, n := range c.New {
		x, err := t.Certificate(n.Kind, n.Generation, n.Counter)
		if err != nil {
			return err
		}
		if err := t.endCertificate(x, ending{act: card.Destroy, on: t.on, reason: certificate.Unspecified}); err != nil {
			return err
		}
	}
	c.New = nil
	return nil
}

// ReceiveCase takes in what was sent between the offices of a case: the office that does the work, or the one that took the
// case in when the card comes back, which then tells the holder (PIN-046, NTF-028).
func (o *Office) ReceiveCase(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	return o.caseAct(ctx, who, docket.Receive, id, func(t *turn, c *docket.Case) error {
		at := c.By
		if c.State == docket.CameBack {
			at = c.Office
		}
		t.because(procedure.Basis{rules.Refusals["card_is_travelling"].Cite})
		for thing, where := range c.Where {
			if where.With == application.OnTheWay {
				c.Where[thing] = application.Custody{With: application.AtOffice, Office: at}
			}
		}
		if err := t.cardTravels(c.CardID, card.Custody{Office: at}); err != nil {
			return err
		}
		if c.State != docket.CameBack {
			return nil
		}
		h, err := t.holding(c.PersonID)
		if err != nil {
			return err
		}
		return t.tellHolder(h.person, notice.CardBack, notice.Ordinary, notice.Facts{Where: t.placeName(at)})
	})
}

// GiveBack puts the card that travelled into its holder's hands again.
func (o *Office) GiveBack(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	return o.caseAct(ctx, who, docket.GiveBack, id, func(t *turn, c *docket.Case) error {
		t.because(procedure.Basis{rules.Refusals["card_waits_for_holder"].Cite})
		for thing, where := range c.Where {
			if thing == docket.Plastic || c.Dropped && where.With == application.AtOffice {
				c.Where[thing] = application.Custody{With: application.WithApplicant}
			}
		}
		if c.Dropped {
			c.State = docket.Withdrawn
		}
		return t.cardTravels(c.CardID, card.Custody{})
	})
}

// casesShown bounds the list of cases at a window.
const casesShown = 200

// WindowCases lists the cases in which the office has a part and which are not ended, the oldest first.
func (o *Office) WindowCases(ctx context.Context, who Actor) ([]docket.Case, error) {
	var out []docket.Case
	err := o.read(ctx, who, "list.cases", func(t *turn) error {
		var err error
		out, err = t.WindowCases(who.Office, []docket.State{docket.Open, docket.Asked, docket.Queued, docket.SentAway, docket.Arrived, docket.SentBack, docket.CameBack}, casesShown)
		return err
	})
	return out, err
}

// WindowCase shows a case to somebody of an office that has a part in it; the look is an entry in the journal.
func (o *Office) WindowCase(ctx context.Context, who Actor, id string) (docket.Case, error) {
	var c docket.Case
	_, err := o.act(ctx, who, "look", caseSubject(id), func(t *turn) error {
		var err error
		if c, err = t.windowCase(id); err != nil {
			return err
		}
		return t.lookFor(!c.State.Ended())
	})
	return c, err
}
