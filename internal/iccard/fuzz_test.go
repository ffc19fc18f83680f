package iccard

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

// FuzzTransmit sends whole conversations of any commands, each with its length before it, to a personalised card. Length 0 stands for a
// reader's reset, FF for the next command of the issuer's channel, opened where it is not and sealed as a terminal would.
//
// Whatever is sent: nothing panics, an answer has a status word and no data beside a refusal, a question about a PIN is never answered
// 9000, no private key leaves, and tries come back only by a right value or over the channel.
func FuzzTransmit(f *testing.F) {
	for _, name := range []string{"transcripts.txt", "clients.txt"} {
		titles, runs := readExchanges(f, name)
		for _, title := range titles {
			var talk []byte
			for _, s := range runs[title] {
				command := unhex(f, s.C) // empty for an event
				talk = append(append(talk, byte(len(command))), command...)
			}
			if len(talk) < 400 {
				f.Add(talk)
			}
		}
	}
	f.Add([]byte("\xff\x07\x2c\x00\x01\x00\x18\x39\x39\x39\x39\xff\x07\xf2\x00\x01\x00\x18\x00\xff\x05\xe6\x00\x00"))
	f.Add([]byte("\xff\x09\xd6\x00\x02\x00\x01\x01\x01\x41\x0f\x00\xa4\x04\x0c\x0a\xd3\x92\x10\x00\x31\x00\x01\x01\x01\x00\x05\x00\xb2\x01\x0c\x00"))
	f.Add([]byte("\xff\x08\x2a\x00\x01\x00\x17\x30\x31\x30\xff\x05\x48\x80\x01\x00\x17\xff\x05\x48\x00\x01\x00\x1a\xff\x35\x2a\x00\x01\x00\x1a" + strings.Repeat("h", 48)))
	next, err := ecdsa.GenerateKey(elliptic.P384(), random) // successors of the keys: the conversation makes none
	if err != nil {
		f.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(next)
	if err != nil {
		f.Fatal(err)
	}
	number, err := next.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	secrets := append(fixtureSecrets(), number[8:40])
	f.Fuzz(func(t *testing.T, b []byte) {
		card := newCard(t)
		if err := card.commit(card.state.withBeside(SignatureKey, &keyPair{algorithm: P384, der: der}).withBeside(AuthenticationKey, card.state.keys[FaceKey])); err != nil {
			t.Fatal(err)
		}
		talk := conversation{t: t, card: card, secrets: secrets}
		for len(b) > 0 && talk.commands < 64 {
			var command []byte
			n := int(b[0])
			b = b[1:]
			switch {
			case n == 0:
				card.Reset()
				talk.x = nil
				talk.asBefore()
				continue
			case n == 0xFF && len(b) > 0:
				n = min(int(b[0]), len(b)-1)
				talk.issuer(b[1 : 1+n])
				b = b[1+n:]
				continue
			}
			n = min(n, len(b))
			command, b = b[:n], b[n:]
			talk.holder(command)
		}
	})
}

// conversation is one card with somebody who sends it commands.
type conversation struct {
	t        *testing.T
	card     *Card
	x        *terminal
	secrets  [][]byte
	commands int
}

// holder sends a command as it is.
func (c *conversation) holder(command []byte) {
	c.commands++
	before := c.card.state
	answer := c.answered(command)
	parsed, err := apdu.ParseCommand(command)
	isVerify := err == nil && parsed.CLA == classISO && parsed.INS == 0x20
	if isVerify && len(parsed.Data) == 0 && answer.SW == apdu.OK {
		c.t.Errorf("%X: 9000 for a question", command)
	}
	for ef, p := range before.pins {
		after := c.card.state.pins[ef]
		if after.left > p.left && !(isVerify && answer.SW == apdu.OK && bytes.Equal(parsed.Data, p.value)) {
			c.t.Errorf("%X: %v went from %d tries to %d", command, ef, p.left, after.left)
		}
	}
	for ef, k := range before.keys {
		if c.card.state.keys[ef] != k {
			c.t.Errorf("%X: key %v was changed without the channel", command, ef)
		}
	}
}

// asBefore compares the card with its memory, which a reset must not leave behind.
func (c *conversation) asBefore() {
	memory, err := c.card.storage.Load()
	if err != nil {
		c.t.Fatal(err)
	}
	if !bytes.Equal(memory, mustMarshal(c.t, c.card)) {
		c.t.Error("after a reset the card is another than its memory says")
	}
}

// issuer sends INS, P1 (its highest bit is P2) and data through the channel, which it opens if it has to. The handshake is not sealed, and
// making keys would take all the time.
func (c *conversation) issuer(b []byte) {
	c.commands++
	if len(b) < 2 || b[0] == insGenerate || b[0] == insBegin || b[0] == insAuthTerm || c.card.state.life == Terminated {
		return
	}
	if c.x == nil || c.card.channel.open == nil {
		c.x = connect(c.t, c.card)
	}
	cmd := c.x.ch.SealCommand(apdu.Command{CLA: classIssuer, INS: b[0], P1: b[1] & 0x7F, P2: b[1] >> 7, Data: b[2:]})
	raw, err := cmd.Bytes()
	if err != nil {
		c.t.Fatal(err)
	}
	if answer := c.answered(raw); answer.SW == apdu.OK {
		plain, err := c.x.ch.OpenResponse(answer.Data)
		if err != nil {
			c.t.Errorf("%X: %v", b, err)
		}
		c.keepsSecrets(b, plain)
	}
}

func (c *conversation) answered(command []byte) apdu.Response {
	answer := transmit(c.t, c.card, command)
	if answer.SW != apdu.OK && len(answer.Data) > 0 {
		c.t.Errorf("%X: %d bytes with %v", command, len(answer.Data), answer.SW)
	}
	c.keepsSecrets(command, answer.Data)
	return answer
}

func (c *conversation) keepsSecrets(command, data []byte) {
	for _, secret := range c.secrets {
		if bytes.Contains(data, secret) {
			c.t.Errorf("%X: a private key is in the answer", command)
		}
	}
}

// fixtureSecrets are parts of every private number of the fixture card's keys, and the management key.
func fixtureSecrets() [][]byte {
	secrets := [][]byte{testKey[:]}
	for _, key := range fixtureKeys() {
		secrets = append(secrets, key.D.Bytes()[64:96], key.Primes[0].Bytes()[32:64], key.Primes[1].Bytes()[32:64])
	}
	return secrets
}

// FuzzLoad opens any bytes as a chip's memory: an error, or a chip that answers and whose memory, written again, is the same chip's.
func FuzzLoad(f *testing.F) {
	small := newState(Config{ATR: DefaultATR, ReferenceTries: 10}) // the engine takes long to shorten long seeds
	small = small.withContent(TextNumber, []byte(fixtureFiles[TextNumber])).withPIN(AuthenticationPIN, secret{[]byte("1234"), 3}).withBeside(SignatureKey, &keyPair{P384, []byte("no key"), nil})
	memory, err := small.marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(memory)
	f.Add([]byte(`{"Version":1}`))
	f.Fuzz(func(t *testing.T, memory []byte) {
		s, err := unmarshalState(memory)
		if err != nil {
			return
		}
		written, err := s.marshal()
		if err != nil {
			t.Fatalf("a memory that was read cannot be written: %v", err)
		}
		again, err := unmarshalState(written)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if twice, err := again.marshal(); err != nil || sha256.Sum256(twice) != sha256.Sum256(written) {
			t.Fatalf("another memory after reading it back, %v", err)
		}
		card := openMemory(t, memory)
		for _, command := range []string{selectJPKI[:30], "00B08A0000", "00200098", "002000980431323334", "802A009701AA00", "00B0810000", "0020009B06414243313233"} {
			transmit(t, card, unhex(t, command))
		}
	})
}

// FuzzFile puts any bytes in the place of a card's file and its neighbour, and of the ledger's end: an error that names the file, or the card.
func FuzzFile(f *testing.F) {
	begin := simBegin(f, Standard)
	file, err := begin.read(simCard)
	if err != nil {
		f.Fatal(err)
	}
	ledger, err := begin.read("ledger")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(magic), []byte{}, ledger[ledgerHeader:])
	f.Add([]byte(formerMagic+"0123456789ab0123456789abcdef"), []byte("x"), ledger[ledgerHeader:ledgerHeader+100])
	f.Add([]byte{}, []byte{}, append(bytes.Clone(ledger[ledgerHeader:]), make([]byte, 300)...))
	f.Fuzz(func(t *testing.T, content, beside, entries []byte) {
		d := newSimDisk()
		for name, b := range map[string][]byte{simCard: content, simCard + ".1": beside, "ledger": append(bytes.Clone(ledger[:ledgerHeader]), entries...)} {
			if err := writeFile(d, name, b); err != nil {
				t.Fatal(err)
			}
		}
		s := simStorage(t, d)
		_, err := Open(s, random)
		corrupt, isCorrupt := errors.AsType[*CorruptError](err)
		old, isOld := errors.AsType[*OldStateError](err)
		switch {
		case isCorrupt && corrupt.Path == simCard, isOld && old.Path == simCard:
		case bytes.Equal(content, file), bytes.Equal(beside, file):
		default:
			t.Errorf("%v", err)
		}
		if left, err := d.read(simCard); err != nil || (!bytes.Equal(left, content) && !bytes.Equal(left, beside)) {
			t.Errorf("the file was changed, %v", err)
		}
		if _, err := s.Adopt(); err != nil {
			t.Error(err)
		}
	})
}
