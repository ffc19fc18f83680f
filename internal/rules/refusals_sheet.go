package rules

import "mynumber/internal/law"

// sheetRefusals are what sheets say no with, whatever the procedure.
var sheetRefusals = map[string]law.Refusal{
	"procedure_not_begun": no(
		"この手続きは %s から始まります。", "This procedure begins on %s.",
		"その日以後に手続きしてください。", "Come back on or after that day.",
		mhlwLeaflet.At("国外利用が始まりました", "DATE-016")),
	"procedure_ended": no(
		"この手続きは終わりました。", "This procedure has ended.",
		"窓口で代わりの手続きをお尋ねください。", "Ask the office what has taken its place.",
		mhlwLeaflet.At("(1)", "DATE-020")),
	"office_cannot": no(
		"この手続きは「%s」ではできません。", "This cannot be done at %s.",
		"できる窓口をご覧ください。", "See the offices that can do it.",
		konan.At("3. 5. 6. 7.", "ABR-057")),
	"channel_cannot": no(
		"この手続きは「%s」ではできません。", "This cannot be done %s.",
		"できる方法をご覧ください。", "See by which channels it can be done.",
		konan.At("申請方法", "APP-071")),
	"visitor_cannot": no(
		"この手続きは「%s」ではできません。", "This cannot be done by %s.",
		"手続きができる人をご覧ください。", "See who may come.",
		niigata.At("主な手続", "CHG-006")),
	"paper_missing": no(
		"「%s」がありません。", "Missing: %s.",
		"お持ちのうえ、もう一度お越しください。", "Come again with it.",
		niigata.At("持参するもの", "PICK-030")),
	"paper_expired": no(
		"「%s」の有効期限が切れています。", "Expired: %s.",
		"有効な書類をお持ちください。", "Bring one that is still valid.",
		niigata.At("本人確認書類の例", "PICK-034")),
	"card_not_overseas": no(
		"お持ちのカードは国外転出者向けのカードではありません。", "The card is not an overseas card.",
		"国内のカードの手続きをご覧ください。", "See the procedures for a domestic card.",
		konan.At("対象者", "ABR-057")),
	"card_not_at_hand": no(
		"カードが手元にないため、この手続きはできません。", "This needs the card itself.",
		"カードを持って手続きしてください。なくしたときは一時停止の連絡をしてください。", "Bring the card. If it is lost, have it suspended by telephone.",
		niigata.At("主な手続", "CHG-003")),
}
