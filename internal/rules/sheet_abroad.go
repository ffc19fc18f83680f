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
)

var abroadConds = map[Cond]CondText{
	RegisteredSince:  either("2015年10月5日以後に日本に住民票があったこと", "registered as a resident of Japan on or after 5 October 2015", "2015年10月5日以後に日本に住民票がなかったこと", "not registered as a resident of Japan since 5 October 2015"),
	InFamilyRegister: either("戸籍の附票に記録があること", "recorded in a supplementary family register", "戸籍の附票に記録がないこと", "not recorded in a supplementary family register"),
	EverRegistered:   either("日本に住民票があったことがあること", "was once registered as a resident of Japan", "日本に住民票があったことがないこと", "was never registered as a resident of Japan"),
	HasNumber:        either("マイナンバーが付番されていること", "has an Individual Number", "マイナンバーが付番されていないこと", "has no Individual Number"),
}

var abroadQuestions = map[Fact]Question{
	"person.in_family_register": ask("戸籍の附票に記録がありますか(日本に本籍がありますか)。", "Is the person recorded in a supplementary family register?", "日本(にほん)に 本籍(ほんせき)が ありますか。", yesNo()...),
	"person.ever_registered":    ask("日本に住民票があったことがありますか。", "Was the person ever registered as a resident of Japan?", "日本(にほん)に 住(す)んで 住民票(じゅうみんひょう)が ありましたか。", yesNo()...),
	"person.last_registered":    ask("日本に住民票があった最後の日はいつですか。", "What was the last day with a resident record in Japan?", "日本(にほん)の 住民票(じゅうみんひょう)は いつまで ありましたか。"),
	"person.has_number":         ask("マイナンバーが付番されていますか。", "Does the person have an Individual Number?", "マイナンバーが ありますか。", yesNo()...),
}

var abroadDays = map[string]DayText{}

var abroadRefusals = map[string]law.Refusal{}

// abroadTables are the tables of these procedures as they are printed.
func abroadTables() []Entry { return nil }

// abroadNeeds are lines of checklists that are no single paper.
var abroadNeeds = map[string]law.Text{}

// ApplyFromAbroad is the application for an overseas card (APP-070 to APP-080, ABR-020, ABR-M02).
var ApplyFromAbroad = law.Table[Sheet]{
	{From: overseas, Checked: checked, Cite: mhlwLeaflet.At("海外からのマイナンバーカード申請方法", "ELIG-015", "DATE-016", "ABR-020", "ABR-M02"), Rule: Sheet{
		Requires: []Requirement{
			{Cond: IsJapanese, Refuse: "foreign_national"},
			{Cond: LivesAbroad, Refuse: "still_resident"},
			{Cond: EverRegistered, Refuse: "never_registered"},
			{Cond: RegisteredSince, Refuse: "registered_too_early"},
			{Cond: InFamilyRegister, Refuse: "not_in_family_register"},
			{Cond: HasNumber, Refuse: "no_number"},
		},
		NotThus: "online_not_available",
		Ways: []Way{
			{Office: Honseki, Channels: []Channel{Visit, Post}, Who: handIn, Cite: mhlwLeaflet.At("方法②", "APP-070", "APP-071", "CON-010")},
			{Office: OtherMunicipality, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, Who: handIn, Cite: konan.At("(1)申請書の提出", "APP-070", "APP-071", "CON-010")},
			{Office: Mission, Channels: []Channel{Visit}, ByLocal: []Channel{Post}, Who: handIn, Cite: konan.At("(1)申請書の提出", "APP-070", "APP-071", "CON-010")},
		},
		Papers: []Need{
			single(FormApplyAbroad, mhlwLeaflet.At("交付申請書", "APP-073", "FORM-002")),
			single(FacePhoto, mhlwLeaflet.At("申請写真のチェックポイント", "APP-041")),
			single(FormPINRequest, mhlwLeaflet.At("暗証番号設定依頼書", "APP-073", "PIN-022", "FORM-003")),
		},
		Effects: []Effect{
			{On: TheApplication, Becomes: "applied", Text: law.Text{Ja: "申請が受け付けられ、書類は本籍地市区町村へ送られます。", En: "The application is taken in and its papers go to the honseki municipality.", Easy: "申込(もうしこ)みの 紙(かみ)は 本籍(ほんせき)の 役所(やくしょ)に 行(い)きます。"}, Cite: awara.At("日本国外での利用について", "ABR-021")},
		},
		Takes: []Estimate{{Code: "until_ready", Min: 60, Max: 90, Unit: Days, Text: law.Text{Ja: "申請から交付通知まで、およそ2〜3か月です。", En: "About two to three months from the application to the pickup notice.", Easy: "カードが できるまで 2か月(げつ)から 3か月(げつ)くらいです。"}, Cite: konan.At("(2)交付通知メール", "APP-063", "ABR-027", "CON-002")}},
	}},
}

// handIn is who may hand an application from abroad in: anybody, with the PINs sealed (APP-052, APP-079).
var handIn = []Come{
	{Who: Holder, If: conds(NeedsRepresentative.Not()), Cite: konan.At("申請方法", "APP-050")},
	{Who: HolderWithRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("申請方法", "APP-050", "ELIG-004")},
	{Who: StatutoryRepresentative, If: conds(NeedsRepresentative), Cite: konan.At("申請方法", "APP-050", "ELIG-004")},
	{Who: VoluntaryProxy, If: conds(PINsSealed), Cite: konan.At("申請方法", "APP-052", "APP-079", "ABR-026")},
}

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
