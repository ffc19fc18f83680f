package apdu

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// SW is the status word that ends every answer.
type SW uint16

// Status words of ISO/IEC 7816-4 and JICSAP that the card uses. TriesLeft makes the 63Cx family.
const (
	OK                   SW = 0x9000
	VerifyFailed         SW = 0x6300 // and no counter to tell
	MemoryError          SW = 0x6581 // the card could not write its memory
	WrongLength          SW = 0x6700
	NoLogicalChannel     SW = 0x6881
	NoSecureMessaging    SW = 0x6882
	WrongFileKind        SW = 0x6981 // the command does not fit the structure of the file
	SecurityNotSatisfied SW = 0x6982
	Blocked              SW = 0x6984 // the PIN or key is blocked or was never set
	ConditionsNotMet     SW = 0x6985
	NoCurrentFile        SW = 0x6986
	NoSession            SW = 0x69FC // secure messaging class outside a session (measured, vendor's own)
	WrongData            SW = 0x6A80
	NotSupported         SW = 0x6A81
	FileNotFound         SW = 0x6A82
	RecordNotFound       SW = 0x6A83
	NoMemory             SW = 0x6A84
	WrongParameters      SW = 0x6A86
	KeyNotFound          SW = 0x6A88 // no such key or data object
	OffsetOutside        SW = 0x6B00
	UnknownInstruction   SW = 0x6D00
	UnknownClass         SW = 0x6E00
	NoDiagnosis          SW = 0x6F00
)

// TriesLeft is 63Cx: the check failed, or was only asked about, and n tries are left (0 to 15).
func TriesLeft(n int) SW { return 0x63C0 | SW(min(max(n, 0), 15)) }

// Tries reads 63Cx; ok is false for every other status word.
func (s SW) Tries() (n int, ok bool) { return int(s & 0xF), s&0xFFF0 == 0x63C0 }

// String is the four hexadecimal digits.
func (s SW) String() string { return fmt.Sprintf("%04X", uint16(s)) }

// ErrShortResponse says that an answer has no status word. Some readers deliver an empty answer when
// the card is pulled in the middle of a command.
var ErrShortResponse = errors.New("apdu: answer without status word")

// Response is one answer: data, possibly none, and the status word.
type Response struct {
	Data []byte
	SW   SW
}

// ParseResponse reads an answer. Data is a part of b, not a copy. The error is ErrShortResponse.
func ParseResponse(b []byte) (Response, error) {
	if len(b) < 2 {
		return Response{}, fmt.Errorf("%w: %d bytes", ErrShortResponse, len(b))
	}
	n := len(b) - 2
	return Response{Data: b[:n:n], SW: SW(binary.BigEndian.Uint16(b[n:]))}, nil
}

// Bytes writes the answer.
func (r Response) Bytes() []byte {
	b := make([]byte, 0, len(r.Data)+2)
	b = append(b, r.Data...)
	return binary.BigEndian.AppendUint16(b, uint16(r.SW))
}
