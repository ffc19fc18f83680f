// Package api is the machine faces: the acts as JSON, and certificate status, revocation lists and authorities'
// certificates over plain HTTP as a public key infrastructure expects. It reads, calls one method of office,
// and writes; openapi.yaml in this folder is the contract.
package api

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-chi/httprate"

	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/office"
)

// Identify tells which member of staff a request comes from; false for nobody.
type Identify func(*http.Request) (office.Actor, bool)

// Bounds of a request body, in bytes.
const (
	maxJSON = 12 << 20 // a photo of 7 MB in base64, and the form
)

// Requests a minute from one address.
const (
	statusTries = 10
	linkTries   = 60
)

//go:embed openapi.yaml
var contract []byte

type server struct {
	office   *office.Office
	identify Identify
	log      *slog.Logger
	underway underway

	responder http.Handler // of OCSP; nil for none
	forgot    atomic.Int64 // the hour in which old answers were dropped
}

// New is the handler of everything below /api/v1, /crl and /ca, and of /ocsp, where the responder answers; nil for none.
func New(o *office.Office, identify Identify, responder http.Handler) http.Handler {
	s := &server{office: o, identify: identify, responder: responder, log: o.Log, underway: underway{keys: map[string]chan struct{}{}}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
		w.Write(contract)
	})

	// For anybody: the rulebook. A decision costs no query.
	mux.HandleFunc("POST /api/v1/decisions", s.decide)
	mux.HandleFunc("POST /api/v1/lifelines", s.lifeline)
	mux.HandleFunc("GET /api/v1/decision.schema.json", s.decisionSchema)

	// For anybody, and for applicants by mailed link: nobody tries keys and links by the thousand.
	guess, link := s.limited(statusTries), s.limited(linkTries)
	mux.HandleFunc("POST /api/v1/drafts", link(s.saveDraft))
	s.detailRoutes(mux, guess, link)
	mux.HandleFunc("POST /api/v1/corrections/{link}", link(s.correct))
	mux.HandleFunc("POST /api/v1/pins/{link}", link(s.setPINs))
	mux.HandleFunc("POST /api/v1/phone-certificates", link(s.phone))

	// For clerks.
	mux.HandleFunc("GET /api/v1/applications", s.staff(s.queue))
	mux.HandleFunc("POST /api/v1/applications", s.staff(s.file))
	mux.HandleFunc("GET /api/v1/applications/{id}", s.staff(s.look))
	mux.HandleFunc("POST /api/v1/applications/{id}/forward", s.act((*office.Office).Forward))
	mux.HandleFunc("POST /api/v1/applications/{id}/receive-papers", s.act((*office.Office).ReceivePapers))
	mux.HandleFunc("GET /api/v1/applications/{id}/candidates", s.staff(s.candidates))
	mux.HandleFunc("POST /api/v1/applications/{id}/identify", s.staff(s.identifyPerson))
	mux.HandleFunc("POST /api/v1/applications/{id}/ask-back", s.staff(s.askBack))
	mux.HandleFunc("POST /api/v1/applications/{id}/accept", s.staff(s.accept))
	mux.HandleFunc("POST /api/v1/applications/{id}/reject", s.act((*office.Office).Reject))
	mux.HandleFunc("POST /api/v1/applications/{id}/cancel", s.act((*office.Office).Cancel))
	mux.HandleFunc("POST /api/v1/applications/{id}/announce", s.act((*office.Office).Announce))
	mux.HandleFunc("POST /api/v1/applications/{id}/check-identity", s.staff(s.checkIdentity))
	mux.HandleFunc("POST /api/v1/applications/{id}/take-fee", s.act((*office.Office).TakeFee))
	mux.HandleFunc("POST /api/v1/applications/{id}/pin-screen", s.staff(s.pinScreen))
	mux.HandleFunc("POST /api/v1/applications/{id}/open-sealed-form", s.staff(s.openSealedForm))
	mux.HandleFunc("POST /api/v1/applications/{id}/hand-over", s.staff(s.handOver))

	s.homeRoutes(mux, link)
	s.visitRoutes(mux, link)
	s.deskRoutes(mux)

	// For the issuer.
	mux.HandleFunc("POST /api/v1/applications/{id}/produce", s.act((*office.Office).Produce))
	mux.HandleFunc("POST /api/v1/applications/{id}/dispatch", s.act((*office.Office).Dispatch))
	mux.HandleFunc("POST /api/v1/production", s.staff(s.produceBatch))
	mux.HandleFunc("GET /api/v1/revocation-lists", s.staff(s.listBook))
	mux.HandleFunc("POST /api/v1/revocation-lists", s.staff(s.orderLists))
	mux.HandleFunc("POST /api/v1/cards/search", s.staff(s.searchCards))
	mux.HandleFunc("POST /api/v1/cards/{id}/suspend", s.staff(s.suspend))
	mux.HandleFunc("POST /api/v1/cards/{id}/reports", s.staff(s.passOn))

	s.relyingRoutes(mux, link)
	s.windows(mux, link)
	s.messageRoutes(mux)
	return s.front(mux)
}

