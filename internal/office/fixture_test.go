package office_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/notice"
	"mynumber/internal/ocsp"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
	"mynumber/internal/status"
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

// Who acts in the tests. Niigata has no part in the life.
var (
	sumida    = office.Actor{Staff: "sumida", Office: demo.Sumida, Role: office.Clerk}
	hachinohe = office.Actor{Staff: "hachinohe", Office: demo.Hachinohe, Role: office.Clerk}
	niigata   = office.Actor{Staff: "niigata", Office: demo.Niigata, Role: office.Clerk}
	taipei    = office.Actor{Staff: "taipei", Office: demo.Taipei, Role: office.Clerk}
	operator  = office.Actor{Staff: "production", Office: place.Issuer, Role: office.Operator}
	stopLine  = office.Actor{Staff: "stopline", Office: place.Issuer, Role: office.StopLine}
)

// pins are the PINs of the tests. The digits 0, 1, 8 and 9 never stand in a key of the registers, so that a PIN
// that got out is not mistaken for one.
var pins = map[card.PIN]string{card.SignaturePIN: "HIKARI0918X", card.UserAuthenticationPIN: "9081", card.ResidentRegisterPIN: "8190", card.InputSupportPIN: "1908"}

var template struct {
	sync.Once
	dir  string // an installation with its keys and the invented people, before anybody did anything
	cas  *office.Authorities
	keys []office.SealedAuthority
	err  error
}

// templates is where the installations lie that tests copy; TestMain removes it.
var templates string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "office-test-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	templates = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// found makes the installation that all tests begin with: RSA keys cost time and are made once.
func found(ctx context.Context) error {
	template.dir = filepath.Join(templates, "founded")
	f, err := folder.Make(template.dir, rand.Reader)
	if err != nil {
		return err
	}
	db, err := f.Registers("")
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	if err := demo.Populate(ctx, db, demo.Start); err != nil {
		return err
	}
	if err := office.FoundAuthorities(ctx, db, []byte("a passphrase"), demo.Start, rand.Reader); err != nil {
		return err
	}
	if template.cas, err = office.OpenAuthorities(ctx, db, []byte("a passphrase")); err != nil {
		return err
	}
	if err := db.Read(ctx, func(tx office.Tx) error {
		template.keys, err = tx.Authorities()
		return err
	}); err != nil {
		return err
	}
	_, err = f.Cards()
	return err
}

// desk is one installation under test: every office works on it.
type desk struct {
	*office.Office
	dir   string
	url   string // of the registers, empty for those in the folder
	db    *store.DB
	cards *folder.Cards
	log   *bytes.Buffer
	at    time.Time
	dump  func(t *testing.T) map[string]string // what every table but the journal holds

	follower *status.Follower // begun by the first question about a certificate
	answers  *ocsp.Service

	id string // of the application that the tests look at
}

