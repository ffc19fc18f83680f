package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"mynumber/internal/pcsc"
	"mynumber/internal/reader"
	"mynumber/internal/remote"
)

// cardAgentCmd lends a card reader to a clerk's desk.
type cardAgentCmd struct {
	heldCard
	Server string `required:"" help:"Base address of the server: https, or http on this machine." placeholder:"URL"`
}

// Run calls the server, shows the code, and does what the desk says with the card, until it is ended or dismissed.
func (c *cardAgentCmd) Run(ctx context.Context) error {
	if c.Card == "" && c.Reader == "" {
		c.Reader = "first"
	}
	name := c.Reader
	if c.Card != "" {
		_, id, err := c.named()
		if err != nil {
			return cardWords(err)
		}
		name = "software card " + id[:min(len(id), 8)]
	}
	traced := func(chip reader.Chip) reader.Chip { return chip }
	if c.Trace != "" {
		out, err := traceFile(c.Trace)
		if err != nil {
			return badInput{err}
		}
		defer out.Close()
		traced = func(chip reader.Chip) reader.Chip { return reader.Traced(chip, out) }
	}
	agent := &remote.Agent{Server: c.Server, Reader: name,
		Open: func(ctx context.Context) (remote.Chip, func() error, error) {
			chip, _, closed, err := c.chip(ctx)
			if err != nil {
				return nil, nil, err
			}
			return traced(chip), closed, nil
		},
		NoCard: func(err error) bool { return errors.Is(err, pcsc.ErrNoCard) || errors.Is(err, pcsc.ErrMute) },
		Code: func(code string) {
			fmt.Printf("番号 / code: %s\n窓口の「この端末のカードリーダー」に入力してください(10分以内)。 / Type it on the window's page \"This desk's card reader\", within ten minutes.\n", code)
		},
		Paired: func(desk string) {
			fmt.Printf("つながりました / connected: %s\n", desk)
		},
		Say: func(what string, err error) { fmt.Fprintf(os.Stderr, "%s: %v\n", what, cardWords(err)) },
	}
	if err := agent.Run(ctx); err != nil {
		if errors.Is(err, remote.ErrAddress) {
			return badInput{err}
		}
		return err
	}
	fmt.Println("終わりました / ended")
	return nil
}
