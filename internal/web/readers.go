package web

import (
	"net/http"
	"strconv"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// The sandbox's virtual card reader: two slots, and forms that put cards in and take them out.

var readersTitle = law.Text{Ja: "カードリーダー", En: "Card reader"}

// readersView is the reader's page.
type readersView struct {
	Reader *CardReader // nil when the demo was started without one
	Slots  []slotLine
	Full   bool
	Any    bool // a card is in it
	Cards  []cardChoice
	ATRs   []string
	Faults []office.Invalid
}

// slotLine is one slot.
type slotLine struct {
	CardSlot
	Number int
}

func (p *pages) readers(w http.ResponseWriter, r *http.Request) {
	p.showReaders(w, r, http.StatusOK, nil)
}

func (p *pages) showReaders(w http.ResponseWriter, r *http.Request, status int, faults []office.Invalid) {
	view := readersView{Faults: faults}
	var err error
	if view.Reader, err = p.Sandbox.CardReader(); err != nil {
		p.fail(w, r, err)
		return
	}
	cards, err := p.Sandbox.Chipped()
	if err != nil {
		p.fail(w, r, err)
		return
	}
	inside := map[string]bool{}
	if view.Reader != nil {
		view.ATRs, view.Full = view.Reader.ATRs, true
		for n, s := range view.Reader.Slots {
			view.Slots = append(view.Slots, slotLine{s, n})
			inside[s.ID] = true
			view.Full = view.Full && s.ID != ""
			view.Any = view.Any || s.ID != ""
		}
	}
	for _, c := range cards {
		if !inside[c.ID] {
			view.Cards = append(view.Cards, cardChoice{c, c.ID == r.PostFormValue("card")})
		}
	}
	p.show(w, r, status, "readers", readersTitle, view)
}

// readersAct puts a card in, takes one out, or exchanges the two.
func (p *pages) readersAct(w http.ResponseWriter, r *http.Request) {
	slot, err := strconv.Atoi(r.PostFormValue("slot"))
	act := r.PostFormValue("act")
	switch {
	case act == "swap":
		err = p.Sandbox.SwapCards(r.Context())
	case err != nil:
		p.notFound(w, r)
		return
	case act == "insert":
		err = p.Sandbox.InsertCard(r.Context(), slot, r.PostFormValue("card"), r.PostFormValue("atr"))
	case act == "remove":
		err = p.Sandbox.RemoveCard(slot)
	default:
		p.notFound(w, r)
		return
	}
	if faults := faultsOf(err); len(faults) > 0 {
		p.showReaders(w, r, http.StatusUnprocessableEntity, faults)
		return
	}
	if err != nil {
		p.failBack(w, r, err, "/sandbox/readers")
		return
	}
	http.Redirect(w, r, "/sandbox/readers", http.StatusSeeOther)
}
