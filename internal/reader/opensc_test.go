//go:build linux

package reader

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/iccard"
)

// vpcdDriver is the virtual reader's driver (package vsmartcard-vpcd).
const vpcdDriver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"

// TestOpenSC lets the unmodified OpenSC read, log in to and sign with our card through a pcscd of its own.
func TestOpenSC(t *testing.T) {
	for _, tool := range []string{"/usr/sbin/pcscd", vpcdDriver, "/usr/bin/opensc-tool", "/usr/bin/pkcs15-tool", "/usr/bin/pkcs15-crypt"} {
		if _, err := os.Stat(tool); err != nil {
			t.Skipf("%s is not installed (packages pcscd, vsmartcard-vpcd, opensc)", tool)
		}
	}
	card := newCard(t)
	run := startReader(t, card)

	client := NewClient(Direct(newCard(t)))
	must(t, client.VerifyPIN(SignaturePIN, "ABC123"))
	if out := run("pkcs15-tool", "--list-pins"); !strings.Contains(out, "Digital Signature PIN") {
		t.Errorf("no signature PIN in %s", out)
	}
	// OpenSC's ids: 01 authentication, 02 signature.
	for id, k := range map[string]struct {
		key Key
		pin string
	}{"01": {AuthenticationKey, "1234"}, "02": {SignatureKey, "ABC123"}} {
		out := run("pkcs15-tool", "--read-certificate", id, "--verify-pin", "--auth-id", id, "--pin", k.pin)
		block, _ := pem.Decode([]byte(out[max(0, strings.Index(out, "-----BEGIN")):]))
		der, err := client.ReadCertificate(k.key)
		must(t, err)
		if block == nil || !bytes.Equal(block.Bytes, der) {
			t.Fatalf("certificate %s is not ours: %s", id, out)
		}
		certificate, err := x509.ParseCertificate(der)
		must(t, err)
		sum := sha256.Sum256([]byte("申請書"))
		in, signed := filepath.Join(t.TempDir(), "hash"), filepath.Join(t.TempDir(), "signature")
		must(t, os.WriteFile(in, sum[:], 0o600))
		run("pkcs15-crypt", "--sign", "--key", id, "--pin", k.pin, "--pkcs1", "--sha-256", "--input", in, "--output", signed, "--raw")
		signature, err := os.ReadFile(signed)
		must(t, err)
		if err := rsa.VerifyPKCS1v15(certificate.PublicKey.(*rsa.PublicKey), crypto.SHA256, sum[:], signature); err != nil {
			t.Errorf("key %s: %v", id, err)
		}
	}
}

// startReader starts a private pcscd with the card in its reader and returns how to run a client there.
func startReader(t *testing.T, card *iccard.Card) func(name string, args ...string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pcsc") // the socket's path must stay short
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	must(t, os.MkdirAll("/run/pcscd", 0o755))
	socket := filepath.Join(dir, "pcscd.comm")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket, Net: "unix"})
	must(t, err)
	file, err := listener.File()
	must(t, err)
	port := freePorts(t)
	conf := fmt.Sprintf("FRIENDLYNAME \"test\"\nDEVICENAME /dev/null:%d\nLIBPATH %s\nCHANNELID 0\n", port, vpcdDriver)
	config := filepath.Join(dir, "reader.conf.d")
	must(t, os.Mkdir(config, 0o755))
	must(t, os.WriteFile(filepath.Join(config, "vpcd"), []byte(conf), 0o644))

	// LISTEN_PID must be pcscd's own, which only the shell before exec knows.
	daemon := exec.Command("sh", "-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec /usr/sbin/pcscd --foreground --info --config "$1"`, "sh", config)
	var log bytes.Buffer
	daemon.Stdout, daemon.Stderr, daemon.ExtraFiles = &log, &log, []*os.File{file}
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func() { // the death signal follows the thread that started the process
		runtime.LockOSThread()
		started <- daemon.Start()
		<-started
	}()
	must(t, <-started)
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() { defer close(served); _ = ServeVPCD(ctx, card, fmt.Sprintf("127.0.0.1:%d", port)) }()
	t.Cleanup(func() {
		cancel()
		<-served
		_ = daemon.Process.Signal(syscall.SIGTERM)
		_ = daemon.Wait()
		close(started)
		file.Close()
		listener.Close()
		if t.Failed() {
			t.Logf("pcscd: %s", &log)
		}
	})
	waitForCard(t, socket)
	return func(name string, args ...string) string {
		t.Helper()
		out, err := runClient(t, socket, name, args...)
		if err != nil {
			t.Fatalf("%s %v: %v", name, args, err)
		}
		return out
	}
}

// runClient runs a program of OpenSC at the private pcscd. OPENSC_DRIVER is not set: it must find the card itself.
func runClient(t *testing.T, socket, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Env = append(os.Environ(), "PCSCLITE_CSOCK_NAME="+socket)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, &complaint)
	}
	return string(out), err
}

// waitForCard waits until OpenSC sees a JPKI card; pcscd looks for one every 400 ms.
func waitForCard(t *testing.T, socket string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		out, err := runClient(t, socket, "opensc-tool", "-n")
		if err == nil && strings.TrimSpace(out) == "jpki" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("no card in the reader: %s, %v", out, err)
		}
	}
}

// freePorts finds two neighbouring ports for the two slots that the driver always makes.
func freePorts(t *testing.T) int {
	t.Helper()
	for port := 20000 + os.Getpid()%5000*2; port < 32000; port += 2 {
		first, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
		if err != nil {
			continue
		}
		second, err := net.Listen("tcp", fmt.Sprintf(":%d", port+1))
		first.Close()
		if err != nil {
			continue
		}
		second.Close()
		return port
	}
	t.Fatal("no free pair of ports")
	return 0
}
