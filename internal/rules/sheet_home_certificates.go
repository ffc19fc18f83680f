package rules

import "mynumber/internal/law"

// AddCertificatesToCard is the issue of a certificate that was declined or not given at first (CERT-010, FEE-005).
var AddCertificatesToCard = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("電子証明書を新たに取得したい", "CERT-010", "FEE-005", "CHG-043"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: CardOverseas.Not(), Refuse: "card_not_domestic"},
			{Cond: HasCard, Refuse: "no_living_card", Opens: RenewCardAtHome},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAtHome},
			{Cond: CardAtHand, Refuse: "card_not_at_hand", Opens: ReportLossAtHome},
			{Cond: FaceCard.Not(), Refuse: "face_authentication_no_signature", Opens: SwitchBack},
			{Cond: CertificateMissing, Refuse: "no_certificate_missing", Opens: RenewCertificatesAtHome},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("電子証明書を新たに取得したい", "CERT-010"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: niigata.At("電子証明書を新たに取得したい", "CERT-010")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: awara.At("電子証明書の種類", "ELIG-020", "CERT-011"), Papers: []Need{single(RepresentativeID, awara.At("電子証明書の種類", "CERT-011"))}},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative, HasUserCertificate.Not()), Later: true, PINs: noPINs, Papers: inquiryPapers, Cite: niigata.At("電子証明書を新たに取得したい", "CERT-010", "CHG-043", "NTF-008")},
			{Who: HouseholdMember, If: conds(ProxyMayAdd), Later: true, PINs: noPINs, Papers: inquiryPapers, Cite: niigata.At("電子証明書を新たに取得したい", "CERT-010", "NTF-008", "CON-020")},
			{Who: VoluntaryProxy, If: conds(ProxyMayAdd), Later: true, PINs: noPINs, Papers: inquiryPapers, Cite: niigata.At("電子証明書を新たに取得したい", "CERT-010", "NTF-008", "CON-020")},
		}}},
		Papers: []Need{
			single(MyNumberCard, niigata.At("電子証明書を新たに取得したい", "CERT-010")),
			identity(niigata.At("電子証明書を新たに取得したい", "CERT-010")),
		},
		PINs: allPINs[:2],
		Effects: []Effect{
			effect(TheSignature, "issued", "署名用電子証明書が発行されます(15歳未満の人と成年被後見人は、本人が法定代理人とともに申請したときに限ります)。", "A signature certificate is issued; to under-15s and adult wards only when they apply together with the representative.", "署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)が もらえます。15歳(さい)より 下(した)の 人(ひと)や 後見人(こうけんにん)が いる 人(ひと)は、親(おや)や 後見人(こうけんにん)と いっしょに 申(もう)し込(こ)んだ ときだけです。", awara.At("電子証明書の種類", "ELIG-020", "CERT-011"), SignatureMissing),
			effect(TheUserAuthentication, "issued", "利用者証明用電子証明書が発行されます。", "A user authentication certificate is issued.", "4つの 数字(すうじ)の 電子証明書(でんししょうめいしょ)が もらえます。", niigata.At("電子証明書を新たに取得したい", "CERT-010"), HasUserCertificate.Not()),
		},
		Steps: []Line{
			line("apply_at_window", "カードと本人確認書類を持って窓口で申請し、暗証番号を設定します。その日に発行されます。", "Apply at the window with the card and an identity document, and set the PIN; it is issued on the day.", "カードを 持(も)って 役所(やくしょ)に 行(い)きます。", niigata.At("電子証明書を新たに取得したい", "CERT-010")),
			line("inquiry_by_post", "代理人のときは、本人に照会書が郵送されます。本人が回答欄と委任欄に記入し、別の日に代理人が持って行きます。", "With a proxy an inquiry is posted to the holder, who fills in reply and mandate; the proxy brings it on another day.", "代(か)わりの 人(ひと)の ときは 手紙(てがみ)が 来(き)ます。別(べつ)の 日(ひ)に 行(い)きます。", niigata.At("電子証明書を新たに取得したい", "CERT-010", "FORM-007", "NTF-008")),
		},
		Takes: []Estimate{quarterHour},
	}},
}

// inquiryPapers are what a proxy brings on the second day of an inquiry (照会).
var inquiryPapers = []Need{
	single(ReplyForm, niigata.At("電子証明書を新たに取得したい", "CERT-010", "FORM-007")),
	onePhotoPaper(niigata.At("電子証明書を新たに取得したい", "CERT-010")),
}

// faceAuth is the first day of face-authentication cards: December 2023 (DATE-014); no source names the day.
var faceAuth = day(2023, 12, 1)

