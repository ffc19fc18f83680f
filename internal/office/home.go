package office

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// HomeRequest is an application for a card in Japan as it reaches whoever takes it in: the form, the photo, and what only
// somebody who sees the applicant can tell.
type HomeRequest struct {
	RequestKey string // chosen by the caller; the same key twice files once
	Purpose    rules.Procedure
	Channel    rules.Channel
	PersonID   string              // somebody whom this office found today, so that the form need not name them
	Form       application.RawForm // the domestic form (application.HomeFields)
	Photo      []byte              // none for somebody under one (APP-043)
	Told       procedure.Situation // visitor with papers, event, wish, what is at hand; the registers' facts go before it
	Delivery   application.Delivery
	SendTo     string // another destination for an express card (APP-037)
	Complete   bool   // identity was proved and every document was there (APP-022, APP-039)
	SealedForm bool   // the PIN setting request form is there, sealed
	OldCardIn  bool   // the present card is handed in now (PICK-046)
	ByPaper    bool   // a paper form that goes to the reception centre by mail; otherwise the data go at once (APP-028)
	Outreach   string // key of the request for which staff went out
}

// FileAtHome takes an application in Japan in: at the window with the counter tablet, outside, by the post that reached the
// reception centre (APP-010 to APP-040, EXP-040, LOSS-040). The sheet of its purpose decides.
func (o *Office) FileAtHome(ctx context.Context, who Actor, r HomeRequest) (application.Application, Receipt, error) {
	if r.Channel == rules.Post {
		ctx = as(ctx, "file_by_post")
	}
	return o.fileAtHome(ctx, who, r, nil)
}

// fileAtHome files; besides runs in the same transaction when the application is new.
func (o *Office) fileAtHome(ctx context.Context, who Actor, r HomeRequest, besides func(*turn, application.Application) error) (application.Application, Receipt, error) {
	var filed application.Application
	if err := o.may(ctx, who, "file", ""); err != nil {
		return filed, Receipt{}, err
	}
	if err := checkRequestKey(r.RequestKey); err != nil {
		return filed, Receipt{}, err
	}
	facts, err := measure(ctx, civil.DateOf(o.Clock()), r.Photo)
	if err != nil {
		return filed, Receipt{}, err
	}
	receipt, err := o.act(ctx, who, "file", "", func(t *turn) error {
		var done bool
		if filed, done, err = t.filedBefore(r.RequestKey); err != nil || done {
			return err
		}
		if filed, err = t.fileHome(r, facts); err != nil {
			return err
		}
		if r.Outreach != "" {
			if err := t.filedOutside(r, filed); err != nil {
				return err
			}
		}
		if besides == nil {
			return nil
		}
		return besides(t, filed)
	})
	return filed, receipt, err
}

// checkRequestKey checks the key that a caller chose for a request.
func checkRequestKey(key string) error {
	if key == "" {
		return &Invalid{"request_key", law.Text{Ja: "受付の番号がありません。", En: "A request key is missing."}}
	}
	return ReadKey("request_key", key)
}

// filedBefore is the application that the request filed when it came before.
func (t *turn) filedBefore(key string) (application.Application, bool, error) {
	before, err := t.ApplicationByRequest(key)
	switch {
	case errors.Is(err, ErrNotFound):
		return before, false, nil
	case err != nil:
		return before, false, err
	case before.Accepting != t.who.Office:
		return application.Application{}, false, &Invalid{"request_key", law.Text{Ja: "この受付番号は使われています。", En: "This request key has been used."}}
	}
	t.already, t.subject, t.detail = true, subjectOf(before.ID), string(before.State)
	return before, true, nil
}

// decided holds a situation against its sheet: the decision when it is allowed, the refusal when it is not, and the field
// that is missing when somebody has to tell more.
func (t *turn) decided(s procedure.Situation) (procedure.Decision, error) {
	d, basis, err := procedure.Settled(&s)
	if missing, ok := errors.AsType[*procedure.MissingFact](err); ok {
		return d, &Invalid{string(missing.Need.Fact), missing.Need.Question}
	}
	if err != nil {
		return d, err
	}
	t.because(basis)
	return d, nil
}

