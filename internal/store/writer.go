package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"mynumber/internal/office"
)

// ErrClosed says that the registers were closed before the act began: nothing of it was done.
var ErrClosed = errors.New("the registers are closed")

// How much one commit carries at most: acts, and the time from its first act on in which another may still join, so
// that the first one does not wait long for the last. Nobody waits for company: a lone act is committed at once.
const (
	groupActs = 64
	groupTime = 5 * time.Millisecond
)

// writer is SQLite's one writer. A durable commit costs what a disk needs to say that it has written, however much is in it;
// so acts that arrive while one is under way share the next. Each act runs by itself, one after the other, behind a
// savepoint of its own: what fails takes back only what is its own. No act is acknowledged before the commit, and when the
// commit fails none is.
//
// An act runs in the goroutine of whoever asked for it, which the writer gives its turn: a panic is theirs.
type writer struct {
	db     *sql.DB // of one connection
	line   *line   // nil until it is opened, and after it could not be trusted
	acts   chan *act
	closed chan struct{}
	ended  sync.WaitGroup
	// hold is held by a group from its begin to its commit, and by a checkpoint that must not be overtaken.
	hold    sync.Mutex
	written chan struct{} // something was committed since the last checkpoint
	wal     string        // the file that commits go to
	points  *sql.DB       // checkpoints run on a connection of their own
}

// act is one call of Write on its way through the writer.
type act struct {
	ctx  context.Context
	db   *DB
	f    func(office.Tx) error
	turn chan turn  // the writer says: run, or what became of it
	ran  chan error // and hears that it ran
}

// turn lets an act run when tx is there; otherwise it is over, with err.
type turn struct {
	tx  *tx
	err error
}

func newAct(ctx context.Context, db *DB, f func(office.Tx) error) *act {
	return &act{ctx: ctx, db: db, f: f, turn: make(chan turn, 1), ran: make(chan error, 1)}
}

// errUnwound is what the writer hears of an act that ended in a panic.
var errUnwound = errors.New("the act did not return")

func newWriter(acts, points *sql.DB, wal string) *writer {
	w := &writer{db: acts, points: points, wal: wal, acts: make(chan *act), closed: make(chan struct{}), written: make(chan struct{}, 1)}
	w.ended.Go(w.serve)
	w.ended.Go(w.checkpoints)
	return w
}

// write runs f in a transaction that it may share, and returns when that is durable or f has failed. Whoever leaves while
// still waiting for a turn has done nothing.
func (w *writer) write(ctx context.Context, db *DB, f func(office.Tx) error) error {
	a := newAct(ctx, db, f)
	select {
	case w.acts <- a:
	case <-w.closed:
		return ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("wait for the registers: %w", ctx.Err())
	}
	return a.wait()
}

// wait runs the act when it is its turn, again if the writer says so, and returns what became of it.
func (a *act) wait() error {
	for {
		t := <-a.turn
		if t.tx == nil {
			return t.err
		}
		a.run(t.tx)
	}
}

func (a *act) run(t *tx) {
	err := errUnwound
	defer func() { a.ran <- err }()
	err = a.f(t)
}

func (w *writer) serve() {
	for {
		select {
		case a := <-w.acts:
			w.group(a)
		case <-w.closed:
			return
		}
	}
}

// group commits an act and those that arrive meanwhile. When one of them breaks the transaction, those that shared it
// run again without it and without new company, so that it ends.
func (w *writer) group(first *act) {
	w.hold.Lock()
	defer w.hold.Unlock()
	acts := w.together([]*act{first}, true)
	for len(acts) > 0 {
		acts = w.together(acts, false)
	}
}

// together runs acts in one transaction, answers them, and returns those that have to run again.
func (w *writer) together(acts []*act, company bool) []*act {
	begun := time.Now()
	if err := w.begin(); err != nil {
		for _, a := range acts {
			a.turn <- turn{err: fmt.Errorf("begin to write: %w", err)}
		}
		return nil
	}
	var done []*act
	for n := 0; ; n++ {
		var a *act
		switch {
		case len(acts) > 0:
			a, acts = acts[0], acts[1:]
		case company && n < groupActs && time.Since(begun) < groupTime:
			a = w.waiting()
		}
		if a == nil {
			break
		}
		whole, err := w.run(a)
		if err == nil {
			done = append(done, a)
		} else if err != errUnwound {
			a.turn <- turn{err: err}
		}
		if !whole {
			w.line.say("ROLLBACK") // SQLite may have been first; begin sees to it that the next one starts clean
			return append(done, acts...)
		}
	}
	err := w.line.say("COMMIT")
	if err != nil {
		err = fmt.Errorf("commit: %w", err)
		w.line.say("ROLLBACK")
	}
	for _, a := range done {
		a.turn <- turn{err: err}
	}
	select {
	case w.written <- struct{}{}:
	default:
	}
	return nil
}

