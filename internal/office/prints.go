package office

import (
	"context"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/paper"
	"mynumber/internal/printing"
	"mynumber/internal/rules"
)

// Papers that are no official form: what an office hands out about its own act.
const (
	FeeReceipt   rules.Paper = "fee_receipt"   // 領収書
	Printout     rules.Paper = "printout"      // 手続きの控え
	NumberNotice rules.Paper = "number_notice" // 個人番号通知書 (NTF-002): the one paper that a number is printed on
)

// PrintRequest is a form, a receipt or a printout to print, for one of three: a person, a case, an application.
type PrintRequest struct {
	Paper         rules.Paper
	PersonID      string
	CaseID        string
	ApplicationID string // key of the application
}

// formSubject is how the journal names a printed form by its key.
func formSubject(key string) string { return "form/" + key }

// PrintForm prints a form with what the registers and the case know, under a key of its own (forms.md).
func (o *Office) PrintForm(ctx context.Context, who Actor, r PrintRequest) (docket.Print, Receipt, error) {
	var p docket.Print
	subject, err := r.subject()
	if err != nil {
		return p, Receipt{}, err
	}
	receipt, err := o.act(ctx, who, "print_form", subject, func(t *turn) error {
		p = docket.Print{Paper: string(r.Paper), PersonID: r.PersonID, CaseID: r.CaseID, ApplicationID: r.ApplicationID}
		f, err := t.filing(p)
		if err != nil {
			return err
		}
		if err := f.allowed(r.Paper); err != nil {
			return err
		}
		p.PersonID = f.person.ID
		p, err = t.print(p)
		t.detail = p.Paper + " " + p.ID
		return err
	})
	return p, receipt, err
}

// subject is what the paper is about, by the narrowest that is named.
func (r PrintRequest) subject() (string, error) {
	_, form := rules.OfficialForms[r.Paper]
	if !form && r.Paper != FeeReceipt && r.Paper != Printout {
		return "", &Invalid{"form", law.Text{Ja: "この様式はありません。", En: "There is no such form."}}
	}
	given := 0
	subject := ""
	for id, name := range map[string]string{r.PersonID: personSubject(r.PersonID), r.CaseID: caseSubject(r.CaseID), r.ApplicationID: subjectOf(r.ApplicationID)} {
		if id != "" {
			given, subject = given+1, name
		}
	}
	if given != 1 {
		return "", &Invalid{"form", law.Text{Ja: "本人・手続き・申請のうち、一つだけを選んでください。", En: "Name one of these: the person, the case, the application."}}
	}
	return subject, nil
}

// print gives a paper its key and notes it.
func (t *turn) print(p docket.Print) (docket.Print, error) {
	before, err := t.PrintsOf(p)
	if err != nil {
		return p, err
	}
	p.Copy = 1
	for _, b := range before {
		if b.Paper == p.Paper {
			p.Copy++
		}
	}
	id, err := t.office.id()
	if err != nil {
		return p, err
	}
	p.ID, p.Office, p.Staff, p.At = id[:docket.PrintKey], t.who.Office, t.who.Staff, t.now
	return p, t.AddPrint(p)
}

// OpenedForm is a printed form as the window sees it: what it is, whose, and what stands on it.
type OpenedForm struct {
	docket.Print
	Form       printing.Form
	Name       string            // of the person
	Procedures []rules.Procedure // that ask for it
	Doubts     []paper.Doubt     // characters that cannot be printed as they stand
	Has        bool              // this office has a part in the case or application it was printed from
}

// OpenForm opens what a printed key leads to. Whoever brings the paper stands at this window: the opening lets the office look
// at the person today, as finding them does.
func (o *Office) OpenForm(ctx context.Context, who Actor, reference string) (OpenedForm, error) {
	var out OpenedForm
	key, ok := docket.ParseReference(reference)
	if !ok {
		return out, errReference()
	}
	_, err := o.act(ctx, who, "open_form", formSubject(key), func(t *turn) error {
		t.purpose = PurposeVisitor
		p, err := t.Print(key)
		if err != nil {
			return err
		}
		if p.PersonID != "" {
			t.subject, t.detail = personSubject(p.PersonID), p.Paper+" "+p.ID
		}
		out, err = t.opened(p)
		return err
	})
	return out, err
}

// DraftPages are the pages of a form that an applicant filled in online and brings to a window or posts, as PDF; its code
// opens the draft there (APP-074, FORM-002).
func (o *Office) DraftPages(ctx context.Context, code string) (printing.Pages, error) {
	d, err := o.Draft(ctx, code)
	if err != nil {
		return printing.Pages{}, err
	}
	fonts, err := o.fonts()
	if err != nil {
		return printing.Pages{}, err
	}
	now := o.now()
	f := filing{t: &turn{office: o, now: now, on: civil.DateOf(now)}, application: &application.Application{Form: d.Form, Overseas: !d.Form.Domestic}, values: map[string]string{}}
	f.ofApplication(*f.application)
	form, err := f.form(docket.Print{Paper: string(rules.FormApplyAbroad), Office: d.Form.Honseki, At: now, Copy: 1})
	if err != nil {
		return printing.Pages{}, err
	}
	form.Reference, form.Link = d.Code, o.URL+"/office/new?draft="+d.Code
	return form.PDF(fonts)
}