// fileHome decides and writes.
func (t *turn) fileHome(r HomeRequest, photo procedure.PhotoFacts) (application.Application, error) {
	var a application.Application
	if making, ok := rules.MakesCard[r.Purpose]; !ok || making.Overseas {
		return a, &Invalid{"purpose", law.Text{Ja: "国内のカードの申請ではありません。", En: "This is no application for a card in Japan."}}
	}
	form, err := understood(t.on)(r.Form.ParseHome(t.on))
	if err != nil {
		return a, err
	}
	p, printed, err := t.applicantAtHome(r, form)
	if err != nil {
		return a, err
	}
	h, err := t.holding(p.ID)
	if err != nil {
		return a, err
	}
	if h.application != nil {
		return a, rules.Refuse("application_under_way")
	}
	form.Name = nameOn(form, p)
	a = application.Application{
		RequestKey: r.RequestKey, Purpose: string(r.Purpose), State: application.Received, Filed: t.on, Accepting: t.who.Office, PersonID: p.ID,
		Channel: string(r.Channel), Express: r.Purpose == rules.ExpressIssue || r.Told.Wish.Express == procedure.Yes, Delivery: cmp.Or(r.Delivery, application.AtCounter),
		SendTo: r.SendTo, Complete: r.Complete, Form: form, ApplicationID: form.FormID, OldBrought: r.OldCardIn,
		Event:  application.Event{Kind: string(r.Told.Event.Kind), On: r.Told.Event.On, Filed: r.Told.Event.Filed},
		Papers: application.Custody{With: application.AtOffice, Office: t.who.Office},
	}
	if printed != nil {
		a.Outdated = printed.Name != p.Name.Full() || printed.Address != p.CardAddressLine()
	}
	residence, _ := p.ResidentOn(t.on)
	a.InCharge, a.Pickup = residence.Municipality, residence.Municipality
	s := t.filingSituation(h, r, form)
	if err := t.decideFiling(&a, h, s); err != nil {
		return a, err
	}
	if err := t.takePhoto(&a, r.Photo, photo); err != nil {
		return a, err
	}
	t.takePapers(&a, r)
	return a, t.keepFiling(&a, r, h, printed)
}

// nameOn is the name on the form; where the applicant left it out, as online with an application ID, the register's.
func nameOn(form application.Form, p register.Person) person.Name {
	if form.Name.Full() == "" {
		return p.Name
	}
	return form.Name
}

// filingSituation is the case as the sheet of the purpose sees it: the registers' facts, and what was told.
func (t *turn) filingSituation(h holding, r HomeRequest, form application.Form) procedure.Situation {
	policy := t.office.Policies.Of(t.who.Office)
	known := h.situation(t.on, t.who.Office, policy)
	known.Application = procedure.UnderWay{FormHasID: procedure.AnswerOf(form.FormID != "")}
	if r.Told.Event.Kind != "" {
		known.Event = procedure.Event{} // the reason for this application, not what else the register has
	}
	s := complete(known, r.Told)
	s.Procedure, s.Channel = r.Purpose, r.Channel
	if t.who.Office == place.Issuer {
		s.Office = procedure.Office{Kind: rules.ApplicationCentre}
	}
	s.Office.TakesIt = procedure.AnswerOf(takesAtHome(policy, r.Channel))
	s.Wish.NoSignature, s.Wish.NoUserAuth = procedure.AnswerOf(form.NoSignature), procedure.AnswerOf(form.NoUserAuth)
	if r.OldCardIn {
		s.Wish.OldCardBack = procedure.Yes
	}
	s.Visitor.OnForm = procedure.AnswerOf(len(form.Representatives) > 0)
	return s
}

// takesAtHome reports that the office's own policy takes applications in Japan by the channel.
func takesAtHome(policy booking.Policy, channel rules.Channel) bool {
	switch channel {
	case rules.Visit:
		return policy.Counter()
	case rules.Outreach:
		return policy.Outreach()
	}
	return false
}

