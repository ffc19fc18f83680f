package folder

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"
)

// serverLife is how long a certificate of ServerCertificate is good, and how long before its end it is made anew.
const serverLife, serverRenew = 397 * 24 * time.Hour, 30 * 24 * time.Hour

// ServerCertificateFile is what clients are told to trust: the certificate of an authority that has signed ServerCertificate's and nothing
// else, for its key was thrown away.
func (f *Folder) ServerCertificateFile() string { return f.Path("server.crt") }

// ServerCertificate is a TLS certificate for a host name or address; nobody trusts it who was not told to. It is kept in the folder with its
// key, and made anew for another host and a month before its end.
func (f *Folder) ServerCertificate(host string) (tls.Certificate, error) {
	chainFile, keyFile := f.Path("server.pem"), f.Path("server.key")
	_, trusted := os.Stat(f.ServerCertificateFile())
	if own, err := tls.LoadX509KeyPair(chainFile, keyFile); trusted == nil && err == nil && own.Leaf.VerifyHostname(host) == nil && time.Until(own.Leaf.NotAfter) > serverRenew {
		return own, nil
	}
	root, rootKey, err := signed(&x509.Certificate{Subject: pkix.Name{CommonName: "mynumber " + host, Organization: []string{"JPKI-SIM"}}, KeyUsage: x509.KeyUsageCertSign, IsCA: true, MaxPathLenZero: true}, nil, nil)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf := &x509.Certificate{Subject: pkix.Name{CommonName: host, Organization: []string{"JPKI-SIM"}}, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	if ip := net.ParseIP(host); ip != nil {
		leaf.IPAddresses = []net.IP{ip}
	} else {
		leaf.DNSNames = []string{host}
	}
	own, key, err := signed(leaf, root, rootKey)
	if err != nil {
		return tls.Certificate{}, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("write the server's key: %w", err)
	}
	chain, private := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: own.Raw}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	for _, file := range []struct {
		path    string
		content []byte
	}{{keyFile, private}, {chainFile, chain}, {f.ServerCertificateFile(), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw})}} {
		if err := os.WriteFile(file.path, file.content, 0o600); err != nil {
			return tls.Certificate{}, fmt.Errorf("keep the server's certificate: %w", err)
		}
	}
	return tls.X509KeyPair(chain, private)
}

// signed makes a key and its certificate, signed by a parent or by itself.
func signed(template, parent *x509.Certificate, parentKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("make the server's key: %w", err)
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)); err != nil {
		return nil, nil, fmt.Errorf("draw a serial number: %w", err)
	}
	now := time.Now()
	template.NotBefore, template.NotAfter, template.BasicConstraintsValid = now.Add(-time.Hour), now.Add(serverLife), true
	if parent == nil {
		parent, parentKey = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), parentKey)
	if err != nil {
		return nil, nil, fmt.Errorf("sign the server's certificate: %w", err)
	}
	certificate, err := x509.ParseCertificate(der)
	return certificate, key, err
}
