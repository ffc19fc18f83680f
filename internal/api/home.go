package api

import (
	"encoding/json"
	"net/http"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/office"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// told reads what a window tells of a case: a situation in the words of the rulebook. What the registers know goes before it.
func (s *server) told(w http.ResponseWriter, r *http.Request, text json.RawMessage) (procedure.Situation, bool) {
	if len(text) == 0 {
		return procedure.Situation{}, true
	}
	situation, err := decision.Read(text, civil.DateOf(s.office.Clock()))
	if err != nil {
		s.fail(w, r, err)
		return procedure.Situation{}, false
	}
	return *situation, true
}

// answerFiled writes the application that was taken in, with the receipt.
func (s *server) answerFiled(w http.ResponseWriter, r *http.Request, filed application.Application, receipt office.Receipt, err error) {
	s.answer(w, r, map[string]any{"application": toJSON(filed), "receipt": receipt}, err)
}

func (s *server) fileAtHome(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		RequestKey string               `json:"request_key"`
		Purpose    rules.Procedure      `json:"purpose"`
		Channel    rules.Channel        `json:"channel"`
		Form       application.RawForm  `json:"form"`
		Photo      []byte               `json:"photo"`
		Told       json.RawMessage      `json:"told"`
		Delivery   application.Delivery `json:"delivery"`
		SendTo     string               `json:"send_to"`
		Complete   bool                 `json:"documents_complete"`
		SealedForm bool                 `json:"sealed_form"`
		OldCardIn  bool                 `json:"old_card_in"`
		ByPaper    bool                 `json:"by_paper"`
		Outreach   string               `json:"outreach"`
	}
	if !s.read(w, r, &body) {
		return
	}
	told, ok := s.told(w, r, body.Told)
	if !ok {
		return
	}
	filed, receipt, err := s.office.FileAtHome(showing(r, withApplication), who, office.HomeRequest{RequestKey: body.RequestKey, Purpose: body.Purpose, Channel: body.Channel,
		Form: body.Form, Photo: body.Photo, Told: told, Delivery: body.Delivery, SendTo: body.SendTo, Complete: body.Complete, SealedForm: body.SealedForm,
		OldCardIn: body.OldCardIn, ByPaper: body.ByPaper, Outreach: body.Outreach})
	s.answerFiled(w, r, filed, receipt, err)
}

func (s *server) submitOnline(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Birth   string              `json:"birth"`
		Photo   []byte              `json:"photo"`
		Wishes  application.RawForm `json:"wishes"`
		Visitor rules.Visitor       `json:"visitor"`
	}
	if !s.read(w, r, &body) {
		return
	}
	filed, receipt, err := s.office.ApplyAtHomeOnline(showing(r, withApplication), r.PathValue("link"), office.OnlineRequest(body))
	s.answerFiled(w, r, filed, receipt, err)
}

// photoBooth is the machine face of photo booths: the booth read the code on the form and took the photo (APP-015).
func (s *server) photoBooth(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ApplicationID string              `json:"application_id"`
		Birth         string              `json:"birth"`
		Photo         []byte              `json:"photo"`
		Wishes        application.RawForm `json:"wishes"`
		Visitor       rules.Visitor       `json:"visitor"`
	}
	if !s.read(w, r, &body) {
		return
	}
	filed, receipt, err := s.office.ApplyAtBooth(showing(r, withApplication), body.ApplicationID, office.OnlineRequest{Birth: body.Birth, Photo: body.Photo, Wishes: body.Wishes, Visitor: body.Visitor})
	s.answerFiled(w, r, filed, receipt, err)
}

func (s *server) checkVisitor(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Told json.RawMessage `json:"told"`
	}
	if !s.read(w, r, &body) {
		return
	}
	told, ok := s.told(w, r, body.Told)
	if !ok {
		return
	}
	_, receipt, err := s.office.CheckVisitor(r.Context(), who, r.PathValue("id"), told)
	s.answer(w, r, receipt, err)
}

// The post office.

func (s *server) appointDelivery(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Day      string      `json:"day"`
		Band     string      `json:"band"`
		Document rules.Paper `json:"document"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.AppointOnline(r.Context(), r.PathValue("link"), office.Appointment(body))
	s.answer(w, r, receipt, err)
}

func (s *server) appoint(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Day      string      `json:"day"`
		Band     string      `json:"band"`
		Document rules.Paper `json:"document"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.Appoint(r.Context(), who, r.PathValue("id"), office.Appointment(body))
	s.answer(w, r, receipt, err)
}

func (s *server) deliver(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Taker   rules.Visitor             `json:"taker"`
		Box     bool                      `json:"delivery_box"`
		Counter bool                      `json:"at_post_office"`
		Papers  []procedure.PaperAtWindow `json:"papers"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.Deliver(r.Context(), who, r.PathValue("id"), office.DeliveryRequest(body))
	s.answer(w, r, receipt, err)
}

func (s *server) sendBack(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Undeliverable bool `json:"undeliverable"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.SendBack(r.Context(), who, r.PathValue("id"), body.Undeliverable)
	s.answer(w, r, receipt, err)
}

// While an application runs.

