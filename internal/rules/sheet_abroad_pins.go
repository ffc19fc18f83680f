package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// Setting, changing and resetting the four PINs (pins.md; supplement 6, 7.15 and 11). Who knows a PIN changes it without
// an office; who has forgotten it, or has locked it, needs somebody who checks the person (PIN-047).

// SetPINs is the first setting, at the hand-over or on paper before it.
var SetPINs = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("暗証番号の設定", "PIN-020", "ST-030"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: FaceAuthentication.Not(), Refuse: "face_authentication_has_no_pins"},
			{Cond: CanSetPINs, Refuse: "pins_already_set"},
		},
		Ways: []Way{
			{Office: Residence, Channels: []Channel{Visit}, If: conds(OverseasApplication.Not()), Who: setsPINs, Cite: niigata.At("暗証番号の設定", "PIN-020")},
			{Office: Honseki, Channels: []Channel{Visit, Post}, If: conds(OverseasApplication), Who: setsPINs, Cite: mhlwLeaflet.At("暗証番号設定依頼書", "PIN-020", "PIN-022")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, If: conds(OverseasApplication), Who: setsPINs, Cite: mhlwLeaflet.At("暗証番号設定依頼書", "PIN-020", "PIN-022")},
			{Office: Mission, Channels: []Channel{Visit}, If: conds(OverseasApplication), Who: setsPINs, Cite: mhlwLeaflet.At("暗証番号設定依頼書", "PIN-020", "PIN-022")},
		},
		PINs:    []card.PIN{card.SignaturePIN, card.UserAuthenticationPIN, card.ResidentRegisterPIN, card.InputSupportPIN},
		Effects: []Effect{effect(ThePINs, "set", "暗証番号が設定されます。", "The PINs are set.", "暗証番号(あんしょうばんごう)が 決(き)まります。", niigata.At("暗証番号の設定", "PIN-020", "ST-030"))},
		Steps: []Line{
			line("choose_pins", "No.1は英大文字と数字を組み合わせた6〜16文字、No.2〜No.4は数字4桁を決めます(同じ数字でもかまいません)。", "Choose No.1 of 6 to 16 capital letters and digits, and No.2 to No.4 of four digits each, which may be equal.", "暗証番号(あんしょうばんごう)を 決(き)めます。No.1は ABCなどの 大(おお)きい 文字(もじ)と 数字(すうじ)を 合(あ)わせて 6〜16文字(もじ)です。No.2から No.4までは 4つの 数字(すうじ)です(同(おな)じでも いいです)。", niigata.At("設定する暗証番号", "PIN-001", "PIN-002", "PIN-003")),
			line("type_at_window", "受取りの窓口で、本人が端末に入力します。", "At the hand-over the holder types them.", "窓口(まどぐち)で 自分(じぶん)で 入(い)れます。", niigata.At("暗証番号の設定", "PIN-020", "PIN-008")),
			line("or_on_paper_before", "郵送で受け取るときや国外からの申請では、暗証番号設定依頼書に書いて申請のときに出します。", "For cards that are posted and for applications from abroad, write them on the PIN form and hand it in with the application.", "先(さき)に 紙(かみ)に 書(か)いて 出(だ)す ことも あります。", awara.At("出張申請・特急発行申請", "PIN-021", "PIN-022", "CON-031")),
		},
		Warnings: []Line{
			line("keep_apart", "暗証番号はカードと別に保管し、だれにも教えないでください。市区町村も記録していません。", "Keep the PINs apart from the card and tell nobody; no municipality keeps them.", "番号(ばんごう)を 人(ひと)に 言(い)わないで ください。", mhlwLeaflet.At("安心してお使いいただくために", "PIN-009", "PIN-007")),
			line("locks", "続けて間違えると(No.1は5回、ほかは3回)ロックされ、窓口などで再設定が必要です。", "Wrong entries in a row (five for No.1, three for the others) lock a PIN, which then has to be reset.", "続(つづ)けて まちがえると(No.1は 5回(かい)、ほかは 3回(かい))使(つか)えなく なります。窓口(まどぐち)などで 決(き)めなおします。", konan.At("7.", "PIN-001", "PIN-004", "PIN-005", "CON-004")),
			line("proxy_hides_pins", "代理の人が国内のカードを受け取るときは、本人が交付通知書に書いて目隠しシールなどで隠し、職員が設定します。", "When a proxy collects a domestic card the holder writes them hidden on the issuance notice and the staff set them.", "代理(だいり)の 人(ひと)に 番号(ばんごう)を 見(み)せません。", awara.At("代理人が受け取る", "PIN-025"), OverseasApplication.Not()),
		},
	}},
}

