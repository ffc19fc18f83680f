package pki

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mynumber/internal/certificate"
)

// CeremonyAct is what a key ceremony (鍵生成セレモニー) did.
type CeremonyAct string

const (
	CeremonyFound  CeremonyAct = "found"  // the first key of its algorithm
	CeremonyRotate CeremonyAct = "rotate" // the next key, while the one before goes on signing lists and answers
	CeremonyRecord CeremonyAct = "record" // nothing new: the record of a key that an earlier release founded without one
)

// Ceremony is the record of a key ceremony: what was made, where it lives, who was there. Its text is signed by the new key, and by the
// key of the kind before it, so that the one vouches for the other.
type Ceremony struct {
	Number     int // 1, 2, 3 …: one chain for both kinds
	Act        CeremonyAct
	At         time.Time // whole seconds
	Program    string    // name and version
	Operator   string
	Witnesses  []string
	Note       string
	Kind       certificate.Kind
	Generation int
	Algorithm  Algorithm
	Place      string // where the keys live: "sealed in the registers", or the address of a token's key
	KeyID      string // of the certificate, in hexadecimal
	Key        string // SHA-256 of the SubjectPublicKeyInfo, in hexadecimal
	Cert       string // SHA-256 of the certificate, in hexadecimal
	Responder  string // SHA-256 of the OCSP responder's SubjectPublicKeyInfo, in hexadecimal
	Before     int    // generation whose key signs the text as well; 0 for none
	Previous   string // SHA-256 of the text of record Number-1, in hexadecimal; empty for the first
}

// SignedCeremony is a record with its signatures.
type SignedCeremony struct {
	Text       []byte
	Signature  []byte // by the key that the record is about
	Continuity []byte // by the key of generation Before; nil for none
}

var (
	// ErrCeremony says that a text is not the record of a key ceremony.
	ErrCeremony = errors.New("not the record of a key ceremony")
	// ErrCeremonyChain says that records, keys and signatures do not belong together.
	ErrCeremonyChain = errors.New("the records of the key ceremonies do not hold")
)

// ceremonyMark begins every record. No certificate, list or answer begins so: what is signed here is never taken for one.
const ceremonyMark = "mynumber key ceremony 1"

// LongestCeremonyField bounds a field of a record, in characters.
const LongestCeremonyField = 200

// CeremonyField reports whether a text may stand in a record: one line, not empty, without blanks around it.
func CeremonyField(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && utf8.RuneCountInString(s) <= LongestCeremonyField && cleanText(s)
}

// NewCeremony is the record of an authority's key. The caller adds act, instant, program, people and place.
func NewCeremony(a *Authority) (Ceremony, error) {
	_, responder, _, err := publicKey(a.keys.Responder)
	if err != nil {
		return Ceremony{}, err
	}
	return Ceremony{
		Kind: a.kind, Generation: a.generation, Algorithm: a.algorithm, KeyID: hex.EncodeToString(a.keyID),
		Key: Fingerprint(a.cert.RawSubjectPublicKeyInfo), Cert: Fingerprint(a.cert.Raw), Responder: Fingerprint(responder),
	}, nil
}

// Fingerprint is the SHA-256 in hexadecimal.
func Fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Text is the record as it is signed: one fact a line, always in this order.
func (c Ceremony) Text() ([]byte, error) {
	var b strings.Builder
	b.WriteString(ceremonyMark + "\n")
	var err error
	line := func(name, value string) {
		if !CeremonyField(value) {
			err = fmt.Errorf("%w: the %s is empty, too long or not one line", ErrCeremony, name)
		}
		b.WriteString(name + ": " + value + "\n")
	}
	line("record", strconv.Itoa(c.Number))
	line("act", string(c.Act))
	line("at", c.At.UTC().Format(time.RFC3339))
	line("program", c.Program)
	line("operator", c.Operator)
	for _, w := range c.Witnesses {
		line("witness", w)
	}
	if c.Note != "" {
		line("note", c.Note)
	}
	line("kind", c.Kind.String())
	line("generation", strconv.Itoa(c.Generation))
	line("algorithm", c.Algorithm.String())
	line("place", c.Place)
	line("key-id", c.KeyID)
	line("key-sha256", c.Key)
	line("certificate-sha256", c.Cert)
	line("responder-key-sha256", c.Responder)
	if c.Before > 0 {
		line("signed-too-by-generation", strconv.Itoa(c.Before))
	}
	if c.Previous != "" {
		line("previous-record-sha256", c.Previous)
	}
	return []byte(b.String()), err
}

// ParseCeremony reads what Text wrote; ErrCeremony for anything that Text would not write so.
func ParseCeremony(text []byte) (Ceremony, error) {
	var c Ceremony
	rest, ok := strings.CutPrefix(string(text), ceremonyMark+"\n")
	if !ok {
		return c, ErrCeremony
	}
	for line := range strings.Lines(rest) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok || !c.set(name, value) {
			return Ceremony{}, fmt.Errorf("%w: line %q", ErrCeremony, name)
		}
	}
	if again, err := c.Text(); err != nil || string(again) != string(text) {
		return Ceremony{}, fmt.Errorf("%w: lines are missing, twice or out of order", ErrCeremony)
	}
	return c, nil
}

