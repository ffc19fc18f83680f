//go:build linux

package reader

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mynumber/internal/iccard"
	"mynumber/internal/pcsc"
)

// TestOpenSCPhone: an iPhone's application is to OpenSC what a card is. Of an Android phone it reads the certificates in PKCS #15 with the
// PINs, and both keys sign in PKCS #15 and PKCS #11; but its PKCS #11 module reads certificates before the PIN and shows none then.
func TestOpenSCPhone(t *testing.T) {
	for _, profile := range []iccard.Profile{iccard.Android, iccard.IPhone} {
		t.Run(profile.String(), func(t *testing.T) {
			b := newBench(t)
			phone := newPhone(t, profile, iccard.RSA2048)
			client := NewClient(Direct(phone))
			want := map[string][]byte{}
			for _, k := range openscKeys {
				must(t, client.VerifyPIN(k.which, k.pin))
				var err error
				want[k.id], err = client.ReadCertificate(k.key)
				must(t, err)
			}
			b.insert(t, 0, phone, "")
			if out := b.run(t, "opensc-tool", "-n"); !strings.HasSuffix(strings.TrimSpace(out), "jpki") {
				t.Errorf("driver %q", out)
			}
			says(t, b.run(t, "pkcs15-tool", "--dump"), "Tries left     : 3", "Tries left     : 5", "User Authentication Certificate")
			if out, err := b.try("pkcs15-tool", "--read-certificate", "01"); (err != nil) != (profile == iccard.Android) {
				t.Errorf("user authentication certificate without its PIN: %v %s", err, out)
			}
			for _, k := range openscKeys {
				out := b.run(t, "pkcs15-tool", "--read-certificate", k.id, "--verify-pin", "--auth-id", k.id, "--pin", k.pin)
				if !bytes.Equal(certificateIn(out), want[k.id]) {
					t.Errorf("certificate %s is not the one on the phone: %s", k.id, out)
				}
				b.phoneSigns(t, profile, k.id, k.slot, k.pin, publicKey(t, want[k.id]))
			}
		})
	}
}

// phoneSigns signs with one key, and looks what PKCS #11 shows with it.
func (b *bench) phoneSigns(t *testing.T, profile iccard.Profile, id, slot, pin, public string) {
	t.Helper()
	message := filepath.Join(t.TempDir(), "message")
	must(t, os.WriteFile(message, []byte("申請書"), 0o600))
	login := []string{"--module", openscModule, "--slot-index", slot, "--login", "--pin", pin}
	b.run(t, "pkcs11-tool", append(login, "--sign", "--id", id, "--mechanism", "SHA256-RSA-PKCS", "--input-file", message, "--output-file", message+".sig")...)
	verifies(t, public, message+".sig", message)
	shown := b.run(t, "pkcs11-tool", append(login, "-O")...)
	says(t, shown, "Private Key Object")
	if strings.Contains(shown, "Certificate Object") != (profile == iccard.IPhone) {
		t.Errorf("what PKCS #11 shows: %s", shown)
	}
}

// TestOpenSCNextGeneration: of a card with P-384 keys OpenSC reads the certificates and cannot sign: its driver knows RSA alone. Over the same
// PC/SC we can.
func TestOpenSCNextGeneration(t *testing.T) {
	b := newBench(t)
	card, err := iccard.New(&iccard.MemoryStorage{}, iccard.Config{ManagementKey: testKey, Profile: iccard.NextGeneration}, rand.Reader)
	must(t, err)
	must(t, produce(card))
	want, err := NewClient(Direct(card)).ReadCertificate(AuthenticationKey)
	must(t, err)
	b.insert(t, 0, card, "")
	if out := b.run(t, "pkcs15-tool", "--read-certificate", "01"); !bytes.Equal(certificateIn(out), want) {
		t.Errorf("the certificate is not the one on the card: %s", out)
	}
	says(t, b.run(t, "pkcs11-tool", "--module", openscModule, "--slot-index", "0", "-O"), "EC_POINT 384 bits")
	message := filepath.Join(t.TempDir(), "message")
	must(t, os.WriteFile(message, make([]byte, 48), 0o600))
	for _, mechanism := range []string{"ECDSA", "SHA256-RSA-PKCS"} {
		out, err := b.try("pkcs11-tool", "--module", openscModule, "--slot-index", "0", "--login", "--pin", "1234", "--sign", "--id", "01", "--mechanism", mechanism, "--input-file", message, "--output-file", message+".sig")
		if err == nil {
			t.Errorf("%s signs: %s", mechanism, out)
		}
	}

	t.Setenv(pcsc.SocketVariable, b.Socket)
	service, err := pcsc.Open(t.Context())
	must(t, err)
	defer service.Close()
	readers, err := service.Readers()
	must(t, err)
	held, err := service.Connect(readers[0].Name)
	must(t, err)
	defer held.Close()
	us := NewClient(held)
	must(t, us.VerifyPIN(AuthenticationPIN, "1234"))
	key, err := us.Signer(AuthenticationKey)
	must(t, err)
	signature, err := key.Sign(nil, formP384.digest([]byte("申請書")), crypto.SHA384)
	must(t, err)
	cert, err := x509.ParseCertificate(want)
	must(t, err)
	must(t, cert.CheckSignature(x509.ECDSAWithSHA384, []byte("申請書"), signature))
}
