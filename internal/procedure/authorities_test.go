package procedure

import (
	"errors"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// CERT-003, EXP-005: a key issues for four of its ten years, so that a certificate to the sixth birthday ends before it.
func TestDaysOfKey(t *testing.T) {
	got, err := DaysOfKey(civil.Day(2026, 4, 1), civil.Day(2036, 3, 31))
	if err != nil || got.Due != civil.Day(2030, 4, 1) || got.LastFull != civil.Day(2030, 3, 31) {
		t.Errorf("%+v, %v", got, err)
	}
	holder := civil.Day(2000, 3, 30)
	until, err := CertificateUntil(CertificateFacts{Birth: holder, Issued: got.LastFull, Renewing: true, Card: civil.Day(2040, 1, 1)})
	if err != nil || until.Day.After(civil.Day(2036, 3, 31)) {
		t.Errorf("a certificate of the longest life on the last day ends on %s, %v", until.Day, err)
	}
}

// CERT-003: the day before, the day, the day after.
func TestWithinKey(t *testing.T) {
	end := civil.Day(2036, 3, 31)
	for _, c := range []struct {
		certificate civil.Date
		want        string
	}{{end.AddDays(-1), ""}, {end, ""}, {end.AddDays(1), "authority_key_due"}} {
		err := WithinKey(c.certificate, end)
		no, refused := errors.AsType[*law.Refusal](err)
		if refused != (c.want != "") || refused && no.Code != c.want {
			t.Errorf("until %s: %v", c.certificate, err)
		}
	}
}

// CERT-003: no certificate bears an instant of before the days that are worked off.
func TestClockStands(t *testing.T) {
	worked := civil.Day(2026, 4, 1)
	for _, c := range []struct {
		on   civil.Date
		want string
	}{{worked.AddDays(-1), "clock_set_back"}, {worked, ""}, {worked.AddDays(1), ""}} {
		err := ClockStands(c.on, worked)
		no, refused := errors.AsType[*law.Refusal](err)
		if refused != (c.want != "") || refused && no.Code != c.want {
			t.Errorf("on %s: %v", c.on, err)
		}
	}
}

// TestListUsable: a list outlives the day on which the next one is due (CERT-030, CERT-032), or one run that fails would stop everybody.
func TestListUsable(t *testing.T) {
	for _, on := range []civil.Date{civil.Day(2016, 1, 1), civil.Day(2026, 10, 28)} {
		usable, err := ListUsable(on)
		row, other := rules.RevocationLists.On(on)
		if err != nil || other != nil || usable != 2 || usable <= row.Rule.Every {
			t.Errorf("%s: usable for %d days, one every %d: %v", on, usable, row.Rule.Every, err)
		}
	}
	if _, err := ListUsable(civil.Day(2015, 12, 31)); err == nil {
		t.Error("a list of a day before there were cards")
	}
}