// relyingRoutes are what relying parties ask.
func (s *server) relyingRoutes(mux *http.ServeMux, link func(http.HandlerFunc) http.HandlerFunc) {
	mux.HandleFunc("POST /api/v1/verifications", link(s.verify))
	mux.HandleFunc("POST /ocsp", s.ocsp)
	mux.HandleFunc("GET /ocsp/{request...}", s.ocsp)
	mux.HandleFunc("GET /api/v1/responder", s.ocsp)
	mux.HandleFunc("GET /crl/{kind}/{generation}/{file}", s.crl)
	mux.HandleFunc("GET /ca/{kind}/{file}", s.ca)
}

// undoing are the routes by which an office's own error is set right, by two people.
func (s *server) undoing(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/v1/cases/{id}/ask-undo", s.staff(s.askUndo))
	mux.HandleFunc("POST /api/v1/cases/{id}/undo", s.staff(s.undoCase))
	mux.HandleFunc("POST /api/v1/applications/{id}/ask-undo", s.staff(s.askUndoHandOver))
	mux.HandleFunc("POST /api/v1/applications/{id}/undo", s.staff(s.undoHandOver))
	mux.HandleFunc("POST /api/v1/people/{id}/notifications/{event}/ask-undo", s.staff(s.askUndoEvent))
	mux.HandleFunc("POST /api/v1/people/{id}/notifications/{event}/undo", s.staff(s.undoEvent))
}

// registers are the routes of notifications, of the network between the registers' offices, and of a person's own data.
func (s *server) registers(mux *http.ServeMux) {
	s.undoing(mux)
	mux.HandleFunc("POST /api/v1/people", s.staff(s.registerPerson))
	mux.HandleFunc("POST /api/v1/people/{id}/notifications", s.staff(s.notify))
	mux.HandleFunc("POST /api/v1/people/{id}/notifications/{event}/take-back", s.staff(s.takeBack))
	mux.HandleFunc("GET /api/v1/people/{id}/export", s.staff(s.exportPerson))
	mux.HandleFunc("GET /api/v1/people/{id}/number-copy", s.staff(s.numberCopy))
	mux.HandleFunc("POST /api/v1/network/queries", s.staff(s.askNetwork))
	mux.HandleFunc("GET /api/v1/exchanges", s.staff(s.exchanges))
	mux.HandleFunc("POST /api/v1/exchanges/{id}/note", s.act((*office.Office).NoteExchange))
}

