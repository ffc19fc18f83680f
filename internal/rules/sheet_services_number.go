package rules

import (
	"mynumber/internal/card"
	"mynumber/internal/law"
)

// photoIdentity are documents with a photo issued by a public office, as they stand beside a paper that proves a number.
var photoIdentity = []Paper{DrivingLicence, DrivingRecord, Passport, DisabilityCertificate, RehabilitationCert, ResidenceCard, SpecialPermanentCert, RefugePermit}

var cardProves = Pick{{1, []Paper{MyNumberCard}}}
var copyProves = Pick{{1, []Paper{NumberCopy}}, {1, photoIdentity}}

// AskForNumber is somebody's request to be told a person's Individual Number (NUM-006 to NUM-009, NUM-025).
var AskForNumber = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: numberAct.At("第9条・第14条・第16条", "NUM-006", "NUM-007", "NUM-008", "SEC-001"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: NumberPurposeLawful, Refuse: "number_purpose_unlawful"},
		},
		Ways: []Way{{Office: RelyingParty, Channels: []Channel{Visit, Post, Online}, Cite: awara.At("マイナンバー制度の概要", "NUM-006", "NUM-009"), Who: []Come{
			{Who: Holder, Cite: awara.At("マイナンバー制度の概要", "NUM-007")},
			{Who: VoluntaryProxy, Papers: []Need{single(Mandate, numberOrder.At("第12条", "NUM-007")), single(ProxyPhotoID, numberOrder.At("第12条", "NUM-007"))}, Cite: numberOrder.At("第12条", "NUM-007")},
		}}},
		NotThus: "number_never_by_telephone",
		Papers: []Need{
			{Code: "number_and_identity", If: conds(NotificationCardCounts.Not()), Any: []Pick{cardProves, copyProves}, Cite: awara.At("自分のマイナンバーを確認するには", "NUM-007", "NUM-025", "NUM-018", "SEC-002")},
			{Code: "number_and_identity", If: conds(NotificationCardCounts), Any: []Pick{cardProves, copyProves, {{1, []Paper{NotificationCard}}, {1, photoIdentity}}}, Cite: awara.At("通知カード", "NUM-017", "NUM-018", "NUM-019", "NUM-025")},
		},
		Steps: []Line{
			line("ask_why", "だれが、何の手続きに使うのかを確かめます。社会保障・税・災害対策のほかには使えません。", "Make sure who asks and for which procedure; only social security, tax and disaster response count.", "だれが 何(なに)に 使(つか)うか 聞(き)きます。", awara.At("利用、収集、保管の制限", "NUM-006", "NUM-008")),
			line("show_both", "マイナンバーが正しいことと本人であることの両方を、カード1枚か、証明の書類と顔写真付きの書類で示します。", "Prove both the number and yourself: the card alone does, or a proof of the number with a photo document.", "カードを 見(み)せます。または 書類(しょるい)を 2つ 見(み)せます。", awara.At("マイナンバーだけでは…できない", "NUM-007", "SEC-002", "SEC-010")),
		},
		Warnings: []Line{
			line("never_lend", "「名前やマイナンバーを貸してほしい」という話は詐欺です。電話やメールで役所がマイナンバーを聞くことはありません。迷ったら "+lineInJapan+" へ。", "Requests to lend name or number are fraud; authorities never ask for it by telephone or e-mail. In doubt: "+lineInJapan+".", "「マイナンバーを 貸(か)して」は うそです。"+lineInJapan+"に 聞(き)いてください。", awara.At("詐欺", "SEC-020", "SEC-021")),
			line("points_mail", "「マイナポイント事務局」からのメールは詐欺です。申込みは2023年9月30日に終わっています。", "Mails in the name of a Myna-point office are fraud; applications closed on 30 September 2023.", "「マイナポイント事務局(じむきょく)」の メールは うそです。", niigata.At("マイナポイントは終了しています", "SEC-022", "DATE-013"), PointsCampaignOver),
			line("number_alone", "マイナンバーを知られても、それだけで手続きはできません。必ず本人確認があります。", "The number alone opens nothing: every use goes with a check of identity.", "番号(ばんごう)だけでは 何(なに)も できません。", awara.At("「必要最小限」", "SEC-013", "NUM-007")),
			line("penalties", "マイナンバーを不正に渡したり、使ったり、盗んだりすると、拘禁刑を含む罰則があります。個人情報保護委員会が監督しています。", "Wrongful provision, use or theft is punished, with imprisonment too; the Personal Information Protection Commission supervises.", "わるく 使(つか)うと 罰(ばつ)が あります。", awara.At("罰則", "SEC-006", "SEC-030", "LNK-007")),
			line("notice_is_no_proof", "個人番号通知書は証明になりません。", "An Individual Number Notice is no proof.", "個人番号通知書(こじんばんごうつうちしょ)は 証明(しょうめい)に なりません。", awara.At("個人番号通知書", "NUM-022")),
		},
	}},
}

