package web_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// One whole life through the pages, as applicant, clerks and issuer live it (TL-001 to TL-006), with every wrong turn that
// a page has to show.
func TestLife(t *testing.T) {
	h := open(t, nil)
	raw, photo := sato(t)
	l := &lived{house: h, raw: raw, photo: photo}
	for _, chapter := range []struct {
		name string
		live func()
	}{
		{"申請書を作る APP-013 APP-070 APP-074", l.applicant},
		{"墨田区で受け付ける TL-001 ELIG-011", l.accepting},
		{"八戸市で審査する TL-002 APP-076 ABR-021", l.honseki},
		{"申請状況を見る APP-060 APP-062", l.status},
		{"機構で作る TL-004 ST-004", l.issuer},
		{"受取りを予約する TL-005 PICK-007 PICK-011", l.reserve},
		{"本人確認・暗証番号・交付 TL-006 PICK-071 PIN-020 PICK-076", l.pickup},
		{"サービスにログインし、なくして止める CERT-007 LOSS-001", l.use},
	} {
		h.t = t
		if !t.Run(chapter.name, func(t *testing.T) { h.t = t; chapter.live() }) {
			break
		}
	}
	h.t = t
	for _, secret := range append(secrets, "佐藤", "hikari.sato@example.com") {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log holds %s:\n%s", secret, h.log)
		}
	}
}

// lived is the life so far.
type lived struct {
	*house
	raw   map[string]string
	photo []byte
	draft string
	path  string // of the case
	card  string
}

func (l *lived) applicant() {
	l.says(l.send("", "/apply/online", nil, 409), "オンライン", "APP-013", "Fill in the form here")
	found := l.get("", "/apply?find_honseki="+url.QueryEscape("八戸")+"&find_pickup=TW", 200)
	l.says(found, "青森県八戸市", "office-tw-taipei")
	l.says(l.get("", "/apply?honseki=022039&pickup=131075", 200), "✓ 青森県八戸市", "✓ 東京都墨田区")

	wrong := map[string]string{}
	for k, v := range l.raw {
		wrong[k] = v
	}
	wrong["birth"], wrong["pickup"] = "昭和63年13月1日", "すみだ"
	delete(wrong, "email1")
	page, _ := l.apply(wrong, l.photo, 422)
	l.says(page, "ない日付か、読めない書き方です", "次の中から選んでください", "東京都墨田区", "記入してください")
	l.find(page, `(value="佐藤")`) // what was right is still there
	page, _ = l.apply(l.raw, []byte("no photo"), 409)
	l.says(page, "顔写真のファイルを読めません", "APP-041")

	page, path := l.apply(l.raw, l.photo, 200)
	l.draft = strings.TrimPrefix(path, "/apply/")
	l.says(page, "【国外転出者用】", "まだ申請は完了していません", "佐藤 光", "昭和63年5月17日", l.draft)
	for file, kind := range map[string]string{"qr.png": "\x89PNG", "photo.jpg": "\xff\xd8", "form.json": "{"} {
		if b := l.get("", path+"/"+file, 200); !strings.HasPrefix(b, kind) {
			l.t.Errorf("%s begins with %q", file, b[:4])
		}
	}
	l.get("", "/apply/aaaaaaaaaaaaaaaaaaaaaaaaaa", 404)
}