// messageRoutes are what an office sends: letters to print and post, messages and what became of them.
func (s *server) messageRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/letters", s.staff(s.letters))
	mux.HandleFunc("POST /api/v1/letters", s.staff(s.printLetters))
	mux.HandleFunc("GET /api/v1/letters.pdf", s.staff(s.printedPDF))
	mux.HandleFunc("GET /api/v1/letters/{id}/letter.pdf", s.staff(s.letterPDF))
	mux.HandleFunc("POST /api/v1/letters/{id}/print", s.act((*office.Office).PrintLetter))
	mux.HandleFunc("POST /api/v1/letters/{id}/lost", s.staff(s.losePage))
	mux.HandleFunc("POST /api/v1/letters/{id}/posted", s.act((*office.Office).Posted))
	mux.HandleFunc("POST /api/v1/letters/{id}/returned", s.act((*office.Office).LetterReturned))
	mux.HandleFunc("GET /api/v1/messages", s.staff(s.messages))
	mux.HandleFunc("GET /api/v1/messages/{id}", s.staff(s.message))
	mux.HandleFunc("POST /api/v1/messages/{id}/send-again", s.staff(s.sendAgain))
	mux.HandleFunc("POST /api/v1/messages/{id}/call", s.staff(s.noteCall))
	mux.HandleFunc("GET /api/v1/dispatches/{office}", s.dispatches)
	mux.HandleFunc("GET /api/v1/forms", s.staff(s.forms))
	mux.HandleFunc("POST /api/v1/forms", s.staff(s.printForm))
	mux.HandleFunc("GET /api/v1/forms/{reference}", s.staff(s.openForm))
	mux.HandleFunc("GET /api/v1/forms/{reference}/form.pdf", s.staff(s.formPDF))
}

// windows are the routes of the windows, where clerks do whatever the rulebook decides, and of the holder's PINs.
func (s *server) windows(mux *http.ServeMux, link func(http.HandlerFunc) http.HandlerFunc) {
	s.registers(mux)
	s.staffRoutes(mux)
	mux.HandleFunc("POST /api/v1/people/search", s.staff(s.findPerson))
	mux.HandleFunc("GET /api/v1/people/{id}", s.staff(s.lookAtPerson))
	mux.HandleFunc("POST /api/v1/people/{id}/substitutes", s.staff(s.choosePersonSubstitute))
	mux.HandleFunc("POST /api/v1/applications/{id}/substitutes", s.staff(s.chooseSubstitute))
	mux.HandleFunc("POST /api/v1/people/{id}/consider", s.staff(s.consider))
	mux.HandleFunc("POST /api/v1/people/{id}/cases", s.staff(s.takeIn))
	mux.HandleFunc("GET /api/v1/cases", s.staff(s.windowCases))
	mux.HandleFunc("GET /api/v1/cases/{id}", s.staff(s.windowCase))
	mux.HandleFunc("POST /api/v1/cases/{id}/take-fee", s.staff(s.caseFee))
	mux.HandleFunc("POST /api/v1/cases/{id}/pin-screen", s.staff(s.casePINScreen))
	mux.HandleFunc("POST /api/v1/cases/{id}/reply", s.staff(s.reply))
	mux.HandleFunc("POST /api/v1/cases/{id}/reply-pins", s.staff(s.replyPINs))
	mux.HandleFunc("POST /api/v1/cases/{id}/complete", s.staff(s.completeCase))
	mux.HandleFunc("POST /api/v1/cases/{id}/withdraw", s.staff(s.withdrawCase))
	mux.HandleFunc("POST /api/v1/cases/{id}/receive", s.staff(s.receiveCase))
	mux.HandleFunc("POST /api/v1/cases/{id}/give-back", s.staff(s.giveBack))
	mux.HandleFunc("POST /api/v1/case-pins/{link}", link(s.typeCasePINs))
}

