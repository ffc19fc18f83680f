package pki

import (
	"bytes"
	crand "crypto/rand"
	"crypto/x509"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

// anySerial is a holder's serial.
func anySerial(r *rand.Rand) (s Serial) {
	for i := range s {
		s[i] = byte(r.Uint32())
	}
	s[0] = 0x40 | s[0]&0x3F
	return s
}

func anyEntry(r *rand.Rand) RevokedEntry {
	return RevokedEntry{anySerial(r), founding.Add(time.Duration(r.IntN(1000)) * time.Hour), Reason(r.IntN(7))}
}

func sorted(m map[Serial]RevokedEntry) Entries {
	return sliceOf(slices.SortedFunc(maps.Values(m), func(a, b RevokedEntry) int { return a.Serial.Compare(b.Serial) })...)
}

// TestMergedLists: the last list with its changes is, byte for byte, the list made of everything.
func TestMergedLists(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a := testHouse().signature
	for _, size := range []int{0, 1, 63, 64, 65, 500, 30_000, 100_000} {
		for _, changes := range []int{0, 1, 40, 400} {
			have := map[Serial]RevokedEntry{}
			for range size {
				e := anyEntry(r)
				have[e.Serial] = e
			}
			kept := openCRL(t, writeCRL(t, a, sorted(have)), a.cert)
			known := slices.Collect(maps.Keys(have))
			slices.SortFunc(known, Serial.Compare)
			change := map[Serial]ListChange{}
			for range changes {
				c := ListChange{RevokedEntry: anyEntry(r), Gone: r.IntN(3) == 0}
				if len(known) > 0 && r.IntN(2) == 0 {
					c.Serial = known[r.IntN(len(known))]
				}
				change[c.Serial] = c
			}
			for _, c := range change {
				if delete(have, c.Serial); !c.Gone {
					have[c.Serial] = c.RevokedEntry
				}
			}
			var merged bytes.Buffer
			err := a.WriteCRL(&merged, CRL{
				Partition: kiyose, URLs: listURLs, Number: 7, ThisUpdate: midnight, NextUpdate: midnight.Add(48 * time.Hour), Kept: kept,
				Changes: slices.SortedFunc(maps.Values(change), func(a, b ListChange) int { return a.Serial.Compare(b.Serial) }),
			})
			if err != nil {
				t.Fatal(size, changes, err)
			}
			if !bytes.Equal(merged.Bytes(), writeCRL(t, a, sorted(have))) {
				t.Errorf("%d entries with %d changes give another list", size, changes)
			}
			differences := 0
			err = CompareLists(kept, openCRL(t, merged.Bytes(), a.cert), func(d Difference) error {
				differences++
				c, ok := change[d.Serial]
				if !ok || c.Gone != (d.New == nil) || d.New != nil && (d.New.At.Unix() != c.At.Unix() || d.New.Reason != c.Reason) {
					t.Errorf("%s: %+v, changed was %+v", d.Serial, d, c)
				}
				return nil
			})
			if err != nil || differences > len(change) {
				t.Errorf("%d differences of %d changes, %v", differences, len(change), err)
			}
			same := 0
			for _, c := range change {
				before, was, _ := kept.Lookup(c.Serial)
				if c.Gone && !was || !c.Gone && was && before.At.Unix() == c.At.Unix() && before.Reason == c.Reason {
					same++
				}
			}
			if differences+same != len(change) {
				t.Errorf("%d differences, %d changes that change nothing, of %d", differences, same, len(change))
			}
		}
	}
}

func TestMergeRefused(t *testing.T) {
	a := testHouse().signature
	kept := openCRL(t, writeCRL(t, a, generated(3)), a.cert)
	one, two := generatedEntry(1), generatedEntry(2)
	late, odd, own := one, one, one
	late.At = midnight.Add(48 * time.Hour)
	odd.Reason = 8
	own.Serial[0] = 0x20
	for name, changes := range map[string][]ListChange{
		"descending":          {{RevokedEntry: two}, {RevokedEntry: one}},
		"twice the same":      {{RevokedEntry: one}, {RevokedEntry: one, Gone: true}},
		"after this update":   {{RevokedEntry: late}},
		"removeFromCRL":       {{RevokedEntry: odd}},
		"the authority's own": {{RevokedEntry: own}},
	} {
		err := a.WriteCRL(io.Discard, CRL{Partition: kiyose, Number: 8, ThisUpdate: midnight, NextUpdate: midnight.Add(time.Hour), Kept: kept, Changes: changes})
		if !errors.Is(err, ErrCRL) {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := a.WriteCRL(io.Discard, CRL{Partition: kiyose, Number: 8, ThisUpdate: midnight.Add(-time.Hour), NextUpdate: midnight.Add(time.Hour), Kept: kept})
	if !errors.Is(err, ErrCRL) {
		t.Errorf("of an earlier instant than the kept one: %v", err)
	}
}

// TestListEntries: what goes in comes out, in order, with its reasons counted.
func TestListEntries(t *testing.T) {
	a := testHouse().signature
	for _, n := range []int{0, 1, 3, 10_000} {
		l := openCRL(t, writeCRL(t, a, generated(n)), a.cert)
		i := 0
		var want [7]int
		for e, err := range l.Entries() {
			if err != nil || e.Serial != generatedEntry(i).Serial || e.Reason != generatedEntry(i).Reason || !e.At.Equal(generatedEntry(i).At) {
				t.Fatalf("entry %d of %d: %+v, %v", i, n, e, err)
			}
			want[e.Reason]++
			i++
		}
		if got, err := l.Reasons(); i != n || got != want || err != nil {
			t.Errorf("%d entries of %d, reasons %v, want %v; %v", i, n, got, want, err)
		}
	}
}

// TestListOf2050: entries and heads before and after the year in which the form of a time changes (RFC 5280 section 5.1.2.4), in one list and
// through a merge.
func TestListOf2050(t *testing.T) {
	eve := time.Date(2049, 12, 31, 23, 59, 59, 0, time.UTC)
	at := eve.Add(-24 * time.Hour)
	a, err := NewAuthority(certificate.Signature, 9, RSA2048, at.AddDate(-1, 0, 0), crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(n byte, at time.Time) RevokedEntry { return RevokedEntry{Serial{0x41, n}, at, Superseded} }
	before, last, first := entry(1, at), entry(2, eve), entry(3, eve.Add(time.Second))
	write := func(this time.Time, c CRL) *RevocationList {
		t.Helper()
		c.Partition, c.Number, c.ThisUpdate, c.NextUpdate = kiyose, 1, this, this.Add(48*time.Hour)
		var out bytes.Buffer
		if err := a.WriteCRL(&out, c); err != nil {
			t.Fatal(err)
		}
		l := openCRL(t, out.Bytes(), a.cert)
		standard, err := x509.ParseRevocationList(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if !l.ThisUpdate.Equal(this) || !l.NextUpdate.Equal(this.Add(48*time.Hour)) || !standard.ThisUpdate.Equal(this) || !standard.NextUpdate.Equal(this.Add(48*time.Hour)) {
			t.Errorf("of %s: read as %s, by the standard library as %s", this, l.ThisUpdate, standard.ThisUpdate)
		}
		i := 0
		for e, err := range l.Entries() {
			if err != nil || !e.At.Equal(standard.RevokedCertificateEntries[i].RevocationTime) {
				t.Errorf("entry %d: %s, by the standard library %s", i, e.At, standard.RevokedCertificateEntries[i].RevocationTime)
			}
			i++
		}
		return l
	}
	old := write(eve, CRL{Entries: sliceOf(before, last)})
	merged := write(eve.Add(time.Hour), CRL{Kept: old, Changes: []ListChange{{RevokedEntry: first}}})
	var got []time.Time
	for e := range merged.Entries() {
		got = append(got, e.At)
	}
	if !slices.EqualFunc(got, []time.Time{at, eve, eve.Add(time.Second)}, time.Time.Equal) {
		t.Errorf("the merged list has %v", got)
	}
	if n := EntriesSize(3, 3, 1); n != merged.end-merged.start {
		t.Errorf("told %d octets, it has %d", n, merged.end-merged.start)
	}
}

// TestLeapSecond: UTC's 23:59:60 is no time of ours; a list with one is not read (RFC 5280 section 4.1.2.5.1 has seconds 00 to 59).
func TestLeapSecond(t *testing.T) {
	a := testHouse().signature
	der := writeCRL(t, a, sliceOf(RevokedEntry{Serial{0x41}, midnight.Add(-time.Second), Superseded}))
	l := openCRL(t, der, a.cert)
	leap := bytes.Clone(der)
	copy(leap[l.start+2+18+2+10:], "60Z")
	l.bytes = bytes.NewReader(leap)
	if e, found, err := l.Lookup(Serial{0x41}); found || !errors.Is(err, ErrCRLForm) {
		t.Errorf("%+v, %t, %v", e, found, err)
	}
}

// TestEntryTimes: the calendar of the entries is that of package time, on every day of a century and at any second.
func TestEntryTimes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for day := earliestEntry; day < time.Date(2105, 1, 1, 0, 0, 0, 0, time.UTC).Unix(); day += 86400 {
		for _, unix := range []int64{day, day + 86399, day + r.Int64N(86400)} {
			layout := "060102150405Z"
			if unix >= year2050 {
				layout = "20060102150405Z"
			}
			e := appendEntry(nil, &RevokedEntry{Serial: Serial{0x41}, At: time.Unix(unix, 0)}, writtenDays())
			if got, want := string(e[22:]), time.Unix(unix, 0).UTC().Format(layout); got != want {
				t.Fatalf("%d is written as %s, want %s", unix, got, want)
			}
		}
	}
}
