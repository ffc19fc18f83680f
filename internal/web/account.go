package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/login"
	"mynumber/internal/office"
)

// keyAttempt is where a session keeps a login that waits for its answer: once, and only in the browser that began it.
const keyAttempt = "attempt"

// attempt is a login, or the adding of a way to log in, that waits for a provider or a passkey.
type attempt struct {
	Provider login.Attempt
	Passkey  []byte
	Add      bool   // to the account that is logged in
	Next     string // page to go on to
}

// accountView is somebody's own account.
type accountView struct {
	Account  string
	Posts    []postLine
	Keys     []keyLine
	Provider bool // one is configured
	Passkeys bool // can be had at this address
}

// postLine is a post in which one may act.
type postLine struct {
	ID     string // empty: one's own
	Office law.Text
	Role   law.Text
	Until  string
	Now    bool
}

// keyLine is a way to log in.
type keyLine struct {
	office.StaffKey
	Kind    law.Text
	Created string
	Used    string
}

var keyWords = map[string]law.Text{
	office.KeyPasskey: {Ja: "パスキー", En: "passkey"}, office.KeyProvider: {Ja: "職員の認証サービス(OpenID Connect)", En: "staff identity provider (OpenID Connect)"},
}

// account shows one's own posts, ways to log in and sessions.
func (p *pages) account(w http.ResponseWriter, r *http.Request, who office.Actor) {
	in, ok := p.Sessions.staff(r)
	if !ok {
		p.loginNeeded(w, r, "/account", false)
		return
	}
	posts, err := p.Office.Posts(r.Context(), who.Staff)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	keys, err := p.Office.KeysOf(r.Context(), who.Staff)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := accountView{Account: who.Staff, Provider: p.Provider != nil, Passkeys: p.Passkeys != nil}
	view.Posts = append(view.Posts, postLine{Office: office.PlaceName(in.Staff.Office, p.today()), Role: word(roleWords, in.Staff.Role), Now: in.Post.ID == ""})
	for _, s := range posts {
		view.Posts = append(view.Posts, postLine{s.ID, office.PlaceName(s.Office, p.today()), word(roleWords, s.Role), s.To.String(), s.ID == in.Post.ID})
	}
	for _, k := range keys {
		line := keyLine{StaffKey: k, Kind: word(keyWords, k.Kind), Created: moment(k.Created)}
		if !k.Used.IsZero() {
			line.Used = moment(k.Used)
		}
		view.Keys = append(view.Keys, line)
	}
	p.show(w, r, http.StatusOK, "account", law.Text{Ja: "自分のアカウント", En: "Your account"}, view)
}

// accountAct is an act on one's own account.
func (p *pages) accountAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), "/account")
		return
	}
	var receipt office.Receipt
	var err error
	switch r.PathValue("act") {
	case "end-sessions":
		if _, err = p.Office.EndSessions(r.Context(), who, who.Staff); err == nil {
			p.logout(w, r)
			return
		}
	case "post":
		p.Sessions.manager.Put(r.Context(), keyPost, r.PostFormValue("post"))
		if in, ok := p.Sessions.staff(r); ok {
			http.Redirect(w, r, desk(in.Actor.Role), http.StatusSeeOther)
			return
		}
		err = office.ErrNotFound
	case "drop-key":
		receipt, err = p.Office.DropKey(r.Context(), who, r.PostFormValue("kind"), r.PostFormValue("key"))
	default:
		err = office.ErrNotFound
	}
	if err != nil {
		p.failBack(w, r, err, "/account")
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/account", http.StatusSeeOther)
}

// loginPage is where staff log in.
func (p *pages) loginPage(w http.ResponseWriter, r *http.Request) {
	p.loginNeeded(w, r, r.URL.Query().Get("next"), false)
}

// wait keeps an attempt for its answer.
func (p *pages) wait(r *http.Request, a attempt) error {
	b, err := json.Marshal(a)
	if err == nil {
		p.Sessions.manager.Put(r.Context(), keyAttempt, string(b))
	}
	return err
}

// waited is the attempt that the browser began; each is good for one answer.
func (p *pages) waited(r *http.Request) (attempt, bool) {
	var a attempt
	text := p.Sessions.manager.PopString(r.Context(), keyAttempt)
	return a, text != "" && json.Unmarshal([]byte(text), &a) == nil
}

// toProvider sends the browser to the staff's identity provider; to add it to the account when somebody is logged in.
func (p *pages) toProvider(add bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if p.Provider == nil {
			p.notFound(w, r)
			return
		}
		address, begun, err := p.Provider.Begin(r.Context(), p.Office.Clock())
		if err == nil {
			err = p.wait(r, attempt{Provider: begun, Add: add, Next: r.URL.Query().Get("next")})
		}
		if err != nil {
			p.loginFailed(w, r, err)
			return
		}
		http.Redirect(w, r, address, http.StatusFound)
	}
}

// fromProvider is where the provider sends the browser back.
func (p *pages) fromProvider(w http.ResponseWriter, r *http.Request) {
	a, ok := p.waited(r)
	if p.Provider == nil || !ok {
		p.loginFailed(w, r, login.ErrForged)
		return
	}
	subject, err := p.Provider.Finish(r.Context(), a.Provider, r.URL.Query(), p.Office.Clock())
	if err != nil {
		p.loginFailed(w, r, err)
		return
	}
	if !a.Add {
		p.enterByKey(w, r, office.KeyProvider, subject.ID, nil, a.Next)
		return
	}
	who, ok := p.Sessions.Identify(r)
	if !ok {
		p.loginNeeded(w, r, "/account", false)
		return
	}
	receipt, err := p.Office.AddKey(r.Context(), who, office.StaffKey{Kind: office.KeyProvider, ID: subject.ID, Name: subject.Name})
	if err != nil {
		p.failBack(w, r, err, "/account")
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/account", http.StatusSeeOther)
}

// enterByKey begins the session of whoever has proven to own the key.
func (p *pages) enterByKey(w http.ResponseWriter, r *http.Request, kind, id string, doc []byte, next string) {
	staff, err := p.Office.EnterByKey(r.Context(), kind, id, doc)
	if errors.Is(err, office.ErrNotFound) {
		p.problem(w, r, http.StatusForbidden, law.Text{Ja: "このログイン方法に結びついたアカウントはありません。", En: "No account has this way to log in."},
			law.Text{Ja: "先に、管理者から届いた一度だけ使えるリンクでログインし、「自分のアカウント」でこの方法を加えてください。", En: "First log in with the one-time link of your administrator and add this way under “Your account”."})
		return
	}
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.welcome(w, r, staff, next)
}

// loginFailed says that nobody was let in, and nothing of why but what helps.
func (p *pages) loginFailed(w http.ResponseWriter, r *http.Request, err error) {
	text := law.Text{Ja: "ログインできませんでした。", En: "The login did not succeed."}
	next := law.Text{Ja: "職員のログインのページから、もう一度始めてください。", En: "Begin again at the staff login."}
	switch {
	case errors.Is(err, login.ErrAway):
		p.Log.WarnContext(r.Context(), "identity provider", "error", err)
		p.problem(w, r, http.StatusBadGateway, text, law.Text{Ja: "認証サービスに今つながりません。しばらくしてからもう一度お試しになるか、管理者からの一度だけ使えるリンクでログインしてください。",
			En: "The identity provider cannot be reached now. Try again later, or log in with a one-time link of your administrator."})
	case errors.Is(err, login.ErrForged), errors.Is(err, login.ErrRefused):
		p.problem(w, r, http.StatusForbidden, text, next)
	default:
		p.fail(w, r, err)
	}
}
