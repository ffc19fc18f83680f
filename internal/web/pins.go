package web

import (
	"net/http"
	"strconv"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

var pinTitle = law.Text{Ja: "暗証番号の設定", En: "Set your PINs"}

// pinField is one PIN as a page asks for it, twice on the holder's own screen.
type pinField struct {
	First  input
	Second input
}

// pinView is the holder's screen.
type pinView struct {
	Fields []pinField
	Faults []input
	Others []office.Invalid
	Done   bool
}

// pinFields asks for the PINs that the form's wishes leave to be set; which ones the card wants in the end, the
// office decides.
func (p *pages) pinFields(form application.Form, faults []office.Invalid) ([]pinField, []office.Invalid, error) {
	row, err := rules.PINSyntaxes.On(p.today())
	if err != nil {
		return nil, nil, err
	}
	var fields []pinField
	var all inputs
	for _, pin := range procedure.PINsNeeded(!form.NoSignature, !form.NoUserAuth, form.FaceAuthentication) {
		s := row.Rule[pin]
		hint, mode := law.Text{Ja: "数字%d桁。%d回続けて間違えるとロックされます。", En: "%d digits. %d wrong entries in a row lock it."}.Format(s.Min, s.Tries), "numeric"
		if s.Letters {
			hint, mode = law.Text{Ja: "英大文字と数字を組み合わせた%d〜%d文字。%d回続けて間違えるとロックされます。", En: "%d to %d capital letters and digits, at least one of each. %d wrong entries in a row lock it."}.Format(s.Min, s.Max, s.Tries), "text"
		}
		first := input{Name: pin.String(), Kind: "password", Mode: mode, Most: s.Max, Required: true, Label: law.Text{Ja: "No.%d %s", En: "No.%d %s"}.Format(int(pin), s.Name), Hint: hint}
		second := input{Name: pin.String() + "_again", Kind: "password", Mode: mode, Most: s.Max, Required: true,
			Label: law.Text{Ja: "No.%d をもう一度", En: "No.%d once more"}.Format(int(pin))}
		fields = append(fields, pinField{First: first, Second: second})
		all = append(all, first, second)
	}
	all, others := all.with(nil, faults)
	for n := range fields {
		fields[n].First, fields[n].Second = all[2*n], all[2*n+1]
	}
	return fields, others, nil
}

func (p *pages) pinScreen(w http.ResponseWriter, r *http.Request) {
	a, err := p.Office.Linked(r.Context(), r.PathValue("link"), office.LinkPIN)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.showPINs(w, r, http.StatusOK, a, nil)
}

func (p *pages) showPINs(w http.ResponseWriter, r *http.Request, status int, a application.Application, faults []office.Invalid) {
	fields, others, err := p.pinFields(a.Form, faults)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := pinView{Fields: fields, Others: others}
	for _, f := range fields {
		view.Faults = append(view.Faults, inputs{f.First, f.Second}.Faults()...)
	}
	p.show(w, r, status, "pin", pinTitle, view)
}

// setPINs passes the PINs on to the chip. What was typed is in this request and nowhere else: the page that comes
// back holds nothing of it.
func (p *pages) setPINs(w http.ResponseWriter, r *http.Request) {
	link := r.PathValue("link")
	a, err := p.Office.Linked(r.Context(), link, office.LinkPIN)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	pins, faults := typedTwice(r)
	if len(faults) > 0 {
		p.showPINs(w, r, http.StatusUnprocessableEntity, a, faults)
		return
	}
	_, err = p.Office.SetPINs(r.Context(), link, pins)
	switch {
	case err == nil:
		p.show(w, r, http.StatusOK, "pin", pinTitle, pinView{Done: true})
	case statusOf(err) == http.StatusUnprocessableEntity:
		p.showPINs(w, r, http.StatusUnprocessableEntity, a, faultsOf(err))
	default:
		p.fail(w, r, err)
	}
}

// typedTwice reads the PINs and compares both entries: a slip of the finger would lock the holder out.
func typedTwice(r *http.Request) (map[card.PIN]string, []office.Invalid) {
	pins := typed(r)
	var faults []office.Invalid
	for _, pin := range card.PINs {
		if pins[pin] != r.PostFormValue(pin.String()+"_again") {
			faults = append(faults, office.Invalid{Field: pin.String() + "_again", Text: law.Text{Ja: "2回の入力が一致しません。もう一度両方に入力してください。", En: "The two entries differ. Type both again."}})
		}
	}
	return pins, faults
}

// typed reads the PINs of a form.
func typed(r *http.Request) map[card.PIN]string {
	pins := map[card.PIN]string{}
	for _, pin := range card.PINs {
		if v := r.PostFormValue(pin.String()); v != "" {
			pins[pin] = v
		}
	}
	return pins
}

// pinList names PINs by number for a clerk, who sees which are set and never which they are.
func pinList(pins []card.PIN) string {
	text := ""
	for _, pin := range pins {
		text += " No." + strconv.Itoa(int(pin))
	}
	return text
}
