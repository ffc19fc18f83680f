package office_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
)

// listDesk is an installation with certificates in one partition, as many as are asked for, all good.
type listDesk struct {
	*desk
	kind certificate.Kind
	all  []certificate.Certificate
}

const inHachinohe = "02203"

// withCertificates adds certificates of a kind to the one card of the installation, on the carrier.
func withCertificates(t *testing.T, d *desk, kind certificate.Kind, carrier certificate.Carrier, n int) *listDesk {
	t.Helper()
	out := &listDesk{desk: d, kind: kind}
	card := d.card(t)
	d.write(t, func(tx office.Tx) error {
		out.all = nil
		for range n {
			counter, err := tx.NextCounter(kind, 1)
			if err != nil {
				return err
			}
			x := certificate.Certificate{Kind: kind, Generation: 1, Counter: counter, Serial: d.CAs.Of(kind, 1).Serial(counter).String(), CardID: card.ID, Carrier: carrier,
				State: certificate.Valid, NotBefore: d.at, Until: civil.DateOf(d.at).AddYears(5), CommonName: "x", Partition: inHachinohe, DER: []byte{0x30}}
			if err := tx.PutCertificate(x); err != nil {
				return err
			}
			out.all = append(out.all, x)
		}
		return nil
	})
	return out
}

// set changes the i-th certificate.
func (d *listDesk) set(t *testing.T, i int, state certificate.State, at time.Time, reason certificate.Reason) {
	t.Helper()
	x := &d.all[i]
	x.State, x.EndedAt, x.Reason = state, at, reason
	d.write(t, func(tx office.Tx) error { return tx.PutCertificate(*x) })
}

// nextDay goes to the morning of the next day and gives the list of it, by reason: index of the certificate → entry.
func (d *listDesk) nextDay(t *testing.T) map[int]pki.RevokedEntry {
	t.Helper()
	d.goTo(civil.DateOf(d.at).AddDays(1))
	return d.today(t)
}

func (d *listDesk) today(t *testing.T) map[int]pki.RevokedEntry {
	t.Helper()
	_, list := d.list(t, d.kind, inHachinohe)
	out := map[int]pki.RevokedEntry{}
	for e, err := range list.Entries() {
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(d.all, func(x certificate.Certificate) bool { return x.Serial == e.Serial.String() })
		out[i] = e
	}
	return out
}

// says compares a list with what it should name.
func says(t *testing.T, when string, got map[int]pki.RevokedEntry, want map[int]pki.RevokedEntry) {
	t.Helper()
	for i, w := range want {
		if g, ok := got[i]; !ok || g.Reason != w.Reason || !g.At.Equal(w.At.Truncate(time.Second)) {
			t.Errorf("%s: certificate %d: %+v (listed %t), want %s since %s", when, i, g, ok, w.Reason, w.At)
		}
	}
	for i := range got {
		if _, ok := want[i]; !ok {
			t.Errorf("%s: certificate %d is listed", when, i)
		}
	}
}

// rebuilt makes the day's list once more straight from the register: it must say the same as the one made of changes.
func (d *listDesk) rebuilt(t *testing.T) map[int]pki.RevokedEntry {
	t.Helper()
	run, err := d.MakeLists(ctx, office.ListOrder{Kind: d.kind, Generation: 1, Partition: inHachinohe, Full: true})
	if err != nil || run.Made != 1 {
		t.Fatalf("made anew: %+v, %v", run, err)
	}
	return d.today(t)
}

