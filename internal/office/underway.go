package office

import (
	"context"
	"maps"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// What an applicant can still have done between the filing and the hand-over (ABR-030 to ABR-038, ABR-M05 to ABR-M08): who
// asks for it, at which office, by which channel, the sheets say.

// Approach is how somebody turns to an office about an application.
type Approach struct {
	Channel rules.Channel // empty: at the window
	Visitor rules.Visitor // empty: the applicant, or for a child the representative
	Papers  []procedure.PaperAtWindow
	Event   application.Event // what happened, for a change of data
}

// approach holds a request about an application against the sheet of the procedure.
func (t *turn) approach(a application.Application, p rules.Procedure, r Approach, newPlace place.Code) error {
	s := procedure.Situation{On: t.on, Person: procedure.Person{Birth: a.Form.Birth}, Card: procedure.Card{Kind: procedure.NoCard}}
	policy := t.office.Policies.Of(t.who.Office)
	if r.Channel == rules.Post && policy.RefusesPost(p) {
		return rules.Refuse("channel_cannot", rules.ChannelNames[rules.Post])
	}
	if a.PersonID != "" {
		h, err := t.holding(a.PersonID)
		if err != nil {
			return err
		}
		s = h.situation(t.on, t.who.Office, policy)
	}
	now, err := t.Application(a.ID) // as it is before the act's own step
	if err != nil {
		return err
	}
	s.Procedure, s.Application = p, applicationFacts(now)
	s.Person.Honseki, s.Person.AdultWard = a.InCharge, known(s.Person.AdultWard)
	s.Office = procedure.Office{Kind: kindOf(t.who.Office, a.InCharge), Code: t.who.Office, TookIt: procedure.AnswerOf(a.Accepting == t.who.Office),
		PickUp: procedure.AnswerOf(a.Pickup == t.who.Office), TakesIt: procedure.AnswerOf(r.Channel == rules.Email && policy.CancelByEmail())}
	if newPlace != "" {
		s.Office.PickUp, s.Wish.PickupAt = procedure.AnswerOf(newPlace == t.who.Office), kindOf(newPlace, a.InCharge)
	}
	if s.Channel = r.Channel; s.Channel == "" {
		s.Channel = rules.Visit
	}
	s.Visitor = procedure.Visit{Who: r.Visitor, Papers: r.Papers}
	if r.Visitor == "" {
		s.Visitor.Who = rules.Holder
		if minor, err := procedure.NeedsRepresentative(t.on, a.Form.Birth, s.Person.AdultWard == procedure.Yes); err == nil && minor {
			s.Visitor.Who = rules.StatutoryRepresentative
		}
	}
	s.Event = procedure.Event{Kind: rules.EventKind(r.Event.Kind), On: r.Event.On, Filed: r.Event.Filed}
	if s.Event.Kind == "" {
		s.Event.Kind = rules.NameChange // something other than the honseki or the side of the border
	}
	_, err = t.decided(s)
	return err
}

// known is an answer about somebody nobody has identified yet.
func known(a procedure.Answer) procedure.Answer {
	if a == procedure.Unknown {
		return procedure.No
	}
	return a
}

// Cancel withdraws the application at the accepting, the honseki or the pickup office, by a visit (ABR-038, CON-037).
func (o *Office) Cancel(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.Withdraw(ctx, who, id, Approach{})
}

// Withdraw is Cancel by whichever channel (ABR-038, ABR-M08): nothing of it is deleted, a card that was made for it is
// destroyed with its certificates, and the present card works again. At home, where no source says anything, the offices
// with a part in the case take it from a visitor.
func (o *Office) Withdraw(ctx context.Context, who Actor, id string, r Approach) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Cancel, id, func(t *turn, a *application.Application) error {
		if a.Overseas {
			if err := t.approach(*a, rules.Withdraw, r, ""); err != nil {
				return err
			}
		}
		t.because(procedure.Basis{rules.Refusals["application_cancelled"].Cite})
		if a.CardID != "" {
			if err := t.destroyCard(a.CardID); err != nil {
				return err
			}
		}
		if err := t.destroySealedForm(a); err != nil {
			return err
		}
		if err := t.resumeOld(*a); err != nil {
			return err
		}
		if err := t.DropReservation(a.ID); err != nil {
			return err
		}
		return t.tell(*a, notice.Cancelled, notice.Facts{})
	})
}

