package verification

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/signing"
)

var (
	founding = time.Date(2026, 4, 1, 0, 30, 0, 0, time.UTC)
	noon     = time.Date(2026, 10, 27, 3, 0, 0, 0, time.UTC)
	end      = civil.Day(2031, time.February, 17)
	kiyose   = pki.Partition{Code: "13221", Prefecture: "Tokyo-to", Municipality: "Kiyose-shi"}
)

// world is both authorities, a second key generation of the first, and a holder with certificates of all three.
type world struct {
	sign, auth, older *pki.Authority
	key               *rsa.PrivateKey
	card, phone, old  []byte // signature certificates
	login             []byte
	substituted       []byte
}

var theWorld = sync.OnceValue(func() world {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	var w world
	var err error
	w.sign, err = pki.NewAuthority(certificate.Signature, 2, pki.RSA2048, founding, rand.Reader)
	must(err)
	w.auth, err = pki.NewAuthority(certificate.UserAuthentication, 2, pki.RSA2048, founding, rand.Reader)
	must(err)
	w.older, err = pki.NewAuthority(certificate.Signature, 1, pki.P384, founding, rand.Reader)
	must(err)
	w.key, err = rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	newKey, err := pki.P384.GenerateKey(rand.Reader)
	must(err)
	issue := func(a *pki.Authority, kind certificate.Kind, medium pki.Medium, n uint64, holder *pki.FourItems) []byte {
		p := pki.Plan{Kind: kind, Medium: medium, Serial: a.Serial(n), NotBefore: noon.AddDate(0, -1, 0), Until: end, Partition: kiyose, PublicKey: &w.key.PublicKey, Holder: holder}
		if a == w.older {
			p.PublicKey = newKey.Public()
		}
		p.CommonName = "997794E9AGCIEG13221003A"
		if kind == certificate.Signature {
			p.CommonName = pki.SignatureCommonName(noon, int(n), "13221003A")
		}
		der, err := a.Issue(p)
		must(err)
		return der
	}
	holder := &pki.FourItems{Name: "黒桐　幹也", Birth: civil.Day(1980, time.February, 17), Sex: pki.Male, Address: "東京都清瀬市観布子南１２－７－２０２"}
	w.card, w.phone = issue(w.sign, certificate.Signature, pki.Card, 1, holder), issue(w.sign, certificate.Signature, pki.Phone, 2, holder)
	w.old, w.login = issue(w.older, certificate.Signature, pki.Card, 1, holder), issue(w.auth, certificate.UserAuthentication, pki.Card, 1, nil)
	with := *holder
	with.Name, with.NameSubstitutes = "高桐　幹也", "10000"
	w.substituted = issue(w.sign, certificate.Signature, pki.Card, 3, &with)
	return w
})

// party trusts both generations and asks a responder that says the status.
func (w world) party(t *testing.T, status pki.Status) Party {
	t.Helper()
	responder, err := pki.NewResponder(func(certificate.Kind, int, uint64) (pki.Status, error) { return status, nil }, w.sign, w.auth, w.older)
	if err != nil {
		t.Fatal(err)
	}
	return Party{Now: noon, Nonce: true, Pinned: map[certificate.Kind][]*x509.Certificate{
		certificate.Signature: {w.older.Certificate(), w.sign.Certificate()}, certificate.UserAuthentication: {w.auth.Certificate()}},
		OCSP: func(_ context.Context, _ *x509.Certificate, request []byte) ([]byte, error) {
			return responder.Respond(noon, request).DER, nil
		}}
}

var goodStatus = pki.Status{State: pki.Good}

// outcome is the verdict as "good" or the steps that failed.
func outcome(v Verdict) string {
	if v.Good {
		return "good"
	}
	var out []string
	for _, s := range v.Failed() {
		out = append(out, string(s))
	}
	return strings.Join(out, " ")
}

