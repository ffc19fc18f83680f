package rules

import "mynumber/internal/law"

// Procedures about phones, services that use the card, and the Individual Number: their list, their conditions and their
// questions. Their refusals and sheets stand beside, one file a family; what they compute from stands in services.go.

const (
	PhoneIssue        Procedure = "phone_certificates_issue"
	PhoneReissue      Procedure = "phone_certificates_reissue"
	PhoneModelChange  Procedure = "phone_model_change"
	PhoneRevoke       Procedure = "phone_certificates_revoke"
	PhoneStop         Procedure = "phone_certificates_stop"
	PhoneLift         Procedure = "phone_certificates_lift"
	RegisterInsurance Procedure = "register_insurance_use"
	UseInsurance      Procedure = "use_as_insurance_card"
	UseOldInsurance   Procedure = "use_old_insurance_card"
	AskEligibility    Procedure = "ask_for_eligibility_certificate"
	KioskUse          Procedure = "use_at_kiosk"
	NumberCopyGet     Procedure = "get_number_copy"
	PortalLogin       Procedure = "login_to_mynaportal"
	OnlineSign        Procedure = "sign_online"
	FourItems         Procedure = "consent_four_items"
	MoneyAccount      Procedure = "register_public_money_account"
	Licence           Procedure = "register_driving_licence"
	NumberAsked       Procedure = "ask_for_number"
	Linkage           Procedure = "leave_papers_out"
	IdentityCheck     Procedure = "check_identity_in_person"
	FormFilling       Procedure = "fill_in_forms"
)

var servicesProcedures = []Info{
	{PhoneIssue, GroupPhone, words("スマホ用電子証明書の発行", "Issue certificates on a phone", "スマートフォンに 電子証明書(でんししょうめいしょ)を 入(い)れる"), &IssueOnPhone},
	{PhoneReissue, GroupPhone, words("スマホ用電子証明書の再発行(更新・失効の後)", "Issue certificates on a phone anew", "スマートフォンの 電子証明書(でんししょうめいしょ)を もう一度(いちど) 入(い)れる"), &ReissueOnPhone},
	{PhoneModelChange, GroupPhone, words("スマートフォンの機種変更", "Move certificates to another phone", "スマートフォンを 変(か)える"), &ChangePhone},
	{PhoneRevoke, GroupPhone, words("スマホ用電子証明書の失効(売却・修理・廃棄の前)", "Revoke certificates on a phone", "スマートフォンの 電子証明書(でんししょうめいしょ)を やめる"), &RevokeOnPhone},
	{PhoneStop, GroupPhone, words("スマートフォンをなくしたときの一時停止", "Stop the certificates of a lost phone", "スマートフォンを なくした とき 止(と)める"), &StopOnPhone},
	{PhoneLift, GroupPhone, words("スマホ用電子証明書の一時停止の解除", "Lift the stop on a phone", "止(と)めた スマートフォンを また 使(つか)う"), &LiftOnPhone},
	{RegisterInsurance, GroupServices, words("健康保険証としての利用登録", "Register the card as insurance card", "カードを 保険証(ほけんしょう)に する"), &RegisterInsuranceUse},
	{UseInsurance, GroupServices, words("医療機関でのマイナ保険証の利用", "Use the card as insurance card", "病院(びょういん)で カードを 使(つか)う"), &UseAsInsuranceCard},
	{UseOldInsurance, GroupServices, words("これまでの健康保険証の利用", "Use an old health insurance card", "前(まえ)の 保険証(ほけんしょう)を 使(つか)う"), &UseOldInsuranceCard},
	{AskEligibility, GroupServices, words("資格確認書の申請", "Ask for an eligibility certificate", "資格確認書(しかくかくにんしょ)を もらう"), &AskForEligibilityCertificate},
	{KioskUse, GroupServices, words("コンビニ交付", "Get certificates at a kiosk", "コンビニで 証明書(しょうめいしょ)を もらう"), &UseAtKiosk},
	{PortalLogin, GroupServices, words("マイナポータルへのログイン", "Log in to Mynaportal", "マイナポータルを 使(つか)う"), &LoginToMynaportal},
	{OnlineSign, GroupServices, words("オンライン手続き(e-Taxなど)での電子署名", "Sign online procedures such as e-Tax", "インターネットで 署名(しょめい)する"), &SignOnline},
	{FourItems, GroupServices, words("最新の4情報の提供への同意", "Agree to the latest four items being provided", "新(あたら)しい 名前(なまえ)・住所(じゅうしょ)・生年月日(せいねんがっぴ)・性別(せいべつ)を 会社(かいしゃ)などに 知(し)らせて いいと 言(い)う こと"), &ConsentFourItems},
	{MoneyAccount, GroupServices, words("公金受取口座の登録", "Register an account for public money", "国(くに)から お金(かね)を もらう 口座(こうざ)を 登録(とうろく)する"), &RegisterAccount},
	{Licence, GroupServices, words("マイナ免許証の登録", "Put the driving licence on the card", "免許(めんきょ)を カードに 入(い)れる"), &RegisterLicence},
	{IdentityCheck, GroupServices, words("対面でのカードによる本人確認", "Check a person's identity by the card", "カードで 本人(ほんにん)か 見(み)る"), &CheckIdentityInPerson},
	{FormFilling, GroupServices, words("申請書作成補助(書かない窓口)", "Have forms filled in from the card", "カードで 申請書(しんせいしょ)を 作(つく)る"), &FillInForms},
	{NumberCopyGet, GroupNumber, words("マイナンバー入りの住民票の取得", "Get a resident record copy with the number", "マイナンバーが 書(か)いて ある 住民票(じゅうみんひょう)を もらう"), &GetNumberCopy},
	{NumberAsked, GroupNumber, words("マイナンバーの提示を求められたとき", "When somebody asks for the Individual Number", "マイナンバーを 聞(き)かれた とき"), &AskForNumber},
	{Linkage, GroupNumber, words("情報連携による添付書類の省略", "Leave papers out by information linkage", "書類(しょるい)を 出(だ)さないで 申請(しんせい)する"), &LeavePapersOut},
}

