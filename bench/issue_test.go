package bench

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mynumber/internal/api"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// BenchmarkIssueThroughAPI (P8): certificates for phones by POST /api/v1/phone-certificates: each request's three signatures are checked,
// two certificates are planned, linted, signed, read back and recorded, the former two revoked, with entries in the journal, durable on
// SQLite. The limit is the raw RSA signature on as many processors. Goal: 0.90.
func BenchmarkIssueThroughAPI(b *testing.B) {
	db, _ := onSQLite(b)
	now := founded.AddDate(0, 6, 0)
	pass := []byte(passphrase)
	if err := office.FoundAuthorities(b.Context(), db, pass, founded, rand.Reader); err != nil {
		b.Fatal(err)
	}
	authorities, err := office.OpenAuthorities(b.Context(), db, pass)
	if err != nil {
		b.Fatal(err)
	}
	policies, err := booking.Load()
	if err != nil {
		b.Fatal(err)
	}
	o := &office.Office{Store: db, Clock: func() time.Time { return now }, Rand: rand.Reader, CAs: authorities, Policies: policies, URL: "http://mynumber.invalid", Log: slog.New(slog.DiscardHandler)}
	handler := api.New(o, func(*http.Request) (office.Actor, bool) { return office.Actor{}, false }, nil)
	var holders []*holder
	shared := newKeys(b)
	for i := range issueCards {
		holders = append(holders, newHolder(b, o, i, now, shared))
	}
	var addresses atomic.Int64
	post := func(body []byte) {
		r := httptest.NewRequest("POST", "/api/v1/phone-certificates", bytes.NewReader(body))
		n := addresses.Add(1) // one address may not ask often
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1234", n>>16&255, n>>8&255, n&255)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Errorf("%d %s", w.Code, w.Body)
		}
	}
	for _, h := range holders {
		post(h.requests[0])
	}
	var turns [issueClients]int
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	digest := sha256.Sum256([]byte("limit"))
	beside(b, rounds/3, func() run {
		return timed(func(begun time.Time) int {
			return parallel(runtime.GOMAXPROCS(0), begun, time.Second, func(int) int {
				if _, err := rsa.SignPKCS1v15(nil, private, crypto.SHA256, digest[:]); err != nil {
					b.Error(err)
				}
				return 1
			})
		})
	}, func() run {
		return timed(func(begun time.Time) int {
			return parallel(issueClients, begun, time.Second, func(n int) int {
				mine := holders[n*issueCards/issueClients:][:issueCards/issueClients]
				post(mine[turns[n]%len(mine)].next())
				turns[n]++
				return 2
			})
		})
	})
}

// Cards between which the work goes round, so that none has more certificates than a card has in life, and clients at once.
const (
	issueCards   = 1200
	issueClients = 24
)

// keysOfAll are the keys of every card and of every phone: what is measured does not ask whose they are.
type keysOfAll struct {
	card   *rsa.PrivateKey
	phones [2][2]*rsa.PrivateKey
}

func newKeys(b *testing.B) keysOfAll {
	b.Helper()
	key := func() *rsa.PrivateKey {
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			b.Fatal(err)
		}
		return k
	}
	return keysOfAll{key(), [2][2]*rsa.PrivateKey{{key(), key()}, {key(), key()}}}
}

// parallel does something over and over in several goroutines, and adds up what they did.
func parallel(goroutines int, begun time.Time, lasts time.Duration, do func(n int) int) int {
	var all sync.WaitGroup
	var done atomic.Int64
	for n := range goroutines {
		all.Go(func() {
			for time.Since(begun) < lasts {
				done.Add(int64(do(n)))
			}
		})
	}
	all.Wait()
	return int(done.Load())
}

// holder has a card, and two phones between which the certificates go forth and back.
type holder struct {
	requests [3][]byte // the first issue, then moves to either phone
	turn     int
}

func (h *holder) next() []byte {
	h.turn++
	return h.requests[1+h.turn%2]
}

