package web

import (
	"net/http"
	"net/url"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/office"
)

var statusTitle = law.Text{Ja: "申請状況を見る", En: "Follow your application"}

// step is one state on the line of a case's life.
type step struct {
	Text law.Text
	Past bool
	Here bool
}

// line is the way of an application that meets no obstacle.
var line = []application.State{application.Applied, application.Forwarded, application.Received, application.InProduction, application.InTransit, application.ReadyForPickup, application.HandedOver}

// stepsOf marks the present state on the line. A question to the applicant is part of the examination; a case
// that ended early has no place on the line.
func stepsOf(state application.State) []step {
	if state == application.Defective {
		state = application.Received
	}
	var steps []step
	here := -1
	for n, s := range line {
		if s == state {
			here = n
		}
	}
	for n, s := range line {
		steps = append(steps, step{Text: word(stateWords, s), Past: n < here || state == application.HandedOver, Here: n == here})
	}
	return steps
}

// onTheWay are the states before the card is where it is collected.
var onTheWay = []application.State{application.Applied, application.Forwarded, application.Received, application.Defective, application.InProduction, application.InTransit}

// statusView is the page of an application's state.
type statusView struct {
	Inputs inputs
	Faults []input
	Status *office.Status
	State  law.Text
	Steps  []step
	Ended  bool       // early: rejected or cancelled
	Asked  bool       // the applicant has to answer
	Again  url.Values // what was asked, for asking for the details
	Sent   bool       // a link was asked for
	Coming bool       // the card is not at the pickup office yet, so that an estimate helps
}

func statusInputs() inputs {
	return inputs{
		{Name: "application_id", Kind: "text", Mode: "numeric", Required: true, Label: law.Text{Ja: "申請書ID(23桁)", En: "Application ID (23 digits)"},
			Hint: law.Text{Ja: "受理のメールに書かれています。空白やハイフンがあっても構いません。", En: "It is in the mail sent on acceptance. Blanks and hyphens do not matter."}},
		{Name: "birth", Kind: "text", Required: true, Label: law.Text{Ja: "生年月日", En: "Date of birth"},
			Hint: law.Text{Ja: "例 昭和63年5月17日、1988-05-17", En: "For example 1988-05-17"}},
	}
}

func (p *pages) statusForm(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, "status", statusTitle, statusView{Inputs: statusInputs()})
}

func (p *pages) status(w http.ResponseWriter, r *http.Request) {
	s, err := p.Office.Status(r.Context(), r.PostFormValue("application_id"), r.PostFormValue("birth"))
	code := statusOf(err)
	switch {
	case err == nil:
		p.show(w, r, http.StatusOK, "status", statusTitle, statusView{
			Inputs: statusInputs(), Status: &s, State: word(stateWords, s.State), Steps: stepsOf(s.State),
			Ended:  s.State == application.Rejected || s.State == application.Cancelled,
			Asked:  s.State == application.Defective,
			Coming: slices.Contains(onTheWay, s.State), Again: url.Values{"application_id": {r.PostFormValue("application_id")}, "birth": {r.PostFormValue("birth")}},
		})
	case code == http.StatusNotFound || code == http.StatusUnprocessableEntity:
		faults := faultsOf(err)
		if code == http.StatusNotFound {
			// Which of the two was wrong is not told.
			faults = []office.Invalid{{Field: "application_id", Text: law.Text{Ja: "この申請書IDと生年月日の組み合わせの申請は見つかりません。", En: "No application has this pair of application ID and date of birth."}}}
		}
		in, _ := statusInputs().with(r.PostFormValue, faults)
		p.show(w, r, code, "status", statusTitle, statusView{Inputs: in, Faults: in.Faults()})
	default:
		p.fail(w, r, err)
	}
}

// askDetails mails a link to the details; whether there is such an application is not told.
func (p *pages) askDetails(w http.ResponseWriter, r *http.Request) {
	if err := p.Office.AskDetails(r.Context(), r.PostFormValue("application_id"), r.PostFormValue("birth")); err != nil {
		p.failBack(w, r, err, "/status")
		return
	}
	p.show(w, r, http.StatusOK, "status", statusTitle, statusView{Inputs: statusInputs(), Sent: true})
}

// detailsView is an application through a mailed link; empty before the button was pressed, because programs that look at
// mails open links as well.
type detailsView struct {
	*office.Details
	State law.Text
	Steps []step

	Certificate *certificateView
}

var detailsTitle = law.Text{Ja: "申請の詳しい状況", En: "Details of your application"}

func (p *pages) detailsForm(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, "details", detailsTitle, detailsView{})
}

func (p *pages) showDetails(w http.ResponseWriter, r *http.Request) {
	d, err := p.Office.Details(r.Context(), r.PathValue("link"))
	if err != nil {
		p.failBack(w, r, err, "/status")
		return
	}
	p.show(w, r, http.StatusOK, "details", detailsTitle, detailsView{&d, word(stateWords, d.State), stepsOf(d.State), certificateOf(d.Certificate, "")})
}
