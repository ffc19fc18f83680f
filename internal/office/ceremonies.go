package office

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
)

// CeremonyRecord is the record of a key ceremony as it lies in the registers.
type CeremonyRecord struct {
	Number     int
	Kind       certificate.Kind
	Generation int
	pki.SignedCeremony
}

// CeremonyRequest is what a key ceremony is to make, and who is there.
type CeremonyRequest struct {
	Kind      certificate.Kind
	Algorithm pki.Algorithm
	Program   string // name and version
	Operator  string
	Witnesses []string
	Note      string
	InToken   bool // the keys are made in the first token
	Missing   bool // only if the authority has no key of the algorithm; else nothing happens, or the record of a key without one is written
}

// foundKey is the act's name in the journal.
const foundKey = "found_key"

// placeSealed is where a key in memory lives.
const placeSealed = "sealed in the registers"

// check is what is wrong with the request.
func (r CeremonyRequest) check() error {
	fault := func(field string) error {
		text := law.Text{Ja: "一行で、%d文字までで書いてください。", En: "Write it in one line of at most %d characters."}
		return &Invalid{field, text.Format(pki.LongestCeremonyField)}
	}
	for _, x := range []struct{ field, value string }{{"operator", r.Operator}, {"program", r.Program}} {
		if !pki.CeremonyField(x.value) {
			return fault(x.field)
		}
	}
	for i, w := range r.Witnesses {
		if !pki.CeremonyField(w) {
			return fault("witnesses[" + strconv.Itoa(i) + "]")
		}
	}
	if r.Note != "" && !pki.CeremonyField(r.Note) {
		return fault("note")
	}
	return nil
}

// FoundKey holds a key ceremony: it makes the authority's next key and writes key, record and journal entry in one transaction (CERT-003).
// The record is signed by the new key and by the one before it, which goes on signing lists and answers. *Invalid for what cannot
// stand in a record, ErrStale when another ceremony came first.
func (o *Office) FoundKey(ctx context.Context, who Actor, r CeremonyRequest) (pki.Ceremony, Receipt, error) {
	if err := r.check(); err != nil {
		return pki.Ceremony{}, Receipt{}, err
	}
	if err := o.CAs.Refresh(ctx, o.Store); err != nil {
		return pki.Ceremony{}, Receipt{}, err
	}
	now, have := o.Clock(), o.CAs.of(r.Kind)
	if err := o.may(ctx, who, foundKey, keySubject(r.Kind, len(have)+1)); err != nil {
		return pki.Ceremony{}, Receipt{}, err
	}
	record := pki.Ceremony{Act: pki.CeremonyRotate, At: now.UTC().Truncate(time.Second), Program: r.Program, Operator: r.Operator, Witnesses: r.Witnesses, Note: r.Note, Place: placeSealed}
	old := slices.IndexFunc(have, func(a *pki.Authority) bool { return a.Algorithm() == r.Algorithm })
	if old < 0 {
		record.Act = pki.CeremonyFound
	} else if r.Missing {
		record.Act = pki.CeremonyRecord
		return o.holdCeremony(ctx, who, have[old], nil, record)
	}
	a, err := o.newAuthority(r, len(have)+1, now)
	if err != nil {
		return record, Receipt{}, err
	}
	if ca, _ := a.Places(); ca != "" {
		record.Place = ca
	}
	sealed, err := a.Seal(o.CAs.passphrase, o.Rand)
	if err != nil {
		return record, Receipt{}, fmt.Errorf("seal the authority for %s certificates: %w", r.Kind, err)
	}
	record, receipt, err := o.holdCeremony(ctx, who, a, sealed, record)
	if err == nil {
		o.CAs.add(a)
	}
	return record, receipt, err
}

// newAuthority makes the keys, in memory or in the token, and what they sign of themselves.
func (o *Office) newAuthority(r CeremonyRequest, generation int, now time.Time) (*pki.Authority, error) {
	if !r.InToken {
		return pki.NewAuthority(r.Kind, generation, r.Algorithm, now, o.Rand)
	}
	if len(o.CAs.tokens) == 0 {
		return nil, &Invalid{"token", law.Text{Ja: "トークンが設定されていません。", En: "No token is configured."}}
	}
	var keys pki.Keys
	if _, err := io.ReadFull(o.Rand, keys.Serial[:]); err != nil {
		return nil, fmt.Errorf("draw a serial key: %w", err)
	}
	label := fmt.Sprintf("mynumber-%s-%d-%s", r.Kind, generation, r.Algorithm)
	var err error
	if keys.CA, err = o.CAs.tokens[0].Make(label+"-ca", r.Algorithm); err != nil {
		return nil, err
	}
	if keys.Responder, err = o.CAs.tokens[0].Make(label+"-responder", r.Algorithm); err != nil {
		return nil, err
	}
	return pki.Found(r.Kind, generation, now, keys)
}

// of lists the keys of a kind by generation.
func (a *Authorities) of(kind certificate.Kind) []*pki.Authority {
	return slices.DeleteFunc(slices.Clone(a.All()), func(x *pki.Authority) bool { return x.Kind() != kind })
}

// keySubject is the key as the journal names it.
func keySubject(kind certificate.Kind, generation int) string {
	short := "auth"
	if kind == certificate.Signature {
		short = "sign"
	}
	return fmt.Sprintf("authority/%s-%d", short, generation)
}

