package procedure

import (
	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// FeeFacts decide the fee for a card applied for from abroad.
type FeeFacts struct {
	Applied          civil.Date // the day the application was handed in
	PlannedDeparture civil.Date // as in the move-out notification
	Former           *FormerCard
	AtHonsekiCounter bool // the application was handed in in person at the honseki municipality
	PickupAtMission  bool
	NoCertificates   bool // both certificates were declined
	Renewing         bool // the former card is living, or only past its last day, and is exchanged for the new one
}

// FormerCard is the card the person had before.
type FormerCard struct {
	State         card.State
	ForDeparture  bool   // returned or lapsed because the holder moved abroad
	Damaged       bool   // and is handed in as it is
	LeftWithOwner bool   // the void card was given back to its owner (CARD-035)
	Brought       Answer // handed in at pickup
}

// Fee is what is to be paid, why, and when.
type Fee struct {
	Amounts rules.Amounts
	Ground  rules.FeeGround
	Payment rules.Payment
	Basis   Basis
}

// OverseasFee decides the fee of an overseas card (FEE-001 to FEE-003, FEE-006 to FEE-008, FEE-011,
// FEE-017, FEE-018, FEE-020, CON-007). While it is unknown whether the old card will be brought, the
// answer is the one for bringing it.
func OverseasFee(f FeeFacts) (Fee, error) {
	ground, basis, err := feeGround(f)
	if err != nil {
		return Fee{}, err
	}
	fee := Fee{Ground: ground, Basis: append(basis, rules.FeeGrounds[ground].Cite), Payment: rules.PayNothing}
	if ground == rules.FirstCard {
		first, err := rules.FirstIssueFee.On(f.Applied)
		fee.Amounts, fee.Basis = first.Rule, append(fee.Basis, first.Cite)
		return fee, err
	}
	if ground.Free() {
		return fee, nil
	}
	amounts, err := rules.ReissueFee.On(f.Applied)
	if err != nil {
		return Fee{}, err
	}
	payments, err := rules.OverseasPayments.On(f.Applied)
	if err != nil {
		return Fee{}, err
	}
	fee.Amounts = amounts.Rule
	if f.NoCertificates {
		fee.Amounts.Certificate = 0
	}
	fee.Basis = append(fee.Basis, amounts.Cite, payments.Cite)
	switch {
	case f.AtHonsekiCounter && ground != rules.OldCardMissing:
		fee.Payment = payments.Rule.AtHonsekiCounter
	case f.PickupAtMission:
		fee.Payment = payments.Rule.PickupAtMission
	default:
		fee.Payment = payments.Rule.PickupAtMunicipality
	}
	return fee, nil
}

func feeGround(f FeeFacts) (rules.FeeGround, Basis, error) {
	if f.Former == nil {
		return rules.FirstCard, nil, nil
	}
	forced, err := rules.CompulsoryReturn.On(f.Applied)
	if err != nil {
		return "", nil, err
	}
	grace, err := rules.DepartureGrace.On(f.Applied)
	if err != nil {
		return "", nil, err
	}
	missing := f.Former.LeftWithOwner && f.Former.Brought == No
	left := f.PlannedDeparture
	switch {
	case f.Renewing && f.Former.Brought == No:
		return rules.OldCardMissing, nil, nil
	case f.Renewing:
		return rules.RenewedAtExpiry, nil, nil
	case f.Former.Damaged:
		return rules.Damaged, nil, nil // whoever's fault it was; an office may waive it (supplement 0.19)
	case f.Former.State == card.Expired && missing:
		return rules.OldCardMissing, nil, nil
	case f.Former.State == card.Expired:
		return rules.RenewedAtExpiry, nil, nil
	case f.Former.State == card.Abolished:
		return rules.Lost, nil, nil
	case !f.Former.ForDeparture && f.Former.State == card.Returned:
		return rules.ReturnedByWish, nil, nil
	case !f.Former.ForDeparture:
		return rules.LapsedOtherwise, nil, nil
	case missing:
		return rules.OldCardMissing, Basis{forced.Cite}, nil
	case !left.IsZero() && !left.After(forced.Rule.LastDay):
		return rules.ReturnForced, Basis{forced.Cite}, nil
	case !left.IsZero() && left.DaysUntil(f.Applied) <= grace.Rule:
		return rules.WithinDepartureGrace, Basis{grace.Cite}, nil
	default:
		return rules.LapsedOnDeparture, Basis{grace.Cite}, nil
	}
}
