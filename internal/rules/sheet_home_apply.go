package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

var (
	allPINs  = []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN, card.ResidentRegisterPIN, card.InputSupportPIN}
	noPINs   = []card.PIN{} // none is typed: the staff read them from a sealed paper
	oneMonth = takes("until_ready", 30, 30, Days, "申請から受取りまで、およそ1か月です。", "About a month from the application to the pickup.", "申(もう)し込(こ)んでから 1か月(げつ)くらいです。",
		awara.At("マイナンバーカードを取得するには", "APP-063", "CON-002"))
)

// writes is who fills in an application in Japan: the applicant, or whoever represents them (APP-050, APP-051).
func writes(cite law.Citation) []Come {
	return []Come{
		{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: cite},
		{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: law.Citation{IDs: []string{"ELIG-004", "APP-050"}, Source: cite.Source, Place: cite.Place, Read: cite.Read}},
		{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: niigata.At("代理交付 注1・注3", "ELIG-004", "APP-050")},
		{Who: VoluntaryProxy, If: conds(groundIs(GroundCuratorship)), Cite: niigata.At("代理交付 注2", "APP-051"), Papers: []Need{
			single(GuardianshipCert, niigata.At("代理交付 注2", "APP-051", "FORM-045")),
			single(RepresentationScope, niigata.At("代理交付 注2", "APP-051", "FORM-045")),
		}},
	}
}

