package web

import (
	"fmt"
	"net/http"
	"strings"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// certificateView is how name and address will stand in a signature certificate; To is where a choice is sent, empty for whoever may
// only see it.
type certificateView struct {
	Name, Address []markedPart
	Lines         []substituteLine
	To            string
}

// substituteLine is a character that certificates cannot have.
type substituteLine struct {
	office.CertificateCharacter
	Code    string // U+9AD9
	Options []option
}

// certificateOf sets it out; nil when every character stands as it is.
func certificateOf(text office.CertificateText, to string) *certificateView {
	found := text.Substituted()
	if len(found) == 0 {
		return nil
	}
	v := &certificateView{Name: partsOf(text.Name), Address: partsOf(text.Address), To: to}
	for _, c := range found {
		line := substituteLine{CertificateCharacter: c, Code: codePoints(c.Of)}
		for _, x := range c.Candidates {
			label := law.Text{Ja: x, En: codePoints(x)}
			if x == office.MissingMark {
				label = law.Text{Ja: x + "(字がないことの印)", En: "the mark for a missing character"}
			}
			line.Options = append(line.Options, option{Value: x, Label: label, Chosen: x == c.As})
		}
		v.Lines = append(v.Lines, line)
	}
	return v
}

func codePoints(s string) string {
	var out []string
	for _, r := range s {
		out = append(out, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(out, " ")
}

func partsOf(all []office.CertificateCharacter) []markedPart {
	var out []markedPart
	for _, c := range all {
		as := c.As
		if as == "" {
			as = "?"
		}
		if last := len(out) - 1; last >= 0 && !c.Substitute && !out[last].Marked {
			out[last].Text += as
			continue
		}
		out = append(out, markedPart{as, c.Substitute})
	}
	return out
}

// certificateOfPerson is it with the person's address for choices.
func (p *pages) certificateOfPerson(text office.CertificateText, person string) *certificateView {
	return certificateOf(text, "/office/people/"+person+"/substitutes")
}

// fillCertificate shows how name and address will stand in the certificate that is applied for; the office that examines chooses.
func (p *pages) fillCertificate(view *caseView, who office.Actor) error {
	a := view.Application
	if view.Person == nil || a.Form.NoSignature {
		return nil
	}
	text, err := p.Office.CertificateTextOf(*view.Person)
	if err != nil {
		return err
	}
	to := ""
	if view.Running && a.Examiner() == who.Office {
		to = "/office/applications/" + a.ID + "/substitutes"
	}
	view.Certificate = certificateOf(text, to)
	return nil
}

// substituteChosen reads the choice: another character that was typed goes before the ones offered.
func substituteChosen(r *http.Request) office.SubstituteRequest {
	by := strings.TrimSpace(r.PostFormValue("other"))
	if by == "" {
		by = r.PostFormValue("substitute")
	}
	return office.SubstituteRequest{Character: r.PostFormValue("character"), By: by}
}

func (p *pages) choosePersonSubstitute(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request := substituteChosen(r)
	request.PersonID = r.PathValue("id")
	p.chooseSubstitute(w, r, who, request, "/office/people/"+request.PersonID)
}

func (p *pages) chooseCaseSubstitute(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request := substituteChosen(r)
	request.ApplicationID = r.PathValue("id")
	p.chooseSubstitute(w, r, who, request, "/office/applications/"+request.ApplicationID)
}

func (p *pages) chooseSubstitute(w http.ResponseWriter, r *http.Request, who office.Actor, request office.SubstituteRequest, back string) {
	receipt, err := p.Office.ChooseSubstitute(r.Context(), who, request)
	if err != nil {
		p.failBack(w, r, err, back)
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, back, http.StatusSeeOther)
}
