package web

import (
	"context"
	"html/template"
	"net/http"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
)

// simple are the acts of a clerk that need nothing but the case.
var simple = map[string]func(*office.Office, context.Context, office.Actor, string) (office.Receipt, error){
	"forward":        (*office.Office).Forward,
	"receive-papers": (*office.Office).ReceivePapers,
	"reject":         (*office.Office).Reject,
	"announce":       (*office.Office).Announce,
	"take-fee":       (*office.Office).TakeFee,
	"cancel":         (*office.Office).Cancel,
	"take-in":        (*office.Office).TakeInCard,
	"post":           (*office.Office).Post,
	"produce":        (*office.Office).Produce,
	"dispatch":       (*office.Office).Dispatch,
}

// act is an act of a clerk on a case, by the name that the API has for it too.
func (p *pages) act(w http.ResponseWriter, r *http.Request, who office.Actor) {
	ctx, id, name := r.Context(), r.PathValue("id"), r.PathValue("act")
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), "/office/applications/"+id)
		return
	}
	var receipt office.Receipt
	var err error
	switch name {
	case "identify":
		receipt, err = p.Office.Identify(ctx, who, id, r.PostFormValue("person"))
	case "ask-back":
		receipt, err = p.Office.AskBack(ctx, who, id, office.AskBackRequest{Fields: r.PostForm["fields"], Note: r.PostFormValue("note")})
	case "accept":
		_, receipt, err = p.Office.Accept(ctx, who, id)
	case "check-identity":
		var request office.IdentityRequest
		if request, err = identityRequest(r); err == nil {
			receipt, err = p.Office.CheckIdentity(ctx, who, id, request)
		}
	case "open-sealed-form":
		receipt, err = p.Office.OpenSealedForm(ctx, who, id, ticked(r, "holder_present"), typed(r))
	case "ask-undo":
		receipt, err = p.Office.AskUndoHandOver(ctx, who, id, office.UndoRequest{Reason: r.PostFormValue("reason")})
	case "undo":
		receipt, err = p.Office.UndoHandOver(ctx, who, id, ticked(r, "card_back"))
	case "hand-over":
		receipt, err = p.Office.HandOver(ctx, who, id, ticked(r, "receipt_signed"))
	case "pin-screen":
		p.openPINScreen(w, r, who, id)
		return
	default:
		var known bool
		if receipt, known, err = p.underway(r, who, id, name); known {
			break
		}
		f, ok := simple[name]
		if !ok {
			p.notFound(w, r)
			return
		}
		receipt, err = f(p.Office, ctx, who, id)
	}
	p.after(w, r, who, id, receipt, err)
}

// after leads back to the case with the receipt, or shows why the act was not done.
func (p *pages) after(w http.ResponseWriter, r *http.Request, who office.Actor, id string, receipt office.Receipt, err error) {
	back := "/office/applications/" + id
	switch {
	case err == nil:
		p.Sessions.leave(r.Context(), receipt)
		http.Redirect(w, r, back, http.StatusSeeOther)
	case statusOf(err) == http.StatusUnprocessableEntity, statusOf(err) == http.StatusConflict:
		p.showCase(w, r, who, id, &undone{Act: r.PathValue("act"), Err: err, Typed: r.PostForm})
	default:
		p.failBack(w, r, err, back)
	}
}

// identityRequest reads what the clerk holds in hand. A document counts as seen when its box is ticked.
func identityRequest(r *http.Request) (office.IdentityRequest, error) {
	request := office.IdentityRequest{Visitor: procedure.Visitor(r.PostFormValue("visitor")), PassportName: r.PostFormValue("passport_name"), OldCard: ticked(r, "old_card")}
	var faults office.InvalidForm
	day := func(field string) civil.Date {
		text := r.PostFormValue(field)
		if text == "" {
			return civil.Date{}
		}
		d, err := civil.ParseAny(text)
		if err != nil {
			faults = append(faults, *required(field, "日付として読めません。2030-01-16 や 令和12年1月16日 のように書いてください。", "This is not a date. Write it as 2030-01-16."))
		}
		return d
	}
	request.PassportBirth = day("passport_birth")
	for _, k := range papers {
		if ticked(r, "paper_"+string(k)) {
			request.Papers = append(request.Papers, procedure.PaperSeen{Kind: k, Until: day("until_" + string(k))})
		}
	}
	if len(faults) > 0 {
		return request, faults
	}
	return request, nil
}

