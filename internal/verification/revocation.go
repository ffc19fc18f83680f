package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/law"
	"mynumber/internal/pki"
)

// revocation asks the responder, or looks at the list (CERT-030, CERT-031), and says from whom and of when the word is. A word that
// is of now counts, and one that is of the instant judged: a list or an answer that was kept.
//
// Revoked after the instant judged is not revoked at that instant; but no trusted time stamp says that a signature existed
// then, so the verdict says whose word the instant is. Without an instant given, revoked is revoked.
func (p Party) revocation(ctx context.Context, v *Verdict, verified pki.Verified) {
	if p.Offline {
		v.Revocation = &Word{Source: NotAsked}
		v.skip(Revocation, noteOffline)
		return
	}
	var word Word
	var err error
	switch {
	case p.OCSP != nil:
		word, err = p.askResponder(ctx, verified, v.At)
	case p.List != nil:
		word, err = p.readList(ctx, verified, v.At)
	default:
		err = errors.New("neither a responder nor a revocation list is at hand")
	}
	if err != nil {
		v.add(Revocation, err)
		return
	}
	word.AgeSeconds = int64(max(0, p.Now.Sub(word.AsOf)) / time.Second)
	v.Revocation = &word
	if err := v.judge(word, noteSince); err != nil {
		v.add(Revocation, err)
		v.Steps[len(v.Steps)-1].Text = stateWords[word.State]
	} else {
		v.add(Revocation, nil)
	}
	switch word.Source {
	case FromList:
		v.note(noteList, japan(word.AsOf))
	case FromOCSP:
		v.note(noteOCSP, japan(word.AsOf))
	}
}

// judge says what a word means for the instant judged; since is noted of what was revoked after it.
func (v *Verdict) judge(word Word, since law.Text) error {
	switch word.State {
	case "good":
		return nil
	case "unknown":
		return pki.ErrOCSPUnknown
	}
	if v.AtGiven && v.At.Before(word.RevokedAt) {
		v.note(since, japan(word.RevokedAt), word.ReasonText)
		return nil
	}
	return &pki.RevokedError{At: word.RevokedAt, Reason: word.Reason}
}

// eitherInstant tries what is of now, then what is of the instant judged.
func eitherInstant[T any](now, at time.Time, read func(time.Time) (T, error)) (T, error) {
	out, err := read(now)
	if err == nil || at.Equal(now) {
		return out, err
	}
	if then, errThen := read(at); errThen == nil {
		return then, nil
	}
	return out, err
}

func (p Party) askResponder(ctx context.Context, c pki.Verified, at time.Time) (Word, error) {
	nonce, err := p.newNonce()
	if err != nil {
		return Word{}, err
	}
	request, err := pki.NewOCSPRequest(c.Issuer, nonce, c.Serial)
	if err != nil {
		return Word{}, fmt.Errorf("make an OCSP request: %w", err)
	}
	answer, err := p.OCSP(ctx, c.Certificate, request)
	if err != nil {
		return Word{}, fmt.Errorf("ask the responder: %w", err)
	}
	said, err := eitherInstant(p.Now, at, func(t time.Time) (pki.OCSPWord, error) {
		return pki.ReadOCSPResponse(answer, c.Issuer, c.Serial, t, nonce)
	})
	if err != nil {
		return Word{}, err
	}
	word := Word{Source: FromOCSP, State: said.State.String(), AsOf: said.ThisUpdate, NextUpdate: said.NextUpdate}
	if said.State == pki.Revoked {
		word.revoked(said.At, said.Reason)
	}
	return word, nil
}

func (p Party) readList(ctx context.Context, c pki.Verified, at time.Time) (Word, error) {
	r, size, err := p.List(ctx, c.Certificate)
	if err != nil {
		return Word{}, fmt.Errorf("fetch the revocation list: %w", err)
	}
	defer r.Close()
	list, err := pki.OpenCRL(r, size, c.Issuer)
	if err != nil {
		return Word{}, err
	}
	_, err = eitherInstant(p.Now, at, func(t time.Time) (struct{}, error) { return struct{}{}, list.Check(c.Certificate, t) })
	if err != nil {
		return Word{}, err
	}
	word := Word{Source: FromList, State: "good", AsOf: list.ThisUpdate, NextUpdate: list.NextUpdate, Number: list.Number}
	entry, found, err := list.Lookup(c.Serial)
	switch {
	case err != nil:
		return Word{}, err
	case found:
		word.revoked(entry.At, entry.Reason)
	case c.Certificate.NotAfter.Before(list.ThisUpdate): // such entries are dropped
		return Word{}, errors.New("the list is younger than the certificate's end and says nothing of it any more")
	}
	return word, nil
}

func (w *Word) revoked(at time.Time, reason pki.Reason) {
	w.State, w.RevokedAt, w.Reason, w.ReasonText = "revoked", at, reason, reason.String()
	if reason == pki.CertificateHold {
		w.State = "held"
	}
}
