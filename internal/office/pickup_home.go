package office

import (
	"context"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// announceAtHome sends the issuance notice (交付通知書, a postcard that is not forwarded) to the holder's address (PICK-001,
// NTF-005).
func (t *turn) announceAtHome(a application.Application, policy booking.Policy) error {
	link, err := t.mailLink(LinkReserve, a.ID, a.Deadline)
	if err != nil {
		return err
	}
	papers, err := t.papersAtHome(a)
	if err != nil {
		return err
	}
	kind := notice.IssuanceNotice
	if !a.Mail.CameBack.IsZero() {
		kind = notice.CameBack
	}
	item, where := policy.Guide(rules.CollectAtHome)
	return t.tell(a, kind, notice.Facts{Deadline: notice.On(a.Deadline), Link: t.office.URL + "/reserve/" + link, Item: item, Where: where,
		Papers: papers, Fee: FeeText(a.Fee)})
}

// pickupSituation is the hand-over of a domestic card as its sheet sees it, without what only the window can tell.
func (t *turn) pickupSituation(a application.Application) (procedure.Situation, error) {
	h, err := t.holding(a.PersonID)
	if err != nil {
		return procedure.Situation{}, err
	}
	h.application = &a
	s := h.situation(t.on, t.who.Office, t.office.Policies.Of(t.who.Office))
	s.Procedure, s.Channel = rules.CollectAtHome, rules.Visit
	s.Event = procedure.Event{Kind: rules.EventKind(a.Event.Kind), On: a.Event.On, Filed: a.Event.Filed}
	s.Wish.NoSignature, s.Wish.NoUserAuth = procedure.AnswerOf(a.Form.NoSignature), procedure.AnswerOf(a.Form.NoUserAuth)
	s.Wish.Express = procedure.AnswerOf(a.Express)
	if a.OldBrought {
		s.Wish.OldCardBack = procedure.Yes
	}
	return s, nil
}

// papersAtHome says in words what the holder brings to collect the card.
func (t *turn) papersAtHome(a application.Application) (law.Text, error) {
	s, err := t.pickupSituation(a)
	if err != nil {
		return law.Text{}, err
	}
	s.Visitor.Who = rules.Holder
	if minor, err := procedure.NeedsRepresentative(t.on, s.Person.Birth, s.Person.AdultWard == procedure.Yes); err == nil && minor {
		s.Visitor.Who = rules.HolderWithRepresentative
	}
	s.Application.State = application.ReadyForPickup
	d, err := procedure.Decide(&s)
	if err != nil {
		return law.Text{}, err
	}
	var ja, en []string
	for _, p := range d.Papers {
		name := rules.NeedName(p.Code)
		ja, en = append(ja, name.Ja), append(en, name.En)
	}
	return law.Text{Ja: strings.Join(ja, "、"), En: strings.Join(en, ", ")}, nil
}

// CheckVisitor checks who came to collect a domestic card, for what reason in the holder's place, and with which papers,
// ticked one by one; and decides the fee (PICK-012 to PICK-014, PICK-030 to PICK-039, PICK-051 to PICK-066).
func (o *Office) CheckVisitor(ctx context.Context, who Actor, id string, told procedure.Situation) (procedure.Decision, Receipt, error) {
	var decision procedure.Decision
	receipt, err := o.clerkAt(as(ctx, "application.check_visitor"), who, application.CheckIdentity, id, func(t *turn, a *application.Application) error {
		if a.Overseas {
			return &Invalid{"visitor", law.Text{Ja: "国外転出者向けのカードは旅券で本人を確認します。", En: "An overseas card is handed over against the passport."}}
		}
		s, err := t.visitSituation(*a, told)
		if err != nil {
			return err
		}
		if s.Visitor.Papers == nil {
			s.Visitor.Papers = []procedure.PaperAtWindow{} // what was not shown is missing
		}
		if decision, err = t.decided(s); err != nil {
			return err
		}
		return t.noteVisit(a, s, decision)
	})
	return decision, receipt, err
}

// visitSituation is the hand-over with what was told of the visit.
func (t *turn) visitSituation(a application.Application, told procedure.Situation) (procedure.Situation, error) {
	s, err := t.pickupSituation(a)
	if err != nil {
		return s, err
	}
	s = complete(s, told)
	if told.Wish.OldCardBack != procedure.Unknown && !a.OldBrought {
		s.Wish.OldCardBack = told.Wish.OldCardBack
	}
	return s, nil
}

// ConsiderVisitor is what the hand-over of a domestic card asks next, without doing anything: the question, the refusal, or
// the papers that this visitor brings.
func (o *Office) ConsiderVisitor(ctx context.Context, who Actor, id string, told procedure.Situation) (procedure.Decision, error) {
	var d procedure.Decision
	err := o.read(ctx, who, "list.visitor", func(t *turn) error {
		a, err := t.visible(id)
		if err != nil {
			return err
		}
		if a.Overseas {
			return ErrForbidden
		}
		s, err := t.visitSituation(a, told)
		if err != nil {
			return err
		}
		s.Visitor.Papers = nil
		if s.Visitor.Who == "" {
			s.Visitor.Who = told.Visitor.Who
		}
		d, err = procedure.Decide(&s)
		return err
	})
	return d, err
}

// noteVisit writes down who came, what was seen and collected, and the fee.
func (t *turn) noteVisit(a *application.Application, s procedure.Situation, d procedure.Decision) error {
	a.IdentitySeen, a.Visitor = t.on, string(s.Visitor.Who)
	a.OldBrought, a.Outside = s.Wish.OldCardBack == procedure.Yes, d.Sends("proxy_notice")
	for _, p := range s.Visitor.Papers {
		a.Seen = append(a.Seen, application.Seen{On: t.on, For: application.CheckIdentity, Paper: string(p.Kind), Until: p.Until})
	}
	if f := d.Fee; f != nil {
		paid := a.Fee.Paid && a.Fee.Yen >= int(f.Total)
		if !paid {
			a.Fee = application.Fee{Yen: int(f.Total), Ground: string(f.Ground), Payment: string(f.Payment)}
		}
	}
	if staffEnterPINs(*a) && s.Visitor.SealedPINs == procedure.Yes && a.SealedForm != application.FormOpened {
		// The PIN field of the notice, under its sticker (PICK-057, PICK-058).
		a.SealedForm, a.SealedAt = application.FormSealed, application.Custody{With: application.AtOffice, Office: t.who.Office}
	}
	return nil
}

// feeAtPickup is the fee that is due at the hand-over.
func (t *turn) feeAtPickup(a application.Application) (procedure.Fee, error) {
	if a.Overseas {
		return t.fee(a, procedure.AnswerOf(a.OldBrought))
	}
	ground := rules.FeeGround(a.Fee.Ground)
	return procedure.Fee{Amounts: rules.Amounts{Card: rules.Yen(a.Fee.Yen)}, Ground: ground, Payment: rules.Payment(a.Fee.Payment), Basis: procedure.Basis{rules.FeeGrounds[ground].Cite}}, nil
}

// afterHandOver writes to a holder whose card somebody outside the household took (PICK-055, NTF-009).
func (t *turn) afterHandOver(a application.Application) error {
	if !a.Outside || !t.office.Policies.Of(a.Pickup).TellProxied() {
		return nil
	}
	return t.tell(a, notice.ProxyCollected, notice.Facts{Day: notice.On(t.on)})
}
