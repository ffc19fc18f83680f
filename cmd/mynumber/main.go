// Command mynumber is the My Number Card system in one binary: `demo` shows it with invented people, `serve` runs it.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"mynumber/internal/booking"
	"mynumber/internal/folder"
	"mynumber/internal/store"
)

// common are the flags of every command that works on an installation.
type common struct {
	Data     string `help:"Data folder; all state that is not on PostgreSQL lives in it." default:"mynumber-data" type:"path" placeholder:"DIR"`
	Policies string `help:"Folder with the offices' own policy files, instead of 'policies' in the data folder." type:"path" placeholder:"DIR"`
	DB       string `help:"PostgreSQL server to keep the registers on, instead of SQLite in the data folder." placeholder:"postgres://user@host/database" env:"MYNUMBER_DB"`
}

// policies is the folder with the offices' own policies; it need not be there.
func (c common) policies() booking.Dir {
	return booking.Dir(cmp.Or(c.Policies, filepath.Join(c.Data, "policies")))
}

// registers opens the data folder and its registers, with their tables up to date. open is folder.Open, or folder.Make for
// a command that makes what is missing.
func (c common) registers(ctx context.Context, open func(string, io.Reader) (*folder.Folder, error)) (*folder.Folder, *store.DB, error) {
	f, err := open(c.Data, rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	db, err := f.Registers(c.DB)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return f, db, nil
}

// cli is every command.
type cli struct {
	Demo      demoCmd      `cmd:"" help:"Run everything with invented people, one-click logins and a clock that can be moved."`
	Init      initCmd      `cmd:"" help:"Make an empty data folder ready: keys, registers, authorities, first administrator."`
	Serve     serveCmd     `cmd:"" help:"Run the system."`
	Staff     staffCmd     `cmd:"" help:"Accounts of members of staff."`
	Journal   journalCmd   `cmd:"" help:"The record of every act."`
	Batch     batchCmd     `cmd:"" help:"Work off the days up to today: what lapses, expires or has to be told. serve does it by itself."`
	Bounce    bounceCmd    `cmd:"" help:"Note that a mail was not delivered: the mail server's report on the standard input."`
	Import    importCmd    `cmd:"" help:"Load the registers from a file."`
	Card      cardCmd      `cmd:"" help:"A holder's card, in the data folder or in a PC/SC reader: list, read, verify and change PINs, sign, and show it to other programs."`
	Sign      signCmd      `cmd:"" help:"Short for card sign: sign a file with a card, a PDF in itself, any other with a signature beside it."`
	Verify    verifyCmd    `cmd:"" help:"Check a certificate, a signed file or a signed PDF as a relying party does; status 0 good, 1 not good, 2 not readable."`
	Phone     phoneCmd     `cmd:"" help:"A phone in software: put certificates on it with a card, lift their stop, revoke them."`
	Export    exportCmd    `cmd:"" help:"Data of one person."`
	Ca        caCmd        `cmd:"" help:"Keys of the certification authorities: key ceremonies, their records, certificates."`
	Keys      keysCmd      `cmd:"" help:"Keys with which numbers and messages are sealed at rest."`
	Crl       crlCmd       `cmd:"" name:"crl" help:"Revocation lists: make them, check them, look into one."`
	Backup    backupCmd    `cmd:"" help:"Copy the registers and the chips into one file, without the key; serve may go on running."`
	Restore   restoreCmd   `cmd:"" help:"Restore a backup into a new data folder, on either engine, and prove it."`
	Migrate   migrateCmd   `cmd:"" help:"Bring the registers' tables up to date."`
	Call      callCmd      `cmd:"" help:"Do one act of the API on the data folder, without a server: every act of every office."`
	Authority authorityCmd `cmd:"" help:"Print who may do what: role, office and act."`
	Policies  policiesCmd  `cmd:"" help:"What offices decide themselves: list their policies, print what holds at one on a day, or check files."`
	Rules     rulesCmd     `cmd:"" help:"Print the law of a day out of the rulebook, with its sources."`
	Lifeline  lifelineCmd  `cmd:"" help:"Print the days that matter in a card's life (JSON plan on the standard input): states, deadlines, windows, lapses."`
	Decide    decideCmd    `cmd:"" help:"Answer a situation (JSON on the standard input) out of the rulebook: what can be done, where, by whom, by when, for how much, and why."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mynumber:", err)
		var usage *kong.ParseError
		var input badInput
		if errors.As(err, &usage) || errors.As(err, &input) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// run parses and runs one command.
func run(ctx context.Context, args []string) error {
	var c cli
	parser, err := kong.New(&c, kong.Name("mynumber"), kong.Description("The My Number Card system, whole. All people in it are invented; nothing it signs passes for the real authority."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return fmt.Errorf("read the commands: %w", err)
	}
	parsed, err := parser.Parse(dashes(args))
	if err != nil {
		return err
	}
	return parsed.Run()
}

// dashes lets long flags be written with one dash, as Go programs have them, and with two.
func dashes(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if len(a) > 2 && strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && (a[1] < '0' || a[1] > '9') {
			a = "-" + a
		}
		out[i] = a
	}
	return out
}
