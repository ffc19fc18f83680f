package rules

// The conditions, questions and days of the procedures abroad.

const (
	RegisteredSince  Cond = "registered_on_or_after_first_day" // ELIG-014 (d)
	InFamilyRegister Cond = "in_family_register"
	EverRegistered   Cond = "ever_registered"
	HasNumber        Cond = "has_number"

	NoLivingOverseasCard Cond = "no_living_overseas_card" // as far as known; whoever does not say has none
	MissionCovers        Cond = "mission_covers"          // where a mission is asked (APP-070)
	HonsekiKeepsRegister Cond = "honseki_keeps_register"  // a ward does, its designated city does not
	PINsHidden           Cond = "pins_hidden_from_proxy"  // APP-079
	RepresentativeActs   Cond = "representative_acts"     // for under-15s and adult wards
	FormPINsHidden       Cond = "form_pins_hidden"        // the same where only a mission takes a form
	FormSigned           Cond = "form_signed"
	PickupAtMission      Cond = "pickup_at_mission"
	PickupAtHonseki      Cond = "pickup_at_honseki"
	AtMission            Cond = "at_mission"

	CardAlive          Cond = "card_alive"
	CardAliveOrExpired Cond = "card_alive_or_expired"
	CanSuspend         Cond = "card_can_be_suspended" // the card's life says so, state by state
	CanAbolish         Cond = "card_can_be_abolished"
	CanReturn          Cond = "card_can_be_returned"
	CanDepart          Cond = "card_can_continue"
	CallsFromAbroad    Cond = "calls_from_abroad"
	LostAtHome         Cond = "lost_at_home"

	DeclinesSignature Cond = "declines_signature" // said so; silence is no declining
	DeclinesUserAuth  Cond = "declines_user_authentication"
	ReissuesSignature Cond = "signature_reissued_at_departure"
	ReissuesUserAuth  Cond = "user_authentication_reissued_at_departure"
	ReissuesAny       Cond = "certificates_reissued_at_departure"
	KeepsUserAuth     Cond = "user_authentication_kept"
	BeforeDeparture   Cond = "before_departure"
	MoveOutFiled      Cond = "move_out_filed"
	SameDayAsMoveOut  Cond = "same_day_as_move_out"
	UnderAge          Cond = "under_age" // or an adult ward
	MandateSealed     Cond = "mandate_sealed"
	IsYouth           Cond = "aged_15_to_17"
	MovedToJapan      Cond = "moved_to_japan"
	MovedInInTime     Cond = "moved_in_in_time"
	UpdatedInTime     Cond = "entries_updated_in_time"
	MoveInFiled       Cond = "move_in_filed"

	CardRenewalOpen        Cond = "overseas_card_renewal_open"
	CertificateRenewalOpen Cond = "overseas_certificate_renewal_open"
	RenewsEarly            Cond = "renews_early" // supplement 0.2
	LostOrDamaged          Cond = "lost_or_damaged"
	CardIsDamaged          Cond = "card_is_damaged"
	DamagedComesInPerson   Cond = "damaged_card_comes_in_person"
	HappenedAbroad         Cond = "happened_abroad"
	EntriesOnCardChanged   Cond = "entries_on_overseas_card_changed"

	OverseasApplication Cond = "overseas_application"
	CanCollect          Cond = "card_can_be_collected"
	CanCorrect          Cond = "defect_can_be_answered"
	CanCancel           Cond = "application_open"
	CanSetPINs          Cond = "pins_can_be_set"
	AtPickupOffice      Cond = "at_pickup_office"
	CollectsInPerson    Cond = "collects_in_person"
	RepresentativeComes Cond = "representative_comes"
	PassportAsRegister  Cond = "passport_as_register"
	TookApplication     Cond = "took_application"
	TakesPickupChange   Cond = "takes_pickup_change" // ABR-037
	TakesCancellation   Cond = "takes_cancellation"  // ABR-038
	HonsekiSame         Cond = "honseki_unchanged"
	StaysAbroad         Cond = "stays_abroad"
	OverseasMailHolder  Cond = "has_registered_mail"
	ByTelephone         Cond = "by_telephone"
	FeeIsDue            Cond = "overseas_fee_due"

	FaceAuthentication    Cond = "card_without_pins"
	PINIsKnown            Cond = "pin_known"
	PINIsLost             Cond = "pin_lost"
	AboutRegisterPIN      Cond = "about_pin_3"
	AboutCertificatePIN   Cond = "about_pin_1_or_2"
	OtherPINKnown         Cond = "other_pin_known"
	BothCertificatesValid Cond = "both_certificates_valid"
)

