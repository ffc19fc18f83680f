package office

import (
	"context"
	"errors"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/person"
)

// LinkDetails opens the details of an application, once.
const LinkDetails = "details"

// detailsAgain is how soon another link may be asked for, so that nobody fills somebody's mailbox.
const detailsAgain = time.Hour

// Details is what an applicant sees through a mailed link: more than the state, and still no number and no PIN.
type Details struct {
	Status
	Name        string
	Office      law.Text // that examines it
	Pickup      law.Text
	Deadline    civil.Date
	Fee         law.Text
	Asked       string               // what the applicant has to answer
	Booked      *booking.Reservation // nil for none
	Told        []notice.Message     // what was sent, the oldest first; without their texts
	Certificate CertificateText      // how name and address will stand in the signature certificate; empty when there will be none, or nobody was found yet
}

// AskDetails mails a link to the details to whoever asks with application ID and birth date, at the addresses of the
// application. Whether there is such an application, or an address, is not told: the answer is always the same.
func (o *Office) AskDetails(ctx context.Context, applicationID, birth string) error {
	day, err := parseDate("birth", birth)
	if err != nil {
		return err
	}
	on := civil.DateOf(o.Clock())
	var a application.Application
	err = o.Store.Read(ctx, func(tx Tx) error {
		var err error
		a, err = tx.ApplicationByID(digitsOnly(applicationID))
		return err
	})
	if errors.Is(err, ErrNotFound) || err == nil && (a.Form.Birth != day || mayFollow(a, on) != nil || len(a.Form.Emails) == 0) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = o.act(ctx, Actor{Office: a.Examiner(), Role: authority.Applicant}, "ask_details", subjectOf(a.ID), func(t *turn) error {
		a, err := t.Application(a.ID)
		if err != nil {
			return err
		}
		told, err := t.Messages(a.ID)
		if err != nil {
			return err
		}
		for _, m := range told {
			if t.already = t.already || m.Kind == notice.DetailsLink && t.now.Sub(m.Created) < detailsAgain; t.already {
				return nil
			}
		}
		link, err := t.mailLink(LinkDetails, a.ID, t.on.AddDays(1))
		if err != nil {
			return err
		}
		m := notice.Message{Kind: notice.DetailsLink, ApplicationID: a.ID, PersonID: a.PersonID, Office: t.sender(a), To: append([]person.Email{}, a.Form.Emails...)}
		return t.send(m, notice.Facts{Name: a.Form.Name.Full(), Link: o.URL + "/details/" + link})
	})
	return err
}

// Details uses a link up and shows the application behind it. An unknown link is ErrNotFound.
func (o *Office) Details(ctx context.Context, secret string) (Details, error) {
	var d Details
	a, err := o.Linked(ctx, secret, LinkDetails)
	if err != nil {
		return d, err
	}
	_, err = o.act(ctx, Actor{Office: a.Examiner(), Role: authority.Applicant}, "look_details", subjectOf(a.ID), func(t *turn) error {
		t.purpose = PurposeOwnData
		if err := t.useLink(secret, LinkDetails); err != nil {
			return err
		}
		a, err := t.Application(a.ID)
		if err != nil {
			return err
		}
		d = Details{Status: Status{State: a.State, Filed: a.Filed}, Name: a.Form.Name.Full(), Office: t.placeName(a.Examiner()), Pickup: t.placeName(a.Pickup), Deadline: a.Deadline, Fee: FeeText(a.Fee)}
		if a.PersonID != "" && !a.Form.NoSignature {
			p, err := t.Person(a.PersonID)
			if err != nil {
				return err
			}
			if d.Certificate, _, err = certificateText(p, t.on); err != nil {
				return err
			}
		}
		if a.State == application.Defective {
			d.Asked = a.DefectNote
		}
		r, err := t.ReservationOf(a.ID)
		switch {
		case err == nil && r.Holds():
			d.Booked = &r
		case err != nil && !isNotFound(err):
			return err
		}
		d.Told, err = t.Messages(a.ID)
		for i := range d.Told {
			d.Told[i].Body, d.Told[i].To, d.Told[i].Letter, d.Told[i].Note = "", nil, nil, ""
		}
		return err
	})
	return d, err
}
