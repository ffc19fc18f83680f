package pki

import (
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

// Organisation is the O of every name in this hierarchy. The real service has O=JPKI and its test
// environment O=JPKI-TEST; ours is told from both at a glance.
const Organisation = "JPKI-SIM"

const agency = "Japan Agency for Local Authority Information Systems"

// serviceUnits are the OU lines that tell the two authorities apart, in names and in the authority's
// subjectAltName.
var serviceUnits = map[certificate.Kind]struct{ name, alternative string }{
	certificate.Signature:          {"JPKI for digital signature", "公的個人認証サービス署名用"},
	certificate.UserAuthentication: {"JPKI for user authentication", "公的個人認証サービス利用者証明用"},
}

// attribute is one RDN of a distinguished name: one attribute each, C a PrintableString, all others
// UTF8String, as in the real certificates.
type attribute struct {
	oid  objectID
	text string
}

type distinguishedName []attribute

// authorityName is subject and issuer of an authority; all its key generations share it.
func authorityName(kind certificate.Kind) distinguishedName {
	return distinguishedName{
		{oidCountry, "JP"}, {oidOrganisation, Organisation},
		{oidUnit, serviceUnits[kind].name}, {oidUnit, agency},
	}
}

// responderName is the subject of the authority's delegated OCSP responder.
func responderName(kind certificate.Kind) distinguishedName {
	return distinguishedName{
		{oidCountry, "JP"}, {oidOrganisation, Organisation},
		{oidUnit, serviceUnits[kind].name}, {oidCommonName, "OCSP Responder"},
	}
}

// authorityAltName is the directoryName in the authority's own subjectAltName.
func authorityAltName(kind certificate.Kind) distinguishedName {
	return distinguishedName{
		{oidCountry, "JP"}, {oidOrganisation, Organisation},
		{oidUnit, serviceUnits[kind].alternative}, {oidUnit, "地方公共団体情報システム機構"},
	}
}

// issuerAltName is the directoryName in the issuerAltName of the holders' certificates.
func issuerAltName() distinguishedName {
	return distinguishedName{{oidCountry, "JP"}, {oidOrganisation, Organisation}}
}

// Partition is the municipality whose CRL a certificate belongs to: the one that handled the issue,
// for holders abroad that of the honseki (本籍地市区町村). It is fixed at issue and no move changes it.
// Prefecture and Municipality are romanised with their suffix: Aomori-ken, Hachinohe-shi.
type Partition struct {
	Code         string `json:"code"` // five digits of the 全国地方公共団体コード, without check digit
	Prefecture   string `json:"prefecture"`
	Municipality string `json:"municipality"`
}

// name is the directory entry of the partition's CRL.
func (p Partition) name(kind certificate.Kind) distinguishedName {
	return distinguishedName{
		{oidCountry, "JP"}, {oidOrganisation, Organisation}, {oidUnit, serviceUnits[kind].name},
		{oidUnit, "CRL Distribution Points"}, {oidUnit, p.Prefecture}, {oidCommonName, p.Municipality + " CRLDP"},
	}
}

// URLs say where the world finds CRLs and OCSP. Base is scheme and host without a final slash, such
// as http://pki.example.jp; empty leaves every address out of the certificates.
type URLs struct {
	Base             string `json:"base"`
	DirectoryCRLOnly bool   `json:"directory_crl_only,omitempty"` // only the directoryName in CRL names, as the real service
}

// CRL is the path under which the partition's list of an authority's generation is published, beginning
// with a slash. Each generation signs lists of its own, so the generation is part of the path.
func (p Partition) CRL(kind certificate.Kind, generation int) string {
	return fmt.Sprintf("/crl/%s/%d/%s.crl", shortName(kind), generation, p.Code)
}

// OCSPPath is the path of the responder.
const OCSPPath = "/ocsp"

// shortName is the kind as the service abbreviates it in file names.
func shortName(kind certificate.Kind) string {
	if kind == certificate.Signature {
		return "sign"
	}
	return "auth"
}

func (n distinguishedName) add(b *cryptobyte.Builder) { b.AddBytes(n.der()) }

// der is the encoded name. It is written without a builder, like the otherNames: every certificate has some.
func (n distinguishedName) der() []byte {
	size := 0
	for _, a := range n {
		size += elementSize(elementSize(len(a.oid.der) + elementSize(len(a.text))))
	}
	out := appendHeader(make([]byte, 0, elementSize(size)), byte(tag.SEQUENCE), int64(size))
	for _, a := range n {
		pair := len(a.oid.der) + elementSize(len(a.text))
		out = appendHeader(out, byte(tag.SET), int64(elementSize(pair)))
		out = append(appendHeader(out, byte(tag.SEQUENCE), int64(pair)), a.oid.der...)
		form := tag.UTF8String
		if a.oid.der == oidCountry.der {
			form = tag.PrintableString
		}
		out = appendText(out, form, a.text)
	}
	return out
}

func addText(b *cryptobyte.Builder, form tag.Tag, text string) {
	b.AddASN1(form, func(b *cryptobyte.Builder) { b.AddBytes([]byte(text)) })
}

// The GeneralName choices in use (RFC 5280 section 4.2.1.6).
var (
	otherNameTag     = context(0)
	directoryNameTag = context(4)
	uriTag           = tag.Tag(6).ContextSpecific()
)

// addDirectoryName adds the name as a GeneralName. The tag is explicit because Name is a CHOICE.
func (n distinguishedName) addDirectoryName(b *cryptobyte.Builder) {
	b.AddASN1(directoryNameTag, n.add)
}

// distributionPointName is the DistributionPointName with its tag, the same bytes in a certificate's
// cRLDistributionPoints and in the CRL's issuingDistributionPoint: readers compare the two.
func distributionPointName(name distinguishedName, url string) []byte {
	var b cryptobyte.Builder
	explicit := context(0)
	b.AddASN1(explicit, func(b *cryptobyte.Builder) {
		b.AddASN1(explicit, func(b *cryptobyte.Builder) { // fullName
			if url != "" { // first, because crypto/x509 stops reading at any name that is no URI
				addText(b, uriTag, url)
			}
			name.addDirectoryName(b)
		})
	})
	return b.BytesOrPanic()
}

// distributionPoint is distributionPointName for a partition.
func (p Partition) distributionPoint(kind certificate.Kind, generation int, urls URLs) []byte {
	url := ""
	if urls.Base != "" && !urls.DirectoryCRLOnly {
		url = urls.Base + p.CRL(kind, generation)
	}
	return distributionPointName(p.name(kind), url)
}
