package pki

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

// certtool runs GnuTLS's program, which has no clock but the machine's. It has to end well, or badly.
func certtool(t *testing.T, well bool, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command("certtool", args...)
	in, err := os.Open(stdin)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	cmd.Stdin = in
	out, err := cmd.CombinedOutput()
	if (err == nil) != well {
		t.Errorf("certtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestGnuTLS: GnuTLS takes the certificates of every profile in both algorithms, the responder's, the lists, and refuses what is another authority's.
func TestGnuTLS(t *testing.T) {
	if _, err := exec.LookPath("certtool"); err != nil {
		t.Skip("no second opinion: GnuTLS's certtool (Debian: gnutls-bin) is missing on this machine")
	}
	o := newOpenSSL(t)
	now := time.Now().Add(-time.Hour).Truncate(time.Second)
	eachKind(t, func(t *testing.T, kind certificate.Kind, old *Authority) {
		o.t = t
		a, err := Found(kind, 9, now, old.keys) // of today: GnuTLS takes no other instant
		if err != nil {
			t.Fatal(err)
		}
		ca := o.pem("ca.pem", "CERTIFICATE", a.cert.Raw)
		other := o.pem("other.pem", "CERTIFICATE", testHouse().of(3-kind).cert.Raw)
		card, phone := planOf(a, 80), planOf(a, 81)
		phone.Medium = Phone
		for _, p := range []*Plan{&card, &phone} {
			p.NotBefore, p.Until = now, civil.DateOf(now).AddYears(1)
			if kind == certificate.Signature {
				p.CommonName = SignatureCommonName(now, 1, "13221003A")
			}
		}
		for name, der := range map[string][]byte{"card": issue(t, a, card).Raw, "phone": issue(t, a, phone).Raw, "responder": a.ResponderCertificate().Raw, "authority": a.cert.Raw} {
			file := o.pem("cert.pem", "CERTIFICATE", der)
			if out := certtool(t, true, file, "--verify", "--load-ca-certificate", ca); !strings.Contains(out, "Verified") {
				t.Errorf("%s: %s", name, out)
			}
			certtool(t, false, file, "--verify", "--load-ca-certificate", other)
			if out := certtool(t, true, file, "--certificate-info"); !strings.Contains(out, "JPKI-SIM") || strings.Contains(strings.ToLower(out), "error") {
				t.Errorf("%s: %s", name, out)
			}
		}
		held := a.Serial(heldCounter)
		for name, write := range map[string]func(*bytes.Buffer) error{
			"empty": func(b *bytes.Buffer) error {
				return a.WriteCRL(b, CRL{Partition: kiyose, Number: 1, ThisUpdate: now, NextUpdate: now.Add(48 * time.Hour)})
			},
			"entries": func(b *bytes.Buffer) error {
				return a.WriteCRL(b, CRL{Partition: kiyose, Number: 2, ThisUpdate: now, NextUpdate: now.Add(48 * time.Hour), Entries: sliceOf(RevokedEntry{held, now.Add(-time.Minute), CertificateHold})})
			},
			"ARL": func(b *bytes.Buffer) error {
				return a.WriteARL(b, ARL{Number: 3, ThisUpdate: now, NextUpdate: now.Add(48 * time.Hour)})
			},
		} {
			var der bytes.Buffer
			if err := write(&der); err != nil {
				t.Fatal(err)
			}
			file := o.pem("list.pem", "X509 CRL", der.Bytes())
			if out := certtool(t, true, file, "--verify-crl", "--load-ca-certificate", ca); !strings.Contains(out, "Verified") {
				t.Errorf("%s: %s", name, out)
			}
			certtool(t, false, file, "--verify-crl", "--load-ca-certificate", other)
			out := certtool(t, true, file, "--crl-info")
			if !strings.Contains(out, "CRL Number") || (name == "entries") != strings.Contains(strings.ReplaceAll(out, ":", ""), held.String()) {
				t.Errorf("%s: %s", name, out)
			}
		}
	})
}
