package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
	"mynumber/internal/store/pgtest"
)

// crashCertificates is how many certificates are issued at least; MYNUMBER_CRASH_CERTIFICATES=10000 for the whole of it.
func crashCertificates(t *testing.T) int {
	text := os.Getenv("MYNUMBER_CRASH_CERTIFICATES")
	if text == "" {
		return 240
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// issueCards is how many cards ask for certificates at the same time.
const issueCards = 24

// TestKilledIssuing kills the program again and again, with SIGKILL, while certificates of both algorithms are issued to phones, and then in the
// middle of key ceremonies. Afterwards nothing that was signed is unknown to the registers, everything that was answered is there, and
// every key has its record: a ceremony is whole or has not happened.
func TestKilledIssuing(t *testing.T) {
	if testing.Short() {
		t.Skip("a process that dies all the time takes a while")
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killIssuing(t, "")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killIssuing(t, pgtest.Fresh(t))
	})
}

func killIssuing(t *testing.T, db string) {
	w := &issuingWorld{dyingWorld: &dyingWorld{t: t, dir: filepath.Join(t.TempDir(), "d"), db: db, address: free(t), program: "mynumber-witnessed"}, want: crashCertificates(t)}
	w.stretch = w.want / 2000
	w.lives = sync.NewCond(&w.mu)
	w.prepare()
	logged := len(w.log())
	over, deaths := make(chan struct{}), make(chan int)
	go func() { deaths <- w.dieUntil(over) }()
	var clients sync.WaitGroup
	for _, c := range w.cards {
		clients.Go(func() { c.run(w) })
	}
	clients.Wait()
	close(over)
	n := <-deaths
	w.check(w.log()[logged:])
	t.Logf("%d deaths under %d certificates", n, w.issued)
	w.killCeremonies()
}

// issuingWorld is a dying program that issues certificates to phones.
type issuingWorld struct {
	*dyingWorld
	want, issued int
	cards        []*issuingCard
	answered     map[string][]byte // DER by serial
	rsaKeys      []crypto.Signer
}

// issuingCard is somebody's card with its phone.
type issuingCard struct {
	id     string
	key    crypto.Signer
	der    []byte
	client *http.Client
	phone  bool // it has certificates on a phone
}

// tool runs a command of the program on the registers to its end.
func (w *issuingWorld) tool(args ...string) {
	w.t.Helper()
	args = w.on(args)
	if out, err := exec.Command(w.path(), args...).CombinedOutput(); err != nil {
		w.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// prepare founds keys of both algorithms in the token, and gives cards to invented people. A first certificate of every key is issued, and the
// day's lists are published, so that the keys sign nothing but certificates afterwards.
func (w *issuingWorld) prepare() {
	w.answered = map[string][]byte{}
	w.tool("demo", "-once", "-data", w.dir)
	w.tool("ca", "init", "-data", w.dir, "-algorithm", "p384", "-in-token")
	w.tool("ca", "rotate", "-data", w.dir, "-in-token", "sign")
	w.tool("ca", "rotate", "-data", w.dir, "-in-token", "auth")
	w.registers(func(f *folder.Folder, o *office.Office) {
		for n := range issueCards {
			w.cards = append(w.cards, w.card(o, n))
		}
	})
	for range 4 {
		key, err := pki.RSA2048.GenerateKey(rand.Reader)
		if err != nil {
			w.t.Fatal(err)
		}
		w.rsaKeys = append(w.rsaKeys, key)
	}
	cmd, faults := w.start()
	w.setAlive(true)
	for _, rsa := range []bool{false, true} {
		if !w.cards[0].load(w, rsa) {
			w.t.Fatalf("no certificate\n%s", faults)
		}
	}
	w.setAlive(false)
	cmd.Process.Kill()
	cmd.Wait()
	w.tool("batch", "-data", w.dir)
}

// registers opens the folder as the dead process left it.
func (w *issuingWorld) registers(f func(*folder.Folder, *office.Office)) {
	w.t.Helper()
	where, err := folder.Open(w.dir, rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	db, err := where.Registers(w.db)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	pass, err := where.OwnPassphrase()
	if err != nil {
		w.t.Fatal(err)
	}
	keys, err := office.OpenAuthorities(w.t.Context(), db, pass, witnessToken(where.Path("witness")))
	if err != nil {
		w.t.Fatal(err)
	}
	f(where, &office.Office{Store: db, Clock: time.Now, Rand: rand.Reader, CAs: keys})
}

// card is a card in use, with its two certificates; its signature key is the test's.
func (w *issuingWorld) card(o *office.Office, n int) *issuingCard {
	t := w.t
	key, err := pki.RSA2048.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &issuingCard{id: fmt.Sprintf("crashcard%d", n), key: key}
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(n+1))} // each its own: requests of one address are bounded
	c.client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: from}).DialContext}}
	issued, until := civil.Day(2025, 12, 1), civil.Day(2030, 3, 3)
	err = o.Store.Write(t.Context(), func(tx office.Tx) error {
		p := register.Person{ID: fmt.Sprintf("crash%d", n), Name: person.Name{Family: "試験", Given: "太郎"}, Birth: civil.Day(1980, 3, 3), Nationality: register.Japan,
			Residences: []register.Residence{{Municipality: "131075", Address: "東京都墨田区一丁目", From: civil.Day(1980, 3, 3)}}}
		err := errors.Join(tx.PutPerson(p), tx.PutCard(card.Card{ID: c.id, PersonID: p.ID, State: card.Active, Issued: issued, Activated: issued, Until: civil.Day(2035, 3, 3)}))
		for _, kind := range certificate.Kinds {
			counter, other := tx.NextCounter(kind, 1)
			x := certificate.Certificate{Kind: kind, Carrier: certificate.OnCard, Generation: 1, Counter: counter, CardID: c.id, State: certificate.Valid, NotBefore: issued.Start().UTC(), Until: until, Partition: "13107"}
			x.Serial, x.CommonName, x.DER = o.CAs.Of(kind, 1).Serial(counter).String(), fmt.Sprint("crash", n), []byte{0x30}
			if kind == certificate.Signature {
				c.der, x.DER = w.signed(o, x, key), nil
				x.DER = c.der
			}
			err = errors.Join(err, other, tx.PutCertificate(x))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// signed is the card's signature certificate.
func (w *issuingWorld) signed(o *office.Office, x certificate.Certificate, key crypto.Signer) []byte {
	a := o.CAs.Of(x.Kind, 1)
	der, err := a.Issue(pki.Plan{Kind: x.Kind, Serial: a.Serial(x.Counter), NotBefore: x.NotBefore, Until: x.Until, CommonName: pki.SignatureCommonName(x.NotBefore, int(x.Counter), "13107001A"),
		Partition: pki.Partition{Code: "13107", Prefecture: "Tokyo-to", Municipality: "Sumida-ku"}, PublicKey: key.Public(),
		Holder: &pki.FourItems{Name: "試験　太郎", Birth: civil.Day(1980, 3, 3), Sex: pki.Male, Address: "東京都墨田区一丁目"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return der
}

// run loads phone after phone until there are enough certificates.
func (c *issuingCard) run(w *issuingWorld) {
	for n := 0; ; n++ {
		w.mu.Lock()
		enough := w.issued >= w.want || w.t.Failed()
		w.mu.Unlock()
		if enough || !c.load(w, n == 3) {
			return
		}
	}
}

// load has certificates put on a new phone; the same request is sent until it is answered.
func (c *issuingCard) load(w *issuingWorld, rsa bool) bool {
	body := c.request(w, rsa)
	for {
		w.wait()
		status, answer := c.send(w, body)
		switch {
		case status == 0 || status == http.StatusTooManyRequests:
			continue // it died, or this address asked too often
		case status != http.StatusOK:
			w.t.Errorf("%d: %s", status, answer)
			return false
		}
		var got struct {
			Certificates []struct {
				Serial string
				DER    []byte
			}
		}
		if err := json.Unmarshal(answer, &got); err != nil || len(got.Certificates) != 2 {
			w.t.Errorf("%v: %s", err, answer)
			return false
		}
		c.phone = true
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, x := range got.Certificates {
			w.answered[x.Serial] = x.DER
			w.issued++
		}
		return true
	}
}

func (c *issuingCard) send(w *issuingWorld, body []byte) (int, []byte) {
	response, err := c.client.Post("http://"+w.address+"/api/v1/phone-certificates", "application/json", bytes.NewReader(body))
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, nil
	}
	return response.StatusCode, answer
}

// request is what the app of a new phone sends, with fresh keys of P-384, or with the test's RSA keys.
func (c *issuingCard) request(w *issuingWorld, rsa bool) []byte {
	r := office.PhoneRequest{Procedure: rules.PhoneIssue, Phone: procedure.Android, Certificate: c.der}
	if c.phone {
		r.Procedure = rules.PhoneModelChange
	}
	keys := make([]crypto.Signer, len(certificate.Kinds))
	for i, kind := range certificate.Kinds {
		var err error
		if keys[i], err = pki.P384.GenerateKey(rand.Reader); rsa {
			keys[i] = w.rsaKeys[i]
		}
		public, other := x509.MarshalPKIXPublicKey(keys[i].Public())
		if err := errors.Join(err, other); err != nil {
			w.t.Error(err)
		}
		r.Keys = append(r.Keys, office.PhoneKey{Kind: kind, Public: public})
	}
	sign := func(key crypto.Signer) []byte {
		algorithm, err := pki.AlgorithmOf(key.Public())
		if err != nil {
			w.t.Error(err)
			return nil
		}
		signature, err := algorithm.Sign(key, r.Message())
		if err != nil {
			w.t.Error(err)
		}
		return signature
	}
	type keyJSON struct {
		Kind   certificate.Kind `json:"kind"`
		Public []byte           `json:"public_key"`
		Proof  []byte           `json:"proof"`
	}
	var sent []keyJSON
	for i, k := range r.Keys {
		sent = append(sent, keyJSON{k.Kind, k.Public, sign(keys[i])})
	}
	body, err := json.Marshal(map[string]any{"procedure": r.Procedure, "phone": r.Phone, "certificate": r.Certificate, "keys": sent, "signature": sign(c.key)})
	if err != nil {
		w.t.Error(err)
	}
	return body
}

// log is every digest that a CA's key in the token signed.
func (w *issuingWorld) log() []string {
	text, err := os.ReadFile(filepath.Join(w.dir, "witness", "log"))
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if label, digest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok && strings.HasSuffix(label, "-ca") {
			out = append(out, digest)
		}
	}
	return out
}

// check holds what was signed, and what was answered, against the registers.
func (w *issuingWorld) check(signed []string) {
	t := w.t
	known, ders := map[string]bool{}, map[string][]byte{}
	w.registers(func(_ *folder.Folder, o *office.Office) {
		if _, err := office.VerifyJournals(t.Context(), o.Store); err != nil {
			t.Error(err)
		}
		err := o.Store.Read(t.Context(), func(tx office.Tx) error {
			for _, c := range w.cards {
				all, err := tx.PhoneCertificates(c.id)
				if err != nil {
					return err
				}
				for _, x := range all {
					ders[x.Serial] = x.DER
					known[w.digestOf(o, x)] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	for _, digest := range signed {
		if !known[digest] {
			t.Errorf("the digest %s was signed, and the registers know of no such certificate", digest)
		}
	}
	for serial, der := range w.answered {
		if !bytes.Equal(ders[serial], der) {
			t.Errorf("certificate %s was given out, the registers have another one or none", serial)
		}
	}
	if len(signed) < w.want || len(known) < w.want {
		t.Errorf("%d signatures, %d certificates, want %d at least", len(signed), len(known), w.want)
	}
}

// digestOf is what is signed of a certificate, or would be of a planned one.
func (w *issuingWorld) digestOf(o *office.Office, x certificate.Certificate) string {
	a, der := o.CAs.Of(x.Kind, x.Generation), x.DER
	if len(der) == 0 {
		var plan pki.Plan
		err := json.Unmarshal(x.Plan, &plan)
		if err == nil {
			der, err = a.Issue(plan)
		}
		if err != nil {
			w.t.Errorf("the plan of %s: %v", x.Serial, err)
			return ""
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		w.t.Errorf("certificate %s: %v", x.Serial, err)
		return ""
	}
	h := a.Algorithm().Hash().New()
	h.Write(cert.RawTBSCertificate)
	return hex.EncodeToString(h.Sum(nil))
}

// ceremonyDeaths is how many key ceremonies are cut off.
const ceremonyDeaths = 20

// killCeremonies kills key ceremonies at random points: each is whole, or has not happened.
func (w *issuingWorld) killCeremonies() {
	t := w.t
	var before, acknowledged, died int
	w.registers(func(_ *folder.Folder, o *office.Office) { before = len(o.CAs.All()) })
	whole := 2 * time.Second
	for n := range ceremonyDeaths {
		args := []string{"ca", "rotate", "-data", w.dir, "-operator", "test"}
		if n%2 == 0 {
			args = append(args, "-in-token")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(mathrand.Int64N(int64(whole))))
		started := time.Now()
		out, err := exec.CommandContext(ctx, w.path(), append(w.on(args), []string{"sign", "auth"}[n/2%2])...).CombinedOutput()
		switch {
		case err == nil:
			acknowledged++
			whole = (whole + 2*time.Since(started)) / 2
		case ctx.Err() == nil:
			t.Errorf("%v\n%s", err, out)
		default:
			died++
		}
		cancel()
		w.registers(func(_ *folder.Folder, o *office.Office) {
			book, err := o.Keys(t.Context(), office.Console(place.Issuer))
			if err != nil || book.Fault != nil {
				t.Fatalf("after a death: %v, %v", err, book.Fault)
			}
			keys := len(book.Keys)
			if len(book.Records) != keys || keys < before+acknowledged || keys > before+acknowledged+died {
				t.Errorf("%d keys, %d records; %d before, %d ceremonies acknowledged, %d died", keys, len(book.Records), before, acknowledged, died)
			}
			for _, k := range book.Keys {
				if k.Record == nil {
					t.Errorf("key %d of %s has no record", k.Authority.Generation(), k.Authority.Kind())
				}
			}
			if _, err := office.VerifyJournals(t.Context(), o.Store); err != nil {
				t.Error(err)
			}
		})
	}
	t.Logf("%d ceremonies ended, %d died", acknowledged, died)
}
