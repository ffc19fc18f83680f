package certificate

import "fmt"

// Reason is why a certificate stopped being good (失効, CERT-020, CERT-021), by the code that CRLs and OCSP have for it (RFC 5280
// section 5.3.1). The service uses codes 0 to 6 (CP/CPS 4.9.9); removeFromCRL occurs in delta CRLs only and we have none.
type Reason uint8

const (
	Unspecified          Reason = 0 // destroyed before delivery
	KeyCompromise        Reason = 1 // the holder's key leaked (秘密鍵漏えい)
	CACompromise         Reason = 2 // the authority's key leaked
	AffiliationChanged   Reason = 3 // the content changed: move, name, birth date, sex
	Superseded           Reason = 4 // renewed
	CessationOfOperation Reason = 5 // no longer needed; the card was returned, abolished or lapsed
	CertificateHold      Reason = 6 // 一時保留: stop by telephone, or suspicion about the key
)

var reasonNames = [...]string{
	"unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
	"cessationOfOperation", "certificateHold",
}

// Valid reports a code that the service uses.
func (r Reason) Valid() bool { return int(r) < len(reasonNames) }

// String is the name in RFC 5280.
func (r Reason) String() string {
	if r.Valid() {
		return reasonNames[r]
	}
	return fmt.Sprintf("reason %d", uint8(r))
}
