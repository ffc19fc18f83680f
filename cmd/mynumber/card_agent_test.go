package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mynumber/internal/pcsc/pcsctest"
)

// clerk is somebody at a browser of the demo.
type clerk struct {
	t      *testing.T
	url    string
	client http.Client
}

// does sends a form or JSON and returns the first group of the pattern in the answer.
func (c *clerk) does(path, body, pattern string) string {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasPrefix(path, "/api/") {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.client.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	m := regexp.MustCompile(pattern).FindSubmatch(answer)
	if err != nil || m == nil {
		c.t.Fatalf("POST %s: %d, no %s in %s", path, resp.StatusCode, pattern, answer)
	}
	return string(m[len(m)-1])
}

// TestAgentAtARealReader: the whole way that a card at a window goes: the server, the agent on another machine, pcscd with a reader, and
// the card in it, whose entries are rewritten and which gets a new key and certificate (CHG-001, CHG-016). The chip is in no folder of
// the server.
func TestAgentAtARealReader(t *testing.T) {
	service := pcsctest.Start(t)
	t.Setenv("PCSCLITE_CSOCK_NAME", service.Socket)
	dir := t.TempDir()
	ran(t, dir, "demo", "-once", "-data", "d")
	card, _ := heldCardOf(t, dir, "suzuki", "active")
	if out, err := exec.Command("cp", "-r", filepath.Join(dir, "d"), filepath.Join(dir, "away")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Remove(filepath.Join(dir, "d", "cards", card+".chip")); err != nil {
		t.Fatal(err)
	}
	serve := begin(t, dir, "card", "serve", "-data", "away", "-vpcd", fmt.Sprintf("127.0.0.1:%d", service.Port), card)
	serve.says("taken the card up")
	if err := service.WaitForCard(0, true); err != nil {
		t.Fatal(err)
	}
	demo := begin(t, dir, "demo", "-data", "d", "-listen", "127.0.0.1:"+freePort(t))
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(demo.says("http://127.0.0.1"))
	trace := filepath.Join(dir, "trace")
	agent := begin(t, dir, "card", "agent", "-reader", "first", "-server", url, "-trace", trace)
	code := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`).FindString(agent.says("code:"))

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{t, url, http.Client{Jar: jar, Timeout: time.Minute}}
	c.does("/sandbox/login", "account=hachinohe", "窓口")
	c.does("/api/v1/card-reader", `{"code": "`+code+`"}`, `"act":"pair_reader"`)
	agent.says("八戸市")
	c.does("/api/v1/people/search", `{"name": "鈴木 海斗", "birth": "1994-11-03"}`, `"id":"suzuki"`)
	c.does("/api/v1/people/suzuki/notifications", `{"request_key": "n1", "kind": "name_change", "day": "2026-01-20", "family_name": "高田", "family_kana": "タカダ"}`, `"kind":"name_change"`)
	id := c.does("/api/v1/people/suzuki/cases", `{"request_key": "m16", "situation": {"procedure": "change_entries_abroad", "channel": "visit", "visitor": {"who": "holder", "papers": [{"kind": "change_of_entries_overseas"}, {"kind": "card"}]}, "card": {"at_hand": true}}}`, `"case":\{"id":"([a-z0-9]+)"`)
	link := c.does("/api/v1/cases/"+id+"/pin-screen", "", `"link":"([a-z0-9]+)"`)
	c.does("/api/v1/case-pins/"+link, `{"signature": "HIKARI2026", "user_authentication": "2580"}`, `"act":"enter_pins"`)
	c.does("/api/v1/cases/"+id+"/complete", "", `"state":"done"`)

	// Another program at the reader finds the new certificate.
	want := service.Run(t, "pkcs15-tool", "--verify-pin", "--auth-id", "02", "--pin", "HIKARI2026", "--read-certificate", "02")
	person, _ := ran(t, dir, "export", "person", "suzuki", "-data", "d")
	block := strings.NewReplacer("-----BEGIN CERTIFICATE-----", "", "-----END CERTIFICATE-----", "", "\n", "").Replace(want[max(0, strings.Index(want, "-----BEGIN")):])
	if len(block) < 1000 || !strings.Contains(strings.ReplaceAll(person, "\n", ""), block) {
		t.Errorf("the signature certificate on the card is none of the registers': %.200s", want)
	}
	said, err := os.ReadFile(trace)
	if err != nil || len(said) < 2000 || strings.Contains(string(said), "32353830") || strings.Contains(strings.ReplaceAll(string(said), " ", ""), "48494B415249") || strings.Contains(string(said), "2580") {
		t.Errorf("the trace of %d bytes has a PIN in it, or nothing: %v", len(said), err)
	}
}
