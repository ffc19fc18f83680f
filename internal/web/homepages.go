package web

import (
	"crypto/rand"
	"net/http"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// formView is a page with one form: fields, and what came of sending it.
type formView struct {
	Back    string
	Intro   []law.Text
	Inputs  inputs
	Hidden  map[string]string
	Action  string
	Button  law.Text
	Files   bool
	Done    law.Text
	Faults  []input
	Others  []office.Invalid
	Refusal *law.Refusal
}

// showFormPage shows a form with what was typed into it and why it was not done.
func (p *pages) showFormPage(w http.ResponseWriter, r *http.Request, title law.Text, view formView, failed error) {
	status := http.StatusOK
	values := r.PostFormValue
	if r.Method == http.MethodGet {
		values = nil
	}
	if failed != nil {
		if status = statusOf(failed); status != http.StatusConflict && status != http.StatusUnprocessableEntity {
			p.fail(w, r, failed)
			return
		}
	}
	view.Inputs, view.Others = view.Inputs.with(values, faultsOf(failed))
	view.Faults, view.Refusal = view.Inputs.Faults(), refusalOf(failed)
	p.show(w, r, status, "form", title, view)
}

var onlineTitle = law.Text{Ja: "カードの申請(国内・オンライン)", En: "Apply for a card in Japan, online"}

// onlineStart is the first page of an application online: application ID and e-mail address (APP-011).
func (p *pages) onlineStart(w http.ResponseWriter, r *http.Request) {
	view := formView{Action: "/apply-home", Button: law.Text{Ja: "申請用URLを送る", En: "Send me the address"}, Intro: []law.Text{
		{Ja: "交付申請書の申請書ID(23桁)とメールアドレスを登録すると、申請用URLがメールで届きます。迷惑メールに入ることがあります。", En: "Register the 23-digit application ID of your form and an e-mail address; the address of the application comes by mail. Look into the junk folder too."},
		{Ja: "日本に住民票がない方は、オンラインでは申請できません。", En: "Without a resident record in Japan you cannot apply online."}},
		Inputs: inputs{
			{Name: "application_id", Kind: "text", Mode: "numeric", Required: true, Label: law.Text{Ja: "申請書ID(23桁)", En: "Application ID (23 digits)"}},
			{Name: "email", Kind: "email", Required: true, Label: law.Text{Ja: "メールアドレス", En: "E-mail address"}},
		}}
	if r.Method == http.MethodGet {
		p.showFormPage(w, r, onlineTitle, view, nil)
		return
	}
	_, err := p.Office.StartOnline(r.Context(), r.PostFormValue("application_id"), r.PostFormValue("email"))
	if err == nil {
		view = formView{Done: law.Text{Ja: "申請用URLをメールで送りました。メールのページから申請してください。", En: "The address has been mailed to you. Go on from there."}}
	}
	p.showFormPage(w, r, onlineTitle, view, err)
}

// wishInputs are what an applicant wishes of the card, and who fills the form in.
func wishInputs() inputs {
	who := input{Name: "visitor", Kind: "choice", Required: true, Value: string(rules.Holder), Label: law.Text{Ja: "記入する人", En: "Who fills this in"}}
	for _, v := range []rules.Visitor{rules.Holder, rules.StatutoryRepresentative} {
		who.Options = append(who.Options, option{Value: string(v), Label: rules.VisitorNames[v], Chosen: v == rules.Holder})
	}
	return inputs{
		who,
		{Name: "photo", Kind: "file", Accept: "image/jpeg", Label: law.Text{Ja: "顔写真(JPEG。1歳未満の方は不要)", En: "Photo (JPEG; none for somebody under 1)"}},
		{Name: "no_signature", Kind: "box", Label: law.Text{Ja: "署名用電子証明書は不要", En: "No signature certificate"}},
		{Name: "no_user_authentication", Kind: "box", Label: law.Text{Ja: "利用者証明用電子証明書は不要", En: "No user authentication certificate"}},
		{Name: "braille", Kind: "text", Label: law.Text{Ja: "点字(希望する方は氏名のかな)", En: "Braille (your name in kana, if wanted)"}},
		{Name: "representative_name", Kind: "text", Label: law.Text{Ja: "法定代理人の氏名(15歳未満の方など)", En: "Statutory representative's name (under 15)"}},
	}
}

// wishes are the fields of the domestic form among what was sent.
func wishes(r *http.Request) application.RawForm {
	raw := application.RawForm{}
	for _, f := range application.HomeFields {
		if text := strings.TrimSpace(r.PostFormValue(f.Name)); text != "" {
			raw[f.Name] = text
		}
	}
	return raw
}

// onlineForm is the application through the mailed address (APP-011).
func (p *pages) onlineForm(w http.ResponseWriter, r *http.Request) {
	secret := r.PathValue("link")
	view := formView{Action: "/apply-home/" + secret, Button: law.Text{Ja: "申請する", En: "Submit"}, Files: true,
		Inputs: append(inputs{{Name: "birth", Kind: "text", Required: true, Label: law.Text{Ja: "生年月日", En: "Date of birth"}, Hint: law.Text{Ja: "例 昭和63年5月17日、1988-05-17", En: "For example 1988-05-17"}}}, wishInputs()...)}
	if _, _, err := p.Office.OnlineForm(r.Context(), secret); err != nil {
		p.fail(w, r, err)
		return
	}
	if r.Method == http.MethodGet {
		p.showFormPage(w, r, onlineTitle, view, nil)
		return
	}
	files, err := receive(r)
	var photo []byte
	if err == nil {
		photo, err = files.photo(p.today())
	}
	if err == nil {
		raw := wishes(r)
		birth := raw["birth"]
		delete(raw, "birth")
		_, _, err = p.Office.ApplyAtHomeOnline(r.Context(), secret, office.OnlineRequest{Birth: birth, Photo: photo, Wishes: raw, Visitor: rules.Visitor(r.PostFormValue("visitor"))})
	}
	if err == nil {
		view = formView{Done: law.Text{Ja: "申請を受け付けました。完了のメールをお送りしました。カードができると、市区町村から交付通知書(はがき)が届きます。", En: "Your application has been received; a mail confirms it. When the card is ready the municipality sends a postcard."}}
	}
	p.showFormPage(w, r, onlineTitle, view, err)
}

var deliveryTitle = law.Text{Ja: "カードの配達日時を選ぶ", En: "Choose when the card is brought"}

// delivery is the page behind the code on the arrival notice or the slip of a missed delivery (PICK-041, PICK-048).
func (p *pages) delivery(w http.ResponseWriter, r *http.Request) {
	secret := r.PathValue("link")
	a, err := p.Office.Linked(r.Context(), secret, office.LinkDelivery)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := formView{Action: "/delivery/" + secret, Button: law.Text{Ja: "この日時に決める", En: "Choose this time"},
		Intro: []law.Text{law.Text{Ja: "保管期限は%sです。夜間・休日も選べます。", En: "The card is kept until %s. Nights and holidays can be chosen."}.Format(a.Mail.Keep.Japanese())},
		Inputs: inputs{
			{Name: "day", Kind: "text", Required: true, Label: law.Text{Ja: "日", En: "Day"}, Hint: law.Text{Ja: "例 2026-02-07", En: "For example 2026-02-07"}},
			{Name: "band", Kind: "text", Label: law.Text{Ja: "時間帯", En: "Time of day"}, Hint: law.Text{Ja: "例 19〜21時", En: "For example 19-21"}},
		}}
	if a.Delivery == application.PersonalMail {
		document := input{Name: "document", Kind: "select", Required: true, Label: law.Text{Ja: "見せる本人確認書類", En: "Identity document you will show"}}
		for _, d := range deliveryDocuments() {
			document.Options = append(document.Options, option{Value: string(d.Kind), Label: d.Name})
		}
		view.Inputs = append(view.Inputs, document)
	}
	if r.Method == http.MethodGet {
		p.showFormPage(w, r, deliveryTitle, view, nil)
		return
	}
	_, err = p.Office.AppointOnline(r.Context(), secret, office.Appointment{Day: r.PostFormValue("day"), Band: r.PostFormValue("band"), Document: rules.Paper(r.PostFormValue("document"))})
	if err == nil {
		view = formView{Done: law.Text{Ja: "配達の日時を決めました。決め直すこともできます。", En: "The time is arranged; you can change it."}}
	}
	p.showFormPage(w, r, deliveryTitle, view, err)
}

// deliveryDocuments are the documents that the sheet of 本人限定受取 names (PICK-042).
func deliveryDocuments() []paperLine {
	var out []paperLine
	sheet := rules.CollectPersonalMail[len(rules.CollectPersonalMail)-1].Rule
	for _, n := range sheet.Papers {
		for _, pick := range n.Any {
			for _, of := range pick {
				for _, k := range of.Papers {
					if k != rules.ArrivalNotice {
						out = append(out, paperLine{Kind: k, Name: rules.PaperNames[k]})
					}
				}
			}
		}
	}
	return out
}

// parcelLine is a card on the post office's page.
type parcelLine struct {
	office.Parcel
	Personal bool
	Service  law.Text
	Document law.Text
}

// postView is the post office's desk.
type postView struct {
	Parcels   []parcelLine
	Documents []paperLine
	Takers    []option
	Faults    []input
	Others    []office.Invalid
	Refusal   *law.Refusal
}

func (p *pages) post(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showPost(w, r, who, nil)
}

func (p *pages) showPost(w http.ResponseWriter, r *http.Request, who office.Actor, failed error) {
	parcels, err := p.Office.Parcels(r.Context(), who)
	if err != nil {
		p.notFound(w, r)
		return
	}
	view := postView{Documents: deliveryDocuments(), Others: faultsOf(failed), Refusal: refusalOf(failed)}
	for _, v := range []rules.Visitor{rules.Holder, rules.HouseholdMember} {
		view.Takers = append(view.Takers, option{Value: string(v), Label: rules.VisitorNames[v]})
	}
	for _, c := range parcels {
		line := parcelLine{Parcel: c, Personal: c.Delivery == application.PersonalMail, Service: word(deliveryWords, c.Delivery)}
		if c.Mail.Document != "" {
			line.Document = rules.PaperNames[rules.Paper(c.Mail.Document)]
		}
		view.Parcels = append(view.Parcels, line)
	}
	status := http.StatusOK
	if failed != nil {
		status = statusOf(failed)
	}
	p.show(w, r, status, "post", law.Text{Ja: "郵便局の仕事", En: "Work of the post office"}, view)
}

var deliveryWords = map[application.Delivery]law.Text{
	application.AtCounter:      {Ja: "窓口で受け取る", En: "collected at the window"},
	application.PersonalMail:   {Ja: "本人限定受取郵便", En: "personal-delivery mail"},
	application.RegisteredMail: {Ja: "簡易書留", En: "simple registered mail"},
}

// postAct is an act of the post office.
func (p *pages) postAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	ctx, id := r.Context(), r.PathValue("id")
	var receipt office.Receipt
	var err error
	switch r.PathValue("act") {
	case "leave-notice":
		receipt, err = p.Office.LeaveNotice(ctx, who, id)
	case "appoint":
		receipt, err = p.Office.Appoint(ctx, who, id, office.Appointment{Day: r.PostFormValue("day"), Band: r.PostFormValue("band"), Document: rules.Paper(r.PostFormValue("document"))})
	case "deliver":
		var request office.DeliveryRequest
		if request, err = deliveryRequest(r); err == nil {
			receipt, err = p.Office.Deliver(ctx, who, id, request)
		}
	case "send-back":
		receipt, err = p.Office.SendBack(ctx, who, id, ticked(r, "undeliverable"))
	default:
		p.notFound(w, r)
		return
	}
	switch status := statusOf(err); {
	case err == nil:
		p.Sessions.leave(ctx, receipt)
		http.Redirect(w, r, "/post", http.StatusSeeOther)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showPost(w, r, who, err)
	default:
		p.failBack(w, r, err, "/post")
	}
}

