package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// writesChip reports that the act writes the card's chip.
func writesChip(p procedure.Performance) bool {
	switch p.Becomes(rules.TheCard) {
	case procedure.BecomesRewritten, procedure.BecomesExtended, procedure.BecomesFaceAuthentication, procedure.BecomesOrdinary, string(card.PendingDeparture):
		return true
	}
	return p.Issues(certificate.Signature) || p.Issues(certificate.UserAuthentication) || p.Procedure == rules.ReturnWithCard || p.Procedure == rules.RevokeByWish
}

// windowPlan is everything that decides what is written to a chip at a window.
type windowPlan struct {
	holding     holding
	performance procedure.Performance
	photo       []byte
	made        []certificate.Certificate // to be made
	done        bool                      // nothing is written: the act was carried out at once
}

// CompleteCase carries a case out. A chip cannot take part in a transaction: what will be written is planned in one act,
// written, and recorded in another. Cut off in between it can be called again and finishes the same certificates.
func (o *Office) CompleteCase(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	var c docket.Case
	var plan windowPlan
	receipt, err := o.act(inSteps(ctx), who, "complete_planned", caseSubject(id), func(t *turn) error {
		var err error
		c, plan, err = t.planCompletion(id)
		return err
	})
	if receipt.Act = string(docket.Complete); err != nil || plan.done {
		return c, receipt, err
	}
	if len(plan.made) > 0 && o.Reach != nil && o.Reach(ctx) != nil {
		return o.queueCase(ctx, who, id)
	}
	err = o.withTerminal(atDesk(ctx, who), c.CardID, func(terminal *reader.Terminal) error {
		if err := o.writeCard(ctx, terminal, &plan); err != nil {
			return fmt.Errorf("write the card: %w", err)
		}
		// The chip is written: that is recorded even when whoever asked has hung up.
		receipt, err = o.act(context.WithoutCancel(ctx), who, string(docket.Complete), caseSubject(id), func(t *turn) error {
			c, err = t.recordCompletion(id, plan)
			return err
		})
		return err
	})
	return c, receipt, o.unreadable(ctx, who, docket.Complete, id, err)
}

// unreadable makes of a chip that is not there, or lies in another reader, or another card in the desk's, the refusal that a window gives, with its entry in the journal.
func (o *Office) unreadable(ctx context.Context, who Actor, act docket.Act, id string, err error) error {
	return o.notAtHand(ctx, who, string(act), caseSubject(id), err)
}

func (o *Office) notAtHand(ctx context.Context, who Actor, act, subject string, err error) error {
	code := atHandCode(err)
	if code == "" {
		return err
	}
	if code == chipUnreadable && o.Log != nil { // what is wrong with it is for the operator
		o.Log.LogAttrs(ctx, slog.LevelError, "a chip cannot be read at a window", slog.String("subject", subject), slog.Any("error", err))
	}
	_, err = o.act(ctx, who, act, subject, func(*turn) error { return rules.Refuse(code) })
	return err
}

// chipUnreadable is the refusal where a chip is lost or damaged.
const chipUnreadable = "chip_unreadable"

// atHandCode is the refusal that a window gives to a fault of a chip or its reader; empty where there is none for it.
func atHandCode(err error) string {
	for _, r := range readerRefusals {
		if errors.Is(err, r.err) {
			return r.code
		}
	}
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrUnreadable) {
		return chipUnreadable
	}
	return ""
}

// queueCase keeps a case whose certificates nobody can sign now: the card stays at the window, and when the issuer is back
// CompleteCase goes on with what was typed and seen.
func (o *Office) queueCase(ctx context.Context, who Actor, id string) (docket.Case, Receipt, error) {
	return o.caseAct(ctx, who, docket.Queue, id, func(t *turn, c *docket.Case) error {
		t.because(procedure.Basis{rules.Refusals["issuer_awaited"].Cite})
		c.Where[docket.Plastic] = application.Custody{With: application.AtOffice, Office: t.who.Office}
		return t.cardTravels(c.CardID, card.Custody{Office: t.who.Office})
	})
}

