package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"mynumber/internal/application"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// atHome reports that a new card for somebody in Japan comes of the procedure, so that the clerk takes the application in on
// the page of the procedure.
func atHome(code rules.Procedure) bool {
	making, ok := rules.MakesCard[code]
	return ok && !making.Overseas
}

// filingInputs are what a clerk adds to the facts and the papers when taking an application in at home.
func filingInputs() inputs {
	delivery := input{Name: "delivery", Kind: "choice", Value: string(application.AtCounter), Label: law.Text{Ja: "受取方法", En: "How the card is received"}}
	for _, d := range application.Deliveries {
		delivery.Options = append(delivery.Options, option{Value: string(d), Label: word(deliveryWords, d), Chosen: d == application.AtCounter})
	}
	return inputs{
		{Name: "photo", Kind: "file", Accept: "image/jpeg", Label: law.Text{Ja: "顔写真(JPEG。1歳未満の方は不要)", En: "Photo (JPEG; none under 1)"}},
		{Name: "form_id", Kind: "text", Mode: "numeric", Label: law.Text{Ja: "申請書ID(あれば)", En: "Application ID, if any"}},
		{Name: "email1", Kind: "email", Label: law.Text{Ja: "メールアドレス(あれば)", En: "E-mail, if any"}},
		{Name: "no_signature", Kind: "box", Label: law.Text{Ja: "署名用電子証明書は不要", En: "No signature certificate"}},
		{Name: "no_user_authentication", Kind: "box", Label: law.Text{Ja: "利用者証明用電子証明書は不要", En: "No user authentication certificate"}},
		{Name: "face_authentication", Kind: "box", Label: law.Text{Ja: "暗証番号を設定しない(顔認証マイナンバーカード)", En: "No PINs (face-authentication card)"}},
		{Name: "braille", Kind: "text", Label: law.Text{Ja: "点字(希望する方は氏名のかな)", En: "Braille, in kana"}},
		{Name: "representative_name", Kind: "text", Label: law.Text{Ja: "法定代理人の氏名(15歳未満の方など)", En: "Statutory representative's name (under 15)"}},
		delivery,
		{Name: "send_to", Kind: "text", Label: law.Text{Ja: "送付先(特急発行で住所以外に送るとき)", En: "Another destination, for an express card"}},
		{Name: "documents_complete", Kind: "box", Label: law.Text{Ja: "本人確認書類などがすべてそろっている", En: "Every document is there"}},
		{Name: "sealed_form", Kind: "box", Label: law.Text{Ja: "暗証番号設定依頼書を封入のまま受け取った", En: "The PIN form came sealed"}},
		{Name: "old_card_in", Kind: "box", Label: law.Text{Ja: "今のカードを受け取った", En: "The present card was handed in"}},
		{Name: "by_paper", Kind: "box", Label: law.Text{Ja: "紙の申請書を申請書受付センターに送る", En: "A paper form goes to the reception centre"}},
		{Name: "outreach", Kind: "text", Label: law.Text{Ja: "出張申請の依頼の番号(出張のとき)", En: "Key of the request for a visit"}},
	}
}

// applyHome takes an application at home in, from the page of its procedure.
func (p *pages) applyHome(w http.ResponseWriter, r *http.Request, who office.Actor) {
	person, code := r.PathValue("id"), rules.Procedure(r.PathValue("procedure"))
	files, err := receive(r)
	var told procedure.Situation
	var photo []byte
	if err == nil {
		if told, err = p.told(r.PostForm, code); err == nil {
			told.Visitor.Papers, err = tickedPapers(r)
		}
	}
	if err == nil {
		photo, err = files.photo(p.today())
	}
	var look office.PersonView
	if err == nil {
		look, err = p.Office.LookAtPerson(r.Context(), who, person)
	}
	if err != nil {
		p.performFailed(w, r, who, err)
		return
	}
	form := wishes(r)
	form["birth"] = look.Person.Birth.String()
	a, receipt, err := p.Office.FileAtHome(r.Context(), who, office.HomeRequest{RequestKey: r.PostFormValue("request_key"), Purpose: code, Channel: told.Channel, PersonID: person,
		Form: form, Photo: photo, Told: told, Delivery: application.Delivery(r.PostFormValue("delivery")), SendTo: strings.TrimSpace(r.PostFormValue("send_to")),
		Complete: ticked(r, "documents_complete"), SealedForm: ticked(r, "sealed_form"), OldCardIn: ticked(r, "old_card_in"), ByPaper: ticked(r, "by_paper"), Outreach: strings.TrimSpace(r.PostFormValue("outreach"))})
	if err != nil {
		p.performFailed(w, r, who, err)
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/office/applications/"+a.ID, http.StatusSeeOther)
}

// issueForm gives the person at the window a new application form with its ID, for printing (APP-006, CHG-049).
func (p *pages) issueForm(w http.ResponseWriter, r *http.Request, who office.Actor, told procedure.Situation) {
	person := r.PathValue("id")
	form, _, err := p.Office.ReplaceForm(r.Context(), who, office.FormRequest{PersonID: person, Told: told})
	if err != nil {
		p.performFailed(w, r, who, err)
		return
	}
	view := formView{Back: "/office/people/" + person, Done: law.Text{Ja: "交付申請書を発行しました。", En: "The application form has been issued."},
		Intro: []law.Text{law.Text{Ja: "申請書ID %s", En: "Application ID %s"}.Format(form.ID), law.Text{Ja: "氏名 %s", En: "Name %s"}.Format(form.Name), law.Text{Ja: "住所 %s", En: "Address %s"}.Format(form.Address)}}
	p.showFormPage(w, r, law.Text{Ja: "交付申請書", En: "Application form"}, view, nil)
}

// visitorForm asks step by step who came to collect a domestic card, and lists the papers to be ticked.
func (p *pages) visitorForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showVisitor(w, r, who, http.StatusOK, r.URL.Query(), nil)
}

