package office

import (
	"context"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// The post office is a party of its own (role Carrier at place.Post): from Post to Deliver or SendBack it, and nobody else,
// has the card, and it sees only cards that were given to it (PICK-040 to PICK-050).

// Parcel is a card that the post office has, as it needs to know it: to whom, where, by which service, until when.
type Parcel struct {
	ID       string
	Name     string
	Address  string
	Delivery application.Delivery
	State    application.State
	Mail     application.Posting
}

// Parcels lists the cards that the post office has.
func (o *Office) Parcels(ctx context.Context, who Actor) ([]Parcel, error) {
	var out []Parcel
	_, err := o.act(ctx, who, "look_parcels", "", func(t *turn) error {
		found, err := t.Queue(who.Office, []application.State{application.InPost, application.AtPostOffice}, queueShown)
		if err != nil {
			return err
		}
		out = nil
		for _, a := range found {
			address := a.SendTo
			if address == "" {
				if address, err = t.postalAddress(a); err != nil {
					return err
				}
			}
			out = append(out, Parcel{a.ID, a.Form.Name.Full(), address, a.Delivery, a.State, a.Mail})
		}
		return nil
	})
	return out, err
}

// TakeInCard takes a card in at the municipality that will post it, once its PINs are on it (PICK-040, PICK-050).
func (o *Office) TakeInCard(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.TakeIn, id, func(t *turn, a *application.Application) error {
		if !postedByOffice(*a) {
			return rules.Refuse("collected_at_counter")
		}
		t.because(procedure.Basis{rules.Refusals["card_not_arrived"].Cite})
		arrivesForm(a, a.Pickup)
		return t.receiveCard(*a)
	})
}

// receiveCard notes that the card has reached the pickup office.
func (t *turn) receiveCard(a application.Application) error {
	c, err := t.Card(a.CardID)
	if err != nil {
		return err
	}
	next, err := procedure.Next(card.Life, c.State, card.Receive)
	if err != nil {
		return err
	}
	c.State, c.Custody = next.To, card.Custody{Office: a.Pickup}
	return t.PutCard(c)
}

// Post gives the card to the post office: the issuer an express card, the municipality the others. The PINs are on the card,
// for it works on the day it arrives (PICK-045, APP-038); what the sheet of the delivery asks holds still.
func (o *Office) Post(ctx context.Context, who Actor, id string) (Receipt, error) {
	set, err := o.pinsSet(atDesk(ctx, who), id)
	if err != nil && !isNotFound(err) {
		return Receipt{}, o.notAtHand(ctx, who, string(application.Post), subjectOf(id), err)
	}
	return o.clerkAt(ctx, who, application.Post, id, func(t *turn, a *application.Application) error {
		if !postedByIssuer(*a) && !postedByOffice(*a) {
			return rules.Refuse("collected_at_counter")
		}
		if a.CardID == "" {
			return rules.Refuse("card_not_produced")
		}
		needed, err := t.pinsNeeded(*a)
		if err != nil {
			return err
		}
		if err := procedure.PINsThere(needed, set); err != nil {
			return err
		}
		if err := t.stillPostable(*a); err != nil {
			return err
		}
		c, err := t.Card(a.CardID)
		if err != nil {
			return err
		}
		act := card.SendOn
		if c.State == card.Planned || c.State == card.Produced {
			act = card.Dispatch
		}
		next, err := procedure.Next(card.Life, c.State, act)
		if err != nil {
			return err
		}
		c.State, c.Custody = next.To, card.Custody{OnTheWay: true, Post: true}
		a.Mail.Posted = t.on
		return t.PutCard(c)
	})
}

// stillPostable holds the application against the sheet of its delivery as it is now.
func (t *turn) stillPostable(a application.Application) error {
	h, err := t.holding(a.PersonID)
	if err != nil {
		return err
	}
	s := h.situation(t.on, "", booking.Policy{})
	s.Application = applicationFacts(a)
	s.Application.State, s.Application.Changed = application.InPost, procedure.AnswerOf(changedSince(h.person, a))
	s.Procedure, s.Office, s.Channel, s.Visitor = deliveryProcedures[a.Delivery], procedure.Office{Kind: rules.PostOffice}, rules.Post, procedure.Visit{Who: rules.Holder}
	_, err = t.decided(s)
	return err
}

