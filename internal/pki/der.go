package pki

import (
	"encoding/asn1"
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

// addSHA256WithRSA writes the algorithm of every signature of the present generations. Coming
// generations (ECDSA P-384) bring another; it is a property of the generation.
func addSHA256WithRSA(b *cryptobyte.Builder) { addAlgorithm(b, oidSHA256WithRSA) }

// addAlgorithm writes an AlgorithmIdentifier with NULL parameters (RFC 4055 section 5).
func addAlgorithm(b *cryptobyte.Builder, oid asn1.ObjectIdentifier) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		b.AddASN1NULL()
	})
}

// addSerial writes the serial as INTEGER; its form makes the 16 octets minimal.
func addSerial(b *cryptobyte.Builder, s Serial) {
	b.AddASN1(tag.INTEGER, func(b *cryptobyte.Builder) { b.AddBytes(s[:]) })
}

// extension is one Extension with its value already encoded.
type extension struct {
	oid      asn1.ObjectIdentifier
	critical bool
	value    []byte
}

func (e extension) add(b *cryptobyte.Builder) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(e.oid)
		if e.critical {
			b.AddASN1Boolean(true)
		}
		b.AddASN1OctetString(e.value)
	})
}

// addExtensions writes the extensions in the order given, inside an explicit context tag.
func addExtensions(b *cryptobyte.Builder, context uint8, extensions []extension) {
	b.AddASN1(tag.Tag(context).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
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
