package api

import (
	"context"
	"net/http"
	"strings"

	"mynumber/internal/booking"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/rules"
)

// slotJSON is one bookable time.
type slotJSON struct {
	Day     civil.Date `json:"day"`
	Time    string     `json:"time"`
	Free    int        `json:"free"`
	Counter string     `json:"counter"`
	Name    law.Text   `json:"name"`
}

// wantedJSON is a time to be booked.
type wantedJSON struct {
	Day     string `json:"day"`
	Time    string `json:"time"`
	Counter string `json:"counter"`
}

// visitJSON is what the API shows of a visit: who comes is for the office's own list.
type visitJSON struct {
	ID        string        `json:"id"`
	State     booking.State `json:"state"`
	Office    string        `json:"office"`
	Counter   string        `json:"counter"`
	Procedure string        `json:"procedure"`
	Day       civil.Date    `json:"day"`
	Time      string        `json:"time,omitempty"`
	Ticket    int           `json:"ticket,omitempty"`
	Item      string        `json:"item,omitempty"`
}

func visitOf(r booking.Reservation) visitJSON {
	return visitJSON{r.ID, r.State, string(r.Office), r.Counter, r.Procedure, r.Day, r.Time, r.Ticket, r.Item}
}

func slotsOf(free []office.Slot) []slotJSON {
	out := make([]slotJSON, 0, len(free))
	for _, f := range free {
		out = append(out, slotJSON(f))
	}
	return out
}

