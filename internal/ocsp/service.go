package ocsp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync/atomic"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/status"
)

// Statuses says what the outside hears of certificates; pki.ErrTryLater while it cannot.
type Statuses interface {
	Status(kind certificate.Kind, generation int, counter uint64) (pki.Status, error)
}

// Config is what a service works with.
type Config struct {
	Authorities func() []*pki.Authority // every generation; asked again when somebody asks about an unknown issuer
	Statuses    Statuses
	Clock       civil.Clock
	Log         *slog.Logger
	Lag         func() status.Lag // for Handler; nil where nothing is followed
	Signers     int               // signatures at once for answers that are not prepared; 0 for one less than the processors, at least 1
}

// How many may wait for a signature, and how long, before they hear tryLater.
const (
	mostWaiting = 1000
	patience    = 2 * time.Second
)

// ErrClockBack says that the clock was set back: an answer would be of an instant that is over, and older than one that somebody has.
var ErrClockBack = fmt.Errorf("the clock was set back: %w", pki.ErrTryLater)

// Service answers. Its methods may be called by many at once.
type Service struct {
	Config
	house    atomic.Pointer[house]
	prepared prepared
	signers  chan struct{}
	waiting  atomic.Int64
	latest   atomic.Int64 // instant at which an answer was given, in seconds since 1970
}

// house are the issuers that are known, and when they were asked for.
type house struct {
	responder *pki.Responder
	asked     time.Time
}

// New starts a service; Run keeps its answers ready.
func New(c Config) (*Service, error) {
	if c.Signers == 0 {
		c.Signers = max(1, runtime.GOMAXPROCS(0)-1)
	}
	s := &Service{Config: c, signers: make(chan struct{}, c.Signers)}
	s.prepared.init()
	return s, s.learn()
}

// learn asks which issuers there are.
func (s *Service) learn() error {
	r, err := pki.NewResponder(s.Statuses.Status, s.Authorities()...)
	if err != nil {
		return err
	}
	s.house.Store(&house{r, time.Now()})
	return nil
}

// Answer answers a DER request.
func (s *Service) Answer(ctx context.Context, request []byte) *Reply {
	reply, _ := s.answer(ctx, request)
	return reply
}

// answer is Answer, and says the instant at which the reply is given.
func (s *Service) answer(ctx context.Context, request []byte) (*Reply, time.Time) {
	now := s.Clock()
	if reply := s.ready(request, now); reply != nil {
		return reply, now
	}
	return s.make(ctx, request, now), s.Clock()
}

// ready is the prepared answer, or the refusal of any; nil where one has to be made.
func (s *Service) ready(request []byte, now time.Time) *Reply {
	if err := s.forward(now); err != nil {
		return refused(err)
	}
	e := s.prepared.find(request)
	if e == nil {
		return nil
	}
	switch standing, err := s.stands(e, now); {
	case err != nil:
		return refused(err)
	case !standing:
		return nil
	}
	if !e.asked.Load() { // a processor that only reads the word need not fetch it from another's
		e.asked.Store(true)
	}
	return &e.reply
}

// make reads a request, waits for its turn and signs.
func (s *Service) make(ctx context.Context, request []byte, now time.Time) *Reply {
	q, err := s.read(request)
	if err != nil {
		return refused(err)
	}
	leave, err := s.enter(ctx)
	if err != nil {
		return refused(err)
	}
	defer leave()
	if q.Nonce == nil && len(request) <= mostPrepared {
		if e := s.prepared.find(request); e != nil { // somebody else was first
			if standing, err := s.stands(e, now); standing && err == nil {
				return &e.reply
			}
		}
		return &s.prepare(string(request), q, now).reply
	}
	return s.sign(q, now)
}

// forward notes the instant, and refuses one that lies more before the latest than clocks may stand apart.
func (s *Service) forward(now time.Time) error {
	at, latest := now.Unix(), s.latest.Load()
	if at < latest-int64(pki.ClockSkew/time.Second) {
		return ErrClockBack
	}
	if at > latest {
		s.latest.CompareAndSwap(latest, at)
	}
	return nil
}

// read reads a request. New generations are looked for when an issuer is not known, at most once a second.
func (s *Service) read(request []byte) (pki.Query, error) {
	h := s.house.Load()
	q, err := h.responder.Read(request)
	if errors.Is(err, pki.ErrForeignIssuer) && time.Since(h.asked) > time.Second {
		if err := s.learn(); err != nil {
			return q, err
		}
		return s.house.Load().responder.Read(request)
	}
	return q, err
}

// enter waits for the turn to sign.
func (s *Service) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-s.signers }
	select {
	case s.signers <- struct{}{}:
		return leave, nil
	default:
	}
	if s.waiting.Add(1) > mostWaiting {
		s.waiting.Add(-1)
		return nil, pki.ErrTryLater
	}
	defer s.waiting.Add(-1)
	enough := time.NewTimer(patience)
	defer enough.Stop()
	select {
	case s.signers <- struct{}{}:
		return leave, nil
	case <-enough.C:
	case <-ctx.Done():
	}
	return nil, pki.ErrTryLater
}

// sign signs an answer with the responder of the certificates' generation, whose certificate is renewed when it is due.
func (s *Service) sign(q pki.Query, now time.Time) *Reply {
	if err := q.Authority.KeepResponder(now); err != nil {
		s.Log.LogAttrs(context.Background(), slog.LevelError, "an OCSP responder's certificate was not renewed", slog.Any("error", err))
	}
	answer := q.Answer(now)
	if answer.Status == pki.InternalError {
		s.Log.LogAttrs(context.Background(), slog.LevelError, "no OCSP answer", slog.Any("error", answer.Err))
	}
	return newReply(answer, now)
}

// stands reports that a prepared answer still says what is the case.
func (s *Service) stands(e *entry, now time.Time) (bool, error) {
	if now.Before(e.reply.produced) || !now.Before(e.reply.until) {
		return false, nil
	}
	for i, counter := range e.counters {
		is := pki.Status{}
		if counter != 0 {
			var err error
			if is, err = s.Statuses.Status(e.kind, e.generation, counter); err != nil {
				return false, err
			}
		}
		if was := e.statuses[i]; is.State != was.State || is.Reason != was.Reason || !is.At.Equal(was.At) {
			return false, nil
		}
	}
	return true, nil
}

func refused(err error) *Reply { return newReply(pki.Refusal(err), time.Time{}) }