// homeRoutes are the acts on applications at home, on what changes while one runs, and of the post office.
func (s *server) homeRoutes(mux *http.ServeMux, link func(http.HandlerFunc) http.HandlerFunc) {
	mux.HandleFunc("POST /api/v1/online-applications", link(s.applyOnline))
	mux.HandleFunc("POST /api/v1/online-applications/{link}", link(s.submitOnline))
	mux.HandleFunc("POST /api/v1/photo-booth/applications", link(s.photoBooth))
	mux.HandleFunc("POST /api/v1/deliveries/{link}", link(s.appointDelivery))
	mux.HandleFunc("POST /api/v1/outreach", link(s.askOutreach))

	// For clerks, and for the issuer's reception centre: applications at home, and what changes while one runs.
	mux.HandleFunc("POST /api/v1/home-applications", s.staff(s.fileAtHome))
	mux.HandleFunc("POST /api/v1/applications/{id}/check-visitor", s.staff(s.checkVisitor))
	mux.HandleFunc("POST /api/v1/applications/{id}/pay-fee", s.staff(s.payFee))
	mux.HandleFunc("POST /api/v1/applications/{id}/withdraw", s.staff(s.withdraw))
	mux.HandleFunc("POST /api/v1/applications/{id}/change-email", s.staff(s.changeEmail))
	mux.HandleFunc("POST /api/v1/applications/{id}/change-place", s.staff(s.changePlace))
	mux.HandleFunc("POST /api/v1/applications/{id}/change-data", s.staff(s.changeData))
	mux.HandleFunc("POST /api/v1/applications/{id}/answer-defect", s.staff(s.answerDefect))
	mux.HandleFunc("GET /api/v1/people/{id}/application-forms", s.staff(s.formsOf))
	mux.HandleFunc("POST /api/v1/people/{id}/application-forms", s.staff(s.issueForm))
	mux.HandleFunc("GET /api/v1/outreach", s.staff(s.outreaches))
	mux.HandleFunc("POST /api/v1/outreach/{id}/appoint", s.staff(s.appointOutreach))
	mux.HandleFunc("POST /api/v1/outreach/{id}/finish", s.act((*office.Office).FinishOutreach))
	mux.HandleFunc("POST /api/v1/outreach/{id}/cancel", s.act((*office.Office).CancelOutreach))

	// For the post office, and whoever gives it a card.
	mux.HandleFunc("POST /api/v1/applications/{id}/take-in", s.act((*office.Office).TakeInCard))
	mux.HandleFunc("POST /api/v1/applications/{id}/post", s.act((*office.Office).Post))
	mux.HandleFunc("POST /api/v1/applications/{id}/leave-notice", s.act((*office.Office).LeaveNotice))
	mux.HandleFunc("POST /api/v1/applications/{id}/appoint", s.staff(s.appoint))
	mux.HandleFunc("POST /api/v1/applications/{id}/deliver", s.staff(s.deliver))
	mux.HandleFunc("POST /api/v1/applications/{id}/send-back", s.staff(s.sendBack))
}

// front is what no pattern can say.
func (s *server) front(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Base64 may have two slashes in a row, which the multiplexer would tidy away with a redirect.
		if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/ocsp/") {
			s.ocsp(w, r)
			return
		}
		if _, pattern := mux.Handler(r); pattern == "" {
			w = &unrouted{ResponseWriter: w, server: s}
		}
		mux.ServeHTTP(w, r)
	})
}

// unrouted says as a problem what the multiplexer says as plain text: no such route, or not by this method.
type unrouted struct {
	http.ResponseWriter
	server *server
}

// WriteHeader answers with the problem; the header Allow is there already.
func (u *unrouted) WriteHeader(status int) {
	p := Problem{Title: "no such route", Status: status, Code: "not_found"}
	if status == http.StatusMethodNotAllowed {
		p.Title, p.Code = "not by this method", "method_not_allowed"
	}
	u.server.problem(u.ResponseWriter, p)
}

// Write drops the plain text.
func (u *unrouted) Write(text []byte) (int, error) { return len(text), nil }

// limited bounds the requests a minute that one address may send.
func (s *server) limited(requests int) func(http.HandlerFunc) http.HandlerFunc {
	limiter := httprate.LimitBy(requests, time.Minute, connection, httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
		s.problem(w, Problem{Title: "too many requests; wait a minute", Status: http.StatusTooManyRequests, Code: "too_many_requests"})
	}))
	return func(h http.HandlerFunc) http.HandlerFunc {
		return limiter(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who := r.PathValue("link")
			if who != "" {
				who = "link/" + who
			}
			s.once(w, r, who, h)
		})).ServeHTTP
	}
}

