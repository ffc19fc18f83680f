package reader

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// Face is the card face (券面) as the chip holds it, read with a reference number (照合番号).
type Face struct {
	Birth        string           // YYYYMMDD
	Sex          byte             // as in FourItems
	CardKey      crypto.PublicKey // of the key with which this chip proves itself, ProveGenuine
	Name         []byte           // 1-bit PNG
	Address      []byte           // 1-bit PNG
	Photo        []byte           // JPEG 2000 in grey; JPEG on software cards made before 2026-11-23; empty on a card without photo
	Expiry       string           // YYYYMMDD; not signed
	SecurityCode []byte           // 1-bit PNG; not signed

	parts []apdu.Object // as they stood, for Check
}

// faceTags are the parts of the face file after the outer header; DF21 holds the offsets of the rest.
var faceTags = []uint32{0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28, 0xDF29, 0xDF2A}

// ReadFace reads the face with reference number A, the Individual Number (12 digits), or B (14 digits:
// birth in the era's year, expiry year, security code). Errors are those of VerifyPIN and ErrObject.
func (c *Client) ReadFace(reference string) (*Face, error) {
	if err := c.verify(faceReference(reference), reference); err != nil {
		return nil, err
	}
	file, err := c.ReadFile(iccard.FaceImages)
	if err != nil {
		return nil, err
	}
	return parseFace(file)
}

func faceReference(value string) iccard.EF {
	if len(value) == 12 {
		return iccard.FaceReferenceA
	}
	return iccard.FaceReferenceB
}

func parseFace(file []byte) (*Face, error) {
	parts, err := children(file, 0xFF20, faceTags...)
	if err != nil {
		return nil, err
	}
	key, err := iccard.ParseKey(parts[3].Value)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrObject, err)
	}
	if len(parts[2].Value) != 1 {
		return nil, fmt.Errorf("%w: sex of %d bytes", ErrObject, len(parts[2].Value))
	}
	return &Face{
		Birth: string(parts[1].Value), Sex: parts[2].Value[0], CardKey: key,
		Name: parts[4].Value, Address: parts[5].Value, Photo: parts[6].Value,
		Expiry: string(parts[8].Value), SecurityCode: parts[9].Value, parts: parts,
	}, nil
}

// Check checks the signature over everything but expiry and security code, which the card does not
// sign. ErrForged if it is wrong.
func (f *Face) Check(signer *rsa.PublicKey) error {
	raw := make([][]byte, 6)
	for i := range raw {
		raw[i] = f.parts[i+1].Raw
	}
	if err := rsa.VerifyPKCS1v15(signer, 0, faceDigestInfo(raw), f.parts[7].Value); err != nil {
		return fmt.Errorf("%w: %w", ErrForged, err)
	}
	return nil
}

// faceDigestInfo is what DF28 signs: one SHA-256 DigestInfo whose OCTET STRING holds three hashes, of
// DF22‖DF23‖DF24, DF25‖DF26 and DF27. No ordinary verifier accepts it; the card does it so.
func faceDigestInfo(df22to27 [][]byte) []byte {
	info := append([]byte{0x30, 0x71, 0x30, 0x0D}, digestInfo[4:17]...)
	info = append(info, 0x04, 0x60)
	for _, group := range [][][]byte{df22to27[0:3], df22to27[3:5], df22to27[5:6]} {
		sum := sha256.Sum256(bytes.Join(group, nil))
		info = append(info, sum[:]...)
	}
	return info
}

// ReadFaceNumber reads the image of the Individual Number; the number itself opens it. The image is
// checked with the signer's key if one is given.
func (c *Client) ReadFaceNumber(number string, signer *rsa.PublicKey) ([]byte, error) {
	if err := c.verify(iccard.FaceReferenceA, number); err != nil {
		return nil, err
	}
	return c.readSigned(iccard.FaceNumber, signer, 0xFF40, 0xDF41, 0xDF42, 0xDF43)
}

// ReadAge reads the birth date (YYYYMMDD) with its six digits in the era's year, for an age check that
// shows nothing else. It is checked with the signer's key if one is given.
func (c *Client) ReadAge(birth string, signer *rsa.PublicKey) (string, error) {
	if err := c.verify(iccard.FaceBirthPIN, birth); err != nil {
		return "", err
	}
	date, err := c.readSigned(iccard.FaceAge, signer, 0xFF10, 0xDF11, 0xDF12, 0xDF13)
	return string(date), err
}

