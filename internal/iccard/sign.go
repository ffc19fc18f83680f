package iccard

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"slices"

	"mynumber/internal/apdu"
)

// MaxSignatureInput is the longest input of COMPUTE DIGITAL SIGNATURE with P1 = 00: what PKCS #1
// type 1 padding leaves of 256 bytes.
const MaxSignatureInput = 245

// digestInfoSHA256 is the DER prefix of a SHA-256 DigestInfo, RFC 8017 section 9.2 note 1.
var digestInfoSHA256 = []byte{
	0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
}

// defaultKeys are the keys that P2 = 00 means in the applications that have one.
var defaultKeys = map[Application]uint16{CardFace: FaceKey.ID, InputSupport: TextKey.ID}

// computeSignature is COMPUTE DIGITAL SIGNATURE, reference section 8.6.
func (c *Card) computeSignature(cmd apdu.Command) ([]byte, apdu.SW) {
	if cmd.P1 > 0x05 {
		return nil, apdu.WrongParameters
	}
	var f *file
	if cmd.P2 == 0x00 {
		id, ok := defaultKeys[c.application.id]
		if !ok {
			return nil, apdu.WrongParameters
		}
		f = c.application.find(id)
	} else {
		var sw apdu.SW
		if f, sw = c.current(cmd.P2); sw != apdu.OK {
			return nil, sw
		}
	}
	private, sw := c.privateKey(f)
	if sw != apdu.OK {
		return nil, sw
	}
	if len(cmd.Data) == 0 || cmd.Ne < private.Size() {
		return nil, apdu.WrongLength
	}
	return c.sign(private, cmd.P1, cmd.Data)
}

// privateKey is the key in the file, if its PIN is verified.
func (c *Card) privateKey(f *file) (*rsa.PrivateKey, apdu.SW) {
	if f.kind != key {
		return nil, apdu.KeyNotFound
	}
	if !c.allowed(f) {
		return nil, apdu.SecurityNotSatisfied
	}
	private := c.state.keys[c.ef(f)]
	if private == nil {
		return nil, apdu.KeyNotFound
	}
	return private, apdu.OK
}

// sign makes the signature that P1 names. P1 = 00 signs what it is given: clients send DigestInfos of
// seven hashes and some whole files, so the content is not looked at.
func (c *Card) sign(private *rsa.PrivateKey, p1 byte, data []byte) ([]byte, apdu.SW) {
	switch p1 {
	case 0x01:
		sum := sha256.Sum256(data)
		data = sum[:]
	case 0x02:
		if len(data) != sha256.Size {
			return nil, apdu.ConditionsNotMet
		}
		data = slices.Concat(digestInfoSHA256, data)
	case 0x03:
		sum := sha256.Sum256(data)
		data = slices.Concat(digestInfoSHA256, sum[:])
	case 0x04:
		if len(data) != sha256.Size {
			return nil, apdu.ConditionsNotMet
		}
		return c.signPSS(private, data)
	case 0x05:
		sum := sha256.Sum256(data)
		return c.signPSS(private, sum[:])
	}
	if len(data) > MaxSignatureInput {
		return nil, apdu.ConditionsNotMet
	}
	signature, err := rsa.SignPKCS1v15(nil, private, 0, data)
	if err != nil {
		c.fault = err
		return nil, apdu.NoDiagnosis
	}
	return signature, apdu.OK
}

// signPSS is RSASSA-PSS with SHA-256 and a salt of 32 bytes; the real card's salt length is not known.
func (c *Card) signPSS(private *rsa.PrivateKey, digest []byte) ([]byte, apdu.SW) {
	signature, err := rsa.SignPSS(c.rand, private, crypto.SHA256, digest, &rsa.PSSOptions{SaltLength: sha256.Size})
	if err != nil {
		c.fault = err
		return nil, apdu.NoDiagnosis
	}
	return signature, apdu.OK
}

// internalAuthenticate is INTERNAL AUTHENTICATE of the common application, reference section 4: the
// card proves itself by signing SHA-256 of the challenge, without a PIN.
func (c *Card) internalAuthenticate(cmd apdu.Command) ([]byte, apdu.SW) {
	if c.application.id != Common {
		return nil, apdu.ConditionsNotMet
	}
	if cmd.P1 != 0x00 {
		return nil, apdu.WrongParameters
	}
	f, sw := c.current(cmd.P2)
	if sw != apdu.OK {
		return nil, sw
	}
	private, sw := c.privateKey(f)
	if sw != apdu.OK {
		return nil, sw
	}
	if len(cmd.Data) == 0 || cmd.Ne < private.Size() {
		return nil, apdu.WrongLength
	}
	return c.sign(private, 0x03, cmd.Data)
}