// setsPINs: the representative sets the PINs of under-15s and adult wards (PIN-024); they have none of No.1, for which
// procedure.Decide sees (PIN-023).
var setsPINs = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: niigata.At("暗証番号の設定", "PIN-020", "PIN-023")},
	{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: niigata.At("暗証番号の設定 ※", "PIN-024")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: niigata.At("暗証番号の設定 ※", "PIN-024")},
}

// ChangePIN is for somebody who knows the PIN. Which program changes which PIN is the supplement's 7.15.
var ChangePIN = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: jpkiPortal.At("パスワードの変更", "PIN-040", "PIN-030"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardAlive, Refuse: "card_lapsed"},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: PINIsKnown, Refuse: "pin_not_known"},
		},
		Ways: []Way{
			{Office: Mynaportal, Channels: []Channel{Online}, If: conds(AboutRegisterPIN.Not()), Who: holderAlone, Cite: jpkiPortal.At("パスワードの変更", "PIN-040")},
			{Office: OwnComputer, Channels: []Channel{Online}, Who: holderAlone, Cite: jpkiPortal.At("パスワードの変更", "PIN-040")},
			{Office: Residence, Channels: []Channel{Visit}, If: conds(CardDomestic), Who: holderAlone, Cite: niigata.At("暗証番号を失念した", "PIN-040", "PIN-041")},
		},
		Effects: []Effect{effect(ThePINs, "set", "暗証番号が新しくなります。", "The PIN is the new one.", "番号(ばんごう)が 変(か)わります。", jpkiPortal.At("パスワードの変更", "ST-030"))},
		Steps: []Line{
			line("by_app", "署名用・利用者証明用・券面事項入力補助用は、スマートフォンのマイナポータルアプリで変えられます。", "The app changes the PINs of both certificates and of item input support.", "スマートフォンで 変(か)えられます。", jpkiPortal.At("パスワードの変更", "PIN-040"), AboutRegisterPIN.Not()),
			line("by_client", "カードリーダーをつないだパソコンのJPKI利用者ソフトなら、4つとも変えられます。", "The JPKI client software on a computer with a card reader changes all four.", "カードリーダーと「JPKI利用者(りようしゃ)ソフト」が ある パソコンなら、4つとも 変(か)えられます。", jpkiPortal.At("パスワードの変更", "PIN-040")),
			line("type_old_and_new", "今の暗証番号と新しい暗証番号を入力します。", "Type the present PIN and the new one.", "今(いま)の 番号(ばんごう)と 新(あたら)しい 番号(ばんごう)を 入(い)れます。", awara.At("パスワード(暗証番号)の入力", "PIN-008", "PIN-002")),
		},
		Warnings: []Line{
			line("mission_only_resets", "在外公館は再設定だけを受け付け、変更は受け付けません。", "Missions only reset PINs; they do not change them.", "大使館(たいしかん)では 変(か)えられません。", konan.At("7.", "PIN-044")),
		},
	}},
}

var holderAlone = []Come{{Who: Holder, Cite: awara.At("パスワード(暗証番号)の入力", "PIN-008", "PIN-047")}}

