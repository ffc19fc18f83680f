package rules

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"mynumber/internal/law"
)

// A certificate's name and address are written in JIS X 0208 and JIS X 0212. For a character of the resident register that these do not
// have another one stands (代替文字), marked by a flag; which one, is chosen and shown before the certificate is issued.

var jpkiProfile = law.Source{Title: "公的個人認証サービス プロファイル仕様書(公開された読み取り実装による)"}

// SubstituteTable is by character of a register the characters that usually stand for it, the most usual first.
type SubstituteTable map[rune]string

// Substitutes is that table by day. It is our own selection: pairs of one character in two shapes that names mix every day; several
// where people differ. Compatibility ideographs, shapes by variation selector and Latin letters with signs are not in it: what
// stands for them follows from Unicode (procedure.Substitutes).
var Substitutes = law.Table[SubstituteTable]{
	{From: cards, Checked: checked, Cite: jpkiProfile.At("基本4情報、代替文字使用情報", "CERT-007"), Rule: substituteTable(`
	髙高 﨑崎嵜 𠮷吉 栁柳 瀨瀬 德徳 黑黒 鄕郷 彥彦 敎教 淸清 靑青 緖緒 增増 橫横 戶戸 㟢崎 𣘺橋 內内 吳呉 吞呑 姬姫 寬寛 涉渉 溫温 綠緑 錄録
	悅悦 昻昂 賴頼 郞郎 閒間 薰薫 靍鶴 凬風 咊和 嵓巌巖岩 愠慍 甁瓶
	俱倶 剝剥 𠮟叱 屛屏 幷并 簞箪 驒騨
	卽即 巢巣 產産 曆暦 歷歴 虛虚 絕絶 說説 閱閲 銳鋭 稅税 脫脱 尙尚
	𡈽土 𦚰脇 𥙿裕 𢌞廻 𠅘亭 𤇆煙 𢛳徳 𫝆今 𤋮煕熙 𩵋魚
	＇’ ＂” 〜～ ①１ ②２ ③３ ④４ ⑤５ ⑥６ ⑦７ ⑧８ ⑨９
	`)},
}

//go:embed variants.tsv
var variantsTable string

// Variants are, by ideograph that certificates cannot have, those that they can have and of which Unicode's Unihan database says that they
// are the same in another shape (z-variants, semantic, traditional and simplified variants). It knows shapes and not names: they are
// suggested to whoever chooses, and none is ever taken by itself (CERT-007). The file says its source; scripts/variants makes it.
var Variants = sync.OnceValue(func() SubstituteTable {
	_, rows, _ := strings.Cut(variantsTable, "\n")
	return substituteTable(rows)
})

// saySubstitutes is the table in words, in the order of Unicode.
func saySubstitutes(t SubstituteTable) []string {
	var pairs []string
	for _, r := range slices.Sorted(maps.Keys(t)) {
		pairs = append(pairs, string(r)+"→"+strings.Join(strings.Split(t[r], ""), "・"))
	}
	return []string{
		"電子証明書の氏名・住所は、JIS X 0208とJIS X 0212の文字で書きます。ない文字は代替文字で書き、そのことを印で示します。どの文字にするかは、発行の前に窓口で確かめて決め、記録します。",
		"ふつうの代替文字: " + strings.Join(pairs, "、") + "。互換漢字、異体字セレクター付きの文字、符号付きのラテン文字は、Unicodeで対応する文字です。",
		"ほかの漢字については、Unihanデータベースが異体字とする文字を候補として示します。窓口で選ばれるまで、使われません。",
	}
}

func substituteTable(rows string) SubstituteTable {
	out := SubstituteTable{}
	for row := range strings.FieldsSeq(rows) {
		characters := []rune(row)
		out[characters[0]] = string(characters[1:])
	}
	return out
}
