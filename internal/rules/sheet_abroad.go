package rules

import "mynumber/internal/law"

// Procedures of people who live abroad, leave or come back: their list, their conditions, their questions, their
// papers and their sheets.

const (
	ApplyAbroad Procedure = "apply_from_abroad"
	LiftAbroad  Procedure = "lift_suspension_abroad"
)

var abroadProcedures = []Info{
	{ApplyAbroad, GroupApply, law.Text{Ja: "国外からのカードの申請", En: "Apply for a card from abroad", Easy: "外国(がいこく)から カードを 申(もう)し込(こ)む"}, &ApplyFromAbroad},
	{LiftAbroad, GroupLoss, law.Text{Ja: "国外転出者向けカードの一時停止の解除", En: "Lift the suspension of an overseas card", Easy: "止(と)めた カードを また 使(つか)えるように する"}, &LiftSuspensionAbroad},
}

const (
	RegisteredSince  Cond = "registered_on_or_after_first_day" // ELIG-014 (d)
	InFamilyRegister Cond = "in_family_register"
	EverRegistered   Cond = "ever_registered"
	HasNumber        Cond = "has_number"

	MissionCovers        Cond = "mission_covers"         // where a mission is asked (APP-070)
	HonsekiKeepsRegister Cond = "honseki_keeps_register" // a ward does, its designated city does not
	PINsHidden           Cond = "pins_hidden_from_proxy" // APP-079
	RepresentativeActs   Cond = "representative_acts"    // for under-15s and adult wards
	PickupAtMission      Cond = "pickup_at_mission"
)

var abroadConds = map[Cond]CondText{
	RegisteredSince:      either("2015年10月5日以後に日本に住民票があったこと", "registered as a resident of Japan on or after 5 October 2015", "2015年10月5日以後に日本に住民票がなかったこと", "not registered as a resident of Japan since 5 October 2015"),
	InFamilyRegister:     either("戸籍の附票に記録があること", "recorded in a supplementary family register", "戸籍の附票に記録がないこと", "not recorded in a supplementary family register"),
	EverRegistered:       either("日本に住民票があったことがあること", "was once registered as a resident of Japan", "日本に住民票があったことがないこと", "was never registered as a resident of Japan"),
	MissionCovers:        either("在外公館は居住国を管轄する公館であること", "the mission covers the country of residence", "在外公館が居住国を管轄していないこと", "the mission does not cover the country of residence"),
	HonsekiKeepsRegister: either("書かれた本籍地が戸籍の附票を管理する市区町村であること", "the named honseki keeps family registers", "書かれた本籍地が戸籍の附票を管理していないこと", "the named honseki keeps no family registers"),
	PINsHidden:           either("代理の人に暗証番号が見えないこと", "a proxy cannot see the PINs", "代理の人に暗証番号が見えること", "a proxy can see the PINs"),
	RepresentativeActs:   either("15歳未満の人・成年被後見人は、法定代理人が申請書に記入していること", "for under-15s and adult wards a statutory representative stands on the form", "法定代理人の記入がないこと", "no statutory representative stands on the form"),
	PickupAtMission:      either("在外公館で受け取ること", "the card is collected at a mission", "在外公館で受け取らないこと", "the card is not collected at a mission"),

	HasNumber: either("マイナンバーが付番されていること", "has an Individual Number", "マイナンバーが付番されていないこと", "has no Individual Number"),
}

