package web

import (
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// The card reader of a clerk's desk: an agent beside it shows a code, which is typed here.

var deskReaderTitle = law.Text{Ja: "この端末のカードリーダー", En: "This desk's card reader"}

// agentPath is where the agents of card readers call.
const agentPath = "/reader-agents"

// deskReaderView is the page of the desk's reader.
type deskReaderView struct {
	Reader  *office.DeskReader // nil for none
	Address string             // of this server
	Refusal *law.Refusal
	Demo    bool
	Cards   []SandboxCard // of the demo, to try it with
}

func (p *pages) deskReader(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showDeskReader(w, r, who, http.StatusOK, nil)
}

func (p *pages) showDeskReader(w http.ResponseWriter, r *http.Request, who office.Actor, status int, refusal *law.Refusal) {
	view := deskReaderView{Address: p.Office.URL, Refusal: refusal, Demo: p.Sandbox != nil}
	if reader, err := p.Office.CardReader(r.Context(), who); err == nil {
		view.Reader = &reader
	}
	if p.Sandbox != nil {
		var err error
		if view.Cards, err = p.Sandbox.Cards(); err != nil {
			p.fail(w, r, err)
			return
		}
	}
	p.show(w, r, status, "deskreader", deskReaderTitle, view)
}

// deskReaderAct pairs a reader with the desk, or lets it go.
func (p *pages) deskReaderAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var err error
	switch r.PostFormValue("act") {
	case "pair":
		_, _, err = p.Office.PairReader(r.Context(), who, r.PostFormValue("code"))
	case "release":
		_, err = p.Office.ReleaseReader(r.Context(), who)
	default:
		p.notFound(w, r)
		return
	}
	if refusal := refusalOf(err); refusal != nil {
		p.showDeskReader(w, r, who, http.StatusConflict, refusal)
		return
	}
	if err != nil {
		p.failBack(w, r, err, "/office/reader")
		return
	}
	http.Redirect(w, r, "/office/reader", http.StatusSeeOther)
}
