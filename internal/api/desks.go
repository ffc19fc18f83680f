package api

import (
	"net/http"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/office"
)

// deskRoutes are the card reader of the clerk's own desk, and the chips of ended cards that the office still has to erase. What its agent itself calls is no part of this interface
// (docs/network-reader.md).
func (s *server) deskRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/card-reader", s.staff(s.cardReader))
	mux.HandleFunc("POST /api/v1/card-reader", s.staff(s.pairReader))
	mux.HandleFunc("POST /api/v1/card-reader/release", s.staff(s.releaseReader))
	mux.HandleFunc("GET /api/v1/owed-chips", s.staff(s.owedChips))
	mux.HandleFunc("POST /api/v1/cards/{id}/end-chip", s.staff(s.endChip))
	mux.HandleFunc("POST /api/v1/cards/{id}/cut-chip", s.staff(s.cutChip))
}

// readerJSON is a desk's card reader.
type readerJSON struct {
	Name      string    `json:"name"`
	Since     time.Time `json:"since"`
	Connected bool      `json:"connected"`
}

func (s *server) cardReader(w http.ResponseWriter, r *http.Request, who office.Actor) {
	reader, err := s.office.CardReader(r.Context(), who)
	s.answer(w, r, readerJSON{reader.Name, reader.Since.UTC(), reader.Alive}, err)
}

func (s *server) pairReader(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Code string `json:"code"`
	}
	if !s.read(w, r, &body) {
		return
	}
	_, receipt, err := s.office.PairReader(r.Context(), who, body.Code)
	s.answer(w, r, receipt, err)
}

func (s *server) releaseReader(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.ReleaseReader(r.Context(), who)
	s.answer(w, r, receipt, err)
}

// owedChipJSON is the chip of an ended card that is not erased yet.
type owedChipJSON struct {
	Card  string     `json:"card"`
	Name  string     `json:"name"`
	State card.State `json:"state"`
	Since time.Time  `json:"since"`
	Tries int        `json:"tries"`
	Tried time.Time  `json:"tried,omitzero"`
	Fault string     `json:"fault,omitempty"`
}

func (s *server) owedChips(w http.ResponseWriter, r *http.Request, who office.Actor) {
	chips, err := s.office.OwedChips(r.Context(), who)
	out := []owedChipJSON{}
	for _, c := range chips {
		out = append(out, owedChipJSON{c.CardID, c.Name, c.Card.State, c.Owed, c.Tries, c.Tried, c.Fault})
	}
	s.answer(w, r, out, err)
}

func (s *server) endChip(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.EndChip(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, receipt, err)
}

func (s *server) cutChip(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.CutChip(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, receipt, err)
}
