// Package place is where offices stand: the municipalities with their codes (全国地方公共団体コード) and the days on which they
// stood, the wards of designated cities, the missions abroad (在外公館) and the issuer (機構), under the one kind of code
// by which everything else names an office. What an office may do is rules'; who works there is office's.
//
// The facts lie in three files beside the code, each with its source and date in its head.
package place

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Code names an office: six digits for a municipality or ward, an id such as office-tw-taipei for a mission,
// or Issuer. A code says nothing of whether the office stands; Lookup does, for a day.
type Code string

// Issuer is the code of J-LIS (地方公共団体情報システム機構).
const Issuer Code = "issuer"

// Post is the code of the post office (日本郵便株式会社), which delivers cards (PICK-040 to PICK-050). It is no authority: it
// sees the cards that were given to it and nothing else.
const Post Code = "post"

// Kind is what sort of office a code names.
type Kind string

const (
	KindUnknown      Kind = ""
	KindMunicipality Kind = "municipality"
	KindMission      Kind = "mission"
	KindIssuer       Kind = "issuer"
	KindPost         Kind = "post"
)

// ErrUnknown says that no office has a code, or had it on the day asked about.
var ErrUnknown = errors.New("no office has this code")

// FieldError says what is wrong with a code that was filled in, for the page to show beside its field.
type FieldError struct{ Text law.Text }

// Error is the English text.
func (e FieldError) Error() string { return e.Text.En }

// Office is what every office has.
type Office struct {
	Code   Code
	Kind   Kind
	NameJa string // 青森県八戸市, 神奈川県横浜市港北区; with its prefecture, for names repeat
	NameEn string // Hachinohe-shi, Aomori-ken
}

// KindOf is the kind of office that the code names or once named.
func KindOf(code Code) Kind {
	data := load()
	switch {
	case code == Issuer:
		return KindIssuer
	case code == Post:
		return KindPost
	case len(data.municipalities[code]) > 0:
		return KindMunicipality
	case data.missions[code].ID != "":
		return KindMission
	}
	return KindUnknown
}

// Lookup is the office that has the code on the day; ErrUnknown when there is none.
func Lookup(code Code, on civil.Date) (Office, error) {
	if code == Issuer {
		return Office{Issuer, KindIssuer, "地方公共団体情報システム機構", "Japan Agency for Local Authority Information Systems"}, nil
	}
	if code == Post {
		return Office{Post, KindPost, "日本郵便株式会社", "Japan Post"}, nil
	}
	if m, ok := load().missions[code]; ok {
		return m.Office(), nil
	}
	m, err := LookupMunicipality(code, on)
	if err != nil {
		return Office{}, err
	}
	return m.Office(), nil
}

// KeepsRegister reports that the code names a municipality that keeps family registers of its own, and so can be
// a honseki (本籍地市区町村): every one but a designated city, whose wards keep them (戸籍法第4条, APP-074). It asks for no
// day; whether the municipality stands Lookup says.
func KeepsRegister(code Code) bool {
	rows := load().municipalities[code]
	return len(rows) > 0 && !rows[0].Designated
}

// CheckDigit is the check digit of a municipality code: weights 6 to 2, the last digit of 11 minus the remainder
// by 11. Anything but five digits is a FieldError.
func CheckDigit(code5 string) (byte, error) {
	if len(code5) != 5 || strings.Trim(code5, "0123456789") != "" {
		return 0, FieldError{law.Text{Ja: "検査数字のない団体コードは5桁の数字です。", En: "A municipality code without its check digit has five digits."}}
	}
	sum := 0
	for i := range 5 {
		sum += int(code5[i]-'0') * (6 - i)
	}
	return byte('0' + (11-sum%11)%10), nil
}

// WithCheckDigit is the code whose first five digits are given, the form in which chips and certificates
// have it. Whether a municipality has it Lookup says.
func WithCheckDigit(code5 string) (Code, error) {
	d, err := CheckDigit(code5)
	if err != nil {
		return "", err
	}
	return Code(code5 + string(d)), nil
}

// ParseMunicipality reads a six-digit code in digits of either width and checks its check digit, and that a
// municipality has or had it. Its errors are FieldErrors.
func ParseMunicipality(s string) (Code, error) {
	s = strings.TrimSpace(width.Fold.String(s))
	if len(s) != 6 || strings.Trim(s, "0123456789") != "" {
		return "", FieldError{law.Text{Ja: "団体コードは6桁の数字です。", En: "A municipality code has six digits."}}
	}
	code, err := WithCheckDigit(s[:5])
	if err != nil {
		return "", err
	}
	if string(code) != s {
		return "", FieldError{law.Text{Ja: "団体コードの最後の数字が合いません。写し間違いがないか確かめてください。", En: "The last digit of the municipality code does not fit; look for a copying mistake."}}
	}
	if KindOf(code) != KindMunicipality {
		return "", FieldError{law.Text{Ja: "このコードの市区町村はありません。", En: "No municipality has this code."}}
	}
	return code, nil
}

// Five is the code of a municipality without its check digit, empty for other offices.
func (c Code) Five() string {
	if len(c) == 6 && strings.Trim(string(c), "0123456789") == "" {
		return string(c[:5])
	}
	return ""
}

func unknown(code Code, on civil.Date) error {
	return fmt.Errorf("%w: %s on %s", ErrUnknown, code, on)
}
