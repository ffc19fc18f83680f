package rules

import "mynumber/internal/law"

// Procedures of people who live abroad, leave or come back, and about stopping a card and its PINs wherever they live.
// Their sheets stand beside, one file a family.

const (
	ApplyAbroad             Procedure = "apply_from_abroad"
	AnswerQuestions         Procedure = "answer_defect"
	ChangeData              Procedure = "change_application_data"
	ChangeMail              Procedure = "change_email"
	ChangePlace             Procedure = "change_pickup_place"
	Withdraw                Procedure = "cancel_application"
	PayFee                  Procedure = "pay_overseas_fee"
	CollectAbroad           Procedure = "collect_overseas_card"
	ContinueAbroad          Procedure = "continuing_use"
	ReturnWithCard          Procedure = "return_to_japan_with_card"
	RenewCardFromAbroad     Procedure = "renew_card_abroad"
	RenewCertificatesAway   Procedure = "renew_certificates_abroad"
	ReissueAway             Procedure = "reissue_abroad"
	ChangeEntriesFromAbroad Procedure = "change_entries_abroad"
	StopCard                Procedure = "suspend_card"
	LiftAbroad              Procedure = "lift_suspension_abroad"
	AbolishAbroad           Procedure = "abolish_card_abroad"
	GiveCardBack            Procedure = "return_card"
	SetOwnPINs              Procedure = "set_pins"
	ChangeOwnPIN            Procedure = "change_pin"
	ResetPINInJapan         Procedure = "reset_pin_at_home"
	ResetPINInStore         Procedure = "reset_pin_at_store"
	ResetPINFromAbroad      Procedure = "reset_pin_abroad"
)

var abroadProcedures = []Info{
	{ApplyAbroad, GroupApply, words("国外からのカードの申請", "Apply for a card from abroad", "外国(がいこく)から カードを 申(もう)し込(こ)む"), &ApplyFromAbroad},
	{AnswerQuestions, GroupUnderWay, words("不備の照会への回答", "Answer a question about the papers", "役所(やくしょ)の 質問(しつもん)に 答(こた)える"), &AnswerDefect},
	{ChangeData, GroupUnderWay, words("申請中に氏名などが変わったとき(国外)", "Report a changed name while an overseas application runs", "申(もう)し込(こ)みの 途中(とちゅう)で 名前(なまえ)が 変(か)わった"), &ChangeApplicationData},
	{ChangeMail, GroupUnderWay, words("登録メールアドレスの変更(国外)", "Change the registered e-mail address", "メールを 変(か)える"), &ChangeEmail},
	{ChangePlace, GroupUnderWay, words("受取場所の変更(国外)", "Change the pickup place", "カードを もらう ところを 変(か)える"), &ChangePickupPlace},
	{Withdraw, GroupUnderWay, words("申請の取消し(国外)", "Cancel an overseas application", "申(もう)し込(こ)みを やめる"), &CancelApplication},
	{PayFee, GroupUnderWay, words("手数料の納付(国外転出者向けカード)", "Pay the fee of an overseas card", "お金(かね)を 払(はら)う"), &PayOverseasFee},
	{CollectAbroad, GroupPickup, words("国外転出者向けカードの受取り", "Collect an overseas card", "カードを もらう(外国(がいこく)から 申(もう)し込(こ)んだ 人(ひと))"), &CollectOverseasCard},
	{ContinueAbroad, GroupLeave, words("国外継続利用(転出の前日まで)", "Continuing use of the card abroad, up to the day before departure", "外国(がいこく)でも カードを 使(つか)う"), &UseCardAbroad},
	{ReturnWithCard, GroupReturn, words("国外転出者向けカードを持っての帰国", "Return to Japan with an overseas card", "カードを 持(も)って 日本(にほん)に 帰(かえ)る"), &BringCardHome},
	{RenewCardFromAbroad, GroupRenewal, words("国外からのカードの更新", "Renew an overseas card", "外国(がいこく)で カードを 新(あたら)しく する"), &RenewCardAbroad},
	{RenewCertificatesAway, GroupRenewal, words("国外からの電子証明書の更新", "Renew the certificates of an overseas card", "外国(がいこく)で 電子証明書(でんししょうめいしょ)を 新(あたら)しく する"), &RenewCertificatesAbroad},
	{ReissueAway, GroupLoss, words("国外でのカードの再交付", "Have an overseas card re-issued", "外国(がいこく)で なくした・こわれた"), &ReissueFromAbroad},
	{ChangeEntriesFromAbroad, GroupChange, words("国外でのカードの記載事項の変更", "Change the entries of an overseas card", "外国(がいこく)で 名前(なまえ)などが 変(か)わった"), &ChangeEntriesAbroad},
	{StopCard, GroupLoss, words("カードの一時停止(電話)", "Suspend a card by telephone", "電話(でんわ)で カードを 止(と)める"), &SuspendCard},
	{LiftAbroad, GroupLoss, words("国外転出者向けカードの一時停止の解除", "Lift the suspension of an overseas card", "止(と)めた カードを また 使(つか)えるように する"), &LiftSuspensionAbroad},
	{AbolishAbroad, GroupLoss, words("国外転出者向けカードの廃止", "Abolish a lost overseas card", "なくした カードを やめる"), &AbolishCardAbroad},
	{GiveCardBack, GroupLoss, words("カードの返納", "Return a card for good", "カードを 返(かえ)す"), &ReturnCard},
	{SetOwnPINs, GroupPINs, words("暗証番号の設定", "Set the PINs", "暗証番号(あんしょうばんごう)を 決(き)める"), &SetPINs},
	{ChangeOwnPIN, GroupPINs, words("暗証番号の変更(覚えているとき)", "Change a PIN you know", "暗証番号(あんしょうばんごう)を 変(か)える"), &ChangePIN},
	{ResetPINInJapan, GroupPINs, words("暗証番号の再設定(市区町村の窓口)", "Reset a PIN at the counter", "忘(わす)れた 番号(ばんごう)を 役所(やくしょ)で 決(き)めなおす"), &ResetPINAtHome},
	{ResetPINInStore, GroupPINs, words("暗証番号の再設定(コンビニ等)", "Reset a PIN at a kiosk", "忘(わす)れた 番号(ばんごう)を コンビニで 決(き)めなおす"), &ResetPINAtStore},
	{ResetPINFromAbroad, GroupPINs, words("国外転出者向けカードの暗証番号の再設定", "Reset a PIN of an overseas card", "外国(がいこく)で 番号(ばんごう)を 決(き)めなおす"), &ResetPINAbroad},
}

