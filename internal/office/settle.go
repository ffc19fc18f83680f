package office

import (
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/notice"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// daysName is the actor in the journal of what nobody did: a day came.
const daysName = "batch"

// settle brings a person's cards up to the day of the turn, in its transaction: what the days have brought by now is done,
// what they will bring is set down in the rows of what is due. Every act that changes an event, a card or a certificate
// of a person calls it at its end; called again it finds nothing to do. It is the one place where days act.
//
// What was never set down before its day is not told afterwards: a notice whose day passed before the card was handed
// over, or before this register had the card, does not go out.
func (t *turn) settle(personID string) error {
	h, err := t.holding(personID)
	if err != nil {
		return err
	}
	rows, err := t.DueOf(personID)
	if err != nil {
		return err
	}
	var want []Due
	for i := range h.cards {
		more, err := t.settleCard(&h, &h.cards[i], rows)
		if err != nil {
			return err
		}
		want = append(want, more...)
	}
	t.touched = slices.DeleteFunc(t.touched, func(other string) bool { return other == personID })
	return t.setDown(rows, want)
}

// PutPerson, PutCard, PutCertificate and PutApplication write and note whose days may have changed.
func (t *turn) PutPerson(p register.Person) error {
	t.touch(p.ID)
	return t.Tx.PutPerson(p)
}

func (t *turn) PutCard(c card.Card) error {
	t.touch(c.PersonID)
	if err := t.Tx.PutCard(c); err != nil || !c.State.Ended() || !c.Collected && (c.Custody.Office == "" || c.Custody.OnTheWay) {
		return err
	}
	return t.owe(c.ID, c.Custody.Office) // the plastic is in an office's hands
}

func (t *turn) PutCertificate(x certificate.Certificate) error {
	if x.State == certificate.Planned {
		c, err := t.Card(x.CardID)
		if err != nil {
			return err
		}
		if !inUse(c) {
			t.touch(c.PersonID)
		}
	} else if err := t.touchHolder(x.CardID); err != nil {
		return err
	}
	known, _ := x.Outside()
	t.certified = t.certified || known
	return t.Tx.PutCertificate(x)
}

// inUse reports that the card was handed over. What is planned for such a card has no days yet: it is an act's that is not done, and that
// decides again when it is.
func inUse(c card.Card) bool { return !c.Activated.IsZero() }

func (t *turn) PutApplication(a application.Application) error {
	t.touch(a.PersonID)
	if err := t.retain(&a); err != nil {
		return err
	}
	return t.Tx.PutApplication(a)
}

func (t *turn) touch(personID string) {
	if personID != "" && !slices.Contains(t.touched, personID) {
		t.touched = append(t.touched, personID)
	}
}

// touchHolder touches whoever holds the card; a card never changes hands.
func (t *turn) touchHolder(cardID string) error {
	holder, known := t.holders[cardID]
	if !known {
		c, err := t.Card(cardID)
		if err != nil {
			return err
		}
		if t.holders == nil {
			t.holders = map[string]string{}
		}
		holder, t.holders[cardID] = c.PersonID, c.PersonID
	}
	t.touch(holder)
	return nil
}

// settleTouched settles everybody whose record, cards or certificates the turn has written.
func (t *turn) settleTouched() error {
	for len(t.touched) > 0 {
		if err := t.settle(t.touched[0]); err != nil {
			return err
		}
	}
	return nil
}

// settleDue does what a row of the coming days asks for. What is due is derived from the facts as they stand now, not from
// the row.
func (t *turn) settleDue(d Due) error { return t.settle(d.PersonID) }

// settleCard does what has come for one card and returns what will.
func (t *turn) settleCard(h *holding, c *card.Card, rows []Due) ([]Due, error) {
	for {
		certificates, err := t.Certificates(c.ID)
		if err != nil {
			return nil, err
		}
		if inUse(*c) {
			certificates = slices.DeleteFunc(certificates, func(x certificate.Certificate) bool { return x.State == certificate.Planned })
		}
		s := t.standing(h, c, certificates)
		days, err := procedure.ComingDays(&s)
		if err != nil {
			return nil, err
		}
		changed, err := t.bringFirst(h, c, certificates, days)
		if err != nil {
			return nil, err
		}
		if changed {
			continue // other days follow from what is now
		}
		var want []Due
		for _, d := range days {
			row := Due{Day: d.On, Kind: DueKind(d.Kind), Subject: cardSubject(c.ID), PersonID: c.PersonID}
			switch {
			case d.On.After(t.on):
				want = append(want, row)
				if d.Act != "" && d.Act != card.Arrive {
					return want, nil // the card ends then; whoever prevents it settles anew
				}
			case d.Notice():
				if err := t.tellOnce(h, c, d, row, rows); err != nil {
					return nil, err
				}
			}
		}
		return want, nil
	}
}

func cardSubject(id string) string { return "card/" + id }

// standing is the card as the facts of procedure.ComingDays.
func (t *turn) standing(h *holding, c *card.Card, certificates []certificate.Certificate) procedure.Standing {
	p := &h.person
	s := procedure.Standing{Birth: p.Birth, Foreign: !p.Japanese(), Card: procedure.CardStanding{State: c.State, Overseas: c.Overseas, Extended: c.Extended,
		Applied: c.Applied, Issued: c.Issued, Activated: c.Activated, Until: c.Until}}
	if p.Stay != nil {
		s.Stay, s.StayUntil = procedure.ResidenceStatus(p.Stay.Status), p.Stay.Until
	}
	for _, x := range certificates {
		if x.State != certificate.Revoked && x.State != certificate.Expired {
			s.Certs = append(s.Certs, procedure.CertStanding{Kind: x.Kind, Issued: civil.DateOf(x.NotBefore), Until: x.Until})
		}
	}
	for _, e := range p.Events {
		if e.Stands() {
			s.Events = append(s.Events, lapseFacts(*p, e))
		}
	}
	if a := h.applicationOf(c); a != nil {
		s.Card.PickupUntil, s.Card.Filed, s.Card.CameBack = a.Deadline, a.Filed, a.Mail.CameBack
	}
	return s
}

// applicationOf is the application that a card was made for; nil when it is older than the register.
func (h *holding) applicationOf(c *card.Card) *application.Application {
	for i := range h.applications {
		if a := &h.applications[i]; a.ID == c.ApplicationID || a.CardID == c.ID {
			return a
		}
	}
	return nil
}

// bringFirst does the first thing that has come and changes something; false when there is none.
func (t *turn) bringFirst(h *holding, c *card.Card, certificates []certificate.Certificate, days []procedure.ComingDay) (bool, error) {
	for _, d := range days {
		if d.On.After(t.on) {
			return false, nil
		}
		if d.Notice() {
			continue
		}
		changed, err := t.bring(h, c, certificates, d)
		if changed || err != nil {
			return changed, err
		}
	}
	return false, nil
}

// bring does what a day brings to card and certificates, with its entry and its message.
func (t *turn) bring(h *holding, c *card.Card, certificates []certificate.Certificate, d procedure.ComingDay) (bool, error) {
	e := ending{act: d.Act, because: d.Cause, on: d.On, reason: d.Lapse.Reason, byDeparture: d.Cause == procedure.EndedByDeparture, basis: d.Basis}
	switch d.Act {
	case "":
		changed := false
		for _, x := range certificates {
			if !slices.Contains(d.Ends, x.Kind) || d.Spares(x.NotBefore) || x.State == certificate.Revoked || x.State == certificate.Expired {
				continue
			}
			if err := t.endCertificate(x, e); err != nil {
				return false, err
			}
			changed = true
		}
		if !changed {
			return false, nil
		}
		for _, kind := range d.Ends {
			if err := t.follow(c.ID, e, certificateSubjects[kind]); err != nil {
				return false, err
			}
		}
	case card.Arrive:
		next, err := procedure.Next(card.Life, c.State, card.Arrive)
		if err != nil {
			return false, err
		}
		c.State, c.Overseas = next.To, true
		if err := t.PutCard(*c); err != nil {
			return false, err
		}
		c.Version++
	default:
		if err := t.endedByDay(h, c, e, d); err != nil {
			return false, err
		}
	}
	t.because(d.Basis)
	return true, t.record(string(d.Kind), cardSubject(c.ID), d.Basis, dayDetail(d))
}

// dayDetail says the legal day, and the cause where there is one.
func dayDetail(d procedure.ComingDay) string {
	if d.Lapse.Cause == "" {
		return d.On.String()
	}
	return d.On.String() + " " + string(d.Lapse.Cause)
}

// endedByDay ends the card, and the application of one that nobody got; the holder of a card that lapsed hears of it.
func (t *turn) endedByDay(h *holding, c *card.Card, e ending, d procedure.ComingDay) error {
	inHand := !c.Activated.IsZero()
	if err := t.endCard(c, e); err != nil {
		return err
	}
	if !inHand {
		return t.closeUncollected(h, c, d)
	}
	if d.Kind != rules.CardLapses || !h.person.Ended.IsZero() {
		return nil
	}
	return t.tellHolder(h.person, notice.CardLapsed, notice.NonForwarded, notice.Facts{Day: notice.On(d.On), Reason: d.Lapse.Text})
}

// closeUncollected ends the application whose card will never be handed over.
func (t *turn) closeUncollected(h *holding, c *card.Card, d procedure.ComingDay) error {
	a := h.applicationOf(c)
	if a == nil || slices.Contains(endedStates, a.State) {
		return nil
	}
	act := endingAct(*a)
	if d.Kind == rules.NeverCollected {
		act = application.Discard
	}
	next, err := procedure.Next(application.Life, a.State, act)
	if err != nil {
		return err
	}
	a.State = next.To
	if err := t.destroySealedForm(a); err != nil {
		return err
	}
	if d.Kind == rules.NeverCollected {
		if err := t.protocol(a.Pickup, DestroyedCard, cardSubject(c.ID), d.Basis.IDs(), ""); err != nil {
			return err
		}
	}
	if err := t.resumeOld(*a); err != nil {
		return err
	}
	if err := t.DropReservation(a.ID); err != nil {
		return err
	}
	if err := t.PutApplication(*a); err != nil {
		return err
	}
	a.Version++
	if err := t.record(string(act), subjectOf(a.ID), d.Basis, string(a.State)); err != nil {
		return err
	}
	if !h.person.Ended.IsZero() {
		return nil
	}
	kind := notice.Cancelled
	if d.Kind == rules.NeverCollected {
		kind = notice.NeverCollected
	}
	return t.tell(*a, kind, notice.Facts{})
}

// tellOnce sends what was set down to be told by now and was not yet.
func (t *turn) tellOnce(h *holding, c *card.Card, d procedure.ComingDay, row Due, rows []Due) error {
	i := slices.IndexFunc(rows, row.same)
	if i < 0 || !rows[i].Done.IsZero() {
		return nil
	}
	row = rows[i]
	row.Done, row.Parked, row.Fault = t.now, false, ""
	rows[i] = row
	if err := t.PutDue(row); err != nil {
		return err
	}
	untold := len(t.untold)
	if err := t.tellAbout(h, c, d); err != nil {
		return err
	}
	detail := d.About.String()
	if len(t.untold) > untold {
		detail += " untold"
	}
	return t.record(string(d.Kind), row.Subject, d.Basis, detail)
}

// tellAbout writes the message of a notice or a reminder.
func (t *turn) tellAbout(h *holding, c *card.Card, d procedure.ComingDay) error {
	if !h.person.Ended.IsZero() {
		return nil
	}
	where := "_home"
	if c.Overseas {
		where = "_abroad"
	}
	facts := notice.Facts{Deadline: notice.On(d.About)}
	switch d.Kind {
	case rules.PickupOverdue:
		if a := h.applicationOf(c); a != nil {
			return t.tell(*a, notice.PickupOverdue, facts)
		}
		return nil
	case rules.LastSafeDay:
		facts.Reason = d.Lapse.Text
		return t.tellHolder(h.person, notice.Reminder, notice.Ordinary, facts)
	}
	kind := notice.CertificateExpiry
	if d.Kind == rules.CardNotice {
		kind = notice.CardExpiry
	}
	facts.Reason = rules.NoticeTexts[string(kind)+where]
	here := t.who
	t.who = batchActor // the issuer writes it, whoever's act the day came with (NTF-007, NTF-026, NTF-027)
	err := t.tellHolder(h.person, kind, notice.NonForwarded, facts)
	t.who = here
	return err
}

// record is the journal entry of what a day did.
func (t *turn) record(act, subject string, basis procedure.Basis, detail string) error {
	return t.recordRules(act, subject, basis.IDs(), detail)
}

func (t *turn) recordRules(act, subject string, ids []string, detail string) error {
	_, err := t.AppendJournal(journal.Entry{Office: string(t.who.Office), At: t.now, Actor: daysName, Act: act, Subject: subject, Policy: authority.Days, Rules: ids,
		Outcome: journal.Done, Detail: detail})
	return err
}

// setDown makes the rows of the coming days those that are wanted. Rows of other kinds, and what was done, stay.
func (t *turn) setDown(rows, want []Due) error {
	for _, r := range rows {
		derived := slices.Contains(rules.ComingKinds, rules.Coming(r.Kind))
		if derived && r.Done.IsZero() && !slices.ContainsFunc(want, r.same) {
			if err := t.DropDue(r); err != nil {
				return err
			}
		}
	}
	for i, w := range want {
		if slices.ContainsFunc(rows, w.same) || slices.ContainsFunc(want[:i], w.same) {
			continue
		}
		if err := t.PutDue(w); err != nil {
			return err
		}
	}
	return nil
}
