package api

import (
	"net/http"
	"time"

	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/printing"
	"mynumber/internal/rules"
)

// officialForm is a form of the catalogue by its official title.
type officialForm struct {
	Form  string   `json:"form"`
	ID    string   `json:"id,omitempty"`
	Title law.Text `json:"title"`
}

func (s *server) forms(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	out := []officialForm{}
	for _, paper := range rules.NumberedForms() {
		f := rules.OfficialForms[paper]
		out = append(out, officialForm{string(paper), f.ID, law.Text{Ja: f.Title, En: f.English}})
	}
	s.answer(w, r, out, nil)
}

// printJSON is a form that was printed.
type printJSON struct {
	Reference   string    `json:"reference"`
	Form        string    `json:"form"`
	Person      string    `json:"person,omitempty"`
	Case        string    `json:"case,omitempty"`
	Application string    `json:"application,omitempty"`
	Office      string    `json:"office"`
	Printed     time.Time `json:"printed"`
	Copy        int       `json:"copy"`
}

func toPrint(p docket.Print) printJSON {
	return printJSON{p.Reference(), p.Paper, p.PersonID, p.CaseID, p.ApplicationID, string(p.Office), p.At, p.Copy}
}

func (s *server) printForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Form        rules.Paper `json:"form"`
		Person      string      `json:"person"`
		Case        string      `json:"case"`
		Application string      `json:"application"`
	}
	if !s.read(w, r, &body) {
		return
	}
	p, receipt, err := s.office.PrintForm(r.Context(), who, office.PrintRequest{Paper: body.Form, PersonID: body.Person, CaseID: body.Case, ApplicationID: body.Application})
	s.answer(w, r, map[string]any{"print": toPrint(p), "receipt": receipt}, err)
}

// formFieldJSON is a field of a form with what stands there.
type formFieldJSON struct {
	Label law.Text `json:"label"`
	Value string   `json:"value,omitempty"`
	Ticks []string `json:"ticked,omitempty"`
}

func fieldsOf(f printing.Form) []formFieldJSON {
	out := []formFieldJSON{}
	for _, part := range f.Parts {
		for _, field := range part.Fields {
			line := formFieldJSON{Label: field.Label, Value: field.Value}
			for _, o := range field.Options {
				if o.On {
					line.Ticks = append(line.Ticks, o.Label.Ja)
				}
			}
			out = append(out, line)
		}
	}
	return out
}

func (s *server) openForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	f, err := s.office.OpenForm(r.Context(), who, r.PathValue("reference"))
	s.answer(w, r, map[string]any{"print": toPrint(f.Print), "id": f.Form.ID, "title": f.Form.Title, "fields": fieldsOf(f.Form), "procedures": f.Procedures, "doubts": doubtsJSON(f.Doubts)}, err)
}

func (s *server) formPDF(w http.ResponseWriter, r *http.Request, who office.Actor) {
	pages, err := s.office.FormPages(r.Context(), who, r.PathValue("reference"))
	s.sendPDF(w, r, pages, err)
}
