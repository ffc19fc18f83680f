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
	CardID     string
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

// Reason is why a certificate stopped being good, by its RFC 5280 code (CERT-020, CERT-021).
type Reason uint8

const (
	Unspecified          Reason = 0 // destroyed before delivery
	KeyCompromise        Reason = 1 // 秘密鍵漏えい
	AffiliationChanged   Reason = 3 // the four items changed
	Superseded           Reason = 4 // renewed
	CessationOfOperation Reason = 5 // no longer needed; card returned, lapsed or abolished
	CertificateHold      Reason = 6 // 一時保留
)