// LeaveNotice leaves the arrival notice (到着通知書) of a personal-delivery card, or the slip of a missed delivery (不在連絡票) of
// a registered one; the storage deadline stands on it (PICK-041, PICK-044, PICK-048, NTF-006).
func (o *Office) LeaveNotice(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.clerkAt(ctx, who, application.LeaveNotice, id, func(t *turn, a *application.Application) error {
		keep, err := procedure.StorageEnds(t.on, a.Delivery)
		if err != nil {
			return err
		}
		t.because(keep.Basis)
		a.Mail.Noticed, a.Mail.Keep = t.on, keep.Day
		kind := notice.MissedDelivery
		if a.Delivery == application.PersonalMail {
			kind = notice.ArrivalNotice
		}
		if err := t.PutDue(storageDue(*a)); err != nil {
			return err
		}
		link, err := t.mailLink(LinkDelivery, a.ID, keep.Day)
		if err != nil {
			return err
		}
		return t.tell(*a, kind, notice.Facts{Deadline: notice.On(keep.Day), Link: t.office.URL + "/delivery/" + link})
	})
}

// Appointment is when the holder wants the card to be brought, and against which document (PICK-041, PICK-048).
type Appointment struct {
	Day      string
	Band     string      // time of day
	Document rules.Paper // of a personal delivery
}

// Appoint chooses day and time of the delivery, for the holder who telephones.
func (o *Office) Appoint(ctx context.Context, who Actor, id string, r Appointment) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Appoint, id, func(t *turn, a *application.Application) error {
		return t.appoint(a, r)
	})
}

// AppointOnline is Appoint through the code on the notice.
func (o *Office) AppointOnline(ctx context.Context, secret string, r Appointment) (Receipt, error) {
	a, err := o.Linked(ctx, secret, LinkDelivery)
	if err != nil {
		return Receipt{}, err
	}
	return o.act(ctx, Actor{Office: a.Pickup}, string(application.Appoint), subjectOf(a.ID), func(t *turn) error {
		a, err := t.Application(a.ID)
		if err != nil {
			return err
		}
		if _, err := t.usableLink(secret, LinkDelivery); err != nil {
			return err
		}
		if _, err := t.step(&a, application.Appoint); err != nil {
			return err
		}
		if err := t.appoint(&a, r); err != nil {
			return err
		}
		return t.PutApplication(a)
	})
}

func (t *turn) appoint(a *application.Application, r Appointment) error {
	day, err := parseDate("day", r.Day)
	if err != nil {
		return err
	}
	if day.Before(t.on) {
		return &Invalid{"day", law.Text{Ja: "今日より前の日は選べません。", En: "The day has passed."}}
	}
	if err := procedure.Delivered(day, a.Mail.Keep, "", ""); err != nil {
		return err
	}
	if a.Delivery == application.PersonalMail {
		if err := t.deliveryPaper(*a, procedure.Visit{Who: rules.Holder, Papers: []procedure.PaperAtWindow{{Kind: rules.ArrivalNotice}, {Kind: r.Document}}}); err != nil {
			return err
		}
	} else if r.Document != "" {
		return &Invalid{"document", law.Text{Ja: "簡易書留では書類を決めません。", En: "Registered mail asks for no document."}}
	}
	t.because(procedure.Basis{rules.Refusals["no_arrival_notice"].Cite})
	a.Mail.Slot, a.Mail.Band, a.Mail.Document = day, short(r.Band), string(r.Document)
	return nil
}

// short bounds a few words somebody typed, and drops what is no text.
func short(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < ' ' || c == '\uFFFD' {
			return -1
		}
		return c
	}, strings.TrimSpace(s))
	if r := []rune(s); len(r) > 60 {
		return string(r[:60])
	}
	return s
}

// DeliveryRequest is to whom the post office gives the card.
type DeliveryRequest struct {
	Taker   rules.Visitor // the holder; by registered mail also somebody of the household
	Box     bool          // put into the delivery box of a detached house (PICK-048)
	Counter bool          // collected at the post office (PICK-043)
	Papers  []procedure.PaperAtWindow
}

