package ocsp

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mynumber/internal/pki"
)

// Reply is an answer with what HTTP says of it (RFC 5019 section 6).
type Reply struct {
	DER    []byte
	Status pki.ResponseStatus
	Err    error // why Status is not Successful

	produced, until  time.Time // until is zero when nobody may keep it
	etag             string
	expires, changed string
}

// noStore is said of answers with a nonce and of errors.
const noStore = "no-store"

// maxAges are the values of Cache-Control by the seconds that are left.
var maxAges = func() (all [int(pki.OCSPLifetime/time.Second) + 1]string) {
	for i := range all {
		all[i] = fmt.Sprintf("max-age=%d, public, no-transform, must-revalidate", i)
	}
	return all
}()

func newReply(a pki.Answer, now time.Time) *Reply {
	r := &Reply{DER: a.DER, Status: a.Status, Err: a.Err, produced: now.Truncate(time.Second), until: a.NextUpdate}
	if !r.until.IsZero() {
		sum := sha1.Sum(a.DER) // the form that RFC 5019 section 6.2 shows; nothing rests on its strength
		r.etag = `"` + hex.EncodeToString(sum[:]) + `"`
		r.expires, r.changed = r.until.UTC().Format(http.TimeFormat), r.produced.UTC().Format(http.TimeFormat)
	}
	return r
}

// cacheControl says how long the answer may be kept from now on.
func (r *Reply) cacheControl(now time.Time) string {
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

// fromPath takes the request out of the path of a GET (RFC 6960 appendix A.1); nil for what is none, which is then malformed.
func fromPath(escaped string) []byte {
	text := escaped
	if strings.Contains(text, "%") {
		var err error
		if text, err = url.PathUnescape(text); err != nil {
			return nil
		}
	}
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(der) > mostRequest {
		return nil
	}
	return der
}