// Conditions of these procedures.
const (
	PhoneKindServed        Cond = "phone_kind_served"
	PhoneIsAndroid         Cond = "phone_is_android"
	PhoneSupported         Cond = "phone_supported"
	PhoneWorks             Cond = "phone_works"
	PhoneInHand            Cond = "phone_in_hand"
	PhoneHeld              Cond = "phone_certificates_held"
	PhoneCertificatesEnded Cond = "phone_certificates_ended"
	CanAuthenticate        Cond = "can_authenticate"
	PIN1Usable             Cond = "pin1_usable"
	PIN2Usable             Cond = "pin2_usable"
	InsuranceRegistered    Cond = "insurance_registered"
	InsuranceCheckable     Cond = "insurance_checkable"
	OldInsuranceGood       Cond = "old_insurance_card_good"
	NoMoreInsuranceCards   Cond = "no_more_insurance_cards"
	NoInsuranceByCard      Cond = "no_insurance_by_card"
	CheckupAge             Cond = "checkup_age"
	ElderlyCheckupAge      Cond = "elderly_checkup_age"
	HighCostScheme         Cond = "high_cost_scheme"
	RenewedToday           Cond = "renewed_today"
	RenewedLately          Cond = "renewed_lately"
	OldEnoughForKiosk      Cond = "old_enough_for_kiosk"
	KioskHasProduct        Cond = "kiosk_has_product"
	MunicipalityOffersIt   Cond = "municipality_offers_it"
	FamilyRegisterReady    Cond = "family_register_ready"
	KioskOpen              Cond = "kiosk_open"
	WantsKioskRegistration Cond = "wants_kiosk_registration"
	LeavesOrLivesAbroad    Cond = "leaves_or_lives_abroad"
	HasReader              Cond = "has_reader"
	OwnAccount             Cond = "own_account"
	BanksTakeAccounts      Cond = "banks_take_accounts"
	LicenceOnCard          Cond = "licence_on_card"
	NumberPurposeLawful    Cond = "number_purpose_lawful"
	NotificationCardCounts Cond = "notification_card_counts"
	PointsCampaignOver     Cond = "points_campaign_over"
	NumberWasGiven         Cond = "number_given"
	ChipReadWhereDue       Cond = "chip_read_where_due"
	ChipNotReadYet         Cond = "chip_not_read"
	CardGenuine            Cond = "card_genuine"
	NumberIsWanted         Cond = "number_wanted"
)

