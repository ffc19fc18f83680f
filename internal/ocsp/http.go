package ocsp

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"mynumber/internal/pki"
)

// LagPath is where Handler says how far behind the registers its answers are.
const LagPath = "/api/v1/responder"

// lag is what it says.
type lag struct {
	Fresh    bool  `json:"fresh"`     // answers are given
	Position int64 `json:"position"`  // of the last change that was followed
	Age      int64 `json:"age_ms"`    // since the registers were last seen to hold nothing more; -1 for never
	Median   int64 `json:"median_ms"` // from a change's being written to its being heard, over the last 1,024
	Worst    int64 `json:"worst_ms"`
}

// sayLag is 503 while no answers are given, for whoever watches the node; 404 where nothing is followed.
func (s *Service) sayLag() (code int, text []byte) {
	if s.Lag == nil {
		return http.StatusNotFound, []byte("{}")
	}
	l := s.Lag()
	code = http.StatusOK
	if !l.Fresh {
		code = http.StatusServiceUnavailable
	}
	text, err := json.Marshal(lag{l.Fresh, l.Position, max(l.Age.Milliseconds(), -1), l.Median.Milliseconds(), l.Worst.Milliseconds()})
	if err != nil {
		return http.StatusInternalServerError, []byte("{}")
	}
	return code, text
}

// Handler answers POST to pki.OCSPPath and GET below it, for a server that has other things to do as well. It looks at the path
// as it was written: base64 may have two slashes in a row.
func (s *Service) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request []byte
		escaped, below := strings.CutPrefix(r.URL.EscapedPath(), pki.OCSPPath+"/")
		switch {
		case r.Method == http.MethodGet && r.URL.Path == LagPath:
			code, text := s.sayLag()
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Cache-Control", string(noStore))
			w.WriteHeader(code)
			w.Write(text)
			return
		case r.Method == http.MethodPost && r.URL.Path == pki.OCSPPath:
			request, _ = io.ReadAll(http.MaxBytesReader(w, r.Body, mostRequest)) // what cannot be read whole is malformed
		case r.Method == http.MethodGet && below:
			request = fromPath(nil, escaped)
		default:
			w.Header().Set("Allow", "GET, POST")
			http.Error(w, "POST "+pki.OCSPPath+", or GET below it", http.StatusMethodNotAllowed)
			return
		}
		reply := s.Answer(r.Context(), request)
		h := w.Header()
		h.Set("Content-Type", contentType)
		h.Set("Cache-Control", string(reply.cacheControl(s.Clock())))
		if r.Method == http.MethodGet && !reply.until.IsZero() {
			h.Set("ETag", string(reply.etag))
			h.Set("Expires", string(reply.expires))
			h.Set("Last-Modified", string(reply.changed))
			if r.Header.Get("If-None-Match") == string(reply.etag) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(reply.DER)))
		w.Write(reply.DER)
	})
}
