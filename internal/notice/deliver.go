package notice

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Outbox is where messages wait.
type Outbox interface {
	// Due lists mails that are to be tried now, the oldest first.
	Due(ctx context.Context, now time.Time, limit int) ([]Message, error)
	// Delivered notes durably what became of an attempt.
	Delivered(ctx context.Context, m Message) error
}

// Postman hands the outbox's mails to a mail server, at least once each. What became of one is noted before its connection
// is used for the next, so that only a mail in flight when the process dies goes out again, under the same Message-ID.
type Postman struct {
	Outbox   Outbox
	Server   string        // host:port of the mail server
	From     string        // address in the From line; with the message's ID added to its local part, in the envelope
	Domain   string        // right part of the Message-IDs
	Senders  int           // connections at a time; senders when it is zero
	Patience time.Duration // how long a server may take for one answer; timeout when it is zero
	Clock    civil.Clock
	Log      *slog.Logger

	mu sync.Mutex // one round at a time
}

// Bounds of the postman's work.
const (
	batch   = 500
	senders = 8
	timeout = 30 * time.Second
)

// pauses are how long to wait after the first, second … time that a server did not take a mail for now; the last one repeats.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// tryFor is how long a mail is tried: RFC 5321, section 4.5.4.1, says "generally needs to be at least 4-5 days".
const tryFor = 5 * 24 * time.Hour

// What is wrong with the server and not with a mail.
var (
	errDown = errors.New("the mail server cannot be reached")
	errCut  = errors.New("the connection to the mail server was cut off") // it may be this mail that does it
)

// Deliver tries every mail that is due and reports how many a server took. A mail or an address that is refused does not
// stop the others; a server that cannot be reached ends the round.
func (p *Postman) Deliver(ctx context.Context) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delivered := 0
	for {
		due, err := p.Outbox.Due(ctx, p.Clock(), batch)
		if err != nil {
			return delivered, fmt.Errorf("read the outbox: %w", err)
		}
		if len(due) == 0 {
			return delivered, nil
		}
		n, err := p.round(ctx, due)
		delivered += n
		if err != nil {
			return delivered, err
		}
	}
}

// round hands mails over on several connections.
func (p *Postman) round(ctx context.Context, due []Message) (int, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan Message)
	var sent sync.Map
	var all sync.WaitGroup
	for range min(cmp.Or(p.Senders, senders), len(due)) {
		all.Go(func() {
			c := &connection{postman: p}
			defer c.close()
			for m := range work {
				took, err := c.deliver(ctx, m)
				if took {
					sent.Store(m.ID, true)
				}
				if err != nil {
					stop(err)
					return
				}
			}
		})
	}
feed:
	for _, m := range due {
		select {
		case work <- m:
		case <-ctx.Done():
			break feed
		}
	}
	close(work)
	all.Wait()
	n := 0
	sent.Range(func(any, any) bool { n++; return true })
	return n, context.Cause(ctx)
}

// connection is one connection to the mail server, opened when it is needed.
type connection struct {
	postman *Postman
	client  *smtp.Client
}

func (c *connection) close() {
	if c.client != nil {
		_ = c.client.Quit() // whatever was taken was acknowledged
		c.client = nil
	}
}

// deliver tries each address of a mail that is due and notes what became of it. The error ends the round.
func (c *connection) deliver(ctx context.Context, m Message) (took bool, err error) {
	p := c.postman
	m.Addressed()
	body, err := p.compose(m)
	var failed error
	for i := range m.Deliveries {
		d := &m.Deliveries[i]
		if !d.State.Open() || d.Due.After(p.Clock()) || failed != nil {
			continue
		}
		attempt := err
		if attempt == nil {
			attempt = c.send(ctx, m, i, body)
		}
		if attempt == nil {
			took = true
		}
		if p.outcome(d, m.Created, attempt); errors.Is(attempt, errDown) {
			failed = attempt
			c.client = nil
		}
	}
	m.Sum()
	if m.Changed = p.Clock(); took {
		m.Sent = m.Changed
	}
	// What a server took is noted even when the program is told to stop.
	if err := p.Outbox.Delivered(context.WithoutCancel(ctx), m); err != nil {
		return took, fmt.Errorf("note the delivery of %s: %w", m.ID, err)
	}
	return took, failed
}