var servicesConds = map[Cond]CondText{
	PhoneKindServed: either("その種類のスマートフォンで始まっていること", "the service has begun for that kind of phone", "その種類のスマートフォンではまだ始まっていないこと", "the service has not begun for that kind of phone").
		plainly("その スマホで もう 始(はじ)まっている こと", "その スマホでは まだ 始(はじ)まっていない こと"),
	PhoneIsAndroid: either("Androidであること", "an Android phone", "iPhoneであること", "an iPhone").
		plainly("Androidである こと", "iPhoneである こと"),
	PhoneSupported: either("対応機種であること", "the model is supported", "対応機種でないこと", "the model is not supported").
		plainly("使(つか)える スマホである こと", "使(つか)えない スマホである こと"),
	PhoneWorks: either("スマートフォンが手元で操作でき、暗証番号がわかること", "the phone is at hand and works, and its PIN is known", "スマートフォンが操作できない、または暗証番号がわからないこと", "the phone does not work, or its PIN is forgotten").
		plainly("スマホを いま 動(うご)かせて、暗証番号(あんしょうばんごう)が わかる こと", "スマホを 動(うご)かせない、または 暗証番号(あんしょうばんごう)が わからない こと"),
	PhoneInHand: either("スマートフォンが手元にあること", "the phone is at hand", "スマートフォンが手元にないこと", "the phone is not at hand").
		plainly("スマホを いま 持(も)っている こと", "スマホが 手(て)もとに ない こと"),
	PhoneHeld: either("スマホ用電子証明書が一時保留中であること", "the certificates on the phone are on hold", "スマホ用電子証明書が一時保留中でないこと", "the certificates on the phone are not on hold").
		plainly("スマホの 電子証明書(でんししょうめいしょ)を 止(と)めている こと", "スマホの 電子証明書(でんししょうめいしょ)を 止(と)めていない こと"),
	PhoneCertificatesEnded: either("スマホ用電子証明書が失効または満了していること", "the certificates on the phone have ended", "スマホ用電子証明書が失効していないこと", "the certificates on the phone have not ended").
		plainly("スマホの 電子証明書(でんししょうめいしょ)が 使(つか)えなく なった、または 期限(きげん)が 切(き)れた こと", "スマホの 電子証明書(でんししょうめいしょ)が 使(つか)えなく なっていない こと"),
	CanAuthenticate: either("カードまたはスマートフォンの利用者証明用電子証明書が有効であること", "a user authentication certificate, on the card or the phone, is valid", "有効な利用者証明用電子証明書がないこと", "no user authentication certificate is valid").
		plainly("カードか スマホの 利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)える こと", "使(つか)える 利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が ない こと"),
	PIN1Usable: either("暗証番号(No.1)がわかり、ロックされていないこと", "PIN No.1 is known and not locked", "暗証番号(No.1)が使えないこと", "PIN No.1 cannot be used").
		plainly("暗証番号(あんしょうばんごう)(No.1)が わかって、ロックされていない こと", "暗証番号(あんしょうばんごう)(No.1)が 使(つか)えない こと"),
	PIN2Usable: either("暗証番号(No.2)がわかり、ロックされていないこと", "PIN No.2 is known and not locked", "暗証番号(No.2)が使えないこと", "PIN No.2 cannot be used").
		plainly("暗証番号(あんしょうばんごう)(No.2)が わかって、ロックされていない こと", "暗証番号(あんしょうばんごう)(No.2)が 使(つか)えない こと"),
	InsuranceRegistered: either("健康保険証としての利用登録が済んでいること", "the card is registered for insurance use", "健康保険証としての利用登録がないこと", "the card is not registered for insurance use").
		plainly("カードを 保険証(ほけんしょう)に する 登録(とうろく)が 終(お)わっている こと", "カードを 保険証(ほけんしょう)に する 登録(とうろく)を していない こと"),
	InsuranceCheckable: either("利用者証明用電子証明書で資格を確認できること", "the insurance can be checked by the certificate", "利用者証明用電子証明書で資格を確認できないこと", "the insurance cannot be checked by the certificate").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)で 保険(ほけん)を 調(しら)べる ことが できる こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)で 保険(ほけん)を 調(しら)べる ことが できない こと"),
	OldInsuranceGood: either("健康保険証がまだ使えること", "the old insurance card still counts", "健康保険証が使えないこと", "the old insurance card no longer counts").
		plainly("前(まえ)の 保険証(ほけんしょう)が まだ 使(つか)える こと", "前(まえ)の 保険証(ほけんしょう)が 使(つか)えない こと"),
	NoMoreInsuranceCards: either("健康保険証が発行されなくなった日以後であること", "insurance cards are no longer issued", "健康保険証がまだ発行されていること", "insurance cards are still issued").
		plainly("前(まえ)の 保険証(ほけんしょう)が 作(つく)られなく なった 日(ひ)か その あとである こと", "前(まえ)の 保険証(ほけんしょう)が まだ 作(つく)られている こと"),
	NoInsuranceByCard: either("マイナ保険証を使えないこと(カードがない、更新中、登録していない)", "the insurance cannot be shown by the card", "マイナ保険証を使えること", "the insurance can be shown by the card").
		plainly("カードを 保険証(ほけんしょう)として 使(つか)えない こと(カードが ない、新(あたら)しく している、登録(とうろく)していない)", "カードを 保険証(ほけんしょう)として 使(つか)える こと"),
	CheckupAge: either("特定健診の対象の年齢であること", "of the age for the specific health check", "特定健診の対象の年齢でないこと", "not of the age for the specific health check").
		plainly("「特定健診(とくていけんしん)」を 受(う)ける 年齢(ねんれい)である こと", "「特定健診(とくていけんしん)」を 受(う)ける 年齢(ねんれい)ではない こと"),
	ElderlyCheckupAge: either("後期高齢者健診の対象の年齢であること", "of the age for the elderly health check", "後期高齢者健診の対象の年齢でないこと", "not of the age for the elderly health check").
		plainly("「後期高齢者健診(こうきこうれいしゃけんしん)」を 受(う)ける 年齢(ねんれい)である こと", "「後期高齢者健診(こうきこうれいしゃけんしん)」を 受(う)ける 年齢(ねんれい)ではない こと"),
	HighCostScheme: either("高額療養費制度を使うこと", "the high-cost medical scheme is used", "高額療養費制度を使わないこと", "the high-cost medical scheme is not used").
		plainly("病院(びょういん)の お金(かね)が 高(たか)い ときの 制度(せいど)(高額療養費(こうがくりょうようひ))を 使(つか)う こと", "病院(びょういん)の お金(かね)が 高(たか)い ときの 制度(せいど)(高額療養費(こうがくりょうようひ))を 使(つか)わない こと"),
	RenewedToday: either("利用者証明用電子証明書を今日更新したこと", "the certificate was renewed today", "利用者証明用電子証明書を今日更新していないこと", "the certificate was not renewed today").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を 今日(きょう) 新(あたら)しく した こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を 今日(きょう) 新(あたら)しく していない こと"),
	RenewedLately: either("利用者証明用電子証明書を昨日か今日に更新したこと", "the certificate was renewed yesterday or today", "利用者証明用電子証明書を最近更新していないこと", "the certificate was not renewed lately").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を 昨日(きのう)か 今日(きょう) 新(あたら)しく した こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を 昨日(きのう)も 今日(きょう)も 新(あたら)しく していない こと"),
	OldEnoughForKiosk: either("15歳以上であること", "15 or over", "15歳未満であること", "under 15").
		plainly("15歳(さい)か それより 上(うえ)である こと", "15歳(さい)より 下(した)である こと"),
	KioskHasProduct: either("その証明書をコンビニで取れる人であること", "the kiosk has that product for the person", "国外転出者で、戸籍以外の証明書であること", "a holder abroad asks for something else than the family register").
		plainly("その 証明書(しょうめいしょ)を コンビニで 取(と)れる 人(ひと)である こと", "外国(がいこく)に 引(ひ)っ越(こ)した 人(ひと)で、戸籍(こせき)ではない 証明書(しょうめいしょ)である こと"),
	MunicipalityOffersIt: either("市区町村がコンビニ交付を行っていること", "the municipality takes part", "市区町村がコンビニ交付を行っていないこと", "the municipality does not take part").
		plainly("その 役所(やくしょ)の 証明書(しょうめいしょ)を コンビニで 取(と)れる こと", "その 役所(やくしょ)の 証明書(しょうめいしょ)を コンビニで 取(と)れない こと"),
	FamilyRegisterReady: either("戸籍の証明書の利用登録が済んでいること(本籍地に住む人はいりません)", "registered for family register certificates, unless living in the honseki municipality", "戸籍の証明書の利用登録がないこと", "not registered for family register certificates").
		plainly("戸籍(こせき)を 取(と)るための 登録(とうろく)が 終(お)わっている こと(本籍(ほんせき)の 町(まち)に 住(す)む 人(ひと)は いりません)", "戸籍(こせき)を 取(と)るための 登録(とうろく)を していない こと"),
	KioskOpen: either("キオスク端末の休止日でないこと", "not a day on which kiosks are shut", "キオスク端末の休止日であること", "a day on which kiosks are shut").
		plainly("コンビニの 機械(きかい)が 休(やす)みの 日(ひ)ではない こと", "コンビニの 機械(きかい)が 休(やす)みの 日(ひ)である こと"),
	WantsKioskRegistration: either("戸籍の証明書の利用登録をすること", "to register for family register certificates", "利用登録以外であること", "something else than the registration").
		plainly("戸籍(こせき)を 取(と)るための 登録(とうろく)を する こと", "登録(とうろく)ではない こと"),
	LeavesOrLivesAbroad: either("国外に住んでいる、または国外へ転出すること", "lives abroad, or is about to leave", "国外へ転出しないこと", "does not leave Japan").
		plainly("外国(がいこく)に 住(す)んでいる、または 外国(がいこく)に 引(ひ)っ越(こ)す こと", "外国(がいこく)に 引(ひ)っ越(こ)さない こと"),
	HasReader: either("カードを読み取る機器があること", "has a device that reads the card", "カードを読み取る機器がないこと", "has no device that reads the card").
		plainly("カードを 読(よ)む 機械(きかい)が ある こと", "カードを 読(よ)む 機械(きかい)が ない こと"),
	OwnAccount: either("本人名義の口座であること", "an account in the person's own name", "本人名義の口座でないこと", "not an account in the person's own name").
		plainly("本人(ほんにん)の 名前(なまえ)の 口座(こうざ)である こと", "本人(ほんにん)の 名前(なまえ)の 口座(こうざ)ではない こと"),
	BanksTakeAccounts: either("金融機関での登録が始まっていること", "financial institutions take the registration", "金融機関での登録が始まっていないこと", "financial institutions do not take it yet").
		plainly("銀行(ぎんこう)での 登録(とうろく)が 始(はじ)まっている こと", "銀行(ぎんこう)での 登録(とうろく)が まだ 始(はじ)まっていない こと"),
	LicenceOnCard: either("免許情報をカードに記録すること", "the licence is to be on the card", "運転免許証だけを持つこと", "the licence stays a licence only").
		plainly("免許(めんきょ)の ことを カードに 入(い)れる こと", "運転免許証(うんてんめんきょしょう)だけを 持(も)つ こと"),
	NumberPurposeLawful: either("法令で定められた人が、社会保障・税・災害対策の手続きのために求めること", "asked by one whom the law names, for social security, tax or disaster response", "法令で定められた人・目的でないこと", "not one of the requesters and purposes that the law names").
		plainly("法律(ほうりつ)で 決(き)まった 人(ひと)が、社会保障(しゃかいほしょう)・税金(ぜいきん)・災害(さいがい)の 手続(てつづ)きの ために 聞(き)く こと", "法律(ほうりつ)で 決(き)まった 人(ひと)や 理由(りゆう)ではない こと"),
	NotificationCardCounts: either("通知カードが番号の証明になること", "a Notification Card proves the number", "通知カードが番号の証明にならないこと", "a Notification Card proves nothing").
		plainly("通知(つうち)カードで マイナンバーを 証明(しょうめい)できる こと", "通知(つうち)カードで マイナンバーを 証明(しょうめい)できない こと"),
	PointsCampaignOver: either("マイナポイントの申込みが終わっていること", "the points campaign is over", "マイナポイントの申込み期間中であること", "the points campaign is running").
		plainly("マイナポイントの 申込(もうしこ)みが 終(お)わっている こと", "マイナポイントの 申込(もうしこ)みが まだ できる こと"),
	NumberWasGiven: either("申請にマイナンバーを書いたこと", "the number was given with the application", "申請にマイナンバーを書いていないこと", "the number was not given").
		plainly("申込(もうしこ)みの 紙(かみ)に マイナンバーを 書(か)いた こと", "申込(もうしこ)みの 紙(かみ)に マイナンバーを 書(か)いていない こと"),
	ChipReadWhereDue: either("ICチップの情報を読み取ったこと(行政機関では必要)", "the chip was read, as public bodies have to", "行政機関でICチップの情報を読み取っていないこと", "a public body has not read the chip").
		plainly("ICチップを 読(よ)み取(と)った こと(役所(やくしょ)では 必要(ひつよう)です)", "役所(やくしょ)で ICチップを 読(よ)み取(と)っていない こと"),
	ChipNotReadYet: either("ICチップの情報を読み取っていないこと", "the chip was not read", "ICチップの情報を読み取ったこと", "the chip was read").
		plainly("ICチップを 読(よ)み取(と)っていない こと", "ICチップを 読(よ)み取(と)った こと"),
	CardGenuine: either("ICチップの情報と券面が一致すること", "chip and card face agree", "ICチップがない、または券面と違うこと", "there is no chip, or it differs from the card face").
		plainly("ICチップと カードに 書(か)いて ある ことが 同(おな)じである こと", "ICチップが ない、または カードに 書(か)いて ある ことと ちがう こと"),
	NumberIsWanted: either("マイナンバーも読み取ること", "the number is to be read too", "マイナンバーは読み取らないこと", "the number is not to be read").
		plainly("マイナンバーも 読(よ)み取(と)る こと", "マイナンバーは 読(よ)み取(と)らない こと"),
}

