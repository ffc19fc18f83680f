package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
	"mynumber/internal/store/pgtest"
)

func testVault(t *testing.T) *Vault {
	t.Helper()
	v, err := NewVault(bytes.Repeat([]byte{7}, VaultKeySize), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// engines opens empty registers on every engine that is at hand.
func engines(t *testing.T, f func(*testing.T, *DB)) {
	t.Run("sqlite", func(t *testing.T) {
		db, err := OpenSQLite(filepath.Join(t.TempDir(), "registers.db"), testVault(t))
		if err != nil {
			t.Fatal(err)
		}
		run(t, db, f)
	})
	t.Run("postgres", func(t *testing.T) {
		db, err := OpenPostgres(pgtest.Fresh(t), testVault(t))
		if err != nil {
			t.Fatal(err)
		}
		run(t, db, f)
	})
}

func run(t *testing.T, db *DB, f func(*testing.T, *DB)) {
	t.Helper()
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	f(t, db)
}

func write(t *testing.T, db *DB, f func(office.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// somebody is an invented person.
func somebody(t *testing.T, id string) register.Person {
	t.Helper()
	n, err := person.GenerateNumber(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	code, err := person.GenerateResidentRecordCode(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return register.Person{ID: id, Number: n, Code: code, Birth: civil.Day(1988, 5, 17), Name: person.Name{Family: "佐藤", Given: "光", FamilyKana: "サトウ", GivenKana: "ヒカリ"}, Sex: person.Female}
}

func filed(id string) application.Application {
	return application.Application{ID: id, RequestKey: "key-" + id, State: application.Applied, Filed: civil.Day(2025, 10, 28),
		Accepting: "131075", InCharge: "022039", Pickup: "131075", Form: application.Form{Honseki: "022039", Birth: civil.Day(1988, 5, 17)}}
}

func TestApplications(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		n, err := person.GenerateNumber(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		a := filed("a1")
		a.Form.Number = n
		write(t, db, func(tx office.Tx) error { return tx.PutApplication(a) })
		var got application.Application
		write(t, db, func(tx office.Tx) error {
			got, err = tx.Application("a1")
			return err
		})
		if got.Version != 1 || got.Form.Number != n || got.Form.Birth != a.Form.Birth || got.InCharge != "022039" {
			t.Errorf("read back: %+v", got)
		}
		t.Run("two desks, one record", func(t *testing.T) {
			first, second := got, got
			first.State = application.Forwarded
			write(t, db, func(tx office.Tx) error { return tx.PutApplication(first) })
			err := db.Write(t.Context(), func(tx office.Tx) error { return tx.PutApplication(second) })
			if !errors.Is(err, office.ErrStale) {
				t.Errorf("got %v, want ErrStale", err)
			}
		})
		t.Run("one request files once", func(t *testing.T) {
			twice := filed("a2")
			twice.RequestKey = a.RequestKey
			err := db.Write(t.Context(), func(tx office.Tx) error { return tx.PutApplication(twice) })
			if !errors.Is(err, office.ErrTaken) {
				t.Errorf("got %v, want ErrTaken", err)
			}
		})
		t.Run("a state without its facts is refused by the table", func(t *testing.T) {
			bad := filed("a3")
			bad.State = application.HandedOver
			if err := db.Write(t.Context(), func(tx office.Tx) error { return tx.PutApplication(bad) }); err == nil {
				t.Error("handed over without person, application ID and card")
			}
		})
		t.Run("queue", func(t *testing.T) {
			for office1, want := range map[place.Code]int{"131075": 1, "022039": 1, "011002": 0} {
				var lines []application.Application
				write(t, db, func(tx office.Tx) error {
					lines, err = tx.Queue(office1, application.Life.States, 10)
					return err
				})
				if len(lines) != want {
					t.Errorf("%s sees %d applications, want %d", office1, len(lines), want)
				}
			}
		})
		t.Run("queue in both orders", func(t *testing.T) {
			later := filed("later")
			later.Filed = later.Filed.AddDays(1)
			write(t, db, func(tx office.Tx) error {
				if err := tx.PutApplication(later); err != nil {
					return err
				}
				for newest, list := range map[bool]func(place.Code, []application.State, int) ([]application.Application, error){false: tx.Queue, true: tx.Recent} {
					lines, err := list(place.Issuer, application.Life.States, 1)
					if err != nil {
						return err
					}
					if len(lines) != 1 || (lines[0].ID == later.ID) != newest {
						t.Errorf("the newest first: %v, got %+v", newest, lines)
					}
				}
				return nil
			})
		})
		t.Run("not there", func(t *testing.T) {
			err := db.Read(t.Context(), func(tx office.Tx) error {
				_, err := tx.Application("nobody")
				return err
			})
			if !errors.Is(err, office.ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		})
	})
}

func TestPersons(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		p := somebody(t, "p1")
		write(t, db, func(tx office.Tx) error { return tx.PutPerson(p) })
		write(t, db, func(tx office.Tx) error {
			byNumber, err := tx.PersonByNumber(p.Number)
			if err != nil {
				return err
			}
			if byNumber.ID != "p1" || byNumber.Number != p.Number || byNumber.Code != p.Code || byNumber.Name != p.Name {
				t.Errorf("by number: %s", byNumber.ID)
			}
			born, err := tx.PersonsBorn(p.Birth)
			if len(born) != 1 {
				t.Errorf("born that day: %d", len(born))
			}
			return err
		})
		var raw []byte
		if err := db.read.QueryRow("SELECT number_sealed FROM person WHERE id = 'p1'").Scan(&raw); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(p.Number.Digits())) {
			t.Error("the number lies open in the register")
		}
		var doc string
		if err := db.read.QueryRow("SELECT doc FROM person WHERE id = 'p1'").Scan(&doc); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(doc, p.Number.Digits()) || strings.Contains(doc, p.Code.Digits()) {
			t.Error("the number or the code lies open in the document")
		}
	})
}

// Many people at once: all of them, with and without a number, or none.
func TestInsertPeople(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		people := make([]register.Person, 150)
		for i := range people {
			people[i] = somebody(t, fmt.Sprintf("p%03d", i))
			if i%10 == 3 {
				people[i].Number = person.Number{}
			}
			if i%10 == 7 {
				people[i].Code = person.ResidentRecordCode{}
			}
		}
		write(t, db, func(tx office.Tx) error { return tx.InsertPeople(people) })
		again := []register.Person{somebody(t, "new"), somebody(t, "other")}
		again[1].Number = people[149].Number
		write(t, db, func(tx office.Tx) error {
			if err := tx.InsertPeople(again); !errors.Is(err, office.ErrTaken) {
				t.Errorf("a number that is taken: %v, want ErrTaken", err)
			}
			if _, err := tx.Person("new"); !errors.Is(err, office.ErrNotFound) {
				t.Errorf("half of them are there: %v", err)
			}
			for _, p := range people {
				got, err := tx.Person(p.ID)
				if err != nil {
					return err
				}
				if got.Number != p.Number || got.Code != p.Code || got.Name != p.Name || got.Birth != p.Birth {
					t.Errorf("%s was read back otherwise", p.ID)
				}
			}
			return nil
		})
	})
}

func TestCardsAndCertificates(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		now := time.Date(2025, 11, 20, 1, 2, 3, 0, time.UTC)
		c := card.Card{ID: "c1", PersonID: "p1", State: card.Planned, Issued: civil.Day(2025, 11, 20), Until: civil.Day(2035, 5, 17)}
		write(t, db, func(tx office.Tx) error {
			if err := tx.PutPerson(somebody(t, "p1")); err != nil {
				return err
			}
			if err := tx.PutAuthority(office.SealedAuthority{Kind: certificate.Signature, Generation: 1, Sealed: []byte{1}, Created: now}); err != nil {
				return err
			}
			return tx.PutCard(c)
		})
		var counters []uint64
		for range 3 {
			write(t, db, func(tx office.Tx) error {
				n, err := tx.NextCounter(certificate.Signature, 1)
				counters = append(counters, n)
				return err
			})
		}
		if fmt.Sprint(counters) != "[1 2 3]" {
			t.Errorf("counters: %v", counters)
		}
		x := certificate.Certificate{Kind: certificate.Signature, Generation: 1, Counter: 3, Serial: "40aa", CardID: "c1", State: certificate.Planned,
			NotBefore: now, Until: civil.Day(2030, 5, 17), CommonName: "x", Partition: "02203"}
		write(t, db, func(tx office.Tx) error { return tx.PutCertificate(x) })
		x.State, x.DER = certificate.Issued, []byte{0x30}
		write(t, db, func(tx office.Tx) error { return tx.PutCertificate(x) })
		x.State, x.EndedAt, x.Reason = certificate.Held, now.Add(time.Hour), certificate.CertificateHold
		write(t, db, func(tx office.Tx) error { return tx.PutCertificate(x) })
		for before, want := range map[time.Time]int{now.Add(time.Hour): 0, now.Add(time.Hour + time.Microsecond): 1} {
			n := 0
			write(t, db, func(tx office.Tx) error {
				n = 0
				for got, err := range tx.Revoked(certificate.Signature, 1, "02203", before, civil.Date{}) {
					if err != nil {
						return err
					}
					if got.Reason != certificate.CertificateHold || !got.EndedAt.Equal(x.EndedAt) {
						t.Errorf("revoked: %+v", got)
					}
					n++
				}
				return nil
			})
			if n != want {
				t.Errorf("%d entries before %s, want %d", n, before, want)
			}
		}
		t.Run("at most one card that works", func(t *testing.T) {
			c.Version, c.State = 1, card.Active
			write(t, db, func(tx office.Tx) error { return tx.PutCard(c) })
			second := card.Card{ID: "c2", PersonID: "p1", State: card.Active, Issued: c.Issued, Until: c.Until}
			err := db.Write(t.Context(), func(tx office.Tx) error { return tx.PutCard(second) })
			if !errors.Is(err, office.ErrTaken) {
				t.Errorf("got %v, want ErrTaken", err)
			}
		})
	})
}

