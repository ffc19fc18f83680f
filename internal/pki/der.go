package pki

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// addTime writes an instant as RFC 5280 section 4.1.2.5 asks: UTCTime up to 2049, GeneralizedTime from 2050.
func addTime(b *cryptobyte.Builder, t time.Time) {
	t = t.UTC()
	if t.Year() < 2050 {
		b.AddASN1UTCTime(t)
		return
	}
	b.AddASN1GeneralizedTime(t)
}

// ReadTime reads a Time as DER has it (X.690 section 11.7 and 11.8, RFC 5280 section 4.1.2.5): to the second, in UTC with Z,
// without fractions; UTCTime for 1950 to 2049. Second 60 is refused: RFC 5280 knows no leap seconds, and no clock here
// counts them. Dates from 2050 on are GeneralizedTime; one before 2050 in that form is refused.
func ReadTime(s *cryptobyte.String) (time.Time, bool) {
	form, layout := tag.GeneralizedTime, "20060102150405Z"
	if s.PeekASN1Tag(tag.UTCTime) {
		form, layout = tag.UTCTime, "060102150405Z"
	}
	var text cryptobyte.String
	if !s.ReadASN1(&text, form) || len(text) != len(layout) {
		return time.Time{}, false
	}
	t, err := time.Parse(layout, string(text))
	if err != nil || t.Format(layout) != string(text) {
		return time.Time{}, false
	}
	if form == tag.UTCTime && t.Year() >= 2050 { // Go reads 69 to 99 as 19xx, 00 to 68 as 20xx
		t = t.AddDate(-100, 0, 0)
	}
	return t, form == tag.UTCTime || t.Year() >= 2050
}

// readInstant reads a GeneralizedTime of OCSP (RFC 6960 section 4.2.2.2.1), of whatever year, as strictly as ReadTime.
func readInstant(s *cryptobyte.String, out *time.Time) bool {
	const layout = "20060102150405Z"
	var text cryptobyte.String
	if !s.ReadASN1(&text, tag.GeneralizedTime) || len(text) != len(layout) {
		return false
	}
	t, err := time.Parse(layout, string(text))
	*out = t
	return err == nil && t.Format(layout) == string(text)
}

// addAlgorithm writes an AlgorithmIdentifier with NULL parameters (RFC 4055 section 5).
func addAlgorithm(b *cryptobyte.Builder, id objectID) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		id.add(b)
		b.AddASN1NULL()
	})
}

// addBareAlgorithm writes an AlgorithmIdentifier without parameters (RFC 5758 section 3.2).
func addBareAlgorithm(b *cryptobyte.Builder, id objectID) { b.AddASN1(tag.SEQUENCE, id.add) }

// elementSize is the octets of a DER element with a content of n octets.
func elementSize(n int) int {
	size := 2 + n
	if n >= 0x80 {
		for ; n > 0; n >>= 8 {
			size++
		}
	}
	return size
}

// appendText appends a string of some form.
func appendText(b []byte, form tag.Tag, text string) []byte {
	return append(appendHeader(b, byte(form), int64(len(text))), text...)
}

// addSerial writes the serial as INTEGER; its form makes the 16 octets minimal.
func addSerial(b *cryptobyte.Builder, s Serial) {
	b.AddASN1(tag.INTEGER, func(b *cryptobyte.Builder) { b.AddBytes(s[:]) })
}

// extension is one Extension with its value already encoded.
type extension struct {
	oid      objectID
	critical bool
	value    []byte
}

// encoded is Extensions that are the same in many certificates, one behind the other, encoded once.
type encoded []byte

func encodeAll(extensions ...extension) encoded {
	return encode(func(b *cryptobyte.Builder) {
		for _, e := range extensions {
			e.add(b)
		}
	})
}

func (e encoded) add(b *cryptobyte.Builder) { b.AddBytes(e) }

// adder is what can stand in a list of extensions.
type adder interface{ add(*cryptobyte.Builder) }

func (e extension) add(b *cryptobyte.Builder) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		e.oid.add(b)
		if e.critical {
			b.AddASN1Boolean(true)
		}
		b.AddASN1OctetString(e.value)
	})
}

// addExtensions writes the extensions in the order given, inside an explicit context tag.
func addExtensions[E adder](b *cryptobyte.Builder, number uint8, extensions []E) {
	b.AddASN1(context(number), func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			for _, e := range extensions {
				e.add(b)
			}
		})
	})
}

// encode is the DER that the function writes; it is for values built from checked parts only.
func encode(add func(b *cryptobyte.Builder)) []byte {
	var b cryptobyte.Builder
	add(&b)
	return b.BytesOrPanic()
}

// context is the constructed context-specific tag n.
func context(n uint8) tag.Tag { return tag.Tag(n).ContextSpecific().Constructed() }

var errExtensions = errors.New("extensions are not in DER")

// eachExtension calls known for every extension of an Extensions value. A critical one that known does
// not claim makes the whole unreadable (RFC 5280 section 4.2, RFC 6960 section 4.4).
func eachExtension(extensions cryptobyte.String, known func(id string, value []byte) (bool, error)) error {
	var list cryptobyte.String
	if !extensions.ReadASN1(&list, tag.SEQUENCE) || !extensions.Empty() {
		return errExtensions
	}
	for !list.Empty() {
		id, critical, value, ok := readExtension(&list)
		if !ok {
			return errExtensions
		}
		claimed, err := known(id, value)
		if err != nil {
			return err
		}
		if critical && !claimed {
			return fmt.Errorf("unknown critical extension %x", id)
		}
	}
	return nil
}

func readExtension(list *cryptobyte.String) (id string, critical bool, value []byte, ok bool) {
	var body, octets cryptobyte.String
	if !list.ReadASN1(&body, tag.SEQUENCE) {
		return "", false, nil, false
	}
	if id, ok = readOID(&body); !ok {
		return "", false, nil, false
	}
	if body.PeekASN1Tag(tag.BOOLEAN) && !body.ReadASN1Boolean(&critical) {
		return "", false, nil, false
	}
	if !body.ReadASN1(&octets, tag.OCTET_STRING) || !body.Empty() {
		return "", false, nil, false
	}
	return id, critical, octets, true
}
