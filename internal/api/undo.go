package api

import (
	"net/http"

	"mynumber/internal/office"
)

// undoReason reads why something was an office's own error.
func (s *server) undoReason(w http.ResponseWriter, r *http.Request) (office.UndoRequest, bool) {
	var body struct {
		Reason string `json:"reason"`
	}
	ok := s.read(w, r, &body)
	return office.UndoRequest(body), ok
}

func (s *server) askUndo(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if reason, ok := s.undoReason(w, r); ok {
		c, receipt, err := s.office.AskUndo(r.Context(), who, r.PathValue("id"), reason)
		s.answerCase(w, r, c, receipt, err)
	}
}

func (s *server) undoCase(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, receipt, err := s.office.UndoCase(r.Context(), who, r.PathValue("id"))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) askUndoHandOver(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if reason, ok := s.undoReason(w, r); ok {
		receipt, err := s.office.AskUndoHandOver(r.Context(), who, r.PathValue("id"), reason)
		s.answer(w, r, receipt, err)
	}
}

func (s *server) undoHandOver(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		CardBack bool `json:"card_back"`
	}
	if s.read(w, r, &body) {
		receipt, err := s.office.UndoHandOver(r.Context(), who, r.PathValue("id"), body.CardBack)
		s.answer(w, r, receipt, err)
	}
}

func (s *server) askUndoEvent(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if reason, ok := s.undoReason(w, r); ok {
		receipt, err := s.office.AskUndoEvent(r.Context(), who, r.PathValue("id"), r.PathValue("event"), reason)
		s.answer(w, r, receipt, err)
	}
}

func (s *server) undoEvent(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.UndoEvent(r.Context(), who, r.PathValue("id"), r.PathValue("event"))
	s.answer(w, r, receipt, err)
}
