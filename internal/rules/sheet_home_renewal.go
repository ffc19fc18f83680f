package rules

import (
	"slices"

	"mynumber/internal/law"
)

// RenewCard is the renewal of a domestic card near its last day or after it (EXP-022, EXP-040 to EXP-044): the same
// channels as a first application, never express.
var RenewCard = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("マイナンバーカードの更新手続", "EXP-040", "CON-005"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: HadCard, Refuse: "no_card_to_renew", Opens: ApplyAtHome},
			{Cond: CardOverseas.Not(), Refuse: "card_not_domestic"},
			{Cond: CardEndedEarly.Not(), Refuse: "card_ended_reissue", Opens: ReissueAtHome},
			{Cond: RenewableNow, Refuse: "renewal_too_early"},
			{Cond: WantsExpress.Not(), Refuse: "express_not_for_renewal"},
			{Cond: FormFitsChannel, Refuse: "form_without_id", Opens: ReplaceForm},
		},
		Ways: []Way{
			{Office: ApplicationCentre, Channels: []Channel{Online, PhotoBooth}, If: conds(FormHasID), Who: writes(awara.At("マイナンバーカードの更新手続", "EXP-040")), Cite: awara.At("マイナンバーカードの更新手続", "EXP-040", "APP-009")},
			{Office: ApplicationCentre, Channels: []Channel{Post}, Who: writes(awara.At("マイナンバーカードの更新手続", "EXP-040")), Cite: awara.At("マイナンバーカードの更新手続", "EXP-040"),
				Papers: []Need{single(FormApply, awara.At("マイナンバーカードの更新手続", "APP-009", "FORM-001")), single(FacePhoto, awara.At("郵送で申請する", "APP-014"))}},
			{Office: Residence, Channels: []Channel{}, ByLocal: []Channel{Visit, Outreach}, Who: writes(awara.At("マイナンバーカードの更新手続", "EXP-041")), Cite: awara.At("マイナンバーカードの更新手続", "EXP-040", "EXP-041"),
				Papers: []Need{identity(niigata.At("申請補助サービス 持参するもの", "APP-030"))}},
		},
		Effects: []Effect{
			effect(TheApplication, "applied", "申請は機構に送られ、新しいカードが作られます。", "The application goes to the issuer, which makes the new card.", "新(あたら)しい カードを 作(つく)ります。", awara.At("マイナンバーカードの更新手続", "EXP-040", "APP-016")),
			effect(TheFormerCard, "collected", "古いカードは受取りのときに返します。", "The old card is handed in at the pickup.", "古(ふる)い カードは 返(かえ)します。", awara.At("マイナンバーカードの更新手続", "EXP-042")),
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書は古いカードとともに失効し、もう一度申請が必要です。", "Certificates on a phone end with the old card and have to be applied for again.", "スマートフォンの 電子証明書(でんししょうめいしょ)は もう一度(いちど) 申(もう)し込(こ)みます。", niigata.At("カード本体", "EXP-043"), PhoneCertificates),
		},
		Steps: []Line{
			line("form_in_notice", "有効期限通知書に入っている申請書(申請書IDと二次元コード付き)で申請します。通知書がなくても、時期が来れば申請できます。", "Apply with the form in the expiry notice, with its ID and code; without the notice too, once it is time.", "お知(し)らせに 入(はい)っている 紙(かみ)で 申(もう)し込(こ)みます。", awara.At("マイナンバーカードの更新手続", "EXP-040", "EXP-021", "APP-009")),
			line("wait_for_notice", "交付通知書が届いたら、古いカードを持って窓口で受け取ります。", "When the issuance notice has come, collect the card with the old one in hand.", "はがきが 来(き)たら 古(ふる)い カードを 持(も)って 行(い)きます。", niigata.At("カード本体", "EXP-042", "PICK-038")),
		},
		Messages: []Line{
			line("expiry_notice", "機構から有効期限の2〜3か月前に有効期限通知書が届きます。", "The issuer sends an expiry notice two to three months before.", "期限(きげん)の 2、3か月(げつ)前(まえ)に お知(し)らせが 来(き)ます。", awara.At("更新手続", "EXP-020", "EXP-021", "NTF-007", "CON-025"), PeriodOfStayBound.Not()),
			line("issuance_notice", "カードができると、市区町村から交付通知書が届きます。", "When the card is there the municipality sends the issuance notice.", "カードが できると はがきが 来(き)ます。", awara.At("マイナンバーカードを取得するには", "NTF-005", "PICK-001")),
		},
		Warnings: []Line{
			line("bring_old_card", "古いカードを返せないと、再交付手数料がかかります。", "Where the old card cannot be handed in, the re-issue fee is due.", "古(ふる)い カードが ないと お金(かね)が かかります。", awara.At("有効期限が到来した更新手続", "FEE-007", "EXP-042")),
			line("expired_card_is_none", "有効期限を過ぎたカードは本人確認書類になりません。電子証明書もすべて使えなくなります。", "An expired card proves no identity, and all its certificates have ended.", "期限(きげん)が 過(す)ぎた カードは 使(つか)えません。", awara.At("マイナンバーカードの有効期限", "EXP-011", "EXP-012", "CHG-032")),
			line("why_renew", "顔写真は年とともに変わり、電子証明書の暗号は新しくする必要があるため、有効期限があります。", "Faces change with the years, and the cryptography of certificates has to be replaced; hence the last days.", "顔(かお)が 変(か)わるので 期限(きげん)が あります。", awara.At("有効期限の決め方", "EXP-006")),
			line("dates_by_issue_day", "新しい有効期限は、機構がカードを作った日で決まります(受け取った日ではありません)。", "The new last day goes by the day on which the issuer makes the card, not by the hand-over.", "新(あたら)しい 期限(きげん)は カードを 作(つく)った 日(ひ)で 決(き)まります。", cardOrder.At("第26条", "EXP-007", "EXP-002")),
			line("no_notice_with_stay", "在留期間のある人には有効期限通知書が届きません。有効期限の前に有効期間の変更をしてください。", "Residents with a period of stay get no notice; have the validity changed before the last day.", "在留期間(ざいりゅうきかん)が ある 人(ひと)には お知(し)らせが 来(き)ません。期限(きげん)の 前(まえ)に カードの 期限(きげん)を 変(か)える 手続(てつづ)きを して ください。", awara.At("在留期限のある人", "EXP-024", "EXP-009", "CON-008"), PeriodOfStayBound),
			line("counter_for_supported", "窓口の申請支援で更新したカードは、郵送されず窓口で受け取ります。", "A renewal taken in by a window's support service is collected at the window, not posted.", "役所(やくしょ)で 申(もう)し込(こ)んだ ときは 役所(やくしょ)で もらいます。", niigata.At("マイナンバーカードの受取", "EXP-044")),
			line("insurance_meanwhile", "カードがない間の受診には、加入している医療保険者に資格確認書を申請できます。", "For medical care while there is no card, ask the insurer for an eligibility certificate.", "カードが ない 間(あいだ)は 資格確認書(しかくかくにんしょ)を もらえます。", mhlwLeaflet.At("(1)", "LOSS-045")),
		},
		Takes: []Estimate{oneMonth},
	}},
}

