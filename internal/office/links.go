package office

import (
	"context"
	"errors"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// Purposes of a one-time link.
const (
	LinkCorrect = "correct" // the applicant answers a defect inquiry
	LinkReserve = "reserve" // the applicant books a time to collect the card
	LinkVisit   = "visit"   // whoever booked another visit moves it or gives it back
	LinkPIN     = "pin"     // the holder types the PINs on the screen at the window
	LinkStaff   = "staff"   // a member of staff logs in for the first time

	LinkApply    = "apply"    // an application at home is filled in online (APP-011)
	LinkDelivery = "delivery" // the holder chooses when a posted card is brought (PICK-041)
)

// mailLink makes a one-time link and returns its secret; it works until the end of the day.
func (t *turn) mailLink(purpose, subject string, until civil.Date) (string, error) {
	secret, err := t.office.id()
	if err != nil {
		return "", err
	}
	return secret, t.PutLink(Link{Hash: secretHash(secret), Purpose: purpose, Subject: subject, Expires: until.AddDays(1).Start().UTC()})
}

// usableLink is the link, or the refusal that it was used or has expired.
func (t *turn) usableLink(secret, purpose string) (Link, error) {
	l, err := t.Link(secretHash(secret))
	if err != nil {
		return l, err
	}
	if l.Purpose != purpose || !l.Used.IsZero() || !t.now.Before(l.Expires) {
		return l, rules.Refuse("link_used")
	}
	return l, nil
}

// useLink uses a link up.
func (t *turn) useLink(secret, purpose string) error {
	l, err := t.usableLink(secret, purpose)
	if err != nil {
		return err
	}
	l.Used = t.now
	return t.PutLink(l)
}

// Linked is the application that a mailed link opens, without using the link up. An unknown link is
// ErrNotFound.
func (o *Office) Linked(ctx context.Context, secret, purpose string) (application.Application, error) {
	var a application.Application
	err := o.Store.Read(ctx, func(tx Tx) error {
		l, err := tx.Link(secretHash(secret))
		if err != nil {
			return err
		}
		if l.Purpose != purpose {
			return ErrNotFound
		}
		a, err = tx.Application(l.Subject)
		return err
	})
	return a, err
}

// tell writes a message to the applicant into the outbox, in the transaction of the act. A question goes by telephone to
// somebody who gave a number and no mail address (NTF-020).
func (t *turn) tell(a application.Application, kind notice.Kind, facts notice.Facts) error {
	facts.Name, facts.Honseki, facts.Pickup = a.Form.Name.Full(), t.placeName(a.InCharge), t.placeName(a.Pickup)
	m := notice.Message{Kind: kind, ApplicationID: a.ID, PersonID: a.PersonID, Office: t.sender(a), To: a.Form.Emails}
	service, posted := notice.OnPaper[kind]
	switch {
	case !posted && len(m.To) > 0:
		return t.send(m, facts)
	case !posted && !notice.Needed[kind]:
		return nil // nobody has an address for it, and nothing hangs on it
	case kind == notice.DefectInquiry && len(a.Form.Phones) > 0:
		m.Phone = a.Form.Phones[0]
		return t.send(m, facts)
	}
	address, err := t.postalAddress(a)
	if err != nil || address == "" {
		return err
	}
	m.To, m.Letter = nil, &notice.Letter{Name: facts.Name, Address: address, Service: service}
	return t.send(m, facts)
}

// postalAddress is where a letter to the applicant goes, never forwarded: the address of the resident record, abroad the
// one on the form (APP-074).
func (t *turn) postalAddress(a application.Application) (string, error) {
	if a.Overseas {
		return a.Form.Address, nil
	}
	if a.PersonID == "" {
		return "", nil
	}
	p, err := t.Person(a.PersonID)
	if err != nil {
		return "", err
	}
	return p.CardAddressLine(), nil
}

// sender is the office in whose name a message goes out: the one that was named, or the acting one, and the honseki for
// what the applicant did.
func (t *turn) sender(a application.Application) place.Code {
	switch {
	case t.inNameOf != "":
		return t.inNameOf
	case t.who.Staff == "":
		return a.Examiner()
	}
	return t.who.Office
}

// placeName is an office's name on the day, its code where no name is known.
func (t *turn) placeName(code place.Code) law.Text { return PlaceName(code, t.on) }

// PlaceName is an office's name on a day, its code where no name is known.
func PlaceName(code place.Code, on civil.Date) law.Text {
	found, err := place.Lookup(code, on)
	if err != nil {
		return law.Text{Ja: string(code), En: string(code)}
	}
	return law.Text{Ja: found.NameJa, En: found.NameEn}
}

// isNotFound reports a record that is not there.
func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }
