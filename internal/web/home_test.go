package web_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/demo"
)

// A card at home on the pages: taken in at the window with its papers, checked by the reception centre, posted, delivered by
// the post office (APP-025, APP-026, APP-016, PICK-040 to PICK-045).
func TestHomeLife(t *testing.T) {
	h := open(t, nil)
	photo, err := os.ReadFile("../demo/life/sato.jpg")
	if err != nil {
		t.Fatal(err)
	}
	h.send("sumida", "/office/people", form("name", "加藤 桜", "birth", "1997-03-27"), 200)
	page := h.get("sumida", "/office/people/kato", 200)
	h.says(page, "カードの申請(国内)")
	facts := "?visitor.who=holder&application.form_has_id=false&person.number_paper=false"
	page = h.get("sumida", "/office/people/kato/do/apply_at_home"+facts, 200)
	h.says(page, "書類を1点ずつ確かめる", "受取方法", "本人限定受取郵便")
	key := h.find(page, `name="request_key" value="([^"]+)"`)
	values := map[string]string{"request_key": key, "channel": "visit", "visitor.who": "holder", "person.number_paper": "false", "paper": "driving_licence", "until_driving_licence": "2028-03-01", "delivery": "counter"}
	page, _ = h.upload("sumida", "/office/people/kato/apply/apply_at_home", values, map[string][]byte{"photo": photo}, 409)
	h.says(page, "暗証番号設定依頼書") // APP-030: it is missing among the papers
	// The online way: application ID and mail, the mailed address, photo (APP-011).
	h.says(h.get("", "/apply-home", 200), "申請書ID(23桁)", "迷惑メール")
	h.says(h.send("", "/apply-home", form("application_id", "1", "email", "x"), 422), "23桁の数字です")
	h.says(h.send("", "/apply-home", form("application_id", demo.Forms[0].ID, "email", "sakura@example.org"), 200), "申請用URLをメールで送りました")
	link := h.mailed("apply-home")
	h.says(h.get("", link, 200), "生年月日", "顔写真")
	page, _ = h.upload("", link, map[string]string{"birth": "1997-03-27", "visitor": "holder"}, nil, 409)
	h.says(page, "顔写真のファイルを読めません")
	page, _ = h.upload("", link, map[string]string{"birth": "1997-03-27", "visitor": "holder"}, map[string][]byte{"photo": photo}, 200)
	h.says(page, "申請を受け付けました")

	// The reception centre compares and makes the card; the municipality announces it.
	page = h.get("production", "/issuer", 200)
	h.says(page, "確認する国内の申請", "加藤")
	path := h.find(page, `href="(/office/applications/[a-z0-9]+)"`)
	h.says(h.get("production", path, 200), "申請書受付センターで確認中", "受理して機構へ送る")
	h.send("production", path+"/accept", nil, 200)
	h.send("production", path+"/produce", nil, 200)
	h.send("production", path+"/dispatch", nil, 200)
	h.says(h.get("sumida", path, 200), "届いたカードを受領し")
	h.send("sumida", path+"/announce", nil, 200)

	// The hand-over: who came, with which papers, asked step by step (PICK-012, PICK-030).
	page = h.get("sumida", path+"/visitor", 200)
	h.says(page, "受け取りに来た人を確かめる")
	h.says(h.get("sumida", path+"/visitor?visitor.who=voluntary_proxy&visitor.ground=busy_with_work", 200), "次にできること")
	came := form("visitor.who", "holder", "person.number_paper", "false", "person.juki_card", "false", "paper", "issuance_notice", "paper", "passport")
	h.says(h.send("sumida", path+"/visitor", form("visitor.who", "holder", "paper", "issuance_notice"), 409), "本人確認書類")
	h.says(h.send("sumida", path+"/visitor", came, 200), "本日確認済み")
	page = h.send("sumida", path+"/pin-screen", nil, 200)
	screen := h.find(page, `href="`+regexp.QuoteMeta(h.url)+`(/pin/[a-z0-9]+)"`)
	h.send("", screen, form("signature", "SAKURA2026", "signature_again", "SAKURA2026", "user_authentication", "2580", "user_authentication_again", "2580",
		"resident_register", "1470", "resident_register_again", "1470", "input_support", "3690", "input_support_again", "3690"), 200)
	h.says(h.send("sumida", path+"/hand-over", form("receipt_signed", "yes"), 200), "交付済み", "本人の手元")
}

// Visits, forms, the post office's desk and the reception centre's page for forms that came by post (APP-014, APP-020,
// CHG-049).
func TestHomeDesks(t *testing.T) {
	h := open(t, nil)
	h.says(h.get("", "/outreach", 200), "希望日")
	asked := form("request_key", "r-1", "office", "131075", "requester", "向島の家", "where", "東京都墨田区向島一丁目", "people", "3", "phone", "+81 3 1234 5678", "days", "2025-11-04\n2025-11-06")
	one := form("request_key", "r-0", "office", "131075", "requester", "向島の家", "where", "東京都墨田区向島一丁目", "people", "3", "phone", "+81 3 1234 5678", "days", "2025-11-04")
	h.says(h.send("", "/outreach", one, 422), "2日以上")
	h.says(h.send("", "/outreach", asked, 200), "依頼を受け付けました")
	page := h.get("sumida", "/office/outreach", 200)
	h.says(page, "向島の家")
	act := h.find(page, `action="(/office/outreach/[a-f0-9]+)/appoint"`)
	h.says(h.send("sumida", act+"/appoint", form("day", "2025-11-05"), 409), "候補日にありません")
	h.says(h.send("sumida", act+"/appoint", form("day", "2025-11-06"), 200), "日が決まった")

	h.says(h.get("post", "/post", 200), "預かっているカードはありません")
	h.get("sumida", "/post", 404)
	h.says(h.get("production", "/issuer/by-post", 200), "申請書ID")
	h.get("sumida", "/issuer/by-post", 404)

	h.send("sumida", "/office/people", form("name", "加藤 桜", "birth", "1997-03-27"), 200)
	page = h.send("sumida", "/office/people/kato/do/replace_application_form", form("visitor.who", "holder", "channel", "visit", "paper", "passport"), 200)
	h.says(page, "交付申請書を発行しました")
	if !regexp.MustCompile(`[0-9]{23}`).MatchString(strings.ReplaceAll(page, " ", "")) {
		t.Error("CHG-049: no application ID on the page")
	}
}
