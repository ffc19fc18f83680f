package pki

import (
	"crypto/sha1" // key identifiers only, RFC 5280 section 4.2.1.2 method (1)
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"mynumber/internal/certificate"
)

// Key usages as named bit lists, already in DER.
var (
	usageCertAndCRLSign     = []byte{0x03, 0x02, 0x01, 0x06}
	usageSignature          = []byte{0x03, 0x02, 0x06, 0xC0} // digitalSignature, nonRepudiation
	usageUserAuthentication = []byte{0x03, 0x02, 0x07, 0x80} // digitalSignature
)

func keyUsage(bits []byte) extension { return extension{oidKeyUsage, true, bits} }

func keyUsageOf(kind certificate.Kind) extension {
	if kind == certificate.Signature {
		return keyUsage(usageSignature)
	}
	return keyUsage(usageUserAuthentication)
}

// altName is a subject's or issuer's alternative name with one directoryName.
func altName(id objectID, name distinguishedName) extension {
	return extension{id, false, encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, name.addDirectoryName)
	})}
}

func policies(policy asn1.ObjectIdentifier) extension {
	return extension{oidPolicies, true, encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(policy)
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
						oidPracticeStatement.add(b)
						addText(b, tag.IA5String, practiceStatement)
					})
				})
			})
		})
	})}
}

// distributionPoints has one point with the given DistributionPointName.
func distributionPoints(point []byte) extension {
	return extension{oidCRLDistribution, false, encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(point) })
		})
	})}
}

func extendedKeyUsage(purpose objectID) extension {
	return extension{oidExtendedKeyUsage, false, encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, purpose.add)
	})}
}

func subjectKeyID(id []byte) extension {
	return extension{oidSubjectKeyID, false, encode(func(b *cryptobyte.Builder) { b.AddASN1OctetString(id) })}
}

func authorityKeyID(id []byte) extension {
	return extension{oidAuthorityKeyID, false, encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			addText(b, tag.Tag(0).ContextSpecific(), string(id))
		})
	})}
}

func ocspAddress(url string) extension {
	return extension{oidAuthorityInfo, false, encode(func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				oidOCSP.add(b)
				addText(b, uriTag, url)
			})
		})
	})}
}

// authorityExtensions are those of a self-signed authority, in the order of the real ones: no
// authorityKeyIdentifier and no policies.
func authorityExtensions(kind certificate.Kind, keyID []byte) []extension {
	return []extension{
		keyUsage(usageCertAndCRLSign),
		altName(oidSubjectAltName, authorityAltName(kind)),
		{oidBasicConstraints, true, []byte{0x30, 0x03, 0x01, 0x01, 0xFF}},
		distributionPoints(distributionPointName(authorityName(kind), "")),
		subjectKeyID(keyID),
	}
}

// responderExtensions are those of a delegated OCSP responder (RFC 6960 section 4.2.2.2). nocheck says
// that nobody need ask whether the responder itself is revoked: its life is short instead.
func responderExtensions(authorityKey, keyID []byte) []extension {
	return []extension{
		keyUsage(usageUserAuthentication),
		extendedKeyUsage(oidOCSPSigning),
		{oidOCSPNoCheck, false, []byte{0x05, 0x00}},
		authorityKeyID(authorityKey),
		subjectKeyID(keyID),
	}
}

// keyID is the SHA-1 of the public key's bits (RFC 5280 section 4.2.1.2 method 1).
func keyID(spki []byte) ([]byte, error) {
	bits, err := publicKeyBits(spki)
	if err != nil {
		return nil, err
	}
	sum := sha1.Sum(bits)
	return sum[:], nil
}

// publicKeyBits is the content of the BIT STRING in a SubjectPublicKeyInfo, without its unused-bits octet.
func publicKeyBits(spki []byte) ([]byte, error) {
	var (
		s    = cryptobyte.String(spki)
		info cryptobyte.String
		bits asn1.BitString
	)
	if !s.ReadASN1(&info, tag.SEQUENCE) || !s.Empty() || !info.SkipASN1(tag.SEQUENCE) || !info.ReadASN1BitString(&bits) {
		return nil, errKeyForm
	}
	return bits.Bytes, nil
}
