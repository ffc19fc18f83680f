package main

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mynumber/internal/api"
	"mynumber/internal/batch"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/login"
	"mynumber/internal/notice"
	"mynumber/internal/ocsp"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/remote"
	"mynumber/internal/services/portal"
	"mynumber/internal/status"
	"mynumber/internal/store"
	"mynumber/internal/web"
)

// settings decide how an installation is put together.
type settings struct {
	folder     *folder.Folder
	db         *store.DB
	passphrase []byte
	clock      civil.Clock
	url        string // public base address
	mailServer string // host:port, empty for none: mails wait in the outbox
	mailFrom   string
	policies   booking.Dir     // the offices' own
	provider   *login.Provider // of the staff; nil for none
	making     card.Chip       // what cards are made
	log        *slog.Logger
}

// production is the switch of what cards are made. Cards that were made before stay what they are.
type production struct {
	CardProfile string `name:"card-profile" help:"What cards the issuer makes from now on: today (RSA keys) or next-generation (P-384 keys; 'mynumber ca init -algorithm p384' makes the authorities' keys that certify them, the demo by itself)." enum:"today,next-generation" default:"today" env:"MYNUMBER_CARD_PROFILE"`
}

// chip is what was chosen.
func (p production) chip() card.Chip {
	return map[string]card.Chip{"today": card.Today, "next-generation": card.NextGeneration}[p.CardProfile]
}

// certified reports as bad input that nobody certifies the keys of the cards that are to be made.
func certified(keys *office.Authorities, making card.Chip, now time.Time) error {
	for _, kind := range certificate.Kinds {
		if making != card.Today && keys.Issuing(kind, office.KeysOf(making), now) == nil {
			return badInput{fmt.Errorf("-card-profile: このカードの鍵を証明する認証局の鍵がまだありません。 / no authority certifies the keys of such cards yet; `mynumber ca init -algorithm %s` makes its key", office.KeysOf(making))}
		}
	}
	return nil
}

// app is the running system.
type app struct {
	office  *office.Office
	chips   *folder.Cards
	readers *remote.Readers // of clerks' desks
	batch   *batch.Batch
	postman *notice.Postman
	portal  *portal.Service
	status  *status.Follower // of certificates; nil where nobody answers about them
	answers *ocsp.Service
	logins  *login.Provider
	wake    chan struct{}
	cardURL string      // where holders log in with their cards; empty for nowhere
	own     booking.Dir // policies that may be edited while it runs
	log     *slog.Logger
}

// assemble wires the rooms together.
func assemble(ctx context.Context, s settings) (*app, error) {
	keys, err := authorities(ctx, s.folder, s.db, s.passphrase)
	if err != nil {
		return nil, err
	}
	if len(keys.All()) == 0 {
		return nil, folder.ErrNotReady
	}
	if err := certified(keys, s.making, s.clock()); err != nil {
		return nil, err
	}
	chips, err := s.folder.Cards()
	if err != nil {
		return nil, err
	}
	policies, err := booking.LoadWith(s.policies)
	if err != nil {
		return nil, badInput{err}
	}
	lists, err := s.folder.Lists()
	if err != nil {
		return nil, err
	}
	fonts, err := s.folder.Fonts()
	if err != nil {
		return nil, err
	}
	desks := &folder.Desks{Cards: chips, Readers: remote.NewReaders(time.Now)}
	a := &app{chips: chips, readers: desks.Readers, logins: s.provider, wake: make(chan struct{}, 1), own: s.policies, log: s.log}
	a.office = &office.Office{Store: s.db, Clock: s.clock, Rand: rand.Reader, Chips: desks, Desks: desks, CAs: keys, Lists: lists, Policies: policies, URL: s.url, Making: s.making, Fonts: fonts, Log: s.log, Committed: a.committed}
	a.batch = &batch.Batch{Office: a.office, Log: s.log, Forget: s.db.ForgetStatus}
	if s.mailServer != "" {
		domain := "mynumber.invalid"
		if u, err := url.Parse(s.url); err == nil && u.Hostname() != "" && net.ParseIP(u.Hostname()) == nil {
			domain = u.Hostname()
		}
		a.postman = &notice.Postman{Outbox: office.Outbox{Outbox: s.db, Office: a.office}, Server: s.mailServer, From: s.mailFrom, Domain: domain, Clock: s.clock, Log: s.log}
	}
	a.portal, err = portal.New(func() []*x509.Certificate { return keys.Certificates(certificate.UserAuthentication) }, s.url+pki.OCSPPath, s.clock)
	return a, err
}

