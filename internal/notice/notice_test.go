package notice

import (
	"context"
	"errors"
	"fmt"
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

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
)

// facts are the facts of every message, each in both languages.
func facts() Facts {
	both := func(s string) law.Text { return law.Text{Ja: s + "(日)", En: s + "(en)"} }
	return Facts{Name: "佐藤　光", Office: both("Sumida"), Honseki: both("Hachinohe"), Pickup: both("Taipei"), ApplicationID: "12345678901234567890123",
		Link: "http://example.test/x", Day: On(civil.Day(2026, 1, 16), "10:30"), Deadline: On(civil.Day(2026, 3, 5)), Defect: "転出予定日", Item: both("item"), Where: both("where"),
		Papers: both("passport"), Fee: both("0 yen"), Reason: both("reason"), Phone: "+81-3-6734-0170"}
}

// TestEveryKindHasWords: each message speaks Japanese and then English, and either part can be read without the other: it has
// a subject in both, nothing is left open, and no Japanese stands in the English but names and the clerk's own words.
func TestEveryKindHasWords(t *testing.T) {
	kana, latin := regexp.MustCompile(`[ぁ-んァ-ヶ]`), regexp.MustCompile(`[A-Za-z]{4,}`)
	for _, kind := range Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			subject, body, err := Compose(kind, facts())
			if err != nil {
				t.Fatal(err)
			}
			head, tail, _ := strings.Cut(subject, " / ")
			ja, en, _ := strings.Cut(body, "----------------------------------------")
			if head == "" || !latin.MatchString(tail) || !strings.HasPrefix(body, "佐藤　光 様\n") || strings.Contains(body, "{{") || strings.Contains(body, "<no value>") {
				t.Errorf("%q\n%s", subject, body)
			}
			if !kana.MatchString(ja) || strings.Contains(ja, "(en)") {
				t.Errorf("the Japanese part:\n%s", ja)
			}
			en = strings.NewReplacer(facts().Defect, "", facts().Name, "").Replace(en)
			if !latin.MatchString(en) || kana.MatchString(en) || strings.Contains(en, "(日)") || strings.Contains(en, "年") {
				t.Errorf("the English part:\n%s", en)
			}
			if strings.Contains(body, "個人番号は") {
				t.Error("a message shows a number")
			}
		})
	}
	if _, _, err := Compose("unheard of", facts()); err == nil {
		t.Error("a kind without words was composed")
	}
}

// notifications are the rows of notifications.md with their kinds, and what each has to say in both languages. NTF-001 ended
// before this system began and nobody sends it; NTF-010 is no message to a person but a page; NTF-023 is the status page's, and
// a mail here besides (A); NTF-029 is about the addresses.
var notifications = map[string]struct {
	kind   Kind
	ja, en []string
}{
	"NTF-002":              {NumberNotice, []string{"個人番号", "item(日)"}, []string{"Individual Number", "item(en)"}},
	"NTF-003":              {ApplicationURL, []string{"http://example.test/x", "令和8年3月5日", "一度だけ"}, []string{"http://example.test/x", "5 March 2026", "once"}},
	"NTF-004":              {ApplicationComplete, []string{"12345678901234567890123", "http://example.test/x"}, []string{"12345678901234567890123", "http://example.test/x"}},
	"NTF-005":              {IssuanceNotice, []string{"令和8年3月5日", "passport(日)", "0 yen(日)", "where(日)", "http://example.test/x", "本人"}, []string{"5 March 2026", "passport(en)", "0 yen(en)", "where(en)", "http://example.test/x", "in person"}},
	"NTF-006":              {ArrivalNotice, []string{"令和8年3月5日", "http://example.test/x", "本人確認書類"}, []string{"5 March 2026", "http://example.test/x", "identity document"}},
	"NTF-007 card":         {CardExpiry, []string{"令和8年3月5日", "reason(日)", "電子証明書"}, []string{"5 March 2026", "reason(en)", "certificates"}},
	"NTF-007 certificates": {CertificateExpiry, []string{"令和8年3月5日", "reason(日)", "カードはそのまま"}, []string{"5 March 2026", "reason(en)", "card itself"}},
	"NTF-008":              {Inquiry, []string{"item(日)", "回答書", "令和8年3月5日", "封"}, []string{"item(en)", "reply", "5 March 2026", "seal"}},
	"NTF-009":              {ProxyCollected, []string{"Sumida(日)", "令和8年1月16日", "代理"}, []string{"Sumida(en)", "16 January 2026", "proxy"}},
	"NTF-020":              {DefectInquiry, []string{"転出予定日", "http://example.test/x", "令和8年3月5日"}, []string{"転出予定日", "http://example.test/x", "5 March 2026"}},
	"NTF-021":              {Accepted, []string{"受理"}, []string{"accepted"}},
	"NTF-022":              {ApplicationID, []string{"12345678901234567890123", "http://example.test/x"}, []string{"12345678901234567890123", "http://example.test/x"}},
	"NTF-023":              {Dispatched, []string{"Taipei(日)"}, []string{"Taipei(en)"}},
	"NTF-024":              {PaymentNeeded, []string{"0 yen(日)", "Taipei(日)"}, []string{"0 yen(en)", "Taipei(en)"}},
	"NTF-025 PICK-011":     {ReadyForPickup, []string{"令和8年3月5日", "passport(日)", "0 yen(日)", "item(日)", "where(日)", "http://example.test/x"}, []string{"5 March 2026", "passport(en)", "0 yen(en)", "item(en)", "where(en)", "http://example.test/x"}},
	"NTF-026":              {CardExpiry, []string{"令和8年3月5日"}, []string{"5 March 2026"}},
	"NTF-027":              {CertificateExpiry, []string{"令和8年3月5日"}, []string{"5 March 2026"}},
	"NTF-028":              {CardBack, []string{"戻り", "where(日)"}, []string{"back", "where(en)"}},
	"NTF-029 ABR-032":      {MailChanged, []string{"メールアドレス", "Sumida(日)"}, []string{"e-mail", "Sumida(en)"}},
	"PICK-078":             {HandedOver, []string{"Hachinohe(日)", "+81-3-6734-0170", "転入届"}, []string{"Hachinohe(en)", "+81-3-6734-0170", "move-in"}},
	"LOSS-003":             {Suspended, []string{"+81-3-6734-0170"}, []string{"+81-3-6734-0170"}},
}

