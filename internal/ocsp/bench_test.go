package ocsp

import (
	"encoding/base64"
	"net/url"
	"testing"

	"github.com/valyala/fasthttp"

	"mynumber/internal/pki"
)

// BenchmarkListener is what a prepared answer costs above the library: head and body of one request, their making included, no connection.
func BenchmarkListener(b *testing.B) {
	w := newWorld(b)
	der := w.request(b, 1, nil)
	post := func(c *fasthttp.RequestCtx) {
		c.Request.Header.SetMethod("POST")
		c.Request.SetRequestURI(pki.OCSPPath)
		c.Request.SetBodyRaw(der)
	}
	get := func(c *fasthttp.RequestCtx) {
		c.Request.Header.SetMethod("GET")
		c.Request.SetRequestURI(pki.OCSPPath + "/" + url.PathEscape(base64.StdEncoding.EncodeToString(der)))
	}
	for name, prepare := range map[string]func(*fasthttp.RequestCtx){"POST": post, "GET": get} {
		b.Run(name, func(b *testing.B) {
			var c fasthttp.RequestCtx
			prepare(&c)
			b.ReportAllocs()
			for b.Loop() {
				c.Response.Reset()
				prepare(&c) // a GET's path is used up
				received(&c.Request.Header)
				w.fast(&c)
			}
		})
	}
}