func (l *lived) accepting() {
	l.says(l.get("", "/office/new?draft="+l.draft, 403), "職員のページ", "墨田区 窓口 山本")
	page := l.get("sumida", "/office/new?draft="+l.draft, 200)
	l.says(page, "佐藤 光", "青森県八戸市")
	key := l.find(page, `name="request_key" value="([^"]+)"`)
	filing := form("request_key", key, "draft_code", l.draft, "channel", "visit", "sealed_form", "yes", "old_card_seen", "yes")
	foreign := form("request_key", key, "draft_code", l.draft, "channel", "visit", "foreign_passport", "yes")
	l.says(l.send("sumida", "/office/new", foreign, 409), "外国籍の方", "ELIG-011", "次にできること")
	l.says(l.send("sumida", "/office/new", form("request_key", key, "channel", "visit"), 422), "申請書コードを入力するか")
	l.says(l.send("production", "/office/new", filing, 403), "このアカウントではできない操作です")

	page = l.send("sumida", "/office/new", filing, 200)
	l.says(page, "申請を受け付ける", "完了しました", "ELIG-010", "封入のまま")
	l.path = l.find(page, `action="(/office/applications/[a-z0-9]+)/forward"`)
	l.says(l.send("sumida", "/office/new", filing, 200), "すでに行われています")
	l.says(l.get("sumida", "/office", 200), "佐藤 光")
	l.get("niigata", l.path, 404)
	l.find(l.get("hachinohe", l.path, 200), `<img class="photo" src="(`+l.path+`/photo.jpg)"`)
	if b := l.get("hachinohe", l.path+"/photo.jpg", 200); b != string(l.photo) {
		l.t.Errorf("the photo on the case page has %d bytes, want %d", len(b), len(l.photo))
	}
	l.get("niigata", l.path+"/photo.jpg", 404)
	l.get("", l.path+"/photo.jpg", 403)
	l.says(l.send("hachinohe", l.path+"/accept", nil, 409), "申請書が本籍地市区町村に届いていません", "ABR-021")
	l.says(l.send("sumida", l.path+"/forward", nil, 200), "本籍地へ送付中", "青森県八戸市")
	l.says(l.send("sumida", l.path+"/forward", nil, 200), "何も変わりませんでした")
	l.get("sumida", "/office/new?draft=nosuchdraft", 404)
	l.send("sumida", l.path+"/no-such-act", nil, 404)
}

func (l *lived) honseki() {
	l.clock(2025, 11, 11)
	l.send("hachinohe", l.path+"/receive-papers", nil, 200)
	l.says(l.send("hachinohe", l.path+"/accept", nil, 409), "本人の特定がまだ済んでいません", "ABR-022")
	page := l.get("hachinohe", l.path+"/candidates", 200)
	l.says(page, "国外転出予定日 planned departure : 不一致", "氏名 name : 一致")
	person := l.find(page, `name="person" value="([^"]+)"`)
	l.says(l.send("hachinohe", l.path+"/identify", form("person", person), 200), "特定済み")
	l.says(l.send("hachinohe", l.path+"/ask-back", form("fields", "planned_departure"), 422), "照会する内容を書いてください")
	l.send("hachinohe", l.path+"/ask-back", form("fields", "planned_departure", "fields", "no_user_authentication", "note", "予定日を確認してください。"), 200)

	link := l.mailed("correct")
	page = l.get("", link, 200)
	l.says(page, "予定日を確認してください。", "国外転出(予定)日")
	if strings.Contains(page, `name="family_name"`) {
		l.t.Error("APP-076: only what was asked can be answered")
	}
	l.says(l.send("", link, form("planned_departure", "いつか"), 422), "読めない書き方です")
	l.says(l.send("", link, form("planned_departure", "令和4年3月31日"), 200), "回答を受け付けました")
	l.says(l.get("", link, 200), "回答を待っている照会はありません")
	l.get("", "/correct/aaaaaaaaaaaaaaaaaaaaaaaaaa", 404)
	l.clock(2025, 11, 15)
	page = l.send("hachinohe", l.path+"/accept", nil, 200)
	l.says(page, "受理・カード作成中", "0円。制度開始前の国外転出", "FEE-020")
	if strings.Contains(page, link) {
		l.t.Error("a clerk sees the applicant's link")
	}
}