// Deliver gives the card to its holder; it works from that day (PICK-042, PICK-043, PICK-045, PICK-048).
func (o *Office) Deliver(ctx context.Context, who Actor, id string, r DeliveryRequest) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Deliver, id, func(t *turn, a *application.Application) error {
		if r.Taker == "" {
			r.Taker = rules.Holder
		}
		shown := rules.Paper("")
		for _, p := range r.Papers {
			if p.Kind != rules.ArrivalNotice {
				shown = p.Kind
			}
			a.Seen = append(a.Seen, application.Seen{On: t.on, For: application.Deliver, Paper: string(p.Kind), Until: p.Until})
		}
		if err := procedure.Delivered(t.on, a.Mail.Keep, rules.Paper(a.Mail.Document), shown); err != nil {
			return err
		}
		v := procedure.Visit{Who: r.Taker, Papers: r.Papers}
		if v.Papers == nil {
			v.Papers = []procedure.PaperAtWindow{} // nothing was shown: that is looked at too
		}
		if r.Box {
			if a.Delivery != application.RegisteredMail {
				return rules.Refuse("visitor_cannot", law.Text{Ja: "宅配ボックス", En: "a delivery box"})
			}
			v.Papers = nil
		}
		if err := t.deliveryPaper(*a, v); err != nil {
			return err
		}
		a.Mail.TakenBy = string(r.Taker)
		if r.Box {
			a.Mail.TakenBy = "box"
		}
		return t.delivered(a)
	})
}

// deliveryPaper holds who takes the card and what is shown against the sheet of the delivery.
func (t *turn) deliveryPaper(a application.Application, v procedure.Visit) error {
	h, err := t.holding(a.PersonID)
	if err != nil {
		return err
	}
	s := h.situation(t.on, "", booking.Policy{})
	s.Application = applicationFacts(a)
	s.Application.State = application.InPost
	s.Procedure, s.Office, s.Channel, s.Visitor = deliveryProcedures[a.Delivery], procedure.Office{Kind: rules.PostOffice}, rules.Post, v
	_, err = t.decided(s)
	return err
}

// delivered makes the card good in its holder's hands.
func (t *turn) delivered(a *application.Application) error {
	c, err := t.Card(a.CardID)
	if err != nil {
		return err
	}
	certificates, err := t.Certificates(c.ID)
	if err != nil {
		return err
	}
	if err := t.DropDue(storageDue(*a)); err != nil {
		return err
	}
	if err := t.replaceFormer(*a); err != nil {
		return err
	}
	return t.activateBy(card.Deliver, c, certificates)
}

// SendBack sends a card that was not taken back to the municipality: after the storage deadline, or at once when the address
// does not reach the holder, for it is not forwarded (PICK-044, PICK-049).
func (o *Office) SendBack(ctx context.Context, who Actor, id string, undeliverable bool) (Receipt, error) {
	return o.clerkAt(ctx, who, application.SendBack, id, func(t *turn, a *application.Application) error {
		if err := procedure.SentBack(t.on, a.Mail.Keep, undeliverable); err != nil {
			return err
		}
		t.because(procedure.Basis{rules.Refusals["storage_over"].Cite})
		if err := t.DropDue(storageDue(*a)); err != nil {
			return err
		}
		return t.sendBack(a)
	})
}

// StorageOver is the day after the post office's storage deadline: what is still there goes back to the municipality.
const StorageOver DueKind = "storage_over"

func init() { dueKinds[StorageOver] = (*turn).storageOver }

// storageDue is that day of a case.
func storageDue(a application.Application) Due {
	return Due{Day: a.Mail.Keep.AddDays(1), Kind: StorageOver, Subject: subjectOf(a.ID), PersonID: a.PersonID}
}

// storageOver sends the card back by itself (PICK-044, PICK-049).
func (t *turn) storageOver(d Due) error {
	a, err := t.Application(strings.TrimPrefix(d.Subject, "application/"))
	if err != nil || a.State != application.AtPostOffice || !t.on.After(a.Mail.Keep) {
		return err
	}
	if _, err := t.step(&a, application.SendBack); err != nil {
		return err
	}
	if err := t.sendBack(&a); err != nil {
		return err
	}
	if err := t.PutApplication(a); err != nil {
		return err
	}
	return t.record(string(application.SendBack), d.Subject, procedure.Basis{rules.Refusals["storage_over"].Cite}, string(a.State))
}

// sendBack puts the card on its way to the municipality; from there on it is collected at the counter.
func (t *turn) sendBack(a *application.Application) error {
	c, err := t.Card(a.CardID)
	if err != nil {
		return err
	}
	c.Custody = card.Custody{OnTheWay: true, Office: a.Pickup}
	a.Mail.SentBack = t.on
	return t.PutCard(c)
}

// cameBack notes that a posted card is at the municipality again.
func cameBack(a *application.Application, on civil.Date) {
	if !a.Mail.SentBack.IsZero() && a.Mail.CameBack.IsZero() {
		a.Mail.CameBack = on
	}
}
