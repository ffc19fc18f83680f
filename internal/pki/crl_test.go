package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"time"

	"mynumber/internal/certificate"
)

var (
	midnight = time.Date(2026, 10, 27, 15, 0, 0, 0, time.UTC) // 00:00 of the 28th in Japan
	listURLs = URLs{Base: "http://pki.example.jp"}
)

// sliceOf is the entries of a list kept in memory.
func sliceOf(entries ...RevokedEntry) Entries {
	return func(yield func(RevokedEntry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// generated is n entries of rising serials, one in eight without a reason.
func generated(n int) Entries {
	return func(yield func(RevokedEntry, error) bool) {
		for i := range n {
			if !yield(generatedEntry(i), nil) {
				return
			}
		}
	}
}

func generatedEntry(i int) RevokedEntry {
	e := RevokedEntry{At: founding.Add(time.Duration(i) * time.Second), Reason: Reason(1 + i%6)}
	e.Serial[0] = 0x41
	binary.BigEndian.PutUint64(e.Serial[4:], uint64(i+1))
	if i%8 == 0 {
		e.Reason = Unspecified
	}
	return e
}

func writeCRL(t testing.TB, a *Authority, entries Entries) []byte {
	t.Helper()
	var out bytes.Buffer
	err := a.WriteCRL(&out, CRL{
		Partition: kiyose, URLs: listURLs, Number: 7, ThisUpdate: midnight, NextUpdate: midnight.Add(48 * time.Hour), Entries: entries,
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openCRL(t testing.TB, der []byte, issuer *x509.Certificate) *RevocationList {
	t.Helper()
	l, err := OpenCRL(bytes.NewReader(der), int64(len(der)), issuer)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestCRLReadByTheStandardLibrary: lists of every length class.
func TestCRLReadByTheStandardLibrary(t *testing.T) {
	a := testHouse().signature
	for _, n := range []int{0, 1, 2, 3, 5, 64, 65, 1400, 100_000} {
		der := writeCRL(t, a, generated(n))
		list, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(n, err)
		}
		if err := list.CheckSignatureFrom(a.cert); err != nil {
			t.Error(n, err)
		}
		if len(list.RevokedCertificateEntries) != n || list.Number.Int64() != 7 || !list.ThisUpdate.Equal(midnight) ||
			!bytes.Equal(list.AuthorityKeyId, a.cert.SubjectKeyId) {
			t.Fatalf("%d entries: read %d, number %v", n, len(list.RevokedCertificateEntries), list.Number)
		}
		ours := openCRL(t, der, a.cert)
		if ours.Count != n || ours.Number != 7 {
			t.Errorf("%d entries: our reader finds %d", n, ours.Count)
		}
		for i, e := range list.RevokedCertificateEntries {
			want := generatedEntry(i)
			if e.SerialNumber.Cmp(want.Serial.Big()) != 0 || !e.RevocationTime.Equal(want.At) || e.ReasonCode != int(want.Reason) ||
				(want.Reason == Unspecified) != (len(e.Extensions) == 0) {
				t.Fatalf("entry %d of %d: %+v, want %+v", i, n, e, want)
			}
			if i%101 > 1 {
				continue
			}
			if got, found, err := ours.Lookup(want.Serial); err != nil || !found || !got.At.Equal(want.At) || got.Reason != want.Reason {
				t.Fatalf("look-up of entry %d of %d: %+v, %t, %v", i, n, got, found, err)
			}
		}
	}
}

func TestCRLLookupOfOthers(t *testing.T) {
	l := openCRL(t, writeCRL(t, testHouse().signature, generated(1000)), testHouse().signature.cert)
	between := generatedEntry(500).Serial
	between[15] = 1
	for _, s := range []Serial{{0x40}, {0x7F}, between} {
		if _, found, err := l.Lookup(s); found || err != nil {
			t.Errorf("%s: found %t, %v", s, found, err)
		}
	}
}

// TestDistributionPointsAgree: RFC 5280 section 6.3.3 compares the two; ours are the same bytes.
func TestDistributionPointsAgree(t *testing.T) {
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		for _, urls := range []URLs{{}, listURLs, {Base: "http://pki.example.jp", DirectoryCRLOnly: true}} {
			plan := planOf(a, 30)
			plan.URLs = urls
			cert := issue(t, a, plan)
			point := plan.Partition.distributionPoint(kind, a.generation, urls)
			var out bytes.Buffer
			err := a.WriteCRL(&out, CRL{Partition: kiyose, URLs: urls, Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(time.Hour)})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(cert.RawTBSCertificate, point) || !bytes.Contains(out.Bytes(), point) {
				t.Errorf("%+v: certificate and list have different distribution points", urls)
			}
			if err := openCRL(t, out.Bytes(), a.cert).Check(cert, midnight); err != nil {
				t.Errorf("%+v: %v", urls, err)
			}
			if urls == listURLs && (len(cert.CRLDistributionPoints) != 1 || cert.CRLDistributionPoints[0] != urls.Base+kiyose.CRL(kind, a.generation)) {
				t.Errorf("address %v", cert.CRLDistributionPoints)
			}
		}
	})
}

func TestCRLCheckRefuses(t *testing.T) {
	h := testHouse()
	l := openCRL(t, writeCRL(t, h.signature, nil), h.signature.cert)
	cert := issue(t, h.signature, testPlan(certificate.Signature, 31))
	elsewhere := testPlan(certificate.Signature, 32)
	elsewhere.Partition = Partition{Code: "02203", Prefecture: "Aomori-ken", Municipality: "Hachinohe-shi"}
	oldPlan := testPlan(certificate.Signature, 33)
	oldPlan.Serial = h.older.Serial(33)
	oldPlan.Until = noon2030
	for name, c := range map[string]struct {
		cert *x509.Certificate
		at   time.Time
		want error
	}{
		"first instant":           {cert, midnight, nil},
		"last instant":            {cert, midnight.Add(48 * time.Hour), nil},
		"a second too early":      {cert, midnight.Add(-time.Second), ErrCRLPeriod},
		"a second too late":       {cert, midnight.Add(48*time.Hour + time.Second), ErrCRLPeriod},
		"other municipality":      {issue(t, h.signature, elsewhere), midnight, ErrCRLPartition},
		"other kind":              {issue(t, h.authentication, testPlan(certificate.UserAuthentication, 34)), midnight, ErrCRLPartition},
		"other generation":        {issue(t, h.older, oldPlan), midnight, ErrCRLPartition},
		"the authority's own one": {h.signature.cert, midnight, ErrCRLPartition},
	} {
		if err := l.Check(c.cert, c.at); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestARL(t *testing.T) {
	eachKind(t, func(t *testing.T, _ certificate.Kind, a *Authority) {
		responder, err := SerialOf(a.ResponderCertificate().SerialNumber)
		if err != nil {
			t.Fatal(err)
		}
		for _, entries := range []Entries{nil, sliceOf(RevokedEntry{responder, noon, KeyCompromise})} {
			var out bytes.Buffer
			if err := a.WriteARL(&out, ARL{Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(48 * time.Hour), Entries: entries}); err != nil {
				t.Fatal(err)
			}
			l := openCRL(t, out.Bytes(), a.cert)
			if err := l.Check(a.cert, midnight); err != nil {
				t.Error(err)
			}
			if _, found, _ := l.Lookup(responder); found != (entries != nil) {
				t.Errorf("responder found %t", found)
			}
		}
		err = a.WriteARL(io.Discard, ARL{Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(time.Hour), Entries: sliceOf(RevokedEntry{a.Serial(1), noon, Superseded})})
		if !errors.Is(err, ErrCRL) {
			t.Errorf("a holder's certificate in the ARL: %v", err)
		}
	})
}

func TestCRLRefused(t *testing.T) {
	a := testHouse().signature
	one, two := generatedEntry(1), generatedEntry(2)
	odd := one
	odd.Reason = 8
	late := one
	late.At = midnight.Add(time.Second)
	timeless := one
	timeless.At = time.Time{}
	disk := errors.New("disk on fire")
	walks := 0
	base := CRL{Partition: kiyose, Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(time.Hour)}
	for name, c := range map[string]struct {
		change func(*CRL)
		want   error
	}{
		"descending":          {func(c *CRL) { c.Entries = sliceOf(two, one) }, ErrCRL},
		"twice the same":      {func(c *CRL) { c.Entries = sliceOf(one, one) }, ErrCRL},
		"after this update":   {func(c *CRL) { c.Entries = sliceOf(late) }, ErrCRL},
		"no instant":          {func(c *CRL) { c.Entries = sliceOf(timeless) }, ErrCRL},
		"removeFromCRL":       {func(c *CRL) { c.Entries = sliceOf(odd) }, ErrCRL},
		"number 0":            {func(c *CRL) { c.Number = 0 }, ErrCRL},
		"next before this":    {func(c *CRL) { c.NextUpdate = midnight }, ErrCRL},
		"no municipality":     {func(c *CRL) { c.Partition.Municipality = "" }, ErrCRL},
		"before the CA":       {func(c *CRL) { c.ThisUpdate = founding.Add(-time.Hour) }, ErrAuthorityPeriod},
		"wrong size told":     {func(c *CRL) { c.Entries, c.EntriesSize = sliceOf(one), 50 }, ErrCRLChanged},
		"source fails":        {func(c *CRL) { c.Entries = func(y func(RevokedEntry, error) bool) { _ = y(one, nil) && y(one, disk) } }, disk},
		"source fails later":  {func(c *CRL) { c.EntriesSize = 35; c.Entries = func(y func(RevokedEntry, error) bool) { y(one, disk) } }, disk},
		"grows between walks": {func(c *CRL) { c.Entries = func(y func(RevokedEntry, error) bool) { walks++; generated(walks)(y) } }, ErrCRLChanged},
	} {
		list := base
		c.change(&list)
		if err := a.WriteCRL(io.Discard, list); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	full := &fullDisk{left: 300_000}
	base.Entries = generated(100_000)
	if err := a.WriteCRL(full, base); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
}

var errFull = errors.New("no space left")

type fullDisk struct{ left int }

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestOpenCRLRefuses(t *testing.T) {
	h := testHouse()
	der := writeCRL(t, h.signature, generated(200))
	open := func(der []byte, issuer *x509.Certificate) error {
		_, err := OpenCRL(bytes.NewReader(der), int64(len(der)), issuer)
		return err
	}
	if err := open(der, h.older.cert); !errors.Is(err, ErrCRLSignature) {
		t.Errorf("other generation: %v", err)
	}
	if err := open(der, h.authentication.cert); !errors.Is(err, ErrCRLSignature) {
		t.Errorf("other authority: %v", err)
	}
	for at := range der { // each octet matters
		if at > 1000 && at < len(der)-600 && at%37 != 0 {
			continue
		}
		changed := bytes.Clone(der)
		changed[at] ^= 0x01
		if open(changed, h.signature.cert) == nil {
			t.Fatalf("a change at octet %d of %d goes unnoticed", at, len(der))
		}
	}
	for _, length := range []int{0, 1, 10, 300, len(der) - 1} {
		if open(der[:length], h.signature.cert) == nil {
			t.Errorf("cut to %d octets it is taken", length)
		}
	}
}

func FuzzOpenCRL(f *testing.F) {
	a := testHouse().signature
	f.Add(writeCRL(f, a, nil))
	f.Add(writeCRL(f, a, generated(3)))
	f.Fuzz(func(t *testing.T, der []byte) {
		l, err := OpenCRL(bytes.NewReader(der), int64(len(der)), a.cert)
		if err != nil {
			return
		}
		if _, err := x509.ParseRevocationList(der); err != nil {
			t.Errorf("%d entries taken, which the standard library refuses: %v", l.Count, err)
		}
	})
}

func BenchmarkWriteCRL(b *testing.B) {
	a := testHouse().signature
	const n = 1_000_000
	var size int64
	for e := range generated(n) {
		size += int64(e.Size())
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		err := a.WriteCRL(io.Discard, CRL{
			Partition: kiyose, Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(time.Hour), Entries: generated(n), EntriesSize: size,
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenCRL(b *testing.B) {
	a := testHouse().signature
	der := writeCRL(b, a, generated(1_000_000))
	b.SetBytes(int64(len(der)))
	b.ReportAllocs()
	for b.Loop() {
		openCRL(b, der, a.cert)
	}
}

func BenchmarkLookup(b *testing.B) {
	a := testHouse().signature
	l := openCRL(b, writeCRL(b, a, generated(1_000_000)), a.cert)
	i := 0
	for b.Loop() {
		if _, found, err := l.Lookup(generatedEntry(i * 7919 % 1_000_000).Serial); !found || err != nil {
			b.Fatal(i, err)
		}
		i++
	}
}

// TestKeptEntries: a partition in which nothing happened is signed again from its last list.
func TestKeptEntries(t *testing.T) {
	h := testHouse()
	for _, n := range []int{0, 3, 30_000, 100_000} {
		kept := openCRL(t, writeCRL(t, h.signature, generated(n)), h.signature.cert)
		list := CRL{Partition: kiyose, URLs: listURLs, Number: 7, ThisUpdate: midnight, NextUpdate: midnight.Add(48 * time.Hour), Kept: kept}
		var out bytes.Buffer
		if err := h.signature.WriteCRL(&out, list); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), writeCRL(t, h.signature, generated(n))) {
			t.Errorf("%d kept entries give another list", n)
		}
		if err := h.older.WriteCRL(io.Discard, list); !errors.Is(err, ErrCRLPartition) {
			t.Errorf("kept entries of another generation: %v", err)
		}
		list.Partition.Municipality = "Niiza-shi"
		if err := h.signature.WriteCRL(io.Discard, list); !errors.Is(err, ErrCRLPartition) {
			t.Errorf("kept entries of another municipality: %v", err)
		}
	}
}

// TestBlockEdges: lists whose end lies anywhere about the edge of a block that is written at once, and their entries by blocks.
func TestBlockEdges(t *testing.T) {
	a := testHouse().signature
	perEntry := usualEntry - reasonSize/8
	for n := blockSize/perEntry - 12; n < (blockSize+besides)/perEntry+4; n++ {
		whole := writeCRL(t, a, generated(n))
		if l := openCRL(t, whole, a.cert); l.Count != n {
			t.Fatalf("%d entries: read %d", n, l.Count)
		}
		if n%16 > 0 {
			continue
		}
		var out bytes.Buffer
		err := a.WriteCRL(&out, CRL{
			Partition: kiyose, URLs: listURLs, Number: 7, ThisUpdate: midnight, NextUpdate: midnight.Add(48 * time.Hour),
			Blocks: func(yield func([]RevokedEntry, error) bool) {
				for i := 0; i < n; i += 100 {
					var block []RevokedEntry
					for j := i; j < min(n, i+100); j++ {
						block = append(block, generatedEntry(j))
					}
					if !yield(block, nil) {
						return
					}
				}
			},
		})
		if err != nil || !bytes.Equal(out.Bytes(), whole) {
			t.Fatalf("%d entries by blocks are another list: %v", n, err)
		}
	}
}
