package office

import (
	"context"
	"errors"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// Online applicants and photo booths have no account: they know the application ID of a form, which nobody can guess, and
// the date of birth. They act at the issuer's reception centre (APP-011, APP-015).
var receptionDesk = Actor{Office: place.Issuer}

// linkDays is how long the mailed address for an application works.
const linkDays = 14

// StartOnline registers an e-mail address for the form with the application ID and mails the address of the application to
// it (APP-011, NTF-003). Whoever lives abroad hears why that does not work for them (APP-013).
func (o *Office) StartOnline(ctx context.Context, formID, email string) (Receipt, error) {
	id, err := application.ParseFormID(formID)
	if err != nil {
		return Receipt{}, &Invalid{"application_id", application.FaultText(err)}
	}
	address, err := person.ParseEmail(email)
	if err != nil {
		return Receipt{}, &Invalid{"email", law.Text{Ja: "メールアドレスとして読めません。", En: "This is no e-mail address."}}
	}
	return o.act(ctx, receptionDesk, "start_online", "", func(t *turn) error {
		f, err := t.usableForm(id)
		if err != nil {
			return asApplicationID(err)
		}
		p, err := t.Person(f.PersonID)
		if err != nil {
			return err
		}
		if _, ok := p.ResidentOn(t.on); !ok {
			return rules.Refuse("online_not_available")
		}
		until := t.on.AddDays(linkDays)
		secret, err := t.mailLink(LinkApply, id+" "+string(address), until)
		if err != nil {
			return err
		}
		t.because(procedure.Basis{rules.Refusals["form_without_id"].Cite})
		return t.mailTo(p, address, notice.ApplicationURL, notice.Facts{Link: t.office.URL + "/apply-home/" + secret, Deadline: notice.On(until)})
	})
}

// asApplicationID names the field as the page of somebody online has it.
func asApplicationID(err error) error {
	if invalid, ok := errors.AsType[*Invalid](err); ok && invalid.Field == "form_id" {
		return &Invalid{"application_id", invalid.Text}
	}
	return err
}

// mailTo writes a mail that belongs to no application yet.
func (t *turn) mailTo(p register.Person, to person.Email, kind notice.Kind, facts notice.Facts) error {
	facts.Name = p.Name.Full()
	return t.send(notice.Message{Kind: kind, PersonID: p.ID, Office: t.who.Office, To: []person.Email{to}}, facts)
}

// OnlineForm is what the mailed address opens: which form, and whether a photo is wanted is for the birth date to say.
func (o *Office) OnlineForm(ctx context.Context, secret string) (formID string, email person.Email, err error) {
	err = o.Store.Read(ctx, func(tx Tx) error {
		t := &turn{Tx: tx, office: o, now: o.now()}
		l, err := t.usableLink(secret, LinkApply)
		if err != nil {
			return err
		}
		formID, email = splitApply(l.Subject)
		return nil
	})
	return formID, email, err
}

func splitApply(subject string) (string, person.Email) {
	for i, c := range subject {
		if c == ' ' {
			return subject[:i], person.Email(subject[i+1:])
		}
	}
	return subject, ""
}

// OnlineRequest is what an applicant fills in online or types into a photo booth (APP-011, APP-015).
type OnlineRequest struct {
	Birth   string
	Photo   []byte
	Wishes  application.RawForm // certificates that are not wanted, braille, representative
	Visitor rules.Visitor       // empty: the applicant
}

// ApplyAtHomeOnline files the application through the mailed address; the address works once (APP-011, NTF-004). Who holds a
// card renews it, who had one whose time has not ended has it re-issued at the window.
func (o *Office) ApplyAtHomeOnline(ctx context.Context, secret string, r OnlineRequest) (application.Application, Receipt, error) {
	formID, email, err := o.OnlineForm(ctx, secret)
	if err != nil {
		return application.Application{}, Receipt{}, err
	}
	h, err := o.selfService(ctx, formID, rules.Online, r)
	if err != nil {
		return application.Application{}, Receipt{}, err
	}
	h.RequestKey = "online " + secretHash(secret)
	h.Form["email1"] = string(email)
	return o.fileAtHome(ctx, receptionDesk, h, func(t *turn, _ application.Application) error { return t.useLink(secret, LinkApply) })
}

// ApplyAtBooth files an application from a photo booth, which read the code on the form and took the photo (APP-015).
func (o *Office) ApplyAtBooth(ctx context.Context, formID string, r OnlineRequest) (application.Application, Receipt, error) {
	h, err := o.selfService(ctx, formID, rules.PhotoBooth, r)
	if err != nil {
		return application.Application{}, Receipt{}, err
	}
	h.RequestKey = "booth " + h.Form["form_id"] + " " + r.Birth
	filed, receipt, err := o.fileAtHome(ctx, receptionDesk, h, nil)
	return filed, receipt, asApplicationID(err)
}

// selfService is the request of somebody without an account: the purpose follows from the card that the holder of the form
// has (rules.ApplyForCardAtHome, rules.RenewCard).
func (o *Office) selfService(ctx context.Context, formID string, channel rules.Channel, r OnlineRequest) (HomeRequest, error) {
	h := HomeRequest{Purpose: rules.ApplyAtHome, Channel: channel, Form: application.RawForm{}, Photo: r.Photo}
	for name, text := range r.Wishes {
		h.Form[name] = text
	}
	h.Form["form_id"], h.Form["birth"] = formID, r.Birth
	h.Told.Visitor.Who = r.Visitor
	if r.Visitor == "" {
		h.Told.Visitor.Who = rules.Holder
	}
	id, err := application.ParseFormID(formID)
	if err != nil {
		return h, &Invalid{"application_id", application.FaultText(err)}
	}
	h.Form["form_id"] = id
	err = o.Store.Read(ctx, func(tx Tx) error {
		f, err := tx.IssuedForm(id)
		if isNotFound(err) {
			return asApplicationID(noSuchForm)
		}
		if err != nil {
			return err
		}
		cards, err := tx.CardsOf(f.PersonID)
		if c := inHand(cards); c != nil {
			h.Purpose = rules.RenewCardAtHome // the sheet says where to turn when it cannot be renewed
		}
		return err
	})
	return h, err
}
