package web

import (
	"net/http"
	"strconv"

	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/paper"
	"mynumber/internal/printing"
)

var channelNames = map[notice.Channel]law.Text{
	notice.ByMail: {Ja: "メール", En: "e-mail"}, notice.ByLetter: {Ja: "手紙", En: "letter"}, notice.ByPostcard: {Ja: "はがき", En: "postcard"}, notice.ByTelephone: {Ja: "電話", En: "telephone"},
}

var messageStates = map[notice.State]law.Text{
	notice.Waiting: {Ja: "送る前", En: "waiting"}, notice.Deferred: {Ja: "相手のサーバーが受け取らない(再送中)", En: "not taken yet; tried again"},
	notice.Sent: {Ja: "送信済み", En: "sent"}, notice.Refused: {Ja: "相手のサーバーが拒否", En: "refused"}, notice.Bounced: {Ja: "不達で戻った", En: "came back undelivered"},
	notice.GivenUp: {Ja: "届けられずに終了", En: "given up"}, notice.Printed: {Ja: "印刷済み", En: "printed"}, notice.Posted: {Ja: "郵送済み", En: "posted"},
	notice.Returned: {Ja: "郵便で戻った", En: "returned by the post"}, notice.Reached: {Ja: "電話で伝えた", En: "told on the telephone"},
	notice.NotReached: {Ja: "電話に出ない", En: "nobody answered"}, notice.Replaced: {Ja: "別の方法で送り直した", En: "sent again in another way"},
}

var serviceNames = map[notice.Service]law.Text{
	notice.NonForwarded: {Ja: "転送不要", En: "non-forwarded"}, notice.Registered: {Ja: "簡易書留", En: "simple registered"},
}

// letterLine is a letter on the page of those to print.
type letterLine struct {
	office.LetterLine
	Channel law.Text
	Word    law.Text
	Service law.Text
}

// letters is what the office has to print and post.
func (p *pages) letters(w http.ResponseWriter, r *http.Request, who office.Actor) {
	found, err := p.Office.Letters(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	lines := make([]letterLine, 0, len(found))
	for _, l := range found {
		lines = append(lines, letterLine{l, channelNames[l.Channel], messageStates[l.State], serviceNames[l.Letter.Service]})
	}
	p.show(w, r, http.StatusOK, "letters", law.Text{Ja: "印刷して送る手紙", En: "Letters to print and post"}, lines)
}

// letterAct notes what was done with a letter: printed, a page lost, posted, returned.
func (p *pages) letterAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	ctx, id, back := r.Context(), r.PathValue("id"), "/office/letters"
	var receipt office.Receipt
	var err error
	switch r.PathValue("act") {
	case "print":
		receipt, err = p.Office.PrintLetter(ctx, who, id)
	case "lost":
		receipt, err = p.Office.LosePage(ctx, who, id, r.PostFormValue("note"))
	case "posted":
		receipt, err = p.Office.Posted(ctx, who, id)
	case "returned":
		back = "/office/messages/" + id
		receipt, err = p.Office.LetterReturned(ctx, who, id)
	default:
		p.notFound(w, r)
		return
	}
	if err != nil {
		p.failBack(w, r, err, back)
		return
	}
	p.Sessions.leave(ctx, receipt)
	http.Redirect(w, r, back, http.StatusSeeOther)
}

// printLetters prints everything that waits.
func (p *pages) printLetters(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if _, err := p.Office.PrintLetters(r.Context(), who); err != nil {
		p.failBack(w, r, err, "/office/letters")
		return
	}
	http.Redirect(w, r, "/office/letters", http.StatusSeeOther)
}

// printedPDF is what is printed and not yet posted, in one document.
func (p *pages) printedPDF(w http.ResponseWriter, r *http.Request, who office.Actor) {
	pages, err := p.Office.PrintedPages(r.Context(), who)
	if err != nil {
		p.failBack(w, r, err, "/office/letters")
		return
	}
	p.sendPDF(w, pages, "letters.pdf")
}

// letterPDF is a printed letter's pages.
func (p *pages) letterPDF(w http.ResponseWriter, r *http.Request, who office.Actor) {
	pages, err := p.Office.LetterPages(r.Context(), who, r.PathValue("id"))
	if err != nil {
		p.failBack(w, r, err, "/office/letters")
		return
	}
	p.sendPDF(w, pages, "letter.pdf")
}

// sendPDF answers with a document for the printer. It is shown and not kept.
func (p *pages) sendPDF(w http.ResponseWriter, pages printing.Pages, name string) {
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `inline; filename="`+name+`"`)
	h.Set("Content-Length", strconv.Itoa(len(pages.PDF)))
	_, _ = w.Write(pages.PDF) // a visitor who has gone reads nothing
}

