package rules

// Procedures about people who live in Japan: application, pickup, renewal, re-issue, loss of a domestic card: their
// list, their conditions, their questions and their days. Their sheets stand beside, one file a family.

const (
	ApplyAtHome             Procedure = "apply_at_home"
	ApplyByOutreach         Procedure = "apply_by_outreach"
	ExpressIssue            Procedure = "express_issue"
	ReplaceForm             Procedure = "replace_application_form"
	FollowApplication       Procedure = "follow_application"
	CollectAtHome           Procedure = "collect_at_home"
	CollectByPersonalMail   Procedure = "collect_by_personal_mail"
	CollectByRegisteredMail Procedure = "collect_by_registered_mail"
	RenewCardAtHome         Procedure = "renew_card_at_home"
	RenewCertificatesAtHome Procedure = "renew_certificates_at_home"
	ReissueAtHome           Procedure = "reissue_at_home"
	ReportLossAtHome        Procedure = "report_loss_at_home"
	LiftAtHome              Procedure = "lift_suspension_at_home"
	AddCertificates         Procedure = "add_certificates"
	SwitchToFaceAuth        Procedure = "switch_to_face_authentication"
	SwitchBack              Procedure = "switch_back_from_face_authentication"
)

var homeProcedures = []Info{
	{ApplyAtHome, GroupApply, words("カードの申請(国内)", "Apply for a card in Japan", "カードを 申(もう)し込(こ)む"), &ApplyForCardAtHome},
	{ApplyByOutreach, GroupApply, words("出張申請(市区町村の職員が出向く申請)", "Apply to staff who come out", "役所(やくしょ)の 人(ひと)に 来(き)て もらって 申(もう)し込(こ)む"), &ApplyToStaff},
	{ExpressIssue, GroupApply, words("特急発行の申請", "Apply for express issuance", "いそいで カードを 作(つく)る"), &ApplyByExpress},
	{ReplaceForm, GroupApply, words("交付申請書の再発行", "Replace a lost application form", "申込(もうしこ)みの 紙(かみ)を もう一度(いちど) もらう"), &ReplaceApplicationForm},
	{FollowApplication, GroupUnderWay, words("申請状況の照会", "Follow an application", "申込(もうしこ)みが どう なったか 見(み)る"), &FollowAnApplication},
	{CollectAtHome, GroupPickup, words("カードの受取り(市区町村の窓口)", "Collect a card at the municipality", "役所(やくしょ)で カードを 受(う)け取(と)る"), &CollectAtCounter},
	{CollectByPersonalMail, GroupPickup, words("カードの受取り(本人限定受取郵便)", "Receive a card by personal-delivery mail", "郵便(ゆうびん)で 本人(ほんにん)が 受(う)け取(と)る"), &CollectPersonalMail},
	{CollectByRegisteredMail, GroupPickup, words("カードの受取り(簡易書留)", "Receive a card by simple registered mail", "書留(かきとめ)の 郵便(ゆうびん)で 受(う)け取(と)る"), &CollectRegisteredMail},
	{RenewCardAtHome, GroupRenewal, words("カードの更新(国内)", "Renew a card in Japan", "カードを 新(あたら)しく する"), &RenewCard},
	{RenewCertificatesAtHome, GroupRenewal, words("電子証明書の更新(国内)", "Renew the certificates in Japan", "電子証明書(でんししょうめいしょ)を 新(あたら)しく する"), &RenewCertificates},
	{ReportLossAtHome, GroupLoss, words("紛失・廃止届(国内)", "Report the loss of a card in Japan", "カードを なくしたと 届(とど)ける"), &ReportLoss},
	{LiftAtHome, GroupLoss, words("一時停止の解除(国内のカード)", "Lift the suspension of a domestic card", "止(と)めた カードを また 使(つか)う"), &LiftSuspension},
	{ReissueAtHome, GroupLoss, words("カードの再交付(国内)", "Have a card re-issued in Japan", "カードを もう一度(いちど) 作(つく)る"), &ReissueCard},
	{AddCertificates, GroupCertificates, words("発行していない電子証明書の追加", "Add a certificate that was not taken at first", "電子証明書(でんししょうめいしょ)を ふやす"), &AddCertificatesToCard},
	{SwitchToFaceAuth, GroupPINs, words("顔認証マイナンバーカードへの切替え", "Change to a face-authentication card", "暗証番号(あんしょうばんごう)が いらない カードに する"), &SwitchToFaceAuthentication},
	{SwitchBack, GroupPINs, words("顔認証マイナンバーカードから通常のカードへの切替え", "Change a face-authentication card back", "暗証番号(あんしょうばんごう)を 使(つか)う カードに もどす"), &SwitchBackFromFaceAuthentication},
}

