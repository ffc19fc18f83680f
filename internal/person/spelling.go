package person

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// kanjiVariants pairs the shapes of a character that family registers, keyboards and the everyday list (常用漢字表)
// mix in names; the everyday shape comes second. Characters that are names of their own, such as 斉 and 斎 or
// 渡辺 and 渡部, are kept apart. The table is for comparing only: what is stored keeps its shape.
var kanjiVariants = variants(`
	髙高 﨑崎 嵜崎 濵浜 濱浜 邉辺 邊辺 齋斎 齊斉 澤沢 廣広 國国 櫻桜 德徳 惠恵 眞真 嶋島 嶌島 冨富 𠮷吉 桒桑 栁柳 瀨瀬 渕淵 渊淵 槇槙 曾曽 圓円 壽寿 榮栄 靜静 黑黒
	關関 條条 萬万 與与 寶宝 實実 藏蔵 鐵鉄 縣県 豐豊 彌弥 鷗鴎 舘館 埜野 凜凛 巖巌 穗穂 淺浅 瀧滝 龍竜 邨村 舩船 兒児 當当 將将 薮藪 鄕郷 栢柏 檜桧 祿禄 彥彦 敎教
	淸清 靑青 愼慎 緖緒 增増 橫横 曻昇 會会 學学 戶戸 劍剣 劔剣 顯顕 驗験 絲糸 莊荘 螢蛍 樂楽 藝芸 佛仏 澁渋 濟済 龜亀 齡齢 禮礼 遙遥 讓譲 嚴厳 壯壮 爲為 專専 峯峰
	嶽岳 槗橋 㟢崎 𣘺橋 峽峡 狹狭 來来 晉晋 假仮 傳伝 內内 勳勲 吳呉 吞呑 單単 圍囲 奧奥 姬姫 寬寛 從従 恆恒 戀恋 數数 晝昼 樣様 氣気 涉渉 溫温 滿満 稻稲 經経 綠緑
	總総 繩縄 續続 聰聡 聲声 臺台 舊旧 萊莱 證証 譽誉 釋釈 鑛鉱 錄録 鎭鎮 靈霊 頰頬 驛駅 鹽塩 麥麦 雙双
`)

func variants(table string) map[rune]rune {
	out := map[rune]rune{}
	for pair := range strings.FieldsSeq(table) {
		r := []rune(pair)
		out[r[0]] = r[1]
	}
	return out
}

// exactKey is a written name without what is no part of it: spaces, widths, decomposition.
func exactKey(s string) string { return strings.ReplaceAll(compose(tidy(s)), " ", "") }

// variantKey is exactKey with the variants of a character brought to one shape: compatibility
// ideographs by NFC, variation selectors dropped, kanjiVariants, and the case of Latin letters.
func variantKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF:
			return -1
		case kanjiVariants[r] != 0:
			return kanjiVariants[r]
		}
		return r
	}, strings.ToUpper(norm.NFC.String(exactKey(s))))
}

// toKatakana writes hiragana as katakana.
func toKatakana(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'ぁ' && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ' {
			return r + 'ァ' - 'ぁ'
		}
		return r
	}, s)
}

// isReading reports katakana with the long vowel mark, spaces and the middle dot.
func isReading(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'ァ' && r <= 'ヴ' || r == 'ー' || r == ' ' || r == '・')
	}) < 0
}

// soundKey is a reading by its sound: katakana without spaces and dots, ヂ ヅ ヲ as they are spoken.
func soundKey(s string) string {
	return strings.NewReplacer("ヂ", "ジ", "ヅ", "ズ", "ヲ", "オ", "ヰ", "イ", "ヱ", "エ", " ", "", "・", "").Replace(toKatakana(tidy(s)))
}

// latinKey is the letters a to z of a name in Latin letters, without accents and what stands in brackets.
func latinKey(s string) string {
	s = tidy(s)
	if before, rest, ok := strings.Cut(s, "("); ok {
		_, after, _ := strings.Cut(rest, ")")
		s = before + after
	}
	s = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ı", "i").Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, norm.NFD.String(s))
}
