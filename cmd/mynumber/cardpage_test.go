//go:build linux

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/pcsc/pcsctest"
)

const cardPage = "../../docs/tasks/use-the-card.md"

// TestCardPage follows docs/tasks/use-the-card.md at a pcscd of its own: what each command is shown to print, it prints. Only the ports are others.
func TestCardPage(t *testing.T) {
	for _, name := range []string{"openssl", "ssh", "/usr/sbin/sshd", "curl", "tstclnt", "modutil", "gnutls-cli", "/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so"} {
		if _, err := os.Stat(name); err == nil {
			continue
		}
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("the page uses %s, which is missing on this machine", name)
		}
	}
	service := pcsctest.Start(t)
	dir := t.TempDir()
	pages, cards, sshd := freePort(t), freePort(t), startSSH(t, dir)
	ports := strings.NewReplacer("127.0.0.1:35963", fmt.Sprintf("127.0.0.1:%d", service.Port), "127.0.0.1:8080", "127.0.0.1:"+pages,
		"127.0.0.1:8443", "127.0.0.1:"+cards, "-p 8443", "-p "+cards, "-p 2222", "-p "+sshd)
	var all []step
	for _, s := range steps(t, cardPage) {
		if !strings.HasPrefix(s.command, "sudo ") {
			s.command = ports.Replace(s.command)
			all = append(all, s)
		}
	}
	if len(all) < 30 {
		t.Fatalf("only %d commands were found", len(all))
	}
	ask := filepath.Join(dir, "askpass")
	if err := os.WriteFile(ask, []byte("#!/bin/sh\necho 2580\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	follow(t, dir, service.Environment("HOME="+dir, "SSH_ASKPASS="+ask, "SSH_ASKPASS_REQUIRE=force", "SSH_AUTH_SOCK="), all)
	passwordOnceMore(t, dir, service)
}

// follow runs the commands in one shell, as whoever reads the page does.
func follow(t *testing.T, dir string, env []string, all []step) {
	t.Helper()
	var sh strings.Builder
	sh.WriteString("trap 'kill $(jobs -p)' EXIT\n")
	for i, s := range all {
		fmt.Fprintf(&sh, "echo '#%d#'\n%s\n", i, s.command)
	}
	fmt.Fprintf(&sh, "echo '#%d#'\n", len(all))
	cmd := exec.CommandContext(t.Context(), "bash", "-c", sh.String())
	cmd.Dir, cmd.Env = dir, env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	late := time.AfterFunc(2*time.Minute, func() { _ = cmd.Cancel() })
	defer late.Stop()
	raw, err := cmd.CombinedOutput()
	out := string(raw)
	for i, s := range all {
		_, said, found := strings.Cut(out, fmt.Sprintf("#%d#\n", i))
		said, _, _ = strings.Cut(said, fmt.Sprintf("#%d#\n", i+1))
		if !found {
			t.Fatalf("%s: was not reached: %v\n%s", s.command, err, out)
		}
		for _, want := range s.prints {
			if !strings.Contains(said, want) {
				t.Errorf("$ %s\nwants to print %q and prints\n%s", s.command, want, said)
			}
		}
	}
}

// startSSH starts an ssh server of its own on the loopback address that takes the keys in authorized_keys of the folder.
func startSSH(t *testing.T, dir string) (port string) {
	t.Helper()
	key := filepath.Join(t.TempDir(), "host")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if os.Getuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	port = freePort(t)
	config := filepath.Join(filepath.Dir(key), "sshd_config")
	text := fmt.Sprintf("Port %s\nListenAddress 127.0.0.1\nHostKey %s\nAuthorizedKeysFile %s\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n",
		port, key, filepath.Join(dir, "authorized_keys"))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), "/usr/sbin/sshd", "-D", "-e", "-f", config)
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() })
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			conn.Close()
			return port
		}
		if time.Now().After(end) {
			t.Fatalf("sshd does not listen: %v", err)
		}
	}
}

// passwordOnceMore: openssl signs a file with the signature key, and asks at the terminal for the PIN that it wants for each signature.
func passwordOnceMore(t *testing.T, dir string, service *pcsctest.Service) {
	t.Helper()
	ran(t, dir, "card", "list", "-data", "d")
	card, _ := heldCardOf(t, dir, "suzuki", "active")
	t.Setenv("PCSCLITE_CSOCK_NAME", service.Socket)
	begin(t, dir, "card", "serve", "-data", "d", "-vpcd", fmt.Sprintf("127.0.0.1:%d", service.Port), card).says("taken the card up")
	if err := service.WaitForCard(0, true); err != nil {
		t.Fatal(err)
	}
	sign := `openssl cms -sign -cades -binary -md sha256 -in message -outform DER -out by-openssl.p7s -signer sign.pem -engine pkcs11 -keyform engine -inkey 'pkcs11:token=JPKI%20%28Digital%20Signature%20PIN%29;id=%02;type=private;pin-value=HIKARI2026'`
	cmd := exec.CommandContext(t.Context(), "timeout", "30", "script", "-qec", sign, "/dev/null")
	cmd.Dir, cmd.Env = dir, service.Environment("OPENSC_DRIVER=jpki", "PKCS11_MODULE_PATH=/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")
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
	for b := make([]byte, 256); !strings.Contains(said.String(), "PIN for Digital Signature Key"); {
		n, err := out.Read(b)
		said.Write(b[:n])
		if err != nil {
			t.Fatalf("openssl does not ask: %v\n%s", err, &said)
		}
	}
	fmt.Fprintln(in, "HIKARI2026")
	if err := cmd.Wait(); err != nil {
		t.Fatalf("openssl: %v\n%s", err, &said)
	}
	if said, _ := ran(t, dir, "verify", "-data", "d", "-signature", "by-openssl.p7s", "message"); !strings.Contains(said, "この署名は有効です") {
		t.Error(said)
	}
}
