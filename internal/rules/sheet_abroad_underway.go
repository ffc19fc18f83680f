package rules

import "mynumber/internal/law"

// What an applicant abroad can still do between the application and the pickup (abroad.md C; FEE-017 to FEE-019).

// AnswerDefect is the answer to a question about the papers (APP-076, ABR-024).
var AnswerDefect = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("申請方法※", "APP-076", "ABR-024", "ST-002"), Rule: Sheet{
		Requires: []Requirement{{Cond: OverseasApplication, Refuse: "application_not_overseas"}, {Cond: CanCorrect, Refuse: "nothing_asked_back"}},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Email, Telephone, Post, Visit}, Who: applicant, Cite: blog.At("八戸市役所からメール", "ABR-024", "TL-002")},
			{Office: OtherMunicipality, Channels: []Channel{Email, Telephone, Visit}, If: conds(TookApplication), Who: applicant, Cite: konan.At("申請方法※", "APP-076")},
			{Office: Mission, Channels: []Channel{Email, Telephone, Visit}, If: conds(TookApplication), Who: applicant, Cite: konan.At("申請方法※", "APP-076")},
		},
		Effects: []Effect{effect(TheApplication, "received", "審査が再開されます。", "The examination goes on.", "申(もう)し込(こ)みの 続(つづ)きを します。", konan.At("申請方法※", "APP-076", "ST-002"))},
		Steps: []Line{
			line("reply", "届いたメールや電話に、指定の方法で答えます。", "Reply to the mail or call as it asks.", "メールや 電話(でんわ)に 答(こた)えます。", konan.At("申請方法※", "APP-076", "ABR-024")),
			line("tick_resubmission", "申請書を出し直すときは、再提出の欄に印を付けます。", "When a form is handed in again, tick its re-submission box.", "もう一度(いちど) 出(だ)す ときは しるしを 付(つ)けます。", mhlwLeaflet.At("交付申請書", "APP-076", "APP-074")),
		},
		Warnings: []Line{line("not_made_meanwhile", "答えるまで、カードは作られません。", "No card is made until you have answered.", "答(こた)えるまで カードは できません。", konan.At("申請方法※", "APP-076"))},
	}},
}

// applicant is whoever may speak for the application; nobody but the applicant is named (abroad.md, Silent), so a
// representative acts for under-15s and adult wards and no other proxy does.
var applicant = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("(5)", "ABR-030", "APP-050")},
	{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("(5)", "ABR-030", "APP-050")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("(5)", "ABR-030", "APP-050")},
}

// ChangeApplicationData is a name or the like that changes while the application runs (ABR-030, ABR-M05).
var ChangeApplicationData = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("(5)", "ABR-030", "ABR-M05"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: OverseasApplication, Refuse: "application_not_overseas"},
			{Cond: CanCancel, Refuse: "card_handed_over"},
			{Cond: HonsekiSame, Refuse: "honseki_changed_apply_again", Opens: ApplyAbroad},
			{Cond: StaysAbroad, Refuse: "returned_apply_again"},
		},
		Ways:    []Way{{Office: Honseki, Channels: []Channel{Visit, Post}, Who: applicant, Cite: konan.At("(5)", "ABR-030")}},
		Effects: []Effect{effect(TheApplication, "updated", "申請の内容が直され、そのまま進みます。", "The application is corrected and goes on.", "申(もう)し込(こ)みは そのまま 続(つづ)きます。", konan.At("(5)", "ABR-030"))},
		Steps:   []Line{line("tell_honseki", "氏名などが変わったことを、本籍地の市区町村に窓口か郵送で知らせます。", "Tell the honseki municipality, by visit or post, that the name or the like has changed.", "名前(なまえ)が 変(か)わった ことを 本籍(ほんせき)の 役所(やくしょ)に 知(し)らせます。", konan.At("(5)", "ABR-030"))},
		Warnings: []Line{
			line("new_honseki_starts_over", "戸籍の届出で本籍地の市区町村が変わったときは、申請し直しです。はじめの申請は取り消されます。", "If the honseki moves to another municipality, apply again; the first application is cancelled.", "本籍(ほんせき)が 変(か)わったら、もう一度(いちど) 申(もう)し込(こ)みます。", konan.At("(5)", "ABR-031", "ST-003")),
			line("return_starts_over", "日本に転入したときは、転入先で国内のカードを申請します。はじめの申請は取り消されます。", "If you move to Japan, apply there for a domestic card; the first application is cancelled.", "日本(にほん)に 帰(かえ)ったら、日本(にほん)で もう一度(いちど) 申(もう)し込(こ)みます。", konan.At("(5)", "ABR-035", "ST-003")),
		},
	}},
}