// connection is the address at the other end of the connection, which nobody can invent.
func connection(r *http.Request) (string, error) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return httprate.CanonicalizeIP(host), nil
}

// staff lets members of staff in and nobody else.
func (s *server) staff(h func(http.ResponseWriter, *http.Request, office.Actor)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := s.identify(r)
		if !ok {
			s.fail(w, r, office.ErrForbidden)
			return
		}
		if said, err := url.QueryUnescape(r.Header.Get("Look-Purpose")); err == nil {
			who.Purpose = said
		}
		s.once(w, r, "staff/"+who.Staff, func(w http.ResponseWriter, r *http.Request) { h(w, r, who) })
	}
}

// act is an act that needs nothing but the case.
func (s *server) act(f func(*office.Office, context.Context, office.Actor, string) (office.Receipt, error)) http.HandlerFunc {
	return s.staff(func(w http.ResponseWriter, r *http.Request, who office.Actor) {
		receipt, err := f(s.office, r.Context(), who, r.PathValue("id"))
		s.answer(w, r, receipt, err)
	})
}

// answer writes a value or the problem.
func (s *server) answer(w http.ResponseWriter, r *http.Request, value any, err error) {
	if err != nil {
		s.fail(w, r, err)
		return
	}
	send(w, http.StatusOK, encode(value))
}

// encode is a value as JSON, and a line's end.
func encode(value any) []byte {
	var b bytes.Buffer
	json.NewEncoder(&b).Encode(value)
	return b.Bytes()
}

// read decodes a JSON body strictly; false when it answered with the problem.
func (s *server) read(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxJSON))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		_, err = dec.Token()
		if errors.Is(err, io.EOF) {
			return true
		}
	}
	s.fail(w, r, unreadable(err))
	return false
}

// unreadable says where a body could not be read, without repeating what stands there.
func unreadable(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return large
	}
	field := "body"
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) && wrongType.Field != "" {
		field = wrongType.Field
	}
	if name, ok := strings.CutPrefix(fmt.Sprint(err), "json: unknown field "); ok {
		field = strings.Trim(name, `"`)
	}
	return &office.Invalid{Field: field, Text: law.Text{Ja: "JSONとして読めないか、知らない項目です。openapi.yaml を見てください。", En: "Not readable as JSON here, or an unknown field; see openapi.yaml."}}
}

// reference is the number under which an internal error is logged.
func (s *server) reference() string {
	var b [6]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// ocsp lets the responder answer; a node without one is not asked here.
func (s *server) ocsp(w http.ResponseWriter, r *http.Request) {
	if s.responder == nil {
		s.fail(w, r, office.ErrNotFound)
		return
	}
	s.responder.ServeHTTP(w, r)
}

// kinds are the authorities by their short names in addresses.
var kinds = map[string]certificate.Kind{"sign": certificate.Signature, "auth": certificate.UserAuthentication}

// ca is an authority's own certificate: sign/1.cer in DER, sign/1.pem in PEM.
func (s *server) ca(w http.ResponseWriter, r *http.Request) {
	kind, known := kinds[r.PathValue("kind")]
	number, form, _ := strings.Cut(r.PathValue("file"), ".")
	generation, err := strconv.Atoi(number)
	authority := s.office.CAs.Of(kind, generation)
	if !known || err != nil || authority == nil || form != "cer" && form != "pem" {
		s.fail(w, r, office.ErrNotFound)
		return
	}
	der := authority.Certificate().Raw
	if form == "pem" {
		w.Header().Set("Content-Type", "application/x-pem-file")
		pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: der})
		return
	}
	w.Header().Set("Content-Type", "application/pkix-cert")
	w.Write(der)
}