func (l *lived) status() {
	id := l.find(l.get("hachinohe", l.path, 200), `申請書ID</span>.*?<code>([\d ]+)</code>`)
	l.says(l.send("", "/status", form("application_id", id, "birth", "昭和63年5月17日"), 200), "受理・カード作成中", "これは目安であり、期限ではありません")
	asked := form("application_id", id, "birth", "昭和63年5月17日")
	l.says(l.send("", "/status/link", asked, 200), "リンクを送りました")
	link := l.mailed("details")
	l.says(l.get("", link, 200), "一度だけ使えます")
	l.says(l.send("", link, nil, 200), "佐藤", "東京都墨田区", "受理・カード作成中", "受取場所")
	l.says(l.send("", link, nil, 409), "使用済み")
	l.send("", "/details/aaaaaaaaaaaaaaaaaaaaaaaaaa", nil, 404)
	l.says(l.send("", "/status/link", form("application_id", id, "birth", "1988-05-18"), 200), "リンクを送りました") // the same, and no mail
	l.says(l.send("", "/status", form("application_id", id, "birth", "1988-05-18"), 404), "見つかりません")
	l.says(l.send("", "/status", form("application_id", id, "birth", "きのう"), 422), "日付として読めません")
}

// lists are the issuer's alone to order; the desk says which is current.
func (l *lived) lists() {
	l.get("sumida", "/issuer/lists", 404)
	l.says(l.get("production", "/issuer/lists", 200), "認証局自身の証明書(ARL)", "よし")
	order := form("of", "sign-1", "partition", "02203")
	l.send("sumida", "/issuer/lists", order, 403)
	l.says(l.send("production", "/issuer/lists", order, 200), "失効リストの出し直し", "青森県八戸市", "よし")
	l.says(l.send("production", "/issuer/lists", form("of", "sign-9", "partition", "02203"), 422), "その世代の鍵はありません")
}

func (l *lived) issuer() {
	l.clock(2025, 11, 20)
	desk := strings.Replace(l.path, "/office/", "/issuer/", 1)
	l.get("sumida", "/issuer", 404)
	l.says(l.get("production", "/issuer", 200), "製造するカード", "SHA-256", "CRL 青森県八戸市")
	l.says(l.send("production", desk+"/dispatch", nil, 409), "カードの製造が終わっていません")
	l.says(l.send("production", desk+"/produce", nil, 200), "製造済み(機構)")
	l.says(l.send("production", desk+"/produce", nil, 200), "何も変わりませんでした")
	l.lists()
	l.clock(2025, 11, 21)
	l.send("production", desk+"/dispatch", nil, 200)
	l.says(l.send("sumida", l.path+"/hand-over", form("receipt_signed", "yes"), 409), "カードがまだ受取窓口に届いていません")
	l.clock(2025, 12, 5)
	l.says(l.send("sumida", l.path+"/announce", nil, 200), "受取り可能", "令和8年3月5日")
}

func (l *lived) reserve() {
	link := l.mailed("reserve")
	page := l.get("", link, 200)
	l.says(page, "電子証明書更新の予約", "墨田区役所2階", "令和8年3月5日", "旅券(パスポート)と、次のうち1点", "旧カードも", "0円", "納付は不要です", "代理人に交付できません", "PICK-073")
	if strings.Contains(page, "今の予約") {
		l.t.Error("nothing is booked yet")
	}
	l.says(l.get("", link+"?day=2026-01-16", 200), "10:30")
	l.says(l.send("", link, form("day", "2026-01-03", "time", "10:30"), 409), "受け付けていません")
	l.says(l.send("", link, form("day", "2026-01-16", "time", "10:30"), 200), "予約しました")
	l.says(l.send("", link, form("day", "2026-01-16", "time", "11:00"), 200), "予約しました", "11:00")
	l.says(l.get("", link, 200), "今の予約", "令和8年1月16日(金) 2026-01-16 (Fri) 11:00", "予約を変更する")
	l.get("", "/reserve/aaaaaaaaaaaaaaaaaaaaaaaaaa", 404)
}

