package place

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"mynumber/internal/civil"
)

// MunicipalityKind is what a municipality is in the law on local government (地方自治法第1条の3, 第252条の20).
type MunicipalityKind string

const (
	City        MunicipalityKind = "city"
	SpecialWard MunicipalityKind = "special_ward" // 特別区, the 23 in Tokyo
	Town        MunicipalityKind = "town"
	Village     MunicipalityKind = "village"
	Ward        MunicipalityKind = "ward" // 指定都市の区, part of its city
)

// Municipality is a municipality or the ward of a designated city in one form in which it stood.
type Municipality struct {
	Code             Code
	Prefecture       string // 青森県
	Name             string // 八戸市; of a ward with its city: 横浜市港北区
	Kana             string // はちのへし; よこはまし こうほくく
	PrefectureRomaji string // Aomori-ken
	Romaji           string // Hachinohe-shi; Yokohama-shi Kohoku-ku
	Kind             MunicipalityKind
	Designated       bool       // a designated city (指定都市): its wards, not itself, keep the registers
	From             civil.Date // first day; zero: before 2015-10-05
	To               civil.Date // first day on which it no longer stood; zero: it stands
	Successors       []Code     // what took its place; its own code when only the name changed
}

// On reports that the municipality stood on the day.
func (m Municipality) On(day civil.Date) bool {
	return !day.Before(m.From) && (m.To.IsZero() || day.Before(m.To))
}

// Office is the municipality as an office.
func (m Municipality) Office() Office {
	return Office{m.Code, KindMunicipality, m.Prefecture + m.Name, m.Romaji + ", " + m.PrefectureRomaji}
}

// IsMunicipality reports that it is one of the 市町村 and 特別区, not the ward of a city.
func (m Municipality) IsMunicipality() bool { return m.Kind != Ward }

// LookupMunicipality is the municipality or ward that has the code on the day; ErrUnknown when there is none. Days
// before 2015-10-05, where the Individual Number begins (DATE-004), are answered with what stood then.
func LookupMunicipality(code Code, on civil.Date) (Municipality, error) {
	for _, m := range load().municipalities[code] {
		if m.On(on) {
			return m, nil
		}
	}
	return Municipality{}, unknown(code, on)
}

// History lists the forms in which a code stood, oldest first.
func History(code Code) []Municipality { return slices.Clone(load().municipalities[code]) }

// Municipalities lists the municipalities and wards of the day by code.
func Municipalities(on civil.Date) []Municipality {
	var out []Municipality
	for _, m := range load().byCode {
		if m.On(on) {
			out = append(out, m)
		}
	}
	return out
}

// Successors lists what stands on the day where the code stood: itself, or what it became, followed as far as
// it goes. A ward that was divided has several. Empty for a code that nothing has come of.
func Successors(code Code, on civil.Date) []Municipality {
	if m, err := LookupMunicipality(code, on); err == nil {
		return []Municipality{m}
	}
	var out []Municipality
	for _, m := range load().municipalities[code] {
		if m.To.IsZero() || on.Before(m.To) {
			continue
		}
		for _, next := range m.Successors {
			if next != code {
				out = append(out, Successors(next, on)...)
			}
		}
	}
	return out
}

// Search lists up to limit municipalities and wards of the day whose name begins with the text, in characters,
// kana of either kind or Latin letters; with or without its prefecture, and a ward also without its city. By code.
func Search(text string, on civil.Date, limit int) []Municipality {
	want := searchKey(text)
	if want == "" {
		return nil
	}
	var out []Municipality
	for i, m := range load().byCode {
		if len(out) == limit {
			break
		}
		if m.On(on) && slices.ContainsFunc(load().keys[i], func(key string) bool { return strings.HasPrefix(key, want) }) {
			out = append(out, m)
		}
	}
	return out
}

// searchKeys are the forms of a name that Search compares, from its first word, its second, and its prefecture on.
func searchKeys(m Municipality, name string) []string {
	keys := []string{searchKey(m.Prefecture + name)}
	for _, form := range []string{name, m.Kana, m.Romaji} {
		keys = append(keys, searchKey(form))
		if _, ward, ok := strings.Cut(form, " "); ok {
			keys = append(keys, searchKey(ward))
		}
	}
	return keys
}

// searchKey is a text without spaces and hyphens, narrow, in lower case and hiragana; ヶ and ケ, which names mix, as ケ.
func searchKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '-':
			return -1
		case r == 'ヶ' || r == 'ケ':
			return 'け'
		case r >= 'ァ' && r <= 'ヴ':
			return r - 'ァ' + 'ぁ'
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
}
