package store

import (
	"context"
	"fmt"
	"sync"

	"mynumber/internal/place"
)

// chains lets the acts of one office go one after the other. They meet in the head of the office's journal anyway; without a queue
// each of them would find out at its end that it has to run again, and of sixty at once some never got through. Between
// several nodes that is still how they find out.
type chains struct {
	mu  sync.Mutex
	all map[place.Code]chan struct{} // with one token each
}

// enter waits for the office's turn; leave ends it.
func (c *chains) enter(ctx context.Context, of place.Code) (leave func(), err error) {
	if of == "" {
		return func() {}, nil
	}
	c.mu.Lock()
	turn := c.all[of]
	if turn == nil {
		turn = make(chan struct{}, 1)
		c.all[of] = turn
	}
	c.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for the office's turn: %w", ctx.Err())
	}
}