// planCompletion decides again, by the registers of this moment, and plans the certificates. Where no chip is written it
// carries the case out.
func (t *turn) planCompletion(id string) (docket.Case, windowPlan, error) {
	var plan windowPlan
	c, err := t.windowCase(id)
	if err != nil {
		return c, plan, err
	}
	next, err := procedure.Next(docket.Life, c.State, t.completes(c))
	if err != nil {
		return c, plan, err
	}
	if t.already, plan.done = next.Already, next.Already; next.Already {
		return c, plan, nil
	}
	if plan.holding, plan.performance, err = t.decideCase(c); err != nil {
		return c, plan, err
	}
	if err := t.nothingOutstanding(c); err != nil {
		return c, plan, err
	}
	t.basis = append(t.basis, law.Citation{IDs: plan.performance.Rules})
	if !writesChip(plan.performance) {
		plan.done = true
		if err := t.carryOut(&c, plan.holding, plan.performance); err != nil {
			return c, plan, err
		}
		t.detail = c.Procedure + " " + string(c.State)
		return c, plan, t.putCase(&c)
	}
	if plan.photo, err = t.photoOf(plan.holding); err != nil {
		return c, plan, err
	}
	plan.made, err = t.planNew(&c, plan)
	return c, plan, err
}

// completes is the act that ends the work on a case where it is.
func (t *turn) completes(c docket.Case) docket.Act {
	if c.By != c.Office && c.By == t.who.Office {
		return docket.Finish
	}
	return docket.Complete
}

// nothingOutstanding refuses while a fee or a PIN is.
func (t *turn) nothingOutstanding(c docket.Case) error {
	steps := c.Outstanding(t.on)
	switch {
	case len(steps) == 0:
		return nil
	case steps[0] == docket.PayFee:
		return rules.Refuse("fee_unpaid", rules.Yen(c.Fee.Yen))
	}
	var which []string
	for _, p := range c.PINs {
		which = append(which, fmt.Sprintf("No.%d", p))
	}
	return rules.Refuse("pins_not_typed", strings.Join(which, ", "))
}

// planNew plans the certificates that the act issues, or reads those that an earlier call planned.
func (t *turn) planNew(c *docket.Case, plan windowPlan) ([]certificate.Certificate, error) {
	if len(c.New) == 0 {
		days := plan.performance.Dates
		for _, n := range []struct {
			kind  certificate.Kind
			until civil.Date
		}{{certificate.UserAuthentication, days.UserAuthentication}, {certificate.Signature, days.Signature}} {
			if !plan.performance.Issues(n.kind) {
				continue
			}
			if n.kind == certificate.Signature {
				if err := t.settleSubstitutes(plan.holding.person); err != nil {
					return nil, err
				}
			}
			x, err := t.planCertificate(certificate.Certificate{Kind: n.kind, Carrier: certificate.OnCard, CardID: c.CardID, Until: n.until}, KeysOf(plan.holding.card.Chip), municipalityOf(plan.holding.person, *plan.holding.card, t.on))
			if err != nil {
				return nil, err
			}
			c.New = append(c.New, docket.Issued{Kind: x.Kind, Generation: x.Generation, Counter: x.Counter})
		}
		if len(c.New) == 0 {
			return nil, nil
		}
		if err := t.putCase(c); err != nil {
			return nil, err
		}
	}
	var made []certificate.Certificate
	for _, n := range c.New {
		x, err := t.Certificate(n.Kind, n.Generation, n.Counter)
		if err != nil {
			return nil, err
		}
		made = append(made, x)
	}
	return made, nil
}

// municipalityOf is the municipality in charge of a card: that of the residence, for an overseas card the honseki.
func municipalityOf(p register.Person, c card.Card, on civil.Date) place.Code {
	if r, ok := p.ResidentOn(on); ok && !c.Overseas {
		return r.Municipality
	}
	if p.FamilyRegister != nil {
		return p.FamilyRegister.Honseki
	}
	return ""
}

// planCertificate numbers a certificate and writes it down as planned.
func (t *turn) planCertificate(x certificate.Certificate, algorithm pki.Algorithm, municipality place.Code) (certificate.Certificate, error) {
	x, err := t.numberCertificate(x, algorithm, municipality)
	if err != nil {
		return x, err
	}
	return x, t.PutCertificate(x)
}