// set reads one fact.
func (c *Ceremony) set(name, value string) bool {
	texts := map[string]*string{
		"program": &c.Program, "operator": &c.Operator, "note": &c.Note, "place": &c.Place, "key-id": &c.KeyID, "key-sha256": &c.Key,
		"certificate-sha256": &c.Cert, "responder-key-sha256": &c.Responder, "previous-record-sha256": &c.Previous, "act": (*string)(&c.Act),
	}
	if at, ok := texts[name]; ok {
		*at = value
		return true
	}
	var err error
	switch name {
	case "record":
		c.Number, err = strconv.Atoi(value)
	case "generation":
		c.Generation, err = strconv.Atoi(value)
	case "signed-too-by-generation":
		c.Before, err = strconv.Atoi(value)
	case "at":
		c.At, err = time.Parse(time.RFC3339, value)
	case "algorithm":
		c.Algorithm, err = ParseAlgorithm(value)
	case "witness":
		c.Witnesses = append(c.Witnesses, value)
	case "kind":
		for _, kind := range certificate.Kinds {
			if kind.String() == value {
				c.Kind = kind
			}
		}
		return c.Kind != 0
	default:
		return false
	}
	return err == nil
}

// SignCeremony signs a record of this authority's key, and lets the authority before it sign too when the record names one. The two
// signatures are checked before they are returned.
func (a *Authority) SignCeremony(c Ceremony, before *Authority) (SignedCeremony, error) {
	var out SignedCeremony
	text, err := c.Text()
	if err != nil {
		return out, err
	}
	if (before != nil) != (c.Before > 0) || before != nil && (before.kind != c.Kind || before.generation != c.Before) {
		return out, fmt.Errorf("%w: another key is to vouch for it", ErrCeremony)
	}
	if out.Signature, err = a.algorithm.Sign(a.keys.CA, text); err != nil {
		return out, err
	}
	if before != nil {
		if out.Continuity, err = before.algorithm.Sign(before.keys.CA, text); err != nil {
			return out, err
		}
	}
	out.Text = text
	certs := map[int]*x509.Certificate{a.generation: a.cert}
	if before != nil {
		certs[before.generation] = before.cert
	}
	_, err = out.check(func(_ certificate.Kind, generation int) *x509.Certificate { return certs[generation] })
	return out, err
}

// check reads the record and proves its signatures and what it says of the key.
func (s SignedCeremony) check(certOf func(certificate.Kind, int) *x509.Certificate) (Ceremony, error) {
	c, err := ParseCeremony(s.Text)
	if err != nil {
		return c, err
	}
	fault := func(what string) error { return fmt.Errorf("%w: record %d: %s", ErrCeremonyChain, c.Number, what) }
	cert := certOf(c.Kind, c.Generation)
	switch {
	case cert == nil:
		return c, fault("there is no such key")
	case c.Cert != Fingerprint(cert.Raw) || c.Key != Fingerprint(cert.RawSubjectPublicKeyInfo) || c.KeyID != hex.EncodeToString(cert.SubjectKeyId):
		return c, fault("it is about another key")
	case !c.Algorithm.Verify(cert.PublicKey, s.Text, s.Signature):
		return c, fault("the key has not signed it")
	case (s.Continuity != nil) != (c.Before > 0):
		return c, fault("the key before has not signed it, or was not to")
	}
	if c.Before > 0 {
		before := certOf(c.Kind, c.Before)
		if before == nil || !signsRaw(before, s.Text, s.Continuity) {
			return c, fault("the key before has not signed it")
		}
	}
	return c, nil
}

// signsRaw checks a signature in the algorithm of the certificate's key.
func signsRaw(cert *x509.Certificate, message, signature []byte) bool {
	algorithm, err := AlgorithmOf(cert.PublicKey)
	return err == nil && algorithm.Verify(cert.PublicKey, message, signature)
}

// CheckCeremonies proves the chain of all records in their order: numbers without a gap, each naming the one before, each signed by its key
// and by the key before it, no key twice. certOf is the certificate of a key, nil for none. ErrCeremony, ErrCeremonyChain.
func CheckCeremonies(records []SignedCeremony, certOf func(certificate.Kind, int) *x509.Certificate) ([]Ceremony, error) {
	var out []Ceremony
	previous := ""
	seen := map[string]bool{}
	for n, s := range records {
		c, err := s.check(certOf)
		if err != nil {
			return out, err
		}
		switch {
		case c.Number != n+1 || c.Previous != previous:
			return out, fmt.Errorf("%w: record %d stands where %d should, or does not name the one before", ErrCeremonyChain, c.Number, n+1)
		case seen[c.Cert]:
			return out, fmt.Errorf("%w: record %d is about a key that has one", ErrCeremonyChain, c.Number)
		}
		seen[c.Cert], previous = true, Fingerprint(s.Text)
		out = append(out, c)
	}
	return out, nil
}
