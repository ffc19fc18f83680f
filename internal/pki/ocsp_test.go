package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"math/big"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/ocsp"

	"mynumber/internal/certificate"
)

// The counters that the test responder knows.
const (
	goodCounter, revokedCounter, heldCounter, laterCounter, brokenCounter = 100, 101, 102, 103, 104
)

var revokedAt = noon.Add(-time.Hour)

func testStatus(_ certificate.Kind, _ int, counter uint64) (Status, error) {
	switch counter {
	case goodCounter:
		return Status{State: Good}, nil
	case revokedCounter:
		return Status{Revoked, revokedAt, KeyCompromise}, nil
	case heldCounter:
		return Status{Revoked, revokedAt, CertificateHold}, nil
	case laterCounter:
		return Status{}, ErrTryLater
	case brokenCounter:
		return Status{}, errors.New("disk on fire")
	}
	return Status{}, nil
}

func testResponder(t testing.TB) *Responder {
	h := testHouse()
	r, err := NewResponder(testStatus, h.signature, h.authentication, h.older, h.next[certificate.Signature], h.next[certificate.UserAuthentication])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func request(t testing.TB, issuer *x509.Certificate, nonce []byte, serials ...Serial) []byte {
	t.Helper()
	der, err := NewOCSPRequest(issuer, nonce, serials...)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestRespond(t *testing.T) {
	r := testResponder(t)
	eachKind(t, func(t *testing.T, _ certificate.Kind, a *Authority) {
		for _, c := range []struct {
			serial Serial
			want   Status
			code   int
		}{
			{a.Serial(goodCounter), Status{State: Good}, ocsp.Good},
			{a.Serial(revokedCounter), Status{Revoked, revokedAt, KeyCompromise}, ocsp.Revoked},
			{a.Serial(heldCounter), Status{Revoked, revokedAt, CertificateHold}, ocsp.Revoked},
			{a.Serial(999), Status{State: Unknown}, ocsp.Unknown},
			{Serial{0x40, 1}, Status{State: Unknown}, ocsp.Unknown},
		} {
			nonce := []byte("0123456789abcdef0123456789abcdef")
			answer := r.Respond(noon, request(t, a.cert, nonce, c.serial))
			if answer.Status != Successful || !answer.NextUpdate.IsZero() {
				t.Fatalf("%+v", answer)
			}
			got, err := CheckOCSPResponse(answer.DER, a.cert, c.serial, noon, nonce)
			if err != nil || got.State != c.want.State || !got.At.Equal(c.want.At) || got.Reason != c.want.Reason {
				t.Errorf("%v, %v; want %v", got, err, c.want)
			}
			independent, err := ocsp.ParseResponseForCert(answer.DER, &x509.Certificate{SerialNumber: c.serial.Big()}, a.cert)
			if err != nil || independent.Status != c.code || independent.NextUpdate.Sub(independent.ThisUpdate) > OCSPLifetime {
				t.Errorf("x/crypto/ocsp: %+v, %v", independent, err)
			}
			if c.code == ocsp.Revoked && independent.RevocationReason != int(c.want.Reason) {
				t.Errorf("x/crypto/ocsp reads reason %d", independent.RevocationReason)
			}
		}
	})
}

func TestRespondWithoutNonceMayBeCached(t *testing.T) {
	a := testHouse().signature
	answer := testResponder(t).Respond(noon.Add(300*time.Millisecond), request(t, a.cert, nil, a.Serial(goodCounter)))
	if !answer.NextUpdate.Equal(noon.Add(60 * time.Second)) {
		t.Errorf("cacheable until %s", answer.NextUpdate)
	}
	again := testResponder(t).Respond(noon, request(t, a.cert, nil, a.Serial(goodCounter)))
	if !bytes.Equal(answer.DER, again.DER) {
		t.Error("one second has two answers")
	}
}

func TestRespondToSeveral(t *testing.T) {
	a := testHouse().signature
	serials := []Serial{a.Serial(goodCounter), a.Serial(revokedCounter), a.Serial(heldCounter), a.Serial(999)}
	answer := testResponder(t).Respond(noon, request(t, a.cert, nil, serials...))
	for i, want := range []State{Good, Revoked, Revoked, Unknown} {
		got, err := CheckOCSPResponse(answer.DER, a.cert, serials[i], noon, nil)
		if err != nil || got.State != want {
			t.Errorf("certificate %d: %v, %v; want %v", i, got.State, err, want)
		}
	}
}

// TestRespondToSHA256: the request comes from another implementation.
func TestRespondToSHA256(t *testing.T) {
	a := testHouse().older
	serial := a.Serial(revokedCounter)
	der, err := ocsp.CreateRequest(&x509.Certificate{SerialNumber: serial.Big()}, a.cert, &ocsp.RequestOptions{Hash: crypto.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	got, err := CheckOCSPResponse(testResponder(t).Respond(noon, der).DER, a.cert, serial, noon, nil)
	if err != nil || got.State != Revoked {
		t.Errorf("%v, %v", got, err)
	}
}

func TestRespondRefuses(t *testing.T) {
	h := testHouse()
	r := testResponder(t)
	s, a := h.signature, h.authentication
	mixed := mixedRequest(t, s, a)
	foreign, err := ocsp.CreateRequest(&x509.Certificate{SerialNumber: big.NewInt(1)}, s.ResponderCertificate(), nil)
	if err != nil {
		t.Fatal(err)
	}
	sha512, err := ocsp.CreateRequest(&x509.Certificate{SerialNumber: big.NewInt(1)}, s.cert, &ocsp.RequestOptions{Hash: crypto.SHA512})
	if err != nil {
		t.Fatal(err)
	}
	good := request(t, s.cert, nil, s.Serial(goodCounter))
	for name, c := range map[string]struct {
		request []byte
		at      time.Time
		want    ResponseStatus
	}{
		"nothing":               {nil, noon, MalformedRequest},
		"trailing octet":        {append(bytes.Clone(good), 0), noon, MalformedRequest},
		"asks about nothing":    {[]byte{0x30, 4, 0x30, 2, 0x30, 0}, noon, MalformedRequest},
		"another issuer":        {foreign, noon, Unauthorized},
		"SHA-512":               {sha512, noon, Unauthorized},
		"two issuers":           {mixed, noon, Unauthorized},
		"not at hand":           {request(t, s.cert, nil, s.Serial(laterCounter)), noon, TryLater},
		"look-up fails":         {request(t, s.cert, nil, s.Serial(brokenCounter)), noon, InternalError},
		"responder has expired": {good, founding.AddDate(2, 0, 0), TryLater},
	} {
		answer := r.Respond(c.at, c.request)
		if answer.Status != c.want || answer.Err == nil || !bytes.Equal(answer.DER, OCSPError(c.want)) {
			t.Errorf("%s: status %d (%v), want %d", name, answer.Status, answer.Err, c.want)
		}
		_, err := ocsp.ParseResponse(answer.DER, nil)
		if refused, ok := errors.AsType[ocsp.ResponseError](err); !ok || int(refused.Status) != int(c.want) {
			t.Errorf("%s: x/crypto/ocsp reads %v", name, err)
		}
	}
}

// mixedRequest asks about certificates of two issuers at once.
func mixedRequest(t *testing.T, one, two *Authority) []byte {
	var ids [][]byte
	for _, a := range []*Authority{one, two} {
		parsed, err := ParseOCSPRequest(request(t, a.cert, nil, a.Serial(goodCounter)))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, parsed.IDs[0].raw)
	}
	return encode(func(b *cryptobyte.Builder) {
		b.AddASN1(0x30, func(b *cryptobyte.Builder) {
			b.AddASN1(0x30, func(b *cryptobyte.Builder) {
				b.AddASN1(0x30, func(b *cryptobyte.Builder) {
					for _, id := range ids {
						b.AddASN1(0x30, func(b *cryptobyte.Builder) { b.AddBytes(id) })
					}
				})
			})
		})
	})
}

func TestOCSPRequestLimits(t *testing.T) {
	a := testHouse().signature
	serials := make([]Serial, MaxCertIDs)
	for i := range serials {
		serials[i] = a.Serial(uint64(i))
	}
	full := request(t, a.cert, nil, serials...)
	if parsed, err := ParseOCSPRequest(full); err != nil || len(parsed.IDs) != MaxCertIDs {
		t.Errorf("%d certificates: %v", len(parsed.IDs), err)
	}
	if _, err := NewOCSPRequest(a.cert, nil, append(serials, a.Serial(1))...); err == nil {
		t.Error("a request about 101 certificates was made")
	}
	parsed, err := ParseOCSPRequest(request(t, a.cert, bytes.Repeat([]byte{7}, maxNonce), serials[0]))
	if err != nil || len(parsed.Nonce) != maxNonce+3 {
		t.Errorf("longest nonce: %v", err)
	}
	for name, value := range map[string][]byte{"empty": {0x04, 0}, "bare empty": {}, "129 octets": append([]byte{0x04, 0x81, 129}, make([]byte, 129)...)} {
		whole := bytes.Clone(full)
		der := encode(func(b *cryptobyte.Builder) {
			b.AddASN1(0x30, func(b *cryptobyte.Builder) {
				b.AddASN1(0x30, func(b *cryptobyte.Builder) {
					s, tbs, list := cryptobyte.String(whole), cryptobyte.String(nil), cryptobyte.String(nil)
					s.ReadASN1(&tbs, 0x30)
					tbs.ReadASN1(&list, 0x30)
					b.AddBytes(list)
					addExtensions(b, 2, []extension{{oidOCSPNonce, false, value}})
				})
			})
		})
		if _, err := ParseOCSPRequest(der); !errors.Is(err, ErrOCSPNonce) {
			t.Errorf("nonce %s: %v", name, err)
		}
	}
}

// TestResponderRenewal: a sandbox clock may be moved for years, forth and back.
func TestResponderRenewal(t *testing.T) {
	h := testHouse()
	a, err := Restore(certificate.Signature, 3, h.signature.keys, h.signature.cert.Raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !a.ResponderDue(noon) {
		t.Error("an authority without responder is not due")
	}
	for _, c := range []struct {
		name        string
		renew, look time.Time
		due         bool
	}{
		{"fresh", noon, noon, false},
		{"31 days before the end", noon, noon.AddDate(1, 0, -31), false},
		{"29 days before the end", noon, noon.AddDate(1, 0, -29), true},
		{"years later", noon, noon.AddDate(5, 0, 0), true},
		{"clock put back", noon, noon.Add(-time.Second), true},
		{"renewed after being put back", founding, founding, false},
		{"ends with its authority", a.cert.NotAfter.AddDate(0, -1, 0), a.cert.NotAfter, false},
	} {
		if err := a.RenewResponder(c.renew); err != nil {
			t.Fatal(c.name, err)
		}
		if cert := a.ResponderCertificate(); cert.NotAfter.Sub(cert.NotBefore) > responderLife || cert.NotAfter.After(a.cert.NotAfter) {
			t.Errorf("%s: responder from %s to %s", c.name, cert.NotBefore, cert.NotAfter)
		}
		if due := a.ResponderDue(c.look); due != c.due {
			t.Errorf("%s: due %t", c.name, due)
		}
	}
	for _, at := range []time.Time{founding.Add(-time.Second), a.cert.NotAfter.Add(time.Second)} {
		if err := a.RenewResponder(at); !errors.Is(err, ErrAuthorityPeriod) {
			t.Errorf("renewed at %s: %v", at, err)
		}
	}
}

func FuzzParseOCSPRequest(f *testing.F) {
	h := testHouse()
	addCorpus(f, "*.ocsq")
	f.Add([]byte{0x30, 0x00})
	f.Add(request(f, h.signature.cert, nil, h.signature.Serial(1)))
	f.Add(request(f, h.older.cert, []byte("nonce"), h.older.Serial(1), h.older.Serial(2)))
	f.Fuzz(func(t *testing.T, der []byte) {
		r, err := ParseOCSPRequest(der)
		if err != nil {
			if !errors.Is(err, ErrOCSPRequest) {
				t.Errorf("an error of another sort: %v", err)
			}
			return
		}
		if len(r.IDs) == 0 || len(r.IDs) > MaxCertIDs {
			t.Errorf("%d certificates", len(r.IDs))
		}
		for _, id := range r.IDs { // what is echoed must be what was read
			s := cryptobyte.String(id.raw)
			again, ok := readCertID(&s)
			if !ok || again.Serial.Cmp(id.Serial) != 0 || !bytes.Equal(again.KeyHash, id.KeyHash) {
				t.Errorf("CertID %x reads differently the second time", id.raw)
			}
		}
	})
}
