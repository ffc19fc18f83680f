package procedure

import (
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

func TestOverseasFee(t *testing.T) {
	applied := day(2025, 10, 28)
	returned := func(brought Answer) *FormerCard {
		return &FormerCard{State: card.Returned, ForDeparture: true, LeftWithOwner: true, Brought: brought}
	}
	lapsed := &FormerCard{State: card.Lapsed, ForDeparture: true}
	for _, c := range []struct {
		rule    string
		facts   FeeFacts
		yen     rules.Yen
		ground  rules.FeeGround
		payment rules.Payment
	}{
		{"FEE-001 first card", FeeFacts{Applied: applied}, 0, rules.FirstCard, rules.PayNothing},
		{"FEE-020 CON-007 the case of the timeline", FeeFacts{Applied: applied, PlannedDeparture: day(2022, 3, 31), Former: returned(Yes)}, 0, rules.ReturnForced, rules.PayNothing},
		{"FEE-020 left 2024-05-26", FeeFacts{Applied: applied, PlannedDeparture: day(2024, 5, 26), Former: returned(Yes)}, 0, rules.ReturnForced, rules.PayNothing},
		{"FEE-020 left 2024-05-27", FeeFacts{Applied: applied, PlannedDeparture: day(2024, 5, 27), Former: returned(Yes)}, 0, rules.ReturnForced, rules.PayNothing},
		{"FEE-020 FEE-006 left 2024-05-28", FeeFacts{Applied: applied, PlannedDeparture: day(2024, 5, 28), Former: returned(Yes)}, 1000, rules.LapsedOnDeparture, rules.PayAtPickup},
		{"FEE-008 FEE-015 the void card that was left with its owner is not brought", FeeFacts{Applied: applied, PlannedDeparture: day(2022, 3, 31), Former: returned(No)}, 1000, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-011 day 89", FeeFacts{Applied: day(2025, 10, 28), PlannedDeparture: day(2025, 7, 31), Former: lapsed}, 0, rules.WithinDepartureGrace, rules.PayNothing},
		{"FEE-011 day 90", FeeFacts{Applied: day(2025, 10, 28), PlannedDeparture: day(2025, 7, 30), Former: lapsed}, 0, rules.WithinDepartureGrace, rules.PayNothing},
		{"FEE-011 day 91", FeeFacts{Applied: day(2025, 10, 28), PlannedDeparture: day(2025, 7, 29), Former: lapsed}, 1000, rules.LapsedOnDeparture, rules.PayAtPickup},
		{"FEE-006 returned by own wish", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Returned}}, 1000, rules.ReturnedByWish, rules.PayAtPickup},
		{"FEE-006 lost and abolished", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Abolished}}, 1000, rules.Lost, rules.PayAtPickup},
		{"FEE-006 lapsed otherwise", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Lapsed}}, 1000, rules.LapsedOtherwise, rules.PayAtPickup},
		{"FEE-002 renewal after expiry", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Expired, LeftWithOwner: true, Brought: Yes}}, 0, rules.RenewedAtExpiry, rules.PayNothing},
		{"FEE-007 renewal, the old card is not brought", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Expired, LeftWithOwner: true, Brought: No}}, 1000, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-003 without certificates", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Abolished}, NoCertificates: true}, 800, rules.Lost, rules.PayAtPickup},
		{"FEE-017 in person at the honseki", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Abolished}, AtHonsekiCounter: true}, 1000, rules.Lost, rules.PayAtSubmission},
		{"FEE-018 pickup at a mission", FeeFacts{Applied: applied, Former: &FormerCard{State: card.Abolished}, PickupAtMission: true}, 1000, rules.Lost, rules.PayBeforeDispatch},
	} {
		t.Run(c.rule, func(t *testing.T) {
			fee, err := OverseasFee(c.facts)
			if err != nil {
				t.Fatal(err)
			}
			if fee.Amounts.Total() != c.yen || fee.Ground != c.ground || fee.Payment != c.payment {
				t.Errorf("got %d yen, %s, %s; want %d, %s, %s", fee.Amounts.Total(), fee.Ground, fee.Payment, c.yen, c.ground, c.payment)
			}
			if len(fee.Basis) == 0 {
				t.Error("a fee without a rule")
			}
		})
	}
}

func TestFeeNeedsTheScheme(t *testing.T) {
	_, err := OverseasFee(FeeFacts{Applied: day(2024, 5, 26), PlannedDeparture: civil.Date{}, Former: &FormerCard{State: card.Returned}})
	if err == nil {
		t.Error("ELIG-015: a day before the scheme has a fee")
	}
}

func TestDispatchable(t *testing.T) {
	due := Fee{Amounts: rules.Amounts{Card: 800, Certificate: 200}, Payment: rules.PayBeforeDispatch}
	for _, c := range []struct {
		rule string
		fee  Fee
		paid bool
		code string
	}{
		{"FEE-018 to a mission, unpaid", due, false, "card_not_dispatchable_unpaid"},
		{"FEE-018 to a mission, paid", due, true, ""},
		{"FEE-018 to a municipality, paid at pickup", Fee{Amounts: due.Amounts, Payment: rules.PayAtPickup}, false, ""},
		{"FEE-001 nothing due", Fee{Payment: rules.PayNothing}, false, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Dispatchable(c.fee, c.paid)
			want(t, err, c.code)
		})
	}
}
