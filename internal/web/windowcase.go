package web

import (
	"context"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

func mapKeys(q url.Values) iter.Seq[string] { return maps.Keys(q) }

var docketWords = map[docket.State]law.Text{
	docket.Open:      {Ja: "窓口で処理中", En: "Being done at the window"},
	docket.Asked:     {Ja: "本人に照会中", En: "The holder was asked by letter"},
	docket.Queued:    {Ja: "機構につながらないため預かり中", En: "Kept here until the issuer can be reached"},
	docket.SentAway:  {Ja: "処理する窓口へカードを送付中", En: "The card is on its way to the office that does the work"},
	docket.Arrived:   {Ja: "処理する窓口に到着", En: "The card is at the office that does the work"},
	docket.SentBack:  {Ja: "処理済み・返送中", En: "Done; on its way back"},
	docket.CameBack:  {Ja: "カードが戻り、本人を待っている", En: "Back; waiting for its holder"},
	docket.Done:      {Ja: "完了", En: "Done"},
	docket.Withdrawn: {Ja: "取下げ", En: "Withdrawn"},
	docket.Overdue:   {Ja: "回答期限切れ", En: "No reply came in time"},
}

var thingWords = map[docket.Thing]law.Text{
	docket.Papers:    {Ja: "書類", En: "Papers"},
	docket.Plastic:   {Ja: "カード", En: "Card"},
	docket.SealedPIN: {Ja: "封入された暗証番号の書類", En: "Sealed PIN letter"},
}

// caseLine is one case in a list.
type caseLine struct {
	docket.Case
	Name  law.Text
	Word  law.Text
	Place law.Text
}

func (p *pages) caseLines(cases []docket.Case) []caseLine {
	out := make([]caseLine, 0, len(cases))
	for _, c := range cases {
		info, _ := rules.LookupProcedure(rules.Procedure(c.Procedure))
		out = append(out, caseLine{c, info.Name, word(docketWords, c.State), office.PlaceName(c.Office, p.today())})
	}
	return out
}

// windowCaseView is a case with what is to be done next.
type windowCaseView struct {
	Reader string // of the desk; empty for none
	caseLine
	By          law.Text
	Custody     []custodyLine
	NeedsFee    bool
	CanComplete bool
	CanReply    bool
	CanPINs     bool
	CanLetter   bool // the PINs stand in a sealed letter that is here
	CanReceive  bool
	CanGiveBack bool
	CanWithdraw bool
	Mistake     *undoForm
	PINText     string
	Fields      []input
	Papers      []paperLine
	Refusal     *law.Refusal
	Others      []office.Invalid
	Prints      printables
	Certificate *certificateView
}

func (p *pages) windowCase(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showWindowCase(w, r, who, http.StatusOK, nil)
}

func (p *pages) showWindowCase(w http.ResponseWriter, r *http.Request, who office.Actor, status int, failed error) {
	c, err := p.Office.WindowCase(r.Context(), who, r.PathValue("id"))
	if err != nil {
		p.failBack(w, r, err, "/office")
		return
	}
	view, err := p.windowCaseView(c, who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	text, person, err := p.Office.CertificateTextIn(r.Context(), who, c.ID)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	if reader, err := p.Office.CardReader(r.Context(), who); err == nil {
		view.Reader = reader.Name
	}
	if !c.State.Ended() {
		view.Certificate = p.certificateOfPerson(text, person)
	}
	view.Refusal, view.Others = refusalOf(failed), faultsOf(failed)
	p.show(w, r, status, "windowcase", view.Name, view)
}

// windowCaseView says which acts the state × act table offers to this office.
func (p *pages) windowCaseView(c docket.Case, who office.Actor) (windowCaseView, error) {
	v := windowCaseView{caseLine: p.caseLines([]docket.Case{c})[0], By: office.PlaceName(c.By, p.today()), PINText: pinList(c.PINs)}
	can := func(act docket.Act) bool {
		next, err := procedure.Next(docket.Life, c.State, act)
		return err == nil && !next.Already
	}
	var outstanding []docket.Step
	if !c.State.Ended() {
		outstanding = c.Outstanding(p.today())
	}
	here := c.Office == who.Office
	worker := c.By == who.Office
	v.CanComplete = here && can(docket.Complete) || worker && !here && can(docket.Finish)
	v.CanReply, v.CanWithdraw = here && can(docket.Reply), here && can(docket.Withdraw)
	v.CanPINs = v.CanComplete && slices.Contains(outstanding, docket.TypePINs)
	v.NeedsFee = here && slices.Contains(outstanding, docket.PayFee)
	letter := c.Where[docket.SealedPIN]
	v.CanLetter = v.CanPINs && letter.With == application.AtOffice && letter.Office == who.Office
	v.CanReceive = c.State == docket.SentAway && worker || c.State == docket.SentBack && here
	v.CanGiveBack = here && can(docket.GiveBack)
	if c.State == docket.Done {
		v.Mistake = &undoForm{To: "/office/cases/" + c.ID, ID: "case", Note: c.Undone}
	}
	for _, thing := range docket.Things {
		if at, ok := c.Where[thing]; ok {
			v.Custody = append(v.Custody, custodyLine{word(thingWords, thing), word(partyWords, at.With), office.PlaceName(at.Office, p.today())})
		}
	}
	v.Prints = printables{Field: "case", Value: c.ID}.with(p.formsOf(rules.Procedure(c.Procedure))...).with(office.Printout)
	if c.Fee.Paid {
		v.Prints = v.Prints.with(office.FeeReceipt)
	}
	if v.CanLetter {
		fields, err := p.pinInputs(c.PINs)
		if err != nil {
			return v, err
		}
		v.Fields = fields
	}
	if v.CanReply {
		for _, kind := range []rules.Paper{rules.ReplyForm, rules.ReplyAndMandate, rules.Mandate, rules.MyNumberCard, rules.ProxyPhotoID, rules.HolderID, rules.ResidentNotice, rules.FormNewSignature, rules.FormCertRenewal, rules.FormStayChange, rules.RepresentativeID} {
			v.Papers = append(v.Papers, paperLine{Kind: kind, Name: rules.PaperNames[kind]})
		}
	}
	return v, nil
}

// pinInputs are the fields for PINs, once each.
func (p *pages) pinInputs(pins []card.PIN) ([]input, error) {
	row, err := rules.PINSyntaxes.On(p.today())
	if err != nil {
		return nil, err
	}
	var out []input
	for _, pin := range pins {
		s := row.Rule[pin]
		in := input{Name: pin.String(), Kind: "password", Mode: "numeric", Most: s.Max, Required: true, Label: law.Text{Ja: "No.%d %s", En: "No.%d %s"}.Format(int(pin), s.Name)}
		if s.Letters {
			in.Mode = "text"
		}
		out = append(out, in)
	}
	return out, nil
}

// caseActs are the acts on a case that need nothing but its button.
var caseActs = map[string]func(*office.Office, context.Context, office.Actor, string) (docket.Case, office.Receipt, error){
	"take-fee": (*office.Office).TakeCaseFee, "complete": (*office.Office).CompleteCase, "withdraw": (*office.Office).WithdrawCase,
	"receive": (*office.Office).ReceiveCase, "give-back": (*office.Office).GiveBack, "undo": (*office.Office).UndoCase,
}

func (p *pages) windowAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	ctx, id, name := r.Context(), r.PathValue("id"), r.PathValue("act")
	back := "/office/cases/" + id
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), back)
		return
	}
	var receipt office.Receipt
	var err error
	switch name {
	case "pin-screen":
		var secret string
		if secret, _, err = p.Office.OpenCasePINScreen(ctx, who, id); err == nil {
			p.showLink(w, r, p.Office.URL+"/case-pin/"+secret, back)
			return
		}
	case "reply":
		var papers []procedure.PaperAtWindow
		if papers, err = tickedPapers(r); err == nil {
			_, receipt, err = p.Office.ReplyCase(ctx, who, id, office.ReplyRequest{Sealed: ticked(r, "sealed"), Papers: papers})
		}
	case "reply-pins":
		_, receipt, err = p.Office.EnterReplyPINs(ctx, who, id, typed(r))
	case "ask-undo":
		_, receipt, err = p.Office.AskUndo(ctx, who, id, office.UndoRequest{Reason: r.PostFormValue("reason")})
	default:
		f, ok := caseActs[name]
		if !ok {
			p.notFound(w, r)
			return
		}
		_, receipt, err = f(p.Office, ctx, who, id)
	}
	switch status := statusOf(err); {
	case err == nil:
		p.Sessions.leave(ctx, receipt)
		http.Redirect(w, r, back, http.StatusSeeOther)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showWindowCase(w, r, who, status, err)
	default:
		p.failBack(w, r, err, back)
	}
}

