package office

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/journal"
	"mynumber/internal/notice"
	"mynumber/internal/register"
)

// Export is everything that is held about one person, for that person to see (個人情報保護法第76条): the one place where the
// numbers stand in clear. It holds no PIN, for none is kept.
type Export struct {
	At            time.Time                 `json:"at"`
	Number        string                    `json:"individual_number,omitempty"`
	Code          string                    `json:"resident_record_code,omitempty"`
	Person        register.Person           `json:"person"`
	FormerNumbers []ExportedNumber          `json:"former_numbers,omitempty"`
	Cards         []ExportedCard            `json:"cards,omitempty"`
	Applications  []application.Application `json:"applications,omitempty"`
	Cases         []docket.Case             `json:"cases,omitempty"`
	Messages      []notice.Message          `json:"messages,omitempty"`
	Exchanges     []register.Exchange       `json:"exchanges,omitempty"`
	Due           []ExportedDue             `json:"due,omitempty"`
	Journal       []ExportedEntry           `json:"journal,omitempty"`
}

// ExportedNumber is a number or code that was changed.
type ExportedNumber struct {
	Number string     `json:"individual_number,omitempty"`
	Code   string     `json:"resident_record_code,omitempty"`
	Until  civil.Date `json:"until"`
}

// ExportedCard is a card with its certificates.
type ExportedCard struct {
	ID           string                `json:"id"`
	State        card.State            `json:"state"`
	Issued       civil.Date            `json:"issued"`
	Until        civil.Date            `json:"until"`
	Card         card.Card             `json:"card"`
	Certificates []ExportedCertificate `json:"certificates"`
}

// ExportedCertificate is a certificate on it.
type ExportedCertificate struct {
	Kind      certificate.Kind  `json:"kind"`
	Serial    string            `json:"serial"`
	State     certificate.State `json:"state"`
	NotBefore time.Time         `json:"not_before"`
	Until     civil.Date        `json:"until"`
	DER       []byte            `json:"der,omitempty"`

	Carrier certificate.Carrier `json:"carrier"`
}

// ExportedEntry is what an entry of the journal says.
type ExportedEntry struct {
	At      time.Time       `json:"at"`
	Office  string          `json:"office"`
	Actor   string          `json:"actor"`
	Act     string          `json:"act"`
	Subject string          `json:"subject"`
	Policy  string          `json:"policy,omitempty"`
	Purpose string          `json:"purpose,omitempty"`
	Rules   []string        `json:"rules,omitempty"`
	Outcome journal.Outcome `json:"outcome"`
	Code    string          `json:"code,omitempty"`
	Detail  string          `json:"detail,omitempty"`
}

// ExportedDue is something that a day will bring, or brought.
type ExportedDue struct {
	Day     civil.Date `json:"day"`
	Kind    DueKind    `json:"kind"`
	Subject string     `json:"subject"`
	Done    time.Time  `json:"done,omitzero"`
}

// Export reads it for the municipality of residence or the honseki, at the person's demand; that it was read is an entry in
// the journal and not part of what is exported.
func (o *Office) Export(ctx context.Context, who Actor, personID string) (Export, Receipt, error) {
	var out Export
	receipt, err := o.act(ctx, who, "export_person", "person/"+personID, func(t *turn) error {
		t.purpose = PurposeOwnData
		h, err := t.holding(personID)
		if err != nil {
			return err
		}
		if t.policy.Part == authority.Keeps && !t.keeps(h.person) {
			return ErrNotFound
		}
		out, err = t.export(h)
		return err
	})
	return out, receipt, err
}

func (t *turn) export(h holding) (Export, error) {
	p := h.person
	out := Export{At: t.now, Number: p.Number.Digits(), Code: p.Code.Digits(), Person: p, Applications: h.applications}
	subjects := []string{"person/" + p.ID}
	for _, a := range h.applications {
		subjects = append(subjects, subjectOf(a.ID))
	}
	for _, c := range h.cards {
		x := ExportedCard{ID: c.ID, State: c.State, Issued: c.Issued, Until: c.Until, Card: c}
		all, err := t.Certificates(c.ID)
		if err != nil {
			return out, err
		}
		phones, err := t.PhoneCertificates(c.ID)
		if err != nil {
			return out, err
		}
		for _, k := range slices.Concat(all, phones) {
			x.Certificates = append(x.Certificates, ExportedCertificate{k.Kind, k.Serial, k.State, k.NotBefore, k.Until, k.DER, k.Carrier})
		}
		out.Cards, subjects = append(out.Cards, x), append(subjects, cardSubject(c.ID))
	}
	if err := t.exportLetters(&out); err != nil {
		return out, err
	}
	for _, s := range subjects {
		entries, err := t.JournalOf(s)
		if err != nil {
			return out, err
		}
		for _, e := range entries {
			out.Journal = append(out.Journal, ExportedEntry{e.At, e.Office, e.Actor, e.Act, e.Subject, e.Policy, e.Purpose, e.Rules, e.Outcome, e.Code, e.Detail})
		}
	}
	slices.SortStableFunc(out.Journal, func(a, b ExportedEntry) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Office, b.Office))
	})
	return out, nil
}

// exportLetters reads what stands in other tables than the person's, the cards' and the journal.
func (t *turn) exportLetters(out *Export) error {
	id := out.Person.ID
	former, err := t.FormerNumbers(id)
	if err != nil {
		return err
	}
	for _, f := range former {
		out.FormerNumbers = append(out.FormerNumbers, ExportedNumber{f.Number.Digits(), f.Code.Digits(), f.Until})
	}
	if out.Messages, err = t.MessagesTo(id); err != nil {
		return err
	}
	for _, a := range out.Applications {
		more, err := t.Messages(a.ID)
		if err != nil {
			return err
		}
		for _, m := range more {
			if !slices.ContainsFunc(out.Messages, func(o notice.Message) bool { return o.ID == m.ID }) {
				out.Messages = append(out.Messages, m)
			}
		}
	}
	if out.Exchanges, err = t.ExchangesAbout(id); err != nil {
		return err
	}
	if out.Cases, err = t.WindowCasesOf(id); err != nil {
		return err
	}
	due, err := t.DueOf(id)
	for _, d := range due {
		out.Due = append(out.Due, ExportedDue{d.Day, d.Kind, d.Subject, d.Done})
	}
	return err
}