// abroadTables are the tables of these procedures as they are printed.
func abroadTables() []Entry {
	return []Entry{
		entry("ReissueAtDeparture", "継続利用のときの電子証明書", &ReissueAtDeparture, sayReissueAtDeparture),
		entry("KeepUserCertificateOnReturn", "帰国したときの利用者証明用電子証明書", &KeepUserCertificateOnReturn, sayKeepUserCertificate),
		entry("AfterExpiryAbroad", "国外での満了後の更新", &AfterExpiryAbroad, sayAfterExpiry),
		entry("FullYearAbroad", "国外で更新したカードの有効期間", &FullYearAbroad, sayFullYear),
	}
}

func sayReissueAtDeparture(on bool) []string {
	if on {
		return []string{"継続利用のときは、断らないかぎり両方の電子証明書を新しく発行します。断った署名用電子証明書は国外転出(予定)日に失効し、利用者証明用電子証明書は元の期限まで使えます。"}
	}
	return []string{"継続利用のときは、電子証明書を新しく発行しません。署名用電子証明書は国外転出(予定)日に失効します。"}
}

func sayKeepUserCertificate(on bool) []string {
	if on {
		return []string{"帰国して住所を書き換えるとき、利用者証明用電子証明書は希望すればそのまま使えます。"}
	}
	return []string{"帰国して住所を書き換えるとき、利用者証明用電子証明書も新しく発行します。"}
}

func sayAfterExpiry(on bool) []string {
	if on {
		return []string{"国外転出者向けカードと電子証明書は、有効期間の満了後も更新を申請できます。"}
	}
	return []string{"国外転出者向けカードと電子証明書は、有効期間の満了後は更新できません。新しく申請します。"}
}

func sayFullYear(on bool) []string {
	if on {
		return []string{"満了の前1年以内に国外で更新したカードは、誕生日を1回多く数えます。"}
	}
	return []string{"国外で更新したカードも、誕生日を多く数えません。"}
}

// abroadNeeds are lines of checklists that are no single paper.
var abroadNeeds = map[string]law.Text{
	"second_identity":          words("旅券のほかの本人確認書類1点", "one more identity document besides the passport", "もう 1つの 証明書(しょうめいしょ)"),
	"foreign_proof_of_loss":    words("国外での紛失を証明する書類(現地の警察・公的機関の証明書と日本語訳)", "proof of the loss abroad, by the police or a public body there, with a Japanese translation", "外国(がいこく)で なくした ことの 証明(しょうめい)と 日本語訳(にほんごやく)"),
	"proof_of_loss_in_japan":   words("国内での紛失を示すもの(警察への遺失届の控え、または罹災証明書)", "what shows the loss in Japan: the police report's number or a disaster certificate", "日本(にほん)で なくした ことの 証明(しょうめい)"),
	"holder_identity_document": words("本人確認書類1点", "one identity document of the holder", "証明書(しょうめいしょ) 1つ"),
}
