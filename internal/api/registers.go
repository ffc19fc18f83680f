package api

import (
	"net/http"

	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/register"
)

// notedJSON is what a notification did.
type notedJSON struct {
	Person  personJSON          `json:"person"`
	Event   register.Event      `json:"event"`
	Told    []toldJSON          `json:"told"`
	Ended   []string            `json:"ended_applications"`
	Coming  []office.ComingLine `json:"coming_days"`
	Receipt office.Receipt      `json:"receipt"`
}

// toldJSON is an office that heard of it.
type toldJSON struct {
	Office string `json:"office"`
	Kind   string `json:"kind"`
}

func (s *server) answerNoted(w http.ResponseWriter, r *http.Request, done office.Noted, receipt office.Receipt, err error) {
	if err != nil {
		s.fail(w, r, err)
		return
	}
	done.Event.Before, done.Event.Wrong = nil, nil // copies of the record, for undoing: who notified has seen it
	out := notedJSON{Person: personOf(done.Person), Event: done.Event, Told: []toldJSON{}, Ended: append([]string{}, done.Ended...),
		Coming: append([]office.ComingLine{}, done.Lines...), Receipt: receipt}
	for _, t := range done.Told {
		out.Told = append(out.Told, toldJSON{string(t.Office), t.Kind})
	}
	s.answer(w, r, out, nil)
}

func (s *server) notify(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body office.NotifyRequest
	if !s.read(w, r, &body) {
		return
	}
	done, receipt, err := s.office.Notify(r.Context(), who, r.PathValue("id"), body)
	s.answerNoted(w, r, done, receipt, err)
}

func (s *server) registerPerson(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body office.RegisterRequest
	if !s.read(w, r, &body) {
		return
	}
	done, receipt, err := s.office.Register(r.Context(), who, body)
	s.answerNoted(w, r, done, receipt, err)
}

func (s *server) takeBack(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.TakeBack(r.Context(), who, r.PathValue("id"), r.PathValue("event"))
	s.answer(w, r, receipt, err)
}

// exportPerson is the one answer with numbers in clear: the person's own, whom the office gives it to.
func (s *server) exportPerson(w http.ResponseWriter, r *http.Request, who office.Actor) {
	out, _, err := s.office.Export(r.Context(), who, r.PathValue("id"))
	if err == nil {
		w.Header().Set("Content-Disposition", `attachment; filename="person.json"`)
	}
	s.answer(w, r, out, err)
}

// numberCopy is what the copy of the resident record with the number shows (NUM-023).
func (s *server) numberCopy(w http.ResponseWriter, r *http.Request, who office.Actor) {
	n, receipt, err := s.office.NumberCopy(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, struct {
		Name    string         `json:"name"`
		Kana    string         `json:"kana,omitempty"`
		Birth   civil.Date     `json:"birth"`
		Sex     string         `json:"sex"`
		Address string         `json:"address"`
		Since   civil.Date     `json:"since"`
		Number  string         `json:"individual_number"`
		Receipt office.Receipt `json:"receipt"`
	}{n.Person.Name.Full(), n.Person.Name.Kana(), n.Person.Birth, n.Person.Sex.String(), n.Home.Address, n.Home.From, n.Person.Number.Digits(), receipt}, err)
}

func (s *server) askNetwork(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body office.NetworkQuery
	if !s.read(w, r, &body) {
		return
	}
	found, _, err := s.office.AskNetwork(r.Context(), who, body)
	s.answer(w, r, append([]office.NetworkAnswer{}, found...), err)
}

func (s *server) exchanges(w http.ResponseWriter, r *http.Request, who office.Actor) {
	all, err := s.office.Exchanges(r.Context(), who, r.URL.Query().Get("sent") == "true")
	s.answer(w, r, append([]register.Exchange{}, all...), err)
}
