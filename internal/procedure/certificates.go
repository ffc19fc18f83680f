package procedure

import (
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// CertificateWish is what decides which certificates go onto a card.
type CertificateWish struct {
	Birth              civil.Date
	AdultWard          bool
	NoSignature        bool // declined on the form (CERT-010)
	NoUserAuth         bool
	FaceAuthentication bool
}

// CertificatesWanted are the certificates of a card issued on the day: both by default, without those that were declined
// (CERT-010), and in principle no signature certificate for under-15s and adult wards (ELIG-020, CERT-011) nor on a
// face-authentication card (CARD-027). User authentication stands first, because the signature certificate never outlives it.
func CertificatesWanted(on civil.Date, w CertificateWish) ([]certificate.Kind, Basis, error) {
	row, err := rules.SignatureCertificates.On(on)
	if err != nil {
		return nil, nil, err
	}
	var wanted []certificate.Kind
	if !w.NoUserAuth {
		wanted = append(wanted, certificate.UserAuthentication)
	}
	grown := !w.AdultWard && civil.Age(w.Birth, on) >= row.Rule.FromAge
	if !w.NoSignature && grown && (row.Rule.FaceAuthCard || !w.FaceAuthentication) {
		wanted = append(wanted, certificate.Signature)
	}
	return wanted, Basis{row.Cite}, nil
}
