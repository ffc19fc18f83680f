// Package apdu is the wording of ISO/IEC 7816-4: command and response units in their short and
// extended forms, status words, and the two encodings of data objects a card uses (BER-TLV and
// the simple TLV of records). It knows neither the Individual Number Card (個人番号カード) nor any
// file of it; what a command means belongs to iccard, who sends it to reader.
package apdu

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Longest fields of the two forms, ISO/IEC 7816-3 section 12.1.
const (
	MaxShortData    = 255   // bytes of command data in the short form
	MaxExtendedData = 65535 // bytes of command data in the extended form
	MaxShortNe      = 256   // expected bytes that one Le byte can say (00 = 256)
	MaxExtendedNe   = 65536 // expected bytes that two Le bytes can say (0000 = 65,536)
)

// ErrLength says that the length bytes of a command do not fit its size. A card answers WrongLength.
var ErrLength = errors.New("apdu: length bytes do not fit the command")

// Command is one command unit. Ne is the number of bytes expected in the answer, 0 when the command
// has no Le field. Extended asks for the extended form even where the short one would do;
// ParseCommand sets it, because cards treat the two differently and because what was read must be
// written back byte for byte.
type Command struct {
	CLA, INS, P1, P2 byte
	Data             []byte
	Ne               int
	Extended         bool
}

// ParseCommand reads a command of case 1, 2, 3 or 4, short or extended. Data is a part of b, not a
// copy. The error is ErrLength, and then the header read so far is in the command: a fifth byte 00
// alone is Le=256, not an empty Lc (ISO/IEC 7816-3).
func ParseCommand(b []byte) (Command, error) {
	if len(b) < 4 {
		return Command{}, fmt.Errorf("%w: %d bytes, want at least 4", ErrLength, len(b))
	}
	c := Command{CLA: b[0], INS: b[1], P1: b[2], P2: b[3]}
	body := b[4:]
	switch {
	case len(body) == 0: // case 1
		return c, nil
	case len(body) == 1: // case 2 short
		c.Ne = shortNe(body[0])
		return c, nil
	case body[0] == 0:
		return parseExtended(c, body[1:])
	}
	n, rest := int(body[0]), body[1:]
	switch len(rest) {
	case n: // case 3 short
		c.Data = rest
	case n + 1: // case 4 short
		c.Data, c.Ne = rest[:n], shortNe(rest[n])
	default:
		return c, fmt.Errorf("%w: Lc %d with %d bytes behind it", ErrLength, n, len(rest))
	}
	return c, nil
}

// parseExtended reads what follows the byte 00 that announces the extended form.
func parseExtended(c Command, body []byte) (Command, error) {
	if len(body) < 2 {
		return c, fmt.Errorf("%w: extended form of %d bytes", ErrLength, len(body))
	}
	c.Extended = true
	n, rest := int(binary.BigEndian.Uint16(body)), body[2:]
	switch {
	case len(rest) == 0: // case 2 extended
		c.Ne = extendedNe(n)
	case n != 0 && len(rest) == n: // case 3 extended
		c.Data = rest
	case n != 0 && len(rest) == n+2: // case 4 extended
		c.Data, c.Ne = rest[:n], extendedNe(int(binary.BigEndian.Uint16(rest[n:])))
	default:
		return c, fmt.Errorf("%w: extended Lc %d with %d bytes behind it", ErrLength, n, len(rest))
	}
	return c, nil
}

func shortNe(le byte) int {
	if le == 0 {
		return MaxShortNe
	}
	return int(le)
}

func extendedNe(le int) int {
	if le == 0 {
		return MaxExtendedNe
	}
	return le
}

// Bytes writes the command in the short form, or in the extended one if Extended is set or a field
// needs it. Data beyond MaxExtendedData and an Ne outside 0…MaxExtendedNe cannot be said in a
// command unit at all and are ErrLength.
func (c Command) Bytes() ([]byte, error) {
	if len(c.Data) > MaxExtendedData || c.Ne < 0 || c.Ne > MaxExtendedNe {
		return nil, fmt.Errorf("%w: %d bytes of data, Ne %d", ErrLength, len(c.Data), c.Ne)
	}
	b := make([]byte, 0, 4+3+len(c.Data)+2)
	b = append(b, c.CLA, c.INS, c.P1, c.P2)
	if len(c.Data) == 0 && c.Ne == 0 {
		return b, nil
	}
	if !c.Extended && len(c.Data) <= MaxShortData && c.Ne <= MaxShortNe {
		if len(c.Data) > 0 {
			b = append(b, byte(len(c.Data)))
			b = append(b, c.Data...)
		}
		if c.Ne > 0 {
			b = append(b, byte(c.Ne))
		}
		return b, nil
	}
	b = append(b, 0)
	if len(c.Data) > 0 {
		b = binary.BigEndian.AppendUint16(b, uint16(len(c.Data)))
		b = append(b, c.Data...)
	}
	if c.Ne > 0 {
		b = binary.BigEndian.AppendUint16(b, uint16(c.Ne))
	}
	return b, nil
}

// String is the header with the sizes of the rest. The data are never shown: they may be a PIN.
func (c Command) String() string {
	return fmt.Sprintf("%02X %02X %02X %02X (%d bytes of data, Ne %d)", c.CLA, c.INS, c.P1, c.P2, len(c.Data), c.Ne)
}
