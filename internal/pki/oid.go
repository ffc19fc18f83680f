package pki

import (
	"encoding/asn1"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

// objectID is an object identifier with its encoding: encoding anew took a third of the time of all but
// the signature.
type objectID struct {
	arcs asn1.ObjectIdentifier
	der  string
}

func oid(arcs ...int) objectID {
	return objectID{arcs, string(encode(func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(arcs) }))}
}

func (o objectID) add(b *cryptobyte.Builder) { b.AddBytes([]byte(o.der)) }

// readOID reads an object identifier as its encoding.
func readOID(s *cryptobyte.String) (der string, ok bool) {
	var element cryptobyte.String
	ok = s.ReadASN1Element(&element, tag.OBJECT_IDENTIFIER) && len(element) > 2
	return string(element), ok
}

// Object identifiers of RFC 5280, RFC 5758, RFC 6960 and RFC 8017 that appear in our bytes.
var (
	oidCountry      = oid(2, 5, 4, 6)
	oidOrganisation = oid(2, 5, 4, 10)
	oidUnit         = oid(2, 5, 4, 11)
	oidLocality     = oid(2, 5, 4, 7)
	oidCommonName   = oid(2, 5, 4, 3)

	oidSubjectKeyID        = oid(2, 5, 29, 14)
	oidKeyUsage            = oid(2, 5, 29, 15)
	oidSubjectAltName      = oid(2, 5, 29, 17)
	oidIssuerAltName       = oid(2, 5, 29, 18)
	oidBasicConstraints    = oid(2, 5, 29, 19)
	oidCRLNumber           = oid(2, 5, 29, 20)
	oidIssuingDistribution = oid(2, 5, 29, 28)
	oidCRLDistribution     = oid(2, 5, 29, 31)
	oidPolicies            = oid(2, 5, 29, 32)
	oidAuthorityKeyID      = oid(2, 5, 29, 35)
	oidExtendedKeyUsage    = oid(2, 5, 29, 37)
	oidAuthorityInfo       = oid(1, 3, 6, 1, 5, 5, 7, 1, 1)

	oidPracticeStatement = oid(1, 3, 6, 1, 5, 5, 7, 2, 1)
	oidClientAuth        = oid(1, 3, 6, 1, 5, 5, 7, 3, 2)
	oidOCSPSigning       = oid(1, 3, 6, 1, 5, 5, 7, 3, 9)
	oidOCSP              = oid(1, 3, 6, 1, 5, 5, 7, 48, 1)
	oidOCSPBasic         = oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 1)
	oidOCSPNonce         = oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 2)
	oidOCSPNoCheck       = oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 5)
	oidArchiveCutoff     = oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 6)

	oidSHA1            = oid(1, 3, 14, 3, 2, 26)
	oidSHA256          = oid(2, 16, 840, 1, 101, 3, 4, 2, 1)
	oidRSA             = oid(1, 2, 840, 113549, 1, 1, 1)
	oidSHA256WithRSA   = oid(1, 2, 840, 113549, 1, 1, 11)
	oidECDSAWithSHA384 = oid(1, 2, 840, 10045, 4, 3, 3)
)

// JPKIArc is the arc of the service, 1.2.392.200149.8.5. We use it inside our own hierarchy because
// clients look for these policies; Plan.PolicyArc puts another arc in its place.
var JPKIArc = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5}

// practiceStatement is the address of the CP/CPS that every certificate's policy names.
const practiceStatement = "http://www.jpki.go.jp/cps.html"

// Medium is what carries the holder's key: the card, or the secure element of a phone
// (移動端末設備用電子証明書, 公的個人認証法第16条の2, 第35条の2).
type Medium uint8

const (
	Card  Medium = 0
	Phone Medium = 1
)

// String is "card" or "phone".
func (m Medium) String() string {
	if m == Phone {
		return "phone"
	}
	return "card"
}

// policyTails are the policies below the arc. The phone's user-authentication policy is nowhere
// published; 1.3.50 follows the pattern of the others.
var policyTails = map[certificate.Kind]map[Medium][]int{
	certificate.Signature:          {Card: {1, 1, 20}, Phone: {1, 1, 40}},
	certificate.UserAuthentication: {Card: {1, 3, 30}, Phone: {1, 3, 50}},
}

// Policy is the certificate policy of a kind on a medium below the arc, JPKIArc for a nil arc;
// nil for a kind or medium that does not exist.
func Policy(arc asn1.ObjectIdentifier, kind certificate.Kind, medium Medium) asn1.ObjectIdentifier {
	tail := policyTails[kind][medium]
	if tail == nil {
		return nil
	}
	if arc == nil {
		arc = JPKIArc
	}
	return slices.Concat(arc, tail)
}

// The otherName types of the signature certificate's subjectAltName, below JPKIArc also where the
// policies stand below another arc: a reader finds the four items by them.
var (
	oidHolderName         = oid(1, 2, 392, 200149, 8, 5, 5, 1)
	oidNameSubstitutes    = oid(1, 2, 392, 200149, 8, 5, 5, 2)
	oidHolderSex          = oid(1, 2, 392, 200149, 8, 5, 5, 3)
	oidHolderBirth        = oid(1, 2, 392, 200149, 8, 5, 5, 4)
	oidHolderAddress      = oid(1, 2, 392, 200149, 8, 5, 5, 5)
	oidAddressSubstitutes = oid(1, 2, 392, 200149, 8, 5, 5, 6)
)
