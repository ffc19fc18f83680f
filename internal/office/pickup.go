package office

import (
	"context"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Announce takes the card in at the pickup office and writes to the applicant that it is ready (ABR-025,
// NTF-025, PICK-075).
func (o *Office) Announce(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Announce, id, func(t *turn, a *application.Application) error {
		policy := o.Policies.Of(a.Pickup)
		deadline, err := procedure.PickupDeadline(t.on, policy.PickupMonths())
		if err != nil {
			return err
		}
		t.because(append(deadline.Basis, rules.Refusals["card_not_arrived"].Cite))
		if err := t.receiveCard(*a); err != nil {
			return err
		}
		cameBack(a, t.on)
		arrivesForm(a, a.Pickup)
		a.Ready, a.Deadline = t.on, deadline.Day
		if !a.Overseas {
			return t.announceAtHome(*a, policy)
		}
		link, err := t.mailLink(LinkReserve, a.ID, a.Deadline)
		if err != nil {
			return err
		}
		papers, err := PapersFor(t.on, kindOf(a.Pickup, a.InCharge))
		if err != nil {
			return err
		}
		item, where := policy.Guide(Collecting(*a))
		return t.tell(*a, notice.ReadyForPickup, notice.Facts{
			Deadline: notice.On(a.Deadline), Link: o.URL + "/reserve/" + link, Item: item, Where: where,
			Papers: papers, Fee: FeeText(a.Fee),
		})
	})
}

// PapersFor says in words what to bring to collect an overseas card (PICK-071, PICK-072).
func PapersFor(on civil.Date, kind rules.OfficeKind) (law.Text, error) {
	row, err := rules.CollectOverseasCard.On(on)
	if err != nil {
		return law.Text{}, err
	}
	var second []rules.Paper
	if w := slices.IndexFunc(row.Rule.Ways, func(w rules.Way) bool { return w.Office == kind }); w >= 0 {
		for _, n := range row.Rule.Ways[w].Papers {
			if n.Code != string(rules.Passport) {
				second = n.Any[0][0].Papers
			}
		}
	}
	text := rules.PaperNames[rules.Passport]
	for i, p := range second {
		name := rules.PaperNames[p]
		switch i {
		case 0:
			text.Ja, text.En = text.Ja+"と、次のうち1点("+name.Ja, text.En+", and one of: "+name.En
		default:
			text.Ja, text.En = text.Ja+"、"+name.Ja, text.En+", "+name.En
		}
	}
	if len(second) > 0 {
		text.Ja += "など)"
	}
	text.Ja += "。旧カードをお持ちの方は旧カードも。"
	text.En += ". If you still have your old card, bring it too."
	return text, nil
}

// FeeText says the fee and its reason in words.
func FeeText(f application.Fee) law.Text {
	ground := rules.FeeGrounds[rules.FeeGround(f.Ground)].Text
	return law.Text{Ja: "%d円。%s", En: "%d yen. %s"}.Format(f.Yen, ground)
}

// IdentityRequest is what the clerk at the pickup office holds in hand.
type IdentityRequest struct {
	Visitor       procedure.Visitor
	Papers        []procedure.PaperSeen
	PassportName  string // as it stands in the passport, Latin letters
	PassportBirth civil.Date
	OldCard       bool // the former card is handed in
}

// CheckIdentity checks who stands at the window and with which papers, and decides the fee (PICK-070 to PICK-074,
// PICK-077).
func (o *Office) CheckIdentity(ctx context.Context, who Actor, id string, r IdentityRequest) (Receipt, error) {
	return o.clerkAt(ctx, who, application.CheckIdentity, id, func(t *turn, a *application.Application) error {
		if !a.Overseas {
			return &Invalid{"visitor", law.Text{Ja: "国内のカードの受取りは、来た人と書類を一つずつ確かめます。", En: "A domestic card is handed over by its own check of visitor and papers."}}
		}
		p, err := t.Person(a.PersonID)
		if err != nil {
			return err
		}
		basis, err := procedure.CheckIdentity(t.on, procedure.PickupFacts{
			Office: kindOf(who.Office, a.InCharge), RightOffice: a.Pickup == who.Office, PickupName: t.placeName(a.Pickup).Ja,
			Visitor: r.Visitor, Birth: p.Birth, Papers: r.Papers,
			PassportSame: p.Name.SameLatin(r.PassportName) && r.PassportBirth == p.Birth,
		})
		if err != nil {
			return err
		}
		t.because(basis)
		before := *a
		a.IdentitySeen, a.OldBrought = t.on, r.OldCard
		if err := t.decideFee(a, procedure.AnswerOf(r.OldCard)); err != nil {
			return err
		}
		t.already = before.IdentitySeen == a.IdentitySeen && before.OldBrought == a.OldBrought && before.Fee == a.Fee
		return nil
	})
}

// HandOver puts the card into its holder's hands (PICK-073, PICK-076, PICK-077, ST-005): card and certificates become
// good, the former card is collected, a PIN form that is still sealed goes back unopened, the holder is told what to
// mind (PICK-078).
func (o *Office) HandOver(ctx context.Context, who Actor, id string, receiptSigned bool) (Receipt, error) {
	set, err := o.pinsSet(atDesk(ctx, who), id)
	if err != nil && !isNotFound(err) {
		return Receipt{}, o.notAtHand(ctx, who, string(application.HandOver), subjectOf(id), err)
	}
	return o.clerkAt(ctx, who, application.HandOver, id, func(t *turn, a *application.Application) error {
		c, err := t.Card(a.CardID)
		if err != nil {
			return err
		}
		certificates, err := t.Certificates(c.ID)
		if err != nil {
			return err
		}
		fee, err := t.feeAtPickup(*a)
		if err != nil {
			return err
		}
		needed, err := t.pinsNeeded(*a)
		if err != nil {
			return err
		}
		basis, err := procedure.HandOver(t.on, procedure.HandOverFacts{
			IdentityChecked: a.IdentitySeen, ReceiptSigned: receiptSigned, Fee: fee, FeePaid: a.Fee.Paid,
			PINsNeeded: needed, PINsSet: set,
		})
		if err != nil {
			return err
		}
		t.because(basis)
		if a.SealedForm == application.FormSealed {
			// Nobody opened it: it goes back to the holder as it is (PIN-007).
			a.SealedAt = application.Custody{With: application.WithApplicant}
			t.because(procedure.Basis{rules.Refusals["sealed_form_needs_holder"].Cite})
		}
		if err := t.replaceFormer(*a); err != nil {
			return err
		}
		if err := t.activateBy(card.HandOver, c, certificates); err != nil {
			return err
		}
		if err := t.visitServed(a.ID); err != nil {
			return err
		}
		if !a.Overseas {
			return t.afterHandOver(*a)
		}
		lines, err := rules.CardStopLines.On(t.on)
		if err != nil {
			return err
		}
		return t.tell(*a, notice.HandedOver, notice.Facts{Phone: lines.Rule.Abroad})
	})
}

// activateBy makes card and certificates good from now on: handed over at an office, or delivered by the post office.
func (t *turn) activateBy(act card.Act, c card.Card, certificates []certificate.Certificate) error {
	next, err := procedure.Next(card.Life, c.State, act)
	if err != nil {
		return err
	}
	c.State, c.Custody, c.Activated = next.To, card.Custody{}, t.on
	for _, x := range certificates {
		if x.State == certificate.Revoked || x.State == certificate.Expired {
			continue // it ended while the card waited: a new one is issued on request (CHG-012, EXP-025)
		}
		step, err := procedure.Next(certificate.Life, x.State, certificate.HandOver)
		if err != nil {
			return err
		}
		x.State = step.To
		if err := t.PutCertificate(x); err != nil {
			return err
		}
	}
	return t.PutCard(c)
}

// parseDate reads a day of a request.
func parseDate(field, text string) (civil.Date, error) {
	d, err := civil.ParseAny(text)
	if err != nil {
		return d, &Invalid{field, law.Text{Ja: "日付として読めません。2026-01-16 や 令和8年1月16日 のように書いてください。", En: "This is not a date. Write it as 2026-01-16."}}
	}
	return d, nil
}
