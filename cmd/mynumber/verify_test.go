package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerifyAtServer: a server's authorities are fetched and trusted, and its responder is asked; its answer is of the demo's clock, which is
// not that of this machine, and so is not relied on.
func TestVerifyAtServer(t *testing.T) {
	program, err := exec.LookPath("mynumber")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "d")
	if out, err := exec.Command(program, "demo", "-once", "-data", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	url := startDemo(t, dir)
	file := filepath.Join(dir, "life", "sign.pem")
	for _, test := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"-server", url, "-offline"}, 0, "whether it is revoked was not asked"},
		{[]string{"-server", url + "/", "-nonce"}, 1, "an OCSP answer not to be relied on"},
		{[]string{"-server", url, "-at", "2026-02-04T09:00:00+09:00"}, 1, "arl: good (2026-02-04 00:00:00 JST"},
		{[]string{"-ca", filepath.Join(dir, "life", "ca-sign.pem"), "-ocsp", url + "/ocsp"}, 1, "an OCSP answer not to be relied on"},
		{[]string{"-ca", filepath.Join(dir, "life", "ca-sign.cer"), "-ocsp", url + "/nowhere"}, 1, "answers with status 404"},
		{[]string{"-ca", file, "-offline"}, 2, "not the signature authority"},
		{[]string{"-ca", filepath.Join(dir, "life", "ca-sign.pem"), "-at", "yesterday"}, 2, "2026-01-16T10:30:00+09:00"},
	} {
		cmd := exec.Command(program, append(append([]string{"verify"}, test.args...), file)...)
		out, _ := cmd.CombinedOutput()
		if got := cmd.ProcessState.ExitCode(); got != test.status || !strings.Contains(string(out), test.says) {
			t.Errorf("verify %v: status %d, want %d and %q:\n%s", test.args, got, test.status, test.says, out)
		}
	}
}
