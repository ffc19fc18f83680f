package main

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/ocsp"
	"mynumber/internal/pki"
)

// A node may answer about certificates alone: its other faces are not there, its answers come from a listener of their own too, it
// says how far behind the registers it is, and no second process keeps the same folder's files.
func TestNodeThatAnswers(t *testing.T) {
	dir, pass := filepath.Join(t.TempDir(), "d"), filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(pass, []byte("a passphrase\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	program(t, "init", "-data", dir, "-passphrase-file", pass)
	path, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	address, answers := freeAddress(t), freeAddress(t)
	args := []string{"serve", "-data", dir, "-passphrase-file", pass}
	var log bytes.Buffer
	node := exec.CommandContext(t.Context(), path, append(args, "-roles", "ocsp", "-listen", address, "-ocsp-listen", answers)...)
	node.Stderr = &log
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	ask := func(url string) (int, []byte) {
		r, err := http.Get(url)
		if err != nil {
			return 0, nil
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, body
	}
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if status, _ := ask("http://" + answers + "/"); status != 0 {
			break
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatalf("the node does not answer: %s", log.String())
		}
	}
	for path, want := range map[string]int{"/": 404, "/guide": 404, "/ca/sign/1.cer": 404, "/api/v1/responder": 200, "/api/v1/openapi.yaml": 404} {
		if status, _ := ask("http://" + address + path); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	keys := filepath.Join(t.TempDir(), "keys")
	program(t, "ca", "export", "-data", dir, "-passphrase-file", pass, "-to", keys)
	der, err := os.ReadFile(filepath.Join(keys, "sign-1.cer"))
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	never := pki.Serial{0x40, 1}
	request, err := pki.NewOCSPRequest(issuer, nil, never)
	if err != nil {
		t.Fatal(err)
	}
	for _, base := range []string{address, answers} {
		r, err := http.Post("http://"+base+pki.OCSPPath, "application/ocsp-request", bytes.NewReader(request))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if s, err := pki.CheckOCSPResponse(answer, issuer, never, time.Now(), nil); err != nil || s.State != pki.Unknown {
			t.Errorf("%s: %s, %v", base, s.State, err)
		}
	}
	for _, base := range []string{address, answers} {
		_, text := ask("http://" + base + ocsp.LagPath)
		var lag struct{ Fresh bool }
		if err := json.Unmarshal(text, &lag); err != nil || !lag.Fresh {
			t.Errorf("%s: %s", base, text)
		}
	}
	if out, err := exec.CommandContext(t.Context(), path, append(args, "-listen", "127.0.0.1:0")...).CombinedOutput(); err == nil || !strings.Contains(string(out), "another process keeps the status of certificates") {
		t.Errorf("a second process: %v, %s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), path, append(args, "-roles", "web,king")...).CombinedOutput(); err == nil || !strings.Contains(string(out), `there is no role "king"`) {
		t.Errorf("a role that is none: %v, %s", err, out)
	}
	if err := node.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := node.Wait(); err != nil {
		t.Errorf("the node did not end well: %v\n%s", err, log.String())
	}
}
