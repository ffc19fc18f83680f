package procedure

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// standing is a card in its holder's hands with both certificates, changed by f.
func standing(f func(*Standing)) *Standing {
	s := &Standing{Birth: day(1990, 5, 17),
		Card: CardStanding{State: card.Active, Applied: day(2025, 5, 20), Issued: day(2025, 6, 1), Activated: day(2025, 6, 20), Until: day(2035, 5, 17)},
		Certs: []CertStanding{
			{certificate.Signature, day(2025, 6, 1), day(2030, 5, 17)},
			{certificate.UserAuthentication, day(2025, 6, 1), day(2030, 5, 17)},
		}}
	f(s)
	return s
}

// days says each coming day in a line.
func comingLines(t *testing.T, s *Standing) []string {
	t.Helper()
	all, err := ComingDays(s)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range all {
		line := fmt.Sprintf("%s %s", d.On, d.Kind)
		if d.Lapse.Cause != "" && !d.Notice() {
			line += " " + string(d.Lapse.Cause)
		}
		if !d.About.IsZero() {
			line += " of " + d.About.String()
		}
		if len(d.Basis.IDs()) == 0 {
			t.Errorf("%s rests on no rule", line)
		}
		out = append(out, line)
	}
	return out
}

func TestComingDays(t *testing.T) {
	event := func(f LapseFacts) func(*Standing) { return func(s *Standing) { s.Events = append(s.Events, f) } }
	pending := func(f LapseFacts) func(*Standing) {
		return func(s *Standing) { s.Card.State = card.PendingDeparture; s.Events = append(s.Events, f) }
	}
	expiry := []string{"2030-02-18 certificate_notice of 2030-05-17", "2030-05-18 certificate_expiry", "2035-02-18 card_notice of 2035-05-17", "2035-05-18 card_expiry expiry"}
	before := func(lines ...string) []string { return append(lines, expiry...) }
	for _, c := range []struct {
		name string
		set  func(*Standing)
		want []string
	}{
		{"EXP-001 EXP-003 EXP-020 NTF-007 nothing happens", func(*Standing) {}, expiry},
		{"EXP-023 NTF-026 NTF-027 abroad", func(s *Standing) { s.Card.Overseas = true }, []string{"2030-02-17 certificate_notice of 2030-05-17", "2030-05-18 certificate_expiry",
			"2035-02-17 card_notice of 2035-05-17", "2035-05-18 card_expiry expiry"}},
		{"EXP-004 certificates end with the card", func(s *Standing) { s.Certs[0].Until, s.Certs[1].Until = s.Card.Until, s.Card.Until }, expiry[2:]},
		{"EXP-007 29 February", func(s *Standing) {
			s.Card.Until = day(2028, 2, 28)
			s.Certs = nil
		}, []string{"2027-11-29 card_notice of 2028-02-28", "2028-02-29 card_expiry expiry"}},
		{"EXP-020 month ends", func(s *Standing) { s.Card.Until = day(2032, 5, 31); s.Certs = nil }, []string{"2032-03-01 card_notice of 2032-05-31", "2032-06-01 card_expiry expiry"}},
		{"EXP-071 its successor is on its way", func(s *Standing) { s.Card.State = card.TemporarilyOutOfFunction }, []string{expiry[1], expiry[3]}},
		{"CHG-035 a card that has ended has no days", func(s *Standing) { s.Card.State = card.Lapsed }, nil},

		{"CHG-021 fifteen days after", event(LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 1), PlannedMoveOut: day(2026, 4, 1), Filed: day(2026, 4, 16)}),
			before("2026-04-16 card_lapse not_notified_within_14_days", "2026-04-16 signature_lapse entries_changed", "2026-07-01 reminder of 2026-07-15", "2026-07-16 card_lapse entries_not_updated_within_90_days")},
		{"CHG-021 fourteen days after", event(LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 1), PlannedMoveOut: day(2026, 4, 1), Filed: day(2026, 4, 15)}),
			before("2026-04-15 signature_lapse entries_changed", "2026-06-30 reminder of 2026-07-14", "2026-07-15 card_lapse entries_not_updated_within_90_days")},
		{"CHG-010 leaving again with a card for abroad", func(s *Standing) {
			s.Card.Overseas = true
			s.Events = append(s.Events, LapseFacts{Event: rules.Departure, Day: day(2026, 6, 1), Filed: day(2026, 5, 20)})
		}, []string{"2026-06-01 signature_lapse departure_entered", "2030-02-17 certificate_notice of 2030-05-17", "2030-05-18 certificate_expiry", "2035-02-17 card_notice of 2035-05-17", "2035-05-18 card_expiry expiry"}},
		{"CHG-020 CHG-022 written in time", event(LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 1), PlannedMoveOut: day(2026, 4, 1), Filed: day(2026, 4, 10), Rewritten: day(2026, 7, 9)}),
			before("2026-04-10 signature_lapse entries_changed")},
		{"CHG-020 moved out and notified nowhere", event(LapseFacts{Event: rules.MoveOut, Day: day(2026, 4, 1), Filed: day(2026, 3, 20)}),
			before("2026-04-01 signature_lapse entries_changed", "2026-05-02 card_lapse not_notified_within_30_days")},
		{"CHG-020 moved out and notified", func(s *Standing) {
			s.Events = []LapseFacts{{Event: rules.MoveOut, Day: day(2026, 4, 1), Filed: day(2026, 3, 20)},
				{Event: rules.MoveIn, Day: day(2026, 4, 1), PlannedMoveOut: day(2026, 4, 1), Filed: day(2026, 4, 2), Rewritten: day(2026, 4, 2)}}
		}, before("2026-04-01 signature_lapse entries_changed", "2026-04-02 signature_lapse entries_changed")},
		{"CHG-023 moved on", event(LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 1), Filed: day(2026, 4, 2), MovedOn: day(2026, 5, 7)}),
			before("2026-04-02 signature_lapse entries_changed", "2026-05-07 card_lapse moved_on_without_update", "2026-06-17 reminder of 2026-07-01", "2026-07-02 card_lapse entries_not_updated_within_90_days")},
		{"CHG-022 an event older than the card", event(LapseFacts{Event: rules.MoveIn, Day: day(2025, 5, 1), Filed: day(2025, 5, 10)}), expiry},
		{"CHG-022 notified before the hand-over", event(LapseFacts{Event: rules.MoveIn, Day: day(2025, 6, 10), Filed: day(2025, 6, 12)}), before("2025-06-12 signature_lapse entries_changed")},
		{"CHG-021 had lapsed before the hand-over", event(LapseFacts{Event: rules.MoveIn, Day: day(2025, 6, 1), Filed: day(2025, 6, 25), Rewritten: day(2025, 6, 25)}), before("2025-06-25 signature_lapse entries_changed")},

		{"CHG-024 departure", event(LapseFacts{Event: rules.Departure, Day: day(2026, 9, 30), Filed: day(2026, 8, 1)}),
			before("2026-09-15 reminder of 2026-09-29", "2026-09-30 card_lapse departure_without_continuing_use")},
		{"CHG-024 departure notified late: no reminder", event(LapseFacts{Event: rules.Departure, Day: day(2026, 9, 30), Filed: day(2026, 9, 16)}),
			before("2026-09-30 card_lapse departure_without_continuing_use")},
		{"ABR-009 ST-010 continuing use", pending(LapseFacts{Event: rules.Departure, Day: day(2026, 9, 30), Filed: day(2026, 9, 1), ContinuingUse: day(2026, 9, 29), Reissued: day(2026, 9, 29)}),
			before("2026-09-30 departure")},
		{"CHG-010 continuing use without a new certificate", pending(LapseFacts{Event: rules.Departure, Day: day(2026, 9, 30), Filed: day(2026, 9, 1), ContinuingUse: day(2026, 9, 1)}),
			before("2026-09-30 departure", "2026-09-30 signature_lapse departure_entered")},
		{"CHG-025 death", event(LapseFacts{Event: rules.HolderDied, Day: day(2026, 3, 3), Filed: day(2026, 3, 5)}), before("2026-03-03 card_lapse death")},
		{"CHG-025 death while the card waits", func(s *Standing) {
			s.Card.State, s.Card.Activated = card.AtOffice, civil.Date{}
			s.Events = []LapseFacts{{Event: rules.HolderDied, Day: day(2025, 6, 10), Filed: day(2025, 6, 12)}}
		}, []string{"2025-06-10 card_lapse death", "2030-05-18 certificate_expiry", "2035-05-18 card_expiry expiry"}},
		{"CHG-027 the card that was applied for with the new number", event(LapseFacts{Event: rules.NumberChanged, Day: day(2025, 5, 20), Filed: day(2025, 5, 20)}), expiry},

		{"CHG-028 EXP-009 EXP-024 period of stay", func(s *Standing) {
			s.Foreign, s.Stay, s.StayUntil = true, "mid_long_term_resident", day(2027, 3, 31)
			s.Card.Until, s.Certs[0].Until, s.Certs[1].Until = day(2027, 3, 31), day(2027, 3, 31), day(2027, 3, 31)
		}, []string{"2027-04-01 card_lapse stay_ended"}},
		{"EXP-054 a longer stay that the card was not changed to", func(s *Standing) {
			s.Foreign, s.Stay, s.StayUntil = true, "mid_long_term_resident", day(2030, 3, 31)
			s.Card.Until, s.Certs = day(2027, 3, 31), nil
		}, []string{"2027-04-01 card_lapse stay_ended"}},
		{"EXP-051 EXP-060 special extension", func(s *Standing) {
			s.Foreign, s.Stay, s.StayUntil = true, "mid_long_term_resident", day(2027, 3, 31)
			s.Card.Until, s.Card.Extended, s.Certs = day(2027, 5, 31), true, nil
		}, []string{"2027-06-01 card_lapse stay_ended"}},
		{"EXP-008 permanent residents", func(s *Standing) { s.Foreign, s.Stay = true, "permanent_resident" }, expiry},

		{"PICK-005 ST-006 nobody collects", func(s *Standing) {
			s.Card.State, s.Card.Activated, s.Certs = card.AtOffice, civil.Date{}, nil
			s.Card.Filed, s.Card.PickupUntil = day(2024, 2, 29), day(2025, 9, 1)
		}, []string{"2025-03-01 never_collected", "2025-09-02 pickup_overdue of 2025-09-01", "2035-05-18 card_expiry expiry"}},
		{"PICK-005 its mail came back", func(s *Standing) {
			s.Card.State, s.Card.Activated, s.Certs = card.AtOffice, civil.Date{}, nil
			s.Card.Filed, s.Card.CameBack = day(2025, 5, 20), day(2025, 8, 31)
		}, []string{"2026-03-01 never_collected", "2035-05-18 card_expiry expiry"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := comingLines(t, standing(c.set)); !slices.Equal(got, c.want) {
				t.Errorf("got\n%q\nwant\n%q", got, c.want)
			}
		})
	}
}

