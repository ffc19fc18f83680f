package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// anyHolder is the holder, or whoever acts for one who cannot.
func anyHolder(cite law.Citation) []Come {
	return []Come{
		{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: cite},
		{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: cite},
		{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: cite},
	}
}

// patient is who is treated; a child's parents come along.
var patient = []Come{{Who: Holder, Cite: mhlwLeaflet.At("資料1", "HIC-010")}}

// RegisterInsuranceUse is the registration of the card as insurance card (HIC-004, HIC-005).
var RegisterInsuranceUse = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("(1)", "HIC-004", "MYN-005"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: UserAuthIsValid, Refuse: "user_authentication_needed", Opens: RenewCertificatesAtHome},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: []Way{
			{Office: Medical, Channels: []Channel{Visit}, Who: anyHolder(mhlwLeaflet.At("(1)", "HIC-004")), Cite: mhlwLeaflet.At("(1)", "HIC-003", "HIC-004"), Steps: []Line{
				line("at_the_reader", "医療機関・薬局の顔認証付きカードリーダーにカードを置き、顔か暗証番号(No.2)で確認して登録します。", "Put the card on the reader at a medical institution and identify yourself by face or PIN No.2.", "病院(びょういん)や 薬局(やっきょく)の 機械(きかい)に カードを 置(お)きます。顔(かお)か 暗証番号(あんしょうばんごう)(No.2)で 確(たし)かめて、登録(とうろく)します。", mhlwLeaflet.At("(1)", "HIC-004", "CERT-013")),
			}},
			{Office: Mynaportal, Channels: []Channel{Online}, If: conds(FaceCard.Not()), Who: anyHolder(mhlwLeaflet.At("(1)", "HIC-004")), PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: mhlwLeaflet.At("(1)", "HIC-004"), Steps: []Line{
				line("in_mynaportal", "マイナポータルの「マイナンバーカードの健康保険証利用申込」から申し込みます。", "Apply in Mynaportal.", "マイナポータルで 申(もう)し込(こ)みます。", mhlwLeaflet.At("(1)", "HIC-004", "MYN-005")),
			}},
			{Office: BankATM, Channels: []Channel{Visit}, If: conds(FaceCard.Not()), Who: anyHolder(mhlwLeaflet.At("(1)", "HIC-004")), PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: mhlwLeaflet.At("(1)", "HIC-004"), Steps: []Line{
				line("at_the_atm", "セブン銀行ATMで登録します。すぐに使えます。", "Register at an ATM of Seven Bank; it works at once.", "セブン銀行(ぎんこう)の ATMで できます。", blog.At("よくある質問", "HIC-004", "HIC-005")),
			}},
		},
		Effects: []Effect{effect(TheServiceRegistrations, "registered", "カードを健康保険証として使えるようになります。", "The card can be used as insurance card.", "カードが 保険証(ほけんしょう)に なります。", mhlwLeaflet.At("(1)", "HIC-004"))},
		Warnings: []Line{
			line("insurer_procedure", "転職などで新しい保険に入るときは、これまでどおり加入の届出が必要です。カードを替える必要はありません。", "Joining a new insurer still needs its procedure, though no new card.", "新(あたら)しい 保険(ほけん)に 入(はい)る ときは 届(とどけ)が いります。", mhlwLeaflet.At("メリット3", "HIC-016", "HIC-017")),
			line("while_abroad", "国外にいても日本の健康保険に入っている人は、一時帰国で受診するときにマイナ保険証か資格確認書が必要です。", "Those posted abroad who stay in a Japanese insurance need it, or an eligibility certificate, for treatment on a visit home.", "外国(がいこく)に いる 人(ひと)も 日本(にほん)の 病院(びょういん)で いります。", blog.At("2025年12月「健康保険証廃止」が最大の懸念", "HIC-018"), LivesAbroad),
		},
	}},
}

