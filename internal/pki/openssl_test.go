package pki

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

// openssl runs the real program in a folder of the test's own and gives back what it said.
type openssl struct {
	t      *testing.T
	folder string
}

func newOpenSSL(t *testing.T) openssl {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no second opinion: the openssl program is missing on this machine")
	}
	return openssl{t, t.TempDir()}
}

func (o openssl) file(name string, content []byte) string {
	path := filepath.Join(o.folder, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

func (o openssl) pem(name, kind string, der []byte) string {
	return o.file(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// run fails the test unless openssl ends well.
func (o openssl) run(args ...string) string {
	o.t.Helper()
	out, err := o.try(args...)
	if err != nil {
		o.t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (o openssl) try(args ...string) (string, error) {
	out, err := exec.Command("openssl", args...).CombinedOutput()
	return string(out), err
}

func attime(t time.Time) string { return fmt.Sprint(t.Unix()) }

func TestOpenSSLVerify(t *testing.T) {
	o := newOpenSSL(t)
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		o.t = t
		ca := o.pem(kind.String()+"-ca.pem", "CERTIFICATE", a.cert.Raw)
		plan := planOf(a, 50)
		cert := o.pem(kind.String()+".pem", "CERTIFICATE", issue(t, a, plan).Raw)
		// OpenSSL takes notAfter itself for too late, one second before RFC 5280 does.
		end := plan.Until.End().Add(-time.Second)
		o.run("verify", "-x509_strict", "-CAfile", ca, "-attime", attime(noon), cert)
		o.run("verify", "-CAfile", ca, "-attime", attime(end), cert)
		if out, err := o.try("verify", "-CAfile", ca, "-attime", attime(end.Add(time.Second)), cert); err == nil || !strings.Contains(out, "expired") {
			t.Errorf("at the last second: %s", out)
		}
		purpose := map[certificate.Kind]string{certificate.Signature: "smimesign", certificate.UserAuthentication: "sslclient"}[kind]
		o.run("verify", "-purpose", purpose, "-CAfile", ca, "-attime", attime(noon), cert)
		text := o.run("x509", "-in", cert, "-noout", "-text")
		for _, want := range []string{"DirName:C = JP, O = JPKI-SIM", "CN = Kiyose-shi CRLDP", "CPS: http://www.jpki.go.jp/cps.html", "OCSP - URI:http://pki.example.jp/ocsp"} {
			if !strings.Contains(text, want) {
				t.Errorf("openssl does not show %q in\n%s", want, text)
			}
		}
	})
}

func TestOpenSSLCRL(t *testing.T) {
	o := newOpenSSL(t)
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		o.t = t
		name := kind.String()
		ca := o.pem(name+"-ca.pem", "CERTIFICATE", a.cert.Raw)
		good, held := planOf(a, goodCounter), planOf(a, heldCounter)
		goodFile := o.pem(name+"-good.pem", "CERTIFICATE", issue(t, a, good).Raw)
		heldFile := o.pem(name+"-held.pem", "CERTIFICATE", issue(t, a, held).Raw)
		crl := o.pem(name+".crl", "X509 CRL", writeCRL(t, a, sliceOf(RevokedEntry{held.Serial, revokedAt, CertificateHold})))
		check := []string{"verify", "-crl_check", "-CAfile", ca, "-CRLfile", crl, "-attime", attime(midnight.Add(time.Hour))}
		o.run(append(check, goodFile)...)
		if out, err := o.try(append(check, heldFile)...); err == nil || !strings.Contains(out, "certificate revoked") {
			t.Errorf("held certificate: %s", out)
		}
		elsewhere := planOf(a, 51)
		elsewhere.Partition = Partition{Code: "02203", Prefecture: "Aomori-ken", Municipality: "Hachinohe-shi"}
		otherFile := o.pem(name+"-other.pem", "CERTIFICATE", issue(t, a, elsewhere).Raw)
		if out, err := o.try(append(check, otherFile)...); err == nil || !strings.Contains(out, "scope") {
			t.Errorf("list of another municipality: %s", out)
		}
		text := o.run("crl", "-in", crl, "-noout", "-text", "-CAfile", ca)
		for _, want := range []string{
			"verify OK", "Version 2", "Certificate Hold", "X509v3 Issuing Distribution Point: critical", "Only User Certificates",
			"CN = Kiyose-shi CRLDP", strings.ToUpper(held.Serial.String()), "Oct 29 15:00:00 2026 GMT",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("openssl does not show %q in\n%s", want, text)
			}
		}
		empty := o.pem(name+"-empty.crl", "X509 CRL", writeCRL(t, a, nil))
		if text := o.run("crl", "-in", empty, "-noout", "-text"); !strings.Contains(text, "No Revoked Certificates") {
			t.Errorf("empty list: %s", text)
		}
	})
}

func TestOpenSSLARL(t *testing.T) {
	o := newOpenSSL(t)
	a := testHouse().signature
	var arl bytes.Buffer
	if err := a.WriteARL(&arl, ARL{Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(48 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	ca := o.pem("ca.pem", "CERTIFICATE", a.cert.Raw)
	crl := o.pem("crl.pem", "X509 CRL", writeCRL(t, a, nil))
	list := o.pem("arl.pem", "X509 CRL", arl.Bytes())
	cert := o.pem("cert.pem", "CERTIFICATE", issue(t, a, testPlan(certificate.Signature, 52)).Raw)
	o.run("verify", "-crl_check_all", "-CAfile", ca, "-CRLfile", crl, "-CRLfile", list, "-attime", attime(midnight), cert)
	if text := o.run("crl", "-in", list, "-noout", "-text"); !strings.Contains(text, "Only CA Certificates") {
		t.Errorf("openssl shows\n%s", text)
	}
}

func TestOpenSSLOCSP(t *testing.T) {
	o := newOpenSSL(t)
	r := testResponder(t)
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		o.t = t
		name := kind.String()
		ca := o.pem(name+"-ca.pem", "CERTIFICATE", a.cert.Raw)
		for counter, want := range map[uint64]string{
			goodCounter: ": good", revokedCounter: "Reason: keyCompromise", heldCounter: "Reason: certificateHold", 999: ": unknown",
		} {
			serial := "0x" + a.Serial(counter).String()
			for _, hash := range []string{"-sha1", "-sha256"} {
				asked, answered := filepath.Join(o.folder, name+".req"), filepath.Join(o.folder, name+".resp")
				o.run("ocsp", "-issuer", ca, hash, "-serial", serial, "-reqout", asked)
				der, err := os.ReadFile(asked)
				if err != nil {
					t.Fatal(err)
				}
				answer := r.Respond(noon, der)
				o.file(name+".resp", answer.DER)
				args := []string{"ocsp", "-issuer", ca, hash, "-serial", serial, "-reqin", asked, "-respin", answered, "-CAfile", ca, "-attime", attime(noon), "-no_nonce"}
				// -no_nonce adds none to the one that stands in the request already, and that one is compared.
				if out := o.run(append(args, "-validity_period", "2000000000")...); !strings.Contains(out, "verify OK") || !strings.Contains(out, want) || strings.Contains(out, "WARNING: no nonce") {
					t.Errorf("%d, %s: openssl says\n%s", counter, hash, out)
				}
			}
		}
	})
}

func TestOpenSSLShowsTheResponder(t *testing.T) {
	o := newOpenSSL(t)
	a := testHouse().signature
	ca := o.pem("ca.pem", "CERTIFICATE", a.cert.Raw)
	responder := o.pem("responder.pem", "CERTIFICATE", a.ResponderCertificate().Raw)
	o.run("verify", "-x509_strict", "-purpose", "ocsphelper", "-CAfile", ca, "-attime", attime(noon), responder)
	text := o.run("x509", "-in", responder, "-noout", "-text")
	for _, want := range []string{"OCSP Signing", "OCSP No Check", "CN = OCSP Responder", "O = JPKI-SIM"} {
		if !strings.Contains(text, want) {
			t.Errorf("openssl does not show %q in\n%s", want, text)
		}
	}
}