// messageRow is a message in a list.
type messageRow struct {
	notice.Message
	Word    law.Text
	Channel law.Text
	When    string
}

func messageRows(messages []notice.Message) []messageRow {
	out := make([]messageRow, 0, len(messages))
	for _, m := range messages {
		out = append(out, messageRow{m, messageStates[m.State], channelNames[m.Channel], moment(m.Created)})
	}
	return out
}

// messages is what the office has sent, what was not delivered first.
func (p *pages) messages(w http.ResponseWriter, r *http.Request, who office.Actor) {
	list, err := p.Office.Messages(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := struct{ Trouble, Calls, Recent []messageRow }{messageRows(list.Trouble), messageRows(list.Calls), messageRows(list.Recent)}
	p.show(w, r, http.StatusOK, "messages", law.Text{Ja: "送ったお知らせ", En: "Messages of this office"}, view)
}

// messageView is one message with what can be done about it.
type messageView struct {
	messageRow
	Body    string
	Service law.Text
	Each    []deliveryLine
	Doubts  []paper.Doubt
	Again   bool
	ByPost  bool // and in no other way
	CanCall bool
	Back    bool // it can be noted that the post brought it back
	Inputs  inputs
	Faults  []input
	Others  []office.Invalid
	Refusal *law.Refusal
}

type deliveryLine struct {
	notice.Delivery
	Word law.Text
}

func (p *pages) message(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showMessage(w, r, who, http.StatusOK, nil)
}

func (p *pages) showMessage(w http.ResponseWriter, r *http.Request, who office.Actor, status int, failed error) {
	m, err := p.Office.Message(r.Context(), who, r.PathValue("id"))
	if err != nil {
		p.failBack(w, r, err, "/office/messages")
		return
	}
	v := messageView{messageRow: messageRows([]notice.Message{m})[0], Body: secrets.ReplaceAllString(m.Body, "/$1/…"), Refusal: refusalOf(failed)}
	for _, d := range m.Deliveries {
		v.Each = append(v.Each, deliveryLine{d, messageStates[d.State]})
	}
	if m.Letter != nil {
		v.Service = serviceNames[m.Letter.Service]
	}
	v.Again, v.ByPost = m.State != notice.Replaced, notice.OnlyOnPaper(m)
	v.CanCall = m.Channel == notice.ByTelephone && m.State.Open()
	v.Back = m.State == notice.Posted
	email := ""
	if len(m.To) > 0 {
		email = string(m.To[0])
	}
	in := inputs{
		{Name: "email", Kind: "email", Mode: "email", Label: law.Text{Ja: "メールアドレス", En: "E-mail address"}, Value: email},
		{Name: "phone", Kind: "tel", Mode: "tel", Label: law.Text{Ja: "電話番号", En: "Telephone number"}},
		{Name: "note", Kind: "area", Most: 500, Label: law.Text{Ja: "話した相手と内容", En: "With whom, and what was said"}, Hint: law.Text{Ja: "個人番号・暗証番号は書かないでください。", En: "No Individual Number and no PIN."}},
	}
	v.Inputs, v.Others = in, faultsOf(failed)
	if failed != nil {
		v.Inputs, v.Others = in.with(r.PostFormValue, faultsOf(failed))
	}
	v.Faults = v.Inputs.Faults()
	p.show(w, r, status, "message", law.Text{Ja: "お知らせ", En: "A message"}, v)
}

// messageAct sends a message again, or notes a call.
func (p *pages) messageAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	ctx, id := r.Context(), r.PathValue("id")
	var receipt office.Receipt
	var err error
	switch r.PathValue("act") {
	case "send-again":
		again := office.Again{}
		switch r.PostFormValue("way") {
		case "email":
			again.Email = r.PostFormValue("email")
		case "phone":
			again.Phone = r.PostFormValue("phone")
		case "post":
			again.Post = true
		}
		var m notice.Message
		if m, receipt, err = p.Office.SendAgain(ctx, who, id, again); err == nil {
			id = m.ID
		}
	case "call":
		receipt, err = p.Office.NoteCall(ctx, who, id, office.CallNote{Reached: r.PostFormValue("reached") == "yes", Note: r.PostFormValue("note")})
	default:
		p.notFound(w, r)
		return
	}
	switch status := statusOf(err); {
	case err == nil:
		p.Sessions.leave(ctx, receipt)
		http.Redirect(w, r, "/office/messages/"+id, http.StatusSeeOther)
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		p.showMessage(w, r, who, status, err)
	default:
		p.failBack(w, r, err, "/office/messages")
	}
}
