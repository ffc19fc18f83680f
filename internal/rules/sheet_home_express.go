package rules

import "mynumber/internal/law"

// expressReason are the requirements that express issuance puts on the reason.
var expressReason = []Requirement{
	{Cond: ExpressRenewal.Not(), Refuse: "express_not_for_renewal", Opens: RenewCardAtHome},
	{Cond: ExpressGrounded, Refuse: "express_ground_missing", Opens: ApplyAtHome},
	{Cond: ExpressInTime, Refuse: "express_too_late"},
}

// ApplyByExpress is express issuance (特急発行, APP-035 to APP-040, ELIG-024).
var ApplyByExpress = law.Table[Sheet]{
	{From: photoless, Checked: checked, Cite: awara.At("特急発行申請を利用する", "APP-035", "ELIG-024"), Rule: Sheet{
		Requires: append([]Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: LivingOverseasCard.Not(), Refuse: "express_overseas_card"},
		}, expressReason...),
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, ByLocal: []Channel{Outreach}, Cite: awara.At("特急発行申請を利用する", "APP-036", "APP-023"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: awara.At("特急発行申請を利用する", "APP-036", "APP-038")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: awara.At("特急発行申請を利用する", "APP-036", "APP-050", "PIN-024"),
				Papers: []Need{single(RepresentativeID, awara.At("特急発行申請を利用する", "APP-036", "ELIG-004"))}},
			{Who: StatutoryRepresentative, If: conds(WithBirthNotice), Cite: awara.At("特急発行申請を利用する", "APP-036", "PIN-024"),
				Papers: []Need{single(RepresentativeID, awara.At("特急発行申請を利用する", "APP-036")), single(BirthNotification, awara.At("特急発行申請を利用する", "APP-036"))}},
		}}},
		Papers: []Need{
			identity(awara.At("特急発行申請を利用する", "APP-036", "APP-039")).when(WithBirthNotice.Not()),
			single(PoliceReport, awara.At("警察署等への遺失届", "LOSS-010", "CON-027"), LostOutside),
		},
		PINs: allPINs,
		Effects: []Effect{
			effect(TheApplication, "applied", "申請が受け付けられ、カードは機構から直接届きます。", "The application is taken in; the issuer sends the card directly.", "カードは 家(いえ)に 来(き)ます。", awara.At("特急発行申請を利用する", "APP-037")),
			effect(ThePINs, "set", "暗証番号は申請のときに設定されます。", "The PINs are set at the application.", "暗証番号(あんしょうばんごう)は 申込(もうしこ)みの とき 決(き)めます。", awara.At("特急発行申請を利用する", "APP-038", "PIN-021", "CON-031")),
		},
		Steps: []Line{
			line("go_in_person", "本人が市区町村の窓口に行きます(出生届と一緒のときは、子が来る必要はありません)。", "The applicant goes to the municipality in person; with the birth notification the child need not come.", "本人(ほんにん)が 役所(やくしょ)に 行(い)きます。", awara.At("特急発行申請を利用する", "APP-036")),
			line("set_pins", "職員が無料で写真を撮り(1歳未満の人は撮りません)、暗証番号を設定します。", "Staff take the photo free of charge (none for a child under 1), and the PINs are set.", "写真(しゃしん)を とります(赤(あか)ちゃんは とりません)。暗証番号(あんしょうばんごう)を 決(き)めます。", awara.At("特急発行申請を利用する", "APP-038", "FEE-023")),
			line("receive_registered_mail", "カードは機構から簡易書留で住所(または指定した送付先)に届きます。", "The card comes from the issuer by simple registered mail, to the address or another one named.", "カードは 書留(かきとめ)で 来(き)ます。", awara.At("簡易書留で受け取る", "APP-037", "PICK-047")),
		},
		Warnings: []Line{
			line("no_direct_mail", "カードと一緒に本人確認書類もなくしたときなどは直接送られず、市区町村の窓口で受け取ります。", "Where identity documents are insufficient, for example lost with the card, it is collected at the municipality.", "証明書(しょうめいしょ)が たりない ときは 役所(やくしょ)で もらいます。", awara.At("特急発行申請を利用する", "APP-039")),
			line("target_only", "1週間は目安で、約束ではありません。", "The week is a target and no promise.", "1週間(しゅうかん)は だいたいの 時間(じかん)です。", awara.At("特急発行申請を利用する", "APP-037", "CON-002")),
			line("photoless_card", "申請の日に1歳未満の人のカードには顔写真がありません。本人確認書類にはならず、5回目の誕生日まで有効です。", "The card of an applicant under 1 has no photo; it proves no identity and is good to the fifth birthday.", "申(もう)し込(こ)む 日(ひ)に 1歳(さい)に なっていない 赤(あか)ちゃんの カードには、写真(しゃしん)が ありません。本人(ほんにん)を 確(たし)かめる 書類(しょるい)に なりません。5回目(かいめ)の 誕生日(たんじょうび)まで 使(つか)えます。", awara.At("申請時に1歳未満である場合", "CARD-023", "CARD-024", "EXP-013"), PhotoNeeded.Not()),
		},
		Takes: []Estimate{oneWeek},
	}},
}

var oneWeek = takes("until_delivered", 7, 7, Days, "申請から届くまで、およそ1週間です。", "About a week from the application to the delivery.", "申(もう)し込(こ)んでから 1週間(しゅうかん)くらいです。",
	awara.At("特急発行申請を利用する", "APP-037", "APP-063", "CON-002"))
