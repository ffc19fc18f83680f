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
	Partition  string // five-digit code of the municipality whose revocation list names it
	Plan       []byte // what will be signed, from the moment the key exists until the signature is recorded
	DER        []byte // once signed
	EndedAt    time.Time
	Reason     Reason
}
