package iccard

import "mynumber/internal/apdu"

// What P1 of "make a key pair" says about a key that is there.
const (
	keyReplaced = 0x01
	keyBeside   = 0x02
	keyAnother  = 0x03 // beside it, in the place of one that was made so before
)

// A key in use must not be lost when its successor gets no certificate: it is refused, or the power fails. So the successor can be made
// beside it, proves itself (prove) while its certificate is asked for, and takes the place with the certificate (takeUp). Nobody but
// the issuer's channel reaches it before.

// newPair draws a key.
func (c *Card) newPair(algorithm Algorithm) (*keyPair, apdu.SW) {
	pair, err := newKeyPair(algorithm, c.rand)
	if err != nil {
		c.fault = err
		return nil, apdu.NoDiagnosis
	}
	return pair, apdu.OK
}

// kept makes the state with the pair durable, unless it is or more follows, and answers the public half.
func (c *Card) kept(cmd apdu.Command, next *state, pair *keyPair) ([]byte, apdu.SW) {
	if next != c.durable {
		if sw := c.stage(cmd, next); sw != apdu.OK {
			return nil, sw
		}
	}
	return c.publicKey(pair)
}

// generateBeside makes the successor of a key, or, unless another one is wanted, answers the one of that algorithm which was made before and
// has not taken its place.
func (c *Card) generateBeside(ef EF, algorithm Algorithm, cmd apdu.Command) ([]byte, apdu.SW) {
	pair, next := c.state.beside[ef], c.state
	if pair == nil || pair.algorithm != algorithm || cmd.P1 == keyAnother {
		var sw apdu.SW
		if pair, sw = c.newPair(algorithm); sw != apdu.OK {
			return nil, sw
		}
		next = c.state.withBeside(ef, pair)
	}
	return c.kept(cmd, next, pair)
}

// successor is the key made beside that of the file; 6A88 if there is none.
func (c *Card) successor(cmd apdu.Command) (ef EF, pair *keyPair, rest []byte, sw apdu.SW) {
	ef, f, rest, sw := c.target(cmd.Data)
	switch {
	case sw != apdu.OK:
		return ef, nil, nil, sw
	case f.kind != key:
		return ef, nil, nil, apdu.WrongFileKind
	case c.state.beside[ef] == nil:
		return ef, nil, nil, apdu.KeyNotFound
	}
	return ef, c.state.beside[ef], rest, apdu.OK
}

// prove lets the key made beside sign, as COMPUTE DIGITAL SIGNATURE with P1 = 00 does: without a certificate its signature says no more than
// that it is there.
func (c *Card) prove(cmd apdu.Command) ([]byte, apdu.SW) {
	_, pair, input, sw := c.successor(cmd)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case cmd.P1 != 0 || cmd.P2 != 0:
		return nil, apdu.WrongParameters
	}
	private, err := pair.private()
	if err != nil {
		c.fault = err
		return nil, apdu.NoDiagnosis
	}
	cmd.Data = input
	return c.sign(private, cmd, 0x00)
}

// takeUp puts the key made beside in the place of the file's, whose own is destroyed.
func (c *Card) takeUp(cmd apdu.Command) ([]byte, apdu.SW) {
	ef, _, rest, sw := c.successor(cmd)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case cmd.P1 != 0 || cmd.P2 > moreFollows:
		return nil, apdu.WrongParameters
	case len(rest) != 0:
		return nil, apdu.WrongLength
	}
	return nil, c.stage(cmd, c.state.withTakenUp(ef))
}