// ChangeEmail is the change of the registered address, before or after the card is there (ABR-032, ABR-M06).
var ChangeEmail = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("(5)", "ABR-032", "ABR-M06"), Rule: Sheet{
		Requires: []Requirement{{Cond: OverseasMailHolder, Refuse: "no_registered_mail"}},
		Ways:     []Way{{Office: Honseki, Channels: []Channel{Visit, Post, Email}, Who: applicant, Cite: konan.At("(5)", "ABR-032")}},
		Papers:   []Need{single(FormEmail, konan.At("(5)", "ABR-032", "FORM-017"))},
		Effects:  []Effect{effect(TheServiceRegistrations, "updated", "これからのお知らせは新しいメールアドレスに届きます。", "Messages go to the new address from now on.", "お知(し)らせは 新(あたら)しい メールに 来(き)ます。", konan.At("(5)", "ABR-032", "NTF-029"))},
		Steps:    []Line{line("send_form", "登録メールアドレス変更届を、本籍地に窓口・郵送・メールのどれかで出します。", "Send the change form to the honseki municipality by visit, post or e-mail.", "紙(かみ)を 本籍(ほんせき)の 役所(やくしょ)に 出(だ)します。メールでも いいです。", konan.At("(5)", "ABR-032", "FORM-017"))},
		Warnings: []Line{line("all_mails_go_there", "受取りの案内や期限のお知らせは、すべて登録したメールアドレスに届きます。", "The ready mail and expiry notices all go to the registered address.", "大事(だいじ)な お知(し)らせは この メールに 来(き)ます。", blog.At("メアドを変更する場合", "ABR-041", "NTF-029"))},
	}},
}

// ChangePickupPlace: a mission takes it that took the application or is the new place; a municipality only if it took the
// application. The old place as such, and a new municipality, are not named (ABR-037, ABR-M07).
var ChangePickupPlace = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("(5)", "ABR-037", "ABR-M07"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: OverseasApplication, Refuse: "application_not_overseas"},
			{Cond: CanCancel, Refuse: "card_handed_over"},
			{Cond: TakesPickupChange, Refuse: "pickup_change_not_here"},
		},
		Ways: []Way{
			{Office: Mission, Channels: []Channel{Visit, Post}, Who: applicant, Cite: konan.At("(5)", "ABR-037")},
			{Office: Honseki, Channels: []Channel{Visit, Post}, Who: applicant, Cite: konan.At("(5)", "ABR-037")},
			{Office: OtherMunicipality, Channels: []Channel{Visit, Post}, Who: applicant, Cite: konan.At("(5)", "ABR-037")},
		},
		Papers:   []Need{single(FormPickupPlace, konan.At("(5)", "ABR-037", "FORM-018"))},
		Effects:  []Effect{effect(TheApplication, "redirected", "カードは新しい受取場所へ送られます。", "The card goes to the new pickup place.", "カードは 新(あたら)しい ところに 行(い)きます。", konan.At("(5)", "ABR-037"))},
		Steps:    []Line{line("file_request", "受取場所変更申出書を、申請を受け付けた窓口か新しい受取場所の在外公館に出します。", "File the request with the office that took the application, or with the mission where you want to collect the card.", "紙(かみ)を はじめに 出(だ)した ところか、新(あたら)しい 大使館(たいしかん)に 出(だ)します。", konan.At("(5)", "ABR-037", "FORM-018"))},
		Warnings: []Line{line("not_at_the_old_place", "今の受取場所というだけの窓口や、新しい受取場所の市区町村には出せません。", "It cannot be filed at the present pickup place as such, nor at a municipality that is only the new one.", "今(いま)の もらう ところには 出(だ)せません。", konan.At("(5)", "ABR-037"))},
	}},
}