var visitorTitle = law.Text{Ja: "受け取りに来た人を確かめる", En: "Check who came to collect the card"}

func (p *pages) showVisitor(w http.ResponseWriter, r *http.Request, who office.Actor, status int, q url.Values, failed error) {
	id := r.PathValue("id")
	view := performView{Address: "/office/applications/" + id + "/visitor", Back: "/office/applications/" + id, Facts: url.Values{}, Key: rand.Text(), Refusal: refusalOf(failed), Others: faultsOf(failed), Started: failed != nil}
	for fact, value := range factsOf(q) {
		if fact != "channel" {
			view.Facts.Set(string(fact), value)
		}
	}
	told, err := p.told(q, rules.CollectAtHome)
	if err == nil {
		view.Decision, err = p.Office.ConsiderVisitor(r.Context(), who, id, told)
	}
	var faults decision.Faults
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			view.Others = append(view.Others, office.Invalid(f))
		}
		status = http.StatusUnprocessableEntity
	case err != nil:
		p.failBack(w, r, err, "/office/applications/"+id)
		return
	}
	if view.Status == procedure.Refused && view.Refusal == nil {
		view.Refusal = view.Decision.Refusal()
	}
	if view.Status == procedure.Allowed && view.Decision.Needs != nil {
		view.Status = procedure.Needs // a fact that would make the answer sharper is asked for as well
	}
	view.fill(rules.CollectAtHome)
	p.show(w, r, status, "perform", visitorTitle, view)
}

// checkVisitor notes the check with the papers that were ticked.
func (p *pages) checkVisitor(w http.ResponseWriter, r *http.Request, who office.Actor) {
	id := r.PathValue("id")
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), "/office/applications/"+id)
		return
	}
	told, err := p.told(r.PostForm, rules.CollectAtHome)
	if err == nil {
		told.Visitor.Papers, err = tickedPapers(r)
	}
	var receipt office.Receipt
	if err == nil {
		_, receipt, err = p.Office.CheckVisitor(r.Context(), who, id, told)
	}
	switch status := statusOf(err); {
	case err == nil:
		p.Sessions.leave(r.Context(), receipt)
		http.Redirect(w, r, "/office/applications/"+id, http.StatusSeeOther)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showVisitor(w, r, who, status, r.PostForm, err)
	default:
		p.failBack(w, r, err, "/office/applications/"+id)
	}
}

// approachOf reads how somebody turned to the office about an application.
func approachOf(r *http.Request) office.Approach {
	return office.Approach{Channel: rules.Channel(r.PostFormValue("by")), Visitor: rules.Visitor(r.PostFormValue("whom")), Event: application.Event{Kind: r.PostFormValue("event")}}
}

// underway is an act on an application that somebody asks for while it runs; false for another name.
func (p *pages) underway(r *http.Request, who office.Actor, id, name string) (office.Receipt, bool, error) {
	ctx := r.Context()
	var receipt office.Receipt
	var err error
	switch name {
	case "withdraw":
		receipt, err = p.Office.Withdraw(ctx, who, id, approachOf(r))
	case "change-email":
		receipt, err = p.Office.ChangeMail(ctx, who, id, strings.Fields(r.PostFormValue("emails")), approachOf(r))
	case "change-place":
		receipt, err = p.Office.ChangePlace(ctx, who, id, strings.TrimSpace(r.PostFormValue("pickup")), approachOf(r))
	case "change-data":
		receipt, err = p.Office.ChangeData(ctx, who, id, application.RawForm{r.PostFormValue("field"): r.PostFormValue("value")}, approachOf(r))
	case "answer-defect":
		receipt, err = p.Office.AnswerDefect(ctx, who, id, application.RawForm{r.PostFormValue("field"): r.PostFormValue("value")}, approachOf(r))
	case "pay-fee":
		receipt, err = p.Office.PayFee(ctx, who, id, office.Payment{Channel: rules.Channel(r.PostFormValue("by")), Visitor: rules.Visitor(r.PostFormValue("whom")), How: r.PostFormValue("how")})
	default:
		return receipt, false, nil
	}
	return receipt, true, err
}

