package pki

import (
	"bytes"
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

// appendTime appends the digits of a UTC time, YYMMDDhhmmssZ, or with four digits of the year from 2050 on. Writing them by the
// calendar's own arithmetic takes a tenth of what a layout does, and a list may have millions of them.
func appendTime(b []byte, unix int64) []byte {
	year, month, day := dateOf(unix / 86400)
	s := int(unix % 86400)
	if unix >= year2050 {
		b = append(b, '0'+byte(year/1000), '0'+byte(year/100%10))
	}
	return append(b, '0'+byte(year/10%10), '0'+byte(year%10), '0'+byte(month/10), '0'+byte(month%10), '0'+byte(day/10), '0'+byte(day%10),
		'0'+byte(s/36000), '0'+byte(s/3600%10), '0'+byte(s/600%6), '0'+byte(s/60%10), '0'+byte(s/10%6), '0'+byte(s%10), 'Z')
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

func appendEntry(b []byte, e RevokedEntry) []byte {
	b = append(b, 0x30, byte(e.Size()-2), 0x02, 0x10)
	b = append(b, e.Serial[:]...)
	unix := e.At.Unix()
	if unix >= year2050 {
		b = append(b, 0x18, 0x0F)
	} else {
		b = append(b, 0x17, 0x0D)
	}
	b = appendTime(b, unix)
	if e.Reason != Unspecified {
		b = append(b, reasonHead...)
		b = append(b, byte(e.Reason))
	}
	return b
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
