package reader

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"math/big"
	"os"
	"sync"
	"testing"
	"time"

	"mynumber/internal/iccard"
)

var testKey = [16]byte{9, 8, 7}

// testAuthority is made once for all tests of the package.
var testAuthority = sync.OnceValue(func() *Authority {
	a, err := NewAuthority()
	if err != nil {
		panic(err)
	}
	return a
})

func rootKey() *rsa.PublicKey { return testAuthority().Root.Public().(*rsa.PublicKey) }

// testPerson is the person of the published test card.
func testPerson() Personal {
	return Personal{
		Name: "黒桐　幹也", Address: "東京都清瀬市観布子南１２－７－２０２",
		Birth: "19800217", BirthEra6: "550217", Sex: '1', Number12: "537686677188",
		Expiry: "20350217", SecurityCode4: "2285", MunicipalityCode: "13221", Serial15: "400000012719843",
		Photo:     bytes.Repeat([]byte{0x11}, 2000),
		NameImage: BlankImage(48, 12), AddressImage: BlankImage(96, 24),
	}
}

// prototype is the memory of a finished card, made once: PINs ABC123 and 1234, both certificates.
var prototype = sync.OnceValue(func() []byte {
	storage := &iccard.MemoryStorage{}
	card, err := iccard.New(storage, iccard.Config{ManagementKey: testKey}, rand.Reader)
	if err != nil {
		panic(err)
	}
	if err := produce(card); err != nil {
		panic(err)
	}
	memory, err := storage.Load()
	if err != nil {
		panic(err)
	}
	return memory
})

// produce is what the issuer and the window do with a blank card.
func produce(card *iccard.Card) error {
	t := NewTerminal(Direct(card), rand.Reader)
	if err := t.Authenticate(testKey); err != nil {
		return err
	}
	if err := t.Personalise(testPerson(), testAuthority()); err != nil {
		return err
	}
	ca := testAuthority().Root
	for _, key := range []Key{SignatureKey, AuthenticationKey} {
		public, err := t.GenerateKey(key, false)
		if err != nil {
			return err
		}
		template := &x509.Certificate{
			SerialNumber: big.NewInt(int64(key)), Subject: pkix.Name{CommonName: "test"},
			NotBefore: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2031, 4, 1, 0, 0, 0, 0, time.UTC),
		}
		var ders [2][]byte
		for i, subject := range []any{public, ca.Public()} {
			if ders[i], err = x509.CreateCertificate(rand.Reader, template, template, subject, ca); err != nil {
				return err
			}
		}
		if err := t.WriteCertificate(key, ders[0], ders[1]); err != nil {
			return err
		}
	}
	for pin, value := range map[PIN]string{SignaturePIN: "ABC123", AuthenticationPIN: "1234", ResidentRegisterPIN: "1234", InputSupportPIN: "1234"} {
		if err := t.SetPIN(pin, value); err != nil {
			return err
		}
	}
	return t.Finish()
}

func newCard(t testing.TB) *iccard.Card {
	t.Helper()
	storage := &iccard.MemoryStorage{}
	if err := storage.Save(prototype()); err != nil {
		t.Fatal(err)
	}
	card, err := iccard.Open(storage, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func newClient(t testing.TB) *Client { return NewClient(Direct(newCard(t))) }

func newTerminal(t testing.TB, card *iccard.Card) *Terminal {
	t.Helper()
	terminal := NewTerminal(Direct(card), rand.Reader)
	if err := terminal.Authenticate(testKey); err != nil {
		t.Fatal(err)
	}
	return terminal
}

// must ends the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func readJSON(t testing.TB, name string, v any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	must(t, err)
	must(t, json.Unmarshal(raw, v))
}
