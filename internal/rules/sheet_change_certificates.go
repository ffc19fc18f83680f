package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// ReissueSignatureCertificate is the new signature certificate after a change revoked the old one (CHG-012 to CHG-014, CHG-041).
var ReissueSignatureCertificate = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012", "CHG-041", "ST-021"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardDomestic, Refuse: "card_is_overseas"},
			{Cond: CardActive, Refuse: "card_not_active"},
			{Cond: SignatureGone, Refuse: "signature_not_revoked"},
			{Cond: FaceCard.Not(), Refuse: "face_card_no_signature", Opens: SwitchBack},
			{Cond: SignatureAllowed, Refuse: "signature_not_under_15"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012"), Who: []Come{
			{Who: Holder, Cite: awara.At("署名用電子証明書の情報の変更", "CHG-041")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, awara.At("電子証明書の種類", "CERT-011"))}, Cite: awara.At("電子証明書の種類", "CERT-011")},
			{Who: HouseholdMember, If: conds(NotifiesToday, PINsSealed, HouseholdSameDay), PINs: noPINs, Papers: []Need{
				single(MandateCertificates, kobe.At("同一世帯員", "CON-038")), single(ProxyPhotoID, kobe.At("同一世帯員", "CON-038")),
			}, Cite: kobe.At("同一世帯員", "CON-038", "CON-012")},
			{Who: HouseholdMember, Later: true, PINs: noPINs, Papers: []Need{
				single(ReplyForm, awara.At("署名用電子証明書の情報の変更", "CHG-013", "FORM-007")), single(ProxyPhotoID, awara.At("署名用電子証明書の情報の変更", "CHG-013")),
			}, Cite: awara.At("署名用電子証明書の情報の変更", "CHG-013", "CHG-041")},
			{Who: VoluntaryProxy, Later: true, PINs: noPINs, Papers: []Need{
				single(ReplyForm, awara.At("署名用電子証明書の情報の変更", "CHG-013", "FORM-007")), single(ProxyPhotoID, awara.At("署名用電子証明書の情報の変更", "CHG-013")),
			}, Cite: awara.At("署名用電子証明書の情報の変更", "CHG-013", "CHG-041")},
		}}},
		Papers: []Need{
			single(MyNumberCard, niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012")),
			single(FormNewSignature, niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012", "FORM-015")),
		},
		PINs: []card.PIN{card.SignaturePIN},
		Effects: []Effect{
			effect(TheSignature, "reissued", "新しい署名用電子証明書が発行されます(前のものは元に戻りません)。", "A new signature certificate is issued; the old one never comes back.", "新(あたら)しい 署名用(しょめいよう) 電子証明書(でんししょうめいしょ)を もらえます。", niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012", "ST-021")),
		},
		Messages: []Line{
			line("inquiry_to_holder", "照会書兼回答書(市区町村から本人へ、郵送)。代理人はこれを持ってもう一度来ます。", "inquiry with reply and mandate, by the municipality to the holder, by post; the proxy comes again with it", "役所(やくしょ)から 本人(ほんにん)に 手紙(てがみ)が 来(き)ます。", awara.At("署名用電子証明書の情報の変更", "NTF-008", "CHG-013"), ProxyComes),
		},
		Steps: []Line{
			line("rewrite_first", "カードの記載の変更がまだのときは、先に(同時に)済ませます。", "If the card has not been updated yet, have that done first, on the same visit.", "先(さき)に カードを 書(か)き直(なお)します。", niigata.At("主な手続", "CHG-012", "CHG-001")),
			line("apply", "新規発行申請書を書いて、カードと一緒に出します。", "Fill in the application and hand it in with the card.", "紙(かみ)を 書(か)いて、カードと 出(だ)します。", niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012")),
			line("type_pin", "署名用の暗証番号(No.1)を入力します。", "Type PIN No.1.", "署名用(しょめいよう)の 暗証番号(あんしょうばんごう)(No.1)を 入(い)れます。", awara.At("署名用電子証明書の情報の変更", "CHG-012")),
		},
		Warnings: []Line{
			line("etax_anew", "e-Taxは、利用者情報登録の「電子証明書登録・更新」で新しい証明書を登録してください。", "Register the new certificate with e-Tax by hand.", "e-Taxに 新(あたら)しく 登録(とうろく)して ください。", awara.At("更新手続の表(e-Tax)", "CERT-043", "CERT-046")),
			line("phone_anew", "スマホ用電子証明書は、新しい署名用電子証明書でもう一度申請してください。", "Apply anew for the certificates on the phone, from the new certificate.", "スマートフォンの 電子証明書(でんししょうめいしょ)は もう一度(いちど) 申(もう)し込(こ)んで ください。", awara.At("署名用電子証明書の情報の変更(スマホ用)", "CHG-015", "CERT-044", "SPC-010")),
			line("businesses_learn", "同意した金融機関などは、新しい住所・氏名・生年月日・性別を機構から受け取ります。", "Businesses to which the holder agreed get the new name, address, birth date and sex from the issuer.", "「いい」と 言(い)った 会社(かいしゃ)は 新(あたら)しい 住所(じゅうしょ)が わかります。", mhlwLeaflet.At("資料6", "B4I-003", "B4I-004")),
		},
	}},
}

// RevokeCertificates is the revocation by the holder's own wish (CHG-018).
var RevokeCertificates = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("電子証明書のなりたち", "CHG-018", "ST-020"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardDomestic, Refuse: "card_is_overseas"},
			{Cond: CardActive, Refuse: "card_not_active"},
			{Cond: SomethingToRevoke, Refuse: "no_certificate_to_revoke"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: awara.At("電子証明書のなりたち", "CHG-018"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: awara.At("電子証明書のなりたち", "CHG-018")},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, awara.At("電子証明書のなりたち", "CHG-018"))}, Cite: awara.At("電子証明書のなりたち", "CHG-018", "ELIG-004")},
		}}},
		Papers: []Need{
			single(MyNumberCard, awara.At("電子証明書のなりたち", "CHG-018")),
			single(FormRevocation, awara.At("電子証明書のなりたち", "CHG-018")),
		},
		Effects: []Effect{
			effect(TheSignature, "revoked", "署名用電子証明書は失効します。", "The signature certificate is revoked.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", awara.At("電子証明書のなりたち", "CHG-018", "CERT-020"), RevokesSignature),
			effect(TheUserAuthentication, "revoked", "利用者証明用電子証明書は失効します。", "The user authentication certificate is revoked.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", awara.At("電子証明書のなりたち", "CHG-018", "CERT-020"), RevokesUserAuth),
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書も失効します。", "The certificates on the phone are revoked too.", "スマートフォンの 電子証明書(でんししょうめいしょ)も 使(つか)えなく なります。", awara.At("マイナンバーカード…がない", "SPC-009"), RevokesSignature, PhoneIsUsed),
		},
		Steps: []Line{
			line("apply", "カードと失効申請書を出し、どの電子証明書をやめるかを選びます。", "Hand in the card and the form and say which certificate is to end.", "カードと 紙(かみ)を 出(だ)します。", awara.At("電子証明書のなりたち", "CHG-018")),
		},
		Warnings: []Line{
			line("services_stop", "利用者証明用電子証明書をやめると、マイナ保険証・コンビニ交付・マイナポータルが使えなくなります。", "Without the user authentication certificate neither insurance use nor kiosk nor Mynaportal works.", "利用者証明用(りようしゃしょうめいよう)を やめると、マイナ保険証(ほけんしょう)、コンビニ、マイナポータルで 使(つか)えなく なります。", niigata.At("コンビニ交付サービス※", "CVS-004", "HIC-034", "CERT-008"), RevokesUserAuth),
			line("later_free", "あとで必要になったときは、無料で追加できます。", "It can be added again later, free of charge.", "あとで ただで もらえます。", niigata.At("電子証明書を新たに取得したい", "CERT-010")),
		},
	}},
}

