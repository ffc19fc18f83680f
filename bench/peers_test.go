package bench

import (
	"bufio"
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// peer is an authority as others keep one: a key and a certificate in PEM, and openssl's index of 1,000 certificates, one in four revoked.
type peer struct {
	dir  string
	key  *rsa.PrivateKey
	cert *x509.Certificate
}

const peerCertificates = 1000

func newPeer(b *testing.B) *peer {
	b.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "peer"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, key.Public(), key)
	if err != nil {
		b.Fatal(err)
	}
	p := &peer{dir: b.TempDir(), key: key}
	if p.cert, err = x509.ParseCertificate(der); err != nil {
		b.Fatal(err)
	}
	var index bytes.Buffer
	for n := range peerCertificates {
		if n%4 == 0 {
			fmt.Fprintf(&index, "R\t301231235959Z\t260101000000Z\t%04X\tunknown\t/CN=%d\n", n+1, n)
		} else {
			fmt.Fprintf(&index, "V\t301231235959Z\t\t%04X\tunknown\t/CN=%d\n", n+1, n)
		}
	}
	for name, content := range map[string][]byte{"index.txt": index.Bytes(), "ca.pem": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		"ca.key": pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})} {
		if err := os.WriteFile(filepath.Join(p.dir, name), content, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return p
}

// openssl starts openssl's responder on a processor of its own. Nothing may try its port: a connection that says nothing holds it for ever.
func (p *peer) openssl(b *testing.B) (address string) {
	b.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address = free.Addr().String()
	free.Close()
	_, port, _ := strings.Cut(address, ":")
	cmd := pinned(0, "openssl", "ocsp", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key", "-port", port)
	cmd.Dir = p.dir
	says, err := cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	cmd.Stdout = cmd.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	lines := bufio.NewScanner(says)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "waiting for OCSP client connections") {
			go func() {
				for lines.Scan() { // keep the pipe empty
				}
			}()
			return address
		}
	}
	b.Fatal("openssl does not wait for connections")
	return ""
}

// questions asks the peer about its certificates.
func (p *peer) questions(b *testing.B) (all [][]byte) {
	b.Helper()
	for range 200 {
		der, err := ocsp.CreateRequest(&x509.Certificate{SerialNumber: big.NewInt(1 + mathrand.Int64N(peerCertificates))}, p.cert, nil)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, der)
	}
	return all
}

// BenchmarkOCSPPeers (P1, P2): a connection for each question, to openssl's responder and to ours, each on a processor of its own; and on kept
// connections to ours, which openssl does not keep. Beside it what Go's x/crypto signs a second. Goal: ours 40 times openssl.
func BenchmarkOCSPPeers(b *testing.B) {
	if _, err := exec.LookPath("openssl"); err != nil {
		b.Skip("no openssl on this machine")
	}
	p := newPeer(b)
	address, theirs := p.openssl(b), whole(p.questions(b), post)
	n := certificates(b)
	dir, a := nation(b, n)
	g, us := startAsker(b), start(b, serverSpec{Kind: ours, Dir: dir})
	mine := whole(questions(b, a, n, 200, false), post)
	g.flood(flood{Address: us.address, Connections: 8, Lasts: time.Second, Requests: mine})
	var openssl, fresh, kept, signed, ratios []float64
	for range turns {
		o := g.flood(flood{Address: address, Connections: 1, Lasts: turnTime, Requests: theirs, Fresh: true})
		f := g.flood(flood{Address: us.address, Connections: 1, Lasts: turnTime, Requests: mine, Fresh: true})
		k, _ := turn(g, us, mine)
		s := p.sign(b)
		openssl, fresh, kept, signed, ratios = append(openssl, o.Rate), append(fresh, f.Rate), append(kept, k.Rate), append(signed, s), append(ratios, k.Rate/o.Rate)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(openssl), "peer-openssl-ocsp/s")
	b.ReportMetric(median(signed), "peer-x/crypto-signed/s")
	b.ReportMetric(median(kept), "ours/s")
	b.ReportMetric(median(fresh), "a-connection-each/s")
	b.ReportMetric(median(ratios), "times-openssl")
}

// sign is how many answers Go's x/crypto signs a second.
func (p *peer) sign(b *testing.B) float64 {
	now := time.Now()
	return rate(b, turnTime, 1, func() error {
		_, err := ocsp.CreateResponse(p.cert, p.cert, ocsp.Response{Status: ocsp.Good, SerialNumber: big.NewInt(7), ThisUpdate: now, NextUpdate: now.Add(time.Minute), IssuerHash: crypto.SHA1}, p.key)
		return err
	}).rate
}

// listWriters are what others take to write a list with the same entries: Go's x509 and openssl.
func listWriters(b *testing.B, h *listHouse, source string) {
	p := newPeer(b)
	var entries []x509.RevocationListEntry
	index, err := os.Create(filepath.Join(p.dir, "index.txt"))
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewWriterSize(index, 1<<20)
	for e := range entriesIn(source) {
		entries = append(entries, x509.RevocationListEntry{SerialNumber: e.Serial.Big(), RevocationTime: e.At, ReasonCode: int(e.Reason)})
		fmt.Fprintf(lines, "R\t301231235959Z\t%s,superseded\t%X\tunknown\t/CN=x\n", e.At.UTC().Format("060102150405Z"), e.Serial[:])
	}
	if err := lines.Flush(); err != nil {
		b.Fatal(err)
	}
	index.Close()
	begun := time.Now()
	der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: h.this, NextUpdate: h.this.Add(48 * time.Hour), RevokedCertificateEntries: entries}, p.cert, p.key)
	if err == nil {
		err = os.WriteFile(filepath.Join(p.dir, "go.crl"), der, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(time.Since(begun).Seconds(), "peer-go-x509-s")
	if _, err := exec.LookPath("openssl"); err != nil {
		b.Log("no openssl on this machine")
		return
	}
	config := "[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ncertificate=ca.pem\nprivate_key=ca.key\ndefault_crl_days=2\n"
	for name, content := range map[string]string{"ca.cnf": config, "crlnumber": "01\n"} {
		if err := os.WriteFile(filepath.Join(p.dir, name), []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	begun = time.Now()
	cmd := exec.Command("openssl", "ca", "-gencrl", "-config", "ca.cnf", "-out", "openssl.crl")
	cmd.Dir = p.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v %s", err, out)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "peer-openssl-s")
}
