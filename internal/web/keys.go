package web

import (
	"net/http"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

var keysTitle = law.Text{Ja: "認証局の鍵", En: "Keys of the authorities"}

// algorithmWords are the algorithms in words.
var algorithmWords = map[string]law.Text{
	"rsa2048": {Ja: "RSA 2048(今のカード)", En: "RSA 2048, the card of today"},
	"p384":    {Ja: "ECDSA P-384(次のカード)", En: "ECDSA P-384, the next card"},
}

// ceremonyWords are what a key ceremony did.
var ceremonyWords = map[string]law.Text{
	"found": {Ja: "最初の鍵を作った", En: "made the first key of its kind"}, "rotate": {Ja: "次の鍵を作った", En: "made the next key"}, "record": {Ja: "前からある鍵を記録した", En: "recorded a key that was there"},
}

// generationLine is one key of an authority.
type generationLine struct {
	Kind                law.Text
	Generation          int
	Algorithm           law.Text
	From, To            civil.Date
	Issues, Due         bool
	Planned             uint64
	LastFull, NextDue   civil.Date
	KeyID, Fingerprint  string
	Did                 law.Text
	When, Place         string
	Record              int // number of the record; 0 for none
	Operator, Witnesses string
}

// keysView is every key with the records of their making.
type keysView struct {
	Keys    []generationLine
	Records []recordLine
	Broken  bool // the records' chain does not hold
	Demo    bool
}

// recordLine is the record of a ceremony as it is signed.
type recordLine struct {
	Number int
	Text   string
}

// keys shows the authorities' keys to the issuer's operator.
func (p *pages) keys(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if who.Office != place.Issuer {
		p.notFound(w, r)
		return
	}
	book, err := p.Office.Keys(r.Context(), who)
	if err != nil {
		p.failBack(w, r, err, "/issuer")
		return
	}
	view := keysView{Keys: generationLines(book), Broken: book.Fault != nil, Demo: p.Sandbox != nil}
	for _, x := range book.Records {
		view.Records = append(view.Records, recordLine{x.Number, string(x.Text)})
	}
	p.show(w, r, http.StatusOK, "keys", keysTitle, view)
}

func generationLines(book office.KeyBook) []generationLine {
	var out []generationLine
	for _, k := range book.Keys {
		a := k.Authority
		cert := a.Certificate()
		line := generationLine{Kind: word(kindWords, a.Kind()), Generation: a.Generation(), Algorithm: word(algorithmWords, a.Algorithm().String()),
			From: civil.DateOf(cert.NotBefore), To: civil.DateOf(cert.NotAfter), Issues: k.Issues, Due: k.IsDue, Planned: k.Planned,
			LastFull: k.Days.LastFull, NextDue: k.Days.Due, KeyID: inPairs(cert.SubjectKeyId), Fingerprint: fingerprint(cert.Raw)}
		if c := k.Record; c != nil {
			line.Record, line.Did, line.When, line.Place, line.Operator = c.Number, word(ceremonyWords, string(c.Act)), moment(c.At), c.Place, c.Operator
			for i, name := range c.Witnesses {
				if i > 0 {
					line.Witnesses += "、"
				}
				line.Witnesses += name
			}
		}
		out = append(out, line)
	}
	return out
}

// sandboxCeremony holds a key ceremony, so that a clock moved by years can go on.
func (p *pages) sandboxCeremony(w http.ResponseWriter, r *http.Request) {
	kinds := map[string]certificate.Kind{"sign": certificate.Signature, "auth": certificate.UserAuthentication}
	kind, ok := kinds[r.PostFormValue("kind")]
	if !ok {
		p.failBack(w, r, office.ErrNotFound, "/sandbox")
		return
	}
	if err := p.Sandbox.HoldCeremony(r.Context(), kind, r.PostFormValue("algorithm")); err != nil {
		p.failBack(w, r, err, "/sandbox")
		return
	}
	http.Redirect(w, r, "/sandbox#keys", http.StatusSeeOther)
}

// sandboxKeys are the keys for the playground.
func (p *pages) sandboxKeys(r *http.Request) ([]generationLine, error) {
	if p.Office.CAs == nil {
		return nil, nil
	}
	book, err := p.Office.Keys(r.Context(), office.Console(place.Issuer))
	return generationLines(book), err
}
