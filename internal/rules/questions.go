package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// Fact is the path of a field of a situation: person.nationality.
type Fact string

// Question is how a person is asked for a fact.
type Question struct {
	Text    law.Text
	Why     law.Text // why it matters
	Choices []Choice // none: a day or a number
}

// Choice is one answer.
type Choice struct {
	Value string // as it stands in the situation
	Text  law.Text
}

func ask(ja, en, easy string, choices ...Choice) Question {
	return Question{Text: law.Text{Ja: ja, En: en, Easy: easy}, Choices: choices}
}

// because adds why the answer matters.
func (q Question) because(ja, en, easy string) Question {
	q.Why = law.Text{Ja: ja, En: en, Easy: easy}
	return q
}

func choice(value, ja, en, easy string) Choice {
	return Choice{value, law.Text{Ja: ja, En: en, Easy: easy}}
}

// yesNo are the choices of a fact that is true or false.
func yesNo() []Choice {
	return []Choice{choice("true", "はい", "Yes", "はい"), choice("false", "いいえ", "No", "いいえ")}
}

// Questions are the questions for every fact that a decision can ask for.
var Questions = merge(commonQuestions, homeQuestions, abroadQuestions, changeQuestions, servicesQuestions)

var commonQuestions = map[Fact]Question{
	"person.nationality": ask("カードの名義人は日本国籍ですか。", "Is the person a Japanese national?", "カードを 使(つか)う 人(ひと)は 日本(にほん)の 国籍(こくせき)ですか。",
		choice("japanese", "日本国籍", "Japanese", "日本(にほん)の 国籍(こくせき)"), choice("foreign", "外国籍", "Another nationality", "外国(がいこく)の 国籍(こくせき)")).
		because("国外のカードは戸籍の附票に記録がある人のものです。外国籍の人の有効期間は在留期間によります。", "An overseas card rests on the supplementary family register; a foreign resident's card ends with the period of stay.", "国籍(こくせき)で できる ことが ちがいます。"),
	"person.residence_status": ask("在留資格は次のどれですか。", "Which residence status is it?", "在留資格(ざいりゅうしかく)は どれですか。",
		choice("mid_long_term_resident", "中長期在留者(在留期限のある在留カード)", "mid- or long-term resident, with a residence card that ends", "在留期間(ざいりゅうきかん)が ある 在留(ざいりゅう)カード"),
		choice("permanent_resident", "永住者", "permanent resident", "永住者(えいじゅうしゃ)"), choice("special_permanent_resident", "特別永住者", "special permanent resident", "特別永住者(とくべつえいじゅうしゃ)"),
		choice("highly_skilled_professional_2", "高度専門職第2号", "highly skilled professional (ii)", "高度専門職(こうどせんもんしょく)2号(ごう)"),
		choice("temporary_refuge", "一時庇護許可者", "permitted to land for temporary refuge", "一時庇護(いちじひご)"), choice("provisional_stay", "仮滞在許可者", "permitted to stay provisionally", "仮滞在(かりたいざい)"),
		choice("transitional_stay", "経過滞在者(出生・国籍喪失)", "transitional resident", "経過滞在(けいかたいざい)")).
		because("カードの有効期間は、永住者などを除き在留期間の満了の日までです。", "But for permanent residents and the like, the card ends with the period of stay.", "カードは 在留期間(ざいりゅうきかん)まで 使(つか)えます。"),
	"person.residence": ask("いま、どこに住んでいますか。", "Where does the person live now?", "いま、どこに 住(す)んでいますか。",
		choice("japan", "日本(住民票がある)", "In Japan, with a resident record", "日本(にほん)"), choice("abroad", "国外", "Abroad", "外国(がいこく)")).
		because("国内と国外では、窓口も手続きも違います。", "Offices and procedures differ at home and abroad.", "日本(にほん)と 外国(がいこく)では やり方(かた)が ちがいます。"),
	"person.age": ask("カードの名義人は何歳ですか。", "How old is the person?", "カードを 使(つか)う 人(ひと)は 何歳(なんさい)ですか。",
		choice("0", "1歳未満", "Under 1", "1歳(さい)より 下(した)"), choice("10", "1歳〜14歳", "1 to 14", "1歳(さい)から 14歳(さい)"),
		choice("16", "15歳〜17歳", "15 to 17", "15歳(さい)から 17歳(さい)"), choice("40", "18歳〜74歳", "18 to 74", "18歳(さい)から 74歳(さい)"), choice("80", "75歳以上", "75 or over", "75歳(さい)から 上(うえ)")).
		because("15歳未満の人は法定代理人と手続きをし、18歳未満の人のカードは短くなります。", "Under 15 a statutory representative takes part; under 18 the card is good for a shorter time.", "15歳(さい)より 下(した)の 人(ひと)は、親(おや)や 後見人(こうけんにん)と 手続(てつづ)きします。18歳(さい)より 下(した)の 人(ひと)の カードは 期限(きげん)が 短(みじか)いです。"),
	"person.adult_ward": ask("成年被後見人ですか。", "Is the person an adult ward?", "後見人(こうけんにん)が いますか。", yesNo()...).
		because("成年被後見人は法定代理人と手続きをします。", "An adult ward acts with a statutory representative.", "後見人(こうけんにん)と いっしょに 手続(てつづ)きを します。"),
	"card.kind": ask("カードを持っていますか。持っていたことがありますか。", "Does the person have a card, or have they had one?", "カードを 持(も)っていますか。前(まえ)に 持(も)っていましたか。",
		choice("none", "持ったことがない", "Never had one", "ない"), choice("domestic", "国内のカード", "A domestic card", "日本(にほん)で 作(つく)った カード"), choice("overseas", "国外転出者向けのカード(住所が「国外転出」)", "An overseas card, with 国外転出 in place of an address", "「国外転出(こくがいてんしゅつ)」と 書(か)いた カード")),
	"card.state": ask("カードはいまどうなっていますか。", "What is the state of the card?", "カードは いま どうですか。",
		choice(string(card.Active), "使える", "It works", "使(つか)える"), choice(string(card.Suspended), "一時停止した", "Suspended by telephone", "電話(でんわ)で 止(と)めた"),
		choice(string(card.Expired), "有効期限が切れた", "Expired", "期限(きげん)が 切(き)れた"), choice(string(card.Lapsed), "失効した", "Lapsed before its last day", "使(つか)えなく なった"),
		choice(string(card.Returned), "返納した", "Returned", "返(かえ)した"), choice(string(card.Abolished), "紛失などで廃止した", "Abolished after loss", "なくして やめた")),
	"card.at_hand": ask("カードは手元にありますか。", "Is the card at hand?", "カードは 今(いま) ありますか。", yesNo()...),
	"office.kind": ask("どの窓口ですか。", "Which office is it?", "どの 窓口(まどぐち)ですか。",
		choice(string(Residence), "住所地の市区町村", "The municipality of residence", "住(す)んでいる 役所(やくしょ)"), choice(string(Honseki), "本籍地の市区町村", "The honseki municipality", "本籍(ほんせき)の 役所(やくしょ)"),
		choice(string(OtherMunicipality), "その他の市区町村", "Another municipality", "ほかの 役所(やくしょ)"), choice(string(Mission), "在外公館", "A mission", "大使館(たいしかん)・領事館(りょうじかん)")),
	"office.takes_channel":             ask("その窓口は、独自の取扱いとしてこの方法を受け付けていますか。", "Does that office take this channel by its own policy?", "その 窓口(まどぐち)は この 方法(ほうほう)で できますか。", yesNo()...),
	"visitor.same_household":           ask("来る人は本人と同じ世帯ですか。", "Is the visitor of the holder's household?", "来(く)る 人(ひと)は いっしょに 住(す)んでいる 家族(かぞく)ですか。", yesNo()...),
	"visitor.sealed_pins":              ask("暗証番号は封筒やシールで隠してありますか。", "Are the PINs in a sealed envelope or under the sticker?", "暗証番号(あんしょうばんごう)は 見(み)えないように してありますか。", yesNo()...),
	"wish.without_signature":           ask("署名用電子証明書は不要ですか。", "Is the signature certificate declined?", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は いりませんか。", yesNo()...),
	"wish.without_user_authentication": ask("利用者証明用電子証明書は不要ですか。", "Is the user authentication certificate declined?", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は いりませんか。", yesNo()...),
	"wish.hands_in_old_card":           ask("受取りのときに古いカードを返せますか。", "Can the old card be handed in at pickup?", "古(ふる)い カードを 返(かえ)せますか。", yesNo()...),
}

// needNames are the lines of checklists that are no single paper.
var needNames = merge(homeNeeds, abroadNeeds, changeNeeds, servicesNeeds)

// NeedName is a line of a checklist in words: a paper, or a list of alternatives.
func NeedName(code string) law.Text {
	if t, ok := needNames[code]; ok {
		return t
	}
	return PaperNames[Paper(code)]
}
