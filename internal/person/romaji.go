package person

import (
	"fmt"
	"strings"
)

// Kana in Latin letters, by the Hepburn table of the passport rules (旅券法施行規則, ヘボン式ローマ字綴方表). The
// table knows sounds, not words: whether two kana make one long vowel (河野 KONO) or meet at the seam of two
// words (井上 INOUE) it cannot see. A space in the kana marks such a seam.

// hepburn is the table, one pair a kana or a pair of kana.
var hepburn = pairs(`
	ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to
	ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo
	ラ ra リ ri ル ru レ re ロ ro ワ wa ヰ i ヱ e ヲ o
	ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ ji ヅ zu デ de ド do
	バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ bu
	キャ kya キュ kyu キョ kyo シャ sha シュ shu ショ sho チャ cha チュ chu チョ cho ニャ nya ニュ nyu ニョ nyo
	ヒャ hya ヒュ hyu ヒョ hyo ミャ mya ミュ myu ミョ myo リャ rya リュ ryu リョ ryo ギャ gya ギュ gyu ギョ gyo
	ジャ ja ジュ ju ジョ jo ヂャ ja ヂュ ju ヂョ jo ビャ bya ビュ byu ビョ byo ピャ pya ピュ pyu ピョ pyo
	シェ shie チェ chie ジェ jie ティ tei ディ dei デュ deyu ファ fua フィ fui フェ fue フォ fuo
	ヴァ ba ヴィ bi ヴェ be ヴォ bo ウィ ui ウェ ue ウォ uo ァ a ィ i ゥ u ェ e ォ o`)

// otherSpellings are what a passport may have instead, on declaration: the other systems' spellings, and
// those nearer to the sound of a foreign name.
var otherSpellings = map[string][]string{
	"shi": {"si"}, "chi": {"ti"}, "tsu": {"tu"}, "fu": {"hu"}, "ji": {"zi", "di"}, "zu": {"du"}, "o": {"wo"},
	"sha": {"sya"}, "shu": {"syu"}, "sho": {"syo"}, "cha": {"tya"}, "chu": {"tyu"}, "cho": {"tyo"}, "ja": {"zya", "jya"}, "ju": {"zyu", "jyu"}, "jo": {"zyo", "jyo"},
	"shie": {"she"}, "chie": {"che"}, "jie": {"je"}, "tei": {"ti"}, "dei": {"di"}, "deyu": {"du", "dyu"}, "fua": {"fa"}, "fui": {"fi"}, "fue": {"fe"}, "fuo": {"fo"},
	"ba": {"va"}, "bi": {"vi"}, "bu": {"vu"}, "be": {"ve"}, "bo": {"vo"}, "ui": {"wi"}, "ue": {"we"}, "uo": {"wo"},
	"ra": {"la"}, "ri": {"li"}, "ru": {"lu"}, "re": {"le"}, "ro": {"lo"},
}

func pairs(table string) map[string]string {
	out := map[string]string{}
	fields := strings.Fields(table)
	for i := 0; i < len(fields); i += 2 {
		out[fields[i]] = fields[i+1]
	}
	return out
}

// mora is one beat of a word: how it is spelled, and how else it may be.
type mora struct {
	text   string
	others []string
	nasal  bool // ン, spelled by what follows
}

// Romanise spells kana as place names are spelled in Latin letters: Hepburn in lower case, long vowels unmarked, ン
// always n. Each word for itself, spaces kept. Kana that no word can have is an error.
func Romanise(kana string) (string, error) {
	return romanise(kana, func(string) string { return "n" })
}

// PassportSpelling spells kana as a passport does, in capitals: as Romanise, but M for ン before B, M and P.
func PassportSpelling(kana string) (string, error) {
	s, err := romanise(kana, nasalOf)
	return strings.ToUpper(s), err
}

// nasalOf is the passport's ン before the next mora.
func nasalOf(next string) string {
	if next != "" && strings.ContainsRune("bmp", rune(next[0])) {
		return "m"
	}
	return "n"
}

func romanise(kana string, nasal func(next string) string) (string, error) {
	var words []string
	for _, word := range strings.Fields(reading(kana)) {
		morae, err := moraeOf(word)
		if err != nil {
			return "", err
		}
		words = append(words, spell(morae, nasal))
	}
	return strings.Join(words, " "), nil
}

