package api

import (
	"net/http"
	"strconv"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/paper"
	"mynumber/internal/place"
	"mynumber/internal/printing"
)

// letterJSON is a letter that an office prints and posts.
type letterJSON struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`
	Channel string      `json:"channel"`
	State   string      `json:"state"`
	Person  string      `json:"person"`
	Name    string      `json:"name"`
	Address string      `json:"address"`
	Service string      `json:"service,omitempty"`
	Subject string      `json:"subject"`
	Body    string      `json:"body"`
	Created time.Time   `json:"created"`
	Doubts  []doubtJSON `json:"doubts,omitempty"`
}

// doubtJSON is a character that cannot be printed as it is written.
type doubtJSON struct {
	Text  string `json:"text"`
	Codes string `json:"codes"`
	Where string `json:"where"`
	Shape bool   `json:"plain_shape"`
}

func doubtsJSON(doubts []paper.Doubt) []doubtJSON {
	out := make([]doubtJSON, 0, len(doubts))
	for _, d := range doubts {
		out = append(out, doubtJSON{d.Text, d.Codes(), d.Where, d.Shape})
	}
	return out
}

func (s *server) letters(w http.ResponseWriter, r *http.Request, who office.Actor) {
	found, err := s.office.Letters(r.Context(), who)
	out := make([]letterJSON, 0, len(found))
	for _, m := range found {
		out = append(out, letterJSON{m.ID, string(m.Kind), string(m.Channel), string(m.State), m.PersonID, m.Letter.Name, m.Letter.Address, string(m.Letter.Service), m.Subject, m.Body, m.Created, doubtsJSON(m.Doubts)})
	}
	s.answer(w, r, out, err)
}

func (s *server) printLetters(w http.ResponseWriter, r *http.Request, who office.Actor) {
	n, err := s.office.PrintLetters(r.Context(), who)
	s.answer(w, r, map[string]int{"printed": n}, err)
}

func (s *server) printedPDF(w http.ResponseWriter, r *http.Request, who office.Actor) {
	pages, err := s.office.PrintedPages(r.Context(), who)
	s.sendPDF(w, r, pages, err)
}

func (s *server) letterPDF(w http.ResponseWriter, r *http.Request, who office.Actor) {
	pages, err := s.office.LetterPages(r.Context(), who, r.PathValue("id"))
	s.sendPDF(w, r, pages, err)
}

// sendPDF answers with a document, or the problem.
func (s *server) sendPDF(w http.ResponseWriter, r *http.Request, pages printing.Pages, err error) {
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(pages.PDF)))
	_, _ = w.Write(pages.PDF) // whoever has gone reads nothing
}

func (s *server) losePage(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Note string `json:"note"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.LosePage(r.Context(), who, r.PathValue("id"), body.Note)
	s.answer(w, r, receipt, err)
}

// messageJSON is a message and what became of it.
type messageJSON struct {
	ID         string            `json:"id"`
	Kind       string            `json:"kind"`
	Channel    string            `json:"channel"`
	State      string            `json:"state"`
	Subject    string            `json:"subject"`
	Created    time.Time         `json:"created"`
	Sent       *time.Time        `json:"sent,omitempty"`
	Phone      string            `json:"phone,omitempty"`
	Deliveries []notice.Delivery `json:"deliveries,omitempty"`
	Note       string            `json:"note,omitempty"`
	Replaces   string            `json:"replaces,omitempty"`
	ReplacedBy string            `json:"replaced_by,omitempty"`
}

func toMessage(m notice.Message) messageJSON {
	out := messageJSON{ID: m.ID, Kind: string(m.Kind), Channel: string(m.Channel), State: string(m.State), Subject: m.Subject, Created: m.Created,
		Phone: string(m.Phone), Deliveries: m.Deliveries, Note: m.Note, Replaces: m.Replaces, ReplacedBy: m.ReplacedBy}
	if !m.Sent.IsZero() {
		out.Sent = &m.Sent
	}
	return out
}

func (s *server) messages(w http.ResponseWriter, r *http.Request, who office.Actor) {
	list, err := s.office.Messages(r.Context(), who)
	all := func(messages []notice.Message) []messageJSON {
		out := make([]messageJSON, 0, len(messages))
		for _, m := range messages {
			out = append(out, toMessage(m))
		}
		return out
	}
	s.answer(w, r, map[string]any{"trouble": all(list.Trouble), "calls": all(list.Calls), "recent": all(list.Recent)}, err)
}

func (s *server) message(w http.ResponseWriter, r *http.Request, who office.Actor) {
	m, err := s.office.Message(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, toMessage(m), err)
}

func (s *server) sendAgain(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Email string `json:"email"`
		Phone string `json:"phone"`
		Post  bool   `json:"post"`
	}
	if !s.read(w, r, &body) {
		return
	}
	m, receipt, err := s.office.SendAgain(r.Context(), who, r.PathValue("id"), office.Again(body))
	s.answer(w, r, map[string]any{"message": toMessage(m), "receipt": receipt}, err)
}

func (s *server) noteCall(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Reached bool   `json:"reached"`
		Note    string `json:"note"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.NoteCall(r.Context(), who, r.PathValue("id"), office.CallNote(body))
	s.answer(w, r, receipt, err)
}

// dispatches are for anybody: the days on which an office last posted issuance notices (NTF-010).
func (s *server) dispatches(w http.ResponseWriter, r *http.Request) {
	days, err := s.office.Dispatches(r.Context(), place.Code(r.PathValue("office")))
	if days == nil {
		days = []civil.Date{}
	}
	s.answer(w, r, map[string]any{"office": r.PathValue("office"), "days": days}, err)
}
