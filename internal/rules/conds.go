package rules

import (
	"maps"

	"mynumber/internal/law"
)

// Conditions about person, card and visitor that many sheets use.
const (
	IsJapanese          Cond = "japanese"
	LivesAbroad         Cond = "lives_abroad"
	LivesInJapan        Cond = "lives_in_japan"
	NeedsRepresentative Cond = "needs_representative" // under 15 or an adult ward
	HadCard             Cond = "had_card"             // has one or once had one
	HasCard             Cond = "has_card"             // in whatever living state
	CardDomestic        Cond = "card_domestic"
	CardOverseas        Cond = "card_overseas"
	CardActive          Cond = "card_active"
	CardWorks           Cond = "card_works" // also between continuing use and the departure (ABR-009)
	CardSuspended       Cond = "card_suspended"
	CardEnded           Cond = "card_ended"
	CardAtHand          Cond = "card_at_hand"
	VisitorInHousehold  Cond = "visitor_in_household"
	PINsSealed          Cond = "pins_sealed"
	WantsCertificates   Cond = "wants_certificates"
)

func either(yesJa, yesEn, notJa, notEn string) CondText {
	return CondText{Yes: law.Text{Ja: yesJa, En: yesEn}, Not: law.Text{Ja: notJa, En: notEn}}
}

// plainly gives a condition its plain Japanese, both ways round.
func (c CondText) plainly(yes, not string) CondText {
	c.Yes.Easy, c.Not.Easy = yes, not
	return c
}

// Conds are all conditions in words.
var Conds = merge(commonConds, homeConds, abroadConds, changeConds, servicesConds)

var commonConds = map[Cond]CondText{
	IsJapanese: either("日本国籍であること", "a Japanese national", "外国籍であること", "a foreign national").
		plainly("日本(にほん)の 国籍(こくせき)である こと", "外国(がいこく)の 国籍(こくせき)である こと"),
	LivesAbroad: either("国外に住んでいること", "living abroad", "国外に住んでいないこと", "not living abroad").
		plainly("外国(がいこく)に 住(す)んでいる こと", "外国(がいこく)に 住(す)んでいない こと"),
	LivesInJapan: either("日本に住んでいること(住民票があること)", "living in Japan, with a resident record", "日本に住んでいないこと", "not living in Japan").
		plainly("日本(にほん)に 住(す)んでいる こと(住民票(じゅうみんひょう)が ある こと)", "日本(にほん)に 住(す)んでいない こと"),
	NeedsRepresentative: either("15歳未満の人または成年被後見人であること", "under 15 or an adult ward", "15歳以上で、成年被後見人でないこと", "15 or over and no adult ward").
		plainly("15歳(さい)より 下(した)、または 後見人(こうけんにん)が いる 人(ひと)である こと", "15歳(さい)か それより 上(うえ)で、後見人(こうけんにん)が いない こと"),
	HadCard: either("カードを持っているか、以前に持っていたこと", "has a card, or had one", "カードを持ったことがないこと", "has never had a card").
		plainly("カードを 持(も)っている、または 前(まえ)に 持(も)っていた こと", "カードを 一度(いちど)も 持(も)った ことが ない こと"),
	HasCard: either("有効なカードを持っていること", "has a card that has not ended", "有効なカードを持っていないこと", "has no card that still counts").
		plainly("終(お)わっていない カードを 持(も)っている こと", "終(お)わっていない カードを 持(も)っていない こと"),
	CardDomestic: either("国内のカードであること", "the card is a domestic one", "国内のカードでないこと", "the card is not a domestic one").
		plainly("日本(にほん)に 住(す)む 人(ひと)の カードである こと", "日本(にほん)に 住(す)む 人(ひと)の カードではない こと"),
	CardOverseas: either("国外転出者向けのカードであること", "the card is an overseas card", "国外転出者向けのカードでないこと", "the card is not an overseas card").
		plainly("「国外転出(こくがいてんしゅつ)」の カードである こと", "「国外転出(こくがいてんしゅつ)」の カードではない こと"),
	CardWorks: either("カードが使える状態であること(継続利用の手続き後、国外転出(予定)日までの間を含む)", "the card works, also between continuing use and the departure", "カードが使える状態でないこと", "the card does not work").
		plainly("カードが 使(つか)える こと", "カードが 使(つか)えない こと"),
	CardActive: either("カードが使える状態であること", "the card is active", "カードが使える状態でないこと", "the card is not active").
		plainly("カードが 使(つか)える こと", "カードが 使(つか)えない こと"),
	CardSuspended: either("カードが一時停止中であること", "the card is suspended", "カードが一時停止中でないこと", "the card is not suspended").
		plainly("カードを 止(と)めている こと", "カードを 止(と)めていない こと"),
	CardEnded: either("カードが失効・廃止・返納・満了していること", "the card has ended", "カードが失効・廃止・返納・満了していないこと", "the card has not ended").
		plainly("カードが もう 終(お)わっている こと(期限(きげん)が 切(き)れた、返(かえ)した など)", "カードが まだ 終(お)わっていない こと"),
	CardAtHand: either("カードが手元にあること", "the card is at hand", "カードが手元にないこと", "the card is not at hand").
		plainly("カードを いま 持(も)っている こと", "カードが 手(て)もとに ない こと"),
	VisitorInHousehold: either("来る人が本人と同じ世帯であること", "the visitor is of the holder's household", "来る人が本人と同じ世帯でないこと", "the visitor is not of the holder's household").
		plainly("来(く)る 人(ひと)が 本人(ほんにん)と いっしょに 住(す)む 家族(かぞく)である こと", "来(く)る 人(ひと)が 本人(ほんにん)と いっしょに 住(す)む 家族(かぞく)ではない こと"),
	PINsSealed: either("暗証番号が封筒やシールで隠されていること", "the PINs are sealed", "暗証番号が隠されていないこと", "the PINs are not sealed").
		plainly("暗証番号(あんしょうばんごう)が 封筒(ふうとう)や シールで 見(み)えない こと", "暗証番号(あんしょうばんごう)が 見(み)える こと"),
	WantsCertificates: either("電子証明書を希望すること", "certificates are wanted", "電子証明書を希望しないこと", "certificates are declined").
		plainly("電子証明書(でんししょうめいしょ)が ほしい こと", "電子証明書(でんししょうめいしょ)が いらない こと"),
}

// merge puts the parts of a catalogue together. A word in two parts is a fault that a test finds.
func merge[K comparable, V any](parts ...map[K]V) map[K]V {
	all := map[K]V{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}
