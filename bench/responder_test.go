package bench

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"mynumber/internal/certificate"
	"mynumber/internal/ocsp"
	"mynumber/internal/pki"
	"mynumber/internal/status"
)

// The server of the figures about OCSP (P1, P2, P3) is another process on a processor of its own, and so are its clients. It is started
// for one kind of answer and ends when its input does.

// serverSpec is what a server process shall be.
type serverSpec struct {
	Kind string // ours, fixed, fixed-net
	Dir  string // of the authority and of the status set
	Body int    // octets of a fixed answer
	Both bool   // has two threads for Go, on whichever processors
}

// Kinds of servers.
const (
	ours     = "ours"      // the service behind its own listener
	fixed    = "fixed"     // a fixed answer, by the library of the listener
	fixedNet = "fixed-net" // a fixed answer by net/http
)

// founded is the first instant of the benches' authority.
var founded = time.Date(2025, 10, 20, 2, 40, 28, 0, time.UTC)

// asking is the instant at which everybody asks.
var asking = founded.AddDate(1, 0, 0)

const passphrase = "a passphrase"

// idle is a source of statuses in which nothing happens any more.
type idle struct {
	certificates, revoked uint64
}

func (idle) StatusLog(context.Context) (string, error) { return "bench", nil }

// StatusSnapshot knows every certificate; one in four is revoked.
func (s idle) StatusSnapshot(_ context.Context, put func(status.Change) error) (int64, error) {
	for n := uint64(1); n <= s.certificates; n++ {
		if err := put(status.Change{Kind: certificate.Signature, Generation: 1, Counter: n, Status: s.of(n)}); err != nil {
			return 0, err
		}
	}
	return 1, nil
}

func (s idle) of(counter uint64) pki.Status {
	if s.revoked > 0 && counter%(s.certificates/s.revoked) == 0 {
		return pki.Status{State: pki.Revoked, At: founded.Add(time.Duration(counter%30_000_000) * time.Second), Reason: certificate.Superseded}
	}
	return pki.Status{State: pki.Good}
}

func (idle) StatusChanges(context.Context, int64, []int64, int) (status.Page, error) {
	return status.Page{Last: 1}, nil
}

// respond is the server process.
func respond(spec serverSpec, in io.Reader, out io.Writer) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, in)
		stop()
	}()
	serve, err := responder(ctx, spec)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, l.Addr())
	return serve(l)
}

func responder(ctx context.Context, spec serverSpec) (func(net.Listener) error, error) {
	body := bytes.Repeat([]byte{0x30}, spec.Body)
	switch spec.Kind {
	case fixed:
		s := &fasthttp.Server{Handler: func(c *fasthttp.RequestCtx) {
			c.SetContentType("application/ocsp-response")
			c.Response.SetBodyRaw(body)
		}, NoDefaultServerHeader: true}
		return until(ctx, s.Serve, s.Shutdown), nil
	case fixedNet:
		s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", "application/ocsp-response")
			w.Write(body)
		})}
		return until(ctx, s.Serve, s.Close), nil
	}
	authority, err := openAuthority(spec.Dir)
	if err != nil {
		return nil, err
	}
	set, err := status.Open(filepath.Join(spec.Dir, "status"), func(certificate.Kind, int) (time.Time, error) { return founded, nil })
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	follower := status.Follow(set, idle{}, log)
	if err := follower.CatchUp(ctx); err != nil {
		return nil, err
	}
	go follower.Run(ctx)
	begun := time.Now()
	service, err := ocsp.New(ocsp.Config{Authorities: func() []*pki.Authority { return []*pki.Authority{authority} }, Statuses: follower,
		Clock: func() time.Time { return asking.Add(time.Since(begun)) }, Log: log})
	if err != nil {
		return nil, err
	}
	go service.Run(ctx)
	return func(l net.Listener) error { return service.Serve(ctx, l) }, nil
}

// until serves until the context ends.
func until(ctx context.Context, serve func(net.Listener) error, stop func() error) func(net.Listener) error {
	return func(l net.Listener) error {
		go func() {
			<-ctx.Done()
			stop()
		}()
		if err := serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}
}

func openAuthority(dir string) (*pki.Authority, error) {
	sealed, err := os.ReadFile(filepath.Join(dir, "authority"))
	if err != nil {
		return nil, err
	}
	return pki.Open(sealed, []byte(passphrase))
}

// nation is a folder with an authority and the status of its certificates.
func nation(b *testing.B, certificates uint64) (dir string, a *pki.Authority) {
	b.Helper()
	dir = b.TempDir()
	a, err := pki.NewAuthority(certificate.Signature, 1, pki.RSA2048, founded, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	sealed, err := a.Seal([]byte(passphrase), rand.Reader)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "authority"), sealed, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	set, err := status.Open(filepath.Join(dir, "status"), func(certificate.Kind, int) (time.Time, error) { return founded, nil })
	if err != nil {
		b.Fatal(err)
	}
	f := status.Follow(set, idle{certificates, certificates / 4}, slog.New(slog.DiscardHandler))
	if err := errors.Join(f.CatchUp(b.Context()), f.Close()); err != nil {
		b.Fatal(err)
	}
	return dir, a
}

// process is a server process.
type process struct {
	b       *testing.B
	cmd     *exec.Cmd
	in      io.Closer
	address string
}

// start starts a server on a processor of its own.
func start(b *testing.B, spec serverSpec) *process {
	b.Helper()
	text, err := json.Marshal(spec)
	if err != nil {
		b.Fatal(err)
	}
	cmd, threads := pinned(0, os.Args[0]), "GOMAXPROCS=1"
	if spec.Both {
		cmd, threads = exec.Command(os.Args[0]), "GOMAXPROCS=2"
	}
	cmd.Env = append(os.Environ(), "MYNUMBER_BENCH_RESPONDER="+string(text), threads)
	in, out := piped(b, cmd)
	var address string
	if _, err := fmt.Fscanln(out, &address); err != nil {
		b.Fatal("the server did not start: ", err)
	}
	p := &process{b, cmd, in, address}
	b.Cleanup(p.stop)
	return p
}

func (p *process) stop() {
	p.in.Close()
	p.cmd.Wait()
}

// cpu is the time that the server has used so far.
func (p *process) cpu() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		p.b.Fatal(err)
	}
	var user, system int64
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+2:]))
	fmt.Sscan(fields[11], &user)
	fmt.Sscan(fields[12], &system)
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100 everywhere
}

// pinned runs a command on one processor, where that can be said.
func pinned(processor int, name string, args ...string) *exec.Cmd {
	if path, err := exec.LookPath("taskset"); err == nil && runtime.NumCPU() > 1 {
		return exec.Command(path, append([]string{"-c", fmt.Sprint(processor), name}, args...)...)
	}
	return exec.Command(name, args...)
}

// rawSignatures is how many signatures a second the responder's algorithm makes with this library on one processor.
func rawSignatures(b *testing.B, lasts time.Duration) float64 {
	b.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	digest := sha256.Sum256([]byte("limit"))
	return rate(b, lasts, 1, func() error {
		_, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
		return err
	}).rate
}
