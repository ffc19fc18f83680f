package rules

import "mynumber/internal/law"

// Yen is an amount of money.
type Yen int

// Amounts are the two components of a fee, kept apart everywhere.
type Amounts struct {
	Card        Yen
	Certificate Yen
}

// Total is what the person pays.
func (a Amounts) Total() Yen { return a.Card + a.Certificate }

// FirstIssueFee and ReissueFee, per person.
var (
	FirstIssueFee = law.Table[Amounts]{
		{From: cards, Checked: checked, Cite: niigata.At("交付手数料", "FEE-001"), Rule: Amounts{}},
	}
	ReissueFee = law.Table[Amounts]{
		{From: cards, Checked: checked, Cite: konan.At("(4)交付手数料", "FEE-003", "FEE-006"), Rule: Amounts{Card: 800, Certificate: 200}},
	}
)

// DepartureGrace is for how many days after the planned departure a new card is free of charge.
// The day of departure is day 0 (民法第140条): day 90 is free, day 91 is charged.
var DepartureGrace = law.Table[int]{
	{From: overseas, Checked: checked, Cite: konan.At("注意事項", "FEE-011"), Rule: 90},
}

// ForcedReturn: who planned to leave Japan up to LastDay had to return the card, so that the first
// overseas card is free (FEE-020, CON-007; supplement 0.20, 5.9).
type ForcedReturn struct{ LastDay Day }

// CompulsoryReturn is that rule; it is asked on the day of the new application.
var CompulsoryReturn = law.Table[ForcedReturn]{
	{From: overseas, Checked: checked, Cite: fukuoka.At("手数料", "FEE-020", "CON-007", "TL-B"), Rule: ForcedReturn{LastDay: day(2024, 5, 27)}},
}

// Payment is when and how a fee for an overseas card is paid.
type Payment string

const (
	PayNothing        Payment = "nothing"
	PayAtSubmission   Payment = "at_submission"   // on the spot at the honseki municipality
	PayAtPickup       Payment = "at_pickup"       // at the municipality that hands the card over
	PayBeforeDispatch Payment = "before_dispatch" // before the card leaves for a mission
)

// OverseasPayment: who collects and when (FEE-017, FEE-018).
type OverseasPayment struct {
	AtHonsekiCounter, PickupAtMunicipality, PickupAtMission Payment
}

// OverseasPayments is that rule by day.
var OverseasPayments = law.Table[OverseasPayment]{
	{From: overseas, Checked: checked, Cite: konan.At("手数料の納付方法", "FEE-017", "FEE-018"),
		Rule: OverseasPayment{AtHonsekiCounter: PayAtSubmission, PickupAtMunicipality: PayAtPickup, PickupAtMission: PayBeforeDispatch}},
}

// FeeGround is why a fee is due or not.
type FeeGround string

const (
	FirstCard            FeeGround = "first_card"
	ReturnForced         FeeGround = "return_forced"          // the former card had to be returned before the overseas scheme
	WithinDepartureGrace FeeGround = "within_departure_grace" // moved abroad at most 90 days ago
	OldCardMissing       FeeGround = "old_card_missing"
	ReturnedByWish       FeeGround = "returned_by_wish"
	LapsedOnDeparture    FeeGround = "lapsed_on_departure"
	Lost                 FeeGround = "lost"
	LapsedOtherwise      FeeGround = "lapsed_otherwise"
	RenewedAtExpiry      FeeGround = "renewed_at_expiry"

	// Only of domestic cards.
	Damaged             FeeGround = "damaged"
	DamagedWithoutFault FeeGround = "damaged_without_fault"
	LapsedByOwnFault    FeeGround = "lapsed_by_own_fault"
	LapsedWithoutFault  FeeGround = "lapsed_without_fault"
	StayNotExtended     FeeGround = "stay_not_extended"
	EntryFieldFull      FeeGround = "entry_field_full"
	ReliefAfterDisaster FeeGround = "disaster_relief"
	MovedFromAbroad     FeeGround = "moved_from_abroad" // by express, the former card neither lost nor living
	CertificateRenewed  FeeGround = "certificate_renewed"
	CertificateAdded    FeeGround = "certificate_added"
	CertificateRestored FeeGround = "certificate_restored" // after a suspension was lifted
	FaceAuthSwitched    FeeGround = "face_authentication_switched"
	EntriesRewritten    FeeGround = "entries_rewritten"
	LicenceFee          FeeGround = "driving_licence" // the police's, not the municipality's
)

