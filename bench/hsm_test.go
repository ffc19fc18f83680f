//go:build hsm

package bench

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/ocsp"
	"mynumber/internal/pki"
	"mynumber/internal/token"
)

const softHSM = "/usr/lib/softhsm/libsofthsm2.so"

// softToken is a fresh SoftHSM token.
func softToken(b *testing.B) *token.Token {
	b.Helper()
	if _, err := os.Stat(softHSM); err != nil {
		b.Skip("no token: Debian's softhsm2 is missing on this machine")
	}
	dir := b.TempDir()
	config, pin := filepath.Join(dir, "softhsm2.conf"), filepath.Join(dir, "pin")
	err := errors.Join(os.Mkdir(filepath.Join(dir, "tokens"), 0o700), os.WriteFile(pin, []byte("1234\n"), 0o600),
		os.WriteFile(config, []byte("directories.tokendir = "+filepath.Join(dir, "tokens")+"\nobjectstore.backend = file\nlog.level = ERROR\n"), 0o600))
	if err != nil {
		b.Fatal(err)
	}
	b.Setenv("SOFTHSM2_CONF", config)
	if out, err := exec.Command("softhsm2-util", "--init-token", "--free", "--label", "bench", "--so-pin", "87654321", "--pin", "1234").CombinedOutput(); err != nil {
		b.Fatalf("softhsm2-util: %v\n%s", err, out)
	}
	t := token.New(token.Config{Module: softHSM, Label: "bench", PINFile: pin})
	b.Cleanup(func() { t.Close() })
	return t
}

// BenchmarkOCSPToken (P2): an answer signed for each question with a key in a token, through the listener. The limit is the raw rate of the same
// key, one signature after another as the service makes them. Goal: 0.95.
func BenchmarkOCSPToken(b *testing.B) {
	t := softToken(b)
	key := func(label string) crypto.Signer {
		k, err := t.Make(label, pki.RSA2048)
		if err != nil {
			b.Fatal(err)
		}
		return k
	}
	keys := pki.Keys{CA: key("ca"), Responder: key("responder")}
	if _, err := rand.Read(keys.Serial[:]); err != nil {
		b.Fatal(err)
	}
	a, err := pki.Found(certificate.Signature, 1, founded, keys)
	if err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	service, err := ocsp.New(ocsp.Config{Authorities: func() []*pki.Authority { return []*pki.Authority{a} }, Statuses: allGood{}, Signers: 1,
		Clock: func() time.Time { return asking.Add(time.Since(begun)) }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	served := make(chan error, 1)
	go func() { served <- service.Serve(ctx, l) }()
	b.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			b.Error(err)
		}
	})
	g := startAsker(b)
	nonces := whole(questions(b, a, 1_000_000, 200, true), post)
	digest := sha256.Sum256([]byte("limit"))
	var figures, limits, ratios []float64
	for range turns {
		limit := rate(b, turnTime, 1, func() error {
			_, err := keys.Responder.Sign(rand.Reader, digest[:], crypto.SHA256)
			return err
		}).rate
		o := g.flood(flood{Address: l.Addr().String(), Connections: 16, Lasts: turnTime, Requests: nonces})
		if o.Later > 0 {
			b.Fatalf("%d answers without a status", o.Later)
		}
		figures, limits, ratios = append(figures, o.Rate), append(limits, limit), append(ratios, o.Rate/limit)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(figures), "ours/s")
	b.ReportMetric(median(limits), "limit/s")
	b.ReportMetric(median(ratios), "ratio")
}

// allGood knows every certificate.
type allGood struct{}

func (allGood) Status(certificate.Kind, int, uint64) (pki.Status, error) {
	return pki.Status{State: pki.Good}, nil
}
