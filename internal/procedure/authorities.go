package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// KeyDays are the days that matter in the life of a certification authority's key.
type KeyDays struct {
	Due      civil.Date // the next key is due
	LastFull civil.Date // the last day on which a certificate of the longest life still ends with the key's own at the latest
	Basis    Basis
}

// DaysOfKey are those of a key founded on a day, whose own certificate is good until a day (CERT-003, EXP-005).
func DaysOfKey(founded, until civil.Date) (KeyDays, error) {
	keys, err := rules.AuthorityKeys.On(founded)
	if err != nil {
		return KeyDays{}, err
	}
	life, err := rules.CertificateValidity.On(founded)
	if err != nil {
		return KeyDays{}, err
	}
	longest := life.Rule.Birthdays + life.Rule.RenewalExtra
	return KeyDays{founded.AddYears(keys.Rule.Every), until.AddYears(-longest), Basis{keys.Cite, life.Cite}}, nil
}

// ClockStands refuses to issue on a day before one that is worked off (CERT-003): the certificate would bear an instant that is over.
func ClockStands(on, worked civil.Date) error {
	if on.Before(worked) {
		return rules.Refuse("clock_set_back", on, worked)
	}
	return nil
}

// WithinKey refuses a certificate that would outlive the key with which it is issued (CERT-003): a new key is due.
func WithinKey(certificate, key civil.Date) error {
	if certificate.After(key) {
		return rules.Refuse("authority_key_due", key)
	}
	return nil
}

// ListUsable is how many days a revocation list of a day can be used (CERT-032).
func ListUsable(on civil.Date) (int, error) {
	lists, err := rules.RevocationLists.On(on)
	return lists.Rule.Usable, err
}