// Ground is what a ground says, whether it is free of charge, and the rule that gives it.
type Ground struct {
	Free bool
	Text law.Text
	Cite law.Citation
}

func free(ja, en, easy string, cite law.Citation) Ground {
	return Ground{Free: true, Text: words(ja, en, easy), Cite: cite}
}

func charged(ja, en, easy string, cite law.Citation) Ground {
	return Ground{Text: words(ja, en, easy), Cite: cite}
}

// FeeGrounds are the reasons as they are printed, each with the rule that gives it.
var FeeGrounds = map[FeeGround]Ground{
	FirstCard: free("はじめてのカードなので無料です。", "The first card is free of charge.",
		"はじめての カードは お金(かね)が かかりません。", niigata.At("交付手数料", "FEE-001")),
	ReturnForced: free("制度開始前の国外転出により返納が必要だったカードに代わるものなので無料です。", "Free: the former card had to be returned on moving abroad, before the overseas card existed.",
		"前(まえ)の カードは 返(かえ)す きまりでした。お金(かね)は かかりません。", fukuoka.At("手数料", "FEE-020", "CON-007")),
	WithinDepartureGrace: free("国外転出(予定)日から90日以内の申請なので無料です。", "Free: applied for within 90 days of the (planned) departure.",
		"外国(がいこく)に 行(い)ってから 90日(にち)までなので お金(かね)は かかりません。", konan.At("注意事項", "FEE-011")),
	OldCardMissing: charged("お手元に残っていた旧カードをお返しいただけないため、再交付手数料がかかります。", "The old card that was left with you cannot be handed in, so the re-issue fee is due.",
		"古(ふる)い カードを 返(かえ)せないので お金(かね)が かかります。", niigata.At("有効期限前のカード失効", "FEE-007", "FEE-008", "FEE-015")),
	ReturnedByWish: charged("自らの希望で返納したカードの再交付なので手数料がかかります。", "The former card was returned by the holder's own wish, so the re-issue fee is due.",
		"自分(じぶん)で 返(かえ)した カードを また 作(つく)るので お金(かね)が かかります。", konan.At("(4)交付手数料", "FEE-003", "FEE-006")),
	LapsedOnDeparture: charged("継続利用の手続きをせずに国外転出し、90日を過ぎたため、再交付手数料がかかります。", "The former card lapsed on departure and more than 90 days have passed, so the re-issue fee is due.",
		"外国(がいこく)に 行(い)ってから 90日(にち)が 過(す)ぎたので お金(かね)が かかります。", konan.At("注意事項", "FEE-003", "FEE-011")),
	Lost: charged("紛失による再交付なので手数料がかかります。", "The former card was lost, so the re-issue fee is due.",
		"なくした カードを また 作(つく)るので お金(かね)が かかります。", konan.At("(4)交付手数料", "FEE-003", "FEE-006")),
	LapsedOtherwise: charged("有効期限前に失効したカードの再交付なので手数料がかかります。", "The former card lapsed before its last day, so the re-issue fee is due.",
		"期限(きげん)の 前(まえ)に 使(つか)えなく なった カードなので お金(かね)が かかります。", konan.At("(4)交付手数料", "FEE-003", "FEE-006")),
	RenewedAtExpiry: free("有効期間満了による更新なので無料です。", "Free: the card is renewed at the end of its validity.",
		"期限(きげん)が 来(き)た カードなので お金(かね)は かかりません。", niigata.At("交付手数料", "FEE-002", "EXP-026")),

	Damaged: charged("焼失・汚損・破損による再交付なので手数料がかかります。", "The former card was burnt, soiled or damaged, so the re-issue fee is due.",
		"こわれた カードを また 作(つく)るので お金(かね)が かかります。", konan.At("(4)交付手数料", "FEE-003", "FEE-006")),
	DamagedWithoutFault: free("ICチップの故障など、本人の責によらない破損なので無料です。", "Free: the damage, such as a failed chip, was not the holder's fault.",
		"自分(じぶん)の せいで こわれたのでは ないので お金(かね)は かかりません。", expressPages.At("手数料", "FEE-003", "FEE-008")),
	LapsedByOwnFault: charged("本人の責により有効期限前に失効したカードの再交付なので手数料がかかります。", "The former card lapsed before its last day by the holder's own responsibility, so the re-issue fee is due.",
		"手続(てつづ)きを しなかったので お金(かね)が かかります。", niigata.At("有効期限前のカード失効", "FEE-008", "FEE-009")),
	LapsedWithoutFault: free("本人の責によらずに失効したカードに代わるものなので無料です。", "Free: the former card lapsed without the holder's fault.",
		"自分(じぶん)の せいでは ないので お金(かね)は かかりません。", niigata.At("有効期限前のカード失効", "FEE-008")),
	StayNotExtended: charged("在留期間の更新に伴う有効期間の変更をせずに満了したため、再交付手数料がかかります。", "The card expired with the period of stay and was not extended in time, so the re-issue fee is due.",
		"在留期間(ざいりゅうきかん)が 終(お)わる 前(まえ)に 手続(てつづ)きを しなかったので お金(かね)が かかります。", awara.At("在留期限のある人の変更および特例延長手続", "FEE-010", "CON-008")),
	EntryFieldFull: free("追記欄に余白がなくなったカードに代わるものなので無料です。", "Free: the additional-entry field of the former card is full.",
		"カードに 書(か)く ところが もう ないので お金(かね)は かかりません。", niigata.At("マイナンバーカードに関する主な手続", "FEE-012", "CARD-008")),
	ReliefAfterDisaster: free("災害による紛失・破損で、この窓口が手数料を免除しています(罹災証明書が必要です)。", "Free: the card was lost or damaged in a disaster, and this office waives the fee against a disaster certificate.",
		"災害(さいがい)なので お金(かね)は かかりません。罹災証明書(りさいしょうめいしょ)が いります。", niigata.At("交付手数料(能登半島地震)", "FEE-013", "LOSS-044", "DATE-022", "OFF-008")),
	MovedFromAbroad: free("国外からの転入後の新しいカードなので無料です。", "Free: the new card follows a move to Japan from abroad.",
		"外国(がいこく)から 引(ひ)っ越(こ)して 作(つく)る カードです。お金(かね)は かかりません。", expressPages.At("手数料", "FEE-001", "ELIG-024")),
	CertificateRenewed: free("有効期間満了による電子証明書の更新なので無料です(満了した後も無料です)。", "Free: certificates are renewed at their last day, or after it.",
		"電子証明書(でんししょうめいしょ)の 期限(きげん)が 来(き)たので お金(かね)は かかりません。", awara.At("電子証明書の更新手続", "FEE-002", "CON-035")),
	CertificateAdded: free("はじめに発行しなかった電子証明書の追加は無料です。", "Adding a certificate that was not taken at first is free of charge.",
		"電子証明書(でんししょうめいしょ)を ふやすのは お金(かね)が かかりません。", niigata.At("電子証明書を新たに取得したい", "FEE-005")),
	CertificateRestored: free("一時停止の解除に伴う電子証明書の発行には手数料がかかりません(窓口にご確認ください)。", "No fee is stated for the certificates that follow a lifted suspension; ask the office.",
		"止(と)めるのを やめる ときは お金(かね)が かかりません。", jpkiPortal.At("電子証明書の紛失", "LOSS-020")),
	FaceAuthSwitched: free("顔認証マイナンバーカードへの切替え、元に戻す手続きは無料です。", "Changing to a face-authentication card and back is free of charge.",
		"変(か)えるのに お金(かね)は かかりません。", facePages.At("手数料", "CARD-030", "ELIG-022")),
	EntriesRewritten: free("記載の変更と、それに伴う署名用電子証明書の発行は無料です。", "Updating the card, and the signature certificate that follows, are free of charge.",
		"カードを 書(か)き直(なお)すのは お金(かね)が かかりません。", tomakomai.At("転入届と継続利用", "CHG-004", "CHG-012")),
	LicenceFee: charged("警察に納める手数料です(一例による額)。", "The fee is paid to the police; the amount is from one account.",
		"警察(けいさつ)に 払(はら)う お金(かね)です。", blog.At("表", "DRV-002", "DRV-003")),
}

// Free reports that the ground asks no fee.
func (g FeeGround) Free() bool { return FeeGrounds[g].Free }