// TestListsFollowTheRegister lives through holds, releases, revocations and expiry; each day's list is made of the last one and what
// changed, and compared with one made from the register (CERT-030, CERT-032, CERT-033, ST-040).
func TestListsFollowTheRegister(t *testing.T) {
	t.Parallel()
	d := withCertificates(t, at(t, handedOver), certificate.UserAuthentication, certificate.OnAndroid, 6)
	type entries = map[int]pki.RevokedEntry
	held, later := d.at, d.at.Add(time.Hour)
	d.set(t, 0, certificate.Held, held, certificate.CertificateHold)
	d.set(t, 1, certificate.Held, held, certificate.CertificateHold)
	d.set(t, 2, certificate.Revoked, later, certificate.AffiliationChanged)
	says(t, "CERT-033 the same day", d.today(t), entries{})
	want := entries{0: {At: held, Reason: certificate.CertificateHold}, 1: {At: held, Reason: certificate.CertificateHold}, 2: {At: later, Reason: certificate.AffiliationChanged}}
	says(t, "CERT-032 the next day", d.nextDay(t), want)
	says(t, "made anew", d.rebuilt(t), want)

	d.set(t, 0, certificate.Valid, time.Time{}, 0)                                // released
	d.set(t, 1, certificate.Revoked, held, certificate.CessationOfOperation)      // revoked: reason changes, date stays
	d.set(t, 3, certificate.Revoked, d.at.Add(time.Hour), certificate.Superseded) // new
	want = entries{1: {At: held, Reason: certificate.CessationOfOperation}, 2: want[2], 3: {At: d.at.Add(time.Hour), Reason: certificate.Superseded}}
	says(t, "ST-040 a released hold vanishes", d.nextDay(t), want)
	says(t, "made anew", d.rebuilt(t), want)
	says(t, "nothing happened", d.nextDay(t), want)

	again := d.at
	d.set(t, 0, certificate.Held, again, certificate.CertificateHold)
	want[0] = pki.RevokedEntry{At: again, Reason: certificate.CertificateHold}
	says(t, "held a second time", d.nextDay(t), want)
	d.set(t, 0, certificate.Valid, time.Time{}, 0)
	d.set(t, 0, certificate.Held, d.at.Add(time.Minute), certificate.CertificateHold)
	want[0] = pki.RevokedEntry{At: d.at.Add(time.Minute), Reason: certificate.CertificateHold}
	says(t, "released and held the same day", d.nextDay(t), want)

	until := d.all[0].Until
	d.goTo(until) // the last good day
	says(t, "on the last day", d.today(t), want)
	d.set(t, 0, certificate.Expired, d.all[0].EndedAt, certificate.CertificateHold) // expires while held
	says(t, "section 6: once past their end", d.nextDay(t), want)
	says(t, "and then no more", d.nextDay(t), entries{})
	says(t, "made anew", d.rebuilt(t), entries{})
}

// TestListRefused: what contradicts the list before is not published; the old one stays, and the desk hears why (once a day, not at every
// reader).
func TestListRefused(t *testing.T) {
	t.Parallel()
	for code, spoil := range map[string]func(*testing.T, *listDesk){
		office.FaultVanished: func(t *testing.T, d *listDesk) { d.set(t, 0, certificate.Valid, time.Time{}, 0) },
		office.FaultDate: func(t *testing.T, d *listDesk) {
			d.set(t, 0, certificate.Revoked, d.at.Add(-time.Hour), certificate.KeyCompromise)
		},
		office.FaultReason: func(t *testing.T, d *listDesk) {
			d.set(t, 0, certificate.Revoked, d.all[0].EndedAt, certificate.CessationOfOperation)
		},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			d := withCertificates(t, at(t, handedOver), certificate.Signature, certificate.OnCard, 1)
			d.set(t, 0, certificate.Revoked, d.at, certificate.KeyCompromise)
			want := d.nextDay(t)
			before, _ := d.list(t, d.kind, inHachinohe)
			spoil(t, d)
			says(t, "the old one stays", d.nextDay(t), want)
			after, _ := d.list(t, d.kind, inHachinohe)
			if after.Number != before.Number || !strings.HasPrefix(after.Fault, code+" "+d.all[0].Serial) || after.FaultAt != d.at.UTC().Truncate(time.Microsecond) || after.Taken != before.Number+1 {
				t.Fatalf("%+v, before %+v", after, before)
			}
			d.today(t)
			if again, _ := d.list(t, d.kind, inHachinohe); again.Taken != after.Taken {
				t.Errorf("a reader caused another try: number %d was taken", again.Taken)
			}
			if run, err := d.MakeLists(ctx, office.ListOrder{}); err != nil || run.Refused != 1 || len(run.Faults) != 1 || !strings.HasPrefix(run.Faults[0].Fault, code) {
				t.Errorf("the day's run: %+v, %v", run, err)
			}
			if !strings.Contains(d.log.String(), "not published") {
				t.Errorf("the log says %s", d.log)
			}
			run, err := d.MakeLists(ctx, office.ListOrder{Kind: d.kind, Generation: 1, Partition: inHachinohe, Accept: true})
			now, _ := d.list(t, d.kind, inHachinohe)
			if err != nil || run.Made != 1 || now.Number <= after.Number || now.Fault != "" || !now.FaultAt.IsZero() {
				t.Errorf("published by somebody who looked: %+v, %v, %+v", run, err, now)
			}
		})
	}
}

// TestListsOfAClockSetBack: the newest list stays, and the run says so.
func TestListsOfAClockSetBack(t *testing.T) {
	t.Parallel()
	d := withCertificates(t, at(t, handedOver), certificate.Signature, certificate.OnCard, 1)
	before, _ := d.list(t, d.kind, inHachinohe)
	d.goTo(civil.DateOf(d.at).AddDays(-1))
	run, err := d.MakeLists(ctx, office.ListOrder{})
	if err != nil || run.Refused != 1 || !strings.HasPrefix(run.Faults[0].Fault, office.FaultClockBack) {
		t.Errorf("%+v, %v", run, err)
	}
	if after, _ := d.list(t, d.kind, inHachinohe); after.Number != before.Number || after.Taken != before.Taken {
		t.Errorf("%+v", after)
	}
}

