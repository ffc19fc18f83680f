package ocsp

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// world is a service with one authority and statuses by counter.
type world struct {
	*Service
	authority *pki.Authority
	signer    *countingSigner
	mu        sync.Mutex
	now       time.Time
	statuses  map[uint64]pki.Status
	fault     error
}

// countingSigner is a responder's key that counts its signatures, and may be told to wait.
type countingSigner struct {
	crypto.Signer
	mu   sync.Mutex
	n    int
	hold chan struct{} // closed to go on; nil for at once
}

func (c *countingSigner) Sign(r io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	c.mu.Lock()
	c.n++
	hold := c.hold
	c.mu.Unlock()
	if hold != nil {
		<-hold
	}
	return c.Signer.Sign(r, digest, o)
}

func (c *countingSigner) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (w *world) Status(_ certificate.Kind, _ int, counter uint64) (pki.Status, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.statuses[counter], w.fault
}

func (w *world) set(counter uint64, s pki.Status) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.statuses[counter] = s
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

var founded = time.Date(2025, 10, 20, 2, 40, 28, 0, time.UTC)

// keys are made once: RSA keys cost time.
var keys = sync.OnceValue(func() pki.Keys {
	k, err := pki.GenerateKeys(pki.RSA2048, rand.Reader)
	if err != nil {
		panic(err)
	}
	return k
})

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{now: founded.Add(100 * time.Hour), statuses: map[uint64]pki.Status{}}
	k := keys()
	w.signer = &countingSigner{Signer: k.Responder}
	k.Responder = w.signer
	var err error
	if w.authority, err = pki.Found(certificate.Signature, 1, founded, k); err != nil {
		t.Fatal(err)
	}
	w.Service, err = New(Config{Authorities: func() []*pki.Authority { return []*pki.Authority{w.authority} }, Statuses: w, Clock: w.clock, Log: slog.New(slog.DiscardHandler), Signers: 1})
	if err != nil {
		t.Fatal(err)
	}
	w.set(1, pki.Status{State: pki.Good})
	return w
}

