package office

import (
	"context"
	"errors"
	"fmt"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Produce makes the card of an accepted application: it is planned in one transaction, made, and recorded as
// made in another. Cut off in between it can be called again and finishes the same card: everything that
// decides the card and its certificates was written down in the plan.
func (o *Office) Produce(ctx context.Context, who Actor, id string) (Receipt, error) {
	plan, receipt, err := o.planProduction(inSteps(ctx), who, id)
	if err != nil || receipt.Already {
		return receipt, err
	}
	counting, err := rules.PINCountings.On(civil.DateOf(o.Clock()))
	if err != nil {
		return Receipt{}, err
	}
	// The chip is held until the card is recorded as made: of two that make the same card, the second finds it made.
	chip, err := o.Chips.Manufacture(ctx, plan.card.ID, Blank{plan.card.Chip, counting.Rule})
	if err != nil {
		return Receipt{}, fmt.Errorf("take a chip: %w", err)
	}
	err = o.atTerminal(chip, func(terminal *reader.Terminal) error {
		if err := o.manufacture(ctx, terminal, plan); err != nil && !errors.Is(err, errNotPlanned) {
			return fmt.Errorf("make the card: %w", err)
		}
		receipt, err = o.recordProduction(context.WithoutCancel(ctx), who, id, plan) // the card is made, whoever still listens
		return err
	})
	return receipt, err
}

// errNotPlanned says that a card is no longer waiting to be made; the record of the production says what became of it.
var errNotPlanned = errors.New("the card is not planned any more")

// recordProduction records that the card was made.
func (o *Office) recordProduction(ctx context.Context, who Actor, id string, plan *production) (Receipt, error) {
	return o.act(ctx, who, string(application.Produce), subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		fresh, err := t.step(&a, application.Produce)
		if err != nil || !fresh {
			return err
		}
		c, err := t.Card(plan.card.ID)
		if err != nil {
			return err
		}
		next, err := procedure.Next(card.Life, c.State, card.Produce)
		if err != nil {
			return err
		}
		t.because(append(plan.basis, rules.Refusals["card_not_produced"].Cite))
		if t.already = next.Already; next.Already {
			return nil
		}
		c.State = next.To
		for _, cert := range plan.certificates {
			step, err := procedure.Next(certificate.Life, certificate.Planned, certificate.Sign)
			if err != nil {
				return err
			}
			cert.State, cert.Plan = step.To, nil
			if err := t.PutCertificate(cert); err != nil {
				return err
			}
		}
		return t.PutCard(c)
	})
}

// production is everything that decides one card.
type production struct {
	application  application.Application
	person       register.Person
	photo        []byte
	card         card.Card
	certificates []certificate.Certificate
	basis        procedure.Basis
}

// planProduction writes the plan of the card down, or reads the one that is there.
func (o *Office) planProduction(ctx context.Context, who Actor, id string) (*production, Receipt, error) {
	plan := &production{}
	receipt, err := o.act(ctx, who, "plan_production", subjectOf(id), func(t *turn) error {
		*plan = production{}
		a, err := t.visible(id)
		if err != nil {
			if found, other := t.Application(id); other == nil {
				// The issuer does not see the case yet; it hears why.
				_, err = procedure.Next(application.Life, found.State, application.Produce)
			}
			return err
		}
		fresh, err := t.step(&a, application.Produce)
		if err != nil || !fresh {
			return err
		}
		if plan.person, err = t.Person(a.PersonID); err != nil {
			return err
		}
		if !a.Overseas {
			plan.person = plan.person.LivingOn(t.on)
		}
		if plan.photo, err = t.Photo(a.ID); err != nil && !isNotFound(err) { // somebody under one has none
			return err
		}
		if a.CardID != "" {
			return t.readPlan(plan, a)
		}
		if err := t.decideCard(plan, &a); err != nil {
			return err
		}
		t.because(plan.basis)
		plan.application = a
		return t.PutApplication(a)
	})
	receipt.Act = string(application.Produce)
	return plan, receipt, err
}

// readPlan reads the plan that an earlier call wrote; a card that is made already is the end of it.
func (t *turn) readPlan(plan *production, a application.Application) error {
	var err error
	if plan.card, err = t.Card(a.CardID); err != nil {
		return err
	}
	plan.application = a
	t.already = plan.card.State != card.Planned
	plan.certificates, err = t.Certificates(a.CardID)
	return err
}

// decideCard decides the card, its last days and its certificates, and writes them as planned (EXP-001 to
// EXP-007, CARD-011, CERT-010).
func (t *turn) decideCard(plan *production, a *application.Application) error {
	p := plan.person
	stay, basis, err := t.stayBound(p)
	if err != nil {
		return err
	}
	until, err := procedure.CardUntil(procedure.CardFacts{Birth: p.Birth, Applied: a.Filed, Issued: t.on, Renewing: a.Renewing, Stay: stay})
	if err != nil {
		return err
	}
	plan.basis = append(plan.basis, basis...)
	plan.basis = append(plan.basis, until.Basis...)
	id, err := t.office.id()
	if err != nil {
		return err
	}
	code, err := t.office.digits(4)
	if err != nil {
		return err
	}
	serial, err := t.office.digits(15)
	if err != nil {
		return err
	}
	plan.card = card.Card{ID: id, PersonID: p.ID, ApplicationID: a.ID, State: card.Planned, Overseas: a.Overseas, Issued: t.on, Until: until.Day, Applied: a.Filed,
		FaceAuth: a.Form.FaceAuthentication, Photoless: len(plan.photo) == 0,
		SecurityCode: code, Manufacture: serial, Chip: t.office.Making, Custody: card.Custody{Office: place.Issuer}}
	if err := t.PutCard(plan.card); err != nil {
		return err
	}
	plan.card.Version = 1
	a.CardID = id
	return t.planCertificates(plan, a)
}

