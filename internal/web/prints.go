package web

import (
	"net/http"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/rules"
)

var formsTitle = law.Text{Ja: "様式の番号で開く", En: "Open a printed form"}

// printable is a paper that can be printed from a page, with the field that says from what.
type printable struct {
	Paper rules.Paper
	ID    string
	Name  law.Text
}

// printables are what a page offers to print.
type printables struct {
	Field string // person, case or application
	Value string
	Items []printable
}

func (p printables) with(papers ...rules.Paper) printables {
	for _, paper := range papers {
		item := printable{Paper: paper}
		switch paper {
		case office.FeeReceipt:
			item.Name = law.Text{Ja: "領収書", En: "Receipt for the fee"}
		case office.Printout:
			item.Name = law.Text{Ja: "手続きの控え", En: "Record of the procedure"}
		default:
			form := rules.OfficialForms[paper]
			item.ID, item.Name = form.ID, law.Text{Ja: form.Title, En: form.English}
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// handedOut are all forms that a window hands out.
func handedOut() []rules.Paper {
	var out []rules.Paper
	for _, paper := range rules.NumberedForms() {
		if !rules.OfficialForms[paper].Posted {
			out = append(out, paper)
		}
	}
	return out
}

// formsOf are the forms of a procedure that a window hands out.
func (p *pages) formsOf(code rules.Procedure) []rules.Paper {
	var out []rules.Paper
	for _, paper := range rules.FormsOf(code, p.today()) {
		if !rules.OfficialForms[paper].Posted {
			out = append(out, paper)
		}
	}
	return out
}

// applicationPrints are the papers of an application: its own form and those by which it is changed, ended or received.
func (p *pages) applicationPrints(a application.Application) printables {
	papers := []rules.Paper{rules.FormApply, rules.FormPINRequest}
	if a.Overseas {
		papers = []rules.Paper{rules.FormApplyAbroad, rules.FormPINRequest, rules.FormEmail, rules.FormPickupPlace, rules.FormCancel, rules.Receipt}
	}
	for _, paper := range p.formsOf(rules.Procedure(a.Purpose)) {
		if !slices.Contains(papers, paper) {
			papers = append(papers, paper)
		}
	}
	out := printables{Field: "application", Value: a.ID}.with(papers...).with(office.Printout)
	if a.Fee.Paid {
		out = out.with(office.FeeReceipt)
	}
	return out
}

// printForm prints a form from the page of a person, a case or an application, and shows it.
func (p *pages) printForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request := office.PrintRequest{Paper: rules.Paper(r.PostFormValue("form")), PersonID: r.PostFormValue("person"), CaseID: r.PostFormValue("case"), ApplicationID: r.PostFormValue("application")}
	printed, receipt, err := p.Office.PrintForm(r.Context(), who, request)
	if err != nil {
		p.failBack(w, r, err, "/office")
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/office/forms/"+printed.ID, http.StatusSeeOther)
}

// scanView asks for the reference on a printed form.
type scanView struct {
	Inputs inputs
	Faults []input
	Others []office.Invalid
}

func scanInputs() inputs {
	return inputs{{Name: "reference", Kind: "text", Required: true, Label: law.Text{Ja: "様式の番号", En: "Reference of the form"},
		Hint: law.Text{Ja: "二次元コードを読み取るか、その下の12文字を入力します。", En: "Scan the code, or type the twelve characters below it."}}}
}

func (p *pages) scanForm(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	p.show(w, r, http.StatusOK, "forms", formsTitle, scanView{Inputs: scanInputs()})
}

// scan opens what a reference leads to.
func (p *pages) scan(w http.ResponseWriter, r *http.Request, who office.Actor) {
	opened, err := p.Office.OpenForm(r.Context(), who, r.PostFormValue("reference"))
	switch status := statusOf(err); {
	case err == nil:
		http.Redirect(w, r, "/office/forms/"+opened.ID, http.StatusSeeOther)
	case status == http.StatusNotFound, status == http.StatusUnprocessableEntity:
		faults := faultsOf(err)
		if status == http.StatusNotFound {
			faults = []office.Invalid{*required("reference", "この番号の様式は見つかりません。", "No form has this reference.")}
		}
		v := scanView{}
		v.Inputs, v.Others = scanInputs().with(r.PostFormValue, faults)
		v.Faults = v.Inputs.Faults()
		p.show(w, r, status, "forms", formsTitle, v)
	default:
		p.failBack(w, r, err, "/office")
	}
}

// openedView is a printed form at the window.
type openedView struct {
	office.OpenedForm
	By         law.Text
	When       string
	Procedures []procedureLink
}

type procedureLink struct {
	Code rules.Procedure
	Name law.Text
}

func (p *pages) openForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	opened, err := p.Office.OpenForm(r.Context(), who, r.PathValue("reference"))
	if err != nil {
		p.failBack(w, r, err, "/office/forms")
		return
	}
	v := openedView{OpenedForm: opened, By: office.PlaceName(opened.Office, p.today()), When: moment(opened.At)}
	for _, code := range opened.Procedures {
		info, _ := rules.LookupProcedure(code)
		v.Procedures = append(v.Procedures, procedureLink{code, info.Name})
	}
	p.show(w, r, http.StatusOK, "openform", opened.Form.Title, v)
}

func (p *pages) formPDF(w http.ResponseWriter, r *http.Request, who office.Actor) {
	pages, err := p.Office.FormPages(r.Context(), who, r.PathValue("reference"))
	if err != nil {
		p.failBack(w, r, err, "/office/forms")
		return
	}
	p.sendPDF(w, pages, "form.pdf")
}
