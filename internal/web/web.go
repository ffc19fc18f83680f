// Package web is the pages for applicants, clerks, the issuer and relying services: it parses a form, calls
// one method of office, and shows a page, in Japanese with English beside it, without any script. It decides
// nothing: which act is open says office.Case, why something is refused says the rulebook (law.Refusal), and
// every label that is not a rule's own stands in words.go. It works under the rules of the design document
// (sections 2 and 10): strict content policy, no cross-origin writes, bounded bodies, personal pages that are
// never kept, and nothing of a person in any log.
package web

import (
	"cmp"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"mynumber/internal/login"
	"mynumber/internal/office"
)

// Config is everything the pages stand on.
type Config struct {
	Office   *office.Office
	Sessions *Sessions       // made first, by NewSessions, because the API asks it who is logged in
	Secure   bool            // the pages are reached by HTTPS, at least up to a proxy
	Log      *slog.Logger    // internal errors, each with the reference number that its page shows
	API      http.Handler    // answers below /api/, /ocsp, /crl/ and /ca/; nil for none
	Portal   Portal          // the relying service that people log in to; nil for none
	Provider *login.Provider // the staff's identity provider; nil for none
	Passkeys *login.Passkeys // nil where the address has no name
	Sandbox  Sandbox         // the engineers' playground of the demo; nil in real service
	CardURL  string          // base address of the listener that takes cards, https; empty for none
	Agents   http.Handler    // of card readers at clerks' desks; nil for none
	// Address is a visitor's address, for rate limits. Nil takes the connection's; behind a proxy that is the
	// proxy's own, and this says what to believe instead.
	Address func(*http.Request) string
	// Answering says how far behind the registers the answers about certificates are; nil where none are given.
	Answering func() Answering
}

// pages is the handler of all pages.
type pages struct {
	Config
	views views
}

// route is one line of the list of all pages.
type route struct {
	pattern string
	handle  http.HandlerFunc
	body    int64 // most bytes of a request's body; zero: formBody
}

// Bounds of a request body, in bytes. A photo has at most 7 MB by the rulebook; what a telephone's camera makes still has
// to reach the rule that refuses it with its reason.
const (
	formBody  = 64 << 10
	photoBody = 64 << 20
)

// New makes the handler of all pages, and of the machine faces mounted among them.
func New(c Config) http.Handler {
	p := &pages{Config: c, views: mustViews()}
	if c.Address != nil {
		c.Sessions.address = c.Address
	}
	mux := http.NewServeMux()
	for _, r := range p.routes() {
		mux.Handle(r.pattern, bounded(cmp.Or(r.body, formBody), r.handle))
	}
	mux.Handle("GET /static/", static())
	if c.API != nil {
		mux.Handle("/api/", c.API)
	}
	if c.Agents != nil {
		mux.Handle("POST "+agentPath, p.limited(20, time.Minute)(c.Agents.ServeHTTP))
		mux.Handle(agentPath+"/", c.Agents)
	}
	return p.guard(mux)
}

