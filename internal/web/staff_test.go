package web_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"mynumber/internal/demo"
	"mynumber/internal/login"
	"mynumber/internal/login/invented"
	"mynumber/internal/office"
	"mynumber/internal/web"
)

// The administrator's page: an account is made, its owner gets in by the link, stands in elsewhere, is moved, leaves.
func TestStaffPages(t *testing.T) {
	h := open(t, nil)
	h.says(h.get("sumidaadmin", "/office/staff", 200), "この窓口の職員", "墨田区 窓口 山本")
	h.says(h.send("sumidaadmin", "/office/staff", url.Values{"account": {"K"}, "name": {"工藤"}, "role": {"clerk"}}, 422), "アカウント名は2〜40文字")
	page := h.send("sumidaadmin", "/office/staff", url.Values{"account": {"kudo"}, "name": {"工藤"}, "role": {"clerk"}}, 200)
	link := regexp.MustCompile(`/enter/[a-z2-7]{26}`).FindString(page)
	h.says(h.send("kudo's", link, nil, 200), "窓口の仕事", "工藤")
	h.says(h.get("kudo's", "/account", 200), "自分のアカウント", "ログインの方法")
	h.get("kudo's", "/office/staff", 403)

	h.send("hachinoheadmin", "/office/staff/stand-ins", url.Values{"stand_account": {"kudo"}, "stand_role": {"clerk"}, "from": {"2025-10-28"}, "to": {"2025-10-30"}}, 200)
	page = h.get("kudo's", "/account", 200)
	post := regexp.MustCompile(`name="post" value="([a-z2-7]{26})"`).FindStringSubmatch(page)
	if post == nil {
		t.Fatal(plain(page))
	}
	h.says(h.send("kudo's", "/account/post", url.Values{"post": {post[1]}}, 200), "八戸市", "代理")
	h.says(h.send("kudo's", "/account/post", url.Values{"post": {""}}, 200), "墨田区")

	h.send("sumidaadmin", "/office/staff/kudo/offer", url.Values{"office": {string(demo.Hachinohe)}}, 200)
	h.says(h.get("hachinoheadmin", "/office/staff", 200), "異動してくる人", "工藤")
	h.send("hachinoheadmin", "/office/staff/kudo/take-over", url.Values{"role": {"clerk"}}, 200)
	h.says(h.get("kudo's", "/office", 200), "八戸市")
	h.send("sumidaadmin", "/office/staff/kudo/leave", nil, 404)
	h.send("hachinoheadmin", "/office/staff/kudo/leave", nil, 200)
	h.says(h.get("kudo's", "/office", 403), "職員のログイン")
	h.send("sumidaadmin", "/office/staff/sumidaadmin/leave", nil, 403)
}

// A stolen cookie is worth nothing in another browser, and ends the session; “end all sessions” ends each.
func TestStolenSession(t *testing.T) {
	h := open(t, nil)
	h.get("sumida", "/office", 200)
	at, _ := url.Parse(h.url)
	cookies := h.browser("sumida").Jar.Cookies(at)
	ask := func(agent string) string {
		r, _ := http.NewRequest("GET", h.url+"/office", nil)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		if agent != "" {
			r.Header.Set("User-Agent", agent)
		}
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		b, _ := io.ReadAll(answer.Body)
		return answer.Status + plain(string(b))
	}
	if got := ask(""); !strings.HasPrefix(got, "200") {
		t.Fatalf("the same browser: %s", got)
	}
	if got := ask("a thief's"); !strings.HasPrefix(got, "403") {
		t.Errorf("another browser: %s", got)
	}
	if got := ask(""); !strings.HasPrefix(got, "403") {
		t.Errorf("the session that was tried elsewhere goes on: %s", got)
	}
	delete(h.browsers, "sumida")
	h.get("sumida", "/office", 200)
	jar, _ := cookiejar.New(nil)
	h.browsers["at home"] = &http.Client{Jar: jar}
	h.send("at home", "/sandbox/login", url.Values{"account": {"sumida"}}, 200)
	h.send("sumida", "/account/end-sessions", nil, 200)
	h.get("at home", "/office", 403)
	h.get("sumida", "/office", 403)
}

