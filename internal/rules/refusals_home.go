package rules

import "mynumber/internal/law"

// homeRefusals are what these procedures say no with.
var homeRefusals = map[string]law.Refusal{
	"lives_abroad": easily(no(
		"日本に住民票がない人は、国内のカードの手続きはできません。", "Without a resident record in Japan the procedures for a domestic card are not open.",
		"国外からの手続き(国外転出者向けカード)をご覧ください。", "See the procedures from abroad, for an overseas card.",
		awara.At("はじめに", "ELIG-001")),
		"日本(にほん)に 住(す)んでいない 人(ひと)は できません。", "外国(がいこく)からの やり方(かた)を 見(み)て ください。"),
	"card_exists": easily(no(
		"有効なカードを持っているため、新しい申請はできません。", "There is a valid card, so there is nothing to apply for.",
		"有効期限が近いときは更新、なくした・壊れたときは再交付の手続きをしてください。", "Renew it when its last day is near; have it re-issued when it is lost or damaged.",
		niigata.At("カード本体", "EXP-022", "EXP-040")),
		"使(つか)える カードが あります。", "期限(きげん)が 近(ちか)い ときは 新(あたら)しく できます。なくした ときは もう一度(いちど) 作(つく)れます。"),
	"card_expired_renew": easily(no(
		"カードの有効期間が満了しているため、更新の手続きになります。", "The card has expired, so this is a renewal.",
		"カードの更新の手続きをしてください。有効期限を過ぎた後もできます。", "Renew the card; that is possible after its last day too.",
		niigata.At("カード本体", "EXP-025", "FEE-002")),
		"カードの 期限(きげん)が 過(す)ぎました。", "新(あたら)しく する 手続(てつづ)きを して ください。"),
	"card_ended_reissue": easily(no(
		"カードが有効期限の前に失効・返納・廃止となっているため、再交付の手続きになります。失効したカードは元に戻せません。", "The card ended before its last day and cannot be revived; a new one is re-issued.",
		"再交付の手続きをしてください。", "Have a card re-issued.",
		niigata.At("有効期限前のカード失効", "LOSS-031", "CHG-034", "FEE-008")),
		"カードは 使(つか)えなく なりました。もとに もどりません。", "もう一度(いちど) 作(つく)る 手続(てつづ)きを して ください。"),
	"form_without_id": easily(no(
		"申請書IDと二次元コードのない申請書では、オンラインと証明写真機の申請はできません。", "Without an application ID or code on the form, applying online or at a photo booth is not possible.",
		"申請書IDのある申請書を市区町村でもらうか、手書きの申請書を郵送するか、窓口または出張申請をご利用ください。", "Get a form with an ID from the municipality, post a hand-written form, or apply at the window or to staff who come out.",
		awara.At("マイナンバーカードの申請", "APP-003", "EXP-041")),
		"この 紙(かみ)では インターネットと 写真(しゃしん)の 機械(きかい)は 使(つか)えません。", "役所(やくしょ)で 新(あたら)しい 紙(かみ)を もらって ください。郵便(ゆうびん)や 窓口(まどぐち)は 使(つか)えます。"),
	"renewal_too_early": easily(no(
		"まだ更新できる時期ではありません(%s から)。", "It is too early to renew; the first day is %s.",
		"有効期限までの残りが3か月未満になってから手続きしてください。", "Come when less than three months remain.",
		ibaraki.At("更新できる時期", "EXP-022", "CON-005")),
		"まだ 早(はや)いです。%s から できます。", "期限(きげん)まで 3か月(げつ)より 短(みじか)く なってから 手続(てつづ)きして ください。"),
	"no_card_to_renew": easily(no(
		"カードを持っていないため、更新や再交付はできません。", "There is no card to renew or to replace.",
		"はじめてのカードを申請してください。", "Apply for a first card.",
		awara.At("マイナンバーカードの取得", "ELIG-001", "CARD-021")),
		"カードを 持(も)って いません。", "はじめての カードを 申(もう)し込(こ)んで ください。"),
	"express_not_for_renewal": easily(no(
		"有効期間満了による更新では、特急発行はできません。", "Express issuance is never for a renewal because of expiry.",
		"通常の更新を申請してください(およそ1か月)。", "Renew in the ordinary way, which takes about a month.",
		awara.At("マイナンバーカードの更新手続", "APP-035", "ELIG-024", "EXP-040")),
		"期限(きげん)で 新(あたら)しく する ときは いそぎの 申込(もうしこ)みは できません。", "ふつうの 申込(もうしこ)みを して ください(1か月(げつ)くらい かかります)。"),
	"express_ground_missing": easily(no(
		"特急発行の対象ではありません。早く欲しいという理由だけではできません。", "There is no ground for express issuance; the wish for a card soon is none.",
		"通常の申請をしてください(およそ1か月)。", "Apply in the ordinary way, which takes about a month.",
		expressPages.At("特急発行の対象", "ELIG-024", "APP-035")),
		"いそぎの 申込(もうしこ)みが できる 理由(りゆう)では ありません。", "ふつうの 申込(もうしこ)みを して ください(1か月(げつ)くらい かかります)。"),
	"express_too_late": easily(no(
		"特急発行の申請期限(%s)を過ぎています。", "The last day for express issuance was %s.",
		"通常の申請をしてください(およそ1か月)。", "Apply in the ordinary way, which takes about a month.",
		expressPages.At("申請期限", "ELIG-024", "APP-035")),
		"いそぎの 申込(もうしこ)みは %s まででした。", "ふつうの 申込(もうしこ)みを して ください(1か月(げつ)くらい かかります)。"),
	"express_overseas_card": easily(no(
		"有効な国外転出者向けのカードを持っている人は、特急発行の対象ではありません。", "Whoever has a valid overseas card has no ground for express issuance.",
		"転入届のときにそのカードを出して、国内のカードに切り替えてください。", "Hand that card in with the move-in notification; it becomes a domestic one.",
		expressPages.At("特急発行の対象(国外からの転入)", "ELIG-024")),
		"使(つか)える「国外転出(こくがいてんしゅつ)」の カードを 持(も)っている 人(ひと)は、いそぎの 発行(はっこう)が できません。", "引(ひ)っ越(こ)しの 届(とどけ)と いっしょに 出(だ)して ください。"),
	"nothing_applied_for": easily(no(
		"申請中のカードがありません。", "No application is under way.",
		"カードを申請してください。", "Apply for a card.",
		jlisStatus.At("照会できる人", "APP-060")),
		"申(もう)し込(こ)んだ カードが ありません。", "カードを 申(もう)し込(こ)んで ください。"),
	"application_id_lost": easily(no(
		"申請書IDが分からないため、照会できません。", "Without the application ID the status cannot be followed.",
		"市区町村の窓口にお尋ねください。", "Ask at the municipality.",
		awara.At("発行状況を確認する", "APP-061")),
		"申請書(しんせいしょ)IDが いります。", "役所(やくしょ)に 聞(き)いて ください。"),
	"status_too_early": easily(no(
		"申請状況は %s から照会できます。", "The status can be followed from %s.",
		"その日以後に照会してください。", "Look again on or after that day.",
		jlisStatus.At("照会できる時期", "APP-060")),
		"%s から 見(み)ることが できます。", "その 日(ひ)の 後(あと)に 見(み)て ください。"),
	"card_not_at_counter": easily(no(
		"カードはまだ窓口に届いていません。", "The card is not at the window yet.",
		"交付通知書(はがき)が届くのをお待ちください。申請状況は申請書IDで照会できます。", "Wait for the issuance notice; the status can be followed by the application ID.",
		awara.At("マイナンバーカードを取得するには", "PICK-001", "NTF-005")),
		"カードは まだ 役所(やくしょ)に 来(き)て いません。", "はがき(交付通知書(こうふつうちしょ))が 来(く)るまで 待(ま)って ください。申込(もうしこ)みの 様子(ようす)は、申請書(しんせいしょ)IDで 見(み)られます。"),
	"card_destroyed_uncollected": easily(no(
		"カードは長い間受け取られなかったため、廃棄されました(保管は %s まで)。", "The card was not collected for so long that it was destroyed; it was kept until %s.",
		"もう一度申請してください。", "Apply again.",
		awaraKept.At("廃棄", "PICK-005")),
		"カードは 長(なが)い 間(あいだ) 受(う)け取(と)られなかったので、捨(す)てられました(%s まで 置(お)いて ありました)。", "もう一度(いちど) 申(もう)し込(こ)んで ください。"),
	"proxy_without_ground": easily(no(
		"代理人が受け取れるのは、病気・障がい・学生・75歳以上など決められた理由で本人が来られないときだけです。仕事が忙しいという理由は認められません。", "A proxy collects a card only for one of the listed reasons, such as illness, disability, school or age; being busy with work is none.",
		"本人がお越しください。長期の出張や乗船などで不在のときは、それを示す書類をお持ちください。", "Come in person; for a long absence, such as a posting or a voyage, bring a paper that shows it.",
		niigata.At("代理交付が認められるケースと疎明資料", "PICK-013", "PICK-051", "PICK-052", "PICK-054", "CON-024")),
		"代(か)わりの 人(ひと)が 受(う)け取(と)れるのは、本人(ほんにん)が 病気(びょうき)・障(しょう)がい・学生(がくせい)・75歳(さい)か それより 上(うえ)など、決(き)まった 理由(りゆう)で 来(こ)られない ときだけです。「仕事(しごと)が いそがしい」は だめです。", "本人(ほんにん)が 来(き)て ください。仕事(しごと)で 長(なが)く 遠(とお)くに いる ときなどは、それが わかる 書類(しょるい)を 持(も)って来(き)て ください。"),
	"pins_open": easily(no(
		"代理人のときは、暗証番号が目隠しシールや封筒で隠されている必要があります。開いているものは受け付けられません。", "When a proxy comes the PINs have to be under the sticker or in a sealed envelope; an opened one is not taken.",
		"本人が記入し、封をしたものをお持ちください。", "Bring the paper filled in by the holder and sealed.",
		awara.At("代理人が受け取る", "PICK-064", "PICK-058")),
		"代(か)わりの 人(ひと)が 来(く)る ときは、暗証番号(あんしょうばんごう)を シールや 封筒(ふうとう)で かくして ください。見(み)える ものは 受(う)け取(と)れません。", "本人(ほんにん)が 書(か)いて 封(ふう)を した 紙(かみ)を 持(も)って きて ください。"),
	"not_met_at_application": easily(no(
		"申請のときに職員が本人を確認していないカードは、郵送では受け取れません。", "A card whose applicant staff did not meet is not posted.",
		"交付通知書が届いたら、窓口で受け取ってください。", "Collect it at the window when the issuance notice has come.",
		awara.At("本人限定郵便で受け取る", "PICK-040", "CON-018")),
		"郵便(ゆうびん)では 受(う)け取(と)れません。", "はがきが 来(き)たら 役所(やくしょ)に 行(い)って ください。"),
	"documents_incomplete": easily(no(
		"申請のときに必要な本人確認書類などがそろっていなかったため、カードは郵送されません。", "The documents were not complete at the application, so the card is not posted.",
		"市区町村の窓口で受け取ってください。", "Collect it at the municipality.",
		awara.At("特急発行申請を利用する", "APP-039", "APP-031")),
		"書類(しょるい)が たりなかったので 郵便(ゆうびん)では 来(き)ません。", "役所(やくしょ)で 受(う)け取(と)って ください。"),
	"card_not_sent": easily(no(
		"カードはまだ発送されていません。", "The card has not been sent.",
		"到着通知書または配達をお待ちください。", "Wait for the arrival notice or the delivery.",
		awara.At("本人限定郵便で受け取る", "PICK-041", "NTF-006")),
		"カードは まだ 送(おく)られて いません。", "郵便(ゆうびん)が 来(く)るまで 待(ま)って ください。"),
	"handed_over_at_counter": easily(no(
		"このカードは簡易書留では送られず、市区町村の窓口で受け取ります。", "This card is not sent by simple registered mail; it is collected at the municipality.",
		"交付通知書が届いたら、窓口で受け取ってください。", "Collect it at the window when the issuance notice has come.",
		niigata.At("マイナンバーカードの受取(申請補助サービス)", "PICK-050", "APP-031", "EXP-044", "CON-018")),
		"この カードは 役所(やくしょ)で 受(う)け取(と)ります。", "はがきが 来(き)たら 役所(やくしょ)に 行(い)って ください。"),
	"entries_changed": easily(no(
		"申請の後に住所・氏名などが変わったため、カードは窓口で書き換えてからお渡しします。", "Entries have changed since the application, so the card is updated and handed over at the window.",
		"市区町村の窓口で受け取ってください。", "Collect it at the municipality.",
		niigata.At("マイナンバーカードの受取(申請補助サービス)", "APP-031")),
		"住所(じゅうしょ)や 名前(なまえ)が 変(か)わったので 郵便(ゆうびん)では 来(き)ません。", "役所(やくしょ)で 受(う)け取(と)って ください。"),
	"mail_came_back": easily(no(
		"郵送したカードは保管期間を過ぎて市区町村に戻りました。", "The posted card went back to the municipality after the post office's storage period.",
		"市区町村の窓口で受け取ってください。戻った日から長くたつと廃棄されます。", "Collect it at the municipality; long after its return it is destroyed.",
		awara.At("本人限定郵便・簡易書留で受け取る", "PICK-044", "PICK-049", "APP-031")),
		"カードは 役所(やくしょ)に もどりました。", "役所(やくしょ)で 受(う)け取(と)って ください。"),
	"no_certificate_to_renew": easily(no(
		"カードに更新できる電子証明書がありません。", "The card has no certificate to renew.",
		"発行していない電子証明書は追加できます。失効したものは新しく発行します。", "One that was not taken can be added; for a revoked one a new one is issued.",
		niigata.At("電子証明書を新たに取得したい", "CERT-010", "EXP-030")),
		"新(あたら)しく する 電子証明書(でんししょうめいしょ)が ありません。", "ふやす 手続(てつづ)きを して ください。"),
	"renew_the_card_instead": easily(no(
		"電子証明書の有効期限がカードと同じ日なので、電子証明書だけを更新しても期限は延びません。", "The certificates end on the card's last day, so renewing them alone gains nothing.",
		"カードを更新してください。電子証明書も新しくなります(在留期間のある人は、在留期間の更新に伴う有効期間の変更をしてください)。", "Renew the card, and its certificates are new too; with a period of stay, have the validity changed after its extension.",
		awara.At("更新手続", "EXP-021", "EXP-004")),
		"電子証明書(でんししょうめいしょ)だけ 新(あたら)しく しても 期限(きげん)は のびません。", "カードを 新(あたら)しく して ください。電子証明書(でんししょうめいしょ)も 新(あたら)しく なります。在留期間(ざいりゅうきかん)が ある 人(ひと)は、在留期間(ざいりゅうきかん)が のびた ときに カードの 期限(きげん)を 変(か)えて ください。"),
	"stop_the_card_first": easily(no(
		"なくしたカードがまだ止められていません。", "The lost card has not been stopped.",
		"まず "+lineInJapan+"(24時間)に電話してカードを止め、紛失・廃止届を出してください。", "Telephone "+lineInJapan+" first, day or night, then report the loss.",
		awara.At("なくしたとき", "LOSS-001", "LOSS-012", "LOSS-002")),
		"カードが まだ 止(と)まって いません。", "まず "+lineInJapan+"(24時間(じかん))に 電話(でんわ)して カードを 止(と)めて ください。それから、なくしたと 届(とど)けて ください。"),
	"no_ground_for_reissue": easily(no(
		"カードが使えるため、再交付の理由がありません。", "The card works, so there is no reason to replace it.",
		"有効期限が近いときは更新してください。", "Renew it when its last day is near.",
		awara.At("マイナンバーカードの再発行手続", "LOSS-040", "FEE-003")),
		"カードは 使(つか)えます。作(つく)り直(なお)す 理由(りゆう)が ありません。", "期限(きげん)が 近(ちか)い ときは 新(あたら)しく して ください。"),
	"nothing_lost": easily(no(
		"紛失・盗難・焼失のいずれでもないため、紛失・廃止届の必要はありません。", "Nothing was lost, stolen or burnt, so there is nothing to report.",
		"見つかったときは一時停止の解除を、壊れたときは再交付の手続きをしてください。", "Have the suspension lifted when the card was found; have it re-issued when it is damaged.",
		niigata.At("紛失した、盗難にあった", "LOSS-011", "CON-021")),
		"カードを なくして いません。", "見(み)つかった ときは また 使(つか)えるように できます。"),
	"no_living_card": easily(no(
		"有効なカードがありません。", "There is no card that still counts.",
		"新しいカードの手続きをしてください。失効・廃止したカードは元に戻せません。", "See to a new card; one that lapsed or was abolished is never revived.",
		niigata.At("有効期限前のカード失効", "LOSS-031", "CHG-034", "EXP-011")),
		"使(つか)える カードが ありません。", "新(あたら)しい カードを 作(つく)って ください。"),
	"found_after_abolition": easily(no(
		"見つかったカードは廃止されていて、もう使えません。", "The card that was found has been abolished and will not work again.",
		"見つかったカードは市区町村に返してください。再交付手数料は返りません。", "Hand the old card in at the municipality; the re-issue fee is not refunded.",
		awara.At("マイナンバーカードの再発行手続", "LOSS-022", "FEE-014")),
		"見(み)つかった カードは もう 使(つか)えません。", "役所(やくしょ)に 返(かえ)して ください。払(はら)った お金(かね)は もどりません。"),
	"card_not_domestic": easily(no(
		"国外転出者向けのカードでは、この手続きはできません。", "This is not for an overseas card.",
		"日本に転入した人は、転入届とともに国内のカードに切り替えてください。", "After moving to Japan, have it changed to a domestic card with the move-in notification.",
		awara.At("日本国外での利用について", "ELIG-001", "CON-019", "CON-035")),
		"外国(がいこく)で 使(つか)う カードでは できません。", "日本(にほん)の カードに 変(か)えて ください。"),
	"no_certificate_missing": easily(no(
		"電子証明書は二つとも発行されています。", "Both certificates are on the card.",
		"有効期限が近いときは更新してください。", "Renew them when their last day is near.",
		niigata.At("電子証明書を新たに取得したい", "CERT-010")),
		"電子証明書(でんししょうめいしょ)は 2つとも あります。", "期限(きげん)が 近(ちか)い ときは 新(あたら)しく して ください。"),
	"face_authentication_no_signature": easily(no(
		"顔認証マイナンバーカードには、署名用電子証明書を記録できません。", "A face-authentication card cannot hold a signature certificate.",
		"通常のカードに戻す手続きをしてください。", "Change the card back first.",
		facePages.At("顔認証マイナンバーカードとは", "CARD-027", "CARD-029")),
		"この カードに 署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)は 入(はい)りません。", "ふつうの カードに もどして ください。"),
	"photoless_no_face_authentication": easily(no(
		"顔写真なしカードは、顔認証マイナンバーカードにできません。", "A photo-less card cannot become a face-authentication card.",
		"そのままお使いください。暗証番号は法定代理人が設定します。", "Use it as it is; the statutory representative sets its PIN.",
		awara.At("暗証番号が不要なマイナンバーカード", "CARD-025", "ELIG-022")),
		"写真(しゃしん)がない カードは 変(か)えられません。", "そのまま 使(つか)って ください。"),
	"face_authentication_already": easily(no(
		"すでに顔認証マイナンバーカードです。", "It is a face-authentication card already.",
		"通常のカードに戻すこともできます。", "It can be changed back.",
		facePages.At("顔認証マイナンバーカードとは", "CARD-026")),
		"もう その カードです。", "ふつうの カードに もどす ことも できます。"),
	"face_authentication_not": easily(no(
		"顔認証マイナンバーカードではありません。", "It is no face-authentication card.",
		"暗証番号を忘れたときは、再設定の手続きをしてください。", "If a PIN is forgotten, have it reset.",
		facePages.At("顔認証マイナンバーカードとは", "CARD-026", "CARD-030")),
		"「顔認証(かおにんしょう)」の カードでは ありません。", "暗証番号(あんしょうばんごう)を 忘(わす)れた ときは 決(き)め直(なお)せます。"),
	"user_certificate_needed": easily(no(
		"顔認証マイナンバーカードには利用者証明用電子証明書が必要です。", "A face-authentication card needs the user authentication certificate.",
		"先に利用者証明用電子証明書を発行してください。", "Have that certificate added first.",
		facePages.At("顔認証マイナンバーカードとは", "CARD-028", "ELIG-022")),
		"4つの 数字(すうじ)の 電子証明書(でんししょうめいしょ)が いります。", "先(さき)に 電子証明書(でんししょうめいしょ)を ふやして ください。"),
}