// routes is every page, in the order in which a case meets them.
func (p *pages) routes() []route {
	link := p.limited(120, time.Minute)
	all := []route{
		{pattern: "GET /{$}", handle: p.home},
		{pattern: "/", handle: p.notFound},

		// Applicants.
		{pattern: "GET /apply", handle: p.applyForm},
		{pattern: "POST /apply", handle: p.saveDraft, body: photoBody},
		{pattern: "POST /apply/online", handle: p.applyOnline},
		{pattern: "GET /apply/{code}", handle: link(p.draft)},
		{pattern: "GET /apply/{code}/qr.png", handle: link(p.draftQR)},
		{pattern: "GET /apply/{code}/photo.jpg", handle: link(p.draftPhoto)},
		{pattern: "GET /apply/{code}/form.json", handle: link(p.draftJSON)},
		{pattern: "GET /apply/{code}/form.pdf", handle: link(p.draftPDF)},
		{pattern: "GET /status", handle: p.statusForm},
		{pattern: "POST /status", handle: p.limited(20, time.Minute)(p.status)},
		{pattern: "GET /my", handle: link(p.my)},
		{pattern: "GET /correct/{link}", handle: link(p.correctForm)},
		{pattern: "POST /correct/{link}", handle: link(p.correct)},
		{pattern: "GET /pin/{link}", handle: link(p.pinScreen)},
		{pattern: "POST /pin/{link}", handle: link(p.setPINs)},

		// Staff.
		{pattern: "GET /enter/{link}", handle: link(p.enterForm)},
		{pattern: "POST /enter/{link}", handle: link(p.enter)},
		{pattern: "POST /logout", handle: p.logout},
		{pattern: "GET /office", handle: p.staff(p.queue)},
		{pattern: "GET /office/new", handle: p.staff(p.fileForm)},
		{pattern: "POST /office/new", handle: p.staff(p.file), body: photoBody},
		{pattern: "GET /office/applications/{id}", handle: p.staff(p.look)},
		{pattern: "GET /office/applications/{id}/candidates", handle: p.staff(p.candidates)},
		{pattern: "GET /office/applications/{id}/photo.jpg", handle: p.staff(p.photo)},
		{pattern: "POST /office/applications/{id}/{act}", handle: p.staff(p.act)},

		// The issuer.
		{pattern: "GET /issuer", handle: p.staff(p.issuer)},
		{pattern: "GET /issuer/keys", handle: p.staff(p.keys)},
		{pattern: "GET /issuer/lists", handle: p.staff(p.lists)},
		{pattern: "POST /issuer/lists", handle: p.staff(p.orderLists)},
		{pattern: "POST /issuer/applications/{id}/{act}", handle: p.staff(p.issuerAct)},
		{pattern: "POST /issuer/cards/search", handle: p.staff(p.searchCards)},
		{pattern: "POST /issuer/cards/{id}/suspend", handle: p.staff(p.suspend)},
		{pattern: "POST /issuer/people/{id}/phone", handle: p.staff(p.phoneCall)},
		{pattern: "POST /issuer/cards/{id}/reports", handle: p.staff(p.passOn)},
	}
	all = slices.Concat(all, p.visitRoutes(link), p.homeRoutes(link), p.openRoutes(), p.windowRoutes(link), p.staffRoutes(link))
	if p.Portal != nil {
		all = append(all, route{pattern: "GET /portal", handle: p.portal}, route{pattern: "POST /portal", handle: link(p.portalLogin)})
	}
	if p.Sandbox != nil {
		all = append(all, p.sandboxRoutes()...)
	}
	return all
}

// sandboxRoutes are the engineers' playground, which a demo alone has.
func (p *pages) sandboxRoutes() []route {
	return []route{
		{pattern: "GET /sandbox", handle: p.sandbox},
		{pattern: "POST /sandbox/login", handle: p.sandboxLogin},
		{pattern: "POST /sandbox/clock", handle: p.sandboxClock},
		{pattern: "POST /sandbox/example", handle: p.sandboxExample},
		{pattern: "POST /sandbox/hand-over", handle: p.sandboxHandOver},
		{pattern: "POST /sandbox/keys", handle: p.sandboxCeremony},
		{pattern: "POST /sandbox/issuer", handle: p.sandboxIssuer},
		{pattern: "GET /sandbox/phone", handle: p.phone},
		{pattern: "POST /sandbox/phone", handle: p.phoneAct},
		{pattern: "GET /sandbox/readers", handle: p.readers},
		{pattern: "POST /sandbox/readers", handle: p.readersAct},
		{pattern: "GET /sandbox/sign", handle: p.signForm},
		{pattern: "POST /sandbox/sign", handle: p.sign, body: photoBody},
	}
}

