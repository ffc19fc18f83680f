package iccard

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"slices"

	"mynumber/internal/apdu"
)

// Sizes of the issuer's channel.
const (
	NonceSize = 16 // random bytes that each side gives to the handshake
	MACSize   = 16 // AES-CMAC, whole
)

// Channel is one side of the issuer's channel after the handshake: it seals commands and opens
// answers for the terminal, and the other way round for the chip. docs/chip-channel.md describes it
// byte by byte. Terminal and chip each count the commands; a lost answer ends the channel.
type Channel struct {
	mac, enc cipher.Block
	count    uint64
}

// ErrChannel says that a sealed unit was changed, repeated or not made by the other side.
var ErrChannel = errors.New("iccard: seal of the issuer's channel is wrong")

// Labels that keep the uses of the management key apart.
const (
	labelCard     = 1 // the chip proves that it knows the key
	labelTerminal = 2 // the terminal does
	labelMAC      = 3 // session key of the seals
	labelEnc      = 4 // session key of the encryption
)

// CardProof is what the chip answers to the terminal's nonce: AES-CMAC(key, 01 ‖ terminal ‖ card).
func CardProof(key [16]byte, terminal, card []byte) []byte {
	return derive(key, labelCard, terminal, card)
}

// TerminalProof is what the terminal must show then: AES-CMAC(key, 02 ‖ terminal ‖ card).
func TerminalProof(key [16]byte, terminal, card []byte) []byte {
	return derive(key, labelTerminal, terminal, card)
}

// NewChannel derives the session keys from the management key and the two nonces.
func NewChannel(key [16]byte, terminal, card []byte) *Channel {
	return &Channel{
		mac: newAES(derive(key, labelMAC, terminal, card)),
		enc: newAES(derive(key, labelEnc, terminal, card)),
	}
}

func derive(key [16]byte, label byte, terminal, card []byte) []byte {
	return cmac(newAES(key[:]), slices.Concat([]byte{label}, terminal, card))
}

// newAES makes the cipher of a 16-byte key, which cannot fail.
func newAES(key []byte) cipher.Block {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("iccard: " + err.Error())
	}
	return block
}

// Directions, part of every seal and of every counter block.
const (
	toCard   = 0
	fromCard = 1
)

// SealCommand encrypts the command's data and puts the seal behind them. The next answer must be
// given to OpenResponse before another command is sealed.
func (ch *Channel) SealCommand(cmd apdu.Command) apdu.Command {
	ch.count++
	cmd.Data = ch.seal(toCard, []byte{cmd.CLA, cmd.INS, cmd.P1, cmd.P2}, cmd.Data)
	cmd.Ne = apdu.MaxExtendedNe
	return cmd
}

// OpenCommand checks a sealed command and returns its data in clear; ErrChannel if it is not the next one.
func (ch *Channel) OpenCommand(cmd apdu.Command) ([]byte, error) {
	ch.count++
	return ch.open(toCard, []byte{cmd.CLA, cmd.INS, cmd.P1, cmd.P2}, cmd.Data)
}

// SealResponse encrypts and seals the data of an answer that says 9000. Refusals travel bare.
func (ch *Channel) SealResponse(data []byte) []byte {
	return ch.seal(fromCard, []byte{0x90, 0x00}, data)
}

// OpenResponse is its reverse; ErrChannel if the answer is not the chip's to the last command.
func (ch *Channel) OpenResponse(data []byte) ([]byte, error) {
	return ch.open(fromCard, []byte{0x90, 0x00}, data)
}

func (ch *Channel) seal(direction byte, header, plain []byte) []byte {
	sealed := ch.crypt(direction, plain)
	return append(sealed, ch.tag(direction, header, sealed)...)
}

func (ch *Channel) open(direction byte, header, sealed []byte) ([]byte, error) {
	n := len(sealed) - MACSize
	if n < 0 || subtle.ConstantTimeCompare(ch.tag(direction, header, sealed[:n]), sealed[n:]) != 1 {
		return nil, ErrChannel
	}
	return ch.crypt(direction, sealed[:n]), nil
}

// crypt is AES-CTR; the first counter block is direction, three zeros, the count of commands (8) and
// a block number (4), so that no block is used twice.
func (ch *Channel) crypt(direction byte, in []byte) []byte {
	var iv [aes.BlockSize]byte
	iv[0] = direction
	binary.BigEndian.PutUint64(iv[4:], ch.count)
	out := make([]byte, len(in), len(in)+MACSize)
	cipher.NewCTR(ch.enc, iv[:]).XORKeyStream(out, in)
	return out
}

func (ch *Channel) tag(direction byte, header, sealed []byte) []byte {
	m := binary.BigEndian.AppendUint64([]byte{direction}, ch.count)
	m = append(m, header...)
	return cmac(ch.mac, append(m, sealed...))
}

// cmac is AES-CMAC, RFC 4493 (NIST SP 800-38B).
func cmac(block cipher.Block, message []byte) []byte {
	var last, x [aes.BlockSize]byte
	k := double(encrypted(block, make([]byte, aes.BlockSize)))
	for len(message) > aes.BlockSize {
		subtle.XORBytes(x[:], x[:], message[:aes.BlockSize])
		block.Encrypt(x[:], x[:])
		message = message[aes.BlockSize:]
	}
	copy(last[:], message)
	if len(message) < aes.BlockSize {
		last[len(message)] = 0x80
		k = double(k)
	}
	subtle.XORBytes(x[:], x[:], last[:])
	subtle.XORBytes(x[:], x[:], k)
	return encrypted(block, x[:])
}

func encrypted(block cipher.Block, in []byte) []byte {
	out := make([]byte, aes.BlockSize)
	block.Encrypt(out, in)
	return out
}

// double multiplies by x in GF(2^128), RFC 4493 section 2.3.
func double(in []byte) []byte {
	out := make([]byte, len(in))
	carry := byte(0)
	for i := len(in) - 1; i >= 0; i-- {
		out[i] = in[i]<<1 | carry
		carry = in[i] >> 7
	}
	out[len(out)-1] ^= carry * 0x87
	return out
}
