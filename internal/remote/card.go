package remote

import (
	"context"
	"time"
)

// Card is the card in a desk's reader, with power, until Close.
type Card struct {
	readers *Readers
	agent   *agent
}

// Insert powers up the card in the desk's reader, when whoever uses it is done. ErrNoReader, ErrNoCard, ErrLost, ErrInUse.
func (r *Readers) Insert(ctx context.Context, desk string) (*Card, error) {
	r.mu.Lock()
	r.sweep()
	a := r.desks[desk]
	r.mu.Unlock()
	if a == nil {
		return nil, ErrNoReader
	}
	select {
	case a.using <- struct{}{}:
	case <-ctx.Done():
		return nil, ErrInUse
	}
	c := &Card{r, a}
	if _, err := c.ask(powerOn, nil); err != nil {
		<-a.using
		return nil, err
	}
	return c, nil
}

// Transmit sends one command to the card. ErrLost when the agent is gone or does not answer in time: whether the card obeyed is
// not known then.
func (c *Card) Transmit(command []byte) ([]byte, error) { return c.ask(transmit, command) }

// Close takes the power away. An agent that is gone has taken it away itself.
func (c *Card) Close() error {
	_, _ = c.ask(powerOff, nil)
	<-c.agent.using
	return nil
}

// ask gives the agent one thing to do and waits for what became of it. An agent that does not ask for it soon, or does not answer
// in time, is lost.
func (c *Card) ask(op string, data []byte) ([]byte, error) {
	r, a := c.readers, c.agent
	r.mu.Lock()
	if a.gone {
		r.mu.Unlock()
		return nil, ErrLost
	}
	a.seq++
	u := &unit{seq: a.seq, op: op, data: data, delivered: make(chan struct{}), done: make(chan answer, 1)}
	a.pending = u
	a.touch()
	r.mu.Unlock()
	timer := time.NewTimer(r.wait.pickUp)
	defer timer.Stop()
	delivered := u.delivered
	for {
		select {
		case got := <-u.done:
			return got.data, got.err
		case <-delivered:
			delivered = nil
			timer.Reset(r.wait.answer)
		case <-timer.C:
			r.mu.Lock()
			if a.pending == u {
				r.drop(a)
			}
			r.mu.Unlock()
			got := <-u.done
			return got.data, got.err
		}
	}
}
