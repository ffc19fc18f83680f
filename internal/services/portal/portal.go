// Package portal is a relying service that a holder logs in to with the card (MYN, CERT-005, CERT-007, 公的個人認証法第36条): it
// gives a random challenge, and takes the card's signature over it with the user authentication certificate. It
// knows nobody by name; the certificate's serial number is the account.
package portal

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/pki"
)

// Bounds of a challenge.
const (
	challengeLife = 5 * time.Minute
	maxChallenges = 10_000
	maxAnswer     = 64 << 10 // bytes of an OCSP answer
)

// ErrChallenge says that a challenge is unknown, used or too old.
var ErrChallenge = errors.New("the challenge is unknown, was used, or is too old")

// Service is the portal. It trusts the pinned authorities and asks their responder over HTTP.
type Service struct {
	pinned func() []*x509.Certificate
	ocsp   string // address of the responder
	clock  civil.Clock
	client *http.Client

	mu    sync.Mutex
	open  map[string]challenge
	order []string // of the challenges, the oldest first; one that was used is still named
}

type challenge struct {
	nonce []byte
	until time.Time
}

// New pins the user authentication authority's certificates: pinned says which they are now, for the authority gets a new key every few
// years. ocsp is the responder's address.
func New(pinned func() []*x509.Certificate, ocsp string, clock civil.Clock) (*Service, error) {
	if _, err := pki.NewVerifier(certificate.UserAuthentication, pinned()); err != nil {
		return nil, fmt.Errorf("pin the authority: %w", err)
	}
	return &Service{pinned: pinned, ocsp: ocsp, clock: clock, client: &http.Client{Timeout: 10 * time.Second}, open: map[string]challenge{}}, nil
}

// Challenge is a fresh random number to be signed (CERT-007), good once and for five minutes.
func (s *Service) Challenge(context.Context) (id string, nonce []byte, err error) {
	var b [48]byte
	if _, err := io.ReadFull(rand.Reader, b[:]); err != nil {
		return "", nil, fmt.Errorf("draw a challenge: %w", err)
	}
	id, nonce = hex.EncodeToString(b[:16]), bytes.Clone(b[16:])
	now := s.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.order) > 0 && (len(s.order) >= maxChallenges || !now.Before(s.open[s.order[0]].until)) {
		delete(s.open, s.order[0])
		s.order = s.order[1:]
	}
	s.open[id] = challenge{nonce, now.Add(challengeLife)}
	s.order = append(s.order, id)
	return id, nonce, nil
}

// Login is what came of an answered challenge.
type Login struct {
	Accepted   bool
	Serial     string // of the certificate: the account
	CommonName string
	NotAfter   time.Time
	Checks     []Check // in the order in which they were made; after a failed one no other is made
}

// Check is one check.
type Check struct {
	Step  Step
	Fault error // nil when it held
}

// Step is what was checked.
type Step string

const (
	Chain     Step = "chain"     // signed by a pinned authority, for this use, under this policy, within its dates
	Signature Step = "signature" // the card signed the challenge
	Status    Step = "status"    // the responder says good, now
)

// Login checks a card's answer. What a check finds wrong is part of the outcome; ErrChallenge is an error, and so is a
// responder that does not answer.
func (s *Service) Login(ctx context.Context, id string, der, signature []byte) (Login, error) {
	now := s.clock()
	s.mu.Lock()
	c, ok := s.open[id]
	delete(s.open, id)
	s.mu.Unlock()
	if !ok || now.After(c.until) {
		return Login{}, ErrChallenge
	}
	return s.judge(ctx, der, now, func(cert *x509.Certificate) error { return pki.VerifyMessage(cert, c.nonce, signature) })
}

// Present checks a certificate whose key has proved itself already: in the handshake of the connection on which it came (RFC 5246
// section 7.4.8). What a check finds wrong is part of the outcome; a responder that does not answer is an error.
func (s *Service) Present(ctx context.Context, der []byte) (Login, error) {
	return s.judge(ctx, der, s.clock(), func(*x509.Certificate) error { return nil })
}

// judge makes the checks one after the other, until one fails.
func (s *Service) judge(ctx context.Context, der []byte, now time.Time, signed func(*x509.Certificate) error) (Login, error) {
	var out Login
	check := func(step Step, err error) bool {
		out.Checks = append(out.Checks, Check{step, err})
		return err == nil
	}
	verifier, err := pki.NewVerifier(certificate.UserAuthentication, s.pinned())
	if err != nil {
		return out, fmt.Errorf("pin the authority: %w", err)
	}
	verified, err := verifier.VerifyChain(der, now)
	if !check(Chain, err) {
		return out, nil
	}
	out.Serial, out.CommonName, out.NotAfter = verified.Serial.String(), verified.Certificate.Subject.CommonName, verified.Certificate.NotAfter
	if !check(Signature, signed(verified.Certificate)) {
		return out, nil
	}
	status, err := s.status(ctx, verified, now)
	var wrong *pki.VerifyError
	if err != nil && !errors.As(err, &wrong) {
		return out, err
	}
	if err == nil {
		err = status.Err()
	}
	out.Accepted = check(Status, err)
	return out, nil
}

// status asks the responder, with a nonce, so that no older answer can be played back.
func (s *Service) status(ctx context.Context, v pki.Verified, now time.Time) (pki.Status, error) {
	var nonce [32]byte
	if _, err := io.ReadFull(rand.Reader, nonce[:]); err != nil {
		return pki.Status{}, fmt.Errorf("draw a nonce: %w", err)
	}
	request, err := pki.NewOCSPRequest(v.Issuer, nonce[:], v.Serial)
	if err != nil {
		return pki.Status{}, fmt.Errorf("make an OCSP request: %w", err)
	}
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, s.ocsp, bytes.NewReader(request))
	if err != nil {
		return pki.Status{}, fmt.Errorf("ask the responder: %w", err)
	}
	post.Header.Set("Content-Type", "application/ocsp-request")
	response, err := s.client.Do(post)
	if err != nil {
		return pki.Status{}, fmt.Errorf("ask the responder: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return pki.Status{}, fmt.Errorf("read the responder's answer: %w", err)
	}
	return pki.CheckOCSPResponse(answer, v.Issuer, v.Serial, now, nonce[:])
}
