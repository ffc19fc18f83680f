package place_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

var update = flag.Bool("update", false, "write the romaji column of municipalities.tsv anew")

// seams are the names in which a word ends inside what would otherwise be one long vowel.
var seams = map[string]string{
	"たきのうえ":  "たきの うえ",   // 滝上町
	"とようら":   "とよ うら",    // 豊浦町
	"もおか":    "も おか",     // 真岡市
	"かつうら":   "かつ うら",    // 勝浦市, 勝浦町
	"なちかつうら": "なち かつ うら", // 那智勝浦町
	"こうみ":    "こ うみ",     // 小海町
	"やまのうち":  "やまの うち",   // 山ノ内町
	"わのうち":   "わの うち",    // 輪之内町
	"ことうら":   "こと うら",    // 琴浦町
	"せとうち":   "せと うち",    // 瀬戸内市, 瀬戸内町
	"まつうら":   "まつ うら",    // 松浦市
	"にしのおもて": "にしの おもて",  // 西之表市
}

// suffixes of a name with their readings.
var suffixes = map[rune][]string{'市': {"し"}, '区': {"く"}, '町': {"ちょう", "まち"}, '村': {"そん", "むら"}}

// romaji is a name in Latin letters: each word capitalised, its suffix after a hyphen.
func romaji(t *testing.T, name, kana string) string {
	t.Helper()
	names, readings := strings.Fields(name), strings.Fields(kana)
	if len(names) != len(readings) {
		t.Fatalf("%s and %s have not the same words", name, kana)
	}
	var words []string
	for i, reading := range readings {
		last := []rune(names[i])[len([]rune(names[i]))-1]
		for _, suffix := range suffixes[last] {
			if stem, ok := strings.CutSuffix(reading, suffix); ok {
				words = append(words, capital(spell(t, stem))+"-"+spell(t, suffix))
				break
			}
		}
	}
	if len(words) != len(names) {
		t.Fatalf("%s is not read %s", name, kana)
	}
	return strings.Join(words, " ")
}

func spell(t *testing.T, kana string) string {
	t.Helper()
	if parts, ok := seams[kana]; ok {
		kana = parts
	}
	s, err := person.Romanise(kana)
	if err != nil {
		t.Fatalf("%s: %v", kana, err)
	}
	return strings.ReplaceAll(s, " ", "")
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// The romaji column is what the kana and the seams above make of it; -update writes it.
func TestRomajiColumn(t *testing.T) {
	file, err := os.ReadFile("municipalities.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(file), "\n")
	for i, line := range lines {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if want := romaji(t, f[2], f[3]); f[4] != want {
			if !*update {
				t.Errorf("%s %s is %q, want %q (go test -update)", f[0], f[2], f[4], want)
			}
			f[4] = want
			lines[i] = strings.Join(f, "\t")
		}
	}
	if *update {
		if err := os.WriteFile("municipalities.tsv", []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Spellings that officials use themselves, some on certificates.
func TestRomajiSamples(t *testing.T) {
	on := civil.Day(2026, 4, 1)
	for code, want := range map[place.Code]string{
		"132217": "Kiyose-shi, Tokyo-to",
		"022039": "Hachinohe-shi, Aomori-ken",
		"141097": "Yokohama-shi Kohoku-ku, Kanagawa-ken",
		"131016": "Chiyoda-ku, Tokyo-to",
		"011002": "Sapporo-shi, Hokkaido",
		"271004": "Osaka-shi, Osaka-fu",
		"261041": "Kyoto-shi Nakagyo-ku, Kyoto-fu",
		"151009": "Niigata-shi, Niigata-ken",
		"016420": "Hiroo-cho, Hokkaido",
		"182087": "Awara-shi, Fukui-ken",
		"422088": "Matsuura-shi, Nagasaki-ken",
		"353051": "Suooshima-cho, Yamaguchi-ken",
		"462179": "Soo-shi, Kagoshima-ken",
	} {
		office, err := place.Lookup(code, on)
		if err != nil || office.NameEn != want {
			t.Errorf("%s: %q %v, want %q", code, office.NameEn, err, want)
		}
	}
}

// The prefectures' spellings follow the same table; their suffixes are fixed.
func TestPrefectureRomaji(t *testing.T) {
	readings := strings.Fields(`ほっかいどう あおもり いわて みやぎ あきた やまがた ふくしま いばらき とちぎ ぐんま さいたま ちば とうきょう かながわ にいがた とやま いしかわ
		ふくい やまなし ながの ぎふ しずおか あいち みえ しが きょうと おおさか ひょうご なら わかやま とっとり しまね おかやま ひろしま やまぐち とくしま かがわ えひめ こうち
		ふくおか さが ながさき くまもと おおいた みやざき かごしま おきなわ`)
	names := place.Prefectures()
	if len(names) != 47 || len(readings) != 47 {
		t.Fatalf("%d prefectures, %d readings", len(names), len(readings))
	}
	seen := map[string]string{}
	for _, m := range place.Municipalities(civil.Day(2026, 4, 1)) {
		seen[m.Prefecture] = m.PrefectureRomaji
	}
	suffix := map[rune]string{'道': "", '都': "-to", '府': "-fu", '県': "-ken"}
	for i, name := range names {
		last := []rune(name)[len([]rune(name))-1]
		if want := capital(spell(t, readings[i])) + suffix[last]; seen[name] != want {
			t.Errorf("%s is %q, want %q", name, seen[name], want)
		}
	}
}
