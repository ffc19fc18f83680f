package web

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

var issuerTitle = law.Text{Ja: "機構の窓口", En: "The issuer's desk"}

// authorityLine is one key of a certification authority.
type authorityLine struct {
	Kind        law.Text
	Short       string // sign, auth: as in the addresses of relying parties
	Generation  int
	Algorithm   law.Text
	Subject     string
	Fingerprint string // SHA-256 of the certificate
	From, To    string
	Lists       []listLink
}

// listLink is a revocation list by municipality.
type listLink struct {
	Path string
	Name law.Text
}

// shortKinds are the authorities' names in addresses.
var shortKinds = map[certificate.Kind]string{certificate.Signature: "sign", certificate.UserAuthentication: "auth"}

// authorities are the keys that relying parties pin; none when the installation has no authority yet.
func (p *pages) authorities() []authorityLine {
	if p.Office.CAs == nil {
		return nil
	}
	var out []authorityLine
	for _, a := range p.Office.CAs.All() {
		c := a.Certificate()
		out = append(out, authorityLine{
			Kind: word(kindWords, a.Kind()), Short: shortKinds[a.Kind()], Generation: a.Generation(), Algorithm: word(algorithmWords, a.Algorithm().String()), Subject: c.Subject.String(),
			Fingerprint: fingerprint(c.Raw), From: civil.DateOf(c.NotBefore).String(), To: civil.DateOf(c.NotAfter).String(),
		})
	}
	return out
}

// fingerprint is the SHA-256 of a certificate in pairs, as it is read aloud.
func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return inPairs(sum[:])
}

// inPairs is bytes in hexadecimal, pair by pair.
func inPairs(b []byte) string { return strings.ReplaceAll(fmt.Sprintf("% X", b), " ", ":") }

// issuerView is the issuer's desk.
type issuerView struct {
	Operator    bool
	StopLine    bool
	Examine     []queueLine // from Japan, to be compared with the resident record
	Produce     []queueLine // to be made
	Dispatch    []queueLine // made, to be sent
	Others      []queueLine
	Authorities []authorityLine
	ListsFaulty int // revocation lists of which a newer one was not published, or that are overdue
	OwedChips   int // chips of ended cards to be erased
	Answering   *Answering
	KeyDue      bool // an authority's next key is due
	Search      inputs
	Faults      []input
	Elsewhere   []office.Invalid // faults of fields that the page does not have
	Found       []stopLine
}

// stopLine is a card that the caller may mean.
type stopLine struct {
	ID    string
	Name  string
	Word  law.Text
	Until civil.Date

	Person, Key string // whose it is, and the key of what is done about their phone
}

func searchInputs() inputs {
	return inputs{
		{Name: "name", Kind: "text", Required: true, Label: law.Text{Ja: "氏名(かな可)", En: "Name (kana will do)"}},
		{Name: "birth", Kind: "text", Required: true, Label: law.Text{Ja: "生年月日", En: "Date of birth"}, Hint: law.Text{Ja: "例 昭和63年5月17日、1988-05-17", En: "For example 1988-05-17"}},
	}
}

func (p *pages) issuer(w http.ResponseWriter, r *http.Request, who office.Actor) {
	view := issuerView{Search: searchInputs()}
	if act := p.Sessions.kept(r.Context(), r.URL.Path); act != nil {
		view.Search, _ = view.Search.with(act.Typed.Get, nil)
	}
	p.showIssuer(w, r, http.StatusOK, who, view)
}

// showIssuer shows the desk to whoever works at the issuer; for others it does not exist.
func (p *pages) showIssuer(w http.ResponseWriter, r *http.Request, status int, who office.Actor, view issuerView) {
	if who.Office != place.Issuer {
		p.notFound(w, r)
		return
	}
	if p.Answering != nil {
		now := p.Answering()
		view.Answering = &now
	}
	view.Operator, view.StopLine, view.Authorities = who.Role == office.Operator, who.Role == office.StopLine, p.authorities()
	if view.Operator {
		lines, err := p.Office.Queue(r.Context(), who)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		for _, l := range p.queueLines(lines) {
			switch {
			case slices.Contains(examined, l.Application.State):
				view.Examine = append(view.Examine, l)
			case l.Mine && (l.Card == nil || l.Card.State == card.Planned):
				view.Produce = append(view.Produce, l)
			case l.Mine:
				view.Dispatch = append(view.Dispatch, l)
			default:
				view.Others = append(view.Others, l)
			}
		}
		p.addLists(view.Authorities, lines)
		lists, err := p.Office.ListBook(r.Context(), who)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		view.ListsFaulty = lists.Faulty + lists.Behind
		chips, err := p.Office.OwedChips(r.Context(), who)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		view.OwedChips = len(chips)
		book, err := p.Office.Keys(r.Context(), who)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		view.KeyDue = slices.ContainsFunc(book.Keys, func(k office.KeyGeneration) bool { return k.IsDue })
	}
	p.show(w, r, status, "issuer", issuerTitle, view)
}

