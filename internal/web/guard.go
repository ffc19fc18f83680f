package web

import (
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/httprate"

	"mynumber/internal/law"
)

// policy is the content security policy of every page: nothing but our own styles, fonts and pictures; forms
// only go to us; nobody frames us.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard is what stands around everything: headers, the machine faces that know neither sessions nor browsers, the
// session, and the cross-origin check, whose no is a page like any other.
func (p *pages) guard(inside http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(p.crossOrigin))
	personal := p.Sessions.manager.LoadAndSave(origin.Handler(inside))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.headers(w.Header())
		defer p.recovered(w, r)
		if p.API != nil && machine(r.URL.Path) {
			// Before any multiplexer: an OCSP request in a path may hold two slashes in a row, which one would tidy away.
			p.API.ServeHTTP(w, r)
			return
		}
		if strings.HasPrefix(r.URL.Path, "/static/") {
			inside.ServeHTTP(w, r)
			return
		}
		// A page may show a person; the few that do not are cheap to make again.
		w.Header().Set("Cache-Control", "no-store")
		personal.ServeHTTP(w, r)
	})
}

// recovered turns a fault of the program into an internal error like any other. A connection that was cut off on
// purpose stays cut off.
func (p *pages) recovered(w http.ResponseWriter, r *http.Request) {
	fault := recover()
	switch {
	case fault == nil:
		return
	case fault == http.ErrAbortHandler:
		panic(fault)
	}
	ref := reference()
	p.Log.LogAttrs(r.Context(), slog.LevelError, "program fault", slog.String("reference", ref), slog.String("route", r.Pattern), slog.Any("fault", fault), slog.String("stack", string(debug.Stack())))
	http.Error(w, "内部エラー / internal error: "+ref, http.StatusInternalServerError)
}

// machine reports the faces of a public key infrastructure, read by programs without sessions: OCSP is posted across
// origins by design, the others are only read.
func machine(path string) bool {
	return path == "/ocsp" || strings.HasPrefix(path, "/ocsp/") || strings.HasPrefix(path, "/crl/") || strings.HasPrefix(path, "/ca/")
}

// headers sets what every answer carries. The referrer stays within the site, because addresses hold mailed
// secrets; it is not suppressed altogether, or browsers would hide the origin of our own forms as well.
func (p *pages) headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if p.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// bounded cuts a request's body off behind the limit.
func bounded(limit int64, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		h.ServeHTTP(w, r)
	})
}

// limited lets one address through so often in a while.
func (p *pages) limited(requests int, per time.Duration) func(http.HandlerFunc) http.HandlerFunc {
	address := p.Address
	if address == nil {
		address = connection
	}
	key := func(r *http.Request) (string, error) { return httprate.CanonicalizeIP(address(r)), nil }
	limiter := httprate.LimitBy(requests, per, key, httprate.WithLimitHandler(p.tooMany))
	return func(h http.HandlerFunc) http.HandlerFunc { return limiter(h).ServeHTTP }
}

// connection is the address at the other end of the connection, which nobody can invent.
func connection(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (p *pages) tooMany(w http.ResponseWriter, r *http.Request) {
	p.problem(w, r, http.StatusTooManyRequests, law.Text{Ja: "アクセスが続いたため、しばらくお待ちください。", En: "Too many requests; please wait a moment."},
		law.Text{Ja: "1分ほど待ってから、もう一度お試しください。", En: "Try again in about a minute."})
}

func (p *pages) crossOrigin(w http.ResponseWriter, r *http.Request) {
	p.problem(w, r, http.StatusForbidden, law.Text{Ja: "別のサイトから送られた操作は受け付けません。", En: "A request sent from another site is not accepted."},
		law.Text{Ja: "このサイトのページを開いて、もう一度操作してください。", En: "Open the page on this site and try again."})
}

func (p *pages) notFound(w http.ResponseWriter, r *http.Request) {
	p.problem(w, r, http.StatusNotFound, notFoundText, notFoundNext)
}

// The words for something that is not there, or not for these eyes: the same, on purpose.
var (
	notFoundText = law.Text{Ja: "ページまたは記録が見つかりません。", En: "There is no such page or record."}
	notFoundNext = law.Text{Ja: "アドレスを確かめるか、はじめのページからお進みください。", En: "Check the address, or start from the first page."}
)