// TestNotifications: each row of notifications.md says what it has to, in both languages.
func TestNotifications(t *testing.T) {
	for row, n := range notifications {
		_, body, err := Compose(n.kind, facts())
		if err != nil {
			t.Fatal(err)
		}
		ja, en, _ := strings.Cut(body, "----------------------------------------")
		for part, texts := range map[string][]string{ja: n.ja, en: n.en} {
			for _, text := range texts {
				if !strings.Contains(part, text) {
					t.Errorf("%s: %s does not say %q:\n%s", row, n.kind, text, part)
				}
			}
		}
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
		if m.State.Open() && !m.Due.After(now) && len(due) < limit {
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

// server is a mail server that refuses, defers or cuts off by the address.
type server struct {
	mu    sync.Mutex
	took  []string
	paths []string // envelope senders
}

func (s *server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }

type session struct {
	server *server
	from   string
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (*session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch {
	case strings.HasPrefix(to, "refused"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	case strings.HasPrefix(to, "later"):
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
	}
	return nil
}
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.took, s.server.paths = append(s.server.took, string(b)), append(s.server.paths, s.from)
	return err
}
func (*session) Reset()        {}
func (*session) Logout() error { return nil }

// serve starts the server on a free port.
func serve(t *testing.T) (*server, *smtp.Server, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{}
	mail := smtp.NewServer(s)
	mail.Domain = "test.invalid"
	go mail.Serve(listener)
	t.Cleanup(func() { mail.Close() })
	return s, mail, listener.Addr().String()
}

var start = time.Date(2026, 1, 16, 1, 0, 0, 0, time.UTC)

func message(id string, to ...person.Email) Message {
	return Message{ID: id, Channel: ByMail, State: Waiting, From: "墨田区", To: to, Subject: "件名", Body: "本文", Created: start, Due: start}
}

func TestPostman(t *testing.T) {
	s, mail, address := serve(t)
	now := start
	outbox := &box{messages: []Message{message("first", "refused@example.com"), message("second", "hikari@example.com")}}
	p := &Postman{Outbox: outbox, Server: address, From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}

	n, err := p.Deliver(t.Context())
	if err != nil || n != 1 {
		t.Fatalf("delivered %d, %v; want 1", n, err)
	}
	if m := outbox.messages[0]; m.State != Refused || m.LastError == "" || m.Attempts != 1 || !m.Sent.IsZero() || m.Deliveries[0].Code != 550 {
		t.Errorf("the refused one: %+v", m)
	}
	if !strings.Contains(s.took[0], "Message-ID: <second@mynumber.invalid>") || !strings.Contains(s.took[0], "Auto-Submitted: auto-generated") {
		t.Errorf("the Message-ID is not the message's own:\n%s", s.took[0])
	}
	if s.paths[0] != "noreply+second.0@mynumber.invalid" {
		t.Errorf("what bounces comes back to %q", s.paths[0])
	}
	if n, err := p.Deliver(t.Context()); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}

	// A message in flight when the process died goes out again under the same Message-ID.
	outbox.messages[1] = message("second", "hikari@example.com")
	if n, err := p.Deliver(t.Context()); n != 1 || err != nil || !strings.Contains(s.took[1], "Message-ID: <second@mynumber.invalid>") {
		t.Errorf("after a crash: %d, %v", n, err)
	}

	// A server that is down loses nothing, and nothing is held against the mail.
	mail.Close()
	outbox.messages = append(outbox.messages, message("third", "hikari@example.com"))
	outbox.messages[2].Created = now.AddDate(0, -1, 0)
	if _, err := p.Deliver(t.Context()); !errors.Is(err, errDown) {
		t.Errorf("a server that is down was reached: %v", err)
	}
	if m := outbox.messages[2]; m.State != Deferred || !m.Sent.IsZero() || m.LastError == "" || !m.Due.Equal(now.Add(time.Minute)) {
		t.Errorf("waiting: %+v", m)
	}
}

// TestEachAddressHasItsOwnAnswer: one refused address of two does not stop the other (NTF-029), and what is deferred is
// tried again after longer and longer pauses, until it is given up.
func TestEachAddressHasItsOwnAnswer(t *testing.T) {
	s, _, address := serve(t)
	now := start
	outbox := &box{messages: []Message{message("two", "refused@example.com", "hikari@example.com"), message("late", "later@example.com"), message("broken", "a b@example.com")}}
	p := &Postman{Outbox: outbox, Server: address, From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
	if n, err := p.Deliver(t.Context()); n != 1 || err != nil {
		t.Fatalf("delivered %d, %v", n, err)
	}
	two := outbox.messages[0]
	if two.State != Refused || two.Deliveries[0].State != Refused || two.Deliveries[1].State != Sent || two.Sent.IsZero() || len(s.took) != 1 || s.paths[0] != "noreply+two.1@mynumber.invalid" {
		t.Errorf("one of two was refused: %+v, %v", two, s.paths)
	}
	if m := outbox.messages[2]; m.State != Refused {
		t.Errorf("an address that cannot be written: %+v", m)
	}
	var waited []time.Duration
	for range 40 {
		late := outbox.messages[1]
		if late.State != Deferred {
			break
		}
		waited = append(waited, late.Due.Sub(now))
		now = late.Due
		if n, err := p.Deliver(t.Context()); n != 0 || err != nil {
			t.Fatalf("delivered %d, %v", n, err)
		}
	}
	if late := outbox.messages[1]; late.State != GivenUp || late.Deliveries[0].Code != 451 || now.Sub(start) < tryFor || len(waited) < 6 || waited[0] != time.Minute || waited[1] <= waited[0] {
		t.Errorf("after %v: %+v, pauses %v", now.Sub(start), late, waited)
	}
}

// TestServerCutsAConnection: a mail on which a server drops the connection is deferred, and the others go.
func TestServerCutsAConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{}
	mail := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &cutter{session: session{server: s}, conn: c}, nil
	}))
	mail.Domain, mail.ErrorLog = "test.invalid", slog.NewLogLogger(slog.DiscardHandler, 0)
	go mail.Serve(listener)
	t.Cleanup(func() { mail.Close() })
	outbox := &box{messages: []Message{message("one", "hikari@example.com"), message("two", "cut@example.com"), message("three", "hikari@example.com")}}
	now := start
	p := &Postman{Outbox: outbox, Server: listener.Addr().String(), From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Senders: 1, Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
	if n, err := p.Deliver(t.Context()); n != 2 || err != nil {
		t.Fatalf("delivered %d, %v", n, err)
	}
	if m := outbox.messages[1]; m.State != Deferred || m.Attempts != 1 || m.LastError == "" {
		t.Errorf("the one that is cut: %+v", m)
	}
	now = now.Add(tryFor + time.Minute)
	if n, err := p.Deliver(t.Context()); n != 0 || err != nil || outbox.messages[1].State != GivenUp {
		t.Errorf("after five days: %d, %v, %+v", n, err, outbox.messages[1])
	}
}

// TestServerIsSilent: a server that takes the connection and then says nothing holds a mail up for the postman's patience and
// no longer, and costs it nothing.
func TestServerIsSilent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	outbox := &box{messages: []Message{message("one", "hikari@example.com")}}
	p := &Postman{Outbox: outbox, Server: listener.Addr().String(), From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Patience: 20 * time.Millisecond, Clock: func() time.Time { return start }, Log: slog.New(slog.DiscardHandler)}
	if n, err := p.Deliver(t.Context()); n != 0 || !errors.Is(err, errDown) {
		t.Errorf("delivered %d, %v", n, err)
	}
	if m := outbox.messages[0]; m.State != Deferred || m.Attempts != 0 {
		t.Errorf("the mail: %+v", m)
	}
}

