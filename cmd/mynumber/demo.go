package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/login"
	"mynumber/internal/login/invented"
	"mynumber/internal/office"
	"mynumber/internal/store"
)

type demoCmd struct {
	common
	network
	cardDoor
	production
	PassphraseFile string `help:"File with the passphrase of the authorities' keys; by default the demo makes its own in the data folder." type:"existingfile" placeholder:"FILE"`
	VPCD           string `name:"vpcd" help:"Also show cards to PC/SC programs through a virtual reader (vpcd), whose driver listens here, usually at 127.0.0.1:35963; /sandbox/readers puts them in." placeholder:"HOST:PORT"`
	Once           bool   `help:"Play one whole life without a window, print each step with the rules applied, and leave the files."`
}

// Run fills empty registers with invented people and serves them, or plays the life.
func (c *demoCmd) Run(ctx context.Context) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if c.Once && c.Listen == defaultListen {
		c.Listen = "127.0.0.1:0" // nobody has to find it
	}
	if c.CardListen == "" && c.Listen == defaultListen {
		c.CardListen = "127.0.0.1:8443"
	}
	c.CardListen = cmp.Or(c.CardListen, "127.0.0.1:0")
	f, db, err := c.registers(ctx, folder.Make)
	if err != nil {
		return err
	}
	defer db.Close()
	passphrase, clock, err := c.populate(ctx, f, db)
	if err != nil {
		return err
	}
	inbox, err := demo.OpenInbox(f.Path("mail"))
	if err != nil {
		return err
	}
	defer inbox.Close(ctx)
	set := settings{folder: f, db: db, policies: c.policies(), passphrase: passphrase, clock: clock.Now, mailServer: inbox.Addr, mailFrom: "noreply@mynumber.invalid", making: c.chip(), log: log}
	return c.serve(ctx, set, clock, inbox)
}

