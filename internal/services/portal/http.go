package portal

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// maxLogin bounds a login's body: a certificate and a signature in base64.
const maxLogin = 32 << 10

// Handler is the portal's machine face: POST /api/v1/portal/challenges and /api/v1/portal/logins.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/portal/challenges", s.challenge)
	mux.HandleFunc("POST /api/v1/portal/logins", s.login)
	return mux
}

func (s *Service) challenge(w http.ResponseWriter, r *http.Request) {
	id, nonce, err := s.Challenge(r.Context())
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, map[string]any{"id": id, "nonce": nonce})
}

// checkJSON is one check as the API shows it.
type checkJSON struct {
	Step  Step   `json:"step"`
	OK    bool   `json:"ok"`
	Fault string `json:"fault,omitempty"`
}

func (s *Service) login(w http.ResponseWriter, r *http.Request) {
	var body struct {
		ID          string `json:"id"`
		Certificate []byte `json:"certificate"`
		Signature   []byte `json:"signature"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxLogin)).Decode(&body); err != nil {
		answer(w, http.StatusUnprocessableEntity, map[string]any{"title": "not readable as JSON", "status": http.StatusUnprocessableEntity, "code": "invalid"})
		return
	}
	login, err := s.Login(r.Context(), body.ID, body.Certificate, body.Signature)
	if errors.Is(err, ErrChallenge) {
		answer(w, http.StatusNotFound, map[string]any{"title": "no such challenge", "status": http.StatusNotFound, "code": "not_found"})
		return
	}
	if err != nil {
		answer(w, http.StatusBadGateway, map[string]any{"title": "the responder gave no answer", "status": http.StatusBadGateway, "code": "responder"})
		return
	}
	checks := []checkJSON{}
	for _, c := range login.Checks {
		line := checkJSON{Step: c.Step, OK: c.Fault == nil}
		if c.Fault != nil {
			line.Fault = c.Fault.Error()
		}
		checks = append(checks, line)
	}
	out := map[string]any{"accepted": login.Accepted, "checks": checks}
	if login.Accepted {
		out["serial"], out["not_after"] = login.Serial, login.NotAfter.Format(time.RFC3339)
	}
	answer(w, http.StatusOK, out)
}

// answer writes JSON that nobody keeps.
func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	if status != http.StatusOK {
		w.Header().Set("Content-Type", "application/problem+json")
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}
