package rules

import "mynumber/internal/law"

// inPerson is the holder at the window, with the representative under 15 or as an adult ward.
func inPerson(cite law.Citation) []Come {
	return []Come{
		{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: cite},
		{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: cite, Papers: []Need{single(RepresentativeID, law.Citation{IDs: []string{"ELIG-004"}, Source: cite.Source, Place: cite.Place, Read: cite.Read})}},
	}
}

// registerAgain is what new certificates mean, whatever they come from (CERT-043 to CERT-046).
var registerAgain = line("register_again", "電子証明書が新しくなるため、e-Tax、スマホ用電子証明書、本籍地証明書交付サービスなどは登録し直します。", "The certificates are new: register again with e-Tax, for certificates on a phone, for the home-register service and others.", "e-Taxや スマートフォンなどは もう一度(いちど) 登録(とうろく)します。",
	awara.At("再発行手続", "CERT-046", "LOSS-043"))

// ReportLoss is the loss and abolition report of a domestic card (LOSS-010 to LOSS-012, CON-021).
var ReportLoss = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("紛失した、盗難にあった", "LOSS-011", "CON-021", "CHG-047"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: CardOverseas.Not(), Refuse: "card_not_domestic"},
			{Cond: HasCard, Refuse: "no_living_card", Opens: ReissueAtHome},
			{Cond: SomethingLost, Refuse: "nothing_lost", Opens: LiftAtHome},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("紛失した、盗難にあった", "LOSS-011"), Who: inPerson(niigata.At("紛失した、盗難にあった", "LOSS-011", "LOSS-012"))}},
		Papers: []Need{
			identity(niigata.At("紛失した、盗難にあった", "LOSS-011")),
			single(FormAbolish, niigata.At("紛失した、盗難にあった", "LOSS-011", "FORM-012")),
			single(PoliceReport, awara.At("警察署等への遺失届", "LOSS-010", "CON-027"), LostOutside),
		},
		Effects: []Effect{
			effect(TheCard, "abolished", "カードは廃止されます。元には戻せません。", "The card is abolished and never revived.", "カードは もう 使(つか)えません。", niigata.At("紛失した、盗難にあった", "LOSS-011", "LOSS-031")),
			effect(TheSignature, "revoked", "署名用電子証明書は失効します。", "The signature certificate is revoked.", "署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)は 使(つか)えません。", niigata.At("紛失した、盗難にあった", "LOSS-011", "CERT-020")),
			effect(TheUserAuthentication, "revoked", "利用者証明用電子証明書は失効します。", "The user authentication certificate is revoked.", "4つの 数字(すうじ)の 電子証明書(でんししょうめいしょ)は 使(つか)えません。", niigata.At("紛失した、盗難にあった", "LOSS-011", "CERT-020")),
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書も失効します。", "Certificates on a phone end too.", "スマートフォンの 電子証明書(でんししょうめいしょ)も 使(つか)えません。", niigata.At("カード本体", "SPC-009"), PhoneCertificates),
		},
		Steps: []Line{
			line("call_to_stop", "すぐに "+lineInJapan+"(音声案内2、24時間)に電話し、カードを一時停止します。", "Telephone "+lineInJapan+" (menu 2, day and night) at once and have the card suspended.", "すぐに "+lineInJapan+" に 電話(でんわ)して「2」を 押(お)します。カードを 止(と)めます。24時間(じかん) できます。", awara.At("なくしたとき", "LOSS-001", "LOSS-002", "LOSS-006", "OFF-040")),
			line("go_to_police", "自宅の外でなくしたときは、警察署か交番に遺失届を出し、受理番号・届出先・電話番号を控えます。", "Lost outside the home: report it to the police, and note the number, the station and its telephone.", "家(いえ)の 外(そと)で なくした ときは 警察(けいさつ)に 届(とど)けます。", awara.At("警察署等への遺失届", "LOSS-010", "CON-027"), LostOutside),
			line("report_at_office", "市区町村の窓口で紛失・廃止届を出します。カードが必要なら、再交付を申請します。", "Report the loss at the municipality and apply for a new card if one is wanted.", "役所(やくしょ)で 届(とど)けます。カードが いる ときは また 作(つく)ります。", niigata.At("紛失した、盗難にあった", "LOSS-011", "LOSS-012")),
		},
		Warnings: []Line{
			line("no_way_back", "廃止した後に見つかっても、カードは使えません。見つかりそうなときは一時停止のままにして探してください。", "Found after the abolition, the card stays dead; where it may turn up, leave it suspended and look.", "なくしたと 届(とど)けた あとで 見(み)つかっても、カードは 使(つか)えません。見(み)つかりそうな ときは、電話(でんわ)で 止(と)めたまま さがして ください。", awara.At("再発行手続", "LOSS-022", "LOSS-031")),
		},
	}},
}

