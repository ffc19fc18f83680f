package reader

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"slices"
	"testing"
	"time"

	"mynumber/internal/iccard"
)

// newPhone is a phone's chip with keys of the algorithm, their certificates, and the PINs of the tests.
func newPhone(t testing.TB, profile iccard.Profile, algorithm iccard.Algorithm) *iccard.Card {
	t.Helper()
	card, err := iccard.New(&iccard.MemoryStorage{}, iccard.Config{ManagementKey: testKey, Profile: profile}, rand.Reader)
	must(t, err)
	terminal := newTerminal(t, card)
	must(t, terminal.NamePhone(profile, "7"))
	takeUpBoth(t, terminal, algorithm)
	must(t, terminal.StagePIN(SignaturePIN, "ABC123"))
	must(t, terminal.StagePIN(AuthenticationPIN, "1234"))
	must(t, terminal.Finish())
	card.Reset()
	return card
}

// takeUpBoth makes successors of both keys, lets them prove themselves, and puts them into use with certificates.
func takeUpBoth(t testing.TB, terminal *Terminal, algorithm iccard.Algorithm) {
	t.Helper()
	for _, key := range []Key{SignatureKey, AuthenticationKey} {
		public, err := terminal.Successor(key, algorithm)
		must(t, err)
		message := []byte("proof of possession")
		signature, err := terminal.Prove(key, public, message)
		must(t, err)
		of := map[iccard.Algorithm]x509.SignatureAlgorithm{iccard.RSA2048: x509.SHA256WithRSA, iccard.P384: x509.ECDSAWithSHA384}[algorithm]
		must(t, (&x509.Certificate{PublicKey: public}).CheckSignature(of, message, signature))
		must(t, terminal.TakeUp(key, certificateFor(t, public), certificateFor(t, testAuthority().Root.Public())))
	}
}

func certificateFor(t testing.TB, public crypto.PublicKey) []byte {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "phone"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, testAuthority().Root)
	must(t, err)
	return der
}

// TestPhone: both kinds of phone, with keys of either algorithm, are read and sign like a card; only Android's user authentication
// certificate is behind its PIN.
func TestPhone(t *testing.T) {
	for _, profile := range []iccard.Profile{iccard.Android, iccard.IPhone} {
		for name, algorithm := range map[string]iccard.Algorithm{"RSA": iccard.RSA2048, "P-384": iccard.P384} {
			t.Run(profile.String()+" "+name, func(t *testing.T) {
				c := NewClient(Direct(newPhone(t, profile, algorithm)))
				if token, err := c.ReadTokenInfo(); err != nil || token.Kind() == token.Label || token.Label == cardLabel {
					t.Errorf("%+v, %v", token, err)
				}
				if _, err := c.ReadCertificate(AuthenticationKey); (profile == iccard.Android) != errors.Is(err, ErrNotVerified) {
					t.Errorf("user authentication certificate without its PIN: %v", err)
				}
				for key, pin := range map[Key]struct {
					which PIN
					value string
				}{SignatureKey: {SignaturePIN, "ABC123"}, AuthenticationKey: {AuthenticationPIN, "1234"}} {
					must(t, c.VerifyPIN(pin.which, pin.value))
					signer, err := c.Signer(key)
					must(t, err)
					cert, err := x509.ParseCertificate(signer.Certificate)
					must(t, err)
					hash, of := crypto.SHA256, x509.SHA256WithRSA
					if algorithm == iccard.P384 {
						hash, of = crypto.SHA384, x509.ECDSAWithSHA384
					}
					h := hash.New()
					h.Write([]byte("a message"))
					signature, err := signer.Sign(nil, h.Sum(nil), hash)
					must(t, err)
					must(t, cert.CheckSignature(of, []byte("a message"), signature))
					if _, err := signer.Sign(nil, make([]byte, 64), crypto.SHA512); !errors.Is(err, ErrDigest) {
						t.Errorf("SHA-512: %v", err)
					}
				}
				if _, err := c.ReadFace("123456789012"); err == nil {
					t.Error("a phone has a face")
				}
			})
		}
	}
}