func (w *world) request(t testing.TB, counter uint64, nonce []byte) []byte {
	t.Helper()
	der, err := pki.NewOCSPRequest(w.authority.Certificate(), nonce, w.authority.Serial(counter))
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// says is what an answer says, by two readers.
func (w *world) says(t testing.TB, der []byte, counter uint64, nonce []byte) pki.State {
	t.Helper()
	serial := w.authority.Serial(counter)
	s, err := pki.CheckOCSPResponse(der, w.authority.Certificate(), serial, w.clock(), nonce)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ocsp.ParseResponse(der, w.authority.Certificate())
	if err != nil || other.SerialNumber.Cmp(serial.Big()) != 0 || (other.Status == ocsp.Good) != (s.State == pki.Good) {
		t.Errorf("x/crypto/ocsp: %+v, %v; ours %s", other, err, s.State)
	}
	return s.State
}

// A prepared answer is signed once, and never says of a certificate what is no longer the case.
func TestPrepared(t *testing.T) {
	w := newWorld(t)
	ask := func(counter uint64) (pki.State, *Reply) {
		t.Helper()
		r := w.Answer(t.Context(), w.request(t, counter, nil))
		if r.Status != pki.Successful {
			t.Fatalf("%d: %v", r.Status, r.Err)
		}
		return w.says(t, r.DER, counter, nil), r
	}
	state, first := ask(1)
	for range 5 {
		if s, r := ask(1); s != pki.Good || !bytes.Equal(r.DER, first.DER) {
			t.Error("it was signed again")
		}
	}
	if state != pki.Good || w.signer.count() != 1 {
		t.Errorf("%s, %d signatures", state, w.signer.count())
	}
	if s, _ := ask(2); s != pki.Unknown {
		t.Errorf("a card that nobody has collected: %s", s)
	}
	w.set(1, pki.Status{State: pki.Revoked, At: w.clock(), Reason: certificate.CertificateHold})
	w.set(2, pki.Status{State: pki.Good})
	for counter, want := range map[uint64]pki.State{1: pki.Revoked, 2: pki.Good} {
		if s, _ := ask(counter); s != want {
			t.Errorf("after the change: %s, want %s", s, want)
		}
	}
	w.set(1, pki.Status{State: pki.Revoked, At: w.clock(), Reason: certificate.KeyCompromise})
	if _, r := ask(1); bytes.Equal(r.DER, first.DER) {
		t.Error("the reason changed and the answer did not")
	}
	n := w.signer.count()
	w.later(pki.OCSPLifetime)
	if ask(1); w.signer.count() != n+1 {
		t.Error("an answer past its life was served")
	}
	w.later(-pki.ClockSkew / 2) // clocks are set right all the time
	if ask(1); w.signer.count() != n+2 {
		t.Error("an answer of the future was served")
	}
	w.later(-time.Hour)
	if r := w.Answer(t.Context(), w.request(t, 1, nil)); r.Status != pki.TryLater || !errors.Is(r.Err, ErrClockBack) {
		t.Errorf("with the clock set back: %d, %v", r.Status, r.Err)
	}
	w.later(time.Hour)
	if s, _ := ask(1); s != pki.Revoked {
		t.Errorf("with the clock set right: %s", s)
	}
}

// Answers that are asked for are signed again before they are too old; others are let go.
func TestRefreshed(t *testing.T) {
	w := newWorld(t)
	w.set(2, pki.Status{State: pki.Good})
	popular, once := w.request(t, 1, nil), w.request(t, 2, nil)
	w.Answer(t.Context(), once)
	for range 2 {
		w.Answer(t.Context(), popular)
	}
	w.later(refreshAge - time.Second)
	w.sweep(t.Context(), false)
	if n := w.signer.count(); n != 2 {
		t.Fatalf("%d signatures before anything was due", n)
	}
	w.later(time.Second)
	w.sweep(t.Context(), false)
	if n := w.signer.count(); n != 3 {
		t.Fatalf("%d signatures; the one that was asked for twice was due", n)
	}
	w.later(pki.OCSPLifetime - refreshAge) // the first answer is over, the refreshed one is not
	w.Answer(t.Context(), popular)
	if n := w.signer.count(); n != 3 {
		t.Errorf("%d signatures: the refreshed answer was not served", n)
	}
	w.sweep(t.Context(), true)
	w.sweep(t.Context(), true)
	for i := range w.prepared.shards {
		if s := &w.prepared.shards[i]; len(s.young)+len(s.old) > 0 {
			t.Error("an answer that nobody asked for twice round is still there")
		}
	}
	for counter := range uint64(3 * shards * shardRoom) {
		w.prepared.shard([]byte{byte(counter), byte(counter >> 8), byte(counter >> 16)}).put(fmt.Sprint(counter), &entry{})
	}
	kept := 0
	for i := range w.prepared.shards {
		kept += len(w.prepared.shards[i].young) + len(w.prepared.shards[i].old)
	}
	if kept > 2*shards*shardRoom {
		t.Errorf("%d answers are kept", kept)
	}
}

// What cannot be known is not answered, prepared or not (RFC 6960 section 2.3).
func TestTryLater(t *testing.T) {
	w := newWorld(t)
	w.Answer(t.Context(), w.request(t, 1, nil))
	w.fault = pki.ErrTryLater
	for name, request := range map[string][]byte{"prepared": w.request(t, 1, nil), "nonce": w.request(t, 1, []byte("0123456789abcdef"))} {
		if r := w.Answer(t.Context(), request); r.Status != pki.TryLater || !bytes.Equal(r.DER, pki.OCSPError(pki.TryLater)) || !bytes.Equal(r.cacheControl(w.now), noStore) {
			t.Errorf("%s: %d, %v", name, r.Status, r.Err)
		}
	}
	w.fault = errors.New("on fire")
	if r := w.Answer(t.Context(), w.request(t, 1, nil)); r.Status != pki.InternalError {
		t.Errorf("%d, %v", r.Status, r.Err)
	}
}

// A flood of nonces waits for its signers, in a queue that has an end; prepared answers do not wait behind it.
func TestFloodOfNonces(t *testing.T) {
	w := newWorld(t)
	w.Answer(t.Context(), w.request(t, 1, nil))
	w.signer.hold = make(chan struct{})
	patient, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	results := make(chan pki.ResponseStatus, 2*mostWaiting)
	nonce := w.request(t, 1, []byte("0123456789abcdef"))
	for range mostWaiting + 20 {
		all.Go(func() { results <- w.Answer(patient, nonce).Status })
	}
	later := 0
	for range 19 { // one signs, a thousand wait, the rest hear at once that they should come later
		if <-results == pki.TryLater {
			later++
		}
	}
	if later != 19 {
		t.Errorf("%d of those too many were sent away", later)
	}
	if r := w.Answer(t.Context(), w.request(t, 1, nil)); r.Status != pki.Successful {
		t.Errorf("a prepared answer: %d, %v", r.Status, r.Err)
	}
	cancel()
	close(w.signer.hold)
	all.Wait()
	if n := w.waiting.Load(); n != 0 {
		t.Errorf("%d still wait", n)
	}
}

// Both faces answer alike: POST and GET, what may be kept and what may not, what is no request.
func TestFaces(t *testing.T) {
	w := newWorld(t)
	plain := httptest.NewServer(w.Handler())
	defer plain.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- w.Serve(ctx, l) }()
	defer func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}()
	nonce := []byte("0123456789abcdef0123456789abcdef")
	prepared, fresh := w.request(t, 1, nil), w.request(t, 1, nonce)
	malformed := pki.OCSPError(pki.MalformedRequest)
	for face, base := range map[string]string{"handler": plain.URL, "listener": "http://" + l.Addr().String()} {
		t.Run(face, func(t *testing.T) {
			do := func(method, path string, body []byte, header ...string) (*http.Response, []byte) {
				t.Helper()
				r, err := http.NewRequest(method, base+path, bytes.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Content-Type", "application/ocsp-request")
				for i := 0; i+1 < len(header); i += 2 {
					r.Header.Set(header[i], header[i+1])
				}
				answer, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				defer answer.Body.Close()
				der, err := io.ReadAll(answer.Body)
				if err != nil {
					t.Fatal(err)
				}
				return answer, der
			}
			path := "/ocsp/" + url.PathEscape(base64.StdEncoding.EncodeToString(prepared))
			for name, ask := range map[string]func() (*http.Response, []byte){
				"POST": func() (*http.Response, []byte) { return do("POST", "/ocsp", prepared) },
				"GET":  func() (*http.Response, []byte) { return do("GET", path, nil) },
				"GET, not escaped": func() (*http.Response, []byte) {
					return do("GET", "/ocsp/"+base64.StdEncoding.EncodeToString(prepared), nil)
				},
			} {
				answer, der := ask()
				if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != contentType || w.says(t, der, 1, nil) != pki.Good {
					t.Errorf("%s: %s", name, answer.Status)
				}
				if c := answer.Header.Get("Cache-Control"); c != "max-age=60, public, no-transform, must-revalidate" {
					t.Errorf("%s: Cache-Control %q", name, c)
				}
				if !strings.HasPrefix(name, "GET") {
					continue
				}
				if e, _ := http.ParseTime(answer.Header.Get("Expires")); !e.Equal(w.clock().Truncate(time.Second).Add(pki.OCSPLifetime)) {
					t.Errorf("%s: Expires %s", name, e)
				}
				if again, _ := do("GET", path, nil, "If-None-Match", answer.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
					t.Errorf("%s, known already: %s", name, again.Status)
				}
			}
			if answer, der := do("POST", "/ocsp", fresh); w.says(t, der, 1, nonce) != pki.Good || answer.Header.Get("Cache-Control") != string(noStore) {
				t.Errorf("with a nonce: %v", answer.Header)
			}
			for name, body := range map[string][]byte{
				"nothing": {}, "no DER": []byte("hello"), "truncated": prepared[:len(prepared)-1], "more behind it": append(bytes.Clone(prepared), 0),
				"too large": bytes.Repeat([]byte{0x30, 0x80}, mostRequest), "nested": bytes.Repeat([]byte{0x30, 0x82, 0x3f, 0xff}, 4000),
			} {
				if answer, der := do("POST", "/ocsp", body); answer.StatusCode != http.StatusOK || !bytes.Equal(der, malformed) || answer.Header.Get("Cache-Control") != string(noStore) {
					t.Errorf("%s: %s, %x", name, answer.Status, der)
				}
			}
			for _, path := range []string{"/ocsp/%zz", "/ocsp/not-base64!", "/ocsp/MAAA"} {
				if c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://")); err == nil {
					fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path)
					raw, _ := io.ReadAll(c)
					c.Close()
					if !bytes.HasSuffix(raw, malformed) && !bytes.HasPrefix(raw, []byte("HTTP/1.1 400")) {
						t.Errorf("%s: %q", path, raw)
					}
				}
			}
			if answer, _ := do("PUT", "/ocsp", prepared); answer.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("PUT: %s", answer.Status)
			}
		})
	}
}

