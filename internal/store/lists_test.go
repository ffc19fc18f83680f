package store

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
)

// withCard is registers with an authority and a card, on which certificates can lie.
func withCard(t *testing.T, db *DB, now time.Time) {
	t.Helper()
	write(t, db, func(tx office.Tx) error {
		return errors.Join(
			tx.PutPerson(somebody(t, "p1")),
			tx.PutAuthority(office.SealedAuthority{Kind: certificate.Signature, Generation: 1, Sealed: []byte{1}, Created: now}),
			tx.PutCard(card.Card{ID: "c1", PersonID: "p1", State: card.Planned, Issued: civil.Day(2025, 11, 20), Until: civil.Day(2035, 5, 17)}))
	})
}

// TestListNumbers: a number is taken once, and only a list whose number was taken becomes current.
func TestListNumbers(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		now := time.Date(2025, 11, 20, 1, 2, 3, 0, time.UTC)
		l := office.CRL{Kind: certificate.Signature, Generation: 1, Partition: "02203", ThisUpdate: now, NextUpdate: now.Add(time.Hour), EndedBefore: civil.Day(2025, 11, 20), Entries: 3, Size: 1, SHA256: "aa", Made: now}
		for _, gap := range []int64{0, 10} {
			write(t, db, func(tx office.Tx) (err error) {
				l.Number, err = tx.TakeCRLNumber(l.Kind, l.Generation, l.Partition, gap)
				return err
			})
		}
		if l.Number != 12 {
			t.Errorf("number %d after 1 and a gap of 10", l.Number)
		}
		write(t, db, func(tx office.Tx) error { return tx.PutCRL(l) })
		for name, number := range map[string]int64{"a number that nobody took": 13, "the same number again": 12, "a lower one": 11} {
			other := l
			other.Number = number
			if err := db.Write(t.Context(), func(tx office.Tx) error { return tx.PutCRL(other) }); !errors.Is(err, office.ErrStale) {
				t.Errorf("%s: %v, want ErrStale", name, err)
			}
		}
		l.Taken, l.Fault, l.FaultAt = 12, "vanished x", now.Add(time.Minute)
		write(t, db, func(tx office.Tx) error { return tx.PutCRLFault(l) })
		write(t, db, func(tx office.Tx) error {
			got, err := tx.CRL(l.Kind, l.Generation, l.Partition)
			if err != nil || got != l {
				t.Errorf("read back as %+v, want %+v; %v", got, l, err)
			}
			all, err := tx.CRLs()
			if err != nil || len(all) != 1 || all[0] != l {
				t.Errorf("all of them: %+v, %v", all, err)
			}
			_, err = tx.CRL(l.Kind, l.Generation, "13107")
			if !errors.Is(err, office.ErrNotFound) {
				t.Errorf("another partition: %v", err)
			}
			return nil
		})
	})
}

