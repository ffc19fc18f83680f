package pki

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
)

// Serial is a serial number of this hierarchy: always 16 octets, positive, compared as it is sorted.
// The first octet is 40 to 7F for holders' certificates and 20 to 3F for those of the authority itself,
// so that the two never meet (RFC 5280 section 4.1.2.2 allows up to 20 octets).
type Serial [16]byte

// ErrSerial says that a number is not in the form of this hierarchy's serial numbers.
var ErrSerial = errors.New("not a serial number of this hierarchy")

// SerialOf is the serial with the value n; ErrSerial when it cannot be one of ours.
func SerialOf(n *big.Int) (Serial, error) {
	var s Serial
	if n == nil || n.Sign() <= 0 || n.BitLen() > 127 {
		return s, ErrSerial
	}
	n.FillBytes(s[:])
	if !s.ours() {
		return Serial{}, ErrSerial
	}
	return s, nil
}

// Big is the serial as the number crypto/x509 uses.
func (s Serial) Big() *big.Int { return new(big.Int).SetBytes(s[:]) }

// Compare is -1, 0 or +1 in numerical order.
func (s Serial) Compare(t Serial) int { return bytes.Compare(s[:], t[:]) }

// prefix is the first half of the number.
func (s Serial) prefix() uint64 { return binary.BigEndian.Uint64(s[:8]) }

// halves are a serial as two numbers, which are compared faster than octets.
type halves struct{ high, low uint64 }

func (s *Serial) halves() halves {
	return halves{binary.BigEndian.Uint64(s[:8]), binary.BigEndian.Uint64(s[8:])}
}

// String is that of the Serial.
func (h halves) String() string { return fmt.Sprintf("%016x%016x", h.high, h.low) }

// String is the serial as 32 hexadecimal digits.
func (s Serial) String() string { return hex.EncodeToString(s[:]) }

// MarshalText is String.
func (s Serial) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads 32 hexadecimal digits.
func (s *Serial) UnmarshalText(text []byte) error {
	var read Serial
	if len(text) != hex.EncodedLen(len(read)) {
		return fmt.Errorf("%w: %d characters instead of 32", ErrSerial, len(text))
	}
	if _, err := hex.Decode(read[:], text); err != nil || !read.ours() {
		return fmt.Errorf("%w: %q", ErrSerial, text)
	}
	*s = read
	return nil
}

// ours reports the form that all serials here have; it also makes the 16 octets a minimal DER INTEGER.
func (s Serial) ours() bool { return s[0] >= firstOfAll && s[0] <= lastOfAll }

// holders reports the form of serials that come from a counter.
func (s Serial) holders() bool { return s[0] >= firstOfHolders && s[0] <= lastOfAll }

// What the first octet of a serial may be: from 40 on it is a holder's.
const (
	firstOfAll     = 0x20
	firstOfHolders = 0x40
	lastOfAll      = 0x7F
)

// permutation is a balanced Feistel network of eight rounds over 2*half bits with AES as round
// function (Luby and Rackoff need four against an attacker who may ask both ways; eight keeps the
// distance). As a permutation it never gives one number to two counters.
type permutation struct {
	block cipher.Block
	half  uint // bits of one half, 1 to 63
}

const feistelRounds = 8

func newPermutation(key *[32]byte, half uint) permutation {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // the key's length is part of its type
	}
	return permutation{block, half}
}

// round is the pseudo-random function of one round, masked to half the width. The two blocks are the
// caller's, so that a whole pass allocates once.
func (p permutation) round(n byte, x uint64, in, out []byte) uint64 {
	in[0], in[1] = n, byte(p.half)
	binary.BigEndian.PutUint64(in[8:], x)
	p.block.Encrypt(out, in)
	return binary.BigEndian.Uint64(out) & (1<<p.half - 1)
}

func (p permutation) forward(left, right uint64) (uint64, uint64) {
	buf := make([]byte, 2*aes.BlockSize)
	for n := byte(0); n < feistelRounds; n++ {
		left, right = right, left^p.round(n, right, buf[:aes.BlockSize], buf[aes.BlockSize:])
	}
	return left, right
}

func (p permutation) backward(left, right uint64) (uint64, uint64) {
	buf := make([]byte, 2*aes.BlockSize)
	for n := byte(feistelRounds); n > 0; n-- {
		left, right = right^p.round(n-1, left, buf[:aes.BlockSize], buf[aes.BlockSize:]), left
	}
	return left, right
}

const (
	serialHalf     = 63 // 126 bits are permuted; the two above them are 01
	serialHalfMask = 1<<serialHalf - 1
)

// Serial is the serial number of the counter-th certificate of the authority's generation: the counter
// with 62 zero bits before it, permuted under the authority's serial key. Outside nobody can foretell
// it or read the counter from it; inside Counter gives the dense index back.
func (a *Authority) Serial(counter uint64) Serial {
	left, right := a.serials.forward(counter>>serialHalf, counter&serialHalfMask)
	var s Serial
	binary.BigEndian.PutUint64(s[:8], 1<<62|left>>1)
	binary.BigEndian.PutUint64(s[8:], left<<serialHalf|right)
	return s
}

// Counter is the counter of a serial number. False means that this authority never issued the serial,
// whatever the counter stands at: the 62 zero bits do not come out, which a guess achieves once in 2^62.
func (a *Authority) Counter(s Serial) (uint64, bool) {
	if !s.holders() {
		return 0, false
	}
	high, low := binary.BigEndian.Uint64(s[:8]), binary.BigEndian.Uint64(s[8:])
	left, right := a.serials.backward(high<<1&serialHalfMask|low>>serialHalf, low&serialHalfMask)
	if left > 1 {
		return 0, false
	}
	return left<<serialHalf | right, true
}

// ownSerial is the serial of a certificate of the authority itself (its self-signed one, its responder),
// derived from what the certificate is for, so that the same act gives the same certificate.
func ownSerial(key *[32]byte, purpose string) Serial {
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(purpose))
	s := Serial(mac.Sum(nil)[:16])
	s[0] = 0x20 | s[0]&0x1F
	return s
}
