package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestNotifications: a clerk enters a move, a birth and asks the network; what is wrong stands beside its field, what a rule
// refuses is said, and the offices that have to know can read it.
func TestNotifications(t *testing.T) {
	h := open(t, nil)
	page := h.get("sumida", "/office/people/watanabe/notify", 200)
	if !strings.Contains(page, "?kind=move_out") {
		t.Fatal("the kinds are not offered")
	}
	h.get("sumida", "/office/people/watanabe/notify?kind=nonsense", 404)
	page = h.get("sumida", "/office/people/watanabe/notify?kind=move_out", 200)
	key := regexp.MustCompile(`name="request_key" value="([^"]+)"`).FindStringSubmatch(page)[1]
	form := url.Values{"request_key": {key}, "kind": {"move_out"}, "day": {"令和7年13月1日"}, "municipality": {"新潟"}}
	page = h.send("sumida", "/office/people/watanabe/notify", form, 422)
	if !strings.Contains(plain(page), "日付として読めません") || !strings.Contains(page, `value="151033"`) {
		t.Errorf("the day is not said, or the places are not offered: %s", plain(page))
	}
	form["day"], form["municipality"] = []string{"令和7年11月20日"}, []string{"151033"}
	h.send("niigata", "/office/people/watanabe/notify", form, 409)
	page = h.send("sumida", "/office/people/watanabe/notify", form, 200)
	if !strings.Contains(plain(page), "新潟市中央区") {
		t.Errorf("NUM-015: who was told is not said: %s", plain(page))
	}
	if again := h.send("sumida", "/office/people/watanabe/notify", form, 200); !strings.Contains(plain(again), "すでに記録されています") {
		t.Error("sent twice it is entered twice")
	}
	page = h.get("niigata", "/office/network", 200)
	note := regexp.MustCompile(`/office/network/[^/"]+/note`).FindString(page)
	if !strings.Contains(plain(page), "渡辺 結") || note == "" {
		t.Fatalf("Niigata has not received the move: %s", plain(page))
	}
	h.send("sumida", note, url.Values{}, 404)
	if page = h.send("niigata", note, url.Values{}, 200); strings.Contains(page, note) {
		t.Error("what was read is still to be read")
	}
	page = h.send("hachinohe", "/office/network", url.Values{"name": {"佐藤 光"}, "birth": {"昭和63年5月17日"}, "address": {"八戸市内丸1-1-1"}}, 200)
	if !strings.Contains(plain(page), "佐藤 光") {
		t.Errorf("ABR-022: %s", plain(page))
	}
	h.send("hachinohe", "/office/network", url.Values{"name": {"佐藤 光"}}, 422)

	page = h.get("sumida", "/office/people/watanabe", 200)
	back := regexp.MustCompile(`/office/people/watanabe/events/[^/"]+/take-back`).FindString(page)
	if back == "" {
		t.Fatalf("the move out cannot be taken back: %s", plain(page))
	}
	h.send("niigata", back, url.Values{}, 404)
	if page = h.send("sumida", back, url.Values{}, 200); !strings.Contains(plain(page), "取消し済み") || strings.Contains(page, back) {
		t.Errorf("the move out still stands: %s", plain(page))
	}

	h.get("sumida", "/office/registrations", 200)
	page = h.get("sumida", "/office/registrations?kind=birth", 200)
	key = regexp.MustCompile(`name="request_key" value="([^"]+)"`).FindStringSubmatch(page)[1]
	birth := url.Values{"request_key": {key}, "kind": {"birth"}, "day": {"2025-10-20"}, "family_name": {"渡辺"}, "given_name": {"蓮"}, "family_kana": {"ワタナベ"}, "given_kana": {"レン"},
		"sex": {"male"}, "nationality": {"JP"}, "parent": {"watanabe"}}
	page = h.send("sumida", "/office/registrations", birth, 422)
	if !strings.Contains(plain(page), "本籍の市区町村を書いてください") {
		t.Error("a child without honseki")
	}
	birth.Set("honseki", "022039")
	if page = h.send("sumida", "/office/registrations", birth, 200); !strings.Contains(plain(page), "個人番号が付けられました") {
		t.Errorf("NUM-013: %s", plain(page))
	}
}
