package api

import (
	"net/http"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// phone is what the app on a phone sends: nobody is logged in, the signatures say whose it is.
func (s *server) phone(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Procedure   rules.Procedure     `json:"procedure"`
		Phone       procedure.PhoneKind `json:"phone"`
		Certificate []byte              `json:"certificate"`
		Keys        []phoneKeyJSON      `json:"keys"`
		Signature   []byte              `json:"signature"`
	}
	if !s.read(w, r, &body) {
		return
	}
	request := office.PhoneRequest{Procedure: body.Procedure, Phone: body.Phone, Certificate: body.Certificate, Signature: body.Signature}
	for _, k := range body.Keys {
		request.Keys = append(request.Keys, office.PhoneKey(k))
	}
	made, receipt, err := s.office.Phone(r.Context(), request)
	out := []issuedJSON{}
	for _, x := range made {
		out = append(out, issuedJSON{x.Kind, x.Serial, x.Until.String(), x.DER})
	}
	s.answer(w, r, map[string]any{"certificates": out, "receipt": receipt}, err)
}

type phoneKeyJSON struct {
	Kind   certificate.Kind `json:"kind"`
	Public []byte           `json:"public_key"`
	Proof  []byte           `json:"proof"`
}

// issuedJSON is a certificate for a phone.
type issuedJSON struct {
	Kind   certificate.Kind `json:"kind"`
	Serial string           `json:"serial"`
	Until  string           `json:"until"`
	DER    []byte           `json:"der"`
}
