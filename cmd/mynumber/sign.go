package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/reader"
)

// signCmd is `card sign`, and `sign` for short.
type signCmd struct {
	heldCard
	Out  string `help:"Where the signature, or the signed PDF, goes; by default beside the file." type:"path" placeholder:"FILE"`
	File string `arg:"" help:"File to sign: a PDF is signed in itself, of any other a signature is made (.p7s)." type:"existingfile"`
}

// Run signs a file with a card's signature key; PIN No.1 comes from the terminal or the standard input.
func (c *signCmd) Run(ctx context.Context) (err error) {
	content, err := os.ReadFile(c.File)
	if err != nil {
		return badInput{err}
	}
	at, err := c.now(ctx)
	if err != nil {
		return err
	}
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.pin(&typing{}, reader.SignaturePIN); err != nil {
		return cardWords(err)
	}
	signed, err := demo.SignWith(h.client, content, at)
	if err != nil {
		return cardWords(err)
	}
	out, check := c.Out, ""
	if demo.IsPDF(content) {
		if out == "" {
			out = strings.TrimSuffix(c.File, ".pdf") + ".signed.pdf"
		}
		check = "mynumber verify -data " + c.Data + " " + out
	} else {
		if out == "" {
			out = c.File + ".p7s"
		}
		check = "mynumber verify -data " + c.Data + " -signature " + out + " " + c.File
	}
	if err := os.WriteFile(out, signed, 0o600); err != nil {
		return fmt.Errorf("keep the signature: %w", err)
	}
	fmt.Printf("署名しました / signed: %s\n  %s\n", out, check)
	return nil
}

// now is the time that the signer claims: that of the data folder, which in a demo is its own; for a card in a reader without
// a folder the machine's.
func (c *signCmd) now(ctx context.Context) (time.Time, error) {
	if _, err := os.Stat(c.Data); err != nil && c.Reader != "" {
		return time.Now(), nil
	}
	_, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return time.Time{}, err
	}
	defer db.Close()
	clock, _, err := (&console{}).clock(ctx, db)
	if err != nil {
		return time.Time{}, err
	}
	return clock(), nil
}