// holdCeremony writes the key, sealed unless it is there already, its record and the journal entry.
func (o *Office) holdCeremony(ctx context.Context, who Actor, a *pki.Authority, sealed []byte, c pki.Ceremony) (pki.Ceremony, Receipt, error) {
	facts, err := pki.NewCeremony(a)
	if err != nil {
		return c, Receipt{}, err
	}
	c.Kind, c.Generation, c.Algorithm, c.KeyID, c.Key, c.Cert, c.Responder = facts.Kind, facts.Generation, facts.Algorithm, facts.KeyID, facts.Key, facts.Cert, facts.Responder
	receipt, err := o.act(ctx, who, foundKey, keySubject(a.Kind(), a.Generation()), func(t *turn) error {
		all, err := t.Authorities()
		if err != nil {
			return err
		}
		records, err := t.Ceremonies()
		if err != nil {
			return err
		}
		if c.Act == pki.CeremonyRecord {
			if i := slices.IndexFunc(records, func(r CeremonyRecord) bool { return r.Kind == c.Kind && r.Generation == c.Generation }); i >= 0 {
				t.already = true
				c, err = pki.ParseCeremony(records[i].Text)
				return err
			}
		} else {
			newest := slices.DeleteFunc(all, func(s SealedAuthority) bool { return s.Kind != c.Kind })
			if len(newest)+1 != c.Generation {
				return ErrStale
			}
			if err := t.PutAuthority(SealedAuthority{Kind: c.Kind, Generation: c.Generation, Sealed: sealed, Created: t.now}); err != nil {
				return err
			}
		}
		return t.writeCeremony(a, &c, records)
	})
	return c, receipt, err
}

// writeCeremony signs the record behind those that there are, whose chain has to hold.
func (t *turn) writeCeremony(a *pki.Authority, c *pki.Ceremony, records []CeremonyRecord) error {
	if _, err := t.office.CAs.checkCeremonies(records); err != nil {
		return err
	}
	c.Number = len(records) + 1
	if n := len(records); n > 0 {
		c.Previous = pki.Fingerprint(records[n-1].Text)
	}
	before := t.office.CAs.Of(c.Kind, c.Generation-1)
	if before != nil {
		c.Before = before.Generation()
	}
	signed, err := a.SignCeremony(*c, before)
	if err != nil {
		return err
	}
	keys, err := procedure.DaysOfKey(civil.DateOf(a.Certificate().NotBefore), civil.DateOf(a.Certificate().NotAfter))
	if err != nil {
		return err
	}
	t.because(keys.Basis)
	t.detail = fmt.Sprintf("%s %s, record %d %s", c.Act, c.Algorithm, c.Number, pki.Fingerprint(signed.Text))
	return t.PutCeremony(CeremonyRecord{c.Number, c.Kind, c.Generation, signed})
}

// checkCeremonies proves the chain of the records.
func (a *Authorities) checkCeremonies(records []CeremonyRecord) ([]pki.Ceremony, error) {
	signed := make([]pki.SignedCeremony, len(records))
	for i, r := range records {
		signed[i] = r.SignedCeremony
	}
	return pki.CheckCeremonies(signed, func(kind certificate.Kind, generation int) *x509.Certificate {
		if x := a.Of(kind, generation); x != nil {
			return x.Certificate()
		}
		return nil
	})
}

// KeyGeneration is one key of an authority as the issuer sees it.
type KeyGeneration struct {
	Authority *pki.Authority
	Planned   uint64 // certificates so far
	Days      procedure.KeyDays
	Issues    bool          // certificates are issued with it today
	IsDue     bool          // the next key of its algorithm is due
	Record    *pki.Ceremony // of its making; nil for none
}

// KeyBook is every key of both authorities with the records of their making.
type KeyBook struct {
	Keys    []KeyGeneration
	Records []CeremonyRecord
	Fault   error // what does not hold in the records' chain
}

// Keys are the authorities' keys, as list.keys lets the actor see them.
func (o *Office) Keys(ctx context.Context, who Actor) (KeyBook, error) {
	var book KeyBook
	if err := o.CAs.Refresh(ctx, o.Store); err != nil {
		return book, err
	}
	var sealed []SealedAuthority
	err := o.read(ctx, who, "list.keys", func(t *turn) error {
		var err, other error
		sealed, err = t.Authorities()
		book.Records, other = t.Ceremonies()
		return errors.Join(err, other)
	})
	if err != nil {
		return book, err
	}
	parsed, fault := o.CAs.checkCeremonies(book.Records)
	book.Fault = fault
	now := o.Clock()
	for _, s := range sealed {
		a := o.CAs.Of(s.Kind, s.Generation)
		if a == nil {
			continue // founded after the refresh
		}
		k := KeyGeneration{Authority: a, Planned: s.Planned, Issues: o.CAs.Issuing(s.Kind, a.Algorithm(), now) == a}
		if k.Days, err = procedure.DaysOfKey(civil.DateOf(a.Certificate().NotBefore), civil.DateOf(a.Certificate().NotAfter)); err != nil {
			return book, err
		}
		k.IsDue = k.Issues && !civil.DateOf(now).Before(k.Days.Due)
		if i := slices.IndexFunc(parsed, func(c pki.Ceremony) bool { return c.Kind == s.Kind && c.Generation == s.Generation }); i >= 0 {
			k.Record = &parsed[i]
		}
		book.Keys = append(book.Keys, k)
	}
	return book, nil
}
