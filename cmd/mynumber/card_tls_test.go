//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mynumber/internal/pcsc/pcsctest"
)

// TestOpenSSLLogsIn: openssl logs a holder in to `mynumber serve` with the card's key through OpenSC's PKCS #11 module (TLS 1.2, RSA with
// SHA-256); the server has checked the authority and asked the responder, so that a card that was stopped does not get in (CERT-031, LOSS-001).
func TestOpenSSLLogsIn(t *testing.T) {
	if _, err := os.Stat("/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so"); err != nil {
		t.Skip("openssl has no PKCS #11 engine (package libengine-pkcs11-openssl)")
	}
	service := pcsctest.Start(t)
	dir := t.TempDir()
	ran(t, dir, "demo", "-once", "-data", "d")
	card, _ := heldCardOf(t, dir, "suzuki", "active")
	begin(t, dir, "card", "serve", "-data", "d", "-vpcd", fmt.Sprintf("127.0.0.1:%d", service.Port), "-atr", "contact", card).says("taken the card up")
	if err := service.WaitForCard(0, true); err != nil {
		t.Fatal(err)
	}
	list, _ := ran(t, dir, "card", "list", "-data", "d")
	if !strings.Contains(list, "in another reader") {
		t.Error(list)
	}
	pem := service.Run(t, "pkcs15-tool", "--read-certificate", "01")
	if err := os.WriteFile(filepath.Join(dir, "auth.pem"), []byte(pem), 0o600); err != nil {
		t.Fatal(err)
	}
	port, door := freePort(t), freePort(t)
	serving(t, dir, "serve", "-data", "d", "-passphrase-file", "d/passphrase", "-listen", "127.0.0.1:"+port, "-card-listen", "127.0.0.1:"+door)
	login := func(key string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "timeout", "30", "openssl", "s_client", "-connect", "127.0.0.1:"+door, "-tls1_2", "-sigalgs", "RSA+SHA256:ECDSA+SHA256",
			"-CAfile", "d/server.crt", "-verify_return_error", "-quiet", "-engine", "pkcs11", "-keyform", "engine", "-key", key, "-cert", "auth.pem")
		cmd.Dir, cmd.Stdin = dir, strings.NewReader("GET /my HTTP/1.0\r\n\r\n")
		cmd.Env = service.Environment("OPENSC_DRIVER=jpki", "PKCS11_MODULE_PATH=/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")
		out, _ := cmd.CombinedOutput()
		return string(out)
	}
	const right, wrong = "2580", "0000"
	key := func(pin string) string {
		return "pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29;id=%01;type=private;pin-value=" + pin
	}
	if page := login(key(right)); !strings.Contains(page, "HTTP/1.0 200") || !strings.Contains(page, "鈴木　海斗") {
		t.Errorf("%s", page)
	}
	if page := login(key(wrong)); strings.Contains(page, "HTTP/1.0") {
		t.Errorf("a wrong PIN gets somewhere: %s", page)
	}
	ran(t, dir, "call", "-data", "d", "-as", "stopline", "POST", "/api/v1/cards/search", `{"name": "すずき かいと", "birth": "1994-11-03"}`)
	ran(t, dir, "call", "-data", "d", "-as", "stopline", "POST", "/api/v1/cards/"+card+"/suspend", `{"caller_is_holder": true}`)
	if page := login(key(right)); !strings.Contains(page, "HTTP/1.0 403") || !strings.Contains(page, "certificateHold") || strings.Contains(page, "鈴木") {
		t.Errorf("a card that was stopped: %s", page)
	}
}

// serving starts a server that says so on its standard error.
func serving(t *testing.T, dir string, args ...string) {
	t.Helper()
	path, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = dir
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() })
	var said strings.Builder
	for b := make([]byte, 4096); !strings.Contains(said.String(), "serving"); {
		n, err := log.Read(b)
		said.Write(b[:n])
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, &said)
		}
	}
	go func() { // what it logs further
		for b := make([]byte, 4096); ; {
			if _, err := log.Read(b); err != nil {
				return
			}
		}
	}()
}