// ApplyForCardAtHome is the application for a first card by a resident of Japan (APP-001 to APP-030).
var ApplyForCardAtHome = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("マイナンバーカードの申請", "APP-010", "ELIG-001", "ELIG-003"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad", Opens: ApplyAbroad},
			{Cond: HasCard.Not(), Refuse: "card_exists", Opens: RenewCardAtHome},
			{Cond: CardExpired.Not(), Refuse: "card_expired_renew", Opens: RenewCardAtHome},
			{Cond: CardEndedEarly.Not(), Refuse: "card_ended_reissue", Opens: ReissueAtHome},
			{Cond: FormFitsChannel, Refuse: "form_without_id", Opens: ReplaceForm},
		},
		Ways: []Way{
			{Office: ApplicationCentre, Channels: []Channel{Online, PhotoBooth}, If: conds(FormHasID), Who: writes(awara.At("オンラインで申請する・証明写真機で申請する", "APP-011", "APP-015")),
				Cite: awara.At("オンラインで申請する・証明写真機で申請する", "APP-010", "APP-011", "APP-015")},
			{Office: ApplicationCentre, Channels: []Channel{Post}, Who: writes(awara.At("郵送で申請する", "APP-014")), Cite: awara.At("郵送で申請する", "APP-010", "APP-014", "OFF-041"),
				Papers: []Need{single(FormApply, awara.At("郵送で申請する", "APP-001", "APP-014", "FORM-001")), single(FacePhoto, awara.At("郵送で申請する", "APP-014", "APP-043"), PhotoNeeded)}},
			{Office: Residence, Channels: []Channel{}, ByLocal: []Channel{Visit, Outreach}, Who: writes(awara.At("市役所市民課で申請する", "APP-025", "APP-028")), PINs: allPINs,
				Cite: awara.At("市役所市民課で申請する", "APP-025", "APP-026", "APP-028", "ELIG-025", "OFF-009", "OFF-010"),
				Papers: []Need{
					identity(niigata.At("申請補助サービス 持参するもの", "APP-030", "APP-025")),
					oneOf("number_paper", niigata.At("申請補助サービス 持参するもの", "APP-030", "APP-025"), NotificationCard, NumberNotice).when(HasNumberPaper),
					single(FormPINRequest, niigata.At("申請補助サービス 持参するもの", "APP-030", "PIN-021", "FORM-003")),
				}},
		},
		Effects: []Effect{
			effect(TheApplication, "applied", "申請は地方公共団体情報システム機構に送られ、カードが作られます。", "The application goes to the issuer, which makes the card.", "カードを 作(つく)る ところに 送(おく)られます。", awara.At("マイナンバーカードを取得するには", "APP-016", "CARD-004")),
		},
		Steps: []Line{
			line("get_form", "通知カードや個人番号通知書に付いている交付申請書を用意します。ないときは市区町村でもらいます。", "Have the form ready that came with the Notification Card or the Individual Number Notice; the municipality gives another.", "申込(もうしこ)みの 紙(かみ)を 用意(ようい)します。ない ときは 役所(やくしょ)で もらいます。", awara.At("マイナンバーカードの申請", "APP-001", "NUM-026")),
			line("register_mail", "二次元コードを読み取るか申請書IDを入力し、メールアドレスを登録します。届いたメールのURLを開いて顔写真を登録し、生年月日などを入力して送信します。", "Scan the code or type the ID, register an e-mail address, open the address in the mail, add the photo, the date of birth and the wishes, and submit.", "コードを 読(よ)んで メールを 登録(とうろく)します。来(き)た メールから 写真(しゃしん)と 生年月日(せいねんがっぴ)を 入(い)れて 送(おく)ります。", awara.At("オンラインで申請する", "APP-011"), ByOnline),
			line("fill_form", "郵送のときは、申請書に記入して写真を貼り、申請書受付センターに送ります。期限の切れた封筒には切手を貼るか宛名ラベルを貼ります。", "By post: fill in the form, attach the photo and send it to the reception centre; put a stamp or the label on an envelope past its date.", "郵便(ゆうびん)は 紙(かみ)に 書(か)いて 写真(しゃしん)を はって 送(おく)ります。", niigata.At("申請用封筒の有効期限について", "APP-007", "APP-008", "APP-014", "FEE-024"), ByOnline.Not()),
			line("overwrite_old_entries", "申請書の住所や氏名が古いときは、今のものに書き直します。", "Where address or name on the form are out of date, write the current ones over them.", "紙(かみ)の 住所(じゅうしょ)や 名前(なまえ)が 古(ふる)い ときは 書(か)き直(なお)します。", niigata.At("申請書の提出", "APP-004"), ByOnline.Not()),
			line("wait_for_notice", "交付通知書(はがき)が届いたら、窓口で受け取ります。", "When the issuance notice has come, collect the card at the window.", "はがきが 来(き)たら 役所(やくしょ)で もらいます。", awara.At("マイナンバーカードを取得するには", "PICK-001")),
		},
		Messages: []Line{
			line("application_url", "申請用のURLがメールで届きます。", "The address for the application comes by e-mail.", "申込(もうしこ)みの ページの メールが 来(き)ます。", awara.At("オンラインで申請する", "NTF-003", "APP-011"), ByOnline),
			line("application_complete", "申請が終わると、完了のメールが届きます。", "A mail says that the application is complete.", "終(お)わった メールが 来(き)ます。", awara.At("オンラインで申請する", "NTF-004", "APP-011"), ByOnline),
			line("issuance_notice", "カードができると、市区町村から交付通知書が転送不要の郵便で届きます。", "When the card is there the municipality sends the issuance notice, by mail that is not forwarded.", "カードが できると はがきが 来(き)ます。", awara.At("マイナンバーカードを取得するには", "NTF-005", "PICK-001")),
		},
		Warnings: []Line{
			line("voluntary", "カードの申請は任意です。", "Applying for a card is voluntary.", "カードは 作(つく)っても 作(つく)らなくても いいです。", awara.At("マイナンバーカードとは", "ELIG-002", "CARD-002")),
			line("both_certificates", "希望しない電子証明書は申請のときに選びます。選ばないと二つとも付きます。", "Say at the application which certificates are not wanted; both come otherwise.", "いらない 電子証明書(でんししょうめいしょ)は 申込(もうしこ)みの とき 言(い)います。", niigata.At("暗証番号の設定", "APP-017", "CARD-021", "CERT-010")),
			line("braille", "希望すると、カードの表に氏名の点字が入ります。申請のときに申し出ます。", "On request at the application the name is added in braille on the front.", "点字(てんじ)が いる ときは 申込(もうしこ)みで 言(い)います。", awara.At("オンラインで申請する", "CARD-009", "APP-017")),
			line("junk_folder", "URLのメールは迷惑メールに入ることがあります。", "The mail with the address may be in the junk folder.", "メールは 迷惑(めいわく)メールに 入(はい)る ことが あります。", awara.At("オンラインで申請する", "APP-012"), ByOnline),
			line("photoless_card", "申請の日に1歳未満の人のカードには顔写真がありません。本人確認書類にはならず、5回目の誕生日まで有効です。", "The card of an applicant under 1 has no photo; it proves no identity and is good to the fifth birthday.", "申(もう)し込(こ)む 日(ひ)に 1歳(さい)に なっていない 赤(あか)ちゃんの カードには、写真(しゃしん)が ありません。本人(ほんにん)を 確(たし)かめる 書類(しょるい)に なりません。5回目(かいめ)の 誕生日(たんじょうび)まで 使(つか)えます。", awara.At("申請時に1歳未満である場合", "CARD-023", "CARD-024", "EXP-013", "APP-043"), PhotoNeeded.Not()),
			line("local_counter", "窓口で職員が申請を手伝う市区町村もあります(予約や対象は市区町村によります)。写真の撮影は無料です。", "At some municipalities staff help at the window; reservation and who is served are theirs to say, and the photo is free.", "役所(やくしょ)で 手伝(てつだ)って もらえる ところも あります。", niigata.At("申請補助サービス 取扱窓口・受付日時", "APP-027", "APP-028", "APP-029", "FEE-023", "OFF-035", "OFF-002")),
			line("posted_card", "窓口で書類をそろえて申請し暗証番号を設定すると、カードを郵送で受け取れる市区町村もあります。", "Where the documents are complete at the window and the PINs are set, some municipalities post the card.", "書類(しょるい)が ぜんぶ あると 郵便(ゆうびん)で もらえる ところも あります。", awara.At("市役所市民課で申請する", "APP-026", "APP-022", "CON-018", "OFF-005")),
		},
		Takes: []Estimate{oneMonth},
	}},
}

