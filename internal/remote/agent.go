package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Chip is a card with power: a command goes to it and its answer comes back.
type Chip interface {
	Transmit(command []byte) (answer []byte, err error)
}

// Agent stands beside a card reader and does what the server says with the card in it.
type Agent struct {
	Server string // base address: https, or http on this machine alone
	Reader string // its name, shown at the desk
	Open   func(context.Context) (chip Chip, close func() error, err error)
	NoCard func(error) bool           // an error of Open that says that there is no card
	Code   func(code string)          // shows the pairing code
	Paired func(desk string)          // says with which desk the reader is paired
	Say    func(what string, e error) // says a fault that was not the end; nil for silence

	client http.Client
	chip   Chip
	close  func() error
	last   report // of the thing that was done last
}

// ErrAddress says that a server's address is none over which cards are used.
var ErrAddress = errors.New("remote: the server's address has to begin with https://, or be on this machine")

// Bounds of an agent's patience.
const (
	pollTimeout = longestPoll + 20*time.Second
	pause       = time.Second // before it tries again
	patience    = 30          // tries of a server that does not answer
)

// base is the server's address, if it is one over which nobody can read along.
func base(server string) (string, error) {
	u, err := url.Parse(strings.TrimSuffix(server, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", ErrAddress
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme != "https" && !(u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())) {
		return "", ErrAddress
	}
	return u.String(), nil
}

// Run registers the reader, shows its code and serves the desk until the context ends or the server dismisses it (nil then).
// Whatever ends it, the card has no power afterwards.
func (a *Agent) Run(ctx context.Context) error {
	server, err := base(a.Server)
	if err != nil {
		return err
	}
	a.client = http.Client{Timeout: pollTimeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer a.powerOff()
	var admitted admission
	if err := a.post(ctx, server+Path, "", greeting{a.Reader}, http.StatusCreated, &admitted); err != nil {
		return fmt.Errorf("register at the server: %w", err)
	}
	if a.Code != nil {
		a.Code(admitted.Code)
	}
	err = a.serve(ctx, server+Path+"/"+url.PathEscape(admitted.ID), admitted.Secret)
	if errors.Is(err, errDismissed) {
		return nil
	}
	a.dismiss(server+Path+"/"+url.PathEscape(admitted.ID), admitted.Secret)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// serve asks for work and does it.
func (a *Agent) serve(ctx context.Context, address, secret string) error {
	desk, failed := "", 0
	for {
		a.last.Desk = desk
		var next order
		err := a.post(ctx, address, secret, a.last, http.StatusOK, &next)
		switch {
		case errors.Is(err, errDismissed) || ctx.Err() != nil:
			return err
		case err != nil:
			if failed++; failed > patience {
				return err
			}
			if a.Say != nil {
				a.Say("the server does not answer", err)
			}
			select {
			case <-time.After(pause):
			case <-ctx.Done():
				return ctx.Err()
			}
			continue
		}
		failed = 0
		if next.Desk != desk {
			if desk = next.Desk; a.Paired != nil {
				a.Paired(desk)
			}
		}
		if next.Seq != 0 && next.Seq != a.last.Seq { // what was done already is answered again, and not done again
			a.last = a.do(ctx, next)
		}
	}
}

// do does one thing with the card.
func (a *Agent) do(ctx context.Context, o order) report {
	out := report{Seq: o.Seq}
	fault := func(err error) {
		out.Fault = faultReader
		if a.NoCard != nil && a.NoCard(err) {
			out.Fault = faultNoCard
		}
		if a.Say != nil {
			a.Say("the card", err)
		}
		a.powerOff()
	}
	switch o.Op {
	case powerOn:
		a.powerOff()
		chip, closed, err := a.Open(ctx)
		if err != nil {
			fault(err)
			break
		}
		a.chip, a.close = chip, closed
	case powerOff:
		a.powerOff()
	case transmit:
		if a.chip == nil {
			fault(ErrNoCard)
			break
		}
		answer, err := a.chip.Transmit(o.Data)
		if err != nil {
			fault(err)
			break
		}
		out.Data = answer
	default:
		out.Fault = faultReader
	}
	return out
}

func (a *Agent) powerOff() {
	if a.chip == nil {
		return
	}
	if err := a.close(); err != nil && a.Say != nil {
		a.Say("the card", err)
	}
	a.chip, a.close = nil, nil
}

// dismiss tells the server that the reader is going.
func (a *Agent) dismiss(address, secret string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, address, nil)
	if err != nil {
		return
	}
	req.Header.Set("Authorization", "Bearer "+secret)
	if resp, err := a.client.Do(req); err == nil {
		resp.Body.Close()
	}
}

func (a *Agent) post(ctx context.Context, address, secret string, what any, want int, into any) error {
	body, err := json.Marshal(what)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if secret != "" {
		req.Header.Set("Authorization", "Bearer "+secret)
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusGone {
		return errDismissed
	}
	if resp.StatusCode != want {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 200))
		return fmt.Errorf("the server says %s: %s", resp.Status, strings.TrimSpace(string(text)))
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 4*longestUnit)).Decode(into); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	return nil
}
