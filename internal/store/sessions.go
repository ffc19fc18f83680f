package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/office"
)

// Sessions keeps the sessions of the pages; it is what scs asks of a store.
type Sessions struct{ DB *DB }

// sessionSlack is how much of a session's time may go unwritten: each request moves its end, and a commit
// for each look at a page would cost more than the page. A session that only moved by less ends so much earlier.
const sessionSlack = time.Minute

// FindCtx is the data of a session that has not expired.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, expires, err := s.find(ctx, token)
	if errors.Is(err, office.ErrNotFound) || err == nil && !expires.After(time.Now()) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find a session: %w", err)
	}
	return data, true, nil
}

func (s Sessions) find(ctx context.Context, token string) (data []byte, expires time.Time, err error) {
	err = s.DB.Read(ctx, func(o office.Tx) error {
		var us int64
		err := o.(*tx).row("SELECT data, expires FROM session WHERE token = $1", []any{token}, &data, &us)
		expires = instant(us)
		return err
	})
	return data, expires, err
}

// CommitCtx keeps a session, and drops those that have expired.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	have, until, err := s.find(ctx, token)
	if err == nil && until.After(time.Now()) && bytes.Equal(have, data) && !expiry.Before(until) && expiry.Sub(until) < sessionSlack {
		return nil
	}
	err = s.DB.Write(ctx, func(o office.Tx) error {
		t := o.(*tx)
		err := t.exec("INSERT INTO session (token, data, expires) VALUES ($1, $2, $3) ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires", token, data, micros(expiry))
		if err != nil {
			return err
		}
		return t.exec("DELETE FROM session WHERE expires <= $1", time.Now().UnixMicro())
	})
	if err != nil {
		return fmt.Errorf("keep a session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	err := s.DB.Write(ctx, func(o office.Tx) error {
		return o.(*tx).exec("DELETE FROM session WHERE token = $1", token)
	})
	if err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// Find, Commit and Delete are the same without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit keeps a session.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete ends a session.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