// decideFiling decides whether the application can be taken in, what it costs, and how the card will reach its holder.
func (t *turn) decideFiling(a *application.Application, h holding, s procedure.Situation) error {
	d, err := t.decided(s)
	if err != nil {
		return err
	}
	if d.Fee != nil {
		a.Fee = application.Fee{Yen: int(d.Fee.Total), Ground: string(d.Fee.Ground), Payment: string(d.Fee.Payment)}
	}
	renews, basis, err := procedure.Renews(&s)
	if err != nil {
		return err
	}
	t.because(basis)
	a.Renewing = renews
	if a.Express && a.Delivery == application.AtCounter && a.Complete {
		a.Delivery = application.RegisteredMail // what express means, unless the documents do not allow it (APP-037, APP-039)
	}
	for _, seen := range s.Visitor.Papers {
		a.Seen = append(a.Seen, application.Seen{On: t.on, Paper: string(seen.Kind), Until: seen.Until})
	}
	a.ByProxy = s.Visitor.Who != "" && s.Visitor.Who != rules.Holder && s.Visitor.Who != rules.HolderWithRepresentative
	return t.decideDelivery(*a, h, s)
}

// decideDelivery holds the way in which the card is to be delivered against its own sheet, as it will stand when the card
// has been posted.
func (t *turn) decideDelivery(a application.Application, h holding, s procedure.Situation) error {
	if a.Delivery == application.AtCounter {
		return nil
	}
	if !slices.Contains(application.Deliveries, a.Delivery) {
		return &Invalid{"delivery", law.Text{Ja: "受取方法は窓口・本人限定受取郵便・簡易書留のいずれかです。", En: "The card is collected, or comes by personal or registered mail."}}
	}
	a.State = application.InPost
	s.Procedure = deliveryProcedures[a.Delivery]
	s.Application = applicationFacts(a)
	s.Office, s.Channel, s.Visitor = procedure.Office{Kind: rules.PostOffice}, rules.Post, procedure.Visit{Who: rules.Holder}
	if _, err := t.decided(s); err != nil {
		return err
	}
	return nil
}

// deliveryProcedures are the sheets of the ways in which a card is posted.
var deliveryProcedures = map[application.Delivery]rules.Procedure{
	application.PersonalMail: rules.CollectByPersonalMail, application.RegisteredMail: rules.CollectByRegisteredMail,
}

// takePhoto checks the photo; somebody under one has none (APP-043, CARD-023).
func (t *turn) takePhoto(a *application.Application, photo []byte, facts procedure.PhotoFacts) error {
	needed, basis, err := procedure.PhotoNeeded(t.on, a.Form.Birth)
	if err != nil {
		return err
	}
	t.because(basis)
	if !needed {
		if len(photo) > 0 {
			return &Invalid{"photo", law.Text{Ja: "1歳未満の方のカードには顔写真がありません。写真は付けないでください。", En: "The card of somebody under one has no photo; do not send one."}}
		}
		return nil
	}
	facts.Taken = a.Form.PhotoTaken
	basis, err = procedure.CheckPhoto(t.on, facts)
	t.because(basis)
	return err
}

// takePapers notes where form and PIN form are.
func (t *turn) takePapers(a *application.Application, r HomeRequest) {
	if r.ByPaper && t.who.Office != place.Issuer {
		a.State = application.Applied
	}
	if r.Channel == rules.Online || r.Channel == rules.PhotoBooth {
		a.Papers = application.Custody{} // there is no paper
	}
	if r.SealedForm {
		a.SealedForm, a.SealedAt = application.FormSealed, application.Custody{With: application.AtOffice, Office: t.who.Office}
		if a.State == application.Received {
			sendForm(a, t.who.Office)
		}
	}
}

