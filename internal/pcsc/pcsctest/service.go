//go:build linux

// Package pcsctest starts a PC/SC service (pcscd) of its own with an empty virtual reader (vpcd) for one test. Nothing that is built
// imports it.
package pcsctest

import (
	"bytes"
	"context"
	"errors"
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
)

// Driver is the virtual reader's driver, of the package vsmartcard-vpcd.
const Driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"

// ErrMissing says which program is not installed.
var ErrMissing = errors.New("not installed (packages pcscd, vsmartcard-vpcd, opensc, opensc-pkcs11)")

// Service is a pcscd that nobody else uses.
type Service struct {
	Socket string // for PCSCLITE_CSOCK_NAME
	Port   int    // where the first slot's card dials in; the second slot's is the next one

	dir      string
	daemon   *exec.Cmd
	log      *bytes.Buffer
	listener *net.UnixListener
	file     *os.File
	finished chan error
}

// Start starts a service that ends with the test, and skips the test where a program is missing.
func Start(t testing.TB) *Service {
	t.Helper()
	s, err := New()
	if errors.Is(err, ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		if t.Failed() {
			t.Logf("pcscd: %s", s.log)
		}
	})
	return s
}

// New starts a service; whoever has no testing.TB closes it.
func New() (*Service, error) {
	for _, program := range []string{"/usr/sbin/pcscd", Driver, "/usr/bin/opensc-tool", "/usr/bin/pkcs11-tool"} {
		if _, err := os.Stat(program); err != nil {
			return nil, fmt.Errorf("%s: %w", program, ErrMissing)
		}
	}
	if err := os.MkdirAll("/run/pcscd", 0o755); err != nil {
		return nil, err
	}
	for attempt := 0; ; attempt++ {
		s, err := start(20000 + (os.Getpid()*7+attempt*211)%6000*2)
		if err == nil || attempt == 5 {
			return s, err
		}
	}
}

// start starts a service at the first free pair of ports from this one on.
func start(from int) (s *Service, err error) {
	dir, err := os.MkdirTemp("", "pcsc") // the socket's path must stay short
	if err != nil {
		return nil, err
	}
	s = &Service{Socket: filepath.Join(dir, "pcscd.comm"), dir: dir, log: &bytes.Buffer{}, finished: make(chan error, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.listener, err = net.ListenUnix("unix", &net.UnixAddr{Name: s.Socket, Net: "unix"}); err != nil {
		return nil, err
	}
	if s.file, err = s.listener.File(); err != nil {
		return nil, err
	}
	if s.Port, err = freePair(from); err != nil {
		return nil, err
	}
	config := filepath.Join(dir, "reader.conf.d")
	if err := os.Mkdir(config, 0o755); err != nil {
		return nil, err
	}
	entry := fmt.Sprintf("FRIENDLYNAME \"test\"\nDEVICENAME /dev/null:%d\nLIBPATH %s\nCHANNELID 0\n", s.Port, Driver)
	if err := os.WriteFile(filepath.Join(config, "vpcd"), []byte(entry), 0o644); err != nil {
		return nil, err
	}
	// LISTEN_PID must be pcscd's own, which only the shell before exec knows.
	daemon := exec.Command("sh", "-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec /usr/sbin/pcscd --foreground --info --config "$1"`, "sh", config)
	daemon.Stdout, daemon.Stderr, daemon.ExtraFiles = s.log, s.log, []*os.File{s.file}
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func() { // the death signal follows the thread that started the process
		runtime.LockOSThread()
		err := daemon.Start()
		started <- err
		if err == nil {
			s.finished <- daemon.Wait()
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	s.daemon = daemon
	return s, s.ready()
}

// ready waits until the driver listens: the port was free a moment ago, and somebody else may have taken it.
func (s *Service) ready() error {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		out, err := s.Try("opensc-tool", "-l")
		if err == nil && strings.Contains(out, "00 01") {
			return nil
		}
		select {
		case err := <-s.finished:
			s.finished <- err
			return fmt.Errorf("pcscd ended: %w", err)
		default:
		}
	}
	return errors.New("pcscd shows no reader: its port was taken")
}

// Close ends the service.
func (s *Service) Close() error {
	if s.daemon != nil {
		_ = s.daemon.Process.Signal(syscall.SIGTERM)
		select {
		case <-s.finished:
		case <-time.After(5 * time.Second):
			_ = s.daemon.Process.Kill()
			<-s.finished
		}
	}
	if s.file != nil {
		s.file.Close()
	}
	if s.listener != nil {
		s.listener.Close()
	}
	return os.RemoveAll(s.dir)
}

// Environment is the process's own, with the service in it.
func (s *Service) Environment(more ...string) []string {
	return append(append(os.Environ(), "PCSCLITE_CSOCK_NAME="+s.Socket), more...)
}

// Try runs a program at this service, at most 30 seconds; its complaints are in the error.
func (s *Service) Try(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Env = s.Environment()
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		err = fmt.Errorf("%s %v: %w: %s%s", name, args, err, out, &complaint)
	}
	return string(out), err
}

// Run is Try for what must go well.
func (s *Service) Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := s.Try(name, args...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// WaitForCard waits until OpenSC sees a JPKI card in a slot (0 or 1), or none; pcscd looks every 400 ms.
func (s *Service) WaitForCard(slot int, there bool) error {
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		out, err := s.Try("opensc-tool", "--reader", fmt.Sprint(slot), "-n")
		if found := err == nil && strings.TrimSpace(out) == "jpki"; found == there {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("slot %d: a JPKI card there: want %v: %s %w", slot, there, out, err)
		}
	}
}

// freePair finds two neighbouring ports for the two slots that the driver always makes.
func freePair(from int) (int, error) {
	for port := from; port < 32600; port += 2 {
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
		return port, nil
	}
	return 0, errors.New("no free pair of ports")
}
