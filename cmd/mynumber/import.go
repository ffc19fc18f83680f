package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"mynumber/internal/authority"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

type importCmd struct {
	People importPeopleCmd `cmd:"" help:"People of a CSV file (UTF-8, the first line names the columns) into the registers. Interrupted, it goes on where it stopped."`
}

type importPeopleCmd struct {
	common
	File   string `arg:"" help:"The file." type:"existingfile"`
	Report string `help:"Where to write the bad lines, as CSV: line, column and what is wrong." placeholder:"FILE"`
}

// Help lists the columns.
func (c *importPeopleCmd) Help() string {
	return "Columns, in any order: " + strings.Join(office.ImportColumns, ", ") + "."
}

// Run adds the people. Bad lines are left out and reported; then the command ends with an error.
func (c *importPeopleCmd) Run(ctx context.Context) error {
	in, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	defer in.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, in)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the file again: %w", err)
	}
	key := hex.EncodeToString(sum.Sum(nil))
	_, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	o := &office.Office{Store: db, Clock: time.Now, Rand: rand.Reader}
	read := &countingReader{Reader: in}
	begun := time.Now()
	shown := begun
	st, err := o.ImportPeople(ctx, office.Actor{Staff: "command-line", Office: place.Issuer, Role: authority.System}, key, read, func(st office.ImportState) {
		if time.Since(shown) > time.Second {
			shown = time.Now()
			fmt.Fprintf(os.Stderr, "%3d%%  %d lines, %d people, %d bad\n", 100*read.n/max(1, size), st.Lines, st.People, st.Bad)
		}
	})
	if errors.Is(err, office.ErrImportHeader) {
		return badInput{err}
	}
	if err != nil {
		return fmt.Errorf("after %d lines: %w; run it again to go on", st.Lines, err)
	}
	if err := c.report(ctx, o, key); err != nil {
		return err
	}
	fmt.Printf("%d lines, %d people, %d bad, in %s\n", st.Lines, st.People, st.Bad, time.Since(begun).Round(time.Millisecond))
	if st.Bad > 0 {
		return badInput{fmt.Errorf("%d lines were left out; mend them and import them as a file of their own", st.Bad)}
	}
	return nil
}

// report writes the bad lines, or prints the first of them.
func (c *importPeopleCmd) report(ctx context.Context, o *office.Office, key string) error {
	const most = 20
	n := 0
	out := csv.NewWriter(os.Stderr)
	if c.Report != "" {
		file, err := os.Create(c.Report)
		if err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		defer file.Close()
		out = csv.NewWriter(file)
		if err := out.Write([]string{"line", "column", "ja", "en"}); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	err := o.ImportFaults(ctx, key, func(b office.BadLine) error {
		if n++; c.Report == "" && n > most {
			return nil
		}
		return out.Write([]string{strconv.Itoa(b.Line), b.Field, b.Text.Ja, b.Text.En})
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// countingReader counts what was read.
type countingReader struct {
	io.Reader
	n int64
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}
