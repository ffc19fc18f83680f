package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkColdDemo is a demo on an empty folder, from the start of the process to its first page: keys of two authorities and
// of the card signers are made, invented people filled in. Goal: under 3 s.
func BenchmarkColdDemo(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		dir, address := filepath.Join(b.TempDir(), "d"), freeAddress(b)
		b.StartTimer()
		untilAnswer(b, address, "demo", "-data", dir, "-listen", address)
	}
}

// BenchmarkServe is `serve` on a folder that is ready, to its first page. Goal: under 0.3 s.
func BenchmarkServe(b *testing.B) {
	dir, pass := filepath.Join(b.TempDir(), "d"), filepath.Join(b.TempDir(), "pass")
	if err := os.WriteFile(pass, []byte("a passphrase\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	program(b, "init", "-data", dir, "-passphrase-file", pass)
	for b.Loop() {
		b.StopTimer()
		address := freeAddress(b)
		b.StartTimer()
		untilAnswer(b, address, "serve", "-data", dir, "-passphrase-file", pass, "-listen", address)
	}
}

// BenchmarkLife is `demo -once` on an empty folder: two lives from application to login. Goal: under 10 s.
func BenchmarkLife(b *testing.B) {
	for b.Loop() {
		program(b, "demo", "-once", "-data", filepath.Join(b.TempDir(), "d"))
	}
}

func program(b testing.TB, args ...string) {
	b.Helper()
	path, err := exec.LookPath("mynumber")
	if err != nil {
		b.Fatal(err)
	}
	if out, err := exec.CommandContext(b.Context(), path, args...).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
}

func freeAddress(b testing.TB) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// untilAnswer starts the program, waits for its first page and ends it; the end is not timed.
func untilAnswer(b *testing.B, address string, args ...string) {
	b.Helper()
	path, err := exec.LookPath("mynumber")
	if err != nil {
		b.Fatal(err)
	}
	var faults bytes.Buffer
	cmd := exec.CommandContext(b.Context(), path, args...)
	cmd.Stderr = &faults
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		response, err := http.Get("http://" + address + "/")
		if err == nil {
			response.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			b.Fatalf("no answer: %v\n%s", err, faults.String())
		}
	}
	b.StopTimer()
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	b.StartTimer()
}
