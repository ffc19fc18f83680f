package rules

import "mynumber/internal/law"

// ApplyFromAbroad is the application for an overseas card (APP-070 to APP-083, ABR-020, ABR-M02). The windows decide by
// it too: procedure.Apply holds the form against this sheet.
var ApplyFromAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: mhlwLeaflet.At("海外からのマイナンバーカード申請方法", "ELIG-015", "DATE-016", "ABR-020", "ABR-M02", "TL-C"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: IsJapanese, Refuse: "foreign_national"},
			{Cond: LivesAbroad, Refuse: "still_resident"},
			{Cond: InFamilyRegister, Refuse: "not_in_family_register"},
			{Cond: EverRegistered, Refuse: "never_registered"},
			{Cond: RegisteredSince, Refuse: "registered_too_early"},
			{Cond: HasNumber, Refuse: "no_number"},
			{Cond: NoLivingOverseasCard, Refuse: "overseas_card_exists", Opens: RenewCardFromAbroad},
			{Cond: MissionCovers, Refuse: "mission_of_another_country"},
			{Cond: HonsekiKeepsRegister, Refuse: "office_keeps_no_register"},
			{Cond: PINsHidden, Refuse: "sealed_form_missing"},
			{Cond: RepresentativeActs, Refuse: "applicant_needs_representative"},
		},
		NotThus: "online_not_available",
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit, Post}, Who: handIn, Cite: mhlwLeaflet.At("方法②", "APP-070", "APP-071", "CON-010")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: handIn, Cite: konan.At("(1)申請書の提出", "APP-070", "APP-071", "CON-010")},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, NotLocal: "post_only_to_honseki", Who: handIn, Cite: konan.At("(1)申請書の提出", "APP-070", "APP-071", "APP-072", "CON-010")},
		},
		Papers:   applyPapers,
		Effects:  []Effect{appliedEffect},
		Steps:    applySteps,
		Messages: applyMessages,
		Warnings: []Line{
			line("reachable", "カードを受け取るまで、連絡のとれるメールアドレスと電話番号を使い続けてください。", "Keep the e-mail address and telephone number working until the card is in your hands.", "カードを もらうまで メールと 電話(でんわ)を 使(つか)えるように してください。", mhlwLeaflet.At("記入の際の注意点", "APP-075", "ABR-041")),
			line("pickup_in_person", "カードの受取りは本人だけです。代理の人には渡せません。", "Only the applicant can collect the card, never a proxy.", "カードは 本人(ほんにん)しか もらえません。", konan.At("(3)指定した受取場所で受け取る", "ABR-026", "PICK-073")),
			line("no_fast_way", "オンライン・証明写真機・特急発行は使えません。", "There is no online application, photo booth or express issuance.", "インターネットや 写真(しゃしん)の 機械(きかい)では できません。いそぎの 発行(はっこう)も ありません。", blog.At("3種類方法", "APP-013", "CON-028")),
			line("papers_travel", "本籍地以外で申請すると、書類が本籍地に届くまでに日数がかかります(一例では14日)。", "Papers handed in elsewhere take time to reach the honseki municipality; in one case 14 days.", "本籍(ほんせき)では ない ところで 出(だ)すと、書類(しょるい)が 本籍(ほんせき)の 役所(やくしょ)に 届(とど)くまで 時間(じかん)が かかります(14日(か)の ことも あります)。", blog.At("申請タイムスケジュール", "ABR-023", "TL-002")),
			line("say_overseas", "窓口では「国外転出者向けのカード」と最初に伝えてください。確認に時間がかかることがあります(一例では約40分)。", "Say at once that it is about an overseas card; the desk may have to look it up. One visit took about 40 minutes.", "窓口(まどぐち)で はじめに「国外転出者(こくがいてんしゅつしゃ)の カード」と 言(い)って ください。時間(じかん)が かかる ことが あります(40分(ぷん)くらいの ことも あります)。", blog.At("墨田区役所に来庁", "APP-081", "APP-082", "TL-001")),
			line("residence_report", "カードを持っていても、在留届は別に必要です。", "The card does not replace the residence report (在留届).", "在留届(ざいりゅうとどけ)も 出(だ)してください。", mhlwLeaflet.At("よくあるご質問", "ELIG-017")),
		},
		Takes: []Estimate{untilReady},
	}},
}

// applyPapers are handed in with every application that ends in a new overseas card.
var applyPapers = []Need{
	single(FormApplyAbroad, mhlwLeaflet.At("交付申請書", "APP-073", "APP-074", "FORM-002")),
	single(FacePhoto, mhlwLeaflet.At("申請写真のチェックポイント", "APP-041")),
	single(FormPINRequest, mhlwLeaflet.At("暗証番号設定依頼書", "APP-073", "PIN-022", "FORM-003")),
}

var appliedEffect = effect(TheApplication, "applied", "申請が受け付けられ、書類は本籍地市区町村へ送られます。", "The application is taken in and its papers go to the honseki municipality.", "申込(もうしこ)みの 紙(かみ)は 本籍(ほんせき)の 役所(やくしょ)に 行(い)きます。", awara.At("日本国外での利用について", "ABR-021"))

