package rules

import "mynumber/internal/law"

// Procedures about changes of entries, lapse, periods of stay, certificates: their list, their conditions, their
// questions and the lines of their checklists. Their sheets stand beside, one file a family.

const (
	ChangeAtHome     Procedure = "change_entries_at_home"
	ReissueSignature Procedure = "reissue_signature_certificate"
	RevokeByWish     Procedure = "revoke_certificates"
	ReportCompromise Procedure = "report_key_compromise"
	ExtendStay       Procedure = "extend_validity_after_stay"
	ExtendSpecially  Procedure = "special_extension"
	ChangeNumber     Procedure = "change_individual_number"
	ChangeCode       Procedure = "change_resident_record_code"
)

var changeProcedures = []Info{
	{ChangeAtHome, GroupChange, words("カードの記載の変更(引っ越し・氏名変更など)", "Update the card after a move or a change of name", "引(ひ)っ越(こ)し・名前(なまえ)が 変(か)わった とき カードを 書(か)き直(なお)す"), &ChangeEntriesAtHome},
	{ReissueSignature, GroupCertificates, words("変更後の署名用電子証明書の発行", "A new signature certificate after a change", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もう一度(いちど) もらう"), &ReissueSignatureCertificate},
	{RevokeByWish, GroupCertificates, words("希望による電子証明書の失効", "Have certificates revoked by own wish", "電子証明書(でんししょうめいしょ)を やめる"), &RevokeCertificates},
	{ReportCompromise, GroupCertificates, words("秘密鍵の漏えいの届出", "Report a compromised key", "電子証明書(でんししょうめいしょ)の かぎが もれた"), &ReportKeyCompromise},
	{ExtendStay, GroupForeign, words("在留期間の更新に伴うカードの有効期間の変更", "Extend the card after the period of stay was extended", "在留期間(ざいりゅうきかん)が のびた とき カードも のばす"), &ExtendValidityAfterStay},
	{ExtendSpecially, GroupForeign, words("在留期間の更新申請中の特例延長", "Extend the card specially while the extension of stay is pending", "在留期間(ざいりゅうきかん)の 申請(しんせい)の 途中(とちゅう)で カードを のばす"), &SpecialExtension},
	{ChangeNumber, GroupNumber, words("マイナンバーの変更", "Change the Individual Number", "マイナンバーを 変(か)える"), &ChangeIndividualNumber},
	{ChangeCode, GroupNumber, words("住民票コードの変更", "Change the resident record code", "住民票(じゅうみんひょう)コードを 変(か)える"), &ChangeResidentRecordCode},
}

// Conditions of these procedures.
const (
	EntryChangeHappened  Cond = "entry_change_happened" // CHG-001, CHG-007
	NameHasChanged       Cond = "name_has_changed"
	CardNotLapsedByDays  Cond = "card_not_lapsed_by_days" // CHG-020 to CHG-023
	MovedIntoTown        Cond = "moved_into_municipality"
	NotifiedBefore       Cond = "notified_before"
	EntryFieldIsFull     Cond = "entry_field_full"
	ProxyComes           Cond = "proxy_comes"
	FaceCard             Cond = "face_authentication_card"
	SignatureGone        Cond = "signature_revoked"
	SignatureAllowed     Cond = "signature_allowed" // CERT-011
	NotifiesToday        Cond = "notifies_today"
	HouseholdSameDay     Cond = "household_same_day"
	SignatureIsValid     Cond = "signature_valid"
	UserAuthIsValid      Cond = "user_authentication_valid"
	PhoneIsUsed          Cond = "phone_certificates_used"
	SomethingToRevoke    Cond = "something_to_revoke"
	RevokesSignature     Cond = "revokes_signature"
	RevokesUserAuth      Cond = "revokes_user_authentication"
	MisuseFeared         Cond = "misuse_feared"
	CompromisedKey       Cond = "key_to_report"
	HolderComes          Cond = "holder_comes"
	StayWasExtended      Cond = "stay_was_extended"
	StayIsPending        Cond = "stay_is_pending"
	ExtendedAlready      Cond = "extended_already"
	SpecifiedCardExists  Cond = "specified_residence_card_exists"
	FormerSurnameChanged Cond = "former_surname_changed"
)

var changeConds = map[Cond]CondText{
	EntryChangeHappened: either("引っ越し・氏名・旧氏・生年月日・性別の変更があったこと", "a move or a change of name, former surname, birth date or sex", "カードに書かれた事項の変更がないこと", "nothing that stands on the card has changed").
		plainly("住所(じゅうしょ)・名前(なまえ)・前(まえ)の 名字(みょうじ)・生年月日(せいねんがっぴ)・性別(せいべつ)が 変(か)わった こと", "カードに 書(か)いて ある ことが 変(か)わっていない こと"),
	FormerSurnameChanged: either("旧氏を追加・変更・削除したこと", "a former surname was added, changed or deleted", "旧氏の変更ではないこと", "it is not about a former surname").
		plainly("前(まえ)の 名字(みょうじ)を 書(か)く・変(か)える・消(け)す こと", "前(まえ)の 名字(みょうじ)の ことでは ない こと"),
	NameHasChanged: either("氏名または旧氏が変わったこと", "the name or former surname changed", "氏名・旧氏の変更ではないこと", "neither name nor former surname changed").
		plainly("名前(なまえ)か 前(まえ)の 名字(みょうじ)が 変(か)わった こと", "名前(なまえ)や 前(まえ)の 名字(みょうじ)が 変(か)わったのではない こと"),
	CardNotLapsedByDays: either("転入届やカードの変更の期限を過ぎていないこと", "the days for the move-in notification and the update have not run out", "転入届またはカードの変更の期限を過ぎたこと", "the days for the move-in notification or the update have run out").
		plainly("転入届(てんにゅうとどけ)や カードを 書(か)き直(なお)す 期限(きげん)を 過(す)ぎていない こと", "転入届(てんにゅうとどけ)か カードを 書(か)き直(なお)す 期限(きげん)を 過(す)ぎた こと"),
	MovedIntoTown: either("他の市区町村または国外から引っ越してきたこと", "moved in from another municipality or from abroad", "他の市区町村・国外からの引っ越しではないこと", "did not move in from elsewhere").
		plainly("ほかの 町(まち)か 外国(がいこく)から 引(ひ)っ越(こ)してきた こと", "ほかの 町(まち)や 外国(がいこく)から 引(ひ)っ越(こ)したのではない こと"),
	NotifiedBefore: either("届出を前の日までに済ませたこと", "the notification was filed on an earlier day", "届出をこれからする、または今日すること", "the notification is filed today or later").
		plainly("届(とど)けを 前(まえ)の 日(ひ)までに 出(だ)した こと", "届(とど)けを これから、または 今日(きょう) 出(だ)す こと"),
	EntryFieldIsFull: either("追記欄に余白がないこと", "the additional-entry field is full", "追記欄に余白があること", "the additional-entry field has room").
		plainly("カードに 書(か)く ところが もう ない こと", "カードに 書(か)く ところが ある こと"),
	ProxyComes: either("同じ世帯でない任意代理人が来ること", "a proxy from outside the household comes", "任意代理人以外の人が来ること", "somebody else than a proxy from outside the household comes").
		plainly("いっしょに 住(す)んでいない、頼(たの)まれた 人(ひと)が 来(く)る こと", "頼(たの)まれた 人(ひと)ではない 人(ひと)が 来(く)る こと"),
	FaceCard: either("顔認証マイナンバーカードであること", "a face-authentication card", "顔認証マイナンバーカードでないこと", "not a face-authentication card").
		plainly("顔認証(かおにんしょう)マイナンバーカードである こと", "顔認証(かおにんしょう)マイナンバーカードではない こと"),
	SignatureGone: either("署名用電子証明書が変更により失効した、または失効すること", "the signature certificate was revoked by a change, or is about to be", "署名用電子証明書が失効していないこと", "the signature certificate has not been revoked").
		plainly("変(か)わった ことで 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)えなく なった、または なる こと", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)えなく なっていない こと"),
	SignatureAllowed: either("15歳以上で成年被後見人でないこと、または法定代理人と一緒に来ること", "15 or over and no ward, or accompanied by the statutory representative", "15歳未満または成年被後見人で、法定代理人と一緒でないこと", "under 15 or a ward, without the statutory representative").
		plainly("15歳(さい)か それより 上(うえ)で 後見人(こうけんにん)が いない、または 親(おや)や 後見人(こうけんにん)と いっしょに 来(く)る こと", "15歳(さい)より 下(した)か 後見人(こうけんにん)が いて、親(おや)や 後見人(こうけんにん)と いっしょではない こと"),
	NotifiesToday: either("届出と同時に手続きすること", "done together with the notification", "届出と別の日に手続きすること", "done on another day than the notification").
		plainly("届(とど)けと 同(おな)じ ときに 手続(てつづ)きする こと", "届(とど)けと ちがう 日(ひ)に 手続(てつづ)きする こと"),
	HouseholdSameDay: either("窓口が同じ世帯の人への当日の発行を認めていること", "the office issues it to a member of the household on the day", "窓口が同じ世帯の人への当日の発行を認めていないこと", "the office does not issue it to a member of the household on the day").
		plainly("その 窓口(まどぐち)で、いっしょに 住(す)む 家族(かぞく)が その 日(ひ)に もらえる こと", "その 窓口(まどぐち)で、いっしょに 住(す)む 家族(かぞく)が その 日(ひ)に もらえない こと"),
	SignatureIsValid: either("署名用電子証明書が有効であること", "the signature certificate is valid", "署名用電子証明書が有効でないこと", "the signature certificate is not valid").
		plainly("署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)える こと", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)えない こと"),
	UserAuthIsValid: either("利用者証明用電子証明書が有効であること", "the user authentication certificate is valid", "利用者証明用電子証明書が有効でないこと", "the user authentication certificate is not valid").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)える こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)えない こと"),
	PhoneIsUsed: either("スマホ用電子証明書を使っていること", "certificates are on a phone", "スマホ用電子証明書を使っていないこと", "no certificates are on a phone").
		plainly("スマホの 電子証明書(でんししょうめいしょ)を 使(つか)っている こと", "スマホの 電子証明書(でんししょうめいしょ)を 使(つか)っていない こと"),
	SomethingToRevoke: either("失効させる電子証明書が有効であること", "a certificate that is to be revoked is valid", "失効させる電子証明書がないこと", "there is no certificate to revoke").
		plainly("やめたい 電子証明書(でんししょうめいしょ)が いま 使(つか)える こと", "やめたい 電子証明書(でんししょうめいしょ)が ない こと"),
	RevokesSignature: either("署名用電子証明書の失効を希望すること", "the signature certificate is to be revoked", "署名用電子証明書の失効を希望しないこと", "the signature certificate is to stay").
		plainly("署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を やめたい こと", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を やめなくて いい こと"),
	RevokesUserAuth: either("利用者証明用電子証明書の失効を希望すること", "the user authentication certificate is to be revoked", "利用者証明用電子証明書の失効を希望しないこと", "the user authentication certificate is to stay").
		plainly("利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を やめたい こと", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を やめなくて いい こと"),
	CompromisedKey: either("有効または一時保留中の電子証明書があること", "a certificate is valid or on hold", "有効な電子証明書がないこと", "no certificate is valid or on hold").
		plainly("使(つか)える、または 止(と)めている 電子証明書(でんししょうめいしょ)が ある こと", "使(つか)える 電子証明書(でんししょうめいしょ)が ない こと"),
	HolderComes: either("本人が来ること", "the holder comes", "本人が来ないこと", "the holder does not come").
		plainly("本人(ほんにん)が 来(く)る こと", "本人(ほんにん)が 来(こ)ない こと"),
	StayWasExtended: either("在留期間が更新され、新しい在留カードがあること", "the stay was extended, and the new residence card is there", "在留期間が更新されていないこと", "the stay has not been extended").
		plainly("在留期間(ざいりゅうきかん)が のびて、新(あたら)しい 在留(ざいりゅう)カードが ある こと", "在留期間(ざいりゅうきかん)が のびていない こと"),
	StayIsPending: either("在留期間の更新を申請中であること", "the extension of stay has been applied for", "在留期間の更新を申請中でないこと", "no extension of stay is pending").
		plainly("在留期間(ざいりゅうきかん)を のばす 申請(しんせい)を している こと", "在留期間(ざいりゅうきかん)を のばす 申請(しんせい)を していない こと"),
	ExtendedAlready: either("特例延長をすでに受けたこと", "specially extended already", "特例延長をまだ受けていないこと", "not specially extended yet").
		plainly("申請(しんせい)の 途中(とちゅう)で カードの 期限(きげん)を もう のばした こと", "申請(しんせい)の 途中(とちゅう)で カードの 期限(きげん)を まだ のばしていない こと"),
	SpecifiedCardExists: either("特定在留カードが交付されていること", "specified residence cards are issued", "特定在留カードがまだ交付されていないこと", "specified residence cards are not issued yet").
		plainly("「特定在留(とくていざいりゅう)カード」が もう 始(はじ)まっている こと", "「特定在留(とくていざいりゅう)カード」が まだ 始(はじ)まっていない こと"),
	MisuseFeared: either("マイナンバーが漏えいし、不正に使われるおそれがあること", "the number has leaked and misuse is feared", "マイナンバーが不正に使われるおそれがないこと", "no misuse of the number is feared").
		plainly("マイナンバーが ほかの 人(ひと)に 知(し)られて、悪(わる)い ことに 使(つか)われるかも しれない こと", "マイナンバーが 悪(わる)い ことに 使(つか)われる 心配(しんぱい)が ない こと"),
}

var changeQuestions = map[Fact]Question{
	"event.kind": ask("何がありましたか。", "What happened?", "何(なに)が ありましたか。",
		events(MoveIn, MoveWithin, NameChange, FormerSurname, BirthOrSexChange, HonsekiChange, ReturnToJapan, Departure, CardLost, CardStolen, CardFound, CardDamaged, NumberChanged, StayExtended, StayPending,
			CardExpiry, CardBurnt, Disaster, ChildBorn, FirstRegistration, CodeChanged, EntryFieldFilled, OfficeError, Released)...).
		because("出来事によって、必要な手続きと期限が違います。", "What is due, and until when, depends on it.", "何(なに)が あったかで 手続(てつづ)きが ちがいます。"),
	"event.on":               ask("それはいつですか(引っ越しは住み始めた日)。", "On which day? For a move, the first day of living there.", "いつですか。引(ひ)っ越(こ)しは 住(す)み始(はじ)めた 日(ひ)です。"),
	"event.planned_move_out": ask("転出届に書いた転出予定日はいつですか。", "Which planned move-out date was declared?", "転出届(てんしゅつとどけ)に 書(か)いた 日(ひ)は いつですか。"),
	"card.entry_field_full":  ask("カードの表面の追記欄に、新しい住所や氏名を書く余白がありますか。", "Is the additional-entry field on the front of the card full?", "カードの 表(おもて)に 書(か)く ところが もう ありませんか。", choice("true", "余白がない", "It is full", "もう ない"), choice("false", "余白がある", "There is room", "まだ ある")),
	"visitor.who": ask("だれが手続きをしますか。", "Who acts?", "だれが 手続(てつづ)きを しますか。",
		visitors(Holder, HolderWithRepresentative, StatutoryRepresentative, HouseholdMember, VoluntaryProxy)...),
	"card.face_authentication":               ask("顔認証マイナンバーカード(追記欄に「顔認証」とあるカード)ですか。", "Is it a face-authentication card, with 顔認証 in the additional-entry field?", "「顔認証(かおにんしょう)」と 書(か)いた カードですか。", yesNo()...),
	"certificates.signature.state":           ask("署名用電子証明書は使えますか。", "What is the state of the signature certificate?", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えますか。", certificateStates()...),
	"certificates.user_authentication.state": ask("利用者証明用電子証明書は使えますか。", "What is the state of the user authentication certificate?", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えますか。", certificateStates()...),
	"phone.signature.state":                  ask("スマートフォンの電子証明書はどうなっていますか。", "What is the state of the certificates on the phone?", "スマートフォンの 電子証明書(でんししょうめいしょ)は どうですか。", certificateStates()...),
	"event.filed":                            ask("届出をした日はいつですか。これからのときは、その予定の日を書いてください。", "On which day was it notified, or will it be?", "届(とどけ)を 出(だ)した 日(ひ)は いつですか。"),
	"wish.revoke_signature":                  ask("署名用電子証明書を失効させますか。", "Is the signature certificate to be revoked?", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を やめますか。", yesNo()...),
	"wish.revoke_user_authentication":        ask("利用者証明用電子証明書を失効させますか。", "Is the user authentication certificate to be revoked?", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)を やめますか。", yesNo()...),
	"card.specially_extended":                ask("在留期間の更新の申請中として、すでに2か月延長しましたか。", "Was the card specially extended already?", "もう 2か月(げつ) のばしましたか。", yesNo()...),
	"person.stay_until":                      ask("新しい在留期間の満了日はいつですか。", "What is the last day of the new period of stay?", "新(あたら)しい 在留期間(ざいりゅうきかん)は いつまでですか。"),
	"card.issued":                            ask("カードの発行日はいつですか。", "On which day was the card issued?", "カードは いつ できましたか。"),
	"event.misuse_feared":                    ask("マイナンバーが漏れて、不正に使われるおそれがありますか。", "Has the number leaked so that misuse is feared?", "マイナンバーを ほかの 人(ひと)に 悪(わる)く 使(つか)われそうですか。", yesNo()...),
	"certificates.signature.until":           ask("署名用電子証明書の有効期限はいつですか。", "What is the last good day of the signature certificate?", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)の 期限(きげん)は いつですか。"),
	"card.until":                             ask("カードの有効期限はいつですか。", "What is the card's last good day?", "カードの 期限(きげん)は いつですか。"),
	"person.birth_date":                      ask("生年月日はいつですか。", "What is the date of birth?", "生年月日(せいねんがっぴ)は いつですか。"),
}

// events, visitors and certificateStates are choices out of the catalogues of names.
func events(kinds ...EventKind) []Choice {
	var out []Choice
	for _, k := range kinds {
		out = append(out, Choice{string(k), EventNames[k]})
	}
	return out
}

func visitors(kinds ...Visitor) []Choice {
	var out []Choice
	for _, k := range kinds {
		out = append(out, Choice{string(k), VisitorNames[k]})
	}
	return out
}

func certificateStates() []Choice {
	return []Choice{
		choice("valid", "有効", "valid", "使(つか)える"), choice("revoked", "失効した", "revoked", "使(つか)えなく なった"), choice("held", "一時停止中", "on hold", "止(と)めている"),
		choice("expired", "有効期限が切れた", "expired", "期限(きげん)が 切(き)れた"), choice("none", "発行していない", "never issued", "ない"),
	}
}

var changeNeeds = map[string]law.Text{}

var changeDays = map[string]DayText{
	string(NotifiedAfter14Days): {words("転入届は、住み始めた日から14日以内の %s までです。過ぎるとカードは失効します。", "File the move-in notification by %s, within 14 days of beginning to live there; otherwise the card lapses.", "転入届(てんにゅうとどけ)は %s までに 出(だ)して ください(住(す)み始(はじ)めた 日(ひ)から 14日(か))。過(す)ぎると カードは 使(つか)えなく なります。"), niigata.At("転入届の提出が遅れた", "CHG-021")},
	string(NotifiedAfter30Days): {words("転入届は、転出予定日から30日以内の %s までです。過ぎるとカードは失効します。", "File the move-in notification by %s, within 30 days of the planned move-out; otherwise the card lapses.", "転入届(てんにゅうとどけ)は %s までに 出(だ)して ください(出(で)る 予定(よてい)の 日(ひ)から 30日(にち))。過(す)ぎると カードは 使(つか)えなく なります。"), awara.At("券面記載事項、内部記録事項の変更", "CHG-020")},
	"change_validity":           {words("有効期間の変更は、カードが有効な %s までです。", "Have the validity changed by %s, while the card is still valid.", "%s までに 手続(てつづ)きを して ください。"), awara.At("在留期限の延長に伴う…変更", "EXP-051", "EXP-054")},
	"change_again":              {words("新しい在留カードが届いたら、延長された %s までに有効期間を変更してください。", "When the new residence card comes, have the validity changed by %s.", "%s までに もう一度(いちど) 手続(てつづ)きを して ください。"), awara.At("特例による延長(改めて有効期間の変更)", "EXP-062")},
	string(NotRewritten):        {words("カードの記載の変更は、転入届から90日以内の %s までです。過ぎるとカードは失効します。", "Have the card updated by %s, within 90 days of the move-in notification; otherwise it lapses.", "カードは %s までに 書(か)き直(なお)して ください(転入届(てんにゅうとどけ)から 90日(にち))。過(す)ぎると カードは 使(つか)えなく なります。"), niigata.At("90日間を経過した", "CHG-022")},
}

var changeRefusals = map[string]law.Refusal{
	"nothing_to_rewrite": easily(no(
		"カードに書かれた事項に変更がないため、書き換えるものがありません。", "Nothing that stands on the card has changed.",
		"本籍だけの変更のときはカードの手続きはいりません。コンビニで戸籍の証明書を取る人は利用登録をやり直してください。", "A change of the honseki alone needs nothing; register anew for family-register certificates at the kiosk.",
		awara.At("券面記載事項、内部記録事項の変更", "CHG-001", "CHG-017")),
		"カードに 書(か)いて ある ことは 変(か)わっていません。", "本籍(ほんせき)だけが 変(か)わった ときは、カードの 手続(てつづ)きは いりません。コンビニで 戸籍(こせき)を 取(と)る 人(ひと)は、もう一度(いちど) 登録(とうろく)して ください。"),
	"card_is_overseas": easily(no(
		"国外転出者向けのカードです。日本に戻った人は、転入届のときに国内のカードに書き換えます。", "This is an overseas card; on returning to Japan it is rewritten with the move-in notification.",
		"国外にいる間は、本籍地市区町村または在外公館の手続きをご覧ください。", "While abroad, see the procedures of the honseki municipality and the missions.",
		konan.At("注意事項", "CHG-008", "CON-013")),
		"「国外転出(こくがいてんしゅつ)」の カードです。日本(にほん)に 戻(もど)った 人(ひと)は、転入届(てんにゅうとどけ)の ときに 日本(にほん)の カードに 書(か)き直(なお)します。", "本籍(ほんせき)の 役所(やくしょ)か 大使館(たいしかん)に 聞(き)いてください。"),
	"card_lapsed_by_days": easily(no(
		"このカードは %s に失効しました。%s", "This card lapsed on %s. %s",
		"失効したカードは元に戻せません。新しいカードを申請してください。再交付手数料がかかります。", "It cannot be revived. Apply for a new card; the re-issue fee is due.",
		niigata.At("有効期限前のカード失効", "CHG-020", "CHG-021", "CHG-022", "CHG-023", "CHG-034", "ST-009")),
		"カードは %s から 使(つか)えません。%s", "新(あたら)しい カードを 申(もう)し込(こ)んで ください。お金(かね)が かかります。"),
	"entry_field_is_full": easily(no(
		"追記欄に余白がないため、このカードは書き換えられません。", "The additional-entry field is full, so this card cannot be updated.",
		"新しいカードを無料で申請できます。", "Apply for a new card, free of charge.",
		niigata.At("追記欄満欄", "CHG-004", "CARD-008", "FEE-012")),
		"カードに 書(か)く ところが もう ありません。", "新(あたら)しい カードを ただで 作(つく)れます。"),
	"card_not_active": easily(no(
		"カードが使える状態でないため、この手続きはできません。", "The card is not active.",
		"一時停止中のときは先に解除してください。失効・廃止・返納・満了したカードは元に戻せないので、新しいカードを申請してください。", "Lift a suspension first. A card that has ended cannot be revived: apply for a new one.",
		niigata.At("有効期限前のカード失効", "CHG-034", "ST-012")),
		"カードが 使(つか)えません。", "止(と)めた カードは また 使(つか)えるように してから、だめに なった カードは 新(あたら)しく 申(もう)し込(こ)んで ください。"),
	"signature_not_revoked": easily(no(
		"署名用電子証明書は失効していないため、新しく発行する必要がありません。", "The signature certificate has not been revoked; no new one is needed.",
		"有効期限が近いときは更新を、発行を受けていないときは追加をしてください。", "Renew it near its last day, or have one added if there never was one.",
		niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012")),
		"署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は まだ 使(つか)えます。", "期限(きげん)が 近(ちか)い ときは 新(あたら)しく して ください。もらっていない ときは、ふやす 手続(てつづ)きを して ください。"),
	"signature_not_under_15": easily(no(
		"15歳未満の方と成年被後見人には、原則として署名用電子証明書を発行しません。", "In principle no signature certificate is issued to under-15s and adult wards.",
		"本人が法定代理人と一緒に窓口に来て申請するときは発行できることがあります。", "It may be issued when the person applies together with the statutory representative.",
		awara.At("電子証明書の種類", "CERT-011", "CHG-014")),
		"15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、ふつう 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もらえません。", "親(おや)などと いっしょに 窓口(まどぐち)に 来(き)てください。"),
	"face_card_no_signature": easily(no(
		"顔認証マイナンバーカードには署名用電子証明書を記録できません。", "A face-authentication card cannot carry a signature certificate.",
		"暗証番号のあるカードに戻すと発行できます。", "Have it switched back to a card with PINs first.",
		niigata.At("暗証番号の設定", "CARD-027", "CARD-029")),
		"この カードには 署名用(しょめいよう)を 入(い)れられません。", "暗証番号(あんしょうばんごう)が ある カードに 戻(もど)して ください。"),
	"card_not_brought": easily(no(
		"カードが手元にないため、今日は書き換えられません。", "Without the card it cannot be updated today.",
		"転入届だけを先に済ませ、その日から90日以内にカードを持ってもう一度お越しください。", "File the notification now and come again with the card within 90 days of it.",
		niigata.At("後日手続", "CHG-003", "CHG-022")),
		"カードが ないと 書(か)き直(なお)せません。", "届(とどけ)を 出(だ)してから 90日(にち)までに カードを 持(も)って 来(き)てください。"),
	"not_resident_here": easily(no(
		"日本に住民票がないため、この手続きはできません。", "There is no resident record in Japan.",
		"国外に住んでいる人は本籍地市区町村にご相談ください。", "From abroad, ask the honseki municipality.",
		awara.At("住民基本台帳(住民票コード…)", "NUM-001", "NUM-013")),
		"日本(にほん)に 住民票(じゅうみんひょう)が ありません。", "本籍(ほんせき)の 役所(やくしょ)に 聞(き)いてください。"),
	"no_period_of_stay": easily(no(
		"カードの有効期間は在留期間によらないため、この手続きは必要ありません。", "The card does not end with a period of stay; nothing has to be changed.",
		"日本国籍の方と、永住者・高度専門職第2号・特別永住者の方は、期限が近づいたら更新してください。", "Japanese nationals, permanent residents, highly skilled professionals (ii) and special permanent residents renew the card near its last day.",
		awara.At("有効期限の決め方", "EXP-008", "EXP-009")),
		"この 手続(てつづ)きは いりません。", "日本(にほん)の 国籍(こくせき)の 人(ひと)、永住者(えいじゅうしゃ)、特別永住者(とくべつえいじゅうしゃ)、高度専門職(こうどせんもんしょく)2号(ごう)の 人(ひと)は、期限(きげん)が 近(ちか)くなったら 新(あたら)しく して ください。"),
	"new_residence_card_missing": easily(no(
		"新しい在留カードがないため、有効期間を変更できません。", "Without the new residence card the validity cannot be changed.",
		"在留期間の更新を申請中の方は、特例で2か月延長できます。", "If the extension of stay is pending, the card can be specially extended by two months.",
		awara.At("在留期限の延長に伴う…変更", "EXP-051", "EXP-060")),
		"新(あたら)しい 在留(ざいりゅう)カードが ありません。", "申請(しんせい)の 途中(とちゅう)なら 2か月(げつ) のばせます。"),
	"card_ended_with_stay": easily(no(
		"カードが有効でないため、有効期間を変更できません。", "The card is no longer valid, so its validity cannot be changed.",
		"新しいカードを申請してください。在留期間の満了で使えなくなったときは再交付手数料がかかります。", "Apply for a new card; where it ended with the period of stay the re-issue fee is due.",
		awara.At("在留期限のある人…", "EXP-051", "EXP-054", "FEE-010", "CON-008")),
		"カードの 期限(きげん)が 切(き)れました。", "新(あたら)しい カードを 申(もう)し込(こ)んで ください。お金(かね)が かかります。"),
	"stay_extension_not_applied": easily(no(
		"在留期間の更新を申請していないため、特例の延長はできません。", "No extension of stay is pending, so the card is not specially extended.",
		"新しい在留カードがある方は、ふつうの有効期間の変更をしてください。まだの方は先に出入国在留管理局で更新を申請してください。", "With the new residence card make the ordinary change; otherwise apply to immigration first.",
		awara.At("特例による延長", "EXP-060", "EXP-061")),
		"在留期間(ざいりゅうきかん)の 申請(しんせい)を して いません。", "新(あたら)しい 在留(ざいりゅう)カードが ある 人(ひと)は、ふつうの やり方(かた)で カードの 期限(きげん)を 変(か)えて ください。まだの 人(ひと)は、先(さき)に 入管(にゅうかん)で 申請(しんせい)して ください。"),
	"extended_already": easily(no(
		"特例の延長は1回だけです。", "The special extension is granted once only.",
		"新しい在留カードを受け取り、延びた期限までに有効期間を変更してください。", "Collect the new residence card and have the validity changed by the extended last day.",
		awara.At("特例による延長", "EXP-060", "EXP-062")),
		"もう のばしました。1回(かい)だけです。", "新(あたら)しい 在留(ざいりゅう)カードを もらって 来(き)てください。"),
	"no_certificate_to_revoke": easily(no(
		"失効させる有効な電子証明書がありません。", "There is no valid certificate to revoke.",
		"失効させる電子証明書を選び直してください。カードそのものをやめるときは返納の手続きをしてください。", "Choose the certificate to revoke; to give up the card itself, return it.",
		awara.At("電子証明書のなりたち", "CHG-018")),
		"やめる 電子証明書(でんししょうめいしょ)が ありません。", "どれを やめるか 選(えら)んで ください。"),
	"number_stays": easily(no(
		"マイナンバーは生涯同じ番号です。漏えいして不正に使われるおそれがあるときだけ変更できます。", "The number stays for life; it is changed only when it has leaked and misuse is feared.",
		"カードをなくしただけのときは、一時停止と紛失の届出をしてください。新しいカードでもマイナンバーは変わりません。", "If only the card is lost, have it suspended and report it; a new card has the same number.",
		awara.At("マイナンバー制度の概要", "NUM-003", "NUM-004")),
		"マイナンバーは ずっと 同(おな)じです。", "カードを なくした だけの ときは、電話(でんわ)で 止(と)めて、なくしたと 届(とど)けて ください。新(あたら)しい カードでも マイナンバーは 変(か)わりません。"),
}

// changeTables are the tables of these procedures as they are printed.
func changeTables() []Entry {
	return []Entry{
		entry("LapseEndings", "失効する出来事と日数", &LapseEndings, sayEndings),
		entry("Follow", "いっしょに失効するもの", &Follow, sayFollow),
		entry("ReplyDays", "照会書への回答を待つ日数", &ReplyDays, one("照会書を送った日から%d日目まで回答を待ちます。")),
		entry("Revocations", "窓口の手続きで失効する電子証明書の失効理由", &Revocations, sayRevocations),
		entry("ClosedDayShift", "最後の日が閉庁日のとき", &ClosedDayShift, sayShift),
		entry("OfficeLapse", "転居・氏名変更の後に書き換えないカード", &OfficeLapse, sayOfficeLapse),
		entry("ExtensionMonths", "在留期間の更新申請中の特例延長", &ExtensionMonths, one("在留期間の更新を申請中の人のカードは、1回だけ%dか月延長できます。")),
		entry("SpecifiedResidenceCards", "特定在留カード", &SpecifiedResidenceCards, saySpecified),
		entry("HouseholdSignature", "同じ世帯の人による署名用電子証明書の当日の発行", &HouseholdSignature, sayHousehold),
	}
}
