package reader

import (
	"errors"
	"fmt"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// PIN is one of the four PINs of a card, numbered as in PIN-001.
type PIN int

const (
	SignaturePIN        PIN = 1 // 署名用: 6 to 16 of A–Z 0–9, 5 tries
	AuthenticationPIN   PIN = 2 // 利用者証明用: 4 digits, 3 tries
	ResidentRegisterPIN PIN = 3 // 住民基本台帳用: 4 digits, 3 tries
	InputSupportPIN     PIN = 4 // 券面事項入力補助用: 4 digits, 3 tries
)

var pinFiles = map[PIN]iccard.EF{
	SignaturePIN:        iccard.SignaturePIN,
	AuthenticationPIN:   iccard.AuthenticationPIN,
	ResidentRegisterPIN: iccard.ResidentRegisterPIN,
	InputSupportPIN:     iccard.InputSupportPIN,
}

// Key is one of the two key pairs that a certificate belongs to.
type Key int

const (
	SignatureKey      Key = 1 // 署名用
	AuthenticationKey Key = 2 // 利用者証明用
)

// keyFiles are the files that belong together.
type keyFiles struct{ private, certificate, authority iccard.EF }

var filesOf = map[Key]keyFiles{
	SignatureKey:      {iccard.SignatureKey, iccard.SignatureCertificate, iccard.SignatureCACertificate},
	AuthenticationKey: {iccard.AuthenticationKey, iccard.AuthenticationCertificate, iccard.AuthenticationCACertificate},
}

// Client is the holder's side. It has the chip for itself while it is used: it remembers which
// application it selected, because another SELECT would forget the verified PINs. It keeps no secret.
type Client struct {
	chip     Chip
	selected iccard.Application // CardManager: none yet
}

// NewClient takes a chip on which nothing is assumed to be selected.
func NewClient(chip Chip) *Client { return &Client{chip: chip} }

// Forget drops what is remembered of the selection, after the chip was reset or used by somebody else.
func (c *Client) Forget() { c.selected = iccard.CardManager }

func (c *Client) send(cmd apdu.Command) ([]byte, error) {
	answer, err := exchange(c.chip, cmd)
	if err != nil {
		return nil, err
	}
	if answer.SW != apdu.OK {
		return nil, statusError(cmd, answer.SW)
	}
	return answer.Data, nil
}

// selectFile selects the application, unless it is selected already, and the file.
func (c *Client) selectFile(ef iccard.EF) error {
	if c.selected != ef.Application {
		c.Forget()
		if _, err := c.send(apdu.Command{INS: 0xA4, P1: 0x04, P2: 0x0C, Data: ef.Application.AID()}); err != nil {
			return fmt.Errorf("select %v: %w", ef.Application, err)
		}
		c.selected = ef.Application
	}
	if _, err := c.send(apdu.Command{INS: 0xA4, P1: 0x02, P2: 0x0C, Data: []byte{byte(ef.ID >> 8), byte(ef.ID)}}); err != nil {
		return fmt.Errorf("select %v: %w", ef, err)
	}
	return nil
}

// ReadFile reads a whole transparent file, filler included; ErrNotVerified if its PIN is missing.
func (c *Client) ReadFile(ef iccard.EF) ([]byte, error) {
	if err := c.selectFile(ef); err != nil {
		return nil, err
	}
	var content []byte
	for len(content) < iccard.MaxFile {
		offset := len(content)
		cmd := apdu.Command{INS: 0xB0, P1: byte(offset >> 8), P2: byte(offset), Ne: apdu.MaxShortNe}
		piece, err := c.send(cmd)
		if refused, ok := errors.AsType[*StatusError](err); ok && offset > 0 && refused.SW == apdu.OffsetOutside {
			break // the last piece was a whole one
		}
		if err != nil {
			return nil, fmt.Errorf("read %v: %w", ef, err)
		}
		content = append(content, piece...)
		if len(piece) < apdu.MaxShortNe {
			break
		}
	}
	return content, nil
}

// ReadCertificate reads the holder's certificate as DER, without filler. That of SignatureKey needs
// SignaturePIN verified (ErrNotVerified). ErrNoCertificate if the card has none.
func (c *Client) ReadCertificate(key Key) ([]byte, error) {
	return c.readDER(filesOf[key].certificate)
}

// ReadCACertificate reads the certificate of the authority that signed the holder's.
func (c *Client) ReadCACertificate(key Key) ([]byte, error) {
	return c.readDER(filesOf[key].authority)
}

func (c *Client) readDER(ef iccard.EF) ([]byte, error) {
	content, err := c.ReadFile(ef)
	if err != nil {
		return nil, err
	}
	if unwritten(content) {
		return nil, ErrNoCertificate
	}
	object, _, err := apdu.ParseObject(content)
	if err != nil || object.Tag != 0x30 {
		return nil, fmt.Errorf("%w: %v is no certificate", ErrObject, ef)
	}
	return object.Raw, nil
}

// VerifyPIN shows the chip a PIN. The error is *WrongPIN with the tries left, or ErrBlocked. The value
// goes as it is: the chip's password has no lower case, and whether to raise it is the page's matter.
func (c *Client) VerifyPIN(which PIN, value string) error { return c.verify(pinFiles[which], value) }

func (c *Client) verify(ef iccard.EF, value string) error {
	if value == "" { // the chip would take it for the question how many tries are left
		return ErrEmptyPIN
	}
	if err := c.selectFile(ef); err != nil {
		return err
	}
	cmd := apdu.Command{INS: 0x20, P2: 0x80, Data: []byte(value)}
	answer, err := exchange(c.chip, cmd)
	if err != nil {
		return err
	}
	if left, ok := answer.SW.Tries(); ok {
		return &WrongPIN{left}
	}
	if answer.SW != apdu.OK {
		return statusError(cmd, answer.SW)
	}
	return nil
}

// TriesLeft asks how many tries a PIN has left; 0 means locked or never set. It costs none.
func (c *Client) TriesLeft(which PIN) (int, error) { return c.triesLeft(pinFiles[which]) }

func (c *Client) triesLeft(ef iccard.EF) (int, error) {
	if err := c.selectFile(ef); err != nil {
		return 0, err
	}
	cmd := apdu.Command{INS: 0x20, P2: 0x80}
	answer, err := exchange(c.chip, cmd)
	if err != nil {
		return 0, err
	}
	left, ok := answer.SW.Tries()
	if !ok {
		return 0, statusError(cmd, answer.SW)
	}
	return left, nil
}

// ChangePIN gives a PIN that was just verified (VerifyPIN) a new value. A value of wrong syntax
// (PIN-001, PIN-002) is a *StatusError with 6A80.
func (c *Client) ChangePIN(which PIN, value string) error {
	if err := c.selectFile(pinFiles[which]); err != nil {
		return err
	}
	cmd := apdu.Command{INS: 0x24, P1: 0x01, P2: 0x80, Data: []byte(value)}
	if which == ResidentRegisterPIN { // JICSAP CHANGE KEY
		cmd = apdu.Command{CLA: 0x80, INS: 0x32, P2: 0x80, Data: []byte(value)}
	}
	_, err := c.send(cmd)
	return err
}

// Sign signs a digest: of SHA-256 with an RSA key, PKCS #1 v1.5, 256 bytes, the same each time (RFC 8017 section 8.2); of SHA-384 with a
// P-384 key, ECDSA in DER (RFC 3279 section 2.2.3). ErrDigest for any other length; of the length that is not this key's the chip
// refuses it. The key's PIN must be verified (ErrNotVerified).
func (c *Client) Sign(key Key, digest []byte) ([]byte, error) {
	form, err := formFor(digest)
	if err != nil {
		return nil, err
	}
	if err := c.selectFile(filesOf[key].private); err != nil {
		return nil, err
	}
	answer, err := c.send(apdu.Command{CLA: 0x80, INS: 0x2A, P2: 0x80, Data: form.input(digest), Ne: apdu.MaxShortNe})
	if err != nil {
		return nil, err
	}
	return form.signature(answer)
}

// digestInfo is the DER prefix of a SHA-256 DigestInfo, RFC 8017 section 9.2 note 1. Clients of the
// real card send it themselves, so this one does too.
var digestInfo = []byte{
	0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
}
