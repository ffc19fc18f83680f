package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/httprate"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// Sessions knows which member of staff a browser belongs to. Applicants have none: their pages stand on mailed
// links.
type Sessions struct {
	manager *scs.SessionManager
	office  *office.Office
	address func(*http.Request) string // a visitor's
}

// How long a login lasts: a working day, and half an hour of doing nothing.
const (
	sessionLife = 12 * time.Hour
	sessionIdle = 30 * time.Minute
)

// Keys of a session. It holds the account's name, at which count of logins, and which of its posts; what the account may do
// there is read anew for each request.
const (
	keyAccount = "account"
	keyLogins  = "logins"
	keyPost    = "post"
	keyBrowser = "browser"
	keyReceipt = "receipt"
	keyUndone  = "undone"
)

// NewSessions keeps logins in the store. secure says that browsers reach the pages by HTTPS, so that the cookie
// never travels without it.
func NewSessions(store scs.Store, o *office.Office, secure bool) *Sessions {
	m := scs.New()
	m.Store, m.Lifetime, m.IdleTimeout, m.HashTokenInStore = store, sessionLife, sessionIdle, true
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Secure = "mynumber", true, http.SameSiteLaxMode, secure
	if secure {
		m.Cookie.Name = "__Host-mynumber" // browsers then bind it to this host and to HTTPS
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		if r.Context().Err() != nil {
			return // the visitor has gone
		}
		ref := reference()
		o.Log.ErrorContext(r.Context(), "session cannot be kept", "reference", ref, "error", err)
		http.Error(w, "内部エラー / internal error: "+ref, http.StatusInternalServerError)
	}
	return &Sessions{m, o, connection}
}

// Identify is the member of staff behind a request; false for nobody. The request has to come through the
// handler that New makes. It fits the API's question who acts.
func (s *Sessions) Identify(r *http.Request) (office.Actor, bool) {
	in, ok := s.staff(r)
	return in.Actor, ok
}

func (s *Sessions) staff(r *http.Request) (office.LoggedIn, bool) {
	ctx := r.Context()
	login := office.Login{Account: s.manager.GetString(ctx, keyAccount), Logins: s.manager.GetInt(ctx, keyLogins), StandIn: s.manager.GetString(ctx, keyPost)}
	if login.Account == "" {
		return office.LoggedIn{}, false
	}
	in, err := s.office.Acting(ctx, login)
	switch {
	case errors.Is(err, office.ErrNotFound): // left, or every session was ended
		s.manager.Remove(ctx, keyAccount)
		return office.LoggedIn{}, false
	case err != nil:
		if ctx.Err() == nil {
			s.office.Log.ErrorContext(ctx, "account cannot be read", "error", err)
		}
		return office.LoggedIn{}, false
	case s.manager.GetString(ctx, keyBrowser) != s.browser(r):
		// Somebody else has the cookie, or the computer moved: nobody goes on with it.
		s.manager.Remove(ctx, keyAccount)
		if err := s.office.SessionElsewhere(ctx, in.Actor); err != nil {
			s.office.Log.ErrorContext(ctx, "a session from elsewhere cannot be noted", "error", err)
		}
		return office.LoggedIn{}, false
	}
	return in, true
}

// browser is what a session is bound to: the program and the network that it began with, hashed.
func (s *Sessions) browser(r *http.Request) string {
	sum := sha256.Sum256([]byte(r.UserAgent() + "\x00" + httprate.CanonicalizeIP(s.address(r))))
	return hex.EncodeToString(sum[:16])
}

// begin logs a member of staff in, under a new token.
func (s *Sessions) begin(r *http.Request, staff office.Staff) error {
	ctx := r.Context()
	if err := s.manager.RenewToken(ctx); err != nil {
		return err
	}
	s.manager.Put(ctx, keyAccount, staff.ID)
	s.manager.Put(ctx, keyLogins, staff.Logins)
	s.manager.Put(ctx, keyBrowser, s.browser(r))
	s.manager.Remove(ctx, keyPost)
	return nil
}

// leave keeps a receipt for the next page, which shows it once.
func (s *Sessions) leave(ctx context.Context, receipt office.Receipt) {
	b, err := json.Marshal(receipt)
	if err != nil {
		return // a receipt that cannot be shown takes nothing back from the act
	}
	s.manager.Put(ctx, keyReceipt, string(b))
}

// take is the receipt that the last act left, nil when there is none.
func (s *Sessions) take(ctx context.Context) *office.Receipt {
	text := s.manager.PopString(ctx, keyReceipt)
	var receipt office.Receipt
	if text == "" || json.Unmarshal([]byte(text), &receipt) != nil {
		return nil
	}
	return &receipt
}

// enterForm asks before it uses the one-time link up: programs that look at mails open links as well.
func (p *pages) enterForm(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, "enter", law.Text{Ja: "職員のログイン", En: "Staff login"}, nil)
}

func (p *pages) enter(w http.ResponseWriter, r *http.Request) {
	staff, err := p.Office.Enter(r.Context(), r.PathValue("link"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.welcome(w, r, staff, "")
}

// welcome begins the session and goes on to where the person works, or to the page that asked for the login.
func (p *pages) welcome(w http.ResponseWriter, r *http.Request, staff office.Staff, next string) {
	if err := p.Sessions.begin(r, staff); err != nil {
		p.fail(w, r, err)
		return
	}
	if !deskPage.MatchString(next) {
		next = desk(staff.Role)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// deskPage is what a login may lead on to: pages of the desks, and never another site.
var deskPage = regexp.MustCompile(`^/(office|issuer|post|account)([/?][A-Za-z0-9/?=&_-]*)?$`)

// desk is the first page of a member of staff.
func desk(role office.Role) string {
	switch role {
	case office.Operator, office.StopLine:
		return "/issuer"
	case office.Carrier:
		return "/post"
	case office.Admin:
		return "/office/staff"
	}
	return "/office"
}

func (p *pages) logout(w http.ResponseWriter, r *http.Request) {
	if err := p.Sessions.manager.Destroy(r.Context()); err != nil {
		p.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
