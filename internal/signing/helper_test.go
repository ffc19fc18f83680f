package signing

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/paper"
	"mynumber/internal/pki"
)

var (
	founding = time.Date(2026, 4, 1, 0, 30, 0, 0, time.UTC)
	noon     = time.Date(2026, 10, 27, 3, 0, 0, 0, time.UTC)
)

// party is an authority and a holder whose signature certificate it issued; RSA keys are slow to make.
type party struct {
	authority *pki.Authority
	signer    Signer
	other     Signer // the same key with another certificate
}

func newParty(algorithm pki.Algorithm) party {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	var p party
	var err error
	p.authority, err = pki.NewAuthority(certificate.Signature, 1, algorithm, founding, rand.Reader)
	must(err)
	key, err := algorithm.GenerateKey(rand.Reader)
	must(err)
	issue := func(counter uint64) Signer {
		der, err := p.authority.Issue(pki.Plan{
			Kind: certificate.Signature, Serial: p.authority.Serial(counter), NotBefore: noon.AddDate(0, -1, 0), Until: civil.Day(2031, time.February, 17),
			CommonName: pki.SignatureCommonName(noon, int(counter), "13221003A"), PublicKey: key.Public(),
			Partition: pki.Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"},
			Holder:    &pki.FourItems{Name: "黒桐　幹也", Birth: civil.Day(1980, time.February, 17), Sex: pki.Male, Address: "東京都清瀬市観布子南１２－７－２０２"},
		})
		must(err)
		return Signer{key, der}
	}
	p.signer, p.other = issue(1), issue(2)
	return p
}

// parties is that of today's card; next is that of the next one, with ECDSA on P-384.
var (
	parties = sync.OnceValue(func() party { return newParty(pki.RSA2048) })
	next    = sync.OnceValue(func() party { return newParty(pki.P384) })
)

// program skips the test where a second opinion is missing.
func program(t *testing.T, name, pkg string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("no second opinion: %s (Debian package %s) is missing on this machine", name, pkg)
	}
}

// run runs a program and fails the test unless it ends well.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func keep(t *testing.T, dir, file string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, file)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func authorityPEM(t *testing.T, dir string, p party) string {
	t.Helper()
	return keep(t, dir, "ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.authority.Certificate().Raw}))
}

// document is a page as the house prints it.
func document(t testing.TB) []byte {
	t.Helper()
	fonts, err := paper.BaseFonts()
	if err != nil {
		t.Fatal(err)
	}
	d := paper.New(fonts, "受領書")
	d.Page(paper.A4).Paragraph(20, 30, 170, "個人番号カード受領書", paper.Style{Size: 14})
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// signerPEM writes key and certificate for openssl.
func signerPEM(t *testing.T, dir string, p party) (key, cert string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(p.signer.Key)
	if err != nil {
		t.Fatal(err)
	}
	key = keep(t, dir, "key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	return key, keep(t, dir, "cert.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.signer.Certificate}))
}

func (p party) kind() certificate.Kind { return p.authority.Kind() }

func (p party) pinned() []*x509.Certificate { return []*x509.Certificate{p.authority.Certificate()} }
