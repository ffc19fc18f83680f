package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mynumber/internal/office"
)

// Nobody tries application IDs by the thousand (APP-060): the answer is a problem, and other addresses are not kept waiting.
func TestGuessingIsBounded(t *testing.T) {
	o := &office.Office{Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
	h := New(o, func(*http.Request) (office.Actor, bool) { return office.Actor{}, false }, nil)
	ask := func(address string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/status", strings.NewReader(`{"application_id":"1","birth":"not a day"}`))
		r.RemoteAddr = address + ":1234"
		r.Header.Set("X-Forwarded-For", time.Now().String()) // anybody can write this
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec
	}
	for range statusTries {
		if rec := ask("192.0.2.1"); rec.Code != http.StatusUnprocessableEntity {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
	if rec := ask("192.0.2.1"); rec.Code != http.StatusTooManyRequests || !strings.Contains(rec.Body.String(), "too_many_requests") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if rec := ask("192.0.2.2"); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("another address: %d", rec.Code)
	}
}

// Base64 may have two slashes in a row (RFC 6960 appendix A.1): such a request is answered, not tidied away.
func TestOCSPPathWithTwoSlashes(t *testing.T) {
	o := &office.Office{Clock: time.Now, Log: slog.New(slog.DiscardHandler), CAs: &office.Authorities{}}
	asked := ""
	h := New(o, func(*http.Request) (office.Actor, bool) { return office.Actor{}, false }, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked = r.URL.EscapedPath()
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/ocsp/MAAA//8=", nil))
	if asked != "/ocsp/MAAA//8=" {
		t.Errorf("the responder saw %q", asked)
	}
}

// Whatever is wrong with a request, the answer is a problem; none of these reaches the office.
func TestProblemsOfRequests(t *testing.T) {
	var log bytes.Buffer
	o := &office.Office{Clock: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil))}
	h := New(o, func(*http.Request) (office.Actor, bool) { return office.Actor{Staff: "x"}, true }, nil)
	for name, c := range map[string]struct {
		method, path, body string
		status             int
		code               string
	}{
		"no such route":  {"GET", "/api/v1/nothing", "", 404, "not_found"},
		"another method": {"DELETE", "/api/v1/applications", "", 405, "method_not_allowed"},
		"13 MB":          {"POST", "/api/v1/drafts", `{"form":{"braille":"` + strings.Repeat("a", 13<<20) + `"}}`, 413, "too_large"},
		"deep nesting":   {"POST", "/api/v1/drafts", strings.Repeat("[", 1<<20), 422, "invalid"},
		"empty":          {"POST", "/api/v1/status", "", 422, "invalid"},
		"two values":     {"POST", "/api/v1/status", "{}{}", 422, "invalid"},
		"wrong type":     {"POST", "/api/v1/status", `{"birth":19880517}`, 422, "invalid"},
		"unknown field":  {"POST", "/api/v1/status", `{"number":"1"}`, 422, "invalid"},
		"no key":         {"GET", "/api/v1/applications/%ff%00", "", 404, "not_found"},
		"no list":        {"GET", "/crl/sign/1/02203", "", 404, "not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(c.method, c.path, strings.NewReader(c.body)))
			var p Problem
			if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
				t.Fatalf("%v: %.200s", err, rec.Body)
			}
			if rec.Code != c.status || p.Status != c.status || p.Code != c.code || rec.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %v %+v", rec.Code, rec.Header(), p)
			}
			if c.status == http.StatusMethodNotAllowed && rec.Header().Get("Allow") == "" {
				t.Error("no word of the methods that are allowed")
			}
		})
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", &log)
	}
}
