package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"

	"mynumber/internal/api"
	"mynumber/internal/card"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

type callCmd struct {
	console
	production
	As      string `help:"Account of the member of staff who acts; without one, whoever has a mailed link." placeholder:"ACCOUNT"`
	At      string `help:"Office at which the account stands in; by default its own post." placeholder:"CODE"`
	Key     string `help:"Idempotency-Key: the same key again does nothing again and gives the same answer." placeholder:"KEY"`
	Purpose string `help:"Why a record is opened, where nothing of today leads to it." placeholder:"TEXT"`
	Method  string `arg:"" help:"GET or POST."`
	Path    string `arg:"" help:"Route of the contract, /api/v1/…; mynumber call GET /api/v1/openapi.yaml prints it."`
	Body    string `arg:"" optional:"" help:"JSON body; - reads it from the standard input."`
}

// Run does one act of the contract on the data folder, without a server: who has the folder and the passphrase may act for
// any account, and the journal names it. A problem is printed and the exit status is 1.
func (c *callCmd) Run(ctx context.Context) error {
	body, err := c.body()
	if err != nil {
		return err
	}
	a, _, close, err := c.assembledFor(ctx, c.chip())
	if err != nil {
		return err
	}
	defer close()
	identify := func(*http.Request) (office.Actor, bool) { return office.Actor{}, false }
	if c.As != "" {
		who, err := a.office.ActingAt(ctx, c.As, place.Code(c.At))
		if errors.Is(err, office.ErrNotFound) {
			return badInput{fmt.Errorf("-as %s: このアカウントはありません(または、その窓口の代理ではありません) / there is no such account, or it does not stand in there", c.As)}
		}
		if err != nil {
			return err
		}
		identify = func(*http.Request) (office.Actor, bool) { return who, true }
	}
	r, err := http.NewRequestWithContext(ctx, strings.ToUpper(c.Method), "http://"+defaultListen+c.Path, bytes.NewReader(body))
	if err != nil {
		return badInput{err}
	}
	if c.Key != "" {
		r.Header.Set("Idempotency-Key", c.Key)
	}
	if c.Purpose != "" {
		r.Header.Set("Look-Purpose", url.QueryEscape(c.Purpose))
	}
	r.Header.Set("Content-Type", "application/json")
	w := &written{header: http.Header{}}
	api.New(a.office, identify, nil).ServeHTTP(w, r)
	if w.status < 300 {
		_, err := os.Stdout.Write(w.body.Bytes())
		return err
	}
	return fmt.Errorf("%d %s", w.status, strings.TrimSpace(w.body.String()))
}

// assembled is the whole program on the data folder, without a server; close ends it.
func (c *console) assembled(ctx context.Context) (a *app, f *folder.Folder, close func() error, err error) {
	return c.assembledFor(ctx, card.Today)
}

// assembledFor is assembled to make such cards.
func (c *console) assembledFor(ctx context.Context, making card.Chip) (a *app, f *folder.Folder, close func() error, err error) {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	clock, invented, err := c.clock(ctx, db)
	if err != nil {
		return nil, nil, nil, err
	}
	passphrase, err := c.passphrase(f, invented)
	if err != nil {
		return nil, nil, nil, err
	}
	if passphrase == nil {
		return nil, nil, nil, badInput{errors.New("-passphrase-file: the acts of this folder need the passphrase of its keys")}
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err = assemble(ctx, settings{folder: f, db: db, policies: c.policies(), passphrase: passphrase, clock: clock, url: "http://" + defaultListen, making: making, log: log})
	return a, f, db.Close, err
}

// body is what was given with the command.
func (c *callCmd) body() ([]byte, error) {
	if !strings.HasPrefix(c.Path, "/") {
		return nil, badInput{fmt.Errorf("path %q: want one of the contract, /api/v1/…", c.Path)}
	}
	if c.Body != "-" {
		return []byte(c.Body), nil
	}
	b, err := io.ReadAll(os.Stdin)
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	return b, nil
}

// written is what a route wrote.
type written struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *written) Header() http.Header { return a.header }

func (a *written) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *written) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
