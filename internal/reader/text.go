package reader

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// FourItems are the basic four items (基本4情報) as the input support application (券面事項入力補助AP)
// holds them, in the characters of the register.
type FourItems struct {
	Name    string // family and given name with a full-width space between
	Address string
	Birth   string // YYYYMMDD
	Sex     byte   // '1' male, '2' female, '9' not applicable, '0' unknown
}

// ReadNumber reads the Individual Number; InputSupportPIN must be verified.
func (c *Client) ReadNumber() (string, error) {
	file, err := c.ReadFile(iccard.TextNumber)
	if err != nil {
		return "", err
	}
	return parseNumber(file)
}

// ReadFourItems reads name, address, birth and sex; InputSupportPIN must be verified.
func (c *Client) ReadFourItems() (FourItems, error) {
	file, err := c.ReadFile(iccard.TextItems)
	if err != nil {
		return FourItems{}, err
	}
	items, _, err := parseFourItems(file)
	return items, err
}

// CheckText reads number, four items and the integrity object and checks them against the key that
// signs text data (ReadSigner with iccard.TextSigner). ErrForged if they do not agree.
func (c *Client) CheckText(signer *rsa.PublicKey) error {
	var files [3][]byte
	for i, ef := range []iccard.EF{iccard.TextNumber, iccard.TextItems, iccard.TextIntegrity} {
		var err error
		if files[i], err = c.ReadFile(ef); err != nil {
			return err
		}
	}
	_, signed, err := parseFourItems(files[1])
	if err != nil {
		return err
	}
	parts, err := children(files[2], 0xFF30, 0xDF31, 0xDF32, 0xDF33)
	if err != nil {
		return err
	}
	number, items := sha256.Sum256(files[0]), sha256.Sum256(signed)
	if !bytes.Equal(parts[0].Value, number[:]) || !bytes.Equal(parts[1].Value, items[:]) {
		return fmt.Errorf("%w: number or four items are not those signed", ErrForged)
	}
	return checkSignature(signer, append(bytes.Clone(parts[0].Raw), parts[1].Raw...), parts[2].Value)
}

// checkSignature checks sha256WithRSA over the message.
func checkSignature(signer *rsa.PublicKey, message, signature []byte) error {
	sum := sha256.Sum256(message)
	if err := rsa.VerifyPKCS1v15(signer, crypto.SHA256, sum[:], signature); err != nil {
		return fmt.Errorf("%w: %w", ErrForged, err)
	}
	return nil
}

// children opens the outer object of a file, with whatever filler behind it, and returns its parts,
// which must have exactly these tags.
func children(file []byte, outer uint32, tags ...uint32) ([]apdu.Object, error) {
	object, _, err := apdu.ParseObject(file)
	if err != nil || object.Tag != outer {
		return nil, fmt.Errorf("%w: want object %X: %v", ErrObject, outer, err)
	}
	parts, err := object.Children()
	if err != nil {
		return nil, fmt.Errorf("%w: object %X: %w", ErrObject, outer, err)
	}
	if len(parts) != len(tags) {
		return nil, fmt.Errorf("%w: object %X has %d parts, want %d", ErrObject, outer, len(parts), len(tags))
	}
	for i, tag := range tags {
		if parts[i].Tag != tag {
			return nil, fmt.Errorf("%w: object %X in %X, want %X", ErrObject, parts[i].Tag, outer, tag)
		}
	}
	return parts, nil
}

func parseNumber(file []byte) (string, error) {
	object, _, err := apdu.ParseObject(file)
	if err != nil || object.Tag != 0xFF10 || len(object.Value) != 12 {
		return "", fmt.Errorf("%w: no Individual Number: %v", ErrObject, err)
	}
	return string(object.Value), nil
}

// parseFourItems also returns the bytes that are signed: the four objects without the offsets.
func parseFourItems(file []byte) (items FourItems, signed []byte, err error) {
	parts, err := children(file, 0xFF20, 0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25)
	if err != nil {
		return FourItems{}, nil, err
	}
	if len(parts[4].Value) != 1 {
		return FourItems{}, nil, fmt.Errorf("%w: sex of %d bytes", ErrObject, len(parts[4].Value))
	}
	for _, p := range parts[1:] {
		signed = append(signed, p.Raw...)
	}
	return FourItems{
		Name: string(parts[1].Value), Address: string(parts[2].Value),
		Birth: string(parts[3].Value), Sex: parts[4].Value[0],
	}, signed, nil
}

// numberFile is file 0001: the two FF behind the object belong to it and to its hash.
func numberFile(number string) []byte {
	return append(apdu.AppendObject(nil, 0xFF10, []byte(number)), 0xFF, 0xFF)
}

// itemsFile is file 0002 and the part of it that is signed.
func itemsFile(p FourItems) (file, signed []byte) {
	return withOffsets(0xFF20, 0xDF21, apdu.AppendObject,
		apdu.AppendObject(nil, 0xDF22, []byte(p.Name)), apdu.AppendObject(nil, 0xDF23, []byte(p.Address)),
		apdu.AppendObject(nil, 0xDF24, []byte(p.Birth)), apdu.AppendObject(nil, 0xDF25, []byte{p.Sex}))
}

// withOffsets puts objects into an outer one behind a table of two-byte offsets, counted from the
// first byte of the outer object to the tag of each. It returns the whole and the objects alone.
func withOffsets(outer, table uint32, wrap func([]byte, uint32, []byte) []byte, objects ...[]byte) (file, rest []byte) {
	rest = bytes.Join(objects, nil)
	offsets := make([]byte, 2*len(objects))
	inner := append(apdu.AppendObject(nil, table, offsets), rest...)
	start := len(wrap(nil, outer, inner)) - len(rest)
	for i, o := range objects {
		binary.BigEndian.PutUint16(offsets[2*i:], uint16(start))
		start += len(o)
	}
	return wrap(nil, outer, append(apdu.AppendObject(nil, table, offsets), rest...)), rest
}

// integrityFile is file 0003: hashes of number and four items, signed.
func integrityFile(number, signedItems []byte, sign signer) ([]byte, error) {
	hashNumber, hashItems := sha256.Sum256(number), sha256.Sum256(signedItems)
	inner := apdu.AppendObject(nil, 0xDF31, hashNumber[:])
	inner = apdu.AppendObject(inner, 0xDF32, hashItems[:])
	signature, err := sign(inner)
	if err != nil {
		return nil, err
	}
	return apdu.AppendObject82(nil, 0xFF30, apdu.AppendObject82(inner, 0xDF33, signature)), nil
}

// textInfoFile is file 0005, of at least 256 bytes because one client reads so many at once. What the
// 128 bytes of DF43 are is not known; they are FF here.
func textInfoFile(key KeyID) []byte {
	inner := apdu.AppendObject(nil, 0xDF41, []byte{0x01, 0x03, 0x0E, 0x01})
	inner = apdu.AppendObject(inner, 0xDF42, key[:])
	inner = apdu.AppendObject82(inner, 0xDF43, bytes.Repeat([]byte{0xFF}, 128))
	file := apdu.AppendObject82(nil, 0xFF40, inner)
	return append(file, bytes.Repeat([]byte{0xFF}, 256-len(file))...)
}

// textKeyFile is file 0007: the public half of the card's text key, signed.
func textKeyFile(public []byte, sign signer) ([]byte, error) {
	inner := apdu.AppendObject82(nil, 0xDF51, public)
	signature, err := sign(inner)
	if err != nil {
		return nil, err
	}
	return apdu.AppendObject82(nil, 0xFF50, apdu.AppendObject82(inner, 0xDF52, signature)), nil
}
