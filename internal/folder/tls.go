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

// ServerCertificateFile is where ServerCertificate leaves its certificate, for clients that are told to trust it.
func (f *Folder) ServerCertificateFile() string { return f.Path("server.crt") }

// ServerCertificate is a TLS certificate for a host name or address, signed by itself, so nobody trusts it who was not told to. It is kept
// in the folder with its key, and made anew for another host and a month before its end.
func (f *Folder) ServerCertificate(host string) (tls.Certificate, error) {
	keyFile := f.Path("server.key")
	if own, err := tls.LoadX509KeyPair(f.ServerCertificateFile(), keyFile); err == nil && own.Leaf.VerifyHostname(host) == nil && time.Until(own.Leaf.NotAfter) > serverRenew {
		return own, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the server's key: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("draw a serial number: %w", err)
	}
	now := time.Now()
	leaf := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: host, Organization: []string{"JPKI-SIM"}}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(serverLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true}
	if ip := net.ParseIP(host); ip != nil {
		leaf.IPAddresses = []net.IP{ip}
	} else {
		leaf.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, leaf, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("sign the server's certificate: %w", err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("write the server's key: %w", err)
	}
	certificate, private := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	for _, file := range []struct {
		path    string
		content []byte
	}{{keyFile, private}, {f.ServerCertificateFile(), certificate}} {
		if err := os.WriteFile(file.path, file.content, 0o600); err != nil {
			return tls.Certificate{}, fmt.Errorf("keep the server's certificate: %w", err)
		}
	}
	return tls.X509KeyPair(certificate, private)
}
