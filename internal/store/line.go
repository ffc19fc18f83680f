package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// line is one connection to SQLite that keeps its statements prepared: to compile one costs as much as to run it.
// One caller at a time.
type line struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt // those not in use
}

// linePrepared bounds the statements that a line keeps; there are fewer texts than that, but for lists of any length.
const linePrepared = 256

func openLine(ctx context.Context, db *sql.DB) (*line, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the registers: %w", err)
	}
	return &line{conn: conn, prepared: map[string]*sql.Stmt{}}, nil
}

// take lends a prepared statement out: whoever says the same text while its rows are still being read gets another.
func (l *line) take(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := l.prepared[query]; ok {
		delete(l.prepared, query)
		return s, nil
	}
	return l.conn.PrepareContext(ctx, query)
}

func (l *line) put(query string, s *sql.Stmt) {
	if _, ok := l.prepared[query]; ok {
		s.Close()
		return
	}
	if len(l.prepared) >= linePrepared {
		for old, other := range l.prepared {
			delete(l.prepared, old)
			other.Close()
			break
		}
	}
	l.prepared[query] = s
}

func (l *line) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	s, err := l.take(ctx, query)
	if err != nil {
		return nil, err
	}
	defer l.put(query, s)
	return s.ExecContext(ctx, args...)
}

func (l *line) query(ctx context.Context, query string, args []any) (*sql.Rows, func(), error) {
	s, err := l.take(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		l.put(query, s)
		return nil, nil, err
	}
	return rows, func() { l.put(query, s) }, nil
}

// say runs a statement of our own that nobody may cut short.
func (l *line) say(query string) error {
	_, err := l.exec(context.Background(), query, nil)
	return err
}

// close gives the connection up for good.
func (l *line) close() error {
	var errs []error
	for _, s := range l.prepared {
		errs = append(errs, s.Close())
	}
	l.conn.Raw(func(any) error { return driver.ErrBadConn }) // so that the pool does not keep it
	if err := l.conn.Close(); !errors.Is(err, sql.ErrConnDone) && !errors.Is(err, driver.ErrBadConn) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// readers are the lines for reading. A line that is not open yet is nil.
type readers struct {
	db     *sql.DB
	free   chan *line
	closed chan struct{}
}

func newReaders(db *sql.DB, n int) *readers {
	r := &readers{db: db, free: make(chan *line, n), closed: make(chan struct{})}
	for range n {
		r.free <- nil
	}
	return r
}

// read runs f on one consistent state.
func (r *readers) read(ctx context.Context, f func(*line) error) error {
	var l *line
	select {
	case l = <-r.free:
	case <-r.closed:
		return ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("begin to read: %w", ctx.Err())
	}
	sound := false
	defer func() {
		if !sound && l != nil {
			l.close()
			l = nil
		}
		r.put(l)
	}()
	select {
	case <-r.closed:
		sound = true
		return ErrClosed
	default:
	}
	if l == nil {
		var err error
		if l, err = openLine(ctx, r.db); err != nil {
			return err
		}
	}
	if err := l.say("BEGIN"); err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() { sound = l.say("ROLLBACK") == nil }()
	return f(l)
}

// put gives a line back, and closes it when the registers are closed meanwhile.
func (r *readers) put(l *line) {
	r.free <- l
	select {
	case <-r.closed:
		r.drain()
	default:
	}
}

func (r *readers) drain() error {
	var errs []error
	for {
		select {
		case l := <-r.free:
			if l != nil {
				errs = append(errs, l.close())
			}
		default:
			return errors.Join(errs...)
		}
	}
}

// close closes the lines that nobody reads on; whoever reads closes theirs.
func (r *readers) close() error {
	select {
	case <-r.closed:
		return nil
	default:
	}
	close(r.closed)
	return r.drain()
}
