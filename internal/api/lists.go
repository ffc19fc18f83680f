package api

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"mynumber/internal/office"
)

// A list may be replaced on demand; so caches ask again soon, and hear 304 when it is still the same.
const (
	listFresh = 10 * time.Minute
	listStale = time.Minute // past nextUpdate: a newer one is overdue
)

// slowReader is the least speed, in octets a second, at which whoever reads a long list is waited for.
const slowReader = 64 << 10

// crl serves a revocation list: the current file, whole or in parts, or compressed when the reader takes that. A download that
// is under way goes on with its own file when the list is replaced.
func (s *server) crl(w http.ResponseWriter, r *http.Request) {
	kind, known := kinds[r.PathValue("kind")]
	generation, err := strconv.Atoi(r.PathValue("generation"))
	partition, isList := strings.CutSuffix(r.PathValue("file"), ".crl")
	if !known || err != nil || !isList {
		s.fail(w, r, office.ErrNotFound)
		return
	}
	list, file, err := s.office.List(r.Context(), kind, generation, partition)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer file.Close()
	h := w.Header()
	tag, size := fmt.Sprintf("%s-%d-%s-%d", r.PathValue("kind"), generation, partition, list.Number), list.Size
	h.Add("Vary", "Accept-Encoding")
	if r.Header.Get("Range") == "" && acceptsGzip(r.Header) {
		packed, n, err := s.office.Lists.Packed(r.Context(), list.Name())
		switch {
		case err == nil:
			defer packed.Close()
			file, size, tag = packed, n, tag+"-gzip"
			h.Set("Content-Encoding", "gzip")
			h.Set("Content-Length", strconv.FormatInt(n, 10))
		case !errors.Is(err, fs.ErrNotExist) && r.Context().Err() == nil: // replaced meanwhile: as it is, from the file that is open
			s.log.LogAttrs(r.Context(), slog.LevelError, "a revocation list cannot be compressed", slog.String("list", tag), slog.Any("error", err))
		}
	}
	fresh := listStale
	if left := list.NextUpdate.Sub(s.office.Clock()); left > 0 {
		fresh = min(left, listFresh)
	}
	h.Set("Content-Type", "application/pkix-crl") // RFC 2585 section 4.2
	h.Set("ETag", `"`+tag+`"`)
	h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d, must-revalidate, no-transform", int(fresh.Seconds())))
	if long := time.Duration(size/slowReader) * time.Second; long > time.Minute {
		// Servers that cannot move their bound cut the download off, and the reader asks for the rest.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(long))
	}
	http.ServeContent(w, r, "", list.Made, file)
}

// acceptsGzip reports that a reader takes gzip (RFC 9110 section 12.5.3).
func acceptsGzip(h http.Header) bool {
	for _, line := range h.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(line, ",") {
			coding, parameters, _ := strings.Cut(one, ";")
			name, weight, _ := strings.Cut(strings.TrimSpace(parameters), "=")
			if q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64); strings.TrimSpace(name) == "q" && err == nil && q == 0 {
				continue
			}
			if coding = strings.ToLower(strings.TrimSpace(coding)); coding == "gzip" || coding == "x-gzip" {
				return true
			}
		}
	}
	return false
}
