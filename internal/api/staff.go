package api

import (
	"net/http"

	"mynumber/internal/office"
	"mynumber/internal/place"
)

// staffRoutes are the accounts of an office, for its administrator, and one's own sessions.
func (s *server) staffRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/v1/destructions", s.staff(s.destructions))
	mux.HandleFunc("GET /api/v1/staff", s.staff(s.staffHere))
	mux.HandleFunc("POST /api/v1/staff", s.staff(s.addStaff))
	mux.HandleFunc("POST /api/v1/staff/{account}/link", s.staff(s.staffLink))
	mux.HandleFunc("POST /api/v1/staff/{account}/role", s.staff(s.changeRole))
	mux.HandleFunc("POST /api/v1/staff/{account}/offer", s.staff(s.offerTransfer))
	mux.HandleFunc("POST /api/v1/staff/{account}/take-over", s.staff(s.takeOver))
	mux.HandleFunc("POST /api/v1/staff/{account}/leave", s.staff(s.leaveStaff))
	mux.HandleFunc("POST /api/v1/staff/{account}/end-sessions", s.staff(s.endSessions))
	mux.HandleFunc("POST /api/v1/staff/{account}/stand-ins", s.staff(s.standIn))
	mux.HandleFunc("POST /api/v1/staff/{account}/stand-ins/{id}/end", s.staff(s.endStandIn))
}

// destructions is the protocol of what the office destroyed.
func (s *server) destructions(w http.ResponseWriter, r *http.Request, who office.Actor) {
	all, err := s.office.Destructions(r.Context(), who)
	s.answer(w, r, append([]office.Destruction{}, all...), err)
}

// staffJSON is an account.
type staffJSON struct {
	Account string      `json:"account"`
	Name    string      `json:"name"`
	Office  place.Code  `json:"office"`
	Role    office.Role `json:"role"`
	Left    bool        `json:"left"`
	Offered place.Code  `json:"offered,omitempty"`
}

func staffOf(all []office.Staff) []staffJSON {
	out := []staffJSON{}
	for _, s := range all {
		out = append(out, staffJSON{s.ID, s.Name, s.Office, s.Role, !s.Left.IsZero(), s.Offered})
	}
	return out
}

func (s *server) staffHere(w http.ResponseWriter, r *http.Request, who office.Actor) {
	here, err := s.office.StaffHere(r.Context(), who)
	s.answer(w, r, struct {
		Staff    []staffJSON      `json:"staff"`
		Offered  []staffJSON      `json:"offered"`
		StandIns []office.StandIn `json:"stand_ins"`
	}{staffOf(here.Staff), staffOf(here.Offered), append([]office.StandIn{}, here.StandIns...)}, err)
}

// linked is an account with its one-time link.
type linkedJSON struct {
	Account string         `json:"account"`
	Link    string         `json:"link"`
	Receipt office.Receipt `json:"receipt"`
}

func (s *server) addStaff(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Account string      `json:"account"`
		Name    string      `json:"name"`
		Role    office.Role `json:"role"`
		Office  place.Code  `json:"office"`
	}
	if !s.read(w, r, &body) {
		return
	}
	if body.Office == "" {
		body.Office = who.Office
	}
	link, receipt, err := s.office.AddStaff(r.Context(), who, office.Staff{ID: body.Account, Name: body.Name, Office: body.Office, Role: body.Role})
	s.answer(w, r, linkedJSON{body.Account, s.office.URL + "/enter/" + link, receipt}, err)
}

func (s *server) staffLink(w http.ResponseWriter, r *http.Request, who office.Actor) {
	account := r.PathValue("account")
	link, receipt, err := s.office.StaffLink(r.Context(), who, account)
	s.answer(w, r, linkedJSON{account, s.office.URL + "/enter/" + link, receipt}, err)
}

// inRole reads a role.
func (s *server) inRole(w http.ResponseWriter, r *http.Request) (office.Role, bool) {
	var body struct {
		Role office.Role `json:"role"`
	}
	ok := s.read(w, r, &body)
	return body.Role, ok
}

func (s *server) changeRole(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if role, ok := s.inRole(w, r); ok {
		receipt, err := s.office.ChangeRole(r.Context(), who, r.PathValue("account"), role)
		s.answer(w, r, receipt, err)
	}
}

func (s *server) takeOver(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if role, ok := s.inRole(w, r); ok {
		receipt, err := s.office.TakeOver(r.Context(), who, r.PathValue("account"), role)
		s.answer(w, r, receipt, err)
	}
}

func (s *server) offerTransfer(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Office place.Code `json:"office"`
	}
	if s.read(w, r, &body) {
		receipt, err := s.office.OfferTransfer(r.Context(), who, r.PathValue("account"), body.Office)
		s.answer(w, r, receipt, err)
	}
}

func (s *server) leaveStaff(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.Leave(r.Context(), who, r.PathValue("account"))
	s.answer(w, r, receipt, err)
}

func (s *server) endSessions(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.EndSessions(r.Context(), who, r.PathValue("account"))
	s.answer(w, r, receipt, err)
}

func (s *server) standIn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Role string `json:"role"`
		From string `json:"from"`
		To   string `json:"to"`
	}
	if !s.read(w, r, &body) {
		return
	}
	granted, receipt, err := s.office.GrantStandIn(r.Context(), who, r.PathValue("account"), office.StandInRequest(body))
	s.answer(w, r, struct {
		StandIn office.StandIn `json:"stand_in"`
		Receipt office.Receipt `json:"receipt"`
	}{granted, receipt}, err)
}

func (s *server) endStandIn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	receipt, err := s.office.EndStandIn(r.Context(), who, r.PathValue("account"), r.PathValue("id"))
	s.answer(w, r, receipt, err)
}