// deliveryRequest reads to whom the card was given, and what was shown.
func deliveryRequest(r *http.Request) (office.DeliveryRequest, error) {
	request := office.DeliveryRequest{Taker: rules.Visitor(r.PostFormValue("taker")), Box: ticked(r, "delivery_box")}
	if r.PostFormValue("paper") == string(rules.ArrivalNotice) {
		request.Papers = append(request.Papers, procedure.PaperAtWindow{Kind: rules.ArrivalNotice})
	}
	if kind := r.PostFormValue("shown"); kind != "" {
		paper := procedure.PaperAtWindow{Kind: rules.Paper(kind)}
		if text := r.PostFormValue("until"); text != "" {
			day, err := civil.ParseAny(text)
			if err != nil {
				return request, required("until", "有効期限を日付として読めません。", "The last good day is no date.")
			}
			paper.Until = day
		}
		request.Papers = append(request.Papers, paper)
	}
	return request, nil
}

var outreachTitle = law.Text{Ja: "出張申請の依頼", En: "Ask staff to come out"}

// askOutreach is the request for a visit: by anybody, or by a clerk for somebody who telephones (APP-020).
func (p *pages) askOutreach(w http.ResponseWriter, r *http.Request) {
	view := formView{Action: "/outreach", Button: law.Text{Ja: "依頼する", En: "Ask"}, Hidden: map[string]string{"request_key": rand.Text()},
		Intro: []law.Text{{Ja: "市区町村の職員が自宅や職場に伺い、カードの申請を受け付けます。希望日を2日以上書いてください。申請書はなくても申請できます。", En: "Staff of the municipality come to a home or workplace and take applications in. Name two days at least; no form is needed."}},
		Inputs: inputs{
			{Name: "office", Kind: "text", Required: true, Mode: "numeric", Label: law.Text{Ja: "市区町村のコード(6桁)", En: "Code of the municipality"}, Hint: law.Text{Ja: "例 131075 墨田区", En: "131075 is Sumida"}},
			{Name: "requester", Kind: "text", Required: true, Label: law.Text{Ja: "依頼する方(個人・会社・団体)", En: "Who asks"}},
			{Name: "where", Kind: "text", Required: true, Label: law.Text{Ja: "伺う場所", En: "Where to come"}},
			{Name: "people", Kind: "text", Mode: "numeric", Required: true, Label: law.Text{Ja: "申請する人数", En: "How many apply"}},
			{Name: "phone", Kind: "tel", Required: true, Label: law.Text{Ja: "電話番号", En: "Telephone"}, Hint: law.Text{Ja: "国番号から(例 +81 3 1234 5678)", En: "With the country code"}},
			{Name: "email", Kind: "email", Label: law.Text{Ja: "メールアドレス", En: "E-mail"}},
			{Name: "days", Kind: "area", Required: true, Label: law.Text{Ja: "希望日(1行に1日、2日以上)", En: "Days, one a line, two at least"}, Hint: law.Text{Ja: "例 2026-02-12", En: "For example 2026-02-12"}},
			{Name: "express", Kind: "box", Label: law.Text{Ja: "特急発行も希望する人がいる", En: "Somebody wants express issuance"}},
			{Name: "no_forms", Kind: "box", Label: law.Text{Ja: "申請書が手元にない", En: "No form is at hand"}},
		}}
	if r.Method == http.MethodGet {
		p.showFormPage(w, r, outreachTitle, view, nil)
		return
	}
	view.Hidden["request_key"] = r.PostFormValue("request_key")
	who, _ := p.Sessions.Identify(r)
	channel := rules.Channel(r.PostFormValue("channel"))
	_, _, err := p.Office.AskOutreach(r.Context(), who, office.OutreachRequest{RequestKey: r.PostFormValue("request_key"), Office: place.Code(strings.TrimSpace(r.PostFormValue("office"))),
		Requester: r.PostFormValue("requester"), Phone: r.PostFormValue("phone"), Email: strings.TrimSpace(r.PostFormValue("email")), Where: r.PostFormValue("where"),
		People: whole(r.PostFormValue("people")), Days: strings.Fields(r.PostFormValue("days")), Channel: channel, Express: ticked(r, "express"), NoForms: ticked(r, "no_forms")})
	if err == nil {
		view = formView{Done: law.Text{Ja: "依頼を受け付けました。日が決まったらご連絡します。", En: "Your request has been taken in; you hear when a day is agreed on."}}
	}
	p.showFormPage(w, r, outreachTitle, view, err)
}

