package bench

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/fstest"
	"time"

	"mynumber/internal/api"
	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

// hall has a hundred places on every day: five times with twenty each.
const hall = `{"office": "022039", "cite": {"source": "bench"}, "checked": "2026-01-01",
"counters": [{"id": "hall", "name": {"ja": "会場", "en": "hall"}, "where": {"ja": "1階", "en": "1st floor"},
  "hours": [{"days": ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], "open": "09:00", "close": "17:00", "holidays": true}]}],
"closed": [{"from": "2020-01-01"}],
"reservations": [{"for": ["*"], "need": "required", "times": ["09:00", "10:00", "11:00", "13:00", "14:00"], "capacity": 20, "last_day": 366}]}`

const (
	wanting = 500 // requests at once
	places  = 100
)

// BenchmarkReservations: 500 clients at once, each its own connection, want the 100 places of a day; exactly 100 get one, on every
// engine. The clients are a process of their own on the same processors. The limit is the same requests to a server that answers
// at once with a refusal and looks at nothing. Goal: 1,000 requests a second.
func BenchmarkReservations(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		db, _ := onSQLite(b)
		reservations(b, db)
	})
	b.Run("postgres", func(b *testing.B) {
		db, err := store.OpenPostgres(pgtest.Fresh(b), vault(b))
		if err != nil {
			b.Fatal(err)
		}
		ready(b, db)
		reservations(b, db)
	})
}

func reservations(b *testing.B, db *store.DB) {
	policies, err := booking.LoadWith(fstest.MapFS{"022039.json": {Data: []byte(hall)}})
	if err != nil {
		b.Fatal(err)
	}
	today := civil.Day(2026, 1, 13)
	o := &office.Office{Store: db, Clock: func() time.Time { return today.Start().Add(10 * time.Hour) }, Rand: rand.Reader, Policies: policies, URL: "http://mynumber.invalid", Log: slog.New(slog.DiscardHandler)}
	ours := answer(b, api.New(o, func(*http.Request) (office.Actor, bool) {
		return office.Actor{Staff: "hachinohe", Office: "022039", Role: office.Clerk}, true
	}, nil))
	nothing := answer(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusConflict)
	}))
	g := startClients(b)
	day := today
	wave := func(address string) (run, int) {
		day = day.AddDays(1)
		o := order{Address: address, Clients: wanting, Refused: true}
		for i := range wanting {
			o.Paths, o.Offices = append(o.Paths, "/api/v1/visits"), append(o.Offices, "022039")
			o.Bodies = append(o.Bodies, fmt.Sprintf(`{"request_key": "%s-%d", "procedure": "renew_certificates_at_home", "visitor": "田中", "email": "tanaka@example.org", "day": "%s", "time": "%s"}`,
				day, i, day, []string{"09:00", "10:00", "11:00", "13:00", "14:00"}[i%5]))
		}
		r := g.work(o)
		return run{rate: float64(wanting) / r.Took.Seconds()}, r.Done
	}
	beside(b, rounds, func() run { l, _ := wave(nothing); return l }, func() run {
		r, booked := wave(ours)
		if booked != places {
			b.Fatalf("%d were booked, want %d", booked, places)
		}
		return r
	})
}

// answer serves a handler on the loopback until the benchmark ends.
func answer(b *testing.B, h http.Handler) (address string) {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: h}
	go server.Serve(l)
	b.Cleanup(func() { server.Close() })
	return l.Addr().String()
}
