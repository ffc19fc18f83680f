package api

import (
	"encoding/json"
	"net/http"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/docket"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// personJSON is what the API shows of a person: never the number, never the code.
type personJSON struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Kana    string     `json:"kana,omitempty"`
	Birth   civil.Date `json:"birth"`
	Address string     `json:"address,omitempty"`
}

func personOf(p register.Person) personJSON {
	return personJSON{p.ID, p.Name.Full(), p.Name.Kana(), p.Birth, p.CardAddressLine()}
}

// caseJSON is what the API shows of a case at a window.
type caseJSON struct {
	docket.Case
	PINs        []int         `json:"pins,omitempty"` // in place of the case's own, by number
	Outstanding []docket.Step `json:"outstanding"`
	Name        law.Text      `json:"name"`
}

func (s *server) caseOf(c docket.Case) caseJSON {
	info, _ := rules.LookupProcedure(rules.Procedure(c.Procedure))
	out := caseJSON{Case: c, Outstanding: []docket.Step{}, Name: info.Name}
	for _, pin := range c.PINs {
		out.PINs = append(out.PINs, int(pin))
	}
	if !c.State.Ended() {
		out.Outstanding = append(out.Outstanding, c.Outstanding(civil.DateOf(s.office.Clock()))...)
	}
	return out
}

// answerCase answers an act on a case.
func (s *server) answerCase(w http.ResponseWriter, r *http.Request, c docket.Case, receipt office.Receipt, err error) {
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.answer(w, r, map[string]any{"case": s.caseOf(c), "receipt": receipt}, nil)
}

func (s *server) findPerson(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Name  string `json:"name"`
		Birth string `json:"birth"`
		Pick  string `json:"pick"`
	}
	if !s.read(w, r, &body) {
		return
	}
	found, err := s.office.FindPerson(r.Context(), who, office.PersonRequest(body))
	out := make([]personJSON, 0, len(found))
	for _, p := range found {
		out = append(out, personOf(p))
	}
	s.answer(w, r, out, err)
}

func (s *server) lookAtPerson(w http.ResponseWriter, r *http.Request, who office.Actor) {
	v, err := s.office.LookAtPerson(r.Context(), who, r.PathValue("id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	cases := make([]caseJSON, 0, len(v.Cases))
	for _, c := range v.Cases {
		cases = append(cases, s.caseOf(c))
	}
	known, err := json.Marshal(v.Known)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	text, err := s.office.CertificateTextOf(v.Person)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	out := map[string]any{"person": personOf(v.Person), "certificate_text": certificateTextOf(text), "known": json.RawMessage(known), "procedures": v.Procedures, "cases": cases}
	if v.Card != nil {
		out["card"] = map[string]any{"id": v.Card.ID, "state": v.Card.State, "overseas": v.Card.Overseas, "issued": v.Card.Issued, "until": v.Card.Until, "custody": v.Card.Custody}
		certificates := []map[string]any{}
		for _, c := range v.Certificates {
			certificates = append(certificates, map[string]any{"kind": c.Kind, "serial": c.Serial, "state": c.State, "until": c.Until})
		}
		out["certificates"] = certificates
	}
	s.answer(w, r, out, nil)
}

// windowRequest reads what was told at a window: a situation as the rulebook's face takes it, with the procedure.
func (s *server) windowRequest(w http.ResponseWriter, r *http.Request) (office.WindowRequest, bool) {
	var body struct {
		RequestKey string          `json:"request_key"`
		Situation  json.RawMessage `json:"situation"`
	}
	if !s.read(w, r, &body) {
		return office.WindowRequest{}, false
	}
	told, err := decision.Read(body.Situation, civil.DateOf(s.office.Clock()))
	if err != nil {
		s.fail(w, r, err)
		return office.WindowRequest{}, false
	}
	told.On = civil.Date{} // today, whatever was told
	return office.WindowRequest{RequestKey: body.RequestKey, PersonID: r.PathValue("id"), Procedure: told.Procedure, Told: *told}, true
}

// consider shows what would come of it, and writes nothing but the look.
func (s *server) consider(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request, ok := s.windowRequest(w, r)
	if !ok {
		return
	}
	p, err := s.office.Consider(r.Context(), who, request)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.writeDecision(w, r, p.Decision)
}

func (s *server) takeIn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	request, ok := s.windowRequest(w, r)
	if !ok {
		return
	}
	c, receipt, err := s.office.TakeIn(r.Context(), who, request)
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) windowCases(w http.ResponseWriter, r *http.Request, who office.Actor) {
	found, err := s.office.WindowCases(r.Context(), who)
	out := make([]caseJSON, 0, len(found))
	for _, c := range found {
		out = append(out, s.caseOf(c))
	}
	s.answer(w, r, out, err)
}

func (s *server) windowCase(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, err := s.office.WindowCase(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, s.caseOf(c), err)
}

func (s *server) caseFee(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, receipt, err := s.office.TakeCaseFee(r.Context(), who, r.PathValue("id"))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) casePINScreen(w http.ResponseWriter, r *http.Request, who office.Actor) {
	link, receipt, err := s.office.OpenCasePINScreen(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, map[string]any{"link": link, "receipt": receipt}, err)
}

// typedPINs reads PINs; what is empty was not typed.
func (s *server) typedPINs(w http.ResponseWriter, r *http.Request) (map[card.PIN]string, bool) {
	var body pinsJSON
	ok := s.read(w, r, &body)
	return body.values(), ok
}

func (s *server) typeCasePINs(w http.ResponseWriter, r *http.Request) {
	if pins, ok := s.typedPINs(w, r); ok {
		c, receipt, err := s.office.TypeCasePINs(r.Context(), r.PathValue("link"), pins)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.answer(w, r, map[string]any{"state": c.State, "receipt": receipt}, nil)
	}
}

func (s *server) replyPINs(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if pins, ok := s.typedPINs(w, r); ok {
		c, receipt, err := s.office.EnterReplyPINs(r.Context(), who, r.PathValue("id"), pins)
		s.answerCase(w, r, c, receipt, err)
	}
}

func (s *server) reply(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Sealed bool                      `json:"sealed"`
		Papers []procedure.PaperAtWindow `json:"papers"`
	}
	if !s.read(w, r, &body) {
		return
	}
	c, receipt, err := s.office.ReplyCase(r.Context(), who, r.PathValue("id"), office.ReplyRequest(body))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) completeCase(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, receipt, err := s.office.CompleteCase(r.Context(), who, r.PathValue("id"))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) withdrawCase(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, receipt, err := s.office.WithdrawCase(r.Context(), who, r.PathValue("id"))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) receiveCase(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, receipt, err := s.office.ReceiveCase(r.Context(), who, r.PathValue("id"))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) giveBack(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, receipt, err := s.office.GiveBack(r.Context(), who, r.PathValue("id"))
	s.answerCase(w, r, c, receipt, err)
}

func (s *server) passOn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Kind rules.Report `json:"kind"`
		Note string       `json:"note"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.PassOn(r.Context(), who, r.PathValue("id"), office.ReportRequest(body))
	s.answer(w, r, receipt, err)
}