// ApplyToStaff is the application that staff take in at a home or workplace (APP-020 to APP-024), and the counter
// application that is posted the same way.
var ApplyToStaff = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("出張申請を利用する", "APP-020"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad", Opens: ApplyAbroad},
			{Cond: FirstOrRenewal, Refuse: "card_exists", Opens: RenewCardAtHome},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{}, ByLocal: []Channel{Outreach}, Cite: awara.At("出張申請を利用する", "APP-020", "OFF-009"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: awara.At("出張申請を利用する", "APP-021", "PIN-021")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: awara.At("出張申請を利用する", "APP-050", "PIN-023", "PIN-024"), Papers: []Need{
				single(RepresentativeID, awara.At("出張申請を利用する", "APP-050", "ELIG-004"))}},
		}}},
		Papers: []Need{
			identity(awara.At("出張申請を利用する", "APP-021", "APP-022")),
			oneOf("number_paper", awara.At("出張申請を利用する", "APP-021", "APP-022"), NotificationCard, NumberNotice).when(HasNumberPaper),
			single(OldCard, awara.At("マイナンバーカードの更新手続", "PICK-046", "EXP-042"), HadCard),
		},
		PINs: allPINs,
		Effects: []Effect{
			effect(TheApplication, "applied", "申請が受け付けられ、カードが作られます。", "The application is taken in and the card is made.", "カードを 作(つく)ります。", awara.At("出張申請を利用する", "APP-016", "APP-020")),
			effect(ThePINs, "set", "暗証番号は申請のときに設定され、届いた日からカードを使えます。", "The PINs are set at the application; the card works on the day it arrives.", "暗証番号(あんしょうばんごう)は 申込(もうしこ)みの とき 決(き)めます。", awara.At("本人限定郵便で受け取る", "PIN-021", "PICK-045")),
		},
		Steps: []Line{
			line("ask_for_visit", "市区町村に電話・メール・窓口などで出張を依頼し、希望日をいくつか伝えます。", "Ask the municipality by telephone, mail or at the window, and name several days.", "役所(やくしょ)に 電話(でんわ)や メールで 頼(たの)みます。", awara.At("出張申請を利用する", "APP-020")),
			line("no_form_needed", "申請書がなくても申請できます(依頼のときに伝えます)。", "No application form is needed; say so when asking.", "申込(もうしこ)みの 紙(かみ)は なくても いいです。", awara.At("出張申請を利用する", "APP-021", "APP-003")),
			line("photo_by_staff", "職員が無料で写真を撮り、本人確認をして申請を受け付けます。", "Staff take the photo free of charge, check the identity and take the application in.", "役所(やくしょ)の 人(ひと)が 写真(しゃしん)を とります。お金(かね)は かかりません。", awara.At("出張申請を利用する", "APP-021", "FEE-023")),
			line("wait_for_mail", "書類がすべてそろっていれば、カードは本人限定受取郵便で届きます。", "With complete documents the card comes by personal-delivery mail.", "書類(しょるい)が ぜんぶ あれば カードは 郵便(ゆうびん)で 来(き)ます。", awara.At("出張申請を利用する", "APP-022", "PICK-040")),
		},
		Warnings: []Line{
			line("old_card_given_up", "更新のときは、有効期限の前でも今のカードを申請のときに返します。新しいカードが届くまでカードがありません。", "At a renewal the present card is handed in with the application even before its last day; there is no card until the new one arrives.", "今(いま)の カードは 申込(もうしこ)みの とき 返(かえ)します。新(あたら)しいのが 来(く)るまで カードが ありません。", awara.At("マイナンバーカードの更新手続", "PICK-046"), HadCard),
			line("express_with_outreach", "特急発行の対象の人は、出張申請と合わせて特急発行を申請できます(依頼のときに伝えます)。", "With a ground for it, express issuance can be combined; say so when asking.", "いそぎの 申込(もうしこ)みも できます。", awara.At("特急発行申請を利用する", "APP-023")),
			line("meetings", "出張申請会を開く市区町村もあります。", "Some municipalities hold application meetings.", "申込(もうしこ)みの 会(かい)を する 町(まち)も あります。", niigata.At("お知らせ", "APP-024", "OFF-009")),
		},
		Messages: []Line{
			line("arrival_notice", "郵便局から到着通知書が届きます。", "The post office sends an arrival notice.", "郵便局(ゆうびんきょく)から お知(し)らせが 来(き)ます。", awara.At("本人限定郵便で受け取る", "NTF-006", "PICK-041")),
		},
		Takes: []Estimate{oneMonth},
	}},
}

