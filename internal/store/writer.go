package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
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

// writer lets acts write to SQLite, one after the other. A durable commit costs what a disk needs to say that it has written,
// however much is in it; so acts that arrive while one is under way share the next. Each runs behind a savepoint of its own: what
// fails takes back only what is its own. No act is acknowledged before the commit, and when the commit fails none is.
//
// Whoever arrives first leads: it begins the transaction, runs its act and those that arrived meanwhile, and commits. So a lone act
// costs no change of goroutines, and another one a single change, when it is answered. A panic is carried to whoever asked.
type writer struct {
	db     *sql.DB       // of one connection
	line   *line         // the leader's; nil until it is opened, and after it could not be trusted
	lead   chan struct{} // holds one token; who has it leads
	acts   chan *act     // to the leader
	closed chan struct{}
	// What was committed since the last checkpoint goes through written; checkpoints run on a connection of their own.
	written chan struct{}
	wal     string // the file that commits go to
	points  *sql.DB
	ended   sync.WaitGroup
}

// act is one call of Write on its way through the writer.
type act struct {
	ctx    context.Context
	db     *DB
	f      func(office.Tx) error
	answer chan error // what became of it; nil for the leader's own
}

// Panic is a panic of an act that another one's leader ran, carried to whoever asked for the act.
type Panic struct {
	Value any
	Stack []byte // where it happened
}

// Error says what happened and where.
func (p *Panic) Error() string { return fmt.Sprintf("panic in an act: %v\n%s", p.Value, p.Stack) }

// errLost says that the transaction which an act shared is gone through nobody's fault of its own: it runs again.
var errLost = errors.New("the shared transaction was lost")

func newWriter(acts, points *sql.DB, wal string) *writer {
	w := &writer{db: acts, points: points, wal: wal, lead: make(chan struct{}, 1), acts: make(chan *act), closed: make(chan struct{}), written: make(chan struct{}, 1)}
	w.lead <- struct{}{}
	w.ended.Go(w.checkpoints)
	return w
}

// write runs f in a transaction that it may share, and returns when that is durable or f has failed. Whoever leaves while
// still waiting for a turn has done nothing.
func (w *writer) write(ctx context.Context, db *DB, f func(office.Tx) error) error {
	a := &act{ctx: ctx, db: db, f: f}
	select {
	case <-w.lead:
		defer func() { w.lead <- struct{}{} }()
		return w.group(a)
	default:
	}
	a.answer = make(chan error, 1)
	select {
	case <-w.lead:
		defer func() { w.lead <- struct{}{} }()
		return w.group(a)
	case w.acts <- a:
		return a.wait()
	case <-w.closed:
		return ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("wait for the registers: %w", ctx.Err())
	}
}

// wait returns what became of the act.
func (a *act) wait() error {
	err := <-a.answer
	if p, ok := err.(*Panic); ok {
		panic(p)
	}
	return err
}

// run runs it for whoever waits.
func (a *act) run(t *tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Panic{p, debug.Stack()}
		}
	}()
	return a.f(t)
}

// group is the acts of one leader.
type group struct {
	*writer
	own    *act // the leader's
	heard  error
	waits  []*act // to be run
	done   []*act // run, and not committed
	closed bool   // to more company
}

// group commits the leader's act and those that arrive meanwhile. When one of them breaks the transaction, those that shared it
// run again without it and without new company, so that it ends.
func (w *writer) group(own *act) error {
	g := &group{writer: w, own: own, waits: []*act{own}}
	defer g.unwound()
	for len(g.waits) > 0 {
		g.together()
		g.closed = true
	}
	return g.heard
}

// unwound ends a group whose leader left by a panic: nothing is committed, and those who shared with it ask again.
func (g *group) unwound() {
	if len(g.waits) == 0 && len(g.done) == 0 {
		return
	}
	g.line.say("ROLLBACK")
	for _, a := range append(g.done, g.waits...) {
		g.answer(a, errLost)
	}
}

// answer tells what became of an act.
func (g *group) answer(a *act, err error) {
	if a == g.own {
		g.heard = err
	} else {
		a.answer <- err
	}
}

// together runs acts in one transaction and answers them, but for those that have to run again.
func (g *group) together() {
	begun := time.Now()
	if err := g.begin(); err != nil {
		for _, a := range g.waits {
			g.answer(a, fmt.Errorf("begin to write: %w", err))
		}
		g.waits = nil
		return
	}
	for n := 0; n < groupActs; n++ {
		if len(g.waits) == 0 && !g.closed && time.Since(begun) < groupTime {
			g.company()
		}
		if len(g.waits) == 0 {
			break
		}
		a := g.waits[0]
		whole, err := g.run(a, len(g.done) > 0)
		g.waits = g.waits[1:]
		if err == nil {
			g.done = append(g.done, a)
		} else {
			g.answer(a, err)
		}
		if !whole {
			g.line.say("ROLLBACK") // SQLite may have been first; begin sees to it that the next one starts clean
			g.waits, g.done = append(g.done, g.waits...), nil
			return
		}
	}
	err := g.line.say("COMMIT")
	if err != nil {
		if sqliteEngine.full(err) {
			err = fmt.Errorf("%w: %w", office.ErrNoRoom, err)
		}
		err = fmt.Errorf("commit: %w", err)
		g.line.say("ROLLBACK")
	}
	for _, a := range g.done {
		g.answer(a, err)
	}
	g.done = nil
	select {
	case g.written <- struct{}{}:
	default:
	}
}

// company takes an act that has arrived.
func (g *group) company() {
	select {
	case a := <-g.acts:
		g.waits = append(g.waits, a)
	default:
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

// run gives an act its turn. whole reports that what the others did still stands. With others it runs behind a savepoint;
// the first one needs none, because the whole transaction is its own.
func (g *group) run(a *act, others bool) (whole bool, err error) {
	if err := a.ctx.Err(); err != nil {
		return true, fmt.Errorf("wait for the registers: %w", err)
	}
	if others {
		if err := g.line.say("SAVEPOINT act"); err != nil {
			return false, fmt.Errorf("begin to write: %w", err)
		}
	}
	t := &tx{ctx: a.ctx, line: uncut{g.line}, db: a.db}
	if others {
		t.point = "act"
	}
	if a == g.own {
		err = a.f(t)
	} else {
		err = a.run(t)
	}
	if t.broken != nil {
		if err == nil {
			err = t.broken // the act passed over it
		}
		return false, err
	}
	if !others {
		return err == nil, err
	}
	if err == nil {
		if err = g.line.say("RELEASE act"); err != nil {
			return false, fmt.Errorf("end an act: %w", err)
		}
		return true, nil
	}
	for _, back := range []string{"ROLLBACK TO act", "RELEASE act"} {
		if fault := g.line.say(back); fault != nil {
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
	<-w.lead // for good
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
			select {
			case <-w.lead:
				w.checkpoint("RESTART")
				w.lead <- struct{}{}
			case <-w.closed:
				return
			}
		}
	}
}

// checkpoint reports how many frames the log has.
func (w *writer) checkpoint(mode string) (frames int, err error) {
	var busy, done int
	err = w.points.QueryRow("PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &frames, &done)
	return frames, err
}
