package office

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// OpenCasePINScreen opens the screen on which the holder types the PINs of a case, out of the clerk's sight, and returns
// the secret of its address; it works once, today (PIN-008, PIN-030).
func (o *Office) OpenCasePINScreen(ctx context.Context, who Actor, id string) (secret string, receipt Receipt, err error) {
	_, receipt, err = o.caseAct(ctx, who, docket.EnterPIN, id, func(t *turn, c *docket.Case) error {
		t.because(procedure.Basis{rules.Refusals["pins_not_typed"].Cite})
		o.expect(who, c.CardID)
		secret, err = t.mailLink(LinkPIN, caseSubject(id), t.on)
		return err
	})
	return secret, receipt, err
}

// LinkedCase is the case whose PINs a link is for, without using the link up; ErrNotFound for any other link.
func (o *Office) LinkedCase(ctx context.Context, secret string) (docket.Case, error) {
	var c docket.Case
	err := o.Store.Read(ctx, func(tx Tx) error {
		l, err := tx.Link(secretHash(secret))
		if err != nil {
			return err
		}
		id, ok := strings.CutPrefix(l.Subject, "case/")
		if l.Purpose != LinkPIN || !ok {
			return ErrNotFound
		}
		c, err = tx.WindowCase(id)
		return err
	})
	return c, err
}

// TypeCasePINs takes the PINs that the holder types on the screen: the chip compares them, or has them from now on. They
// are stored nowhere else (PIN-007). A wrong one costs a try and says how many are left (PIN-004).
func (o *Office) TypeCasePINs(ctx context.Context, secret string, pins map[card.PIN]string) (docket.Case, Receipt, error) {
	c, err := o.LinkedCase(ctx, secret)
	if err != nil {
		return c, Receipt{}, err
	}
	return o.casePINs(ctx, Actor{Office: c.Office}, c.ID, pins, func(t *turn, used bool) error {
		if used {
			return t.useLink(secret, LinkPIN)
		}
		_, err := t.usableLink(secret, LinkPIN)
		return err
	})
}

// EnterReplyPINs enters the PINs that stand in the holder's sealed reply, which the clerk opens and destroys in the same
// act; the proxy never learns them (CHG-006, PIN-007, PICK-064).
func (o *Office) EnterReplyPINs(ctx context.Context, who Actor, id string, pins map[card.PIN]string) (docket.Case, Receipt, error) {
	return o.casePINs(ctx, who, id, pins, func(t *turn, _ bool) error {
		c, err := t.windowCase(id)
		if err != nil {
			return err
		}
		if where := c.Where[docket.SealedPIN]; where.With != application.AtOffice || where.Office != t.who.Office {
			return rules.Refuse("no_sealed_form")
		}
		return nil
	})
}

// casePINs plans, shows the PINs to the chip and records; may decides whether this way of entering them is open, and with
// true settles that it was used.
func (o *Office) casePINs(ctx context.Context, who Actor, id string, pins map[card.PIN]string, may func(t *turn, used bool) error) (docket.Case, Receipt, error) {
	var c docket.Case
	check := func(t *turn) error {
		var err error
		if c, err = t.windowCase(id); err != nil {
			return err
		}
		if _, err := procedure.Next(docket.Life, c.State, docket.EnterPIN); err != nil {
			return err
		}
		if err := may(t, false); err != nil {
			return err
		}
		if _, _, err := t.decideCase(c); err != nil {
			return err
		}
		return checkPINs(t.on, c.PINs, pins)
	}
	if _, err := o.act(inSteps(ctx), who, "enter_pins_planned", caseSubject(id), check); err != nil {
		return c, Receipt{}, err
	}
	var receipt Receipt
	inserted, err := o.Chips.Insert(atDesk(ctx, who), c.CardID)
	if err != nil {
		return c, receipt, o.unreadable(ctx, who, docket.EnterPIN, c.ID, fmt.Errorf("insert the chip: %w", err))
	}
	// The chip is held to the end: of two who type at once the second meets the first one's record.
	err = o.provingAt(inserted, c, pins, who.Staff != "", func() error {
		receipt, err = o.act(context.WithoutCancel(ctx), who, string(docket.EnterPIN), caseSubject(id), func(t *turn) error {
			if err := check(t); err != nil {
				return err
			}
			c.PINsOn = t.on
			if _, sealed := c.Where[docket.SealedPIN]; sealed && who.Staff != "" {
				c.Where[docket.SealedPIN] = application.Custody{With: application.Gone}
			}
			t.because(procedure.Basis{rules.Refusals["pins_not_typed"].Cite})
			if err := may(t, true); err != nil {
				return err
			}
			return t.putCase(&c)
		})
		return err
	})
	return c, receipt, o.unreadable(ctx, who, docket.EnterPIN, c.ID, err)
}

// provingAt shows the PINs to the chip, or sets them, then runs done with the chip still in the machine.
func (o *Office) provingAt(inserted Inserted, c docket.Case, pins map[card.PIN]string, fromReply bool, done func() error) error {
	proved := slices.DeleteFunc(slices.Clone(c.PINs), func(p card.PIN) bool { return c.SetPINs || slices.Contains(c.NewPINs, p) })
	client := reader.NewClient(inserted.Chip)
	for _, p := range proved {
		if err := client.VerifyPIN(chipPIN(p), pins[p]); err != nil {
			return errors.Join(pinError(p, err, fromReply), inserted.Close())
		}
	}
	if len(proved) == len(c.PINs) {
		return errors.Join(done(), inserted.Close())
	}
	return o.atTerminal(inserted, func(terminal *reader.Terminal) error {
		for _, p := range c.PINs {
			if slices.Contains(proved, p) {
				continue
			}
			if err := terminal.SetPIN(chipPIN(p), pins[p]); err != nil {
				return fmt.Errorf("set the PINs: %w", err)
			}
		}
		return done()
	})
}

// pinError says what the chip said to a PIN: how many tries are left, or that it is locked (PIN-004). A PIN out of a reply
// cannot be put right on the same day.
func pinError(p card.PIN, err error, fromReply bool) error {
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong) && fromReply:
		return rules.Refuse("reply_pin_wrong")
	case errors.As(err, &wrong) && wrong.TriesLeft > 0:
		text := law.Text{Ja: "暗証番号が違います。あと%d回間違えるとロックされます。", En: "This is not the PIN. It locks after %d more wrong tries."}
		return &Invalid{p.String(), text.Format(wrong.TriesLeft)}
	case errors.As(err, &wrong), errors.Is(err, reader.ErrBlocked):
		return &Invalid{p.String(), law.Text{Ja: "この暗証番号はロックされています。再設定の手続きが必要です。", En: "This PIN is locked and has to be reset."}}
	}
	return err
}