func TestCertificate(t *testing.T) {
	w := theWorld()
	last := end.AddDays(1).Start().Add(-time.Second) // 23:59:59 in Japan
	revoked := func(at time.Time, r pki.Reason) pki.Status { return pki.Status{State: pki.Revoked, At: at, Reason: r} }
	tests := []struct {
		name   string
		der    []byte
		status pki.Status
		change func(*Party)
		want   string
	}{
		{"a card's", w.card, goodStatus, nil, "good"},
		{"in PEM", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.card}), goodStatus, nil, "good"},
		{"of another generation, with P-384", w.old, goodStatus, nil, "good"},
		{"for user authentication", w.login, goodStatus, nil, "good"},
		{"for user authentication where signatures are taken", w.login, goodStatus, func(p *Party) { p.Kind = certificate.Signature }, "issuer"},
		{"a phone's", w.phone, goodStatus, nil, "good"},
		{"a phone's where cards are taken", w.phone, goodStatus, func(p *Party) { p.CardOnly = true }, "policy"},
		{"the authority's own", w.sign.Certificate().Raw, goodStatus, nil, "key_usage policy revocation four_items"},
		{"of a generation that is not pinned", w.card, goodStatus, func(p *Party) { p.Pinned[certificate.Signature] = []*x509.Certificate{w.older.Certificate()} }, "issuer"},
		{"revoked", w.card, revoked(noon, pki.AffiliationChanged), nil, "revocation"},
		{"held", w.card, revoked(noon, pki.CertificateHold), nil, "revocation"},
		{"revoked after the instant judged", w.card, revoked(noon, pki.AffiliationChanged), func(p *Party) { p.At = noon.Add(-time.Second) }, "good"},
		{"revoked at the instant judged", w.card, revoked(noon.Add(-time.Hour), pki.AffiliationChanged), func(p *Party) { p.At = noon.Add(-time.Hour) }, "revocation"},
		{"unknown", w.card, pki.Status{}, nil, "revocation"},
		{"nobody to ask", w.card, goodStatus, func(p *Party) { p.OCSP = nil }, "revocation"},
		{"not asked, knowingly", w.card, revoked(noon, pki.AffiliationChanged), func(p *Party) { p.Offline = true }, "good"},
		{"before it began", w.card, goodStatus, func(p *Party) { p.At = noon.AddDate(0, -2, 0) }, "period"},
		{"in its last second", w.card, goodStatus, func(p *Party) { p.Now, p.At, p.Offline = last, last, true }, "good"},
		{"a second later", w.card, goodStatus, func(p *Party) { p.Now, p.Offline = last.Add(time.Second), true }, "period"},
		{"an answer of another day", w.card, goodStatus, func(p *Party) { p.Now = noon.AddDate(0, 0, 1) }, "revocation"},
		{"an answer of the instant judged", w.card, goodStatus, func(p *Party) { p.Now, p.At = noon.AddDate(0, 0, 1), noon }, "good"},
		{"an answer to another question", w.card, goodStatus, func(p *Party) {
			ask := p.OCSP
			p.OCSP = func(ctx context.Context, c *x509.Certificate, _ []byte) ([]byte, error) {
				other, _ := pki.NewOCSPRequest(w.sign.Certificate(), make([]byte, 32), w.sign.Serial(1))
				return ask(ctx, c, other)
			}
		}, "revocation"},
		{"a responder that does not answer", w.card, goodStatus, func(p *Party) {
			p.OCSP = func(context.Context, *x509.Certificate, []byte) ([]byte, error) { return nil, errors.New("no line") }
		}, "revocation"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := w.party(t, test.status)
			if test.change != nil {
				test.change(&p)
			}
			v, err := p.Certificate(t.Context(), test.der)
			if err != nil || outcome(v) != test.want {
				t.Fatalf("%s %v, want %s\n%+v", outcome(v), err, test.want, v.Steps)
			}
			if v.Good && v.Certificate.Kind == certificate.Signature && (v.Holder == nil || v.Holder.Name != "黒桐　幹也") {
				t.Error("the holder was not read")
			}
		})
	}
	p := w.party(t, goodStatus)
	for _, junk := range [][]byte{nil, []byte("text"), slices.Concat(w.card, []byte{0}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: w.card})} {
		if _, err := p.Certificate(t.Context(), junk); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%d octets of junk: %v", len(junk), err)
		}
	}
	p.At = noon.Add(time.Hour)
	if _, err := p.Certificate(t.Context(), w.card); !errors.Is(err, ErrFuture) {
		t.Errorf("an instant to come: %v", err)
	}
}