func (l *lived) pickup() {
	l.clock(2026, 1, 16)
	seen := form("visitor", "holder", "paper_passport", "yes", "until_passport", "2030-01-01", "paper_driving_licence", "yes", "until_driving_licence", "いつか",
		"passport_name", "SATO HIKARI", "passport_birth", "1988-05-17", "old_card", "yes")
	l.says(l.send("sumida", l.path+"/check-identity", seen, 422), "日付として読めません", "運転免許証の有効期限")
	seen.Set("until_driving_licence", "2028-06-17")
	seen.Set("visitor", "voluntary_proxy")
	l.says(l.send("sumida", l.path+"/check-identity", seen, 409), "代理人に交付できません", "PICK-073")
	l.says(l.send("sumida", l.path+"/hand-over", form("receipt_signed", "yes"), 409), "本日の本人確認がまだ済んでいません")
	l.says(l.send("sumida", l.path+"/pin-screen", nil, 409), "本日の本人確認")
	seen.Set("visitor", "holder")
	l.says(l.send("sumida", l.path+"/check-identity", seen, 200), "本日確認済み")
	l.says(l.send("sumida", l.path+"/open-sealed-form", form("signature", "HIKARI2026"), 409), "本人の前でだけ開封できます")

	page := l.send("sumida", l.path+"/pin-screen", nil, 200)
	l.find(page, `src="(data:image/png;base64,)`)
	screen := l.find(page, `href="`+regexp.QuoteMeta(l.url)+`(/pin/[a-z0-9]+)"`)
	l.says(l.get("", screen, 200), "No.1", "No.4", "ご本人だけが入力してください")
	pins := form("signature", "HIKARI2026", "signature_again", "HIKARI2026", "user_authentication", "2580", "user_authentication_again", "2580",
		"resident_register", "1470", "resident_register_again", "1470", "input_support", "3690", "input_support_again", "3960")
	l.says(l.send("", screen, pins, 422), "2回の入力が一致しません")
	pins.Set("input_support_again", "3690")
	pins.Set("signature", "hikari")
	pins.Set("signature_again", "hikari")
	l.says(l.send("", screen, pins, 422), "半角英大文字と数字")
	pins.Set("signature", "HIKARI2026")
	pins.Set("signature_again", "HIKARI2026")
	l.says(l.send("", screen, pins, 200), "設定しました")
	l.send("", screen, pins, 409)

	l.says(l.send("sumida", l.path+"/hand-over", nil, 409), "受領書への署名がありません")
	l.says(l.send("sumida", l.path+"/hand-over", form("receipt_signed", "yes"), 200), "本人の手元", "交付済み", "回収済み")
}

func (l *lived) use() {
	page := l.get("", "/portal", 200)
	l.card = l.find(page, `name="card" value="([^"]+)"`)
	l.says(l.send("", "/portal", form("card", l.card, "pin", "0000"), 422), "あと2回")
	l.says(l.send("", "/portal", form("card", l.card, "pin", "2580"), 200), "ログインしました")
	l.inReader()
	l.deskReader()
	l.phone()
	signature := l.sign()
	l.says(l.send("stopline", "/issuer/cards/search", form("name", "だれか", "birth", "1988-05-17"), 422), "見つかりません")
	l.says(l.send("stopline", "/issuer/cards/search", form("name", "さとうひかり", "birth", "昭和63年5月17日"), 200), "一時停止する")
	page = l.send("stopline", "/issuer/cards/search", form("name", "さとうひかり", "birth", "昭和63年5月17日"), 200)
	key := l.find(page, `name="request_key" value="([^"]+)"`)
	l.says(l.send("stopline", "/issuer/people/sato/phone", form("request_key", key, "kind", "iphone", "what", "stop", "caller_is_holder", "yes"), 409), "スマホ用電子証明書")
	l.says(l.send("stopline", "/issuer/people/sato/phone", form("request_key", key, "kind", "android", "what", "stop", "caller_is_holder", "yes"), 200), "完了しました")
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", "phone_certificates_lift", "pin", "HIKARI2026"), 200), "完了しました")
	l.says(l.send("stopline", "/issuer/cards/"+l.card+"/suspend", nil, 409), "本人からの電話")
	l.says(l.send("stopline", "/issuer/cards/"+l.card+"/suspend", form("caller_is_holder", "yes"), 200), "完了しました")
	page, _ = l.upload("", "/verify", nil, map[string][]byte{"file": []byte("同意します。"), "signature": signature}, 200)
	l.says(page, "信頼できません", "一時停止中(一時保留)", "certificateHold")
	l.says(l.send("", "/portal", form("card", l.card, "pin", "2580"), 403), "ログインできません", "certificateHold")
	for range 2 {
		l.send("", "/portal", form("card", l.card, "pin", "0000"), 422)
	}
	l.says(l.send("", "/portal", form("card", l.card, "pin", "0000"), 422), "ロックされています")
}