var servicesQuestions = map[Fact]Question{
	"phone.kind":                             ask("スマートフォンの種類は何ですか。", "What kind of phone is it?", "どの スマートフォンですか。", choice("android", "Android", "Android", "Android"), choice("iphone", "iPhone", "iPhone", "iPhone")),
	"phone.supported":                        ask("対応機種ですか(マイナポータルアプリに申込みのメニューが出ますか)。", "Is the model supported, so that the app offers the application?", "アプリに 申(もう)し込(こ)みが 出(で)ますか。", yesNo()...),
	"phone.at_hand":                          ask("スマートフォンは手元にあって操作できますか。", "Is the phone at hand, and does it work?", "スマートフォンは ありますか。動(うご)きますか。", yesNo()...),
	"phone.pin":                              ask("スマホ用署名用電子証明書の暗証番号を覚えていますか。", "Is the PIN of the phone's signature certificate known?", "スマートフォンの 暗証番号(あんしょうばんごう)が わかりますか。", pinStates()...),
	"card.pins.signature":                    ask("署名用の暗証番号(No.1)を覚えていますか。", "Is PIN No.1 known?", "署名用(しょめいよう)の 暗証番号(あんしょうばんごう)(No.1)を 覚(おぼ)えていますか。", pinStates()...),
	"card.pins.user_authentication":          ask("利用者証明用の暗証番号(No.2、4桁)を覚えていますか。", "Is PIN No.2, of four digits, known?", "利用者証明用(りようしゃしょうめいよう)の 暗証番号(あんしょうばんごう)(No.2、4つの 数字(すうじ))を 覚(おぼ)えていますか。", pinStates()...),
	"phone.user_authentication.state":        ask("スマホ用利用者証明用電子証明書は使えますか。", "What is the state of the phone's user authentication certificate?", "スマートフォンで ログインが できますか。", certificateStates()...),
	"certificates.user_authentication.until": ask("利用者証明用電子証明書の有効期限はいつですか。", "What is the last good day of the user authentication certificate?", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)の 期限(きげん)は いつですか。"),
	"service.registered":                     ask("そのサービスの申込み・登録は済んでいますか。", "Is the registration for that service made?", "もう 登録(とうろく)しましたか。", yesNo()...),
	"service.insurance_card_until":           ask("健康保険証に書かれた有効期限はいつですか。", "What is the last good day on the insurance card?", "保険証(ほけんしょう)の 期限(きげん)は いつですか。"),
	"service.online_check":                   ask("医療機関がオンラインで保険の資格を確認できましたか。", "Did the online check find the insurance?", "病院(びょういん)で 保険(ほけん)が わかりましたか。", yesNo()...),
	"service.product":                        ask("何を取りますか。", "What is wanted?", "何(なに)が ほしいですか。", kioskChoices()...),
	"service.offered":                        ask("住所地(戸籍は本籍地)の市区町村がコンビニ交付を行っていますか。", "Does the municipality take part, for the family register the honseki's?", "その 町(まち)は コンビニで できますか。", yesNo()...),
	"service.lives_at_honseki":               ask("住所と本籍は同じ市区町村ですか。", "Does the person live in the honseki municipality?", "本籍(ほんせき)と 住(す)んでいる 町(まち)は 同(おな)じですか。", yesNo()...),
	"service.own_account":                    ask("口座は本人の名義ですか。", "Is the account in the person's own name?", "口座(こうざ)は 本人(ほんにん)の 名前(なまえ)ですか。", yesNo()...),
	"service.requester":                      ask("だれに求められましたか。", "Who asks?", "だれが 聞(き)きましたか。", named(Requesters, PublicBody, Employer, FinancialFirm, OtherRequester, SomebodyUnknown)...),
	"service.purpose":                        ask("何の手続きに使うと言われましたか。", "For what is it to be used?", "何(なに)に 使(つか)うと 言(い)いましたか。", named(Purposes, SocialSecurity, Taxation, DisasterRelief, OtherPurpose)...),
	"service.number_given":                   ask("申請書にマイナンバーを書きましたか。", "Was the number given with the application?", "マイナンバーを 書(か)きましたか。", yesNo()...),
	"service.number_wanted":                  ask("マイナンバーも読み取りますか。", "Is the number to be read too?", "マイナンバーも 読(よ)みますか。", yesNo()...),
	"service.chip":                           ask("ICチップの情報と券面を比べた結果はどうでしたか。", "What does comparing chip and card face show?", "チップと カードを くらべて どうでしたか。", named(ChipChecks, ChipMatches, ChipDiffers, ChipSilent, ChipNotRead)...),
	"service.licence":                        ask("免許をどの形で持ちますか。", "In which form is the licence to be held?", "免許(めんきょ)を どう 持(も)ちますか。", named(LicenceForms, LicenceOnly, OnMyNumber, BothForms)...),
	"service.licence_renewal":                ask("免許の更新と同時ですか。", "Is it done with a renewal of the licence?", "免許(めんきょ)の 更新(こうしん)と いっしょですか。", yesNo()...),
	"service.reader":                         ask("カードを読み取れるスマートフォンかカードリーダーがありますか。", "Is there a phone or reader that reads the card?", "カードを 読(よ)む 機械(きかい)が ありますか。", yesNo()...),
	"card.photoless":                         ask("顔写真のないカードですか。", "Is it a card without a photo?", "写真(しゃしん)が ない カードですか。", yesNo()...),
}

