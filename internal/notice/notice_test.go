package notice

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"mynumber/internal/law"
	"mynumber/internal/person"
)

func TestEveryKindHasWords(t *testing.T) {
	both := func(s string) law.Text { return law.Text{Ja: s + "(日)", En: s + "(en)"} }
	facts := Facts{Name: "佐藤　光", Office: both("Sumida"), Honseki: both("Hachinohe"), Pickup: both("Sumida"), ApplicationID: "12345678901234567890123",
		Link: "http://example.test/x", Day: "令和8年1月16日", Deadline: "令和8年3月5日", Defect: "転出予定日", Item: both("item"), Where: both("where"),
		Papers: both("passport"), Fee: both("0 yen"), Reason: both("reason"), Phone: "+81-3-6734-0170"}
	for _, kind := range Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			subject, body, err := Compose(kind, facts)
			if err != nil {
				t.Fatal(err)
			}
			if subject == "" || !strings.Contains(body, "佐藤　光 様") || strings.Contains(body, "{{") || strings.Contains(body, "<no value>") {
				t.Errorf("%q\n%s", subject, body)
			}
			if !regexp.MustCompile(`[ぁ-ん]`).MatchString(body) || !regexp.MustCompile(`[A-Za-z]{4,}`).MatchString(body) {
				t.Error("one of the two languages is missing")
			}
		})
	}
	for kind, need := range map[Kind][]string{
		DefectInquiry:  {facts.Link, facts.Defect, facts.Deadline},                                 // NTF-020
		Accepted:       {"受理"},                                                                     // NTF-021
		ApplicationID:  {facts.ApplicationID, facts.Link},                                          // NTF-022
		Dispatched:     {facts.Pickup.Ja},                                                          // NTF-023
		PaymentNeeded:  {facts.Fee.Ja},                                                             // NTF-024
		ReadyForPickup: {facts.Deadline, facts.Link, facts.Papers.Ja, facts.Fee.Ja, facts.Item.Ja}, // NTF-025, PICK-011
		HandedOver:     {facts.Honseki.Ja, facts.Phone, "転入届"},                                     // PICK-078
		Suspended:      {facts.Phone},                                                              // LOSS-003
	} {
		_, body, err := Compose(kind, facts)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range need {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not say %q", kind, text)
			}
		}
	}
	if _, _, err := Compose("unheard of", facts); err == nil {
		t.Error("a kind without words was composed")
	}
}

// box is an outbox in memory.
type box struct {
	mu       sync.Mutex
	messages []Message
}

func (b *box) Due(_ context.Context, now time.Time, limit int) ([]Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var due []Message
	for _, m := range b.messages {
		if m.Sent.IsZero() && !m.Due.After(now) && len(due) < limit {
			due = append(due, m)
		}
	}
	return due, nil
}

func (b *box) Delivered(_ context.Context, m Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.messages, func(x Message) bool { return x.ID == m.ID })
	b.messages[i] = m
	return nil
}

// server is a mail server that refuses one address.
type server struct {
	mu   sync.Mutex
	took []string
}

func (s *server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }

type session struct{ server *server }

func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (*session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == "refused@example.com" {
		return &smtp.SMTPError{Code: 550, Message: "no such user"}
	}
	return nil
}
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.took = append(s.server.took, string(b))
	return err
}
func (*session) Reset()        {}
func (*session) Logout() error { return nil }

func TestPostman(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{}
	mail := smtp.NewServer(s)
	mail.Domain = "test.invalid"
	go mail.Serve(listener)
	t.Cleanup(func() { mail.Close() })
	now := time.Date(2026, 1, 16, 1, 0, 0, 0, time.UTC)
	message := func(id, to string) Message {
		return Message{ID: id, From: "墨田区", To: []person.Email{person.Email(to)}, Subject: "件名", Body: "本文", Created: now, Due: now}
	}
	outbox := &box{messages: []Message{message("first", "refused@example.com"), message("second", "hikari@example.com")}}
	p := &Postman{Outbox: outbox, Server: listener.Addr().String(), From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}

	n, err := p.Deliver(t.Context())
	if err != nil || n != 1 {
		t.Fatalf("delivered %d, %v; want 1", n, err)
	}
	if outbox.messages[0].LastError == "" || outbox.messages[0].Attempts != 1 || !outbox.messages[0].Due.After(now) || !outbox.messages[0].Sent.IsZero() {
		t.Errorf("the refused one: %+v", outbox.messages[0])
	}
	if !strings.Contains(s.took[0], "Message-ID: <second@mynumber.invalid>") {
		t.Errorf("the Message-ID is not the message's own:\n%s", s.took[0])
	}
	if n, err := p.Deliver(t.Context()); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}

	// A message in flight when the process died goes out again under the same Message-ID.
	outbox.messages[1].Sent = time.Time{}
	if n, err := p.Deliver(t.Context()); n != 1 || err != nil || !strings.Contains(s.took[1], "Message-ID: <second@mynumber.invalid>") {
		t.Errorf("after a crash: %d, %v", n, err)
	}

	// A server that is down loses nothing.
	mail.Close()
	outbox.messages = append(outbox.messages, message("third", "hikari@example.com"))
	if _, err := p.Deliver(t.Context()); err == nil {
		t.Error("a server that is down was reached")
	}
	if m := outbox.messages[2]; !m.Sent.IsZero() || m.LastError == "" || !m.Due.Equal(now.Add(time.Minute)) {
		t.Errorf("waiting: %+v", m)
	}
}

func TestPostmanSaysWhatIsWrongWithTheServerAddress(t *testing.T) {
	for _, address := range []string{"nowhere", "host:port"} {
		p := &Postman{Outbox: &box{messages: []Message{{ID: "x"}}}, Server: address, Clock: time.Now}
		if _, err := p.Deliver(t.Context()); err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