// CancelApplication is the withdrawal (ABR-038, ABR-M08). The honseki municipality holds every application and takes it
// too, also by telephone (CON-037).
var CancelApplication = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("(5)", "ABR-038", "ABR-M08", "ST-003"), Rule: Sheet{
		Requires: []Requirement{{Cond: OverseasApplication, Refuse: "application_not_overseas"}, {Cond: CanCancel, Refuse: "card_handed_over"}, {Cond: TakesCancellation, Refuse: "cancel_not_here"}},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit, Post, Telephone}, ByLocal: []Channel{Email}, Who: applicant, Cite: konan.At("(5)", "ABR-038", "CON-037")},
			{Office: OtherMunicipality, Channels: []Channel{Visit, Post}, ByLocal: []Channel{Email}, Who: applicant, Cite: konan.At("(5)", "ABR-038")},
			{Office: Mission, Channels: []Channel{Visit, Post}, Who: applicant, Cite: konan.At("(5)", "ABR-038")},
		},
		Papers:   []Need{single(FormCancel, konan.At("(5)", "ABR-038", "FORM-019"), ByTelephone.Not())},
		Effects:  []Effect{effect(TheApplication, "cancelled", "申請は取り消されます。", "The application is cancelled.", "申(もう)し込(こ)みを やめます。", konan.At("(5)", "ABR-038", "ST-003"))},
		Steps:    []Line{line("file_cancellation", "取消申出書を、申請を受け付けた窓口・受取場所・本籍地のどれかに出します。本籍地には電話でもできます。", "File the cancellation with the office that took the application, the pickup office or the honseki municipality; the last also by telephone.", "やめる 紙(かみ)を 出(だ)します。本籍(ほんせき)の 役所(やくしょ)には 電話(でんわ)でも いいです。", konan.At("(5)", "ABR-038", "FORM-019"))},
		Warnings: []Line{line("apply_anew", "取り消した申請は元に戻せません。カードが必要になったら申請し直します。", "A cancelled application cannot be taken up again; apply anew if you want a card.", "やめたら もとに もどりません。", konan.At("(5)", "ST-003"))},
	}},
}

// PayOverseasFee is when, where and how the fee of an overseas card is paid (FEE-017 to FEE-019, ABR-M04).
var PayOverseasFee = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("手数料の納付方法", "FEE-017", "FEE-018", "ABR-M04"), Rule: Sheet{
		Requires: []Requirement{{Cond: OverseasApplication, Refuse: "application_not_overseas"}, {Cond: CanCancel, Refuse: "card_handed_over"}, {Cond: FeeIsDue, Refuse: "no_fee_due"}},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, If: conds(PickupAtMission), Cite: konan.At("手数料の納付方法 2", "FEE-018", "FEE-019"), Who: []Come{
				{Who: HouseholdMember, Cite: konan.At("手数料の納付方法 2", "FEE-018")}, {Who: VoluntaryProxy, Cite: konan.At("手数料の納付方法 2", "FEE-018")}, {Who: Spouse, Cite: konan.At("手数料の納付方法 2", "FEE-018")}, {Who: Holder, Cite: konan.At("手数料の納付方法 2", "FEE-018")},
			}},
			{Office: Honseki, Channels: []Channel{Visit}, If: conds(PickupAtMission.Not()), Cite: konan.At("手数料の納付方法 1・2", "FEE-017", "FEE-018")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, If: conds(PickupAtMission.Not()), Cite: konan.At("手数料の納付方法 2", "FEE-018")},
		},
		Steps: []Line{
			line("wait_for_instructions", "在外公館で受け取るときは、本籍地から納付の案内メールが届きます。", "For a pickup at a mission wait for the honseki municipality's mail with instructions.", "大使館(たいしかん)で もらう ときは メールを 待(ま)ちます。", konan.At("手数料の納付方法 2", "FEE-018", "NTF-024"), PickupAtMission),
			line("pay_before_dispatch", "日本の家族や知人が納めるか、現金書留・郵便小為替を送ります(本籍地が認める方法だけ)。納付が確認されてから、カードが送られます。", "Relatives or friends in Japan pay, or money is posted by registered cash mail or postal order, whichever the honseki takes. The card is sent off once payment is confirmed.", "日本(にほん)の 家族(かぞく)が 払(はら)うか、お金(かね)を 送(おく)ります。", konan.At("手数料の納付方法 2", "FEE-018"), PickupAtMission),
			line("pay_at_the_window", "市区町村で受け取るときは受取りのときに、本籍地の窓口で申請したときは申請のときに納めます。", "At a municipality pay when collecting the card; who applies at the honseki's counter pays there and then.", "カードを もらう ときか、申(もう)し込(こ)む ときに 払(はら)います。", konan.At("手数料の納付方法 1・2", "FEE-017", "FEE-018"), PickupAtMission.Not()),
		},
		Messages: []Line{line("payment_instructions", "手数料の納付案内(本籍地から申請者へ、メール)", "payment instructions, by the honseki municipality to the applicant, by e-mail", "お金(かね)の 払(はら)い方(かた)", konan.At("手数料の納付方法 2", "NTF-024"), PickupAtMission)},
		Warnings: []Line{line("ways_differ", "現金書留・郵便小為替のどちらを受け付けるかは、本籍地によります(現金書留を受け付けないところもあります)。", "Which of registered cash mail and postal orders is taken depends on the honseki municipality; some take no cash mail.", "お金(かね)の 送(おく)り方(かた)は 役所(やくしょ)に 聞(き)いてください。", konan.At("手数料の納付方法 2", "FEE-019"), PickupAtMission)},
	}},
}