// SwitchToFaceAuthentication is the change to a card without PINs (CARD-026 to CARD-030, ELIG-022).
var SwitchToFaceAuthentication = law.Table[Sheet]{
	{From: faceAuth, Checked: checked, Cite: facePages.At("顔認証マイナンバーカードとは", "CARD-026", "DATE-014"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: HasCard, Refuse: "no_living_card", Opens: RenewCardAtHome},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAtHome},
			{Cond: CardAtHand, Refuse: "card_not_at_hand", Opens: ReportLossAtHome},
			{Cond: WithoutPhoto.Not(), Refuse: "photoless_no_face_authentication"},
			{Cond: FaceCard.Not(), Refuse: "face_authentication_already", Opens: SwitchBack},
			{Cond: HasUserCertificate, Refuse: "user_certificate_needed", Opens: AddCertificates},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: facePages.At("手続き", "CARD-030"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: facePages.At("手続き", "CARD-030")},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: facePages.At("手続き", "CARD-030", "ELIG-004"), Papers: []Need{single(RepresentativeID, facePages.At("手続き", "ELIG-004"))}},
			{Who: HouseholdMember, Cite: facePages.At("手続き(代理人)", "CARD-030"), Papers: []Need{single(Mandate, facePages.At("手続き(代理人)", "CARD-030")), onePhotoPaper(facePages.At("手続き(代理人)", "CARD-030"))}},
			{Who: VoluntaryProxy, Cite: facePages.At("手続き(代理人)", "CARD-030"), Papers: []Need{single(Mandate, facePages.At("手続き(代理人)", "CARD-030")), onePhotoPaper(facePages.At("手続き(代理人)", "CARD-030"))}},
		}}},
		Papers: []Need{single(MyNumberCard, facePages.At("手続き", "CARD-030"))},
		Effects: []Effect{
			effect(TheCard, "face_authentication", "追記欄に「顔認証」と書かれ、暗証番号のいらないカードになります。", "「顔認証」 is entered in the additional-entry field; the card needs no PIN.", "「顔認証(かおにんしょう)」と 書(か)きます。", facePages.At("顔認証マイナンバーカードとは", "CARD-026", "ELIG-022")),
			effect(TheSignature, "revoked", "署名用電子証明書は失効し、記録されません。", "The signature certificate is revoked; none is recorded.", "署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)は なくなります。", awara.At("暗証番号が不要なマイナンバーカード", "CARD-027"), SignatureMissing.Not()),
			effect(ThePINs, "none", "暗証番号は設定されません。利用者証明用電子証明書は顔認証でだけ使えます。", "No PIN is set; the user authentication certificate works by face only.", "暗証番号(あんしょうばんごう)は ありません。", awara.At("暗証番号が不要なマイナンバーカード", "CARD-028", "PIN-026")),
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書は使えなくなります。", "Certificates on a phone end.", "スマートフォンの 電子証明書(でんししょうめいしょ)は 使(つか)えません。", awara.At("暗証番号が不要なマイナンバーカード", "CARD-027", "SPC-009"), PhoneCertificates),
		},
		Steps: []Line{
			line("insurance_first", "健康保険証としての利用登録をまだしていないときは、先に済ませます(医療機関の読取機でもできます)。", "Register the card as a health insurance card first, if that has not been done; the hospital's reader does it too.", "保険証(ほけんしょう)の 登録(とうろく)を 先(さき)に します。", facePages.At("注意事項", "CARD-029")),
			line("apply_at_window", "カードを持って窓口で申し出ます。", "Say so at the window, with the card.", "カードを 持(も)って 役所(やくしょ)に 行(い)きます。", facePages.At("手続き", "CARD-030")),
		},
		Warnings: []Line{
			line("what_no_longer_works", "マイナポータル、コンビニ交付、暗証番号を使うすべてのサービスは使えません。健康保険証としての利用と本人確認書類としての利用はできます。", "Mynaportal, convenience stores and every service with a PIN no longer work; the card still serves as insurance card and identity document.", "マイナポータルや コンビニは 使(つか)えません。保険証(ほけんしょう)には 使(つか)えます。", awara.At("暗証番号が不要なマイナンバーカード", "CARD-029")),
		},
		Takes: []Estimate{quarterHour},
	}},
}

// SwitchBackFromFaceAuthentication is the way back, which is a setting of PINs (supplement sections 6 and 9).
var SwitchBackFromFaceAuthentication = law.Table[Sheet]{
	{From: faceAuth, Checked: checked, Cite: facePages.At("元に戻す手続き", "CARD-030", "CARD-026"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: HasCard, Refuse: "no_living_card", Opens: RenewCardAtHome},
			{Cond: CardAtHand, Refuse: "card_not_at_hand", Opens: ReportLossAtHome},
			{Cond: FaceCard, Refuse: "face_authentication_not"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: facePages.At("元に戻す手続き", "CARD-030"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: facePages.At("元に戻す手続き", "CARD-030")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: facePages.At("元に戻す手続き", "CARD-030", "PIN-024"), Papers: []Need{single(RepresentativeID, facePages.At("元に戻す手続き", "ELIG-004"))}},
			{Who: HouseholdMember, Later: true, PINs: noPINs, Papers: inquiryPapers, Cite: facePages.At("元に戻す手続き(代理人)", "CARD-030", "NTF-008")},
			{Who: VoluntaryProxy, Later: true, PINs: noPINs, Papers: inquiryPapers, Cite: facePages.At("元に戻す手続き(代理人)", "CARD-030", "NTF-008")},
		}}},
		Papers: []Need{
			single(MyNumberCard, facePages.At("元に戻す手続き", "CARD-030")),
			identity(facePages.At("元に戻す手続き", "CARD-030")),
		},
		PINs: allPINs,
		Effects: []Effect{
			effect(TheCard, "ordinary", "通常のカードに戻ります。", "The card is an ordinary one again.", "ふつうの カードに なります。", facePages.At("元に戻す手続き", "CARD-030")),
			effect(ThePINs, "set", "暗証番号が設定されます。", "The PINs are set.", "暗証番号(あんしょうばんごう)を 決(き)めます。", facePages.At("元に戻す手続き", "CARD-030", "PIN-020")),
			effect(TheSignature, "issued", "希望すれば署名用電子証明書が発行されます。", "A signature certificate is issued if wanted.", "署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)も もらえます。", facePages.At("元に戻す手続き", "CARD-030", "CARD-027"), WantsCertificates),
		},
		Steps: []Line{
			line("set_pins", "窓口で暗証番号を設定します(代理人のときは、照会書による手続きで別の日になります)。", "Set the PINs at the window; with a proxy by inquiry, on another day.", "暗証番号(あんしょうばんごう)を 決(き)めます。", facePages.At("元に戻す手続き", "CARD-030")),
		},
		Takes: []Estimate{quarterHour},
	}},
}
