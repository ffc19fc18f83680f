package web

import (
	"errors"
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/rules"
)

var playedTitle = law.Text{Ja: "交付まで自動で進めました", En: "Lived up to the hand-over"}

// playedView is what was lived without anybody at the keys.
type playedView struct {
	Stuck *Stuck
	Steps []PlayedStep
	PINs  []pinLine
	Doors []door
}

// pinLine is an invented holder's PIN.
type pinLine struct {
	Name  law.Text
	Value string
}

// door is a page to go on to.
type door struct {
	To   string
	Name law.Text
}

// cardDoors are the pages on which a card in a holder's hands is used.
var cardDoors = []door{
	{"/portal", law.Text{Ja: "カードでサービスにログインする", En: "Log in to a service with a card"}},
	{"/sandbox/sign", law.Text{Ja: "カードでファイルに署名する", En: "Sign a file with a card"}},
	{"/sandbox/phone", law.Text{Ja: "電子証明書をスマートフォンに入れる", En: "Put certificates on a phone"}},
	{"/sandbox/readers", law.Text{Ja: "カードをほかのプログラムに見せる(カードリーダー)", En: "Show cards to other programs (card reader)"}},
	{"/office/reader", law.Text{Ja: "カードリーダーを窓口の端末につなぐ", En: "Connect a card reader with a desk"}},
	{"/my", law.Text{Ja: "本人の画面を見る", En: "Open the holder's own page"}},
}

// sandboxHandOver lives the invented people's lives up to the cards in their hands, and shows each step.
func (p *pages) sandboxHandOver(w http.ResponseWriter, r *http.Request) {
	played, err := p.Sandbox.HandOver()
	view := playedView{Steps: played.Steps, Doors: cardDoors}
	title, status := playedTitle, http.StatusOK
	if err != nil {
		if !errors.As(err, &view.Stuck) {
			p.failBack(w, r, err, "/sandbox")
			return
		}
		title, status = law.Text{Ja: "交付まで進められませんでした", En: "The hand-over was not reached"}, http.StatusConflict
	}
	syntaxes, err := rules.PINSyntaxes.On(p.today())
	if err != nil {
		p.fail(w, r, err)
		return
	}
	for _, x := range played.PINs {
		view.PINs = append(view.PINs, pinLine{law.Text{Ja: "No.%d %s", En: "No.%d %s"}.Format(int(x.PIN), syntaxes.Rule[x.PIN].Name), x.Value})
	}
	p.show(w, r, status, "played", title, view)
}
