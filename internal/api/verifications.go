package api

import (
	"context"
	"crypto"
	"errors"
	"net/http"
	"time"

	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/verification"
)

// verify judges a certificate, a signature or a signed PDF as a relying party does. It reads no register of people, keeps nothing and
// logs nothing of it.
func (s *server) verify(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Certificate []byte    `json:"certificate"`
		Signature   []byte    `json:"signature"`
		CMS         []byte    `json:"cms"`
		Content     []byte    `json:"content"`
		Digest      []byte    `json:"digest"`
		Hash        string    `json:"hash"`
		PDF         []byte    `json:"pdf"`
		At          time.Time `json:"at"`
		CardOnly    bool      `json:"card_only"`
		Kind        string    `json:"kind"`
		Revocation  string    `json:"revocation"`
	}
	if !s.read(w, r, &body) {
		return
	}
	party, err := s.relying(body.Revocation)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	party.At, party.CardOnly = body.At, body.CardOnly
	if body.Kind != "" && party.Kind.UnmarshalText([]byte(body.Kind)) != nil {
		s.fail(w, r, &office.Invalid{Field: "kind", Text: law.Text{Ja: "signature か user_authentication です。", En: "One of signature and user_authentication."}})
		return
	}
	q := question{certificate: body.Certificate, signature: body.Signature, cms: body.CMS, content: body.Content, digest: body.Digest, hash: body.Hash, pdf: body.PDF}
	v, err := q.judge(r.Context(), party)
	switch {
	case errors.Is(err, verification.ErrUnreadable):
		err = &office.Invalid{Field: q.field(), Text: law.Text{Ja: "証明書・署名・PDFとして読めません。", En: "It cannot be read as a certificate, a signature or a PDF."}}
	case errors.Is(err, verification.ErrFuture):
		err = &office.Invalid{Field: "at", Text: law.Text{Ja: "これから来る時点は判定できません。", En: "An instant that has not come cannot be judged."}}
	}
	w.Header().Set("Cache-Control", "no-store")
	s.answer(w, r, v, err)
}

// relying is the relying party that hears of revocation from the named source.
func (s *server) relying(source string) (verification.Party, error) {
	p := s.office.Relying()
	switch verification.Source(source) {
	case "", verification.FromOCSP:
	case verification.FromList:
		p.OCSP = nil
	case verification.NotAsked:
		p.Offline = true
	default:
		return p, &office.Invalid{Field: "revocation", Text: law.Text{Ja: "ocsp、crl、not_asked のどれかです。", En: "One of ocsp, crl and not_asked."}}
	}
	return p, nil
}

// question is what is to be judged.
type question struct {
	certificate, signature, cms, content, digest, pdf []byte
	hash                                              string
}

var hashes = map[string]crypto.Hash{"sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512}

// field is the field that says what is to be judged.
func (q question) field() string {
	switch {
	case q.pdf != nil:
		return "pdf"
	case q.cms != nil:
		return "cms"
	}
	return "certificate"
}

func (q question) judge(ctx context.Context, party verification.Party) (verification.Verdict, error) {
	given := 0
	for _, b := range [][]byte{q.pdf, q.cms, q.certificate} {
		if b != nil {
			given++
		}
	}
	if given != 1 {
		return verification.Verdict{}, &office.Invalid{Field: "certificate", Text: law.Text{Ja: "certificate、cms、pdf のどれか一つを送ってください。", En: "Send one of certificate, cms and pdf."}}
	}
	switch {
	case q.pdf != nil:
		return party.PDF(ctx, q.pdf)
	case q.cms == nil && q.signature == nil:
		return party.Certificate(ctx, q.certificate)
	}
	hash, known := hashes[q.hash]
	if q.digest != nil && (!known || len(q.digest) != hash.Size()) {
		return verification.Verdict{}, &office.Invalid{Field: "digest", Text: law.Text{Ja: "hash(sha256、sha384、sha512)と、その長さの digest を送ってください。", En: "Send hash (sha256, sha384 or sha512) and a digest of its length."}}
	}
	if (q.digest == nil) == (q.content == nil) {
		return verification.Verdict{}, &office.Invalid{Field: "content", Text: law.Text{Ja: "署名された内容を content か digest で送ってください。", En: "Send what was signed, as content or as digest."}}
	}
	digest := verification.DigestOf(q.content)
	if q.digest != nil {
		digest = func(by crypto.Hash) []byte {
			if by != hash {
				return nil
			}
			return q.digest
		}
	}
	if q.cms != nil {
		return party.Signature(ctx, q.cms, digest)
	}
	if !known {
		hash = crypto.SHA256
	}
	return party.Message(ctx, q.certificate, hash, digest(hash), q.signature)
}
