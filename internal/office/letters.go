package office

import (
	"context"

	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// tellHolder writes a message that concerns a person into the outbox, in the transaction of the act: a letter to the
// address of the resident record, or, to somebody abroad, a mail to the addresses of the last application (ABR-040,
// NTF-029). Somebody who has neither is not told, and the journal entry says so.
func (t *turn) tellHolder(p register.Person, kind notice.Kind, service notice.Service, facts notice.Facts) error {
	id, err := t.office.id()
	if err != nil {
		return err
	}
	sender := t.who.Office
	facts.Name, facts.Office = p.Name.Full(), t.placeName(sender)
	subject, body, err := notice.Compose(kind, facts)
	if err != nil {
		return err
	}
	m := notice.Message{ID: id, Kind: kind, PersonID: p.ID, Office: sender, From: facts.Office.Ja, Subject: subject, Body: body, Created: t.now, Due: t.now}
	if home, ok := p.ResidentOn(t.on); ok {
		m.Letter = &notice.Letter{Name: p.Name.Full(), Address: home.Address, Service: service}
		return t.PutMessage(m)
	}
	if m.To, err = t.mailsOf(p.ID); err != nil {
		return err
	}
	if len(m.To) == 0 {
		t.untold = append(t.untold, string(kind))
		return nil
	}
	return t.PutMessage(m)
}

// mailsOf are the mail addresses of the person's last application (NTF-029).
func (t *turn) mailsOf(personID string) ([]person.Email, error) {
	all, err := t.ApplicationsOf(personID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last := all[0]
	for _, a := range all {
		if !a.Filed.Before(last.Filed) && len(a.Form.Emails) > 0 {
			last = a
		}
	}
	return last.Form.Emails, nil
}

// lettersShown bounds the list of letters to print.
const lettersShown = 200

// Letters lists what the office has to print and post, the oldest first.
func (o *Office) Letters(ctx context.Context, who Actor) ([]notice.Message, error) {
	var out []notice.Message
	err := o.Store.Read(ctx, func(tx Tx) error {
		var err error
		out, err = tx.Letters(who.Office, lettersShown)
		return err
	})
	return out, err
}

// Posted notes that a letter was printed and given to the post.
func (o *Office) Posted(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.act(ctx, who, "post_letter", "letter/"+id, func(t *turn) error {
		m, err := t.Message(id)
		if err != nil {
			return err
		}
		if m.Letter == nil || m.Office != who.Office || who.Office == place.Issuer && who.Role != Operator {
			return ErrNotFound
		}
		if t.already = !m.Sent.IsZero(); t.already {
			return nil
		}
		m.Sent, m.Attempts = t.now, m.Attempts+1
		t.detail = string(m.Kind)
		return t.PutMessage(m)
	})
}
