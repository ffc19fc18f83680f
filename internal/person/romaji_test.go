package person_test

import (
	"strings"
	"testing"

	"mynumber/internal/person"
)

func TestRomanise(t *testing.T) {
	for kana, want := range map[string][2]string{
		"なんば":      {"nanba", "NAMBA"},
		"ほんま":      {"honma", "HOMMA"},
		"しんぺい":     {"shinpei", "SHIMPEI"},
		"しんいち":     {"shinichi", "SHINICHI"},
		"はっとり":     {"hattori", "HATTORI"},
		"はっちょう":    {"hatcho", "HATCHO"},
		"おおの":      {"ono", "ONO"},
		"こうの":      {"kono", "KONO"},
		"よこお":      {"yokoo", "YOKOO"},
		"あおお":      {"aoo", "AOO"},
		"ほのう":      {"hono", "HONO"},
		"ふにう":      {"funiu", "FUNIU"},
		"うりゅう":     {"uryu", "URYU"},
		"しいな":      {"shiina", "SHIINA"},
		"けいいちろう":   {"keiichiro", "KEIICHIRO"},
		"ローザ ニーナ":  {"roza nina", "ROZA NINA"},
		"ジェシー":     {"jieshi", "JIESHI"},
		"ヴァイオレット":  {"baioretto", "BAIORETTO"},
		"ﾁｪﾙｼｰ":    {"chierushi", "CHIERUSHI"},
		"まつ うら":    {"matsu ura", "MATSU URA"},
		"ぢゅんや・づき":  {"junya zuki", "JUNYA ZUKI"},
		"":         {"", ""},
		"すおう おおしま": {"suo oshima", "SUO OSHIMA"},
	} {
		place, err := person.Romanise(kana)
		passport, err2 := person.PassportSpelling(kana)
		if err != nil || err2 != nil || place != want[0] || passport != want[1] {
			t.Errorf("%s: %s %s, want %v (%v %v)", kana, place, passport, want, err, err2)
		}
	}
	for _, kana := range []string{"っ", "らっ", "ー", "っあ", "っん", "っー", "漢字", "abc", "ゃ"} {
		if got, err := person.Romanise(kana); err == nil {
			t.Errorf("%s is romanised as %s", kana, got)
		}
	}
}

// What is spelled is recognised, and long texts end.
func FuzzSpelledLike(f *testing.F) {
	f.Add("おおの ゆうこ", "OHNO YUKO")
	f.Add(strings.Repeat("こお", 40), strings.Repeat("o", 80)+"z")
	f.Add("っん", "nn")
	f.Fuzz(func(t *testing.T, kana, latin string) {
		person.SpelledLike(kana, latin)
		spelling, err := person.PassportSpelling(kana)
		if err == nil && spelling != "" {
			if got := person.SpelledLike(kana, spelling); got != person.Exact {
				t.Errorf("%q is spelled %q and compares as %s", kana, spelling, got)
			}
		}
	})
}
