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

// Conds are all conditions in words.
var Conds = merge(commonConds, homeConds, abroadConds, changeConds, servicesConds)

var commonConds = map[Cond]CondText{
	IsJapanese:          either("日本国籍であること", "a Japanese national", "外国籍であること", "a foreign national"),
	LivesAbroad:         either("国外に住んでいること", "living abroad", "国外に住んでいないこと", "not living abroad"),
	LivesInJapan:        either("日本に住んでいること(住民票があること)", "living in Japan, with a resident record", "日本に住んでいないこと", "not living in Japan"),
	NeedsRepresentative: either("15歳未満の人または成年被後見人であること", "under 15 or an adult ward", "15歳以上で、成年被後見人でないこと", "15 or over and no adult ward"),
	HadCard:             either("カードを持っているか、以前に持っていたこと", "has a card, or had one", "カードを持ったことがないこと", "has never had a card"),
	HasCard:             either("有効なカードを持っていること", "has a card that has not ended", "有効なカードを持っていないこと", "has no card that still counts"),
	CardDomestic:        either("国内のカードであること", "the card is a domestic one", "国内のカードでないこと", "the card is not a domestic one"),
	CardOverseas:        either("国外転出者向けのカードであること", "the card is an overseas card", "国外転出者向けのカードでないこと", "the card is not an overseas card"),
	CardActive:          either("カードが使える状態であること", "the card is active", "カードが使える状態でないこと", "the card is not active"),
	CardSuspended:       either("カードが一時停止中であること", "the card is suspended", "カードが一時停止中でないこと", "the card is not suspended"),
	CardEnded:           either("カードが失効・廃止・返納・満了していること", "the card has ended", "カードが失効・廃止・返納・満了していないこと", "the card has not ended"),
	CardAtHand:          either("カードが手元にあること", "the card is at hand", "カードが手元にないこと", "the card is not at hand"),
	VisitorInHousehold:  either("来る人が本人と同じ世帯であること", "the visitor is of the holder's household", "来る人が本人と同じ世帯でないこと", "the visitor is not of the holder's household"),
	PINsSealed:          either("暗証番号が封筒やシールで隠されていること", "the PINs are sealed", "暗証番号が隠されていないこと", "the PINs are not sealed"),
	WantsCertificates:   either("電子証明書を希望すること", "certificates are wanted", "電子証明書を希望しないこと", "certificates are declined"),
}

// merge puts the parts of a catalogue together. A word in two parts is a fault that a test finds.
func merge[K comparable, V any](parts ...map[K]V) map[K]V {
	all := map[K]V{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}