var abroadConds = map[Cond]CondText{
	RegisteredSince: either("2015年10月5日以後に日本に住民票があったこと", "registered as a resident of Japan on or after 5 October 2015", "2015年10月5日以後に日本に住民票がなかったこと", "not registered as a resident of Japan since 5 October 2015").
		plainly("2015年(ねん)10月(がつ)5日(か)か その あとに 日本(にほん)の 住民票(じゅうみんひょう)が あった こと", "2015年(ねん)10月(がつ)5日(か)か その あとに 日本(にほん)の 住民票(じゅうみんひょう)が なかった こと"),
	InFamilyRegister: either("戸籍の附票に記録があること", "recorded in a supplementary family register", "戸籍の附票に記録がないこと", "not recorded in a supplementary family register").
		plainly("戸籍(こせき)の 附票(ふひょう)に 名前(なまえ)が ある こと", "戸籍(こせき)の 附票(ふひょう)に 名前(なまえ)が ない こと"),
	EverRegistered: either("日本に住民票があったことがあること", "was once registered as a resident of Japan", "日本に住民票があったことがないこと", "was never registered as a resident of Japan").
		plainly("日本(にほん)の 住民票(じゅうみんひょう)が 前(まえ)に あった こと", "日本(にほん)の 住民票(じゅうみんひょう)が 一度(いちど)も なかった こと"),
	HasNumber: either("マイナンバーが付番されていること", "has an Individual Number", "マイナンバーが付番されていないこと", "has no Individual Number").
		plainly("マイナンバーが ある こと", "マイナンバーが ない こと"),
	NoLivingOverseasCard: either("有効な国外転出者向けカードを持っていないこと", "has no overseas card that is still good", "有効な国外転出者向けカードを持っていること", "has an overseas card that is still good").
		plainly("使(つか)える「国外転出(こくがいてんしゅつ)」の カードを 持(も)っていない こと", "使(つか)える「国外転出(こくがいてんしゅつ)」の カードを 持(も)っている こと"),
	MissionCovers: either("在外公館は居住国を管轄する公館であること", "the mission covers the country of residence", "在外公館が居住国を管轄していないこと", "the mission does not cover the country of residence").
		plainly("その 大使館(たいしかん)・領事館(りょうじかん)が 住(す)んでいる 国(くに)の 担当(たんとう)である こと", "その 大使館(たいしかん)・領事館(りょうじかん)が 住(す)んでいる 国(くに)の 担当(たんとう)ではない こと"),
	HonsekiKeepsRegister: either("書かれた本籍地が戸籍の附票を管理する市区町村であること", "the named honseki keeps family registers", "書かれた本籍地が戸籍の附票を管理していないこと", "the named honseki keeps no family registers").
		plainly("書(か)いた 本籍(ほんせき)の 役所(やくしょ)に 戸籍(こせき)の 附票(ふひょう)が ある こと", "書(か)いた 本籍(ほんせき)の 役所(やくしょ)に 戸籍(こせき)の 附票(ふひょう)が ない こと"),
	PINsHidden: either("代理の人に暗証番号が見えないこと", "a proxy cannot see the PINs", "代理の人に暗証番号が見えること", "a proxy can see the PINs").
		plainly("代(か)わりの 人(ひと)に 暗証番号(あんしょうばんごう)が 見(み)えない こと", "代(か)わりの 人(ひと)に 暗証番号(あんしょうばんごう)が 見(み)える こと"),
	RepresentativeActs: either("15歳未満の人・成年被後見人は、法定代理人が申請書に記入していること", "for under-15s and adult wards a statutory representative stands on the form", "法定代理人の記入がないこと", "no statutory representative stands on the form").
		plainly("15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん)が 申込(もうしこ)みの 紙(かみ)に 書(か)いている こと", "親(おや)や 後見人(こうけんにん)が 書(か)いていない こと"),
	FormPINsHidden: either("在外公館に代理の人が出す書類で、暗証番号が見えないこと", "papers that a proxy hands in at a mission hide the PINs", "在外公館に代理の人が出す書類で、暗証番号が見えること", "papers that a proxy hands in at a mission show the PINs").
		plainly("大使館(たいしかん)に 代(か)わりの 人(ひと)が 出(だ)す 紙(かみ)で、暗証番号(あんしょうばんごう)が 見(み)えない こと", "大使館(たいしかん)に 代(か)わりの 人(ひと)が 出(だ)す 紙(かみ)で、暗証番号(あんしょうばんごう)が 見(み)える こと"),
	FormSigned: either("在外公館に出す15歳未満の人・成年被後見人の申請書に、法定代理人が記入していること", "on an application at a mission for an under-15 or adult ward a statutory representative stands", "在外公館に出す申請書に法定代理人の記入がないこと", "no statutory representative stands on an application at a mission").
		plainly("15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)が 大使館(たいしかん)に 出(だ)す 紙(かみ)に、親(おや)や 後見人(こうけんにん)が 書(か)いている こと", "大使館(たいしかん)に 出(だ)す 紙(かみ)に 親(おや)や 後見人(こうけんにん)が 書(か)いていない こと"),
	PickupAtMission: either("在外公館で受け取ること", "the card is collected at a mission", "在外公館で受け取らないこと", "the card is not collected at a mission").
		plainly("大使館(たいしかん)・領事館(りょうじかん)で 受(う)け取(と)る こと", "大使館(たいしかん)・領事館(りょうじかん)で 受(う)け取(と)らない こと"),
	PickupAtHonseki: either("本籍地で受け取ること", "the card is collected at the honseki municipality", "本籍地以外で受け取ること", "the card is collected elsewhere than at the honseki municipality").
		plainly("本籍(ほんせき)が ある 役所(やくしょ)で 受(う)け取(と)る こと", "本籍(ほんせき)が ある 役所(やくしょ)では ない ところで 受(う)け取(と)る こと"),
	AtMission: either("在外公館で手続きすること", "it is done at a mission", "在外公館で手続きしないこと", "it is not done at a mission").
		plainly("大使館(たいしかん)・領事館(りょうじかん)で 手続(てつづ)きする こと", "大使館(たいしかん)・領事館(りょうじかん)で 手続(てつづ)きしない こと"),

	CardAlive: either("有効なカードを持っていること", "has a card that has not ended", "カードがないか、終わっていること", "there is no card, or it has ended").
		plainly("終(お)わっていない カードを 持(も)っている こと", "カードが ない、または 終(お)わっている こと"),
	CardAliveOrExpired: either("カードが失効・廃止・返納されていないこと", "the card has not lapsed, been abolished or returned", "カードが失効・廃止・返納されていること", "the card has lapsed, been abolished or returned").
		plainly("カードが 期限(きげん)の 前(まえ)に 使(つか)えなく なったり、やめたり、返(かえ)したり していない こと", "カードが 期限(きげん)の 前(まえ)に 使(つか)えなく なった、やめた、または 返(かえ)した こと"),
	CanSuspend: either("止められる状態のカードであること", "the card is in a state in which it can be suspended", "止められる状態のカードでないこと", "the card cannot be suspended in its state").
		plainly("止(と)める ことが できる カードである こと", "止(と)める ことが できない カードである こと"),
	CanAbolish: either("廃止できる状態のカードであること", "the card is in a state in which it can be abolished", "廃止できる状態のカードでないこと", "the card cannot be abolished in its state").
		plainly("やめる ことが できる カードである こと", "やめる ことが できない カードである こと"),
	CanReturn: either("返納できる状態のカードであること", "the card is in a state in which it can be returned", "返納できる状態のカードでないこと", "the card cannot be returned in its state").
		plainly("返(かえ)す ことが できる カードである こと", "返(かえ)す ことが できない カードである こと"),
	CanDepart: either("使える状態のカードを持っていること", "has a card that works", "使える状態のカードを持っていないこと", "has no card that works").
		plainly("使(つか)える カードを 持(も)っている こと", "使(つか)える カードを 持(も)っていない こと"),
	CallsFromAbroad: either("国外から電話すること", "calling from abroad", "日本から電話すること", "calling in Japan").
		plainly("外国(がいこく)から 電話(でんわ)する こと", "日本(にほん)から 電話(でんわ)する こと"),
	LostAtHome: either("自宅の中でなくしたこと", "it was lost at home", "自宅の外でなくしたこと", "it was lost outside the home").
		plainly("家(いえ)の 中(なか)で なくした こと", "家(いえ)の 外(そと)で なくした こと"),

	DeclinesSignature: either("署名用電子証明書を断ること", "the signature certificate is declined", "署名用電子証明書を断らないこと", "the signature certificate is not declined").
		plainly("署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が いらない こと", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を ことわらない こと"),
	DeclinesUserAuth: either("利用者証明用電子証明書を断ること", "the user authentication certificate is declined", "利用者証明用電子証明書を断らないこと", "the user authentication certificate is not declined").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が いらない こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を ことわらない こと"),
	ReissuesSignature: either("署名用電子証明書を新しくすること", "the signature certificate is issued anew", "署名用電子証明書を新しくしないこと", "the signature certificate is not issued anew").
		plainly("署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を 新(あたら)しく する こと", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を 新(あたら)しく しない こと"),
	ReissuesUserAuth: either("利用者証明用電子証明書を新しくすること", "the user authentication certificate is issued anew", "利用者証明用電子証明書を新しくしないこと", "the user authentication certificate is not issued anew").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を 新(あたら)しく する こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を 新(あたら)しく しない こと"),
	ReissuesAny: either("電子証明書を新しくすること", "a certificate is issued anew", "電子証明書を新しくしないこと", "no certificate is issued anew").
		plainly("電子証明書(でんししょうめいしょ)を 新(あたら)しく する こと", "電子証明書(でんししょうめいしょ)を 新(あたら)しく しない こと"),
	KeepsUserAuth: either("利用者証明用電子証明書をそのまま使うこと", "the user authentication certificate is kept", "利用者証明用電子証明書も新しくすること", "the user authentication certificate is issued anew too").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を そのまま 使(つか)う こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)も 新(あたら)しく する こと"),
	BeforeDeparture: either("国外転出(予定)日の前日までであること", "it is the day before the planned departure or earlier", "国外転出(予定)日以後であること", "the planned departure day has come").
		plainly("外国(がいこく)に 引(ひ)っ越(こ)す 日(ひ)の 前(まえ)の 日(ひ)までである こと", "外国(がいこく)に 引(ひ)っ越(こ)す 日(ひ)か その あとである こと"),
	MoveOutFiled: either("国外転出届を出していること", "the overseas move-out notification has been filed", "国外転出届を出していないこと", "the overseas move-out notification has not been filed").
		plainly("外国(がいこく)に 引(ひ)っ越(こ)す 届(とど)けを 出(だ)している こと", "外国(がいこく)に 引(ひ)っ越(こ)す 届(とど)けを 出(だ)していない こと"),
	SameDayAsMoveOut: either("国外転出届と同じ日であること", "it is the day of the overseas move-out notification", "国外転出届と別の日であること", "it is another day than that of the notification").
		plainly("外国(がいこく)に 引(ひ)っ越(こ)す 届(とど)けと 同(おな)じ 日(ひ)である こと", "外国(がいこく)に 引(ひ)っ越(こ)す 届(とど)けと ちがう 日(ひ)である こと"),
	MandateSealed: either("本人が手続きすること、電子証明書を発行しないこと、または暗証番号を書いた委任状・回答書に封がしてあること", "the holder acts, no certificate is issued, or the mandate or reply form with the PINs is sealed", "代理人が、暗証番号を書いた委任状・回答書を封をせずに持って来ること", "a proxy brings the mandate or reply form with the PINs unsealed").
		plainly("本人(ほんにん)が 来(く)る、または 暗証番号(あんしょうばんごう)の 紙(かみ)に 封(ふう)が して ある こと", "代(か)わりの 人(ひと)が 暗証番号(あんしょうばんごう)の 紙(かみ)を 封(ふう)を しないで 持(も)って くる こと"),
	UnderAge: either("18歳未満の人または成年被後見人であること", "under 18 or an adult ward", "18歳以上で、成年被後見人でないこと", "18 or over and no adult ward").
		plainly("18歳(さい)より 下(した)、または 後見人(こうけんにん)が いる 人(ひと)である こと", "18歳(さい)か それより 上(うえ)で、後見人(こうけんにん)が いない こと"),
	IsYouth: either("15歳から17歳であること", "aged 15 to 17", "15歳から17歳でないこと", "not aged 15 to 17").
		plainly("15歳(さい)から 17歳(さい)である こと", "15歳(さい)から 17歳(さい)ではない こと"),
	MovedToJapan: either("国外から日本へ引っ越したこと", "moved to Japan from abroad", "国外から日本へ引っ越していないこと", "did not move to Japan from abroad").
		plainly("外国(がいこく)から 日本(にほん)に 引(ひ)っ越(こ)した こと", "外国(がいこく)から 日本(にほん)に 引(ひ)っ越(こ)していない こと"),
	MovedInInTime: either("住み始めてから14日以内に転入届を出すこと", "the move-in notification comes within 14 days of beginning to live there", "住み始めてから14日を過ぎて転入届を出すこと", "the move-in notification comes more than 14 days after beginning to live there").
		plainly("住(す)み始(はじ)めてから 14日(か)までに 転入届(てんにゅうとどけ)を 出(だ)す こと", "住(す)み始(はじ)めてから 14日(か)を 過(す)ぎて 転入届(てんにゅうとどけ)を 出(だ)す こと"),
	UpdatedInTime: either("転入届から90日以内であること", "it is within 90 days of the move-in notification", "転入届から90日を過ぎたこと", "more than 90 days have passed since the move-in notification").
		plainly("転入届(てんにゅうとどけ)から 90日(にち)までである こと", "転入届(てんにゅうとどけ)から 90日(にち)を 過(す)ぎた こと"),
	MoveInFiled: either("転入届を出していること", "the move-in notification has been filed", "転入届をまだ出していないこと", "the move-in notification has not been filed yet").
		plainly("転入届(てんにゅうとどけ)を 出(だ)している こと", "転入届(てんにゅうとどけ)を まだ 出(だ)していない こと"),

	CardRenewalOpen: either("カードの有効期間満了の1年前の日以後であること", "it is one year before the card's last day or later", "カードの有効期間満了まで1年より長く残っていること", "more than a year remains until the card's last day").
		plainly("カードの 期限(きげん)の 1年(ねん)前(まえ)の 日(ひ)か その あとである こと", "カードの 期限(きげん)まで 1年(ねん)より 長(なが)く ある こと"),
	CertificateRenewalOpen: either("電子証明書の有効期間満了の1年前の日以後であること", "it is one year before the certificate's last day or later", "電子証明書の有効期間満了まで1年より長く残っていること", "more than a year remains until the certificate's last day").
		plainly("電子証明書(でんししょうめいしょ)の 期限(きげん)の 1年(ねん)前(まえ)の 日(ひ)か その あとである こと", "電子証明書(でんししょうめいしょ)の 期限(きげん)まで 1年(ねん)より 長(なが)く ある こと"),
	RenewsEarly: either("有効期間が3か月以上残っていること", "three months or more remain", "有効期間の残りが3か月未満であること", "less than three months remain").
		plainly("期限(きげん)まで 3か月(げつ)か それより 長(なが)く ある こと", "期限(きげん)まで 3か月(げつ)より 短(みじか)い こと"),
	LostOrDamaged: either("カードをなくしたか、壊れたこと", "the card was lost or is damaged", "カードをなくしても壊れてもいないこと", "the card is neither lost nor damaged").
		plainly("カードを なくした、または カードが こわれた こと", "カードを なくしていない、こわれても いない こと"),
	CardIsDamaged: either("カードが壊れたこと", "the card is damaged", "カードをなくしたこと", "the card is lost").
		plainly("カードが こわれた こと", "カードを なくした こと"),
	DamagedComesInPerson: either("壊れたカードは窓口に持って行くこと", "a damaged card is brought to the office", "壊れたカードを郵送すること", "a damaged card is posted").
		plainly("こわれた カードを 窓口(まどぐち)に 持(も)って行(い)く こと", "こわれた カードを 郵便(ゆうびん)で 送(おく)る こと"),
	HappenedAbroad: either("国外で起きたこと", "it happened abroad", "日本で起きたこと", "it happened in Japan").
		plainly("外国(がいこく)で 起(お)きた こと", "日本(にほん)で 起(お)きた こと"),
	EntriesOnCardChanged: either("国外転出者向けカードに記載された事項が変わったこと", "an entry that an overseas card shows has changed", "国外転出者向けカードに記載のない事項の変更であること", "the entry that changed does not stand on an overseas card").
		plainly("「国外転出(こくがいてんしゅつ)」の カードに 書(か)いて ある ことが 変(か)わった こと", "「国外転出(こくがいてんしゅつ)」の カードに 書(か)いて いない ことが 変(か)わった こと"),

	OverseasApplication: either("国外転出者向けカードの申請であること", "the application is for an overseas card", "国外転出者向けカードの申請でないこと", "the application is not for an overseas card").
		plainly("「国外転出(こくがいてんしゅつ)」の カードの 申込(もうしこ)みである こと", "「国外転出(こくがいてんしゅつ)」の カードの 申込(もうしこ)みではない こと"),
	CanCollect: either("カードが受取窓口に届いていること", "the card has arrived at the pickup office", "カードが受取りを待っていないこと", "no card is waiting to be collected").
		plainly("カードが 受(う)け取(と)る 窓口(まどぐち)に 届(とど)いている こと", "カードが 受(う)け取(と)るのを 待(ま)っていない こと"),
	CanCorrect: either("不備の照会を受けていること", "a defect is being asked about", "照会中の不備がないこと", "nothing is being asked about").
		plainly("役所(やくしょ)から 申込(もうしこ)みの まちがいを 聞(き)かれている こと", "役所(やくしょ)から まちがいを 聞(き)かれていない こと"),
	CanCancel: either("申請が進行中であること", "the application is under way", "申請が終わっていること", "the application is over").
		plainly("申込(もうしこ)みが まだ 続(つづ)いている こと", "申込(もうしこ)みが 終(お)わっている こと"),
	CanSetPINs: either("カードを受け取る前であること", "the card has not been handed over", "カードを受け取った後であること", "the card has been handed over").
		plainly("カードを 受(う)け取(と)る 前(まえ)である こと", "カードを 受(う)け取(と)った あとである こと"),
	AtPickupOffice: either("受取場所の窓口であること", "it is the pickup office", "受取場所の窓口でないこと", "it is not the pickup office").
		plainly("カードを 受(う)け取(と)る 窓口(まどぐち)である こと", "カードを 受(う)け取(と)る 窓口(まどぐち)ではない こと"),
	CollectsInPerson: either("本人が来ること", "the applicant comes in person", "代理の人だけが来ること", "only a proxy comes").
		plainly("本人(ほんにん)が 来(く)る こと", "代(か)わりの 人(ひと)だけが 来(く)る こと"),
	RepresentativeComes: either("15歳未満の人・成年被後見人は法定代理人と来ること", "under-15s and adult wards come with their statutory representative", "法定代理人が一緒に来ないこと", "the statutory representative does not come along").
		plainly("15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん)と 来(く)る こと", "親(おや)や 後見人(こうけんにん)が いっしょに 来(こ)ない こと"),
	PassportAsRegister: either("旅券の氏名と生年月日が戸籍と同じこと", "name and birth date in the passport are those of the family register", "旅券の氏名または生年月日が戸籍と違うこと", "name or birth date in the passport differs from the family register").
		plainly("パスポートの 名前(なまえ)と 生(う)まれた 日(ひ)が 戸籍(こせき)と 同(おな)じである こと", "パスポートの 名前(なまえ)か 生(う)まれた 日(ひ)が 戸籍(こせき)と ちがう こと"),
	TookApplication: either("申請を受け付けた窓口であること", "it is the office that took the application", "申請を受け付けた窓口でないこと", "it is not the office that took the application").
		plainly("申込(もうしこ)みを 受(う)け付(つ)けた 窓口(まどぐち)である こと", "申込(もうしこ)みを 受(う)け付(つ)けた 窓口(まどぐち)ではない こと"),
	TakesPickupChange: either("申請を受け付けた窓口、または新しい受取場所の在外公館であること", "it is the office that took the application, or the mission that is the new pickup place", "そのどちらでもないこと", "it is neither").
		plainly("申込(もうしこ)みを 受(う)け付(つ)けた 窓口(まどぐち)か、新(あたら)しく 受(う)け取(と)る 大使館(たいしかん)・領事館(りょうじかん)である こと", "その どちらでも ない こと"),
	TakesCancellation: either("申請を受け付けた窓口・受取場所・本籍地のどれかであること", "it is the accepting, the pickup or the honseki office", "そのどれでもないこと", "it is none of them").
		plainly("申込(もうしこ)みを 受(う)け付(つ)けた 窓口(まどぐち)、受(う)け取(と)る 窓口(まどぐち)、本籍(ほんせき)の 役所(やくしょ)の どれかである こと", "その どれでも ない こと"),
	HonsekiSame: either("本籍地の市区町村が変わっていないこと", "the honseki municipality is the same", "本籍地の市区町村が変わったこと", "the honseki municipality has changed").
		plainly("本籍(ほんせき)の 市(し)・区(く)・町(まち)・村(むら)が 変(か)わっていない こと", "本籍(ほんせき)の 市(し)・区(く)・町(まち)・村(むら)が 変(か)わった こと"),
	StaysAbroad: either("日本に転入していないこと", "has not moved to Japan", "日本に転入したこと", "has moved to Japan").
		plainly("日本(にほん)に 転入(てんにゅう)していない こと", "日本(にほん)に 転入(てんにゅう)した こと"),
	OverseasMailHolder: either("国外転出者向けカードを申請中か、持っていること", "has an overseas card or has applied for one", "国外転出者向けカードの申請もカードもないこと", "has neither an overseas card nor an application for one").
		plainly("「国外転出(こくがいてんしゅつ)」の カードを 申(もう)し込(こ)んでいる、または 持(も)っている こと", "「国外転出(こくがいてんしゅつ)」の カードを 申(もう)し込(こ)んでいない、持(も)ってもいない こと"),
	ByTelephone: either("電話で申し出ること", "it is done by telephone", "電話でないこと", "it is not done by telephone").
		plainly("電話(でんわ)で 言(い)う こと", "電話(でんわ)ではない こと"),
	FeeIsDue: either("手数料がかかること", "a fee is due", "手数料がかからないこと", "no fee is due").
		plainly("お金(かね)が かかる こと", "お金(かね)が かからない こと"),

	FaceAuthentication: either("暗証番号のないカード(顔認証マイナンバーカード)であること", "the card is one without PINs (face authentication)", "暗証番号のあるカードであること", "the card has PINs").
		plainly("暗証番号(あんしょうばんごう)が ない カード(顔認証(かおにんしょう)マイナンバーカード)である こと", "暗証番号(あんしょうばんごう)が ある カードである こと"),
	PINIsKnown: either("今の暗証番号を覚えていること", "the present PIN is known", "今の暗証番号が分からないこと", "the present PIN is not known").
		plainly("いまの 暗証番号(あんしょうばんごう)を 覚(おぼ)えている こと", "いまの 暗証番号(あんしょうばんごう)が わからない こと"),
	PINIsLost: either("暗証番号を忘れたか、ロックされたこと", "the PIN is forgotten or locked", "暗証番号を覚えていること", "the PIN is known").
		plainly("暗証番号(あんしょうばんごう)を 忘(わす)れた、または ロックされた こと", "暗証番号(あんしょうばんごう)を 覚(おぼ)えている こと"),
	AboutRegisterPIN: either("No.3(住民基本台帳用)のこと", "it is about No.3", "No.3(住民基本台帳用)でないこと", "it is not about No.3").
		plainly("No.3(住民基本台帳用(じゅうみんきほんだいちょうよう))の こと", "No.3(住民基本台帳用(じゅうみんきほんだいちょうよう))では ない こと"),
	AboutCertificatePIN: either("No.1かNo.2(電子証明書)のこと", "it is about No.1 or No.2", "No.1・No.2(電子証明書)でないこと", "it is not about No.1 or No.2").
		plainly("No.1か No.2(電子証明書(でんししょうめいしょ))の こと", "No.1・No.2(電子証明書(でんししょうめいしょ))では ない こと"),
	OtherPINKnown: either("もう一方の電子証明書の暗証番号を覚えていること", "the PIN of the other certificate is known", "もう一方の電子証明書の暗証番号も分からないこと", "the PIN of the other certificate is not known either").
		plainly("もう 1つの 電子証明書(でんししょうめいしょ)の 暗証番号(あんしょうばんごう)を 覚(おぼ)えている こと", "もう 1つの 電子証明書(でんししょうめいしょ)の 暗証番号(あんしょうばんごう)も わからない こと"),
	BothCertificatesValid: either("両方の電子証明書が有効であること", "both certificates are valid", "電子証明書のどちらかが有効でないこと", "one of the certificates is not valid").
		plainly("電子証明書(でんししょうめいしょ)が 2つとも 使(つか)える こと", "電子証明書(でんししょうめいしょ)の どちらかが 使(つか)えない こと"),
}

func pinQuestion(no, ja, en, easy string) Question {
	return ask("No."+no+"("+ja+")の暗証番号はどうなっていますか。", "What about PIN No."+no+", "+en+"?", "No."+no+"("+easy+")の 番号(ばんごう)は どうですか。",
		choice("known", "覚えている", "I know it", "わかる"), choice("forgotten", "忘れた", "I have forgotten it", "忘(わす)れた"), choice("locked", "ロックされた", "It is locked", "ロックされた"))
}

var abroadQuestions = map[Fact]Question{
	"person.in_family_register":      ask("戸籍の附票に記録がありますか(日本に本籍がありますか)。", "Is the person recorded in a supplementary family register?", "日本(にほん)に 本籍(ほんせき)が ありますか。", yesNo()...),
	"person.ever_registered":         ask("日本に住民票があったことがありますか。", "Was the person ever registered as a resident of Japan?", "日本(にほん)に 住(す)んで 住民票(じゅうみんひょう)が ありましたか。", yesNo()...),
	"person.last_registered":         ask("日本に住民票があった最後の日はいつですか。", "What was the last day with a resident record in Japan?", "日本(にほん)の 住民票(じゅうみんひょう)は いつまで ありましたか。"),
	"person.country":                 ask("どの国に住んでいますか。", "In which country does the person live?", "どの 国(くに)に 住(す)んでいますか。").because("在外公館は、管轄する国に住む人の手続きだけを扱います。", "A mission serves only people who live in a country it covers.", "国(くに)で 窓口(まどぐち)が 決(き)まります。"),
	"person.has_number":              ask("マイナンバーが付番されていますか。", "Does the person have an Individual Number?", "マイナンバーが ありますか。", yesNo()...),
	"person.planned_departure":       ask("転出届の国外転出(予定)日はいつですか。", "What is the planned day of departure in the move-out notification?", "いつ 外国(がいこく)に 行(い)きますか(届(とどけ)に 書(か)いた 日(ひ))。").because("継続利用の手続きはその前日までです。手数料もこの日で決まります。", "Continuing use is done by the day before it; fees go by it too.", "この 日(ひ)で 決(き)まります。"),
	"visitor.representative_on_form": ask("法定代理人は申請書に記入していますか。", "Does a statutory representative stand on the form?", "親(おや)などは 紙(かみ)に 名前(なまえ)を 書(か)きましたか。", yesNo()...),
	"visitor.passport_as_register":   ask("旅券の氏名と生年月日は、戸籍と同じですか。", "Are name and birth date in the passport those of the family register?", "パスポートの 名前(なまえ)と 生年月日(せいねんがっぴ)は 戸籍(こせき)と 同(おな)じですか。", yesNo()...),
	"wish.pickup_at": ask("カードをどこで受け取りますか。", "Where is the card to be collected?", "カードを どこで もらいますか。",
		choice(string(Honseki), "本籍地の市区町村", "The honseki municipality", "本籍(ほんせき)の 役所(やくしょ)"), choice(string(OtherMunicipality), "その他の市区町村", "Another municipality", "ほかの 役所(やくしょ)"), choice(string(Mission), "在外公館", "A mission", "大使館(たいしかん)・領事館(りょうじかん)")),
	"wish.pin": ask("どの暗証番号ですか。", "Which PIN is it?", "どの 番号(ばんごう)ですか。",
		choice("1", "No.1 署名用電子証明書(6〜16文字)", "No.1, signature certificate (6 to 16 characters)", "No.1 署名用(しょめいよう)(6〜16文字(もじ))"), choice("2", "No.2 利用者証明用電子証明書(4桁)", "No.2, user authentication certificate (4 digits)", "No.2 利用者証明用(りようしゃしょうめいよう)(4つの 数字(すうじ))"),
		choice("3", "No.3 住民基本台帳用(4桁)", "No.3, basic resident register (4 digits)", "No.3 住民基本台帳用(じゅうみんきほんだいちょうよう)(4つの 数字(すうじ))"), choice("4", "No.4 券面事項入力補助用(4桁)", "No.4, card-face item input support (4 digits)", "No.4 入力補助用(にゅうりょくほじょよう)")),
	"card.pins.resident_register": pinQuestion("3", "住民基本台帳用", "basic resident register", "住民基本台帳用(じゅうみんきほんだいちょうよう)"),
	"card.pins.input_support":     pinQuestion("4", "券面事項入力補助用", "card-face item input support", "入力補助用(にゅうりょくほじょよう)"),
	"application.overseas":        ask("国外転出者向けカードの申請ですか。", "Is the application for an overseas card?", "外国(がいこく)から 申(もう)し込(こ)みましたか。", yesNo()...),
	"office.took_application":     ask("その窓口は、申請を受け付けた窓口ですか。", "Is it the office that took the application?", "はじめに 紙(かみ)を 出(だ)した 窓口(まどぐち)ですか。", yesNo()...),
	"office.is_pickup_office":     ask("その窓口は、受取場所(変えるときは新しい受取場所)ですか。", "Is it the pickup office, or the new one when that is to be changed?", "カードを もらう 窓口(まどぐち)ですか。", yesNo()...),
	"event.abroad":                ask("それは国外で起きましたか。", "Did it happen abroad?", "外国(がいこく)で ですか。", yesNo()...),
}

var abroadDays = map[string]DayText{
	"continuing_use_by":          {words("継続利用の手続きは %s までです(国外転出予定日の前日)。", "Continuing use is done by %s, the day before the planned departure.", "%s までに 手続(てつづ)きを してください。"), konan.At("注意事項", "ABR-003")},
	"move_in_by":                 {words("転入届は %s までです(住み始めた日から14日)。", "The move-in notification is filed by %s, 14 days after beginning to live there.", "転入届(てんにゅうとどけ)は %s までに 出(だ)して ください(住(す)み始(はじ)めた 日(ひ)から 14日(か))。"), niigata.At("転入届の提出が遅れた", "ABR-062", "CON-016")},
	"update_by":                  {words("カードの書換えは %s までです(転入届から90日)。", "The card is rewritten by %s, 90 days after the move-in notification.", "カードは %s までに 書(か)き直(なお)して ください(転入届(てんにゅうとどけ)から 90日(にち))。"), niigata.At("90日間を経過した", "ABR-062")},
	"apply_free_by":              {words("%s までに申請すれば無料です(国外転出予定日から90日)。", "Applied for by %s, 90 days after the planned departure, the card is free.", "%s までに 申(もう)し込(こ)めば お金(かね)は かかりません(外国(がいこく)に 引(ひ)っ越(こ)す 予定(よてい)の 日(ひ)から 90日(にち))。"), konan.At("注意事項", "FEE-011")},
	"collect_by":                 {words("カードの受取りは %s までです。", "The card is to be collected by %s.", "%s までに もらって ください。"), mhlwLeaflet.At("受取②", "PICK-075")},
	"card_renewal_abroad":        {words("カードの更新は %s から申請できます。", "The card can be renewed from %s on.", "%s から 申(もう)し込(こ)めます。"), konan.At("4.", "EXP-023")},
	"certificate_renewal_abroad": {words("電子証明書は %s から更新できます。", "The certificates can be renewed from %s on.", "%s から 新(あたら)しく できます。"), konan.At("5.", "EXP-023")},
}
