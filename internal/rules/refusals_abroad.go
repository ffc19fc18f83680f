package rules

import "mynumber/internal/law"

// abroadRefusals are what the procedures abroad say no with, beside those of the offices' acts.
var abroadRefusals = map[string]law.Refusal{
	"overseas_card_exists": easily(no(
		"有効な国外転出者向けカードを持っているため、新しい申請はできません。", "There is an overseas card that is still good, so there is nothing to apply for.",
		"有効期限が近いときは更新、なくした・壊れたときは再交付の手続きをしてください。", "Renew it when its last day is near; have it re-issued when it is lost or damaged.",
		konan.At("2. 3. 4.", "EXP-070", "ELIG-014")),
		"使(つか)える カードが あります。", "期限(きげん)が 近(ちか)い ときは 新(あたら)しく できます。なくした ときは もう一度(いちど) 作(つく)れます。"),
	// Leaving and coming back.
	"continuing_use_foreign": easily(no(
		"継続利用ができるのは日本国籍の方だけです。外国籍の方のカードは、国外転出(予定)日に失効します。", "Continuing use is for Japanese nationals. A foreign national's card lapses on the planned departure day.",
		"転出の前に、カードの返納などを住所地の市区町村に確かめてください。再び日本に住むときに、新しいカードを申請できます。", "Ask your municipality about returning the card. When you live in Japan again you can apply for a new one.",
		konan.At("対象者", "ABR-001", "ELIG-011")),
		"カードを 外国(がいこく)で 使(つか)い続(つづ)けられるのは、日本(にほん)の 国籍(こくせき)の 人(ひと)だけです。外国(がいこく)の 国籍(こくせき)の 人(ひと)の カードは、引(ひ)っ越(こ)す 日(ひ)に 使(つか)えなく なります。", "また 日本(にほん)に 住(す)む ときに、新(あたら)しい カードを 申(もう)し込(こ)んでください。"),
	"already_abroad": easily(no(
		"国外転出の後に継続利用の手続きはできません。", "Continuing use cannot be done after the departure.",
		"国外から、国外転出者向けのカードを申請してください(転出から90日以内は無料です)。", "Apply for an overseas card from abroad; within 90 days of the departure it is free.",
		konan.At("注意事項", "ABR-003", "ABR-010", "FEE-011")),
		"外国(がいこく)に 行(い)った あとは できません。", "外国(がいこく)から、「国外転出(こくがいてんしゅつ)」の カードを 申(もう)し込(こ)んで ください(引(ひ)っ越(こ)しから 90日(にち)までは お金(かね)が かかりません)。"),
	"no_card_to_continue": easily(no(
		"継続して使えるカードがありません。", "There is no card that could be used on.",
		"国外転出の後に、国外転出者向けのカードを申請できます。", "After the departure you can apply for an overseas card.",
		konan.At("1.", "ABR-001", "ELIG-013")),
		"使(つか)える カードが ありません。", "外国(がいこく)に 行(い)ってから カードを 申(もう)し込(こ)めます。"),
	"departure_day_reached": easily(no(
		"継続利用の手続きは国外転出(予定)日(%s)の前日までです。カードと電子証明書は失効します。", "Continuing use is done by the day before the planned departure (%s). Card and certificates lapse.",
		"国外から、国外転出者向けのカードを申請してください(転出から90日以内は無料です)。", "Apply for an overseas card from abroad; within 90 days of the departure it is free.",
		konan.At("注意事項", "ABR-003", "ABR-010", "CON-006")),
		"カードを 使(つか)い続(つづ)ける 手続(てつづ)きは、引(ひ)っ越(こ)す 日(ひ)(%s)の 前(まえ)の 日(ひ)までです。カードと 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", "外国(がいこく)から、「国外転出(こくがいてんしゅつ)」の カードを 申(もう)し込(こ)んで ください(引(ひ)っ越(こ)しから 90日(にち)までは お金(かね)が かかりません)。"),
	"move_out_first": easily(no(
		"継続利用の手続きは、国外転出届を出した後に行います。", "Continuing use comes after the overseas move-out notification.",
		"先に国外転出届を出してください。同じ日にできます(届出の内容が届くまで約1時間)。", "File the notification first; both can be done on one day, about an hour apart.",
		konan.At("必要なもの", "ABR-002")),
		"先(さき)に 外国(がいこく)に 行(い)く 届(とどけ)を 出(だ)してください。", "先(さき)に 外国(がいこく)に 引(ひ)っ越(こ)す 届(とど)けを 出(だ)して ください。同(おな)じ 日(ひ)に できます(1時間(じかん)くらい 待(ま)ちます)。"),
	"not_moved_to_japan": easily(no(
		"国外から日本への引っ越しではありません。", "This is not a move to Japan from abroad.",
		"国内の引っ越しは、国内のカードの手続きをご覧ください。", "For moves inside Japan see the procedures for a domestic card.",
		konan.At("注意事項", "ABR-060")),
		"外国(がいこく)からの 引(ひ)っ越(こ)しでは ありません。", "ほかの 手続(てつづ)きを 見(み)てください。"),
	"move_in_too_late": easily(no(
		"住み始めてから14日(%s)を過ぎて転入届を出したため、カードは失効しました。", "The move-in notification came after %s, 14 days after beginning to live there, so the card has lapsed.",
		"住所地の市区町村で新しいカードを申請してください(手数料がかかります)。", "Apply for a new card at your municipality; a fee is due.",
		niigata.At("転入届の提出が遅れた", "ABR-062", "CON-016", "FEE-016")),
		"%s までに 届(とどけ)を 出(だ)さなかったので、カードは 使(つか)えません。", "新(あたら)しい カードを 申(もう)し込(こ)んでください。お金(かね)が かかります。"),
	"entries_too_late": easily(no(
		"転入届から90日(%s)を過ぎたため、カードは失効しました。", "More than 90 days have passed since the move-in notification (%s), so the card has lapsed.",
		"住所地の市区町村で新しいカードを申請してください(手数料がかかります)。", "Apply for a new card at your municipality; a fee is due.",
		niigata.At("90日間を経過した", "ABR-062", "CON-016", "FEE-016")),
		"%s までに カードを 書(か)きなおさなかったので、カードは 使(つか)えません。", "新(あたら)しい カードを 申(もう)し込(こ)んでください。お金(かね)が かかります。"),

	// Renewal, re-issue, entries.
	"no_card_at_all": easily(no(
		"カードを持ったことがないため、この手続きはできません。", "There has never been a card, so this cannot be done.",
		"はじめてのカードを申請してください。", "Apply for a first card.",
		niigata.At("カード本体", "CHG-034")),
		"カードが ありません。", "カードを 申(もう)し込(こ)んでください。"),
	"renewal_not_open": easily(no(
		"まだ更新できません。%s から申請できます。", "It is too early to renew. It opens on %s.",
		"その日以後に申請してください。満了の3か月前にメールでお知らせが届きます。", "Apply on or after that day; an e-mail comes three months before the last day.",
		konan.At("4. 5.", "EXP-023")),
		"まだ できません。%s から できます。", "その 日(ひ)か その あとに 申(もう)し込(こ)んで ください。期限(きげん)の 3か月(げつ)前(まえ)に メールで お知(し)らせが 来(き)ます。"),
	"nothing_to_reissue": easily(no(
		"再交付は、カードをなくしたとき、または壊れたときの手続きです。", "A re-issue is for a card that was lost or is damaged.",
		"期限が近いときは更新を、氏名などが変わったときは記載事項の変更をしてください。", "Near its last day renew it; for a changed name have its entries changed.",
		konan.At("3.", "LOSS-041")),
		"なくした ときか こわれた ときの 手続(てつづ)きです。", "期限(きげん)が 近(ちか)い ときは 新(あたら)しく して ください。名前(なまえ)などが 変(か)わった ときは、カードを 書(か)き直(なお)して ください。"),
	"damaged_card_by_visit": easily(no(
		"壊れたカードの再交付は、郵送では申請できません。", "A re-issue of a damaged card cannot be applied for by post.",
		"壊れたカードを窓口にお持ちください。", "Bring the damaged card to an office.",
		konan.At("3.", "LOSS-041", "ABR-M10")),
		"こわれた カードは 郵便(ゆうびん)では できません。", "カードを 窓口(まどぐち)に 持(も)ってきてください。"),
	"entry_not_on_overseas_card": easily(no(
		"国外転出者向けカードに記載のある事項(氏名・生年月日・性別)の変更ではありません。旧氏や国外の住所は記載されず、本籍が変わっても書換えは不要です。", "Nothing that an overseas card shows has changed: name, birth date, sex. It bears neither a former surname nor a foreign address, and a new honseki needs no rewriting.",
		"カードはそのまま使えます。", "The card stays as it is.",
		konan.At("6.", "ABR-052")),
		"カードに 書(か)いて ある ことは 変(か)わりません。", "カードは そのまま 使(つか)えます。"),

	// Under way.
	"application_not_overseas": easily(no(
		"国外転出者向けカードの申請ではありません。", "The application is not for an overseas card.",
		"国内のカードの手続きをご覧ください。", "See the procedures for a domestic card.",
		konan.At("(5)", "ABR-020")),
		"外国(がいこく)からの 申(もう)し込(こ)みでは ありません。", "日本(にほん)の カードの 手続(てつづ)きを 見(み)てください。"),
	"honseki_changed_apply_again": easily(no(
		"本籍地の市区町村が変わったため、この申請は取り消されます。", "The honseki municipality has changed, so this application is cancelled.",
		"新しい本籍地で申請し直してください。", "Apply again with the new honseki.",
		konan.At("(5)", "ABR-031", "ST-003")),
		"本籍(ほんせき)が 変(か)わったので、この 申(もう)し込(こ)みは 終(お)わりです。", "もう一度(いちど) 申(もう)し込(こ)んでください。"),
	"returned_apply_again": easily(no(
		"日本に転入したため、国外転出者向けカードの申請は取り消されます。", "You have moved to Japan, so the application for an overseas card is cancelled.",
		"転入先の市区町村で国内のカードを申請してください。", "Apply for a domestic card at the municipality you moved into.",
		konan.At("(5)", "ABR-035", "ST-003")),
		"日本(にほん)に 引(ひ)っ越(こ)したので、この 申(もう)し込(こ)みは 終(お)わりです。", "新(あたら)しい 町(まち)で カードを 申(もう)し込(こ)んでください。"),
	"no_registered_mail": easily(no(
		"国外転出者向けカードの申請もカードもないため、登録メールアドレスはありません。", "There is neither an overseas card nor an application for one, so no e-mail address is registered.",
		"国外からカードを申請するときに登録します。", "The address is registered when you apply from abroad.",
		konan.At("(5)", "ABR-032")),
		"登録(とうろく)した メールが ありません。", "カードを 申(もう)し込(こ)む ときに 書(か)きます。"),
	"pickup_change_not_here": easily(no(
		"受取場所の変更は、申請を受け付けた窓口か、新しい受取場所の在外公館でだけ申し出られます。", "A change of pickup place is filed only with the office that took the application or with the mission that is the new pickup place.",
		"そのどちらかに、窓口か郵送で申し出てください。", "File it there, by visit or post.",
		konan.At("(5)", "ABR-037")),
		"受(う)け取(と)る ところを 変(か)える ときは、申込(もうしこ)みを 受(う)け付(つ)けた 窓口(まどぐち)か、新(あたら)しく 受(う)け取(と)る 大使館(たいしかん)・領事館(りょうじかん)だけで できます。", "はじめに 紙(かみ)を 出(だ)した ところか、新(あたら)しい 大使館(たいしかん)に 出(だ)してください。"),
	"cancel_not_here": easily(no(
		"取消しは、申請を受け付けた窓口・受取場所・本籍地のどれかに申し出ます。", "A cancellation goes to the office that took the application, the pickup office or the honseki municipality.",
		"そのどれかに申し出てください。本籍地には電話でもできます。", "File it with one of these; the honseki municipality takes it by telephone too.",
		konan.At("(5)", "ABR-038", "CON-037")),
		"申込(もうしこ)みを やめる ときは、申込(もうしこ)みを 受(う)け付(つ)けた 窓口(まどぐち)・受(う)け取(と)る 窓口(まどぐち)・本籍(ほんせき)の 役所(やくしょ)の どれかに 言(い)います。", "本籍(ほんせき)の 役所(やくしょ)に 言(い)ってください。電話(でんわ)でも いいです。"),
	"no_fee_due": easily(no(
		"このカードには手数料がかかりません。", "No fee is due for this card.",
		"納付は不要です。", "There is nothing to pay.",
		niigata.At("交付手数料", "FEE-001", "FEE-017")),
		"お金(かね)は かかりません。", "何(なに)も しなくて いいです。"),

	// PINs.
	"face_authentication_has_no_pins": easily(no(
		"顔認証マイナンバーカードに暗証番号は設定しません。", "A face-authentication card has no PINs.",
		"暗証番号が必要なときは、通常のカードへの切替えをしてください。", "If you need PINs, have it changed into an ordinary card.",
		mhlwLeaflet.At("暗証番号設定依頼書", "PIN-026")),
		"この カードには 番号(ばんごう)が ありません。", "番号(ばんごう)が いる ときは 役所(やくしょ)で 変(か)えてください。"),
	"pin_not_known": easily(no(
		"今の暗証番号が分からないため、自分で変更することはできません。", "A PIN that is not known cannot be changed by oneself.",
		"窓口、コンビニ等、または国外では本籍地・在外公館で再設定してください。", "Have it reset at the counter or a kiosk; abroad, at the honseki municipality or a mission.",
		konan.At("7.", "PIN-040", "PIN-047")),
		"今(いま)の 番号(ばんごう)が わからないと 変(か)えられません。", "窓口(まどぐち)か コンビニで 決(き)めなおして ください。外国(がいこく)に いる 人(ひと)は、本籍(ほんせき)の 役所(やくしょ)か 大使館(たいしかん)・領事館(りょうじかん)で できます。"),
	"pin_is_known": easily(no(
		"今の暗証番号を覚えているので、再設定は必要ありません。", "The PIN is known, so it need not be reset.",
		"マイナポータルアプリやJPKI利用者ソフトで、自分で変更できます。", "Change it yourself with the Mynaportal app or the JPKI client software.",
		jpkiPortal.At("パスワードの変更", "PIN-040")),
		"番号(ばんごう)が わかるので、窓口(まどぐち)に 行(い)かなくて いいです。", "スマートフォンか パソコンで 変(か)えられます。"),
	"reset_overseas_card_elsewhere": easily(no(
		"国外転出者向けのカードの暗証番号は、住所地の市区町村では再設定できません。", "The PINs of an overseas card are not reset at a municipality of residence.",
		"本籍地の市区町村か、居住国の在外公館で再設定してください。", "Have it reset at the honseki municipality or at the mission.",
		konan.At("7.", "PIN-044", "ABR-057")),
		"外国(がいこく)の 人(ひと)の カードは ここでは できません。", "本籍(ほんせき)の 役所(やくしょ)か 大使館(たいしかん)に 行(い)ってください。"),
	"store_resets_certificate_pins": easily(no(
		"コンビニ等で再設定できるのは、No.1(署名用)とNo.2(利用者証明用)だけです。", "A kiosk resets only No.1 (signature) and No.2 (user authentication).",
		"No.3とNo.4は窓口で再設定してください。", "Have No.3 and No.4 reset at the counter.",
		awara.At("パスワード…の入力", "PIN-042")),
		"コンビニでは No.1と No.2だけ できます。", "No.3と No.4は、窓口(まどぐち)で 決(き)めなおして ください。"),
	"other_pin_unknown": easily(no(
		"もう一方の電子証明書の暗証番号も分からないため、コンビニ等では再設定できません。", "The PIN of the other certificate is not known either, so a kiosk cannot reset this one.",
		"窓口で再設定してください。", "Have both reset at the counter.",
		awara.At("パスワード…の入力", "PIN-042")),
		"番号(ばんごう)が 2つとも わからないと コンビニでは できません。", "窓口(まどぐち)で してください。"),
	"certificates_not_valid": easily(no(
		"電子証明書のどちらかが有効でないため、コンビニ等では再設定できません。", "One of the certificates is not valid, so a kiosk cannot reset the PIN.",
		"窓口で電子証明書の発行と暗証番号の設定をしてください。", "Have the certificate issued and its PIN set at the counter.",
		awara.At("パスワード…の入力", "PIN-042")),
		"電子証明書(でんししょうめいしょ)が 使(つか)えないので できません。", "窓口(まどぐち)で してください。"),
}
