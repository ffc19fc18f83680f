//go:build linux

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"mynumber/internal/pcsc/pcsctest"
)

// TestDemoReader: the demo's page puts a card into the reader, where OpenSC reads it and no service of the demo has it, exchanges the slots, and
// takes it out.
func TestDemoReader(t *testing.T) {
	service := pcsctest.Start(t)
	dir := t.TempDir()
	ran(t, dir, "demo", "-once", "-data", "d")
	card, _ := heldCardOf(t, dir, "suzuki", "active")
	port := freePort(t)
	begin(t, dir, "demo", "-data", "d", "-listen", "127.0.0.1:"+port, "-vpcd", fmt.Sprintf("127.0.0.1:%d", service.Port)).says("Ctrl-C")
	ask := func(path string, form url.Values, status int, want string) {
		t.Helper()
		do := func() (*http.Response, error) { return http.Get("http://127.0.0.1:" + port + path) }
		if form != nil {
			do = func() (*http.Response, error) { return http.PostForm("http://127.0.0.1:"+port+path, form) }
		}
		answer, err := do()
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		page, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != status || !strings.Contains(string(page), want) {
			t.Errorf("%s %v: status %d, want %d with %q:\n%s", path, form, answer.StatusCode, status, want, page)
		}
	}
	wait := func(slot int, there bool) {
		t.Helper()
		if err := service.WaitForCard(slot, there); err != nil {
			t.Fatal(err)
		}
	}
	login := url.Values{"card": {card}, "pin": {"2580"}}
	ask("/sandbox/readers", nil, 200, "opensc-tool -n")
	ask("/sandbox/readers", url.Values{"act": {"insert"}, "slot": {"0"}, "card": {card}, "atr": {"contact"}}, 200, "鈴木　海斗")
	wait(0, true)
	ask("/sandbox/readers", nil, 200, "リーダーが認識しています")
	service.Run(t, "pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", "2580")
	ask("/portal", login, 409, "別のカードリーダーに入っている")
	ask("/sandbox/readers", url.Values{"act": {"swap"}}, 200, "鈴木　海斗")
	wait(1, true)
	wait(0, false)
	ask("/sandbox/readers", url.Values{"act": {"remove"}, "slot": {"1"}}, 200, "カードを入れる")
	wait(1, false)
	ask("/portal", login, 200, "ログインしました")
}

// TestPINAtATerminal: a PIN that is typed at a terminal is not shown there.
func TestPINAtATerminal(t *testing.T) {
	if _, err := exec.LookPath("script"); err != nil {
		t.Skip("no script(1), which makes a terminal")
	}
	dir := t.TempDir()
	ran(t, dir, "demo", "-once", "-data", "d")
	card, _ := heldCardOf(t, dir, "suzuki", "active")
	for _, c := range []struct {
		args  string
		typed []string
		says  string
	}{
		{"verify auth", []string{"2580"}, "the PIN is right"},
		{"change-pin input", []string{"3690", "1357", "1358"}, "the two entries differ"},
		{"change-pin input", []string{"3690", "1357", "1357"}, "the PIN is changed"},
	} {
		cmd := exec.CommandContext(t.Context(), "timeout", "30", "script", "-qc", "mynumber card "+c.args+" -data d -card "+card, "/dev/null")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "TERM=dumb")
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
		var said strings.Builder
		read := func(until func() bool) bool {
			for b := make([]byte, 256); !until(); {
				n, err := out.Read(b)
				said.Write(b[:n])
				if err != nil {
					return false
				}
			}
			return true
		}
		for n, value := range c.typed {
			if !read(func() bool { return strings.Count(said.String(), ": ") > n }) {
				t.Fatalf("%s does not ask:\n%s", c.args, &said)
			}
			fmt.Fprintln(in, value)
		}
		read(func() bool { return false })
		_ = cmd.Wait() // two entries that differ end with a status of their own
		for _, value := range c.typed {
			if strings.Contains(said.String(), value) {
				t.Errorf("%s: a PIN is shown:\n%s", c.args, &said)
			}
		}
		if !strings.Contains(said.String(), c.says) {
			t.Errorf("%s: no %q in\n%s", c.args, c.says, &said)
		}
	}
}

// TestCardInUseElsewhere: another program that has the card in the reader is waited for, for a while.
func TestCardInUseElsewhere(t *testing.T) {
	service := pcsctest.Start(t)
	t.Setenv("PCSCLITE_CSOCK_NAME", service.Socket)
	dir := t.TempDir()
	if _, said := refused(t, dir, "card", "pins", "-reader", "first"); !strings.Contains(said, "no card in the reader") {
		t.Error(said)
	}
	if _, said := refused(t, dir, "card", "pins", "-reader", "5"); !strings.Contains(said, "no such card reader") {
		t.Error(said)
	}
	if out, _ := ran(t, dir, "card", "list", "-reader", "-json"); strings.Count(out, `"number"`) != 2 {
		t.Error(out)
	}
	ran(t, dir, "demo", "-once", "-data", "d")
	card, _ := heldCardOf(t, dir, "suzuki", "active")
	begin(t, dir, "card", "serve", "-data", "d", "-vpcd", fmt.Sprintf("127.0.0.1:%d", service.Port), card).says("taken the card up")
	if err := service.WaitForCard(0, true); err != nil {
		t.Fatal(err)
	}
	// A program that asks for a PIN has the card for itself.
	path, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	first := exec.CommandContext(t.Context(), path, "card", "verify", "auth", "-reader", "0")
	first.Dir = dir
	in, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	for end := time.Now().Add(20 * time.Second); !strings.Contains(said, "another program is using the card"); { // once the first has it
		out, _ := exec.CommandContext(t.Context(), path, "card", "pins", "-reader", "0").CombinedOutput()
		if said = string(out); time.Now().After(end) {
			t.Fatalf("nobody is in the way: %s", said)
		}
	}
	fmt.Fprintln(in, "2580")
	if err := first.Wait(); err != nil {
		t.Errorf("the first program: %v", err)
	}
	ran(t, dir, "card", "pins", "-reader", "0")
}
