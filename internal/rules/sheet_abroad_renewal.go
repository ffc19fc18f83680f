package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// What an overseas card needs while its holder lives abroad: renewal, re-issue, other entries. Only the honseki
// municipality rewrites a card or renews certificates; at a mission each of these is an application for a new card.

// AfterExpiryAbroad: whether an overseas card or certificate can be renewed after its last day. The pages about cards
// abroad do not say; the ones at home allow it, free of charge (CON-035; supplement 2.4).
var AfterExpiryAbroad = law.Table[bool]{
	{From: overseas, Checked: checked, Cite: niigata.At("カード本体・電子証明書", "CON-035", "EXP-023"), Rule: true},
}

// FullYearAbroad: whether a card renewed abroad within its last year lasts to the 11th birthday (under 18: 6th), as one
// renewed at home within three months does. Not found in print (supplement 1.7, 13.1).
var FullYearAbroad = law.Table[bool]{
	{From: overseas, Checked: checked, Cite: cardOrder.At("第26条・第29条", "EXP-023", "EXP-070"), Rule: true},
}

var overseasRenewal = []Requirement{
	{Cond: LivesAbroad, Refuse: "still_resident"},
	{Cond: CardOverseas, Refuse: "card_not_overseas", Opens: ApplyAbroad},
	{Cond: CardAliveOrExpired, Refuse: "card_lapsed", Opens: ApplyAbroad},
}

var atOffice = []Requirement{
	{Cond: MissionCovers, Refuse: "mission_of_another_country"},
	{Cond: PINsHidden, Refuse: "sealed_form_missing"},
	{Cond: RepresentativeActs, Refuse: "applicant_needs_representative"},
}

// byForm is what atOffice asks, where it is only at a mission that papers for a new card are handed in.
var byForm = []Requirement{
	{Cond: MissionCovers, Refuse: "mission_of_another_country"},
	{Cond: FormPINsHidden, Refuse: "sealed_form_missing"},
	{Cond: FormSigned, Refuse: "applicant_needs_representative"},
}

func requirements(parts ...[]Requirement) []Requirement {
	var all []Requirement
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// outOfFunction is the gap of a card whose successor is collected elsewhere than at the honseki (EXP-071).
var outOfFunction = effect(TheCard, string(card.TemporarilyOutOfFunction), "受取りが本籍地でないときは、本籍地で交付の準備が始まってから受け取るまで、今のカードと電子証明書は使えません。", "If it is collected elsewhere than at the honseki, the present card and its certificates are out of function from the preparation there until the hand-over.", "新(あたら)しい カードを もらうまで、今(いま)の カードが 使(つか)えない ときが あります。", konan.At("4.", "EXP-071", "ABR-050", "ST-011"), PickupAtHonseki.Not())

// keepOldCard: whoever cannot hand it in pays (EXP-070).
var keepOldCard = line("keep_old_card", "古いカードは、受取りのときに新しいカードと引き換えます。返せないと再交付の手続きになり、1,000円かかります。なくさないでください。", "The old card is exchanged for the new one. If it cannot be returned this becomes a re-issue for 1,000 yen: keep it.", "古(ふる)い カードは、受(う)け取(と)る ときに 新(あたら)しい カードと 交換(こうかん)します。返(かえ)せないと、もう一度(いちど) 作(つく)る 手続(てつづ)きに なって、1,000円(えん) かかります。なくさないで ください。", konan.At("4.", "EXP-070", "FEE-007", "PICK-077"))

// RenewCardAbroad is the renewal of an overseas card in its last year (EXP-023, EXP-070, EXP-071, ABR-M14).
var RenewCardAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("4.", "EXP-070", "ABR-051", "ABR-M14"), Rule: Sheet{
		Requires: requirements(overseasRenewal, []Requirement{{Cond: CardRenewalOpen, Refuse: "renewal_not_open"}}, atOffice),
		NotThus:  "online_not_available",
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit, Post}, Who: handIn, Cite: konan.At("4.", "EXP-070", "APP-071")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: handIn, Cite: konan.At("4.", "EXP-070", "CON-010")},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: handIn, Cite: konan.At("4.", "EXP-070", "CON-010")},
		},
		Papers:  applyPapers,
		Effects: []Effect{appliedEffect, outOfFunction},
		Steps:   applySteps,
		Messages: append([]Line{
			line("expiry_notice", "有効期限のお知らせ(機構から登録メールアドレスへ、期限の3か月前)。申請はその前、1年前からできます。", "expiry notice, by the issuer to the registered address, three months before; the renewal is open nine months earlier", "期限(きげん)の お知(し)らせが、期限(きげん)の 3か月(げつ)前(まえ)に メールで 来(き)ます。申込(もうしこ)みは もっと 前(まえ)、1年(ねん)前(まえ)から できます。", konan.At("4.", "NTF-026", "EXP-023", "CON-032")),
		}, applyMessages...),
		Warnings: []Line{
			keepOldCard,
			line("without_card_for_a_while", "本籍地以外で受け取ると、しばらくカードを使えません。", "Collected elsewhere than at the honseki, the card cannot be used for a while.", "しばらく カードが 使(つか)えません。", konan.At("4.", "EXP-071", "ABR-050"), PickupAtHonseki.Not()),
			line("services_again", "電子証明書が新しくなるので、ひも付けたサービスに登録し直します。", "The certificates are new ones: register them again with your services.", "サービスに もう一度(いちど) 登録(とうろく)します。", awara.At("再発行手続", "LOSS-043")),
		},
		Takes: []Estimate{untilReady},
	}},
}

