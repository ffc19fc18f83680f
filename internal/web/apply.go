package web

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"mynumber/internal/application"
	"mynumber/internal/law"
	"mynumber/internal/office"
)

var applyTitle = law.Text{Ja: "国外転出者向けマイナンバーカードの申請書を作る", En: "Fill in the application for an overseas card"}

// part is one group of the application form on the page.
type part struct {
	Title  law.Text
	Names  []string
	Inputs []input
}

// parts is the order in which the page asks; the printed form keeps its own. Every field of application.Fields stands in
// one of them, as a test checks.
func parts() []part {
	return []part{
		{Title: law.Text{Ja: "本籍地と受取場所", En: "Honseki and pickup place"}, Names: []string{"honseki", "country", "pickup"}},
		{Title: law.Text{Ja: "申請する方", En: "The applicant"}, Names: []string{"family_name", "given_name", "family_kana", "given_kana", "birth", "sex", "number"}},
		{Title: law.Text{Ja: "国外の住所と連絡先", En: "Address abroad and contact"}, Names: []string{"overseas_address", "planned_departure", "email1", "email2", "phone1", "phone2"}},
		{Title: law.Text{Ja: "電子証明書・点字などの希望", En: "Certificates, braille and other wishes"}, Names: []string{"no_signature", "no_user_authentication", "face_authentication", "braille", "recent_notification", "resubmission"}},
		{Title: law.Text{Ja: "法定代理人(15歳未満の方・成年被後見人)", En: "Statutory representative (under-15s and adult wards)"}, Names: []string{"representative_name", "representative_relationship", "representative_address"}},
		{Title: law.Text{Ja: "顔写真", En: "Photo"}, Names: []string{"photo", "photo_taken"}},
	}
}

// formInputs are all fields of the application form and its photo.
func formInputs() inputs {
	var in inputs
	for _, f := range application.Fields {
		in = append(in, fieldInput(f))
	}
	return append(in, input{Name: "photo", Kind: "file", Required: true, Accept: "image/jpeg",
		Label: law.Text{Ja: "顔写真(JPEG)", En: "Photo (JPEG)"},
		Hint:  law.Text{Ja: "縦4.5cm×横3.5cmの比、6か月以内に撮影、正面・無帽・無背景", En: "45 high to 35 wide, taken within six months, from the front, no hat, plain background"}})
}

// applyView is the page of the form.
type applyView struct {
	Find    finder
	Parts   []part
	Faults  []input
	Others  []office.Invalid
	Refusal *law.Refusal
	Again   bool // the form comes back; number and photo have to be given again
}

// finder is the search for offices, which works without script: it loads the page again with what it found.
type finder struct {
	Honseki, Pickup string // what was searched for
	Honsekis        []foundPlace
	Pickups         []foundPlace
	Chosen          map[string]string // field to code, from the address
}

func (p *pages) applyForm(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	find := finder{Honseki: q.Get("find_honseki"), Pickup: q.Get("find_pickup"), Chosen: map[string]string{"honseki": q.Get("honseki"), "pickup": q.Get("pickup")}}
	find.Honsekis, find.Pickups = findPlaces(find.Honseki, p.today(), false), findPlaces(find.Pickup, p.today(), true)
	in, _ := formInputs().with(func(name string) string { return find.Chosen[name] }, nil)
	in.nameOffices(p.today())
	p.show(w, r, http.StatusOK, "apply", applyTitle, applyView{Find: find, Parts: grouped(in)})
}

// grouped puts the fields into the parts of the page.
func grouped(in inputs) []part {
	all := parts()
	for n := range all {
		for _, name := range all[n].Names {
			all[n].Inputs = append(all[n].Inputs, in.Get(name))
		}
	}
	return all
}

