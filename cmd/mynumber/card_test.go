//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mynumber/internal/pcsc/pcsctest"
)

// process is the real binary at work, with its standard input and what it prints.
type process struct {
	t   *testing.T
	in  io.WriteCloser
	out *bufio.Scanner
}

// begin starts the binary; it ends with the test.
func begin(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	path, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	in, err := cmd.StdinPipe()
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
	t.Cleanup(func() {
		if err := cmd.Wait(); err != nil && t.Context().Err() == nil {
			t.Errorf("%v: %v", args, err)
		}
	})
	return &process{t, in, bufio.NewScanner(out)}
}

// says reads on until a line has the text.
func (p *process) says(text string) string {
	p.t.Helper()
	var read strings.Builder
	for p.out.Scan() {
		line := p.out.Text()
		if strings.Contains(line, text) {
			return line
		}
		fmt.Fprintln(&read, line)
	}
	p.t.Fatalf("ended without %q:\n%s", text, &read)
	return ""
}

// ask types a line and reads on until the answer.
func (p *process) ask(line, answer string) {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.in, line); err != nil {
		p.t.Fatal(err)
	}
	p.says(answer)
}

// heldCardOf is a person's card in this state and its user authentication certificate, as the registers have them.
func heldCardOf(t *testing.T, dir, person, state string) (card, certificate string) {
	t.Helper()
	text, _ := ran(t, dir, "export", "person", person, "-data", "d")
	m := regexp.MustCompile(`"id": "([a-z0-9]+)",\s+"state": "` + state + `"`).FindStringSubmatch(text)
	der := regexp.MustCompile(`(?s)"kind": "user_authentication".*?"der": "([^"]+)"`).FindStringSubmatch(text)
	if m == nil || der == nil {
		t.Fatalf("%s has no card that is %s, or no certificate", person, state)
	}
	return m[1], der[1]
}