// ChangeMail changes the registered e-mail addresses, before the card is there and after (ABR-032, ABR-M06). Both the old and
// the new address are told.
func (o *Office) ChangeMail(ctx context.Context, who Actor, id string, emails []string, r Approach) (Receipt, error) {
	var wanted []person.Email
	for _, text := range emails {
		e, err := person.ParseEmail(text)
		if err != nil {
			return Receipt{}, &Invalid{"emails", law.Text{Ja: "メールアドレスとして読めません。", En: "This is no e-mail address."}}
		}
		wanted = append(wanted, e)
	}
	if len(wanted) == 0 || len(wanted) > 2 {
		return Receipt{}, &Invalid{"emails", law.Text{Ja: "メールアドレスを1つか2つ書いてください。", En: "Give one or two e-mail addresses."}}
	}
	return o.clerkAt(ctx, who, application.ChangeMail, id, func(t *turn, a *application.Application) error {
		if err := t.approach(*a, rules.ChangeMail, r, ""); err != nil {
			return err
		}
		if t.already = slices.Equal(a.Form.Emails, wanted); t.already {
			return nil
		}
		old := *a
		a.Form.Emails = wanted
		if err := t.tell(old, notice.MailChanged, notice.Facts{}); err != nil {
			return err
		}
		return t.tell(*a, notice.MailChanged, notice.Facts{})
	})
}

// ChangePlace changes where the card is collected (ABR-037, ABR-M07). A card that is there already goes on to the new place;
// a booked time is given up.
func (o *Office) ChangePlace(ctx context.Context, who Actor, id, to string, r Approach) (Receipt, error) {
	pickup, err := application.ParsePickup(to)
	if err != nil {
		return Receipt{}, &Invalid{"pickup", application.FaultText(err)}
	}
	return o.act(ctx, who, string(application.ChangePlace), subjectOf(id), func(t *turn) error {
		a, err := t.visible(id)
		if isNotFound(err) { // the mission where the card is to be collected from now on has had no part so far
			if a, err = t.Application(id); err == nil && (pickup != who.Office || place.KindOf(who.Office) != place.KindMission) {
				err = ErrNotFound
			}
		}
		if err != nil {
			return err
		}
		if t.already = a.Pickup == pickup; t.already {
			return nil
		}
		if err := t.approach(a, rules.ChangePlace, r, pickup); err != nil {
			return err
		}
		if _, err := t.step(&a, application.ChangePlace); err != nil {
			return err
		}
		if err := t.redirect(&a, pickup); err != nil {
			return err
		}
		t.detail = string(a.State)
		if err := t.PutApplication(a); err != nil {
			return err
		}
		return t.tell(a, notice.PlaceChanged, notice.Facts{})
	})
}

// redirect sends card and PIN form to the new pickup place, and decides anew when a fee is paid.
func (t *turn) redirect(a *application.Application, to place.Code) error {
	a.Pickup, a.Form.Pickup = to, to
	if a.SealedForm == application.FormSealed && a.State != application.Applied {
		sendForm(a, "")
	}
	if err := t.DropReservation(a.ID); err != nil {
		return err
	}
	if a.PersonID != "" && a.Fee.Ground != "" {
		if err := t.decideFee(a, procedure.Unknown); err != nil {
			return err
		}
	}
	if a.CardID == "" || a.State != application.InTransit {
		return nil
	}
	c, err := t.Card(a.CardID)
	if err != nil {
		return err
	}
	next, err := procedure.Next(card.Life, c.State, card.SendOn)
	if err != nil {
		return err
	}
	if err := t.dispatchable(*a); err != nil {
		return err // for a mission the fee comes first (FEE-018)
	}
	c.State, c.Custody = next.To, card.Custody{OnTheWay: true, Office: to}
	if err := t.PutCard(c); err != nil {
		return err
	}
	return t.stopOld(*a)
}

