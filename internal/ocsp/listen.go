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
	readTimeout     = 15 * time.Second // also between two requests
	writeTimeout    = 15 * time.Second
	mostConnections = 50_000
)

// Serve answers on a listener of its own until the context ends: POST to pki.OCSPPath or /, GET below either. It does nothing
// else, and does it with a server made for that (docs/adr/0013-answers-about-certificates.md has the measurements).
func (s *Service) Serve(ctx context.Context, listener net.Listener) error {
	server := &fasthttp.Server{
		Handler: s.fast, HeaderReceived: received, ErrorHandler: unreadable, Name: "mynumber", NoDefaultServerHeader: true,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		MaxRequestBodySize: mostRequest, Concurrency: mostConnections,
		ReadBufferSize: 4096, WriteBufferSize: 4096,
		DisableHeaderNamesNormalizing: true, NoDefaultContentType: true, CloseOnShutdown: true,
		Logger: log.New(quiet{s.Log}, "", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(lazyListener{listener}) }()
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

// lazyListener hands out connections whose deadlines are moved once a second at most: to move them three times a request costs a tenth of it.
type lazyListener struct{ net.Listener }

func (l lazyListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &lazyConn{Conn: c}, nil
}

// lazyConn is one such connection; one goroutine serves it.
type lazyConn struct {
	net.Conn
	read, write time.Time
}

// lazily reports that a deadline stands near enough to where it shall be.
func lazily(stands *time.Time, shall time.Time) bool {
	if !stands.IsZero() && !shall.Before(*stands) && shall.Sub(*stands) < time.Second {
		return true
	}
	*stands = shall
	return false
}

func (c *lazyConn) SetReadDeadline(t time.Time) error {
	if lazily(&c.read, t) {
		return nil
	}
	return c.Conn.SetReadDeadline(t)
}

func (c *lazyConn) SetWriteDeadline(t time.Time) error {
	if lazily(&c.write, t) {
		return nil
	}
	return c.Conn.SetWriteDeadline(t)
}

// quiet takes the server's own lines, about clients that go away.
type quiet struct{ log *slog.Logger }

func (q quiet) Write(b []byte) (int, error) {
	q.log.Debug("OCSP listener", "said", string(bytes.TrimSpace(b)))
	return len(b), nil
}

// Names of fields as they are written.
var (
	cacheControl = []byte("Cache-Control")
	etag         = []byte("ETag")
	expires      = []byte("Expires")
	lastModified = []byte("Last-Modified")
)

var slashes = []byte(pki.OCSPPath + "/")

// asked is the field in which received leaves the request of a GET. What a client sends under this name is overwritten.
var (
	asked = []byte("-")
	taken = []byte("/-") // the path that is left then
)

// received takes the request out of the path of a GET before the library reads the path as one: base64 is none, and may hold two slashes
// in a row.
func received(h *fasthttp.RequestHeader) (as fasthttp.RequestConfig) {
	if !h.IsGet() {
		return as
	}
	path := h.RequestURI()
	request, below := bytes.CutPrefix(path, slashes)
	if !below {
		request = bytes.TrimPrefix(path, slashes[:1])
	}
	if len(request) == 0 || string(path) == LagPath {
		return as
	}
	h.SetCanonical(asked, fromPath(request[:0], request)) // in its place: nobody reads the path again
	h.SetRequestURIBytes(taken)
	return as
}

// fast is one request.
func (s *Service) fast(c *fasthttp.RequestCtx) {
	get := c.IsGet()
	var request []byte
	switch path := c.Request.Header.RequestURI(); {
	case c.IsPost() && (len(path) == 1 || string(path) == pki.OCSPPath || string(path) == pki.OCSPPath+"/"):
		request = c.Request.Body()
	case get && string(path) == LagPath:
		code, text := s.sayLag()
		c.Response.SetStatusCode(code)
		c.Response.Header.SetContentType("application/json")
		c.Response.Header.SetCanonical(cacheControl, noStore)
		c.Response.SetBodyRaw(text)
		return
	case get && bytes.Equal(path, taken):
		request = c.Request.Header.PeekBytes(asked)
	default:
		c.Response.Header.Set("Allow", "GET, POST")
		c.Error("POST "+pki.OCSPPath+", or GET below it", fasthttp.StatusMethodNotAllowed)
		return
	}
	reply, now := s.answer(c, request)
	h := &c.Response.Header
	h.SetContentType(contentType)
	h.SetCanonical(cacheControl, reply.cacheControl(now))
	if get && !reply.until.IsZero() {
		h.SetCanonical(etag, reply.etag)
		h.SetCanonical(expires, reply.expires)
		h.SetCanonical(lastModified, reply.changed)
		if bytes.Equal(c.Request.Header.Peek("If-None-Match"), reply.etag) {
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
		c.Response.Header.SetCanonical(cacheControl, noStore)
		c.Response.SetBodyRaw(pki.OCSPError(pki.MalformedRequest))
		c.SetConnectionClose()
		return
	}
	c.Error("", fasthttp.StatusBadRequest)
}
