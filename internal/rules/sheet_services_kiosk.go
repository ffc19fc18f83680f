package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// UseAtKiosk is the issuance of certificates at a kiosk (コンビニ交付, CVS-001 to CVS-013); what is wanted is a fact.
var UseAtKiosk = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("コンビニ交付サービス", "CVS-001", "CVS-002"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: FaceCard.Not(), Refuse: "face_card_no_pin_services", Opens: SwitchBack},
			{Cond: OldEnoughForKiosk, Refuse: "kiosk_not_under_15"},
			{Cond: CanAuthenticate, Refuse: "user_authentication_needed", Opens: RenewCertificatesAtHome},
			{Cond: PIN2Usable, Refuse: "pin2_unusable", Opens: ResetPINInJapan},
			{Cond: KioskHasProduct, Refuse: "kiosk_abroad_family_register_only"},
			{Cond: MunicipalityOffersIt, Refuse: "kiosk_not_offered"},
			{Cond: FamilyRegisterReady, Refuse: "kiosk_registration_missing"},
			{Cond: KioskOpen, Refuse: "kiosk_closed"},
		},
		Ways: []Way{{Office: Kiosk, Channels: []Channel{Visit}, Who: []Come{{Who: Holder, Cite: niigata.At("コンビニ交付サービス", "CVS-001")}}, PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: niigata.At("コンビニ交付サービス", "CVS-001", "CERT-009")}},
		Effects: []Effect{
			effect(TheServiceRegistrations, "applied", "利用登録が申請され、数日後から戸籍の証明書を取れます。登録は電子証明書の番号に結び付きます。", "The registration is applied for; it is tied to the serial number of the certificate.", "登録(とうろく)を 申(もう)し込(こ)みました。", awara.At("更新手続の表", "CVS-010"), WantsKioskRegistration),
		},
		Steps: []Line{
			line("at_the_machine", "マルチコピー機で証明書を選び、カードを置いて暗証番号(No.2)を入力します。6時30分から23時までです(戸籍は平日の開庁時間だけのところがあります)。", "At the multi-copy machine choose the certificate, put the card down and type PIN No.2. It works from 06:30 to 23:00; for family registers often in office hours only.", "コンビニの 機械(きかい)で 証明書(しょうめいしょ)を 選(えら)んで、カードを 置(お)いて、暗証番号(あんしょうばんごう)(No.2)を 入(い)れます。朝(あさ) 6時(じ)30分(ぷん)から 夜(よる)の 23時(じ)までです(戸籍(こせき)は、役所(やくしょ)が 開(あ)いている 時間(じかん)だけの ところも あります)。", niigata.At("コンビニ交付サービス", "CVS-001", "CVS-002")),
			line("check_the_print", "出てきた証明書が自分の申請したものか、その場で確かめます。証明書は申請を受け付けた順に印刷されます。", "Check on the spot that the print is what you asked for. Prints come in the order in which applications were accepted.", "出(で)て きた 紙(かみ)が 自分(じぶん)のか 見(み)ます。", awara.At("「コンビニでの証明書の誤交付」", "CVS-006", "SEC-026")),
		},
		Warnings: []Line{
			line("delay_after_renewal", "電子証明書の更新の後、最長1日は使えないことがあります。", "After a renewal it may not work for up to a day.", "新(あたら)しく した あと 1日(にち) 使(つか)えない ことが あります。", awara.At("更新手続の表(コンビニ交付)", "CERT-042", "CERT-047", "CVS-005"), RenewedLately),
			line("register_again_later", "電子証明書を更新したとき、婚姻などで戸籍が変わったときは、利用登録をやり直してください。", "Register again after a renewal of the certificate and after a change in the family register.", "電子証明書(でんししょうめいしょ)や 戸籍(こせき)が 変(か)わったら もう一度(いちど) 登録(とうろく)して ください。", awara.At("更新手続の表(本籍地証明書)", "CVS-011", "CVS-012", "CERT-045"), WantsKioskRegistration),
			line("phone_too", "スマホ用電子証明書でも、対応する機械なら使えます。", "With certificates on the phone the phone will do, at machines that take it.", "スマートフォンでも できる 機械(きかい)が あります。", mhlwLeaflet.At("資料5", "CVS-013"), PhoneIsUsed),
			line("until_the_eve_of_departure", "国外へ転出する人は、転出(予定)日の前日まで、これまでどおり使えます。その後に取れるのは戸籍の証明書だけです(住民票は「利用できないカードです」と表示されます)。", "Who moves abroad can use everything until the day before; then only family register certificates, and asking for the resident record shows 利用できないカードです.", "外国(がいこく)に 引(ひ)っ越(こ)す 前(まえ)の 日(ひ)まで 使(つか)えます。その あとは、戸籍(こせき)の 証明書(しょうめいしょ)だけ 取(と)れます。", blog.At("よくある質問", "CVS-003"), LeavesOrLivesAbroad),
		},
		Takes: []Estimate{takes("until_kiosk_works", 0, 1, Days, "更新の後、コンビニ交付が使えるまで最長1日です。", "Up to a day after a renewal until the kiosk works.", "使(つか)えるまで 1日(にち) かかる ことが あります。", awara.At("更新手続の表(コンビニ交付)", "CERT-042", "CERT-047"), RenewedLately)},
	}},
}

