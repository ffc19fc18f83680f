package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"mynumber/internal/apdu"
	"mynumber/internal/authority"
	"mynumber/internal/card"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// EndedChip is the chip of an ended card whose plastic an office has (返納, 回収). It is owed its end: contents, PINs and keys are
// erased, and from then on it answers as a dead one. A chip cannot take part in a transaction, so the act that ends the card notes
// the debt, and what stands in the way of paying it holds no act up: it is tried after the act, with each day's work, and when the
// office asks for it. A lapsed card is of no use to anybody meanwhile: its certificates are revoked (LOSS-031).
type EndedChip struct {
	CardID string
	Office place.Code // which has the plastic
	Owed   time.Time
	Tried  time.Time // last; zero before the first try
	Tries  int
	Fault  string    // what stood in the way last: the code of a refusal, or ChipFault
	Done   time.Time // zero while it is owed
	How    ChipEnd
}

// ChipEnd is how the debt was paid.
type ChipEnd string

// How chips end.
const (
	ChipErased ChipEnd = "erased"
	ChipCut    ChipEnd = "cut"     // somebody cut card and chip through, as the chip could not be erased
	ChipNone   ChipEnd = "no_chip" // the card is older than these registers, which never wrote its chip
)

// ChipFault is what stood in the way of a chip's end where no refusal has a name for it.
const ChipFault = "fault"

// Bounds of the ending of chips.
const (
	endChipTime = 3 * time.Second // how long one chip is waited for
	endChipsMax = 1000            // chips of one pass
	chipsShown  = 200             // on an office's list
)

// owe notes, in the act's transaction, that the chip of a card that has ended is to be erased, and where its plastic is.
func (t *turn) owe(cardID string, at place.Code) error {
	if at == "" {
		at = t.who.Office
	}
	t.dead = append(t.dead, cardID)
	return t.OweChip(cardID, at, t.now)
}

// endChips ends the chips of cards that an act has ended, once it is durable. What cannot be done now stays owed.
func (o *Office) endChips(ctx context.Context, cards []string) {
	for _, id := range cards {
		if err := o.endOwedChip(context.WithoutCancel(ctx), id); err != nil && o.Log != nil {
			o.Log.Warn("the chip of an ended card could not be ended and stays owed", "card", id, "error", err)
		}
	}
}

// EndOwedChips tries every chip that is owed its end, those first that were tried least, and says how many it ended and how many it
// could not. It is a part of each day's work, and safe to run at any time.
func (o *Office) EndOwedChips(ctx context.Context) (ended, owed int, err error) {
	var all []EndedChip
	err = o.Store.Read(ctx, func(tx Tx) (err error) {
		all, err = tx.OwedChips("", endChipsMax)
		return err
	})
	for _, c := range all {
		if ctx.Err() != nil {
			return ended, owed, ctx.Err()
		}
		if fault := o.endOwedChip(ctx, c.CardID); fault != nil {
			owed++
			if o.Log != nil {
				o.Log.Warn("the chip of an ended card could not be ended and stays owed", "card", c.CardID, "tries", c.Tries+1, "error", fault)
			}
			continue
		}
		ended++
	}
	return ended, owed, err
}

// endOwedChip ends a chip that is owed it, and records that it is done, or what stood in the way.
func (o *Office) endOwedChip(ctx context.Context, id string) error {
	var c EndedChip
	err := o.Store.Read(ctx, func(tx Tx) (err error) {
		c, err = tx.EndedChip(id)
		return err
	})
	if err != nil || !c.Done.IsZero() {
		return err
	}
	how, err := o.endChip(ctx, id)
	if err != nil {
		return errors.Join(err, o.notEnded(ctx, id, err))
	}
	program := Actor{Staff: daysName, Office: c.Office, Role: authority.System}
	_, err = o.act(as(oneOfMany(ctx), "card.end_chip"), program, "end_chip", cardSubject(id), func(t *turn) error { return t.chipEnded(id, how) })
	return err
}

