package api

import (
	"net/http"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// applicationJSON is what the API shows of an application: never the number, never a PIN.
type applicationJSON struct {
	ID            string                 `json:"id"`
	Purpose       string                 `json:"purpose"`
	Overseas      bool                   `json:"overseas"`
	State         application.State      `json:"state"`
	Filed         civil.Date             `json:"filed"`
	Accepting     string                 `json:"accepting"`
	InCharge      string                 `json:"in_charge"`
	Honseki       string                 `json:"honseki,omitempty"`
	Pickup        string                 `json:"pickup"`
	Channel       string                 `json:"channel"`
	Express       bool                   `json:"express,omitempty"`
	Delivery      application.Delivery   `json:"delivery"`
	Outdated      bool                   `json:"form_outdated,omitempty"`
	ApplicationID string                 `json:"application_id,omitempty"`
	Papers        application.Custody    `json:"papers"`
	SealedForm    application.SealedForm `json:"sealed_form,omitempty"`
	SealedAt      *application.Custody   `json:"sealed_form_at,omitempty"`
	Fee           *application.Fee       `json:"fee,omitempty"`
	Ready         civil.Date             `json:"ready,omitzero"`
	Deadline      civil.Date             `json:"deadline,omitzero"`
	CardID        string                 `json:"card,omitempty"`
	Mail          *application.Posting   `json:"mail,omitempty"`
}

func toJSON(a application.Application) applicationJSON {
	out := applicationJSON{
		ID: a.ID, Purpose: a.Purpose, Overseas: a.Overseas, State: a.State, Filed: a.Filed, Accepting: string(a.Accepting), InCharge: string(a.InCharge), Pickup: string(a.Pickup),
		Channel: a.Channel, Express: a.Express, Delivery: a.Delivery, Outdated: a.Outdated,
		ApplicationID: a.ApplicationID, Papers: a.Papers, SealedForm: a.SealedForm, Ready: a.Ready, Deadline: a.Deadline, CardID: a.CardID,
	}
	if a.Overseas {
		out.Honseki = string(a.InCharge)
	}
	if a.SealedForm != application.NoForm {
		out.SealedAt = &a.SealedAt
	}
	if a.Fee.Ground != "" {
		out.Fee = &a.Fee
	}
	if a.Mail != (application.Posting{}) {
		out.Mail = &a.Mail
	}
	return out
}

func (s *server) saveDraft(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Form  application.RawForm `json:"form"`
		Photo []byte              `json:"photo"`
	}
	if !s.read(w, r, &body) {
		return
	}
	d, err := s.office.SaveDraft(r.Context(), body.Form, body.Photo)
	s.answer(w, r, map[string]string{"code": d.Code}, err)
}

// applyOnline begins an application online with the application ID of a form (APP-011). Without one it says no, with the
// reason and the way that is open: what somebody abroad hears (APP-013, CON-028).
func (s *server) applyOnline(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ApplicationID string `json:"application_id"`
		Email         string `json:"email"`
	}
	if !s.read(w, r, &body) {
		return
	}
	if body.ApplicationID == "" {
		s.answer(w, r, nil, s.office.ApplyOnline(r.Context()))
		return
	}
	receipt, err := s.office.StartOnline(r.Context(), body.ApplicationID, body.Email)
	s.answer(w, r, receipt, err)
}

func (s *server) status(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ApplicationID string `json:"application_id"`
		Birth         string `json:"birth"`
	}
	if !s.read(w, r, &body) {
		return
	}
	st, err := s.office.Status(r.Context(), body.ApplicationID, body.Birth)
	s.answer(w, r, map[string]any{"state": st.State, "filed": st.Filed, "estimate_days": st.Estimate}, err)
}

