package iccard

import (
	"mynumber/internal/apdu"
)

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
	return c.sign(private, cmd, cmd.P1)
}

// privateKey is the key in the file, if its PIN is verified.
func (c *Card) privateKey(f *file) (privateKey, apdu.SW) {
	if f.kind != key {
		return nil, apdu.KeyNotFound
	}
	if !c.allowed(f) {
		return nil, apdu.SecurityNotSatisfied
	}
	pair := c.state.keys[c.ef(f)]
	if pair == nil {
		return nil, apdu.KeyNotFound
	}
	private, err := pair.private()
	if err != nil {
		c.fault = err
		return nil, apdu.NoDiagnosis
	}
	return private, apdu.OK
}

// sign lets the key sign the command's data in the way of P1. A signature that would not fit the answer is not made.
func (c *Card) sign(private privateKey, cmd apdu.Command, p1 byte) ([]byte, apdu.SW) {
	if len(cmd.Data) == 0 || cmd.Ne < private.signatureSize() {
		return nil, apdu.WrongLength
	}
	signature, sw, err := private.sign(c.rand, p1, cmd.Data)
	if err != nil {
		c.fault = err
	}
	return signature, sw
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
	return c.sign(private, cmd, 0x03)
}
