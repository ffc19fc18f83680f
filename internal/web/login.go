package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// mostKept bounds what is kept of an act whose login had ended, in bytes.
const mostKept = 8 << 10

// staff lets members of staff in; anybody else is shown where to log in.
func (p *pages) staff(h func(http.ResponseWriter, *http.Request, office.Actor)) http.HandlerFunc {
	late := p.limited(20, time.Minute)(p.tooLate)
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := p.Sessions.Identify(r)
		switch {
		case ok:
			who.Purpose = p.Sessions.said(r)
			h(w, r, who)
		case r.Method == http.MethodPost:
			late(w, r)
		default:
			p.loginNeeded(w, r, r.URL.RequestURI(), false)
		}
	}
}

// tooLate answers an act whose login has ended: nothing is done, and what was typed waits for the next login in the same
// browser.
func (p *pages) tooLate(w http.ResponseWriter, r *http.Request) {
	page := pageOf(r)
	if _, err := receive(r); err == nil {
		p.Sessions.keep(r.Context(), page, undone{Act: r.PathValue("act"), Typed: harmless(r.PostForm)})
	}
	p.loginNeeded(w, r, page, true)
}

// pageOf is the page on which an act's form stands.
func pageOf(r *http.Request) string {
	switch id := r.PathValue("id"); {
	case strings.HasPrefix(r.URL.Path, "/issuer"):
		return "/issuer"
	case id != "":
		return "/office/applications/" + id
	}
	return r.URL.Path
}

// harmless is what may wait for a login: texts and choices of the staff's forms. PINs and files never do, and what a
// clerk vouches for (a signature, a caller's identity) has to be vouched for again.
func harmless(typed url.Values) url.Values {
	out, size := url.Values{}, 0
	for _, i := range append(append(caseInputs(), fileInputs()...), searchInputs()...) {
		if i.Kind != "password" && i.Kind != "file" && typed.Has(i.Name) {
			out[i.Name] = typed[i.Name]
		}
	}
	for _, name := range []string{"fields", "request_key"} {
		if typed.Has(name) {
			out[name] = typed[name]
		}
	}
	for name, values := range out {
		size += len(name) + len(strings.Join(values, ""))
	}
	if size > mostKept {
		return nil
	}
	return out
}

// keep leaves an act for the page on which it was tried.
func (s *Sessions) keep(ctx context.Context, page string, act undone) {
	b, err := json.Marshal(map[string]undone{page: act})
	if err != nil || len(act.Typed) == 0 {
		return // nothing was typed that could be kept
	}
	s.manager.Put(ctx, keyUndone, string(b))
}

// kept is the act that was left for the page, once; nil when there is none.
func (s *Sessions) kept(ctx context.Context, page string) *undone {
	var left map[string]undone
	text := s.manager.GetString(ctx, keyUndone)
	if text == "" || json.Unmarshal([]byte(text), &left) != nil {
		return nil
	}
	act, ok := left[page]
	if !ok {
		return nil
	}
	s.manager.Remove(ctx, keyUndone)
	return &act
}

// loginNeeded shows where to log in, and goes on to a page after it.
func (p *pages) loginNeeded(w http.ResponseWriter, r *http.Request, next string, late bool) {
	view := loginView{Next: next, Late: late, Provider: p.Provider != nil, Passkeys: p.Passkeys != nil}
	if p.Sandbox != nil {
		var err error
		if view.Accounts, err = p.accounts(r.Context()); err != nil {
			p.fail(w, r, err)
			return
		}
	}
	p.show(w, r, http.StatusForbidden, "login", law.Text{Ja: "職員のログイン", En: "Staff login"}, view)
}