// planCertificates plans the certificates that the card gets.
func (t *turn) planCertificates(plan *production, a *application.Application) error {
	former, err := t.formerFacts(*a)
	if err != nil {
		return err
	}
	wanted, basis, err := procedure.CertificatesWanted(t.on, procedure.CertificateWish{
		Birth: plan.person.Birth, AdultWard: plan.person.AdultWard, NoSignature: a.Form.NoSignature, NoUserAuth: a.Form.NoUserAuth, FaceAuthentication: a.Form.FaceAuthentication,
	})
	if err != nil {
		return err
	}
	plan.basis = append(plan.basis, basis...)
	var authenticator procedure.Until
	for _, kind := range wanted {
		until, err := procedure.CertificateUntil(procedure.CertificateFacts{Birth: plan.person.Birth, Issued: t.on, Card: plan.card.Until, Authenticator: authenticator.Day,
			Renewing: a.Renewing && procedure.RenewsCertificate(&former, kind)})
		if err != nil {
			return err
		}
		if kind == certificate.UserAuthentication {
			authenticator = until
		}
		plan.basis = append(plan.basis, until.Basis...)
		if kind == certificate.Signature {
			if err := t.settleSubstitutes(plan.person); err != nil {
				return err
			}
		}
		c, err := t.planCertificate(certificate.Certificate{Kind: kind, Carrier: certificate.OnCard, CardID: plan.card.ID, Until: until.Day}, KeysOf(plan.card.Chip), a.InCharge)
		if err != nil {
			return err
		}
		plan.certificates = append(plan.certificates, c)
	}
	return nil
}

// Suspend stops a card by telephone, day or night (LOSS-001 to LOSS-004): the card is suspended and both certificates
// are held, for OCSP at once and in the next revocation list.
func (o *Office) Suspend(ctx context.Context, who Actor, cardID string, callerIsHolder bool) (Receipt, error) {
	return o.act(ctx, who, string(card.Suspend), "card/"+cardID, func(t *turn) error {
		c, err := t.Card(cardID)
		if err != nil {
			return err
		}
		certificates, err := t.Certificates(cardID)
		if err != nil {
			return err
		}
		states := map[certificate.Kind]certificate.State{}
		for _, cert := range certificates {
			states[cert.Kind] = cert.State
		}
		out, err := procedure.Suspend(t.on, c.State, states, callerIsHolder)
		if err != nil {
			return err
		}
		t.because(out.Basis)
		if t.already = out.Card.Already; t.already {
			return nil
		}
		c.State, t.detail = out.Card.To, string(out.Card.To)
		for _, cert := range certificates {
			step, ok := out.Certificates[cert.Kind]
			if !ok || step.Already {
				continue
			}
			cert.State, cert.EndedAt, cert.Reason = step.To, t.now, certificate.CertificateHold
			if err := t.PutCertificate(cert); err != nil {
				return err
			}
		}
		if err := t.PutCard(c); err != nil {
			return err
		}
		a, err := t.Application(c.ApplicationID)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return t.tell(a, notice.Suspended, notice.Facts{Phone: out.Lines.Abroad})
	})
}

// FoundCard is what the stop line sees of a caller: enough to stop the right card.
type FoundCard struct {
	Card card.Card
	Name string
}

// CardsToStop finds the cards of a caller who says name and birth date (kana or kanji). The look is an
// entry in the journal, whatever it found.
func (o *Office) CardsToStop(ctx context.Context, who Actor, r CallerRequest) ([]FoundCard, error) {
	if err := o.may(ctx, who, "search_card", ""); err != nil {
		return nil, err
	}
	birth, err := parseDate("birth", r.Birth)
	if err != nil {
		return nil, err
	}
	var found []FoundCard
	_, err = o.act(ctx, who, "search_card", "", func(t *turn) error {
		found = nil
		born, err := t.PersonsBorn(birth)
		if err != nil {
			return err
		}
		for _, p := range born {
			if !p.Name.Sounds(r.Name) {
				continue
			}
			cards, err := t.CardsOf(p.ID)
			if err != nil {
				return err
			}
			for _, c := range cards {
				found = append(found, FoundCard{Card: c, Name: p.Name.Full()})
			}
		}
		t.purpose, t.detail = PurposeCall, fmt.Sprintf("%d found", len(found))
		return nil
	})
	if err == nil && len(found) == 0 {
		err = &Invalid{"name", law.Text{Ja: "この氏名と生年月日のカードは見つかりません。", En: "No card has this name and date of birth."}}
	}
	return found, err
}

// CallerRequest is what a caller says on the telephone.
type CallerRequest struct {
	Name  string
	Birth string
}