// ChangeData corrects an application whose data changed while it runs (ABR-030, ABR-M05). Another honseki, or a return to
// Japan, is a new application (ABR-031, ABR-035).
func (o *Office) ChangeData(ctx context.Context, who Actor, id string, changes application.RawForm, r Approach) (Receipt, error) {
	fields := slices.Sorted(maps.Keys(changes))
	for _, f := range fields {
		if f == "honseki" || f == "pickup" || f == "planned_departure" || !application.KnownField(f) {
			return Receipt{}, &Invalid{f, law.Text{Ja: "この手続きでは変更できない項目です。", En: "This is not changed in this way."}}
		}
	}
	if len(fields) == 0 {
		return Receipt{}, &Invalid{"form", law.Text{Ja: "変更する項目がありません。", En: "Nothing is to be changed."}}
	}
	return o.clerkAt(ctx, who, application.ChangeData, id, func(t *turn, a *application.Application) error {
		if err := t.approach(*a, rules.ChangeData, r, ""); err != nil {
			return err
		}
		form, err := understood(t.on)(a.Form.Corrected(t.on, fields, changes))
		if err != nil {
			return err
		}
		if err := t.keepPerson(a, form); err != nil {
			return err
		}
		a.Form = form
		a.Outdated = a.Outdated || a.CardID != "" // the card that was made shows what was true before
		return t.tell(*a, notice.DataChanged, notice.Facts{})
	})
}

// keepPerson lets go of a person whom the changed form no longer speaks of, so that the honseki municipality looks again; once
// the card is ordered the person stays, and the form has to fit.
func (t *turn) keepPerson(a *application.Application, form application.Form) error {
	if a.PersonID == "" || form.Name == a.Form.Name && form.Birth == a.Form.Birth && form.Number == a.Form.Number {
		return nil
	}
	p, err := t.Person(a.PersonID)
	if err != nil {
		return err
	}
	if fits(p, form) {
		return nil
	}
	if a.ApplicationID != "" {
		return &Invalid{"family_name", law.Text{Ja: "変更後の氏名・生年月日が戸籍の附票と合いません。先に戸籍の届出が附票に記録されている必要があります。", En: "The changed name or date of birth is not in the supplementary family register yet."}}
	}
	a.PersonID = ""
	return nil
}

// fits reports that name, date of birth and number on the form are the register's.
func fits(p register.Person, form application.Form) bool {
	return p.Name.Same(form.Name) && p.Birth == form.Birth && (form.Number.IsZero() || p.Number == form.Number)
}

// AnswerDefect takes an answer to what was asked back that came otherwise than through the mailed link: by telephone, by post
// or at the window (APP-076, ABR-024).
func (o *Office) AnswerDefect(ctx context.Context, who Actor, id string, changes application.RawForm, r Approach) (Receipt, error) {
	return o.clerkAt(ctx, who, application.Correct, id, func(t *turn, a *application.Application) error {
		if a.Overseas {
			if err := t.approach(*a, rules.AnswerQuestions, r, ""); err != nil {
				return err
			}
		}
		return t.answer(a, changes)
	})
}

// answer puts the applicant's answer into the form.
func (t *turn) answer(a *application.Application, changes application.RawForm) error {
	form, err := understood(t.on)(a.Form.Corrected(t.on, a.DefectFields, changes))
	if err != nil {
		return err
	}
	form.Resubmission = true
	if a.Overseas && (form.Name != a.Form.Name || form.Birth != a.Form.Birth || form.Number != a.Form.Number) {
		a.PersonID = "" // the form now speaks of somebody else: the honseki municipality looks again
	}
	a.Form = form
	if a.Overseas {
		a.Pickup = form.Pickup
	}
	t.because(procedure.Basis{rules.Refusals["nothing_asked_back"].Cite})
	return nil
}