// RenewCertificatesAbroad is the renewal of certificates of an overseas card (EXP-072 to EXP-074, ABR-M15).
var RenewCertificatesAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("5.", "EXP-072", "ABR-051", "ABR-M15"), Rule: Sheet{
		Requires: requirements(overseasRenewal, []Requirement{
			{Cond: CardAlive, Refuse: "card_expired", Opens: RenewCardFromAbroad},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAbroad},
			{Cond: CertificateRenewalOpen, Refuse: "renewal_not_open"},
		}, byForm),
		NotThus: "online_not_available",
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Who: selfOrStatutory, Cite: konan.At("5.", "EXP-072", "EXP-074"),
				Papers: []Need{single(FormApplyAbroad, konan.At("5.", "EXP-073", "FORM-002")), single(MyNumberCard, konan.At("5.", "EXP-073"))},
				PINs:   []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN},
				Steps: []Line{
					line("type_both_pins", "No.1とNo.2の暗証番号を入力します。分からないときは、先に再設定をします。", "Type PINs No.1 and No.2; if they are not known, have them reset first.", "No.1と No.2の 暗証番号(あんしょうばんごう)を 入(い)れます。わからない ときは、先(さき)に 決(き)めなおします。", konan.At("5.", "EXP-073", "PIN-030", "PIN-031", "CON-019")),
					line("done_on_the_spot", "その場で新しい電子証明書が発行されます。", "New certificates are issued on the spot.", "すぐに 新(あたら)しく なります。", konan.At("5.", "EXP-072")),
				},
				Effects: []Effect{
					effect(TheSignature, "reissued", "新しい署名用電子証明書が発行され、古いものは失効します。", "A new signature certificate is issued and the old one revoked.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 新(あたら)しく なります。", konan.At("5.", "EXP-072")),
					effect(TheUserAuthentication, "reissued", "新しい利用者証明用電子証明書が発行され、古いものは失効します。", "A new user authentication certificate is issued and the old one revoked.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が 新(あたら)しく なります。", konan.At("5.", "EXP-072")),
				}},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: selfStatutoryOrProxy, Cite: konan.At("5.", "EXP-072", "EXP-074"), Papers: applyPapers,
				Steps:   newCardSteps,
				Effects: []Effect{appliedEffect, outOfFunction}},
		},
		Messages: []Line{
			line("expiry_notice", "電子証明書の有効期限のお知らせ(機構から登録メールアドレスへ、期限の3か月前)", "expiry notice of the certificates, by the issuer to the registered address, three months before", "電子証明書(でんししょうめいしょ)の 期限(きげん)の お知(し)らせが、期限(きげん)の 3か月(げつ)前(まえ)に メールで 来(き)ます。", konan.At("5.", "NTF-027", "EXP-023", "CON-032")),
		},
		Warnings: []Line{
			line("loses_up_to_a_year", "残りが3か月以上あるうちに更新すると、新しい期限は次の5回目の誕生日までで、最大1年短くなります。急がないときは3か月前まで待てます。", "Renewed while three months or more remain, the new certificate ends on the 5th birthday, up to a year earlier than if you wait until less than three months remain.", "期限(きげん)まで 3か月(げつ)か それより 長(なが)く ある ときに 新(あたら)しく すると、新(あたら)しい 期限(きげん)は 次(つぎ)の 5回目(かいめ)の 誕生日(たんじょうび)までで、1年(ねん)くらい 短(みじか)く なる ことが あります。いそがない 人(ひと)は 3か月(げつ)前(まえ)まで 待(ま)てます。", awara.At("有効期限の決め方", "EXP-005", "EXP-023"), RenewsEarly),
			line("nothing_gained", "電子証明書の有効期限がカードと同じ日なので、電子証明書だけを更新しても期限は延びません。カードを更新してください。", "The certificates end on the card's last day: renewing them alone gains nothing. Renew the card.", "電子証明書(でんししょうめいしょ)だけ 新(あたら)しく しても、期限(きげん)は のびません。カードを 新(あたら)しく して ください。", awara.At("有効期限の決め方", "EXP-004", "EXP-070"), CertificatesGain.Not()),
			line("mission_makes_new_card", "在外公館では電子証明書だけの更新はできず、新しいカードの申請になります(2〜3か月、無料)。古いカードは受取りまで保管してください。", "A mission cannot renew certificates alone: it takes an application for a new card (two to three months, free). Keep the old card until then.", "大使館(たいしかん)では 電子証明書(でんししょうめいしょ)だけ 新(あたら)しく できません。新(あたら)しい カードを 申(もう)し込(こ)みます(2か月(げつ)から 3か月(げつ) かかります。お金(かね)は かかりません)。古(ふる)い カードは 受(う)け取(と)るまで なくさないで ください。", konan.At("5.", "EXP-072", "PICK-077")),
			line("not_elsewhere", "本籍地以外の市区町村では更新できません。", "Municipalities other than the honseki do not renew them.", "ほかの 役所(やくしょ)では できません。", konan.At("3. 5. 6. 7.", "ABR-057", "ABR-056")),
		},
	}},
}

