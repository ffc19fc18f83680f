package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// Leaving Japan with the card and coming back with it (abroad.md A and F; supplement sections 0, 3 and 6).

// ReissueAtDeparture: whether continuing use issues both certificates anew unless the holder declines. Sources agree on
// the procedure; what happens to a certificate that is not reissued is read from three cities (supplement 0.11).
var ReissueAtDeparture = law.Table[bool]{
	{From: overseas, Checked: checked, Cite: awara.At("日本国外での利用について", "ABR-008", "ABR-010"), Rule: true},
}

// KeepUserCertificateOnReturn: whether somebody who comes back may keep the user authentication certificate. One city
// reissues both; the certificate itself stays good (supplement 0.18).
var KeepUserCertificateOnReturn = law.Table[bool]{
	{From: overseas, Checked: checked, Cite: awara.At("日本国外での利用について", "ABR-060"), Rule: true},
}

// UseCardAbroad is continuing use (国外継続利用), done with the overseas move-out notification (ABR-001 to ABR-011).
var UseCardAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("1.継続利用", "ABR-001", "ABR-002", "ABR-M01", "CHG-050", "ELIG-013", "ELIG-015", "DATE-016"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: IsJapanese, Refuse: "continuing_use_foreign"},
			{Cond: LivesInJapan, Refuse: "already_abroad", Opens: ApplyAbroad},
			{Cond: CanDepart, Refuse: "no_card_to_continue", Opens: ApplyAbroad},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: BeforeDeparture, Refuse: "departure_day_reached", Opens: ApplyAbroad},
			{Cond: MoveOutFiled, Refuse: "move_out_first"},
			{Cond: MandateSealed, Refuse: "pins_open"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: konan.At("必要なもの", "ABR-002", "ABR-M01"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("必要なもの", "ABR-002")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, konan.At("必要なもの", "ABR-002"))}, Cite: konan.At("必要なもの", "ABR-002")},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative, SameDayAsMoveOut), Papers: withAuthority(byMandateForm), Cite: konan.At("(※1)", "ABR-006", "PIN-024", "CON-012")},
			{Who: StatutoryRepresentative, If: conds(UnderAge, SameDayAsMoveOut), PINs: fourDigits, Papers: withAuthority(byMandateForm), Cite: konan.At("(※1)", "ABR-006", "CON-012")},
			{Who: StatutoryRepresentative, If: conds(UnderAge), Part: CardOnly, PINs: fourDigits, Papers: withAuthority(byMandateForm[:1]), Cite: konan.At("必要なもの", "ABR-002", "CON-012")},
			{Who: HouseholdMember, If: conds(SameDayAsMoveOut), PINs: fourDigits, Papers: byMandateForm, Cite: konan.At("(※1)", "ABR-006", "CON-012")},
			{Who: HouseholdMember, Later: true, PINs: noPINs, Papers: byReplyForm, Cite: konan.At("(※2)", "ABR-007", "CON-012")},
			{Who: Spouse, If: conds(VisitorInHousehold, SameDayAsMoveOut), PINs: fourDigits, Papers: byMandateForm, Cite: konan.At("(※1)", "ABR-006", "CON-012")},
			{Who: Spouse, Later: true, PINs: noPINs, Papers: byReplyForm, Cite: konan.At("(※2)", "ABR-007")},
			{Who: VoluntaryProxy, Later: true, PINs: noPINs, Papers: append(byReplyForm[:len(byReplyForm):len(byReplyForm)], single(MandateMoveOut, konan.At("(※1)", "ABR-005", "FORM-005"), SameDayAsMoveOut)), Cite: konan.At("(※2)", "ABR-005", "ABR-007")},
		}}},
		Papers: []Need{
			single(MyNumberCard, konan.At("必要なもの", "ABR-004")),
			single(FormContinuingUse, konan.At("必要なもの", "ABR-004", "FORM-004")),
		},
		PINs: []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN, card.ResidentRegisterPIN},
		Effects: []Effect{
			effect(TheCard, string(card.PendingDeparture), "カードの住所が「国外転出」に書き換えられ、国外転出(予定)日まで保留、その日から国外で使えます。", "The card's address becomes 国外転出; the card is pending until the planned departure and good abroad from that day.", "カードに「国外転出(こくがいてんしゅつ)」と 書(か)きます。行(い)く 日(ひ)から 外国(がいこく)で 使(つか)えます。", awara.At("日本国外での利用について", "ABR-008", "ABR-009", "ST-010")),
			effect(TheSignature, "reissued", "署名用電子証明書は失効し、「国外転出」の記載で新しく発行されます。", "The signature certificate is revoked and issued anew with the departure entry.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。", awara.At("日本国外での利用について", "ABR-008"), ReissuesSignature),
			effect(TheSignature, "revoked", "署名用電子証明書は国外転出(予定)日に失効します。", "The signature certificate is revoked on the planned departure day.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 行(い)く 日(ひ)から 使(つか)えません。", konan.At("注意事項", "ABR-010"), ReissuesSignature.Not()),
			effect(TheUserAuthentication, "reissued", "利用者証明用電子証明書は失効し、新しく発行されます。", "The user authentication certificate is revoked and issued anew.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。", awara.At("日本国外での利用について", "ABR-008"), ReissuesUserAuth),
			effect(TheUserAuthentication, "valid", "利用者証明用電子証明書は、そのままの期限まで使えます。", "The user authentication certificate stays good to its own last day.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は そのまま 使(つか)えます。", konan.At("注意事項", "ABR-010"), ReissuesUserAuth.Not()),
			effect(ThePhoneSignature, "revoked", "スマートフォンの電子証明書は失効します。使うときは申請し直します。", "Certificates on a phone are revoked; apply for them again if wanted.", "スマートフォンの 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", awara.At("スマホ用電子証明書", "SPC-009")),
		},
		Steps: []Line{
			line("file_move_out", "住所地の市区町村に国外転出届を出します(継続利用より先か、同じ日に)。", "File the overseas move-out notification with the municipality of residence, before or together with this.", "役所(やくしょ)に 外国(がいこく)に 行(い)く 届(とどけ)を 出(だ)します。", konan.At("必要なもの", "ABR-002")),
			line("hand_in_card", "カードと継続利用申請書を渡します。", "Hand in the card and the application.", "カードと 紙(かみ)を 出(だ)します。", konan.At("必要なもの", "ABR-004", "FORM-004")),
			line("type_pins", "暗証番号を入力します(電子証明書の更新と同じです)。", "Type the PINs, the same as for a renewal of certificates.", "暗証番号(あんしょうばんごう)を 入(い)れます。", awara.At("日本国外での利用について", "ABR-008", "PIN-030")),
			line("take_card_back", "書き換えたカードを受け取ります。", "Take the rewritten card back.", "カードを 返(かえ)してもらいます。", mhlwLeaflet.At("日本国内で使っていた…", "ABR-002")),
		},
		Warnings: []Line{
			line("otherwise_lapses", "国外転出(予定)日の前日までにしないと、カードと電子証明書は失効します。", "Unless it is done by the day before the planned departure, card and certificates lapse.", "行(い)く 日(ひ)の 前(まえ)の 日(ひ)までに しないと、カードは 使(つか)えなく なります。", konan.At("注意事項", "ABR-003", "ABR-010", "CON-006")),
			line("new_certificates", "電子証明書は原則として新しくなります。断ると、署名用は国外転出(予定)日に失効し、利用者証明用は元の期限まで使えます。", "Both certificates are normally issued anew. If you decline, the signature certificate ends on the planned departure day and the user authentication certificate keeps its last day.", "電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。いらない ときは 言(い)ってください。", konan.At("注意事項", "ABR-010")),
			line("youth_signs", "15歳から17歳の人の委任状には、本人が署名します。", "A mandate for somebody aged 15 to 17 is signed by that person.", "15歳(さい)から 17歳(さい)の 人(ひと)は 自分(じぶん)で 名前(なまえ)を 書(か)きます。", konan.At("(※1)", "ABR-006", "FORM-006"), IsYouth),
			line("each_service_decides", "国外から使えるかどうかは、サービスごとに決まっています。", "Each service decides whether it can be used from abroad.", "外国(がいこく)で 使(つか)えない サービスも あります。", konan.At("1.", "ABR-011")),
			line("kiosk_until_the_day_before", "住民票などのコンビニ交付は、国外転出(予定)日の前日までです。戸籍の証明書は、本籍地が対応していれば使えます。", "Resident records from a kiosk end the day before the departure; family register certificates go on where the honseki takes part.", "コンビニの 住民票(じゅうみんひょう)は 行(い)く 日(ひ)の 前(まえ)の 日(ひ)までです。", blog.At("よくある質問", "CVS-003", "TL-009")),
			line("afterwards_only_in_person", "転出の後に電子証明書の手続きができるのは、本人(15歳未満の人・成年被後見人は法定代理人)だけです。", "After the departure only the holder, or for under-15s and adult wards the statutory representative, can do anything about certificates at the honseki.", "引(ひ)っ越(こ)した あとに 電子証明書(でんししょうめいしょ)の 手続(てつづ)きが できるのは、本人(ほんにん)だけです(15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん))。", konan.At("5.", "EXP-074")),
			line("journey_cancelled", "国外転出をやめたときは、別の手続きをしないとカードは失効します。窓口にお尋ねください。", "If the journey is called off, the card lapses unless a further procedure is done. Ask the office.", "外国(がいこく)に 行(い)かない ことに なったら、役所(やくしょ)に 聞(き)いてください。", awara.At("日本国外での利用について", "ABR-009")),
		},
		Takes: []Estimate{takes("register_to_card_system", 1, 1, Hours, "国外転出届の内容がカードのシステムに届くまで、およそ1時間かかります。", "The notification takes about an hour to reach the card system.", "届(とどけ)の あと、1時間(じかん)くらい 待(ま)ちます。", awara.At("日本国外での利用について", "ABR-002"))},
	}},
}

