package reader

import (
	"bytes"
	"crypto/rsa"
	"encoding/hex"
	"strings"
	"testing"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// TestTraceTellsNothing reads, verifies, changes and signs everything that a client can, and looks for it in the trace: PINs, number,
// names, images, digests, in the bytes that went over the wire (SEC-001).
func TestTraceTellsNothing(t *testing.T) {
	person := testPerson()
	var trace bytes.Buffer
	wire := &recorded{chip: Direct(newCard(t))}
	client := NewClient(Traced(wire, &trace))
	must(t, client.VerifyPIN(InputSupportPIN, "1234"))
	for _, read := range []func() error{
		func() error { _, err := client.ReadNumber(); return err },
		func() error { _, err := client.ReadFourItems(); return err },
		func() error { return client.CheckText(textSigner(t, client)) },
		func() error { _, err := client.ReadFace(person.Number12); return err },
		func() error { _, err := client.ReadFaceNumber(person.Number12, nil); return err },
		func() error { _, err := client.ReadAge(person.BirthEra6, nil); return err },
		func() error { _, err := client.ReadCardRecord(); return err },
		func() error { _, err := client.ReadTokenInfo(); return err },
		func() error { _, err := client.ReadCACertificate(SignatureKey); return err },
		func() error { _, err := client.ReadCertificate(AuthenticationKey); return err },
		func() error { return client.VerifyPIN(SignaturePIN, "ABC123") },
		func() error { _, err := client.ReadCertificate(SignatureKey); return err },
		func() error { _, err := client.Sign(SignatureKey, bytes.Repeat([]byte{0x5C}, 32)); return err },
		func() error { return client.ChangePIN(SignaturePIN, "XYZ987") },
		func() error { return client.VerifyPIN(ResidentRegisterPIN, "1234") },
		func() error { return client.ChangePIN(ResidentRegisterPIN, "8642") },
	} {
		must(t, read())
	}
	// Commands that a client of ours does not send.
	must(t, client.VerifyPIN(InputSupportPIN, "1234"))
	other := client.chip
	for _, raw := range []string{
		"00B0810000", "00B08200000000", "00B0060000", "00B0000000", // by short identifier, and on in the file that is current
		"00A4040C04D3921000", "00A4020C020001", "00B0000000", // by a part of the name
		"00A4020C02", "00", "", "0020008004313233", "00200091033737", "8032008004" + hex.EncodeToString([]byte("4321")),
	} {
		command, err := hex.DecodeString(raw)
		must(t, err)
		_, err = other.Transmit(command)
		must(t, err)
	}
	text := trace.String()
	if n := strings.Count(text, "\n"); n < 100 {
		t.Fatalf("only %d lines", n)
	}
	found := 0
	for _, secret := range []string{
		"1234", "ABC123", "XYZ987", "8642", "4321", person.Number12, person.BirthEra6, person.Name, person.Address, person.Birth,
		string(person.Photo[:40]), strings.Repeat("\x5C", 32), string(digestInfo),
	} {
		for _, form := range []string{secret, strings.ToUpper(hex.EncodeToString([]byte(secret)))} {
			if len(form) > 4 && strings.Contains(text, form) { // four digits occur by chance in a certificate's bytes
				t.Errorf("the trace has %q", form)
			}
		}
		if bytes.Contains(wire.all, []byte(secret)) {
			found++
		}
	}
	if found < 12 {
		t.Errorf("only %d of the secrets went over the wire: the test looks for the wrong things", found)
	}
	for _, want := range []string{"> 00 A4 04 0C D392F000260100000001 \n< 9000", "> 00 20 00 80 [4 bytes] \n< 9000", hex.EncodeToString([]byte("JPKI"))} {
		if !strings.Contains(text, want) && !strings.Contains(text, strings.ToUpper(want)) {
			t.Errorf("the trace has no %q", want)
		}
	}
}

// TestTraceDoesNotGuess: after a command that was refused the current file is not known, and what is read then stays masked.
func TestTraceDoesNotGuess(t *testing.T) {
	var trace bytes.Buffer
	secret := []byte("secret content")
	answers := [][]byte{{0x90, 0}, {0x90, 0}, {0x6A, 0x82}, append(bytes.Clone(secret), 0x90, 0)}
	chip := Traced(script(func() []byte {
		a := answers[0]
		answers = answers[1:]
		return a
	}), &trace)
	for _, cmd := range []apdu.Command{
		{INS: 0xA4, P1: 0x04, P2: 0x0C, Data: iccard.JPKI.AID()}, {INS: 0xA4, P1: 0x02, P2: 0x0C, Data: []byte{0, 6}},
		{INS: 0xB0, P1: 0x86, Ne: 256}, {INS: 0xB0, Ne: 256},
	} {
		_, err := exchange(chip, cmd)
		must(t, err)
	}
	if strings.Contains(trace.String(), strings.ToUpper(hex.EncodeToString(secret))) {
		t.Errorf("%s", &trace)
	}
}

// textSigner is the key that signs text data.
func textSigner(t *testing.T, client *Client) *rsa.PublicKey {
	t.Helper()
	key, err := client.ReadSigner(iccard.TextSigner, rootKey())
	must(t, err)
	return key.Key
}

// recorded keeps what went over the wire.
type recorded struct {
	chip Chip
	all  []byte
}

func (r *recorded) Transmit(command []byte) ([]byte, error) {
	answer, err := r.chip.Transmit(command)
	r.all = append(append(r.all, command...), answer...)
	return answer, err
}

// script answers in order.
type script func() []byte

func (s script) Transmit([]byte) ([]byte, error) { return s(), nil }
