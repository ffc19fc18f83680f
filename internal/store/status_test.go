package store

import (
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/status"
)

// certified are registers with a card, on which certificates can be put.
func certified(t *testing.T, db *DB) {
	t.Helper()
	write(t, db, func(tx office.Tx) error {
		for _, kind := range certificate.Kinds {
			if err := tx.PutAuthority(office.SealedAuthority{Kind: kind, Generation: 1, Sealed: []byte("sealed"), Created: midnight}); err != nil {
				return err
			}
		}
		if err := tx.PutPerson(somebody(t, "p1")); err != nil {
			return err
		}
		return tx.PutCard(card.Card{ID: "c1", PersonID: "p1", State: card.Active, Issued: civil.Day(2026, 1, 5), Until: civil.Day(2036, 1, 5)})
	})
}

var midnight = civil.Day(2026, 1, 5).Start()

func put(tx office.Tx, counter uint64, state certificate.State, at time.Time, why certificate.Reason) error {
	return tx.PutCertificate(certificate.Certificate{Serial: fmt.Sprintf("%032x", counter), Kind: certificate.Signature, Generation: 1, Counter: counter, CardID: "c1", State: state,
		NotBefore: midnight, Until: civil.Day(2031, 1, 5), CommonName: "cn", Partition: "13107", DER: []byte{1}, EndedAt: at, Reason: why})
}

func followed(t *testing.T, db *DB, dir string) *status.Follower {
	t.Helper()
	set, err := status.Open(dir, func(certificate.Kind, int) (time.Time, error) { return midnight.AddDate(-1, 0, 0), nil })
	if err != nil {
		t.Fatal(err)
	}
	return status.Follow(set, db, slog.New(slog.DiscardHandler))
}

// What the registers say of certificates is heard by whoever follows them, from whatever state: an empty folder, an old
// one, registers that forgot what they logged.
func TestStatusIsFollowed(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		certified(t, db)
		dir := filepath.Join(t.TempDir(), "status")
		at := midnight.Add(36*time.Hour + 5*time.Second)
		check := func(f *status.Follower, want map[uint64]pki.Status) {
			t.Helper()
			if err := f.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			for counter := range uint64(8) {
				got, err := f.Status(certificate.Signature, 1, counter)
				if w := want[counter]; err != nil || got.State != w.State || got.Reason != w.Reason || !got.At.Equal(w.At) {
					t.Errorf("certificate %d: %+v, %v; want %+v", counter, got, err, w)
				}
			}
		}
		write(t, db, func(tx office.Tx) error {
			return errors.Join(put(tx, 1, certificate.Planned, time.Time{}, 0), put(tx, 2, certificate.Issued, time.Time{}, 0), put(tx, 3, certificate.Valid, time.Time{}, 0),
				put(tx, 4, certificate.Held, at, certificate.CertificateHold), put(tx, 5, certificate.Revoked, at, certificate.Superseded), put(tx, 6, certificate.Valid, time.Time{}, 0))
		})
		want := map[uint64]pki.Status{3: {State: pki.Good}, 4: {State: pki.Revoked, At: at, Reason: certificate.CertificateHold}, 5: {State: pki.Revoked, At: at, Reason: certificate.Superseded}, 6: {State: pki.Good}}
		f := followed(t, db, dir)
		check(f, want)
		write(t, db, func(tx office.Tx) error {
			return errors.Join(put(tx, 2, certificate.Valid, time.Time{}, 0), put(tx, 4, certificate.Revoked, at, certificate.CessationOfOperation), put(tx, 6, certificate.Expired, time.Time{}, 0))
		})
		want[2], want[4] = pki.Status{State: pki.Good}, pki.Status{State: pki.Revoked, At: at, Reason: certificate.CessationOfOperation}
		check(f, want)
		if err := db.Write(t.Context(), func(tx office.Tx) error {
			return errors.Join(put(tx, 3, certificate.Revoked, at, certificate.KeyCompromise), errors.New("taken back"))
		}); err == nil {
			t.Fatal("the act was not taken back")
		}
		check(f, want)
		f.Close()

		f = followed(t, db, dir) // an old folder
		check(f, want)
		write(t, db, func(tx office.Tx) error { return put(tx, 3, certificate.Revoked, at, certificate.KeyCompromise) })
		want[3] = pki.Status{State: pki.Revoked, At: at, Reason: certificate.KeyCompromise}
		f.Close()
		if n, err := db.ForgetStatus(t.Context(), time.Now().Add(time.Hour)); err != nil || n == 0 {
			t.Errorf("%d changes were forgotten, %v", n, err)
		}
		f = followed(t, db, dir)
		check(f, want)
		f.Close()
		fresh := followed(t, db, filepath.Join(t.TempDir(), "fresh"))
		check(fresh, want)
		fresh.Close()
	})
}

