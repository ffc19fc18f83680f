package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
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
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

const (
	listKills      = 15 // deaths on each engine
	listPartitions = 120
	listHolders    = 20 // certificates of each kind in each partition
)

// TestKilledLists kills runs that make every list anew, with SIGKILL at random points, while others read the lists and certificates are
// revoked: no number ever says two things, nobody ever reads half a list, and in the end the lists say what the register says.
func TestKilledLists(t *testing.T) {
	if testing.Short() {
		t.Skip("15 deaths on each engine take a while")
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killLists(t, "")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killLists(t, pgtest.Fresh(t))
	})
}

// listWorld is an installation whose lists are made by processes that die.
type listWorld struct {
	*testing.T
	dir, db    string
	pass       string // file
	office     *office.Office
	partitions []string
	holders    []certificate.Certificate
	mu         sync.Mutex
	seen       map[office.ListName][sha256.Size]byte
}

func killLists(t *testing.T, url string) {
	w := &listWorld{T: t, dir: filepath.Join(t.TempDir(), "d"), db: url, seen: map[office.ListName][sha256.Size]byte{}}
	withRegisters(t, w.dir, url, func(db *store.DB) {
		w.found(db)
		whole, dead := 2*time.Second, 0
		if begun := time.Now(); w.run(time.Minute) {
			whole = time.Since(begun)
		}
		ctx, stop := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		readers.Go(func() {
			for ctx.Err() == nil {
				w.read(w.partitions[mathrand.IntN(len(w.partitions))])
			}
		})
		for dead < listKills {
			w.revoke(db)
			if !w.run(time.Duration(mathrand.Int64N(int64(whole)))) {
				dead++
			}
			if dead%5 == 0 {
				for _, p := range w.partitions {
					w.read(p)
				}
			}
		}
		stop()
		readers.Wait()
		if !w.run(time.Minute) {
			t.Error("the last run did not end")
		}
		w.check()
		t.Logf("%d deaths, a run took about %s, %d lists were seen", dead, whole, len(w.seen))
	})
}