// examined are the states in which the reception centre has an application from Japan.
var examined = []application.State{application.Applied, application.Forwarded, application.Received, application.Defective}

// addLists links the revocation lists of the municipalities in the queue.
func (p *pages) addLists(authorities []authorityLine, lines []office.Line) {
	seen := map[place.Code]bool{}
	for _, l := range lines {
		code := l.Application.InCharge
		if seen[code] {
			continue
		}
		seen[code] = true
		for i := range authorities {
			a := &authorities[i]
			a.Lists = append(a.Lists, listLink{"/crl/" + a.Short + "/" + strconv.Itoa(a.Generation) + "/" + code.Five() + ".crl", office.PlaceName(code, p.today())})
		}
	}
}

func (p *pages) issuerAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	f, ok := map[string]func(*pages) (office.Receipt, error){
		"produce":  func(p *pages) (office.Receipt, error) { return p.Office.Produce(r.Context(), who, r.PathValue("id")) },
		"dispatch": func(p *pages) (office.Receipt, error) { return p.Office.Dispatch(r.Context(), who, r.PathValue("id")) },
	}[r.PathValue("act")]
	if !ok {
		p.notFound(w, r)
		return
	}
	receipt, err := f(p)
	p.afterIssuer(w, r, receipt, err)
}

func (p *pages) afterIssuer(w http.ResponseWriter, r *http.Request, receipt office.Receipt, err error) {
	if err != nil {
		p.failBack(w, r, err, "/issuer")
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/issuer", http.StatusSeeOther)
}

// searchCards finds the card of a caller. It is posted, so that no name stands in an address.
func (p *pages) searchCards(w http.ResponseWriter, r *http.Request, who office.Actor) {
	found, err := p.Office.CardsToStop(r.Context(), who, office.CallerRequest{Name: r.PostFormValue("name"), Birth: r.PostFormValue("birth")})
	status := statusOf(err)
	if err != nil && status != http.StatusUnprocessableEntity {
		p.failBack(w, r, err, "/issuer")
		return
	}
	var view issuerView
	if err == nil {
		status = http.StatusOK
	}
	view.Search, view.Elsewhere = searchInputs().with(r.PostFormValue, faultsOf(err))
	view.Faults = view.Search.Faults()
	for _, f := range found {
		view.Found = append(view.Found, stopLine{f.Card.ID, f.Name, word(cardWords, f.Card.State), f.Card.Until, f.Card.PersonID, rand.Text()})
	}
	p.showIssuer(w, r, status, who, view)
}

func (p *pages) suspend(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := p.Office.Suspend(r.Context(), who, r.PathValue("id"), ticked(r, "caller_is_holder"))
	p.afterIssuer(w, r, receipt, err)
}

// phoneCall stops or revokes what is on a lost phone (SPC-022, SPC-023); the card works on.
func (p *pages) phoneCall(w http.ResponseWriter, r *http.Request, who office.Actor) {
	told := procedure.Situation{Channel: rules.Telephone, Phone: procedure.Phone{Kind: procedure.PhoneKind(r.PostFormValue("kind")), AtHand: procedure.No}}
	if ticked(r, "caller_is_holder") {
		told.Visitor.Who = rules.Holder
	}
	code := rules.PhoneStop
	if r.PostFormValue("what") == "revoke" {
		code = rules.PhoneRevoke
	}
	_, receipt, err := p.Office.TakeIn(r.Context(), who, office.WindowRequest{RequestKey: r.PostFormValue("request_key"), PersonID: r.PathValue("id"), Procedure: code, Told: told})
	p.afterIssuer(w, r, receipt, err)
}

// passOn writes down what a caller reported besides a loss.
func (p *pages) passOn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := p.Office.PassOn(r.Context(), who, r.PathValue("id"), office.ReportRequest{Kind: rules.Report(r.PostFormValue("kind")), Note: r.PostFormValue("note")})
	p.afterIssuer(w, r, receipt, err)
}

// clockField is an instant for a page's field, in Japan's time.
func clockField(t time.Time) string { return t.In(civil.JST).Format("2006-01-02T15:04") }
