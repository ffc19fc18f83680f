package pki

import (
	"encoding/binary"
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
var reasonHead = [13]byte{0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01}

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

// writtenDays are the days from 1970 until 2050 as the head of a UTCTime, tag, length and YYMMDD, in one word. A list may have
// millions of instants, mostly of a few years, and to look a day up takes a third of what its arithmetic does.
var writtenDays = sync.OnceValue(func() []uint64 {
	all := make([]uint64, year2050/86400)
	for day := range all {
		year, month, ofMonth := dateOf(int64(day))
		head := [8]byte{0x17, 0x0D}
		*(*[2]byte)(head[2:]), *(*[2]byte)(head[4:]), *(*[2]byte)(head[6:]) = digits[year%100], digits[month], digits[ofMonth]
		all[day] = binary.LittleEndian.Uint64(head[:])
	}
	return all
})

// writtenMinutes are the minutes of a day as hhmm, and writtenSeconds those of a minute behind them, as ssZ and the first octet of what
// comes next.
var writtenMinutes, writtenSeconds = func() (minutes [24 * 60]uint32, seconds [60]uint32) {
	for m := range minutes {
		hh, mm := digits[m/60], digits[m%60]
		minutes[m] = binary.LittleEndian.Uint32([]byte{hh[0], hh[1], mm[0], mm[1]})
	}
	for s := range seconds {
		seconds[s] = binary.LittleEndian.Uint32([]byte{digits[s][0], digits[s][1], 'Z', reasonHead[0]})
	}
	return minutes, seconds
}()

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

// appendEntry appends an entry; days is writtenDays(). Words are written whole, a few octets too far: what is behind is written after.
func appendEntry(b []byte, e *RevokedEntry, days []uint64) []byte {
	at := len(b)
	b = slices.Grow(b, maxEntry)[:at+maxEntry]
	out := (*[maxEntry]byte)(b[at:])
	*(*Serial)(out[4:]) = e.Serial
	unix, n := e.At.Unix(), 20
	day, second := uint64(unix)/86400, uint32(uint64(unix)%86400)
	if day < uint64(len(days)) {
		binary.LittleEndian.PutUint64(out[20:], days[day])
	} else {
		year, month, ofMonth := dateOf(unix / 86400)
		*(*[2]byte)(out[20:]), *(*[2]byte)(out[22:]), *(*[2]byte)(out[24:]) = [2]byte{0x18, 0x0F}, digits[year/100], digits[year%100]
		*(*[2]byte)(out[26:]), *(*[2]byte)(out[28:]) = digits[month], digits[ofMonth]
		n += 2
	}
	binary.LittleEndian.PutUint32(out[n+8:], writtenMinutes[second/60])
	binary.LittleEndian.PutUint32(out[n+12:], writtenSeconds[second%60])
	n += 15
	if e.Reason != Unspecified {
		*(*[len(reasonHead)]byte)(out[n:]) = reasonHead
		out[n+len(reasonHead)] = byte(e.Reason)
		n += reasonSize
	}
	binary.LittleEndian.PutUint32(out[:], uint32(0x10<<24|0x02<<16|(n-2)<<8|0x30))
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
	if size == at || size == at+reasonSize && [len(reasonHead)]byte(b[at:]) == reasonHead && Reason(b[size-1]).Valid() {
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
