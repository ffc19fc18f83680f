package web

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// queueLine is one case in the list of work.
type queueLine struct {
	office.Line
	Name    string
	Honseki law.Text
	Pickup  law.Text
}

func (p *pages) queueLines(lines []office.Line) []queueLine {
	out := make([]queueLine, 0, len(lines))
	for _, l := range lines {
		a := l.Application
		out = append(out, queueLine{l, a.Form.Name.Full(), office.PlaceName(a.InCharge, p.today()), office.PlaceName(a.Pickup, p.today())})
	}
	return out
}

// queue is the work of the clerk's office: what waits for it, then what waits for others.
func (p *pages) queue(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if who.Office == place.Issuer {
		http.Redirect(w, r, "/issuer", http.StatusSeeOther)
		return
	}
	lines, err := p.Office.Queue(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	cases, err := p.Office.WindowCases(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	troubles, err := p.Office.Troubles(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	chips, err := p.Office.OwedChips(r.Context(), who)
	if err != nil && !errors.Is(err, office.ErrForbidden) { // the post office has no cards that ended
		p.fail(w, r, err)
		return
	}
	view := struct {
		Mine, Others []queueLine
		Cases        []caseLine
		Troubles     int // messages that were not delivered
		OwedChips    int // chips to be erased
	}{Cases: p.caseLines(cases), Troubles: troubles, OwedChips: len(chips)}
	for _, l := range p.queueLines(lines) {
		if l.Mine {
			view.Mine = append(view.Mine, l)
		} else {
			view.Others = append(view.Others, l)
		}
	}
	p.show(w, r, http.StatusOK, "queue", law.Text{Ja: "窓口の仕事", En: "Work of this office"}, view)
}

var fileTitle = law.Text{Ja: "申請を受け付ける", En: "Take an application in"}

// fileView is the page on which a clerk takes an application in.
type fileView struct {
	Draft   *office.Draft
	Code    string
	Honseki law.Text
	Pickup  law.Text
	Inputs  inputs
	Faults  []input
	Others  []office.Invalid
	Refusal *law.Refusal
	Key     string // request key: sending the page twice files once
}

// Rest are the fields below the form itself: what the clerk saw.
func (v fileView) Rest() inputs { return v.Inputs[3:] }

// fileInputs are the form in its three ways (code, file, photo), then what the clerk saw.
func fileInputs() inputs {
	channel := input{Name: "channel", Kind: "choice", Required: true, Label: law.Text{Ja: "提出の方法", En: "How it was handed in"}, Value: string(rules.Visit)}
	for _, c := range []rules.Channel{rules.Visit, rules.Post} {
		channel.Options = append(channel.Options, option{Value: string(c), Label: word(channelWords, c)})
	}
	purpose := input{Name: "purpose", Kind: "choice", Required: true, Label: law.Text{Ja: "申請の種類", En: "What is applied for"}, Value: string(rules.ApplyAbroad)}
	for _, code := range []rules.Procedure{rules.ApplyAbroad, rules.RenewCardFromAbroad, rules.ReissueAway, rules.RenewCertificatesAway, rules.ChangeEntriesFromAbroad} {
		info, _ := rules.LookupProcedure(code)
		purpose.Options = append(purpose.Options, option{Value: string(code), Label: info.Name})
	}
	event := input{Name: "event", Kind: "select", Label: law.Text{Ja: "理由となった出来事(再交付・記載の変更のとき)", En: "What happened, for a re-issue or other entries"}}
	for _, c := range rules.Questions["event.kind"].Choices {
		event.Options = append(event.Options, option{Value: c.Value, Label: c.Text})
	}
	return inputs{
		{Name: "draft_code", Kind: "text", Label: law.Text{Ja: "申請書コード", En: "Code of the form"}, Hint: law.Text{Ja: "申請書の二次元コードを読み取るか、下に印字された26文字を入力します。", En: "Scan the two-dimensional code on the form, or type the 26 characters below it."}},
		{Name: "form_file", Kind: "file", Accept: "application/json,.json", Label: law.Text{Ja: "申請書ファイル(JSON)", En: "Form file (JSON)"}, Hint: law.Text{Ja: "コードがないときに、写真と一緒に選びます。", En: "Where there is no code; choose the photo as well."}},
		{Name: "photo", Kind: "file", Accept: "image/jpeg", Label: law.Text{Ja: "顔写真(JPEG)", En: "Photo (JPEG)"}},
		purpose,
		event,
		{Name: "event_on", Kind: "text", Label: law.Text{Ja: "その日", En: "Its day"}, Hint: law.Text{Ja: "例 2026-02-01", En: "For example 2026-02-01"}},
		channel,
		{Name: "by_proxy", Kind: "box", Label: law.Text{Ja: "代理の方が提出した", En: "Handed in by somebody else"}},
		{Name: "sealed_form", Kind: "box", Label: law.Text{Ja: "暗証番号設定依頼書を封入のまま受け取った", En: "The PIN setting request form came in a sealed envelope"}},
		{Name: "old_card_seen", Kind: "box", Label: law.Text{Ja: "失効した旧カードの提示があった", En: "The void former card was shown"}},
		{Name: "foreign_passport", Kind: "box", Label: law.Text{Ja: "提示された旅券が日本の旅券ではない", En: "The passport shown is not a Japanese one"}},
	}
}

func (p *pages) fileForm(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	values := url.Values{"draft_code": {r.URL.Query().Get("draft")}, "channel": {string(rules.Visit)}, "purpose": {string(rules.ApplyAbroad)}, "request_key": {rand.Text()}}
	if act := p.Sessions.kept(r.Context(), r.URL.Path); act != nil {
		values = act.Typed
	}
	p.showFile(w, r, http.StatusOK, values.Get("request_key"), values.Get, nil)
}

// showFile shows the page with what was entered, and the draft that the code names.
func (p *pages) showFile(w http.ResponseWriter, r *http.Request, status int, key string, values func(string) string, failed error) {
	view := fileView{Code: values("draft_code"), Refusal: refusalOf(failed), Key: key}
	faults := faultsOf(failed)
	if view.Code != "" {
		d, err := p.Office.Draft(r.Context(), view.Code)
		switch {
		case err == nil:
			view.Draft = &d
			view.Honseki, view.Pickup = office.PlaceName(d.Form.Honseki, p.today()), office.PlaceName(d.Form.Pickup, p.today())
		case statusOf(err) != http.StatusNotFound:
			p.fail(w, r, err)
			return
		case failed == nil:
			status = http.StatusNotFound
			faults = []office.Invalid{*required("draft_code", "この申請書コードは見つかりません。", "No form has this code.")}
		}
	}
	view.Inputs, view.Others = fileInputs().with(values, faults)
	view.Faults = view.Inputs.Faults()
	p.show(w, r, status, "file", fileTitle, view)
}

func (p *pages) file(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request, err := readFiling(r, p.today())
	if err == nil {
		var a application.Application
		var receipt office.Receipt
		if a, receipt, err = p.Office.File(r.Context(), who, request); err == nil {
			p.Sessions.leave(r.Context(), receipt)
			http.Redirect(w, r, "/office/applications/"+a.ID, http.StatusSeeOther)
			return
		}
	}
	switch status := statusOf(err); status {
	case http.StatusConflict, http.StatusUnprocessableEntity:
		p.showFile(w, r, status, request.RequestKey, r.PostFormValue, err)
	default:
		p.failBack(w, r, err, "/office/new")
	}
}

// readFiling reads what the clerk sent: a draft's code, or the form and the photo as files.
func readFiling(r *http.Request, on civil.Date) (office.FileRequest, error) {
	files, err := receive(r)
	if err != nil {
		return office.FileRequest{}, err
	}
	request := office.FileRequest{
		RequestKey: r.PostFormValue("request_key"), DraftCode: r.PostFormValue("draft_code"), Channel: rules.Channel(r.PostFormValue("channel")),
		Purpose: rules.Procedure(r.PostFormValue("purpose")), Event: application.Event{Kind: r.PostFormValue("event")},
		ByProxy: ticked(r, "by_proxy"), SealedForm: ticked(r, "sealed_form"), OldCardSeen: ticked(r, "old_card_seen"), Foreign: ticked(r, "foreign_passport"),
	}
	if text := r.PostFormValue("event_on"); text != "" {
		if request.Event.On, err = civil.ParseAny(text); err != nil {
			return request, required("event_on", "日付として読めません。2026-02-01 のように書いてください。", "This is not a date. Write it as 2026-02-01.")
		}
	}
	if request.DraftCode != "" {
		return request, nil
	}
	form := files.content["form_file"]
	if len(form) == 0 && files.dropped["form_file"] == 0 {
		return request, required("draft_code", "申請書コードを入力するか、申請書ファイルを選んでください。", "Give the code of the form, or choose a form file.")
	}
	if json.Unmarshal(form, &request.Form) != nil {
		return request, required("form_file", "申請書ファイルとして読めません。項目名と文字列だけのJSONを選んでください。", "This is not a form file: a JSON object of field names and texts.")
	}
	request.Photo, err = files.photo(on)
	return request, err
}

func ticked(r *http.Request, name string) bool { return r.PostFormValue(name) == "yes" }
