package pki

import (
	"bytes"
	"crypto/rsa"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

// confirm reads a signed certificate back, element by element, and compares what it says with the plan.
// It shares no code with what wrote the certificate but the object identifiers; crypto/x509 would say the
// same of less (it does not look at otherNames) and cost as much as all the rest of an issue together.
func (a *Authority) confirm(der []byte, plan Plan, spki, subjectKey []byte) error {
	var (
		s                                       = cryptobyte.String(der)
		whole, tbs, body, version, validity     cryptobyte.String
		serial, issuer, subject, key, signature cryptobyte.String
		extensions                              cryptobyte.String
	)
	if !s.ReadASN1(&whole, tag.SEQUENCE) || !s.Empty() || !whole.ReadASN1Element(&tbs, tag.SEQUENCE) ||
		!a.algorithm.skip(&whole) || !whole.ReadASN1(&signature, tag.BIT_STRING) || !whole.Empty() {
		return fmt.Errorf("%w: outer form", ErrNotAsPlanned)
	}
	whole = tbs
	if !whole.ReadASN1(&body, tag.SEQUENCE) || !body.ReadASN1(&version, context(0)) || !body.ReadASN1(&serial, tag.INTEGER) ||
		!a.algorithm.skip(&body) || !body.ReadASN1Element(&issuer, tag.SEQUENCE) || !body.ReadASN1(&validity, tag.SEQUENCE) ||
		!body.ReadASN1(&subject, tag.SEQUENCE) || !body.ReadASN1Element(&key, tag.SEQUENCE) ||
		!body.ReadASN1(&extensions, context(3)) || !body.Empty() {
		return fmt.Errorf("%w: inner form", ErrNotAsPlanned)
	}
	from, ok1 := ReadTime(&validity)
	until, ok2 := ReadTime(&validity)
	for _, c := range []struct {
		what  string
		right bool
	}{
		{"version", bytes.Equal(version, []byte{2, 1, 2})},
		{"serial", bytes.Equal(serial, plan.Serial[:])},
		{"issuer", bytes.Equal(issuer, a.cert.RawSubject)},
		{"period", ok1 && ok2 && validity.Empty() && from.Equal(plan.NotBefore) && until.Equal(plan.Until.End())},
		{"subject", plan.namesSubject(subject)},
		{"public key", bytes.Equal(key, spki)},
		{"signature", a.signed(tbs, signature)},
	} {
		if !c.right {
			return fmt.Errorf("%w: %s", ErrNotAsPlanned, c.what)
		}
	}
	return a.confirmExtensions(extensions, plan, subjectKey)
}

// namesSubject compares the values of the subject's attributes in their order.
func (p Plan) namesSubject(rdns cryptobyte.String) bool {
	if p.Kind == certificate.Signature {
		return isName(rdns, "JP", p.Partition.Prefecture, p.Partition.Municipality, p.CommonName)
	}
	return isName(rdns, "JP", p.CommonName)
}

// isName reports that the values of a name's attributes, one each RDN, are these in this order.
func isName(rdns cryptobyte.String, want ...string) bool {
	for _, text := range want {
		var set, pair, value cryptobyte.String
		var form tag.Tag
		if !rdns.ReadASN1(&set, tag.SET) || !set.ReadASN1(&pair, tag.SEQUENCE) || !set.Empty() ||
			!pair.SkipASN1(tag.OBJECT_IDENTIFIER) || !pair.ReadAnyASN1(&value, &form) || !pair.Empty() || string(value) != text {
			return false
		}
	}
	return rdns.Empty()
}

// confirmExtensions demands each extension of the profile once and no other.
func (a *Authority) confirmExtensions(extensions cryptobyte.String, plan Plan, subjectKey []byte) error {
	want := 7
	if plan.URLs.Base != "" {
		want++
	}
	seen := make([]string, 0, want)
	err := eachExtension(extensions, func(id string, value []byte) (bool, error) {
		twice := slices.Contains(seen, id)
		seen = append(seen, id)
		if twice || !a.extensionFits(id, cryptobyte.String(value), plan, subjectKey) {
			return true, fmt.Errorf("%w: extension %x", ErrNotAsPlanned, id)
		}
		return true, nil
	})
	if err == nil && len(seen) != want {
		err = fmt.Errorf("%w: %d extensions instead of %d", ErrNotAsPlanned, len(seen), want)
	}
	return err
}

func (a *Authority) extensionFits(id string, value cryptobyte.String, plan Plan, subjectKey []byte) bool {
	signature := plan.Kind == certificate.Signature
	var body, inner cryptobyte.String
	switch id {
	case oidKeyUsage.der:
		return value.ReadASN1(&body, tag.BIT_STRING) && len(body) == 2 && (body[1] == 0xC0) == signature && body[1]&0x80 != 0
	case oidSubjectAltName.der:
		return signature && sameHolder(value, plan)
	case oidExtendedKeyUsage.der:
		purpose, ok := "", value.ReadASN1(&body, tag.SEQUENCE)
		if ok {
			purpose, ok = readOID(&body)
		}
		return !signature && ok && purpose == oidClientAuth.der && body.Empty()
	case oidIssuerAltName.der:
		return value.ReadASN1(&body, tag.SEQUENCE) && body.ReadASN1(&inner, directoryNameTag) && inner.ReadASN1(&body, tag.SEQUENCE) &&
			isName(body, "JP", Organisation)
	case oidPolicies.der:
		policy, ok := "", value.ReadASN1(&body, tag.SEQUENCE) && body.ReadASN1(&inner, tag.SEQUENCE) && body.Empty()
		if ok {
			policy, ok = readOID(&inner)
		}
		return ok && policy == oid(Policy(plan.PolicyArc, plan.Kind, plan.Medium)...).der
	case oidCRLDistribution.der:
		return a.pointFits(value, plan)
	case oidAuthorityKeyID.der:
		return value.ReadASN1(&body, tag.SEQUENCE) && body.ReadASN1(&inner, tag.Tag(0).ContextSpecific()) && bytes.Equal(inner, a.keyID)
	case oidSubjectKeyID.der:
		return value.ReadASN1(&body, tag.OCTET_STRING) && bytes.Equal(body, subjectKey)
	case oidAuthorityInfo.der:
		return plan.URLs.Base != "" && strings.HasSuffix(string(value), plan.URLs.Base+OCSPPath)
	}
	return false
}

// pointFits finds the partition's directory name in the distribution point, and the address with it
// where there is to be one.
func (a *Authority) pointFits(value cryptobyte.String, plan Plan) bool {
	var points, point cryptobyte.String
	if !value.ReadASN1(&points, tag.SEQUENCE) || !points.ReadASN1(&point, tag.SEQUENCE) || !points.Empty() {
		return false
	}
	names, ok := readPointNames(&point)
	address := plan.URLs.Base != "" && !plan.URLs.DirectoryCRLOnly
	if !ok || address != (len(names) == 2) {
		return false
	}
	if address && !strings.HasSuffix(string(names[0]), plan.URLs.Base+plan.Partition.CRL(plan.Kind, a.generation)) {
		return false
	}
	last := cryptobyte.String(names[len(names)-1])
	var directory, rdns cryptobyte.String
	return last.ReadASN1(&directory, directoryNameTag) && directory.ReadASN1(&rdns, tag.SEQUENCE) &&
		isName(rdns, "JP", Organisation, serviceUnits[plan.Kind].name, "CRL Distribution Points",
			plan.Partition.Prefecture, plan.Partition.Municipality+" CRLDP")
}

func sameHolder(altName []byte, plan Plan) bool {
	read, err := parseFourItems(altName)
	want := *plan.Holder
	want.NameSubstitutes = flags(want.Name, want.NameSubstitutes)
	want.AddressSubstitutes = flags(want.Address, want.AddressSubstitutes)
	return err == nil && read == want
}

// signed checks the signature. Go's own RSA key has compared its result already (a fault in the Chinese remainder step would
// give the key away), and to do it again would cost a thirtieth of a signature. A fault in ECDSA, where the nonce depends on the message alone,
// would give the key away as well and nobody has looked yet; a token is not believed either.
func (a *Authority) signed(tbs, bits []byte) bool {
	if _, inMemory := a.keys.CA.(*rsa.PrivateKey); inMemory {
		return true
	}
	return len(bits) > 0 && bits[0] == 0 && a.algorithm.Verify(a.cert.PublicKey, tbs, bits[1:])
}
