package rules

import "mynumber/internal/law"

// sheetRefusals are what sheets say no with, whatever the procedure.
var sheetRefusals = map[string]law.Refusal{
	"procedure_not_begun": easily(no(
		"この手続きは %s から始まります。", "This procedure begins on %s.",
		"その日以後に手続きしてください。", "Come back on or after that day.",
		mhlwLeaflet.At("国外利用が始まりました", "DATE-016")),
		"この 手続(てつづ)きは %s から 始(はじ)まります。", "その 日(ひ)か その あとに 手続(てつづ)きして ください。"),
	"procedure_ended": easily(no(
		"この手続きは終わりました。", "This procedure has ended.",
		"窓口で代わりの手続きをお尋ねください。", "Ask the office what has taken its place.",
		mhlwLeaflet.At("(1)", "DATE-020")),
		"この 手続(てつづ)きは 終(お)わりました。", "代(か)わりの 手続(てつづ)きを 窓口(まどぐち)で 聞(き)いて ください。"),
	"office_cannot": easily(no(
		"この手続きは「%s」ではできません。", "This cannot be done at %s.",
		"できる窓口をご覧ください。", "See the offices that can do it.",
		konan.At("3. 5. 6. 7.", "ABR-057")),
		"この 手続(てつづ)きは「%s」では できません。", "できる 窓口(まどぐち)を 見(み)て ください。"),
	"channel_cannot": easily(no(
		"この手続きは「%s」ではできません。", "This cannot be done %s.",
		"できる方法をご覧ください。", "See by which channels it can be done.",
		konan.At("申請方法", "APP-071")),
		"この 手続(てつづ)きは「%s」では できません。", "できる やり方(かた)を 見(み)て ください。"),
	"visitor_cannot": easily(no(
		"この手続きは「%s」ではできません。", "This cannot be done by %s.",
		"手続きができる人をご覧ください。", "See who may come.",
		niigata.At("主な手続", "CHG-006")),
		"この 手続(てつづ)きは「%s」では できません。", "手続(てつづ)きが できる 人(ひと)を 見(み)て ください。"),
	"paper_missing": easily(no(
		"「%s」がありません。", "Missing: %s.",
		"お持ちのうえ、もう一度お越しください。", "Come again with it.",
		niigata.At("持参するもの", "PICK-030")),
		"「%s」が ありません。", "持(も)って、もう一度(いちど) 来(き)て ください。"),
	"paper_expired": easily(no(
		"「%s」の有効期限が切れています。", "Expired: %s.",
		"有効な書類をお持ちください。", "Bring one that is still valid.",
		niigata.At("本人確認書類の例", "PICK-034")),
		"「%s」の 期限(きげん)が 切(き)れています。", "期限(きげん)が 切(き)れていない 書類(しょるい)を 持(も)って来(き)て ください。"),
	"card_not_overseas": easily(no(
		"お持ちのカードは国外転出者向けのカードではありません。", "The card is not an overseas card.",
		"国内のカードの手続きをご覧ください。", "See the procedures for a domestic card.",
		konan.At("対象者", "ABR-057")),
		"持(も)っている カードは「国外転出(こくがいてんしゅつ)」の カードでは ありません。", "日本(にほん)の カードの 手続(てつづ)きを 見(み)て ください。"),
	"card_not_at_hand": easily(no(
		"カードが手元にないため、この手続きはできません。", "This needs the card itself.",
		"カードを持って手続きしてください。なくしたときは一時停止の連絡をしてください。", "Bring the card. If it is lost, have it suspended by telephone.",
		niigata.At("主な手続", "CHG-003")),
		"カードが 手(て)もとに ないので、この 手続(てつづ)きは できません。", "カードを 持(も)って 手続(てつづ)きして ください。なくした ときは、電話(でんわ)して カードを 止(と)めて ください。"),
}
