package web

import (
	"crypto/tls"
	"net/http"
	"net/url"

	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
)

var myTitle = law.Text{Ja: "わたしのカード", En: "My card"}

// myView is what a holder sees of themselves, or how to get there.
type myView struct {
	Login        *Login // nil: the visitor has shown no card
	Until        string
	Refusal      *law.Refusal // why a certificate of ours does not log in
	CardURL      string       // where the login with a card is; empty: nowhere
	CardHost     string       // its host and port
	Here         bool         // this connection can take a card
	Own          *office.PersonView
	Certificates []certificateLine
	Where        law.Text
	Application  []step
	Cases        []caseLine
	Told         []messageLine
	Log          []logLine
	Open         []allLine // what can be done now
	Ask          []allLine // what depends on more than the registers know
}

// my is the page of a holder who logged in with the card: the connection's handshake proved the key, the portal asks who signed the
// certificate and whether it still stands, and the office shows what it has.
func (p *pages) my(w http.ResponseWriter, r *http.Request) {
	view := myView{CardURL: p.CardURL, Here: r.TLS != nil && p.CardURL != ""}
	if u, err := url.Parse(p.CardURL); err == nil {
		view.CardHost = u.Host
	}
	der := cardShown(r.TLS)
	if der == nil || p.Portal == nil {
		p.show(w, r, http.StatusOK, "my", myTitle, view)
		return
	}
	login, err := p.Portal.Present(r.Context(), der)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view.Login, view.Until = &login, moment(login.NotAfter)
	if !login.Accepted {
		_, err := p.Office.OwnData(r.Context(), der) // whose no has its rule and what to do; a certificate that is none of ours has none
		view.Refusal = refusalOf(err)
		p.show(w, r, http.StatusForbidden, "my", myTitle, view)
		return
	}
	own, err := p.Office.OwnData(r.Context(), der)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.fillMy(&view, own)
	p.show(w, r, http.StatusOK, "my", myTitle, view)
}

// cardShown is the certificate whose key proved itself in the connection's handshake; nil for none.
func cardShown(c *tls.ConnectionState) []byte {
	if c == nil || len(c.PeerCertificates) == 0 {
		return nil
	}
	return c.PeerCertificates[0].Raw
}

// fillMy says in words what the office has.
func (p *pages) fillMy(view *myView, own office.PersonView) {
	view.Own, view.Certificates = &own, heldCertificates(own)
	view.Cases, view.Told, view.Log = p.caseLines(own.Cases), messageLines(own.Messages), p.logLines(own.History)
	if own.Card != nil {
		view.Where = p.plasticWhere(*own.Card)
	}
	if own.Application != nil {
		view.Application = stepsOf(own.Application.State)
	}
	none := url.Values{}
	all := procedure.Decision{Procedures: own.Procedures}
	view.Open, view.Ask = linesOf(all, procedure.Allowed, none), linesOf(all, procedure.Needs, none)
}

// heldCertificates are the newest certificates of a card and those on phones, in words.
func heldCertificates(v office.PersonView) []certificateLine {
	var out []certificateLine
	for _, kind := range certificate.Kinds {
		if c, ok := v.Certificates[kind]; ok {
			out = append(out, certificateLine{word(kindWords, kind), word(certificateWords, c.State), c.Until.String()})
		}
	}
	for _, c := range v.Phones {
		name, phone := word(kindWords, c.Kind), word(carrierWords, c.Carrier)
		out = append(out, certificateLine{law.Text{Ja: phone.Ja + ": " + name.Ja, En: phone.En + ": " + name.En}, word(certificateWords, c.State), c.Until.String()})
	}
	return out
}