// GetNumberCopy is the paper that shows a person's number (NUM-023, NUM-024).
var GetNumberCopy = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("マイナンバー入りの住民票等", "NUM-023"), Rule: Sheet{
		Requires: []Requirement{{Cond: LivesInJapan, Refuse: "not_resident_here"}},
		Ways: []Way{
			{Office: Residence, Channels: []Channel{Visit}, Who: []Come{
				{Who: Holder, Cite: awara.At("マイナンバー入りの住民票等", "NUM-023")},
				{Who: HouseholdMember, Cite: awara.At("マイナンバー入りの住民票等", "NUM-023")},
			}, Papers: []Need{single(HolderID, awara.At("マイナンバーだけでは…できない", "NUM-007", "SEC-002"))}, Cite: awara.At("マイナンバー入りの住民票等", "NUM-023")},
			{Office: Kiosk, Channels: []Channel{Visit}, If: conds(MunicipalityOffersIt), Who: []Come{
				{Who: Holder, If: conds(HasCard), PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: awara.At("マイナンバー入りの住民票等", "NUM-024", "CVS-002")},
				{Who: HouseholdMember, PINs: []card.PIN{card.UserAuthenticationPIN}, Cite: awara.At("マイナンバー入りの住民票等", "NUM-024", "CVS-002")},
			}, Cite: awara.At("マイナンバー入りの住民票等", "NUM-024"), Steps: []Line{
				line("part_of_household", "同じ世帯の人は自分のカードで認証し、「世帯の一部」としてマイナンバー入りの住民票を選びます。", "A member of the household identifies with their own card and asks for the record of part of the household, with number.", "家族(かぞく)は 自分(じぶん)の カードで できます。", awara.At("マイナンバー入りの住民票等", "NUM-024")),
			}},
		},
		Warnings: []Line{
			line("notice_proves_nothing", "個人番号通知書は、マイナンバーの証明にも本人確認にも使えず、再発行もされません。", "An Individual Number Notice proves neither number nor identity and is never issued again.", "個人番号通知書(こじんばんごうつうちしょ)は 証明(しょうめい)に なりません。", awara.At("個人番号通知書", "NUM-022", "NUM-025")),
			line("same_number_abroad", "マイナンバーは生涯変わりません。", "The number stays the same for life.", "マイナンバーは ずっと 同(おな)じです。", awara.At("マイナンバー制度の概要", "NUM-003", "NUM-002")),
		},
	}},
}