// LiftSuspension is what the holder of a found domestic card does (LOSS-020, LOSS-023; supplement 0.7): the card works
// again, and both certificates are revoked and issued anew.
var LiftSuspension = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("再発行手続", "LOSS-020", "LOSS-023", "LOSS-012", "CHG-046"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: CardOverseas.Not(), Refuse: "card_not_domestic"},
			{Cond: CardEnded.Not(), Refuse: "found_after_abolition"},
			{Cond: SuspendedOrEnded, Refuse: "card_not_suspended"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand", Opens: ReportLossAtHome},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: awara.At("再発行手続", "LOSS-020"), Who: inPerson(awara.At("再発行手続", "LOSS-020"))}},
		Papers: []Need{
			single(MyNumberCard, awara.At("再発行手続", "LOSS-020")),
			identity(awara.At("再発行手続", "LOSS-020")),
		},
		PINs: allPINs[:2],
		Effects: []Effect{
			effect(TheCard, "active", "カードはまた使えます。", "The card works again.", "カードは また 使(つか)えます。", awara.At("再発行手続", "LOSS-020", "ST-007")),
			effect(TheSignature, "reissued", "止まっていた署名用電子証明書は失効し、新しく発行されます。", "The held signature certificate is revoked and a new one issued.", "署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。", awara.At("再発行手続", "LOSS-020", "LOSS-023"), WantsCertificates),
			effect(TheUserAuthentication, "reissued", "止まっていた利用者証明用電子証明書は失効し、新しく発行されます。", "The held user authentication certificate is revoked and a new one issued.", "4つの 数字(すうじ)の 電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。", awara.At("再発行手続", "LOSS-020", "LOSS-023"), WantsCertificates),
			effect(TheServiceRegistrations, "to_be_renewed", "電子証明書の番号が変わるため、登録し直しが必要なサービスがあります。", "The serial numbers change, so some services have to be registered with again.", "もう一度(いちど) 登録(とうろく)が いる サービスが あります。", awara.At("再発行手続", "CERT-046")),
		},
		Steps: []Line{
			line("bring_found_card", "見つかったカードを持って、本人が市区町村の窓口に行きます。", "Bring the found card to the municipality in person.", "見(み)つけた カードを 持(も)って 役所(やくしょ)に 行(い)きます。", awara.At("再発行手続", "LOSS-020", "LOSS-012")),
			line("new_certificates", "電子証明書は失効し、希望すれば新しく発行されます(暗証番号を設定します)。", "The certificates are revoked; new ones are issued if wanted, with their PINs set.", "電子証明書(でんししょうめいしょ)を 新(あたら)しく もらいます。", jpkiPortal.At("電子証明書の紛失", "LOSS-023", "LOSS-020")),
		},
		Warnings: []Line{registerAgain},
		Takes:    []Estimate{quarterHour},
	}},
}

