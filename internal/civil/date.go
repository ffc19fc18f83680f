// Package civil is Japan's calendar: days without a clock, ages, eras and the one place
// where an instant becomes a day. The days of the law (民法第138条 to 第143条, 年齢計算ニ関スル法律)
// are whole days in Japan; everything that has hours belongs to the packages above.
package civil

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// JST is Japan Standard Time, a fixed UTC+9: Japan has had no summer time since 1951.
var JST = time.FixedZone("JST", 9*60*60)

// Clock tells the instant. It is held by office, batch, web and api and read once a request;
// the packages below take a Date.
type Clock func() time.Time

// Date is a day of the Gregorian calendar in Japan, without clock or zone.
// The zero Date means "no day is known" and compares before every day.
type Date struct {
	y    int16
	m, d uint8
}

// ErrDate says that a text or a triple is not a day of the calendar.
var ErrDate = errors.New("not a day of the calendar")

// New returns the day y-m-d, years 1 to 9999. Impossible days are ErrDate.
func New(y int, m time.Month, d int) (Date, error) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return Date{}, fmt.Errorf("%w: %04d-%02d-%02d", ErrDate, y, int(m), d)
	}
	return Date{int16(y), uint8(m), uint8(d)}, nil
}

// Day is New for days written in the source; it panics on a day that does not exist.
func Day(y int, m time.Month, d int) Date {
	date, err := New(y, m, d)
	if err != nil {
		panic(err)
	}
	return date
}

// Parse reads the ISO form 2026-04-01.
func Parse(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("%w: %q, want YYYY-MM-DD", ErrDate, s)
	}
	var n [3]int
	for i, part := range [3]string{s[0:4], s[5:7], s[8:10]} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return Date{}, fmt.Errorf("%w: %q, want YYYY-MM-DD", ErrDate, s)
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	return New(n[0], time.Month(n[1]), n[2])
}

// DateOf is the day in Japan on which the instant t falls. It is the only way from an instant to a day.
func DateOf(t time.Time) Date {
	y, m, d := t.In(JST).Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

// Start is the first instant of the day in Japan, End its last whole second (23:59:59 JST),
// which is how certificates write an inclusive last day.
func (d Date) Start() time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, JST) }

// End is the last whole second of the day in Japan.
func (d Date) End() time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 23, 59, 59, 0, JST) }

// Year, Month and Day are the parts of the Gregorian date; all zero for the zero Date.
func (d Date) Year() int         { return int(d.y) }
func (d Date) Month() time.Month { return time.Month(d.m) }
func (d Date) Day() int          { return int(d.d) }

// IsZero reports that no day is known.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.y, e.y), cmp.Compare(d.m, e.m), cmp.Compare(d.d, e.d))
}

// Before and After compare days.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }
func (d Date) After(e Date) bool  { return d.Compare(e) > 0 }

// AddDays is the day n days later, or earlier for negative n. Counted as 民法第140条 does: the day itself is day 0.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	t := time.Date(d.Year(), d.Month(), d.Day()+n, 0, 0, 0, 0, time.UTC)
	return Date{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}
}

// AddMonths is the corresponding day n months later or earlier; where the month has no such day,
// its last day (民法第143条第2項).
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	months := d.Year()*12 + int(d.m) - 1 + n
	y, m := months/12, time.Month(months%12+1)
	return Date{int16(y), uint8(m), uint8(min(d.Day(), daysIn(y, m)))}
}

// AddYears is AddMonths(12*n).
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// DaysUntil is the number of days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return e.number() - d.number() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Weekday()
}

// number counts days from 1970-01-01.
func (d Date) number() int {
	return int(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// String is the ISO form, empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

// MarshalText writes the ISO form, empty for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; empty text is the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	date, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = date
	return nil
}

func daysIn(y int, m time.Month) int {
	return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
