package pki

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

// Plan decides a certificate completely: the same plan signed with the same key gives the same bytes.
// It is recorded before the authority signs, so that an issue cut off by a crash can be finished instead
// of leaving a signed certificate that nobody knows of. It survives a round trip through JSON.
type Plan struct {
	Kind       certificate.Kind `json:"kind"`
	Medium     Medium           `json:"medium"`
	Serial     Serial           `json:"serial"`     // from Authority.Serial, never used before
	NotBefore  time.Time        `json:"not_before"` // instant of issue, whole seconds
	Until      civil.Date       `json:"until"`      // last valid day, inclusive: notAfter is 23:59:59 of it in Japan
	CommonName string           `json:"common_name"`
	Partition  Partition        `json:"partition"`        // also gives the two L of a signature certificate's subject
	PublicKey  crypto.PublicKey `json:"-"`                // of the generation's algorithm; in JSON as SubjectPublicKeyInfo
	Holder     *FourItems       `json:"holder,omitempty"` // signature certificates only, and always
	URLs       URLs             `json:"urls"`

	// PolicyArc takes the place of JPKIArc above the certificate policies; nil for the arc of the service.
	PolicyArc asn1.ObjectIdentifier `json:"policy_arc,omitempty"`
}

// planBody is Plan without its methods.
type planBody Plan

// planJSON is the recorded form.
type planJSON struct {
	planBody
	PublicKey json.RawMessage `json:"public_key"`
}

// MarshalJSON writes the key as SubjectPublicKeyInfo in base64.
func (p Plan) MarshalJSON() ([]byte, error) {
	spki, err := x509.MarshalPKIXPublicKey(p.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("record a plan: %w", err)
	}
	key, err := json.Marshal(spki)
	if err != nil {
		return nil, fmt.Errorf("record a plan: %w", err)
	}
	return json.Marshal(planJSON{planBody(p), key})
}

// UnmarshalJSON also reads the form of the first releases, where an RSA key stood with its two numbers.
func (p *Plan) UnmarshalJSON(b []byte) error {
	var read planJSON
	if err := json.Unmarshal(b, &read); err != nil {
		return fmt.Errorf("read a plan: %w", err)
	}
	*p = Plan(read.planBody)
	var spki []byte
	if json.Unmarshal(read.PublicKey, &spki) == nil {
		key, err := x509.ParsePKIXPublicKey(spki)
		if err != nil {
			return fmt.Errorf("read a plan's key: %w", err)
		}
		p.PublicKey = key
		return nil
	}
	var numbers rsa.PublicKey
	if err := json.Unmarshal(read.PublicKey, &numbers); err != nil || numbers.N == nil {
		return fmt.Errorf("read a plan's key: %w", errKeyForm)
	}
	p.PublicKey = &numbers
	return nil
}

// SignatureCommonName is the CN of a signature certificate: instant of issue in Japan as
// YYYYMMDDhhmmss, a number 0 to 99999 that tells issues of one second apart, and the nine characters
// of the issuing window (five-digit municipality code, three digits, one letter).
func SignatureCommonName(at time.Time, number int, window string) string {
	return fmt.Sprintf("%s%05d%s", at.In(civil.JST).Format("20060102150405"), number, window)
}

// UserAuthenticationCommonName is the CN of a user authentication certificate: 14 random characters and
// the issuing window. It says nothing about the holder.
func UserAuthenticationCommonName(rand io.Reader, window string) (string, error) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	name := make([]byte, 0, 14+len(window))
	var drawn [1]byte
	for len(name) < 14 {
		if _, err := io.ReadFull(rand, drawn[:]); err != nil {
			return "", fmt.Errorf("draw a common name: %w", err)
		}
		if int(drawn[0]) < 256/len(alphabet)*len(alphabet) { // the rest would favour some characters
			name = append(name, alphabet[int(drawn[0])%len(alphabet)])
		}
	}
	return string(name) + window, nil
}

// subject is C=JP and the CN, between them two L for a signature certificate.
func (p Plan) subject() distinguishedName {
	name := distinguishedName{{oidCountry, "JP"}}
	if p.Kind == certificate.Signature {
		name = append(name, attribute{oidLocality, p.Partition.Prefecture}, attribute{oidLocality, p.Partition.Municipality})
	}
	return append(name, attribute{oidCommonName, p.CommonName})
}

// extensions are those of the profile, in its order: for a signature certificate keyUsage,
// subjectAltName, issuerAltName, policies, CRL distribution point, key identifiers, OCSP address; a user
// authentication certificate has extendedKeyUsage in place of the subjectAltName.
func (a *Authority) extensions(p Plan, subjectKey []byte) []adder {
	parts := a.fixedParts(p)
	var second adder = clientAuthentication
	if p.Kind == certificate.Signature {
		second = p.Holder.altName()
	}
	return []adder{parts.first, second, parts.middle, subjectKeyID(subjectKey), parts.last}
}

// fixedKey is what decides the extensions that say nothing of the holder.
type fixedKey struct {
	medium    Medium
	partition Partition
	urls      URLs
}

// fixedParts are those extensions, in the three places where they stand.
type fixedParts struct{ first, middle, last encoded }

// fixedParts are encoded once for each municipality: there are some 1,900.
func (a *Authority) fixedParts(p Plan) fixedParts {
	key := fixedKey{p.Medium, p.Partition, p.URLs}
	if known, ok := a.fixed.Load(key); ok && p.PolicyArc == nil {
		return known.(fixedParts)
	}
	parts := fixedParts{
		first: encodeAll(keyUsageOf(p.Kind)),
		middle: encodeAll(issuerAlternative, p.policies(), distributionPoints(p.Partition.distributionPoint(p.Kind, a.generation, p.URLs)),
			authorityKeyID(a.keyID)),
	}
	if p.URLs.Base != "" {
		parts.last = encodeAll(ocspAddress(p.URLs.Base + OCSPPath))
	}
	if p.PolicyArc == nil {
		a.fixed.Store(key, parts)
	}
	return parts
}

// What is the same in every certificate is encoded once.
var (
	clientAuthentication = extendedKeyUsage(oidClientAuth)
	issuerAlternative    = altName(oidIssuerAltName, issuerAltName())
	usualPolicies        = func() map[certificate.Kind][2]extension {
		usual := make(map[certificate.Kind][2]extension)
		for _, kind := range certificate.Kinds {
			usual[kind] = [2]extension{Card: policies(Policy(nil, kind, Card)), Phone: policies(Policy(nil, kind, Phone))}
		}
		return usual
	}()
)

func (p Plan) policies() extension {
	if p.PolicyArc == nil {
		return usualPolicies[p.Kind][p.Medium]
	}
	return policies(Policy(p.PolicyArc, p.Kind, p.Medium))
}
