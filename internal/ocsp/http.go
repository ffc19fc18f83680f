package ocsp

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"mynumber/internal/pki"
)

// Handler answers POST to pki.OCSPPath and GET below it, for a server that has other things to do as well. It looks at the path
// as it was written: base64 may have two slashes in a row.
func (s *Service) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request []byte
		escaped, below := strings.CutPrefix(r.URL.EscapedPath(), pki.OCSPPath+"/")
		switch {
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
