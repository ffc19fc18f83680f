package office_test

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/iccard"
	"mynumber/internal/office"
	"mynumber/internal/reader"
	"mynumber/internal/register"
)

// complete completes a case, and holds the chip against the registers if it was written.
func (d *desk) complete(t *testing.T, who office.Actor, c docket.Case) (docket.Case, error) {
	t.Helper()
	before, err := os.ReadFile(d.cards.File(c.CardID))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	done, _, err := d.CompleteCase(ctx, who, c.ID)
	if err != nil {
		return done, err
	}
	after, _ := os.ReadFile(d.cards.File(c.CardID))
	if !bytes.Equal(before, after) && len(after) > 0 {
		if err := d.sameOnChip(c.CardID); err != nil {
			t.Errorf("after %s the chip is not what the registers say: %v", c.Procedure, err)
		}
	}
	return done, nil
}

// sameOnChip reads a chip back, by the holder's commands alone, and says what on it is not as the registers have it today.
func (d *desk) sameOnChip(cardID string) error {
	var p register.Person
	var c card.Card
	var certificates []certificate.Certificate
	var photo []byte
	if err := d.db.Read(ctx, func(tx office.Tx) error {
		var err error
		if c, err = tx.Card(cardID); err != nil {
			return err
		}
		if p, err = tx.Person(c.PersonID); err != nil {
			return err
		}
		if photo, err = tx.Photo(c.ApplicationID); err != nil && !errors.Is(err, office.ErrNotFound) {
			return err
		}
		certificates, err = tx.Certificates(cardID)
		return err
	}); err != nil {
		return err
	}
	if c.State != card.PendingDeparture {
		p = p.LivingOn(civil.DateOf(d.at))
	}
	inserted, err := d.cards.Insert(ctx, cardID)
	if err != nil {
		return err
	}
	client := reader.NewClient(inserted.Chip)
	return errors.Join(d.sameFace(client, p, c, photo), d.sameText(client, p, c), d.sameCertificates(client, c, certificates), d.samePINs(inserted, c), inserted.Close())
}

func differs(what string, got, want any) error {
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return nil
	}
	return fmt.Errorf("%s is %v, want %v", what, got, want)
}