// sign signs a file and a PDF with the card, and verifies both; it returns the signature of the file.
func (l *lived) sign() []byte {
	files := func(file string, more ...string) map[string][]byte {
		out := map[string][]byte{"file": []byte(file)}
		for i := 0; i+1 < len(more); i += 2 {
			out[more[i]] = []byte(more[i+1])
		}
		return out
	}
	l.says(l.get("", "/sandbox/sign", 200), "署名してダウンロードする")
	with := map[string]string{"card": l.card, "pin": "HIKARI2027"}
	page, _ := l.upload("", "/sandbox/sign", with, files("同意します。"), 422)
	l.says(page, "あと4回")
	with["pin"] = "HIKARI2026"
	page, _ = l.upload("", "/sandbox/sign", with, nil, 422)
	l.says(page, "12MBまでのファイルを選んでください")
	page, _ = l.upload("", "/sandbox/sign", with, files("%PDF-1.7 and nothing more"), 422)
	l.says(page, "このPDFには署名できません")
	signature, _ := l.upload("", "/sandbox/sign", with, files("同意します。"), 200)
	pdf, _ := l.upload("", "/sandbox/sign", with, files(l.get("", "/apply/"+l.draft+"/form.pdf", 200)), 200)

	l.says(l.get("", "/verify", 200), "検証する")
	page, _ = l.upload("", "/verify", nil, files("同意します。", "signature", signature), 200)
	l.says(page, "この署名は有効です", "佐藤 光", "国外転出", "判定には使っていません")
	page, _ = l.upload("", "/verify", map[string]string{"revocation": "not_asked"}, files("同意しません。", "signature", signature), 200)
	l.says(page, "信頼できません", "改変されたか、別のファイルである", "失効は確認していません")
	page, _ = l.upload("", "/verify", nil, files(pdf), 200)
	l.says(page, "文書の最後まで署名されています", "署名1")
	page, _ = l.upload("", "/verify", map[string]string{"at": "2099-01-01T10:00"}, files(pdf), 422)
	l.says(page, "これから来る時点は判定できません")
	page, _ = l.upload("", "/verify", map[string]string{"at": "yesterday"}, files(pdf), 422)
	l.says(page, "日時として読めません")
	page, _ = l.upload("", "/verify", nil, files("text"), 422)
	l.says(page, "証明書としても、PDFとしても読めません")
	page, _ = l.upload("", "/verify", nil, nil, 422)
	l.says(page, "ファイルを選んでください")
	return []byte(signature)
}

