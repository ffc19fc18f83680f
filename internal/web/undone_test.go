package web_test

import (
	"bytes"
	"html"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"mynumber/internal/application"
)

// What people send by mistake is answered in both languages and costs them nothing that they typed, except what must not
// be shown back: the Individual Number and the photo.
func TestWrongForms(t *testing.T) {
	h := open(t, nil)
	raw, photo := sato(t)
	var pixels bytes.Buffer
	if err := png.Encode(&pixels, image.NewGray(image.Rect(0, 0, 700, 900))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change map[string]string
		photo  []byte
		want   int
		says   []string
	}{
		{"13MBの写真 APP-041", nil, append(bytes.Clone(photo), make([]byte, 13<<20)...), 409, []string{"ファイル", "APP-041", "7"}},
		{"名前だけJPEGのPNG APP-041", nil, pixels.Bytes(), 409, []string{"顔写真のファイルを読めません", "JPEG"}},
		{"写真なし", nil, nil, 409, []string{"顔写真のファイルを読めません"}},
		{"51文字の氏", map[string]string{"family_name": strings.Repeat("𠮷", 51)}, photo, 422, []string{"50文字まで", "50"}},
		{"201文字の住所", map[string]string{"overseas_address": strings.Repeat("a", 201)}, photo, 422, []string{"200文字まで", "200"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			form := maps.Clone(raw)
			maps.Copy(form, c.change)
			page, _ := h.apply(form, c.photo, c.want)
			h.says(page, append(c.says, "顔写真と個人番号は安全のため保存していません", "Photo and Individual Number are not kept")...)
			page = html.UnescapeString(page)
			for name, text := range form {
				if f, ok := application.FieldNamed(name); ok && !f.Secret && !strings.Contains(page, `value="`+text+`"`) {
					t.Errorf("%s is lost", name)
				}
			}
		})
	}
	t.Run("何も書かない", func(t *testing.T) {
		h.t = t
		page, _ := h.apply(nil, nil, 422)
		for _, f := range application.Fields {
			if f.Required {
				h.says(page, f.Label.Ja+" "+f.Label.En+" : ")
			}
		}
	})
	t.Run("𠮷のつく氏名 APP-074", func(t *testing.T) {
		h.t = t
		form := maps.Clone(raw)
		form["family_name"], form["family_kana"] = "𠮷野", "よしの"
		page, _ := h.apply(form, photo, 200)
		h.says(page, "𠮷野 光", "ヨシノ ヒカリ")
	})
}

// A login that ends in the middle of an act does nothing, and what was typed is there after the next login in the same
// browser.
func TestLoginEnded(t *testing.T) {
	h := open(t, nil)
	raw, photo := sato(t)
	l := &lived{house: h, raw: raw, photo: photo}
	l.applicant()
	l.accepting()
	l.send("hachinohe", l.path+"/receive-papers", nil, 200)
	page := l.get("hachinohe", l.path+"/candidates", 200)
	l.send("hachinohe", l.path+"/identify", form("person", l.find(page, `name="person" value="([^"]+)"`)), 200)

	question := form("fields", "planned_departure", "note", "国外転出の日を確かめてください。", "signature", "HIKARI2026")
	l.says(l.send("other", l.path+"/ask-back", question, 403), "操作は行われていません", "Nothing was done")
	page = l.send("other", "/sandbox/login", url.Values{"account": {"hachinohe"}, "next": {l.path}}, 200)
	l.says(page, "この操作はまだ行われていません", "The login had ended", "本籍地で審査中")
	l.find(page, `(<details class="act" open><summary><span class="ja">申請者に照会する)`)
	l.find(page, `>(国外転出の日を確かめてください。)</textarea>`)
	l.find(page, `(value="planned_departure" checked)`)
	if page = l.get("other", l.path, 200); strings.Contains(page, "確かめてください。</textarea>") {
		t.Error("it is shown once")
	}
	l.says(l.send("other", l.path+"/ask-back", question, 200), "申請者に照会中")

	l.send("third", "/issuer/cards/search", form("name", "さとう", "birth", "1988-05-17"), 403)
	l.find(l.send("third", "/sandbox/login", form("account", "stopline", "next", "/issuer"), 200), `(value="さとう")`)
	l.send("fourth", "/office/new", form("draft_code", "nosuchcode", "by_proxy", "yes", "channel", "post"), 403)
	page = l.send("fourth", "/sandbox/login", form("account", "sumida", "next", "/office/new"), 404)
	l.find(page, `(value="nosuchcode")`)
	l.find(page, `name="by_proxy" value="yes"( checked)`)
}

// A refused act comes back with what was typed for it, on the page of the case as it now stands.
func TestRefusedActKeepsItsForm(t *testing.T) {
	h := open(t, nil)
	raw, photo := sato(t)
	l := &lived{house: h, raw: raw, photo: photo}
	l.applicant()
	l.accepting()
	l.honseki()
	l.issuer()
	l.clock(2026, 1, 16)
	page := l.send("sumida", l.path+"/check-identity", form("visitor", "voluntary_proxy", "paper_passport", "yes", "until_passport", "2030-01-01", "passport_name", "SATO HIKARI"), 409)
	l.says(page, "PICK-073", "次に行うこと")
	for _, want := range []string{`value="voluntary_proxy" checked`, `name="paper_passport" value="yes" checked`, `value="2030-01-01"`, `value="SATO HIKARI"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is lost", want)
		}
	}
	page = l.send("sumida", l.path+"/hand-over", form("receipt_signed", "yes"), 409)
	l.find(page, `name="receipt_signed" value="yes"( checked)`)
	l.find(page, `value="holder"( checked)`)
}

// Two presses of one button at the same moment do the act once.
func TestPressedTwice(t *testing.T) {
	h := open(t, nil)
	raw, photo := sato(t)
	l := &lived{house: h, raw: raw, photo: photo}
	_, path := l.apply(raw, photo, 200)
	filing := form("request_key", "pressed", "draft_code", strings.TrimPrefix(path, "/apply/"), "channel", "visit", "old_card_seen", "yes")
	browser := h.browser("sumida")
	press := func(path string, form url.Values) (at []string) {
		var both sync.WaitGroup
		answers := make(chan *http.Response, 2)
		for range 2 {
			both.Go(func() {
				r, err := browser.PostForm(h.url+path, form)
				if err != nil {
					t.Error(err)
					return
				}
				answers <- r
			})
		}
		both.Wait()
		close(answers)
		for r := range answers {
			r.Body.Close()
			if r.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", path, r.StatusCode)
			}
			at = append(at, r.Request.URL.Path)
		}
		return at
	}
	at := press("/office/new", filing)
	if len(at) != 2 || at[0] != at[1] {
		t.Fatalf("taken in as %v", at)
	}
	press(at[0]+"/forward", nil)
	page := h.get("sumida", at[0], 200)
	h.says(page, "本籍地へ送付中", "経過 History 4")
	if n := strings.Count(page, "実施済み(変更なし)"); n != 2 {
		t.Errorf("%d of 4 presses changed nothing, want 2:\n%s", n, plain(page))
	}
}