// A statutory representative too has certificates issued on the day of the notification only, with the holder's sealed
// mandate; on another day the card alone is rewritten (supplement section 6).

// byMandateForm is for somebody of the same household, or a statutory representative, who comes with the notification: the
// certificates need a mandate of their own (ABR-006 is taken at its word).
var byMandateForm = []Need{
	single(ProxyPhotoID, konan.At("(※1)", "ABR-006")),
	single(MandateCertificates, konan.At("(※1)", "ABR-006", "FORM-006"), ReissuesAny),
}

// fourDigits is what a proxy types for the card; the PINs of the certificates are in the sealed mandate (supplement
// section 6).
var fourDigits = []card.PIN{card.ResidentRegisterPIN}

// withAuthority adds the proof that somebody represents the holder (supplement section 6).
func withAuthority(papers []Need) []Need {
	return append(papers[:len(papers):len(papers)], authority(konan.At("必要なもの", "ABR-004", "ELIG-004")))
}

// byReplyForm is for everybody else: the holder asks for the reply form by telephone, and it is posted to the holder.
var byReplyForm = []Need{
	single(ProxyPhotoID, konan.At("(※2)", "ABR-007")),
	single(ReplyForm, konan.At("(※2)", "ABR-007", "FORM-007")),
}

// BringCardHome is the change of entries of somebody who comes back with an overseas card (ABR-060 to ABR-062).
var BringCardHome = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("注意事項", "ABR-060", "ABR-061", "ABR-M18", "ST-013"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardOverseas, Refuse: "card_not_overseas"},
			{Cond: CardAlive, Refuse: "card_lapsed"},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAbroad},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: MovedToJapan, Refuse: "not_moved_to_japan"},
			{Cond: MovedInInTime, Refuse: "move_in_too_late"},
			{Cond: UpdatedInTime, Refuse: "entries_too_late"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: konan.At("注意事項", "ABR-060", "ABR-M18"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("注意事項", "ABR-060")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, konan.At("注意事項", "ABR-060"))}, Cite: konan.At("注意事項", "ABR-060")},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, konan.At("注意事項", "ABR-060"))}, Cite: konan.At("注意事項", "ABR-060")},
			{Who: HouseholdMember, Part: CardOnly, Papers: []Need{single(ProxyPhotoID, konan.At("注意事項", "ABR-M18"))}, PINs: []card.PIN{card.ResidentRegisterPIN}, Cite: konan.At("注意事項", "ABR-M18", "CON-013")},
			{Who: VoluntaryProxy, Later: true, PINs: noPINs, Papers: []Need{single(ProxyPhotoID, konan.At("注意事項", "ABR-M18")), single(ReplyForm, konan.At("注意事項", "ABR-M18", "FORM-007"))}, Cite: konan.At("注意事項", "ABR-M18", "CON-013")},
		}}},
		Papers: []Need{
			single(MyNumberCard, konan.At("注意事項", "ABR-060")),
			single(MoveInNotification, konan.At("注意事項", "ABR-060", "FORM-028"), MoveInFiled.Not()),
			single(FormChange, mhlwLeaflet.At("よくあるご質問", "ABR-060")),
		},
		PINs: []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN, card.ResidentRegisterPIN},
		Effects: []Effect{
			effect(TheCard, string(card.Active), "カードの住所が新しい住所に書き換えられ、国内のカードになります。", "The new address is written on the card, which is a domestic one again.", "カードに 新(あたら)しい 住所(じゅうしょ)を 書(か)きます。", konan.At("注意事項", "ABR-060", "ST-013")),
			effect(TheSignature, "reissued", "署名用電子証明書は、新しい住所で発行し直されます。", "The signature certificate is issued anew with the new address.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 新(あたら)しく なります。", awara.At("日本国外での利用について", "ABR-060"), DeclinesSignature.Not()),
			effect(TheSignature, "revoked", "署名用電子証明書は失効します。", "The signature certificate is revoked.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えません。", awara.At("日本国外での利用について", "ABR-060"), DeclinesSignature),
			effect(TheUserAuthentication, "reissued", "利用者証明用電子証明書も新しく発行されます。", "The user authentication certificate is issued anew too.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)も 新(あたら)しく なります。", awara.At("日本国外での利用について", "ABR-060"), KeepsUserAuth.Not()),
			effect(TheUserAuthentication, "valid", "利用者証明用電子証明書はそのまま使えます。", "The user authentication certificate stays.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は そのまま 使(つか)えます。", konan.At("注意事項", "ABR-060"), KeepsUserAuth),
		},
		Steps: []Line{
			line("file_move_in", "住み始めてから14日以内に、新しい住所の市区町村に転入届を出します。", "File the move-in notification within 14 days of beginning to live there.", "住(す)み始(はじ)めて 14日(にち)までに 届(とどけ)を 出(だ)します。", niigata.At("転入届の提出が遅れた", "ABR-062", "CON-016")),
			line("bring_card", "転入届のときにカードを持って行き、住所を書き換えます。忘れたときは90日以内に手続きします。", "Bring the card with the notification and have the address written; if you forget it, within 90 days.", "カードを 持(も)って行(い)きます。忘(わす)れたら 90日(にち)までに もう一度(いちど) 行(い)きます。", konan.At("注意事項", "ABR-060", "ABR-062")),
			line("type_pins", "暗証番号を入力します。", "Type the PINs.", "暗証番号(あんしょうばんごう)を 入(い)れます。", awara.At("券面記載事項の変更", "PIN-030")),
		},
		Warnings: []Line{
			line("otherwise_lapses", "本帰国したのに切り替えないと、カードが失効し、手数料がかかることがあります。", "If the card is not switched after returning for good it lapses, and a fee may be due.", "しないと カードは 使(つか)えなく なります。お金(かね)が かかる ことも あります。", blog.At("本帰国する場合", "ABR-061", "FEE-016")),
		},
	}},
}
