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

// readTime reads either form and refuses any that DER does not allow (fractions, offsets).
func readTime(s *cryptobyte.String) (time.Time, bool) {
	var t time.Time
	if s.PeekASN1Tag(tag.UTCTime) {
		return t, s.ReadASN1UTCTime(&t)
	}
	return t, s.ReadASN1GeneralizedTime(&t)
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
func addExtensions(b *cryptobyte.Builder, number uint8, extensions []extension) {
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