// ReportKeyCompromise is the report that a key has become known to somebody else; it stands on one form with the
// abolition of the card (CERT-021).
var ReportKeyCompromise = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: konan.At("廃止を希望する場合", "CERT-021"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: HasCard, Refuse: "card_not_active"},
			{Cond: CompromisedKey, Refuse: "no_certificate_to_revoke"},
		},
		Ways: []Way{
			{Office: Residence, Channels: []Channel{Visit}, If: conds(CardDomestic), Who: compromiseVisitors, Papers: []Need{single(FormAbolish, konan.At("廃止を希望する場合", "CERT-021"))}, Cite: konan.At("廃止を希望する場合", "CERT-021")},
			{Office: Honseki, Channels: []Channel{Visit}, If: conds(CardOverseas), Who: compromiseVisitors, Papers: []Need{single(FormAbolishAbroad, konan.At("廃止を希望する場合", "CERT-021", "FORM-011"))}, Cite: konan.At("廃止を希望する場合", "CERT-021")},
			{Office: Mission, Channels: []Channel{Visit}, If: conds(CardOverseas), Who: compromiseVisitors, Papers: []Need{single(FormAbolishAbroad, konan.At("廃止を希望する場合", "CERT-021", "FORM-011"))}, Cite: konan.At("廃止を希望する場合", "CERT-021")},
		},
		Papers: []Need{single(HolderID, konan.At("廃止を希望する場合", "CERT-021"))},
		Effects: []Effect{
			effect(TheSignature, "revoked", "鍵が漏れた電子証明書は直ちに失効し、その理由が失効リストに載ります。", "The certificates are revoked at once, with the reason on the revocation list.", "電子証明書(でんししょうめいしょ)は すぐ 使(つか)えなく なります。", konan.At("廃止を希望する場合", "CERT-021", "CERT-020")),
			effect(TheUserAuthentication, "revoked", "利用者証明用電子証明書も失効します。", "The user authentication certificate is revoked too.", "利用者証明用(りようしゃしょうめいよう)も 使(つか)えなく なります。", konan.At("廃止を希望する場合", "CERT-021", "CERT-020")),
		},
		Steps: []Line{
			line("stop_first", "すぐに24時間の電話窓口(国内 "+lineInJapan+"、国外から "+lineAbroad+")で一時停止します。", "First have the card suspended by the 24-hour line (in Japan "+lineInJapan+", from abroad "+lineAbroad+").", "すぐに 電話(でんわ)で カードを 止(と)めます(日本(にほん)から "+lineInJapan+"、外国(がいこく)から "+lineAbroad+")。24時間(じかん) できます。", awara.At("「必要最小限」(ただし…)", "SEC-014", "LOSS-001")),
			line("report", "届出書を窓口に出します。", "Hand the report in at the office.", "紙(かみ)を 窓口(まどぐち)に 出(だ)します。", konan.At("廃止を希望する場合", "CERT-021")),
		},
		Warnings: []Line{
			line("list_of_the_day", "失効リストは1日1回作られるため、リストだけを見る相手には翌日まで有効に見えることがあります。", "The revocation list is made once a day: whoever reads only the list may see the certificate as good until the next day.", "使(つか)えなく なった ことが 次(つぎ)の 日(ひ)まで わからない ところも あります。", mhlwLeaflet.At("資料6", "CERT-030", "CERT-031", "CERT-032", "CERT-033")),
		},
	}},
}

var compromiseVisitors = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("廃止を希望する場合", "CERT-021")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("廃止を希望する場合", "CERT-021", "ELIG-004")},
}