// TestTakeUp: what has no certificate yet is not in use, a certificate of another key is refused, and taking up again changes nothing.
func TestTakeUp(t *testing.T) {
	card := newPhone(t, iccard.Android, iccard.RSA2048)
	terminal := newTerminal(t, card)
	inUse, err := terminal.PublicKey(SignatureKey)
	must(t, err)
	if err := terminal.TakeUp(SignatureKey, certificateFor(t, testAuthority().Root.Public()), nil); !errors.Is(err, ErrForeignKey) {
		t.Errorf("a certificate of another key: %v", err)
	}
	next, err := terminal.Successor(SignatureKey, iccard.P384)
	must(t, err)
	if now, err := terminal.PublicKey(SignatureKey); err != nil || !sameKey(now, inUse) {
		t.Errorf("the key in use went before there was a certificate: %v", err)
	}
	der, ca := certificateFor(t, next), certificateFor(t, testAuthority().Root.Public())
	must(t, terminal.TakeUp(SignatureKey, der, ca))
	card.Reset() // before Finish
	terminal = newTerminal(t, card)
	for range 2 {
		must(t, terminal.TakeUp(SignatureKey, der, ca))
		must(t, terminal.Finish())
	}
	if now, err := terminal.PublicKey(SignatureKey); err != nil || !sameKey(now, next) {
		t.Errorf("the successor is not in use: %v", err)
	}
	if err := terminal.TakeUp(SignatureKey, []byte("no"), ca); !errors.Is(err, ErrObject) {
		t.Errorf("no certificate: %v", err)
	}
	if err := terminal.TakeUp(SignatureKey, der, []byte("no")); !errors.Is(err, ErrObject) {
		t.Errorf("no certificate of the authority: %v", err)
	}
	if err := terminal.StagePIN(SignaturePIN, "short"); !errors.Is(err, ErrPINSyntax) {
		t.Errorf("a PIN that has not its form: %v", err)
	}
	for _, bad := range []string{"12345678901234567", "12a"} {
		if err := terminal.NamePhone(iccard.Android, bad); err == nil {
			t.Errorf("a phone of serial %q", bad)
		}
	}
	if err := terminal.NamePhone(iccard.Standard, "7"); err == nil {
		t.Error("a card was named as a phone")
	}
}

// TestNextGenerationCard: a whole card with P-384 keys reads, proves itself and signs like one of today.
func TestNextGenerationCard(t *testing.T) {
	card, err := iccard.New(&iccard.MemoryStorage{}, iccard.Config{ManagementKey: testKey, Profile: iccard.NextGeneration}, rand.Reader)
	must(t, err)
	must(t, produce(card))
	c := NewClient(Direct(card))
	must(t, c.VerifyPIN(InputSupportPIN, "1234"))
	number, err := c.ReadNumber()
	must(t, err)
	signer, err := c.ReadSigner(iccard.TextSigner, rootKey())
	must(t, err)
	must(t, c.CheckText(signer.Key))
	face, err := c.ReadFace(number)
	must(t, err)
	must(t, c.ProveGenuine(face.CardKey, []byte("challenge")))
	twin, err := newClient(t).ReadFace(number)
	must(t, err)
	if err := c.ProveGenuine(twin.CardKey, []byte("challenge")); !errors.Is(err, ErrForged) {
		t.Errorf("with the key of another card: %v", err)
	}
	key, err := c.Signer(AuthenticationKey)
	must(t, err)
	must(t, c.VerifyPIN(AuthenticationPIN, "1234"))
	digest := formP384.digest([]byte("text"))
	signature, err := key.Sign(nil, digest, crypto.SHA384)
	must(t, err)
	cert, err := x509.ParseCertificate(key.Certificate)
	must(t, err)
	must(t, cert.CheckSignature(x509.ECDSAWithSHA384, []byte("text"), signature))
	if _, err := key.Sign(nil, digest[:32], crypto.SHA256); !errors.Is(err, ErrDigest) {
		t.Errorf("SHA-256: %v", err)
	}
	if _, err := formP384.signature([]byte{1, 2, 3}); !errors.Is(err, ErrObject) {
		t.Errorf("half a number: %v", err)
	}
	if !slices.Equal(bytes.Clone(digestInfo), formRSA.input(nil)) {
		t.Error("the prefix was written to")
	}
}

// counting is a storage that counts how often it makes a memory durable.
type counting struct {
	iccard.MemoryStorage
	saves int
}

func (c *counting) Save(memory []byte) error {
	c.saves++
	return c.MemoryStorage.Save(memory)
}

// TestMakingACardSavesThrice: blank; everything but the certificates; the certificates, with which it is a card.
func TestMakingACardSavesThrice(t *testing.T) {
	storage := &counting{}
	card, err := iccard.New(storage, iccard.Config{ManagementKey: testKey, Profile: iccard.NextGeneration}, rand.Reader)
	must(t, err)
	terminal := newTerminal(t, card)
	must(t, terminal.Personalise(testPerson(), testAuthority()))
	var keys [2]crypto.PublicKey
	for i, key := range []Key{SignatureKey, AuthenticationKey} {
		keys[i], err = terminal.StageKey(key, false)
		must(t, err)
	}
	must(t, terminal.KeepKeys(AuthenticationKey))
	if storage.saves != 2 {
		t.Errorf("%d saves before a key is certified, want 2", storage.saves)
	}
	card.Reset()
	terminal = newTerminal(t, card)
	for i, key := range []Key{SignatureKey, AuthenticationKey} {
		if public, err := terminal.PublicKey(key); err != nil || !sameKey(public, keys[i]) {
			t.Errorf("the key to be certified is not durable: %v", err)
		}
		must(t, terminal.StageCertificate(key, certificateFor(t, keys[i]), certificateFor(t, testAuthority().Root.Public())))
	}
	must(t, terminal.Finish())
	card.Reset()
	if life, err := newTerminal(t, card).Life(); err != nil || life != iccard.Personalised || storage.saves != 3 {
		t.Errorf("%v after %d saves, %v", life, storage.saves, err)
	}
	if _, err := NewClient(Direct(card)).ReadCertificate(AuthenticationKey); err != nil {
		t.Error(err)
	}
}
