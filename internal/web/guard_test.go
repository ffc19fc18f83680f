package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/web"
)

// ask sends a request with headers of its own, without following redirects.
func (h *house) ask(method, path string, body io.Reader, headers map[string]string) *http.Response {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { answer.Body.Close() })
	return answer
}

var formType = map[string]string{"Content-Type": "application/x-www-form-urlencoded"}

func TestGuard(t *testing.T) {
	h := open(t, nil)
	t.Run("別のサイトからの操作は受け付けない", func(t *testing.T) {
		h.t = t
		r := h.ask("POST", "/sandbox/login", strings.NewReader("account=sumida"), map[string]string{"Content-Type": formType["Content-Type"], "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
		if r.StatusCode != http.StatusForbidden || r.Header.Get("Set-Cookie") != "" {
			t.Errorf("status %d, cookie %q", r.StatusCode, r.Header.Get("Set-Cookie"))
		}
	})
	t.Run("OCSPはどこからでも", func(t *testing.T) {
		h.t = t
		r := h.ask("POST", "/ocsp", strings.NewReader("no request"), map[string]string{"Content-Type": "application/ocsp-request", "Origin": "https://bank.example", "Sec-Fetch-Site": "cross-site"})
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "application/ocsp-response" {
			t.Errorf("status %d, type %q", r.StatusCode, r.Header.Get("Content-Type"))
		}
	})
	t.Run("大きすぎる本文", func(t *testing.T) {
		h.t = t
		for name, head := range map[string]string{
			"写真": "Content-Disposition: form-data; name=\"photo\"; filename=\"p.jpg\"\r\n\r\n",
			"文字": "Content-Disposition: form-data; name=\"braille\"\r\n\r\n",
		} {
			body := io.MultiReader(strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"family_name\"\r\n\r\n佐藤\r\n--x\r\n"+head), bytes.NewReader(make([]byte, 64<<20)), strings.NewReader("\r\n--x--\r\n"))
			r := h.ask("POST", "/apply", body, map[string]string{"Content-Type": "multipart/form-data; boundary=x"})
			page := h.read(name, r, nil, http.StatusRequestEntityTooLarge)
			h.says(page, "送られた内容が大きすぎます")
			h.find(page, `(value="佐藤")`)
		}
	})
	t.Run("ログインの後に外へは送らない", func(t *testing.T) {
		h.t = t
		for next, want := range map[string]string{"https://evil.example/": "/office", "//evil.example": "/office", "/office/new?draft=x": "/office/new?draft=x", "/office.evil": "/office", "/office\\@evil": "/office", "": "/office"} {
			r := h.ask("POST", "/sandbox/login", strings.NewReader(url.Values{"account": {"sumida"}, "next": {next}}.Encode()), formType)
			if got := r.Header.Get("Location"); r.StatusCode != http.StatusSeeOther || got != want {
				t.Errorf("next %q leads to %q, want %q", next, got, want)
			}
		}
	})
	t.Run("ログアウトすると入れない", func(t *testing.T) {
		h.t = t
		h.get("sumida", "/office", 200)
		h.send("sumida", "/logout", nil, 200)
		h.get("sumida", "/office", 403)
	})
	t.Run("配る文字と書式は一年間", func(t *testing.T) {
		h.t = t
		for path, kind := range map[string]string{"site.css": "text/css; charset=utf-8", "fonts/noto-sans-jp-0-wght-normal.woff2": "font/woff2"} {
			r := h.ask("GET", "/static/"+path, nil, nil)
			if r.StatusCode != 200 || r.Header.Get("Content-Type") != kind || !strings.Contains(r.Header.Get("Cache-Control"), "max-age=31536000") {
				t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
			}
		}
		for _, path := range []string{"", "fonts/", "tokens.LICENSE", "../pages/home/page.html"} {
			if r := h.ask("GET", "/static/"+path, nil, nil); r.StatusCode == 200 {
				t.Errorf("%q is served", path)
			}
		}
	})
	t.Run("ないページ", func(t *testing.T) {
		h.t = t
		h.says(h.get("", "/nowhere", 404), "ページまたは記録が見つかりません")
	})
	t.Run("申請状況は続けて試せない APP-060", func(t *testing.T) {
		h.t = t
		limited := 0
		for range 30 {
			r := h.ask("POST", "/status", strings.NewReader("application_id=1&birth=1988-05-17"), formType)
			if r.StatusCode == http.StatusTooManyRequests {
				limited++
			}
		}
		if limited == 0 || limited == 30 {
			t.Errorf("%d of 30 tries were stopped", limited)
		}
	})
}

// Staff get in by a one-time link, which opening alone does not use up.
func TestEnter(t *testing.T) {
	h := open(t, nil)
	link, _, err := h.office.AddStaff(t.Context(), office.Console(demo.Hachinohe), office.Staff{ID: "kudo", Name: "工藤", Office: demo.Hachinohe, Role: office.Clerk})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.says(h.get("", "/enter/"+link, 200), "一度だけ使えます")
	}
	h.says(h.send("", "/enter/"+link, nil, 200), "窓口の仕事", "工藤")
	h.says(h.send("other", "/enter/"+link, nil, 409), "使用済み")
	h.send("other", "/enter/aaaaaaaaaaaaaaaaaaaaaaaaaa", nil, 404)
}

