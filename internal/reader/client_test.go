package reader

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"testing"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

func TestReadCertificates(t *testing.T) {
	c := newClient(t)
	if _, err := c.ReadCertificate(SignatureKey); !errors.Is(err, ErrNotVerified) {
		t.Errorf("signature certificate without PIN: %v, want ErrNotVerified", err)
	}
	must(t, c.VerifyPIN(SignaturePIN, "ABC123"))
	for _, key := range []Key{SignatureKey, AuthenticationKey} {
		der, err := c.ReadCertificate(key)
		must(t, err)
		certificate, err := x509.ParseCertificate(der)
		must(t, err)
		ca, err := c.ReadCACertificate(key)
		must(t, err)
		if _, err := x509.ParseCertificate(ca); err != nil {
			t.Error(err)
		}
		if certificate.SerialNumber.Int64() != int64(key) {
			t.Errorf("certificate %v read for key %d", certificate.SerialNumber, key)
		}
	}
}

// TestReadFileOfWholePieces: a file whose size is a multiple of 256 ends with 6B00, one with filler
// behind the certificate gives the certificate alone.
func TestReadFileOfWholePieces(t *testing.T) {
	card := newCard(t)
	terminal, c := newTerminal(t, card), NewClient(Direct(card))
	der, err := c.ReadCertificate(AuthenticationKey)
	must(t, err)
	padded := append(bytes.Clone(der), bytes.Repeat([]byte{0xFF}, 1536-len(der))...)
	must(t, terminal.WriteFile(iccard.AuthenticationCertificate, padded))
	if file, err := c.ReadFile(iccard.AuthenticationCertificate); err != nil || !bytes.Equal(file, padded) {
		t.Errorf("%d bytes, %v", len(file), err)
	}
	if again, err := c.ReadCertificate(AuthenticationKey); err != nil || !bytes.Equal(again, der) {
		t.Errorf("%d bytes, %v", len(again), err)
	}
	longest := bytes.Repeat([]byte{7}, iccard.MaxFile)
	must(t, terminal.WriteFile(iccard.FaceInfo, longest))
	if file, err := c.ReadFile(iccard.FaceInfo); err != nil || !bytes.Equal(file, longest) {
		t.Errorf("%d bytes, %v", len(file), err)
	}
}

func TestPINErrors(t *testing.T) {
	c := newClient(t)
	for _, want := range []int{2, 1, 0} {
		wrong, ok := errors.AsType[*WrongPIN](c.VerifyPIN(AuthenticationPIN, "9999"))
		if !ok || wrong.TriesLeft != want {
			t.Errorf("%v, want %d tries left", wrong, want)
		}
	}
	if err := c.VerifyPIN(AuthenticationPIN, "1234"); !errors.Is(err, ErrBlocked) {
		t.Errorf("locked: %v, want ErrBlocked", err)
	}
	if err := c.VerifyPIN(SignaturePIN, ""); !errors.Is(err, ErrEmptyPIN) {
		t.Errorf("empty: %v, want ErrEmptyPIN", err)
	}
	// PIN-005: each PIN has its own counter.
	for which, want := range map[PIN]int{SignaturePIN: 5, AuthenticationPIN: 0, ResidentRegisterPIN: 3, InputSupportPIN: 3} {
		if left, err := c.TriesLeft(which); err != nil || left != want {
			t.Errorf("PIN %d: %d tries, %v; want %d", which, left, err, want)
		}
	}
}

func TestChangePIN(t *testing.T) {
	for which, values := range map[PIN][2]string{
		SignaturePIN: {"ABC123", "XYZ789"}, AuthenticationPIN: {"1234", "5678"},
		ResidentRegisterPIN: {"1234", "5678"}, InputSupportPIN: {"1234", "5678"},
	} {
		c := newClient(t)
		if err := c.ChangePIN(which, values[1]); !errors.Is(err, ErrNotVerified) {
			t.Errorf("PIN %d unverified: %v, want ErrNotVerified", which, err)
		}
		must(t, c.VerifyPIN(which, values[0]))
		refused, ok := errors.AsType[*StatusError](c.ChangePIN(which, "12"))
		if !ok || refused.SW != apdu.WrongData {
			t.Errorf("PIN %d, wrong syntax: %v", which, refused)
		}
		must(t, c.ChangePIN(which, values[1]))
		must(t, c.VerifyPIN(which, values[1]))
	}
}

func TestSign(t *testing.T) {
	c := newClient(t)
	sum := sha256.Sum256([]byte("申請書"))
	for key, pin := range map[Key]struct {
		which PIN
		value string
	}{SignatureKey: {SignaturePIN, "ABC123"}, AuthenticationKey: {AuthenticationPIN, "1234"}} {
		if _, err := c.Sign(key, sum[:]); !errors.Is(err, ErrNotVerified) {
			t.Errorf("key %d without PIN: %v, want ErrNotVerified", key, err)
		}
		must(t, c.VerifyPIN(pin.which, pin.value))
		signature, err := c.Sign(key, sum[:])
		must(t, err)
		der, err := c.ReadCertificate(key)
		must(t, err)
		certificate, err := x509.ParseCertificate(der)
		must(t, err)
		if err := rsa.VerifyPKCS1v15(certificate.PublicKey.(*rsa.PublicKey), crypto.SHA256, sum[:], signature); err != nil {
			t.Errorf("key %d: %v", key, err)
		}
	}
	if _, err := c.Sign(SignatureKey, sum[:20]); err == nil {
		t.Error("a digest of 20 bytes was signed")
	}
}