// phone puts certificates on a phone with the card (SPC-003), and finds what the app refuses.
func (l *lived) phone() {
	app := func(action, pin string, status int) string {
		return l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", action, "pin", pin, "phone_signature", "PHONE2026", "phone_authentication", "4321"), status)
	}
	l.says(l.get("", "/sandbox/phone", 200), "スマートフォンで行う")
	l.says(app("phone_certificates_issue", "HIKARI2027", 422), "あと4回")
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", "phone_certificates_issue", "pin", "HIKARI2026"), 422), "6〜16文字の半角英大文字と数字")
	l.says(app("phone_certificates_issue", "HIKARI2026", 200), "完了しました", "有効")
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", "phone_certificates_revoke", "phone_signature", "PHONE2027"), 422), "あと4回")
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", "phone_certificates_revoke"), 422), "入力してください")
	l.send("", "/sandbox/phone", form("card", l.card, "kind", "iphone", "action", "phone_certificates_revoke", "phone_signature", "PHONE2026"), 404)
	l.says(app("phone_certificates_reissue", "HIKARI2026", 409), "お受けできません")
	l.says(app("phone_certificates_lift", "HIKARI2026", 409), "一時停止されていません")
	app("change_entries", "HIKARI2026", 404)
	l.phoneInReader()
	if err := errors.Join(os.MkdirAll(l.sandbox.Phones, 0o700), os.WriteFile(filepath.Join(l.sandbox.Phones, "iphone-"+l.card+".json"), []byte("{}"), 0o600)); err != nil {
		l.t.Fatal(err)
	}
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "iphone", "action", "phone_certificates_issue", "pin", "HIKARI2026"), 422), "チップができる前のファイル")
}

// A form that comes as files is taken in like one with a code; the sealed PIN form is opened before its holder (PIN-022).
func TestFilesAndSealedForm(t *testing.T) {
	h := open(t, nil)
	text, err := os.ReadFile("../demo/life/suzuki.json")
	photo, err2 := os.ReadFile("../demo/life/suzuki.jpg")
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{"request_key": "files", "channel": "visit", "by_proxy": "yes"}
	page, _ := h.upload("sumida", "/office/new", said, map[string][]byte{"form_file": []byte("{"), "photo": photo}, 422)
	h.says(page, "申請書ファイルとして読めません")
	page, _ = h.upload("sumida", "/office/new", said, map[string][]byte{"form_file": []byte(`{"birth": "1994-11-03", "colour": "red"}`), "photo": photo}, 422)
	h.says(page, "申請書にない項目です", "メールアドレス1", "記入してください")
	page, _ = h.upload("sumida", "/office/new", said, map[string][]byte{"form_file": text, "photo": photo}, 409)
	h.says(page, "封をする必要があります", "APP-079")
	said["sealed_form"] = "yes"
	page, path := h.upload("sumida", "/office/new", said, map[string][]byte{"form_file": text, "photo": photo}, 200)
	h.says(page, "封入のまま・窓口で保管中", "代理提出")

	h.send("sumida", path+"/forward", nil, 200)
	h.send("hachinohe", path+"/receive-papers", nil, 200)
	person := h.find(h.get("hachinohe", path+"/candidates", 200), `name="person" value="([^"]+)"`)
	h.send("hachinohe", path+"/identify", form("person", person), 200)
	h.says(h.send("hachinohe", path+"/reject", nil, 422), "不受理とする理由がありません")
	h.send("hachinohe", path+"/accept", nil, 200)
	desk := strings.Replace(path, "/office/", "/issuer/", 1)
	h.send("production", desk+"/produce", nil, 200)
	h.send("production", desk+"/dispatch", nil, 200)
	h.send("sumida", path+"/announce", nil, 200)
	h.send("sumida", path+"/check-identity", form("visitor", "holder", "paper_passport", "yes", "until_passport", "2030-01-01",
		"paper_pension_handbook", "yes", "passport_name", "SUZUKI KAITO", "passport_birth", "1994-11-03"), 200)
	sealed := form("holder_present", "yes", "signature", "KAITO", "user_authentication", "2580", "resident_register", "1470", "input_support", "3690")
	h.says(h.send("sumida", path+"/open-sealed-form", sealed, 422), "半角英大文字と数字")
	sealed.Set("signature", "KAITO2026")
	h.says(h.send("sumida", path+"/open-sealed-form", sealed, 200), "開封・廃棄済み", "No.1 No.2 No.3 No.4")
	h.says(h.send("sumida", path+"/hand-over", form("receipt_signed", "yes"), 200), "交付済み")
	h.owedChips()
}
