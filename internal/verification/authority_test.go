package verification

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"mynumber/internal/pki"
)

// TestAuthorityRevocation: whoever relies on a certificate looks its authority's own certificate up in the list that the authority's
// generations publish of their own (ARL); what a withdrawn generation signed is not good from that day.
func TestAuthorityRevocation(t *testing.T) {
	w := theWorld()
	midnight := noon.Add(-12 * time.Hour)
	made := func(a *pki.Authority, at time.Time, entries ...pki.RevokedEntry) []byte {
		var b bytes.Buffer
		err := a.WriteARL(&b, pki.ARL{Number: 5, ThisUpdate: at, NextUpdate: at.Add(48 * time.Hour), Entries: func(yield func(pki.RevokedEntry, error) bool) {
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	withdrawn := func(a *pki.Authority, at time.Time) pki.RevokedEntry {
		serial, err := pki.SerialOf(a.Certificate().SerialNumber)
		if err != nil {
			t.Fatal(err)
		}
		return pki.RevokedEntry{Serial: serial, At: at, Reason: pki.CACompromise}
	}
	// lists are what each generation publishes; nil for nothing.
	lists := func(sign, older []byte) FetchList {
		return func(_ context.Context, signer *x509.Certificate) (List, int64, error) {
			der := map[string][]byte{string(w.sign.Certificate().SubjectKeyId): sign, string(w.older.Certificate().SubjectKeyId): older}[string(signer.SubjectKeyId)]
			if der == nil {
				return nil, 0, ErrNoList
			}
			return InMemory(der)
		}
	}
	yesterday := noon.AddDate(0, 0, -1)
	empty, emptyOlder := made(w.sign, midnight), made(w.older, midnight)
	tests := []struct {
		name string
		der  []byte
		arl  FetchList
		at   time.Time
		want string
		by   *pki.Authority // whose list gave the word
	}{
		{"empty lists", w.card, lists(empty, emptyOlder), time.Time{}, "good", w.sign},
		{"its own list names it", w.card, lists(made(w.sign, midnight, withdrawn(w.sign, yesterday)), emptyOlder), time.Time{}, "authority_revocation", w.sign},
		{"the other generation's list names it", w.old, lists(made(w.sign, midnight, withdrawn(w.older, yesterday)), emptyOlder), time.Time{}, "authority_revocation", w.sign},
		{"the other generation is withdrawn", w.card, lists(made(w.sign, midnight, withdrawn(w.older, yesterday)), emptyOlder), time.Time{}, "good", w.sign},
		{"withdrawn after the instant judged", w.card, lists(made(w.sign, midnight, withdrawn(w.sign, yesterday)), emptyOlder), yesterday.Add(-time.Second), "good", w.sign},
		{"withdrawn at the instant judged", w.card, lists(made(w.sign, midnight, withdrawn(w.sign, yesterday)), emptyOlder), yesterday, "authority_revocation", w.sign},
		{"only the other generation has a list", w.card, lists(nil, emptyOlder), time.Time{}, "good", w.older},
		{"no list", w.card, lists(nil, nil), time.Time{}, "authority_revocation", nil},
		{"an old list", w.card, lists(made(w.sign, midnight.AddDate(0, 0, -4)), emptyOlder), time.Time{}, "authority_revocation", nil},
		{"another generation's list in its place", w.card, lists(emptyOlder, nil), time.Time{}, "authority_revocation", nil},
		{"junk", w.card, lists([]byte("list"), emptyOlder), time.Time{}, "authority_revocation", nil},
		{"not looked at", w.card, nil, time.Time{}, "good", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := w.party(t, goodStatus)
			p.ARL, p.At = test.arl, test.at
			v, err := p.Certificate(t.Context(), test.der)
			if err != nil || outcome(v) != test.want {
				t.Fatalf("%s %v, want %s: %+v", outcome(v), err, test.want, v.Steps)
			}
			word := v.AuthorityRevocation
			if test.by == nil {
				if word != nil {
					t.Errorf("a word: %+v", word)
				}
				return
			}
			if word == nil || word.Source != FromARL || word.Number != 5 || word.AgeSeconds != 12*3600 || word.Signer != hex.EncodeToString(test.by.Certificate().SubjectKeyId) {
				t.Fatalf("the word is %+v", word)
			}
			var text strings.Builder
			if err := Print(&text, v); err != nil || !strings.Contains(text.String(), "arl: "+word.State) || !strings.Contains(text.String(), word.Signer) {
				t.Errorf("%v\n%s", err, text.String())
			}
		})
	}
	broken := w.party(t, goodStatus)
	broken.ARL = func(context.Context, *x509.Certificate) (List, int64, error) { return nil, 0, errors.New("no line") }
	if v, err := broken.Certificate(t.Context(), w.card); err != nil || outcome(v) != "authority_revocation" {
		t.Errorf("%s %v", outcome(v), err)
	}
}

// TestEndedAuthoritysList: the last list of a generation that is over serves for the instants before its end: nobody can make a newer one.
func TestEndedAuthoritysList(t *testing.T) {
	w := theWorld()
	over := w.sign.Certificate().NotAfter
	var b bytes.Buffer
	if err := w.sign.WriteARL(&b, pki.ARL{Number: 9, ThisUpdate: over.Add(-time.Hour), NextUpdate: over.Add(47 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	p := w.party(t, goodStatus)
	p.ARL = func(_ context.Context, signer *x509.Certificate) (List, int64, error) {
		if !signer.Equal(w.sign.Certificate()) {
			return nil, 0, ErrNoList
		}
		return InMemory(b.Bytes())
	}
	for now, want := range map[time.Time]string{noon: "authority_revocation", over.AddDate(0, 1, 0): "good"} {
		p.Now, p.At = now, noon
		if v, err := p.Certificate(t.Context(), w.card); err != nil || outcome(v) != want {
			t.Errorf("at %s: %s %v, want %s: %+v", now, outcome(v), err, want, v.Steps)
		}
	}
}