// A change that is numbered before another and committed after it is heard, whoever looked in between.
func TestStatusCommittedLate(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		if db.Engine() == "sqlite" {
			t.Skip("acts on SQLite follow each other")
		}
		certified(t, db)
		f := followed(t, db, filepath.Join(t.TempDir(), "status"))
		defer f.Close()
		heard := func(counter uint64) pki.State {
			t.Helper()
			if err := f.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			s, err := f.Status(certificate.Signature, 1, counter)
			if err != nil {
				t.Fatal(err)
			}
			return s.State
		}
		heard(1) // from now on it follows; before, it would wait for acts under way
		numbered, commit, done := make(chan struct{}), make(chan error), make(chan error)
		go func() {
			done <- db.Write(t.Context(), func(tx office.Tx) error {
				if err := put(tx, 1, certificate.Valid, time.Time{}, 0); err != nil {
					return err
				}
				numbered <- struct{}{}
				return <-commit
			})
		}()
		<-numbered
		write(t, db, func(tx office.Tx) error { return put(tx, 2, certificate.Valid, time.Time{}, 0) })
		if one, two := heard(1), heard(2); one != pki.Unknown || two != pki.Good {
			t.Errorf("while the first is under way: %s, %s", one, two)
		}
		commit <- nil
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if one := heard(1); one != pki.Good {
			t.Errorf("committed late: %s", one)
		}
	})
}

// Acts that commit in any order, some taken back, from many desks at once: whoever follows them meanwhile hears in the end what the
// registers say, and so does whoever begins in the middle.
func TestStatusUnderManyDesks(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		certified(t, db)
		const desks, acts, certificates = 6, 60, 40
		f := followed(t, db, filepath.Join(t.TempDir(), "status"))
		defer f.Close()
		var all sync.WaitGroup
		for desk := range desks {
			all.Go(func() {
				random := rand.New(rand.NewPCG(uint64(desk), 7))
				for range acts {
					counter, back := 1+random.Uint64N(certificates), random.IntN(5) == 0
					err := db.Write(t.Context(), func(tx office.Tx) error {
						state, at := certificate.Valid, time.Time{}
						if random.IntN(2) == 0 {
							state, at = certificate.Revoked, midnight.Add(time.Duration(random.IntN(1e6))*time.Second)
						}
						if err := put(tx, counter, state, at, certificate.Superseded); err != nil {
							return err
						}
						if back {
							return errBack
						}
						return nil
					})
					if err != nil && !errors.Is(err, errBack) {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan struct{})
		go func() { all.Wait(); close(done) }()
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
			}
			if err := f.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		for counter := uint64(1); counter <= certificates; counter++ {
			var c certificate.Certificate
			err := db.Read(t.Context(), func(tx office.Tx) (err error) {
				c, err = tx.Certificate(certificate.Signature, 1, counter)
				return err
			})
			if errors.Is(err, office.ErrNotFound) {
				continue
			}
			got, errStatus := f.Status(certificate.Signature, 1, counter)
			if err != nil || errStatus != nil || (got.State == pki.Good) != (c.State == certificate.Valid) || got.State == pki.Revoked && (!got.At.Equal(c.EndedAt) || got.Reason != c.Reason) {
				t.Errorf("certificate %d is heard as %+v (%v), the registers say %s since %s (%v)", counter, got, errStatus, c.State, c.EndedAt, err)
			}
		}
	})
}

var errBack = errors.New("taken back")
