package web

import (
	"net/http"

	"mynumber/internal/law"
)

// home asks who the visitor is.
func (p *pages) home(w http.ResponseWriter, r *http.Request) {
	view := struct {
		Portal      bool
		Cards       bool // a login with a card leads to one's own page
		Authorities []authorityLine
	}{p.Portal != nil, p.CardURL != "", p.authorities()}
	p.show(w, r, http.StatusOK, "home", law.Text{Ja: "マイナンバーカードの手続き", En: "My Number Card procedures"}, view)
}
