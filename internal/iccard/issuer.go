package iccard

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"slices"

	"mynumber/internal/apdu"
)

// Instructions of the issuer's channel, class 90.
const (
	insBegin     = 0x50
	insAuthTerm  = 0x82
	insWrite     = 0xD6
	insGenerate  = 0x46
	insSetPIN    = 0x2C
	insErase     = 0xE4
	insStatus    = 0xF2
	insFinish    = 0x44
	insTerminate = 0xE6
	insProve     = 0x2A
	insTakeUp    = 0x48
)

// MaxFile is the longest content of a file in bytes: what the 15-bit offset of READ BINARY reaches.
const MaxFile = 1 << 15

// channelState is where the chip stands in the issuer's channel.
type channelState struct {
	terminal, card []byte   // nonces of a handshake begun
	open           *Channel // after the terminal has proved itself
}

// beginChannel takes the terminal's nonce and answers the chip's own with the proof that it knows the
// management key, so that no PIN is ever sent to a chip that is not ours.
func (c *Card) beginChannel(cmd apdu.Command) ([]byte, apdu.SW) {
	c.channel = channelState{}
	switch {
	case cmd.P1 != 0 || cmd.P2 != 0:
		return nil, apdu.WrongParameters
	case len(cmd.Data) != NonceSize || cmd.Ne < NonceSize+MACSize:
		return nil, apdu.WrongLength
	}
	nonce, sw := c.random(NonceSize)
	if sw != apdu.OK {
		return nil, sw
	}
	c.channel.terminal, c.channel.card = slices.Clone(cmd.Data), nonce
	return append(slices.Clone(nonce), CardProof(c.state.config.ManagementKey, cmd.Data, nonce)...), apdu.OK
}

// authenticateTerminal is EXTERNAL AUTHENTICATE: the terminal's proof opens the channel. A wrong proof
// ends the handshake; there is no counter, because a 128-bit key is not guessed.
func (c *Card) authenticateTerminal(cmd apdu.Command) ([]byte, apdu.SW) {
	begun := c.channel
	c.channel = channelState{}
	switch {
	case cmd.P1 != 0 || cmd.P2 != 0:
		return nil, apdu.WrongParameters
	case begun.card == nil:
		return nil, apdu.ConditionsNotMet
	}
	managementKey := c.state.config.ManagementKey
	if subtle.ConstantTimeCompare(TerminalProof(managementKey, begun.terminal, begun.card), cmd.Data) != 1 {
		return nil, apdu.SecurityNotSatisfied
	}
	c.channel.open = NewChannel(managementKey, begun.terminal, begun.card)
	return nil, apdu.OK
}

// issuer wraps a command of the channel: 6982 without a channel or with a wrong seal, which also ends
// the channel. The handler sees the data in clear.
func issuer(h handler) handler {
	return func(c *Card, cmd apdu.Command) ([]byte, apdu.SW) {
		ch := c.channel.open
		if ch == nil {
			return nil, apdu.SecurityNotSatisfied
		}
		plain, err := ch.OpenCommand(cmd)
		if err != nil {
			c.channel = channelState{}
			return nil, apdu.SecurityNotSatisfied
		}
		cmd.Data = plain
		data, sw := h(c, cmd)
		if sw != apdu.OK {
			return nil, sw
		}
		return ch.SealResponse(data), apdu.OK
	}
}

// target reads the three bytes that name a file in the channel and returns what follows them.
func (c *Card) target(data []byte) (ef EF, f *file, rest []byte, sw apdu.SW) {
	if len(data) < 3 {
		return EF{}, nil, nil, apdu.WrongLength
	}
	ef = EF{Application(data[0]), binary.BigEndian.Uint16(data[1:])}
	if f = c.layout().lookup(ef); f == nil {
		return EF{}, nil, nil, apdu.FileNotFound
	}
	return ef, f, data[3:], apdu.OK
}

// AppendEF writes the three bytes that name a file in the channel: application and id.
func AppendEF(dst []byte, ef EF) []byte {
	return binary.BigEndian.AppendUint16(append(dst, byte(ef.Application)), ef.ID)
}

// stage takes up the next state of a command that may have others behind it (P2 = 01): it is made durable with the first of them that
// is, so that they are there together or not at all. Power-off before takes it back.
func (c *Card) stage(cmd apdu.Command, next *state) apdu.SW {
	if cmd.P2 == moreFollows {
		c.state = next
		return apdu.OK
	}
	return c.commitStatus(next)
}

// moreFollows is the P2 of a command that is only staged.
const moreFollows = 0x01

// writeFile replaces the whole content of a transparent or record file or a data object at once, so
// that a reader sees the old object or the new one.
func (c *Card) writeFile(cmd apdu.Command) ([]byte, apdu.SW) {
	ef, f, content, sw := c.target(cmd.Data)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case cmd.P1 != 0 || cmd.P2 > moreFollows:
		return nil, apdu.WrongParameters
	case f.kind == pin || f.kind == key || f.kind == internal:
		return nil, apdu.WrongFileKind
	case len(content) == 0:
		return nil, apdu.WrongLength
	case len(content) > MaxFile:
		return nil, apdu.NoMemory
	case f.kind == records && !areRecords(content):
		return nil, apdu.WrongData
	case bytes.Equal(content, c.state.contents[ef]) && (cmd.P2 == moreFollows || c.state == c.durable):
		return nil, apdu.OK // there already
	}
	return nil, c.stage(cmd, c.state.withContent(ef, slices.Clone(content)))
}

func areRecords(content []byte) bool {
	for len(content) > 0 {
		_, rest, err := apdu.ParseRecord(content)
		if err != nil {
			return false
		}
		content = rest
	}
	return true
}

