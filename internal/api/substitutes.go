package api

import (
	"net/http"

	"mynumber/internal/office"
)

// certificateTextJSON is how name and address will stand in a signature certificate.
type certificateTextJSON struct {
	Name        string           `json:"name"`
	Address     string           `json:"address"`
	Substitutes []substituteJSON `json:"substitutes"`
}

// substituteJSON is a character that certificates cannot have, and what stands for it.
type substituteJSON struct {
	Character  string   `json:"character"`
	Substitute string   `json:"substitute,omitempty"`
	Candidates []string `json:"candidates"`
	Chosen     bool     `json:"chosen"`
}

func certificateTextOf(text office.CertificateText) certificateTextJSON {
	out := certificateTextJSON{Substitutes: []substituteJSON{}}
	for _, x := range []struct {
		all  []office.CertificateCharacter
		into *string
	}{{text.Name, &out.Name}, {text.Address, &out.Address}} {
		for _, c := range x.all {
			*x.into += c.As
		}
	}
	for _, c := range text.Substituted() {
		out.Substitutes = append(out.Substitutes, substituteJSON{c.Of, c.As, c.Candidates, c.Chosen})
	}
	return out
}

// choosePersonSubstitute chooses what stands for a character of a person's name or address.
func (s *server) choosePersonSubstitute(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Character  string `json:"character"`
		Substitute string `json:"substitute"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.ChooseSubstitute(r.Context(), who, office.SubstituteRequest{PersonID: r.PathValue("id"), Character: body.Character, By: body.Substitute})
	s.answer(w, r, receipt, err)
}

// chooseSubstitute is choosePersonSubstitute by an application, for the office that examines it.
func (s *server) chooseSubstitute(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Character  string `json:"character"`
		Substitute string `json:"substitute"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.ChooseSubstitute(r.Context(), who, office.SubstituteRequest{ApplicationID: r.PathValue("id"), Character: body.Character, By: body.Substitute})
	s.answer(w, r, receipt, err)
}