// ResetPINAtHome is the reset at the counter (PIN-041): the holder on the day, somebody else in two visits.
var ResetPINAtHome = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("パスワード…の入力", "PIN-040", "PIN-041", "CHG-044"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardDomestic, Refuse: "reset_overseas_card_elsewhere", Opens: ResetPINFromAbroad},
			{Cond: CardAlive, Refuse: "card_lapsed"},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: PINIsLost, Refuse: "pin_is_known", Opens: ChangeOwnPIN},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("暗証番号を失念した", "PIN-041"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: niigata.At("暗証番号を失念した", "PIN-041")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, niigata.At("暗証番号を失念した", "PIN-041"))}, Cite: niigata.At("暗証番号を失念した", "PIN-041", "PIN-024")},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{identityOfRepresentative(niigata.At("暗証番号を失念した", "PIN-041")), authority(niigata.At("暗証番号を失念した", "PIN-041"))}, Cite: niigata.At("暗証番号を失念した", "PIN-041", "PIN-024")},
			{Who: HouseholdMember, Later: true, Papers: byInquiry, Cite: niigata.At("暗証番号を失念した", "PIN-041", "CON-013")},
			{Who: Spouse, Later: true, Papers: byInquiry, Cite: niigata.At("暗証番号を失念した", "PIN-041", "CON-013")},
			{Who: VoluntaryProxy, Later: true, Papers: byInquiry, Cite: niigata.At("暗証番号を失念した", "PIN-041", "CON-013")},
		}}},
		Papers: []Need{
			single(MyNumberCard, awara.At("パスワード…の入力", "PIN-041")),
			oneOf("holder_identity_document", awara.At("パスワード…の入力", "PIN-041"), DrivingLicence, Passport, HealthInsuranceCard, EligibilityCert, PensionHandbook).whose(Holder),
		},
		Effects: []Effect{effect(ThePINs, "set", "ロックが解かれ、新しい暗証番号になります。", "The lock is off and the PIN is the new one.", "新(あたら)しい 番号(ばんごう)に なります。", awara.At("パスワード…の入力", "PIN-040", "ST-030"))},
		Steps: []Line{
			line("go_with_card", "カードと本人確認書類を持って窓口に行きます(支所によっては扱っていません)。", "Go to the counter with the card and an identity document; not every branch does this.", "カードと 証明書(しょうめいしょ)を 持(も)って 役所(やくしょ)に 行(い)きます。", niigata.At("暗証番号を失念した", "PIN-041")),
			line("type_new_pin", "新しい暗証番号を本人が入力します。", "The holder types the new PIN.", "新(あたら)しい 番号(ばんごう)を 自分(じぶん)で 入(い)れます。", awara.At("パスワード(暗証番号)の入力", "PIN-008", "PIN-047")),
		},
		Warnings: []Line{
			line("renewal_by_proxy_cannot_reset", "電子証明書の更新のついでに再設定できるのは、本人が来たときだけです。", "Along with a renewal of certificates a PIN is reset only when the holder comes.", "更新(こうしん)の ときは、本人(ほんにん)だけ 番号(ばんごう)を 変(か)えられます。", awara.At("電子証明書の更新手続(代理人)", "PIN-043")),
		},
	}},
}

var byInquiry = []Need{
	single(ReplyForm, niigata.At("暗証番号を失念した", "PIN-041", "FORM-007")),
	single(ProxyPhotoID, niigata.At("暗証番号を失念した", "PIN-041")),
}

// ResetPINAtStore is the reset with app and kiosk: one certificate's PIN with the help of the other's (PIN-042).
var ResetPINAtStore = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("パスワード…の入力", "PIN-042"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardAlive, Refuse: "card_lapsed"},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: AboutCertificatePIN, Refuse: "store_resets_certificate_pins"},
			{Cond: PINIsLost, Refuse: "pin_is_known", Opens: ChangeOwnPIN},
			{Cond: OtherPINKnown, Refuse: "other_pin_unknown"},
			{Cond: BothCertificatesValid, Refuse: "certificates_not_valid"},
		},
		Ways:    []Way{{Office: Kiosk, Channels: []Channel{Visit}, Who: holderAlone, Cite: awara.At("パスワード…の入力", "PIN-042")}},
		Papers:  []Need{single(MyNumberCard, awara.At("パスワード…の入力", "PIN-042"))},
		Effects: []Effect{effect(ThePINs, "set", "新しい暗証番号になります。", "The PIN is the new one.", "新(あたら)しい 番号(ばんごう)に なります。", awara.At("パスワード…の入力", "PIN-042", "ST-030"))},
		Steps: []Line{
			line("reserve_in_app", "スマートフォンのアプリで、覚えている方の暗証番号と顔で本人確認をして予約します。", "In the app identify yourself with the PIN you know and your face, and make a reservation.", "スマートフォンで 予約(よやく)します。", awara.At("パスワード…の入力", "PIN-042")),
			line("at_the_kiosk", "24時間以内に、コンビニ等のキオスク端末(6時30分〜23時)で新しい暗証番号を入力します。", "Within 24 hours type the new PIN at a kiosk, open 6:30 to 23:00.", "24時間(じかん)の うちに、コンビニの 機械(きかい)(朝(あさ) 6時(じ)30分(ぷん)から 夜(よる)の 23時(じ)まで)で 新(あたら)しい 暗証番号(あんしょうばんごう)を 入(い)れます。", awara.At("パスワード…の入力", "PIN-042")),
		},
		Warnings: []Line{
			line("one_must_be_known", "両方の暗証番号を忘れたとき、No.3とNo.4は、窓口で再設定します。", "If both are forgotten, and for No.3 and No.4, go to the counter.", "2つとも 忘(わす)れた とき、それから No.3と No.4は、役所(やくしょ)の 窓口(まどぐち)で 決(き)めなおします。", awara.At("パスワード…の入力", "PIN-042", "PIN-041")),
		},
	}},
}