// whole reads a small number; what is none is 0, which the office refuses.
func whole(text string) int {
	n := 0
	for _, c := range strings.TrimSpace(text) {
		if c < '0' || c > '9' || n > 99999 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// outreachLine is a request on the clerk's page.
type outreachLine struct {
	application.Outreach
	Word law.Text
	Open bool
}

var outreachWords = map[application.OutreachState]law.Text{
	application.OutreachRequested: {Ja: "依頼を受けた", En: "asked for"}, application.OutreachAppointed: {Ja: "日が決まった", En: "arranged"},
	application.OutreachDone: {Ja: "訪問済み", En: "done"}, application.OutreachCancelled: {Ja: "取りやめ", En: "cancelled"},
}

func (p *pages) outreaches(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showOutreaches(w, r, who, nil)
}

func (p *pages) showOutreaches(w http.ResponseWriter, r *http.Request, who office.Actor, failed error) {
	all, err := p.Office.Outreaches(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := struct {
		Requests []outreachLine
		Refusal  *law.Refusal
	}{Refusal: refusalOf(failed)}
	for _, o := range all {
		view.Requests = append(view.Requests, outreachLine{o, word(outreachWords, o.State), o.State == application.OutreachRequested || o.State == application.OutreachAppointed})
	}
	status := http.StatusOK
	if failed != nil {
		status = statusOf(failed)
	}
	p.show(w, r, status, "outreach", law.Text{Ja: "出張申請", En: "Visits"}, view)
}

func (p *pages) outreachAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	ctx, id := r.Context(), r.PathValue("id")
	var receipt office.Receipt
	var err error
	switch r.PathValue("act") {
	case "appoint":
		receipt, err = p.Office.AppointOutreach(ctx, who, id, r.PostFormValue("day"))
	case "finish":
		receipt, err = p.Office.FinishOutreach(ctx, who, id)
	case "cancel":
		receipt, err = p.Office.CancelOutreach(ctx, who, id)
	default:
		p.notFound(w, r)
		return
	}
	switch status := statusOf(err); {
	case err == nil:
		p.Sessions.leave(ctx, receipt)
		http.Redirect(w, r, "/office/outreach", http.StatusSeeOther)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showOutreaches(w, r, who, err)
	default:
		p.failBack(w, r, err, "/office/outreach")
	}
}
