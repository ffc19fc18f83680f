package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"mynumber/internal/law"
	"mynumber/internal/office"
)

// keyHeader is the header by which a request is done once, however often it is sent.
const keyHeader = "Idempotency-Key"

// asking are the routes that are POST because of what stands in the question: nothing is done, and the header is passed over.
var asking = map[string]bool{
	"POST /api/v1/status":        true,
	"POST /api/v1/cards/search":  true,
	"POST /api/v1/verifications": true,

	"POST /api/v1/people/search":        true,
	"POST /api/v1/people/{id}/consider": true,
	"POST /api/v1/network/queries":      true,
}

// telling are the routes whose body holds PINs. Not even a hash of it is kept, from which PINs could be tried; so another
// body under the same key is not told apart.
var telling = map[string]bool{
	"POST /api/v1/pins/{link}":                        true,
	"POST /api/v1/applications/{id}/open-sealed-form": true,
	"POST /api/v1/cases/{id}/reply-pins":              true,
	"POST /api/v1/case-pins/{link}":                   true,
}

// errKeyReused and errUnderway are shown as problems.
var (
	errKeyReused = Problem{Title: "the key belongs to another request", Status: http.StatusUnprocessableEntity, Code: "idempotency_key_reused",
		Text: &law.Text{Ja: "この Idempotency-Key は、内容の違う別の依頼に使われています。", En: "This Idempotency-Key was used for another request."}}
	errUnderway = Problem{Title: "the same request is under way", Status: http.StatusConflict, Code: "request_underway",
		Text: &law.Text{Ja: "同じ依頼を処理しています。少し待って、もう一度送ってください。", En: "The same request is under way; wait a moment and send it again."}}
)

// underway are the requests with keys that are being done, each with a channel that is closed at its end.
type underway struct {
	mu   sync.Mutex
	keys map[string]chan struct{}
}

// take waits until nobody else does the request; give ends it.
func (u *underway) take(ctx context.Context, key string) (give func(), err error) {
	for {
		u.mu.Lock()
		other, taken := u.keys[key]
		if !taken {
			mine := make(chan struct{})
			u.keys[key] = mine
			u.mu.Unlock()
			return func() {
				u.mu.Lock()
				defer u.mu.Unlock()
				delete(u.keys, key)
				close(mine)
			}, nil
		}
		u.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// forget drops old answers, once an hour.
func (s *server) forget(ctx context.Context) {
	hour := s.office.Clock().Unix() / 3600
	if last := s.forgot.Load(); hour == last || !s.forgot.CompareAndSwap(last, hour) {
		return
	}
	if err := s.office.ForgetAnswers(ctx); err != nil && ctx.Err() == nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "old answers stay for another hour", slog.Any("error", err))
	}
}

// once does a request that has a key one time, whoever asks. who tells apart those who choose keys.
func (s *server) once(w http.ResponseWriter, r *http.Request, who string, h http.HandlerFunc) {
	key := r.Header.Get(keyHeader)
	if key == "" || r.Method != http.MethodPost || asking[r.Pattern] {
		h(w, r)
		return
	}
	if err := office.ReadKey(keyHeader, key); err != nil {
		s.fail(w, r, err)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxJSON))
	if err != nil {
		s.fail(w, r, unreadable(err))
		return
	}
	compared := body
	if telling[r.Pattern] {
		compared = nil
	}
	once := office.NewOnce(who, key, r.Method+" "+r.URL.Path, compared)
	if who == "" { // anybody: without a name a key is only as good as the whole request
		once.Key = once.Request + "\x00" + key
	}
	s.forget(r.Context())
	give, err := s.underway.take(r.Context(), once.Key)
	if err != nil {
		return // whoever asked has gone
	}
	defer give()
	switch answer, err := s.office.Answered(r.Context(), once); {
	case err == nil:
		send(w, answer.Status, answer.Body)
		return
	case !errors.Is(err, office.ErrNotFound):
		s.fail(w, r, err)
		return
	}
	once.Show = s.show
	r = r.WithContext(office.WithOnce(r.Context(), once))
	r.Body = io.NopCloser(bytes.NewReader(body))
	heard := &recorder{header: w.Header(), status: http.StatusOK}
	h(heard, r)
	if !heard.wrote {
		return // whoever asked has gone; what an act has kept stays
	}
	// What an act has done is kept with it. What was done in other ways is kept now; what could not be read, or failed, is
	// not: it may be sent again under the same key.
	if heard.status < http.StatusBadRequest || once.Kept() && heard.status < http.StatusInternalServerError {
		if err := s.office.KeepAnswer(context.WithoutCancel(r.Context()), once, heard.status, heard.body.Bytes()); err != nil {
			s.log.LogAttrs(r.Context(), slog.LevelError, "an answer could not be kept", slog.String("route", r.Pattern), slog.Any("error", err))
		}
	}
	send(w, heard.status, heard.body.Bytes())
}

// shownKey is where a route says how it shows the receipt of its act.
type shownKey struct{}

type shown func(tx office.Tx, receipt office.Receipt) (any, error)

// showing says it: the answer of such a route is more than the receipt.
func showing(r *http.Request, f shown) context.Context {
	return context.WithValue(r.Context(), shownKey{}, f)
}

// withApplication is a receipt with the application that it is about.
func withApplication(tx office.Tx, receipt office.Receipt) (any, error) {
	a, err := tx.Application(strings.TrimPrefix(receipt.Subject, "application/"))
	return map[string]any{"application": toJSON(a), "receipt": receipt}, err
}

// show is the answer to an act as the route will give it.
func (s *server) show(ctx context.Context, tx office.Tx, receipt office.Receipt, refused error) (office.Answer, error) {
	if refused != nil {
		p := problemOf(refused)
		return office.Answer{Status: p.Status, Body: p.encode()}, nil
	}
	var value any = receipt
	var err error
	if f, ok := ctx.Value(shownKey{}).(shown); ok {
		value, err = f(tx, receipt)
	} else if id, ok := strings.CutPrefix(receipt.Subject, "case/"); ok {
		c, found := tx.WindowCase(id)
		value, err = map[string]any{"case": s.caseOf(c), "receipt": receipt}, found
	}
	if err != nil {
		return office.Answer{}, err
	}
	return office.Answer{Status: http.StatusOK, Body: encode(value)}, nil
}

// recorder keeps an answer until it can be sent.
type recorder struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if !r.wrote {
		r.status, r.wrote = status, true
	}
}

func (r *recorder) Write(b []byte) (int, error) {
	r.wrote = true
	return r.body.Write(b)
}

// send writes an answer of the API, kept or new.
func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	if status >= http.StatusBadRequest {
		w.Header().Set("Content-Type", "application/problem+json")
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(body)
}
