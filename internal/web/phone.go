package web

import (
	"errors"
	"net/http"
	"slices"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// The sandbox has a phone in software for each card and kind: what the app on a real one does is a form here.

var phoneTitle = law.Text{Ja: "スマートフォンの電子証明書", En: "Certificates on a phone"}

// phoneActions are what the app offers, in the order of a phone's life.
var phoneActions = []rules.Procedure{rules.PhoneIssue, rules.PhoneReissue, rules.PhoneModelChange, rules.PhoneLift, rules.PhoneRevoke}

// phoneView is the phone's page.
type phoneView struct {
	Cards   []cardChoice
	Kinds   []choiceLine
	Actions []choiceLine
	PINs    inputs
	Faults  []office.Invalid
	Refusal *law.Refusal
	Next    bool     // keys of the next card's algorithm are certified too
	Done    law.Text // what was done; empty before
	Made    []certificateLine
}

// choiceLine is one of several to choose.
type choiceLine struct {
	Value  string
	Text   law.Text
	Chosen bool
}

// phonePINs are the fields for the card's PIN and the phone's own two.
func phonePINs() inputs {
	return inputs{
		{Name: "pin", Kind: "password", Most: 16, Label: law.Text{Ja: "カードの署名用電子証明書の暗証番号(No.1)", En: "PIN No.1 of the card"},
			Hint: law.Text{Ja: "英大文字と数字6〜16文字。失効ではいりません。", En: "6 to 16 capital letters and digits; to revoke it is not needed."}},
		{Name: "phone_signature", Kind: "password", Most: 16, Label: law.Text{Ja: "スマートフォンの署名用パスワード", En: "The phone's signature password"},
			Hint: law.Text{Ja: "鍵を入れるときに新しく決めます(英大文字と数字6〜16文字。カードと別のものを勧めます)。失効では、決めたものを入力します。", En: "Chosen when keys are put on the phone: 6 to 16 capital letters and digits, better not the card's. To revoke, the one that was chosen."}},
		{Name: "phone_authentication", Kind: "password", Most: 4, Label: law.Text{Ja: "スマートフォンの利用者証明用暗証番号", En: "The phone's PIN for user authentication"},
			Hint: law.Text{Ja: "数字4桁。署名用だけを入れ直すときと失効ではいりません。", En: "4 digits; not needed to revoke, nor where the signature key alone is made anew."}},
	}
}

func (p *pages) phone(w http.ResponseWriter, r *http.Request) {
	p.showPhone(w, r, http.StatusOK, phoneView{PINs: phonePINs()})
}

func (p *pages) showPhone(w http.ResponseWriter, r *http.Request, status int, view phoneView) {
	cards, err := p.Sandbox.Cards()
	if err != nil {
		p.fail(w, r, err)
		return
	}
	for _, c := range cards {
		view.Cards = append(view.Cards, cardChoice{c, c.ID == r.PostFormValue("card")})
	}
	for _, kind := range []certificate.Carrier{certificate.OnAndroid, certificate.OnIPhone} {
		view.Kinds = append(view.Kinds, choiceLine{string(kind), word(carrierWords, kind), string(kind) == r.PostFormValue("kind")})
	}
	for _, code := range phoneActions {
		entry, _ := rules.LookupProcedure(code)
		view.Actions = append(view.Actions, choiceLine{string(code), entry.Name, string(code) == r.PostFormValue("action")})
	}
	view.Next = p.certifiesNext()
	p.show(w, r, status, "phone", phoneTitle, view)
}

// phoneAct does what the app was asked for.
func (p *pages) phoneAct(w http.ResponseWriter, r *http.Request) {
	view := phoneView{PINs: phonePINs()}
	action := rules.Procedure(r.PostFormValue("action"))
	if !slices.Contains(phoneActions, action) {
		p.notFound(w, r)
		return
	}
	made, err := p.Sandbox.Phone(r.Context(), PhoneAct{
		Procedure: action, Card: r.PostFormValue("card"), Kind: procedure.PhoneKind(r.PostFormValue("kind")), Algorithm: r.PostFormValue("algorithm"),
		PIN: r.PostFormValue("pin"), SignaturePIN: r.PostFormValue("phone_signature"), AuthenticationPIN: r.PostFormValue("phone_authentication"),
	})
	var wrong *WrongPIN
	var form *procedure.PINFault
	switch {
	case errors.As(err, &form):
		at := map[card.PIN]int{card.SignaturePIN: 1, card.UserAuthenticationPIN: 2}[form.PIN]
		view.PINs[at].Fault = form.Text
		p.showPhone(w, r, http.StatusUnprocessableEntity, view)
		return
	case errors.As(err, &wrong):
		at := 0
		if wrong.Phone {
			at = 1
		}
		view.PINs[at].Fault = wrongPINWords(wrong.TriesLeft)
		p.showPhone(w, r, http.StatusUnprocessableEntity, view)
		return
	case len(faultsOf(err)) > 0:
		view.Faults = faultsOf(err)
		p.showPhone(w, r, http.StatusUnprocessableEntity, view)
		return
	case errors.As(err, &view.Refusal):
		p.showPhone(w, r, http.StatusConflict, view)
		return
	case err != nil:
		p.failBack(w, r, err, "/sandbox/phone")
		return
	}
	view.Done = actWord(string(action), "")
	for _, x := range made {
		view.Made = append(view.Made, certificateLine{word(kindWords, x.Kind), word(certificateWords, x.State), x.Until.String()})
	}
	p.showPhone(w, r, http.StatusOK, view)
}

// wrongPINWords say that a chip refused a PIN.
func wrongPINWords(left int) law.Text {
	switch {
	case left == NoneTyped:
		return law.Text{Ja: "入力してください。", En: "Please type it."}
	case left == 0:
		return law.Text{Ja: "暗証番号はロックされています。", En: "The PIN is locked."}
	}
	return law.Text{Ja: "暗証番号が違います。あと%d回間違えるとロックされます。", En: "Wrong PIN. %d more wrong entries lock it."}.Format(left)
}

// certifiesNext reports that an authority certifies keys of the next card's algorithm.
func (p *pages) certifiesNext() bool {
	for _, a := range p.Office.CAs.All() {
		if a.Algorithm().String() == "p384" {
			return true
		}
	}
	return false
}
