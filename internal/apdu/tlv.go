package apdu

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrTLV says that bytes are not a data object of the expected encoding.
var ErrTLV = errors.New("apdu: not a data object")

// Object is one BER-TLV data object. Tag is the tag's bytes as a number (DF21 is 0xDF21); Raw is the
// whole object as it stood, header included, because signatures are made over it and because the
// card's lengths are not always the shortest possible.
type Object struct {
	Tag   uint32
	Value []byte
	Raw   []byte
}

// ParseObject reads the first object of b and returns what follows it. Tags of one to three bytes
// and lengths up to two bytes (81, 82) are read, minimal or not; the indefinite form is not used by
// cards and is ErrTLV. Value and Raw are parts of b.
func ParseObject(b []byte) (o Object, rest []byte, err error) {
	n, err := tagSize(b)
	if err != nil {
		return Object{}, nil, err
	}
	for _, c := range b[:n] {
		o.Tag = o.Tag<<8 | uint32(c)
	}
	size, header, err := length(b[n:])
	if err != nil {
		return Object{}, nil, fmt.Errorf("object %X: %w", o.Tag, err)
	}
	start := n + header
	if size > len(b)-start {
		return Object{}, nil, fmt.Errorf("object %X: %w: %d bytes of %d", o.Tag, ErrTLV, len(b)-start, size)
	}
	end := start + size
	o.Value, o.Raw = b[start:end:end], b[:end:end]
	return o, b[end:], nil
}

// tagSize is the number of bytes of the tag that b begins with.
func tagSize(b []byte) (int, error) {
	if len(b) == 0 || b[0] == 0 {
		return 0, fmt.Errorf("%w: no tag", ErrTLV)
	}
	if b[0]&0x1F != 0x1F {
		return 1, nil
	}
	for i := 1; i < len(b) && i < 3; i++ {
		if b[i]&0x80 == 0 {
			return i + 1, nil
		}
	}
	return 0, fmt.Errorf("%w: tag longer than three bytes or cut off", ErrTLV)
}

// length reads a length field: its value and its own size in bytes.
func length(b []byte) (value, size int, err error) {
	switch {
	case len(b) >= 1 && b[0] < 0x80:
		return int(b[0]), 1, nil
	case len(b) >= 2 && b[0] == 0x81:
		return int(b[1]), 2, nil
	case len(b) >= 3 && b[0] == 0x82:
		return int(binary.BigEndian.Uint16(b[1:])), 3, nil
	}
	return 0, 0, fmt.Errorf("%w: length cut off or longer than two bytes", ErrTLV)
}

// ParseObjects reads b as objects one after another, to its end.
func ParseObjects(b []byte) ([]Object, error) {
	var all []Object
	for len(b) > 0 {
		o, rest, err := ParseObject(b)
		if err != nil {
			return nil, err
		}
		all, b = append(all, o), rest
	}
	return all, nil
}

// Children reads the value of a constructed object as objects.
func (o Object) Children() ([]Object, error) { return ParseObjects(o.Value) }

// AppendObject appends the object with the shortest length field; a value beyond 65,535 bytes does
// not fit a card's file and panics as a programmer's error.
func AppendObject(dst []byte, tag uint32, value []byte) []byte {
	dst = appendTag(dst, tag)
	switch n := len(value); {
	case n < 0x80:
		dst = append(dst, byte(n))
	case n < 0x100:
		dst = append(dst, 0x81, byte(n))
	default:
		dst = appendLong(dst, n)
	}
	return append(dst, value...)
}

// AppendObject82 appends the object with the length always as 82 hh ll, the form in which the
// Individual Number Card writes keys, signatures and outer objects even where 81 would do.
func AppendObject82(dst []byte, tag uint32, value []byte) []byte {
	return append(appendLong(appendTag(dst, tag), len(value)), value...)
}

func appendLong(dst []byte, n int) []byte {
	if n > MaxExtendedData {
		panic(fmt.Sprintf("apdu: object of %d bytes", n))
	}
	return append(dst, 0x82, byte(n>>8), byte(n))
}

func appendTag(dst []byte, tag uint32) []byte {
	switch {
	case tag > 0xFFFF:
		dst = append(dst, byte(tag>>16), byte(tag>>8))
	case tag > 0xFF:
		dst = append(dst, byte(tag>>8))
	}
	return append(dst, byte(tag))
}

// Record is one simple-TLV data object (ISO/IEC 7816-4 section 6.4), the form of JICSAP records:
// tag one byte, length one byte or FF and two bytes.
type Record struct {
	Tag   byte
	Value []byte
	Raw   []byte
}

// ParseRecord reads the first simple-TLV object of b and returns what follows it; the error is ErrTLV.
func ParseRecord(b []byte) (r Record, rest []byte, err error) {
	if len(b) < 2 || b[0] == 0 || b[0] == 0xFF {
		return Record{}, nil, fmt.Errorf("%w: no record tag", ErrTLV)
	}
	size, start := int(b[1]), 2
	if b[1] == 0xFF {
		if len(b) < 4 {
			return Record{}, nil, fmt.Errorf("%w: record length cut off", ErrTLV)
		}
		size, start = int(binary.BigEndian.Uint16(b[2:])), 4
	}
	if size > len(b)-start {
		return Record{}, nil, fmt.Errorf("record %02X: %w: %d bytes of %d", b[0], ErrTLV, len(b)-start, size)
	}
	end := start + size
	return Record{Tag: b[0], Value: b[start:end:end], Raw: b[:end:end]}, b[end:], nil
}

// AppendRecord appends a simple-TLV object with the shortest length field; a tag 00 or FF or a value
// beyond 65,535 bytes is a programmer's error and panics.
func AppendRecord(dst []byte, tag byte, value []byte) []byte {
	n := len(value)
	if tag == 0 || tag == 0xFF || n > MaxExtendedData {
		panic(fmt.Sprintf("apdu: record %02X of %d bytes", tag, n))
	}
	if n < 0xFF {
		dst = append(dst, tag, byte(n))
	} else {
		dst = append(dst, tag, 0xFF, byte(n>>8), byte(n))
	}
	return append(dst, value...)
}