// outcome is what an attempt does to a delivery: no error takes it, a temporary one defers it, a permanent one refuses it.
func (p *Postman) outcome(d *Delivery, created time.Time, err error) {
	var answer *textproto.Error
	act, pause := Take, pauses[0]
	d.Code, d.Said = 0, ""
	switch {
	case err == nil:
	case errors.As(err, &answer) && answer.Code >= 500, errors.Is(err, errUnsendable):
		act = Refuse
	default:
		act, pause = Defer, pauses[min(d.Attempts, len(pauses)-1)]
		switch {
		case errors.Is(err, errDown):
			pause = pauses[0] // nothing is held against the mail
			d.Attempts--
		case p.Clock().Sub(created) > tryFor:
			act = GiveUp
		}
	}
	if err != nil {
		d.Said = said(err)
	}
	if answer != nil {
		d.Code = answer.Code
	}
	d.Attempts++
	if cell, fault := MailLife.At(d.State, act); fault == nil && cell.Verdict == law.Goes {
		d.State = cell.To
	}
	if d.Due = (time.Time{}); d.State.Open() {
		d.Due = p.Clock().Add(pause)
	}
}

// saidMost bounds what is kept of a server's answer.
const saidMost = 200

// said is a server's answer as it is kept: one bounded line.
func said(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if r := []rune(text); len(r) > saidMost {
		text = string(r[:saidMost])
	}
	return strings.ToValidUTF8(text, "?")
}

func (p *Postman) patience() time.Duration { return cmp.Or(p.Patience, timeout) }

// dial opens the connection.
func (c *connection) dial(ctx context.Context) error {
	p := c.postman
	host, port, err := net.SplitHostPort(p.Server)
	if err != nil {
		return fmt.Errorf("%w: %q is not host:port", errDown, p.Server)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return fmt.Errorf("%w: %q has no number for its port", errDown, p.Server)
	}
	client, err := mail.NewClient(host, mail.WithPort(n), mail.WithTimeout(p.patience()), mail.WithTLSPolicy(mail.TLSOpportunistic), mail.WithHELO(p.Domain))
	if err != nil {
		return fmt.Errorf("prepare the mail client: %w", err)
	}
	if c.client, err = client.DialToSMTPClientWithContext(ctx); err != nil {
		return fmt.Errorf("%w: %w", errDown, err)
	}
	return nil
}

// send hands a mail over for its n-th address, in an exchange of its own: each address has its own answer.
func (c *connection) send(ctx context.Context, m Message, n int, body []byte) error {
	if c.client == nil {
		if err := c.dial(ctx); err != nil {
			return err
		}
	}
	if err := c.client.UpdateDeadline(c.postman.patience()); err != nil {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	err := c.exchange(ReturnPath(c.postman.From, m.ID, n), string(m.Deliveries[n].To), body)
	var answer *textproto.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer) && answer.Code != closing:
		if c.client.Reset() != nil {
			_ = c.client.Close() // it is of no use any more
			c.client = nil
		}
		return err
	}
	_ = c.client.Close() // it is of no use any more
	c.client = nil
	if answer != nil {
		return fmt.Errorf("%w: %w", errDown, err) // it says that it goes
	}
	return fmt.Errorf("%w: %w", errCut, err)
}

// closing is what a server says that ends the connection.
const closing = 421

func (c *connection) exchange(from, to string, body []byte) error {
	if err := c.client.Mail(from); err != nil {
		return err
	}
	if err := c.client.Rcpt(to); err != nil {
		return err
	}
	w, err := c.client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}

// errUnsendable is a mail that cannot be written: no server will ever take it.
var errUnsendable = errors.New("a receiver's address is refused by the mail library")

// compose writes a mail as it goes over the line.
func (p *Postman) compose(m Message) ([]byte, error) {
	out := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := out.FromFormat(m.From, p.From); err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	for _, to := range m.To {
		if out.AddTo(string(to)) != nil {
			return nil, errUnsendable
		}
	}
	out.SetMessageIDWithValue(m.ID + "@" + p.Domain)
	out.SetDateWithValue(m.Created)
	out.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Replaces != "" {
		out.SetGenHeader("References", "<"+m.Replaces+"@"+p.Domain+">")
	}
	out.Subject(m.Subject)
	out.SetBodyString(mail.TypeTextPlain, m.Body)
	var b bytes.Buffer
	if _, err := out.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write the mail: %w", err)
	}
	return b.Bytes(), nil
}

// Run delivers until the context ends: when woken by a committed act, and every so often for what failed before.
func (p *Postman) Run(ctx context.Context, wake <-chan struct{}) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		if _, err := p.Deliver(ctx); err != nil && ctx.Err() == nil {
			p.Log.Warn("mail is waiting", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-tick.C:
		}
	}
}
