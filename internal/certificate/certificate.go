package certificate

import (
	"time"

	"mynumber/internal/civil"
)

// Certificate is one certificate of a card, from its plan on: everything that decides its bytes is
// written down before it is signed, so that signing it again after a crash gives the same bytes.
type Certificate struct {
	Serial     string // hexadecimal, unique for ever within its authority
	Kind       Kind
	Generation int    // of the authority's key
	Counter    uint64 // issue counter behind the serial
	CardID     string // of the card that it lies on; of one on a phone, the card that it was derived from
	Carrier    Carrier
	State      State
	NotBefore  time.Time
	Until      civil.Date // last good day
	CommonName string
	Partition  string    // five-digit code of the municipality whose revocation list names it
	Plan       []byte    // what will be signed, from the moment the key exists until the signature is recorded
	DER        []byte    // once signed
	EndedAt    time.Time // since when it is not good: held or revoked; zero of one that expired while it was good
	Reason     Reason
}

// Outside is what a relying party hears about the certificate: what its state says, and of one that expired while it was
// held, that it is not good; since when and why it was held stays.
func (c Certificate) Outside() (known, good bool) {
	known, good = c.State.Outside()
	return known, good && c.EndedAt.IsZero()
}
