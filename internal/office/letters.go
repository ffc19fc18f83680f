package office

import (
	"context"
	"errors"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/paper"
	"mynumber/internal/printing"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// tellHolder writes a message that concerns a person into the outbox, in the transaction of the act: a letter to the
// address of the resident record, or, to somebody abroad, a mail to the addresses of the last application (ABR-040,
// NTF-029). Somebody who has neither is not told, and the journal entry says so.
func (t *turn) tellHolder(p register.Person, kind notice.Kind, service notice.Service, facts notice.Facts) error {
	facts.Name = p.Name.Full()
	m := notice.Message{Kind: kind, PersonID: p.ID, Office: t.who.Office}
	if home, ok := p.ResidentOn(t.on); ok {
		m.Letter = &notice.Letter{Name: p.Name.Full(), Address: home.Address, Service: service}
		return t.send(m, facts)
	}
	last, err := t.lastForm(p.ID)
	if err != nil {
		return err
	}
	switch m.To = last.Emails; {
	case len(m.To) > 0:
	case len(last.Phones) > 0:
		m.Phone = last.Phones[0]
	default:
		t.untold = append(t.untold, string(kind))
		return nil
	}
	return t.send(m, facts)
}

// send composes a message and puts it into the outbox, in the transaction of the act: on paper when it has an address, as a
// telephone note when it has only a number, otherwise as a mail.
func (t *turn) send(m notice.Message, facts notice.Facts) error {
	var err error
	if m.ID, err = t.office.id(); err != nil {
		return err
	}
	facts.Office = t.placeName(m.Office)
	if m.Subject, m.Body, err = notice.Compose(m.Kind, facts); err != nil {
		return err
	}
	m.From, m.State, m.Created, m.Due, m.Changed = facts.Office.Ja, notice.Waiting, t.now, t.now, t.now
	switch {
	case m.Letter != nil:
		m.Channel = notice.PaperOf(m.Kind)
	case m.Phone != "":
		m.Channel = notice.ByTelephone
	default:
		m.Channel = notice.ByMail
	}
	return t.PutMessage(m)
}

// lastForm is the form of the person's last application that has a mail address, otherwise of the last (NTF-029).
func (t *turn) lastForm(personID string) (application.Form, error) {
	all, err := t.ApplicationsOf(personID)
	if err != nil || len(all) == 0 {
		return application.Form{}, err
	}
	last := all[0]
	for _, a := range all {
		if !a.Filed.Before(last.Filed) && (len(a.Form.Emails) > 0 || len(last.Form.Emails) == 0) {
			last = a
		}
	}
	return last.Form, nil
}

// lettersShown bounds the list of letters to print.
const lettersShown = 200

// LetterLine is a letter to print, and what of it cannot be printed as it is written.
type LetterLine struct {
	notice.Message
	Doubts []paper.Doubt
}

// Letters lists what the office has to print and post, the oldest first.
func (o *Office) Letters(ctx context.Context, who Actor) ([]LetterLine, error) {
	var found []notice.Message
	_, err := o.act(ctx, who, "look_letters", "", func(t *turn) error {
		t.purpose = PurposeCase
		var err error
		found, err = t.Letters(t.who.Office, lettersShown)
		return err
	})
	if err != nil {
		return nil, err
	}
	fonts, err := o.fonts()
	out := make([]LetterLine, 0, len(found))
	for _, m := range found {
		doubts := append(fonts.Doubts("name", m.Letter.Name), fonts.Doubts("address", m.Letter.Address)...)
		out = append(out, LetterLine{m, append(doubts, fonts.Doubts("text", m.Body)...)})
	}
	return out, err
}

// fonts are what this installation prints with.
func (o *Office) fonts() (paper.Fonts, error) {
	if o.Fonts != nil {
		return o.Fonts, nil
	}
	return paper.BaseFonts()
}

// LetterPages are the pages of a letter that was printed, as PDF with what lies in its envelope; the look is an entry in the
// journal.
func (o *Office) LetterPages(ctx context.Context, who Actor, id string) (printing.Pages, error) {
	var m notice.Message
	var inside []printing.Form
	_, err := o.act(ctx, who, "look", "letter/"+id, func(t *turn) error {
		var err error
		if m, err = t.ownMessage(id); err != nil {
			return err
		}
		switch {
		case m.Letter == nil:
			return ErrNotFound
		case m.State == notice.Waiting:
			return rules.Refuse("letter_not_printed")
		}
		if inside, err = t.enclosures(m); err != nil {
			return err
		}
		return t.lookFor(true) // every letter is the office's own
	})
	if err != nil {
		return printing.Pages{}, err
	}
	fonts, err := o.fonts()
	if err != nil {
		return printing.Pages{}, err
	}
	return printing.Letter(fonts, m, o.messageURL(m), inside...)
}

// messageURL is what the code on a letter says: whoever gets it back opens the message by it.
func (o *Office) messageURL(m notice.Message) string { return o.URL + "/office/messages/" + m.ID }

// PrintLetters notes all letters that wait as printed now, each in its own entry; it reports how many. A letter that somebody
// else prints at the same time is theirs.
func (o *Office) PrintLetters(ctx context.Context, who Actor) (int, error) {
	ctx = oneOfMany(ctx)
	found, err := o.Letters(ctx, who)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, m := range found {
		if m.State != notice.Waiting {
			continue
		}
		receipt, err := o.PrintLetter(ctx, who, m.ID)
		if _, refused := errors.AsType[*law.Refusal](err); refused {
			continue // it was posted or sent again meanwhile
		}
		if err != nil {
			return n, err
		}
		if !receipt.Already {
			n++
		}
	}
	return n, nil
}

// PrintedPages are the pages of all letters that are printed and not yet posted, as one PDF; the look is an entry in the
// journal.
func (o *Office) PrintedPages(ctx context.Context, who Actor) (printing.Pages, error) {
	var all []printing.Envelope
	_, err := o.act(ctx, who, "look_letters", "", func(t *turn) error {
		t.purpose, all = PurposeCase, nil
		found, err := t.Letters(t.who.Office, lettersShown)
		if err != nil {
			return err
		}
		for _, m := range found {
			if m.State != notice.Printed {
				continue
			}
			inside, err := t.enclosures(m)
			if err != nil {
				return err
			}
			all = append(all, printing.Envelope{Message: m, Link: o.messageURL(m), Enclosed: inside})
		}
		if len(all) == 0 {
			return rules.Refuse("letter_not_printed")
		}
		return nil
	})
	if err != nil {
		return printing.Pages{}, err
	}
	fonts, err := o.fonts()
	if err != nil {
		return printing.Pages{}, err
	}
	return printing.Letters(fonts, "郵便物", all)
}

// PrintLetter notes that a letter is printed now; its page can then be had (LetterPages).
func (o *Office) PrintLetter(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.messageAct(ctx, who, notice.Print, "print_letter", "letter", id, "")
}

// LosePage notes that a printed page was lost or spoilt, and why: the letter is printed again.
func (o *Office) LosePage(ctx context.Context, who Actor, id, why string) (Receipt, error) {
	why, err := messageNote(why, true)
	if err != nil {
		return Receipt{}, err
	}
	return o.messageAct(ctx, who, notice.Lose, "lose_page", "letter", id, why)
}

// Posted notes that a letter was printed and given to the post.
func (o *Office) Posted(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.messageAct(ctx, who, notice.Post, "post_letter", "letter", id, "")
}

// LetterReturned notes that the post brought a letter back.
func (o *Office) LetterReturned(ctx context.Context, who Actor, id string) (Receipt, error) {
	return o.messageAct(ctx, who, notice.Return, "letter_returned", "letter", id, "")
}
