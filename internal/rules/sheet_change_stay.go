package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// ExtensionMonths is by how many months a card is specially extended while the extension of stay is pending (EXP-060).
var ExtensionMonths = law.Table[int]{
	{From: cards, Checked: checked, Cite: awara.At("特例による延長", "EXP-060"), Rule: 2},
}

// SpecifiedResidenceCards: whether immigration issues residence cards that are Individual Number Cards too, so that a
// renewal of the stay needs no visit to the municipality (特定在留カード, supplement 1.17).
var SpecifiedResidenceCards = law.Table[bool]{
	{From: cards, To: day(2026, 6, 14), Cite: awara.At("在留期限の延長に伴う…変更", "EXP-051"), Rule: false},
	{From: day(2026, 6, 14), Checked: checked, Cite: immigration.At("特定在留カード", "EXP-051"), Rule: true},
}

func saySpecified(on bool) []string {
	if on {
		return []string{"出入国在留管理庁は、在留カードとマイナンバーカードを兼ねた特定在留カードを交付しています(希望する人)。"}
	}
	return []string{"特定在留カードはまだ交付されていません。"}
}

// stayWays are who may have the validity changed: the holder for card and certificates, a proxy for the card alone
// (EXP-053, EXP-063, CHG-045).
func stayWays(cite law.Citation) []Way {
	proxy := []Need{single(ProxyAppointment, awara.At("在留期限の延長に伴う…変更(代理人)", "EXP-053", "FORM-023")), single(ProxyPhotoID, awara.At("在留期限の延長に伴う…変更(代理人)", "EXP-053"))}
	third := []card.PIN{card.ResidentRegisterPIN}
	return []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: cite, Who: []Come{
		{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: cite},
		{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, cite)}, Cite: cite},
		{Who: StatutoryRepresentative, Part: CardOnly, If: conds(NeedsRepresentative), Papers: proxy, PINs: third, Cite: awara.At("在留期限の延長に伴う…変更(代理人)", "EXP-053", "EXP-063", "CHG-045")},
		{Who: HouseholdMember, Part: CardOnly, Papers: proxy, PINs: third, Cite: awara.At("在留期限の延長に伴う…変更(代理人)", "EXP-053", "EXP-063", "CHG-045")},
		{Who: VoluntaryProxy, Part: CardOnly, Papers: proxy, PINs: third, Cite: awara.At("在留期限の延長に伴う…変更(代理人)", "EXP-053", "EXP-063", "CHG-045")},
	}}}
}

var stayEffects = []Effect{
	effect(TheCard, "extended", "カードの有効期間が変わり、券面記載欄に新しい期限が書かれます。", "The card's validity changes, and the new last day is written into the card-face entry space.", "カードの 期限(きげん)が のびます。", awara.At("在留期限の延長に伴う…変更", "EXP-050", "EXP-052", "CARD-007")),
	effect(TheSignature, "reissued", "署名用電子証明書は新しく発行されます。カードの期限を変えるだけでは電子証明書の期限は変わりません。", "The signature certificate is issued anew; extending the card alone does not extend it.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。", awara.At("在留期限の延長に伴う…変更", "EXP-052"), HolderComes),
	effect(TheUserAuthentication, "reissued", "利用者証明用電子証明書も新しく発行されます。", "The user authentication certificate is issued anew too.", "利用者証明用(りようしゃしょうめいよう)も 新(あたら)しく なります。", awara.At("在留期限の延長に伴う…変更", "EXP-052"), HolderComes),
}

var (
	noNotice = line("no_notice", "在留期間のある人には、有効期限のお知らせは届きません。在留期限をご自分で確かめてください。", "Residents with a period of stay get no expiry notice: watch the day yourself.", "在留期間(ざいりゅうきかん)が ある 人(ひと)には お知(し)らせが 来(き)ません。自分(じぶん)で 期限(きげん)を 見(み)て ください。", awara.At("在留期限のある人…", "EXP-024", "NTF-007"))
	feeLater = line("fee_if_missed", "期限までに手続きをしないと、カードは使えなくなり、新しいカードに手数料がかかります(期限切れの更新のように無料にはなりません)。", "If it is missed the card ends, and a new one costs a fee, unlike a renewal at expiry.", "おくれると カードは 使(つか)えなく なります。新(あたら)しい カードに お金(かね)が かかります。", awara.At("在留期限のある人…", "EXP-054", "CHG-028", "FEE-010", "CON-008", "CON-033"))
	ownLater = line("certificates_in_person", "代理人はカードの期限だけを変えられます。電子証明書は、後日に本人が手続きします。", "A proxy changes the card alone; for the certificates the holder comes on a later day.", "代理人(だいりにん)は カードだけ できます。", awara.At("在留期限の延長に伴う…変更(代理人)", "EXP-053", "EXP-063"), HolderComes.Not())
)

