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
	"mynumber/internal/login"
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
	identityFlags
	cardDoor
	production
	Roles       string `help:"What this node does: web, api, ocsp, batch." default:"web,api,ocsp,batch" placeholder:"ROLE,…"`
	OCSPListen  string `name:"ocsp-listen" help:"A listener of its own for OCSP, for a nation's load; -listen answers as well." placeholder:"ADDR"`
	OCSPSigners int    `name:"ocsp-signers" help:"Signatures at once for answers that are not prepared; by default one less than the processors, for a token what it bears." placeholder:"N"`
}

// identityFlags say where staff log in besides links and passkeys.
type identityFlags struct {
	OIDCIssuer     string `name:"oidc-issuer" help:"OpenID provider of the staff, as its tokens name it; its redirect address for us is URL/login/provider/answer." placeholder:"URL"`
	OIDCClient     string `name:"oidc-client" help:"Our name at the provider." placeholder:"ID"`
	OIDCSecretFile string `name:"oidc-secret-file" help:"File with our secret there; none for a public client." type:"existingfile" placeholder:"FILE"`
}

// provider is the staff's identity provider, nil for none.
func (f identityFlags) provider(url string) (*login.Provider, error) {
	if f.OIDCIssuer == "" && f.OIDCClient == "" {
		return nil, nil
	}
	if f.OIDCIssuer == "" || f.OIDCClient == "" {
		return nil, badInput{errors.New("-oidc-issuer and -oidc-client belong together")}
	}
	p := &login.Provider{Issuer: f.OIDCIssuer, ClientID: f.OIDCClient, Redirect: url + login.Answer}
	if f.OIDCSecretFile != "" {
		secret, err := folder.Passphrase(f.OIDCSecretFile)
		if err != nil {
			return nil, err
		}
		p.Secret = string(secret)
	}
	return p, nil
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context) error {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	does, err := parseRoles(c.Roles)
	if err != nil {
		return err
	}
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
	provider, err := c.provider(url)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	set := settings{folder: f, db: db, policies: c.policies(), passphrase: passphrase, clock: time.Now, url: url, mailServer: c.SMTP, mailFrom: c.MailFrom, provider: provider, making: c.chip(), log: log}
	a, err := assemble(ctx, set)
	if err == nil && does.has(ocspRole) {
		err = a.responds(ctx, set, c.OCSPSigners)
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer a.close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cards, err := c.openDoor(f, a.office.CAs)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.cardURL = cards.url
	a.background(ctx, does)
	log.Info("serving", "url", url, "registers", db.Engine(), "roles", c.Roles, "cards", cards.url)
	h := does.only(a.handler(db, strings.HasPrefix(url, "https://"), nil))
	return together(ctx,
		func(ctx context.Context) error { return listen(ctx, listener, h, log) },
		func(ctx context.Context) error { return cards.serve(ctx, h, log) },
		func(ctx context.Context) error { return c.answerOCSP(ctx, a, log) })
}

// answerOCSP answers at -ocsp-listen until the context ends.
func (c *serveCmd) answerOCSP(ctx context.Context, a *app, log *slog.Logger) error {
	if c.OCSPListen == "" || a.answers == nil {
		<-ctx.Done()
		return nil
	}
	answers, err := net.Listen("tcp", c.OCSPListen)
	if err != nil {
		return fmt.Errorf("listen for OCSP: %w", err)
	}
	log.Info("answering OCSP", "address", answers.Addr().String())
	return a.answers.Serve(ctx, answers)
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
	tokens, err := tokensOf(f)
	if err != nil {
		return err
	}
	if err := office.FoundAuthorities(ctx, db, passphrase, time.Now(), rand.Reader, tokens...); err != nil {
		return err
	}
	if _, err := authorities(ctx, f, db, passphrase); err != nil {
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
	link, _, err := o.AddStaff(ctx, office.Console(place.Issuer), office.Staff{ID: c.Admin, Name: "administrator", Office: place.Issuer, Role: office.Admin})
	if err != nil {
		return err
	}
	fmt.Printf("first administrator: %s\nlogs in once, within 7 days: %s/enter/%s\n", c.Admin, strings.TrimRight(c.URL, "/"), link)
	return nil
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
