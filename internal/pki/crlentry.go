package pki

import (
	"bytes"
	"slices"
	"sync"
	"time"
)

// The lines of a list are written and read by hand: a list may have millions of them. Each is
// SEQUENCE { INTEGER serial, Time, Extensions OPTIONAL { reasonCode } } of 35 to 51 octets. Unspecified
// is left out, as RFC 5280 section 5.3.1 asks.

const (
	minEntry = 2 + 18 + 15
	maxEntry = minEntry + 2 + reasonSize // with GeneralizedTime and reason
)

// reasonHead is the Extensions with a reasonCode, up to the code itself.
var reasonHead = []byte{0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01}

const (
	reasonSize = 14
	usualEntry = minEntry + reasonSize
)

// year2050 is the first second that is written as GeneralizedTime.
var year2050 = time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// earliestEntry is the day the service began (公的個人認証法, 2004-01-29): an entry of before bears no real instant.
var earliestEntry = time.Date(2004, 1, 29, 0, 0, 0, 0, time.UTC).Unix()

// Size is the number of octets of the entry in a list: 35 without a reason, 49 with one, two more from 2050 on.
func (e RevokedEntry) Size() int {
	size := minEntry
	if e.Reason != Unspecified {
		size += reasonSize
	}
	if e.At.Unix() >= year2050 {
		size += 2
	}
	return size
}

// EntriesSize is the sum of Size over so many entries, of which some have a reason other than Unspecified and some are of 2050
// or later.
func EntriesSize(all, reasoned, late int64) int64 {
	return all*minEntry + reasoned*reasonSize + late*2
}

// digits are the numbers from 00 to 99 as they are written.
var digits = func() (all [100][2]byte) {
	for n := range all {
		all[n] = [2]byte{'0' + byte(n/10), '0' + byte(n%10)}
	}
	return all
}()

// writtenDays are the days from 1970 until 2050 as YYMMDD. A list may have millions of instants, mostly of a few years, and to look a day
// up takes a third of what its arithmetic does.
var writtenDays = sync.OnceValue(func() [][6]byte {
	all := make([][6]byte, year2050/86400)
	for day := range all {
		writeDay(&all[day], int64(day))
	}
	return all
})

func writeDay(out *[6]byte, day int64) {
	year, month, dayOfMonth := dateOf(day)
	*(*[2]byte)(out[0:]), *(*[2]byte)(out[2:]), *(*[2]byte)(out[4:]) = digits[year%100], digits[month], digits[dayOfMonth]
}

// writeTime writes the digits of a UTC time, YYMMDDhhmmssZ, from 2050 on behind two of the century's that are not written here.
func writeTime(out *[13]byte, unix int64, days [][6]byte) {
	day, s := unix/86400, uint32(unix%86400)
	if day < int64(len(days)) {
		*(*[6]byte)(out[:]) = days[day]
	} else {
		writeDay((*[6]byte)(out[:]), day)
	}
	*(*[2]byte)(out[6:]), *(*[2]byte)(out[8:]), *(*[2]byte)(out[10:]), out[12] = digits[s/3600], digits[s/60%60], digits[s%60], 'Z'
}

// dateOf is the Gregorian date of a day since 1970-01-01, not before it. Years are counted from March, so that the leap day is the last of
// its year.
func dateOf(days int64) (year, month, day uint32) {
	const day0, era = 719468, 146097 // days from 0000-03-01 to 1970, and in 400 years
	z := uint32(days) + day0
	of := z % era
	inEra := (of - of/1460 + of/36524 - of/146096) / 365
	ofYear := of - (365*inEra + inEra/4 - inEra/100)
	m := (5*ofYear + 2) / 153
	day = ofYear - (153*m+2)/5 + 1
	year, month = z/era*400+inEra, m+3
	if m >= 10 {
		year, month = year+1, m-9
	}
	return year, month, day
}

// appendEntry appends an entry; days is writtenDays().
func appendEntry(b []byte, e RevokedEntry, days [][6]byte) []byte {
	at := len(b)
	b = slices.Grow(b, maxEntry)[:at+maxEntry]
	out := (*[maxEntry]byte)(b[at:])
	*(*[4]byte)(out[:]) = [4]byte{0x30, 0, 0x02, 0x10}
	*(*[16]byte)(out[4:]) = e.Serial
	unix, n := e.At.Unix(), 22
	if unix >= year2050 {
		year, _, _ := dateOf(unix / 86400)
		*(*[2]byte)(out[20:]), *(*[2]byte)(out[22:]) = [2]byte{0x18, 0x0F}, digits[year/100]
		n += 2
	} else {
		*(*[2]byte)(out[20:]) = [2]byte{0x17, 0x0D}
	}
	writeTime((*[13]byte)(out[n:]), unix, days)
	n += 13
	if e.Reason != Unspecified {
		n += copy(out[n:], reasonHead)
		out[n] = byte(e.Reason)
		n++
	}
	out[1] = byte(n - 2)
	return b[:at+n]
}

// entrySize is the size of the well-formed entry at the start of b, 0 when there is none. Its serial is b[4:20].
func entrySize(b []byte) int {
	if len(b) < minEntry || b[0] != 0x30 || b[2] != 0x02 || b[3] != 0x10 || b[4] < 0x20 || b[4] > 0x7F {
		return 0
	}
	size, at := int(b[1])+2, minEntry
	switch {
	case b[20] == 0x17 && b[21] == 0x0D:
	case b[20] == 0x18 && b[21] == 0x0F:
		at += 2
	default:
		return 0
	}
	if size > len(b) || b[at-1] != 'Z' {
		return 0
	}
	if size == at || size == at+reasonSize && bytes.Equal(b[at:at+len(reasonHead)], reasonHead) && Reason(b[size-1]).Valid() {
		return size
	}
	return 0
}

// decodeEntry reads an entry that entrySize accepted; false when its time is none.
func decodeEntry(b []byte) (RevokedEntry, bool) {
	e := RevokedEntry{Serial: Serial(b[4:20])}
	layout, end := "060102150405Z", minEntry
	if b[20] == 0x18 {
		layout, end = "20060102150405Z", minEntry+2
	}
	if len(b) > end {
		e.Reason = Reason(b[len(b)-1])
	}
	at, err := time.Parse(layout, string(b[22:end]))
	if err != nil {
		return e, false
	}
	if b[20] == 0x17 && at.Year() >= 2050 { // two-digit years 50 to 68 are of the last century
		at = at.AddDate(-100, 0, 0)
	}
	e.At = at
	return e, true
}