// approachJSON is how somebody turns to an office about an application.
type approachJSON struct {
	Channel rules.Channel             `json:"channel"`
	Visitor rules.Visitor             `json:"visitor"`
	Papers  []procedure.PaperAtWindow `json:"papers"`
	Event   application.Event         `json:"event"`
}

func (s *server) withdraw(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Approach approachJSON `json:"approach"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.Withdraw(r.Context(), who, r.PathValue("id"), office.Approach(body.Approach))
	s.answer(w, r, receipt, err)
}

func (s *server) changeEmail(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Emails   []string     `json:"emails"`
		Approach approachJSON `json:"approach"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.ChangeMail(r.Context(), who, r.PathValue("id"), body.Emails, office.Approach(body.Approach))
	s.answer(w, r, receipt, err)
}

func (s *server) changePlace(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Pickup   string       `json:"pickup"`
		Approach approachJSON `json:"approach"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.ChangePlace(r.Context(), who, r.PathValue("id"), body.Pickup, office.Approach(body.Approach))
	s.answer(w, r, receipt, err)
}

func (s *server) changeData(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Form     application.RawForm `json:"form"`
		Approach approachJSON        `json:"approach"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.ChangeData(r.Context(), who, r.PathValue("id"), body.Form, office.Approach(body.Approach))
	s.answer(w, r, receipt, err)
}

func (s *server) answerDefect(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Form     application.RawForm `json:"form"`
		Approach approachJSON        `json:"approach"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.AnswerDefect(r.Context(), who, r.PathValue("id"), body.Form, office.Approach(body.Approach))
	s.answer(w, r, receipt, err)
}

func (s *server) payFee(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Channel rules.Channel `json:"channel"`
		Visitor rules.Visitor `json:"visitor"`
		How     string        `json:"how"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.PayFee(r.Context(), who, r.PathValue("id"), office.Payment(body))
	s.answer(w, r, receipt, err)
}

// Application forms, and requests for a visit.

// formJSON is an application form with its ID.
type formJSON struct {
	ID       string     `json:"application_id"`
	Issued   civil.Date `json:"issued"`
	Used     bool       `json:"used"`
	Replaced bool       `json:"replaced"`
	Outdated bool       `json:"outdated"`
}

func (s *server) issueForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Told json.RawMessage `json:"told"`
	}
	if !s.read(w, r, &body) {
		return
	}
	told, ok := s.told(w, r, body.Told)
	if !ok {
		return
	}
	form, receipt, err := s.office.ReplaceForm(r.Context(), who, office.FormRequest{PersonID: r.PathValue("id"), Told: told})
	s.answer(w, r, map[string]any{"form": formJSON{ID: form.ID, Issued: form.Issued}, "receipt": receipt}, err)
}

func (s *server) formsOf(w http.ResponseWriter, r *http.Request, who office.Actor) {
	lines, err := s.office.FormsOf(r.Context(), who, r.PathValue("id"))
	out := []formJSON{}
	for _, f := range lines {
		out = append(out, formJSON{f.ID, f.Issued, f.Used != "", f.Replaced != "", f.Outdated})
	}
	s.answer(w, r, out, err)
}

// outreachJSON is a request for a visit, without who asked for it.
type outreachJSON struct {
	ID     string                    `json:"id"`
	Office place.Code                `json:"office"`
	State  application.OutreachState `json:"state"`
	Asked  civil.Date                `json:"asked"`
	Days   []civil.Date              `json:"days"`
	Visit  civil.Date                `json:"visit,omitzero"`
	People int                       `json:"people"`
	Filed  []string                  `json:"filed,omitempty"`
}

func toOutreach(o application.Outreach) outreachJSON {
	return outreachJSON{o.ID, o.Office, o.State, o.Asked, o.Days, o.Visit, o.People, o.Filed}
}

// askOutreach takes a request from anybody online; from a clerk who is logged in it is one that came otherwise.
func (s *server) askOutreach(w http.ResponseWriter, r *http.Request) {
	var body struct {
		RequestKey string        `json:"request_key"`
		Office     place.Code    `json:"office"`
		Requester  string        `json:"requester"`
		Phone      string        `json:"phone"`
		Email      string        `json:"email"`
		Where      string        `json:"where"`
		People     int           `json:"people"`
		Days       []string      `json:"days"`
		Channel    rules.Channel `json:"channel"`
		Express    bool          `json:"express"`
		NoForms    bool          `json:"no_forms"`
	}
	if !s.read(w, r, &body) {
		return
	}
	who, _ := s.identify(r)
	asked, receipt, err := s.office.AskOutreach(r.Context(), who, office.OutreachRequest(body))
	s.answer(w, r, map[string]any{"outreach": toOutreach(asked), "receipt": receipt}, err)
}

func (s *server) outreaches(w http.ResponseWriter, r *http.Request, who office.Actor) {
	all, err := s.office.Outreaches(r.Context(), who)
	out := []outreachJSON{}
	for _, o := range all {
		out = append(out, toOutreach(o))
	}
	s.answer(w, r, out, err)
}

func (s *server) appointOutreach(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Day string `json:"day"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.AppointOutreach(r.Context(), who, r.PathValue("id"), body.Day)
	s.answer(w, r, receipt, err)
}