// serve serves what Run has prepared.
func (c *demoCmd) serve(ctx context.Context, set settings, clock *demo.Clock, inbox *demo.Inbox) error {
	f, db, log := set.folder, set.db, set.log
	listener, url, err := c.open()
	if err != nil {
		return err
	}
	set.url, set.provider = url, &login.Provider{Issuer: url + providerPath, ClientID: invented.ClientID, Redirect: url + login.Answer}
	provider, err := inventedProvider(ctx, db, url)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a, err := assemble(ctx, set)
	if err == nil {
		err = a.responds(ctx, set, 0)
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer a.close()
	if err := a.office.Settle(ctx, demo.PersonIDs()...); err != nil {
		return errors.Join(err, listener.Close())
	}
	inbox.ReportTo(a.office.Bounced)
	sandbox := &demo.Sandbox{Clock: clock, Inbox: inbox, Office: a.office, Chips: a.chips, Batch: a.batch, Mail: a.postman, Phones: f.Path("phones")}
	a.office.Reach = sandbox.Reach
	if c.VPCD != "" {
		if sandbox.Readers, err = demo.OpenReaders(a.chips, c.VPCD); err != nil {
			return badInput{errors.Join(err, listener.Close())}
		}
		defer sandbox.Readers.Close()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a.background(ctx, allRoles)
	cards, err := c.openDoor(f, a.office.CAs)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.cardURL = cards.url
	h := withProvider(a.handler(db, false, sandbox), provider)
	sandbox.Pages = h
	return together(ctx,
		func(ctx context.Context) error { return listen(ctx, listener, h, log) },
		func(ctx context.Context) error { return cards.serve(ctx, h, log) },
		func(ctx context.Context) error {
			if c.Once {
				return (&demo.Player{URL: url, Sandbox: sandbox, Tell: demo.PrintSteps(os.Stdout), Out: os.Stdout, Files: f.Path("life")}).Play(ctx)
			}
			greet(os.Stdout, url, cards.url, clock)
			<-ctx.Done()
			return nil
		})
}

// providerPath is where the demo has its invented identity provider.
const providerPath = "/sandbox/provider"

// inventedProvider knows every account of the demo.
func inventedProvider(ctx context.Context, db *store.DB, url string) (http.Handler, error) {
	var people []invented.Person
	for _, a := range demo.Accounts {
		people = append(people, invented.Person{ID: a.ID, Name: a.Name})
	}
	p, err := invented.New(url+providerPath, url+login.Answer, people)
	if err != nil {
		return nil, err
	}
	return p.Handler(), demo.AtProvider(ctx, db, url+providerPath)
}

// withProvider mounts the provider beside the pages.
func withProvider(pages, provider http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(providerPath+"/", provider)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, providerPath+"/") {
			mux.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// populate makes an empty folder a demo: invented people, authorities, the clock.
func (c *demoCmd) populate(ctx context.Context, f *folder.Folder, db *store.DB) (passphrase []byte, clock *demo.Clock, err error) {
	if c.PassphraseFile != "" {
		passphrase, err = folder.Passphrase(c.PassphraseFile)
	} else {
		passphrase, err = f.OwnPassphrase()
	}
	if err != nil {
		return nil, nil, err
	}
	if err := demo.Populate(ctx, db, demo.Start); err != nil {
		return nil, nil, err
	}
	tokens, err := tokensOf(f)
	if err != nil {
		return nil, nil, err
	}
	for _, chip := range slices.Compact([]card.Chip{card.Today, c.chip()}) {
		if err := office.FoundAuthoritiesFor(ctx, chip, db, passphrase, demo.AuthoritiesFrom, rand.Reader, tokens...); err != nil {
			return nil, nil, err
		}
	}
	clock, err = demo.OpenClock(ctx, db)
	return passphrase, clock, err
}

// greet prints the addresses.
func greet(w io.Writer, url, cards string, clock *demo.Clock) {
	fmt.Fprintf(w, "mynumber demo — すべて架空の人物です / everybody here is invented\n\n")
	for _, line := range [][2]string{
		{"/", "入口 / start here"},
		{"/guide", "ご案内 / the guide: what can be done, where, by when, for how much, and why"},
		{"/lifeline", "期限の見通し / the days that matter in a card's life"},
		{"/offices", "窓口ごとの決まり / what each office decides itself: hours, closing days, reservations, post"},
		{"/help/lost", "カードをなくしたとき / a lost card, and other help"},
		{"/apply", "申請者 / applicant: the form for an overseas card"},
		{"/status", "申請状況 / follow an application"},
		{"/office", "窓口 / windows of Sumida, Hachinohe, Niigata, Taipei"},
		{"/login", "職員のログイン: 認証サービス・パスキー / staff login: identity provider, passkeys (at http://localhost…)"},
		{"/office/staff", "職員: 登録・役割・代理・異動・退職 / staff of an office, for its administrator (sumidaadmin)"},
		{"/office/destroyed", "廃棄の記録 / what was destroyed, and when"},
		{"/issuer", "機構 / the issuer's desk and the 24-hour stop line"},
		{"/issuer/lists", "失効リスト: 現在のもの、照合、出し直し / revocation lists: what is current, the check, publish one now (production)"},
		{"/portal", "カードでログイン / log in with a card"},
		{"/my", "わたしのカード: 本人の画面 / my card: the holder's page, at " + cards + "/my with a card in a reader"},
		{"/verify", "署名・電子証明書の検証 / verify a certificate, a signed file or a PDF"},
		{"/sandbox/sign", "カードでファイルに署名 / sign a file with a card"},
		{"/sandbox/readers", "カードリーダー: ほかのプログラムにカードを見せる / card reader: show cards to other programs (-vpcd)"},
		{"/sandbox", "カードをすぐに用意、受信箱・時計・ワンクリックログイン / cards at once, inbox, clock, one-click logins, the life step by step"},
		{"/crl/sign/1/" + demo.Hachinohe.Five() + ".crl", "失効リスト / a revocation list"},
		{"/api/v1/openapi.yaml", "API (POST /api/v1/decisions, /api/v1/lifelines, …)"},
	} {
		fmt.Fprintf(w, "  %-44s %s\n", url+line[0], line[1])
	}
	fmt.Fprintf(w, "\nワンクリックログイン / one-click logins, at %s/sandbox#logins\n", url)
	for _, account := range demo.Accounts {
		fmt.Fprintf(w, "  %-12s %s\n", account.ID, account.Name)
	}
	fmt.Fprintf(w, "\n時計 / clock: %s   (Ctrl-C で終了 / stops)\n", clock.Now().In(civil.JST).Format("2006-01-02 15:04 JST"))
}
