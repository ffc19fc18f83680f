package web_test

import (
	"testing"

	"mynumber/internal/office"
)

// The clerk sees name and address as they will stand in the certificate, with what stands for other characters marked, and chooses (CERT-007).
func TestSubstitutesOnThePage(t *testing.T) {
	h := open(t, nil)
	if err := h.office.Store.Write(t.Context(), func(tx office.Tx) error {
		p, err := tx.Person("sato")
		if err != nil {
			return err
		}
		p.Name.Family = "𪚥﨑"
		return tx.PutPerson(p)
	}); err != nil {
		t.Fatal(err)
	}
	h.send("hachinohe", "/office/people", form("name", "𪚥﨑 光", "birth", "1988-05-17"), 200)
	page := h.get("hachinohe", "/office/people/sato", 200)
	h.says(page, "電子証明書での氏名・住所", "まだ決まっていません", "ふつうの代替文字", "2A6A5", "嵜")
	h.find(page, `(<mark>\?</mark><mark>崎</mark>)`)
	h.says(h.send("hachinohe", "/office/people/sato/substitutes", form("character", "𪚥", "other", "𪚥"), 422), "電子証明書に書ける1文字")
	h.says(h.send("hachinohe", "/office/people/sato/substitutes", form("character", "𪚥", "substitute", "〓", "other", "龍"), 200), "完了しました", "「龍」")
	page = h.send("hachinohe", "/office/people/sato/substitutes", form("character", "﨑", "substitute", "嵜"), 200)
	h.find(page, `(<mark>龍</mark><mark>嵜</mark>)`)
	h.says(page, "決定済み")
	h.send("niigata", "/office/people/sato/substitutes", form("character", "﨑", "substitute", "崎"), 404)
}