// waiting is an act that has arrived, or nil.
func (w *writer) waiting() *act {
	select {
	case a := <-w.acts:
		return a
	default:
		return nil
	}
}

// begin opens a transaction. A connection that cannot begin one is given up for a new one.
func (w *writer) begin() error {
	for {
		fresh := w.line == nil
		if fresh {
			var err error
			if w.line, err = openLine(context.Background(), w.db); err != nil {
				return err
			}
		}
		err := w.line.say("BEGIN IMMEDIATE")
		if err == nil || fresh || sqliteEngine.again(err) {
			return err
		}
		w.line.close()
		w.line = nil
	}
}

// run gives an act its turn, behind a savepoint. whole reports that what the others did still stands.
func (w *writer) run(a *act) (whole bool, err error) {
	if err := a.ctx.Err(); err != nil {
		return true, fmt.Errorf("wait for the registers: %w", err)
	}
	if err := w.line.say("SAVEPOINT act"); err != nil {
		return false, fmt.Errorf("begin to write: %w", err)
	}
	t := &tx{ctx: a.ctx, line: uncut{w.line}, db: a.db}
	a.turn <- turn{tx: t}
	err = <-a.ran
	if t.broken != nil {
		if err == nil {
			err = t.broken // the act passed over it
		}
		return false, err
	}
	if err == nil {
		if err = w.line.say("RELEASE act"); err != nil {
			return false, fmt.Errorf("end an act: %w", err)
		}
		return true, nil
	}
	for _, back := range []string{"ROLLBACK TO act", "RELEASE act"} {
		if fault := w.line.say(back); fault != nil {
			return false, errors.Join(err, fault)
		}
	}
	return true, err
}

// uncut says an act's statements to the end: one that is cut short makes SQLite roll back the whole transaction, with all
// that others did in it. Between statements tx looks whether whoever asked has left.
type uncut struct{ line *line }

func (u uncut) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	return u.line.exec(context.WithoutCancel(ctx), query, args)
}

func (u uncut) query(ctx context.Context, query string, args []any) (*sql.Rows, func(), error) {
	return u.line.query(context.WithoutCancel(ctx), query, args)
}

// close refuses acts that still wait, lets those finish that have begun, and ends the checkpoints.
func (w *writer) close() error {
	select {
	case <-w.closed:
		return nil
	default:
	}
	close(w.closed)
	w.ended.Wait()
	var errs []error
	if w.line != nil {
		errs = append(errs, w.line.close())
	}
	return errors.Join(append(errs, w.db.Close(), w.points.Close())...)
}

// What a commit writes goes to the end of the write-ahead log; a checkpoint carries it into the file. That takes many times
// what a commit takes, so it runs beside the commits. It never catches up with a busy writer: past walFrames the writer is
// held for the little that is left, and begins the log anew. walLimit is the size to which the log's file shrinks then.
const (
	checkpointPause = 100 * time.Millisecond
	walBegins       = 4 << 20
	walFrames       = 4000
	walLimit        = 64 << 20
)

// checkpoints runs until the registers are closed. A checkpoint that fails is tried again: what was committed is safe in the
// log, and when the disk is full the next act hears it.
func (w *writer) checkpoints() {
	for {
		select {
		case <-w.written:
		case <-w.closed:
			return
		}
		select {
		case <-time.After(checkpointPause):
		case <-w.closed:
			return
		}
		if info, err := os.Stat(w.wal); err != nil || info.Size() < walBegins {
			continue
		}
		if frames, err := w.checkpoint("PASSIVE"); err == nil && frames > walFrames {
			w.hold.Lock()
			w.checkpoint("RESTART")
			w.hold.Unlock()
		}
	}
}

// checkpoint reports how many frames the log has.
func (w *writer) checkpoint(mode string) (frames int, err error) {
	var busy, done int
	err = w.points.QueryRow("PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &frames, &done)
	return frames, err
}
