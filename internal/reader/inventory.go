package reader

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// TokenInfo is what the JPKI application says of itself (file 0006), the layout of CK_TOKEN_INFO of PKCS #11.
type TokenInfo struct {
	Label        string // JPKIAPICCTOKEN2 an Individual Number Card; the old resident card and phones have others
	Manufacturer string
	Model        string
	Serial       string
}

// labels are the labels that are known; others stay as they are.
var labels = map[string]string{
	"JPKIAPICCTOKEN": "住民基本台帳カード / resident register card", "JPKIAPICCTOKEN2": "マイナンバーカード / Individual Number Card",
	"JPKIAPGPSETOKEN": "Android", "JPKIAPIOSTOKEN": "iPhone",
}

// Kind says in words what carries the token.
func (t TokenInfo) Kind() string {
	if words, ok := labels[t.Label]; ok {
		return words
	}
	return t.Label
}

// Errors of a chip that is no card in use.
var (
	ErrBlank = errors.New("reader: the card is blank")
	ErrDead  = errors.New("reader: the chip does not work any more")
)

// ReadTokenInfo reads it. ErrBlank for a chip on which nothing is written, ErrDead for one that was ended.
func (c *Client) ReadTokenInfo() (TokenInfo, error) {
	file, err := c.ReadFile(iccard.TokenInfo)
	if refused, ok := errors.AsType[*StatusError](err); ok && refused.SW == apdu.NoDiagnosis {
		return TokenInfo{}, ErrDead
	}
	if err != nil {
		return TokenInfo{}, err
	}
	if unwritten(file) {
		return TokenInfo{}, ErrBlank
	}
	if len(file) < 112 {
		return TokenInfo{}, fmt.Errorf("%w: token information of %d bytes", ErrObject, len(file))
	}
	text := func(from, to int) string { return strings.TrimRight(string(file[from:to]), " \x00") }
	return TokenInfo{text(0, 32), text(32, 64), text(64, 80), text(80, 96)}, nil
}

// unwritten reports that a file is all filler.
func unwritten(file []byte) bool { return bytes.Count(file, []byte{0xFF}) == len(file) }

// Present reports which certificates the card says that it has (file 0008), by key.
func (c *Client) Present() (map[Key]bool, error) {
	file, err := c.ReadFile(iccard.CertificateAvailability)
	if err != nil {
		return nil, err
	}
	if len(file) < 2 {
		return nil, fmt.Errorf("%w: availability of %d bytes", ErrObject, len(file))
	}
	const present = 0x8F
	return map[Key]bool{SignatureKey: file[0] == present, AuthenticationKey: file[1] == present}, nil
}

// CardRecord is the first record of the common application (カードAP).
type CardRecord struct {
	Serial       string `json:"serial"`       // 15 digits
	Municipality string `json:"municipality"` // 5 digits
	Until        string `json:"until"`        // YYYYMMDD, the card's last day
}

// ReadCardRecord reads it; no PIN is needed.
func (c *Client) ReadCardRecord() (CardRecord, error) {
	if err := c.selectFile(iccard.CardRecord); err != nil {
		return CardRecord{}, err
	}
	answer, err := c.send(apdu.Command{INS: 0xB2, P1: 0x01, P2: 0x04, Ne: apdu.MaxShortNe})
	if err != nil {
		return CardRecord{}, fmt.Errorf("read the card record: %w", err)
	}
	record, _, err := apdu.ParseRecord(answer)
	if err != nil || len(record.Value) != 28 {
		return CardRecord{}, fmt.Errorf("%w: no card record", ErrObject)
	}
	v := string(record.Value)
	return CardRecord{v[:15], v[15:20], v[20:]}, nil
}

// Reference is a number printed on the card, or the birth date, that opens a part of it.
type Reference int

const (
	BirthDate      Reference = iota + 1 // 生年月日, six digits in the era's year
	FaceReferenceA                      // 照合番号A of the card face: the Individual Number
	FaceReferenceB                      // 照合番号B of the card face, 14 digits
	TextReferenceA                      // the same two of the input support application, with counters of their own
	TextReferenceB
)

var referenceFiles = map[Reference]iccard.EF{
	BirthDate: iccard.FaceBirthPIN, FaceReferenceA: iccard.FaceReferenceA, FaceReferenceB: iccard.FaceReferenceB,
	TextReferenceA: iccard.TextReferenceA, TextReferenceB: iccard.TextReferenceB,
}

// ReferenceTriesLeft is TriesLeft for a reference number.
func (c *Client) ReferenceTriesLeft(which Reference) (int, error) {
	return c.triesLeft(referenceFiles[which])
}

// FaceVersion is the version of the card face application, four bytes: major, extended lengths, vendor, option.
func (c *Client) FaceVersion() (uint32, error) {
	file, err := c.ReadFile(iccard.FaceInfo)
	if err != nil {
		return 0, err
	}
	parts, err := children(file, 0xFF30, 0xDF31, 0xDF32, 0xDF33, 0xDF34, 0xDF35)
	if err != nil {
		return 0, err
	}
	if len(parts[0].Value) != 4 {
		return 0, fmt.Errorf("%w: version of %d bytes", ErrObject, len(parts[0].Value))
	}
	return binary.BigEndian.Uint32(parts[0].Value), nil
}
