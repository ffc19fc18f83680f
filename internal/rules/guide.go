package rules

import (
	"maps"
	"slices"

	"mynumber/internal/law"
)

// What the public guide asks besides the facts of a decision, and where it asks for several facts at once. A person
// answers in bands and never gives a name, a number or a date of birth.

// Bundle is one question of the guide that settles several facts.
type Bundle struct {
	ID      string
	Text    law.Text
	Why     law.Text
	Settles []Fact      // asked instead of each of these
	First   []Procedure // asked before everything else of these
	Choices []BundleChoice
}

// BundleChoice is one answer with the facts it stands for.
type BundleChoice struct {
	Value string
	Text  law.Text
	Facts map[Fact]string
	After []string // only after these first answers; after all, when left out
}

// NeverAsked are facts that the guide does without unless they decide, because they tell who somebody is. Whoever wants
// the days that are computed from them may give them.
var NeverAsked = []Fact{"person.birth_date"}

// Fits reports whether somebody with the first answer can give the answer.
func (b Bundle) Fits(answer, where string) bool {
	i := slices.IndexFunc(b.Choices, func(c BundleChoice) bool { return c.Value == answer })
	return i >= 0 && (len(b.Choices[i].After) == 0 || slices.Contains(b.Choices[i].After, where))
}

// Elsewhere are procedures that the first answer does not close and for which nobody comes who gives it: they are not
// shown after it.
var Elsewhere = map[string][]Procedure{
	"japan":     slices.Concat(overseasOnly, []Procedure{ReturnWithCard}),
	"leaving":   overseasOnly,
	"abroad":    {ChangeAtHome, ResetPINInJapan, ResetPINInStore, ExtendStay, ExtendSpecially, SwitchToFaceAuth, SwitchBack, ReissueSignature, RevokeByWish, UseOldInsurance, FormFilling},
	"returning": {ContinueAbroad},
}

// overseasOnly are the procedures of an overseas card or of the application for one.
var overseasOnly = []Procedure{LiftAbroad, AbolishAbroad, ChangeData, ChangeMail, ChangePlace, Withdraw, PayFee, CollectAbroad, ResetPINFromAbroad}

// Assumption is a fact that the guide takes as given until the person says otherwise; the outcome tells it.
type Assumption struct {
	Fact   Fact
	Value  string
	Text   law.Text
	Except Group       // procedures of this group ask for it
	Only   []Procedure // where only these take it as given
}

// For reports whether a procedure takes it as given.
func (a Assumption) For(g Group, p Procedure) bool {
	return (a.Except == "" || a.Except != g) && (len(a.Only) == 0 || slices.Contains(a.Only, p))
}

