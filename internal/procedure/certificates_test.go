package procedure

import (
	"slices"
	"testing"

	"mynumber/internal/certificate"
)

func TestCertificatesWanted(t *testing.T) {
	issued := day(2025, 11, 20)
	both := []certificate.Kind{certificate.UserAuthentication, certificate.Signature}
	for _, c := range []struct {
		rule string
		wish CertificateWish
		want []certificate.Kind
	}{
		{"CERT-010 both by default", CertificateWish{Birth: day(1988, 5, 17)}, both},
		{"CERT-010 no signature certificate", CertificateWish{Birth: day(1988, 5, 17), NoSignature: true}, both[:1]},
		{"CERT-010 no user authentication certificate", CertificateWish{Birth: day(1988, 5, 17), NoUserAuth: true}, both[1:]},
		{"CERT-010 neither", CertificateWish{Birth: day(1988, 5, 17), NoSignature: true, NoUserAuth: true}, nil},
		{"ELIG-020 CERT-011 15歳の誕生日の前日", CertificateWish{Birth: day(2010, 11, 21)}, both[:1]},
		{"ELIG-020 CERT-011 15歳の誕生日", CertificateWish{Birth: day(2010, 11, 20)}, both},
		{"ELIG-020 CERT-011 15歳の誕生日の翌日", CertificateWish{Birth: day(2010, 11, 19)}, both},
		{"ELIG-020 CERT-011 14歳になる日", CertificateWish{Birth: day(2011, 11, 20)}, both[:1]},
		{"CERT-011 成年被後見人", CertificateWish{Birth: day(1988, 5, 17), AdultWard: true}, both[:1]},
		{"CARD-027 顔認証カード", CertificateWish{Birth: day(1988, 5, 17), FaceAuthentication: true}, both[:1]},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, basis, err := CertificatesWanted(issued, c.wish)
			if err != nil || !slices.Equal(got, c.want) || len(basis) == 0 {
				t.Errorf("%v, %v; want %v", got, err, c.want)
			}
		})
	}
}
