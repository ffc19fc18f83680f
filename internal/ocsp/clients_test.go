package ocsp

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
)

// openHouse is a service on the listener, at the real time, with certificates that are good, revoked, held and unknown.
type openHouse struct {
	url, ca string
	files   map[string]string // certificates by what they are
}

func listening(t *testing.T, algorithm pki.Algorithm) openHouse {
	t.Helper()
	now := time.Now()
	authority, err := pki.NewAuthority(certificate.UserAuthentication, 1, algorithm, now.AddDate(0, -1, 0), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{now: now, statuses: map[uint64]pki.Status{}}
	w.set(1, pki.Status{State: pki.Good})
	w.set(2, pki.Status{State: pki.Revoked, At: now.Add(-time.Hour), Reason: certificate.KeyCompromise})
	w.set(3, pki.Status{State: pki.Revoked, At: now.Add(-time.Hour), Reason: certificate.CertificateHold})
	w.Service, err = New(Config{Authorities: func() []*pki.Authority { return []*pki.Authority{authority} }, Statuses: w, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- w.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	dir := t.TempDir()
	h := openHouse{url: "http://" + l.Addr().String() + pki.OCSPPath, ca: filepath.Join(dir, "ca.pem"), files: map[string]string{}}
	h.write(t, h.ca, authority.Certificate().Raw)
	for counter, name := range map[uint64]string{1: "good", 2: "revoked", 3: "held", 4: "unknown"} {
		plan := pki.Plan{Kind: certificate.UserAuthentication, Serial: authority.Serial(counter), NotBefore: now.Add(-24 * time.Hour).UTC().Truncate(time.Second), Until: civil.DateOf(now).AddYears(4),
			CommonName: "ABCDEFGHIJKLMN13221003A", Partition: pki.Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"}}
		holderKey(t, algorithm, &plan)
		der, err := authority.Issue(plan)
		if err != nil {
			t.Fatal(err)
		}
		h.files[name] = filepath.Join(dir, name+".pem")
		h.write(t, h.files[name], der)
	}
	return h
}

func (h openHouse) write(t *testing.T, file string, der []byte) {
	t.Helper()
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

func holderKey(t *testing.T, algorithm pki.Algorithm, plan *pki.Plan) {
	t.Helper()
	if algorithm == pki.P384 {
		key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		plan.PublicKey = &key.PublicKey
		return
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	plan.PublicKey = &key.PublicKey
}

func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("no %s on this machine", name)
	}
	return path
}

// The client of OpenSSL hears the four answers over HTTP, with and without a nonce, by SHA-1 and SHA-256, and believes them.
func TestOpenSSLClient(t *testing.T) {
	openssl := tool(t, "openssl")
	for _, algorithm := range pki.Algorithms {
		h := listening(t, algorithm)
		for name, want := range map[string][]string{"good": {": good"}, "revoked": {": revoked", "Reason: keyCompromise"}, "held": {": revoked", "Reason: certificateHold"}, "unknown": {": unknown"}} {
			for _, hash := range []string{"-sha1", "-sha256"} {
				for _, nonce := range []string{"-nonce", "-no_nonce"} {
					t.Run(fmt.Sprint(algorithm, name, hash, nonce), func(t *testing.T) {
						out, err := exec.Command(openssl, "ocsp", "-issuer", h.ca, hash, "-cert", h.files[name], "-url", h.url, "-CAfile", h.ca, nonce).CombinedOutput()
						if err != nil {
							t.Fatalf("%v: %s", err, out)
						}
						for _, w := range append(want, "Response verify OK") {
							if !strings.Contains(string(out), w) {
								t.Errorf("no %q in %s", w, out)
							}
						}
					})
				}
			}
		}
	}
}

// So does the client of GnuTLS.
func TestGnuTLSClient(t *testing.T) {
	ocsptool := tool(t, "ocsptool")
	for _, algorithm := range pki.Algorithms {
		h := listening(t, algorithm)
		for name, want := range map[string][]string{"good": {"Certificate Status: good"}, "revoked": {"Certificate Status: revoked"}, "held": {"Certificate Status: revoked"}, "unknown": {"Certificate Status: unknown"}} {
			t.Run(fmt.Sprint(algorithm, name), func(t *testing.T) {
				// Its exit code is not zero for a certificate that is not good.
				out, _ := exec.Command(ocsptool, "--ask="+h.url, "--nonce", "--load-cert", h.files[name], "--load-issuer", h.ca).CombinedOutput()
				for _, w := range append(want, "Verifying OCSP Response: Success") {
					if !strings.Contains(string(out), w) {
						t.Errorf("no %q in %s", w, out)
					}
				}
			})
		}
	}
}