// TestRevocationList: the list is stated with its number and age; what it cannot tell is no good word (CERT-030, CERT-033).
func TestRevocationList(t *testing.T) {
	w := theWorld()
	serial := w.sign.Serial(1)
	made := func(at time.Time, entries ...pki.RevokedEntry) FetchList {
		var b bytes.Buffer
		each := func(yield func(pki.RevokedEntry, error) bool) {
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
		}
		if err := w.sign.WriteCRL(&b, pki.CRL{Partition: kiyose, Number: 7, ThisUpdate: at, NextUpdate: at.Add(48 * time.Hour), Entries: each}); err != nil {
			t.Fatal(err)
		}
		return func(context.Context, *x509.Certificate) (List, int64, error) { return InMemory(b.Bytes()) }
	}
	entry := pki.RevokedEntry{Serial: serial, At: noon.Add(-30 * time.Hour), Reason: pki.CertificateHold}
	midnight := civil.DateOf(noon).Start()
	after := end.AddDays(20).Start()
	tests := []struct {
		name    string
		list    FetchList
		now, at time.Time
		want    string
	}{
		{"not in the list", made(midnight), noon, time.Time{}, "good"},
		{"in the list", made(midnight, entry), noon, time.Time{}, "revocation"},
		{"in the list, judged before", made(midnight, entry), noon, noon.AddDate(0, 0, -3), "good"},
		{"an old list", made(midnight.AddDate(0, 0, -4)), noon, time.Time{}, "revocation"},
		{"an old list, of the instant judged", made(midnight.AddDate(0, 0, -4)), noon, noon.AddDate(0, 0, -3), "good"},
		{"a list from after its end", made(after), after.Add(time.Hour), noon, "revocation"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := w.party(t, goodStatus)
			p.OCSP, p.List, p.Now, p.At = nil, test.list, test.now, test.at
			v, err := p.Certificate(t.Context(), w.card)
			if err != nil || outcome(v) != test.want {
				t.Fatalf("%s %v, want %s: %+v", outcome(v), err, test.want, v.Steps)
			}
			if test.name == "not in the list" && (v.Revocation.Source != FromList || v.Revocation.Number != 7 || v.Revocation.AgeSeconds != 12*3600 || !v.Revocation.AsOf.Equal(midnight)) {
				t.Errorf("the word is %+v", v.Revocation)
			}
		})
	}
}

