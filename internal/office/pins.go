package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/rules"
)

// OpenPINScreen opens the screen on which the holder types the PINs, out of the clerk's sight, and returns the secret of
// its address; it works once, today (PIN-008, PIN-020, PIN-007).
func (o *Office) OpenPINScreen(ctx context.Context, who Actor, id string) (secret string, receipt Receipt, err error) {
	receipt, err = o.act(ctx, who, "open_pin_screen", subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		if err := t.readyForPINs(a); err != nil {
			return err
		}
		if staffEnterPINs(a) {
			return rules.Refuse("pins_under_seal")
		}
		t.because(procedure.Basis{rules.Refusals["pins_not_set"].Cite})
		o.expect(who, a.CardID)
		secret, err = t.mailLink(LinkPIN, a.ID, t.on)
		return err
	})
	return secret, receipt, err
}

// readyForPINs: the card is here, and identity was checked today; a card that is posted is about to be.
func (t *turn) readyForPINs(a application.Application) error {
	if t.policy.Part == authority.IssuerPost {
		_, err := procedure.Next(application.Life, a.State, application.Post)
		return err
	}
	if a.State == application.ToBePosted {
		return nil
	}
	if _, err := procedure.Next(application.Life, a.State, application.HandOver); err != nil {
		return err
	}
	switch {
	case a.State == application.HandedOver:
		return rules.Refuse("pins_already_set")
	case a.IdentitySeen != t.on:
		return rules.Refuse("identity_not_checked")
	}
	return nil
}

// staffEnterPINs reports that staff enter the PINs from a sealed paper: the card is posted, or a proxy collects it who must
// not learn them (PIN-025, PICK-064, APP-038). A statutory representative sets them in the holder's place (PIN-024).
func staffEnterPINs(a application.Application) bool {
	if a.State == application.ToBePosted || a.State == application.InProduction {
		return true
	}
	switch rules.Visitor(a.Visitor) {
	case "", rules.Holder, rules.HolderWithRepresentative, rules.StatutoryRepresentative:
		return false
	}
	return true
}

// pinEntry is one way in which PINs come to the chip. may decides, settle writes what follows from it.
type pinEntry struct {
	act    string
	pins   map[card.PIN]string
	may    func(*turn, application.Application) error
	settle func(*turn, *application.Application) error
}

// SetPINs writes the PINs the holder typed into the chip. They are stored nowhere else (PIN-007).
func (o *Office) SetPINs(ctx context.Context, secret string, pins map[card.PIN]string) (Receipt, error) {
	a, err := o.Linked(ctx, secret, LinkPIN)
	if err != nil {
		return Receipt{}, err
	}
	return o.writePINs(ctx, Actor{Office: a.Pickup}, a.ID, pinEntry{
		act: "set_pins", pins: pins,
		may: func(t *turn, _ application.Application) error {
			_, err := t.usableLink(secret, LinkPIN)
			return err
		},
		settle: func(t *turn, _ *application.Application) error { return t.useLink(secret, LinkPIN) },
	})
}

// OpenSealedForm opens the sealed PIN setting request form in the holder's presence, enters what stands on it and
// destroys it, in one act (PIN-022, APP-078, APP-079, PIN-007).
func (o *Office) OpenSealedForm(ctx context.Context, who Actor, id string, holderPresent bool, pins map[card.PIN]string) (Receipt, error) {
	return o.writePINs(ctx, who, id, pinEntry{
		act: "open_sealed_form", pins: pins,
		may: func(t *turn, a application.Application) error {
			here := a.SealedAt == application.Custody{With: application.AtOffice, Office: who.Office} || a.SealedForm == application.FormOpened
			basis, err := procedure.OpenSealedForm(procedure.SealedForm{HandedIn: a.SealedForm != application.NoForm && here, Opened: a.SealedForm == application.FormOpened,
				HolderPresent: holderPresent, ForStaff: staffEnterPINs(a)})
			t.because(basis)
			return err
		},
		settle: func(t *turn, a *application.Application) error {
			if a.SealedForm == application.FormOpened {
				return nil
			}
			a.SealedForm, a.SealedAt = application.FormOpened, application.Custody{With: application.Gone}
			return t.protocol(t.who.Office, DestroyedForm, subjectOf(a.ID), []string{"PIN-007"}, "used")
		},
	})
}