// reading is kana in the form that the table knows.
func reading(kana string) string { return strings.ReplaceAll(toKatakana(tidy(kana)), "・", " ") }

func spell(morae []mora, nasal func(next string) string) string {
	var out strings.Builder
	for i, m := range morae {
		if m.nasal {
			next := ""
			if i+1 < len(morae) {
				next = morae[i+1].text
			}
			out.WriteString(nasal(next))
			continue
		}
		out.WriteString(m.text)
	}
	return out.String()
}

// moraeOf takes one word apart.
func moraeOf(word string) ([]mora, error) {
	var morae []mora
	runes := []rune(word)
	double, before := false, "" // a ッ is waiting; the vowel that the next kana could lengthen
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if r == 'ッ' && !double {
			double, before = true, ""
			continue
		}
		if r == 'ン' && !double {
			morae, before = append(morae, mora{nasal: true}), ""
			continue
		}
		if long, others := lengthens(r, before, i == len(runes)-1); long && !double {
			morae, before = append(morae, mora{others: others}), ""
			continue
		}
		n := min(2, len(runes)-i)
		if hepburn[string(runes[i:i+n])] == "" {
			n = 1
		}
		text := hepburn[string(runes[i:i+n])]
		if text == "" || double && strings.ContainsRune("aiueon", rune(text[0])) {
			return nil, fmt.Errorf("kana cannot be romanised at character %d", i+1)
		}
		i += n - 1
		others := otherSpellings[text]
		if double {
			text, others = doubled(text), doubledAll(others)
			double = false
		}
		morae, before = append(morae, mora{text: text, others: others}), text[len(text)-1:]
	}
	if double {
		return nil, fmt.Errorf("kana ends in a doubled consonant")
	}
	return morae, nil
}

// lengthens reports that a kana only lengthens the vowel before it, which is not spelled: the mark ー, ウ after O
// and U, and オ after O unless it ends the word (横尾 YOKOO). With it come the spellings that mark the length.
func lengthens(r rune, before string, last bool) (bool, []string) {
	switch {
	case r == 'ー' && before == "o":
		return true, []string{"o", "u", "h"}
	case r == 'ー' && before != "":
		return true, []string{before, "h"}
	case r == 'ウ' && before == "o":
		return true, []string{"u", "h", "o"}
	case r == 'ウ' && before == "u":
		return true, []string{"u", "h"}
	case r == 'オ' && before == "o" && !last:
		return true, []string{"o", "h"}
	}
	return false, nil
}

// doubled is a mora after ッ: its first letter twice, T before CH.
func doubled(text string) string {
	if strings.HasPrefix(text, "ch") {
		return "t" + text
	}
	return text[:1] + text
}

func doubledAll(texts []string) []string {
	var out []string
	for _, text := range texts {
		out = append(out, doubled(text))
	}
	return out
}

// SpelledLike compares a name in Latin letters with kana: Exact for the passport's spelling, Variant for
// another that a passport may have (a long O as OH or OU, the seam of two words, SI for SHI).
func SpelledLike(kana, latin string) Agreement {
	var all []mora
	usual := ""
	for _, word := range strings.Fields(reading(kana)) {
		morae, err := moraeOf(word)
		if err != nil {
			return Differs
		}
		all = append(all, morae...)
		usual += spell(morae, nasalOf)
	}
	letters := latinKey(latin)
	switch {
	case letters == "" || len(all) == 0:
		return Differs
	case usual == letters:
		return Exact
	case spellable(all, letters):
		return Variant
	}
	return Differs
}

// spellable reports that the letters spell the morae in some way: after each mora, at holds the places in the
// letters that can have been reached.
func spellable(morae []mora, letters string) bool {
	at := map[int]bool{0: true}
	for _, m := range morae {
		spellings := append([]string{m.text}, m.others...)
		if m.nasal {
			spellings = []string{"n", "m"}
		}
		next := map[int]bool{}
		for i := range at {
			for _, s := range spellings {
				if strings.HasPrefix(letters[i:], s) {
					next[i+len(s)] = true
				}
			}
		}
		at = next
	}
	return at[len(letters)]
}