// LeavePapersOut is an application without the papers that information linkage (情報連携) brings (LNK-001 to LNK-008).
var LeavePapersOut = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("情報連携", "LNK-001"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: NumberPurposeLawful, Refuse: "linkage_not_for_this"},
			{Cond: NumberWasGiven, Refuse: "linkage_needs_number"},
		},
		Ways: []Way{{Office: RelyingParty, Channels: []Channel{Visit, Post, Online}, Who: oneself, Cite: awara.At("情報連携", "LNK-001")}},
		Steps: []Line{
			line("write_number", "申請書にマイナンバーを書きます。住民票の写しや所得課税証明書はいりません。", "Write the number on the application; resident record copies and tax certificates are not needed.", "申請書(しんせいしょ)に マイナンバーを 書(か)きます。", awara.At("情報連携", "LNK-001", "LNK-008")),
			line("see_history", "どの機関がいつ自分の情報をやりとりしたかは、マイナポータルの「やりとり履歴」で見られます。", "Which agency exchanged your data, and when, is shown in Mynaportal.", "いつ だれが 見(み)たか マイナポータルで わかります。", awara.At("やりとり履歴", "LNK-006", "MYN-003", "SEC-005")),
		},
		Warnings: []Line{
			line("not_by_number", "情報提供ネットワークシステムでは、マイナンバーではなく機関ごとの符号を使い、必要な情報だけを照会します。情報は各機関が分けて持ち、アクセスできる職員も限られます。", "The network uses codes of each agency and not the number; only what is needed is asked, data stay with each agency, and few officials have access.", "マイナンバーでは なく 別(べつ)の 番号(ばんごう)を 使(つか)います。", awara.At("個人情報は一元的に管理されない", "LNK-002", "LNK-003", "LNK-004", "LNK-005", "SEC-003", "SEC-004")),
			line("watched", "情報連携は個人情報保護委員会が監視しています。", "The Personal Information Protection Commission watches over it.", "国(くに)の 委員会(いいんかい)が 見(み)ています。", awara.At("「個人情報保護委員会」によるチェック", "LNK-007", "SEC-030")),
		},
	}},
}

// CheckIdentityInPerson is the check of a card at a window or business by its chip (IDV-001 to IDV-006).
var CheckIdentityInPerson = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("券面情報", "IDV-001", "IDV-003"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: WithoutPhoto.Not(), Refuse: "photoless_proves_nothing"},
			{Cond: ChipReadWhereDue, Refuse: "chip_must_be_read"},
			{Cond: CardGenuine, Refuse: "card_not_genuine"},
		},
		Ways:   []Way{{Office: RelyingParty, Channels: []Channel{Visit}, Who: oneself, Cite: awara.At("券面情報", "IDV-001")}},
		Papers: []Need{single(MyNumberCard, mhlwLeaflet.At("(6)", "IDV-006"))},
		Steps: []Line{
			line("read_without_pin", "対面確認アプリなどで券面を読み取ります。暗証番号なしで、氏名・生年月日・性別・住所・顔写真が表示されます(マイナンバーは出ません)。", "Read the card with the verification app: without a PIN it shows name, birth date, sex, address and photo, and not the number.", "アプリで カードを 読(よ)みます。マイナンバーは 出(で)ません。", awara.At("券面情報(表面の読み取り)", "IDV-002", "IDV-003")),
			line("compare", "券面、チップの情報、目の前の人の顔を比べます。", "Compare the face of the card, the chip and the person.", "カードと 人(ひと)を くらべます。", awara.At("顔写真入りのカードや「券面情報」", "IDV-001", "SEC-010")),
		},
		Warnings: []Line{
			line("looking_is_not_enough", "見た目だけの確認では、チップのない偽造カードを見抜けなかった例があります。事業者にも読み取りをお勧めします。", "Forged cards without a chip have passed checks by sight; businesses too are advised to read the chip.", "見(み)るだけでは にせものが わかりません。", awara.At("「なりすまし」", "IDV-004", "IDV-005", "SEC-027"), ChipNotReadYet),
			line("no_other_papers", "カードで確認したときは、住民票の写しなどを求めないでください。裏面のマイナンバーを写すことはできません。", "With the card do not ask for resident record copies, and never copy the number on the back.", "ほかの 書類(しょるい)は いりません。マイナンバーは 写(うつ)せません。", mhlwLeaflet.At("(6)", "IDV-006", "NUM-008")),
		},
	}},
}

// FillInForms is the window that fills a form from the card (書かない窓口, FFA-001, FFA-002).
var FillInForms = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: awara.At("券面情報", "FFA-001"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardWorks, Refuse: "card_not_active"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: []Way{
			{Office: Residence, ByLocal: []Channel{Visit}, If: conds(NumberIsWanted), Who: oneself, PINs: []card.PIN{card.InputSupportPIN}, Cite: awara.At("券面事項入力補助機能(No.4)", "FFA-002"), Steps: []Line{
				line("with_number", "暗証番号(No.4)を入力すると、マイナンバーも読み取れます。", "With PIN No.4 the number is taken over too.", "暗証番号(あんしょうばんごう)(No.4)を 入(い)れると、マイナンバーも 読(よ)めます。", awara.At("券面事項入力補助機能(No.4)", "FFA-002")),
			}},
			{Office: Residence, ByLocal: []Channel{Visit}, If: conds(NumberIsWanted.Not()), Who: oneself, Cite: awara.At("券面情報", "FFA-001")},
		},
		Steps: []Line{line("read_and_print", "カードを読み取り、顔を確かめると、氏名などが印刷された申請書が出ます。", "The card is read, the face compared, and a form with name and address comes out.", "カードを 読(よ)むと、名前(なまえ)が 書(か)いて ある 紙(かみ)が 出(で)ます。", awara.At("券面事項入力補助", "FFA-001"))},
	}},
}
