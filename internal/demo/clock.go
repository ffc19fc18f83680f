package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"mynumber/internal/office"
)

// Clock is the sandbox's clock: it was set to an instant and goes on from there at the pace of the real one. It is kept in
// the registers, so that a restart goes on where it was.
type Clock struct {
	mu    sync.Mutex
	at    time.Time // what it was set to
	since time.Time // when, by the real clock
	store office.Store
}

// clockSetting is how the clock stands in the registers.
type clockSetting struct {
	At    time.Time `json:"at"`
	Since time.Time `json:"since"`
}

const clockKey = "sandbox_clock"

// OpenClock reads the clock, or sets it to the start of the life.
func OpenClock(ctx context.Context, store office.Store) (*Clock, error) {
	c := &Clock{store: store}
	var text string
	err := store.Read(ctx, func(tx office.Tx) error {
		var err error
		text, err = tx.Setting(clockKey)
		return err
	})
	if errors.Is(err, office.ErrNotFound) {
		return c, c.Set(ctx, Start)
	}
	if err != nil {
		return nil, err
	}
	var s clockSetting
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return nil, fmt.Errorf("read the sandbox clock: %w", err)
	}
	c.at, c.since = s.At, s.Since
	return c, nil
}

// Now is the instant of the sandbox.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at.Add(max(0, time.Since(c.since)))
}

// ErrBackwards says that a clock cannot be set back: what was done stays done, and days are worked off once.
var ErrBackwards = errors.New("the clock goes forward only; begin a new data folder for an earlier day")

// Set moves the clock forward to an instant.
func (c *Clock) Set(ctx context.Context, at time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.at.IsZero() && at.Before(c.at.Add(time.Since(c.since))) {
		return ErrBackwards
	}
	since := time.Now()
	text, err := json.Marshal(clockSetting{At: at.UTC(), Since: since.UTC()})
	if err != nil {
		return fmt.Errorf("write the sandbox clock: %w", err)
	}
	if err := c.store.Write(ctx, func(tx office.Tx) error { return tx.PutSetting(clockKey, string(text)) }); err != nil {
		return err
	}
	c.at, c.since = at, since
	return nil
}
