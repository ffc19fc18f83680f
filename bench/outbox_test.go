package bench

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/smtp"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	server "github.com/emersion/go-smtp"

	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/store"
)

// Variables of the process that is killed.
const (
	postmanDir    = "MYNUMBER_BENCH_POSTMAN"
	postmanServer = "MYNUMBER_BENCH_POSTMAN_SERVER"
)

// sink is a mail server that keeps nothing but how often each Message-ID came.
type sink struct {
	mu    sync.Mutex
	came  map[string]int
	total atomic.Int64
	addr  string
}

func openSink(tb testing.TB) *sink {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s := &sink{came: map[string]int{}, addr: listener.Addr().String()}
	smtpd := server.NewServer(server.BackendFunc(func(*server.Conn) (server.Session, error) { return &taking{s}, nil }))
	smtpd.Domain, smtpd.ErrorLog = "sink.invalid", slog.NewLogLogger(slog.DiscardHandler, 0) // the connections of a process that was killed
	smtpd.ReadTimeout, smtpd.WriteTimeout = time.Minute, time.Minute
	go smtpd.Serve(listener)
	tb.Cleanup(func() { smtpd.Close() })
	return s
}

type taking struct{ sink *sink }

func (*taking) Mail(string, *server.MailOptions) error { return nil }
func (*taking) Rcpt(string, *server.RcptOptions) error { return nil }
func (*taking) Reset()                                 {}
func (*taking) Logout() error                          { return nil }

func (t *taking) Data(r io.Reader) error {
	id := ""
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if found, ok := strings.CutPrefix(line, "Message-ID: <"); ok {
			id, _, _ = strings.Cut(found, "@")
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err // cut off in the middle: the mail was not taken
		}
	}
	t.sink.mu.Lock()
	t.sink.came[id]++
	t.sink.mu.Unlock()
	t.sink.total.Add(1)
	return nil
}