// approaches are the ways and the people that turn to an office, for the forms on the case page.
func approaches() (ways, people []option) {
	for _, c := range []rules.Channel{rules.Visit, rules.Post, rules.Telephone, rules.Email} {
		ways = append(ways, option{Value: string(c), Label: rules.ChannelNames[c]})
	}
	for _, v := range []rules.Visitor{"", rules.Holder, rules.HolderWithRepresentative, rules.StatutoryRepresentative, rules.HouseholdMember, rules.Spouse, rules.VoluntaryProxy} {
		name := rules.VisitorNames[v]
		if v == "" {
			name = law.Text{Ja: "申請者", En: "the applicant"}
		}
		people = append(people, option{Value: string(v), Label: name})
	}
	return ways, people
}

var byPostTitle = law.Text{Ja: "郵送された申請書を受け付ける", En: "Take in a form that came by post"}

// byPost is the reception centre's page for a domestic form that came by post (APP-014).
func (p *pages) byPost(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if who.Office != place.Issuer || who.Role != office.Operator {
		p.notFound(w, r)
		return
	}
	purpose := input{Name: "purpose", Kind: "choice", Required: true, Value: string(rules.ApplyAtHome), Label: law.Text{Ja: "申請の種類", En: "What is applied for"}}
	for _, code := range []rules.Procedure{rules.ApplyAtHome, rules.RenewCardAtHome} {
		info, _ := rules.LookupProcedure(code)
		purpose.Options = append(purpose.Options, option{Value: string(code), Label: info.Name, Chosen: code == rules.ApplyAtHome})
	}
	view := formView{Back: "/issuer", Action: "/issuer/by-post", Button: law.Text{Ja: "受け付ける", En: "Take it in"}, Files: true, Hidden: map[string]string{"request_key": rand.Text()}, Inputs: inputs{purpose,
		{Name: "form_id", Kind: "text", Mode: "numeric", Label: law.Text{Ja: "申請書ID(手書き用にはありません)", En: "Application ID; the hand-written form has none"}},
		{Name: "family_name", Kind: "text", Label: law.Text{Ja: "氏", En: "Family name"}}, {Name: "given_name", Kind: "text", Label: law.Text{Ja: "名", En: "Given name"}},
		{Name: "birth", Kind: "text", Required: true, Label: law.Text{Ja: "生年月日", En: "Date of birth"}},
		{Name: "email1", Kind: "email", Label: law.Text{Ja: "メールアドレス", En: "E-mail"}}}}
	view.Inputs = append(view.Inputs, wishInputs()...)
	if r.Method == http.MethodGet {
		p.showFormPage(w, r, byPostTitle, view, nil)
		return
	}
	files, err := receive(r)
	var photo []byte
	if err == nil {
		photo, err = files.photo(p.today())
	}
	view.Hidden["request_key"] = r.PostFormValue("request_key")
	if err == nil {
		papers := []procedure.PaperAtWindow{{Kind: rules.FormApply}}
		if len(photo) > 0 {
			papers = append(papers, procedure.PaperAtWindow{Kind: rules.FacePhoto})
		}
		var a application.Application
		var receipt office.Receipt
		a, receipt, err = p.Office.FileAtHome(r.Context(), who, office.HomeRequest{RequestKey: r.PostFormValue("request_key"), Purpose: rules.Procedure(r.PostFormValue("purpose")), Channel: rules.Post,
			Form: wishes(r), Photo: photo, Told: procedure.Situation{Visitor: procedure.Visit{Who: rules.Visitor(r.PostFormValue("visitor")), Papers: papers}}})
		if err == nil {
			p.Sessions.leave(r.Context(), receipt)
			http.Redirect(w, r, "/office/applications/"+a.ID, http.StatusSeeOther)
			return
		}
	}
	p.showFormPage(w, r, byPostTitle, view, err)
}

// stateOf is an application's state in words: at home it is the reception centre that examines it.
func stateOf(a application.Application) law.Text {
	if a.Overseas {
		return word(stateWords, a.State)
	}
	if text, ok := homeStateWords[a.State]; ok {
		return text
	}
	return word(stateWords, a.State)
}

var homeStateWords = map[application.State]law.Text{
	application.Forwarded: {Ja: "申請書受付センターへ送付中", En: "On the way to the reception centre"},
	application.Received:  {Ja: "申請書受付センターで確認中", En: "Being checked by the reception centre"},
	application.InTransit: {Ja: "市区町村へ発送済み", En: "On the way to the municipality"},
}
