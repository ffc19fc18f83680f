package api

import (
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
	h := New(o, func(*http.Request) (office.Actor, bool) { return office.Actor{}, false })
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
	h := New(o, func(*http.Request) (office.Actor, bool) { return office.Actor{}, false })
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/ocsp/MAAA//8=", nil))
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "application/ocsp-response" {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
}