// Conditions of these procedures.
const (
	FormHasID            Cond = "form_has_id"
	FormFitsChannel      Cond = "form_fits_channel"
	PhotoNeeded          Cond = "photo_needed"
	ByOnline             Cond = "by_online"
	CardExpired          Cond = "card_expired"
	CardEndedEarly       Cond = "card_ended_early"
	RenewableNow         Cond = "card_renewable_now"
	FirstOrRenewal       Cond = "first_card_or_renewal"
	WantsExpress         Cond = "wants_express"
	ExpressGrounded      Cond = "express_ground"
	ExpressRenewal       Cond = "express_for_renewal"
	ExpressInTime        Cond = "express_in_time"
	LivingOverseasCard   Cond = "living_overseas_card"
	WithBirthNotice      Cond = "with_birth_notification"
	LostOutside          Cond = "lost_outside_home"
	ApplicationFiled     Cond = "application_filed"
	ApplicationIDKnown   Cond = "application_id_known"
	StatusVisible        Cond = "status_visible"
	CardAtCounter        Cond = "card_at_counter"
	StillKept            Cond = "card_still_kept"
	PastPickupDeadline   Cond = "past_pickup_deadline"
	HolderOrGround       Cond = "holder_or_proxy_ground"
	GroundAccepted       Cond = "proxy_ground_accepted"
	HolderStaysAway      Cond = "holder_stays_away"
	HolderOrSealed       Cond = "holder_or_pins_sealed"
	RelationVisible      Cond = "relation_visible"
	OutsideHousehold     Cond = "proxy_outside_household"
	HasNumberPaper       Cond = "has_number_paper"
	HasJukiCard          Cond = "has_juki_card"
	FormerCardAtHand     Cond = "former_card_at_hand"
	MetAtApplication     Cond = "met_at_application"
	DocumentsComplete    Cond = "documents_complete"
	CardOnItsWay         Cond = "card_on_its_way"
	SentRegistered       Cond = "sent_registered"
	EntriesUnchanged     Cond = "entries_unchanged"
	MailNotReturned      Cond = "mail_not_returned"
	CertificateOfCard    Cond = "has_a_certificate"
	CertificatesDue      Cond = "certificates_due"
	CertificatesGain     Cond = "certificates_gain"
	PINForgottenOrLocked Cond = "pin_forgotten_or_locked"
	LossReported         Cond = "lost_card_stopped"
	ReissueGrounded      Cond = "reissue_ground"
	ExpressOpen          Cond = "express_open"
	ExpressStillOpen     Cond = "express_still_open"
	SuspendedOrEnded     Cond = "card_suspended_or_ended"
	ReasonLoss           Cond = "reason_loss"
	ReasonDisaster       Cond = "reason_disaster"
	SomethingLost        Cond = "card_lost_or_stolen"
	CertificateMissing   Cond = "certificate_missing"
	SignatureMissing     Cond = "signature_missing"
	ProxyMayAdd          Cond = "proxy_may_add" // CERT-011
	WithoutPhoto         Cond = "card_without_photo"
	HasUserCertificate   Cond = "has_user_authentication"
	PhoneCertificates    Cond = "phone_certificates_there"
	PeriodOfStayBound    Cond = "period_of_stay_bound"
)

