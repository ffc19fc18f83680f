// Package person is whom we serve: names, birth, sex, Individual Number (個人番号) and resident record code (住民票
// コード), e-mail and telephone, each as a type that can only be made from what the law and the registers allow
// (番号法第2条第5項, 住民基本台帳法第7条). Where a person lives and which registers hold them is package register's,
// the offices are place's, the card is card's.
//
// What identifies a person never prints: Number, ResidentRecordCode and Name show a mask under every verb that
// go vet lets pass, and the two numbers in JSON and under any verb. Their content is to be asked for by name
// (Digits, Full). A Name does go into JSON, for the registers are kept in it.
package person

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// FieldError says what is wrong with something that was filled in, for the page to show beside its
// field. It never repeats the value.
type FieldError struct{ Text law.Text }

// Error is the English text.
func (e FieldError) Error() string { return e.Text.En }

func wrong(ja, en string, a ...any) FieldError {
	return FieldError{law.Text{Ja: ja, En: en}.Format(a...)}
}

// Sex is the sex in the code that the card and the registers use (ISO/IEC 5218).
type Sex uint8

const (
	SexUnknown       Sex = 0
	Male             Sex = 1 // 男
	Female           Sex = 2 // 女
	SexNotApplicable Sex = 9
)

var sexes = []struct {
	sex  Sex
	word string
	text law.Text
}{
	{SexUnknown, "unknown", law.Text{Ja: "不明", En: "unknown"}},
	{Male, "male", law.Text{Ja: "男", En: "male"}},
	{Female, "female", law.Text{Ja: "女", En: "female"}},
	{SexNotApplicable, "not_applicable", law.Text{Ja: "適用不能", En: "not applicable"}},
}

// ParseSex reads the code, 男 or 女, M or F, or the words of MarshalText.
func ParseSex(s string) (Sex, error) {
	s = strings.ToLower(strings.TrimSpace(width.Fold.String(s)))
	for _, row := range sexes {
		if s == row.word || s == row.text.Ja || s == fmt.Sprint(uint8(row.sex)) || s == row.text.Ja+"性" {
			return row.sex, nil
		}
	}
	switch s {
	case "m":
		return Male, nil
	case "f":
		return Female, nil
	}
	return SexUnknown, wrong("性別は男か女を選んでください。", "Choose male or female as the sex.")
}

// Text is the sex in both languages.
func (s Sex) Text() law.Text {
	for _, row := range sexes {
		if row.sex == s {
			return row.text
		}
	}
	return sexes[0].text
}

// String is the word male, female, not_applicable or unknown.
func (s Sex) String() string {
	for _, row := range sexes {
		if row.sex == s {
			return row.word
		}
	}
	return sexes[0].word
}

// MarshalText is String.
func (s Sex) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is ParseSex; empty text is SexUnknown.
func (s *Sex) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*s = SexUnknown
		return nil
	}
	sex, err := ParseSex(string(b))
	*s = sex
	return err
}

// ParseBirth reads a date of birth in any form of civil.ParseAny. It must not lie after the day on which it is read.
func ParseBirth(s string, on civil.Date) (civil.Date, error) {
	d, err := civil.ParseAny(s)
	switch {
	case strings.TrimSpace(s) == "":
		return civil.Date{}, wrong("生年月日を入力してください。", "Enter the date of birth.")
	case errors.Is(err, civil.ErrEra):
		return civil.Date{}, wrong("この日はその元号の期間にありません(例:昭和は64年1月7日まで)。", "This day lies outside the era it is written in (Shōwa, for example, ends on 7 January of its year 64).")
	case err != nil:
		return civil.Date{}, wrong("生年月日を「昭和55年2月17日」か「1980-02-17」のように、暦にある日で入力してください。", "Enter the date of birth as 昭和55年2月17日 or 1980-02-17; it has to be a day of the calendar.")
	case d.After(on):
		return civil.Date{}, wrong("生年月日が今日より後です。", "The date of birth is in the future.")
	}
	return d, nil
}

// tidy narrows letters and digits, widens kana, composes marks, turns every run of spaces into one and cuts
// those at the ends. It never replaces one kanji by another: the compatibility ideographs, which are shapes of
// their own in registers (神 U+FA19) and which plain NFC would turn into the common shape, stay.
func tidy(s string) string {
	return strings.Join(strings.Fields(compose(width.Fold.String(s))), " ")
}

// compose is NFC but for the compatibility ideographs.
func compose(s string) string {
	var out strings.Builder
	rest := s
	for rest != "" {
		i := strings.IndexFunc(rest, compatibility)
		if i < 0 {
			break
		}
		out.WriteString(norm.NFC.String(rest[:i]))
		_, n := utf8.DecodeRuneInString(rest[i:])
		out.WriteString(rest[i : i+n])
		rest = rest[i+n:]
	}
	out.WriteString(norm.NFC.String(rest))
	return out.String()
}

// compatibility reports a CJK compatibility ideograph.
func compatibility(r rune) bool { return r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F }
