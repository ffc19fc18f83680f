package ocsp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"time"

	"github.com/valyala/fasthttp"

	"mynumber/internal/pki"
)

// Bounds of a connection to the listener. Whoever says nothing, or half a request, costs a goroutine and a small buffer for so long.
const (
	readTimeout     = 10 * time.Second
	writeTimeout    = 10 * time.Second
	idleTimeout     = time.Minute
	mostConnections = 50_000
)

// Serve answers on a listener of its own until the context ends: POST to pki.OCSPPath or /, GET below either. It does nothing
// else, and does it with a server made for that (docs/adr/0013-answers-about-certificates.md has the measurements).
func (s *Service) Serve(ctx context.Context, listener net.Listener) error {
	server := &fasthttp.Server{
		Handler: s.fast, ErrorHandler: unreadable, Name: "mynumber", NoDefaultServerHeader: true,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxRequestBodySize: mostRequest, Concurrency: mostConnections,
		ReadBufferSize: 4096, WriteBufferSize: 4096,
		DisableHeaderNamesNormalizing: true, NoDefaultContentType: true, CloseOnShutdown: true,
		Logger: log.New(quiet{s.Log}, "", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("answer OCSP: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTimeout)
	defer cancel()
	if err := server.ShutdownWithContext(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop answering OCSP: %w", err)
	}
	return nil
}

// quiet takes the server's own lines, about clients that go away.
type quiet struct{ log *slog.Logger }

func (q quiet) Write(b []byte) (int, error) {
	q.log.Debug("OCSP listener", "said", string(bytes.TrimSpace(b)))
	return len(b), nil
}

var slashes = []byte(pki.OCSPPath + "/")

// fast is one request.
func (s *Service) fast(c *fasthttp.RequestCtx) {
	path := c.Request.Header.RequestURI()
	get := c.IsGet()
	var request []byte
	switch {
	case c.IsPost() && (len(path) == 1 || string(path) == pki.OCSPPath || string(path) == pki.OCSPPath+"/"):
		request = c.Request.Body()
	case get && bytes.HasPrefix(path, slashes):
		request = fromPath(string(path[len(slashes):]))
	case get && len(path) > 1:
		request = fromPath(string(path[1:]))
	default:
		c.Response.Header.Set("Allow", "GET, POST")
		c.Error("POST "+pki.OCSPPath+", or GET below it", fasthttp.StatusMethodNotAllowed)
		return
	}
	reply := s.Answer(c, request)
	h := &c.Response.Header
	h.SetContentType(contentType)
	h.Set("Cache-Control", reply.cacheControl(s.Clock()))
	if get && !reply.until.IsZero() {
		h.Set("ETag", reply.etag)
		h.Set("Expires", reply.expires)
		h.Set("Last-Modified", reply.changed)
		if string(c.Request.Header.Peek("If-None-Match")) == reply.etag {
			c.Response.SetStatusCode(fasthttp.StatusNotModified)
			return
		}
	}
	c.Response.SetBodyRaw(reply.DER)
}

// unreadable answers what is no HTTP request, or has too large a body: that is a malformed request too.
func unreadable(c *fasthttp.RequestCtx, err error) {
	if errors.Is(err, fasthttp.ErrBodyTooLarge) {
		c.Response.Header.SetContentType(contentType)
		c.Response.Header.Set("Cache-Control", noStore)
		c.Response.SetBodyRaw(pki.OCSPError(pki.MalformedRequest))
		c.SetConnectionClose()
		return
	}
	c.Error("", fasthttp.StatusBadRequest)
}
