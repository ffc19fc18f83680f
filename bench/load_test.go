package bench

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"mynumber/internal/office"
	"mynumber/internal/register"
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

// loadChunk is how many people are put in by one transaction.
const loadChunk = 2000

const loadRounds = 7

// personRow is what a person takes in the table: of the same length as the store's, made beforehand.
func personRow(i int) []any {
	sealed := make([]byte, 40)
	doc := `{"id":"p0000000000000000000000000","name":{"family":"佐藤","given":"光","family_kana":"サトウ","given_kana":"ヒカリ"},"birth":"1930-01-01","sex":"female","nationality":"JP","residences":[{"municipality":"131075","address":"東京都墨田区吾妻橋一丁目23番20号","from":"2015-04-01","reason":"moved_in"}],"family_register":{"honseki":"022039","since":"1990-01-01"}}`
	hash := func(salt int) string { return fmt.Sprintf("%064x", uint64(i+salt)*0x9e3779b97f4a7c15) }
	return []any{fmt.Sprintf("p%025d", i), sealed, hash(1), sealed, hash(1 << 40), "1930-01-01", doc}
}

const personColumns = "id, number_sealed, number_hash, code_sealed, code_hash, birth, doc"

// loads measures the store's way to put people in beside the driver's, and the memory that it takes.
func loads(b *testing.B, db *store.DB, driver func(rows [][]any) error) {
	b.Helper()
	const chunks = 5 // for each turn
	// What is put in is made before the clock runs, and only as much as a turn takes: the memory is the loading's.
	turn := func(put func(from int) func(chunk int) error) func() run {
		from := 0
		return func() run {
			do := put(from)
			from += chunks * loadChunk
			return timed(func(time.Time) int {
				for c := range chunks {
					if err := do(c); err != nil {
						b.Fatal(err)
					}
				}
				return chunks * loadChunk
			})
		}
	}
	runtime.GC()
	before := peak()
	beside(b, loadRounds,
		turn(func(from int) func(int) error {
			rows := make([][]any, chunks*loadChunk)
			for i := range rows {
				rows[i] = personRow(from + i)
			}
			return func(c int) error { return driver(rows[c*loadChunk : (c+1)*loadChunk]) }
		}),
		turn(func(from int) func(int) error {
			people := make([]register.Person, chunks*loadChunk)
			for i := range people {
				people[i] = somebody(b, from+i)
			}
			return func(c int) error {
				return db.Write(b.Context(), func(tx office.Tx) error { return tx.InsertPeople(people[c*loadChunk : (c+1)*loadChunk]) })
			}
		}))
	b.ReportMetric(float64(peak()-before)/(1<<20), "MiB-more")
}

// peak is the most memory that the process has had, in bytes.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	n, _ := strconv.ParseInt(strings.Fields(line)[0], 10, 64)
	return n << 10
}

// BenchmarkLoadSQLite (P12): people by the thousand. The limit is the driver with the same rows ready made, 2,000 in a commit, by
// a prepared statement of 64 rows. Goal: 0.5 (they are sealed, hashed and written as JSON on the way), 256 MiB.
func BenchmarkLoadSQLite(b *testing.B) {
	db, file := onSQLite(b)
	db.Close()
	other := filepath.Join(filepath.Dir(file), "driver.db")
	copyFile(b, file, other)
	db, err := store.OpenSQLite(file, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	plain, err := sql.Open("sqlite", "file:"+other+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=cache_size(-32768)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { plain.Close() })
	insert := func(n int) string {
		marks := make([]string, n)
		for i := range marks {
			marks[i] = "(?, ?, ?, ?, ?, ?, ?)"
		}
		return "INSERT INTO person (" + personColumns + ") VALUES " + strings.Join(marks, ", ")
	}
	loads(b, db, func(rows [][]any) error {
		tx, err := plain.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback()
		many, err := tx.Prepare(insert(64))
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(rows, 64) {
			if len(chunk) == 64 {
				_, err = many.Exec(slices.Concat(chunk...)...)
			} else {
				_, err = tx.Exec(insert(len(chunk)), slices.Concat(chunk...)...)
			}
			if err != nil {
				return err
			}
		}
		return tx.Commit()
	})
}

// BenchmarkLoadPostgres (P12): the same on PostgreSQL. The limit is pgx with COPY.
func BenchmarkLoadPostgres(b *testing.B) {
	db, err := store.OpenPostgres(pgtest.Fresh(b), vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, db)
	other := pgtest.Fresh(b)
	second, err := store.OpenPostgres(other, vault(b))
	if err != nil {
		b.Fatal(err)
	}
	ready(b, second)
	conn, err := pgx.Connect(b.Context(), other)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close(b.Context()) })
	loads(b, db, func(rows [][]any) error {
		_, err := conn.CopyFrom(b.Context(), pgx.Identifier{"person"}, strings.Split(personColumns, ", "), pgx.CopyFromRows(rows))
		return err
	})
}
