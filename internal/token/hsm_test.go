//go:build hsm

package token

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

const softHSM = "/usr/lib/softhsm/libsofthsm2.so"

// newToken is a fresh SoftHSM token of the test's own. The module reads SOFTHSM2_CONF when it is loaded, so these tests run one after another.
func newToken(t testing.TB) Config {
	t.Helper()
	if _, err := os.Stat(softHSM); err != nil {
		t.Skip("no token: Debian's softhsm2 is missing on this machine")
	}
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if err := os.Mkdir(filepath.Join(dir, "tokens"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SOFTHSM2_CONF", file("softhsm2.conf", "directories.tokendir = "+filepath.Join(dir, "tokens")+"\nobjectstore.backend = file\nlog.level = ERROR\n"))
	if out, err := exec.Command("softhsm2-util", "--init-token", "--free", "--label", "test ca", "--so-pin", "87654321", "--pin", "1234").CombinedOutput(); err != nil {
		t.Fatalf("softhsm2-util: %v\n%s", err, out)
	}
	return Config{Module: softHSM, Label: "test ca", PINFile: file("pin", "1234\n")}
}

func opened(t testing.TB, c Config) *Token {
	t.Helper()
	token := New(c)
	t.Cleanup(func() {
		if err := token.Close(); err != nil {
			t.Error(err)
		}
	})
	return token
}

// founded is an authority whose keys live in the token.
func founded(t testing.TB, token *Token, algorithm pki.Algorithm) *pki.Authority {
	t.Helper()
	var keys pki.Keys
	if _, err := rand.Read(keys.Serial[:]); err != nil {
		t.Fatal(err)
	}
	var err, other error
	keys.CA, err = token.Make(algorithm.String()+"-ca", algorithm)
	keys.Responder, other = token.Make(algorithm.String()+"-responder", algorithm)
	if err := errors.Join(err, other); err != nil {
		t.Fatal(err)
	}
	a, err := pki.Found(certificate.UserAuthentication, 1, now, keys)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func holder(t testing.TB, algorithm pki.Algorithm) crypto.Signer {
	t.Helper()
	key, err := algorithm.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestAuthorityInToken: certificates, lists and OCSP answers signed through PKCS#11 convince openssl; the sealed authority holds addresses and
// finds its keys again.
func TestAuthorityInToken(t *testing.T) {
	for _, algorithm := range pki.Algorithms {
		t.Run(algorithm.String(), func(t *testing.T) {
			config := newToken(t)
			token := opened(t, config)
			a := founded(t, token, algorithm)
			sealed, err := a.Seal([]byte("pass"), rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := pki.Open(sealed, []byte("pass")); !errors.Is(err, pki.ErrTokenKey) {
				t.Errorf("opened without its token: %v", err)
			}
			if err := token.Close(); err != nil {
				t.Fatal(err)
			}
			again := opened(t, config)
			a, err = pki.Open(sealed, []byte("pass"), again)
			if err != nil {
				t.Fatal(err)
			}
			ca, responder := a.Places()
			if ca != "pkcs11:token=test%20ca;object="+algorithm.String()+"-ca;type=private" || responder == ca {
				t.Errorf("places %q, %q", ca, responder)
			}
			asOpenSSLSees(t, a, plan(a, holder(t, algorithm), 1))
		})
	}
}

// asOpenSSLSees has openssl check a certificate, a list and an answer.
func asOpenSSLSees(t *testing.T, a *pki.Authority, p pki.Plan) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		content := der
		if kind != "" {
			content = pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("openssl", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	der, err := a.Issue(p)
	if err != nil {
		t.Fatal(err)
	}
	var list bytes.Buffer
	for range 8 { // the length of an ECDSA signature in a list is promised before it is made
		list.Reset()
		if err := a.WriteCRL(&list, pki.CRL{Partition: kiyose, URLs: p.URLs, Number: 1, ThisUpdate: now, NextUpdate: now.Add(48 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	ca, cert := write("ca.pem", "CERTIFICATE", a.Certificate().Raw), write("cert.pem", "CERTIFICATE", der)
	at := []string{"-attime", strconv.FormatInt(now.Unix(), 10)}
	run(append([]string{"verify", "-x509_strict", "-crl_check", "-CAfile", ca, "-CRLfile", write("list.pem", "X509 CRL", list.Bytes())}, append(at, cert)...)...)
	request := filepath.Join(dir, "request")
	run("ocsp", "-issuer", ca, "-cert", cert, "-reqout", request)
	asked, err := os.ReadFile(request)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pki.NewResponder(func(certificate.Kind, int, uint64) (pki.Status, error) { return pki.Status{State: pki.Good}, nil }, a)
	if err != nil {
		t.Fatal(err)
	}
	answer := r.Respond(now, asked)
	out := run(append([]string{"ocsp", "-issuer", ca, "-cert", cert, "-reqin", request, "-respin", write("answer", "", answer.DER), "-CAfile", ca, "-no_nonce", "-validity_period", "2000000000"}, at...)...)
	if !strings.Contains(out, "verify OK") || !strings.Contains(out, ": good") {
		t.Errorf("openssl says\n%s", out)
	}
}

// TestKeysAreTakenAgain: a ceremony that was cut off before its record was written left a key; the next one takes it, and makes no second.
func TestKeysAreTakenAgain(t *testing.T) {
	token := opened(t, newToken(t))
	first, err := token.Make("left", pki.RSA2048)
	if err != nil {
		t.Fatal(err)
	}
	second, err := token.Make("left", pki.RSA2048)
	if err != nil || !first.Public().(*rsa.PublicKey).Equal(second.Public()) {
		t.Errorf("another key of the same label: %v", err)
	}
	if _, err := token.Make("left", pki.P384); err == nil {
		t.Error("a key of another algorithm was taken")
	}
	if _, err := token.Key("pkcs11:token=test%20ca;object=none;type=private"); !errors.Is(err, ErrNoKey) {
		t.Errorf("a key that is not there: %v", err)
	}
}

func TestTokenThatCannotBeOpened(t *testing.T) {
	good := newToken(t)
	wrong := filepath.Join(t.TempDir(), "pin")
	if err := os.WriteFile(wrong, []byte("4321"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]Config{
		"wrong PIN": {good.Module, good.Label, wrong}, "no such token": {good.Module, "other", good.PINFile}, "no such module": {"/nowhere.so", good.Label, good.PINFile}, "no PIN": {good.Module, good.Label, "/nowhere"},
	} {
		if _, err := opened(t, c).Make("x", pki.RSA2048); err == nil || strings.Contains(err.Error(), "1234") || strings.Contains(err.Error(), "4321") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