// RenewCertificates is the renewal of the certificates at the window (EXP-025, EXP-030 to EXP-034, CON-019, CON-020).
var RenewCertificates = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("電子証明書の更新手続", "EXP-030", "EXP-025", "CHG-042"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "lives_abroad"},
			{Cond: CardOverseas.Not(), Refuse: "card_not_domestic"},
			{Cond: HasCard, Refuse: "no_living_card", Opens: RenewCardAtHome},
			{Cond: CardSuspended.Not(), Refuse: "card_suspended", Opens: LiftAtHome},
			{Cond: CardAtHand, Refuse: "card_not_at_hand", Opens: ReportLossAtHome},
			{Cond: CertificateOfCard, Refuse: "no_certificate_to_renew", Opens: AddCertificates},
			{Cond: CertificatesDue, Refuse: "renewal_too_early"},
			{Cond: CertificatesGain, Refuse: "renew_the_card_instead", Opens: RenewCardAtHome},
			{Cond: HolderOrSealed, Refuse: "pins_open"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: awara.At("電子証明書の更新手続", "EXP-030"), Who: slices.Concat(
			[]Come{
				{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: awara.At("電子証明書の更新手続", "EXP-032", "EXP-033", "PIN-043")},
				{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: awara.At("電子証明書の更新手続", "ELIG-004", "PIN-024"), Papers: []Need{single(RepresentativeID, awara.At("電子証明書の更新手続", "ELIG-004"))}},
				{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: awara.At("電子証明書の更新手続", "ELIG-004", "PIN-024"),
					Papers: []Need{single(RepresentativeID, awara.At("電子証明書の更新手続", "ELIG-004")), authority(awara.At("電子証明書の更新手続", "ELIG-004"))}},
			},
			byReply(HouseholdMember), byReply(Spouse), byReply(VoluntaryProxy))}},
		Papers: []Need{
			single(MyNumberCard, awara.At("電子証明書の更新手続", "EXP-031")),
			single(FormCertRenewal, awara.At("電子証明書の更新手続", "EXP-031", "FORM-022")),
		},
		PINs: allPINs[:3],
		Effects: []Effect{
			effect(TheSignature, "renewed", "署名用電子証明書が新しくなり、前のものは失効します。", "The signature certificate is replaced and the former revoked.", "署名用(しょめいよう)の 電子証明書(でんししょうめいしょ)が 新(あたら)しく なります。", awara.At("電子証明書の更新手続", "EXP-031", "CERT-020"), SignatureMissing.Not()),
			effect(TheUserAuthentication, "renewed", "利用者証明用電子証明書が新しくなり、前のものは失効します。", "The user authentication certificate is replaced and the former revoked.", "4つの 数字(すうじ)の 電子証明書(でんししょうめいしょ)が 新(あたら)しく なります。", awara.At("電子証明書の更新手続", "EXP-031", "CERT-020"), HasUserCertificate),
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書は失効します。新しい署名用電子証明書で申請し直してください。", "Certificates on a phone end; apply again with the new signature certificate.", "スマートフォンの 電子証明書(でんししょうめいしょ)は もう一度(いちど) 申(もう)し込(こ)みます。", awara.At("スマホ用(更新、再発行後)", "CERT-044", "SPC-010"), PhoneCertificates),
			effect(TheServiceRegistrations, "to_be_renewed", "電子証明書の番号が変わるため、登録し直しが必要なサービスがあります。", "The serial numbers change, so some services have to be registered with again.", "もう一度(いちど) 登録(とうろく)が いる サービスが あります。", awara.At("更新手続の表", "EXP-034", "CERT-043")),
		},
		Steps: []Line{
			line("fill_renewal_form", "窓口で更新申請書に記入し、暗証番号(No.1、No.2、No.3)を入力します。", "Fill in the form at the window and type PINs No.1, No.2 and No.3.", "窓口(まどぐち)で 紙(かみ)を 書(か)いて、暗証番号(あんしょうばんごう)(No.1、No.2、No.3)を 入(い)れます。", awara.At("電子証明書の更新手続", "EXP-031", "CON-019")),
			line("reset_on_the_spot", "暗証番号を忘れた、またはロックされたときは、本人ならその場で再設定できます。", "A forgotten or locked PIN is reset for the holder on the same visit.", "忘(わす)れた ときは 本人(ほんにん)なら 決(き)め直(なお)せます。", awara.At("電子証明書の更新手続", "EXP-033", "PIN-043"), PINForgottenOrLocked),
			line("date_on_card", "職員が新しい有効期限をカードに書いて返します。", "Staff write the new last day on the card and hand it back.", "新(あたら)しい 期限(きげん)を 書(か)いて もらいます。", awara.At("電子証明書の更新手続", "EXP-031", "CARD-005")),
		},
		Messages: []Line{
			line("expiry_notice", "機構から有効期限の2〜3か月前に、回答書兼委任状と封筒の入った有効期限通知書が届きます。", "The issuer sends an expiry notice two to three months before, with the reply-and-mandate form and an envelope.", "期限(きげん)の 2、3か月(げつ)前(まえ)に お知(し)らせが 来(き)ます。", awara.At("更新手続", "EXP-020", "EXP-021", "NTF-007", "CON-025"), PeriodOfStayBound.Not()),
		},
		Warnings: []Line{
			line("mynaportal_pause", "更新から1時間は、マイナポータルにログインできません(ED1108)。", "For one hour Mynaportal cannot be logged in to (error ED1108).", "新(あたら)しく してから 1時間(じかん)は、マイナポータルが 使(つか)えません(「ED1108」と 出(で)ます)。", awara.At("更新手続の表", "CERT-040")),
			line("insurance_pause", "健康保険証としての登録は、1時間後から翌朝9時過ぎまで使えないことがあります。", "Registration as a health insurance card may be unusable for an hour, at most until after 9 the next morning.", "保険証(ほけんしょう)の 登録(とうろく)は、1時間(じかん)あとから 次(つぎ)の 日(ひ)の 朝(あさ) 9時(じ)すぎまで 使(つか)えない ことが あります。", awara.At("更新手続の表(健康保険証)", "CERT-041")),
			line("kiosk_pause", "コンビニ交付は、最大1日使えません。", "Convenience-store issuance does not work for up to a day.", "コンビニは 1日(にち) 使(つか)えない ことが あります。", awara.At("更新手続の表(コンビニ交付)", "CERT-042")),
			line("e_tax_again", "e-Taxでは、新しい電子証明書を登録し直します。", "Register the new certificate with e-Tax.", "e-Taxに もう一度(いちど) 登録(とうろく)します。", awara.At("更新手続の表(e-Tax)", "CERT-043")),
			line("honseki_service_again", "本籍地証明書交付サービスは、利用登録をし直します。", "Apply again for the home-register certificate service.", "本籍地(ほんせきち)の サービスに もう一度(いちど) 登録(とうろく)します。", awara.At("更新手続の表(本籍地証明書)", "CERT-045")),
			line("guideline_only", "これらの時間は目安です。", "These times are guidelines.", "だいたいの 時間(じかん)です。", awara.At("更新手続の表(目安)", "CERT-047")),
			line("hand_written_date", "カードの表の電子証明書の有効期限は手書きで、空欄のこともあります。", "The certificates' last day on the face is hand-written and may be blank.", "カードの 期限(きげん)は 手書(てが)きです。", awara.At("有効期限の確認方法", "CARD-005")),
		},
		Takes: []Estimate{
			quarterHour,
			takes("mynaportal", 1, 1, Hours, "マイナポータルはおよそ1時間後から使えます。", "Mynaportal works after about an hour.", "マイナポータルは 1時間(じかん) 待(ま)ちます。", awara.At("更新手続の表", "CERT-040")),
			takes("kiosk", 0, 1, Days, "コンビニ交付は長くて1日後から使えます。", "Convenience-store issuance works after a day at most.", "コンビニは 1日(にち) 待(ま)ちます。", awara.At("更新手続の表(コンビニ交付)", "CERT-042")),
		},
	}},
}

// byReply is a proxy with the sealed form from the expiry notice: on the same visit while every PIN is known (EXP-032),
// otherwise after an inquiry to the holder (EXP-033).
func byReply(who Visitor) []Come {
	papers := []Need{
		single(ReplyAndMandate, awara.At("電子証明書の更新手続(代理人)", "EXP-032", "FORM-008")),
		onePhotoPaper(awara.At("電子証明書の更新手続(代理人)", "EXP-032")),
	}
	return []Come{
		{Who: who, If: conds(PINForgottenOrLocked.Not()), PINs: noPINs, Papers: papers, Cite: awara.At("電子証明書の更新手続(代理人)", "EXP-032", "CON-020")},
		{Who: who, If: conds(PINForgottenOrLocked), Later: true, PINs: noPINs, Papers: papers, Cite: awara.At("電子証明書の更新手続(代理人)", "EXP-033", "PIN-043", "NTF-008")},
	}
}
