package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

// OCSPLifetime is the longest time between thisUpdate and nextUpdate: nobody may keep an answer for
// more than a minute, so that a revocation is seen at once.
const OCSPLifetime = 60 * time.Second

// State is what OCSP says of a certificate.
type State uint8

const (
	Unknown State = 0 // never issued, or on a card that nobody has collected yet; what a forgotten field says
	Good    State = 1
	Revoked State = 2 // also while held, with reason CertificateHold
)

// String is "good", "revoked" or "unknown".
func (s State) String() string {
	return [...]string{"unknown", "good", "revoked"}[min(s, Revoked)]
}

// Status is the state of one certificate; At and Reason only count when it is Revoked.
type Status struct {
	State  State
	At     time.Time
	Reason Reason
}

// StatusFunc looks a certificate up by its issue counter. An error becomes tryLater when it is ErrTryLater, else internalError.
type StatusFunc func(kind certificate.Kind, generation int, counter uint64) (Status, error)

// ErrTryLater is what a StatusFunc returns when it cannot know now but will.
var ErrTryLater = errors.New("the status of certificates is not at hand yet")

// ResponseStatus is OCSPResponseStatus of RFC 6960 section 4.2.1.
type ResponseStatus uint8

const (
	Successful       ResponseStatus = 0
	MalformedRequest ResponseStatus = 1
	InternalError    ResponseStatus = 2
	TryLater         ResponseStatus = 3
	Unauthorized     ResponseStatus = 6
)

// OCSPError is the answer that carries no status, the same bytes every time.
func OCSPError(status ResponseStatus) []byte {
	return []byte{0x30, 0x03, 0x0A, 0x01, byte(status)}
}

// SingleStatus is the status of one certificate in an answer.
type SingleStatus struct {
	ID     CertID
	Status Status
}

// ErrNoResponder says that the authority's responder certificate is missing or not valid at the instant.
var ErrNoResponder = errors.New("the OCSP responder has no valid certificate")

// OCSPResponse signs an answer of the authority's delegated responder about certificates of this very
// generation, produced at now and good until nextUpdate, at most OCSPLifetime later. nonce is
// OCSPRequest.Nonce; an answer without one may be prepared and served again.
func (a *Authority) OCSPResponse(now, nextUpdate time.Time, nonce []byte, singles ...SingleStatus) ([]byte, error) {
	responder := a.responder.Load()
	if responder == nil || !within(responder, now) {
		return nil, ErrNoResponder
	}
	if nextUpdate.Before(now) || nextUpdate.Sub(now) > OCSPLifetime {
		return nil, fmt.Errorf("an OCSP answer for %s: 0 to %s are allowed", nextUpdate.Sub(now), OCSPLifetime)
	}
	for _, s := range singles {
		if s.Status.State > Revoked || s.Status.State == Revoked && (s.Status.At.IsZero() || !s.Status.Reason.Valid()) {
			return nil, fmt.Errorf("an OCSP answer cannot say state %d since %s (%s)", s.Status.State, s.Status.At, s.Status.Reason)
		}
	}
	data := cryptobyte.NewBuilder(make([]byte, 0, 512))
	data.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(context(2), func(b *cryptobyte.Builder) { b.AddASN1OctetString(responder.SubjectKeyId) }) // byKey
		b.AddASN1GeneralizedTime(now.UTC())
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			for _, s := range singles {
				a.addSingleResponse(b, s, now.UTC(), nextUpdate.UTC())
			}
		})
		if nonce != nil {
			addExtensions(b, 1, []extension{{oidOCSPNonce, false, nonce}})
		}
	})
	tbs, err := data.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write an OCSP answer: %w", err)
	}
	basic, err := signDER(a.keys.Responder, tbs, responder.Raw)
	if err != nil {
		return nil, err
	}
	b := cryptobyte.NewBuilder(make([]byte, 0, len(basic)+64))
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Enum(int64(Successful))
		b.AddASN1(context(0), func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				oidOCSPBasic.add(b)
				b.AddASN1OctetString(basic)
			})
		})
	})
	return b.Bytes()
}

// addSingleResponse says how far back the archive reaches (archiveCutoff, RFC 6960 section 4.4.4): to the authority's first day,
// for a status is kept for ever.
func (a *Authority) addSingleResponse(b *cryptobyte.Builder, s SingleStatus, thisUpdate, nextUpdate time.Time) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(s.ID.raw)
		switch s.Status.State {
		case Good:
			b.AddASN1(tag.Tag(0).ContextSpecific(), func(*cryptobyte.Builder) {})
		case Revoked:
			b.AddASN1(context(1), func(b *cryptobyte.Builder) {
				b.AddASN1GeneralizedTime(s.Status.At.UTC())
				b.AddASN1(context(0), func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(s.Status.Reason)) })
			})
		default:
			b.AddASN1(tag.Tag(2).ContextSpecific(), func(*cryptobyte.Builder) {})
		}
		b.AddASN1GeneralizedTime(thisUpdate)
		b.AddASN1(context(0), func(b *cryptobyte.Builder) { b.AddASN1GeneralizedTime(nextUpdate) })
		addExtensions(b, 1, []extension{{oidArchiveCutoff, false, encode(func(b *cryptobyte.Builder) {
			b.AddASN1GeneralizedTime(a.cert.NotBefore.UTC())
		})}})
	})
}