func pinStates() []Choice {
	return []Choice{choice("known", "覚えている", "known", "わかる"), choice("forgotten", "忘れた", "forgotten", "忘(わす)れた"), choice("locked", "ロックされた", "locked", "まちがえて 使(つか)えない"), choice("unset", "設定していない", "not set", "ない")}
}

func kioskChoices() []Choice {
	return named(KioskProducts, ResidentRecordCopy, SealCertificate, TaxCertificate, FamilyRegister, RegisterForFamily)
}

// named are choices out of a catalogue of names, in that order.
func named[T ~string](names map[T]law.Text, values ...T) []Choice {
	var out []Choice
	for _, v := range values {
		out = append(out, Choice{string(v), names[v]})
	}
	return out
}

var servicesNeeds = map[string]law.Text{
	"number_and_identity": words("番号と本人であることを示す書類(カード1枚、または番号の証明と顔写真付き本人確認書類)", "proof of the number and of identity: the card alone, or a proof of the number with a photo document", "番号(ばんごう)と 本人(ほんにん)を 示(しめ)す 書類(しょるい)"),
}

var servicesDays = map[string]DayText{
	"insurance_by_expired_certificate": {words("資格の確認だけは %s まで、このカードでできます。", "The insurance itself can be checked by this card until %s.", "このカードは %s まで 保険(ほけん)を 見(み)せる ことが できます。"), kyokai.At("有効期限が切れたとき", "HIC-034", "EXP-012")},
	"old_insurance_card":               {words("お手元の健康保険証は %s まで使えます。", "The insurance card can be used until %s.", "保険証(ほけんしょう)は %s まで 使(つか)えます。"), mhlwLeaflet.At("(1)", "HIC-001")},
}

