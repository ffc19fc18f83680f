package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	contracts "mynumber/api"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/lifeline"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
)

// bodies are the buffers of decisions: many are asked for, each is small.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// decide answers a situation out of the rulebook. A refusal is an answer like any other, status 200; 422 is for a
// situation that cannot be read or a day that no law covers. Nothing is stored and nothing of the situation is logged.
func (s *server) decide(w http.ResponseWriter, r *http.Request) {
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, decision.MaxBytes)); err != nil {
		if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
			err = large
		} else {
			err = &office.Invalid{Field: "body", Text: law.Text{Ja: "最後まで読めませんでした。", En: "It could not be read to its end."}}
		}
		s.fail(w, r, err)
		return
	}
	situation, err := decision.Read(body.Bytes(), civil.DateOf(s.office.Clock()))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	d, err := procedure.Decide(situation)
	if err != nil {
		s.fail(w, r, noLaw(err))
		return
	}
	s.writeDecision(w, r, d)
}

// writeDecision answers with a decision.
func (s *server) writeDecision(w http.ResponseWriter, r *http.Request, d procedure.Decision) {
	text, err := decision.Write(d)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Write(text)
}

// lifeline draws the life line of a plan: as data, as a calendar or as a drawing, whichever is accepted.
func (s *server) lifeline(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, decision.MaxBytes))
	if err != nil {
		s.fail(w, r, unreadable(err))
		return
	}
	now := s.office.Clock()
	plan, err := decision.ReadPlan(text, civil.DateOf(now))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	line, err := procedure.Lifeline(plan, s.office.Policies.Of(plan.Office.Code).OpenOn)
	if err != nil {
		s.fail(w, r, noLaw(err))
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", "Accept")
	say := func(t law.Text) string { return t.Ja + " / " + t.En }
	title := "マイナンバーカードの期限 / Days of my Individual Number Card"
	switch accept := r.Header.Get("Accept"); {
	case strings.HasPrefix(accept, "text/calendar"):
		w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
		io.WriteString(w, lifeline.Calendar(line, now, title, say))
	case strings.HasPrefix(accept, "image/svg+xml"):
		w.Header().Set("Content-Type", "image/svg+xml")
		io.WriteString(w, lifeline.SVG(line, title, title, say))
	default:
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(line)
	}
}

// noLaw is a fault of the day asked about, when no law covers it.
func noLaw(err error) error {
	if errors.Is(err, law.ErrNoLaw) {
		return &office.Invalid{Field: "on", Text: law.Text{Ja: "この日にはこの制度の定めがありません。2016年1月1日以後の日を書いてください。", En: "No law here covers this day. Give a day on or after 2016-01-01."}}
	}
	return err
}

// decisionSchema is the published JSON Schema.
func (s *server) decisionSchema(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/schema+json")
	io.Copy(w, bytes.NewReader(contracts.DecisionSchema))
}
