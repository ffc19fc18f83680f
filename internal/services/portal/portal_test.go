package portal

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
)

// world is an authority with a responder, a card's key and certificate, and the portal that trusts them.
type world struct {
	now       time.Time
	authority *pki.Authority
	key       *rsa.PrivateKey
	der       []byte
	status    pki.Status
	portal    *Service
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{now: time.Date(2026, 1, 16, 1, 30, 0, 0, time.UTC), status: pki.Status{State: pki.Good}}
	var err error
	if w.authority, err = pki.NewAuthority(certificate.UserAuthentication, 1, pki.RSA2048, w.now.AddDate(0, -2, 0), rand.Reader); err != nil {
		t.Fatal(err)
	}
	if w.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		t.Fatal(err)
	}
	w.der, err = w.authority.Issue(pki.Plan{Kind: certificate.UserAuthentication, Serial: w.authority.Serial(1), NotBefore: w.now.AddDate(0, -1, 0), Until: civil.Day(2030, 5, 17),
		CommonName: "ABCDEFGHIJKLMN02203001A", Partition: pki.Partition{Code: "02203", Prefecture: "Aomori-ken", Municipality: "Hachinohe-shi"}, PublicKey: &w.key.PublicKey})
	if err != nil {
		t.Fatal(err)
	}
	responder, err := pki.NewResponder(func(certificate.Kind, int, uint64) (pki.Status, error) { return w.status, nil }, w.authority)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		request, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		out.Write(responder.Respond(w.now, request).DER)
	}))
	t.Cleanup(server.Close)
	w.portal, err = New(func() []*x509.Certificate { return []*x509.Certificate{w.authority.Certificate()} }, server.URL, func() time.Time { return w.now })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) sign(t *testing.T, nonce []byte) []byte {
	t.Helper()
	digest := sha256.Sum256(nonce)
	signature, err := rsa.SignPKCS1v15(nil, w.key, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return signature
}

func TestLogin(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		rule   string
		before func()
		sign   func([]byte) []byte
		failed Step
	}{
		{"CERT-005 CERT-007 the card signs, the responder says good", func() {}, nil, ""},
		{"CERT-005 another number was signed", func() {}, func(n []byte) []byte { return w.sign(t, append(n, 0)) }, Signature},
		{"LOSS-004 CERT-031 held", func() {
			w.status = pki.Status{State: pki.Revoked, At: w.now, Reason: pki.CertificateHold}
		}, nil, Status},
		{"CERT-031 not handed over: unknown", func() { w.status = pki.Status{State: pki.Unknown} }, nil, Status},
		{"EXP-003 the last second", func() { w.status, w.now = pki.Status{State: pki.Good}, civil.Day(2030, 5, 17).End() }, nil, ""},
		{"EXP-003 a second later", func() { w.now = w.now.Add(time.Second) }, nil, Chain},
	} {
		t.Run(c.rule, func(t *testing.T) {
			c.before()
			if w.authority.ResponderDue(w.now) {
				if err := w.authority.RenewResponder(w.now); err != nil {
					t.Fatal(err)
				}
			}
			id, nonce, err := w.portal.Challenge(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			signature := w.sign(t, nonce)
			if c.sign != nil {
				signature = c.sign(nonce)
			}
			login, err := w.portal.Login(t.Context(), id, w.der, signature)
			if err != nil {
				t.Fatal(err)
			}
			if login.Accepted != (c.failed == "") {
				t.Errorf("accepted: %v", login.Accepted)
			}
			last := login.Checks[len(login.Checks)-1]
			if c.failed != "" && (last.Step != c.failed || last.Fault == nil) {
				t.Errorf("failed at %s (%v), want %s", last.Step, last.Fault, c.failed)
			}
		})
	}
}

func TestChallengeIsGoodOnceAndForAWhile(t *testing.T) {
	w := newWorld(t)
	id, nonce, err := w.portal.Challenge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.portal.Login(t.Context(), id, w.der, w.sign(t, nonce)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.portal.Login(t.Context(), id, w.der, w.sign(t, nonce)); !errors.Is(err, ErrChallenge) {
		t.Errorf("used twice: %v", err)
	}
	id, nonce, err = w.portal.Challenge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(challengeLife + time.Second)
	if _, err := w.portal.Login(t.Context(), id, w.der, w.sign(t, nonce)); !errors.Is(err, ErrChallenge) {
		t.Errorf("too old: %v", err)
	}
	if _, err := w.portal.Login(t.Context(), "made up", w.der, nil); !errors.Is(err, ErrChallenge) {
		t.Errorf("unknown: %v", err)
	}
}

func TestChallengesAreBounded(t *testing.T) {
	w := newWorld(t)
	for range maxChallenges + 10 {
		if _, _, err := w.portal.Challenge(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(w.portal.open); n > maxChallenges {
		t.Errorf("%d challenges are open", n)
	}
}

func TestHandler(t *testing.T) {
	w := newWorld(t)
	h := w.portal.Handler()
	post := func(path, body string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)))
		return rec
	}
	var challenge struct {
		ID    string `json:"id"`
		Nonce []byte `json:"nonce"`
	}
	if err := json.Unmarshal(post("/api/v1/portal/challenges", "").Body.Bytes(), &challenge); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"id": challenge.ID, "certificate": w.der, "signature": w.sign(t, challenge.Nonce)})
	if err != nil {
		t.Fatal(err)
	}
	rec := post("/api/v1/portal/logins", string(body))
	if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), `"accepted":true`) {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	for body, status := range map[string]int{string(body): http.StatusNotFound, "{": http.StatusUnprocessableEntity, `{"id":"x"}`: http.StatusNotFound} {
		if rec := post("/api/v1/portal/logins", body); rec.Code != status {
			t.Errorf("%d, want %d", rec.Code, status)
		}
	}
}