// compact is a date as chips have it.
func compact(d civil.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// sameFace: CARD-016 (c): both reference numbers open a face that is signed and shows what the register says, as pictures.
func (d *desk) sameFace(client *reader.Client, p register.Person, c card.Card, photo []byte) error {
	root := d.cards.Signers().Root.Public()
	signer, err := client.ReadSigner(iccard.FaceSigner, publicKey(root))
	if err != nil {
		return err
	}
	face, err := client.ReadFace(p.Number.Digits())
	if err != nil {
		return fmt.Errorf("reference number A: %w", err)
	}
	b, err := client.ReadFace(p.Birth.EraDigits() + compact(c.Until)[:4] + c.SecurityCode)
	if err != nil {
		return fmt.Errorf("reference number B: %w", err)
	}
	name, address, err := office.FaceImages(d.Office, p)
	if err != nil {
		return err
	}
	wantPhoto := face.Photo // of a card from before these registers it is on the chip alone
	switch {
	case c.Photoless:
		wantPhoto = nil
	case photo != nil:
		if wantPhoto, err = office.ChipPhoto(photo); err != nil {
			return err
		}
	}
	birth, errBirth := client.ReadAge(p.Birth.EraDigits(), signer.Key)
	_, errNumber := client.ReadFaceNumber(p.Number.Digits(), signer.Key)
	return errors.Join(face.Check(signer.Key), b.Check(signer.Key), errBirth, errNumber,
		client.ProveGenuine(face.CardKey, []byte("a challenge")),
		differs("birth", face.Birth+birth, compact(p.Birth)+compact(p.Birth)),
		differs("sex", face.Sex, '0'+byte(p.Sex)), differs("expiry", face.Expiry, compact(c.Until)),
		differs("the picture of the name", bytes.Equal(face.Name, name), true),
		differs("the picture of the address", bytes.Equal(face.Address, address), true),
		differs("the photo", bytes.Equal(face.Photo, wantPhoto), true))
}

// sameText: CARD-016 (e): the number and the four items, signed; opened by the reference numbers, for the PIN may be any.
func (d *desk) sameText(client *reader.Client, p register.Person, c card.Card) error {
	if c.FaceAuth || c.Activated.IsZero() {
		return nil // no PIN is set
	}
	if err := client.VerifyPIN(reader.InputSupportPIN, pins[card.InputSupportPIN]); err != nil {
		return err
	}
	signer, err := client.ReadSigner(iccard.TextSigner, publicKey(d.cards.Signers().Root.Public()))
	if err != nil {
		return err
	}
	number, err := client.ReadNumber()
	if err != nil {
		return err
	}
	items, err := client.ReadFourItems()
	if err != nil {
		return err
	}
	return errors.Join(client.CheckText(signer.Key), differs("the number", number, p.Number.Digits()), differs("the name", items.Name, p.CardName()),
		differs("the address", items.Address, office.Widened(p.CardAddressLine())), differs("the birth", items.Birth, compact(p.Birth)), differs("the sex", items.Sex, '0'+byte(p.Sex)))
}

// sameCertificates: CARD-016 (a), (b): the certificate that is good is on the chip, with the availability that says so; one
// that was ended at the window is not.
func (d *desk) sameCertificates(client *reader.Client, c card.Card, all []certificate.Certificate) error {
	availability, err := client.ReadFile(iccard.CertificateAvailability)
	if err != nil {
		return err
	}
	var faults []error
	for i, kind := range []certificate.Kind{certificate.Signature, certificate.UserAuthentication} {
		var good []byte
		some := false
		for _, x := range all {
			some = some || x.Kind == kind
			if x.Kind == kind && (x.State == certificate.Valid || x.State == certificate.Issued) {
				good = x.DER
			}
		}
		if !some || c.FaceAuth && kind == certificate.Signature { // under 15, declined, or taken away
			faults = append(faults, differs(fmt.Sprintf("the availability of the %s certificate, which is not there", kind), availability[i], 0))
			continue
		}
		key := reader.AuthenticationKey
		if kind == certificate.Signature {
			key = reader.SignatureKey
			if good == nil || c.Activated.IsZero() {
				continue // no password is set where there is none, and one that was revoked stays until there is another
			}
			if err := client.VerifyPIN(reader.SignaturePIN, pins[card.SignaturePIN]); err != nil {
				faults = append(faults, fmt.Errorf("the signature password: %w", err))
				continue
			}
		}
		if good == nil {
			continue
		}
		der, err := client.ReadCertificate(key)
		faults = append(faults, err, differs(fmt.Sprintf("the %s certificate", kind), bytes.Equal(der, good), true), differs("its availability", availability[i], 0x8F))
	}
	return errors.Join(faults...)
}

// samePINs: CARD-026: a face-authentication card takes no PIN; an empty VERIFY says 63C0.
func (d *desk) samePINs(inserted office.Inserted, c card.Card) error {
	if !c.FaceAuth {
		return nil
	}
	terminal := reader.NewTerminal(inserted.Chip, d.Rand)
	if err := terminal.Authenticate(inserted.Key); err != nil {
		return err
	}
	client := reader.NewClient(inserted.Chip)
	for p, value := range pins {
		state, err := terminal.PINState(reader.PIN(p))
		left, errLeft := client.TriesLeft(reader.PIN(p))
		if blocked := client.VerifyPIN(reader.PIN(p), value); err != nil || errLeft != nil || state.Set || left != 0 || !errors.Is(blocked, reader.ErrBlocked) {
			return fmt.Errorf("PIN No.%d of a card that takes none: %+v, %d left, %v", p, state, left, blocked)
		}
	}
	return nil
}

func publicKey(k any) *rsa.PublicKey { return k.(*rsa.PublicKey) }