// servicesTables are the tables of these procedures as they are printed.
func servicesTables() []Entry {
	return []Entry{
		entry("Carriers", "電子証明書を記録できるもの", &Carriers, sayCarriers),
		entry("AuthorityKeys", "認証局の鍵の更新", &AuthorityKeys, sayAuthorityKeys),
		entry("RevocationLists", "失効リストの間隔と使える期間", &RevocationLists, sayLists),
		entry("OldInsuranceCards", "これまでの健康保険証", &OldInsuranceCards, sayOldInsurance),
		entry("InsuranceGrace", "電子証明書の満了後に資格確認ができる期間", &InsuranceGrace, one("利用者証明用電子証明書が満了した月の後%dか月目の末日までは、資格の確認だけができます。")),
		entry("CheckupAges", "健診情報の同意の対象年齢", &CheckupAges, sayCheckups),
		entry("Kiosks", "コンビニ交付", &Kiosks, sayKiosk),
		entry("NumberUses", "マイナンバーの提供を求めることができる人と目的", &NumberUses, sayNumberUses),
		entry("NotificationCardProof", "通知カードによる番号の証明", &NotificationCardProof, sayNotificationCard),
		entry("PointsOver", "マイナポイント", &PointsOver, sayPoints),
		entry("LicenceFees", "マイナ免許証の手数料(一例)", &LicenceFees, sayLicenceFees),
		entry("BanksRegisterAccounts", "金融機関での公金受取口座の登録", &BanksRegisterAccounts, sayBanks),
	}
}