// saveDraft keeps the form and shows it as it is printed.
func (p *pages) saveDraft(w http.ResponseWriter, r *http.Request) {
	files, err := receive(r)
	var photo []byte
	if err == nil {
		photo, err = files.photo(p.today())
	}
	var d office.Draft
	if err == nil {
		d, err = p.Office.SaveDraft(r.Context(), rawForm(r), photo)
	}
	status := statusOf(err)
	switch {
	case err == nil:
		http.Redirect(w, r, "/apply/"+d.Code, http.StatusSeeOther)
	case status == http.StatusUnprocessableEntity || status == http.StatusConflict || status == http.StatusRequestEntityTooLarge:
		view := applyView{Again: true, Refusal: refusalOf(err)}
		faults := faultsOf(err)
		if status == http.StatusRequestEntityTooLarge {
			faults = []office.Invalid{{Field: "photo", Text: tooLargeText}}
		}
		var in inputs
		in, view.Others = formInputs().with(r.PostFormValue, faults)
		in.suggest(p.today())
		in.nameOffices(p.today())
		view.Parts, view.Faults = grouped(in), in.Faults()
		p.show(w, r, status, "apply", applyTitle, view)
	default:
		p.fail(w, r, err)
	}
}

// rawForm is the application form as it was sent; other fields of the page are left out.
func rawForm(r *http.Request) application.RawForm {
	raw := application.RawForm{}
	for _, f := range application.Fields {
		if text := r.PostFormValue(f.Name); text != "" {
			raw[f.Name] = text
		}
	}
	return raw
}

// applyOnline leads to the refusal: from abroad nobody can apply online, and the page says what to do instead.
func (p *pages) applyOnline(w http.ResponseWriter, r *http.Request) {
	if err := p.Office.ApplyOnline(r.Context()); err != nil {
		p.failBack(w, r, err, "/apply")
		return
	}
	http.Redirect(w, r, "/apply", http.StatusSeeOther)
}

// draftView is the printed form.
type draftView struct {
	Draft   office.Draft
	Form    application.Form
	Honseki law.Text
	Pickup  law.Text
	Window  string // the address in the two-dimensional code
}

func (p *pages) draft(w http.ResponseWriter, r *http.Request) {
	d, err := p.Office.Draft(r.Context(), r.PathValue("code"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := draftView{Draft: d, Form: d.Form, Honseki: office.PlaceName(d.Form.Honseki, p.today()), Pickup: office.PlaceName(d.Form.Pickup, p.today()), Window: p.windowURL(d.Code)}
	p.show(w, r, http.StatusOK, "draft", law.Text{Ja: "申請書の印刷", En: "Print the application"}, view)
}

// windowURL opens the draft at a window.
func (p *pages) windowURL(code string) string { return p.Office.URL + "/office/new?draft=" + code }

func (p *pages) draftQR(w http.ResponseWriter, r *http.Request) {
	d, err := p.Office.Draft(r.Context(), r.PathValue("code"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	picture, err := twoDimCode(p.windowURL(d.Code))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Write(picture)
}

// twoDimCode is a text as a two-dimensional code (二次元コード) in PNG.
func twoDimCode(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	side := code.Bounds().Dx() * 8 // whole pixels a module, so that edges stay sharp
	scaled, err := barcode.Scale(code, side, side)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = png.Encode(&out, scaled)
	return out.Bytes(), err
}

func (p *pages) draftPhoto(w http.ResponseWriter, r *http.Request) {
	d, err := p.Office.Draft(r.Context(), r.PathValue("code"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Write(d.Photo)
}

// draftPDF is the form for the printer.
func (p *pages) draftPDF(w http.ResponseWriter, r *http.Request) {
	pages, err := p.Office.DraftPages(r.Context(), r.PathValue("code"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.sendPDF(w, pages, "application-form.pdf")
}

// draftJSON is the form as a file, for offices that take files; the number is not in it.
func (p *pages) draftJSON(w http.ResponseWriter, r *http.Request) {
	d, err := p.Office.Draft(r.Context(), r.PathValue("code"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	b, err := json.MarshalIndent(d.Form.Raw(), "", "  ")
	if err != nil {
		p.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="application-form.json"`)
	w.Write(append(b, '\n'))
}

// spaced sets a long code in groups that can be read aloud.
func spaced(s string, group int) string {
	var b strings.Builder
	for n, c := range s {
		if n > 0 && n%group == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}