func (s *server) correct(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Form application.RawForm `json:"form"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.Correct(r.Context(), r.PathValue("link"), body.Form)
	s.answer(w, r, receipt, err)
}

// pinsJSON are the PINs as the holder types them. They go to the chip and nowhere else.
type pinsJSON struct {
	Signature          string `json:"signature"`
	UserAuthentication string `json:"user_authentication"`
	ResidentRegister   string `json:"resident_register"`
	InputSupport       string `json:"input_support"`
}

func (p pinsJSON) values() map[card.PIN]string {
	return map[card.PIN]string{card.SignaturePIN: p.Signature, card.UserAuthenticationPIN: p.UserAuthentication,
		card.ResidentRegisterPIN: p.ResidentRegister, card.InputSupportPIN: p.InputSupport}
}

func (s *server) setPINs(w http.ResponseWriter, r *http.Request) {
	var body pinsJSON
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.SetPINs(r.Context(), r.PathValue("link"), body.values())
	s.answer(w, r, receipt, err)
}

func (s *server) queue(w http.ResponseWriter, r *http.Request, who office.Actor) {
	lines, err := s.office.Queue(r.Context(), who)
	type line struct {
		applicationJSON
		Mine bool `json:"mine"`
	}
	out := make([]line, 0, len(lines))
	for _, l := range lines {
		out = append(out, line{toJSON(l.Application), l.Mine})
	}
	s.answer(w, r, out, err)
}

func (s *server) file(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		RequestKey  string              `json:"request_key"`
		Form        application.RawForm `json:"form"`
		Photo       []byte              `json:"photo"`
		DraftCode   string              `json:"draft_code"`
		Channel     rules.Channel       `json:"channel"`
		ByProxy     bool                `json:"by_proxy"`
		SealedForm  bool                `json:"sealed_form"`
		OldCardSeen bool                `json:"old_card_seen"`
		Foreign     bool                `json:"foreign_passport"`
		Purpose     rules.Procedure     `json:"purpose"`
		Visitor     rules.Visitor       `json:"visitor"`
		Event       application.Event   `json:"event"`
	}
	if !s.read(w, r, &body) {
		return
	}
	filed, receipt, err := s.office.File(showing(r, withApplication), who, office.FileRequest(body))
	s.answer(w, r, map[string]any{"application": toJSON(filed), "receipt": receipt}, err)
}

func (s *server) look(w http.ResponseWriter, r *http.Request, who office.Actor) {
	c, err := s.office.Look(r.Context(), who, r.PathValue("id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	next := []string{}
	for _, n := range c.Next {
		if n.Mine {
			next = append(next, string(n.Act))
		}
	}
	out := map[string]any{"application": toJSON(c.Application), "next": next}
	if c.Person != nil && !c.Application.Form.NoSignature {
		text, err := s.office.CertificateTextOf(*c.Person)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		out["certificate_text"] = certificateTextOf(text)
	}
	if c.Application.Fee.Ground != "" {
		out["fee_text"], out["fee_rules"] = office.FeeText(c.Application.Fee), c.FeeRules
	}
	if c.Card != nil {
		out["card"] = map[string]any{"id": c.Card.ID, "state": c.Card.State, "issued": c.Card.Issued, "until": c.Card.Until, "rules": c.CardRules}
		out["certificate_rules"] = c.CertRules
		certificates := []map[string]any{}
		for _, x := range c.Certificates {
			certificates = append(certificates, map[string]any{"kind": x.Kind, "serial": x.Serial, "state": x.State, "until": x.Until})
		}
		out["certificates"] = certificates
	}
	s.answer(w, r, out, nil)
}

func (s *server) candidates(w http.ResponseWriter, r *http.Request, who office.Actor) {
	found, err := s.office.Candidates(r.Context(), who, r.PathValue("id"))
	type candidate struct {
		Person string `json:"person"`
		Name   string `json:"name"`
		Birth  string `json:"birth"`
	}
	out := []candidate{}
	for _, c := range found {
		out = append(out, candidate{c.Person.ID, c.Person.Name.Full(), c.Person.Birth.String()})
	}
	s.answer(w, r, out, err)
}

func (s *server) identifyPerson(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Person string `json:"person"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.Identify(r.Context(), who, r.PathValue("id"), body.Person)
	s.answer(w, r, receipt, err)
}

