// Package invented is an OpenID provider (OpenID Connect Core 1.0, code flow with PKCE) whose people are invented: whoever asks
// is whom they choose. The demo and the tests have it; it lets nobody in where `mynumber serve` runs.
package invented

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// ClientID is the one client that the provider knows.
const ClientID = "mynumber"

// codeLife is how long a code may wait for its exchange.
const codeLife = time.Minute

// Person is somebody whom the provider lets in.
type Person struct{ ID, Name string }

// Provider is the provider; its issuer is the address below which its handler is mounted.
type Provider struct {
	issuer   string
	redirect string // the one address to which it sends people back
	people   []Person
	key      jose.JSONWebKey
	signer   jose.Signer
	// Spoil changes the claims of the next tokens; the tests of forged tokens use it.
	Spoil func(map[string]any)

	mu    sync.Mutex
	codes map[string]grant
}

// grant is a login that waits for its code to be exchanged.
type grant struct {
	subject, nonce, challenge string
	until                     time.Time
}

// New is a provider at the issuer's address.
func New(issuer, redirect string, people []Person) (*Provider, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, fmt.Errorf("make the provider's key: %w", err)
	}
	p := &Provider{issuer: issuer, redirect: redirect, people: people, codes: map[string]grant{}}
	p.key = jose.JSONWebKey{Key: key.Public(), KeyID: "1", Algorithm: string(jose.RS256), Use: "sig"}
	p.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "1"}}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return nil, fmt.Errorf("make the provider's signer: %w", err)
	}
	return p, nil
}

// Handler answers below the issuer's path.
func (p *Provider) Handler() http.Handler {
	u, _ := url.Parse(p.issuer)
	mux := http.NewServeMux()
	at := strings.TrimRight(u.Path, "/")
	mux.HandleFunc("GET "+at+"/.well-known/openid-configuration", p.configuration)
	mux.HandleFunc("GET "+at+"/keys", func(w http.ResponseWriter, _ *http.Request) {
		send(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{p.key}})
	})
	mux.HandleFunc("GET "+at+"/authorize", p.ask)
	mux.HandleFunc("POST "+at+"/authorize", p.authorize)
	mux.HandleFunc("POST "+at+"/token", p.token)
	return mux
}

func (p *Provider) configuration(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, map[string]any{"issuer": p.issuer, "authorization_endpoint": p.issuer + "/authorize", "token_endpoint": p.issuer + "/token", "jwks_uri": p.issuer + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
		"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{"none"}})
}

var page = template.Must(template.New("").Parse(`<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>認証サービス / Identity provider</title>
<link rel="stylesheet" href="/static/tokens.css"><link rel="stylesheet" href="/static/fonts.css"><link rel="stylesheet" href="/static/site.css"></head>
<body><main id="main"><h1>職員の認証サービス<small lang="en">Staff identity provider</small></h1><p>デモの、架空の認証サービスです。パスワードの代わりに、だれとしてログインするかを選びます。<br><span lang="en">An invented provider for the demo: instead of a password you choose who you are.</span></p>
<form method="post" action="{{.Action}}">{{range $k, $v := .Keep}}<input type="hidden" name="{{$k}}" value="{{$v}}">{{end}}<ul class="logins">{{range .People}}<li><button class="second" name="subject" value="{{.ID}}"><strong>{{.Name}}</strong><small>{{.ID}}</small></button></li>{{end}}</ul></form></main></body></html>`))

// ask asks who somebody is.
func (p *Provider) ask(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if !p.knows(q) {
		http.Error(w, "invalid_request", http.StatusBadRequest)
		return
	}
	keep := map[string]string{}
	for _, name := range []string{"client_id", "redirect_uri", "response_type", "state", "nonce", "code_challenge", "code_challenge_method"} {
		keep[name] = q.Get(name)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	page.Execute(w, struct {
		Action string
		Keep   map[string]string
		People []Person
	}{p.issuer + "/authorize", keep, p.people})
}

// knows reports that the client asks for what it may: a code, with PKCE, sent to its own address.
func (p *Provider) knows(q url.Values) bool {
	return q.Get("client_id") == ClientID && q.Get("redirect_uri") == p.redirect && q.Get("response_type") == "code" && q.Get("code_challenge_method") == "S256" && len(q.Get("code_challenge")) == 43
}

func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if r.ParseForm() != nil || !p.knows(r.PostForm) {
		http.Error(w, "invalid_request", http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {r.PostForm.Get("state")}, "iss": {p.issuer}}
	if p.name(r.PostForm.Get("subject")) == "" {
		back.Set("error", "access_denied")
	} else {
		code := rand.Text()
		p.mu.Lock()
		p.codes[code] = grant{r.PostForm.Get("subject"), r.PostForm.Get("nonce"), r.PostForm.Get("code_challenge"), time.Now().Add(codeLife)}
		p.mu.Unlock()
		back.Set("code", code)
	}
	http.Redirect(w, r, p.redirect+"?"+back.Encode(), http.StatusSeeOther)
}

func (p *Provider) name(subject string) string {
	for _, x := range p.people {
		if x.ID == subject {
			return x.Name
		}
	}
	return ""
}

// token exchanges a code, once, for whoever knows the verifier.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_request"})
		return
	}
	p.mu.Lock()
	g, ok := p.codes[r.PostForm.Get("code")]
	delete(p.codes, r.PostForm.Get("code"))
	p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	challenge := base64.RawURLEncoding.EncodeToString(sum[:])
	if !ok || time.Now().After(g.until) || r.PostForm.Get("redirect_uri") != p.redirect || subtle.ConstantTimeCompare([]byte(challenge), []byte(g.challenge)) != 1 {
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	now := time.Now()
	claims := map[string]any{"iss": p.issuer, "sub": g.subject, "aud": ClientID, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "nonce": g.nonce, "name": p.name(g.subject), "preferred_username": g.subject}
	if p.Spoil != nil {
		p.Spoil(claims)
	}
	id, err := jwt.Signed(p.signer).Claims(claims).Serialize()
	if err != nil {
		http.Error(w, "server_error", http.StatusInternalServerError)
		return
	}
	send(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 300, "id_token": id})
}

func send(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

// Subject is how a relying party knows somebody: issuer and subject.
func (p *Provider) Subject(id string) string { return p.issuer + " " + id }
