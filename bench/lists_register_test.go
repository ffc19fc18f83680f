package bench

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// listOffice is an installation on SQLite with n revoked certificates in so many partitions.
type listOffice struct {
	*office.Office
	at         time.Time
	dir        string
	partitions []string
	db         *sql.DB
}

func newListOffice(b *testing.B, n, partitions int) *listOffice {
	b.Helper()
	o := &listOffice{dir: b.TempDir(), at: civil.Day(2026, 10, 28).Start().Add(9 * time.Hour)}
	f, err := folder.Make(o.dir, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	db, err := f.Registers("")
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	pass := []byte("a passphrase")
	if err := office.FoundAuthorities(b.Context(), db, pass, o.at.AddDate(-1, 0, 0), rand.Reader); err != nil {
		b.Fatal(err)
	}
	o.Office = &office.Office{Store: db, Clock: func() time.Time { return o.at }, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler)}
	if o.CAs, err = office.OpenAuthorities(b.Context(), db, pass); err != nil {
		b.Fatal(err)
	}
	if o.Lists, err = f.Lists(); err != nil {
		b.Fatal(err)
	}
	for _, m := range place.Municipalities(civil.DateOf(o.at)) {
		if len(o.partitions) < partitions {
			o.partitions = append(o.partitions, m.Code.Five())
		}
	}
	err = db.Write(b.Context(), func(tx office.Tx) error {
		p := register.Person{ID: "p1", Name: person.Name{Family: "試験", Given: "太郎"}, Birth: civil.Day(1980, 1, 1), Nationality: register.Japan,
			Residences: []register.Residence{{Municipality: "131075", Address: "東京都墨田区一丁目", From: civil.Day(1980, 1, 1)}}}
		if err := tx.PutPerson(p); err != nil {
			return err
		}
		return tx.PutCard(card.Card{ID: "c1", PersonID: p.ID, State: card.Abolished, Issued: civil.Day(2026, 1, 1), Until: civil.Day(2036, 1, 1)})
	})
	if err != nil {
		b.Fatal(err)
	}
	if o.db, err = sql.Open("sqlite", "file:"+f.Path("registers.db")+"?_pragma=synchronous(0)&_pragma=busy_timeout(10000)"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { o.db.Close() })
	o.fill(b, n)
	return o
}

// fill puts revoked certificates into the register, past the acts.
func (o *listOffice) fill(b *testing.B, n int) {
	b.Helper()
	defer o.withoutIndexes(b)()
	authority := o.CAs.Of(certificate.Signature, 1)
	for from := 0; from < n; from += 100_000 {
		tx, err := o.db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare(`INSERT INTO certificate (kind, generation, counter, serial, card_id, state, not_before, until, common_name, partition, der, ended_at, reason)
			VALUES (1, 1, ?, ?, 'c1', 'revoked', 0, '2031-01-01', 'x', ?, x'30', ?, 4)`)
		if err != nil {
			b.Fatal(err)
		}
		for i := from; i < min(n, from+100_000); i++ {
			if _, err := insert.Exec(i+1, authority.Serial(uint64(i+1)).String(), o.partitions[i%len(o.partitions)], o.at.AddDate(0, 0, -1-i%180).UnixMicro()); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// withoutIndexes takes the indexes of certificates away, and gives back what makes them again: at the end they are made in a fraction of the time.
func (o *listOffice) withoutIndexes(b *testing.B) (again func()) {
	b.Helper()
	rows, err := o.db.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'certificate' AND sql IS NOT NULL")
	if err != nil {
		b.Fatal(err)
	}
	made := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			b.Fatal(err)
		}
		made[name] = text
	}
	if err := rows.Close(); err != nil {
		b.Fatal(err)
	}
	for name := range made {
		if _, err := o.db.Exec("DROP INDEX " + name); err != nil {
			b.Fatal(err)
		}
	}
	return func() {
		for _, text := range made {
			if _, err := o.db.Exec(text); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// change puts n certificates into the register that were revoked today and stand in no list yet.
func (o *listOffice) change(b *testing.B, n int) {
	b.Helper()
	authority := o.CAs.Of(certificate.Signature, 1)
	var last int
	if err := o.db.QueryRow("SELECT max(counter) FROM certificate WHERE kind = 1").Scan(&last); err != nil {
		b.Fatal(err)
	}
	tx, err := o.db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		_, err := tx.Exec(`INSERT INTO certificate (kind, generation, counter, serial, card_id, state, not_before, until, common_name, partition, der, ended_at, reason, unlisted)
			VALUES (1, 1, ?, ?, 'c1', 'revoked', 0, '2031-01-01', 'x', ?, x'30', ?, 4, 1)`,
			last+i+1, authority.Serial(uint64(last+i+1)).String(), o.partitions[0], o.at.UnixMicro())
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// limit reads, hashes and writes the lists that there are, each with one signature, on one processor.
func (o *listOffice) limit(key *rsa.PrivateKey) error {
	files, err := filepath.Glob(filepath.Join(o.dir, "crl", "sign", "1", "*.crl"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%d lists, %w", len(files), err)
	}
	for _, name := range files {
		in, err := os.Open(name)
		if err != nil {
			return err
		}
		out, err := os.Create(filepath.Join(o.dir, "limit"))
		if err != nil {
			return err
		}
		sum := sha256.New()
		_, err = io.CopyBuffer(io.MultiWriter(out, sum), struct{ io.Reader }{in}, make([]byte, 128<<10))
		in.Close()
		if err != nil {
			return err
		}
		if _, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum.Sum(nil)); err != nil {
			return err
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkListRegister is P5 and P6 with everything around them: the number taken, the file on the disk, read back, checked against the one
// before, and recorded. One long list straight from the register in SQL, as after a restore (full); the same as the running store makes it every
// day, of yesterday's and what the register tells of since (daily); and the day's lists of the nation in the same way (day).
func BenchmarkListRegister(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	made := func(o *listOffice, order office.ListOrder) func() error {
		return func() error {
			o.at = o.at.AddDate(0, 0, 1)
			run, err := o.MakeLists(b.Context(), order)
			if err == nil && (run.Made == 0 || run.Refused > 0) {
				err = fmt.Errorf("%+v", run)
			}
			return err
		}
	}
	b.Run("full", func(b *testing.B) {
		o := newListOffice(b, revoked(b), 1)
		full := made(o, office.ListOrder{Kind: certificate.Signature, Generation: 1, Partition: o.partitions[0], Full: true})
		if err := full(); err != nil {
			b.Fatal(err)
		}
		times(b, func() error { return o.limit(key) }, full)
	})
	b.Run("daily", func(b *testing.B) {
		o := newListOffice(b, revoked(b), 1)
		order := office.ListOrder{Kind: certificate.Signature, Generation: 1, Partition: o.partitions[0]}
		daily := made(o, order)
		if err := daily(); err != nil {
			b.Fatal(err)
		}
		timesAfter(b, func() { o.change(b, 1000) }, func() error { return o.limit(key) }, daily)
	})
	b.Run("day", func(b *testing.B) {
		o := newListOffice(b, revoked(b), 1900)
		day := made(o, office.ListOrder{Kind: certificate.Signature, Generation: 1})
		if err := day(); err != nil {
			b.Fatal(err)
		}
		times(b, func() error { return o.limit(key) }, day)
	})
}
