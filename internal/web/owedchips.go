package web

import (
	"context"
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// The chips of ended cards that the office has and that are not erased yet.

var owedChipsTitle = law.Text{Ja: "消去待ちのICチップ", En: "Chips to be erased"}

// owedChipsView is their page.
type owedChipsView struct {
	Chips   []office.OwedChip
	Issuer  bool
	Refusal *law.Refusal
}

func (p *pages) owedChips(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showOwedChips(w, r, who, http.StatusOK, owedChipsView{})
}

func (p *pages) showOwedChips(w http.ResponseWriter, r *http.Request, who office.Actor, status int, view owedChipsView) {
	chips, err := p.Office.OwedChips(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view.Chips, view.Issuer = chips, who.Office == place.Issuer
	p.show(w, r, status, "owedchips", owedChipsTitle, view)
}

// owedChipAct erases a chip now, or notes that its card was cut through.
func (p *pages) owedChipAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	act := map[string]func(*office.Office, context.Context, office.Actor, string) (office.Receipt, error){
		"end": (*office.Office).EndChip, "cut": (*office.Office).CutChip,
	}[r.PathValue("act")]
	if act == nil {
		p.notFound(w, r)
		return
	}
	receipt, err := act(p.Office, r.Context(), who, r.PathValue("id"))
	if refusal := refusalOf(err); refusal != nil {
		p.showOwedChips(w, r, who, http.StatusConflict, owedChipsView{Refusal: refusal})
		return
	}
	if err != nil {
		p.failBack(w, r, err, "/office/chips")
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/office/chips", http.StatusSeeOther)
}
