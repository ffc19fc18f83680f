package verification

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// ErrNoList says that a generation of an authority publishes no list of its own certificates that could be had.
var ErrNoList = errors.New("no list of the authority's own certificates is at hand")

// authority looks the issuer's own certificate up in the lists that the authority publishes of its own (認証局失効リスト, ARL): its
// generation's, and those of the other pinned generations that are good now, any of which may have withdrawn it. What a withdrawn
// generation signed is not good from that day.
func (p Party) authority(ctx context.Context, v *Verdict, kind certificate.Kind, issuer *x509.Certificate) {
	switch {
	case p.Offline:
		v.skip(AuthorityRevocation, noteOffline)
		return
	case p.ARL == nil:
		v.skip(AuthorityRevocation, skippedARL)
		return
	}
	word, err := p.readOwnLists(ctx, kind, issuer, v.At)
	if err != nil {
		v.add(AuthorityRevocation, err)
		return
	}
	word.AgeSeconds = int64(max(0, p.Now.Sub(word.AsOf)) / time.Second)
	v.AuthorityRevocation = &word
	if err := v.judge(word, noteWithdrawn); err != nil {
		v.add(AuthorityRevocation, err)
		v.Steps[len(v.Steps)-1].Text = withdrawnWords
	} else {
		v.add(AuthorityRevocation, nil)
	}
}

// readOwnLists is the word of the first list that names the certificate, or of the issuer's own generation where none does, or of another
// where that has none.
func (p Party) readOwnLists(ctx context.Context, kind certificate.Kind, issuer *x509.Certificate, at time.Time) (Word, error) {
	signers := []*x509.Certificate{issuer}
	for _, other := range p.Pinned[kind] {
		if !bytes.Equal(other.Raw, issuer.Raw) && !p.Now.Before(other.NotBefore) && !p.Now.After(other.NotAfter) {
			signers = append(signers, other)
		}
	}
	word, err := Word{}, ErrNoList
	for _, signer := range signers {
		said, errNow := p.readOwnList(ctx, signer, issuer, at)
		switch {
		case errors.Is(errNow, ErrNoList):
			continue
		case errNow != nil:
			return Word{}, errNow
		case said.State != "good":
			return said, nil
		case err != nil:
			word, err = said, nil
		}
	}
	return word, err
}

// readOwnList is what the list that one generation signs of the authority's certificates says of one of them.
func (p Party) readOwnList(ctx context.Context, signer, subject *x509.Certificate, at time.Time) (Word, error) {
	r, size, err := p.ARL(ctx, signer)
	if err != nil {
		return Word{}, fmt.Errorf("fetch the authority's list: %w", err)
	}
	defer r.Close()
	list, err := pki.OpenCRL(r, size, signer)
	if err != nil {
		return Word{}, err
	}
	_, err = eitherInstant(p.Now, at, func(t time.Time) (struct{}, error) { return struct{}{}, list.Check(subject, t) })
	last := p.Now.After(signer.NotAfter) && !at.After(list.NextUpdate) // nobody can make a newer one, and nothing leaves such a list
	if err != nil && !(errors.Is(err, pki.ErrCRLPeriod) && last) {
		return Word{}, err
	}
	serial, err := pki.SerialOf(subject.SerialNumber)
	if err != nil {
		return Word{}, err
	}
	entry, found, err := list.Lookup(serial)
	word := Word{Source: FromARL, State: "good", AsOf: list.ThisUpdate, NextUpdate: list.NextUpdate, Number: list.Number, Signer: hex.EncodeToString(signer.SubjectKeyId)}
	if found {
		word.revoked(entry.At, entry.Reason)
	}
	return word, err
}
