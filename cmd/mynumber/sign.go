package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/reader"
)

type signCmd struct {
	console
	Card string `help:"Card of the data folder that signs; PIN No.1 comes from the standard input." required:"" placeholder:"CARD"`
	Out  string `help:"Where the signature, or the signed PDF, goes; by default beside the file." type:"path" placeholder:"FILE"`
	File string `arg:"" help:"File to sign: a PDF is signed in itself, of any other a signature is made (.p7s)." type:"existingfile"`
}

// Run signs a file with a card's signature key.
func (c *signCmd) Run(ctx context.Context) error {
	content, err := os.ReadFile(c.File)
	if err != nil {
		return badInput{err}
	}
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	clock, _, err := c.clock(ctx, db)
	if err != nil {
		return err
	}
	chips, err := f.Cards()
	if err != nil {
		return err
	}
	pin, err := io.ReadAll(io.LimitReader(os.Stdin, 100))
	if err != nil {
		return fmt.Errorf("read the PIN: %w", err)
	}
	signed, err := demo.SignFile(ctx, chips, c.Card, strings.TrimSpace(string(pin)), content, clock())
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("暗証番号が違います(残り%d回) / wrong PIN; %d tries left", wrong.TriesLeft, wrong.TriesLeft)
	case err != nil:
		return err
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