// found fills the registers with holders in many partitions, and founds the authorities.
func (w *listWorld) found(db *store.DB) {
	w.Helper()
	ctx := w.Context()
	w.pass = filepath.Join(w.TempDir(), "passphrase")
	lists, err := w.folder().Lists()
	if err := errors.Join(err, db.Migrate(ctx), os.WriteFile(w.pass, []byte("a passphrase\n"), 0o600)); err != nil {
		w.Fatal(err)
	}
	began := time.Now().AddDate(0, -2, 0)
	if err := office.FoundAuthorities(ctx, db, []byte("a passphrase"), began, rand.Reader); err != nil {
		w.Fatal(err)
	}
	w.office = &office.Office{Store: db, Clock: time.Now, Rand: rand.Reader, Lists: lists, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if w.office.CAs, err = office.OpenAuthorities(ctx, db, []byte("a passphrase")); err != nil {
		w.Fatal(err)
	}
	for _, m := range place.Municipalities(civil.DateOf(time.Now())) {
		if len(w.partitions) < listPartitions {
			w.partitions = append(w.partitions, m.Code.Five())
		}
	}
	err = db.Write(ctx, func(tx office.Tx) error {
		w.holders = nil
		p := register.Person{ID: "p1", Name: person.Name{Family: "試験", Given: "太郎"}, Birth: civil.Day(1980, 1, 1), Nationality: register.Japan,
			Residences: []register.Residence{{Municipality: "131075", Address: "東京都墨田区一丁目", From: civil.Day(1980, 1, 1)}}}
		c := card.Card{ID: "c1", PersonID: p.ID, State: card.Abolished, Issued: civil.DateOf(began), Until: civil.DateOf(began).AddYears(10)}
		if err := errors.Join(tx.PutPerson(p), tx.PutCard(c)); err != nil {
			return err
		}
		for _, partition := range w.partitions {
			for i := range listHolders {
				kind := certificate.Kinds[i%2]
				n, err := tx.NextCounter(kind, 1)
				if err != nil {
					return err
				}
				x := certificate.Certificate{Kind: kind, Generation: 1, Counter: n, Serial: w.office.CAs.Of(kind, 1).Serial(n).String(), CardID: c.ID, State: certificate.Valid,
					NotBefore: began, Until: civil.DateOf(began).AddYears(5), CommonName: "x", Partition: partition, DER: []byte{0x30}}
				if err := tx.PutCertificate(x); err != nil {
					return err
				}
				w.holders = append(w.holders, x)
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

func (w *listWorld) folder() *folder.Folder {
	f, err := folder.Open(w.dir, rand.Reader)
	if err != nil {
		w.Fatal(err)
	}
	return f
}

// revoke revokes some holders' certificates.
func (w *listWorld) revoke(db *store.DB) {
	w.Helper()
	for range 50 {
		x := &w.holders[mathrand.IntN(len(w.holders))]
		if x.State == certificate.Revoked {
			continue
		}
		x.State, x.EndedAt, x.Reason = certificate.Revoked, time.Now(), certificate.Superseded
		if err := db.Write(w.Context(), func(tx office.Tx) error { return tx.PutCertificate(*x) }); err != nil {
			w.Fatal(err)
		}
	}
}

// run makes every list anew, and dies after a while; true when it had ended by itself.
func (w *listWorld) run(after time.Duration) bool {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), after)
	defer cancel()
	args := []string{"crl", "make", "--now", "--data", w.dir, "--passphrase-file", w.pass}
	if w.db != "" {
		args = append(args, "--db", w.db)
	}
	program, err := exec.LookPath("mynumber")
	if err != nil {
		w.Fatal(err)
	}
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if ctx.Err() != nil && err != nil {
		return false
	}
	if err != nil || !strings.Contains(string(out), "refused 0") {
		w.Errorf("the run failed: %v\n%s", err, out)
	}
	return true
}

// read reads both lists of a partition as anybody may, whole and signed, and notes which number says what.
func (w *listWorld) read(partition string) {
	for _, kind := range certificate.Kinds {
		list, file, err := w.office.List(w.Context(), kind, 1, partition)
		if err != nil {
			w.Errorf("the list of %s: %v", partition, err)
			return
		}
		der, err := io.ReadAll(file)
		file.Close()
		if err != nil {
			w.Error(err)
			return
		}
		parsed, err := x509.ParseRevocationList(der)
		if err == nil {
			err = parsed.CheckSignatureFrom(w.office.CAs.Of(kind, 1).Certificate())
		}
		if err != nil || parsed.Number.Int64() != list.Number || fmt.Sprintf("%x", sha256.Sum256(der)) != list.SHA256 {
			w.Errorf("the list of %s, number %d, %d octets: %v", partition, list.Number, len(der), err)
			return
		}
		w.mu.Lock()
		sum, known := w.seen[list.Name()]
		if w.seen[list.Name()] = sha256.Sum256(der); known && !bytes.Equal(sum[:], list256(der)) {
			w.Errorf("number %d of %s says two things", list.Number, partition)
		}
		w.mu.Unlock()
	}
}

func list256(der []byte) []byte {
	sum := sha256.Sum256(der)
	return sum[:]
}

// check compares lists, files and register.
func (w *listWorld) check() {
	w.Helper()
	checked := 0
	err := w.office.CheckLists(w.Context(), office.ListOrder{}, func(p office.ListProof) {
		checked++
		if p.Faults != "" || p.Fault != "" {
			w.Errorf("%s/%s number %d: %s %s", p.Kind, p.Partition, p.Number, p.Faults, p.Fault)
		}
	})
	if err != nil || checked != 2*(len(w.partitions)+1) {
		w.Errorf("%d lists checked, %v", checked, err)
	}
	book, err := w.office.ListBook(w.Context(), office.Actor{Staff: "operator", Office: place.Issuer, Role: office.Operator})
	if err != nil {
		w.Fatal(err)
	}
	listed := int64(0)
	for _, c := range book.Lines {
		revoked := int64(0)
		for _, x := range w.holders {
			if x.Kind == c.Kind && x.Partition == c.Partition && x.State == certificate.Revoked && x.EndedAt.Truncate(time.Microsecond).Before(c.ThisUpdate) {
				revoked++
			}
		}
		if c.Entries != revoked {
			w.Errorf("%s/%s: %d entries, %d certificates were revoked before %s", c.Kind, c.Partition, c.Entries, revoked, c.ThisUpdate)
		}
		listed += c.Entries
	}
	if listed == 0 {
		w.Error("the lists are empty")
	}
	files, err := filepath.Glob(filepath.Join(w.dir, "crl", "*", "1", "*"))
	halves, err2 := filepath.Glob(filepath.Join(w.dir, "crl", "*", "1", ".*"))
	if errors.Join(err, err2) != nil || len(files)+len(halves) != checked {
		w.Errorf("%d files and %q for %d lists", len(files), halves, checked)
	}
}