// TestListOnDemand: a list of this instant names what was revoked a moment ago, and the next day's follows.
func TestListOnDemand(t *testing.T) {
	t.Parallel()
	d := withCertificates(t, at(t, handedOver), certificate.Signature, certificate.OnCard, 1)
	first, _ := d.list(t, d.kind, inHachinohe)
	revoked := d.at
	d.set(t, 0, certificate.Revoked, revoked, certificate.KeyCompromise)
	d.at = d.at.Add(time.Minute)
	run, err := d.MakeLists(ctx, office.ListOrder{Kind: d.kind, Generation: 1, Partition: inHachinohe, Now: true})
	if err != nil || run.Made != 1 {
		t.Fatalf("%+v, %v", run, err)
	}
	want := map[int]pki.RevokedEntry{0: {At: revoked, Reason: certificate.KeyCompromise}}
	says(t, "on demand", d.today(t), want)
	now, _ := d.list(t, d.kind, inHachinohe)
	if now.Number <= first.Number || !now.ThisUpdate.Equal(d.at.Truncate(time.Second)) {
		t.Errorf("%+v after %+v", now, first)
	}
	says(t, "made anew the same day", d.rebuilt(t), want)
	says(t, "the next day", d.nextDay(t), want)
	if next, _ := d.list(t, d.kind, inHachinohe); next.ThisUpdate != civil.DateOf(d.at).Start().UTC() {
		t.Errorf("the next day's list is of %s", next.ThisUpdate)
	}
}

