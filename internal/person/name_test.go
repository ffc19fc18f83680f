package person_test

import (
	"encoding/json"
	"errors"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/person"
)

func mustName(t *testing.T, full, kana string) person.Name {
	t.Helper()
	n, err := person.NewName(full, kana)
	if err != nil {
		t.Fatalf("%s: %v", full, err)
	}
	return n
}

func TestNewName(t *testing.T) {
	for _, c := range []struct {
		full, kana string
		want       person.Name
	}{
		{"佐倉　花子", "さくら　はなこ", person.Name{Family: "佐倉", Given: "花子", FamilyKana: "サクラ", GivenKana: "ハナコ"}},
		{"  佐倉 花子 ", "ｻｸﾗ ﾊﾅｺ", person.Name{Family: "佐倉", Given: "花子", FamilyKana: "サクラ", GivenKana: "ハナコ"}},
		{"伊達 ﾀﾞﾆｴﾙ", "だて だにえる", person.Name{Family: "伊達", Given: "ダニエル", FamilyKana: "ダテ", GivenKana: "ダニエル"}},
		{"ＳＭＩＴＨ　ＪＯＨＮ　Ｗ．", "", person.Name{FamilyLatin: "SMITH", GivenLatin: "JOHN W."}},
		{"Müller Zoë", "みゅらー ぞえ", person.Name{FamilyLatin: "Müller", GivenLatin: "Zoë", FamilyKana: "ミュラー", GivenKana: "ゾエ"}},
		{"\u795e\uFA19 葛\U000E0100", "", person.Name{Family: "神\uFA19", Given: "葛\U000E0100"}}, // registers tell these shapes apart
		{"佐々木 みか\u3099み", "", person.Name{Family: "佐々木", Given: "みがみ"}},
		{"佐倉花子", "", person.Name{Family: "佐倉花子"}},
	} {
		if got := mustName(t, c.full, c.kana); got != c.want {
			b, _ := json.Marshal(got)
			t.Errorf("%q is read as %s", c.full, b)
		}
	}
	for _, c := range []struct{ full, kana string }{
		{"", ""}, {"　", "さくら はなこ"}, {"佐倉 花子1", ""}, {"佐倉 <b>", ""}, {"佐倉 \uE000子", ""}, {"佐倉 花\u200b子", ""}, {"佐倉\x00 花子", ""},
		{"佐倉 花子", "sakura hanako"}, {"佐倉 花子", "佐倉"}, {"佐倉 花子", "さくらはなこ"}, {"SAKURA 花子\u0007", ""},
	} {
		if _, err := person.NewName(c.full, c.kana); err == nil {
			t.Errorf("%q %q is taken", c.full, c.kana)
		} else if field, ok := errors.AsType[person.FieldError](err); !ok || field.Text.Ja == "" || field.Text.En == "" {
			t.Errorf("%q: %v has no text for the page", c.full, err)
		}
	}
}

func TestNameLines(t *testing.T) {
	n := mustName(t, "佐倉 花子", "さくら はなこ")
	if n.Full() != "佐倉　花子" || n.Kana() != "サクラ　ハナコ" || n.Latin() != "SAKURA HANAKO" {
		t.Errorf("%q %q %q", n.Full(), n.Kana(), n.Latin())
	}
	if foreign := mustName(t, "SMITH JOHN", ""); foreign.Full() != "SMITH JOHN" || foreign.Latin() != "SMITH JOHN" {
		t.Errorf("%q", foreign.Full())
	}
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	var back person.Name
	if err := json.Unmarshal(b, &back); err != nil || back != n {
		t.Errorf("%s does not come back: %v", b, err)
	}
}

func TestCompareNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want person.Agreement
	}{
		{"佐倉 花子", "佐倉　花子", person.Exact},
		{"佐倉 花子", "佐倉花子", person.Exact},
		{"髙橋 一郎", "高橋 一郎", person.Variant},
		{"髙橋 一郎", "髙橋 一郎", person.Exact},
		{"濵田 恵", "浜田 惠", person.Variant},
		{"渡邉 寿", "渡辺 壽", person.Variant},
		{"齋藤 実", "斎藤 實", person.Variant},
		{"斎藤 実", "斉藤 実", person.Differs}, // two names, not two shapes
		{"葛\U000E0100城 守", "葛城 守", person.Variant},
		{"\uFA19田 守", "神田 守", person.Variant},
		{"佐倉 花子", "佐倉 華子", person.Differs},
		{"SMITH JOHN", "smith john", person.Exact},
		{"MÜLLER ZOE", "Müller Zoë", person.Exact},
		{"O'BRIEN MARY ANN", "OBRIEN MARYANN", person.Exact},
		{"SMITH JOHN", "JOHN SMITH", person.Exact},
		{"SMITH JOHN", "SMYTH JOHN", person.Differs},
		{"佐倉 花子", "SAKURA HANAKO", person.Differs}, // no reading is known
	} {
		a, b := mustName(t, c.a, ""), mustName(t, c.b, "")
		if got := a.Compare(b); got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.a, c.b, got, c.want)
		}
		if back := b.Compare(a); back != c.want || a.Same(b) != (c.want != person.Differs) {
			t.Errorf("%s and %s the other way: %s, want %s", c.b, c.a, back, c.want)
		}
	}
	if got := (person.Name{}).Compare(person.Name{}); got != person.Differs {
		t.Errorf("two unknown names: %s", got)
	}
}