// A request about an issuer that was founded meanwhile is answered; one about a stranger's is unauthorized.
func TestNewGeneration(t *testing.T) {
	w := newWorld(t)
	k := keys()
	k.Serial[0] ^= 1
	other, err := pki.Found(certificate.UserAuthentication, 1, founded, k)
	if err != nil {
		t.Fatal(err)
	}
	request, err := pki.NewOCSPRequest(other.Certificate(), nil, other.Serial(1))
	if err != nil {
		t.Fatal(err)
	}
	w.house.Load().asked = time.Now().Add(-2 * time.Second)
	if r := w.Answer(t.Context(), request); r.Status != pki.Unauthorized {
		t.Errorf("a stranger: %d, %v", r.Status, r.Err)
	}
	w.Authorities = func() []*pki.Authority { return []*pki.Authority{w.authority, other} }
	w.house.Load().asked = time.Now().Add(-2 * time.Second)
	if r := w.Answer(t.Context(), request); r.Status != pki.Successful {
		t.Errorf("a new key: %d, %v", r.Status, r.Err)
	}
}

// What is no request costs less than what is one: no signature, and fewer allocations.
func TestMalformedCostsLess(t *testing.T) {
	w := newWorld(t)
	nonce := w.request(t, 1, []byte("0123456789abcdef"))
	good := testing.AllocsPerRun(5, func() { w.Answer(t.Context(), nonce) })
	before := w.signer.count()
	for name, request := range map[string][]byte{
		"empty": nil, "truncated": nonce[:len(nonce)-3], "nested": bytes.Repeat([]byte{0x30, 0x82, 0x3f, 0xff}, 4000),
		"indefinite": bytes.Repeat([]byte{0x30, 0x80}, 8000), "text": bytes.Repeat([]byte("a"), mostRequest),
	} {
		if n := testing.AllocsPerRun(5, func() { w.Answer(t.Context(), request) }); n >= good {
			t.Errorf("%s: %v allocations, a good one has %v", name, n, good)
		}
	}
	if w.signer.count() != before {
		t.Error("a malformed request was signed for")
	}
}