var casePINTitle = law.Text{Ja: "暗証番号の入力", En: "Type your PINs"}

// casePINView is the holder's screen for the PINs of a procedure.
type casePINView struct {
	Name   law.Text
	Sets   bool
	Fields []input
	Faults []input
	Others []office.Invalid
	Done   bool
}

func (p *pages) casePINs(w http.ResponseWriter, r *http.Request) {
	c, err := p.Office.LinkedCase(r.Context(), r.PathValue("link"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.showCasePINs(w, r, http.StatusOK, c, nil)
}

func (p *pages) showCasePINs(w http.ResponseWriter, r *http.Request, status int, c docket.Case, failed error) {
	fields, err := p.pinInputs(c.PINs)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	filled, others := inputs(fields).with(nil, faultsOf(failed))
	info, _ := rules.LookupProcedure(rules.Procedure(c.Procedure))
	p.show(w, r, status, "casepin", casePINTitle, casePINView{Name: info.Name, Sets: c.SetPINs, Fields: filled, Faults: filled.Faults(), Others: others})
}

// typeCasePINs passes what the holder typed on to the chip, and keeps nothing of it.
func (p *pages) typeCasePINs(w http.ResponseWriter, r *http.Request) {
	link := r.PathValue("link")
	c, err := p.Office.LinkedCase(r.Context(), link)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	_, _, err = p.Office.TypeCasePINs(r.Context(), link, typed(r))
	switch {
	case err == nil:
		p.show(w, r, http.StatusOK, "casepin", casePINTitle, casePINView{Done: true})
	case statusOf(err) == http.StatusUnprocessableEntity:
		p.showCasePINs(w, r, http.StatusUnprocessableEntity, c, err)
	default:
		p.fail(w, r, err)
	}
}
