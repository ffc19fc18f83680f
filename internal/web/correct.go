package web

import (
	"net/http"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/office"
)

var correctTitle = law.Text{Ja: "照会への回答", En: "Answer the office's question"}

// correctView is the page of a defect inquiry (不備の照会).
type correctView struct {
	Honseki law.Text
	Note    string
	Inputs  inputs
	Faults  []input
	Others  []office.Invalid
	Open    bool // an answer is waited for
	Done    bool // this answer has just been taken
	State   law.Text
	Receipt *office.Receipt
}

// asked are the fields the office asked about, filled with what the form has; the number stays empty.
func asked(a application.Application) inputs {
	raw := a.Form.Raw()
	var in inputs
	for _, name := range a.DefectFields {
		if f, ok := application.FieldNamed(name); ok {
			one := fieldInput(f)
			one.Required = one.Required && !f.Secret
			in = append(in, one)
		}
	}
	in, _ = in.with(func(name string) string { return raw[name] }, nil)
	return in
}

func (p *pages) correctForm(w http.ResponseWriter, r *http.Request) {
	a, err := p.Office.Linked(r.Context(), r.PathValue("link"), office.LinkCorrect)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.show(w, r, http.StatusOK, "correct", correctTitle, p.correctView(a, asked(a)))
}

func (p *pages) correctView(a application.Application, in inputs) correctView {
	return correctView{Honseki: office.PlaceName(a.InCharge, p.today()), Note: a.DefectNote, Inputs: in, Faults: in.Faults(), Open: a.State == application.Defective, State: word(stateWords, a.State)}
}

func (p *pages) correct(w http.ResponseWriter, r *http.Request) {
	link := r.PathValue("link")
	a, err := p.Office.Linked(r.Context(), link, office.LinkCorrect)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	if _, err := receive(r); err != nil {
		p.fail(w, r, err)
		return
	}
	changes := application.RawForm{}
	for _, name := range a.DefectFields {
		f, _ := application.FieldNamed(name)
		text := r.PostFormValue(name)
		if f.Secret && text == "" {
			continue // it is not shown, so leaving it empty leaves it as it is
		}
		changes[name] = text // an empty text also: a box that was ticked and is no longer
	}
	receipt, err := p.Office.Correct(r.Context(), link, changes)
	switch {
	case err == nil:
		view := p.correctView(a, nil)
		view.Done, view.Receipt = true, &receipt
		p.show(w, r, http.StatusOK, "correct", correctTitle, view)
	case statusOf(err) == http.StatusUnprocessableEntity:
		in, others := asked(a).with(r.PostFormValue, faultsOf(err))
		in.suggest(p.today())
		view := p.correctView(a, in)
		view.Others = others
		p.show(w, r, http.StatusUnprocessableEntity, "correct", correctTitle, view)
	default:
		p.failBack(w, r, err, "/status")
	}
}
