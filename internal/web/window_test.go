package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestWindow: a visitor is found, what is not open says why, and a procedure is led to its end with the papers ticked one
// by one.
func TestWindow(t *testing.T) {
	h := open(t, nil)
	h.get("sumida", "/office/people", 200)
	page := h.send("sumida", "/office/people", url.Values{"name": {"渡辺 結"}, "birth": {"平成4年13月1日"}}, 422)
	if !strings.Contains(plain(page), "日付として読めません") {
		t.Error("a day that is none is not said beside its field")
	}
	page = h.send("sumida", "/office/people", url.Values{"name": {"渡辺 結"}, "birth": {"平成4年12月1日"}}, 200)
	if !strings.Contains(plain(page), "マイナンバー入りの住民票の取得") || !strings.Contains(plain(page), "カードはありません") {
		t.Error("the person's page does not say what can be done")
	}
	h.get("niigata", "/office/people/watanabe", 404)

	do := "/office/people/watanabe/do/get_number_copy"
	page = h.get("sumida", do, 200)
	if !strings.Contains(page, `name="visitor.who" value="holder"`) {
		t.Fatalf("nobody is asked who stands there: %s", plain(page))
	}
	page = h.get("sumida", do+"?visitor.who=holder", 200)
	key := regexp.MustCompile(`name="request_key" value="([^"]+)"`).FindStringSubmatch(page)
	if key == nil {
		t.Fatalf("nothing to tick off: %s", plain(page))
	}
	form := url.Values{"request_key": {key[1]}, "visitor.who": {"holder"}, "channel": {"visit"}}
	page = h.send("sumida", do, form, 409)
	if !strings.Contains(page, "paper_missing") {
		t.Error("CHG-003: a paper that was not ticked is not missed")
	}
	form["paper"] = []string{"holder_identity"}
	form.Set("until_holder_identity", "2024-01-01")
	page = h.send("sumida", do, form, 409)
	if !strings.Contains(page, "paper_expired") {
		t.Error("an expired paper counts")
	}
	form.Set("until_holder_identity", "gestern")
	h.send("sumida", do, form, 422)
	form.Set("until_holder_identity", "2028-01-01")
	page = h.send("sumida", do, form, 200)
	if !strings.Contains(plain(page), "完了") {
		t.Errorf("the case: %s", plain(page))
	}
	if again := h.send("sumida", do, form, 200); !strings.Contains(plain(again), "すでに行われています") {
		t.Error("sent twice it is not the same case")
	}
	page = h.get("sumida", "/office/people/watanabe/do/renew_certificates_at_home", 200)
	if !strings.Contains(page, "refusal") {
		t.Errorf("somebody without a card renews certificates: %s", plain(page))
	}
	h.get("sumida", "/office/people/watanabe/do/no_such_thing", 404)
	h.get("sumida", "/office/letters", 200)
}
