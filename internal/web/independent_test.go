package web_test

import (
	"bufio"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/login"
	"mynumber/internal/web"
)

// independentProvider starts oidc-provider, an OpenID provider that is not ours, and returns its issuer. It ends with the test.
func independentProvider(t *testing.T, redirect string) string {
	t.Helper()
	dir := filepath.Join("..", "login", "testdata", "oidc-provider")
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no independent OpenID provider: node is not installed")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("no independent OpenID provider: scripts/test.sh installs it with npm ci")
	}
	cmd := exec.Command("node", "provider.js", redirect)
	cmd.Dir = dir
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close(); io.Copy(io.Discard, out); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the provider did not start: %v", err)
	}
	return strings.TrimSpace(line)
}

var interaction = regexp.MustCompile(`<form[^>]* action="([^"]+)"`)

// through goes to the provider from a page of ours, logs in there and agrees, and returns the page of ours that follows.
func (h *house) through(browser, from, subject string, want int) string {
	h.t.Helper()
	b := h.browser(browser)
	answer, err := b.Get(h.url + from)
	for range 4 {
		if err != nil {
			h.t.Fatal(err)
		}
		if strings.HasPrefix(answer.Request.URL.String(), h.url) {
			return h.read("back from the provider", answer, nil, want)
		}
		page, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		action := interaction.FindSubmatch(page)
		if answer.StatusCode != http.StatusOK || action == nil {
			h.t.Fatalf("the provider says %s: %s", answer.Status, plain(string(page)))
		}
		form := url.Values{"prompt": {"consent"}}
		if strings.Contains(string(page), `name="login"`) {
			form = url.Values{"prompt": {"login"}, "login": {subject}, "password": {"x"}}
		}
		to, err2 := answer.Request.URL.Parse(html.UnescapeString(string(action[1])))
		if err2 != nil {
			h.t.Fatal(err2)
		}
		answer, err = b.PostForm(to.String(), form)
	}
	h.t.Fatal("the provider asks and asks")
	return ""
}

// The login works against a provider that somebody else wrote: discovery, PKCE, a client with a secret, its keys and tokens.
func TestIndependentProvider(t *testing.T) {
	var issuer string
	h := open(t, func(c *web.Config) {
		redirect := c.Office.URL + login.Answer
		issuer = independentProvider(t, redirect)
		c.Provider = &login.Provider{Issuer: issuer, ClientID: "mynumber", Secret: "a secret of the test", Redirect: redirect}
	})
	h.says(h.through("stranger", "/login/provider", "yamamoto", 403), "結びついたアカウントはありません")
	h.says(h.through("sumida", "/account/provider", "yamamoto", 200), "ログインの方法", "yamamoto")
	h.says(h.through("at the desk", "/login/provider?next=/office/people", "yamamoto", 200), "墨田区", "探す")
	h.says(h.through("other", "/login/provider", "mallory", 403), "結びついたアカウントはありません")

	wrong := login.Provider{Issuer: issuer, ClientID: "mynumber", Secret: "another secret", Redirect: h.url + login.Answer}
	address, attempt, err := wrong.Begin(t.Context(), h.office.Clock())
	if err != nil || !strings.Contains(address, "code_challenge_method=S256") {
		t.Fatalf("%s, %v", address, err)
	}
	if _, err := wrong.Finish(t.Context(), attempt, url.Values{"state": {attempt.State}, "code": {"x"}}, h.office.Clock()); err == nil {
		t.Error("a wrong secret and a wrong code were taken")
	}
}
