package rules

import (
	"fmt"

	"mynumber/internal/law"
)

// Refuse is the refusal with the code; a code that is not in the catalogue is a fault of the program
// that a test finds, and still an answer.
func Refuse(code string, facts ...any) *law.Refusal {
	r, ok := Refusals[code]
	if !ok {
		panic(fmt.Sprintf("rules: no refusal is called %q", code))
	}
	r.Code = code
	if len(facts) > 0 {
		return r.Because(facts...)
	}
	return r.New()
}

func no(ja, en, nextJa, nextEn string, cite law.Citation) law.Refusal {
	return law.Refusal{Text: law.Text{Ja: ja, En: en}, Next: law.Text{Ja: nextJa, En: nextEn}, Cite: cite}
}

// Refusals is the one catalogue of everything a rule can say no to. The texts are for the person
// at the window; verbs are filled with the facts of the case, never with a number or a PIN.
var Refusals = merge(OfficeRefusals, sheetRefusals, homeRefusals, abroadRefusals, changeRefusals, servicesRefusals, registerRefusals)

// OfficeRefusals are those that the offices' acts answer with.
var OfficeRefusals = merge(applicationRefusals, filingRefusals, windowRefusals, bookingRefusals)

// applicationRefusals are those about an application and the card that is made for it.
var applicationRefusals = map[string]law.Refusal{
	// Who may have an overseas card.
	"scheme_not_open": easily(no(
		"国外転出者向けマイナンバーカードは2024年5月27日より前には申請できません。", "Overseas cards could not be applied for before 27 May 2024.",
		"2024年5月27日以後に申請してください。", "Apply on or after 27 May 2024.",
		mhlwLeaflet.At("国外利用が始まりました", "ELIG-015", "ELIG-016")),
		"「国外転出(こくがいてんしゅつ)」の カードは、2024年(ねん)5月(がつ)27日(にち)より 前(まえ)は 申(もう)し込(こ)めません。", "2024年(ねん)5月(がつ)27日(にち)か その あとに 申(もう)し込(こ)んで ください。"),
	"foreign_national": easily(no(
		"外国籍の方は戸籍の附票がないため、国外転出者向けマイナンバーカードの対象になりません。", "Foreign nationals have no supplementary family register and cannot have an overseas card.",
		"日本に住むことになったら、転入届の後に国内のカードを申請できます。", "When you live in Japan again, apply for a domestic card after the move-in notification.",
		konan.At("対象者", "ELIG-011", "ELIG-010")),
		"外国(がいこく)の 国籍(こくせき)の 人(ひと)は 戸籍(こせき)の 附票(ふひょう)が ありません。「国外転出(こくがいてんしゅつ)」の カードは もらえません。", "日本(にほん)に 住(す)む ときに、転入届(てんにゅうとどけ)を 出(だ)してから、日本(にほん)の カードを 申(もう)し込(こ)めます。"),
	"never_registered": easily(no(
		"日本で住民登録をしたことがない方は対象になりません。", "A person who has never been registered as a resident of Japan cannot have an overseas card.",
		"日本に転入して住民登録をすると、マイナンバーが付番され、国内のカードを申請できます。", "After moving to Japan and registering you receive a number and can apply for a domestic card.",
		konan.At("対象者", "ELIG-012", "ELIG-010")),
		"日本(にほん)に 住民票(じゅうみんひょう)が あった ことが ない 人(ひと)は、この カードを もらえません。", "日本(にほん)に 引(ひ)っ越(こ)して 住民票(じゅうみんひょう)を 作(つく)ると、マイナンバーが もらえます。日本(にほん)の カードを 申(もう)し込(こ)めます。"),
	"registered_too_early": easily(no(
		"2015年10月5日以後に住民登録がない方(最後の住民登録日 %s)はマイナンバーが付番されていないため、対象になりません。", "You were last registered as a resident on %s, before 5 October 2015, so you have no Individual Number and cannot have an overseas card.",
		"日本に転入して住民登録をすると付番されます。最後の住民登録日に心当たりと違いがあれば、本籍地市区町村に戸籍の附票を確認してください。", "You will be given a number when you register in Japan again. If the day looks wrong, ask your honseki municipality about your supplementary family register.",
		konan.At("対象者", "ELIG-014", "DATE-004", "CON-023")),
		"2015年(ねん)10月(がつ)5日(か)か その あとに 日本(にほん)の 住民票(じゅうみんひょう)が ありません(最後(さいご)の 日(ひ)は %s)。マイナンバーが ないので、この カードは もらえません。", "日本(にほん)に 引(ひ)っ越(こ)して 住民票(じゅうみんひょう)を 作(つく)ると、マイナンバーが もらえます。日(ひ)が ちがうと 思(おも)ったら、本籍(ほんせき)の 役所(やくしょ)に 戸籍(こせき)の 附票(ふひょう)の ことを 聞(き)いて ください。"),
	"still_resident": easily(no(
		"日本に住民票がある方は、国外転出者向けのカードではなく国内のカードの対象です。", "You are registered as a resident of Japan and so apply for a domestic card, not an overseas one.",
		"住所地の市区町村、オンライン、郵便などで国内のカードを申請してください。国外に出る予定の方は、転出の前日までに継続利用の手続きをしてください。", "Apply for a domestic card at your municipality, online or by post. If you are about to leave Japan, do the continuing-use procedure by the day before you leave.",
		konan.At("既に国外に転出している方", "ELIG-014", "ABR-003")),
		"日本(にほん)に 住民票(じゅうみんひょう)が ある 人(ひと)は、「国外転出(こくがいてんしゅつ)」の カードではなく、日本(にほん)の カードです。", "日本(にほん)の カードを 申(もう)し込(こ)んで ください。住(す)んでいる 町(まち)の 役所(やくしょ)、インターネット、郵便(ゆうびん)などで できます。外国(がいこく)に 引(ひ)っ越(こ)す 人(ひと)は、引(ひ)っ越(こ)しの 前(まえ)の 日(ひ)までに、カードを 使(つか)い続(つづ)ける 手続(てつづ)きを して ください。"),
	"no_number": easily(no(
		"マイナンバーが付番されていないため申請できません。", "You have no Individual Number, so you cannot apply.",
		"本籍地市区町村に付番の有無を確認してください。", "Ask your honseki municipality whether a number was assigned to you.",
		konan.At("対象者", "ELIG-010")),
		"マイナンバーが ないので、申(もう)し込(こ)めません。", "マイナンバーが あるか どうか、本籍(ほんせき)の 役所(やくしょ)に 聞(き)いて ください。"),
	"not_in_family_register": easily(no(
		"戸籍の附票に記録が見つからないため、受け付けられません。", "No entry in a supplementary family register was found.",
		"本籍地(政令指定都市は区まで)と氏名・生年月日を確かめて、申請し直してください。", "Check the honseki (with the ward, in a designated city), name and date of birth, and apply again.",
		konan.At("対象者", "ELIG-010", "ABR-021")),
		"戸籍(こせき)の 附票(ふひょう)に 名前(なまえ)が 見(み)つかりません。受(う)け付(つ)ける ことが できません。", "本籍(ほんせき)・名前(なまえ)・生年月日(せいねんがっぴ)を もう一度(いちど) 見(み)て、また 申(もう)し込(こ)んで ください。大(おお)きな 市(し)(政令指定都市(せいれいしていとし))の 本籍(ほんせき)は、区(く)も 書(か)きます。"),

	// Where and how it is handed in.
	"online_not_available": easily(no(
		"日本に住民票がない方は、オンライン・証明写真機・特急発行では申請できません。", "Without a resident record in Japan you cannot apply online, from a photo booth or by express issuance.",
		"このページで申請書を作って印刷し、本籍地市区町村・国内の市区町村・お住まいの国の在外公館のいずれかに提出してください。", "Fill in the form here, print it, and hand it in at your honseki municipality, any municipality in Japan, or the mission in the country where you live.",
		blog.At("墨田区役所に来庁", "APP-013", "CON-028", "APP-070")),
		"日本(にほん)に 住民票(じゅうみんひょう)が ない 人(ひと)は、インターネット、写真(しゃしん)の 機械(きかい)、いそぎの 発行(はっこう)で 申(もう)し込(こ)めません。", "この ページで 申込(もうしこ)みの 紙(かみ)を 作(つく)って 印刷(いんさつ)します。本籍(ほんせき)の 役所(やくしょ)、日本(にほん)の ほかの 役所(やくしょ)、住(す)んでいる 国(くに)の 日本(にほん)の 大使館(たいしかん)・領事館(りょうじかん)の どれかに 出(だ)して ください。"),
	"mission_of_another_country": easily(no(
		"在外公館では、お住まいの国を管轄する公館だけが申請を受け付けます。", "A mission takes applications only from people who live in a country it covers.",
		"お住まいの国を管轄する在外公館か、日本国内の市区町村に提出してください。", "Hand it in at the mission that covers your country of residence, or at a municipality in Japan.",
		konan.At("(1)申請書の提出", "APP-070")),
		"大使館(たいしかん)・領事館(りょうじかん)では、その 大使館(たいしかん)などが 担当(たんとう)する 国(くに)に 住(す)んでいる 人(ひと)だけが 申(もう)し込(こ)めます。", "住(す)んでいる 国(くに)を 担当(たんとう)する 大使館(たいしかん)・領事館(りょうじかん)か、日本(にほん)の 役所(やくしょ)に 出(だ)して ください。"),
	"post_only_to_honseki": easily(no(
		"この窓口は郵送による申請を受け付けていません。", "This office does not take applications by post.",
		"本籍地市区町村に郵送するか、窓口にお持ちください。", "Post it to your honseki municipality, or bring it to an office.",
		konan.At("申請方法", "APP-071", "CON-010")),
		"この 窓口(まどぐち)に 郵便(ゆうびん)で 申(もう)し込(こ)む ことは できません。", "本籍(ほんせき)の 役所(やくしょ)に 郵便(ゆうびん)で 送(おく)るか、窓口(まどぐち)に 持(も)って来(き)て ください。"),
	"office_keeps_no_register": easily(no(
		"%s は戸籍の附票を管理する市区町村ではありません(政令指定都市は区を書いてください)。", "%s does not keep family registers (in a designated city, name the ward).",
		"本籍地を区まで書き直してください。", "Give the honseki with its ward.",
		mhlwLeaflet.At("交付申請書", "APP-074", "ABR-021")),
		"%s には 戸籍(こせき)の 附票(ふひょう)が ありません(大(おお)きな 市(し)(政令指定都市(せいれいしていとし))は 区(く)も 書(か)いて ください)。", "本籍(ほんせき)を 区(く)まで 書(か)き直(なお)して ください。"),
	"sealed_form_missing": easily(no(
		"代理の方が提出するときは、暗証番号設定依頼書を封筒に入れて封をする必要があります。", "When somebody else hands the application in, the PIN setting request form has to be in a sealed envelope.",
		"本人が記入した暗証番号設定依頼書を封入して、改めてお持ちください。", "Bring the form, filled in by the applicant, in a sealed envelope.",
		konan.At("申請方法", "APP-079", "PIN-022")),
		"代(か)わりの 人(ひと)が 出(だ)す ときは、暗証番号(あんしょうばんごう)を 書(か)いた 紙(かみ)(暗証番号設定依頼書(あんしょうばんごうせっていいらいしょ))を 封筒(ふうとう)に 入(い)れて 閉(と)じて ください。", "本人(ほんにん)が 書(か)いた 紙(かみ)を 封筒(ふうとう)に 入(い)れて 閉(と)じて、もう一度(いちど) 持(も)って来(き)て ください。"),
	"applicant_needs_representative": easily(no(
		"15歳未満の方・成年被後見人の申請には法定代理人の記入が必要です。", "For applicants under 15 and adult wards a statutory representative has to be entered.",
		"申請書の法定代理人欄を記入してください。", "Fill in the representative's part of the form.",
		mhlwLeaflet.At("交付申請書 代理人欄", "APP-050", "ELIG-004")),
		"15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)の 申込(もうしこ)みには、親(おや)や 後見人(こうけんにん)が 書(か)く ところが あります。", "申込(もうしこ)みの 紙(かみ)の、親(おや)や 後見人(こうけんにん)(法定代理人(ほうていだいりにん))の ところを 書(か)いて ください。"),

	// The photo.
	"photo_unreadable": easily(no(
		"顔写真のファイルを読めません(JPEG形式ではないか、壊れています)。", "The photo file cannot be read: it is not a JPEG, or it is damaged.",
		"JPEG形式の顔写真を選び直してください。", "Choose a JPEG photo.", jlisPhoto.At("顔写真の規格", "APP-041")),
		"写真(しゃしん)の ファイルが 読(よ)めません(JPEGではない、または こわれています)。", "JPEGの 写真(しゃしん)を 選(えら)び直(なお)して ください。"),
	"photo_file_size": easily(no(
		"顔写真のファイルの大きさ(%d KB)が範囲(%d KB〜%d MB)にありません。", "The photo file has %d KB; it must have between %d KB and %d MB.",
		"範囲に入る顔写真を選び直してください。", "Choose a photo file of that size.", jlisPhoto.At("顔写真の規格", "APP-041")),
		"写真(しゃしん)の ファイルの 大(おお)きさが 合(あ)いません(%d KBです。%d KBから %d MBまでです)。", "大(おお)きさが 合(あ)う 写真(しゃしん)を 選(えら)び直(なお)して ください。"),
	"photo_pixels": easily(no(
		"顔写真の画素数(%d×%d)が範囲(各辺%d〜%d)にありません。", "The photo has %d×%d pixels; each side must have between %d and %d.",
		"撮り直すか、元の大きさの写真を選んでください。", "Take it again, or choose the photo in its original size.", jlisPhoto.At("顔写真の規格", "APP-041")),
		"写真(しゃしん)の 大(おお)きさ(%d×%d)が 合(あ)いません。たても よこも %dから %dまでです。", "写真(しゃしん)を もう一度(いちど) とるか、小(ちい)さく する 前(まえ)の 写真(しゃしん)を 選(えら)んで ください。"),
	"photo_sideways": easily(no(
		"顔写真が横向きに保存されています。", "The photo lies on its side.",
		"縦向きに直して保存し、選び直してください。", "Turn it upright, save it and choose it again.", mhlwLeaflet.At("申請写真のチェックポイント", "APP-042")),
		"写真(しゃしん)が 横(よこ)に なっています。", "縦(たて)に 直(なお)して、もう一度(いちど) 選(えら)んで ください。"),
	"photo_ratio": easily(no(
		"顔写真の縦横比が縦45:横35になっていません。", "The photo is not 45 high to 35 wide.",
		"縦4.5cm×横3.5cmの比に切り抜いてください。", "Crop it to 4.5 cm × 3.5 cm.", mhlwLeaflet.At("申請写真のチェックポイント", "APP-041")),
		"写真(しゃしん)の 形(かたち)が ちがいます。縦(たて) 45、横(よこ) 35の 形(かたち)です。", "縦(たて) 4.5cm、横(よこ) 3.5cmの 形(かたち)に 切(き)って ください。"),
	"photo_too_old": easily(no(
		"顔写真の撮影日(%s)が申請前6か月以内ではありません。", "The photo was taken on %s, more than six months before the application.",
		"6か月以内に撮影した写真を使ってください。", "Use a photo taken within the last six months.", jlisPhoto.At("顔写真の規格", "APP-041")),
		"写真(しゃしん)を とった 日(ひ)(%s)が、申(もう)し込(こ)む 前(まえ)の 6か月(げつ)の 中(なか)では ありません。", "6か月(げつ)の 中(なか)で とった 写真(しゃしん)を 使(つか)って ください。"),

	// Acts out of order: the application.
	"papers_not_sent": no(
		"申請書はまだ受付窓口にあり、本籍地市区町村に送られていません。", "The papers are still at the accepting office.",
		"受付窓口が本籍地市区町村に送付してから行ってください。", "Wait until the accepting office has sent them.", awara.At("日本国外での利用について", "ABR-021", "ST-001")),
	"papers_not_at_honseki": no(
		"申請書が本籍地市区町村に届いていません。審査できるのは本籍地市区町村だけです。", "The papers have not reached the honseki municipality, which alone examines them.",
		"届いてから、本籍地市区町村が行ってください。", "Wait until they have arrived there.", awara.At("日本国外での利用について", "ABR-021")),
	"nothing_asked_back": easily(no(
		"この申請には照会中の不備がありません。", "Nothing is being asked about this application.",
		"申請状況のページで今の状態を確かめてください。", "See the status page for where it stands.", konan.At("申請方法", "APP-076", "ST-002")),
		"この 申込(もうしこ)みで 聞(き)かれている ことは ありません。", "申込(もうしこ)みの 様子(ようす)の ページを 見(み)て ください。"),
	"defect_open": no(
		"照会した不備への回答がまだありません。", "The applicant has not answered yet what was asked.",
		"回答を待つか、もう一度照会してください。", "Wait for the answer or ask again.", konan.At("申請方法", "APP-076", "ST-002")),
	"not_accepted": no(
		"本籍地市区町村がまだ受理していないため、カードを作れません。", "The honseki municipality has not accepted the application, so no card can be made.",
		"本籍地市区町村の受理を待ってください。", "Wait for its acceptance.", awara.At("日本国外での利用について", "ABR-021", "ST-001", "APP-016")),
	"already_accepted": no(
		"この申請は受理済みで、機構に送られています。", "The application has been accepted and is with the issuer.",
		"内容の変更は本籍地市区町村への届出、取りやめは取消申出で行います。", "Report changes to the honseki municipality, or cancel the application.", konan.At("(5)", "ABR-030", "ABR-038")),
	"card_not_arrived": easily(no(
		"カードがまだ受取窓口に届いていません。", "The card has not arrived at the pickup office.",
		"到着のお知らせメールをお待ちください。", "Wait for the mail that says it is ready.", konan.At("(2)交付通知メール", "ABR-025", "ST-004")),
		"カードが まだ 受(う)け取(と)る 窓口(まどぐち)に 届(とど)いていません。", "「届(とど)きました」の メールを 待(ま)って ください。"),
	"card_handed_over": easily(no(
		"カードは交付済みです。", "The card has been handed over.",
		"カードについての手続きをしてください。", "Use the procedures for a card.", konan.At("(5)", "ST-005")),
		"カードは もう 受(う)け取(と)りました。", "カードの 手続(てつづ)きを して ください。"),
	"application_rejected": easily(no(
		"この申請は不受理になっています。", "The application was rejected.",
		"理由を解消してから、新しく申請してください。", "Apply anew when the reason no longer holds.", konan.At("対象者", "ST-003")),
		"この 申込(もうしこ)みは 受(う)け付(つ)けられませんでした。", "理由(りゆう)を 直(なお)してから、新(あたら)しく 申(もう)し込(こ)んで ください。"),
	"application_cancelled": easily(no(
		"この申請は取り消されています。", "The application was cancelled.",
		"新しく申請してください。", "Apply anew.", konan.At("(5)", "ABR-038", "ST-003")),
		"この 申込(もうしこ)みは やめました。", "新(あたら)しく 申(もう)し込(こ)んで ください。"),
	"not_identified": no(
		"戸籍の附票による本人の特定がまだ済んでいません。", "The person has not been identified by the supplementary family register yet.",
		"戸籍の附票で本人を特定してから受理してください。", "Identify the person first, then accept.", awara.At("日本国外での利用について", "ABR-021", "ABR-022")),

	// Acts out of order: the card and its certificates.
	"card_not_produced": no(
		"カードの製造が終わっていません。", "The card has not been made yet.", "製造が終わってから行ってください。", "Wait until it is made.", awara.At("マイナンバーカードを取得するには", "APP-016", "ST-004")),
	"card_not_dispatched": no(
		"カードは機構から発送されていません。", "The issuer has not sent the card.", "発送を待ってください。", "Wait for its dispatch.", awara.At("マイナンバーカードを取得するには", "ST-004")),
	"card_not_handed_over": easily(no(
		"このカードはまだ交付されていません。", "This card has not been handed over to anybody.", "交付の後に行う手続きです。", "This comes after the hand-over.", konan.At("(3)", "ST-005")),
		"この カードは まだ 渡(わた)していません。", "カードを 受(う)け取(と)った あとに する 手続(てつづ)きです。"),
	"card_pending_departure": easily(no(
		"このカードは国外転出の届出により保留中です。", "This card is pending until the planned departure.", "国外転出予定日を過ぎてから行ってください。", "Wait until the planned departure day.", awara.At("日本国外での利用について", "ABR-009", "ST-010")),
		"この カードは、外国(がいこく)に 引(ひ)っ越(こ)す 届(とど)けが あるので、待(ま)っています。", "外国(がいこく)に 引(ひ)っ越(こ)す 予定(よてい)の 日(ひ)を 過(す)ぎてから 手続(てつづ)きして ください。"),
	"card_out_of_function": easily(no(
		"新しいカードの交付準備により、このカードは使えなくなっています。", "This card is out of function because its successor is under way.", "新しいカードをお受け取りください。", "Collect the new card.", konan.At("4.", "EXP-071", "ST-011")),
		"新(あたら)しい カードの 準備(じゅんび)を しているので、この カードは もう 使(つか)えません。", "新(あたら)しい カードを 受(う)け取(と)って ください。"),
	"card_suspended": easily(no(
		"このカードは一時停止中です。", "This card is suspended.", "見つかった場合は一時停止の解除を、見つからない場合は紛失・廃止届をしてください。", "If you have found it have the suspension lifted; otherwise report the loss.", konan.At("紛失時の連絡先", "LOSS-004", "LOSS-021", "ST-007")),
		"この カードは 止(と)めています。", "見(み)つかったら、止(と)めるのを やめる 手続(てつづ)きを して ください。見(み)つからなかったら、なくしたと 届(とど)けて ください。"),
	"card_not_suspended": easily(no(
		"このカードは一時停止されていません。", "This card is not suspended.", "解除の手続きは不要です。", "Nothing has to be lifted.", konan.At("見つかった場合", "LOSS-021", "ST-007")),
		"この カードは 止(と)めていません。", "止(と)めるのを やめる 手続(てつづ)きは いりません。"),
	"card_not_pending": no(
		"このカードは国外転出の保留中ではありません。", "This card is not pending a departure.", "継続利用の手続きは転出の前日までです。", "Continuing use is done by the day before departure.", konan.At("注意事項", "ABR-003", "ST-010")),
	"card_still_valid": no(
		"有効なカードは回収できません。", "A valid card is not collected.", "返納する場合は返納届をしてください。", "To give it up, file a return.", konan.At("(3)", "PICK-077", "ST-014")),
	"card_expired": easily(no("このカードは有効期間が満了しています。", "This card has expired.", "新しいカードを申請してください。", "Apply for a new card.", niigata.At("カード本体", "EXP-012", "CHG-034", "ST-012")),
		"この カードは 期限(きげん)が 切(き)れています。", "新(あたら)しい カードを 申(もう)し込(こ)んで ください。"),
	"card_lapsed": easily(no("このカードは失効しています。失効したカードは元に戻せません。", "This card has lapsed and cannot be revived.", "新しいカードを申請してください。", "Apply for a new card.", niigata.At("有効期限前のカード失効", "LOSS-031", "CHG-034", "ST-012")),
		"この カードは 使(つか)えなく なりました。もう 元(もと)に 戻(もど)せません。", "新(あたら)しい カードを 申(もう)し込(こ)んで ください。"),
	"card_abolished": easily(no("このカードは廃止されています。廃止したカードは元に戻せません。", "This card was abolished and cannot be revived.", "新しいカードを申請してください。", "Apply for a new card.", niigata.At("有効期限前のカード失効", "LOSS-031", "LOSS-022", "ST-012")),
		"この カードは なくしたと 届(とど)けて、やめました。もう 元(もと)に 戻(もど)せません。", "新(あたら)しい カードを 申(もう)し込(こ)んで ください。"),
	"card_returned": easily(no("このカードは返納されています。返納したカードは元に戻せません。", "This card was returned and cannot be revived.", "新しいカードを申請してください。", "Apply for a new card.", mhlwLeaflet.At("以前に返納して還付された…", "ELIG-016", "LOSS-031", "CARD-035", "ST-012")),
		"この カードは 返(かえ)しました。もう 元(もと)に 戻(もど)せません。", "新(あたら)しい カードを 申(もう)し込(こ)んで ください。"),
	"card_destroyed": easily(no("このカードは交付されないまま廃棄されました。", "This card was destroyed without having been collected.", "新しく申請してください。", "Apply anew.", niigata.At("マイナンバーカードの受取", "PICK-005", "ST-006")),
		"この カードは、受(う)け取(と)られないまま 捨(す)てられました。", "新(あたら)しく 申(もう)し込(こ)んで ください。"),

	"certificate_not_issued": easily(no("電子証明書はまだ発行されていません。", "The certificate has not been issued.", "発行の後に行う手続きです。", "This comes after its issue.", jpkiAct.At("第3条・第22条", "ST-020")),
		"電子証明書(でんししょうめいしょ)は まだ ありません。", "電子証明書(でんししょうめいしょ)が できた あとに する 手続(てつづ)きです。"),
	"certificate_not_handed_over": easily(no("電子証明書の入ったカードがまだ交付されていません。", "The card with the certificate has not been handed over.", "交付の後に行う手続きです。", "This comes after the hand-over.", jpkiAct.At("第3条・第22条", "ST-020")),
		"電子証明書(でんししょうめいしょ)が 入(はい)った カードを まだ 渡(わた)していません。", "カードを 受(う)け取(と)った あとに する 手続(てつづ)きです。"),
	"hold_never_released": easily(no("カードの電子証明書の一時保留は解除されません。", "The hold of a certificate on a card is never released.", "一時停止を解除すると、新しい電子証明書が発行されます。", "When the suspension is lifted new certificates are issued.", jpkiAct.At("第3条・第22条", "ST-020", "LOSS-023")),
		"止(と)まった 電子証明書(でんししょうめいしょ)は もう 使(つか)えません。", "カードが また 使(つか)えるように なると、新(あたら)しい ものが 入(はい)ります。"),
	"certificate_revoked": easily(no("この電子証明書は失効しています。", "This certificate is revoked.", "新しい電子証明書の発行を申請してください。", "Apply for a new certificate.", jpkiAct.At("第3条・第22条", "ST-021")),
		"この 電子証明書(でんししょうめいしょ)は 使(つか)えなく なりました。", "新(あたら)しい 電子証明書(でんししょうめいしょ)を 申(もう)し込(こ)んで ください。"),
	"certificate_expired": easily(no("この電子証明書は有効期間が満了しています。", "This certificate has expired.", "新しい電子証明書の発行を申請してください。", "Apply for a new certificate.", jpkiAct.At("第3条・第22条", "ST-021", "EXP-003")),
		"この 電子証明書(でんししょうめいしょ)は 期限(きげん)が 切(き)れています。", "新(あたら)しい 電子証明書(でんししょうめいしょ)を 申(もう)し込(こ)んで ください。"),

	// Pickup.
	"not_the_pickup_office": easily(no(
		"カードの受取場所は %s です。ここではお渡しできません。", "The card is to be collected at %s; it cannot be handed over here.",
		"受取場所にお越しください。変更したいときは、交付前に受取場所変更申出書を出してください。", "Go to that office, or file a change of pickup place before the card is handed over.",
		konan.At("(3)指定した受取場所で受け取る", "PICK-070", "ABR-037")),
		"カードを 受(う)け取(と)る ところは %s です。ここでは 渡(わた)せません。", "受(う)け取(と)る ところに 行(い)って ください。変(か)えたい ときは、受(う)け取(と)る 前(まえ)に「受取場所変更申出書(うけとりばしょへんこうもうしでしょ)」を 出(だ)して ください。"),
	"proxy_never": easily(no(
		"国外転出者向けマイナンバーカードは代理人に交付できません。", "An overseas card is never handed over to a proxy.",
		"本人がお越しください(15歳未満の方・成年被後見人は法定代理人と一緒に)。", "The applicant has to come in person (under-15s and adult wards together with their statutory representative).",
		konan.At("(3)指定した受取場所で受け取る", "PICK-073", "ABR-026", "CON-009")),
		"「国外転出(こくがいてんしゅつ)」の カードは、代(か)わりの 人(ひと)に 渡(わた)せません。", "本人(ほんにん)が 来(き)て ください(15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん)と いっしょに)。"),
	"representative_missing": easily(no(
		"15歳未満の方・成年被後見人は、法定代理人と一緒にお越しください。", "Applicants under 15 and adult wards come together with their statutory representative.",
		"法定代理人と一緒にもう一度お越しください。", "Come again with the representative.", konan.At("(3)指定した受取場所で受け取る", "PICK-073", "PICK-014")),
		"15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん)と いっしょに 来(き)て ください。", "親(おや)や 後見人(こうけんにん)と いっしょに もう一度(いちど) 来(き)て ください。"),
	"passport_missing": easily(no(
		"有効な旅券の提示が必要です。", "A valid passport has to be shown.", "旅券をお持ちのうえ、もう一度お越しください。", "Come again with your passport.", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "PICK-072")),
		"使(つか)える パスポートを 見(み)せて ください。", "パスポートを 持(も)って、もう一度(いちど) 来(き)て ください。"),
	"passport_expired": easily(no(
		"%s の有効期間が %s に満了しています。", "The %s expired on %s.",
		"有効な旅券をお持ちのうえ、もう一度お越しください。カードは受取期限まで保管します。", "Come again with a valid passport. The card is kept until the pickup deadline.", mhlwLeaflet.At("受け取りに必要な本人確認書類", "PICK-074", "PICK-071")),
		"%s の 期限(きげん)は %s に 切(き)れました。", "使(つか)える パスポートを 持(も)って、もう一度(いちど) 来(き)て ください。カードは 受(う)け取(と)る 期限(きげん)まで 置(お)いて おきます。"),
	"passport_differs": easily(no(
		"旅券の氏名または生年月日が戸籍と一致しません。", "The name or date of birth in the passport differs from the family register.",
		"旅券の記載事項を戸籍に合わせて変更するか、戸籍の記載を本籍地に確かめてから、もう一度お越しください。", "Have the passport brought into line with the family register, or ask the honseki municipality, and come again.", mhlwLeaflet.At("受け取りに必要な本人確認書類(※)", "PICK-074")),
		"パスポートの 名前(なまえ)か 生年月日(せいねんがっぴ)が 戸籍(こせき)と ちがいます。", "パスポートを 戸籍(こせき)と 同(おな)じに 直(なお)すか、戸籍(こせき)に 書(か)いて ある ことを 本籍(ほんせき)の 役所(やくしょ)に 聞(き)いてから、もう一度(いちど) 来(き)て ください。"),
	"second_paper_missing": easily(no(
		"市区町村で受け取るときは、旅券のほかにもう1点の本人確認書類が必要です。", "At a municipality one more identity document besides the passport is needed.",
		"運転免許証、資格確認書、年金手帳などをお持ちください。", "Bring a driving licence, eligibility certificate, pension handbook or the like.", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "CON-011")),
		"市(し)・区(く)・町(まち)・村(むら)の 役所(やくしょ)で 受(う)け取(と)る ときは、パスポートと もう 1つ 本人(ほんにん)を 確(たし)かめる 書類(しょるい)が いります。", "運転免許証(うんてんめんきょしょう)、資格確認書(しかくかくにんしょ)、年金手帳(ねんきんてちょう)などを 持(も)って来(き)て ください。"),
	"second_paper_expired": easily(no(
		"%s の有効期間が %s に満了しています。", "The %s expired on %s.",
		"有効な本人確認書類をお持ちください。", "Bring one that is valid.", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "PICK-034")),
		"%s の 期限(きげん)は %s に 切(き)れました。", "本人(ほんにん)を 確(たし)かめる 書類(しょるい)で、期限(きげん)が 切(き)れていない ものを 持(も)って来(き)て ください。"),
	"identity_not_checked": no(
		"本日の本人確認がまだ済んでいません。", "Identity has not been checked today.", "旅券などを確認してから行ってください。", "Check the passport and papers first.", konan.At("(3)指定した受取場所で受け取る", "PICK-012", "PICK-074")),
	"pins_not_set": no(
		"暗証番号がまだ設定されていません(%s)。", "These PINs have not been set: %s.", "本人に暗証番号を設定していただいてから交付してください。", "Have the holder set them before handing over.", niigata.At("暗証番号の設定", "PIN-020", "PICK-015")),
	"fee_unpaid": no(
		"手数料 %d 円が納付されていません。", "The fee of %d yen has not been paid.", "納付を確認してから行ってください。", "Confirm the payment first.", konan.At("手数料の納付方法", "FEE-017", "FEE-018")),
	"receipt_unsigned": no(
		"個人番号カード受領書への署名がありません。", "The card receipt has not been signed.", "受領書に署名をいただいてから交付してください。", "Have the receipt signed first.", blog.At("マイナンバーカード受け取り", "PICK-076", "FORM-020")),
	"no_sealed_form": no(
		"封入された暗証番号設定依頼書がありません(提出されていないか、開封済みです)。", "There is no sealed PIN form: none was handed in, or it has been opened.",
		"本人に窓口で入力していただいてください。", "Have the holder type the PINs at the window.", mhlwLeaflet.At("暗証番号設定依頼書", "PIN-022", "APP-078")),
	"sealed_form_needs_holder": no(
		"暗証番号設定依頼書は、本人の前でだけ開封できます。", "The sealed PIN form is opened only in the applicant's presence.",
		"本人が来庁したときに開封してください。", "Open it when the applicant is here.", mhlwLeaflet.At("暗証番号設定依頼書", "PIN-022", "APP-079", "PIN-007")),
	"pins_already_set": easily(no(
		"暗証番号は設定済みです。", "The PINs have been set.", "変更・再設定は交付後の手続きで行います。", "Change or reset them after the hand-over.", niigata.At("暗証番号の設定", "PIN-020", "ST-030")),
		"暗証番号(あんしょうばんごう)は もう 決(き)めました。", "変(か)えたい ときは、カードを 受(う)け取(と)った あとに 手続(てつづ)きして ください。"),
	"card_not_dispatchable_unpaid": no(
		"在外公館で受け取るカードは、手数料 %d 円の納付を確認してから発送します。", "A card collected at a mission is sent only after the fee of %d yen has been paid.",
		"納付を確認してから発送してください。", "Confirm the payment, then dispatch.", konan.At("手数料の納付方法 2", "FEE-018")),

	// Reservations.
	"slot_full": easily(no("その時間は満員です。", "That time is fully booked.", "別の時間を選んでください。", "Choose another time.", niigata.At("予約センターでの受取予約", "PICK-007")),
		"その 時間(じかん)は いっぱいです。", "ほかの 時間(じかん)を 選(えら)んで ください。"),
	"slot_closed": easily(no("その日時は受け付けていません。", "The office does not take reservations for that time.", "開庁日の予約枠から選んでください。", "Choose one of the times offered.", niigata.At("受取窓口の種類", "PICK-007", "CON-017")),
		"その 日(ひ)の その 時間(じかん)は 予約(よやく)できません。", "予約(よやく)できる 時間(じかん)から 選(えら)んで ください。"),
	"slot_out_of_range": easily(no("予約できるのは %s から %s までです。", "Reservations can be made from %s to %s.", "範囲内の日を選んでください。", "Choose a day within that range.", niigata.At("予約センターでの受取予約", "PICK-008")),
		"予約(よやく)できるのは %s から %s までです。", "その 間(あいだ)の 日(ひ)を 選(えら)んで ください。"),
	"past_deadline": easily(no("受取期限(%s)を過ぎる日は予約できません。", "The pickup deadline is %s; later days cannot be booked.", "期限までの日を選ぶか、受取窓口に相談してください。", "Choose a day up to the deadline, or ask the pickup office.", mhlwLeaflet.At("受取②", "PICK-075")),
		"受(う)け取(と)る 期限(きげん)(%s)より あとの 日(ひ)は 予約(よやく)できません。", "期限(きげん)までの 日(ひ)を 選(えら)ぶか、受(う)け取(と)る 窓口(まどぐち)に 相談(そうだん)して ください。"),

	// Suspension.
	"caller_not_holder": easily(no(
		"カードの一時停止は本人からの電話で行います。", "A card is suspended when its holder calls.", "本人が24時間の窓口(国内 "+lineInJapan+"、国外から "+lineAbroad+")に電話してください。", "The holder calls the 24-hour line (in Japan "+lineInJapan+", from abroad "+lineAbroad+").", singapore.At("紛失", "LOSS-001", "LOSS-002", "LOSS-003")),
		"カードを 止(と)める ときは、本人(ほんにん)が 電話(でんわ)します。", "本人(ほんにん)が 24時間(じかん)の 窓口(まどぐち)に 電話(でんわ)して ください(日本(にほん)から "+lineInJapan+"、外国(がいこく)から "+lineAbroad+")。"),
	"link_used": easily(no(
		"このリンクは使用済みか、期限が切れています。", "This link has been used or has expired.", "申請状況のページで今の状態を確かめるか、窓口に連絡してください。", "See the status page, or contact the office.", konan.At("申請方法", "APP-076")),
		"この リンクは もう 使(つか)ったか、期限(きげん)が 切(き)れています。", "申込(もうしこ)みの 様子(ようす)の ページを 見(み)るか、窓口(まどぐち)に 連絡(れんらく)して ください。"),
}
