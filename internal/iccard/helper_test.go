package iccard

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"mynumber/internal/apdu"
)

// random is where the chips of the tests draw from.
var random = rand.Reader

var testKey = [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

// terminal is the other end of the issuer's channel, for the tests of this package.
type terminal struct {
	t    testing.TB
	card *Card
	ch   *Channel
}

func connect(t testing.TB, card *Card) *terminal {
	t.Helper()
	nonce := bytes.Repeat([]byte{0xA5}, NonceSize)
	answer := send(t, card, apdu.Command{CLA: classIssuer, INS: insBegin, Data: nonce, Ne: 256})
	if answer.SW != apdu.OK || len(answer.Data) != NonceSize+MACSize {
		t.Fatalf("handshake: %v, %d bytes", answer.SW, len(answer.Data))
	}
	chip := answer.Data[:NonceSize]
	if !bytes.Equal(answer.Data[NonceSize:], CardProof(testKey, nonce, chip)) {
		t.Fatal("the chip did not prove itself")
	}
	proof := apdu.Command{CLA: classIssuer, INS: insAuthTerm, Data: TerminalProof(testKey, nonce, chip)}
	if answer := send(t, card, proof); answer.SW != apdu.OK {
		t.Fatalf("terminal refused: %v", answer.SW)
	}
	return &terminal{t, card, NewChannel(testKey, nonce, chip)}
}

func (x *terminal) send(ins, p1 byte, data []byte) ([]byte, apdu.SW) {
	x.t.Helper()
	return x.sendP2(ins, p1, 0, data)
}

func (x *terminal) sendP2(ins, p1, p2 byte, data []byte) ([]byte, apdu.SW) {
	x.t.Helper()
	answer := send(x.t, x.card, x.ch.SealCommand(apdu.Command{CLA: classIssuer, INS: ins, P1: p1, P2: p2, Data: data}))
	if answer.SW != apdu.OK {
		return nil, answer.SW
	}
	plain, err := x.ch.OpenResponse(answer.Data)
	if err != nil {
		x.t.Fatal(err)
	}
	return plain, answer.SW
}

// must is send of a file's command that has to succeed.
func (x *terminal) must(ins, p1 byte, ef EF, rest string) []byte {
	x.t.Helper()
	data, sw := x.send(ins, p1, append(AppendEF(nil, ef), rest...))
	if sw != apdu.OK {
		x.t.Fatalf("%02X %02X on %v: %v", ins, p1, ef, sw)
	}
	return data
}

// stage is must of a command that has others behind it.
func (x *terminal) stage(ins byte, ef EF, rest string) {
	x.t.Helper()
	if _, sw := x.sendP2(ins, 0, moreFollows, append(AppendEF(nil, ef), rest...)); sw != apdu.OK {
		x.t.Fatalf("%02X on %v: %v", ins, ef, sw)
	}
}

func send(t testing.TB, card *Card, cmd apdu.Command) apdu.Response {
	t.Helper()
	raw, err := cmd.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return transmit(t, card, raw)
}

func transmit(t testing.TB, card *Card, raw []byte) apdu.Response {
	t.Helper()
	answer, err := apdu.ParseResponse(card.Transmit(raw))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// play sends commands written in hexadecimal and compares the status words: "00200080 63C3".
func play(t testing.TB, card *Card, script ...string) apdu.Response {
	t.Helper()
	var last apdu.Response
	for _, line := range script {
		command, want, _ := strings.Cut(line, " ")
		if last = transmit(t, card, unhex(t, command)); last.SW.String() != want {
			t.Fatalf("%s: %v, want %s", command, last.SW, want)
		}
	}
	return last
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readJSON(t testing.TB, name string, v any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		t.Fatal(err)
	}
}

func publicKey(card *Card, ef EF) *rsa.PublicKey {
	private, err := card.state.keys[ef].private()
	if err != nil {
		panic(err)
	}
	return &private.(rsaKey).PublicKey
}

const (
	selectJPKI     = "00A4040C0AD392F000260100000001 9000"
	selectCommon   = "00A4040C0AD3921000310001010100 9000"
	selectRegister = "00A4040C0AD3921000310001010401 9000"
	selectFace     = "00A4040C0AD3921000310001010402 9000"
	selectText     = "00A4040C0AD3921000310001010408 9000"
	verify1234     = "002000800431323334 9000"
)
