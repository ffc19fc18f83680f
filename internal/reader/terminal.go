package reader

import (
	"bytes"
	"crypto"
	"crypto/subtle"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// Terminal is the issuer's machine or the municipal terminal (統合端末): it holds the card's management
// key and writes the card over the issuer's channel (docs/chip-channel.md). All its acts are durable on
// the card when they return, and all may be repeated.
type Terminal struct {
	chip    Chip
	rand    io.Reader
	channel *iccard.Channel
}

// Errors of the terminal's side.
var (
	ErrWrongKey   = errors.New("reader: the card does not know this management key")
	ErrNoChannel  = errors.New("reader: the terminal is not authenticated to the card")
	ErrPINSyntax  = errors.New("reader: the PIN does not have the required form") // PIN-001, PIN-002
	ErrForeignKey = errors.New("reader: the certificate is for another key than the card's")
	ErrNotOnCard  = errors.New("reader: the card has no such key")
)

// Sizes and instructions of the channel, docs/chip-channel.md.
const (
	classIssuer     = 0x90
	insBegin        = 0x50
	insAuthenticate = 0x82
	insWrite        = 0xD6
	insGenerate     = 0x46
	insSetPIN       = 0x2C
	insErase        = 0xE4
	insStatus       = 0xF2
	insFinish       = 0x44
	insTerminate    = 0xE6
	insProve        = 0x2A
	insTakeUp       = 0x48
)

// NewTerminal takes a chip; rand gives the nonces of the handshake.
func NewTerminal(chip Chip, rand io.Reader) *Terminal { return &Terminal{chip: chip, rand: rand} }

// Authenticate opens the channel with the card's management key. Card and terminal prove themselves to
// each other, the card first. ErrWrongKey if it cannot.
func (t *Terminal) Authenticate(managementKey [16]byte) error {
	t.channel = nil
	nonce := make([]byte, iccard.NonceSize)
	if _, err := io.ReadFull(t.rand, nonce); err != nil {
		return fmt.Errorf("reader: %w", err)
	}
	cmd := apdu.Command{CLA: classIssuer, INS: insBegin, Data: nonce, Ne: apdu.MaxShortNe}
	answer, err := exchange(t.chip, cmd)
	if err != nil {
		return err
	}
	if answer.SW != apdu.OK || len(answer.Data) != iccard.NonceSize+iccard.MACSize {
		return &StatusError{cmd.String(), answer.SW}
	}
	card, proof := answer.Data[:iccard.NonceSize], answer.Data[iccard.NonceSize:]
	if subtle.ConstantTimeCompare(proof, iccard.CardProof(managementKey, nonce, card)) != 1 {
		return ErrWrongKey
	}
	cmd = apdu.Command{CLA: classIssuer, INS: insAuthenticate, Data: iccard.TerminalProof(managementKey, nonce, card)}
	if answer, err = exchange(t.chip, cmd); err != nil {
		return err
	}
	if answer.SW != apdu.OK {
		return &StatusError{cmd.String(), answer.SW}
	}
	t.channel = iccard.NewChannel(managementKey, nonce, card)
	return nil
}

// Holder is the chip as its holder's reader has it: what the terminal reads on the card is read as by anybody.
func (t *Terminal) Holder() *Client { return NewClient(t.chip) }

// send sends one command of the channel and opens its answer.
func (t *Terminal) send(ins, p1 byte, data []byte) ([]byte, error) {
	return t.sendCommand(apdu.Command{CLA: classIssuer, INS: ins, P1: p1, Data: data})
}

func (t *Terminal) sendCommand(clear apdu.Command) ([]byte, error) {
	if t.channel == nil {
		return nil, ErrNoChannel
	}
	cmd := t.channel.SealCommand(clear)
	answer, err := exchange(t.chip, cmd)
	if err != nil {
		t.channel = nil // whether the card counted the command is not known
		return nil, err
	}
	switch answer.SW {
	case apdu.OK:
		plain, err := t.channel.OpenResponse(answer.Data)
		if err != nil {
			t.channel = nil
			return nil, fmt.Errorf("reader: %w", err)
		}
		return plain, nil
	case apdu.SecurityNotSatisfied:
		t.channel = nil
		return nil, ErrNoChannel
	}
	return nil, &StatusError{cmd.String(), answer.SW}
}

func (t *Terminal) sendTo(ins, p1 byte, ef iccard.EF, data []byte) ([]byte, error) {
	answer, err := t.send(ins, p1, append(iccard.AppendEF(nil, ef), data...))
	if err != nil {
		return nil, fmt.Errorf("%v: %w", ef, err)
	}
	return answer, nil
}

// WriteFile replaces the content of a file or data object, at most iccard.MaxFile bytes, at once.
func (t *Terminal) WriteFile(ef iccard.EF, content []byte) error {
	_, err := t.sendTo(insWrite, 0, ef, content)
	return err
}

// stage is a command that the card makes durable together with the next one that is not staged: all of them or none.
func (t *Terminal) stage(ins byte, ef iccard.EF, content []byte) error {
	_, err := t.stageTo(ins, 0, ef, content)
	return err
}

func (t *Terminal) stageTo(ins, p1 byte, ef iccard.EF, content []byte) ([]byte, error) {
	data := append(iccard.AppendEF(nil, ef), content...)
	answer, err := t.sendCommand(apdu.Command{CLA: classIssuer, INS: ins, P1: p1, P2: moreFollows, Data: data})
	if err != nil {
		return nil, fmt.Errorf("%v: %w", ef, err)
	}
	return answer, nil
}

// moreFollows is the P2 of a staged command.
const moreFollows = 0x01

// EraseFile empties a file or destroys a key.
func (t *Terminal) EraseFile(ef iccard.EF) error {
	_, err := t.sendTo(insErase, 0, ef, nil)
	return err
}

// What is said of a key that is there when one is made: it stays, goes, or gets a successor beside it.
const (
	keyKept     = 0x00
	keyReplaced = 0x01
	keyBeside   = 0x02
	keyAnother  = 0x03
)

// GenerateKey makes the holder's key pair on the card and returns its public half, *rsa.PublicKey or *ecdsa.PublicKey by the kind of card.
// A key that is there is kept and its public half returned, unless replace says otherwise.
func (t *Terminal) GenerateKey(key Key, replace bool) (crypto.PublicKey, error) {
	public, err := t.stageKey(filesOf[key].private, replace)
	if err != nil {
		return nil, err
	}
	return public, t.KeepKeys(key)
}

// StageKey is GenerateKey of one of several: the public half counts when KeepKeys has returned.
func (t *Terminal) StageKey(key Key, replace bool) (crypto.PublicKey, error) {
	return t.stageKey(filesOf[key].private, replace)
}

// KeepKeys makes durable what was staged, the last of it being that key.
func (t *Terminal) KeepKeys(last Key) error {
	_, err := t.sendTo(insGenerate, keyKept, filesOf[last].private, nil)
	return err
}

func (t *Terminal) stageKey(ef iccard.EF, replace bool) (crypto.PublicKey, error) {
	p1 := byte(keyKept)
	if replace {
		p1 = keyReplaced
	}
	answer, err := t.stageTo(insGenerate, p1, ef, nil)
	if err != nil {
		return nil, err
	}
	return iccard.ParseKey(answer)
}

// PublicKey is the public half of the holder's key; ErrNotOnCard if none was made.
func (t *Terminal) PublicKey(key Key) (crypto.PublicKey, error) {
	answer, err := t.sendTo(insStatus, 0, filesOf[key].private, nil)
	if err != nil {
		return nil, err
	}
	if len(answer) < 2 || answer[0] == 0 {
		return nil, ErrNotOnCard
	}
	return iccard.ParseKey(answer[1:])
}

// SetPIN sets a PIN with all its tries, also one that is locked (PIN-040). ErrPINSyntax if the value
// does not have the form of PIN-001 and PIN-002.
func (t *Terminal) SetPIN(which PIN, value string) error { return t.setPIN(pinFiles[which], value) }

func (t *Terminal) setPIN(ef iccard.EF, value string) error {
	_, err := t.sendTo(insSetPIN, 0, ef, []byte(value))
	if refused, ok := errors.AsType[*StatusError](err); ok && refused.SW == apdu.WrongData {
		return ErrPINSyntax
	}
	return err
}

// UnblockPIN gives a PIN all its tries back and leaves its value.
func (t *Terminal) UnblockPIN(which PIN) error {
	_, err := t.sendTo(insSetPIN, 1, pinFiles[which], nil)
	return err
}

// UnsetPIN takes a PIN away: nobody can verify it until it is set again (顔認証マイナンバーカード, CARD-026).
func (t *Terminal) UnsetPIN(which PIN) error {
	_, err := t.sendTo(insSetPIN, 2, pinFiles[which], nil)
	return err
}

// PINState is what the terminal sees of a PIN.
type PINState struct {
	Set       bool
	TriesLeft int // 0: locked, or not set
	Tries     int // at most
}

// PINState asks for it.
func (t *Terminal) PINState(which PIN) (PINState, error) {
	answer, err := t.sendTo(insStatus, 0, pinFiles[which], nil)
	if err != nil {
		return PINState{}, err
	}
	if len(answer) != 3 {
		return PINState{}, fmt.Errorf("%w: state of a PIN", ErrObject)
	}
	return PINState{answer[0] == 1, int(answer[1]), int(answer[2])}, nil
}

// WriteCertificate writes the holder's certificate with that of the authority which signed it, and says in the availability file that it
// is there: all at once. ErrForeignKey if it does not belong to the key on the card.
func (t *Terminal) WriteCertificate(key Key, der, authority []byte) error {
	if err := t.StageCertificate(key, der, authority); err != nil {
		return err
	}
	return t.writeAvailability(false)
}

// StageCertificate is WriteCertificate before Finish.
func (t *Terminal) StageCertificate(key Key, der, authority []byte) error {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrObject, err)
	}
	public, err := t.PublicKey(key)
	if err != nil {
		return err
	}
	if !sameKey(public, certificate.PublicKey) {
		return ErrForeignKey
	}
	if _, err := x509.ParseCertificate(authority); err != nil {
		return fmt.Errorf("%w: %w", ErrObject, err)
	}
	for _, c := range []content{{filesOf[key].certificate, der}, {filesOf[key].authority, authority}} {
		if err := t.stage(insWrite, c.ef, c.data); err != nil {
			return err
		}
	}
	return t.writeAvailability(true)
}