// CHG-012: a new signature certificate is not touched by the change that made it necessary.
func TestComingDaysLeaveTheNewCertificate(t *testing.T) {
	s := standing(func(s *Standing) {
		s.Events = []LapseFacts{{Event: rules.NameChange, Day: day(2026, 2, 1), Filed: day(2026, 2, 3), Rewritten: day(2026, 2, 3), Reissued: day(2026, 2, 3)},
			{Event: rules.MoveWithin, Day: day(2026, 2, 4), Filed: day(2026, 2, 10), Rewritten: day(2026, 2, 10)}}
	})
	all, err := ComingDays(s)
	if err != nil {
		t.Fatal(err)
	}
	var before []civil.Date
	for _, d := range all {
		if d.Kind == rules.SignatureLapses {
			before = append(before, d.Before)
		}
	}
	if want := []civil.Date{day(2026, 2, 3), day(2026, 2, 11)}; !slices.Equal(before, want) {
		t.Errorf("certificates issued before %v are touched, want %v", before, want)
	}
}

// CHG-010, CHG-012: on the day of a change the certificates of before end, and those that were issued after it was
// notified do not.
func TestADayOfChangeSparesWhatWasIssuedAfterIt(t *testing.T) {
	noted := time.Date(2026, 2, 10, 2, 0, 30, 500, time.UTC) // 11:00:30 JST
	all, err := ComingDays(standing(func(s *Standing) {
		s.Events = []LapseFacts{{Event: rules.MoveWithin, Day: day(2026, 2, 4), Filed: day(2026, 2, 10), Noted: noted}}
	}))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(d ComingDay) bool { return d.Kind == rules.SignatureLapses })
	if i < 0 {
		t.Fatal("the signature certificate does not end")
	}
	for issued, spared := range map[time.Time]bool{
		noted.Truncate(time.Second).Add(-time.Second): false,
		noted.Truncate(time.Second):                   true,
		noted.Add(time.Hour):                          true,
		noted.AddDate(0, 0, -1):                       false,
		noted.AddDate(0, 0, 1):                        true,
	} {
		if all[i].Spares(issued) != spared {
			t.Errorf("issued at %v: spared %v, want %v", issued, !spared, spared)
		}
	}
}