var newCardSteps = []Line{
	line("apply_for_new_card", "在外公館では、申請書・顔写真・暗証番号設定依頼書を出して、新しいカードを申請します。", "At a mission hand in the application form, a photo and the PIN form for a new card.", "大使館(たいしかん)では 新(あたら)しい カードを 申(もう)し込(こ)みます。", konan.At("5. 6.", "EXP-072", "ABR-054")),
	line("exchange_at_pickup", "受取りのときに古いカードと引き換えます。", "The old card is exchanged for it at pickup.", "もらう ときに 古(ふる)い カードを 返(かえ)します。", konan.At("5. 6.", "PICK-077")),
}

// ReissueFromAbroad is a new card for one that was lost or broke abroad (LOSS-041 to LOSS-043, ABR-M09, ABR-M10).
var ReissueFromAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("3.", "LOSS-041", "ABR-M09", "ABR-M10"), Rule: Sheet{
		Requires: requirements([]Requirement{
			{Cond: LivesAbroad, Refuse: "still_resident"},
			{Cond: CardOverseas, Refuse: "card_not_overseas", Opens: ApplyAbroad},
			{Cond: LostOrDamaged, Refuse: "nothing_to_reissue"},
			{Cond: DamagedComesInPerson, Refuse: "damaged_card_by_visit"},
		}, atOffice),
		NotThus: "online_not_available",
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit, Post}, Who: handIn, Cite: konan.At("3.", "LOSS-041")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: handIn, Cite: konan.At("3.", "LOSS-041", "CON-010")},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: handIn, Cite: konan.At("3.", "LOSS-041", "CON-010")},
		},
		Papers: []Need{
			single(FormReissue, konan.At("3.", "LOSS-042", "FORM-009")),
			single(FacePhoto, mhlwLeaflet.At("申請写真のチェックポイント", "APP-041")),
			single(FormPINRequest, konan.At("3.", "LOSS-042", "FORM-003")),
			oneOf("foreign_proof_of_loss", konan.At("3.", "LOSS-042", "FORM-040", "FORM-041", "CON-027"), LossProofAbroad, DisasterCertificate).when(CardIsDamaged.Not(), HappenedAbroad),
			oneOf("proof_of_loss_in_japan", konan.At("3.", "LOSS-010", "CON-027"), PoliceReport, DisasterCertificate).when(CardIsDamaged.Not(), HappenedAbroad.Not()),
			single(DamagedCard, konan.At("3.", "LOSS-042"), CardIsDamaged),
		},
		Effects: []Effect{
			appliedEffect,
			effect(TheFormerCard, string(card.Abolished), "なくしたカードは廃止され、見つかっても使えません。", "The lost card is abolished and stays so even if it turns up.", "なくした カードは 見(み)つかっても 使(つか)えません。", awara.At("再発行手続(廃止状態)", "LOSS-022"), CardIsDamaged.Not()),
		},
		Steps: []Line{
			line("suspend_first", "なくしたときは、まず電話で一時停止をします。", "If it is lost, first have it suspended by telephone.", "なくした ときは すぐに 電話(でんわ)で 止(と)めます。", konan.At("紛失時の連絡先", "LOSS-001"), CardIsDamaged.Not()),
			line("get_proof", "国外でなくしたときは、現地の警察などで証明書をもらい、日本語訳を付けます。", "If it was lost abroad, get a certificate from the local police or the like and add a Japanese translation.", "外国(がいこく)で なくした ときは 警察(けいさつ)で 紙(かみ)を もらい、日本語(にほんご)に 訳(やく)します。", konan.At("3.", "LOSS-042", "FORM-040"), CardIsDamaged.Not()),
			line("apply_again", "再交付申請書と暗証番号設定依頼書を出します。壊れたカードは窓口に持って行きます。", "Hand in the re-issue form and the PIN form. A damaged card is brought to the office.", "紙(かみ)を 出(だ)します。こわれた カードは 持(も)って行(い)きます。", konan.At("3.", "LOSS-041", "LOSS-042")),
			line("register_services_again", "電子証明書が新しくなるので、ひも付けたサービスに登録し直します。", "The certificates are new ones: register them again with your services.", "サービスに もう一度(いちど) 登録(とうろく)します。", awara.At("再発行手続", "LOSS-043")),
		},
		Messages: applyMessages,
		Warnings: []Line{
			line("no_refund", "後で見つかっても手数料は戻りません。見つかったカードは返します。", "There is no refund if it turns up later; the found card is handed in.", "あとで 見(み)つかっても お金(かね)は 返(かえ)りません。", awara.At("再発行手続(廃止状態)", "LOSS-022"), CardIsDamaged.Not()),
			line("old_card_missing_costs", "失効した古いカードをなくすと、手数料がかかることがあります。", "Losing even a void old card may cost the re-issue fee.", "古(ふる)い カードを なくすと お金(かね)が かかる ことが あります。", blog.At("墨田区役所に来庁", "FEE-015")),
			line("insurance_meanwhile", "日本の健康保険に入っている人は、カードがない間、保険者から資格確認書をもらえます。", "Whoever is insured in Japan can have an eligibility certificate from the insurer meanwhile.", "カードが ない 間(あいだ)、資格確認書(しかくかくにんしょ)を もらえます。", mhlwLeaflet.At("(1)", "LOSS-045")),
		},
		Takes: []Estimate{untilReady},
	}},
}