// responds lets the program answer about certificates: it follows their status into the data folder.
func (a *app) responds(ctx context.Context, s settings, signers int) error {
	// A key that another node founded is met here by a certificate of it, or by a question about one.
	refresh := func() error { return a.office.CAs.Refresh(context.WithoutCancel(ctx), s.db) }
	set, err := s.folder.Status(func(kind certificate.Kind, generation int) (time.Time, error) {
		from, err := a.office.CAs.Begins(kind, generation)
		if errors.Is(err, office.ErrNotFound) {
			if err := refresh(); err != nil {
				return from, err
			}
			return a.office.CAs.Begins(kind, generation)
		}
		return from, err
	})
	if err != nil {
		return err
	}
	a.status = status.Follow(set, s.db, s.log)
	if err := a.status.CatchUp(ctx); err != nil {
		return errors.Join(err, a.status.Close())
	}
	a.office.Certified = func() {
		if err := a.status.CatchUp(context.WithoutCancel(ctx)); err != nil {
			s.log.LogAttrs(ctx, slog.LevelError, "the status of certificates was not brought up to date", slog.Any("error", err))
		}
	}
	authorities := func() []*pki.Authority {
		if err := refresh(); err != nil {
			s.log.LogAttrs(ctx, slog.LevelError, "the authorities' keys were not looked at again", slog.Any("error", err))
		}
		return a.office.CAs.All()
	}
	a.answers, err = ocsp.New(ocsp.Config{Authorities: authorities, Statuses: a.status, Lag: a.status.Lag, Clock: s.clock, Log: s.log, Signers: signers})
	return err
}

// committed wakes the postman; a wake that nobody took yet is enough for two.
func (a *app) committed() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// handler is every page and machine face.
func (a *app) handler(db *store.DB, secure bool, sandbox web.Sandbox) http.Handler {
	sessions := web.NewSessions(store.Sessions{DB: db}, a.office, secure)
	portal, offices := a.portal.Handler(), api.New(a.office, sessions.Identify, a.responder())
	machine := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/v1/portal/") {
			portal.ServeHTTP(w, r)
			return
		}
		offices.ServeHTTP(w, r)
	})
	passkeys, err := login.NewPasskeys(a.office.URL)
	if err != nil {
		passkeys = nil // an address by number: browsers bind passkeys to names
	}
	return web.New(web.Config{Office: a.office, Sessions: sessions, Secure: secure, Log: a.log, API: machine, Portal: portalPages{a.portal}, Provider: a.logins, Passkeys: passkeys, Sandbox: sandbox, Answering: a.answering(), Agents: a.readers.Handler(), CardURL: a.cardURL})
}

// close keeps how far the status of certificates was followed.
func (a *app) close() {
	if a.status == nil {
		return
	}
	if err := a.status.Close(); err != nil {
		a.log.LogAttrs(context.Background(), slog.LevelError, "the status of certificates was not closed", slog.Any("error", err))
	}
}

// responder answers about certificates, nil where nobody does.
func (a *app) responder() http.Handler {
	if a.answers == nil {
		return nil
	}
	return a.answers.Handler()
}

// answering is how far behind the registers the answers are, nil where none are given.
func (a *app) answering() func() web.Answering {
	if a.status == nil {
		return nil
	}
	return func() web.Answering {
		l := a.status.Lag()
		return web.Answering{Fresh: l.Fresh, Position: l.Position, Age: l.Age, Median: l.Median, Worst: l.Worst}
	}
}

// Bounds of one connection.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = time.Minute
	writeTimeout  = 2 * time.Minute
	idleTimeout   = 2 * time.Minute
	shutdownGrace = 10 * time.Second
)

// listen serves until the context ends, then lets running requests finish.
func listen(ctx context.Context, listener net.Listener, h http.Handler, log *slog.Logger) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("stop: %w", err), server.Close())
	}
	return nil
}

// together runs servers until the first ends, and then stops the others.
func together(ctx context.Context, all ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(all))
	for _, serve := range all {
		go func() { ended <- serve(ctx) }()
	}
	var errs []error
	for range all {
		errs = append(errs, <-ended)
		stop()
	}
	return errors.Join(errs...)
}

// background runs the postman, the batch and what keeps answers ready until the context ends.
func (a *app) background(ctx context.Context, does roles) {
	go a.watchPolicies(ctx)
	context.AfterFunc(ctx, a.readers.Close)
	if does.has(batchRole) {
		go a.batch.Run(ctx)
	}
	if a.answers != nil {
		go a.status.Run(ctx)
		go a.answers.Run(ctx)
	}
	if a.postman != nil && does.has(batchRole) {
		go a.postman.Run(ctx, a.wake)
	}
}
