package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"

	"mynumber/internal/notice"
	"mynumber/internal/web"
)

// Inbox is a mail server of the sandbox: it takes every mail by SMTP and keeps it as a file named by its Message-ID, so
// that a mail that comes twice is there once.
type Inbox struct {
	dir      string
	server   *smtp.Server
	listener *cutListener
	served   chan struct{} // closed when nothing is accepted any more
	Addr     string        // host:port it listens on

	reports atomic.Pointer[func(context.Context, notice.Report) error] // hears of a mail that could not be delivered
}

// ReportTo says who hears of a mail that the sandbox's post could not deliver.
func (in *Inbox) ReportTo(f func(context.Context, notice.Report) error) { in.reports.Store(&f) }

// Addresses with which mail goes wrong, by how they begin.
const (
	refusedAddress = "refused" // no such person: the server says so at once
	laterAddress   = "later"   // the mailbox is full for ever
	bouncedAddress = "bounced" // taken, and sent back afterwards
)

// OpenInbox starts the server on a free port of this machine; mails lie in the folder.
func OpenInbox(dir string) (*Inbox, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the mails: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for mail: %w", err)
	}
	in := &Inbox{dir: dir, listener: &cutListener{Listener: listener, open: map[net.Conn]bool{}}, served: make(chan struct{}), Addr: listener.Addr().String()}
	in.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{inbox: in}, nil }))
	in.server.Domain = "inbox.invalid"
	in.server.MaxMessageBytes, in.server.MaxRecipients = 1<<20, 10
	// With a time limit the library looks at the connection before each command, and not at those it had read before its end.
	in.server.ReadTimeout, in.server.WriteTimeout = 30*time.Second, 30*time.Second
	go func() {
		defer close(in.served)
		_ = in.server.Serve(in.listener) // it ends when the listener is closed
	}()
	return in, nil
}

// Close stops the server: it cuts the connections, and waits until nobody works on one. (The library's own Close takes the
// session away from a connection that is being served, which panics.)
func (in *Inbox) Close(ctx context.Context) error {
	in.listener.cut()
	<-in.served
	return in.server.Shutdown(ctx)
}

// delivery is one SMTP session.
type delivery struct {
	inbox    *Inbox
	from, to string
}

func (d *delivery) Mail(from string, _ *smtp.MailOptions) error { d.from = from; return nil }
func (d *delivery) Reset()                                      {}
func (d *delivery) Logout() error                               { return nil }

// Rcpt takes everybody but those with whom the sandbox shows what goes wrong.
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch d.to = to; {
	case strings.HasPrefix(to, refusedAddress):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person in this sandbox"}
	case strings.HasPrefix(to, laterAddress):
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "the mailbox is full"}
	}
	return nil
}

// sendBack reports a mail as undelivered, in the form in which mail servers do.
func (d *delivery) sendBack(hears func(context.Context, notice.Report) error) error {
	report := "From: MAILER-DAEMON@inbox.invalid\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n" +
		"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; inbox.invalid\r\n\r\nAction: failed\r\nStatus: 5.2.1\r\nDiagnostic-Code: smtp; 550 the mailbox was closed\r\n\r\n--x--\r\n"
	read, err := notice.ReadReport(d.from, strings.NewReader(report))
	if err != nil {
		return err
	}
	return hears(context.Background(), read)
}

// Data keeps the mail; only then the sender hears that it was taken.
func (d *delivery) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	message, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return &smtp.SMTPError{Code: 554, Message: "not a mail"}
	}
	if hears := d.inbox.reports.Load(); hears != nil && strings.HasPrefix(d.to, bouncedAddress) {
		return d.sendBack(*hears)
	}
	return d.inbox.keep(message.Header.Get("Message-ID"), body)
}

var messageID = regexp.MustCompile(`^<([A-Za-z0-9._-]+)@[A-Za-z0-9.-]+>$`)

// keep writes the mail whole, or not at all.
func (in *Inbox) keep(id string, body []byte) error {
	m := messageID.FindStringSubmatch(id)
	if m == nil {
		return &smtp.SMTPError{Code: 554, Message: "no usable Message-ID"}
	}
	tmp, err := os.CreateTemp(in.dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(body)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(in.dir, m[1]+".eml"))
}

// Mails lists what was delivered, the newest first.
func (in *Inbox) Mails() ([]web.Mail, error) {
	files, err := filepath.Glob(filepath.Join(in.dir, "*.eml"))
	if err != nil {
		return nil, fmt.Errorf("list the mails: %w", err)
	}
	var mails []web.Mail
	for _, f := range files {
		m, err := readMail(f)
		if err != nil {
			return nil, fmt.Errorf("read the mail %s: %w", filepath.Base(f), err)
		}
		mails = append(mails, m)
	}
	slices.SortFunc(mails, func(a, b web.Mail) int {
		if c := b.Date.Compare(a.Date); c != 0 {
			return c
		}
		return strings.Compare(b.ID, a.ID)
	})
	return mails, nil
}

func readMail(file string) (web.Mail, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return web.Mail{}, err
	}
	message, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return web.Mail{}, err
	}
	var words mime.WordDecoder
	decode := func(name string) string {
		text, err := words.DecodeHeader(message.Header.Get(name))
		if err != nil {
			return message.Header.Get(name)
		}
		return text
	}
	m := web.Mail{ID: strings.TrimSuffix(filepath.Base(file), ".eml"), From: decode("From"), Subject: decode("Subject")}
	for to := range strings.SplitSeq(decode("To"), ",") {
		m.To = append(m.To, strings.TrimSpace(to))
	}
	if m.Date, err = message.Header.Date(); err != nil {
		return m, err
	}
	text := message.Body
	if strings.EqualFold(message.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		text = quotedprintable.NewReader(text)
	}
	content, err := io.ReadAll(text)
	m.Body = strings.ReplaceAll(string(content), "\r\n", "\n")
	return m, err
}