// keepFiling writes the application with what comes of it at once.
func (t *turn) keepFiling(a *application.Application, r HomeRequest, h holding, printed *application.IssuedForm) error {
	living := h.card != nil && !h.card.State.Ended()
	basis, err := procedure.Postable(procedure.Posting{Delivery: a.Delivery, PINForm: r.SealedForm, FaceAuth: a.Form.FaceAuthentication,
		Former: living && h.card.State != card.Suspended, FormerBack: r.OldCardIn})
	if err != nil {
		return err
	}
	t.because(basis)
	if a.ID, err = t.office.id(); err != nil {
		return err
	}
	t.subject, t.detail = subjectOf(a.ID), string(a.State)
	if err := t.PutApplication(*a); err != nil {
		return err
	}
	if len(r.Photo) > 0 {
		if err := t.PutPhoto(a.ID, r.Photo); err != nil {
			return err
		}
	}
	if printed != nil {
		printed.Used = a.ID
		if err := t.PutIssuedForm(*printed); err != nil {
			return err
		}
	}
	if h.card != nil && r.OldCardIn {
		if err := t.takeOldCard(*h.card); err != nil {
			return err
		}
	}
	return t.tell(*a, notice.ApplicationComplete, notice.Facts{ApplicationID: a.ApplicationID, Link: t.office.URL + "/status"})
}

// applicantAtHome is who applies: whom the clerk found, or else whom the form names.
func (t *turn) applicantAtHome(r HomeRequest, form application.Form) (register.Person, *application.IssuedForm, error) {
	if r.PersonID == "" || place.KindOf(t.who.Office) == place.KindIssuer {
		return t.identifyAtHome(form)
	}
	p, err := t.served(r.PersonID)
	if err != nil {
		return p, nil, err
	}
	if form.FormID == "" {
		return p, nil, nil
	}
	named, printed, err := t.identifyAtHome(form)
	if err == nil && named.ID != p.ID {
		err = noSuchForm
	}
	return p, printed, err
}

// identifyAtHome finds the applicant in the resident record: by the application ID, or else by name and birth date, and the
// number when it is given (APP-011, APP-014).
func (t *turn) identifyAtHome(form application.Form) (register.Person, *application.IssuedForm, error) {
	nobody := &Invalid{"birth", law.Text{Ja: "住民基本台帳に、この氏名・生年月日・番号の方が見つからないか、一人に決まりません。", En: "The resident records have nobody, or more than one, with this name, date of birth and number."}}
	if form.FormID != "" {
		f, err := t.usableForm(form.FormID)
		if err != nil {
			return register.Person{}, nil, err
		}
		p, err := t.Person(f.PersonID)
		if err != nil {
			return p, nil, err
		}
		if p.Birth != form.Birth || form.Name.Full() != "" && !p.Name.Same(form.Name) {
			return register.Person{}, nil, noSuchForm
		}
		return p, &f, nil
	}
	if form.Name.Full() == "" {
		return register.Person{}, nil, &Invalid{"family_name", law.Text{Ja: "申請書IDがないときは氏名を書いてください。", En: "Without an application ID the name is needed."}}
	}
	born, err := t.PersonsBorn(form.Birth)
	if err != nil {
		return register.Person{}, nil, err
	}
	fits := slices.DeleteFunc(born, func(p register.Person) bool {
		return !p.Name.Same(form.Name) || !form.Number.IsZero() && p.Number != form.Number || !p.Ended.IsZero()
	})
	if len(fits) != 1 {
		return register.Person{}, nil, nobody
	}
	return fits[0], nil, nil
}

// noSuchForm is the same answer for an ID that was never given and one that is somebody else's.
var noSuchForm = &Invalid{"form_id", law.Text{Ja: "申請書IDと生年月日の組合せが見つかりません。", En: "No form has this application ID and date of birth."}}

// usableForm is the form with the ID, if one can still apply with it.
func (t *turn) usableForm(id string) (application.IssuedForm, error) {
	f, err := t.IssuedForm(id)
	switch {
	case isNotFound(err):
		return f, noSuchForm
	case err != nil:
		return f, err
	case f.Replaced != "":
		return f, rules.Refuse("form_replaced")
	case f.Used != "":
		return f, rules.Refuse("form_used")
	}
	return f, nil
}

// takeOldCard takes the present card in with the application: one that still works does not while its successor is made
// (PICK-046).
func (t *turn) takeOldCard(c card.Card) error {
	if c.Collected {
		return nil
	}
	if !c.State.Ended() {
		if err := t.outOfFunction(&c); err != nil {
			return err
		}
	}
	c.Collected, c.Custody = true, card.Custody{Office: t.who.Office}
	return t.PutCard(c)
}
