package pki

import (
	"crypto"
	"encoding/asn1"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

// LintError is everything that is wrong with a plan. Nothing was signed.
type LintError []Finding

// Finding is one fault: the field of the plan and what is wrong with it, without the holder's data.
type Finding struct {
	Field string
	Text  string
}

// Error lists the findings.
func (e LintError) Error() string {
	parts := make([]string, len(e))
	for i, f := range e {
		parts[i] = f.Field + ": " + f.Text
	}
	return "the certificate must not be signed: " + strings.Join(parts, "; ")
}

// addressLimit is the longest address of the profile, in characters.
const addressLimit = 200

// linter gathers findings.
type linter struct{ found LintError }

func (l *linter) check(good bool, field, format string, a ...any) {
	if !good {
		l.found = append(l.found, Finding{field, fmt.Sprintf(format, a...)})
	}
}

// Lint says everything that is wrong with the plan as a LintError, nil when the authority may sign it.
// It stands in for what no general tool looks at: the otherNames of the profile, which crypto/x509 and
// zlint let pass with any bytes in them.
func (a *Authority) Lint(p Plan) error {
	var l linter
	l.check(p.Kind == a.kind, "kind", "%s, but the authority's is %s", p.Kind, a.kind)
	l.check(Policy(p.PolicyArc, p.Kind, p.Medium) != nil, "medium", "no policy for kind %d on medium %d", p.Kind, p.Medium)
	l.check(p.PolicyArc == nil || objectIdentifier(p.PolicyArc), "policy_arc", "not an object identifier")
	_, issued := a.Counter(p.Serial)
	l.check(issued, "serial", "not from a counter of this authority")
	l.period(p, a)
	l.commonName(p)
	l.partition(p.Partition)
	l.key(p.PublicKey, a)
	l.urls(p.URLs)
	if p.Kind == certificate.Signature {
		l.holder(p)
	} else {
		l.check(p.Holder == nil, "holder", "a user authentication certificate carries no personal data")
	}
	if len(l.found) > 0 {
		return l.found
	}
	return nil
}

// objectIdentifier reports an arc that can be encoded (X.660: below roots 0 and 1 stand 0 to 39).
func objectIdentifier(arc asn1.ObjectIdentifier) bool {
	return len(arc) >= 2 && slices.Min(arc) >= 0 && arc[0] <= 2 && (arc[0] == 2 || arc[1] < 40)
}

func (l *linter) period(p Plan, a *Authority) {
	l.check(p.NotBefore.Equal(p.NotBefore.Truncate(time.Second)), "not_before", "has fractions of a second")
	l.check(!p.NotBefore.Before(a.cert.NotBefore), "not_before", "before the authority's own period")
	if p.Until.IsZero() {
		l.check(false, "until", "missing")
		return
	}
	l.check(p.NotBefore.Before(p.Until.End()), "until", "%s is over at the issue", p.Until)
	l.check(!p.Until.End().After(a.cert.NotAfter), "until", "%s is beyond the authority's end", p.Until)
}

func (l *linter) commonName(p Plan) {
	length, digits := 23, 0
	if p.Kind == certificate.Signature {
		length, digits = 28, 19
	}
	l.check(len(p.CommonName) == length, "common_name", "%d characters instead of %d", len(p.CommonName), length)
	for i, c := range []byte(p.CommonName) {
		digit, letter := c >= '0' && c <= '9', c >= 'A' && c <= 'Z'
		if !digit && (!letter || i < digits) {
			l.check(false, "common_name", "character %d is out of place", i+1)
			return
		}
	}
}

func (l *linter) partition(p Partition) {
	l.check(len(p.Code) == 5 && strings.Trim(p.Code, "0123456789") == "", "partition", "the code is not five digits")
	l.check(romanised(p.Prefecture), "partition", "the prefecture is not a romanised name")
	l.check(romanised(p.Municipality), "partition", "the municipality is not a romanised name")
}

// romanised reports a place name in ASCII letters, spaces, apostrophes and hyphens, within the 64
// characters that RFC 5280 appendix A.1 allows an OU or CN, " CRLDP" included.
func romanised(s string) bool {
	if s == "" || len(s) > 64-len(" CRLDP") {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == ' ' || c == '\'') {
			return false
		}
	}
	return s == strings.TrimSpace(s)
}

// key checks that the holder's key is of the generation's algorithm and none of the authority's own.
func (l *linter) key(key crypto.PublicKey, a *Authority) {
	if key == nil {
		l.check(false, "public_key", "missing")
		return
	}
	of, err := AlgorithmOf(key)
	if err != nil || of != a.algorithm {
		l.check(false, "public_key", "not a key of %s", a.algorithm)
		return
	}
	l.check(!samePublicKey(key, a.keys.CA.Public()) && !samePublicKey(key, a.keys.Responder.Public()), "public_key", "a key of the authority itself")
}

func (l *linter) urls(u URLs) {
	if u.Base == "" {
		return
	}
	base, err := url.Parse(u.Base)
	// Plain HTTP on purpose: a client that checked a TLS certificate to fetch a CRL would need a CRL first (RFC 5280 section 8).
	l.check(err == nil && base.Scheme == "http" && base.Host != "" && base.RawQuery == "" && base.Fragment == "" &&
		!strings.HasSuffix(u.Base, "/") && ascii(u.Base), "urls", "the base is not http://host without a final slash")
}

func ascii(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7F {
			return false
		}
	}
	return true
}

func (l *linter) holder(p Plan) {
	h := p.Holder
	if h == nil {
		l.check(false, "holder", "a signature certificate names its holder")
		return
	}
	l.text("name", h.Name, h.NameSubstitutes)
	l.text("address", h.Address, h.AddressSubstitutes)
	l.check(utf8.RuneCountInString(h.Address) <= addressLimit, "address", "longer than %d characters", addressLimit)
	l.check(h.Sex >= Male && h.Sex <= Other, "sex", "not 1, 2 or 3")
	l.check(!h.Birth.IsZero(), "birth", "missing")
	l.check(!h.Birth.After(civil.DateOf(p.NotBefore)), "birth", "after the issue")
}

func (l *linter) text(field, text, substitutes string) {
	if text == "" || strings.TrimSpace(text) == "" {
		l.check(false, field, "empty")
		return
	}
	if !cleanText(text) {
		l.check(false, field, "not UTF-8, or with control characters")
		return
	}
	if at := firstUnencodable(text); at >= 0 {
		l.check(false, field, "character %d (%U) is not in the certificate's code set; put a substitute and flag it", at+1, []rune(text)[at])
	}
	l.check(substitutes == "" || flagsFit(text, substitutes), field, "the substitute flags are not one 0 or 1 a character")
}

// cleanText reports valid UTF-8 without control and format characters: no NUL, no line break, no
// direction marks that would show a reader another order than the bytes have.
func cleanText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return false
		}
	}
	return true
}