// ReplaceApplicationForm is what to do without the form: the hand-written one of the issuer, or a new one from the
// municipality (APP-003, APP-005, APP-006, APP-061).
var ReplaceApplicationForm = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("申請書を紛失した場合", "APP-005", "APP-006", "CHG-049"), Rule: Sheet{
		Requires: []Requirement{{Cond: LivesInJapan, Refuse: "lives_abroad", Opens: ApplyAbroad}},
		Ways: []Way{
			{Office: ApplicationCentre, Channels: []Channel{Online}, Cite: niigata.At("申請書を紛失した場合", "APP-005")},
			{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("申請書を紛失した場合", "APP-006", "OFF-011"),
				Papers: []Need{onePhotoPaper(niigata.At("申請書を紛失した場合", "APP-006"))},
				Who: []Come{
					{Who: Holder, Cite: niigata.At("申請書を紛失した場合", "APP-006")},
					{Who: HouseholdMember, Cite: niigata.At("申請書を紛失した場合", "APP-006")},
				}},
		},
		Effects: []Effect{
			effect(TheApplication, "form_replaced", "新しい申請書が手に入ります。", "There is a new application form.", "新(あたら)しい 紙(かみ)が もらえます。", niigata.At("申請書を紛失した場合", "APP-006")),
		},
		Steps: []Line{
			line("print_by_hand", "機構の手書き用の申請書を印刷して記入するか、市区町村の窓口で申請書をもらいます。", "Print the issuer's form for writing by hand, or get one at the municipality.", "紙(かみ)を 印刷(いんさつ)するか、役所(やくしょ)で もらいます。", niigata.At("申請書を紛失した場合", "APP-005", "APP-006")),
			line("ask_for_id", "申請書IDが分からなくなったときも、市区町村の窓口で尋ねます。", "For a lost application ID, too, ask at the municipality.", "申請書(しんせいしょ)IDは 役所(やくしょ)で 聞(き)きます。", awara.At("発行状況を確認する", "APP-061")),
		},
		Warnings: []Line{
			line("hand_written_by_post_only", "手書き用の申請書には申請書IDがないため、郵送か窓口でだけ使えます。", "The hand-written form has no ID and is good by post or at the window only.", "手(て)で 書(か)く 紙(かみ)は 郵便(ゆうびん)か 役所(やくしょ)だけで 使(つか)えます。", awara.At("マイナンバーカードの申請", "APP-003")),
		},
	}},
}

// FollowAnApplication is the status by application ID and date of birth (APP-060, APP-061, APP-002).
var FollowAnApplication = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: jlisStatus.At("申請状況照会サービス", "APP-060"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: ApplicationFiled, Refuse: "nothing_applied_for", Opens: ApplyAtHome},
			{Cond: ApplicationIDKnown, Refuse: "application_id_lost", Opens: ReplaceForm},
			{Cond: StatusVisible, Refuse: "status_too_early"},
		},
		Ways: []Way{{Office: ApplicationCentre, Channels: []Channel{Online}, Cite: jlisStatus.At("申請状況照会サービス", "APP-060")}},
		Steps: []Line{
			line("enter_id", "23桁の申請書IDと生年月日を入力します。", "Enter the 23-digit application ID and the date of birth.", "23の 数字(すうじ)と 生年月日(せいねんがっぴ)を 入(い)れます。", jlisStatus.At("申請状況照会サービス", "APP-060", "APP-002")),
			line("see_state", "受付、製造、発送のどこまで進んでいるかが分かります。", "It shows how far the application has come: taken in, made, sent.", "どこまで できたか 分(わ)かります。", jlisStatus.At("申請状況照会サービス", "APP-060", "ST-001")),
		},
	}},
}
