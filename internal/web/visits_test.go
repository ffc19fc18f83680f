package web_test

import (
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/booking"
)

// TestVisits: a clerk books for somebody who telephones, the visitor moves it by the mailed link, and the list of the day leads to the
// end of the visit; who comes without a reservation waits behind.
func TestVisits(t *testing.T) {
	h := open(t, nil)
	h.clock(2026, 1, 15)
	book := "/office/visits/book?procedure=renew_certificates_at_home"
	h.says(h.get("sumida", "/office/visits/book", 200), "用件")
	page := h.get("sumida", book+"&day=2026-01-16", 200)
	h.says(page, "来る方の名前", "10:00")
	sent := url.Values{"request_key": {"one"}, "procedure": {"renew_certificates_at_home"}, "day": {"2026-01-16"}, "time": {"10:00"}, "email": {"tanaka@example"}, "visitor": {"田中"}}
	if page := h.send("sumida", "/office/visits/book", sent, 422); !strings.Contains(plain(page), "メールアドレスとして読めません") || !strings.Contains(page, `value="田中"`) {
		t.Error("a wrong address is not said, or what was typed is gone")
	}
	sent.Set("email", "tanaka@example.org")
	page = h.send("sumida", "/office/visits/book", sent, 200)
	h.says(page, "田中", "予約済み", "10:00")

	link := h.mailed("reserve")
	h.says(h.get("", link, 200), "今の予約", "10:00", "墨田区役所")
	h.says(h.get("", link+"?day=2026-01-16", 200), "11:30")
	h.says(h.send("", link, url.Values{"day": {"2026-01-16"}, "time": {"11:30"}}, 200), "予約しました", "11:30")
	h.says(h.send("", link, url.Values{"day": {"2026-01-18"}, "time": {"11:30"}}, 409), "お受けできません")

	h.clock(2026, 1, 16)
	page = h.send("sumida", "/office/visits/walk-in", url.Values{"request_key": {"two"}, "procedure": {"renew_certificates_at_home"}, "visitor": {"鈴木"}}, 200)
	id := h.find(page, `/office/visits/([a-z0-9]+)/arrive"`)
	page = h.send("sumida", "/office/visits/"+id+"/arrive", nil, 200)
	if tanaka, suzuki := strings.Index(page, "田中"), strings.Index(page, "鈴木"); tanaka < 0 || suzuki < tanaka {
		t.Error("PICK-010: who has a reservation does not come first")
	}
	h.says(h.send("sumida", "/office/visits/"+id+"/cancel_booking", nil, 409), "順番を待っています")
	h.send("sumida", "/office/visits/"+id+"/call_visitor", nil, 200)
	h.says(h.send("sumida", "/office/visits/"+id+"/serve_visitor", nil, 200), "対応済み")
	h.says(h.get("", link, 200), "今は予約できません")
	h.send("sumida", "/office/visits/"+id+"/dance", nil, 404)
	h.send("hachinohe", "/office/visits/"+id+"/serve_visitor", nil, 404)
	h.get("hachinohe", "/office/visits/"+id+"/move", 404)

	// A booking is given back by its link.
	sent.Set("request_key", "three")
	sent.Set("day", "2026-01-19")
	h.send("sumida", "/office/visits/book", sent, 200)
	link = h.mailed("reserve")
	h.says(h.send("", link+"/cancel", nil, 200), "予約を取り消しました")
}

// TestOffices: what offices decide themselves is for anybody to read, each with its source and the day somebody looked.
func TestOffices(t *testing.T) {
	h := open(t, nil)
	h.clock(2026, 2, 10)
	h.says(h.get("", "/offices", 200), "墨田区", "在フィリピン日本国大使館", "2025-12-11", "だれも公表を確かめていません")
	page := h.get("", "/offices/151033", 200)
	h.says(page, "第3土曜日の翌日(システムメンテナンス)", "完全予約制", "025-223-7106", "OFF-032")
	if row := regexp.MustCompile(`2026-02-22.*`).FindString(page); !strings.Contains(plain(row), "第3土曜日の翌日") {
		t.Errorf("OFF-032: %s", plain(row))
	}
	h.says(h.get("", "/offices/embassy-fi", 200), "Europe/Helsinki", "国外からのカードの申請")
	h.says(h.get("", "/offices?code=墨田区", 200), "マイナンバーカード受取窓口")
	h.says(h.get("", "/offices?code=ないまち", 200), "見つかりません")
	h.get("", "/offices/999999", 404)
	h.get("", "/offices/issuer", 404)
}

// TestPolicyFaults: a wrong file is said on the clerks' list, and the office goes on with what was in force.
func TestPolicyFaults(t *testing.T) {
	h := open(t, nil)
	h.clock(2026, 1, 16)
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/131075.json", []byte("{\n\"office\": \"131075\",\n\"opens\": \"25:00\"\n}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := h.office.LoadPolicies(t.Context(), booking.Dir(dir)); err == nil {
		t.Fatal("it was taken")
	}
	h.says(h.get("sumida", "/office/visits", 200), "ファイルに誤りがあります", "131075.json:3", "知らない項目")
	if page := h.get("hachinohe", "/office/visits", 200); strings.Contains(page, "policy-faults") {
		t.Error("another office hears of it")
	}
}
