package pki

import (
	"bytes"
	"crypto/rand"
	"os/exec"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

// TestGnuTLSLists: GnuTLS reads and verifies our lists, of either algorithm, whole and merged, and the authority's own.
func TestGnuTLSLists(t *testing.T) {
	if _, err := exec.LookPath("certtool"); err != nil {
		t.Skip("no third opinion: GnuTLS's certtool is missing on this machine (gnutls-bin)")
	}
	o := openssl{t, t.TempDir()}
	// certtool asks the system's clock, so these lists are of the last hour.
	now := time.Now().UTC().Truncate(time.Second)
	var entries []RevokedEntry
	for i := range 100 {
		e := generatedEntry(i)
		e.At = now.AddDate(0, 0, -1)
		entries = append(entries, e)
	}
	gone := entries[50]
	for _, algorithm := range []Algorithm{RSA2048, P384} {
		a, err := NewAuthority(certificate.Signature, 5, algorithm, now.AddDate(-1, 0, 0), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		ca := o.pem("ca.pem", "CERTIFICATE", a.cert.Raw)
		write := func(c CRL) []byte {
			t.Helper()
			var out bytes.Buffer
			c.Partition, c.URLs, c.ThisUpdate, c.NextUpdate = kiyose, listURLs, now.Add(-time.Hour), now.Add(47*time.Hour)
			if err := a.WriteCRL(&out, c); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
		first := write(CRL{Number: 7, Entries: sliceOf(entries...)})
		merged := write(CRL{Number: 8, Kept: openCRL(t, first, a.cert),
			Changes: []ListChange{{RevokedEntry: gone, Gone: true}, {RevokedEntry: RevokedEntry{Serial{0x7F}, now.AddDate(0, 0, -1), CertificateHold}}}})
		var arl bytes.Buffer
		if err := a.WriteARL(&arl, ARL{Number: 3, ThisUpdate: now.Add(-time.Hour), NextUpdate: now.Add(47 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			der  []byte
			want []string
		}{
			"whole":  {first, []string{"Revoked certificates (100)", gone.Serial.String(), "CRL Number (not critical): 07"}},
			"merged": {merged, []string{"Revoked certificates (100)", "7f000000000000000000000000000000", "CRL Number (not critical): 08"}},
			"empty":  {write(CRL{Number: 9}), []string{"No revoked certificates"}},
			"ARL":    {arl.Bytes(), []string{"No revoked certificates", "CRL Number (not critical): 03"}},
		} {
			file := o.pem("list.pem", "X509 CRL", c.der)
			info, err := exec.Command("certtool", "--crl-info", "--infile", file).CombinedOutput()
			if err != nil {
				t.Fatalf("%s, %s: %v\n%s", algorithm, name, err, info)
			}
			for _, want := range c.want {
				if !strings.Contains(string(info), want) {
					t.Errorf("%s, %s: GnuTLS does not show %q in\n%s", algorithm, name, want, info)
				}
			}
			if name == "merged" && strings.Contains(string(info), gone.Serial.String()) {
				t.Errorf("%s: what is gone from the list is shown", algorithm)
			}
			for issuer, good := range map[string]bool{ca: true, o.pem("other.pem", "CERTIFICATE", testHouse().signature.cert.Raw): false} {
				out, err := exec.Command("certtool", "--verify-crl", "--load-ca-certificate", issuer, "--infile", file).CombinedOutput()
				if verified := err == nil && strings.Contains(string(out), "Verified") && !strings.Contains(string(out), "Not verified"); verified != good {
					t.Errorf("%s, %s: GnuTLS says %v\n%s; want verified %t", algorithm, name, err, out, good)
				}
			}
		}
	}
}