// sameKey reports two public keys that are one.
func sameKey(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}

// RemoveCertificate destroys the holder's key and empties the certificate, as for a certificate
// declined or ended at the window.
func (t *Terminal) RemoveCertificate(key Key) error {
	for _, ef := range []iccard.EF{filesOf[key].private, filesOf[key].certificate} {
		if err := t.stage(insErase, ef, nil); err != nil {
			return err
		}
	}
	return t.writeAvailability(false)
}

// writeAvailability writes file 0008 from what is on the card: 8F present, 00 absent. The meaning of
// the third byte is not known; it stays 00, as measured. Unless it is staged itself it makes durable what was.
func (t *Terminal) writeAvailability(staged bool) error {
	var state [3]byte
	for i, ef := range []iccard.EF{iccard.SignatureCertificate, iccard.AuthenticationCertificate} {
		n, err := t.fileLength(ef)
		if err != nil {
			return err
		}
		if n > 0 {
			state[i] = 0x8F
		}
	}
	if staged {
		return t.stage(insWrite, iccard.CertificateAvailability, state[:])
	}
	return t.WriteFile(iccard.CertificateAvailability, state[:])
}

// fileLength is how much has been written to a file, 0 if nothing.
func (t *Terminal) fileLength(ef iccard.EF) (int, error) {
	answer, err := t.sendTo(insStatus, 0, ef, nil)
	if err != nil {
		return 0, err
	}
	if len(answer) < 2 {
		return 0, fmt.Errorf("%w: state of %v", ErrObject, ef)
	}
	return int(binary.BigEndian.Uint16(answer)), nil
}

