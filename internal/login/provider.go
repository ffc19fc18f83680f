// Package login is how a member of staff proves who they are: as a relying party of any OpenID provider (OpenID Connect Core
// 1.0, authorization code flow with PKCE, RFC 7636) and by passkeys (WebAuthn). What it finds out is a subject or a key;
// whose account that is, and what the account may do, it leaves to office, and sessions to web.
package login

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Provider is an OpenID provider of the staff. It is asked for its configuration when somebody logs in, so that one that is
// down holds up nothing else.
type Provider struct {
	Issuer   string // its address, as its tokens name it
	ClientID string
	Secret   string // empty for a public client: PKCE protects the code in either way
	Redirect string // our address to which it sends people back

	mu    sync.Mutex
	known *oidc.Provider
}

// Answer is the path of our address to which a provider sends people back.
const Answer = "/login/provider/answer"

// providerPatience bounds each request to the provider.
const providerPatience = 10 * time.Second

var client = &http.Client{Timeout: providerPatience}

// Attempt is a login that waits for the provider's answer. It stays with the browser's session and is good for one answer.
type Attempt struct {
	State, Nonce, Verifier string
	At                     time.Time
}

// attemptLife is how long somebody may take at the provider.
const attemptLife = 10 * time.Minute

// Subject is who the provider says somebody is.
type Subject struct {
	ID   string // issuer and subject
	Name string // for the owner's eyes only
}

// Ends of a login that is none.
var (
	ErrForged  = errors.New("the answer does not belong to a login of this browser")
	ErrRefused = errors.New("the provider did not let them in")
	ErrAway    = errors.New("the provider cannot be reached")
)

func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil {
		return p.known, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), client), p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	p.known = found
	return found, nil
}

func (p *Provider) config(found *oidc.Provider) oauth2.Config {
	return oauth2.Config{ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: found.Endpoint(), RedirectURL: p.Redirect, Scopes: []string{oidc.ScopeOpenID, "profile"}}
}

// Begin is the provider's address to which the browser goes, and what has to be kept until it comes back.
func (p *Provider) Begin(ctx context.Context, now time.Time) (string, Attempt, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", Attempt{}, err
	}
	a := Attempt{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), At: now}
	config := p.config(found)
	return config.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), a, nil
}

// Finish reads the answer with which the browser came back: ErrForged when it answers no attempt of this browser, ErrRefused
// when the provider said no or its token does not hold.
func (p *Provider) Finish(ctx context.Context, a Attempt, answer url.Values, now time.Time) (Subject, error) {
	if a.State == "" || now.Sub(a.At) > attemptLife || subtle.ConstantTimeCompare([]byte(a.State), []byte(answer.Get("state"))) != 1 {
		return Subject{}, ErrForged
	}
	if by := answer.Get("iss"); by != "" && by != p.Issuer { // RFC 9207: another provider's answer
		return Subject{}, ErrForged
	}
	if answer.Get("error") != "" || answer.Get("code") == "" {
		return Subject{}, ErrRefused
	}
	found, err := p.discover(ctx)
	if err != nil {
		return Subject{}, err
	}
	config := p.config(found)
	token, err := config.Exchange(oidc.ClientContext(ctx, client), answer.Get("code"), oauth2.VerifierOption(a.Verifier))
	if err != nil {
		var no *oauth2.RetrieveError
		if errors.As(err, &no) && no.Response.StatusCode < 500 {
			return Subject{}, fmt.Errorf("%w: %s", ErrRefused, no.ErrorCode)
		}
		return Subject{}, fmt.Errorf("%w: the code was not exchanged", ErrAway)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.VerifierContext(oidc.ClientContext(ctx, client), &oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil {
		return Subject{}, fmt.Errorf("%w: the token does not hold: %w", ErrRefused, err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1 {
		return Subject{}, ErrForged
	}
	var says struct {
		Name     string `json:"name"`
		Username string `json:"preferred_username"`
	}
	if err := id.Claims(&says); err != nil {
		return Subject{}, fmt.Errorf("%w: the token cannot be read", ErrRefused)
	}
	return Subject{ID: id.Issuer + " " + id.Subject, Name: cmp.Or(says.Username, says.Name, id.Subject)}, nil
}
