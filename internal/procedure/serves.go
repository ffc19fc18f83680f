package procedure

import (
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// Serves refuses what is asked with a certificate that has expired or was revoked, or whose card is no longer the holder's (ST-021,
// EXP-003). One that is held stands: what may be done with it is for the procedure to say.
func Serves(on civil.Date, c certificate.Certificate, cardCounts bool) error {
	switch {
	case c.State == certificate.Expired || c.Until.Before(on):
		return rules.Refuse("certificate_expired")
	case c.State == certificate.Revoked || !cardCounts:
		return rules.Refuse("certificate_revoked")
	}
	return nil
}

// LogsIn is Serves for a login (MYN-002), which a card that is stopped does not give either (LOSS-001).
func LogsIn(on civil.Date, c certificate.Certificate, cardCounts bool) error {
	if err := Serves(on, c, cardCounts); err != nil {
		return err
	}
	if c.State != certificate.Valid {
		return rules.Refuse("card_suspended")
	}
	return nil
}