// The demo can be begun without typing: the invented form is made as the applicant's page makes it.
func TestExample(t *testing.T) {
	h := open(t, nil)
	h.says(h.get("", "/sandbox", 200), "記入済みの申請書を作る")
	h.says(h.send("", "/sandbox/example", nil, 200), "国外転出者用", "佐藤", "青森県八戸市")
}

// One click has the cards in their holders' hands, by the doors of everybody; with the PINs that it shows they are used. Asked again it finds
// all of it done. What was lived otherwise by hand is not lived over.
func TestHandOverAtOnce(t *testing.T) {
	h := open(t, nil)
	played := h.send("", "/sandbox/hand-over", nil, 200)
	h.says(played, "カードが2枚、本人の手にあります", "オンライン申請: ", "八戸市が戸籍の附票で本人を特定", "受領書に署名し、カードを交付", "ABR-")
	pin := regexp.MustCompile(`(?s)No\.2 利用者証明用.*?<code>([0-9]{4})</code>`).FindStringSubmatch(played)
	if pin == nil {
		t.Fatal("the page does not tell the PIN of the user authentication certificate")
	}
	cards, err := h.sandbox.Cards()
	if err != nil || len(cards) != 2 {
		t.Fatalf("%d cards in hand, %v", len(cards), err)
	}
	for _, c := range cards {
		h.says(h.send("", "/portal", url.Values{"card": {c.ID}, "pin": {pin[1]}}, 200), "ログインしました")
	}
	h.says(h.send("", "/sandbox/hand-over", nil, 200), "すでに済んでいました", "カードが2枚、本人の手にあります")

	other := open(t, nil)
	if err := other.sandbox.SetClock(t.Context(), demo.Start.AddDate(2, 0, 0)); err != nil {
		t.Fatal(err)
	}
	other.says(other.send("", "/sandbox/hand-over", nil, 409), "途中で止まりました", "新しいデータフォルダー")
}

// Real service has no sandbox: no one-click login, no clock, no inbox.
func TestNoSandbox(t *testing.T) {
	h := open(t, func(c *web.Config) { c.Sandbox, c.Secure = nil, true })
	h.get("", "/sandbox", 404)
	h.send("", "/sandbox/login", url.Values{"account": {"sumida"}}, 404)
	h.send("", "/sandbox/clock", url.Values{"clock": {"2030-01-01T10:00"}}, 404)
	h.send("", "/sandbox/example", nil, 404)
	h.send("", "/sandbox/hand-over", nil, 404)
	h.get("", "/sandbox/readers", 404)
	h.send("", "/sandbox/readers", url.Values{"act": {"swap"}}, 404)
	page := h.get("", "/office", 403)
	if strings.Contains(page, "山本") || strings.Contains(page, "/sandbox") {
		t.Errorf("the login page shows demo accounts: %s", plain(page))
	}
	h.says(page, "一度だけ使えるリンク")
	h.send("", "/portal", url.Values{"card": {"x"}, "pin": {"0000"}}, 404)
	if r := h.ask("GET", "/", nil, nil); r.Header.Get("Strict-Transport-Security") == "" {
		t.Error("a service on HTTPS says so")
	}
}

// broken are registers that fail.
type broken struct{}

var errDisk = errors.New("disk on fire: 佐藤光")

func (broken) Read(context.Context, func(office.Tx) error) error  { return errDisk }
func (broken) Write(context.Context, func(office.Tx) error) error { return errDisk }

// An internal error shows a reference number and nothing else, and is logged once under it, without the address.
func TestInternalError(t *testing.T) {
	h := open(t, func(c *web.Config) {
		o := *c.Office
		o.Store = broken{}
		c.Office = &o
	})
	page := h.get("", "/correct/4rwmfcxogbwww3hcz6saeoxhcc", 500)
	ref := h.find(page, `<code>([0-9a-f]{12})</code>`)
	if strings.Contains(page, "disk") {
		t.Errorf("the page tells the cause: %s", plain(page))
	}
	log := h.log.String()
	if strings.Count(log, ref) != 1 || strings.Count(log, "disk on fire") != 1 || strings.Contains(log, "4rwmf") {
		t.Errorf("the log: %s", log)
	}
}
