package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"

	"mynumber/internal/folder"
	"mynumber/internal/notice"
	"mynumber/internal/office"
)

type bounceCmd struct {
	console
	To string `required:"" help:"Address to which the report came, as the mail server has it (the envelope's receiver)." placeholder:"ADDRESS"`
}

// Run takes in the report of a mail server (RFC 3464, on the standard input) that a mail was not delivered; a mail server
// pipes what comes to the sender's address into it. What is no report is an error, so that the server can keep it for people.
func (c *bounceCmd) Run(ctx context.Context) error {
	report, err := notice.ReadReport(c.To, os.Stdin)
	if err != nil {
		return badInput{err}
	}
	_, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	clock, _, err := c.clock(ctx, db)
	if err != nil {
		return err
	}
	o := &office.Office{Store: db, Clock: clock, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler)}
	if err := o.Bounced(ctx, report); err != nil {
		return err
	}
	fmt.Printf("%s %s %s\n", report.ID, report.Action, report.Status)
	return nil
}