// ResetPINAbroad is the reset of an overseas card (PIN-044 to PIN-046, ABR-055, ABR-M17).
var ResetPINAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("7.", "PIN-044", "ABR-055", "ABR-M17"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardOverseas, Refuse: "card_not_overseas", Opens: ResetPINInJapan},
			{Cond: CardAlive, Refuse: "card_lapsed"},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAbroad},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
			{Cond: PINIsLost, Refuse: "pin_is_known", Opens: ChangeOwnPIN},
			{Cond: MissionCovers, Refuse: "mission_of_another_country"},
		},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Cite: konan.At("7.", "PIN-044", "PIN-045"), Who: append(selfOrStatutory[:len(selfOrStatutory):len(selfOrStatutory)],
				Come{Who: Spouse, If: conds(AboutCertificatePIN.Not()), Part: CardOnly, Cite: konan.At("7.", "PIN-045", "CON-013")}),
				Steps: []Line{line("type_new_pin", "その場で新しい暗証番号を入力します。", "Type the new PIN on the spot.", "新(あたら)しい 番号(ばんごう)を 入(い)れます。", konan.At("7.", "PIN-044"))}},
			{Office: Mission, Channels: []Channel{Visit}, DoneBy: Honseki, Cite: konan.At("7.", "PIN-044", "PIN-045", "PIN-046"), Who: selfStatutoryOrProxy,
				Steps: []Line{
					line("leave_card", "カードを在外公館に預けます。本籍地に送られ、再設定されて戻ります。", "Leave the card at the mission; it goes to the honseki municipality and comes back.", "カードを 大使館(たいしかん)に 預(あず)けます。", konan.At("7.", "PIN-046")),
					line("fetch_card", "メールが届いたら、カードを受け取りに行きます。", "Collect the card when the mail comes.", "メールが 来(き)たら もらいに 行(い)きます。", konan.At("7.", "PIN-046", "NTF-028")),
				}},
		},
		Papers: []Need{
			single(FormPINReset, konan.At("7.", "PIN-044", "FORM-016")),
			single(MyNumberCard, konan.At("7.", "PIN-044")),
		},
		Effects:  []Effect{effect(ThePINs, "set", "ロックが解かれ、新しい暗証番号になります。", "The lock is off and the PIN is the new one.", "新(あたら)しい 番号(ばんごう)に なります。", konan.At("7.", "PIN-044", "ST-030"))},
		Messages: []Line{line("card_back", "カードが戻ったお知らせ(在外公館から本人へ、メール)", "the card is back, by the mission to the holder, by e-mail", "カードが 戻(もど)った お知(し)らせ", konan.At("7.", "NTF-028", "PIN-046"), AtMission)},
		Warnings: []Line{
			line("without_card", "在外公館で手続きすると、カードが戻るまで使えません。", "At a mission you are without the card until it is back.", "カードが 戻(もど)るまで 使(つか)えません。", konan.At("7.", "PIN-046"), AtMission),
			line("not_elsewhere", "本籍地以外の市区町村では再設定できません。郵送もできません。", "Municipalities other than the honseki do not do this, and it cannot be posted.", "ほかの 役所(やくしょ)では できません。", konan.At("3. 5. 6. 7.", "ABR-057", "PIN-044", "ABR-056")),
		},
	}},
}
