package batch_test

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"mynumber/internal/batch"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/office"
)

// sizes reads the sizes of the benchmark from MYNUMBER_BENCH_CARDS, as in "10000,1000000", and the rows of a day from
// MYNUMBER_BENCH_DUE.
func sizes(b *testing.B) (cards []int, due int) {
	b.Helper()
	list, each := "100000,300000", "1000"
	if s := os.Getenv("MYNUMBER_BENCH_CARDS"); s != "" {
		list = s
	}
	if s := os.Getenv("MYNUMBER_BENCH_DUE"); s != "" {
		each = s
	}
	for _, text := range strings.Split(list+","+each, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			b.Fatalf("%q: want a number", text)
		}
		cards = append(cards, n)
	}
	return cards[:len(cards)-1], cards[len(cards)-1]
}

var firstDay = civil.Day(2027, 1, 1)

// BenchmarkDay works off a day with the same number of rows, half of them cards that expire with their certificates and
// half notices, among more and more cards: its cost grows with what is due and not with the cards (P15). Goal: 20,000
// rows among 10 million cards in less than 60 s and 500 MB.
func BenchmarkDay(b *testing.B) {
	all, due := sizes(b)
	for _, cards := range all {
		b.Run(fmt.Sprintf("cards=%d", cards), func(b *testing.B) { workOffDays(b, cards, due) })
	}
}

func workOffDays(b *testing.B, cards, due int) {
	f, err := folder.Make(filepath.Join(b.TempDir(), "d"), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	db, err := f.Registers("")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	fill(b, f.Path("registers.db"), cards, due)
	b.Logf("%d cards filled in %s", cards, time.Since(begun).Round(time.Second))
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil {
		b.Logf("the peak of memory counts the filling too: %v", err)
	}
	day := firstDay
	o := &office.Office{Store: db, Clock: func() time.Time { return day.Start().Add(time.Hour) }, Rand: rand.Reader, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	work := &batch.Batch{Office: o, Log: o.Log}
	rows, days := 0, 0
	for b.Loop() {
		day, days = day.AddDays(1), days+1
		if _, err := work.CatchUp(b.Context(), func(w office.DayWork) { rows += w.Rows() }); err != nil {
			b.Fatal(err)
		}
	}
	if rows == 0 {
		b.Fatal("nothing was due: there are not enough cards for so many days")
	}
	b.ReportMetric(float64(rows)/float64(days), "rows/day")
	b.ReportMetric(b.Elapsed().Seconds()/float64(rows)*1e6, "µs/row")
	b.ReportMetric(peakMB(b), "MB-peak")
}

// fill puts people with their cards, certificates and rows straight into the tables, as settle would have them: so many
// cards expire on each day from the first on, and have their notice three months before.
func fill(b *testing.B, path string, cards, due int) {
	b.Helper()
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(off)&_pragma=cache_size(-200000)")
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	perDay := max(1, due/2)
	count := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) ", cards)
	until := fmt.Sprintf("date('%s', '+' || (i / %d) || ' days')", firstDay, perDay)
	notice := "date(" + until + ", '-3 months', '+1 day')"
	certificates := "INSERT INTO certificate (kind, generation, counter, serial, card_id, state, not_before, until, common_name, partition, der) " + count +
		"SELECT %[1]d, 1, i + 1, printf('%%016x', i), printf('c%%09d', i), 'valid', 1500000000000000, " + until + ", printf('c%%09d', i), '13107', x'01' FROM n"
	for _, q := range []string{
		"INSERT OR IGNORE INTO authority (kind, generation, sealed, created) VALUES (1, 1, x'01', 0), (2, 1, x'01', 0)",
		"INSERT INTO person (id, birth, doc) " + count + `SELECT printf('p%09d', i), '1980-01-01', '{"id":"x","name":{"family":"試験","given":"太郎"},"birth":"1980-01-01","sex":"male","nationality":"JP",
			"residences":[{"municipality":"131075","address":"東京都墨田区吾妻橋一丁目23番20号","from":"1980-01-01"}]}' FROM n`,
		"INSERT INTO card (id, version, person_id, state, issued, until, doc) " + count + "SELECT printf('c%09d', i), 1, printf('p%09d', i), 'active', '2017-01-01', " + until +
			`, '{"activated":"2017-02-01","custody":{}}' FROM n`,
		fmt.Sprintf(certificates, 1), fmt.Sprintf(certificates, 2),
		"INSERT INTO due (person_id, kind, subject, day) " + count + "SELECT printf('p%09d', i), k.kind, printf('card/c%09d', i), CASE k.kind WHEN 'card_notice' THEN " + notice + " ELSE date(" + until +
			", '+1 day') END FROM n, (SELECT 'card_expiry' AS kind UNION ALL SELECT 'card_notice') k WHERE k.kind = 'card_expiry' OR " + notice + " > '" + firstDay.String() + "'",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := raw.ExecContext(b.Context(), q); err != nil {
			b.Fatalf("%v\n%s", err, q)
		}
	}
}

// peakMB is the most memory that the process ever had, as the kernel counts it.
func peakMB(b *testing.B) float64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Logf("no figure for memory: %v", err)
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				b.Fatal(err)
			}
			return float64(kb) / 1024
		}
	}
	return 0
}
