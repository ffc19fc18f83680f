package procedure

import (
	"errors"
	"testing"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// ST-021, EXP-003, MYN-002, LOSS-001: a certificate serves up to its last day, while it is not revoked and its card counts; one that is held
// gives no login.
func TestServes(t *testing.T) {
	last := civil.Day(2030, 11, 3)
	for _, c := range []struct {
		on       civil.Date
		state    certificate.State
		counts   bool
		standing string
		login    string
	}{
		{last.AddDays(-1), certificate.Valid, true, "", ""},
		{last, certificate.Valid, true, "", ""},
		{last.AddDays(1), certificate.Valid, true, "certificate_expired", "certificate_expired"},
		{last, certificate.Expired, true, "certificate_expired", "certificate_expired"},
		{last, certificate.Revoked, true, "certificate_revoked", "certificate_revoked"},
		{last, certificate.Valid, false, "certificate_revoked", "certificate_revoked"},
		{last, certificate.Held, true, "", "card_suspended"},
	} {
		x := certificate.Certificate{State: c.state, Until: last}
		if code := refusedAs(Serves(c.on, x, c.counts)); code != c.standing {
			t.Errorf("%s %s %t: %q, want %q", c.on, c.state, c.counts, code, c.standing)
		}
		if code := refusedAs(LogsIn(c.on, x, c.counts)); code != c.login {
			t.Errorf("%s %s %t: a login is %q, want %q", c.on, c.state, c.counts, code, c.login)
		}
	}
}

// refusedAs is the code of a refusal, empty for none.
func refusedAs(err error) string {
	if r, ok := errors.AsType[*law.Refusal](err); ok {
		return r.Code
	}
	return ""
}