// files are the lists in the folder.
func (d *desk) files(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(d.dir, "crl", "*", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	slices.Sort(found)
	return found
}

// TestListFiles: what is missing is said and made anew with a far number, what is damaged is not relied on, and what a crash left is cleared.
func TestListFiles(t *testing.T) {
	t.Parallel()
	d := withCertificates(t, at(t, handedOver), certificate.Signature, certificate.OnCard, 1)
	d.set(t, 0, certificate.Revoked, d.at, certificate.KeyCompromise)
	want := d.nextDay(t)
	current, _ := d.list(t, d.kind, inHachinohe)
	path := func(number int64) string {
		return filepath.Join(d.dir, "crl", "sign", "1", fmt.Sprintf("%s-%d.crl", inHachinohe, number))
	}
	for _, left := range []string{path(current.Number + 5), path(1), path(current.Number)[:len(path(current.Number))-len("02203-1.crl")] + ".new-1234.crl"} {
		if err := os.WriteFile(left, []byte{0x30}, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.PublishCRLs(ctx); err != nil {
		t.Fatal(err)
	}
	d.goTo(civil.DateOf(d.at).AddDays(1))
	if _, err := d.PublishCRLs(ctx); err != nil {
		t.Fatal(err)
	}
	says(t, "the day after", d.today(t), want)
	current, _ = d.list(t, d.kind, inHachinohe)
	if got := d.files(t); !slices.Contains(got, filepath.Base(path(current.Number))) || len(got) != 4 {
		t.Errorf("files %q for two partitions and two authorities", got)
	}

	if err := os.Remove(path(current.Number)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.List(ctx, d.kind, 1, inHachinohe); !errors.Is(err, office.ErrListMissing) {
		t.Errorf("a missing list: %v", err)
	}
	if !strings.Contains(d.log.String(), "missing in the data folder") {
		t.Errorf("the log says nothing")
	}
	if _, err := d.PublishCRLs(ctx); err != nil {
		t.Fatal(err)
	}
	says(t, "made anew", d.today(t), want)
	anew, _ := d.list(t, d.kind, inHachinohe)
	if anew.Number <= current.Number+1000 {
		t.Errorf("number %d after %d: a restored register may not know the last numbers", anew.Number, current.Number)
	}

	whole, err := os.ReadFile(path(anew.Number))
	if err != nil {
		t.Fatal(err)
	}
	whole[len(whole)/2] ^= 1
	if err := os.WriteFile(path(anew.Number), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	says(t, "the day after the damage", d.nextDay(t), want)
	if err := os.WriteFile(path(1), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestHeldCertificateExpires: one that expires while it is held was not good to its end; OCSP goes on saying so, and the lists until they have
// named it past its end.
func TestHeldCertificateExpires(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 2, 3))
	if err := only(d.Suspend(ctx, stopLine, d.card(t).ID, true)); err != nil {
		t.Fatal(err)
	}
	held := d.at
	over := d.certificates(t)[0].Until.AddDays(1)
	for days := range 3 {
		d.goTo(over.AddDays(days))
		d.workOff(t)
		for _, x := range d.certificates(t) {
			if x.State != certificate.Expired || !x.EndedAt.Equal(held) || x.Reason != certificate.CertificateHold {
				t.Errorf("CERT-010 %s is %s, %s since %s", x.Kind, x.State, x.Reason, x.EndedAt)
			}
			if s := d.ocsp(t, x); s.State != pki.Revoked || s.Reason != pki.Reason(certificate.CertificateHold) || !s.At.Equal(held) {
				t.Errorf("CERT-031 %s: %+v", x.Kind, s)
			}
			_, list := d.list(t, x.Kind, inHachinohe)
			var serial pki.Serial
			if err := serial.UnmarshalText([]byte(x.Serial)); err != nil {
				t.Fatal(err)
			}
			e, listed, err := list.Lookup(serial)
			if err != nil || listed != (days == 0) || listed && e.Reason != pki.Reason(certificate.CertificateHold) {
				t.Errorf("CERT-030 %s, %d days past its end: listed %t, %+v, %v", x.Kind, days, listed, e, err)
			}
		}
	}
}

// TestHeldCertificateRevoked: the reason changes, the date stays (section 9 of the profiles), so that no list changes a date.
func TestHeldCertificateRevoked(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 2, 3))
	if err := only(d.Suspend(ctx, stopLine, d.card(t).ID, true)); err != nil {
		t.Fatal(err)
	}
	held := d.at
	d.goTo(civil.Day(2026, 2, 10))
	if _, _, err := d.Notify(ctx, sumida, d.card(t).PersonID, office.NotifyRequest{RequestKey: "a key of a request", Kind: "death", Day: "2026-02-09"}); err != nil {
		t.Fatal(err)
	}
	for _, x := range d.certificates(t) {
		if x.State != certificate.Revoked || !x.EndedAt.Equal(held) || x.Reason == certificate.CertificateHold {
			t.Errorf("%s is %s, %s since %s; it was held since %s", x.Kind, x.State, x.Reason, x.EndedAt, held)
		}
	}
	d.goTo(civil.Day(2026, 2, 11))
	if run, err := d.MakeLists(ctx, office.ListOrder{}); err != nil || run.Refused > 0 {
		t.Errorf("%+v, %v", run, err)
	}
}

// TestListOfManyChanges: more changes than are held in memory come straight from the register, and are told once.
func TestListOfManyChanges(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("20,000 certificates take a while")
	}
	const many = 20_001
	d := withCertificates(t, at(t, handedOver), certificate.Signature, certificate.OnCard, many)
	d.today(t)
	d.write(t, func(tx office.Tx) error {
		for i := range d.all {
			x := d.all[i]
			x.State, x.EndedAt, x.Reason = certificate.Revoked, d.at, certificate.Superseded
			if err := tx.PutCertificate(x); err != nil {
				return err
			}
		}
		return nil
	})
	d.goTo(civil.DateOf(d.at).AddDays(1))
	first, _ := d.list(t, d.kind, inHachinohe)
	left := 0
	d.read(t, func(tx office.Tx) error {
		left = 0
		for _, err := range tx.Unlisted(d.kind, 1, inHachinohe) {
			if err != nil {
				return err
			}
			left++
		}
		return nil
	})
	if first.Entries != many || left != 0 {
		t.Errorf("%d entries of %d, %d are still marked", first.Entries, many, left)
	}
}

// TestListAskedFor: a list that somebody asked for is published on every day from then on.
func TestListAskedFor(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	d.list(t, certificate.Signature, "13107")
	d.goTo(civil.DateOf(d.at).AddDays(3))
	if _, err := d.PublishCRLs(ctx); err != nil {
		t.Fatal(err)
	}
	book, err := d.ListBook(ctx, operator)
	if err != nil || book.Behind != 0 {
		t.Errorf("%d lists are behind, %v", book.Behind, err)
	}
	for _, l := range book.Lines {
		if l.ThisUpdate != civil.DateOf(d.at).Start().UTC() {
			t.Errorf("%s is of %s", l.Partition, l.ThisUpdate)
		}
	}
}

// TestListOfAMunicipalityThatWas: what was issued in a ward that is none any more keeps its list; a code that never was gets none, and no row.
func TestListOfAMunicipalityThatWas(t *testing.T) {
	t.Parallel()
	d := at(t, handedOver)
	const nakaWard = "22131" // Hamamatsu-shi Naka-ku, until the end of 2023
	if list, _ := d.list(t, certificate.Signature, nakaWard); list.Number != 1 {
		t.Errorf("%+v", list)
	}
	for _, partition := range []string{"99999", "1", "../x"} {
		if _, err := d.MakeLists(ctx, office.ListOrder{Kind: certificate.Signature, Generation: 1, Partition: partition}); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%q: %v", partition, err)
		}
	}
	d.goTo(civil.DateOf(d.at).AddDays(1))
	if _, err := d.PublishCRLs(ctx); err != nil {
		t.Error(err)
	}
}
