package ocsp

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"time"

	"mynumber/internal/pki"
)

// Reply is an answer with what HTTP says of it (RFC 5019 section 6).
type Reply struct {
	DER    []byte
	Status pki.ResponseStatus
	Err    error // why Status is not Successful

	produced, until  time.Time // until is zero when nobody may keep it
	etag             []byte
	expires, changed []byte
}

// noStore is said of answers with a nonce and of errors.
var noStore = []byte("no-store")

// maxAges are the values of Cache-Control by the seconds that are left.
var maxAges = func() (all [int(pki.OCSPLifetime/time.Second) + 1][]byte) {
	for i := range all {
		all[i] = fmt.Appendf(nil, "max-age=%d, public, no-transform, must-revalidate", i)
	}
	return all
}()

func newReply(a pki.Answer, now time.Time) *Reply {
	r := &Reply{DER: a.DER, Status: a.Status, Err: a.Err, produced: now.Truncate(time.Second), until: a.NextUpdate}
	if !r.until.IsZero() {
		sum := sha1.Sum(a.DER) // the form that RFC 5019 section 6.2 shows; nothing rests on its strength
		r.etag = fmt.Appendf(nil, `"%x"`, sum)
		r.expires, r.changed = r.until.UTC().AppendFormat(nil, http.TimeFormat), r.produced.UTC().AppendFormat(nil, http.TimeFormat)
	}
	return r
}

// cacheControl says how long the answer may be kept from now on.
func (r *Reply) cacheControl(now time.Time) []byte {
	if r.until.IsZero() {
		return noStore
	}
	left := int(r.until.Sub(now) / time.Second)
	return maxAges[min(max(left, 0), len(maxAges)-1)]
}

// mostRequest bounds a request, in octets.
const mostRequest = 16 << 10

// contentType of every answer (RFC 6960 appendix A).
const contentType = "application/ocsp-response"

// fromPath takes the request out of the path of a GET, base64 that may be escaped (RFC 6960 appendix A.1), and appends it to into; nil for
// what is none, which is then malformed.
func fromPath[text string | []byte](into []byte, path text) []byte {
	if len(path) > 4*mostRequest {
		return nil
	}
	out := into[:0]
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' {
			if i+2 >= len(path) {
				return nil
			}
			high, ok1 := hexDigit(path[i+1])
			low, ok2 := hexDigit(path[i+2])
			if !ok1 || !ok2 {
				return nil
			}
			c = high<<4 | low
			i += 2
		}
		out = append(out, c)
	}
	n, err := base64.StdEncoding.Decode(out, out) // each group is read before its octets are written
	if err != nil || n > mostRequest {
		return nil
	}
	return out[:n]
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
