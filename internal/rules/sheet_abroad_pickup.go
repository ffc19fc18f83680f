package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// CollectOverseasCard is the hand-over of an overseas card (PICK-070 to PICK-078, ABR-M03). The windows decide by it
// too: procedure.CheckIdentity holds the visitor against this sheet.
var CollectOverseasCard = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("(3)指定した受取場所で受け取る", "PICK-070", "ABR-M03", "ST-005"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: OverseasApplication, Refuse: "application_not_overseas"},
			{Cond: CanCollect, Refuse: "card_not_arrived"},
			{Cond: AtPickupOffice, Refuse: "not_the_pickup_office"},
			{Cond: CollectsInPerson, Refuse: "proxy_never"},
			{Cond: RepresentativeComes, Refuse: "representative_missing"},
			{Cond: PassportAsRegister, Refuse: "passport_differs"},
		},
		NotThey: "proxy_never",
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Who: collects, Papers: atMunicipality, Cite: konan.At("(3)指定した受取場所で受け取る", "PICK-070", "PICK-071", "CON-011")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, Who: collects, Papers: atMunicipality, Cite: konan.At("(3)指定した受取場所で受け取る", "PICK-070", "PICK-071", "CON-011")},
			{Office: Mission, Channels: []Channel{Visit}, Who: collects, Papers: atMission, Cite: konan.At("(3)指定した受取場所で受け取る", "PICK-070", "PICK-072", "CON-011")},
		},
		Papers: []Need{
			single(OldCard, blog.At("マイナンバーカード受け取り(新カードと交換)", "PICK-077", "CARD-035"), HadCard),
		},
		Effects: []Effect{
			effect(TheCard, string(card.Active), "新しいカードが使えるようになります。", "The new card is active.", "新(あたら)しい カードが 使(つか)えます。", konan.At("(3)指定した受取場所で受け取る", "ST-005")),
			effect(TheSignature, "valid", "署名用電子証明書が使えるようになります。", "The signature certificate is valid.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)えます。", konan.At("(3)指定した受取場所で受け取る", "ST-005"), DeclinesSignature.Not()),
			effect(TheUserAuthentication, "valid", "利用者証明用電子証明書が使えるようになります。", "The user authentication certificate is valid.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)が 使(つか)えます。", konan.At("(3)指定した受取場所で受け取る", "ST-005"), DeclinesUserAuth.Not()),
			effect(TheFormerCard, "collected", "古いカードは回収されます。", "The old card is collected.", "古(ふる)い カードは 返(かえ)します。", konan.At("4. 5. 6.", "PICK-077"), HadCard),
			effect(TheApplication, "handed_over", "申請は終わります。", "The application is closed.", "申(もう)し込(こ)みは 終(お)わりです。", konan.At("(3)指定した受取場所で受け取る", "ST-005")),
		},
		Steps: []Line{
			line("show_mails", "交付通知メールなどのやりとりを見せられるようにして、受取場所に行きます。", "Go to the pickup office with the mails at hand.", "メールを 見(み)せられるように して、行(い)きます。", blog.At("マイナンバーカード受け取り", "PICK-076", "NTF-025")),
			line("sign_receipt", "旅券などを見せ、個人番号カード受領書に署名します。", "Show the papers and sign the card receipt.", "パスポートを 見(み)せて、名前(なまえ)を 書(か)きます。", blog.At("マイナンバーカード受け取り", "PICK-076", "FORM-020")),
			line("set_pins", "依頼書どおりに、または窓口で入力して、暗証番号を設定します。", "PINs are set from the form, or typed at the window.", "暗証番号(あんしょうばんごう)を 決(き)めます。", mhlwLeaflet.At("暗証番号設定依頼書", "PIN-020", "PIN-022")),
			line("exchange", "古いカードがあれば引き換えに、新しいカードを受け取ります。", "Receive the new card, in exchange for an old one if there is one.", "古(ふる)い カードを 返(かえ)して、新(あたら)しい カードを もらいます。", blog.At("マイナンバーカード受け取り", "PICK-076", "PICK-077", "TL-006")),
		},
		Messages: []Line{
			line("after_hand_over", "受取り後のお知らせ(帰国したときの切替え、メールアドレスの変更。受取場所から本人へ、メール)", "what to do on returning to Japan and when the e-mail address changes, by the pickup office to the holder, by e-mail", "これからの ことの お知(し)らせ", blog.At("非居住者向けのマイナンバーカードの注意点", "PICK-078", "ABR-061")),
		},
		Warnings: []Line{
			line("representative_brings_identity", "法定代理人も本人確認書類を持って来てください(旅券を求める在外公館があります)。", "The representative brings an identity document too; some missions ask for a passport.", "親(おや)なども 証明書(しょうめいしょ)を 持(も)ってきて ください。", konan.At("(3)指定した受取場所で受け取る", "PICK-073"), NeedsRepresentative),
			line("switch_on_return", "本帰国したときは、転入届と一緒に国内のカードに切り替えてください。しないと失効し、手数料がかかることがあります。", "On returning to Japan for good, have the card switched with the move-in notification, or it lapses and a fee may be due.", "日本(にほん)に 帰(かえ)ったら、役所(やくしょ)で カードを 書(か)きなおします。", blog.At("本帰国する場合", "PICK-078", "ABR-061", "FEE-016")),
			line("report_new_mail", "メールアドレスが変わったら、本籍地に届け出てください。", "Report a changed e-mail address to the honseki municipality.", "メールが 変(か)わったら、本籍(ほんせき)の 役所(やくしょ)に 知(し)らせます。", blog.At("メアドを変更する場合", "PICK-078", "ABR-032", "ABR-041")),
			line("collect_in_time", "通知に書かれた受取期限までに受け取ってください。過ぎたときは、まだ保管されているか受取場所に確かめてください。", "Collect it by the deadline in the notice; afterwards ask whether it is still kept.", "通知(つうち)の 日(ひ)までに もらって ください。", mhlwLeaflet.At("受取②", "PICK-075")),
			line("register_services", "健康保険証としての利用登録などは、受取りの後に自分でします(その日から使えた例があります)。", "Register for health insurance and other services yourself afterwards; in one case it worked at once.", "保険証(ほけんしょう)として 使(つか)う ときは 登録(とうろく)します。", blog.At("マイナンバーカード受け取り", "TL-007", "TL-008")),
		},
	}},
}

// collects is who gets an overseas card: the holder, under-15s and adult wards with their representative (PICK-073).
var collects = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("(3)指定した受取場所で受け取る", "PICK-073", "CON-009")},
	{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("(3)指定した受取場所で受け取る", "PICK-073", "CON-009")},
}

// atMunicipality and atMission are the identity documents: at a municipality passport and one more, at a mission the
// passport (PICK-071, PICK-072, CON-011).
var (
	passport       = single(Passport, mhlwLeaflet.At("受け取りに必要な本人確認書類", "PICK-071", "PICK-072", "PICK-074", "FORM-047"))
	atMunicipality = []Need{passport, oneOf("second_identity", konan.At("(3)指定した受取場所で受け取る", "PICK-071", "CON-011"), secondPapers...)}
	atMission      = []Need{passport}
)

// OwnRefusal names the refusals of a line of a checklist that says more than that a paper is missing or has expired; the
// second is filled with the paper's name and its last day.
var OwnRefusal = map[string]struct{ Missing, Expired string }{
	string(Passport):  {"passport_missing", "passport_expired"},
	"second_identity": {"second_paper_missing", "second_paper_expired"},
}