// Assumptions keep the guide short: what is so for nearly everybody is not asked but told.
var Assumptions = []Assumption{
	{Fact: "phone.supported", Value: "true", Text: law.Text{Ja: "対応機種のスマートフォンであること", En: "the phone is a supported model", Easy: "使(つか)える スマホである こと"}},
	{Fact: "phone.at_hand", Value: "true", Text: law.Text{Ja: "スマートフォンが手元にあって操作できること", En: "the phone is at hand and works", Easy: "スマホが ある こと"}},
	{Fact: "phone.pin", Value: "known", Text: law.Text{Ja: "スマホ用のパスワードを覚えていること", En: "the phone's own PIN is known", Easy: "スマホの パスワードを 覚(おぼ)えている こと"}},
	{Fact: "service.offered", Value: "true", Text: law.Text{Ja: "お住まい(本籍地)の市区町村や事業者がこのサービスに対応していること", En: "the municipality or the business offers the service", Easy: "その サービスが ある こと"}},
	{Fact: "card.pins.signature", Value: "known", Except: GroupPINs, Text: law.Text{Ja: "署名用電子証明書の暗証番号(6〜16文字)を覚えていること", En: "PIN No.1 (6 to 16 characters) is known", Easy: "暗証番号(あんしょうばんごう)(6〜16文字(もじ))を 覚(おぼ)えている こと"}},
	{Fact: "card.pins.user_authentication", Value: "known", Except: GroupPINs, Text: law.Text{Ja: "利用者証明用電子証明書の暗証番号(4桁)を覚えていること", En: "PIN No.2 (four digits) is known", Easy: "暗証番号(あんしょうばんごう)(4つの 数字(すうじ))を 覚(おぼ)えている こと"}},
	{Fact: "card.at_hand", Value: "true", Except: GroupLoss, Text: law.Text{Ja: "カードが手元にあること", En: "the card is at hand", Easy: "カードが 手元(てもと)に ある こと"}},
	{Fact: "application.state", Value: "ready_for_pickup", Only: []Procedure{CollectAtHome, CollectAbroad}, Text: law.Text{Ja: "カードが受取りの窓口に届き、その知らせが来ていること", En: "the card is at the window, and the notice has come", Easy: "カードが 来(き)たと いう 知(し)らせが 来(き)た こと"}},
	{Fact: "application.overseas", Value: "true", Only: []Procedure{ChangeData, ChangeMail, ChangePlace, Withdraw, PayFee, CollectAbroad}, Text: law.Text{Ja: "国外転出者向けカードの申請であること", En: "the application is for an overseas card", Easy: "外国(がいこく)から 申(もう)し込(こ)んだ カードである こと"}},
	{Fact: "event.kind", Value: string(ReturnToJapan), Only: []Procedure{ReturnWithCard}, Text: law.Text{Ja: "国外から日本へ引っ越したこと", En: "the move is one from abroad to Japan", Easy: "外国(がいこく)から 日本(にほん)に 引(ひ)っ越(こ)した こと"}},
	{Fact: "visitor.sealed_pins", Value: "true", Text: law.Text{Ja: "代理人が行くときは、暗証番号を封筒や目隠しシールで隠すこと", En: "where a proxy comes, the PINs are in a sealed envelope or under the sticker", Easy: "ほかの 人(ひと)が 行(い)く とき、暗証番号(あんしょうばんごう)は 見(み)えない こと"}},
	{Fact: "card.entry_field_full", Value: "false", Text: law.Text{Ja: "カードの追記欄に余白があること", En: "the additional-entry field has room", Easy: "カードに 書(か)く ところが ある こと"}},
	{Fact: "card.photoless", Value: "false", Text: law.Text{Ja: "顔写真のあるカードであること", En: "the card has a photo", Easy: "写真(しゃしん)が ある カードである こと"}},
	{Fact: "visitor.representative_on_form", Value: "true", Text: law.Text{Ja: "法定代理人が必要な人の申請書に、法定代理人を記入すること", En: "where a statutory representative is needed, the form names one", Easy: "紙(かみ)に 親(おや)などを 書(か)く こと"}},
	{Fact: "visitor.passport_as_register", Value: "true", Text: law.Text{Ja: "旅券の氏名と生年月日が戸籍と同じであること", En: "name and birth date in the passport equal the family register's", Easy: "パスポートと 戸籍(こせき)が 同(おな)じである こと"}},
	{Fact: "office.gives_disaster_relief", Value: "false", Text: law.Text{Ja: "窓口に災害による手数料の免除がないこと", En: "the office gives no relief from the fee for a disaster", Easy: "災害(さいがい)で ただに ならない こと"}},
	{Fact: "wish.without_signature", Value: "false", Text: law.Text{Ja: "署名用電子証明書を希望すること", En: "the signature certificate is wanted", Easy: "署名用(しょめいよう)が ほしい こと"}},
	{Fact: "wish.without_user_authentication", Value: "false", Text: law.Text{Ja: "利用者証明用電子証明書を希望すること", En: "the user authentication certificate is wanted", Easy: "利用者証明用(りようしゃしょうめいよう)が ほしい こと"}},
	{Fact: "phone.user_authentication.state", Value: "none", Except: GroupPhone, Text: law.Text{Ja: "スマホ用電子証明書を使っていないこと", En: "no certificates on a phone", Easy: "スマホの 電子証明書(でんししょうめいしょ)を 使(つか)っていない こと"}},
	{Fact: "phone.signature.state", Value: "none", Except: GroupPhone, Text: law.Text{Ja: "スマホ用署名用電子証明書を使っていないこと", En: "no signature certificate on a phone", Easy: "スマホの 署名用(しょめいよう)を 使(つか)っていない こと"}},
}