// opened is a house with the invented identity provider.
func withProvider(t *testing.T) (*house, *invented.Provider) {
	var p *invented.Provider
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	h := open(t, func(c *web.Config) {
		redirect := c.Office.URL + login.Answer
		var err error
		if p, err = invented.New(server.URL, redirect, []invented.Person{{ID: "yamamoto", Name: "山本"}, {ID: "mallory", Name: "マロリー"}}); err != nil {
			t.Fatal(err)
		}
		mux.Handle("/", p.Handler())
		c.Provider = &login.Provider{Issuer: server.URL, ClientID: invented.ClientID, Redirect: redirect}
	})
	return h, p
}

// at goes to the provider from a page, chooses who somebody is there, and returns the address to which the provider sends back.
func (h *house) atProvider(browser, from, subject string) string {
	h.t.Helper()
	b := *h.browser(browser)
	b.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := b.Get(h.url + from)
	if err != nil {
		h.t.Fatal(err)
	}
	answer.Body.Close()
	u, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || answer.StatusCode != http.StatusFound {
		h.t.Fatalf("%s leads to %q: %s", from, answer.Header.Get("Location"), answer.Status)
	}
	form := u.Query()
	form.Set("subject", subject)
	u.RawQuery = ""
	if answer, err = b.PostForm(u.String(), form); err != nil {
		h.t.Fatal(err)
	}
	answer.Body.Close()
	return strings.TrimPrefix(answer.Header.Get("Location"), h.url)
}

// OIDC: code flow with PKCE, state and nonce; what is forged lets nobody in.
func TestProviderLogin(t *testing.T) {
	h, provider := withProvider(t)
	h.says(h.get("", "/login", 200+203), "職員の認証サービスでログイン")
	h.says(h.get("x", h.atProvider("x", "/login/provider?next=/office/people", "yamamoto"), 403), "結びついたアカウントはありません")
	back := h.atProvider("sumida", "/account/provider", "yamamoto")
	h.says(h.get("sumida", back, 200), "yamamoto", "ログインの方法")
	h.get("sumida", back, 403) // each answer is good once
	h.says(h.get("y", h.atProvider("y", "/login/provider?next=/office/people", "yamamoto"), 200), "墨田区", "探す")
	h.says(h.get("z", h.atProvider("z", "/login/provider?next=https://evil.example/", "yamamoto"), 200), "窓口の仕事")
	h.get("v", h.atProvider("v", "/login/provider", "nobody there"), 403)
	h.says(h.get("hachinohe", h.atProvider("hachinohe", "/account/provider", "yamamoto"), 422), "ほかのアカウント")

	forged := func(name string, change func(url.Values)) {
		t.Run(name, func(t *testing.T) {
			h.t = t
			u, _ := url.Parse(h.atProvider("f", "/login/provider", "yamamoto"))
			q := u.Query()
			change(q)
			h.says(h.get("f", u.Path+"?"+q.Encode(), 403), "ログインできませんでした")
			h.get("f", "/office", 403)
		})
	}
	forged("another state", func(q url.Values) { q.Set("state", "AAAAAAAAAAAAAAAAAAAAAAAAAA") })
	forged("no state", func(q url.Values) { q.Del("state") })
	forged("another provider", func(q url.Values) { q.Set("iss", "https://evil.example") })
	forged("another code", func(q url.Values) { q.Set("code", "x") })
	t.Run("somebody else's answer in this browser", func(t *testing.T) {
		h.t = t
		theirs := h.atProvider("mallory's", "/login/provider", "mallory")
		h.get("victim", theirs, 403)
		h.atProvider("victim", "/login/provider", "yamamoto")
		h.get("victim", theirs, 403)
		h.get("victim", "/office", 403)
	})
	for name, spoil := range map[string]func(map[string]any){
		"nonce":    func(c map[string]any) { c["nonce"] = "x" },
		"audience": func(c map[string]any) { c["aud"] = "another client" },
		"issuer":   func(c map[string]any) { c["iss"] = "https://evil.example" },
		"expired":  func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() },
	} {
		t.Run("a token with another "+name, func(t *testing.T) {
			h.t = t
			provider.Spoil = spoil
			defer func() { provider.Spoil = nil }()
			h.get("s", h.atProvider("s", "/login/provider", "yamamoto"), 403)
			h.get("s", "/office", 403)
		})
	}
	h.t = t
	h.send("sumida", "/account/drop-key", url.Values{"kind": {office.KeyProvider}, "key": {provider.Subject("yamamoto")}}, 200)
	h.get("w", h.atProvider("w", "/login/provider", "yamamoto"), 403)
}