var applySteps = []Line{
	line("get_form", "総合サイトから国外転出者用の申請書をダウンロードし、印刷して記入します。", "Download the overseas form from the general site, print it and fill it in.", "ウェブサイトから 申込(もうしこ)みの 紙(かみ)を 取(と)って、書(か)きます。", mhlwLeaflet.At("交付申請書のダウンロード先", "APP-083", "APP-074")),
	line("tick_recent_notification", "3か月以内に戸籍の届出をした人は、その欄に印を付けます。", "Tick the box if a family-register notification was filed within the last three months.", "3か月(げつ)の 間(あいだ)に 戸籍(こせき)の 届(とどけ)を 出(だ)した 人(ひと)は しるしを 付(つ)けます。", mhlwLeaflet.At("記入の際の注意点", "APP-077")),
	line("fill_pin_form", "暗証番号設定依頼書で、暗証番号を設定するか、顔認証カードにするかを選びます。1文字ごとにふりがなを付けます。", "On the PIN form choose PINs or a face-authentication card, with a kana reading for every character.", "暗証番号(あんしょうばんごう)の 紙(かみ)を 書(か)きます。ふりがなも 書(か)きます。", mhlwLeaflet.At("暗証番号設定依頼書", "APP-078", "PIN-026", "FORM-003")),
	line("hand_in", "本籍地・国内の市区町村・居住国の在外公館のどれかに出し、受取場所を選びます。出す窓口と受取場所は別でもかまいません。", "Hand it in at the honseki, at any municipality in Japan or at the mission, and choose where to collect the card; the two may differ.", "紙(かみ)を 役所(やくしょ)か 大使館(たいしかん)に 出(だ)します。もらう ところは ちがっても いいです。", konan.At("申請方法", "APP-080", "APP-070")),
	line("answer_questions", "書類に不備があれば、メールか電話で照会があります。直して出し直すときは再提出の欄に印を付けます。", "If something is wrong you are asked by e-mail or telephone; tick the re-submission box when you send it again.", "まちがいが あると メールか 電話(でんわ)が 来(き)ます。", konan.At("申請方法", "APP-076", "ABR-024")),
	line("follow_by_id", "本籍地からメールで届く申請書IDと生年月日で、製造と発送を確かめられます。", "With the application ID mailed by the honseki municipality and your birth date you can follow production and dispatch.", "メールで もらう 番号(ばんごう)で、カードが どこまで できたか わかります。", blog.At("申請書IDのお知らせ", "APP-062", "NTF-022", "TL-003", "TL-004")),
	line("collect", "交付通知メールが届いたら、期限までに本人が受け取ります。", "When the ready mail comes, collect the card in person by its deadline.", "メールが 来(き)たら、カードを もらいに 行(い)きます。", mhlwLeaflet.At("受取①・受取②", "ABR-025", "PICK-075")),
}

var applyMessages = []Line{
	line("defect_inquiry", "不備の照会(窓口または本籍地から申請者へ、メール・電話)", "question about a defect, by the accepting or honseki office to the applicant, by e-mail or telephone", "まちがいの 質問(しつもん)", konan.At("申請方法※", "NTF-020", "ABR-040")),
	line("accepted", "受理のお知らせ(本籍地から申請者へ、メール)", "acceptance, by the honseki municipality to the applicant, by e-mail", "受(う)け取(と)った お知(し)らせ", blog.At("八戸市役所からメール", "NTF-021")),
	line("application_id", "申請書IDのお知らせ(本籍地から申請者へ、メール)", "application ID, by the honseki municipality to the applicant, by e-mail", "番号(ばんごう)の お知(し)らせ", blog.At("申請書IDのお知らせ", "NTF-022")),
	line("payment_instructions", "手数料の納付案内(本籍地から申請者へ、メール)", "payment instructions, by the honseki municipality to the applicant, by e-mail", "お金(かね)の 払(はら)い方(かた)", konan.At("手数料の納付方法 2", "NTF-024", "FEE-018", "ABR-M04"), PickupAtMission),
	line("ready", "交付通知メール(受取場所から申請者へ)", "ready for pickup, by the pickup office to the applicant, by e-mail", "カードが できた お知(し)らせ", konan.At("(2)交付通知メール", "NTF-025", "ABR-025", "CON-032", "TL-005")),
}

// untilReady is an estimate and never a deadline (CON-002).
var untilReady = takes("until_ready", ReadyEstimateDays[0].Rule[0], ReadyEstimateDays[0].Rule[1], Days, "申請から交付通知まで、およそ2〜3か月です。", "About two to three months from the application to the pickup notice.", "カードが できるまで 2か月(げつ)から 3か月(げつ)くらいです。", ReadyEstimateDays[0].Cite)

// handIn is who may hand an application from abroad in: anybody (APP-052, ABR-026); whether a proxy brings the PINs
// sealed and a child's form is signed, the requirements ask.
var handIn = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("申請方法", "APP-050")},
	{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("申請方法", "APP-050", "ELIG-004")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("申請方法", "APP-050", "ELIG-004")},
	{Who: HouseholdMember, Cite: konan.At("申請方法", "APP-052", "APP-079", "ABR-026")},
	{Who: Spouse, Cite: konan.At("申請方法", "APP-052", "APP-079", "ABR-026")},
	{Who: VoluntaryProxy, Cite: konan.At("申請方法", "APP-052", "APP-079", "ABR-026")},
}