func TestText(t *testing.T) {
	c, p := newClient(t), testPerson()
	if _, err := c.ReadNumber(); !errors.Is(err, ErrNotVerified) {
		t.Errorf("number without PIN: %v, want ErrNotVerified", err)
	}
	must(t, c.VerifyPIN(InputSupportPIN, "1234"))
	if number, err := c.ReadNumber(); err != nil || number != p.Number12 {
		t.Errorf("number %q, %v", number, err)
	}
	if items, err := c.ReadFourItems(); err != nil || items != (FourItems{p.Name, p.Address, p.Birth, p.Sex}) {
		t.Errorf("items %+v, %v", items, err)
	}
	signer, err := c.ReadSigner(iccard.TextSigner, rootKey())
	must(t, err)
	must(t, c.CheckText(signer.Key))
	if err := c.CheckText(rootKey()); !errors.Is(err, ErrForged) {
		t.Errorf("another signer: %v, want ErrForged", err)
	}
}

// TestForgedText: a number changed on the card is noticed.
func TestForgedText(t *testing.T) {
	card := newCard(t)
	must(t, newTerminal(t, card).WriteFile(iccard.TextNumber, numberFile("983205673214")))
	c := NewClient(Direct(card))
	must(t, c.VerifyPIN(InputSupportPIN, "1234"))
	signer, err := c.ReadSigner(iccard.TextSigner, rootKey())
	must(t, err)
	if err := c.CheckText(signer.Key); !errors.Is(err, ErrForged) {
		t.Errorf("%v, want ErrForged", err)
	}
}

func TestFace(t *testing.T) {
	c, p := newClient(t), testPerson()
	for name, reference := range map[string]string{"照合番号A": p.Number12, "照合番号B": "55021720352285"} {
		t.Run(name, func(t *testing.T) {
			face, err := c.ReadFace(reference)
			must(t, err)
			if face.Birth != p.Birth || face.Sex != p.Sex || face.Expiry != p.Expiry || !bytes.Equal(face.Photo, p.Photo) ||
				!bytes.Equal(face.Name, p.NameImage) || !bytes.Equal(face.Address, p.AddressImage) ||
				!bytes.Equal(face.SecurityCode, DigitsImage(p.SecurityCode4)) {
				t.Errorf("face %+v", face)
			}
			signer, err := c.ReadSigner(iccard.FaceSigner, rootKey())
			must(t, err)
			must(t, face.Check(signer.Key))
			if err := face.Check(rootKey()); !errors.Is(err, ErrForged) {
				t.Errorf("another signer: %v, want ErrForged", err)
			}
			must(t, c.ProveGenuine(face.CardKey, []byte("challenge")))
			if err := c.ProveGenuine(signer.Key, []byte("challenge")); !errors.Is(err, ErrForged) {
				t.Errorf("another card: %v, want ErrForged", err)
			}
			if image, err := c.ReadFaceNumber(p.Number12, signer.Key); err != nil || !bytes.Equal(image, DigitsImage(p.Number12)) {
				t.Errorf("number image: %v", err)
			}
			if birth, err := c.ReadAge("550217", signer.Key); err != nil || birth != p.Birth {
				t.Errorf("birth %q, %v", birth, err)
			}
		})
	}
	if _, err := c.ReadSigner(iccard.FaceSigner, testAuthority().Text.Public().(*rsa.PublicKey)); !errors.Is(err, ErrForged) {
		t.Errorf("another root: %v, want ErrForged", err)
	}
	wrong, ok := errors.AsType[*WrongPIN](func() error { _, err := c.ReadFace("55021720352286"); return err }())
	if !ok || wrong.TriesLeft != 9 {
		t.Errorf("wrong reference number: %v, want 9 tries left", wrong)
	}
}

// TestReferenceBDoesNotShowTheNumber: B opens the face but not the image of the Individual Number.
func TestReferenceBDoesNotShowTheNumber(t *testing.T) {
	c := newClient(t)
	if _, err := c.ReadFace("55021720352285"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ReadFile(iccard.FaceNumber); !errors.Is(err, ErrNotVerified) {
		t.Errorf("%v, want ErrNotVerified", err)
	}
}

// FuzzObjects: files of a foreign card are read or refused, never a panic.
func FuzzObjects(f *testing.F) {
	number := numberFile("537686677188")
	items, _ := itemsFile(FourItems{"甲", "乙", "19800217", '1'})
	f.Add(number)
	f.Add(items)
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, err := parseNumber(b); err == nil && len(n) != 12 {
			t.Errorf("number %q", n)
		}
		if items, _, err := parseFourItems(b); err == nil && items.Birth != "" && len(b) < len(items.Birth) {
			t.Errorf("items %+v of %d bytes", items, len(b))
		}
		if face, err := parseFace(b); err == nil && len(face.parts) != len(faceTags) {
			t.Errorf("face of %d parts", len(face.parts))
		}
		if s, err := parseSigner(b, rootKey()); err == nil {
			t.Errorf("a certificate %v signed by nobody", s.Subject)
		}
	})
}

// TestSigner: the card's key signs as any key of crypto does, after its PIN, and SHA-256 alone.
func TestSigner(t *testing.T) {
	c := newClient(t)
	if _, err := c.Signer(SignatureKey); !errors.Is(err, ErrNotVerified) {
		t.Errorf("without the PIN: %v", err)
	}
	must(t, c.VerifyPIN(SignaturePIN, "ABC123"))
	s, err := c.Signer(SignatureKey)
	must(t, err)
	digest := sha256.Sum256([]byte("text"))
	signature, err := s.Sign(nil, digest[:], crypto.SHA256)
	must(t, err)
	must(t, rsa.VerifyPKCS1v15(s.Public().(*rsa.PublicKey), crypto.SHA256, digest[:], signature))
	if _, err := s.Sign(nil, make([]byte, 48), crypto.SHA384); !errors.Is(err, ErrDigest) {
		t.Errorf("SHA-384: %v", err)
	}
}
