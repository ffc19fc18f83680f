// Package pgtest gives tests a PostgreSQL database of their own.
package pgtest

import (
	"crypto/rand"
	"database/sql"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Server is the variable that names a server on which tests may make databases: postgres://user@host/database.
const Server = "MYNUMBER_TEST_POSTGRES"

// Fresh makes an empty database that is dropped after the test, and returns its address. Without a server the test is
// skipped, and says so.
func Fresh(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Server)
	if server == "" {
		t.Skipf("no PostgreSQL: set %s to postgres://user@host/database (make test does)", Server)
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "mynumber_test_" + strings.ToLower(rand.Text())
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	address, options, _ := strings.Cut(server, "?")
	return address[:strings.LastIndex(address, "/")+1] + name + "?" + options
}