// TestListMarks: what a list does not say yet is marked by whatever changes it, and by nothing else.
func TestListMarks(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		now := time.Date(2025, 11, 20, 1, 2, 3, 0, time.UTC)
		withCard(t, db, now)
		x := certificate.Certificate{Kind: certificate.Signature, Generation: 1, Counter: 7, Serial: "40aa", CardID: "c1", State: certificate.Issued,
			NotBefore: now, Until: civil.Day(2030, 5, 17), CommonName: "x", Partition: "02203", DER: []byte{0x30}}
		read := func(f func(tx office.Tx) iter.Seq2[office.Revocation, error]) (out []office.Revocation) {
			t.Helper()
			write(t, db, func(tx office.Tx) error {
				out = nil
				for r, err := range f(tx) {
					if err != nil {
						return err
					}
					out = append(out, r)
				}
				return nil
			})
			return out
		}
		marked := func() []office.Revocation {
			return read(func(tx office.Tx) iter.Seq2[office.Revocation, error] { return tx.Unlisted(x.Kind, 1, "02203") })
		}
		listed := func(r office.Revocation) {
			write(t, db, func(tx office.Tx) error { return tx.MarkListed(x.Kind, 1, r) })
		}
		put := func(state certificate.State, at time.Time, reason certificate.Reason) {
			x.State, x.EndedAt, x.Reason = state, at, reason
			write(t, db, func(tx office.Tx) error { return tx.PutCertificate(x) })
		}
		now = now.Add(time.Hour)
		for _, c := range []struct {
			what   string
			state  certificate.State
			at     time.Time
			reason certificate.Reason
			marked bool
		}{
			{"issued", certificate.Issued, time.Time{}, 0, false},
			{"handed over", certificate.Valid, time.Time{}, 0, false},
			{"held", certificate.Held, now, certificate.CertificateHold, true},
			{"revoked", certificate.Revoked, now, certificate.CessationOfOperation, true},
			{"written again", certificate.Revoked, now, certificate.CessationOfOperation, false},
			{"released", certificate.Valid, time.Time{}, 0, true},
			{"held again", certificate.Held, now.Add(time.Hour), certificate.CertificateHold, true},
			{"expired while held", certificate.Expired, now.Add(time.Hour), certificate.CertificateHold, false},
		} {
			put(c.state, c.at, c.reason)
			found := marked()
			if (len(found) == 1) != c.marked {
				t.Fatalf("%s: %d marks", c.what, len(found))
			}
			if !c.marked {
				continue
			}
			want := office.Revocation{Counter: 7, Serial: "40aa", State: c.state, Carrier: certificate.OnCard, Until: x.Until, EndedAt: c.at, Reason: c.reason}
			if found[0] != want {
				t.Errorf("%s: %+v, want %+v", c.what, found[0], want)
			}
			other := found[0]
			other.Reason, other.EndedAt = 3, now.Add(time.Minute)
			if listed(other); len(marked()) != 1 {
				t.Errorf("%s: the mark is gone, though the list says something else", c.what)
			}
			if listed(found[0]); len(marked()) != 0 {
				t.Errorf("%s: the mark stays, though the list says it", c.what)
			}
		}
		for from, n := range map[civil.Date]int{x.Until: 1, x.Until.AddDays(1): 0, {}: 1} {
			got := read(func(tx office.Tx) iter.Seq2[office.Revocation, error] {
				return tx.RevokedUntil(x.Kind, 1, "02203", from, x.Until.AddDays(2))
			})
			if len(got) != n {
				t.Errorf("last day from %s on: %d, want %d", from, len(got), n)
			}
			whole := read(func(tx office.Tx) iter.Seq2[office.Revocation, error] {
				return tx.Revoked(x.Kind, 1, "02203", now.AddDate(1, 0, 0), from)
			})
			if len(whole) != n {
				t.Errorf("the whole list without what ended before %s: %d, want %d", from, len(whole), n)
			}
			write(t, db, func(tx office.Tx) error {
				all, reasoned, late, err := tx.RevokedCount(x.Kind, 1, "02203", now.AddDate(1, 0, 0), from)
				if all != int64(n) || reasoned != int64(n) || late != 0 || err != nil {
					t.Errorf("counted %d, %d, %d, %v; want %d", all, reasoned, late, err, n)
				}
				return err
			})
		}
	})
}

// TestPartitions: each partition in which the key issued, once.
func TestPartitions(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		now := time.Date(2025, 11, 20, 1, 2, 3, 0, time.UTC)
		withCard(t, db, now)
		names := []string{"01100", "02203", "13107", "13221", "47382"}
		write(t, db, func(tx office.Tx) error {
			for i := range 40 {
				x := certificate.Certificate{Kind: certificate.Signature, Generation: 1, Counter: uint64(i + 1), Serial: fmt.Sprintf("40%02x", i), CardID: "c1", State: certificate.Issued,
					NotBefore: now, Until: civil.Day(2030, 5, 17), CommonName: "x", Partition: names[(i*3)%len(names)], DER: []byte{0x30}}
				if err := tx.PutCertificate(x); err != nil {
					return err
				}
			}
			return nil
		})
		write(t, db, func(tx office.Tx) error {
			got, err := tx.Partitions(certificate.Signature, 1)
			if err != nil || !slices.Equal(got, names) {
				t.Errorf("%v, %v", got, err)
			}
			none, err := tx.Partitions(certificate.UserAuthentication, 1)
			if err != nil || len(none) > 0 {
				t.Errorf("of a key that issued nothing: %v, %v", none, err)
			}
			return nil
		})
	})
}