// TestTheCardHandedOver: the card that `demo -once` hands over is the one that OpenSC reads, openssl checks its certificate against the
// authority and the responder, and its signature against the certificate (CERT-005, CERT-031).
func TestTheCardHandedOver(t *testing.T) {
	service := pcsctest.Start(t)
	t.Setenv("PCSCLITE_CSOCK_NAME", service.Socket)
	dir := t.TempDir()
	ran(t, dir, "demo", "-once", "-data", "d")
	card, registered := heldCardOf(t, dir, "suzuki", "active")
	stopped, _ := heldCardOf(t, dir, "sato", "suspended")
	at := fmt.Sprintf("127.0.0.1:%d", service.Port)
	serve := begin(t, dir, "card", "serve", "-data", "d", "-vpcd", at, card)
	serve.says("taken the card up")
	if err := service.WaitForCard(0, true); err != nil {
		t.Fatal(err)
	}

	// The same bytes as in the registers.
	printed := service.Run(t, "pkcs15-tool", "--read-certificate", "01")
	block, _ := pem.Decode([]byte(printed[max(0, strings.Index(printed, "-----BEGIN")):]))
	if block == nil || strings.ReplaceAll(registered, "\n", "") != pem64(block) {
		t.Fatalf("the certificate on the card is not the one in the registers: %s", printed)
	}
	life := filepath.Join(dir, "d", "life")
	file := func(name string, content []byte) string {
		path := filepath.Join(life, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file("card.pem", pem.EncodeToMemory(block))
	file("message", []byte("申請します。\n"))
	service.Run(t, "pkcs11-tool", "--module", "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "--slot-index", "0", "--login", "--pin", "2580", "--sign", "--id", "01",
		"--mechanism", "SHA256-RSA-PKCS", "--input-file", filepath.Join(life, "message"), "--output-file", filepath.Join(life, "card.sig"))

	// The demo's server answers about it meanwhile, on the same folder.
	port := freePort(t)
	demo := begin(t, dir, "demo", "-data", "d", "-listen", "127.0.0.1:"+port)
	demo.says("Ctrl-C")
	const end = "1770163200" // where the life's clock stands
	for command, want := range map[string]string{
		"openssl verify -attime " + end + " -CAfile ca-auth.pem card.pem":                                                                                                                     "card.pem: OK",
		"openssl ocsp -url http://127.0.0.1:" + port + "/ocsp -issuer ca-auth.pem -cert card.pem -CAfile ca-auth.pem -attime " + end + " -validity_period 315360000":                          "card.pem: good",
		"openssl x509 -in card.pem -noout -pubkey -out card.pub && openssl dgst -sha256 -verify card.pub -signature card.sig message":                                                         "Verified OK",
		"openssl ocsp -url http://127.0.0.1:" + port + "/ocsp -issuer ca-auth.pem -cert auth.pem -CAfile ca-auth.pem -attime " + end + " -validity_period 315360000 # the card that was lost": "auth.pem: revoked",
	} {
		c := exec.Command("sh", "-c", command)
		c.Dir = life
		out, err := c.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}

	inOneReader(t, dir, card)
	unlocked(t, service, serve, dir, card)
	commands(t, service, serve, card, stopped)
}

// unlocked: three wrong PINs in the holder's reader lock the PIN, the municipality that keeps the family register sets it anew, as for
// everybody, and the holder's reader finds it open again (PIN-004, PIN-046).
func unlocked(t *testing.T, service *pcsctest.Service, serve *process, dir, card string) {
	t.Helper()
	verify := func(pin string) error {
		_, err := service.Try("pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", pin)
		return err
	}
	for range 3 {
		if err := verify("9999"); err == nil {
			t.Fatal("a wrong PIN is right")
		}
	}
	if err := verify("2580"); err == nil {
		t.Fatal("three wrong PINs do not lock it")
	}
	serve.ask("remove 0", card+" を抜きました")
	call := func(as, path, body, pattern string) string {
		t.Helper()
		args := []string{"call", "-data", "d", "POST", path, body}
		if as != "" {
			args = append(args, "-as", as)
		}
		out, _ := ran(t, dir, args...)
		m := regexp.MustCompile(pattern).FindStringSubmatch(out)
		if m == nil {
			t.Fatalf("%s: no %s in %s", path, pattern, out)
		}
		return m[len(m)-1]
	}
	call("hachinohe", "/api/v1/people/search", `{"name": "鈴木 海斗", "birth": "1994-11-03"}`, `"id":"suzuki"`)
	c := call("hachinohe", "/api/v1/people/suzuki/cases", `{"request_key": "locked", "situation": {"procedure": "reset_pin_abroad", "channel": "visit",
		"visitor": {"who": "holder", "papers": [{"kind": "card"}, {"kind": "pin_reset_application"}]},
		"card": {"at_hand": true, "pins": {"user_authentication": "locked"}}, "wish": {"pin": 2}}}`, `"case":\{"id":"([a-z0-9]+)","state":"open"`)
	link := call("hachinohe", "/api/v1/cases/"+c+"/pin-screen", "", `"link":"([a-z0-9]+)"`)
	call("", "/api/v1/case-pins/"+link, `{"user_authentication": "8642"}`, `"act":"enter_pins"`)
	call("hachinohe", "/api/v1/cases/"+c+"/complete", "", `"state":"done"`)
	serve.ask("insert 0 "+card, "0: リーダーがカードを認識しました")
	if err := service.WaitForCard(0, true); err != nil {
		t.Fatal(err)
	}
	if err := verify("8642"); err != nil {
		t.Error(err)
	}
	if err := verify("2580"); err == nil {
		t.Error("the old PIN is still right")
	}
	if err := verify("8642"); err != nil { // all tries back for what follows
		t.Error(err)
	}
}

// pem64 is a block's content as one line.
func pem64(block *pem.Block) string {
	text := string(pem.EncodeToMemory(&pem.Block{Type: "X", Bytes: block.Bytes}))
	return strings.Join(strings.Split(strings.TrimSpace(text), "\n")[1:strings.Count(strings.TrimSpace(text), "\n")], "")
}

// inOneReader: a card that lies in a reader is nowhere else, and says so.
func inOneReader(t *testing.T, dir, card string) {
	t.Helper()
	out, _ := ran(t, dir, "card", "list", "-data", "d")
	if !regexp.MustCompile(card + " .*in another reader").MatchString(out) {
		t.Errorf("%s", out)
	}
	if _, said := refused(t, dir, "card", "pins", "-data", "d", "-card", card); !strings.Contains(said, "lies in another reader") {
		t.Errorf("%s", said)
	}
	// What a holder does, done in the reader.
	out, _ = ran(t, dir, "card", "list", "-reader")
	if !strings.Contains(out, "Individual Number Card") {
		t.Errorf("%s", out)
	}
	out, _ = ran(t, dir, "card", "print", "-reader", "first", "-trace", "trace")
	trace, err := os.ReadFile(filepath.Join(dir, "trace"))
	if err != nil || !strings.Contains(out, "残り3回") || !bytes.Contains(trace, []byte("> 00 A4 04 0C D392F000260100000001")) {
		t.Errorf("%v\n%s\n%s", err, out, trace)
	}
}

// commands: insert, remove, swap, and words for what does not go.
func commands(t *testing.T, service *pcsctest.Service, serve *process, card, stopped string) {
	t.Helper()
	serve.ask("help", "swap")
	serve.ask("list", card)
	serve.ask("list", "1: 空 / empty")
	serve.ask("insert 0 "+stopped, "there is a card in this slot")
	serve.ask("insert 1 "+card, "another reader")
	serve.ask("insert 1 nosuchcard", "no such card")
	serve.ask("insert 2 "+stopped, "a slot is 0 or 1")
	serve.ask("insert 1 "+stopped+" contact9", "no answer to reset")
	serve.ask("remove 1", "there is no card in this slot")
	serve.ask("eat 1", "no such command")
	serve.ask("insert 1 "+stopped[:8]+" contact", "1: リーダーがカードを認識しました")
	wait := func(slot int, there bool) {
		t.Helper()
		if err := service.WaitForCard(slot, there); err != nil {
			t.Fatal(err)
		}
	}
	wait(1, true)
	// His card has three tries for the PIN of its login, hers none.
	tries := func(slot string) string { return service.Run(t, "pkcs15-tool", "--reader", slot, "--list-pins") }
	if !strings.Contains(tries("0"), "Tries left     : 3") || !strings.Contains(tries("1"), "Tries left     : 0") {
		t.Errorf("%s%s", tries("0"), tries("1"))
	}
	if out, err := service.Try("opensc-tool", "--reader", "1", "-a"); err != nil || !strings.Contains(out, "3b:e0:00:ff") {
		t.Errorf("ATR: %s, %v", out, err)
	}
	serve.ask("swap", "1: リーダーがカードを認識しました")
	serve.ask("list", "1: "+card+" 認識済み")
	wait(0, true)
	wait(1, true)
	if !strings.Contains(tries("1"), "Tries left     : 3") || !strings.Contains(tries("0"), "Tries left     : 0") {
		t.Errorf("%s%s", tries("0"), tries("1"))
	}
	serve.ask("remove 0", stopped+" を抜きました")
	wait(0, false)
	serve.ask("insert 0 "+stopped, "0: リーダーがカードを認識しました")
	wait(0, true)
	serve.ask("quit", "")
}
