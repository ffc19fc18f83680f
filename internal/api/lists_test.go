package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/register"
)

// publisher is an installation that publishes lists, with so many revoked certificates of one partition.
type publisher struct {
	*office.Office
	dir string
	at  time.Time
	http.Handler
}

const (
	listPath   = "/crl/sign/1/13107.crl"
	listLength = 3000 // entries
)

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	p := &publisher{dir: t.TempDir(), at: civil.Day(2026, 2, 3).Start().Add(9 * time.Hour)}
	f, err := folder.Make(p.dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	db, err := f.Registers("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	ctx, pass := context.Background(), []byte("a passphrase")
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := office.FoundAuthorities(ctx, db, pass, p.at.AddDate(0, -1, 0), rand.Reader); err != nil {
		t.Fatal(err)
	}
	p.Office = &office.Office{Store: db, Clock: func() time.Time { return p.at }, Rand: rand.Reader, URL: "http://card.example", Log: slog.New(slog.DiscardHandler)}
	if p.CAs, err = office.OpenAuthorities(ctx, db, pass); err != nil {
		t.Fatal(err)
	}
	if p.Lists, err = f.Lists(); err != nil {
		t.Fatal(err)
	}
	authority := p.CAs.Of(certificate.Signature, 1)
	err = db.Write(ctx, func(tx office.Tx) error {
		holder := register.Person{ID: "p1", Name: person.Name{Family: "試験", Given: "太郎"}, Birth: civil.Day(1980, 1, 1), Nationality: register.Japan,
			Residences: []register.Residence{{Municipality: "131075", Address: "東京都墨田区一丁目", From: civil.Day(1980, 1, 1)}}}
		if err := tx.PutPerson(holder); err != nil {
			return err
		}
		if err := tx.PutCard(card.Card{ID: "c1", PersonID: "p1", State: card.Abolished, Issued: civil.Day(2026, 1, 1), Until: civil.Day(2036, 1, 1)}); err != nil {
			return err
		}
		for n := range uint64(listLength) {
			x := certificate.Certificate{Kind: certificate.Signature, Generation: 1, Counter: n + 1, Serial: authority.Serial(n + 1).String(), CardID: "c1", State: certificate.Revoked,
				NotBefore: p.at, Until: civil.Day(2031, 1, 1), CommonName: "x", Partition: "13107", DER: []byte{0x30}, EndedAt: p.at.AddDate(0, 0, -2), Reason: certificate.Superseded}
			if err := tx.PutCertificate(x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Handler = New(p.Office, func(*http.Request) (office.Actor, bool) { return office.Actor{}, false }, nil)
	return p
}

// get asks for a list; the headers stand in pairs.
func (p *publisher) get(t *testing.T, method, path string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	p.ServeHTTP(rec, r)
	return rec.Result(), rec.Body.Bytes()
}

func unpacked(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestListOverHTTP: whole, its head alone, still the same, in parts, compressed; each representation has a tag of its own.
func TestListOverHTTP(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	whole, der := p.get(t, "GET", listPath)
	list, err := x509.ParseRevocationList(der)
	if err != nil || len(list.RevokedCertificateEntries) != listLength || list.CheckSignatureFrom(p.CAs.Of(certificate.Signature, 1).Certificate()) != nil {
		t.Fatalf("not the list: %v", err)
	}
	tag, made := whole.Header.Get("ETag"), whole.Header.Get("Last-Modified")
	for name, want := range map[string]string{"Content-Type": "application/pkix-crl", "ETag": `"sign-1-13107-1"`, "Content-Length": fmt.Sprint(len(der)),
		"Cache-Control": "public, max-age=600, must-revalidate, no-transform", "Vary": "Accept-Encoding", "Accept-Ranges": "bytes", "Last-Modified": p.at.UTC().Format(http.TimeFormat)} {
		if got := whole.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	packed, body := p.get(t, "GET", listPath, "Accept-Encoding", "br;q=1.0, gzip;q=0.8, *;q=0.1")
	packedTag := packed.Header.Get("ETag")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Content-Length") != fmt.Sprint(len(body)) || packedTag == tag || len(body) >= len(der) || !bytes.Equal(unpacked(t, body), der) {
		t.Errorf("compressed: %v, %d octets of %d", packed.Header, len(body), len(der))
	}
	for name, c := range map[string]struct {
		method  string
		headers []string
		status  int
		body    []byte
		tag     string
	}{
		"head":                          {"HEAD", nil, 200, nil, tag},
		"the same":                      {"GET", []string{"If-None-Match", tag}, 304, nil, tag},
		"the same of several":           {"GET", []string{"If-None-Match", `"x", ` + tag}, 304, nil, tag},
		"another":                       {"GET", []string{"If-None-Match", `"sign-1-13107-0"`}, 200, der, tag},
		"not since":                     {"GET", []string{"If-Modified-Since", made}, 304, nil, tag},
		"compressed, the same":          {"GET", []string{"Accept-Encoding", "gzip", "If-None-Match", packedTag}, 304, nil, packedTag},
		"compressed, the other's tag":   {"GET", []string{"Accept-Encoding", "gzip", "If-None-Match", tag}, 200, body, packedTag},
		"no gzip":                       {"GET", []string{"Accept-Encoding", "gzip;q=0, identity"}, 200, der, tag},
		"part":                          {"GET", []string{"Range", "bytes=100-199"}, 206, der[100:200], tag},
		"the last octets":               {"GET", []string{"Range", "bytes=-10"}, 206, der[len(der)-10:], tag},
		"part, whatever may be packed":  {"GET", []string{"Range", "bytes=100-199", "Accept-Encoding", "gzip"}, 206, der[100:200], tag},
		"the rest of the same":          {"GET", []string{"Range", "bytes=1000-", "If-Range", tag}, 206, der[1000:], tag},
		"the rest of another: whole":    {"GET", []string{"Range", "bytes=1000-", "If-Range", `"sign-1-13107-0"`}, 200, der, tag},
		"the rest of the packed: whole": {"GET", []string{"Range", "bytes=1000-", "If-Range", packedTag}, 200, der, tag},
		"behind the end":                {"GET", []string{"Range", fmt.Sprintf("bytes=%d-", len(der))}, 416, nil, tag},
	} {
		got, content := p.get(t, c.method, listPath, c.headers...)
		if got.StatusCode != c.status || c.body != nil && !bytes.Equal(content, c.body) || c.status == 304 && len(content) > 0 || c.status != 416 && got.Header.Get("ETag") != c.tag {
			t.Errorf("%s: %d, %d octets, %v", name, got.StatusCode, len(content), got.Header)
		}
	}
	own, arl := p.get(t, "GET", "/crl/auth/1/arl.crl")
	if list, err := x509.ParseRevocationList(arl); err != nil || own.StatusCode != 200 || len(list.RevokedCertificateEntries) != 0 {
		t.Errorf("ARL: %d, %v", own.StatusCode, err)
	}
	for _, path := range []string{"/crl/sign/2/13107.crl", "/crl/sign/1/99999.crl", "/crl/sign/1/..%2f13107.crl", "/crl/sign/1/ARL.crl", "/crl/both/1/13107.crl", "/crl/sign/1/13107-1.crl"} {
		if got, _ := p.get(t, "GET", path); got.StatusCode != 404 {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
}

// replaced is an answer in the middle of which something happens.
type replaced struct {
	*httptest.ResponseRecorder
	happens func()
}

func (r *replaced) Write(b []byte) (int, error) {
	if r.happens != nil {
		half := len(b) / 2
		n, _ := r.ResponseRecorder.Write(b[:half])
		happens := r.happens
		r.happens = nil
		happens()
		m, err := r.ResponseRecorder.Write(b[half:])
		return n + m, err
	}
	return r.ResponseRecorder.Write(b)
}

// TestListReplacedUnderADownload: whoever began with a list ends with it; whoever asks then has the new one.
func TestListReplacedUnderADownload(t *testing.T) {
	t.Parallel()
	for _, coding := range []string{"identity", "gzip"} {
		p := newPublisher(t)
		first, _ := p.get(t, "GET", listPath)
		rec := &replaced{ResponseRecorder: httptest.NewRecorder(), happens: func() {
			p.at = p.at.Add(time.Minute)
			run, err := p.MakeLists(t.Context(), office.ListOrder{Now: true})
			if err != nil || run.Made == 0 {
				t.Fatalf("%+v, %v", run, err)
			}
		}}
		r := httptest.NewRequest("GET", listPath, nil)
		r.Header.Set("Accept-Encoding", coding)
		p.ServeHTTP(rec, r)
		der := rec.Body.Bytes()
		if coding == "gzip" {
			der = unpacked(t, der)
		}
		for number, der := range map[int64][]byte{1: der, 2: func() []byte { _, b := p.get(t, "GET", listPath); return b }()} {
			list, err := x509.ParseRevocationList(der)
			if err != nil || list.Number.Int64() != number || list.CheckSignatureFrom(p.CAs.Of(certificate.Signature, 1).Certificate()) != nil {
				t.Errorf("%s: the list of number %d: %v", coding, number, err)
			}
		}
		if next, _ := p.get(t, "GET", listPath, "If-None-Match", first.Header.Get("ETag")); next.StatusCode != 200 {
			t.Errorf("the old tag still counts: %d", next.StatusCode)
		}
		left, err := filepath.Glob(filepath.Join(p.dir, "crl", "sign", "1", "13107-*"))
		if err != nil || len(left) != 1 {
			t.Errorf("files left: %q", left)
		}
	}
}

// TestListMissing: a node without the current list says so, and serves no older one.
func TestListMissing(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	p.get(t, "GET", listPath)
	file := filepath.Join(p.dir, "crl", "sign", "1", "13107-1.crl")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() error{
		"cut off": func() error { return os.WriteFile(file, whole[:len(whole)/2], 0o600) },
		"gone":    func() error { return os.Remove(file) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		got, body := p.get(t, "GET", listPath)
		if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "list_missing") || got.Header.Get("ETag") != "" {
			t.Errorf("%s: %d %s", name, got.StatusCode, body)
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
