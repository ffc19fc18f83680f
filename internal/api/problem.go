package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/office"
)

// Problem is an error as RFC 9457 writes it, with what the rulebook says in both languages.
type Problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Code     string         `json:"code"`
	Text     *law.Text      `json:"text,omitempty"`
	Next     *law.Text      `json:"next,omitempty"`
	Rules    *law.Citation  `json:"cite,omitempty"`
	Fields   []FieldProblem `json:"fields,omitempty"`
	Instance string         `json:"instance,omitempty"` // of an internal error: what to tell the operator
}

// FieldProblem is one field that cannot be read.
type FieldProblem struct {
	Field string   `json:"field"`
	Text  law.Text `json:"text"`
}

// problemOf maps an error to its status: 409 what a rule or another act refuses, 422 what cannot be read, 403, 404,
// 413, 500.
func problemOf(err error) Problem {
	var refusal *law.Refusal
	var form office.InvalidForm
	var field *office.Invalid
	var faults decision.Faults
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &refusal):
		return Problem{Title: "refused", Status: http.StatusConflict, Code: refusal.Code, Text: &refusal.Text, Next: &refusal.Next, Rules: &refusal.Cite}
	case errors.As(err, &form):
		p := Problem{Title: "fields cannot be read", Status: http.StatusUnprocessableEntity, Code: "invalid"}
		for _, f := range form {
			p.Fields = append(p.Fields, FieldProblem{f.Field, f.Text})
		}
		return p
	case errors.As(err, &faults):
		p := Problem{Title: "the situation cannot be read", Status: http.StatusUnprocessableEntity, Code: "invalid"}
		for _, f := range faults {
			p.Fields = append(p.Fields, FieldProblem(f))
		}
		return p
	case errors.As(err, &field):
		return Problem{Title: "a field cannot be read", Status: http.StatusUnprocessableEntity, Code: "invalid", Fields: []FieldProblem{{field.Field, field.Text}}}
	case errors.Is(err, office.ErrPurpose):
		return Problem{Title: "the purpose of the look has to be said", Status: http.StatusUnprocessableEntity, Code: "purpose_needed", Text: &office.PurposeRule,
			Fields: []FieldProblem{{"purpose", office.PurposeRule}}}
	case errors.Is(err, office.ErrForbidden):
		return Problem{Title: "not allowed for this account", Status: http.StatusForbidden, Code: "forbidden"}
	case errors.Is(err, office.ErrNotFound):
		return Problem{Title: "not found", Status: http.StatusNotFound, Code: "not_found"}
	case errors.As(err, &large):
		return Problem{Title: "the body is too large", Status: http.StatusRequestEntityTooLarge, Code: "too_large",
			Text: &law.Text{Ja: fmt.Sprintf("送られた内容が大きすぎます。%dKBまでです。", large.Limit>>10), En: fmt.Sprintf("What was sent is too large; at most %d KB.", large.Limit>>10)}}
	case errors.Is(err, office.ErrAnotherRequest):
		return errKeyReused
	case errors.Is(err, office.ErrUnderway):
		return errUnderway
	case errors.Is(err, office.ErrStale):
		return Problem{Title: "changed by somebody else", Status: http.StatusConflict, Code: "stale"}
	}
	if errors.Is(err, office.ErrListMissing) {
		return Problem{Title: "the current list is not here", Status: http.StatusServiceUnavailable, Code: "list_missing",
			Text: &law.Text{Ja: "今の失効リストがこのサーバーにありません。古いものは出しません。まもなく作り直されます。", En: "This server has not got the current revocation list, and serves no older one. It is made anew soon."}}
	}
	if errors.Is(err, office.ErrNoRoom) {
		return Problem{Title: "no room left", Status: http.StatusInternalServerError, Code: "no_room", Text: &office.NoRoomText, Next: &office.NoRoomNext}
	}
	return Problem{Title: "internal error", Status: http.StatusInternalServerError, Code: "internal"}
}

// fail answers with the problem. What is nobody's fault outside is logged here, once, under the number that the
// answer shows.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if p.Status == http.StatusInternalServerError {
		if r.Context().Err() != nil {
			return // whoever asked has gone; nobody reads an answer, and nothing is wrong here
		}
		p.Instance = s.reference()
		s.log.LogAttrs(r.Context(), slog.LevelError, "request failed", slog.String("reference", p.Instance), slog.String("route", r.Pattern), slog.Any("error", err))
	}
	s.problem(w, p)
}

// problem writes it.
func (s *server) problem(w http.ResponseWriter, p Problem) { send(w, p.Status, p.encode()) }

func (p Problem) encode() []byte {
	p.Type = "about:blank"
	return encode(p)
}