// respond is what the responder says to a request, on the registers as they are.
func (d *desk) respond(t *testing.T, request []byte) *ocsp.Reply {
	t.Helper()
	if d.follower == nil {
		set, err := status.Open(filepath.Join(d.dir, "status"), d.CAs.Begins)
		if err != nil {
			t.Fatal(err)
		}
		d.follower = status.Follow(set, d.db, d.Log)
		if d.answers, err = ocsp.New(ocsp.Config{Authorities: d.CAs.All, Statuses: d.follower, Clock: d.Clock, Log: d.Log}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.follower.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	return d.answers.Answer(ctx, request)
}

// forget ends the responder, which begins anew with the next question.
func (d *desk) forget(t *testing.T) {
	if d.follower != nil {
		if err := d.follower.Close(); err != nil {
			t.Error(err)
		}
		d.follower = nil
	}
}

// goTo moves the clock to the morning of a day in Japan. A round hour would make common names of certificates
// look like resident record codes.
func (d *desk) goTo(on civil.Date) {
	d.at = on.Start().Add(9*time.Hour + 41*time.Minute + 27*time.Second)
}

// newDesk is a new installation on SQLite.
func newDesk(t *testing.T) *desk {
	t.Helper()
	template.Do(func() { template.err = found(context.Background()) })
	if template.err != nil {
		t.Fatal(template.err)
	}
	return openDesk(t, template.dir, "")
}

// openDesk opens a copy of an installation; its registers lie in the folder, or at url.
func openDesk(t *testing.T, from, url string) *desk {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	d := &desk{dir: dir, log: &bytes.Buffer{}}
	d.open(t, url)
	d.goTo(civil.Day(2025, 10, 28))
	t.Cleanup(func() {
		d.forget(t)
		d.checkEvidence(t)
		if err := d.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) open(t *testing.T, url string) {
	t.Helper()
	d.forget(t)
	f, err := folder.Make(d.dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if d.db, err = f.Registers(url); err != nil {
		t.Fatal(err)
	}
	if d.cards, err = f.Cards(); err != nil {
		t.Fatal(err)
	}
	lists, err := f.Lists()
	if err != nil {
		t.Fatal(err)
	}
	policies, err := booking.Load()
	if err != nil {
		t.Fatal(err)
	}
	d.url = url
	d.dump = func(t *testing.T) map[string]string { return dumpTables(t, "sqlite", "file:"+f.Path("registers.db")) }
	if url != "" {
		d.dump = func(t *testing.T) map[string]string { return dumpTables(t, "pgx", url) }
	}
	d.Office = &office.Office{
		Store: d.db, Clock: func() time.Time { return d.at }, Rand: rand.Reader, Chips: d.cards, CAs: template.cas, Lists: lists,
		Policies: policies, URL: "http://card.example", Log: slog.New(slog.NewTextHandler(d.log, nil)),
	}
}

// engines runs a test on every engine that is at hand.
func engines(t *testing.T, f func(*testing.T, *desk)) {
	t.Run("sqlite", func(t *testing.T) { f(t, newDesk(t)) })
	t.Run("postgres", func(t *testing.T) {
		newDesk(t) // founds the template
		d := openDesk(t, template.dir, pgtest.Fresh(t))
		if err := d.db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := demo.Populate(t.Context(), d.db, demo.Start); err != nil {
			t.Fatal(err)
		}
		d.write(t, func(tx office.Tx) error {
			for _, k := range template.keys {
				if err := tx.PutAuthority(k); err != nil {
					return err
				}
			}
			return nil
		})
		f(t, d)
	})
}

func (d *desk) write(t *testing.T, f func(office.Tx) error) {
	t.Helper()
	if err := d.db.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) read(t *testing.T, f func(office.Tx) error) {
	t.Helper()
	if err := d.db.Read(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// application is the application of the test as it stands.
func (d *desk) application(t *testing.T) (a application.Application) {
	t.Helper()
	d.read(t, func(tx office.Tx) (err error) {
		a, err = tx.Application(d.id)
		return err
	})
	return a
}

// card is its card.
func (d *desk) card(t *testing.T) (c card.Card) {
	t.Helper()
	a := d.application(t)
	d.read(t, func(tx office.Tx) (err error) {
		c, err = tx.Card(a.CardID)
		return err
	})
	return c
}

// messages are the kinds of the messages of the application, the oldest first.
func (d *desk) messages(t *testing.T) (kinds []notice.Kind) {
	t.Helper()
	d.read(t, func(tx office.Tx) error {
		all, err := tx.Messages(d.id)
		for _, m := range all {
			kinds = append(kinds, m.Kind)
		}
		return err
	})
	return kinds
}

// link takes the secret of the newest one-time link of a kind (correct, reserve) out of the mails, as the applicant does.
func (d *desk) link(t *testing.T, kind string) string {
	t.Helper()
	var secret string
	d.read(t, func(tx office.Tx) error {
		all, err := tx.AllMessages(100)
		for _, m := range all {
			_, rest, ok := strings.Cut(m.Body, d.URL+"/"+kind+"/")
			if ok && secret == "" && m.ApplicationID == d.id {
				secret, _, _ = strings.Cut(rest, "\n")
			}
		}
		return err
	})
	if secret == "" {
		t.Fatalf("no mail has a link to %s", kind)
	}
	return secret
}

// photo is an invented face that fits the rules of a photo.
func photo(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../demo/life/sato.jpg")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// form is the form of 佐藤光, who lives in Taipei, with some fields changed; an empty text leaves a field out.
func form(changes application.RawForm) application.RawForm {
	raw := application.RawForm{
		"honseki": "022039", "number": number("sato"), "family_name": "佐藤", "given_name": "光", "family_kana": "サトウ", "given_kana": "ヒカリ",
		"sex": "female", "birth": "昭和63年5月17日", "overseas_address": "No. 1, Section 1, Zhongshan North Road, Taipei", "country": "TW",
		"planned_departure": "令和4年3月31日", "pickup": "131075", "email1": "hikari@example.org", "phone1": "+886 2 1234 5678",
		"photo_taken": "2025-10-01",
	}
	for field, text := range changes {
		if text == "" {
			delete(raw, field)
		} else {
			raw[field] = text
		}
	}
	return raw
}

// request is a visit with that form.
func request(t *testing.T, key string, changes application.RawForm) office.FileRequest {
	t.Helper()
	return office.FileRequest{RequestKey: key, Form: form(changes), Photo: photo(t), Channel: rules.Visit, OldCardSeen: true}
}

// atPickup is what 佐藤光 brings to Sumida on 2026-01-16 (TL-006).
func atPickup() office.IdentityRequest {
	return office.IdentityRequest{
		Visitor: procedure.Holder, PassportName: "SATO HIKARI", PassportBirth: civil.Day(1988, 5, 17), OldCard: true,
		Papers: []procedure.PaperSeen{{Kind: rules.Passport, Until: civil.Day(2030, 1, 1)}, {Kind: rules.DrivingLicence, Until: civil.Day(2027, 6, 17)}},
	}
}

// free lists the times at which the application's card can be collected.
func (d *desk) free(t *testing.T) ([]office.Slot, error) {
	t.Helper()
	a := d.application(t)
	return d.FreeSlots(ctx, a.Pickup, rules.CollectAbroad, a.Deadline)
}

// reservation books a time for an application.
func reservation(a application.Application, day civil.Date, time string, seat int) booking.Reservation {
	return booking.Reservation{ID: "booking-" + a.ID, State: booking.Booked, ApplicationID: a.ID, Office: a.Pickup, Counter: string(a.Pickup) + "/pickup", Procedure: string(rules.CollectAbroad),
		Day: day, Time: time, Seat: seat, Item: "x"}
}