// writePINs plans, writes the chip and records, in this order: a chip cannot take part in a transaction, so the
// writing is repeated when the record of it was lost, and does no harm. The chip is held all the time, so that of
// two who enter PINs at once the second meets the first one's record, and does not overwrite the PINs.
func (o *Office) writePINs(ctx context.Context, who Actor, id string, entry pinEntry) (Receipt, error) {
	var a application.Application
	var needed []card.PIN
	check := func(t *turn) error {
		var err error
		if a, err = t.visible(id); err != nil {
			return err
		}
		if err := t.readyForPINs(a); err != nil {
			return err
		}
		if err := entry.may(t, a); err != nil {
			return err
		}
		if needed, err = t.pinsNeeded(a); err != nil {
			return err
		}
		return checkPINs(t.on, needed, entry.pins)
	}
	plan := func() error {
		_, err := o.act(inSteps(ctx), who, entry.act+"_planned", subjectOf(id), check)
		return err
	}
	record := func(t *turn) error {
		if err := check(t); err != nil {
			return err
		}
		if err := entry.settle(t, &a); err != nil {
			return err
		}
		t.because(procedure.Basis{rules.Refusals["pins_not_set"].Cite})
		return t.PutApplication(a)
	}
	cardID, err := o.cardAtPickup(ctx, id)
	if isNotFound(err) { // no card to write: the plan says why
		return Receipt{}, cmp.Or(plan(), ErrStale)
	}
	if err != nil {
		return Receipt{}, err
	}
	var receipt Receipt
	err = o.withTerminal(atDesk(ctx, who), cardID, func(terminal *reader.Terminal) error {
		if err := plan(); err != nil {
			return err
		}
		for _, p := range needed {
			if err := terminal.SetPIN(chipPIN(p), entry.pins[p]); err != nil {
				return fmt.Errorf("write the PINs: %w", err)
			}
		}
		// The chip has the PINs: that is recorded even when whoever asked has hung up, or a form that was opened would
		// count as sealed.
		receipt, err = o.act(context.WithoutCancel(ctx), who, entry.act, subjectOf(id), record)
		return err
	})
	return receipt, o.notAtHand(ctx, who, entry.act, subjectOf(id), err)
}

// cardAtPickup is the key of the application's card while PINs can be put onto it: it waits at the pickup office, or is
// about to be posted. ErrNotFound otherwise.
func (o *Office) cardAtPickup(ctx context.Context, id string) (string, error) {
	var a application.Application
	var made bool
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		if a, err = tx.Application(id); err != nil || a.CardID == "" || a.State != application.InProduction || !postedByIssuer(a) {
			return err
		}
		c, err := tx.Card(a.CardID)
		made = c.State == card.Produced
		return err
	})
	if err == nil && (a.CardID == "" || a.State != application.ReadyForPickup && a.State != application.ToBePosted && !made) {
		err = ErrNotFound
	}
	return a.CardID, err
}

// checkPINs checks the syntax of the PINs that are needed; every fault is reported at once, none with a value.
func checkPINs(on civil.Date, needed []card.PIN, pins map[card.PIN]string) error {
	var faults InvalidForm
	for _, p := range needed {
		err := procedure.CheckPIN(on, p, pins[p])
		var fault *procedure.PINFault
		switch {
		case errors.As(err, &fault):
			faults = append(faults, Invalid{p.String(), fault.Text})
		case err != nil:
			return err
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// pinsNeeded are the PINs this card wants (PIN-020, PIN-023, PIN-026).
func (t *turn) pinsNeeded(a application.Application) ([]card.PIN, error) {
	certificates, err := t.Certificates(a.CardID)
	if err != nil {
		return nil, err
	}
	return procedure.PINsNeeded(hasKind(certificates, certificate.Signature), hasKind(certificates, certificate.UserAuthentication), a.Form.FaceAuthentication), nil
}

func hasKind(certificates []certificate.Certificate, kind certificate.Kind) bool {
	return slices.ContainsFunc(certificates, func(c certificate.Certificate) bool { return c.Kind == kind })
}

// withTerminal puts a card into the window's machine and opens its channel.
func (o *Office) withTerminal(ctx context.Context, cardID string, f func(*reader.Terminal) error) error {
	inserted, err := o.Chips.Insert(ctx, cardID)
	if err != nil {
		return fmt.Errorf("insert the chip: %w", err)
	}
	return o.atTerminal(inserted, f)
}

// atTerminal opens the channel of a chip, and gives the chip free in the end.
func (o *Office) atTerminal(inserted Inserted, f func(*reader.Terminal) error) (err error) {
	defer func() { err = errors.Join(err, inserted.Close()) }()
	terminal := reader.NewTerminal(inserted.Chip, o.Rand)
	if err := terminal.Authenticate(inserted.Key); err != nil {
		return fmt.Errorf("open the chip's channel: %w", err)
	}
	return f(terminal)
}

// pinsSet asks the chip of the application's card which PINs are set; ErrNotFound when no card waits to be collected.
func (o *Office) pinsSet(ctx context.Context, id string) ([]card.PIN, error) {
	cardID, err := o.cardAtPickup(ctx, id)
	if err != nil {
		return nil, err
	}
	var set []card.PIN
	err = o.withTerminal(ctx, cardID, func(terminal *reader.Terminal) error {
		for _, p := range card.PINs {
			state, err := terminal.PINState(chipPIN(p))
			if err != nil {
				return err
			}
			if state.Set {
				set = append(set, p)
			}
		}
		return nil
	})
	return set, err
}