// homeRoutes are the pages of applications in Japan, of visits, and of the post office.
func (p *pages) homeRoutes(link func(http.HandlerFunc) http.HandlerFunc) []route {
	return []route{
		{pattern: "GET /apply-home", handle: p.onlineStart},
		{pattern: "POST /apply-home", handle: link(p.onlineStart)},
		{pattern: "GET /apply-home/{link}", handle: link(p.onlineForm)},
		{pattern: "POST /apply-home/{link}", handle: link(p.onlineForm), body: photoBody},
		{pattern: "GET /delivery/{link}", handle: link(p.delivery)},
		{pattern: "POST /delivery/{link}", handle: link(p.delivery)},
		{pattern: "GET /outreach", handle: p.askOutreach},
		{pattern: "POST /outreach", handle: link(p.askOutreach)},
		{pattern: "GET /office/outreach", handle: p.staff(p.outreaches)},
		{pattern: "POST /office/outreach/{id}/{act}", handle: p.staff(p.outreachAct)},
		{pattern: "GET /office/applications/{id}/visitor", handle: p.staff(p.visitorForm)},
		{pattern: "POST /office/applications/{id}/visitor", handle: p.staff(p.checkVisitor)},
		{pattern: "GET /issuer/by-post", handle: p.staff(p.byPost)},
		{pattern: "POST /issuer/by-post", handle: p.staff(p.byPost), body: photoBody},
		{pattern: "GET /post", handle: p.staff(p.post)},
		{pattern: "POST /post/{id}/{act}", handle: p.staff(p.postAct)},
	}
}

// openRoutes are the pages for anybody, without login: what can be done, and how.
func (p *pages) openRoutes() []route {
	return []route{
		{pattern: "GET /guide", handle: p.guide},
		{pattern: "GET /guide/all", handle: p.guideAll},
		{pattern: "GET /help", handle: p.help},
		{pattern: "GET /help/{page}", handle: p.helpPage},
		{pattern: "GET /lifeline", handle: p.lifelineForm},
		{pattern: "POST /lifeline", handle: p.lifeline},
		{pattern: "POST /lifeline.ics", handle: p.lifelineCalendar},
		{pattern: "GET /verify", handle: p.verifyForm},
		{pattern: "POST /verify", handle: p.limited(30, time.Minute)(p.verify), body: photoBody},
	}
}