// ExtendValidityAfterStay is the change of the card's validity after the period of stay was extended (EXP-050 to EXP-054).
var ExtendValidityAfterStay = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("在留期限の延長に伴う…変更", "EXP-050", "EXP-051", "EXP-009"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: PeriodOfStayBound, Refuse: "no_period_of_stay"},
			{Cond: StayWasExtended, Refuse: "new_residence_card_missing", Opens: ExtendSpecially},
			{Cond: CardActive, Refuse: "card_ended_with_stay", Opens: ReissueAtHome},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: stayWays(awara.At("在留期限の延長に伴う…変更", "EXP-051")),
		Papers: []Need{
			single(NewResidenceCard, awara.At("在留期限の延長に伴う…変更", "EXP-051", "EXP-052")),
			single(MyNumberCard, awara.At("在留期限の延長に伴う…変更", "EXP-052")),
			single(FormStayChange, awara.At("在留期限の延長に伴う…変更", "EXP-052", "FORM-021")),
		},
		PINs:    []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN, card.ResidentRegisterPIN},
		Effects: stayEffects,
		Steps: []Line{
			line("bring_both", "カードの有効期限までに、新しい在留カードとマイナンバーカードを窓口に持って行きます。", "By the card's last day bring the new residence card and the card.", "新(あたら)しい 在留(ざいりゅう)カードと マイナンバーカードを 持(も)って 行(い)きます。", awara.At("在留期限の延長に伴う…変更", "EXP-051")),
			line("type_pins", "申請書を書き、暗証番号(No.1〜No.3)を入力します。", "Fill in the form and type PINs No.1 to No.3.", "紙(かみ)を 書(か)いて、暗証番号(あんしょうばんごう)(No.1から No.3まで)を 入(い)れます。", awara.At("在留期限の延長に伴う…変更", "EXP-052")),
		},
		Warnings: []Line{noNotice, feeLater, ownLater,
			line("specified_card", "在留カードとマイナンバーカードを兼ねた特定在留カードなら、在留期間の更新の後に市区町村へ行く必要がありません。", "With a specified residence card, which is both in one, no visit to the municipality is needed after a renewal of the stay.", "在留(ざいりゅう)カードと いっしょの カードも あります。", immigration.At("特定在留カード", "EXP-051"), SpecifiedCardExists),
		},
		Takes: []Estimate{takes("at_the_window", 15, 15, Minutes, "手続きは15分ほどです。", "About 15 minutes.", "15分(ふん)くらいです。", awara.At("在留期限の延長に伴う…変更", "EXP-051"))},
	}},
}

// SpecialExtension is the extension by two months while the extension of stay is pending (EXP-060 to EXP-063).
var SpecialExtension = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("特例による延長", "EXP-060"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: PeriodOfStayBound, Refuse: "no_period_of_stay"},
			{Cond: StayIsPending, Refuse: "stay_extension_not_applied", Opens: ExtendStay},
			{Cond: CardActive, Refuse: "card_ended_with_stay", Opens: ReissueAtHome},
			{Cond: ExtendedAlready.Not(), Refuse: "extended_already"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: stayWays(awara.At("特例による延長", "EXP-060", "EXP-061")),
		Papers: []Need{
			single(PendingStayProof, awara.At("特例による延長(スタンプ、メール)", "EXP-061", "FORM-046")),
			single(ResidenceCard, awara.At("特例による延長(スタンプ、メール)", "EXP-061")),
			single(MyNumberCard, awara.At("特例による延長(スタンプ、メール)", "EXP-061")),
			single(FormStayChange, awara.At("特例による延長(スタンプ、メール)", "EXP-061", "FORM-021")),
		},
		PINs:    []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN, card.ResidentRegisterPIN},
		Effects: stayEffects,
		Steps: []Line{
			line("prove_pending", "在留カード裏面の「在留期間更新許可申請中」のスタンプ、または受付番号のメールを窓口で見せます。", "Show the stamp on the back of the residence card, or the mail with the receipt number.", "スタンプか メールを 見(み)せます。", awara.At("特例による延長(スタンプ、メール)", "EXP-061")),
			line("change_again", "新しい在留カードが届いたら、延びた期間のうちに、改めて有効期間の変更をします。", "When the new residence card comes, have the ordinary change made within the extended time.", "新(あたら)しい 在留(ざいりゅう)カードが 来(き)たら、もう一度(いちど) 来(き)てください。", awara.At("特例による延長(改めて有効期間の変更)", "EXP-062")),
		},
		Warnings: []Line{feeLater, ownLater,
			line("once_only", "この延長は1回だけです。", "It is granted once only.", "1回(かい)だけです。", awara.At("特例による延長", "EXP-060"))},
	}},
}