func errReference() error {
	return &Invalid{"reference", law.Text{Ja: "様式の番号は、二次元コードの下の12文字です。", En: "The reference is the twelve characters below the code."}}
}

// opened fills a form again from what the registers say today.
func (t *turn) opened(p docket.Print) (OpenedForm, error) {
	out := OpenedForm{Print: p, Procedures: []rules.Procedure{}}
	f, err := t.filed(p)
	if err != nil {
		return out, err
	}
	if out.Form, err = f.form(p); err != nil {
		return out, err
	}
	out.Name = f.values["name"]
	fonts, err := t.office.fonts()
	if err != nil {
		return out, err
	}
	out.Doubts = out.Form.Doubts(fonts)
	out.Has = f.docket != nil && p.CaseID != "" && f.docket.Has(t.who.Office) || p.ApplicationID != "" && slices.Contains(f.application.Parts(), t.who.Office)
	for _, info := range rules.Procedures {
		if slices.Contains(rules.FormsOf(info.Code, t.on), rules.Paper(p.Paper)) {
			out.Procedures = append(out.Procedures, info.Code)
		}
	}
	return out, nil
}

// FormPages are the pages of a form that this office printed or opened today, as PDF.
func (o *Office) FormPages(ctx context.Context, who Actor, reference string) (printing.Pages, error) {
	var out OpenedForm
	key, ok := docket.ParseReference(reference)
	if !ok {
		return printing.Pages{}, errReference()
	}
	_, err := o.act(ctx, who, "look", formSubject(key), func(t *turn) error {
		p, err := t.Print(key)
		if err != nil {
			return err
		}
		if !t.is(p.Office) {
			if p.PersonID == "" {
				return ErrNotFound
			}
			if _, err := t.served(p.PersonID); err != nil {
				return err
			}
		}
		if out, err = t.opened(p); err != nil {
			return err
		}
		return t.lookFor(true) // it was printed here, or the paper was opened here today
	})
	if err != nil {
		return printing.Pages{}, err
	}
	fonts, err := o.fonts()
	if err != nil {
		return printing.Pages{}, err
	}
	return out.Form.PDF(fonts)
}

// enclosed are the papers that lie in the envelope of a message (NTF-002, NTF-005, NTF-007, NTF-008).
var enclosed = map[notice.Kind][]rules.Paper{
	notice.Inquiry:           {rules.ReplyForm},
	notice.CertificateExpiry: {rules.ReplyAndMandate},
	notice.CardExpiry:        {rules.FormApply},
	notice.IssuanceNotice:    {rules.IssuanceNotice},
	notice.NumberNotice:      {NumberNotice, rules.FormApply},
}

// enclose prints what goes with a letter, with the letter.
func (t *turn) enclose(m notice.Message) error {
	if m.PersonID == "" {
		return nil
	}
	before, err := t.PrintsIn(m.ID)
	if err != nil || len(before) > 0 {
		return err // printed again: the same papers under the same keys
	}
	for _, paper := range enclosed[m.Kind] {
		p := docket.Print{Paper: string(paper), PersonID: m.PersonID, ApplicationID: m.ApplicationID, MessageID: m.ID}
		if m.Kind == notice.Inquiry {
			cases, err := t.WindowCasesOf(m.PersonID)
			if err != nil {
				return err
			}
			for _, c := range cases {
				if c.State == docket.Asked && c.Office == m.Office {
					p.CaseID = c.ID
				}
			}
		}
		if paper == rules.FormApply {
			if err := t.formAtHand(m.PersonID); err != nil {
				return err
			}
		}
		if _, err := t.print(p); err != nil {
			return err
		}
	}
	return nil
}

// formAtHand sees to it that the person has an application ID to apply with, which the enclosed form bears (APP-001).
func (t *turn) formAtHand(personID string) error {
	issued, err := t.IssuedForms(personID)
	if err != nil || slices.ContainsFunc(issued, application.IssuedForm.Usable) {
		return err
	}
	p, err := t.Person(personID)
	if err != nil {
		return err
	}
	_, err = t.issueForm(p)
	return err
}

// enclosures are the papers of a letter that was printed.
func (t *turn) enclosures(m notice.Message) ([]printing.Form, error) {
	prints, err := t.PrintsIn(m.ID)
	order := enclosed[m.Kind]
	slices.SortStableFunc(prints, func(a, b docket.Print) int {
		return slices.Index(order, rules.Paper(a.Paper)) - slices.Index(order, rules.Paper(b.Paper))
	})
	var out []printing.Form
	for _, p := range prints {
		opened, fault := t.opened(p)
		if fault != nil {
			return nil, fault
		}
		out = append(out, opened.Form)
	}
	return out, err
}