// TestPostmanProcess is the process that is killed: it delivers what waits in a folder's outbox, and ends when nothing does.
func TestPostmanProcess(t *testing.T) {
	dir := os.Getenv(postmanDir)
	if dir == "" {
		t.Skip("started by the outbox's test and benchmark")
	}
	db := outboxAt(t, dir)
	o := &office.Office{Store: db, Clock: time.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler)}
	p := &notice.Postman{Outbox: office.Outbox{Outbox: db, Office: o}, Server: os.Getenv(postmanServer), From: "noreply@card.invalid", Domain: "card.invalid", Clock: time.Now, Log: o.Log}
	if _, err := p.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func outboxAt(tb testing.TB, dir string) *store.DB {
	tb.Helper()
	f, err := folder.Make(dir, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	db, err := f.Registers("")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	if err := db.Migrate(context.Background()); err != nil {
		tb.Fatal(err)
	}
	return db
}

// render composes n notices and puts them into the outbox, a hundred in a transaction, as a day's work does.
func render(tb testing.TB, db *store.DB, n int) {
	tb.Helper()
	const chunk = 100
	now := time.Now()
	for from := 0; from < n; from += chunk {
		err := db.Write(tb.Context(), func(tx office.Tx) error {
			for i := from; i < min(from+chunk, n); i++ {
				m := notice.Message{ID: fmt.Sprintf("notice%020d", i), Kind: notice.ReadyForPickup, Channel: notice.ByMail, State: notice.Waiting, Office: demo.Sumida, From: "東京都墨田区",
					To: []person.Email{person.Email(fmt.Sprintf("holder%d@example.com", i))}, Created: now, Due: now, Changed: now}
				both := law.Text{Ja: "東京都墨田区", En: "Sumida-ku"}
				var err error
				if m.Subject, m.Body, err = notice.Compose(m.Kind, notice.Facts{Name: "佐藤　光", Office: both, Where: both, Item: both, Papers: both, Fee: both, Deadline: notice.On(civil.Day(2026, 3, 5)),
					Link: "https://card.invalid/reserve/" + m.ID}); err != nil {
					return err
				}
				if err := tx.PutMessage(m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// inFlight is the most mails that a postman has under way: its connections.
const inFlight = 8

// outbox renders n notices and has them delivered by a process that is killed (-9) so many times on the way, evenly. Every
// notice has to arrive; only one that was under way at a death may come again, under the same Message-ID.
func outbox(tb testing.TB, n, deaths int) (rendered, delivered time.Duration) {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "data")
	db := outboxAt(tb, dir)
	s := openSink(tb)
	begun := time.Now()
	render(tb, db, n)
	rendered = time.Since(begun)
	for death := 0; ; death++ {
		cmd := exec.Command(os.Args[0], "-test.run=^TestPostmanProcess$")
		cmd.Env = append(os.Environ(), postmanDir+"="+dir, postmanServer+"="+s.addr)
		if err := cmd.Start(); err != nil {
			tb.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		killAt := int64(n * (death + 1) / (deaths + 1))
		for done := false; !done; {
			select {
			case err := <-ended:
				if death < deaths {
					tb.Fatalf("it ended before it was killed, after %d of %d: %v", s.total.Load(), n, err)
				}
				if err != nil {
					tb.Fatalf("the last one failed after %d: %v", s.total.Load(), err)
				}
				delivered = time.Since(begun) - rendered
				s.check(tb, db, n, deaths)
				return rendered, delivered
			case <-time.After(time.Millisecond):
				if death < deaths && s.total.Load() >= killAt {
					if err := cmd.Process.Kill(); err != nil {
						tb.Fatal(err)
					}
					<-ended
					done = true
				}
			}
		}
	}
}

// check: every notice came, none too often, and the outbox says so.
func (s *sink) check(tb testing.TB, db *store.DB, n, deaths int) {
	tb.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	again := 0
	for i := range n {
		switch came := s.came[fmt.Sprintf("notice%020d", i)]; {
		case came == 0:
			tb.Fatalf("notice %d was lost", i)
		case came > 1:
			again += came - 1
		}
	}
	if again > deaths*inFlight || len(s.came) != n {
		tb.Errorf("%d came again after %d deaths with at most %d under way each; %d different ones, want %d", again, deaths, inFlight, len(s.came), n)
	}
	due, err := db.Due(tb.Context(), time.Now(), 10)
	if err != nil || len(due) > 0 {
		tb.Errorf("still to be delivered: %d, %v", len(due), err)
	}
	tb.Logf("%d notices, %d deaths, %d came again under the same Message-ID", n, deaths, again)
}

// TestOutboxKilled is the benchmark in small: nothing is lost when the process is killed.
func TestOutboxKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	outbox(t, 1200, 3)
}

// BenchmarkOutbox: notices rendered and handed to a mail server, killed in the middle; beside it the same mails by the same
// number of connections without any register. MYNUMBER_BENCH_MAILS is how many.
func BenchmarkOutbox(b *testing.B) {
	n := 10_000
	if text := os.Getenv("MYNUMBER_BENCH_MAILS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		rendered, delivered := outbox(b, n, 1)
		b.ReportMetric(rendered.Seconds(), "s_rendered")
		b.ReportMetric(delivered.Seconds(), "s_handed_over")
		b.ReportMetric(float64(n)/(rendered+delivered).Seconds(), "mails/s")
		b.ReportMetric(bare(b, n), "limit_mails/s")
	}
	b.ReportMetric(0, "ns/op")
}

// bare is the limit: mails of the same size by the standard library's client, and nothing noted anywhere.
func bare(b *testing.B, n int) float64 {
	b.Helper()
	s := openSink(b)
	body := []byte("From: <noreply@card.invalid>\r\nTo: <holder@example.com>\r\nMessage-ID: <x@card.invalid>\r\nSubject: x\r\n\r\n" + strings.Repeat("=E3=81=82=E3=81=84=E3=81=86=E3=81=88=E3=81=8A\r\n", 60))
	begun := time.Now()
	var all sync.WaitGroup
	var left atomic.Int64
	left.Store(int64(n))
	for range inFlight {
		all.Go(func() {
			c, err := smtp.Dial(s.addr)
			if err != nil {
				b.Error(err)
				return
			}
			defer c.Close()
			for left.Add(-1) >= 0 {
				if err := one(c, body); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(begun).Seconds()
}

func one(c *smtp.Client, body []byte) error {
	if err := c.Mail("noreply@card.invalid"); err != nil {
		return err
	}
	if err := c.Rcpt("holder@example.com"); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}