// PICK-074: the passport's name is the family register's.
func TestCompareWithPassport(t *testing.T) {
	for _, c := range []struct {
		kana, passport string
		want           person.Agreement
	}{
		{"さくら はなこ", "SAKURA HANAKO", person.Exact},
		{"さくら はなこ", "Hanako Sakura", person.Exact},
		{"さくら はなこ", "SAKURA, HANAKO (SMITH)", person.Exact},
		{"さくら はなこ", "SAKURA HANAE", person.Differs},
		{"さくら はなこ", "SAKURA", person.Differs},
		{"さくら はなこ", "", person.Differs},
		{"おおの ゆうこ", "ONO YUKO", person.Exact},
		{"おおの ゆうこ", "OHNO YUKO", person.Variant},
		{"おおの ゆうこ", "OONO YUUKO", person.Variant},
		{"いのうえ じょうじ", "INOUE JOJI", person.Variant}, // the seam of 井 and 上 cannot be heard
		{"いのうえ じょーじ", "INOUE GEORGE", person.Differs},
		{"まつうら けんいち", "MATSUURA KENICHI", person.Variant},
		{"ほんま しんぺい", "HOMMA SHIMPEI", person.Exact},
		{"ほんま しんぺい", "HONMA SHINPEI", person.Variant},
		{"はっとり いっちょう", "HATTORI ITCHO", person.Exact},
		{"ふじい りさ", "HUZII LISA", person.Variant},
		{"よこお まこと", "YOKOO MAKOTO", person.Exact},
	} {
		n := mustName(t, "漢 字", c.kana)
		if got := n.CompareLatin(c.passport); got != c.want || n.SameLatin(c.passport) != (got != person.Differs) {
			t.Errorf("%s and %s: %s, want %s", c.kana, c.passport, got, c.want)
		}
	}
	registered := mustName(t, "井上 譲二", "いのうえ じょうじ")
	registered.FamilyLatin, registered.GivenLatin = "INOUE", "GEORGE"
	if got := registered.CompareLatin("INOUE GEORGE"); got != person.Exact {
		t.Errorf("as registered: %s", got)
	}
	if got := registered.CompareLatin("INOE JOJI"); got != person.Variant {
		t.Errorf("by the reading only: %s", got)
	}
}

func TestSounds(t *testing.T) {
	n := mustName(t, "髙塚 みづき", "たかつか みづき")
	for s, want := range map[string]bool{
		"たかつか みづき": true, "タカツカミズキ": true, "ﾀｶﾂｶ ﾐｽﾞｷ": true, "高塚みづき": true, "髙塚　みづき": true,
		"たかづか みづき": false, "": false, " ": false, "たかつか": false,
	} {
		if n.Sounds(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
	if (person.Name{}).Sounds("") {
		t.Error("an unknown name sounds like nothing")
	}
}

func TestSexAndBirth(t *testing.T) {
	for s, want := range map[string]person.Sex{"男": person.Male, "2": person.Female, "１": person.Male, "F": person.Female, "女性": person.Female, "9": person.SexNotApplicable, "0": person.SexUnknown, "not_applicable": person.SexNotApplicable} {
		if got, err := person.ParseSex(s); err != nil || got != want {
			t.Errorf("%s: %s %v", s, got, err)
		}
	}
	for _, s := range []string{"", "3", "x"} {
		if got, err := person.ParseSex(s); err == nil {
			t.Errorf("%q is taken as %s", s, got)
		}
	}
	for _, sex := range []person.Sex{person.SexUnknown, person.Male, person.Female, person.SexNotApplicable} {
		b, err := json.Marshal(sex)
		if err != nil {
			t.Fatal(err)
		}
		var back person.Sex
		if err := json.Unmarshal(b, &back); err != nil || back != sex || sex.Text().Ja == "" {
			t.Errorf("%s comes back as %s, %v", b, back, err)
		}
	}
	on := civil.Day(2026, 4, 1)
	for s, want := range map[string]civil.Date{"昭和55年2月17日": civil.Day(1980, 2, 17), "R8.4.1": on, "2026-03-31": on.AddDays(-1)} {
		if got, err := person.ParseBirth(s, on); err != nil || got != want {
			t.Errorf("%s: %s %v", s, got, err)
		}
	}
	for _, s := range []string{"", "R8.4.2", "昭和64年1月8日", "2026-02-29", "きのう"} {
		_, err := person.ParseBirth(s, on)
		if field, ok := errors.AsType[person.FieldError](err); !ok || field.Text.Ja == "" {
			t.Errorf("%q: %v", s, err)
		}
	}
}
