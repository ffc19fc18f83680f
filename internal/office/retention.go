package office

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
)

// What was kept for an application is destroyed on its day, with a protocol (rules.Retentions, SEC-001).
const (
	photoOver   DueKind = "photo_over"
	papersOver  DueKind = "papers_over"
	contactOver DueKind = "contact_over"
	draftsOver  DueKind = "drafts_over"
)

func init() {
	dueKinds[photoOver] = (*turn).photoOver
	dueKinds[papersOver] = (*turn).papersOver
	dueKinds[contactOver] = (*turn).contactOver
	dueKinds[draftsOver] = (*turn).draftsOver
}

// Kinds of what is destroyed.
const (
	DestroyedPhoto   = "photo"
	DestroyedPapers  = "papers"
	DestroyedContact = "contact"
	DestroyedForm    = "sealed_form"
	DestroyedCard    = "card"
	DestroyedDrafts  = "drafts"
)

// CutThrough is the detail of a card that was cut through because its chip could not be erased.
const CutThrough = "cut"

// Destruction is a line of the protocol of what was destroyed (廃棄の記録): never what it said.
type Destruction struct {
	ID      string     `json:"id"`
	Office  place.Code `json:"office"` // which kept it
	Day     civil.Date `json:"day"`
	At      time.Time  `json:"at"`
	Kind    string     `json:"kind"`
	Subject string     `json:"subject"` // application/…, card/…
	By      string     `json:"by"`
	Rules   []string   `json:"rules"`
	Detail  string     `json:"detail,omitempty"`
}

// protocol writes a line, in the transaction that destroys.
func (t *turn) protocol(at place.Code, kind, subject string, rules []string, detail string) error {
	id, err := t.office.id()
	if err != nil {
		return err
	}
	return t.PutDestruction(Destruction{ID: id, Office: at, Day: t.on, At: t.now, Kind: kind, Subject: subject, By: t.who.name(), Rules: rules, Detail: detail})
}

// keeper is the office that keeps an application's papers.
func keeper(a application.Application) place.Code {
	if a.Papers.With == application.AtOffice && a.Papers.Office != "" {
		return a.Papers.Office
	}
	return a.InCharge
}

// retain sets down, for an application that has just ended, the days on which what was kept for it is destroyed.
func (t *turn) retain(a *application.Application) error {
	if !over(a.State) || !a.Ended.IsZero() {
		return nil
	}
	a.Ended = t.on
	days, err := procedure.Retention(a.Ended)
	if err != nil {
		return err
	}
	for _, d := range []Due{{Day: days.Photo, Kind: photoOver}, {Day: days.Papers, Kind: papersOver}, {Day: days.Contact, Kind: contactOver}} {
		d.Subject, d.PersonID = subjectOf(a.ID), a.PersonID
		if err := t.PutDue(d); err != nil {
			return err
		}
	}
	return nil
}

// retained is the application of a row and the rules of its days.
func (t *turn) retained(d Due) (application.Application, []string, error) {
	a, err := t.Application(strings.TrimPrefix(d.Subject, subjectOf("")))
	if err != nil {
		return a, nil, err
	}
	days, err := procedure.Retention(a.Ended)
	return a, days.Basis.IDs(), err
}

// gone notes what a day destroyed: in the protocol of its keeper, and in the journal.
func (t *turn) gone(at place.Code, kind, subject string, rules []string, detail string) error {
	if err := t.protocol(at, kind, subject, rules, detail); err != nil {
		return err
	}
	return t.recordRules("destroy_"+kind, subject, rules, detail)
}

// keptOn puts the day off, as if the application ended on it, while its card still works.
func (t *turn) keptOn(a application.Application, d Due, until func(procedure.Retained) civil.Date) (bool, error) {
	works, err := t.stillWorks(a)
	if err != nil || !works {
		return false, err
	}
	days, err := procedure.Retention(d.Day)
	if err != nil {
		return false, err
	}
	d.Day, d.Done = until(days), time.Time{}
	return true, t.PutDue(d)
}

// photoOver destroys the photo, unless the card still works: it is written onto the chip again with every change of its face.
func (t *turn) photoOver(d Due) error {
	a, rules, err := t.retained(d)
	if err != nil || a.PhotoGone {
		return ignoreNotFound(err)
	}
	if kept, err := t.keptOn(a, d, func(days procedure.Retained) civil.Date { return days.Photo }); err != nil || kept {
		return err
	}
	a.PhotoGone = true
	if err := errors.Join(t.DropPhoto(a.ID), t.PutApplication(a)); err != nil {
		return err
	}
	return t.gone(keeper(a), DestroyedPhoto, d.Subject, rules, "")
}

// stillWorks reports that the card of an application has not ended.
func (t *turn) stillWorks(a application.Application) (bool, error) {
	if a.CardID == "" {
		return false, nil
	}
	c, err := t.Card(a.CardID)
	return !c.State.Ended(), err
}

// papersOver destroys the papers, and the text of what was written to the applicant.
func (t *turn) papersOver(d Due) error {
	a, rules, err := t.retained(d)
	if err != nil {
		return ignoreNotFound(err)
	}
	at := keeper(a)
	a.Papers = application.Custody{With: application.Gone}
	if a.SealedForm == application.FormSealed && a.SealedAt.With == application.AtOffice {
		if err := t.destroySealedForm(&a); err != nil {
			return err
		}
	}
	if err := t.PutApplication(a); err != nil {
		return err
	}
	n, err := t.EraseMessages(a.ID)
	if err != nil {
		return err
	}
	return t.gone(at, DestroyedPapers, d.Subject, rules, fmt.Sprintf("messages:%d", n))
}

// contactOver erases mail addresses and telephone numbers, unless the card still works: its notices go there.
func (t *turn) contactOver(d Due) error {
	a, rules, err := t.retained(d)
	if err != nil {
		return ignoreNotFound(err)
	}
	if kept, err := t.keptOn(a, d, func(days procedure.Retained) civil.Date { return days.Contact }); err != nil || kept {
		return err
	}
	if len(a.Form.Emails) == 0 && len(a.Form.Phones) == 0 {
		return nil
	}
	a.Form.Emails, a.Form.Phones = nil, nil
	if err := t.PutApplication(a); err != nil {
		return err
	}
	return t.gone(keeper(a), DestroyedContact, d.Subject, rules, "")
}

// keepDraft sets down the day on which a form that nobody carried to an office is destroyed.
func (t *turn) keepDraft() error {
	day, _, err := procedure.DraftsOver(t.on)
	if err != nil {
		return err
	}
	return t.PutDue(Due{Day: day, Kind: draftsOver, Subject: "drafts"})
}

// draftsOver destroys the forms whose period is over on the day, whether they were used or not: an application has
// its own copy.
func (t *turn) draftsOver(d Due) error {
	last, basis, err := procedure.DraftsMade(d.Day)
	if err != nil {
		return err
	}
	n, err := t.DropDrafts(last.AddDays(1).Start())
	if err != nil || n == 0 {
		return err
	}
	return t.gone(place.Issuer, DestroyedDrafts, "", basis.IDs(), fmt.Sprintf("%d", n))
}

// destructionsShown bounds the protocol on a page.
const destructionsShown = 500

// Destructions is the protocol of what was destroyed of the actor's office, the newest first.
func (o *Office) Destructions(ctx context.Context, who Actor) ([]Destruction, error) {
	var out []Destruction
	err := o.read(ctx, who, "list.destructions", func(t *turn) error {
		var err error
		out, err = t.Destructions(t.who.Office, destructionsShown)
		return err
	})
	return out, err
}
