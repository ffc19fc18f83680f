package office

import (
	"context"
	"errors"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/journal"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// UndoRequest is why something was an office's own error.
type UndoRequest struct{ Reason string }

// longestReason bounds a reason, in characters.
const longestReason = 500

// undoable is something that an office did by its own error: a completed case, a hand-over, an entry of the register.
type undoable struct {
	note   **journal.Undo
	right  func() error // sets it right
	save   func() error
	detail string
}

// finder finds what is to be undone; what is not the actor's to undo is ErrNotFound, ErrForbidden or a refusal.
type finder func(*turn) (*undoable, error)

// askUndo notes that something was the office's own error, and why. A second person confirms it.
func (o *Office) askUndo(ctx context.Context, who Actor, subject string, r UndoRequest, find finder) (Receipt, error) {
	if n := len([]rune(r.Reason)); n == 0 || n > longestReason {
		text := law.Text{Ja: "誤りの内容を%d字までで書いてください。", En: "Say what the error was, in at most %d characters."}
		return Receipt{}, &Invalid{"reason", text.Format(longestReason)}
	}
	return o.undoAct(ctx, who, "ask_undo", subject, find, func(t *turn, u *undoable) error {
		if t.already = *u.note != nil; !t.already {
			*u.note = &journal.Undo{Asked: t.who.Staff, Reason: r.Reason, At: t.now}
		}
		return nil
	})
}

// undo confirms, as a second person, and sets right what can be. Nothing is deleted and no card that has ended works again
// (CHG-034).
func (o *Office) undo(ctx context.Context, who Actor, subject string, find finder) (Receipt, error) {
	return o.undoAct(ctx, who, "undo", subject, find, func(t *turn, u *undoable) error {
		if t.already = (*u.note).Confirmed(); t.already {
			return nil
		}
		asked := ""
		if *u.note != nil {
			asked = (*u.note).Asked
		}
		basis, err := procedure.ConfirmUndo(asked, t.who.Staff)
		if err != nil {
			return err
		}
		t.because(basis)
		note := **u.note
		note.Granted, note.On = t.who.Staff, t.on
		*u.note = &note
		return u.right()
	})
}

func (o *Office) undoAct(ctx context.Context, who Actor, act, subject string, find finder, f func(*turn, *undoable) error) (Receipt, error) {
	return o.act(ctx, who, act, subject, func(t *turn) error {
		u, err := find(t)
		if err != nil {
			return err
		}
		if err := f(t, u); err != nil || t.already {
			return err
		}
		t.detail = u.detail
		return u.save()
	})
}

// AskUndo notes that a case was completed by the office's own error, and why. A second person confirms it (UndoCase).
func (o *Office) AskUndo(ctx context.Context, who Actor, id string, r UndoRequest) (docket.Case, Receipt, error) {
	var c docket.Case
	receipt, err := o.askUndo(ctx, who, caseSubject(id), r, undoableCase(id, &c))
	return c, receipt, err
}

// UndoCase sets an office's own error right, by somebody else than who found it: a card that ended bears the office's error
// as the reason of its end, so that the next one is free (FEE-005), and entries that were not made count as not made.
func (o *Office) UndoCase(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	var c docket.Case
	receipt, err := o.undo(ctx, who, caseSubject(id), undoableCase(id, &c))
	return c, receipt, err
}

func undoableCase(id string, c *docket.Case) finder {
	return func(t *turn) (*undoable, error) {
		var err error
		if *c, err = t.windowCase(id); err != nil {
			return nil, err
		}
		if c.State != docket.Done {
			return nil, rules.Refuse("nothing_to_undo")
		}
		return &undoable{note: &c.Undone, right: func() error { return t.setCaseRight(c) }, save: func() error { return t.putCase(c) }, detail: c.Procedure}, nil
	}
}

// setCaseRight takes back what of a completed case can be taken back.
func (t *turn) setCaseRight(c *docket.Case) error {
	p, err := t.Person(c.PersonID)
	if err != nil {
		return err
	}
	for i := range p.Events {
		for _, day := range []*civil.Date{&p.Events[i].Rewritten, &p.Events[i].ContinuingUse, &p.Events[i].Reissued, &p.Events[i].Extended} {
			if *day == c.Ended {
				*day = civil.Date{}
			}
		}
	}
	if err := t.PutPerson(p); err != nil {
		return err
	}
	if c.CardID == "" {
		return nil
	}
	plastic, err := t.Card(c.CardID)
	if err != nil || !plastic.State.Ended() || plastic.Ended != c.Ended {
		return err
	}
	return t.blameOffice(plastic)
}

// blameOffice notes on a card that has ended that its end was the office's error: its holder pays nothing for the next one.
func (t *turn) blameOffice(c card.Card) error {
	c.EndedBecause, c.OwnFault = string(procedure.EndedByOfficeError), false
	return t.PutCard(c)
}

// AskUndoHandOver notes that a card was handed over by the office's own error: to somebody else, or without what had to be
// seen first.
func (o *Office) AskUndoHandOver(ctx context.Context, who Actor, id string, r UndoRequest) (Receipt, error) {
	return o.askUndo(ctx, who, subjectOf(id), r, undoableHandOver(id, false))
}

// UndoHandOver sets a wrong hand-over right, by somebody else than who found it. Whoever had the card may know its PINs, so
// that it never works again: it is abolished with its certificates as the office's error, the next one is free
// (FEE-005), and its holder is told. back says that the plastic is at the office again.
func (o *Office) UndoHandOver(ctx context.Context, who Actor, id string, back bool) (Receipt, error) {
	return o.undo(ctx, who, subjectOf(id), undoableHandOver(id, back))
}

func undoableHandOver(id string, back bool) finder {
	return func(t *turn) (*undoable, error) {
		a, err := t.visible(id)
		switch {
		case err != nil:
			return nil, err
		case a.State != application.HandedOver:
			return nil, rules.Refuse("nothing_to_undo")
		}
		return &undoable{note: &a.Undone, right: func() error { return t.setHandOverRight(&a, back) }, save: func() error { return t.PutApplication(a) }, detail: string(a.State)}, nil
	}
}

func (t *turn) setHandOverRight(a *application.Application, back bool) error {
	c, err := t.Card(a.CardID)
	if err != nil {
		return err
	}
	if back && c.Custody == (card.Custody{}) {
		c.Collected, c.Custody = true, card.Custody{Office: t.who.Office}
	}
	if c.State.Ended() {
		return t.blameOffice(c)
	}
	if err := t.endCard(&c, ending{act: card.Abolish, because: procedure.EndedByOfficeError, on: t.on, reason: certificate.KeyCompromise}); err != nil {
		return err
	}
	return t.tell(*a, notice.HandOverUndone, notice.Facts{})
}

// AskUndoEvent notes that an entry of the register was the office's own error: somebody else's, or never notified.
func (o *Office) AskUndoEvent(ctx context.Context, who Actor, personID, event string, r UndoRequest) (Receipt, error) {
	return o.askUndo(ctx, who, personSubject(personID), r, undoableEvent(personID, event))
}

// UndoEvent sets a wrong entry right, by somebody else than who found it: what stood before stands again, the other offices
// hear of it, what it would have brought does not come, and a card that had ended with it ended by the office's
// error (FEE-005).
func (o *Office) UndoEvent(ctx context.Context, who Actor, personID, event string) (Receipt, error) {
	return o.undo(ctx, who, personSubject(personID), undoableEvent(personID, event))
}

func undoableEvent(personID, event string) finder {
	return func(t *turn) (*undoable, error) {
		p, err := t.known(personID, register.Notification{})
		if err != nil {
			return nil, err
		}
		i := indexEvent(p, event)
		switch {
		case i < 0:
			return nil, ErrNotFound
		case !t.is(p.Events[i].At):
			return nil, ErrForbidden
		}
		e := &p.Events[i]
		if _, _, err := p.Annul(event, t.on); err != nil && !e.Undone.Confirmed() {
			return nil, unfit(err)
		}
		right := func() error { return t.setEventRight(&p, *e) }
		return &undoable{note: &e.Undone, right: right, save: func() error { return t.PutPerson(p) }, detail: e.Kind + " " + e.Day.String()}, nil
	}
}

// setEventRight makes p the record as it stood before the event, and tells whoever had heard of it.
func (t *turn) setEventRight(p *register.Person, e register.Event) error {
	after, withdrawn, err := p.Annul(e.ID, t.on)
	if err != nil {
		return unfit(err)
	}
	if _, err := t.tellOffices(*p, after, register.Notification{ID: e.ID, Kind: e.Kind, At: t.who.Office, Day: e.Day}, withdrawn); err != nil {
		return err
	}
	brought, err := procedure.Lapses(lapseFacts(*p, e))
	if err != nil {
		return err
	}
	cards, err := t.CardsOf(p.ID)
	if err != nil {
		return err
	}
	for _, c := range cards {
		for _, l := range brought {
			if l.Cause == rules.EntriesChanged {
				if err := t.endIssuedSince(c, e.Noted, ending{on: t.on, reason: l.Reason, basis: l.Basis}); err != nil {
					return err
				}
			}
			if c.State.Ended() && l.EndsCard() && c.Ended == l.On && c.EndedBecause == string(l.EndCause()) {
				if err := t.blameOffice(c); err != nil {
					return err
				}
			}
		}
	}
	*p = after
	return nil
}

// endIssuedSince ends the signature certificates that were issued after a wrong entry of the four items: they say what it
// said, and end as those did that it had ended (CERT-020).
func (t *turn) endIssuedSince(c card.Card, noted time.Time, e ending) error {
	all, err := t.Certificates(c.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Kind != certificate.Signature || x.NotBefore.Before(noted.Truncate(time.Second)) || x.State != certificate.Valid && x.State != certificate.Held {
			continue
		}
		t.because(e.basis)
		if err := errors.Join(t.endCertificate(x, e), t.follow(c.ID, e, rules.TheSignature)); err != nil {
			return err
		}
	}
	return nil
}
