package rules

import "mynumber/internal/law"

// filingRefusals are what the way of an application from the filing to the hand-over says no with, at home and
// through the post office.
var filingRefusals = map[string]law.Refusal{
	"application_under_way": easily(no(
		"この方のカードの申請は、すでに手続き中です。", "An application for this person's card is under way already.",
		"その申請の進み具合を確かめるか、取り消してから申請し直してください。", "Follow that one, or have it cancelled and apply anew.",
		awara.At("マイナンバーカードを取得するには", "APP-016", "ST-003")),
		"この 人(ひと)の カードは もう 申(もう)し込(こ)んで あります。", "どこまで できたか 見(み)るか、やめてから もう一度(いちど) 申(もう)し込(こ)んで ください。"),
	"form_used": easily(no(
		"この申請書IDは使用済みです。", "The application ID on this form has been used.",
		"新しい交付申請書を市区町村で受け取ってください。", "Get a new form at the municipality.",
		niigata.At("申請書を紛失した場合", "APP-002", "APP-006")),
		"この 申請書(しんせいしょ)IDは もう 使(つか)いました。", "新(あたら)しい 紙(かみ)を 役所(やくしょ)で もらって ください。"),
	"form_replaced": easily(no(
		"この申請書は、新しい交付申請書に替えられています。", "This form has been replaced by a newer one.",
		"新しい交付申請書の申請書IDで申請してください。", "Apply with the ID on the newer form.",
		niigata.At("申請書を紛失した場合", "APP-006")),
		"この 紙(かみ)は もう 使(つか)えません。", "新(あたら)しい 紙(かみ)の 申請書(しんせいしょ)IDで 申(もう)し込(こ)んで ください。"),
	"posted_card_needs_pins": easily(no(
		"カードを郵送で受け取るには、申請のときに暗証番号設定依頼書が必要です。", "A card that is posted needs the PIN setting request form with the application.",
		"暗証番号設定依頼書を出すか、窓口での受取りを選んでください。", "Hand the PIN form in, or choose to collect the card at the window.",
		awara.At("出張申請を利用する", "APP-022", "APP-038", "PIN-021")),
		"カードを 郵便(ゆうびん)で もらう ときは、暗証番号(あんしょうばんごう)の 紙(かみ)が いります。", "暗証番号(あんしょうばんごう)の 紙(かみ)を 出(だ)すか、役所(やくしょ)で もらって ください。"),
	"posted_card_needs_old_card": easily(no(
		"更新のカードを郵送で受け取るには、今のカードを申請のときに返す必要があります。", "A renewed card is posted only if the present card is handed in with the application.",
		"今のカードを返すか、窓口での受取りを選んでください。", "Hand the present card in, or choose to collect the new one at the window.",
		awara.At("マイナンバーカードの更新手続", "PICK-046")),
		"カードを 郵便(ゆうびん)で もらう ときは、今(いま)の カードを 先(さき)に 返(かえ)します。", "今(いま)の カードを 返(かえ)すか、役所(やくしょ)で もらって ください。"),
	"application_data_differ": easily(no(
		"申請の内容が今の住民票と合いません(%s)。", "The application does not agree with the resident record (%s).",
		"申請者に照会するか、今の住民票のとおりに申請し直してもらってください。", "Ask the applicant, or have the application made anew by the resident record.",
		niigata.At("申請書の提出", "APP-004", "APP-016")),
		"申込(もうしこ)みの 内容(ないよう)が 今(いま)の 住民票(じゅうみんひょう)と ちがいます(%s)。", "役所(やくしょ)に 聞(き)いて ください。もう一度(いちど) 申(もう)し込(こ)む ことも あります。"),
	"card_not_posted": easily(no(
		"カードは郵便に出されていません。", "The card has not been given to the post office.",
		"申請の状況を確かめてください。", "See where the application stands.",
		awara.At("本人限定郵便で受け取る", "PICK-040", "PICK-047")),
		"カードは 郵便(ゆうびん)に 出(だ)していません。", "どこまで できたか 見(み)て ください。"),
	"card_is_posted": easily(no(
		"カードは郵便局が配達中または保管中です。", "The post office has the card, on its way or in keeping.",
		"郵便局から受け取るか、市区町村に戻るまでお待ちください。", "Take it from the post office, or wait until it is back at the municipality.",
		awara.At("本人限定郵便で受け取る", "PICK-043", "PICK-044")),
		"カードは 郵便局(ゆうびんきょく)に あります。", "郵便局(ゆうびんきょく)から もらうか、役所(やくしょ)に もどるまで 待(ま)って ください。"),
	"no_arrival_notice": easily(no(
		"到着通知書・不在連絡票がまだ届けられていません。", "No arrival notice or slip of a missed delivery has been left yet.",
		"届くまでお待ちください。", "Wait until it comes.",
		awara.At("本人限定郵便で受け取る", "PICK-041", "PICK-048")),
		"郵便局(ゆうびんきょく)の お知(し)らせが まだ 来(き)ていません。", "お知(し)らせが 来(く)るまで 待(ま)って ください。"),
	"collected_at_counter": easily(no(
		"このカードは窓口で受け取るものです。", "This card is collected at the window.",
		"交付通知書を持って窓口にお越しください。", "Come to the window with the issuance notice.",
		niigata.At("マイナンバーカードの受取", "PICK-001", "EXP-044")),
		"この カードは 役所(やくしょ)で もらいます。", "はがきを 持(も)って 役所(やくしょ)に 来(き)て ください。"),
	"card_goes_by_post": easily(no(
		"このカードは機構から申請者に直接郵送するものです。", "The issuer posts this card directly to the applicant.",
		"郵便局に差し出してください。", "Give it to the post office.",
		awara.At("特急発行申請を利用する", "APP-037", "PICK-047")),
		"この カードは 郵便(ゆうびん)で 家(いえ)に 送(おく)ります。", "郵便局(ゆうびんきょく)に 出(だ)して ください。"),
	"storage_over": easily(no(
		"郵便局の保管期限(%s)を過ぎています。", "The post office's storage deadline (%s) has passed.",
		"カードは市区町村に戻ります。戻ったら窓口で受け取れます。", "The card goes back to the municipality and can be collected there.",
		awara.At("本人限定郵便で受け取る", "PICK-044", "PICK-049")),
		"郵便局(ゆうびんきょく)の 期限(きげん)(%s)を 過(す)ぎました。", "カードは 役所(やくしょ)に もどります。役所(やくしょ)で もらえます。"),
	"storage_not_over": easily(no(
		"郵便局の保管期限(%s)はまだ過ぎていません。", "The post office keeps the card until %s.",
		"期限まで保管してください。宛先に届けられないときだけ、先に返送できます。", "Keep it until then; only what cannot be delivered at the address goes back before.",
		awara.At("本人限定郵便で受け取る", "PICK-044", "PICK-049")),
		"郵便局(ゆうびんきょく)の 期限(きげん)は %s です。まだ もどしません。", "その 日(ひ)まで 待(ま)って ください。"),
	"another_document_named": easily(no(
		"日時を決めたときに伝えた書類(%s)ではありません。", "This is not the document that was named when the delivery was appointed (%s).",
		"伝えた書類を見せるか、日時と書類を決め直してください。", "Show that document, or appoint the delivery anew with another one.",
		awara.At("本人限定郵便で受け取る", "PICK-041", "PICK-042")),
		"前(まえ)に 言(い)った 書類(しょるい)(%s)では ありません。", "言(い)った 書類(しょるい)を 見(み)せて ください。ほかの 書類(しょるい)に する ときは もう一度(いちど) 決(き)めます。"),
	"pins_under_seal": easily(no(
		"暗証番号は、隠された記入欄から職員が入力します。来た人は入力できません。", "Staff enter the PINs from under the seal; whoever came does not type them.",
		"本人が記入して隠した暗証番号の欄を使ってください。", "Use the PIN field that the holder filled in and covered.",
		niigata.At("窓口にお持ちいただく書類", "PIN-025", "PICK-064")),
		"暗証番号(あんしょうばんごう)は 役所(やくしょ)の 人(ひと)が 入(い)れます。来(き)た 人(ひと)は 入(い)れられません。", "本人(ほんにん)が 書(か)いて かくした 紙(かみ)を 使(つか)って ください。"),
	"outreach_not_appointed": easily(no(
		"出張申請の日がまだ決まっていません。", "No day has been agreed on for the visit.",
		"候補日の中から日を決めてください。", "Choose one of the days that were proposed.",
		awara.At("出張申請を利用する", "APP-020")),
		"役所(やくしょ)の 人(ひと)が 行(い)く 日(ひ)が まだ 決(き)まっていません。", "日(ひ)を 決(き)めて ください。"),
	"outreach_over": easily(no(
		"この出張申請の依頼は終わっています。", "This request for a visit is over.",
		"新しく依頼を受け付けてください。", "Take in a new request.",
		awara.At("出張申請を利用する", "APP-020")),
		"この お願(ねが)いは もう 終(お)わっています。", "もう一度(いちど) 頼(たの)んで ください。"),
	"day_not_proposed": easily(no(
		"%s は候補日にありません。", "%s is none of the days proposed.",
		"候補日の中から選ぶか、依頼した人に候補日を出し直してもらってください。", "Choose one of them, or ask for other days.",
		awara.At("出張申請を利用する", "APP-020")),
		"%s は 頼(たの)まれた 日(ひ)の 中(なか)に ありません。", "ほかの 日(ひ)を えらぶか、もう一度(いちど) 日(ひ)を 聞(き)いて ください。"),
}
