package pki

import (
	"encoding/asn1"
	"slices"

	"mynumber/internal/certificate"
)

// Object identifiers of RFC 5280, RFC 6960 and RFC 8017 that appear in our bytes.
var (
	oidCountry      = asn1.ObjectIdentifier{2, 5, 4, 6}
	oidOrganisation = asn1.ObjectIdentifier{2, 5, 4, 10}
	oidUnit         = asn1.ObjectIdentifier{2, 5, 4, 11}
	oidLocality     = asn1.ObjectIdentifier{2, 5, 4, 7}
	oidCommonName   = asn1.ObjectIdentifier{2, 5, 4, 3}

	oidSubjectKeyID        = asn1.ObjectIdentifier{2, 5, 29, 14}
	oidKeyUsage            = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidSubjectAltName      = asn1.ObjectIdentifier{2, 5, 29, 17}
	oidIssuerAltName       = asn1.ObjectIdentifier{2, 5, 29, 18}
	oidBasicConstraints    = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidCRLNumber           = asn1.ObjectIdentifier{2, 5, 29, 20}
	oidReasonCode          = asn1.ObjectIdentifier{2, 5, 29, 21}
	oidIssuingDistribution = asn1.ObjectIdentifier{2, 5, 29, 28}
	oidCRLDistribution     = asn1.ObjectIdentifier{2, 5, 29, 31}
	oidPolicies            = asn1.ObjectIdentifier{2, 5, 29, 32}
	oidAuthorityKeyID      = asn1.ObjectIdentifier{2, 5, 29, 35}
	oidExtendedKeyUsage    = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidAuthorityInfo       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}

	oidPracticeStatement = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 2, 1}
	oidClientAuth        = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}
	oidOCSPSigning       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 9}
	oidOCSP              = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1}
	oidOCSPBasic         = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
	oidOCSPNonce         = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 2}
	oidOCSPNoCheck       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}

	oidSHA1          = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA256WithRSA = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
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
	oidHolderName         = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5, 1}
	oidNameSubstitutes    = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5, 2}
	oidHolderSex          = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5, 3}
	oidHolderBirth        = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5, 4}
	oidHolderAddress      = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5, 5}
	oidAddressSubstitutes = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5, 6}
)