func band(value, ja, en, easy string, facts map[Fact]string) BundleChoice {
	return BundleChoice{Value: value, Text: law.Text{Ja: ja, En: en, Easy: easy}, Facts: facts}
}

// after limits an answer to people with these first answers.
func (c BundleChoice) after(where ...string) BundleChoice {
	c.After = where
	return c
}

// Where is the guide's first question.
var Where = Bundle{ID: "where",
	Text: law.Text{Ja: "いまの状況に近いものはどれですか。", En: "Which of these is you?", Easy: "あなたは どれですか。"},
	Why:  law.Text{Ja: "日本に住んでいる人と国外に住んでいる人では、窓口も手続きも違います。", En: "Offices and procedures differ for people in Japan and abroad.", Easy: "日本(にほん)と 外国(がいこく)では やり方(かた)が ちがいます。"},
	Choices: []BundleChoice{
		band("japan", "日本に住んでいる", "I live in Japan", "日本(にほん)に 住(す)んでいる", map[Fact]string{"person.residence": "japan"}),
		band("leaving", "これから国外へ引っ越す", "I am about to move abroad", "これから 外国(がいこく)へ 引(ひ)っ越(こ)す", map[Fact]string{"person.residence": "japan", "event.kind": string(Departure)}),
		band("abroad", "国外に住んでいる", "I live abroad", "外国(がいこく)に 住(す)んでいる", map[Fact]string{"person.residence": "abroad"}),
		band("returning", "国外から日本へ帰ってきた", "I have come back to Japan", "外国(がいこく)から 日本(にほん)に 帰(かえ)ってきた", map[Fact]string{"person.residence": "japan", "event.kind": string(ReturnToJapan)}),
	}}

// Want and Do are the guide's second and third question; their choices are the groups and the procedures that are open.
var (
	Want = law.Text{Ja: "何をしたいですか。", En: "What do you want to do?", Easy: "何(なに)を したいですか。"}
	Do   = law.Text{Ja: "くわしくはどれですか。", En: "Which one exactly?", Easy: "どれですか。"}
)

// NoneOfThese stands for all answers that close a procedure, where a list would be long.
var NoneOfThese = law.Text{Ja: "どれでもない", En: "none of these", Easy: "どれでも ない"}

