package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"mynumber/internal/api"
	"mynumber/internal/batch"
	"mynumber/internal/booking"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/folder"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/ocsp"
	"mynumber/internal/office"
	"mynumber/internal/services/portal"
	"mynumber/internal/status"
	"mynumber/internal/store"
	"mynumber/internal/web"
)

// house is one running installation with its browsers; everything in it is the real thing.
type house struct {
	t        *testing.T
	url      string
	office   *office.Office
	sandbox  *demo.Sandbox
	log      *bytes.Buffer
	browsers map[string]*http.Client
}

// checked shows the portal's findings to the pages, as the binary does.
type checked struct{ *portal.Service }

func (c checked) Login(ctx context.Context, id string, der, signature []byte) (web.Login, error) {
	login, err := c.Service.Login(ctx, id, der, signature)
	return found(login), err
}

func (c checked) Present(ctx context.Context, der []byte) (web.Login, error) {
	login, err := c.Service.Present(ctx, der)
	return found(login), err
}

func found(login portal.Login) web.Login {
	out := web.Login{Accepted: login.Accepted, Serial: login.Serial, NotAfter: login.NotAfter}
	for _, x := range login.Checks {
		check := web.Check{Name: law.Text{Ja: "検査 " + string(x.Step), En: string(x.Step)}, OK: x.Fault == nil}
		if x.Fault != nil {
			check.Detail = law.Text{Ja: x.Fault.Error(), En: x.Fault.Error()}
		}
		out.Checks = append(out.Checks, check)
	}
	return out
}

var founded struct {
	rows []office.SealedAuthority
	open *office.Authorities
}

// keys puts the authorities into the registers. They are founded once for all tests: their keys cost the most.
func keys(t *testing.T, db *store.DB) *office.Authorities {
	t.Helper()
	ctx, pass := t.Context(), []byte("web test")
	var err error
	if founded.open != nil {
		err = db.Write(ctx, func(tx office.Tx) error {
			for _, row := range founded.rows {
				if err := tx.PutAuthority(row); err != nil {
					return err
				}
			}
			return nil
		})
	} else {
		err = errors.Join(office.FoundAuthorities(ctx, db, pass, demo.AuthoritiesFrom, rand.Reader),
			db.Read(ctx, func(tx office.Tx) (err error) { founded.rows, err = tx.Authorities(); return err }))
		if err == nil {
			founded.open, err = office.OpenAuthorities(ctx, db, pass)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return founded.open
}

// open builds an installation in a folder of its own; change may alter the configuration of the pages.
func open(t *testing.T, change func(*web.Config)) *house {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	f, err := folder.Make(t.TempDir(), rand.Reader)
	must(err)
	db, err := f.Registers("")
	must(err)
	t.Cleanup(func() { db.Close() })
	must(db.Migrate(ctx))
	must(demo.Populate(ctx, db, demo.Start))
	authorities := keys(t, db)
	clock, err := demo.OpenClock(ctx, db)
	must(err)
	inbox, err := demo.OpenInbox(f.Path("mail"))
	must(err)
	t.Cleanup(func() { inbox.Close(context.Background()) })
	chips, err := f.Cards()
	must(err)
	policies, err := booking.Load()
	must(err)
	h := &house{t: t, log: &bytes.Buffer{}, browsers: map[string]*http.Client{}}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	lists, err := f.Lists()
	if err != nil {
		t.Fatal(err)
	}
	h.office = &office.Office{Store: db, Clock: clock.Now, Rand: rand.Reader, Chips: chips, CAs: authorities, Lists: lists, Policies: policies, Log: log}
	h.sandbox = &demo.Sandbox{Clock: clock, Inbox: inbox, Office: h.office, Chips: chips, Phones: f.Path("phones"), Batch: &batch.Batch{Office: h.office, Log: log},
		Mail: &notice.Postman{Outbox: db, Server: inbox.Addr, From: "noreply@mynumber.invalid", Domain: "mynumber.invalid", Clock: clock.Now, Log: log}}
	server := httptest.NewUnstartedServer(nil)
	h.url = "http://" + server.Listener.Addr().String()
	h.office.URL = h.url
	service, err := portal.New(func() []*x509.Certificate { return authorities.Certificates(certificate.UserAuthentication) }, h.url+"/ocsp", clock.Now)
	must(err)
	set, err := f.Status(authorities.Begins)
	must(err)
	follower := status.Follow(set, db, log)
	t.Cleanup(func() { follower.Close() })
	must(follower.CatchUp(ctx))
	h.office.Certified = func() {
		if err := follower.CatchUp(context.Background()); err != nil {
			t.Error(err)
		}
	}
	answers, err := ocsp.New(ocsp.Config{Authorities: authorities.All, Statuses: follower, Clock: clock.Now, Log: log})
	must(err)
	sessions := web.NewSessions(store.Sessions{DB: db}, h.office, false)
	config := web.Config{Office: h.office, Sessions: sessions, Log: log, API: api.New(h.office, sessions.Identify, answers.Handler()), Portal: checked{service}, Sandbox: h.sandbox}
	if change != nil {
		change(&config)
	}
	server.Config.Handler = web.New(config)
	h.sandbox.Pages = server.Config.Handler
	server.Start()
	t.Cleanup(server.Close)
	return h
}

// browser is the browser of an account, logged in with one click; of the public for any other name.
func (h *house) browser(account string) *http.Client {
	b, ok := h.browsers[account]
	if !ok {
		jar, err := cookiejar.New(nil)
		if err != nil {
			h.t.Fatal(err)
		}
		b = &http.Client{Jar: jar}
		h.browsers[account] = b
		if account != "" {
			if _, err := h.office.Account(h.t.Context(), account); err == nil {
				h.send(account, "/sandbox/login", url.Values{"account": {account}}, 200)
			}
		}
	}
	return b
}

// read takes an answer, audits it if it is a page, and returns its text.
func (h *house) read(what string, r *http.Response, err error, want int) string {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	page := string(b)
	if r.StatusCode != want {
		h.t.Fatalf("%s: status %d, want %d\n%s\n%s", what, r.StatusCode, want, plain(page), h.log)
	}
	if policy := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'self'") {
		h.t.Errorf("%s: content policy %q", what, policy)
	}
	kind := r.Header.Get("Content-Type")
	if kept := r.Header.Get("Cache-Control"); kept != "no-store" && (strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "image/")) {
		h.t.Errorf("%s: a page or a photo may be kept: %q", what, kept)
	}
	if strings.HasPrefix(kind, "text/html") {
		audit(h.t, what, page)
		for _, secret := range secrets {
			if strings.Contains(page, secret) && what != "POST /sandbox/hand-over" { // which tells what it chose
				h.t.Errorf("%s shows %s", what, secret)
			}
		}
	}
	return page
}

