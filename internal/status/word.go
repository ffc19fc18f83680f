package status

import (
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// word is the status of one certificate: 0 unknown, 1 good, else 2 + 7·seconds + reason, the seconds counted from the base of
// its file. Thirty-two bits reach nineteen years, an authority's key lives ten.
type word uint32

const (
	unknown word = 0
	good    word = 1
	revoked word = 2 // and above

	reasons    = uint32(certificate.CertificateHold) + 1
	maxSeconds = int64((^uint32(0) - uint32(revoked) - reasons) / reasons)
)

// wordOf encodes a status. A revocation outside the nineteen years is put at their nearer end: no certificate of the key can be
// revoked there, and one with a strange date is revoked all the same.
func wordOf(s pki.Status, base int64) word {
	switch s.State {
	case pki.Good:
		return good
	case pki.Revoked:
		seconds := min(max(s.At.Unix()-base, 0), maxSeconds)
		return revoked + word(uint32(seconds)*reasons+uint32(s.Reason))
	}
	return unknown
}

// status is what the word says.
func (w word) status(base int64) pki.Status {
	switch w {
	case unknown:
		return pki.Status{}
	case good:
		return pki.Status{State: pki.Good}
	}
	v := uint32(w - revoked)
	return pki.Status{State: pki.Revoked, At: time.Unix(base+int64(v/reasons), 0).UTC(), Reason: certificate.Reason(v % reasons)}
}