// Bundles are asked in place of the single facts they settle.
var Bundles = []Bundle{
	{ID: "age",
		Text:    law.Text{Ja: "カードの名義人(カードを使う人)は何歳ですか。", En: "How old is the person whose card it is?", Easy: "カードを 使(つか)う 人(ひと)は 何歳(なんさい)ですか。"},
		Why:     law.Text{Ja: "15歳未満の人と成年被後見人は法定代理人と手続きをし、18歳未満の人のカードは有効期間が短くなります。", En: "Under 15, and for an adult ward, a statutory representative takes part; under 18 the card is good for a shorter time.", Easy: "15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん)と 手続(てつづ)きします。18歳(さい)より 下(した)の 人(ひと)の カードは 期限(きげん)が 短(みじか)いです。"},
		Settles: []Fact{"person.age", "person.adult_ward"},
		Choices: []BundleChoice{
			band("0", "1歳未満", "under 1", "1歳(さい)に なっていない", map[Fact]string{"person.age": "0", "person.adult_ward": "false"}),
			band("1-14", "1歳〜14歳", "1 to 14", "1歳(さい)から 14歳(さい)", map[Fact]string{"person.age": "10", "person.adult_ward": "false"}),
			band("15-17", "15歳〜17歳", "15 to 17", "15歳(さい)から 17歳(さい)", map[Fact]string{"person.age": "16", "person.adult_ward": "false"}),
			band("18-74", "18歳〜74歳", "18 to 74", "18歳(さい)から 74歳(さい)", map[Fact]string{"person.age": "40", "person.adult_ward": "false"}),
			band("75", "75歳以上", "75 or over", "75歳(さい)から 上(うえ)", map[Fact]string{"person.age": "80", "person.adult_ward": "false"}),
			band("ward", "18歳以上で、成年後見人がいる", "an adult with a guardian (成年被後見人)", "18歳(さい)から 上(うえ)で 後見人(こうけんにん)が いる", map[Fact]string{"person.age": "40", "person.adult_ward": "true"}),
		}},
	{ID: "nationality",
		Text:    law.Text{Ja: "カードの名義人の国籍と在留資格はどれですか。", En: "Which nationality and residence status does the holder have?", Easy: "カードを 使(つか)う 人(ひと)の 国籍(こくせき)は どれですか。"},
		Why:     law.Text{Ja: "国外のカードは日本国籍の人のものです。外国籍の人のカードは、永住者などを除き在留期間で終わります。", En: "An overseas card is for Japanese nationals; a foreign resident's card ends with the period of stay, but for permanent residents and the like.", Easy: "国籍(こくせき)で できる ことが ちがいます。"},
		Settles: []Fact{"person.nationality", "person.residence_status"},
		Choices: []BundleChoice{
			band("japanese", "日本国籍", "Japanese", "日本(にほん)", map[Fact]string{"person.nationality": "japanese"}),
			band("stay", "外国籍(在留期間のある在留カード)", "foreign, with a period of stay", "外国(がいこく)(在留期間(ざいりゅうきかん)が ある)", map[Fact]string{"person.nationality": "foreign", "person.residence_status": "mid_long_term_resident"}),
			band("permanent", "外国籍(永住者・特別永住者・高度専門職第2号)", "foreign: permanent resident, special permanent resident, highly skilled professional (ii)", "外国(がいこく)(永住者(えいじゅうしゃ)・特別永住者(とくべつえいじゅうしゃ))", map[Fact]string{"person.nationality": "foreign", "person.residence_status": "permanent_resident"}),
			band("other", "外国籍(一時庇護・仮滞在・経過滞在)", "foreign: temporary refuge, provisional or transitional stay", "外国(がいこく)(その 他(た))", map[Fact]string{"person.nationality": "foreign", "person.residence_status": "temporary_refuge"}),
		}},
	{ID: "card",
		Text:    law.Text{Ja: "いまのカードは、次のどれですか。", En: "Which of these is the card?", Easy: "カードは どれですか。"},
		Why:     law.Text{Ja: "カードの種類と状態で、できる手続きが違います。券面の住所が「国外転出」なら国外転出者向けカードです。", En: "What can be done depends on the kind and the state of the card. A card with 国外転出 in place of an address is an overseas card.", Easy: "カードで できる ことが ちがいます。"},
		Settles: []Fact{"card.kind", "card.state", "card.face_authentication", "card.photoless"},
		Choices: []BundleChoice{
			band("none", "カードを持ったことがない", "never had one", "カードは ない", map[Fact]string{"card.kind": "none"}),
			band("domestic", "国内のカード(使える)", "a domestic card that works", "日本(にほん)の カード(使(つか)える)", cardFacts("domestic", "active", "false")),
			band("face", "顔認証マイナンバーカード(暗証番号なし)", "a face-authentication card, without PINs", "暗証番号(あんしょうばんごう)が ない カード", cardFacts("domestic", "active", "true")).after("japan", "leaving", "returning"),
			band("suspended", "国内のカード(電話で一時停止した)", "a domestic card, suspended by telephone", "日本(にほん)の カード(電話(でんわ)で 止(と)めた)", cardFacts("domestic", "suspended", "false")).after("japan", "leaving", "returning"),
			band("expired", "国内のカード(有効期限が切れた)", "a domestic card, past its last day", "日本(にほん)の カード(期限(きげん)が 切(き)れた)", cardFacts("domestic", "expired", "false")).after("japan", "leaving", "returning"),
			band("lapsed", "国内のカード(失効した)", "a domestic card that lapsed", "日本(にほん)の カード(使(つか)えなく なった)", cardFacts("domestic", "lapsed", "false")),
			band("returned", "カードを返納した", "returned it", "カードを 返(かえ)した", cardFacts("domestic", "returned", "false")),
			band("abolished", "なくして廃止した", "lost it and had it abolished", "なくして やめた", cardFacts("domestic", "abolished", "false")),
			band("overseas", "国外転出者向けカード(使える)", "an overseas card that works", "「国外転出(こくがいてんしゅつ)」の カード(使(つか)える)", cardFacts("overseas", "active", "false")).after("abroad", "returning", "japan"),
			band("overseas-suspended", "国外転出者向けカード(電話で一時停止した)", "an overseas card, suspended by telephone", "「国外転出(こくがいてんしゅつ)」の カード(電話(でんわ)で 止(と)めた)", cardFacts("overseas", "suspended", "false")).after("abroad", "returning"),
			band("overseas-expired", "国外転出者向けカード(有効期限が切れた)", "an overseas card, past its last day", "「国外転出(こくがいてんしゅつ)」の カード(期限(きげん)が 切(き)れた)", cardFacts("overseas", "expired", "false")).after("abroad", "returning"),
			band("overseas-ended", "国外転出者向けカード(失効・廃止した)", "an overseas card that lapsed or was abolished", "「国外転出(こくがいてんしゅつ)」の カード(使(つか)えなく なった)", cardFacts("overseas", "lapsed", "false")).after("abroad", "returning"),
		}},
	{ID: "pins",
		Text:    law.Text{Ja: "電子証明書の暗証番号を覚えていますか。", En: "Which PINs of the certificates do you know?", Easy: "暗証番号(あんしょうばんごう)を 覚(おぼ)えていますか。"},
		Why:     law.Text{Ja: "どちらか一方を覚えていれば、もう一方をコンビニで再設定できます。", En: "Whoever knows one of the two can reset the other at a convenience store.", Easy: "1つ 覚(おぼ)えていれば、もう1つを コンビニで 直(なお)せます。"},
		Settles: []Fact{"card.pins.signature", "card.pins.user_authentication"},
		Choices: []BundleChoice{
			band("both", "どちらも覚えている", "I know both", "2つとも 覚(おぼ)えている", pinFacts("known", "known")),
			band("signature-forgotten", "署名用(6〜16文字)を忘れた", "I forgot No.1 (6 to 16 characters)", "6〜16文字(もじ)を 忘(わす)れた", pinFacts("forgotten", "known")),
			band("signature-locked", "署名用(6〜16文字)がロックされた", "No.1 (6 to 16 characters) is locked", "6〜16文字(もじ)が ロックされた", pinFacts("locked", "known")),
			band("user-forgotten", "利用者証明用(4桁)を忘れた", "I forgot No.2 (four digits)", "4つの 数字(すうじ)を 忘(わす)れた", pinFacts("known", "forgotten")),
			band("user-locked", "利用者証明用(4桁)がロックされた", "No.2 (four digits) is locked", "4つの 数字(すうじ)が ロックされた", pinFacts("known", "locked")),
			band("neither", "どちらも忘れた、またはロックされた", "I know neither, or both are locked", "2つとも わからない", pinFacts("forgotten", "forgotten")),
		}},
	{ID: "certificates",
		Text:    law.Text{Ja: "カードの電子証明書はどうなっていますか。", En: "What about the certificates on the card?", Easy: "カードの 電子証明書(でんししょうめいしょ)は どうですか。"},
		Why:     law.Text{Ja: "署名用電子証明書は、住所や氏名が変わると失効します。", En: "The signature certificate is revoked when the address or the name changes.", Easy: "住所(じゅうしょ)や 名前(なまえ)が 変(か)わると 使(つか)えません。"},
		Settles: []Fact{"certificates.signature.state", "certificates.user_authentication.state"},
		Choices: []BundleChoice{
			band("both", "どちらも有効", "both are valid", "2つとも 使(つか)える", certificateFacts("valid", "valid")),
			band("signature-revoked", "引っ越しや氏名の変更で署名用が失効した", "the signature certificate was revoked by a move or a change of name", "引(ひ)っ越(こ)しなどで 署名用(しょめいよう)が 使(つか)えない", certificateFacts("revoked", "valid")),
			band("user-only", "利用者証明用だけ(署名用は発行していない)", "only user authentication; no signature certificate was issued", "利用者証明用(りようしゃしょうめいよう)だけ", certificateFacts("none", "valid")),
			band("signature-only", "署名用だけ", "only the signature certificate", "署名用(しょめいよう)だけ", certificateFacts("valid", "none")),
			band("expired", "有効期限が切れた", "both have expired", "期限(きげん)が 切(き)れた", certificateFacts("expired", "expired")),
			band("held", "一時停止で止まっている", "on hold, because the card is suspended", "止(と)まっている", certificateFacts("held", "held")),
			band("none", "どちらも発行していない", "none were issued", "ない", certificateFacts("none", "none")),
		}},
	{ID: "product",
		Text:    law.Text{Ja: "コンビニで何を取りますか。", En: "What is to be printed at the convenience store?", Easy: "コンビニで 何(なに)が ほしいですか。"},
		Why:     law.Text{Ja: "戸籍の証明書は本籍地の市区町村が発行します。住所と本籍が違うときは、先に利用登録が必要です。", En: "Family register certificates come from the honseki municipality; where that is not the residence a registration comes first.", Easy: "戸籍(こせき)の 紙(かみ)は 本籍(ほんせき)の 町(まち)が 出(だ)します。"},
		Settles: []Fact{"service.product", "service.lives_at_honseki"},
		Choices: []BundleChoice{
			band("resident-record", "住民票の写し", "copy of the resident record", "住民票(じゅうみんひょう)", map[Fact]string{"service.product": string(ResidentRecordCopy)}),
			band("seal", "印鑑登録証明書", "seal registration certificate", "印鑑(いんかん)の 証明書(しょうめいしょ)", map[Fact]string{"service.product": string(SealCertificate)}),
			band("tax", "課税・納税の証明書", "tax certificate", "税金(ぜいきん)の 証明書(しょうめいしょ)", map[Fact]string{"service.product": string(TaxCertificate)}),
			band("family-register-here", "戸籍の証明書(本籍と住所が同じ市区町村)", "family register, honseki where I live", "戸籍(こせき)(本籍(ほんせき)と 家(いえ)が 同(おな)じ 町(まち))", map[Fact]string{"service.product": string(FamilyRegister), "service.lives_at_honseki": "true"}),
			band("family-register-elsewhere", "戸籍の証明書(本籍と住所が違い、利用登録をした)", "family register, honseki elsewhere, registered for it", "戸籍(こせき)(本籍(ほんせき)が ほかの 町(まち)、登録(とうろく)した)", map[Fact]string{"service.product": string(FamilyRegister), "service.lives_at_honseki": "false", "service.registered": "true"}),
			band("family-register-unregistered", "戸籍の証明書(本籍と住所が違い、利用登録をしていない)", "family register, honseki elsewhere, not registered for it", "戸籍(こせき)(本籍(ほんせき)が ほかの 町(まち)、登録(とうろく)していない)", map[Fact]string{"service.product": string(FamilyRegister), "service.lives_at_honseki": "false", "service.registered": "false"}),
			band("registration", "本籍地証明書交付サービスの利用登録", "registration for family register certificates", "戸籍(こせき)を 取(と)るための 登録(とうろく)", map[Fact]string{"service.product": string(RegisterForFamily)}),
		}},
	{ID: "visitor",
		Text:    law.Text{Ja: "だれがカードを受け取りに行きますか。", En: "Who comes for the card?", Easy: "だれが カードを もらいに 行(い)きますか。"},
		Why:     law.Text{Ja: "本人が行くのが原則です。ほかの人は、認められた理由があるときに、書類をそろえて行きます。", En: "As a rule the holder comes. Others come for an accepted reason, and with more papers.", Easy: "カードを 使(つか)う 人(ひと)が 行(い)きます。ほかの 人(ひと)が 行(い)く ときは 理由(りゆう)と 書類(しょるい)が いります。"},
		Settles: []Fact{"visitor.who"},
		First:   []Procedure{CollectAtHome},
		Choices: []BundleChoice{
			band("holder", "本人(15歳以上)", "The holder, 15 or over", "カードを 使(つか)う 人(ひと)(15歳(さい)から)", map[Fact]string{"visitor.who": string(Holder), "person.age": "40", "person.adult_ward": "false"}),
			band("child", "15歳未満の本人と、親などの法定代理人", "The holder, under 15, together with a parent or other statutory representative", "カードを 使(つか)う 子(こ)ども(15歳(さい)より 下(した))と 親(おや)", map[Fact]string{"visitor.who": string(HolderWithRepresentative), "person.age": "10", "person.adult_ward": "false"}),
			band("ward", "成年被後見人の本人と、成年後見人", "The holder, an adult ward, together with the guardian", "カードを 使(つか)う 人(ひと)と 後見人(こうけんにん)", map[Fact]string{"visitor.who": string(HolderWithRepresentative), "person.age": "40", "person.adult_ward": "true"}),
			band("representative", "法定代理人だけ(親権者・成年後見人)", "A statutory representative alone: parent or guardian", "親(おや)や 後見人(こうけんにん)だけ", map[Fact]string{"visitor.who": string(StatutoryRepresentative)}),
			band("household", "代わりに、同じ世帯の家族", "In place of the holder, a member of the same household", "いっしょに 住(す)んでいる 家族(かぞく)", map[Fact]string{"visitor.who": string(HouseholdMember)}),
			band("proxy", "代わりに、世帯の違う家族やその他の人", "In place of the holder, a relative of another household or somebody else", "ほかの 人(ひと)", map[Fact]string{"visitor.who": string(VoluntaryProxy)}),
		}},
	{ID: "ground", Text: Questions["visitor.ground"].Text, Why: Questions["visitor.ground"].Why, Settles: []Fact{"visitor.ground"}, Choices: groundBands()},
	{ID: "registered",
		Text:    law.Text{Ja: "日本に住民票があったのは、いつまでですか。", En: "Until when were you registered as a resident of Japan?", Easy: "日本(にほん)に 住民票(じゅうみんひょう)が あったのは いつまでですか。"},
		Why:     law.Text{Ja: "2015年10月5日以後に住民票があった人に、マイナンバーが付番されています。", En: "People registered on or after 5 October 2015 were given an Individual Number.", Easy: "2015年(ねん)10月(がつ)5日(にち)から マイナンバーが あります。"},
		Settles: []Fact{"person.last_registered", "person.ever_registered", "person.has_number", "person.in_family_register"},
		Choices: []BundleChoice{
			band("after", "2015年10月5日か、それより後", "5 October 2015 or later", "2015年(ねん)10月(がつ)5日(にち)か その後(あと)", map[Fact]string{"person.ever_registered": "true", "person.last_registered": "2015-10-05", "person.has_number": "true", "person.in_family_register": "true"}),
			band("before", "2015年10月4日より前", "before 5 October 2015", "2015年(ねん)10月(がつ)4日(にち)より 前(まえ)", map[Fact]string{"person.ever_registered": "true", "person.last_registered": "2015-10-04"}),
			band("never", "住民票があったことはない", "I was never registered", "住民票(じゅうみんひょう)は なかった", map[Fact]string{"person.ever_registered": "false"}),
		}},
}

