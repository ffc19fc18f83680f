package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// defaultListen is where the system listens unless told otherwise.
const defaultListen = "127.0.0.1:8080"

// network are the flags of a command that listens.
type network struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"ADDR"`
	URL    string `help:"Public base address, written into certificates, mails and two-dimensional codes; by default that of -listen." placeholder:"URL"`
}

// open listens, and says the public address.
func (n network) open() (net.Listener, string, error) {
	if u, err := url.Parse(n.URL); n.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		return nil, "", fmt.Errorf("-url %q: want an address like https://card.example.jp", n.URL)
	}
	listener, err := net.Listen("tcp", n.Listen)
	if err != nil {
		return nil, "", fmt.Errorf("listen: %w", err)
	}
	if n.URL != "" {
		return listener, strings.TrimRight(n.URL, "/"), nil
	}
	return listener, "http://" + listener.Addr().String(), nil
}

type serveCmd struct {
	common
	network
	PassphraseFile string `help:"File with the passphrase of the authorities' keys." required:"" type:"existingfile" placeholder:"FILE"`
	SMTP           string `help:"Mail server; without one, mails wait in the outbox." placeholder:"HOST:PORT"`
	MailFrom       string `help:"Sender's address of mails." default:"noreply@mynumber.invalid" placeholder:"ADDRESS"`
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context) error {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	passphrase, err := folder.Passphrase(c.PassphraseFile)
	if err != nil {
		return err
	}
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	listener, url, err := c.open()
	if err != nil {
		return err
	}
	a, err := assemble(ctx, settings{folder: f, db: db, policies: c.policies(), passphrase: passphrase, clock: time.Now, url: url, mailServer: c.SMTP, mailFrom: c.MailFrom, log: log})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.background(ctx)
	log.Info("serving", "url", url, "registers", db.Engine())
	return listen(ctx, listener, a.handler(db, strings.HasPrefix(url, "https://"), nil), log)
}

type initCmd struct {
	common
	PassphraseFile string `help:"File with the passphrase that will protect the authorities' keys." required:"" type:"existingfile" placeholder:"FILE"`
	Admin          string `help:"Account of the first administrator." default:"admin" placeholder:"ACCOUNT"`
	URL            string `help:"Public base address, for the link that is printed." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run makes a folder ready; run again it finds what is there and makes what is missing.
func (c *initCmd) Run(ctx context.Context) error {
	passphrase, err := folder.Passphrase(c.PassphraseFile)
	if err != nil {
		return err
	}
	f, db, err := c.registers(ctx, folder.Make)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := office.FoundAuthorities(ctx, db, passphrase, time.Now(), rand.Reader); err != nil {
		return err
	}
	if _, err := office.OpenAuthorities(ctx, db, passphrase); err != nil {
		return err
	}
	if _, err := f.Cards(); err != nil {
		return err
	}
	fmt.Printf("ready: %s (%s)\n", c.Data, db.Engine())
	o := &office.Office{Store: db, Clock: time.Now, Rand: rand.Reader}
	if _, err := o.Account(ctx, c.Admin); err == nil {
		return nil
	}
	link, err := o.AddStaff(ctx, office.Staff{ID: c.Admin, Name: "administrator", Office: place.Issuer, Role: office.Admin})
	if err != nil {
		return err
	}
	fmt.Printf("first administrator: %s\nlogs in once, within 7 days: %s/enter/%s\n", c.Admin, strings.TrimRight(c.URL, "/"), link)
	return nil
}

type staffCmd struct {
	Add  staffAddCmd  `cmd:"" help:"Make an account and print its one-time link."`
	Link staffLinkCmd `cmd:"" help:"Print another one-time link for an account."`
}

type staffAddCmd struct {
	common
	Office  string `help:"Code of the office: six digits, the id of a mission, or issuer." required:"" placeholder:"CODE"`
	Role    string `help:"clerk, operator, stop_line or admin." required:"" placeholder:"ROLE"`
	Account string `help:"Name of the account; by default made of role and office." placeholder:"NAME"`
	Name    string `help:"Name of the person, shown to colleagues." placeholder:"NAME"`
	URL     string `help:"Public base address, for the link that is printed." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run makes the account.
func (c *staffAddCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		s := office.Staff{ID: c.Account, Name: c.Name, Office: place.Code(c.Office), Role: office.Role(c.Role)}
		if s.ID == "" {
			s.ID = strings.ReplaceAll(c.Role, "_", "") + "-" + c.Office
		}
		if s.Name == "" {
			s.Name = s.ID
		}
		link, err := o.AddStaff(ctx, s)
		if err != nil {
			return inWords(err)
		}
		fmt.Printf("account: %s\nlogs in once, within 7 days: %s/enter/%s\n", s.ID, strings.TrimRight(c.URL, "/"), link)
		return nil
	})
}

type staffLinkCmd struct {
	common
	Account string `arg:"" help:"Name of the account."`
	URL     string `help:"Public base address, for the link that is printed." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run prints a link.
func (c *staffLinkCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		link, err := o.StaffLink(ctx, c.Account)
		if err != nil {
			return inWords(err)
		}
		fmt.Printf("logs in once, within 7 days: %s/enter/%s\n", strings.TrimRight(c.URL, "/"), link)
		return nil
	})
}

// inWords is a fault of the request as the command line says it.
func inWords(err error) error {
	var invalid *office.Invalid
	if errors.As(err, &invalid) {
		return fmt.Errorf("-%s: %s / %s", invalid.Field, invalid.Text.Ja, invalid.Text.En)
	}
	return err
}

// withOffice opens the registers for a command that needs no authority.
func withOffice(ctx context.Context, c common, f func(*office.Office) error) error {
	_, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	return f(&office.Office{Store: db, Clock: time.Now, Rand: rand.Reader})
}

type journalCmd struct {
	Verify journalVerifyCmd `cmd:"" help:"Prove that no entry was changed, is missing or was cut off."`
}

type journalVerifyCmd struct{ common }

// Run proves every office's chain.
func (c *journalVerifyCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		heads, err := office.VerifyJournals(ctx, o.Store)
		if err != nil {
			return err
		}
		for _, h := range heads {
			fmt.Printf("%-20s %6d entries  %s\n", h.Office, h.Seq, h.Hash)
		}
		fmt.Println("every journal holds")
		return nil
	})
}

type migrateCmd struct{ common }

// Run migrates; withOffice does it.
func (c *migrateCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(*office.Office) error { return nil })
}