// secrets never stand on any page: the Individual Number and the PINs.
var secrets = []string{"408172635406", "HIKARI2026"}

var tags = regexp.MustCompile(`<[^>]*>`)

// plain is a page's text.
func plain(page string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(page, " ")), " ")
}

func (h *house) get(account, path string, want int) string {
	h.t.Helper()
	r, err := h.browser(account).Get(h.url + path)
	return h.read("GET "+path, r, err, want)
}

func (h *house) send(account, path string, form url.Values, want int) string {
	h.t.Helper()
	r, err := h.browser(account).PostForm(h.url+path, form)
	return h.read("POST "+path, r, err, want)
}

// upload sends a form with files and returns the page and its address.
func (h *house) upload(account, to string, form map[string]string, files map[string][]byte, want int) (page, path string) {
	h.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, text := range form {
		w.WriteField(name, text)
	}
	for name, content := range files {
		part, err := w.CreateFormFile(name, name)
		if err != nil {
			h.t.Fatal(err)
		}
		part.Write(content)
	}
	w.Close()
	r, err := h.browser(account).Post(h.url+to, w.FormDataContentType(), &body)
	page = h.read("POST "+to, r, err, want)
	return page, r.Request.URL.Path
}

// apply sends the application form with its photo.
func (h *house) apply(form map[string]string, photo []byte, want int) (page, path string) {
	h.t.Helper()
	return h.upload("", "/apply", form, map[string][]byte{"photo": photo}, want)
}

func (h *house) clock(y int, m time.Month, d int) {
	h.t.Helper()
	h.send("", "/sandbox/clock", url.Values{"clock": {civil.Day(y, m, d).String() + "T10:00"}}, 200)
}

// mailed is the newest mailed link of a purpose.
func (h *house) mailed(purpose string) string {
	h.t.Helper()
	return h.find(h.get("", "/sandbox", 200), `href="`+regexp.QuoteMeta(h.url)+`(/`+purpose+`/[a-z0-9]+)"`)
}

// find is the first group of an expression in a page.
func (h *house) find(page, expression string) string {
	h.t.Helper()
	m := regexp.MustCompile("(?s)" + expression).FindStringSubmatch(page)
	if m == nil {
		h.t.Fatalf("nothing fits %s in\n%s", expression, plain(page))
	}
	return m[1]
}

// says wants the texts on a page.
func (h *house) says(page string, texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		if !strings.Contains(plain(page), text) {
			h.t.Errorf("%q is not on the page:\n%s", text, plain(page))
		}
	}
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for n := 0; n < len(pairs); n += 2 {
		v.Add(pairs[n], pairs[n+1])
	}
	return v
}

// sato is the form and the photo of the one who lives the life.
func sato(t *testing.T) (map[string]string, []byte) {
	t.Helper()
	text, err := os.ReadFile("../demo/life/sato.json")
	var raw map[string]string
	photo, err2 := os.ReadFile("../demo/life/sato.jpg")
	if err := errors.Join(err, err2, json.Unmarshal(text, &raw)); err != nil {
		t.Fatal(err)
	}
	return raw, photo
}
