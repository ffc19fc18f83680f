package civil

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

func TestDate(t *testing.T) {
	t.Run("an instant is a day in Japan, at midnight too", func(t *testing.T) {
		for _, c := range []struct{ instant, day string }{
			{"2026-03-31T14:59:59Z", "2026-03-31"},
			{"2026-03-31T15:00:00Z", "2026-04-01"},
			{"2026-12-31T23:59:59-11:00", "2027-01-01"},
		} {
			at, err := time.Parse(time.RFC3339, c.instant)
			if err != nil {
				t.Fatal(err)
			}
			if got := DateOf(at).String(); got != c.day {
				t.Errorf("%s: %s, want %s", c.instant, got, c.day)
			}
		}
	})
	t.Run("応当日のない月は末日 (民法第143条第2項)", func(t *testing.T) {
		for _, c := range []struct {
			from Date
			n    int
			want Date
		}{
			{Day(2026, 1, 31), 1, Day(2026, 2, 28)},
			{Day(2028, 1, 31), 1, Day(2028, 2, 29)},
			{Day(2026, 3, 31), -1, Day(2026, 2, 28)},
			{Day(2026, 1, 15), -1, Day(2025, 12, 15)},
			{Day(2024, 2, 29), 12, Day(2025, 2, 28)},
			{Day(2026, 11, 30), 3, Day(2027, 2, 28)},
		} {
			if got := c.from.AddMonths(c.n); got != c.want {
				t.Errorf("%s %+d months: %s, want %s", c.from, c.n, got, c.want)
			}
		}
	})
	t.Run("a day that does not exist is refused", func(t *testing.T) {
		for _, s := range []string{"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-4-1", "2026/04/01", "20260401", ""} {
			if d, err := Parse(s); !errors.Is(err, ErrDate) {
				t.Errorf("Parse(%q) = %s, %v", s, d, err)
			}
		}
	})
	t.Run("days of JSON come back, no day is empty text", func(t *testing.T) {
		for _, d := range []Date{{}, Day(2024, 2, 29), Day(1, 1, 1), Day(9999, 12, 31)} {
			b, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			var back Date
			if err := json.Unmarshal(b, &back); err != nil || back != d {
				t.Errorf("%s came back as %s, %v", b, back, err)
			}
		}
	})
	t.Run("the last second of a day is its End", func(t *testing.T) {
		if got := Day(2026, 11, 20).End().UTC().Format(time.RFC3339); got != "2026-11-20T14:59:59Z" {
			t.Error(got)
		}
	})
}