// cutter drops the connection on a receiver.
type cutter struct {
	session
	conn *smtp.Conn
}

func (c *cutter) Rcpt(to string, o *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "cut") {
		c.conn.Conn().Close()
	}
	return c.session.Rcpt(to, o)
}

func TestPostmanSaysWhatIsWrongWithTheServerAddress(t *testing.T) {
	for _, address := range []string{"nowhere", "host:port"} {
		p := &Postman{Outbox: &box{messages: []Message{message("x", "a@example.com")}}, From: "a@b.invalid", Server: address, Clock: func() time.Time { return start }}
		if _, err := p.Deliver(t.Context()); err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestLives: each channel has an answer to each of its acts in each state.
func TestLives(t *testing.T) {
	for _, c := range []Channel{ByMail, ByLetter, ByPostcard, ByTelephone} {
		if err := LifeOf(c).Check(); err != nil {
			t.Errorf("%s: %v", c, err)
		}
	}
	for _, s := range Troubles {
		if !s.Failed() && !s.Open() {
			t.Errorf("%s troubles nobody", s)
		}
	}
}

// bounce is what a mail server sends back.
const bounce = "From: MAILER-DAEMON@mx.example.com\r\nTo: %s\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
	"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; hikari@example.com\r\nAction: %s\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n" +
	"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <abc123@mynumber.invalid>\r\nSubject: x\r\n\r\n--x--\r\n"

func TestReadReport(t *testing.T) {
	for name, c := range map[string]struct {
		to, mailed string
		want       Report
		fails      bool
	}{
		"by the envelope":        {to: "noreply+abc123.1@mynumber.invalid", mailed: fmt.Sprintf(bounce, "noreply@mynumber.invalid", "failed"), want: Report{ID: "abc123", N: 1, Action: "failed", Status: "5.1.1"}, fails: true},
		"by the header":          {mailed: fmt.Sprintf(bounce, "noreply+abc123.0@mynumber.invalid", "failed"), want: Report{ID: "abc123", N: 0, Action: "failed", Status: "5.1.1"}, fails: true},
		"by the mail it returns": {mailed: fmt.Sprintf(bounce, "noreply@mynumber.invalid", "failed"), want: Report{ID: "abc123", N: -1, Action: "failed", Status: "5.1.1"}, fails: true},
		"only late":              {to: "noreply+abc123.0@mynumber.invalid", mailed: fmt.Sprintf(bounce, "x@y", "delayed"), want: Report{ID: "abc123", N: 0, Action: "delayed", Status: "5.1.1"}},
	} {
		got, err := ReadReport(c.to, strings.NewReader(c.mailed))
		got.Said = ""
		if err != nil || got != c.want || got.Failed() != c.fails {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
	for _, mailed := range []string{"", "not a mail", "Subject: I am away\r\n\r\nBack on Monday", "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x--\r\n",
		fmt.Sprintf(bounce, "noreply@mynumber.invalid", "")} {
		if r, err := ReadReport("noreply+abc123.0@mynumber.invalid", strings.NewReader(mailed)); !errors.Is(err, ErrNoReport) {
			t.Errorf("%q is a report: %+v", mailed, r)
		}
	}
}

// FuzzReadReport: whatever comes to the address for bounces is read, or is no report.
func FuzzReadReport(f *testing.F) {
	f.Add("noreply+abc123.1@mynumber.invalid", fmt.Sprintf(bounce, "noreply@mynumber.invalid", "failed"))
	f.Add("", "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\n")
	f.Fuzz(func(t *testing.T, to, mailed string) {
		r, err := ReadReport(to, strings.NewReader(mailed))
		if err == nil && (r.ID == "" || r.Action == "" || len(r.Said) > 4*saidMost) {
			t.Errorf("%+v", r)
		}
	})
}
