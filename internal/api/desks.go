package api

import (
	"net/http"
	"time"

	"mynumber/internal/office"
)

// deskRoutes are the card reader of the clerk's own desk. What its agent itself calls is no part of this interface
// (docs/network-reader.md).
func (s *server) deskRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/card-reader", s.staff(s.cardReader))
	mux.HandleFunc("POST /api/v1/card-reader", s.staff(s.pairReader))
	mux.HandleFunc("POST /api/v1/card-reader/release", s.staff(s.releaseReader))
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