// groundIs is the condition that the proxy's reason is this one.
func groundIs(g ProxyGround) Cond { return Cond("ground_" + string(g)) }

var homeConds = merge(map[Cond]CondText{
	FormHasID: either("申請書に申請書IDと二次元コードがあること", "the form bears an application ID and code", "申請書に申請書IDと二次元コードがないこと", "the form bears no application ID or code").
		plainly("申込(もうしこ)みの 紙(かみ)に 申請書(しんせいしょ)IDと QRコードが ある こと", "申込(もうしこ)みの 紙(かみ)に 申請書(しんせいしょ)IDと QRコードが ない こと"),
	FormFitsChannel: either("申請書がこの方法で使えること", "the form can be used by this channel", "申請書がこの方法で使えないこと", "the form cannot be used by this channel").
		plainly("その 紙(かみ)が この やり方(かた)で 使(つか)える こと", "その 紙(かみ)が この やり方(かた)で 使(つか)えない こと"),
	PhotoNeeded: either("申請の日に1歳以上であること", "1 or over on the day of application", "申請の日に1歳未満であること", "under 1 on the day of application").
		plainly("申(もう)し込(こ)む 日(ひ)に 1歳(さい)か それより 上(うえ)である こと", "申(もう)し込(こ)む 日(ひ)に 1歳(さい)に なっていない こと"),
	ByOnline: either("オンラインで申請すること", "applying online", "オンライン以外で申請すること", "applying otherwise than online").
		plainly("インターネットで 申(もう)し込(こ)む こと", "インターネットではない やり方(かた)で 申(もう)し込(こ)む こと"),
	CardExpired: either("カードの有効期間が満了していること", "the card has expired", "カードの有効期間が満了していないこと", "the card has not expired").
		plainly("カードの 期限(きげん)が 切(き)れている こと", "カードの 期限(きげん)が 切(き)れていない こと"),
	CardEndedEarly: either("カードが有効期限の前に失効・返納・廃止となったこと", "the card ended before its last day", "カードが有効期限の前に失効・返納・廃止となっていないこと", "the card has not ended before its last day").
		plainly("カードが 期限(きげん)の 前(まえ)に 使(つか)えなく なった、返(かえ)した、または やめた こと", "カードが 期限(きげん)の 前(まえ)に 終(お)わったのではない こと"),
	RenewableNow: either("カードの有効期限まで3か月未満、または満了後であること", "less than three months remain on the card, or it has expired", "カードの有効期限まで3か月以上あること", "three months or more remain on the card").
		plainly("カードの 期限(きげん)まで 3か月(げつ)より 短(みじか)い、または 期限(きげん)が 切(き)れている こと", "カードの 期限(きげん)まで 3か月(げつ)か それより 長(なが)く ある こと"),
	FirstOrRenewal: either("はじめての申請、または更新できる時期であること", "a first application, or the time of renewal", "有効なカードがあり、更新できる時期でないこと", "a card is valid and not yet to be renewed").
		plainly("はじめての 申込(もうしこ)み、または 新(あたら)しく できる 時期(じき)である こと", "終(お)わっていない カードが あって、まだ 新(あたら)しく できない こと"),
	WantsExpress: either("特急発行を希望すること", "express issuance is wanted", "特急発行を希望しないこと", "express issuance is not wanted").
		plainly("いそぎの 発行(はっこう)が いい こと", "いそぎの 発行(はっこう)ではなくて いい こと"),
	ExpressGrounded: either("特急発行の対象であること", "a ground for express issuance", "特急発行の対象でないこと", "no ground for express issuance").
		plainly("いそぎの 発行(はっこう)が できる 人(ひと)である こと", "いそぎの 発行(はっこう)が できない 人(ひと)である こと"),
	ExpressRenewal: either("有効期間満了による更新であること", "a renewal because of expiry", "有効期間満了による更新でないこと", "not a renewal because of expiry").
		plainly("期限(きげん)が 来(き)て 新(あたら)しく する こと", "期限(きげん)が 来(き)て 新(あたら)しく するのではない こと"),
	ExpressInTime: either("特急発行の申請期限内であること", "in time for express issuance", "特急発行の申請期限を過ぎていること", "too late for express issuance").
		plainly("いそぎの 発行(はっこう)の 期限(きげん)に 間(ま)に合(あ)う こと", "いそぎの 発行(はっこう)の 期限(きげん)を 過(す)ぎた こと"),
	LivingOverseasCard: either("有効な国外転出者向けのカードを持っていること", "has a living overseas card", "有効な国外転出者向けのカードを持っていないこと", "has no living overseas card").
		plainly("終(お)わっていない「国外転出(こくがいてんしゅつ)」の カードを 持(も)っている こと", "終(お)わっていない「国外転出(こくがいてんしゅつ)」の カードを 持(も)っていない こと"),
	WithBirthNotice: either("出生届と一緒に申請すること", "applied for together with the birth notification", "出生届と一緒の申請でないこと", "not together with the birth notification").
		plainly("赤(あか)ちゃんの 出生届(しゅっしょうとどけ)と いっしょに 申(もう)し込(こ)む こと", "出生届(しゅっしょうとどけ)と いっしょの 申込(もうしこ)みではない こと"),
	LostOutside: either("自宅の外での紛失・盗難であること", "lost or stolen outside the home", "自宅の外での紛失・盗難でないこと", "not lost or stolen outside the home").
		plainly("家(いえ)の 外(そと)で なくした、または 盗(ぬす)まれた こと", "家(いえ)の 外(そと)で なくしたり 盗(ぬす)まれたりしたのではない こと"),
	ApplicationFiled: either("カードを申請したこと", "an application has been handed in", "カードを申請していないこと", "no application has been handed in").
		plainly("カードを 申(もう)し込(こ)んだ こと", "カードを 申(もう)し込(こ)んでいない こと"),
	ApplicationIDKnown: either("申請書IDが分かること", "the application ID is known", "申請書IDが分からないこと", "the application ID is not known").
		plainly("申請書(しんせいしょ)IDが わかる こと", "申請書(しんせいしょ)IDが わからない こと"),
	StatusVisible: either("申請から照会できる日数がたっていること", "enough days have passed since the application", "申請から照会できる日数がたっていないこと", "too few days have passed since the application").
		plainly("申(もう)し込(こ)んでから、見(み)られる ように なる 日数(にっすう)が たった こと", "申(もう)し込(こ)んでから、見(み)られる ように なる 日数(にっすう)が まだ たっていない こと"),
	CardAtCounter: either("カードが窓口に届いていること(交付通知書が出ていること)", "the card is at the window and the issuance notice is out", "カードがまだ窓口に届いていないこと", "the card is not at the window yet").
		plainly("カードが 窓口(まどぐち)に 届(とど)いている こと(お知(し)らせの 紙(かみ)が 出(で)ている こと)", "カードが まだ 窓口(まどぐち)に 届(とど)いていない こと"),
	StillKept: either("カードがまだ保管されていること", "the card is still kept", "カードが廃棄されていること", "the card has been destroyed").
		plainly("カードが まだ 窓口(まどぐち)に ある こと", "カードが もう 捨(す)てられている こと"),
	PastPickupDeadline: either("受取期限を過ぎていること", "the pickup deadline has passed", "受取期限内であること", "the pickup deadline has not passed").
		plainly("受(う)け取(と)る 期限(きげん)を 過(す)ぎている こと", "受(う)け取(と)る 期限(きげん)を 過(す)ぎていない こと"),
	HolderOrGround: either("本人が来ること、または代理人が受け取れる理由があること", "the holder comes, or a proxy for an accepted reason", "代理人が受け取れる理由がないこと", "there is no accepted reason for a proxy").
		plainly("本人(ほんにん)が 来(く)る、または 代(か)わりの 人(ひと)が 受(う)け取(と)れる 理由(りゆう)が ある こと", "代(か)わりの 人(ひと)が 受(う)け取(と)れる 理由(りゆう)が ない こと"),
	GroundAccepted: either("本人が来られない、認められた理由があること", "an accepted reason why the holder cannot come", "本人が来られない、認められた理由がないこと", "no accepted reason why the holder cannot come").
		plainly("本人(ほんにん)が 来(こ)られない、認(みと)められた 理由(りゆう)が ある こと", "本人(ほんにん)が 来(こ)られない、認(みと)められた 理由(りゆう)が ない こと"),
	HolderStaysAway: either("本人ではなく代理人が来ること", "a proxy comes in place of the holder", "本人が来ること", "the holder comes").
		plainly("本人(ほんにん)ではなく 代(か)わりの 人(ひと)が 来(く)る こと", "本人(ほんにん)が 来(く)る こと"),
	HolderOrSealed: either("本人が来ること、または暗証番号が隠されていること", "the holder comes, or the PINs are sealed", "代理人が来て、暗証番号が隠されていないこと", "a proxy comes and the PINs are not sealed").
		plainly("本人(ほんにん)が 来(く)る、または 暗証番号(あんしょうばんごう)が 見(み)えない ように して ある こと", "代(か)わりの 人(ひと)が 来(き)て、暗証番号(あんしょうばんごう)が 見(み)える こと"),
	RelationVisible: either("法定代理人との続柄を住民票またはその市区町村の戸籍で確かめられること", "the relation can be seen in the resident record or in a family register kept there", "法定代理人との続柄を窓口で確かめられないこと", "the relation cannot be seen at the window").
		plainly("親(おや)や 後見人(こうけんにん)である ことが、住民票(じゅうみんひょう)か その 役所(やくしょ)の 戸籍(こせき)で わかる こと", "親(おや)や 後見人(こうけんにん)である ことが、窓口(まどぐち)で わからない こと"),
	OutsideHousehold: either("同じ世帯でも法定代理人でもない代理人が来ること", "a proxy who is neither of the household nor a statutory representative", "代理人が同じ世帯の人か法定代理人であること", "the proxy is of the household or a statutory representative").
		plainly("いっしょに 住(す)む 家族(かぞく)でも、親(おや)や 後見人(こうけんにん)でも ない 人(ひと)が 代(か)わりに 来(く)る こと", "いっしょに 住(す)む 家族(かぞく)か、親(おや)や 後見人(こうけんにん)が 代(か)わりに 来(く)る こと"),
	HasNumberPaper: either("通知カードまたは個人番号通知書があること", "has the Notification Card or the Individual Number Notice", "通知カードも個人番号通知書もないこと", "has neither the Notification Card nor the Individual Number Notice").
		plainly("通知(つうち)カードか 個人番号通知書(こじんばんごうつうちしょ)が ある こと", "通知(つうち)カードも 個人番号通知書(こじんばんごうつうちしょ)も ない こと"),
	HasJukiCard: either("住民基本台帳カードがあること", "has a Basic Resident Register Card", "住民基本台帳カードがないこと", "has no Basic Resident Register Card").
		plainly("住民基本台帳(じゅうみんきほんだいちょう)カードが ある こと", "住民基本台帳(じゅうみんきほんだいちょう)カードが ない こと"),
	FormerCardAtHand: either("古いマイナンバーカードが手元にあること", "the former card is at hand", "古いマイナンバーカードが手元にないこと", "the former card is not at hand").
		plainly("古(ふる)い マイナンバーカードを いま 持(も)っている こと", "古(ふる)い マイナンバーカードが 手(て)もとに ない こと"),
	MetAtApplication: either("申請のときに職員が本人に会っていること", "staff met the applicant at the application", "申請のときに職員が本人に会っていないこと", "staff did not meet the applicant at the application").
		plainly("申(もう)し込(こ)む ときに 役所(やくしょ)の 人(ひと)が 本人(ほんにん)に 会(あ)っている こと", "申(もう)し込(こ)む ときに 役所(やくしょ)の 人(ひと)が 本人(ほんにん)に 会(あ)っていない こと"),
	DocumentsComplete: either("申請のときに必要書類がそろっていたこと", "the documents were complete at the application", "申請のときに必要書類がそろっていなかったこと", "the documents were not complete at the application").
		plainly("申(もう)し込(こ)む ときに いる 紙(かみ)が 全部(ぜんぶ) あった こと", "申(もう)し込(こ)む ときに いる 紙(かみ)が 全部(ぜんぶ)は なかった こと"),
	CardOnItsWay: either("カードが発送されていること", "the card has been sent", "カードがまだ発送されていないこと", "the card has not been sent").
		plainly("カードが 送(おく)られている こと", "カードが まだ 送(おく)られていない こと"),
	SentRegistered: either("特急発行、または窓口での初回申請であること", "express issuance, or a first application at a window", "特急発行でも窓口での初回申請でもないこと", "neither express issuance nor a first application at a window").
		plainly("いそぎの 発行(はっこう)、または 窓口(まどぐち)での はじめての 申込(もうしこ)みである こと", "いそぎの 発行(はっこう)でも、窓口(まどぐち)での はじめての 申込(もうしこ)みでも ない こと"),
	EntriesUnchanged: either("申請の後に住所・氏名などが変わっていないこと", "nothing on the card has changed since the application", "申請の後に住所・氏名などが変わったこと", "entries have changed since the application").
		plainly("申(もう)し込(こ)んでから 住所(じゅうしょ)や 名前(なまえ)などが 変(か)わっていない こと", "申(もう)し込(こ)んでから 住所(じゅうしょ)や 名前(なまえ)などが 変(か)わった こと"),
	MailNotReturned: either("郵送されたカードが市区町村に戻っていないこと", "the posted card has not come back", "郵送されたカードが市区町村に戻っていること", "the posted card has come back").
		plainly("郵便(ゆうびん)で 送(おく)った カードが 役所(やくしょ)に 戻(もど)っていない こと", "郵便(ゆうびん)で 送(おく)った カードが 役所(やくしょ)に 戻(もど)っている こと"),
	CertificateOfCard: either("カードに電子証明書があること", "the card has a certificate", "カードに電子証明書がないこと", "the card has no certificate").
		plainly("カードに 電子証明書(でんししょうめいしょ)が ある こと", "カードに 電子証明書(でんししょうめいしょ)が ない こと"),
	CertificatesDue: either("電子証明書の有効期限まで3か月未満、または満了後であること", "less than three months remain on a certificate, or it has expired", "電子証明書の有効期限まで3か月以上あること", "three months or more remain on the certificates").
		plainly("電子証明書(でんししょうめいしょ)の 期限(きげん)まで 3か月(げつ)より 短(みじか)い、または 期限(きげん)が 切(き)れている こと", "電子証明書(でんししょうめいしょ)の 期限(きげん)まで 3か月(げつ)か それより 長(なが)く ある こと"),
	CertificatesGain: either("電子証明書がカードより先に満了すること", "a certificate ends before the card", "電子証明書の有効期限がカードと同じ日であること", "the certificates end on the card's last day").
		plainly("電子証明書(でんししょうめいしょ)が カードより 先(さき)に 期限(きげん)が 来(く)る こと", "電子証明書(でんししょうめいしょ)の 期限(きげん)が カードと 同(おな)じ 日(ひ)である こと"),
	PINForgottenOrLocked: either("忘れた、またはロックされた暗証番号があること", "a PIN is forgotten or locked", "暗証番号がすべて分かること", "every PIN is known").
		plainly("忘(わす)れた、または ロックされた 暗証番号(あんしょうばんごう)が ある こと", "暗証番号(あんしょうばんごう)が 全部(ぜんぶ) わかる こと"),
	LossReported: either("紛失・盗難ではない、またはカードの一時停止・廃止が済んでいること", "not lost, or the card has been stopped", "紛失したカードがまだ止められていないこと", "the lost card has not been stopped").
		plainly("なくしたり 盗(ぬす)まれたりしたのではない、または カードを もう 止(と)めたか やめた こと", "なくした カードを まだ 止(と)めていない こと"),
	ReissueGrounded: either("紛失・破損・失効・返納など再交付の理由があること", "a reason for a new card: lost, damaged, lapsed, returned, full", "再交付の理由がないこと", "no reason for a new card").
		plainly("なくした、こわれた、使(つか)えなく なった、返(かえ)した など、もう一度(いちど) 作(つく)る 理由(りゆう)が ある こと", "もう一度(いちど) 作(つく)る 理由(りゆう)が ない こと"),
	ExpressOpen: either("特急発行を希望しない、または対象であること", "express is not wanted, or there is a ground", "特急発行を希望していて、対象でないこと", "express is wanted without a ground").
		plainly("いそぎの 発行(はっこう)ではなくて いい、または いそぎの 発行(はっこう)が できる 人(ひと)である こと", "いそぎの 発行(はっこう)が いいけれど、できない 人(ひと)である こと"),
	ExpressStillOpen: either("特急発行を希望しない、または期限内であること", "express is not wanted, or it is in time", "特急発行を希望していて、期限を過ぎていること", "express is wanted too late").
		plainly("いそぎの 発行(はっこう)ではなくて いい、または 期限(きげん)に 間(ま)に合(あ)う こと", "いそぎの 発行(はっこう)が いいけれど、期限(きげん)を 過(す)ぎた こと"),
	SuspendedOrEnded: either("カードが一時停止中か、すでに廃止・失効などしていること", "the card is suspended, or has ended", "カードが止められていないこと", "the card has not been stopped").
		plainly("カードを 止(と)めている、または カードが もう 終(お)わっている こと", "カードを 止(と)めていない こと"),
	ReasonLoss: either("カードをなくした・盗まれたこと", "the card was lost or stolen", "カードの紛失・盗難でないこと", "the card was not lost or stolen").
		plainly("カードを なくした、または 盗(ぬす)まれた こと", "カードを なくしたり 盗(ぬす)まれたりしたのではない こと"),
	ReasonDisaster: either("災害による紛失・破損であること", "lost or damaged in a disaster", "災害によるものでないこと", "not because of a disaster").
		plainly("災害(さいがい)で なくした、または こわれた こと", "災害(さいがい)の せいではない こと"),
	SomethingLost: either("カードの紛失・盗難・焼失であること", "the card was lost, stolen or burnt", "カードの紛失・盗難・焼失でないこと", "the card was not lost, stolen or burnt").
		plainly("カードを なくした、盗(ぬす)まれた、または カードが 燃(も)えた こと", "カードを なくしたり 盗(ぬす)まれたり、カードが 燃(も)えたりしたのではない こと"),
	CertificateMissing: either("発行していない電子証明書があること", "a certificate was not issued", "電子証明書が二つとも発行されていること", "both certificates were issued").
		plainly("まだ もらっていない 電子証明書(でんししょうめいしょ)が ある こと", "電子証明書(でんししょうめいしょ)を 2つとも もらっている こと"),
	SignatureMissing: either("署名用電子証明書を発行していないこと", "the signature certificate was not issued", "署名用電子証明書が発行されていること", "the signature certificate was issued").
		plainly("署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もらっていない こと", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もらっている こと"),
	ProxyMayAdd: either("15歳以上で成年被後見人でないこと、または利用者証明用電子証明書の追加であること", "15 or over and no ward, or the user authentication certificate is to be added", "15歳未満または成年被後見人で、署名用電子証明書だけの追加であること", "under 15 or a ward, and only the signature certificate is to be added").
		plainly("15歳(さい)か それより 上(うえ)である こと、または 4つの 数字(すうじ)の 電子証明書(でんししょうめいしょ)を ふやす こと", "15歳(さい)より 下(した)で、署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)だけを ふやす こと"),
	WithoutPhoto: either("顔写真なしカードであること", "a photo-less card", "顔写真のあるカードであること", "a card with photo").
		plainly("写真(しゃしん)が ない カードである こと", "写真(しゃしん)が ある カードである こと"),
	HasUserCertificate: either("利用者証明用電子証明書があること", "has a user authentication certificate", "利用者証明用電子証明書がないこと", "has no user authentication certificate").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が ある こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が ない こと"),
	PhoneCertificates: either("スマホ用電子証明書があること", "certificates are on a phone", "スマホ用電子証明書がないこと", "no certificates are on a phone").
		plainly("スマホの 電子証明書(でんししょうめいしょ)が ある こと", "スマホの 電子証明書(でんししょうめいしょ)が ない こと"),
	PeriodOfStayBound: either("カードの有効期間が在留期間によること", "the card ends with the period of stay", "カードの有効期間が在留期間によらないこと", "the card does not end with the period of stay").
		plainly("カードの 期限(きげん)が 在留期間(ざいりゅうきかん)で 決(き)まる こと", "カードの 期限(きげん)が 在留期間(ざいりゅうきかん)で 決(き)まらない こと"),
}, groundConds())

// groundConds are one condition for each reason.
func groundConds() map[Cond]CondText {
	out := map[Cond]CondText{}
	for _, g := range ProxyGrounds11 {
		n := ProxyGroundNames[g]
		out[groundIs(g)] = either("理由が「"+n.Ja+"」であること", "the reason: "+n.En, "理由が「"+n.Ja+"」でないこと", "another reason than: "+n.En).
			plainly("理由(りゆう)が「"+n.Easy+"」である こと", "理由(りゆう)が「"+n.Easy+"」ではない こと")
	}
	return out
}

var homeDays = map[string]DayText{
	"home_pickup_deadline": {words("カードは %s までに受け取ってください。", "Collect the card by %s.", "カードは %s までに 受(う)け取(と)って ください。"), niigata.At("マイナンバーカードの受取", "PICK-005")},
	"home_card_kept":       {words("%s を過ぎると、カードは廃棄され、申請からやり直しになります。", "After %s the card is destroyed and has to be applied for again.", "%s を 過(す)ぎると カードは なくなります。"), awaraKept.At("廃棄", "PICK-005")},
	"express_last_day":     {words("特急発行は %s まで申請できます。", "Express issuance can be applied for until %s.", "いそぎの 申込(もうしこ)みは %s までです。"), expressPages.At("申請期限", "ELIG-024", "APP-035")},
	"card_renewal":         {words("カードは %s から更新できます(有効期限を過ぎた後もできます)。", "The card can be renewed from %s, and after its last day too.", "カードは %s から 新(あたら)しく できます。"), niigata.At("カード本体", "EXP-022", "CON-005")},
	"certificate_renewal":  {words("電子証明書は %s から更新できます(有効期限を過ぎた後もできます)。", "The certificates can be renewed from %s, and after their last day too.", "電子証明書(でんししょうめいしょ)は %s から 新(あたら)しく できます。"), niigata.At("電子証明書", "EXP-022", "EXP-025", "CON-035")},
	"status_visible":       {words("申請状況は %s から照会できます。", "The status can be followed from %s.", "%s から 見(み)ることが できます。"), jlisStatus.At("照会できる時期", "APP-060")},
}