// endChip erases one chip, and says how that ended.
func (o *Office) endChip(ctx context.Context, id string) (ChipEnd, error) {
	if o.Chips == nil {
		return "", errors.New("end the chip: no machine for chips here")
	}
	ctx, cancel := context.WithTimeoutCause(ctx, endChipTime, ErrInReader)
	defer cancel()
	err := o.withTerminal(ctx, id, (*reader.Terminal).Terminate)
	if refused, ok := errors.AsType[*reader.StatusError](err); ok && refused.SW == apdu.NoDiagnosis {
		return ChipErased, nil // it is dead already
	}
	if errors.Is(err, fs.ErrNotExist) {
		return o.noChip(ctx, id, err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: %w", ErrInReader, err)
	}
	if err != nil {
		return "", fmt.Errorf("end the chip: %w", err)
	}
	return ChipErased, nil
}

// noChip is the end of a chip that is not there, if these registers never made it; of one that they made the plastic has to be found.
func (o *Office) noChip(ctx context.Context, id string, fault error) (ChipEnd, error) {
	err := o.Store.Read(ctx, func(tx Tx) error {
		c, err := tx.Card(id)
		if err == nil && c.ApplicationID != "" {
			err = fmt.Errorf("end the chip: %w", fault)
		}
		return err
	})
	return ChipNone, err
}

// notEnded counts a try that failed.
func (o *Office) notEnded(ctx context.Context, id string, fault error) error {
	return o.Store.Write(context.WithoutCancel(ctx), func(tx Tx) error {
		c, err := tx.EndedChip(id)
		if err != nil {
			return err
		}
		c.Tried, c.Tries, c.Fault = o.now(), c.Tries+1, ChipFault
		if code := atHandCode(fault); code != "" {
			c.Fault = code
		}
		return tx.PutEndedChip(c)
	})
}

// chipEnded records that a chip has its end.
func (t *turn) chipEnded(id string, how ChipEnd) error {
	c, err := t.owedChip(id)
	if err != nil || t.already {
		return err
	}
	t.because(procedure.Basis{rules.Refusals["card_returned"].Cite})
	c.Done, c.How = t.now, how
	t.detail = string(how)
	return t.PutEndedChip(c)
}

// owedChip is what the actor's office owes to a chip; already when it has been done.
func (t *turn) owedChip(id string) (EndedChip, error) {
	c, err := t.EndedChip(id)
	if err == nil && !t.is(c.Office) {
		err = ErrNotFound
	}
	t.already = err == nil && !c.Done.IsZero()
	return c, err
}

// OwedChip is a chip on an office's list, with its card and the name on it.
type OwedChip struct {
	EndedChip
	Card card.Card
	Name string
}

// OwedChips lists the chips that the actor's office still has to end, the oldest debt first.
func (o *Office) OwedChips(ctx context.Context, who Actor) ([]OwedChip, error) {
	var out []OwedChip
	err := o.read(ctx, who, "list.owed_chips", func(t *turn) error {
		out = nil
		chips, err := t.OwedChips(t.who.Office, chipsShown)
		for _, e := range chips {
			c, err := t.Card(e.CardID)
			if err != nil {
				return err
			}
			p, err := t.Person(c.PersonID)
			if err != nil {
				return err
			}
			out = append(out, OwedChip{e, c, p.CardName()})
		}
		return err
	})
	return out, err
}

// EndChip ends the chip of an ended card that lies in the actor's reader, or in the office's machine.
func (o *Office) EndChip(ctx context.Context, who Actor, id string) (Receipt, error) {
	receipt, err := o.act(inSteps(ctx), who, "end_chip_planned", cardSubject(id), func(t *turn) error {
		_, err := t.owedChip(id)
		return err
	})
	if receipt.Act = "end_chip"; err != nil || receipt.Already {
		return receipt, err
	}
	how, err := o.endChip(atDesk(ctx, who), id)
	if err != nil {
		return Receipt{}, o.notAtHand(ctx, who, "end_chip", cardSubject(id), errors.Join(err, o.notEnded(ctx, id, err)))
	}
	return o.act(context.WithoutCancel(ctx), who, "end_chip", cardSubject(id), func(t *turn) error { return t.chipEnded(id, how) })
}

// CutChip notes that somebody cut an ended card through with its chip, which could not be erased; it stands in the protocol of what
// was destroyed as well.
func (o *Office) CutChip(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.act(ctx, who, "cut_chip", cardSubject(id), func(t *turn) error {
		if err := t.chipEnded(id, ChipCut); err != nil || t.already {
			return err
		}
		return t.protocol(t.who.Office, DestroyedCard, t.subject, t.basis.IDs(), CutThrough)
	})
}

// FaultText says what stood in the way of a chip's end last, and what to do; empty before the first try.
func (c EndedChip) FaultText() law.Text {
	text, next := law.Text{Ja: "チップを消去できませんでした。", En: "The chip could not be erased."},
		law.Text{Ja: "もう一度試してください。続くときは、システムの管理者に知らせてください。", En: "Try again. When it goes on, tell whoever runs the system."}
	if c.Tries == 0 {
		return law.Text{}
	}
	if r, ok := rules.Refusals[c.Fault]; ok {
		text, next = r.Text, r.Next
	}
	return law.Text{Ja: text.Ja + next.Ja, En: text.En + " " + next.En}
}
