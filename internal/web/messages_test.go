package web_test

import (
	"net/url"
	"strings"
	"testing"

	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
)

// write puts a message into the outbox, as an act does.
func (h *house) write(m notice.Message) notice.Message {
	h.t.Helper()
	now := h.office.Clock()
	m.State, m.Created, m.Due = notice.Waiting, now, now
	var err error
	if m.Subject, m.Body, err = notice.Compose(m.Kind, notice.Facts{Name: "渡辺　結", Office: law.Text{Ja: "東京都墨田区", En: "Sumida-ku"}, Item: law.Text{Ja: "手続き", En: "a procedure"},
		Link: h.url + "/reserve/abcdefghijklmnopqrstuvwxyz"}); err != nil {
		h.t.Fatal(err)
	}
	if err := h.office.Store.Write(h.t.Context(), func(tx office.Tx) error { return tx.PutMessage(m) }); err != nil {
		h.t.Fatal(err)
	}
	return m
}

// TestLetterPages: a letter is printed, its page is lost and printed again, it is posted, comes back, and goes again; a
// character that cannot be printed is said before.
func TestLetterPages(t *testing.T) {
	h := open(t, nil)
	id := "letterabcdefghijklmnopqrst"
	h.write(notice.Message{ID: id, Kind: notice.Inquiry, Channel: notice.ByLetter, PersonID: "watanabe", Office: "131075", From: "東京都墨田区",
		Letter: &notice.Letter{Name: "渡辺　𠮷", Address: "東京都墨田区押上一丁目1番2号", Service: notice.NonForwarded}})
	page := h.get("sumida", "/office/letters", 200)
	h.says(page, "照会書", "転送不要", "印刷できない文字があります", "20BB7")
	at := "/office/letters/" + id
	h.says(h.get("sumida", at+"/letter.pdf", 409), "まだ印刷されていません")
	h.says(h.send("sumida", at+"/print", nil, 200), "印刷済み")
	if pdf := h.get("sumida", at+"/letter.pdf", 200); !strings.HasPrefix(pdf, "%PDF-") {
		t.Error("no PDF")
	}
	h.send("sumida", at+"/lost", url.Values{"note": {""}}, 422)
	h.says(h.send("sumida", at+"/lost", url.Values{"note": {"紙詰まり"}}, 200), "送る前")
	h.says(h.get("sumida", "/office/letters.pdf", 409), "まだ印刷されていません")
	h.says(h.send("sumida", "/office/letters", nil, 200), "印刷済み")
	if pdf := h.get("sumida", "/office/letters.pdf", 200); !strings.HasPrefix(pdf, "%PDF-") {
		t.Error("no PDF of all letters")
	}
	h.says(h.send("sumida", at+"/posted", nil, 200), "送る手紙はありません")
	h.says(h.send("sumida", at+"/returned", nil, 200), "郵便で戻った")
	h.says(h.get("sumida", "/office/messages", 200), "照会書", "郵便で戻った")
	if page := h.get("sumida", "/office", 200); !strings.Contains(page, `<span class="count">1</span><span class="unseen">`) {
		t.Error("the clerk is not told that something was not delivered")
	}
	again := "/office/messages/" + id + "/send-again"
	h.says(h.send("sumida", again, url.Values{"way": {"email"}, "email": {"yui@example.org"}}, 409), "郵便でだけ送れます")
	h.says(h.send("sumida", again, url.Values{"way": {"post"}}, 200), "送る前", "東京都墨田区押上")
	h.send("sumida", at+"/eat", nil, 404)
	h.get("post", "/office/letters", 200) // its own notices, NTF-006
	h.get("production", "/office/messages", 200)
	h.get("taipei", "/office/messages/"+id, 404)
}

// TestMessagePages: a mail goes again to a corrected address, then by telephone, and nothing of its link is shown.
func TestMessagePages(t *testing.T) {
	h := open(t, nil)
	id := "mailabcdefghijklmnopqrstuv"
	h.write(notice.Message{ID: id, Kind: notice.CameBack, Channel: notice.ByMail, PersonID: "watanabe", Office: "131075", From: "東京都墨田区"})
	h.write(notice.Message{ID: id + "2", Kind: notice.Reserved, Channel: notice.ByMail, PersonID: "watanabe", Office: "131075", From: "東京都墨田区"})
	page := h.get("sumida", "/office/messages/"+id, 200)
	if strings.Contains(page, "abcdefghijklmnopqrstuvwxyz") {
		t.Error("a clerk sees the applicant's link")
	}
	again := "/office/messages/" + id + "2/send-again"
	h.says(h.send("sumida", again, url.Values{"way": {"email"}, "email": {"nobody"}}, 422), "メールアドレスを読めません")
	h.says(h.send("sumida", again, url.Values{}, 422), "一つだけ")
	page = h.send("sumida", again, url.Values{"way": {"phone"}, "phone": {"+81 3 6734 0170"}}, 200)
	h.says(page, "電話", "電話した")
	call := h.find(page, `action="(/office/messages/[a-z0-9]+/call)"`)
	h.says(h.send("sumida", call, url.Values{"reached": {"no"}}, 200), "電話に出ない")
	h.says(h.send("sumida", call, url.Values{"reached": {"yes"}}, 422), "話した相手")
	h.says(h.send("sumida", call, url.Values{"reached": {"yes"}, "note": {"本人に伝えた。"}}, 200), "電話で伝えた", "本人に伝えた")
	h.send("sumida", "/office/messages/"+id+"/eat", nil, 404)
}
