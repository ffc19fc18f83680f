//go:build linux

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	neturl "net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mynumber/internal/folder"
	"mynumber/internal/reader"
)

// TestCardLogin: a holder logs in with the card's own key in the handshake, and sees their own page; a card that was stopped, a foreign
// certificate and no certificate do not get there (MYN-002 to MYN-004).
func TestCardLogin(t *testing.T) {
	for _, profile := range []string{"today", "next-generation"} {
		t.Run(profile, func(t *testing.T) { cardLogin(t, profile) })
	}
}

func cardLogin(t *testing.T, profile string) {
	program, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "d")
	if out, err := exec.Command(program, "demo", "-once", "-data", dir, "-card-profile", profile).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	url := startDemo(t, dir)
	door := cardDoorOf(t, url)
	authority, err := os.ReadFile(filepath.Join(dir, "server.crt"))
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(authority)
	visit := func(own ...tls.Certificate) (int, string) {
		config := &tls.Config{RootCAs: trusted}
		if len(own) > 0 { // also what the server does not ask for
			config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &own[0], nil }
		}
		transport := &http.Transport{TLSClientConfig: config}
		defer transport.CloseIdleConnections()
		answer, err := (&http.Client{Transport: transport, Timeout: time.Minute}).Get(door + "/my")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		page, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(page)
	}
	card, _ := heldCardOf(t, filepath.Dir(dir), "suzuki", "active")
	own := cardKey(t, dir, card)
	look := func(name string, status int, hides string, shown []tls.Certificate, says ...string) {
		t.Helper()
		got, page := visit(shown...)
		if got != status {
			t.Errorf("%s: status %d, want %d", name, got, status)
		}
		for _, words := range says {
			if !strings.Contains(page, words) {
				t.Errorf("%s: the page does not say %q:\n%s", name, words, page)
			}
		}
		if strings.Contains(page, hides) {
			t.Errorf("%s: the page says %q", name, hides)
		}
	}
	look("本人のカード", http.StatusOK, "佐藤", []tls.Certificate{own}, "鈴木　海斗", "カードでログインしています", "今できる手続き", "/guide?do=")
	look("見たことも記録に残る", http.StatusOK, "佐藤", []tls.Certificate{own}, "本人がカードでログインして見る", "本人が自分の情報を求めたため")
	look("よその証明書", http.StatusForbidden, "鈴木", []tls.Certificate{foreign(t)}, "ログインできません")
	look("カードなし", http.StatusOK, "鈴木", nil, "カードがまだ示されていません")
	stop(t, url, card)
	look("一時停止中のカード", http.StatusForbidden, "鈴木", []tls.Certificate{own}, "ログインできません", "certificateHold", "このカードは一時停止中です。", "LOSS-021")
	if out, err := exec.Command(program, "journal", "verify", "-data", dir).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// cardDoorOf is where a server takes cards, as its page says.
func cardDoorOf(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url + "/my")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`href="(https://[^"]+)/my"`).FindSubmatch(page)
	if found == nil {
		t.Fatalf("no card is taken: %s", page)
	}
	return string(found[1])
}

// stop has the issuer's line stop a card.
func stop(t *testing.T, url, card string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: time.Minute}
	for _, form := range []struct {
		path string
		with neturl.Values
	}{{"/sandbox/login", neturl.Values{"account": {"stopline"}}}, {"/issuer/cards/" + card + "/suspend", neturl.Values{"caller_is_holder": {"yes"}}}} {
		answer, err := client.PostForm(url+form.path, form.with)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", form.path, answer.Status)
		}
	}
}

// cardKey is the user authentication key in a card of a data folder, its PIN verified. The card lies in this reader until the test ends.
func cardKey(t *testing.T, dir, card string) tls.Certificate {
	t.Helper()
	f, err := folder.Open(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := f.Cards()
	if err != nil {
		t.Fatal(err)
	}
	chip, free, err := cards.Open(t.Context(), card)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { free() })
	client := reader.NewClient(reader.Direct(chip))
	if err := client.VerifyPIN(reader.AuthenticationPIN, "2580"); err != nil {
		t.Fatal(err)
	}
	signer, err := client.Signer(reader.AuthenticationKey)
	if err != nil {
		t.Fatal(err)
	}
	scheme := tls.PKCS1WithSHA256
	if _, next := signer.Public().(*ecdsa.PublicKey); next {
		scheme = tls.ECDSAWithP384AndSHA384
	}
	return tls.Certificate{Certificate: [][]byte{signer.Certificate}, PrivateKey: signer, SupportedSignatureAlgorithms: []tls.SignatureScheme{scheme}}
}

// foreign is a certificate that some other authority might have issued.
func foreign(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "somebody"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, leaf, leaf, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
