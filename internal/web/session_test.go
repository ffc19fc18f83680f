package web_test

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/store"
	"mynumber/internal/web"
)

// A login ends after half an hour of doing nothing, and after twelve hours whatever is done.
func TestSessionEnds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "registers.db")
	o, kept := &office.Office{}, &store.Sessions{}
	sessions := web.NewSessions(kept, o, false) // scs starts a goroutine without end, which must not be the bubble's
	synctest.Test(t, func(t *testing.T) {
		vault, err := store.NewVault(make([]byte, store.VaultKeySize), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		db, err := store.OpenSQLite(file, vault)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := demo.Populate(t.Context(), db, demo.Start); err != nil {
			t.Fatal(err)
		}
		ahead := time.Until(demo.Start) // the bubble's time begins long before there were cards
		log := slog.New(slog.DiscardHandler)
		kept.DB = db
		*o = office.Office{Store: db, Clock: func() time.Time { return time.Now().Add(ahead) }, Rand: rand.Reader, Log: log, URL: "http://card.example"}
		h := web.New(web.Config{Office: o, Sessions: sessions, Log: log})
		var cookies []*http.Cookie
		ask := func(method, path string) int {
			r := httptest.NewRequest(method, "http://card.example"+path, strings.NewReader(""))
			for _, c := range cookies {
				r.AddCookie(c)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if set := w.Result().Cookies(); len(set) > 0 {
				cookies = set
			}
			return w.Code
		}
		enter := func() {
			t.Helper()
			cookies = nil
			link, _, err := o.StaffLink(t.Context(), office.Console(demo.Sumida), "sumida")
			if err != nil {
				t.Fatal(err)
			}
			if status := ask("POST", "/enter/"+link); status != http.StatusSeeOther {
				t.Fatalf("the link: %d", status)
			}
		}
		enter()
		for _, c := range []struct {
			after time.Duration
			want  int
		}{{0, 200}, {29 * time.Minute, 200}, {28 * time.Minute, 200}, {30 * time.Minute, 403}, {0, 403}} {
			time.Sleep(c.after)
			if got := ask("GET", "/account"); got != c.want {
				t.Errorf("after %s of doing nothing: %d, want %d", c.after, got, c.want)
			}
		}
		enter()
		begun := time.Now()
		for time.Since(begun) < 12*time.Hour-20*time.Minute {
			time.Sleep(20 * time.Minute)
			if got := ask("GET", "/account"); got != http.StatusOK {
				t.Fatalf("%s after the login: %d", time.Since(begun), got)
			}
		}
		time.Sleep(20 * time.Minute)
		if got := ask("GET", "/account"); got != http.StatusForbidden {
			t.Errorf("%s after the login: %d", time.Since(begun), got)
		}
	})
}
