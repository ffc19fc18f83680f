package api

import (
	"net/http"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
)

// detailRoutes are the state of an application, for who has its ID and birth date, and its details, for its applicant through a
// mailed link.
func (s *server) detailRoutes(mux *http.ServeMux, guess, link func(http.HandlerFunc) http.HandlerFunc) {
	mux.HandleFunc("POST /api/v1/status", guess(s.status))
	mux.HandleFunc("POST /api/v1/status/link", guess(s.askDetails))
	mux.HandleFunc("POST /api/v1/details/{link}", link(s.details))
}

func (s *server) askDetails(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ApplicationID string `json:"application_id"`
		Birth         string `json:"birth"`
	}
	if s.read(w, r, &body) {
		err := s.office.AskDetails(r.Context(), body.ApplicationID, body.Birth)
		s.answer(w, r, map[string]bool{"asked": true}, err)
	}
}

// toldLine is a message that was sent.
type toldLine struct {
	At      time.Time   `json:"at"`
	Kind    notice.Kind `json:"kind"`
	Subject string      `json:"subject"`
}

func (s *server) details(w http.ResponseWriter, r *http.Request) {
	d, err := s.office.Details(r.Context(), r.PathValue("link"))
	out := struct {
		State    application.State `json:"state"`
		Name     string            `json:"name"`
		Filed    civil.Date        `json:"filed"`
		Office   law.Text          `json:"office"`
		Pickup   law.Text          `json:"pickup"`
		Deadline civil.Date        `json:"deadline"`
		Fee      law.Text          `json:"fee"`
		Asked    string            `json:"asked,omitempty"`
		Booked   string            `json:"booked,omitempty"`
		Told     []toldLine        `json:"told"`

		Certificate *certificateTextJSON `json:"certificate_text,omitempty"`
	}{State: d.State, Name: d.Name, Filed: d.Filed, Office: d.Office, Pickup: d.Pickup, Deadline: d.Deadline, Fee: d.Fee, Asked: d.Asked, Told: []toldLine{}}
	if len(d.Certificate.Name) > 0 {
		text := certificateTextOf(d.Certificate)
		out.Certificate = &text
	}
	if d.Booked != nil {
		out.Booked = d.Booked.Day.String() + " " + d.Booked.Time
	}
	for _, m := range d.Told {
		out.Told = append(out.Told, toldLine{m.Created, m.Kind, m.Subject})
	}
	s.answer(w, r, out, err)
}
