package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// ChangeEntriesAtHome is the rewriting of a domestic card after a move, a change of name and the like (CHG-001 to CHG-008).
var ChangeEntriesAtHome = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("主な手続", "CHG-001", "CHG-007", "CHG-040", "ST-050"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: EntryChangeHappened, Refuse: "nothing_to_rewrite"},
			{Cond: CardDomestic, Refuse: "card_is_overseas", Opens: ReturnWithCard},
			{Cond: CardNotLapsedByDays, Refuse: "card_lapsed_by_days", Opens: ReissueAtHome},
			{Cond: CardActive, Refuse: "card_not_active"},
			{Cond: EntryFieldIsFull.Not(), Refuse: "entry_field_is_full", Opens: ReissueAtHome},
			{Cond: CardAtHand, Refuse: "card_not_brought"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("主な手続", "CHG-001", "CHG-003"), Who: []Come{
			{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: niigata.At("主な手続", "CHG-040")},
			{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: niigata.At("主な手続", "CHG-040", "ELIG-004")},
			{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, awara.At("情報の変更(同一の世帯・法定代理人)", "CHG-005"))}, Cite: awara.At("情報の変更(同一の世帯・法定代理人)", "CHG-005", "CON-013")},
			{Who: HouseholdMember, Papers: []Need{single(ProxyPhotoID, awara.At("情報の変更(同一の世帯・法定代理人)", "CHG-005"))}, Cite: awara.At("情報の変更(同一の世帯・法定代理人)", "CHG-005", "CON-013")},
			{Who: VoluntaryProxy, Later: true, PINs: noPINs, Papers: []Need{
				single(ReplyForm, awara.At("情報の変更(それ以外の代理人)", "CHG-006", "FORM-007")),
				single(Mandate, niigata.At("主な手続 ※任意代理人", "CHG-006")),
				single(ProxyPhotoID, niigata.At("主な手続 ※任意代理人", "CHG-006")),
				single(HolderID, niigata.At("主な手続 ※任意代理人", "CHG-006")),
			}, Cite: niigata.At("主な手続 ※任意代理人", "CHG-006", "CON-013")},
		}}},
		Papers: []Need{
			single(MyNumberCard, niigata.At("主な手続", "CHG-001")),
			single(ResidentNotice, niigata.At("同時手続", "CHG-003"), NotifiedBefore.Not()),
			single(FormChange, niigata.At("後日手続", "CHG-003", "FORM-014"), NotifiedBefore),
		},
		PINs: []card.PIN{card.ResidentRegisterPIN},
		Effects: []Effect{
			effect(TheCard, "rewritten", "カードはその日に書き換えられ、追記欄に新しい内容と届出の日が書かれます。", "The card is updated the same day; the new entry and the day of the notification go into the additional-entry field.", "カードは その日(ひ)に 書(か)き直(なお)します。", niigata.At("主な手続(即日で更新)", "CHG-004", "CARD-006")),
			effect(TheSignature, "revoked", "署名用電子証明書は自動的に失効します。", "The signature certificate is revoked automatically.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", jpkiAct.At("第12条", "CHG-010", "CHG-011", "ST-022"), SignatureIsValid),
			effect(TheUserAuthentication, "valid", "利用者証明用電子証明書はそのまま使えます。", "The user authentication certificate stays.", "利用者証明用(りようしゃしょうめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えます。", niigata.At("主な手続(署名用のみ記載)", "CHG-016"), UserAuthIsValid),
			effect(ThePhoneSignature, "revoked", "スマホ用電子証明書も失効します。", "The certificates on the phone are revoked too.", "スマートフォンの 電子証明書(でんししょうめいしょ)も 使(つか)えなく なります。", awara.At("署名用電子証明書の情報の変更(スマホ用)", "SPC-009", "CHG-015"), PhoneIsUsed),
		},
		Messages: []Line{
			line("inquiry_to_holder", "照会書兼回答書(市区町村から本人へ、郵送)。代理人はこれを持ってもう一度来ます。", "inquiry with reply and mandate, by the municipality to the holder, by post; the proxy comes again with it", "役所(やくしょ)から 本人(ほんにん)に 手紙(てがみ)が 来(き)ます。", awara.At("情報の変更(それ以外の代理人)", "NTF-008", "CHG-006"), ProxyComes),
		},
		Steps: []Line{
			line("notify", "住民異動届または戸籍届を出します。", "File the notification of the move, or to the family register.", "届(とどけ)を 出(だ)します。", niigata.At("同時手続", "CHG-003"), NotifiedBefore.Not()),
			line("hand_card", "カードを窓口に出し、暗証番号(No.3)を入力します。", "Hand the card over and type PIN No.3.", "カードを 窓口(まどぐち)に 出(だ)して、暗証番号(あんしょうばんごう)(No.3)を 入(い)れます。", awara.At("情報の変更(書き換え)", "CHG-002", "PIN-032")),
			line("check_entry", "追記欄の新しい記載を確かめて受け取ります。", "Check the new entry and take the card back.", "新(あたら)しい 字(じ)を 見(み)て、カードを もらいます。", niigata.At("主な手続(即日で更新)", "CHG-004")),
			line("ask_for_signature", "署名用電子証明書を使う人は、新しい発行を申請します。", "If the signature certificate is needed, apply for a new one.", "署名用(しょめいよう)を 使(つか)う 人(ひと)は 新(あたら)しいのを 申(もう)し込(こ)みます。", niigata.At("主な手続(署名用電子証明書新規発行申請書)", "CHG-012")),
		},
		Warnings: []Line{
			line("signature_ends", "署名用電子証明書は失効し、e-Taxなどに使えなくなります。使う人は新しい発行を同時に申請してください。", "The signature certificate ends and no longer works for e-Tax and the like; apply for a new one at the same time.", "署名用(しょめいよう) 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。e-Taxなどで 使(つか)えません。使(つか)う 人(ひと)は、いっしょに 新(あたら)しいのを 申(もう)し込(こ)んで ください。", awara.At("署名用電子証明書の情報の変更", "CHG-010"), SignatureIsValid),
			line("lapse_by_days", "転入届を14日・30日の期限までに、カードの変更を90日までにしないと、カードは失効し、新しいカードに手数料がかかります。", "Without the notification within 14 and 30 days and the update within 90 the card lapses, and a new one costs a fee.", "転入届(てんにゅうとどけ)の 期限(きげん)(14日(か)・30日(にち))や、カードを 書(か)き直(なお)す 期限(きげん)(90日(にち))を 過(す)ぎると、カードは 使(つか)えなく なります。新(あたら)しい カードは お金(かね)が かかります。", niigata.At("有効期限前のカード失効", "CHG-034", "FEE-009"), MovedIntoTown),
			line("update_before_moving_on", "カードの記載を変更しないまま次の転出届を出すと、カードはその時に失効します。", "A further move-out notification before the update makes the card lapse at once.", "書(か)き直(なお)す 前(まえ)に また 引(ひ)っ越(こ)すと カードは 使(つか)えません。", niigata.At("転入届の際にカードを持参せず、そのまま転出した", "CHG-023"), MovedIntoTown),
			line("former_surname", "住民票に旧氏を記載した人は、カードにも旧氏が追記されます(国外転出者向けカードには記載されません)。", "A former surname in the resident record is entered on the card too; an overseas card does not show it.", "前(まえ)の 名字(みょうじ)を カードに 書(か)く ことが できます。", niigata.At("旧氏併記制度", "CARD-013", "CHG-007"), FormerSurnameChanged),
			line("register_kiosk_anew", "婚姻などで戸籍が変わった人は、コンビニで戸籍の証明書を取るための利用登録をやり直してください。", "If the family register changed, register anew for family-register certificates at the kiosk.", "戸籍(こせき)が 変(か)わった 人(ひと)は コンビニの 登録(とうろく)を もう一度(いちど) して ください。", awara.At("婚姻等により戸籍に変更があった場合", "CHG-017", "CVS-012"), NameHasChanged),
			line("insurance_stays", "マイナ保険証はカードを替えずに使い続けられますが、新しい保険に入る届出は別に必要です。", "The insurance use goes on without a new card; joining another insurer still needs its own procedure.", "マイナ保険証(ほけんしょう)は 使(つか)えます。新(あたら)しい 保険(ほけん)の 届(とどけ)は いります。", mhlwLeaflet.At("メリット3", "HIC-016")),
		},
	}},
}

// HouseholdSignature: whether a member of the household may have the signature certificate issued on the day of the
// notification, with the holder's sealed mandate. An office's own policy may say no (Awara's does; CON-012, CON-038, supplement 0.15).
var HouseholdSignature = law.Table[bool]{
	{From: cards, Checked: checked, Cite: kobe.At("同一世帯員", "CON-012", "CON-038", "CHG-041"), Rule: true},
}

func sayHousehold(on bool) []string {
	if on {
		return []string{"転入届・転居届などと同時で、封をした委任状があれば、同じ世帯の人もその日に発行を受けられます。窓口が独自に認めていないときを除きます。"}
	}
	return []string{"同じ世帯の人も、その日には発行を受けられません。"}
}