// Finish makes durable what was staged, and marks the card as personalised, which it may be already.
func (t *Terminal) Finish() error {
	_, err := t.send(insFinish, 0, nil)
	return err
}

// Life is how far the chip has come.
func (t *Terminal) Life() (iccard.Life, error) {
	answer, err := t.send(insStatus, 0, nil)
	if err != nil {
		return 0, err
	}
	if len(answer) != 1 {
		return 0, fmt.Errorf("%w: life of the chip", ErrObject)
	}
	return iccard.Life(answer[0]), nil
}

// Terminate erases the card and ends its life (返納, 廃止 of a card in hand). Nothing undoes it.
func (t *Terminal) Terminate() error {
	_, err := t.send(insTerminate, 0, nil)
	t.channel = nil
	return err
}

// tokenInfo is file 0006: CK_TOKEN_INFO of PKCS #11 with big-endian integers, 160 bytes. Clients compare the label and trim spaces only.
func tokenInfo(label, model, serial string) []byte {
	b := fmt.Appendf(nil, "%-32s%032d%-16s%016s", label, 1, model, serial)
	for _, n := range []uint32{0x0000040D, 1, 0, 1, 0, 16, 6} { // flags, sessions, longest and shortest PIN
		b = binary.BigEndian.AppendUint32(b, n)
	}
	b = append(b, bytes.Repeat([]byte{0xFF}, 16)...) // memory sizes: not told
	return append(b, "0301"+"9999999999999999"...)   // hardware and firmware version, no clock
}