// windowRoutes are the pages of the windows for whatever the rulebook decides, and the holder's screen there.
func (p *pages) windowRoutes(link func(http.HandlerFunc) http.HandlerFunc) []route {
	return []route{
		{pattern: "POST /office/purpose", handle: p.staff(p.purpose)},
		{pattern: "GET /office/people", handle: p.staff(p.findForm)},
		{pattern: "POST /office/people", handle: p.staff(p.find)},
		{pattern: "GET /office/people/{id}", handle: p.staff(p.person)},
		{pattern: "GET /office/people/{id}/do/{procedure}", handle: p.staff(p.performForm)},
		{pattern: "POST /office/people/{id}/do/{procedure}", handle: p.staff(p.perform)},
		{pattern: "POST /office/people/{id}/apply/{procedure}", handle: p.staff(p.applyHome), body: photoBody},
		{pattern: "POST /office/people/{id}/substitutes", handle: p.staff(p.choosePersonSubstitute)},
		{pattern: "POST /office/applications/{id}/substitutes", handle: p.staff(p.chooseCaseSubstitute)},
		{pattern: "GET /office/people/{id}/notify", handle: p.staff(p.notifyForm)},
		{pattern: "POST /office/people/{id}/notify", handle: p.staff(p.notify)},
		{pattern: "POST /office/people/{id}/events/{event}/take-back", handle: p.staff(p.takeBack)},
		{pattern: "POST /office/people/{id}/events/{event}/ask-undo", handle: p.staff(p.askUndoEvent)},
		{pattern: "POST /office/people/{id}/events/{event}/undo", handle: p.staff(p.undoEvent)},
		{pattern: "GET /office/registrations", handle: p.staff(p.newPersonForm)},
		{pattern: "POST /office/registrations", handle: p.staff(p.newPerson)},
		{pattern: "GET /office/network", handle: p.staff(p.network)},
		{pattern: "POST /office/network", handle: p.staff(p.askNetwork)},
		{pattern: "POST /office/network/{id}/note", handle: p.staff(p.noteExchange)},
		{pattern: "GET /office/reader", handle: p.staff(p.deskReader)},
		{pattern: "POST /office/reader", handle: p.staff(p.deskReaderAct)},
		{pattern: "GET /office/chips", handle: p.staff(p.owedChips)},
		{pattern: "POST /office/chips/{id}/{act}", handle: p.staff(p.owedChipAct)},
		{pattern: "GET /office/cases/{id}", handle: p.staff(p.windowCase)},
		{pattern: "POST /office/cases/{id}/{act}", handle: p.staff(p.windowAct)},
		{pattern: "GET /office/letters", handle: p.staff(p.letters)},
		{pattern: "POST /office/letters", handle: p.staff(p.printLetters)},
		{pattern: "GET /office/letters.pdf", handle: p.staff(p.printedPDF)},
		{pattern: "GET /office/letters/{id}/letter.pdf", handle: p.staff(p.letterPDF)},
		{pattern: "POST /office/letters/{id}/{act}", handle: p.staff(p.letterAct)},
		{pattern: "POST /office/print", handle: p.staff(p.printForm)},
		{pattern: "GET /office/forms", handle: p.staff(p.scanForm)},
		{pattern: "POST /office/forms", handle: p.staff(p.scan)},
		{pattern: "GET /office/forms/{reference}", handle: p.staff(p.openForm)},
		{pattern: "GET /office/forms/{reference}/form.pdf", handle: p.staff(p.formPDF)},
		{pattern: "GET /office/messages", handle: p.staff(p.messages)},
		{pattern: "GET /office/messages/{id}", handle: p.staff(p.message)},
		{pattern: "POST /office/messages/{id}/{act}", handle: p.staff(p.messageAct)},
		{pattern: "GET /case-pin/{link}", handle: link(p.casePINs)},
		{pattern: "POST /case-pin/{link}", handle: link(p.typeCasePINs)},
	}
}

// staffRoutes are how staff log in, their own accounts, and the accounts of an office.
func (p *pages) staffRoutes(link func(http.HandlerFunc) http.HandlerFunc) []route {
	return []route{
		{pattern: "POST /status/link", handle: p.limited(6, time.Minute)(p.askDetails)},
		{pattern: "GET /details/{link}", handle: link(p.detailsForm)},
		{pattern: "POST /details/{link}", handle: link(p.showDetails)},
		{pattern: "GET /login", handle: p.loginPage},
		{pattern: "GET /login/provider", handle: link(p.toProvider(false))},
		{pattern: "GET /login/provider/answer", handle: link(p.fromProvider)},
		{pattern: "POST /login/passkey", handle: link(p.passkeyLogin)},
		{pattern: "POST /login/passkey/answer", handle: link(p.passkeyEnter)},
		{pattern: "GET /account", handle: p.staff(p.account)},
		{pattern: "GET /account/provider", handle: p.staff(func(w http.ResponseWriter, r *http.Request, _ office.Actor) { p.toProvider(true)(w, r) })},
		{pattern: "POST /account/passkey", handle: p.staff(p.passkeyAdd)},
		{pattern: "POST /account/passkey/answer", handle: p.staff(p.passkeyAdded)},
		{pattern: "POST /account/{act}", handle: p.staff(p.accountAct)},
		{pattern: "GET /office/destroyed", handle: p.staff(p.destroyed)},
		{pattern: "GET /office/staff", handle: p.staff(p.staffPage)},
		{pattern: "POST /office/staff", handle: p.staff(p.addStaff)},
		{pattern: "POST /office/staff/stand-ins", handle: p.staff(p.standIn)},
		{pattern: "POST /office/staff/{id}/{act}", handle: p.staff(p.staffAct)},
	}
}