// ReissueCard is a new card in place of one that was lost, damaged, filled up, lapsed or returned (LOSS-040, FEE-003 to
// FEE-014).
var ReissueCard = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("再発行手続", "LOSS-040", "FEE-003"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: HadCard, Refuse: "no_card_to_renew", Opens: ApplyAtHome},
			{Cond: LivingOverseasCard.Not(), Refuse: "card_not_domestic"},
			{Cond: ReissueGrounded, Refuse: "no_ground_for_reissue", Opens: RenewCardAtHome},
			{Cond: LossReported, Refuse: "stop_the_card_first", Opens: ReportLossAtHome},
			{Cond: ExpressOpen, Refuse: "express_ground_missing"},
			{Cond: ExpressStillOpen, Refuse: "express_too_late"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: awara.At("再発行手続", "LOSS-040"), Who: inPerson(awara.At("再発行手続", "LOSS-040"))}},
		Papers: []Need{
			identity(awara.At("再発行手続", "LOSS-040")),
			single(FormReissue, awara.At("再発行手続", "LOSS-040", "FORM-009")),
			single(FormAbolish, niigata.At("紛失した、盗難にあった", "LOSS-011", "FORM-012"), ReasonLoss),
			single(PoliceReport, awara.At("警察署等への遺失届", "LOSS-010", "CON-027"), LostOutside),
			single(DisasterCertificate, niigata.At("交付手数料(能登半島地震)", "FEE-013", "FORM-041"), ReasonDisaster),
			single(OldCard, niigata.At("持参するもの", "PICK-038", "FEE-008"), FormerCardAtHand),
		},
		Effects: []Effect{
			effect(TheApplication, "applied", "申請は機構に送られ、新しいカードが作られます。", "The application goes to the issuer, which makes the new card.", "新(あたら)しい カードを 作(つく)ります。", awara.At("再発行手続", "LOSS-040", "APP-016")),
			effect(TheFormerCard, "collected", "古いカードは回収されます。", "The former card is collected.", "古(ふる)い カードは 返(かえ)します。", niigata.At("持参するもの", "PICK-038"), FormerCardAtHand),
			effect(ThePINs, "set", "特急発行では、暗証番号を申請のときに設定します。", "With express issuance the PINs are set at the application.", "いそぎの ときは 暗証番号(あんしょうばんごう)を 申込(もうしこ)みで 決(き)めます。", awara.At("特急発行申請を利用する", "APP-038"), WantsExpress),
		},
		Steps: []Line{
			line("choose_speed", "通常の発行(およそ1か月)か、対象であれば特急発行(およそ1週間、手数料が高くなります)を選びます。", "Choose ordinary issuance, about a month, or with a ground for it express, about a week and dearer.", "ふつうの 発行(はっこう)(1か月(げつ)くらい)か、できる 人(ひと)は いそぎの 発行(はっこう)(1週間(しゅうかん)くらい。お金(かね)が 高(たか)く なります)を 選(えら)びます。", awara.At("再発行手続", "LOSS-040", "FEE-004", "APP-040")),
			line("apply_in_person", "本人が市区町村の窓口で再交付を申請します。", "Apply at the municipality in person.", "本人(ほんにん)が 役所(やくしょ)で 申(もう)し込(こ)みます。", awara.At("再発行手続", "LOSS-040")),
			line("collect_or_receive", "通常は交付通知書が届いてから窓口で、特急発行は簡易書留で受け取ります。", "Ordinary cards are collected after the notice; express cards come by simple registered mail.", "ふつうは 役所(やくしょ)で、いそぎは 郵便(ゆうびん)で もらいます。", awara.At("再発行手続", "LOSS-040", "APP-037", "PICK-047")),
		},
		Messages: []Line{
			line("issuance_notice", "カードができると、市区町村から交付通知書が届きます。", "When the card is there the municipality sends the issuance notice.", "カードが できると はがきが 来(き)ます。", awara.At("マイナンバーカードを取得するには", "NTF-005", "PICK-001"), WantsExpress.Not()),
		},
		Warnings: []Line{
			registerAgain,
			line("no_refund", "新しいカードを受け取った後に前のカードが見つかっても、手数料は返りません。見つかったカードは返してください。", "If the old card turns up after the new one was received, the fee is not refunded; hand the old one in.", "後(あと)で 見(み)つかっても お金(かね)は もどりません。", awara.At("再発行手続", "FEE-014", "LOSS-022"), ReasonLoss),
			line("insurance_meanwhile", "カードがない間の受診には、加入している医療保険者に資格確認書を申請できます。", "For medical care while there is no card, ask the insurer for an eligibility certificate.", "カードが ない 間(あいだ)は 資格確認書(しかくかくにんしょ)を もらえます。", mhlwLeaflet.At("(1)", "LOSS-045")),
		},
		Takes: []Estimate{
			withConds(oneMonth, WantsExpress.Not()),
			withConds(oneWeek, WantsExpress),
		},
	}},
}

// withConds is the estimate under conditions.
func withConds(e Estimate, list ...Cond) Estimate {
	e.If = list
	return e
}