func (s *server) slots(w http.ResponseWriter, r *http.Request) {
	b, err := s.office.LinkedVisit(r.Context(), r.PathValue("link"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	free, err := s.office.LinkedSlots(r.Context(), b)
	s.answer(w, r, slotsOf(free), err)
}

func (s *server) reserve(w http.ResponseWriter, r *http.Request) {
	var body wantedJSON
	if !s.read(w, r, &body) {
		return
	}
	_, receipt, err := s.office.Reserve(r.Context(), r.PathValue("link"), office.Wanted(body))
	s.answer(w, r, receipt, err)
}

func (s *server) cancelReservation(w http.ResponseWriter, r *http.Request) {
	_, receipt, err := s.office.CancelLinked(r.Context(), r.PathValue("link"))
	s.answer(w, r, receipt, err)
}

// visitRoutes are the reservations of who has a mailed link, and the visitors of an office's day.
func (s *server) visitRoutes(mux *http.ServeMux, link func(http.HandlerFunc) http.HandlerFunc) {
	mux.HandleFunc("GET /api/v1/reservations/{link}", link(s.slots))
	mux.HandleFunc("POST /api/v1/reservations/{link}", link(s.reserve))
	mux.HandleFunc("POST /api/v1/reservations/{link}/cancel", link(s.cancelReservation))

	mux.HandleFunc("GET /api/v1/visits", s.staff(s.visits))
	mux.HandleFunc("POST /api/v1/visits", s.staff(s.bookVisit))
	mux.HandleFunc("GET /api/v1/visits/times", s.staff(s.visitTimes))
	mux.HandleFunc("POST /api/v1/visits/walk-in", s.staff(s.walkIn))
	mux.HandleFunc("POST /api/v1/visits/{id}/move", s.staff(s.moveVisit))
	mux.HandleFunc("POST /api/v1/visits/{id}/cancel", s.visitAct((*office.Office).CancelVisit))
	mux.HandleFunc("POST /api/v1/visits/{id}/arrive", s.visitAct((*office.Office).Arrive))
	mux.HandleFunc("POST /api/v1/visits/{id}/call", s.visitAct((*office.Office).CallVisitor))
	mux.HandleFunc("POST /api/v1/visits/{id}/serve", s.visitAct((*office.Office).ServeVisitor))
	mux.HandleFunc("POST /api/v1/visits/{id}/miss", s.visitAct((*office.Office).MissVisit))
}

// visitAct makes a handler for an act that needs nothing but the visit.
func (s *server) visitAct(f func(*office.Office, context.Context, office.Actor, string) (booking.Reservation, office.Receipt, error)) http.HandlerFunc {
	return s.staff(func(w http.ResponseWriter, r *http.Request, who office.Actor) {
		v, receipt, err := f(s.office, showing(r, withVisit), who, r.PathValue("id"))
		s.answerVisit(w, r, v, receipt, err)
	})
}

// withVisit is a receipt with the visit that it is about.
func withVisit(tx office.Tx, receipt office.Receipt) (any, error) {
	v, err := tx.Visit(strings.TrimPrefix(receipt.Subject, "visit/"))
	return map[string]any{"visit": visitOf(v), "receipt": receipt}, err
}

func (s *server) answerVisit(w http.ResponseWriter, r *http.Request, v booking.Reservation, receipt office.Receipt, err error) {
	s.answer(w, r, map[string]any{"visit": visitOf(v), "receipt": receipt}, err)
}

func (s *server) moveVisit(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body wantedJSON
	if !s.read(w, r, &body) {
		return
	}
	v, receipt, err := s.office.MoveVisit(showing(r, withVisit), who, r.PathValue("id"), office.Wanted(body))
	s.answerVisit(w, r, v, receipt, err)
}

// visitRequest reads a visit that a clerk books or takes in.
func (s *server) visitRequest(w http.ResponseWriter, r *http.Request) (office.VisitRequest, bool) {
	var body struct {
		RequestKey  string          `json:"request_key"`
		Procedure   rules.Procedure `json:"procedure"`
		Application string          `json:"application"`
		Person      string          `json:"person"`
		Visitor     string          `json:"visitor"`
		Email       string          `json:"email"`
		Phone       string          `json:"phone"`
		Day         string          `json:"day"`
		Time        string          `json:"time"`
		Counter     string          `json:"counter"`
	}
	if !s.read(w, r, &body) {
		return office.VisitRequest{}, false
	}
	return office.VisitRequest{RequestKey: body.RequestKey, Procedure: body.Procedure, ApplicationID: body.Application, PersonID: body.Person, Visitor: body.Visitor, Email: body.Email, Phone: body.Phone,
		Wanted: office.Wanted{Day: body.Day, Time: body.Time, Counter: body.Counter}}, true
}

func (s *server) bookVisit(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request, ok := s.visitRequest(w, r)
	if !ok {
		return
	}
	v, receipt, err := s.office.BookVisit(showing(r, withVisit), who, request)
	s.answerVisit(w, r, v, receipt, err)
}

func (s *server) walkIn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request, ok := s.visitRequest(w, r)
	if !ok {
		return
	}
	v, receipt, err := s.office.WalkIn(showing(r, withVisit), who, request)
	s.answerVisit(w, r, v, receipt, err)
}

// visitTimes lists the free times of a procedure at the clerk's own office.
func (s *server) visitTimes(w http.ResponseWriter, r *http.Request, who office.Actor) {
	free, err := s.office.FreeSlots(r.Context(), who.Office, rules.Procedure(r.URL.Query().Get("procedure")), civil.Date{})
	s.answer(w, r, slotsOf(free), err)
}

// listedJSON is a visit on the list of the day: with the name to call and what can be done.
type listedJSON struct {
	visitJSON
	Name string        `json:"name,omitempty"`
	Work law.Text      `json:"work"`
	Next []booking.Act `json:"next"`
}

func listed(all []office.Visit) []listedJSON {
	out := make([]listedJSON, 0, len(all))
	for _, v := range all {
		out = append(out, listedJSON{visitOf(v.Reservation), v.Name, v.Work, append([]booking.Act{}, v.Next...)})
	}
	return out
}

func (s *server) visits(w http.ResponseWriter, r *http.Request, who office.Actor) {
	today, err := s.office.VisitorsOf(r.Context(), who, r.URL.Query().Get("day"))
	type counter struct {
		Key    string         `json:"key"`
		Name   law.Text       `json:"name"`
		Hours  []booking.Span `json:"hours"`
		Closed *law.Text      `json:"closed,omitempty"`
		Visits []listedJSON   `json:"visits"`
	}
	counters := make([]counter, 0, len(today.Counters))
	for _, c := range today.Counters {
		line := counter{Key: c.Counter.Key(), Name: c.Counter.Name, Hours: append([]booking.Span{}, c.Opening.Hours...), Visits: listed(c.Visits)}
		if !c.Opening.Closed.IsZero() {
			line.Closed = &c.Opening.Closed
		}
		counters = append(counters, line)
	}
	s.answer(w, r, map[string]any{"day": today.Day, "now": today.Now, "counters": counters, "displaced": listed(today.Displaced)}, err)
}