// Responder answers OCSP requests for all authorities and generations of the house.
type Responder struct {
	byIssuer map[issuerKey]*Authority
	status   StatusFunc
}

// issuerKey is how a request names a generation: hash algorithm, hash of the name, hash of the key. The
// name alone would not do, for all generations share it.
type issuerKey struct {
	hash      crypto.Hash
	name, key string
}

// NewResponder answers for these authorities with what status says.
func NewResponder(status StatusFunc, authorities ...*Authority) (*Responder, error) {
	r := &Responder{byIssuer: make(map[issuerKey]*Authority), status: status}
	for _, a := range authorities {
		for _, hash := range []crypto.Hash{crypto.SHA1, crypto.SHA256} {
			name, key, err := issuerHashes(hash, a.cert)
			if err != nil {
				return nil, err
			}
			r.byIssuer[issuerKey{hash, string(name), string(key)}] = a
		}
	}
	return r, nil
}

// Answer is what goes back to the one who asked.
type Answer struct {
	DER        []byte
	Status     ResponseStatus
	NextUpdate time.Time // until when it may be cached; zero for one that may not: an error, or with a nonce
	Err        error     // why Status is not Successful
}

// Authority is the generation that a CertID is about; nil when it is none of ours.
func (r *Responder) Authority(id CertID) *Authority {
	return r.byIssuer[issuerKey{id.Hash, string(id.NameHash), string(id.KeyHash)}]
}

// Query is a request that was read, with the status of the certificates that it asks about.
type Query struct {
	Authority *Authority
	Nonce     []byte // OCSPRequest.Nonce
	Singles   []SingleStatus
	Counters  []uint64 // issue counters of the singles, 0 for a serial that was never given
}

// Read reads a DER request and looks its certificates up. One answer has one signature, and only the responder of the
// certificates' own generation may give it; so a request that mixes issuers, like one about a foreign issuer, is unauthorized
// (RFC 5019 section 2.2.3). Refusal makes the answer of an error.
func (r *Responder) Read(request []byte) (Query, error) {
	parsed, err := ParseOCSPRequest(request)
	if err != nil {
		return Query{}, err
	}
	q := Query{Authority: r.Authority(parsed.IDs[0]), Nonce: parsed.Nonce, Singles: make([]SingleStatus, len(parsed.IDs)), Counters: make([]uint64, len(parsed.IDs))}
	for i, id := range parsed.IDs {
		if q.Authority == nil || r.Authority(id) != q.Authority {
			return Query{}, ErrForeignIssuer
		}
		q.Singles[i].ID = id
		if q.Counters[i], q.Singles[i].Status, err = r.look(q.Authority, id); err != nil {
			return Query{}, err
		}
	}
	return q, nil
}

// Answer signs what was read, at the instant now. Without a nonce it may be served again until its NextUpdate.
func (q Query) Answer(now time.Time) Answer {
	now = now.Truncate(time.Second)
	next := now.Add(OCSPLifetime)
	der, err := q.Authority.OCSPResponse(now, next, q.Nonce, q.Singles...)
	if err != nil {
		return Refusal(err)
	}
	if q.Nonce != nil {
		next = time.Time{}
	}
	return Answer{DER: der, Status: Successful, NextUpdate: next}
}

// Respond reads a request and answers it.
func (r *Responder) Respond(now time.Time, request []byte) Answer {
	q, err := r.Read(request)
	if err != nil {
		return Refusal(err)
	}
	return q.Answer(now)
}

// look asks for the status of a serial that can be a holder's; any other was never issued. The
// authority's own certificates are not asked about here but in the ARL.
func (r *Responder) look(a *Authority, id CertID) (counter uint64, s Status, err error) {
	serial, err := SerialOf(id.Serial)
	if err != nil {
		return 0, Status{}, nil
	}
	counter, given := a.Counter(serial)
	if !given {
		return 0, Status{}, nil
	}
	s, err = r.status(a.kind, a.generation, counter)
	return counter, s, err
}

// ErrForeignIssuer says that a request is about certificates of no issuer of the house, or of several.
var ErrForeignIssuer = errors.New("not certificates of one of our issuers")

// Refusal is the answer that carries no status, because of an error of Read, of Answer or of a StatusFunc.
func Refusal(err error) Answer {
	status := InternalError
	switch {
	case errors.Is(err, ErrOCSPRequest):
		status = MalformedRequest
	case errors.Is(err, ErrForeignIssuer):
		status = Unauthorized
	case errors.Is(err, ErrTryLater), errors.Is(err, ErrNoResponder):
		status = TryLater
	}
	return Answer{DER: OCSPError(status), Status: status, Err: err}
}

// about reports that the CertID names the serial under the issuer.
func (id CertID) about(issuer *x509.Certificate, serial Serial) bool {
	if id.Hash == 0 || id.Serial.Cmp(serial.Big()) != 0 {
		return false
	}
	name, key, err := issuerHashes(id.Hash, issuer)
	return err == nil && bytes.Equal(name, id.NameHash) && bytes.Equal(key, id.KeyHash)
}
