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
	{From: overseas, Checked: checked, Cite: fukuoka.At("手数料", "FEE-020", "CON-007"), Rule: ForcedReturn{LastDay: day(2024, 5, 27)}},
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
)

// FeeGrounds are the reasons as they are printed, each with the rule that gives it.
var FeeGrounds = map[FeeGround]struct {
	Text law.Text
	Cite law.Citation
}{
	FirstCard: {law.Text{Ja: "はじめてのカードなので無料です。", En: "The first card is free of charge."},
		niigata.At("交付手数料", "FEE-001")},
	ReturnForced: {law.Text{Ja: "制度開始前の国外転出により返納が必要だったカードに代わるものなので無料です。", En: "Free: the former card had to be returned on moving abroad, before the overseas card existed."},
		fukuoka.At("手数料", "FEE-020", "CON-007")},
	WithinDepartureGrace: {law.Text{Ja: "国外転出(予定)日から90日以内の申請なので無料です。", En: "Free: applied for within 90 days of the (planned) departure."},
		konan.At("注意事項", "FEE-011")},
	OldCardMissing: {law.Text{Ja: "お手元に残っていた旧カードをお返しいただけないため、再交付手数料がかかります。", En: "The old card that was left with you cannot be handed in, so the re-issue fee is due."},
		niigata.At("有効期限前のカード失効", "FEE-007", "FEE-008", "FEE-015")},
	ReturnedByWish: {law.Text{Ja: "自らの希望で返納したカードの再交付なので手数料がかかります。", En: "The former card was returned by the holder's own wish, so the re-issue fee is due."},
		konan.At("(4)交付手数料", "FEE-003", "FEE-006")},
	LapsedOnDeparture: {law.Text{Ja: "継続利用の手続きをせずに国外転出し、90日を過ぎたため、再交付手数料がかかります。", En: "The former card lapsed on departure and more than 90 days have passed, so the re-issue fee is due."},
		konan.At("注意事項", "FEE-003", "FEE-011")},
	Lost: {law.Text{Ja: "紛失による再交付なので手数料がかかります。", En: "The former card was lost, so the re-issue fee is due."},
		konan.At("(4)交付手数料", "FEE-003", "FEE-006")},
	LapsedOtherwise: {law.Text{Ja: "有効期限前に失効したカードの再交付なので手数料がかかります。", En: "The former card lapsed before its last day, so the re-issue fee is due."},
		konan.At("(4)交付手数料", "FEE-003", "FEE-006")},
	RenewedAtExpiry: {law.Text{Ja: "有効期間満了による更新なので無料です。", En: "Free: the former card reached its last day."},
		niigata.At("交付手数料", "FEE-002")},
}

// Free reports that the ground asks no fee.
func (g FeeGround) Free() bool {
	switch g {
	case FirstCard, ReturnForced, WithinDepartureGrace, RenewedAtExpiry:
		return true
	}
	return false
}