// ChangeEntriesAbroad is a changed name, birth date or sex of an overseas holder (ABR-052 to ABR-054, ABR-M16).
var ChangeEntriesAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("6.", "ABR-052", "ABR-M16"), Rule: Sheet{
		Requires: requirements([]Requirement{
			{Cond: LivesAbroad, Refuse: "still_resident"},
			{Cond: CardOverseas, Refuse: "card_not_overseas", Opens: ApplyAbroad},
			{Cond: CardAlive, Refuse: "card_lapsed", Opens: ApplyAbroad},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAbroad},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: EntriesOnCardChanged, Refuse: "entry_not_on_overseas_card"},
		}, byForm),
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Cite: konan.At("6.", "ABR-052", "ABR-053"), Who: append(selfOrStatutory[:len(selfOrStatutory):len(selfOrStatutory)],
				Come{Who: Spouse, Part: CardOnly, PINs: []card.PIN{card.ResidentRegisterPIN}, Cite: konan.At("6.", "ABR-053", "CON-013")}),
				Papers: []Need{single(FormChangeAbroad, konan.At("6.", "ABR-052", "FORM-013")), single(MyNumberCard, konan.At("6.", "ABR-052"))},
				PINs:   []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN},
				Steps: []Line{
					line("rewritten_on_the_spot", "No.1とNo.2の暗証番号を入力し、その場で書き換えて電子証明書を発行し直します。分からないときは先に再設定をします。", "Type PINs No.1 and No.2; the card is rewritten and its certificate reissued on the spot. Unknown PINs are reset first.", "No.1と No.2の 暗証番号(あんしょうばんごう)を 入(い)れます。その 場(ば)で カードを 書(か)きなおして、電子証明書(でんししょうめいしょ)を 新(あたら)しく します。わからない ときは、先(さき)に 決(き)めなおします。", konan.At("6.", "ABR-052", "PIN-030", "PIN-031")),
				},
				Effects: []Effect{
					effect(TheCard, "rewritten", "カードの記載が書き換えられます。", "The card's entries are rewritten.", "カードを 書(か)きなおします。", konan.At("6.", "ABR-052")),
					effect(TheSignature, "reissued", "署名用電子証明書は新しい記載で発行し直されます。", "The signature certificate is issued anew.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 新(あたら)しく なります。", konan.At("6.", "ABR-052"), DeclinesSignature.Not()),
					effect(TheSignature, "revoked", "署名用電子証明書は失効します。新しいものは本人(15歳未満の人・成年被後見人は法定代理人)が申請します。", "The signature certificate is revoked; the holder applies for a new one.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", konan.At("6.", "ABR-053", "CHG-010"), DeclinesSignature),
				}},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Cite: konan.At("6.", "ABR-053", "ABR-054"), Who: selfStatutoryOrProxy, Papers: applyPapers,
				Steps:   newCardSteps,
				Effects: []Effect{appliedEffect, outOfFunction}},
		},
		Warnings: []Line{
			line("mission_makes_new_card", "在外公館では新しいカードの申請になります(無料)。今のカードは受取りまで保管してください。", "At a mission this is an application for a new card, free of charge. Keep the present card until then.", "大使館(たいしかん)では 新(あたら)しい カードを 申(もう)し込(こ)みます。今(いま)の カードは なくさないで ください。", konan.At("6.", "ABR-054", "PICK-077")),
			line("not_elsewhere", "本籍地以外の市区町村では手続きできません。", "Municipalities other than the honseki do not do this.", "ほかの 役所(やくしょ)では できません。", konan.At("3. 5. 6. 7.", "ABR-057", "ABR-056")),
		},
	}},
}