// generateKey makes a key pair on the chip, of the algorithm named behind the file or else the profile's, and returns its public half. P1 =
// 00: keep a key that is there, 01: replace it, 02 and 03: make it beside the one that is there (keygen.go). The private half is durable
// before the public one leaves, unless more follows (P2 = 01) that will be durable with it. The private half never leaves.
func (c *Card) generateKey(cmd apdu.Command) ([]byte, apdu.SW) {
	ef, f, rest, sw := c.target(cmd.Data)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case cmd.P1 > keyAnother || cmd.P2 > moreFollows:
		return nil, apdu.WrongParameters
	case f.kind != key:
		return nil, apdu.WrongFileKind
	case len(rest) > 1:
		return nil, apdu.WrongLength
	}
	algorithm := c.layout().algorithm
	if len(rest) == 1 {
		if algorithm = Algorithm(rest[0]) - 1; algorithm > P384 {
			return nil, apdu.WrongData
		}
	}
	if cmd.P1 >= keyBeside {
		return c.generateBeside(ef, algorithm, cmd)
	}
	pair, next := c.state.keys[ef], c.state
	if pair == nil || cmd.P1 == keyReplaced {
		if pair, sw = c.newPair(algorithm); sw != apdu.OK {
			return nil, sw
		}
		next = c.state.withKey(ef, pair)
	}
	return c.kept(cmd, next, pair)
}

// publicKey is the public half of a key.
func (c *Card) publicKey(pair *keyPair) ([]byte, apdu.SW) {
	private, err := pair.private()
	if err != nil {
		c.fault = err
		return nil, apdu.NoDiagnosis
	}
	return private.public(), apdu.OK
}

// setPIN sets a PIN with all its tries (P1 = 00), gives a blocked PIN its tries back (01), or unsets
// it (02), as for a card whose holder wants none (顔認証マイナンバーカード, CARD-026). The new value's
// syntax is checked (PIN-001, PIN-002). PIN-040: this is what the window does for a forgotten PIN.
func (c *Card) setPIN(cmd apdu.Command) ([]byte, apdu.SW) {
	ef, f, value, sw := c.target(cmd.Data)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case cmd.P1 > 0x02 || cmd.P2 > moreFollows:
		return nil, apdu.WrongParameters
	case f.kind != pin:
		return nil, apdu.WrongFileKind
	case cmd.P1 != 0x00 && len(value) != 0:
		return nil, apdu.WrongLength
	case cmd.P1 == 0x00 && !f.syntax.accepts(value):
		return nil, apdu.WrongData
	}
	home := homeOf(ef, f)
	old, isSet := c.state.pins[home]
	if cmd.P1 == 0x01 && !isSet {
		return nil, apdu.ConditionsNotMet
	}
	var next *state
	switch cmd.P1 {
	case 0x00:
		next = c.state.withPIN(home, secret{slices.Clone(value), c.fullCounter(f)})
	case 0x01:
		next = c.state.withPIN(home, secret{old.value, c.fullCounter(f)})
	case 0x02:
		next = c.state.without(home)
	}
	c.verified = 0 // whoever knew the old value has not shown the new one
	return nil, c.stage(cmd, next)
}

// eraseFile empties a file or destroys a key; the file itself stays, as on a chip never written.
func (c *Card) eraseFile(cmd apdu.Command) ([]byte, apdu.SW) {
	ef, f, rest, sw := c.target(cmd.Data)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case f.kind == pin || f.kind == internal:
		return nil, apdu.WrongFileKind
	case len(rest) != 0:
		return nil, apdu.WrongLength
	}
	return nil, c.stage(cmd, c.state.without(ef))
}

// status tells the terminal how far it has come: without data the life of the chip; for a content its
// length (2) and SHA-256; for a PIN 01 if set, tries left, tries at most; for a key 01 and the public
// half, or 00.
func (c *Card) status(cmd apdu.Command) ([]byte, apdu.SW) {
	if len(cmd.Data) == 0 {
		return []byte{byte(c.state.life)}, apdu.OK
	}
	ef, f, rest, sw := c.target(cmd.Data)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case len(rest) != 0:
		return nil, apdu.WrongLength
	}
	switch f.kind {
	case pin:
		p, isSet := c.state.pins[homeOf(ef, f)]
		return []byte{flag(isSet), byte(p.left), byte(c.fullCounter(f))}, apdu.OK
	case key:
		pair := c.state.keys[ef]
		if pair == nil {
			return []byte{0}, apdu.OK
		}
		public, sw := c.publicKey(pair)
		if sw != apdu.OK {
			return nil, sw
		}
		return append([]byte{1}, public...), apdu.OK
	case internal:
		return nil, apdu.WrongFileKind
	}
	content := c.state.contents[ef]
	sum := sha256.Sum256(content)
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(content))), sum[:]...), apdu.OK
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// finish marks the chip as personalised; again is no error.
func (c *Card) finish(cmd apdu.Command) ([]byte, apdu.SW) {
	if len(cmd.Data) != 0 {
		return nil, apdu.WrongLength
	}
	next := *c.state
	next.life = Personalised
	return nil, c.commitStatus(&next)
}

// terminate erases all contents, PINs and keys and ends the chip's life (CARD-020, and what a returned
// card suffers). Nothing undoes it.
func (c *Card) terminate(cmd apdu.Command) ([]byte, apdu.SW) {
	if len(cmd.Data) != 0 {
		return nil, apdu.WrongLength
	}
	next := newState(c.state.config)
	next.life = Terminated
	next.config.ManagementKey = [16]byte{}
	return nil, c.commitStatus(next)
}