func TestAttemptTakesBack(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		refused := errors.New("refused")
		write(t, db, func(tx office.Tx) error {
			err := tx.Attempt(func() error {
				if err := tx.PutSetting("inside", "1"); err != nil {
					return err
				}
				return refused
			})
			if !errors.Is(err, refused) {
				t.Errorf("got %v", err)
			}
			return tx.PutSetting("outside", "1")
		})
		write(t, db, func(tx office.Tx) error {
			if _, err := tx.Setting("inside"); !errors.Is(err, office.ErrNotFound) {
				t.Errorf("what was taken back is there: %v", err)
			}
			_, err := tx.Setting("outside")
			return err
		})
	})
}

func TestNothingOfAFailedActStays(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		broken := errors.New("broken")
		err := db.Write(t.Context(), func(tx office.Tx) error {
			if _, err := tx.AppendJournal(journal.Entry{Office: "131075", Act: "x", Outcome: journal.Done}); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		write(t, db, func(tx office.Tx) error {
			heads, err := tx.JournalHeads()
			if len(heads) != 0 {
				t.Errorf("heads: %v", heads)
			}
			return err
		})
	})
}

func TestJournalChains(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		// Desks of two offices write at the same time; every chain stays whole.
		var group sync.WaitGroup
		for desk := range 4 {
			group.Go(func() {
				for i := range 10 {
					err := db.Write(context.Background(), func(tx office.Tx) error {
						_, err := tx.AppendJournal(journal.Entry{Office: []string{"131075", "022039"}[desk%2], At: time.Now(), Actor: fmt.Sprint(desk), Act: "act", Subject: fmt.Sprint(i), Rules: []string{"ABR-021"}, Outcome: journal.Done})
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		verify := func() error {
			return db.Read(t.Context(), func(tx office.Tx) error {
				heads, err := tx.JournalHeads()
				if err != nil {
					return err
				}
				if len(heads) != 2 || heads[0].Seq != 20 || heads[1].Seq != 20 {
					t.Errorf("heads: %v", heads)
				}
				for _, h := range heads {
					if err := journal.Verify(h, tx.Journal(h.Office)); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err := verify(); err != nil {
			t.Fatal(err)
		}
		if _, err := db.write.Exec("UPDATE journal SET actor = 'somebody else' WHERE office = '022039' AND seq = 7"); err != nil {
			t.Fatal(err)
		}
		var fault *journal.Fault
		if err := verify(); !errors.As(err, &fault) || fault.Office != "022039" || fault.Seq != 7 {
			t.Errorf("got %v, want a fault at entry 7 of 022039", err)
		}
	})
}

// A clock that was set back: what the clock said is on record, the chain says what came first.
func TestClockSetBack(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		noon := time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)
		for _, e := range []struct {
			office string
			after  time.Duration
			act    string
		}{
			{"131075", 0, "first"},
			{"022039", time.Minute, "elsewhere"},
			{"131075", -24 * time.Hour, "a day earlier by the clock"},
			{"131075", time.Hour, "right again"},
		} {
			write(t, db, func(tx office.Tx) error {
				_, err := tx.AppendJournal(journal.Entry{Office: e.office, At: noon.Add(e.after), Actor: "a", Act: e.act, Subject: "application/a", Outcome: journal.Done})
				return err
			})
		}
		err := db.Read(t.Context(), func(tx office.Tx) error {
			heads, err := tx.JournalHeads()
			if err != nil {
				return err
			}
			for _, h := range heads {
				if err := journal.Verify(h, tx.Journal(h.Office)); err != nil {
					t.Error(err)
				}
			}
			entries, err := tx.JournalOf("application/a")
			var acts []string
			for _, e := range entries {
				acts = append(acts, e.Act)
				if e.Act == "a day earlier by the clock" && !e.At.Equal(noon.Add(-24*time.Hour)) {
					t.Errorf("the record says %s", e.At)
				}
			}
			if want := "[first a day earlier by the clock elsewhere right again]"; fmt.Sprint(acts) != want {
				t.Errorf("%v, want %s", acts, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestSealedValuesStayInPlace(t *testing.T) {
	v := testVault(t)
	sealed, err := v.seal("123456789018", "person/a")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := v.open(sealed, "person/a"); err != nil || text != "123456789018" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := v.open(sealed, "person/b"); !errors.Is(err, errSealed) {
		t.Errorf("opened for another person: %v", err)
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := v.open(sealed, "person/a"); !errors.Is(err, errSealed) {
		t.Errorf("opened with a changed byte: %v", err)
	}
}

// A lost key that was made anew does not open the registers, and writes nothing into them.
func TestAnotherKey(t *testing.T) {
	engines(t, func(t *testing.T, db *DB) {
		for _, c := range []struct {
			key  byte
			want error
		}{{7, nil}, {8, ErrOtherKey}, {7, nil}} {
			vault, err := NewVault(bytes.Repeat([]byte{c.key}, VaultKeySize), rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			with := *db
			with.vault = vault
			if err := with.Migrate(t.Context()); !errors.Is(err, c.want) {
				t.Errorf("key %d: %v, want %v", c.key, err, c.want)
			}
		}
	})
}
