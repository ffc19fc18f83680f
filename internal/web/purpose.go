package web

import (
	"encoding/json"
	"net/http"
	"net/url"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// keyPurpose is where a session keeps why a page is opened, until it is.
const keyPurpose = "purpose"

// purposeView asks why a record is opened.
type purposeView struct {
	Page   string
	Fields inputs
	Usual  []law.Text
	Faults []input
}

// usualPurposes are offered; anything else can be written.
var usualPurposes = []law.Text{
	{Ja: "電話での問い合わせ", En: "a question by telephone"}, {Ja: "決裁・点検", En: "review of an act"}, {Ja: "苦情・訂正の申出", En: "a complaint or a correction"},
	{Ja: "監査", En: "audit"},
}

func purposeInputs() inputs {
	return inputs{{Name: "purpose", Kind: "text", Label: law.Text{Ja: "見る目的", En: "Why you look"}, Hint: office.PurposeRule}}
}

// askPurpose asks before a record is shown; the page is opened when it was said.
func (p *pages) askPurpose(w http.ResponseWriter, r *http.Request, page string, faults []office.Invalid) {
	fields, others := purposeInputs().with(r.PostFormValue, faults)
	_ = others
	p.show(w, r, http.StatusUnprocessableEntity, "purpose", law.Text{Ja: "記録を見る目的", En: "Why the record is opened"},
		purposeView{Page: page, Fields: fields, Usual: usualPurposes, Faults: fields.Faults()})
}

// purpose keeps why the page is opened, and opens it.
func (p *pages) purpose(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	if err := r.ParseForm(); err != nil {
		p.fail(w, r, err)
		return
	}
	page, said := r.PostFormValue("page"), r.PostFormValue("usual")
	if said == "" {
		said = r.PostFormValue("purpose")
	}
	if !deskPage.MatchString(page) {
		p.notFound(w, r)
		return
	}
	said, err := office.ReadPurpose(said)
	if err != nil {
		p.askPurpose(w, r, page, faultsOf(err))
		return
	}
	b, err := json.Marshal(map[string]string{page: said})
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.Sessions.manager.Put(r.Context(), keyPurpose, string(b))
	http.Redirect(w, r, (&url.URL{Path: page}).String(), http.StatusSeeOther)
}

// said is why the page is opened, once; empty when nobody said.
func (s *Sessions) said(r *http.Request) string {
	var kept map[string]string
	text := s.manager.GetString(r.Context(), keyPurpose)
	if text == "" || json.Unmarshal([]byte(text), &kept) != nil || kept[r.URL.Path] == "" {
		return ""
	}
	s.manager.Remove(r.Context(), keyPurpose)
	return kept[r.URL.Path]
}