func newHolder(b *testing.B, o *office.Office, i int, now time.Time, shared keysOfAll) *holder {
	b.Helper()
	fail := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	mine, phones, p := shared.card, shared.phones, somebody(b, i)
	der := onCard(b, o, p.ID, fmt.Sprintf("card%d", i), mine, now)
	request := func(code rules.Procedure, phone [2]*rsa.PrivateKey) []byte {
		type keyJSON struct {
			Kind   certificate.Kind `json:"kind"`
			Public []byte           `json:"public_key"`
			Proof  []byte           `json:"proof"`
		}
		r := office.PhoneRequest{Procedure: code, Phone: procedure.Android}
		for k, kind := range certificate.Kinds {
			public, err := x509.MarshalPKIXPublicKey(phone[k].Public())
			fail(err)
			r.Keys = append(r.Keys, office.PhoneKey{Kind: kind, Public: public})
		}
		digest := sha256.Sum256(r.Message())
		sign := func(k *rsa.PrivateKey) []byte {
			s, err := rsa.SignPKCS1v15(nil, k, crypto.SHA256, digest[:])
			fail(err)
			return s
		}
		var keys []keyJSON
		for k := range r.Keys {
			keys = append(keys, keyJSON{r.Keys[k].Kind, r.Keys[k].Public, sign(phone[k])})
		}
		body, err := json.Marshal(map[string]any{"procedure": code, "phone": "android", "certificate": der, "keys": keys, "signature": sign(mine)})
		fail(err)
		return body
	}
	return &holder{requests: [3][]byte{request(rules.PhoneIssue, phones[0]), request(rules.PhoneModelChange, phones[0]), request(rules.PhoneModelChange, phones[1])}}
}

// onCard puts a person with a card and its certificates into the registers.
func onCard(b *testing.B, o *office.Office, personID, cardID string, key *rsa.PrivateKey, now time.Time) []byte {
	b.Helper()
	var signature []byte
	err := o.Store.Write(context.Background(), func(tx office.Tx) error {
		var n int
		if _, err := fmt.Sscanf(cardID, "card%d", &n); err != nil {
			return err
		}
		p := somebody(b, n)
		if err := tx.PutPerson(p); err != nil {
			return err
		}
		if err := tx.PutCard(card.Card{ID: cardID, PersonID: p.ID, State: card.Active, Issued: civil.DateOf(now), Activated: civil.DateOf(now), Until: civil.DateOf(now).AddYears(9)}); err != nil {
			return err
		}
		for _, kind := range certificate.Kinds {
			a := o.CAs.Issuing(kind, pki.RSA2048, now)
			counter, err := tx.NextCounter(kind, a.Generation())
			if err != nil {
				return err
			}
			plan := pki.Plan{Kind: kind, Serial: a.Serial(counter), NotBefore: now.UTC().Truncate(time.Second), Until: civil.DateOf(now).AddYears(4), PublicKey: &key.PublicKey,
				CommonName: "ABCDEFGHIJKLMN13107001A", Partition: pki.Partition{Code: "13107", Prefecture: "Tokyo-to", Municipality: "Sumida-ku"}}
			if kind == certificate.Signature {
				plan.CommonName = pki.SignatureCommonName(now, n, "13107001A")
				plan.Holder = &pki.FourItems{Name: p.Name.Full(), Birth: p.Birth, Sex: pki.Female, Address: "東京都墨田区吾妻橋一丁目２３番２０号"}
			}
			der, err := a.Issue(plan)
			if err != nil {
				return err
			}
			if kind == certificate.Signature {
				signature = der
			}
			if err := tx.PutCertificate(certificate.Certificate{Serial: plan.Serial.String(), Kind: kind, Generation: a.Generation(), Counter: counter, CardID: cardID, State: certificate.Valid,
				NotBefore: plan.NotBefore, Until: plan.Until, CommonName: plan.CommonName, Partition: "13107", DER: der}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return signature
}