var abroadQuestions = map[Fact]Question{
	"person.in_family_register":      ask("戸籍の附票に記録がありますか(日本に本籍がありますか)。", "Is the person recorded in a supplementary family register?", "日本(にほん)に 本籍(ほんせき)が ありますか。", yesNo()...),
	"person.ever_registered":         ask("日本に住民票があったことがありますか。", "Was the person ever registered as a resident of Japan?", "日本(にほん)に 住(す)んで 住民票(じゅうみんひょう)が ありましたか。", yesNo()...),
	"person.last_registered":         ask("日本に住民票があった最後の日はいつですか。", "What was the last day with a resident record in Japan?", "日本(にほん)の 住民票(じゅうみんひょう)は いつまで ありましたか。"),
	"person.country":                 ask("どの国に住んでいますか。", "In which country does the person live?", "どの 国(くに)に 住(す)んでいますか。").because("在外公館は、管轄する国に住む人の手続きだけを扱います。", "A mission serves only people who live in a country it covers.", "国(くに)で 窓口(まどぐち)が 決(き)まります。"),
	"visitor.representative_on_form": ask("法定代理人は申請書に記入していますか。", "Does a statutory representative stand on the form?", "親(おや)などは 紙(かみ)に 名前(なまえ)を 書(か)きましたか。", yesNo()...),
	"wish.pickup_at": ask("カードをどこで受け取りますか。", "Where is the card to be collected?", "カードを どこで もらいますか。",
		choice(string(Honseki), "本籍地の市区町村", "The honseki municipality", "本籍(ほんせき)の 役所(やくしょ)"), choice(string(OtherMunicipality), "その他の市区町村", "Another municipality", "ほかの 役所(やくしょ)"), choice(string(Mission), "在外公館", "A mission", "大使館(たいしかん)・領事館(りょうじかん)")),
	"person.has_number": ask("マイナンバーが付番されていますか。", "Does the person have an Individual Number?", "マイナンバーが ありますか。", yesNo()...),
}

var abroadDays = map[string]DayText{}

var abroadRefusals = map[string]law.Refusal{}

// abroadTables are the tables of these procedures as they are printed.
func abroadTables() []Entry { return nil }

// abroadNeeds are lines of checklists that are no single paper.
var abroadNeeds = map[string]law.Text{}

// LiftSuspensionAbroad is what the holder of a found overseas card does (LOSS-021, LOSS-023, ABR-M12).
var LiftSuspensionAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: konan.At("見つかった場合", "LOSS-021", "LOSS-023", "ABR-M12"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: CardOverseas, Refuse: "card_not_overseas"},
			{Cond: CardSuspended, Refuse: "card_not_suspended"},
			{Cond: CardAtHand, Refuse: "card_not_at_hand"},
		},
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit}, Cite: konan.At("見つかった場合", "LOSS-021"), Who: []Come{
				{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("見つかった場合", "LOSS-021")},
				{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, konan.At("見つかった場合", "LOSS-021"))}, Cite: konan.At("見つかった場合", "LOSS-021")},
			}},
			{Office: Mission, Channels: []Channel{Visit}, Cite: konan.At("見つかった場合", "LOSS-021"), Who: []Come{
				{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("見つかった場合", "LOSS-021")},
				{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Papers: []Need{single(RepresentativeID, konan.At("見つかった場合", "LOSS-021"))}, Cite: konan.At("見つかった場合", "LOSS-021")},
				{Who: VoluntaryProxy, Cite: konan.At("見つかった場合", "LOSS-021")},
			}},
		},
		Papers: []Need{
			single(FormLift, konan.At("見つかった場合", "LOSS-021", "FORM-010")),
			single(MyNumberCard, konan.At("見つかった場合", "LOSS-021")),
		},
		Effects: []Effect{
			{On: TheCard, Becomes: "active", Text: law.Text{Ja: "カードはまた使えます。", En: "The card works again.", Easy: "カードは また 使(つか)えます。"}, Cite: konan.At("見つかった場合", "LOSS-021", "ST-007")},
			{On: TheSignature, Becomes: "revoked", Text: law.Text{Ja: "止まっていた電子証明書は失効し、希望すれば新しく発行されます。", En: "The held certificates are revoked; new ones are issued if wanted.", Easy: "前(まえ)の 電子証明書(でんししょうめいしょ)は 使(つか)えません。新(あたら)しいのを もらえます。"}, Cite: konan.At("見つかった場合(様式名)", "LOSS-023")},
		},
	}},
}
