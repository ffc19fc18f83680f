package web

import (
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

var destroyedWords = map[string]law.Text{
	office.DestroyedPhoto: {Ja: "顔写真", En: "photo"}, office.DestroyedPapers: {Ja: "書類とお知らせの文面", En: "papers, and the text of messages"}, office.DestroyedContact: {Ja: "メールアドレス・電話番号", En: "mail addresses and telephone numbers"},
	office.DestroyedForm: {Ja: "暗証番号設定依頼書", En: "sealed PIN form"}, office.DestroyedCard: {Ja: "受け取られなかったカード", En: "card that nobody collected"}, office.DestroyedDrafts: {Ja: "出されなかった申請書", En: "forms that were never handed in"},
}

// destroyedLine is a line of the protocol in words.
type destroyedLine struct {
	office.Destruction
	Word law.Text
}

// destroyed shows the protocol of what the office destroyed.
func (p *pages) destroyed(w http.ResponseWriter, r *http.Request, who office.Actor) {
	all, err := p.Office.Destructions(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	var lines []destroyedLine
	for _, d := range all {
		line := destroyedLine{d, word(destroyedWords, d.Kind)}
		if d.Detail == "used" { // what is destroyed by its use, and not by a day
			line.Word, line.Detail = law.Text{Ja: line.Word.Ja + "(使用済み)", En: line.Word.En + ", used"}, ""
		}
		if d.Detail == office.CutThrough {
			line.Word, line.Detail = law.Text{Ja: "終わったカード(消去できなかったICチップごと裁断)", En: "ended card, cut through with a chip that could not be erased"}, ""
		}
		lines = append(lines, line)
	}
	p.show(w, r, http.StatusOK, "destroyed", law.Text{Ja: "廃棄の記録", En: "Protocol of destruction"}, lines)
}
