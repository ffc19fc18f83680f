// Package bench measures the registers beside what limits them: each figure and its limit in the same run, one after the other,
// several times, as medians. A machine is noisy; the ratio is what counts. The figures are in docs/performance.md.
//
//	go test ./bench -run xxx -bench .
package bench

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
	"mynumber/internal/store"
)

// rounds is how often a figure and its limit take turns.
const rounds = 30

// run is what was done in a time: how often a second, and with how much of this process's CPU each time.
type run struct {
	rate float64
	cpu  time.Duration
}

// rate runs something for a while; work does it once, n times at a go.
func rate(b *testing.B, lasts time.Duration, n int, work func() error) run {
	b.Helper()
	return timed(func(begun time.Time) (done int) {
		for time.Since(begun) < lasts {
			if err := work(); err != nil {
				b.Fatal(err)
			}
			done += n
		}
		return done
	})
}

func timed(work func(begun time.Time) (done int)) run {
	begun, used := time.Now(), cpu(syscall.RUSAGE_SELF)
	done := work(begun)
	return run{float64(done) / time.Since(begun).Seconds(), (cpu(syscall.RUSAGE_SELF) - used) / time.Duration(max(done, 1))}
}

// cpu is the CPU time used so far.
func cpu(who int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// beside measures limit and ours in turns and reports the medians and their ratio.
func beside(b *testing.B, rounds int, limit, ours func() run) {
	b.Helper()
	var limits, figures, ratios, limitCPU, ourCPU []float64
	for range rounds {
		l, o := limit(), ours()
		limits, figures, ratios = append(limits, l.rate), append(figures, o.rate), append(ratios, o.rate/l.rate)
		limitCPU, ourCPU = append(limitCPU, float64(l.cpu.Microseconds())), append(ourCPU, float64(o.cpu.Microseconds()))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(limits), "limit/s")
	b.ReportMetric(median(figures), "ours/s")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(median(limitCPU), "limit-µs-CPU")
	b.ReportMetric(median(ourCPU), "ours-µs-CPU")
}

func median[T float64 | time.Duration](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}

// percentile is the time that so many of a hundred do not pass.
func percentile(all []time.Duration, of int) time.Duration {
	slices.Sort(all)
	return all[min(len(all)*of/100, len(all)-1)]
}

// vault is a key for registers that are thrown away.
func vault(b *testing.B) *store.Vault {
	b.Helper()
	v, err := store.NewVault(bytes.Repeat([]byte{7}, store.VaultKeySize), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// onSQLite opens empty registers in a file.
func onSQLite(b *testing.B) (db *store.DB, file string) {
	b.Helper()
	file = filepath.Join(b.TempDir(), "registers.db")
	db, err := store.OpenSQLite(file, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	return db, file
}

func ready(b *testing.B, db *store.DB) {
	b.Helper()
	b.Cleanup(func() { db.Close() })
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// form is an application's form of a usual length.
func form(b *testing.B) application.Form {
	b.Helper()
	text, err := os.ReadFile("../internal/demo/life/sato.json")
	if err != nil {
		b.Fatal(err)
	}
	var raw application.RawForm
	if err := json.Unmarshal(text, &raw); err != nil {
		b.Fatal(err)
	}
	f, faults := raw.Parse(civil.Day(2025, 10, 28))
	if faults != nil {
		b.Fatal(faults)
	}
	return f
}

// fill puts n applications into the registers, of as many offices as asked, and returns them.
func fill(b *testing.B, db *store.DB, n, offices int, state application.State) []application.Application {
	b.Helper()
	f := form(b)
	all := make([]application.Application, n)
	for i := range all {
		at := place.Code(fmt.Sprintf("%06d", 10000+i%offices))
		if offices == 1 {
			at = demo.Sumida
		}
		all[i] = application.Application{ID: key(i), RequestKey: fmt.Sprint("key ", i), State: state, Filed: civil.Day(2025, 10, 28), Accepting: at, InCharge: at, Overseas: true, Pickup: at,
			Form: f, Papers: application.Custody{With: application.OnTheWay, Office: at}}
	}
	for chunk := range slices.Chunk(all, 500) {
		err := db.Write(b.Context(), func(tx office.Tx) error {
			for _, a := range chunk {
				if err := tx.PutApplication(a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for i := range all {
		all[i].Version = 1
	}
	return all
}

// key is a key as the office draws them: anywhere among the others.
func key(i int) string {
	sum := sha256.Sum256([]byte(strconv.Itoa(i)))
	return hex.EncodeToString(sum[:13])
}

// entry is what an act writes into the journal.
func entry(a application.Application) journal.Entry {
	return journal.Entry{Office: string(a.Accepting), At: time.Now(), Actor: "sumida", Act: "receive_papers", Subject: "application/" + a.ID, Rules: []string{"APP-021", "ABR-024"}, Outcome: journal.Done, Detail: string(a.State)}
}

// update is an act as the registers see it: the case is read and changed, and the journal has an entry.
func update(tx office.Tx, id string) error {
	a, err := tx.Application(id)
	if err != nil {
		return err
	}
	if err := tx.PutApplication(a); err != nil {
		return err
	}
	_, err = tx.AppendJournal(entry(a))
	return err
}

// somebody is an invented person for a bulk load.
func somebody(b *testing.B, i int) register.Person {
	b.Helper()
	number, err := person.NumberFrom(fmt.Sprintf("%011d", 10000000000+i))
	if err != nil {
		b.Fatal(err)
	}
	var code person.ResidentRecordCode
	for digit := range 10 { // one of them is right
		if code, err = person.ParseResidentRecordCode(fmt.Sprintf("%010d%d", 1000000000+i, digit)); err == nil {
			break
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	return register.Person{ID: fmt.Sprintf("p%025d", i), Number: number, Code: code, Birth: civil.Day(1930, 1, 1).AddDays(i % 30000), Sex: person.Female, Nationality: register.Japan,
		Name:           person.Name{Family: "佐藤", Given: "光", FamilyKana: "サトウ", GivenKana: "ヒカリ"},
		Residences:     []register.Residence{{Municipality: demo.Sumida, Address: "東京都墨田区吾妻橋一丁目23番20号", From: civil.Day(2015, 4, 1), Reason: register.MovedIn}},
		FamilyRegister: &register.SupplementaryFamilyRegister{Honseki: demo.Hachinohe, Since: civil.Day(1990, 1, 1)}}
}
