package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/wneessen/go-mail"

	"mynumber/internal/civil"
)

// Outbox is where messages wait.
type Outbox interface {
	// Due lists messages that are to be tried now, the oldest first.
	Due(ctx context.Context, now time.Time, limit int) ([]Message, error)
	// Delivered notes what became of an attempt.
	Delivered(ctx context.Context, m Message) error
}

// Postman hands the outbox's messages to a mail server, at least once each. A message in flight when the
// process dies goes out again under the same Message-ID.
type Postman struct {
	Outbox Outbox
	Server string // host:port of the mail server
	From   string // address in the envelope and the From line
	Domain string // right part of the Message-IDs
	Clock  civil.Clock
	Log    *slog.Logger

	mu sync.Mutex // one round at a time
}

// Bounds of the postman's work.
const (
	batch   = 100
	timeout = 30 * time.Second
)

// pauses are how long to wait after the first, second … failed attempt; the last one repeats.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// Deliver tries every message that is due and reports how many were taken by the server. A message that
// a server refuses does not stop the others; a server that cannot be reached ends the round.
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

// round sends one batch over one connection.
func (p *Postman) round(ctx context.Context, due []Message) (int, error) {
	client, err := p.client()
	if err != nil {
		return 0, err
	}
	dialled := client.DialWithContext(ctx)
	defer client.Close()
	sent := 0
	for _, m := range due {
		err := dialled
		if err == nil {
			err = p.send(client, m)
		}
		m.Attempts++
		if err != nil {
			m.LastError = err.Error()
			m.Due = p.Clock().Add(pauses[min(m.Attempts, len(pauses))-1])
		} else {
			m.Sent, m.LastError = p.Clock(), ""
			sent++
		}
		if err := p.Outbox.Delivered(ctx, m); err != nil {
			return sent, fmt.Errorf("note the delivery of %s: %w", m.ID, err)
		}
	}
	if dialled != nil {
		return sent, fmt.Errorf("reach the mail server: %w", dialled)
	}
	return sent, nil
}

func (p *Postman) client() (*mail.Client, error) {
	host, port, err := net.SplitHostPort(p.Server)
	if err != nil {
		return nil, fmt.Errorf("mail server %q, want host:port: %w", p.Server, err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("mail server %q, want a number for its port: %w", p.Server, err)
	}
	client, err := mail.NewClient(host, mail.WithPort(n), mail.WithTimeout(timeout), mail.WithTLSPolicy(mail.TLSOpportunistic), mail.WithHELO(p.Domain))
	if err != nil {
		return nil, fmt.Errorf("prepare the mail client: %w", err)
	}
	return client, nil
}

// send hands one message over.
func (p *Postman) send(client *mail.Client, m Message) error {
	out, err := p.compose(m)
	if err != nil {
		return err
	}
	return client.Send(out)
}

// compose makes the mail of a message.
func (p *Postman) compose(m Message) (*mail.Msg, error) {
	out := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := out.FromFormat(m.From, p.From); err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	var faults []error
	for _, to := range m.To {
		faults = append(faults, out.AddTo(string(to)))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, errors.New("a receiver's address is refused by the mail library")
	}
	out.SetMessageIDWithValue(m.ID + "@" + p.Domain)
	out.SetDateWithValue(m.Created)
	out.Subject(m.Subject)
	out.SetBodyString(mail.TypeTextPlain, m.Body)
	return out, nil
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
