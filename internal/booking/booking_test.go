package booking

import (
	"strings"
	"testing"

	"mynumber/internal/civil"
)

func TestPolicies(t *testing.T) {
	policies, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	sumida := policies.Of("131075")
	if sumida.Item.Ja != "電子証明書更新の予約" || sumida.Cite.IsZero() {
		t.Errorf("OFF-001, PICK-011 Sumida's own item: %+v", sumida)
	}
	other := policies.Of("022039")
	if other.Office != "022039" || other.Capacity != 2 || other.Cite.IsZero() {
		t.Errorf("OFF-001, CON-017 the neutral default: %+v", other)
	}
}

func TestOpen(t *testing.T) {
	weekday := Policy{Weekdays: []string{"mon", "tue", "wed", "thu", "fri"}, Times: []string{"10:00"}}
	saturday := Policy{Weekdays: []string{"fri", "sat"}, Times: []string{"10:00"}}
	for _, c := range []struct {
		rule   string
		policy Policy
		day    civil.Date
		at     string
		want   bool
	}{
		{"OFF-001 a Friday", weekday, civil.Day(2026, 1, 16), "10:00", true},
		{"OFF-001 a time that is not offered", weekday, civil.Day(2026, 1, 16), "10:01", false},
		{"OFF-001 a Saturday", weekday, civil.Day(2026, 1, 17), "10:00", false},
		{"OFF-001 a Saturday that the policy lists", saturday, civil.Day(2026, 1, 17), "10:00", true},
		{"OFF-001 a Thursday that the policy does not list", saturday, civil.Day(2026, 1, 15), "10:00", false},
		{"地方自治法第4条の2 a holiday", weekday, civil.Day(2026, 1, 12), "10:00", false},
		{"地方自治法第4条の2 a holiday on a listed Saturday", saturday, civil.Day(2028, 4, 29), "10:00", false},
		{"地方自治法第4条の2 the day before the turn of the year", saturday, civil.Day(2024, 12, 28), "10:00", true},
		{"地方自治法第4条の2 the turn of the year", weekday, civil.Day(2025, 12, 29), "10:00", false},
		{"地方自治法第4条の2 a listed Saturday at the turn of the year", saturday, civil.Day(2026, 1, 3), "10:00", false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := c.policy.Open(c.day, c.at); got != c.want {
				t.Errorf("%s at %s: %t, want %t", c.day, c.at, got, c.want)
			}
		})
	}
}

// A policy is written by an official: what is wrong with it is said in words.
func TestParse(t *testing.T) {
	const good = `{"office": "131075", "cite": {"rules": ["OFF-001"], "source": "x"}, "weekdays": ["sat"], "times": ["09:30"], "capacity": 1, "item": {"ja": "a", "en": "a"}, "where": {"ja": "a", "en": "a"}}`
	if _, err := parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, wrong, says string }{
		{"no capacity", `"capacity": 1`, `"capacity": 0`, "capacity"},
		{"no weekday of that name", `"sat"`, `"Sat"`, "want one of"},
		{"no such time", `09:30`, `9.30`, "09:30"},
		{"a field nobody knows", `"office"`, `"offise"`, "offise"},
		{"a horizon that runs backwards", `"capacity": 1`, `"capacity": 1, "first_day": 3, "last_day": 2`, "first_day 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parse([]byte(strings.Replace(good, c.old, c.wrong, 1)))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want it to say %q", err, c.says)
			}
		})
	}
}
