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

	"mynumber/internal/certificate"
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

// listJSON is a revocation list as the issuer's staff see it.
type listJSON struct {
	Path       string           `json:"path"`
	Kind       certificate.Kind `json:"kind"`
	Generation int              `json:"generation"`
	Partition  string           `json:"partition"`
	Number     int64            `json:"number"`
	ThisUpdate time.Time        `json:"this_update"`
	NextUpdate time.Time        `json:"next_update"`
	Entries    int64            `json:"entries"`
	Size       int64            `json:"size"`
	SHA256     string           `json:"sha256"`
	Behind     bool             `json:"behind"`
	Fault      string           `json:"fault,omitempty"`
}

func listOf(l office.ListLine) listJSON {
	return listJSON{Path: l.Path(), Kind: l.Kind, Generation: l.Generation, Partition: l.Partition, Number: l.Number, ThisUpdate: l.ThisUpdate, NextUpdate: l.NextUpdate,
		Entries: l.Entries, Size: l.Size, SHA256: l.SHA256, Behind: l.Behind, Fault: l.Fault}
}

func (s *server) listBook(w http.ResponseWriter, r *http.Request, who office.Actor) {
	book, err := s.office.ListBook(r.Context(), who)
	lists := make([]listJSON, len(book.Lines))
	for i, l := range book.Lines {
		lists[i] = listOf(l)
	}
	s.answer(w, r, lists, err)
}

func (s *server) orderLists(w http.ResponseWriter, r *http.Request, who office.Actor) {
	var body struct {
		Kind       certificate.Kind `json:"kind"`
		Generation int              `json:"generation"`
		Partition  string           `json:"partition"`
	}
	if !s.read(w, r, &body) {
		return
	}
	_, receipt, err := s.office.OrderLists(r.Context(), who, office.ListRequest(body))
	s.answer(w, r, receipt, err)
}
