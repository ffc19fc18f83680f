package folder

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"
)

// TestServerCertificate: whoever trusts the folder's file trusts the server under the name that was asked for and no other; the same name
// finds the same certificate again, another makes a new one.
func TestServerCertificate(t *testing.T) {
	f, err := Make(filepath.Join(t.TempDir(), "d"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var before []byte
	for _, test := range []struct {
		host string
		same bool
	}{{"127.0.0.1", false}, {"127.0.0.1", true}, {"card.example.jp", false}, {"127.0.0.1", false}} {
		own, err := f.ServerCertificate(test.host)
		if err != nil {
			t.Fatal(err)
		}
		if same := bytes.Equal(before, own.Certificate[0]); same != test.same {
			t.Errorf("%s: the same certificate: %t", test.host, same)
		}
		before = own.Certificate[0]
		root, err := os.ReadFile(f.ServerCertificateFile())
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(root)
		leaf, err := x509.ParseCertificate(own.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: test.host}); err != nil {
			t.Error(err)
		}
		if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: "localhost"}); err == nil {
			t.Errorf("the certificate of %s is good for localhost", test.host)
		}
	}
	info, err := os.Stat(f.Path("server.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
