package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"

	"mynumber/internal/iccard"
	"mynumber/internal/reader"
)

// TestPhoneAsACard: a phone offers the JPKI application alone, and its user authentication certificate is behind PIN No.2; it is printed as what it is.
func TestPhoneAsACard(t *testing.T) {
	key := [16]byte{1, 2, 3}
	chip, err := iccard.New(&iccard.MemoryStorage{}, iccard.Config{ManagementKey: key, Profile: iccard.Android}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	terminal := reader.NewTerminal(reader.Direct(chip), rand.Reader)
	steps := []func() error{
		func() error { return terminal.Authenticate(key) },
		func() error {
			return terminal.NamePhone(iccard.Android, "7")
		},
		func() error {
			public, err := terminal.GenerateKey(reader.AuthenticationKey, false)
			if err != nil {
				return err
			}
			template := &x509.Certificate{SerialNumber: big.NewInt(5), Subject: pkix.Name{CommonName: "phone"}, NotBefore: time.Now(), NotAfter: time.Now().Add(time.Hour)}
			der, err := x509.CreateCertificate(rand.Reader, template, template, public, ca)
			if err != nil {
				return err
			}
			return terminal.WriteCertificate(reader.AuthenticationKey, der, der)
		},
		func() error { return terminal.SetPIN(reader.AuthenticationPIN, "1234") },
		terminal.Finish,
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	h := &holding{client: reader.NewClient(reader.Direct(chip)), name: "phone"}
	v, err := h.inventory()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	v.print(&out)
	for _, want := range []string{"Android", "behind PIN No.2", "ありません / none", "auth               残り3回", "sign               ロック、または未設定"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	for _, none := range []string{"face-a", "register", "カード番号"} {
		if strings.Contains(out.String(), none) {
			t.Errorf("%q in\n%s", none, &out)
		}
	}
	if err := h.client.VerifyPIN(reader.AuthenticationPIN, "1234"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.certificate("auth"); err != nil {
		t.Error(err)
	}
}