// numberCertificate gives a certificate of this kind, card, carrier and last day, for a key of the algorithm, its serial number and the
// rest. Whoever asks for it writes it down.
func (t *turn) numberCertificate(x certificate.Certificate, algorithm pki.Algorithm, municipality place.Code) (certificate.Certificate, error) {
	var none certificate.Certificate
	kind, until := x.Kind, x.Until
	worked, err := lastDay(t.Tx)
	if err == nil {
		err = procedure.ClockStands(t.on, worked)
	}
	if err != nil {
		return none, err
	}
	if err := t.office.CAs.refresh(t.Tx); err != nil {
		return none, err
	}
	authority := t.office.CAs.Issuing(kind, algorithm, t.now)
	if authority == nil {
		return none, fmt.Errorf("there is no authority for %s certificates of %s keys", kind, algorithm)
	}
	if err := procedure.WithinKey(until, civil.DateOf(authority.Certificate().NotAfter)); err != nil {
		return none, err
	}
	counter, err := t.NextCounter(kind, authority.Generation())
	if err != nil {
		return none, err
	}
	x.Generation, x.Counter, x.Serial, x.State = authority.Generation(), counter, authority.Serial(counter).String(), certificate.Planned
	x.NotBefore, x.Partition = t.now.Truncate(time.Second), municipality.Five()
	window := x.Partition + "001A"
	if kind == certificate.Signature {
		x.CommonName = pki.SignatureCommonName(x.NotBefore, int(counter%100000), window)
	} else if x.CommonName, err = pki.UserAuthenticationCommonName(t.office.Rand, window); err != nil {
		return none, err
	}
	return x, nil
}

// photoOf is the photo of the card's application; a card from before these registers has none here, and keeps the one on
// its chip.
func (t *turn) photoOf(h holding) ([]byte, error) {
	if h.card.ApplicationID == "" {
		return nil, nil
	}
	photo, err := t.Photo(h.card.ApplicationID)
	if isNotFound(err) {
		return nil, nil
	}
	return photo, err
}

// writeCard writes what the act changes on the chip: entries, keys with their certificates, PINs that are taken away.
func (o *Office) writeCard(ctx context.Context, terminal *reader.Terminal, plan *windowPlan) error {
	h, p := plan.holding, plan.performance
	if p.Procedure != rules.ContinueAbroad && h.card.State != card.PendingDeparture {
		h.person = h.person.LivingOn(p.On) // a departure ahead is entered with continuing use alone (ABR-008)
	}
	personal, err := o.personalOf(&production{application: application.Application{InCharge: municipalityOf(h.person, *h.card, p.On)}, person: h.person, photo: plan.photo, card: entered(*h.card, p)})
	if err != nil {
		return err
	}
	if personal.Photo == nil && !h.card.Photoless {
		// A card from before these registers has its photo on the chip alone: it stays.
		face, err := terminal.Holder().ReadFace(personal.Number12)
		if err != nil {
			return fmt.Errorf("read the photo on the chip: %w", err)
		}
		personal.Photo = face.Photo
	}
	if err := terminal.Personalise(personal, o.Chips.Signers()); err != nil {
		return fmt.Errorf("write the entries: %w", err)
	}
	if err := o.certify(ctx, terminal, h.person, plan.made, true); err != nil {
		return err
	}
	for _, kind := range certificate.Kinds {
		if p.Ends(kind) && !p.Issues(kind) {
			if err := terminal.RemoveCertificate(keyOf(kind)); err != nil {
				return fmt.Errorf("remove the %s certificate: %w", kind, err)
			}
		}
	}
	if p.Becomes(rules.ThePINs) == procedure.BecomesNone {
		for _, pin := range card.PINs {
			if err := terminal.UnsetPIN(chipPIN(pin)); err != nil {
				return fmt.Errorf("take the PINs away: %w", err)
			}
		}
	}
	if err := terminal.Finish(); err != nil {
		return fmt.Errorf("keep what was written: %w", err)
	}
	return nil
}

// entered is the card as it will be entered on the chip.
func entered(c card.Card, p procedure.Performance) card.Card {
	if p.Becomes(rules.TheCard) == procedure.BecomesExtended {
		c.Until = p.Dates.Card
	}
	return c
}

// recordCompletion records that the chip was written, and carries the case out.
func (t *turn) recordCompletion(id string, plan windowPlan) (docket.Case, error) {
	c, err := t.windowCase(id)
	if err != nil {
		return c, err
	}
	next, err := procedure.Next(docket.Life, c.State, t.completes(c))
	if err != nil {
		return c, err
	}
	if t.already = next.Already; next.Already {
		return c, nil
	}
	h, p, err := t.decideCase(c)
	if err != nil {
		return c, err
	}
	if err := t.nothingOutstanding(c); err != nil {
		return c, err
	}
	for _, x := range plan.made {
		if now, err := t.Certificate(x.Kind, x.Generation, x.Counter); err != nil || now.State != certificate.Planned {
			return c, errors.Join(err, errNotPlanned)
		}
		if err := t.PutCertificate(x); err != nil {
			return c, err
		}
	}
	t.basis = append(t.basis, law.Citation{IDs: p.Rules})
	if err := t.carryOut(&c, h, p); err != nil {
		return c, err
	}
	t.detail = c.Procedure + " " + string(c.State)
	return c, t.putCase(&c)
}
