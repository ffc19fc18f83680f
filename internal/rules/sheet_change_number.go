package rules

import "mynumber/internal/law"

// ChangeIndividualNumber is the change of the number itself, which ends the card (NUM-003, NUM-011, CHG-027).
var ChangeIndividualNumber = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: numberAct.At("第7条第2項", "NUM-003", "CHG-027"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: LivesInJapan, Refuse: "not_resident_here"},
			{Cond: MisuseFeared, Refuse: "number_stays"},
		},
		Ways: []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("マイナンバーを変更した", "NUM-012"), Who: changeOfNumber}},
		Papers: []Need{
			single(NumberChangeRequest, niigata.At("マイナンバーを変更した", "NUM-003")),
			single(HolderID, awara.At("マイナンバー制度の概要", "NUM-007")),
			single(MyNumberCard, niigata.At("マイナンバーを変更した", "NUM-011"), CardAtHand),
		},
		Effects: []Effect{
			effect(TheCard, "lapsed", "カードと電子証明書は失効します。", "The card and its certificates lapse.", "カードと 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", niigata.At("マイナンバーを変更した", "NUM-011", "CHG-027"), HasCard),
		},
		Messages: []Line{
			line("number_notice", "個人番号通知書(機構から世帯主へ、簡易書留)", "Individual Number Notice, by the issuer to the head of the household, by simple registered mail", "新(あたら)しい マイナンバーの お知(し)らせ", awara.At("個人番号通知書", "NTF-002", "NUM-021")),
		},
		Steps: []Line{
			line("report_loss", "盗難などのときは、カードの一時停止と紛失の届出もします。", "After a theft also have the card suspended and report it.", "盗(ぬす)まれた ときは カードも 止(と)めます。", niigata.At("紛失した、盗難にあった", "NUM-012")),
			line("request", "市区町村の窓口で変更を請求します。番号を聞かれるだけで変わることはありません。", "Make the request at the municipality; the number is never changed without it.", "窓口(まどぐち)で 「変(か)えて ください」と 言(い)います。", awara.At("マイナンバー制度の概要", "NUM-003")),
			line("tell_employer", "新しい番号を勤務先や年金の窓口などに届け出ます。", "Give the new number to the employer, the pension office and the like.", "会社(かいしゃ)などに 新(あたら)しい 番号(ばんごう)を 教(おし)えます。", awara.At("マイナンバー制度でできること(情報連携)", "NUM-009")),
		},
		Warnings: []Line{
			line("new_card", "新しいカードは改めて申請します。変更から30日以内なら特急発行も使えます。", "Apply anew for a card; within 30 days of the change express issuance is possible.", "新(あたら)しい カードを もう一度(いちど) 申(もう)し込(こ)みます。変(か)わってから 30日(にち)までなら、いそぎの 発行(はっこう)も できます。", niigata.At("マイナンバーを変更した", "CHG-034", "ELIG-024")),
		},
	}},
}

// ChangeResidentRecordCode is the change of the code in the resident record, which ends the card too (NUM-016, CHG-026).
var ChangeResidentRecordCode = law.Table[Sheet]{
	{From: cards, Checked: checked, Cite: niigata.At("住民票コードを変更した", "NUM-016", "CHG-026"), Rule: Sheet{
		Requires: []Requirement{{Cond: LivesInJapan, Refuse: "not_resident_here"}},
		Ways:     []Way{{Office: Residence, Channels: []Channel{Visit}, Cite: niigata.At("住民票コードを変更した", "NUM-016"), Who: changeOfNumber}},
		Papers: []Need{
			single(CodeChangeRequest, niigata.At("住民票コードを変更した", "NUM-016")),
			single(HolderID, niigata.At("住民票コードを変更した", "NUM-016")),
		},
		Effects: []Effect{
			effect(TheCard, "lapsed", "カードと電子証明書は失効します。", "The card and its certificates lapse.", "カードと 電子証明書(でんししょうめいしょ)は 使(つか)えなく なります。", niigata.At("住民票コードを変更した", "CHG-026"), HasCard),
		},
		Warnings: []Line{
			line("code_is_not_number", "住民票コード(11桁)は住民基本台帳ネットワークの番号で、マイナンバーとは別のものです(マイナンバーはこのコードから作られています)。変えてもマイナンバーは変わりません。", "The code, of eleven digits, serves the resident-register network. The Individual Number was made from it, and yet stays the same.", "住民票(じゅうみんひょう)コード(11の 数字(すうじ))は、マイナンバーとは ちがう 番号(ばんごう)です。変(か)えても マイナンバーは 変(か)わりません。", awara.At("住民基本台帳(住民票コード…)", "NUM-010", "NUM-013", "NUM-014", "NUM-015")),
			line("new_card", "カードは失効します。使うには新しいカードを申請してください。", "The card lapses; apply for a new one to go on using it.", "カードは 使(つか)えません。新(あたら)しい カードを 申(もう)し込(こ)みます。", niigata.At("住民票コードを変更した", "CHG-026", "CHG-034"), HasCard),
		},
	}},
}

var changeOfNumber = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: niigata.At("マイナンバーを変更した", "NUM-012")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, niigata.At("マイナンバーを変更した", "NUM-012"))}, Cite: niigata.At("マイナンバーを変更した", "NUM-012", "ELIG-004")},
}