func TestSignature(t *testing.T) {
	w := theWorld()
	text := []byte("国外からの申請に署名します。\n")
	sign := func(cert []byte) []byte {
		der, err := signing.Sign(bytes.NewReader(text), signing.Signer{Key: w.key, Certificate: cert}, noon.Add(-time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	tests := []struct {
		name string
		cms  []byte
		text []byte
		want string
	}{
		{"good", sign(w.card), text, "good"},
		{"in PEM", pem.EncodeToMemory(&pem.Block{Type: "CMS", Bytes: sign(w.card)}), text, "good"},
		{"another text", sign(w.card), []byte("another"), "digest"},
		{"with the login key", sign(w.login), text, "issuer"},
		{"no signature", text, text, "form"},
		{"nothing", nil, text, "form"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v, err := w.party(t, goodStatus).Signature(t.Context(), test.cms, DigestOf(test.text))
			if err != nil || outcome(v) != test.want {
				t.Fatalf("%s %v, want %s", outcome(v), err, test.want)
			}
			if v.Good && (!v.ClaimedTime.Equal(noon.Add(-time.Hour)) || !v.At.Equal(noon)) {
				t.Errorf("claimed %v, judged %v: the signer's word is not to be used", v.ClaimedTime, v.At)
			}
		})
	}
	digest := sha256.Sum256(text)
	bare, err := rsa.SignPKCS1v15(nil, w.key, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	if v, err := w.party(t, goodStatus).Message(t.Context(), w.card, crypto.SHA256, digest[:], bare); err != nil || !v.Good {
		t.Errorf("a bare signature: %s %v", outcome(v), err)
	}
	bare[9] ^= 1
	if v, err := w.party(t, goodStatus).Message(t.Context(), w.card, crypto.SHA256, digest[:], bare); err != nil || outcome(v) != "holder_signature" {
		t.Errorf("a broken bare signature: %s %v", outcome(v), err)
	}
}

// TestRevokedSince: a signature judged in the past whose certificate was revoked since is told as such, with whose word the instant is.
func TestRevokedSince(t *testing.T) {
	w := theWorld()
	p := w.party(t, pki.Status{State: pki.Revoked, At: noon.Add(-time.Minute), Reason: pki.KeyCompromise})
	p.At = noon.AddDate(0, 0, -1)
	v, err := p.Certificate(t.Context(), w.card)
	if err != nil || !v.Good {
		t.Fatal(outcome(v), err)
	}
	said := ""
	for _, n := range v.Notes {
		said += n.En
	}
	for _, want := range []string{"revoked at 2026-10-27 11:59:00 JST (keyCompromise)", "no trusted time stamp", "Judged as of 2026-10-26 12:00:00 JST"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
}

// TestSubstitutes: whoever relies on a name hears which characters stand for others.
func TestSubstitutes(t *testing.T) {
	w := theWorld()
	v, err := w.party(t, goodStatus).Certificate(t.Context(), w.substituted)
	if err != nil || !v.Good {
		t.Fatal(outcome(v), err)
	}
	if !slices.ContainsFunc(v.Notes, func(n law.Text) bool { return strings.Contains(n.Ja, "氏名の1文字目「高」は代替文字") }) {
		t.Errorf("nothing is said of the substitute: %v", v.Notes)
	}
}

// TestWords: every step has a name and both outcomes in both languages; a verdict is JSON and text, and prints no holder by accident.
func TestWords(t *testing.T) {
	for _, s := range []Step{Form, Signer, Attributes, SigningCertificate, ByteRange, Whole, Digest, HolderSignature, Parse, Issuer, KeyUsage, Policy, Period, Revocation, FourItems} {
		w := stepWords[s]
		if w.name.Ja == "" || w.name.En == "" || w.passed.Ja == "" || w.passed.En == "" || w.failed.Ja == "" || w.failed.En == "" {
			t.Errorf("step %s lacks words", s)
		}
	}
	w := theWorld()
	v, err := w.party(t, goodStatus).Certificate(t.Context(), w.card)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil || !bytes.Contains(text, []byte(`"kind":"signature"`)) || !bytes.Contains(text, []byte(`"birth":"1980-02-17"`)) {
		t.Errorf("%s %v", text, err)
	}
	var b strings.Builder
	if err := Print(&b, v); err != nil || !strings.Contains(b.String(), "氏名 / name") {
		t.Errorf("%s %v", &b, err)
	}
	if s := v.Holder.String(); strings.Contains(s, "黒桐") {
		t.Error("a holder prints")
	}
}

// TestPDF: a document is good when each signature is and one reaches its end.
func TestPDF(t *testing.T) {
	w := theWorld()
	plain, err := os.ReadFile("../signing/testdata/corpus/small.pdf")
	if err != nil {
		t.Fatal(err)
	}
	sign := func(in, cert []byte) []byte {
		out, err := signing.SignPDF(in, signing.Signer{Key: w.key, Certificate: cert}, noon)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	// added is a revision behind the last one, in which the page is another.
	added := func(in []byte) []byte {
		prev := regexp.MustCompile(`startxref\s+(\d+)`).FindAllSubmatch(in, -1)
		at := len(in)
		out := fmt.Appendf(bytes.Clone(in), "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>\nendobj\n")
		table := len(out)
		return fmt.Appendf(out, "xref\n3 1\n%010d 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n", at, prev[len(prev)-1][1], table)
	}
	once := sign(plain, w.card)
	tests := []struct {
		name string
		in   []byte
		want string // of the document, then of each signature
	}{
		{"unsigned", plain, "signer"},
		{"signed", once, "good good"},
		{"signed twice", sign(once, w.substituted), "good good good"},
		{"added to", added(once), "whole_document good"},
		{"added to and signed again", sign(added(once), w.card), "good good good"},
		{"changed", bytes.Replace(once, []byte("[0 0 99 99]"), []byte("[0 0 98 99]"), 1), "not good digest"},
		{"signed with the login key", sign(plain, w.login), "not good issuer"},
		{"the second with the login key", sign(once, w.login), "not good good issuer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v, err := w.party(t, goodStatus).PDF(t.Context(), test.in)
			if err != nil {
				t.Fatal(err)
			}
			got := outcome(v)
			if got == "" {
				got = "not good"
			}
			for _, s := range v.Signatures {
				got += " " + outcome(s)
			}
			if got != test.want {
				t.Errorf("%s, want %s: %+v", got, test.want, v.Steps)
			}
		})
	}
	v, err := w.party(t, goodStatus).PDF(t.Context(), added(once))
	if err != nil || v.Signatures[0].Revision != 2 || v.Signatures[0].Revisions != 3 || !strings.Contains(v.Signatures[0].Notes[len(v.Signatures[0].Notes)-1].En, "what was added later is not signed") {
		t.Errorf("what was added is not told: %+v %v", v.Signatures[0].Notes, err)
	}
	if _, err := w.party(t, goodStatus).PDF(t.Context(), []byte("%PDF-1.7")); !errors.Is(err, ErrUnreadable) {
		t.Errorf("no PDF: %v", err)
	}
}
