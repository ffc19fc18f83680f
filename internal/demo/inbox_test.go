package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/notice"
	"mynumber/internal/person"
)

// faults collects what the mail server's library complains of.
type faults struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (f *faults) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.out.Write(b)
}

func (f *faults) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.out.String()
}

func openInbox(t *testing.T) (*Inbox, *faults) {
	t.Helper()
	in, err := OpenInbox(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	said := &faults{}
	in.server.ErrorLog = log.New(said, "", 0)
	return in, said
}

// TestInboxBearsCommandsAfterTheEnd: commands that were sent before the server closed the connection (after QUIT, or after
// too many errors) reach no session that is gone.
func TestInboxBearsCommandsAfterTheEnd(t *testing.T) {
	in, said := openInbox(t)
	for _, commands := range []string{
		"EHLO x\r\nQUIT\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n",
		"EHLO x\r\n?\r\n?\r\n?\r\n?\r\n?\r\nMAIL FROM:<a@b.example>\r\nMAIL FROM:<a@b.example>\r\n",
		"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nhalf a mail",
		"EHLO x\r\n" + strings.Repeat("x", 5000) + "\r\nMAIL FROM:<a@b.example>\r\n",
	} {
		c, err := net.Dial("tcp", in.Addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(c, commands); err != nil {
			t.Fatal(err)
		}
		_ = c.(*net.TCPConn).CloseWrite()
		answers, _ := io.ReadAll(c) // until the server closes
		if strings.Contains(string(answers), "Internal server error") {
			t.Errorf("%q: %s", commands, answers)
		}
		c.Close()
	}
	if err := in.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(said.String(), "panic") {
		t.Error(said)
	}
}

// TestInboxStopsWhileMailsCome: the server is stopped while many senders are in the middle of a mail.
func TestInboxStopsWhileMailsCome(t *testing.T) {
	for round := range 20 {
		in, said := openInbox(t)
		var senders sync.WaitGroup
		begun := make(chan bool, 100)
		for sender := range 8 {
			senders.Go(func() {
				c, err := net.Dial("tcp", in.Addr)
				if err != nil {
					return
				}
				defer c.Close()
				go io.Copy(io.Discard, c)
				for i := range 1000 {
					mail := fmt.Sprintf("EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nMessage-ID: <%d-%d-%d@b.example>\r\n\r\nx\r\n.\r\nRSET\r\n", round, sender, i)
					if _, err := io.WriteString(c, mail); err != nil {
						return
					}
					select {
					case begun <- true:
					default:
					}
				}
			})
		}
		<-begun
		if err := in.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		senders.Wait()
		if strings.Contains(said.String(), "panic") {
			t.Fatal(said)
		}
	}
}

// TestInboxGoesWrong: with some addresses mail is refused, deferred or comes back, and the clerk's side hears of it even when
// the report comes before the postman has noted that the mail was taken.
func TestInboxGoesWrong(t *testing.T) {
	in, _ := openInbox(t)
	defer in.Close(t.Context())
	var mu sync.Mutex
	var heard []notice.Report
	in.ReportTo(func(_ context.Context, r notice.Report) error {
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, r)
		return nil
	})
	out := &waiting{}
	for id, to := range map[string]person.Email{"one": "refused@example.org", "two": "later@example.org", "three": "bounced@example.org", "four": "hikari@example.org"} {
		m := notice.Message{ID: id, Channel: notice.ByMail, State: notice.Waiting, From: "x", To: []person.Email{to}, Subject: "x", Body: "x", Created: time.Now()}
		m.Addressed()
		out.all = append(out.all, m)
	}
	p := &notice.Postman{Outbox: out, Server: in.Addr, From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
	if n, err := p.Deliver(t.Context()); n != 2 || err != nil {
		t.Errorf("delivered %d, %v", n, err)
	}
	want := map[string]notice.State{"one": notice.Refused, "two": notice.Deferred, "three": notice.Sent, "four": notice.Sent}
	for _, m := range out.all {
		if m.State != want[m.ID] {
			t.Errorf("%s is %s, want %s (%s)", m.ID, m.State, want[m.ID], m.LastError)
		}
	}
	if len(heard) != 1 || heard[0].ID != "three" || !heard[0].Failed() {
		t.Errorf("heard %+v", heard)
	}
	if mails, err := in.Mails(); err != nil || len(mails) != 1 {
		t.Errorf("the inbox has %d mails, %v", len(mails), err)
	}
}

// waiting is an outbox in memory.
type waiting struct {
	mu  sync.Mutex
	all []notice.Message
}

func (w *waiting) Due(context.Context, time.Time, int) (due []notice.Message, _ error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.all {
		if m.State == notice.Waiting {
			due = append(due, m)
		}
	}
	return due, nil
}

func (w *waiting) Delivered(_ context.Context, m notice.Message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.all {
		if w.all[i].ID == m.ID {
			w.all[i] = m
		}
	}
	return nil
}