// readSigned reads an object of three parts, content, card key and signature, and returns the content.
func (c *Client) readSigned(ef iccard.EF, signer *rsa.PublicKey, outer uint32, tags ...uint32) ([]byte, error) {
	file, err := c.ReadFile(ef)
	if err != nil {
		return nil, err
	}
	parts, err := children(file, outer, tags...)
	if err != nil {
		return nil, err
	}
	if signer != nil {
		if err := checkSignature(signer, append(bytes.Clone(parts[0].Raw), parts[1].Raw...), parts[2].Value); err != nil {
			return nil, err
		}
	}
	return parts[0].Value, nil
}

// ProveGenuine lets the chip sign a challenge with its own key and checks it against the key that the
// signed face names (Face.CardKey): a copy of the files has no such key. ErrForged if it fails.
func (c *Client) ProveGenuine(key crypto.PublicKey, challenge []byte) error {
	if err := c.selectFile(iccard.FaceKey); err != nil {
		return err
	}
	form, err := formOf(key)
	if err != nil {
		return err
	}
	answer, err := c.send(apdu.Command{CLA: 0x80, INS: 0x2A, Data: form.input(form.digest(challenge)), Ne: apdu.MaxShortNe})
	if refused, ok := errors.AsType[*StatusError](err); ok && refused.SW == apdu.ConditionsNotMet {
		return fmt.Errorf("%w: the chip's key is of another algorithm", ErrForged)
	}
	if err != nil {
		return err
	}
	return form.check(key, challenge, answer)
}

// signedFile is a file of content, card key and signature over both: the age proof and the number's image.
func signedFile(outer, contentTag, keyTag, signatureTag uint32, content, public []byte, sign signer) ([]byte, error) {
	inner := apdu.AppendObject(nil, contentTag, content)
	inner = apdu.AppendObject82(inner, keyTag, public)
	signature, err := sign(inner)
	if err != nil {
		return nil, err
	}
	return apdu.AppendObject82(nil, outer, apdu.AppendObject82(inner, signatureTag, signature)), nil
}

// faceFile is file 0002 of the card face; sign gets the DigestInfo, not a message.
func faceFile(p *Personal, public []byte, sign signer) ([]byte, error) {
	objects := [][]byte{
		apdu.AppendObject(nil, 0xDF22, []byte(p.Birth)),
		apdu.AppendObject(nil, 0xDF23, []byte{p.Sex}),
		apdu.AppendObject82(nil, 0xDF24, public),
		apdu.AppendObject(nil, 0xDF25, p.NameImage),
		apdu.AppendObject(nil, 0xDF26, p.AddressImage),
		apdu.AppendObject(nil, 0xDF27, p.Photo),
	}
	signature, err := sign(faceDigestInfo(objects))
	if err != nil {
		return nil, err
	}
	objects = append(objects,
		apdu.AppendObject82(nil, 0xDF28, signature),
		apdu.AppendObject(nil, 0xDF29, []byte(p.Expiry)),
		apdu.AppendObject(nil, 0xDF2A, p.SecurityCodeImage))
	file, _ := withOffsets(0xFF20, 0xDF21, apdu.AppendObject82, objects...)
	return file, nil
}

// faceInfoFile is file 0003. What the 256 bytes of DF35 are is not known; here they are a signature
// over the objects before it.
func faceInfoFile(municipality string, key, root KeyID, sign signer) ([]byte, error) {
	inner := apdu.AppendObject(nil, 0xDF31, []byte{0x06, 0x03, 0x0E, 0x01})
	inner = apdu.AppendObject(inner, 0xDF32, key[:])
	inner = apdu.AppendObject(inner, 0xDF33, []byte{0x00})
	inner = apdu.AppendObject(inner, 0xDF34, []byte(municipality))
	signature, err := sign(inner)
	if err != nil {
		return nil, err
	}
	return apdu.AppendObject82(nil, 0xFF30, apdu.AppendObject82(inner, 0xDF35, append(root[:], signature...))), nil
}