// UseAsInsuranceCard is the visit to a medical institution or pharmacy (HIC-010 to HIC-015).
var UseAsInsuranceCard = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("資料1", "HIC-010", "HIC-033"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: InsuranceRegistered, Refuse: "insurance_not_registered", Opens: RegisterInsurance},
			{Cond: InsuranceCheckable, Refuse: "insurance_certificate_expired", Opens: AskEligibility},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: []Way{
			{Office: Medical, Channels: []Channel{Visit}, If: conds(PIN2Usable), Who: patient, PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: mhlwLeaflet.At("資料1", "HIC-003", "HIC-010"), Steps: []Line{
				line("face_or_pin", "カードを置き、顔認証か暗証番号(No.2)を選んで本人確認をします。", "Put the card on the reader and choose face or PIN No.2.", "カードを 置(お)いて、顔(かお)か 暗証番号(あんしょうばんごう)(No.2)を 選(えら)びます。", mhlwLeaflet.At("資料1", "HIC-010", "CERT-013")),
			}},
			{Office: Medical, Channels: []Channel{Visit}, If: conds(PIN2Usable.Not()), Who: patient, Cite: awara.At("顔認証", "CERT-013", "HIC-033"), Steps: []Line{
				line("face_only", "カードを置き、顔認証か職員の目視で本人確認をします。暗証番号がなくても、ロックされていても使えます。", "Put the card on the reader; the face is matched by the reader or by staff. It works without a PIN and with a locked one.", "カードを 置(お)いて、顔(かお)を 見(み)せます。", awara.At("顔認証", "CERT-013", "HIC-010", "HIC-033", "PIN-006")),
			}},
		},
		Steps: []Line{
			line("consent_medicine", "過去の診療・薬の情報の提供に同意するかを選びます。受診のたびに聞かれます。", "Say whether past diagnoses and medicines may be seen. It is asked at every visit.", "前(まえ)の 薬(くすり)の ことを 見(み)て いいか 選(えら)びます。", mhlwLeaflet.At("資料1", "HIC-011", "HIC-015", "HIC-014")),
			line("consent_checkup", "特定健診の情報の提供に同意するかを選びます。", "Say whether results of the specific health check may be seen.", "健診(けんしん)の ことを 見(み)て いいか 選(えら)びます。", mhlwLeaflet.At("資料1", "HIC-012"), CheckupAge),
			line("consent_elderly_checkup", "後期高齢者健診の情報の提供に同意するかを選びます。", "Say whether results of the elderly health check may be seen.", "健診(けんしん)の ことを 見(み)て いいか 選(えら)びます。", mhlwLeaflet.At("資料1", "HIC-012"), ElderlyCheckupAge),
			line("consent_ceiling", "限度額の情報を提供すると、窓口では限度額までの支払いで済み、限度額適用認定証はいりません。カードは置いたままにします。", "With the information on the ceiling nothing above it is paid and no ceiling certificate is shown; leave the card on the reader.", "高(たか)い お金(かね)を 払(はら)わなくて いいです。", mhlwLeaflet.At("資料1", "HIC-013", "HIC-019"), HighCostScheme),
			line("take_card", "カードを取ります。", "Take the card.", "カードを 取(と)ります。", mhlwLeaflet.At("資料1", "HIC-010")),
		},
		Warnings: []Line{
			line("eligibility_only", "電子証明書の期限が切れているため、資格の確認だけができ、薬や健診の情報は見てもらえません。早く更新してください。", "The certificate has expired: only the insurance is checked, and no medical data is seen. Renew it soon.", "期限(きげん)が 切(き)れています。早(はや)く 新(あたら)しく して ください。", kyokai.At("有効期限が切れたとき", "HIC-034"), UserAuthIsValid.Not()),
			line("delay_after_renewal", "電子証明書の更新の後は、1時間から翌朝9時ごろまで使えないことがあります。", "After a renewal it may not work for an hour, at most until after nine the next morning.", "電子証明書(でんししょうめいしょ)を 新(あたら)しく した あと、1時間(じかん)から 次(つぎ)の 日(ひ)の 朝(あさ) 9時(じ)ごろまで 使(つか)えない ことが あります。", awara.At("更新手続の表(健康保険証)", "CERT-041", "CERT-047", "HIC-006"), RenewedLately),
			line("nothing_in_the_chip", "カードのICチップに保険や診療の情報は入っていません。", "No insurance or medical data is in the chip.", "カードの 中(なか)に 病気(びょうき)の ことは 入(はい)っていません。", awara.At("「必要最小限」", "HIC-014", "CON-039", "SEC-011")),
			line("refused_at_the_desk", "使えないと言われたときは、"+lineInJapan+" に知らせてください。国が事実を確かめます。", "If an institution cannot process the card, tell "+lineInJapan+"; the State checks the facts.", "使(つか)えない ときは "+lineInJapan+"に 電話(でんわ)して ください。", mhlwLeaflet.At("(1)", "HIC-032", "HIC-003")),
		},
	}},
}

// UseOldInsuranceCard is the old health insurance card, as long as it is taken (HIC-001).
var UseOldInsuranceCard = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: mhlwLeaflet.At("(1)", "HIC-001", "CON-003"), Rule: Sheet{
		Requires: []Requirement{{Cond: OldInsuranceGood, Refuse: "old_insurance_card_ended", Opens: UseInsurance}},
		Ways:     []Way{{Office: Medical, Channels: []Channel{Visit}, Who: patient, Cite: mhlwLeaflet.At("(1)", "HIC-001")}},
		Papers:   []Need{single(OldInsuranceCard, mhlwLeaflet.At("(1)", "HIC-001"))},
		Warnings: []Line{line("no_new_ones", "健康保険証は新しく発行されません。マイナ保険証の登録をするか、資格確認書を使ってください。", "No more insurance cards are issued: register the card, or use an eligibility certificate.", "保険証(ほけんしょう)は もう 作(つく)りません。", mhlwLeaflet.At("(1)", "HIC-001", "HIC-030"), NoMoreInsuranceCards)},
	}},
}

// AskForEligibilityCertificate is the paper for those without a registered card (資格確認書, HIC-030).
var AskForEligibilityCertificate = law.Table[Sheet]{
	{From: photoless, Checked: checked, Cite: mhlwLeaflet.At("(1)", "HIC-030", "DATE-019"), Rule: Sheet{
		Requires: []Requirement{{Cond: NoInsuranceByCard, Refuse: "insurance_by_card_works", Opens: UseInsurance}},
		Ways:     []Way{{Office: Insurer, Channels: []Channel{Visit, Post}, Who: patient, Cite: mhlwLeaflet.At("(1)", "HIC-030")}},
		Papers:   []Need{single(FormEligibility, mhlwLeaflet.At("(1)", "HIC-030", "FEE-022"))},
		Messages: []Line{line("sent_unasked", "資格確認書(保険者から本人へ)。申請しなくても送られることがあります。", "the certificate, by the insurer to the person; it may be sent unasked", "資格確認書(しかくかくにんしょ)が 来(き)ます。", blog.At("資格確認書が送付", "HIC-031", "CON-003"))},
		Steps:    []Line{line("show_it", "無料で交付されます。医療機関の窓口で見せると、ふだんの負担割合で受診できます。", "It is free of charge; shown at the counter it gives the usual share of the cost.", "ただで もらえます。病院(びょういん)で 見(み)せます。", mhlwLeaflet.At("(1)", "HIC-030", "FEE-022"))},
	}},
}