// groundBands are the reasons why the holder cannot come; a reason that is an age or a guardian says that too.
func groundBands() []BundleChoice {
	ages := map[ProxyGround]map[Fact]string{
		GroundPupil:     {"person.age": "10", "person.adult_ward": "false"},
		GroundAged:      {"person.age": "80"},
		GroundAdultWard: {"person.age": "40", "person.adult_ward": "true"},
	}
	var out []BundleChoice
	for _, c := range groundChoices() {
		facts := map[Fact]string{"visitor.ground": c.Value}
		maps.Copy(facts, ages[ProxyGround(c.Value)])
		out = append(out, BundleChoice{Value: c.Value, Text: c.Text, Facts: facts})
	}
	return out
}

func cardFacts(kind, state, faceAuthentication string) map[Fact]string {
	return map[Fact]string{"card.kind": kind, "card.state": state, "card.face_authentication": faceAuthentication, "card.photoless": "false"}
}

func certificateFacts(signature, userAuthentication string) map[Fact]string {
	return map[Fact]string{"certificates.signature.state": signature, "certificates.user_authentication.state": userAuthentication}
}

func pinFacts(signature, userAuthentication string) map[Fact]string {
	return map[Fact]string{"card.pins.signature": signature, "card.pins.user_authentication": userAuthentication}
}