func (s *server) askBack(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Fields []string `json:"fields"`
		Note   string   `json:"note"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.AskBack(r.Context(), who, r.PathValue("id"), office.AskBackRequest(body))
	s.answer(w, r, receipt, err)
}

func (s *server) accept(w http.ResponseWriter, r *http.Request, who office.Actor) {
	a, receipt, err := s.office.Accept(showing(r, withApplication), who, r.PathValue("id"))
	s.answer(w, r, map[string]any{"application": toJSON(a), "receipt": receipt}, err)
}

func (s *server) checkIdentity(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Visitor procedure.Visitor `json:"visitor"`
		Papers  []struct {
			Kind  rules.Paper `json:"kind"`
			Until civil.Date  `json:"until"`
		} `json:"papers"`
		PassportName  string     `json:"passport_name"`
		PassportBirth civil.Date `json:"passport_birth"`
		OldCard       bool       `json:"old_card"`
	}
	if !s.read(w, r, &body) {
		return
	}
	request := office.IdentityRequest{Visitor: body.Visitor, PassportName: body.PassportName, PassportBirth: body.PassportBirth, OldCard: body.OldCard}
	for _, p := range body.Papers {
		if !slices.Contains(rules.PickupDocuments(), p.Kind) {
			s.fail(w, r, &office.Invalid{Field: "papers", Text: law.Text{Ja: "知らない種類の書類です。", En: "An unknown kind of document."}})
			return
		}
		request.Papers = append(request.Papers, procedure.PaperSeen{Kind: p.Kind, Until: p.Until})
	}
	receipt, err := s.office.CheckIdentity(r.Context(), who, r.PathValue("id"), request)
	s.answer(w, r, receipt, err)
}

func (s *server) pinScreen(w http.ResponseWriter, r *http.Request, who office.Actor) {
	link, receipt, err := s.office.OpenPINScreen(r.Context(), who, r.PathValue("id"))
	s.answer(w, r, map[string]any{"link": link, "receipt": receipt}, err)
}

func (s *server) openSealedForm(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		HolderPresent bool     `json:"holder_present"`
		PINs          pinsJSON `json:"pins"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.OpenSealedForm(r.Context(), who, r.PathValue("id"), body.HolderPresent, body.PINs.values())
	s.answer(w, r, receipt, err)
}

func (s *server) handOver(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		ReceiptSigned bool `json:"receipt_signed"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.HandOver(r.Context(), who, r.PathValue("id"), body.ReceiptSigned)
	s.answer(w, r, receipt, err)
}

func (s *server) searchCards(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Name  string `json:"name"`
		Birth string `json:"birth"`
	}
	if !s.read(w, r, &body) {
		return
	}
	found, err := s.office.CardsToStop(r.Context(), who, office.CallerRequest(body))
	type line struct {
		ID    string     `json:"id"`
		State card.State `json:"state"`
		Until civil.Date `json:"until"`
	}
	out := []line{}
	for _, f := range found {
		out = append(out, line{f.Card.ID, f.Card.State, f.Card.Until})
	}
	s.answer(w, r, out, err)
}

func (s *server) suspend(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		CallerIsHolder bool `json:"caller_is_holder"`
	}
	if !s.read(w, r, &body) {
		return
	}
	receipt, err := s.office.Suspend(r.Context(), who, r.PathValue("id"), body.CallerIsHolder)
	s.answer(w, r, receipt, err)
}

func (s *server) produceBatch(w http.ResponseWriter, r *http.Request, who office.Actor) {
	made, err := s.office.ProduceBatch(r.Context(), who)
	s.answer(w, r, map[string]int{"made": made}, err)
}