// openPINScreen shows the address of the holder's own screen, big, and as a code for a tablet. It is shown once and
// kept nowhere, so the page answers the act itself.
func (p *pages) openPINScreen(w http.ResponseWriter, r *http.Request, who office.Actor, id string) {
	secret, receipt, err := p.Office.OpenPINScreen(r.Context(), who, id)
	if err != nil {
		p.after(w, r, who, id, receipt, err)
		return
	}
	p.showLink(w, r, p.Office.URL+"/pin/"+secret, "/office/applications/"+id)
}

// showLink shows the one-time address of a holder's screen.
func (p *pages) showLink(w http.ResponseWriter, r *http.Request, address, back string) {
	code, err := twoDimCode(address)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := struct {
		Address string
		Picture template.URL
		Back    string
	}{address, dataURI(code), back}
	p.show(w, r, http.StatusOK, "pinlink", law.Text{Ja: "本人の画面", En: "The holder's screen"}, view)
}

// candidateLine is a person who may be the applicant.
type candidateLine struct {
	ID      string
	Name    string
	Kana    string
	Birth   civil.Date
	Sex     law.Text
	Address string
	Honseki law.Text
	Reasons []reasonLine
}

// reasonLine is what was compared and how it came out.
type reasonLine struct {
	Fact   law.Text
	Result law.Text
	Level  string // exact, variant, differs
}

var factWords = map[string]law.Text{
	"number": {Ja: "個人番号", En: "Individual Number"}, "name": {Ja: "氏名", En: "name"}, "former_name": {Ja: "旧氏による氏名", En: "name with the former surname"},
	"reading": {Ja: "ふりがなのみ", En: "reading only"}, "birth": {Ja: "生年月日", En: "date of birth"}, "old_address": {Ja: "国内の旧住所", En: "former address"},
	"planned_departure": {Ja: "国外転出予定日", En: "planned departure"}, "honseki": {Ja: "本籍地", En: "honseki"},
}

var agreementWords = map[string]law.Text{"exact": {Ja: "一致", En: "agrees"}, "variant": {Ja: "異体字など", En: "variant"}, "differs": {Ja: "不一致", En: "differs"}}

// candidates searches the registers for the person on the form and sets both side by side.
func (p *pages) candidates(w http.ResponseWriter, r *http.Request, who office.Actor) {
	id := r.PathValue("id")
	found, err := p.Office.Candidates(r.Context(), who, id)
	if err != nil {
		p.failBack(w, r, err, "/office/applications/"+id)
		return
	}
	c, err := p.Office.Look(r.Context(), who, id)
	if err != nil {
		p.failBack(w, r, err, "/office")
		return
	}
	view := struct {
		ID      string
		Details []detail
		Found   []candidateLine
	}{ID: id, Details: p.details(c.Application.Form)}
	for _, f := range found {
		one := candidateLine{ID: f.Person.ID, Name: f.Person.Name.Full(), Kana: f.Person.Name.Kana(), Birth: f.Person.Birth, Sex: f.Person.Sex.Text(), Address: f.Address}
		if f.Person.FamilyRegister != nil {
			one.Honseki = office.PlaceName(f.Person.FamilyRegister.Honseki, p.today())
		}
		for _, reason := range f.Match.Reasons {
			level := reason.Agreement.String()
			one.Reasons = append(one.Reasons, reasonLine{word(factWords, string(reason.Fact)), word(agreementWords, level), level})
		}
		view.Found = append(view.Found, one)
	}
	p.show(w, r, http.StatusOK, "candidates", law.Text{Ja: "戸籍の附票の検索", En: "Search of the family registers"}, view)
}
