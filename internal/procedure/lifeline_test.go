package procedure

import (
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

func lineOf(t *testing.T, p LifePlan) Line {
	t.Helper()
	line, err := Lifeline(&p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func has(line Line, d civil.Date, kind rules.MarkKind, en string) bool {
	for _, m := range line.Marks {
		if m.Day == d && m.Kind == kind && strings.Contains(m.Text.En, en) {
			return true
		}
	}
	return false
}

func spans(line Line, s rules.Subject) string {
	var out []string
	for _, t := range line.Tracks {
		if t.On == s {
			for _, x := range t.Spans {
				out = append(out, x.State+" "+x.From.String()+".."+x.To.String())
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestLifelineDepartureWithContinuingUse(t *testing.T) {
	line := lineOf(t, LifePlan{On: day(2026, 11, 22),
		Person: Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1)},
		Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1), Filed: day(2027, 3, 25), ContinuingUse: day(2027, 3, 25), Reissued: day(2027, 3, 25)}}})
	for s, want := range map[rules.Subject]string{
		rules.TheCard:               "active 2022-06-01..2027-03-24, pending_departure 2027-03-25..2027-03-31, active 2027-04-01..2032-05-17",
		rules.TheSignature:          "valid 2022-06-01..2027-03-24, valid 2027-03-25..2032-05-17",
		rules.TheUserAuthentication: "valid 2022-06-01..2027-03-24, valid 2027-03-25..2032-05-17",
	} {
		if got := spans(line, s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
	if !has(line, day(2027, 3, 31), rules.MarkDeadline, "continuing use") || !has(line, day(2031, 5, 17), rules.MarkOpens, "Renewal opens: Card") {
		t.Errorf("%+v", line.Marks)
	}
}

func TestLifelineDepartureWithoutContinuingUse(t *testing.T) {
	line := lineOf(t, LifePlan{On: day(2026, 11, 22),
		Person: Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1)},
		Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1), Filed: day(2027, 3, 25)}}})
	if got, want := spans(line, rules.TheCard), "active 2022-06-01..2027-03-31, ended 2027-04-01..2032-05-17"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !has(line, day(2027, 4, 1), rules.MarkEnds, "lapses") || !has(line, day(2027, 6, 30), rules.MarkDeadline, "free of charge") {
		t.Errorf("%+v", line.Marks)
	}
}

// The days of a life line, each with the rule it comes from: the day before a deadline is still in time in the plan, and
// what is not done in time ends the day after.
func TestLifelineDays(t *testing.T) {
	holder := Person{Birth: day(1988, 5, 17), Nationality: Japanese}
	domestic := Card{Kind: DomesticCard, Issued: day(2022, 6, 1)}
	for _, c := range []struct {
		rule string
		plan LifePlan
		day  civil.Date
		kind rules.MarkKind
		says string
		not  bool
	}{
		{"CHG-021 14日目まで", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.MoveIn, On: day(2027, 4, 1), PlannedMoveOut: day(2027, 3, 31)}}}, day(2027, 4, 15), rules.MarkDeadline, "14 days", false},
		{"CHG-021 15日目に失効", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.MoveIn, On: day(2027, 4, 1), PlannedMoveOut: day(2027, 3, 31)}}}, day(2027, 4, 16), rules.MarkEnds, "14 days", false},
		{"CHG-021 14日目に届ければ失効しない", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.MoveIn, On: day(2027, 4, 1), PlannedMoveOut: day(2027, 3, 31), Filed: day(2027, 4, 15), Rewritten: day(2027, 4, 15)}}}, day(2027, 4, 16), rules.MarkEnds, "14 days", true},
		{"CHG-020 30日目まで", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.MoveIn, On: day(2027, 4, 20), PlannedMoveOut: day(2027, 3, 31)}}}, day(2027, 4, 30), rules.MarkDeadline, "30 days", false},
		{"CHG-022 90日目まで", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.MoveIn, On: day(2027, 4, 1), PlannedMoveOut: day(2027, 3, 31), Filed: day(2027, 4, 5)}}}, day(2027, 7, 4), rules.MarkDeadline, "90 days", false},
		{"CHG-022 91日目に失効", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.MoveIn, On: day(2027, 4, 1), PlannedMoveOut: day(2027, 3, 31), Filed: day(2027, 4, 5)}}}, day(2027, 7, 5), rules.MarkEnds, "90 days", false},
		{"CHG-036 国外からの転入も", LifePlan{Person: holder, Card: Card{Kind: OverseasCard, Issued: day(2025, 6, 1)}, Events: []PlannedEvent{{Kind: rules.ReturnToJapan, On: day(2027, 4, 1)}}}, day(2027, 4, 15), rules.MarkDeadline, "14 days", false},
		{"ABR-003 前日まで", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1)}}}, day(2027, 3, 31), rules.MarkDeadline, "continuing use", false},
		{"CHG-024 予定日に失効", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1), ContinuingUse: day(2027, 4, 1)}}}, day(2027, 4, 1), rules.MarkEnds, "lapses", false},
		{"CHG-024 前日なら失効しない", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1), ContinuingUse: day(2027, 3, 31), Reissued: day(2027, 3, 31)}}}, day(2027, 4, 1), rules.MarkEnds, "lapses", true},
		{"FEE-011 90日目まで無料", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1)}}}, day(2027, 6, 30), rules.MarkDeadline, "free of charge", false},
		{"EXP-022 国内は3か月未満の日から", LifePlan{Person: holder, Card: domestic}, day(2032, 2, 18), rules.MarkOpens, "Card", false},
		{"EXP-023 国外は1年前の日から", LifePlan{Person: holder, Card: Card{Kind: OverseasCard, Issued: day(2025, 6, 1)}}, day(2034, 5, 17), rules.MarkOpens, "Card", false},
		{"EXP-001 10回目の誕生日まで", LifePlan{Person: holder, Card: domestic}, day(2032, 5, 17), rules.MarkDeadline, "Card", false},
		{"EXP-012 翌日から使えない", LifePlan{Person: holder, Card: domestic}, day(2032, 5, 18), rules.MarkEnds, "Card", false},
		{"EXP-007 2月29日生まれは28日まで", LifePlan{Person: Person{Birth: day(1988, 2, 29)}, Card: domestic}, day(2032, 2, 28), rules.MarkDeadline, "Card", false},
		{"EXP-003 電子証明書は5回目の誕生日まで", LifePlan{Person: holder, Card: domestic}, day(2027, 5, 17), rules.MarkDeadline, "Signature", false},
		{"ELIG-004 15歳になる日", LifePlan{Person: Person{Birth: day(2012, 4, 1)}, Card: domestic}, day(2027, 4, 1), rules.MarkAge, "15", false},
		{"EXP-002 18歳になる日", LifePlan{Person: Person{Birth: day(2012, 4, 1)}, Card: domestic}, day(2030, 4, 1), rules.MarkAge, "18", false},
		{"CHG-028 在留期間の満了の翌日から", LifePlan{Person: Person{Birth: day(1988, 5, 17), Nationality: Foreign, StayUntil: day(2027, 1, 31)}, Card: domestic}, day(2027, 2, 1), rules.MarkEnds, "period of stay", false},
		{"CARD-023 1歳の誕生日の前日まで写真なし", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.ChildBorn, On: day(2028, 2, 29)}}}, day(2029, 2, 27), rules.MarkDeadline, "no photo", false},
		{"CHG-010 氏名の変更で署名用だけ失効", LifePlan{Person: holder, Card: domestic, Events: []PlannedEvent{{Kind: rules.NameChange, On: day(2027, 1, 10), Filed: day(2027, 1, 12)}}}, day(2027, 1, 12), rules.MarkEnds, "signature certificate", false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			c.plan.On = day(2026, 11, 22)
			line := lineOf(t, c.plan)
			if has(line, c.day, c.kind, c.says) == c.not {
				t.Errorf("%s on %s saying %q is %v in %+v", c.kind, c.day, c.says, !c.not, line.Marks)
			}
		})
	}
}

// The last safe day is the last on which the office is open: not a Sunday, a holiday or the turn of the year.
func TestLifelineLastSafeDay(t *testing.T) {
	for _, c := range []struct {
		name          string
		departs, safe civil.Date
	}{
		{"ABR-003 the deadline is a Wednesday", day(2027, 4, 1), day(2027, 3, 31)},
		{"ABR-003 the deadline is a Sunday", day(2027, 4, 5), day(2027, 4, 2)},
		{"ABR-003 the deadline is a holiday", day(2027, 4, 30), day(2027, 4, 28)},
		{"ABR-003 the deadline is New Year's Day", day(2027, 1, 2), day(2026, 12, 28)},
	} {
		t.Run(c.name, func(t *testing.T) {
			line := lineOf(t, LifePlan{On: day(2026, 11, 22), Person: Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1)},
				Events: []PlannedEvent{{Kind: rules.Departure, On: c.departs}}})
			for _, m := range line.Marks {
				if m.Kind == rules.MarkDeadline && m.Day == c.departs.AddDays(-1) {
					if m.LastSafe != c.safe {
						t.Errorf("%s, want %s", m.LastSafe, c.safe)
					}
					return
				}
			}
			t.Errorf("no deadline on the day before %s: %+v", c.departs, line.Marks)
		})
	}
}

// What the plan does in time is shown as avoided, and tracks follow it (ABR-009, CHG-012).
func TestLifelineFollowsThePlan(t *testing.T) {
	line := lineOf(t, LifePlan{On: day(2026, 11, 22), Person: Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1)},
		Phone: Phone{Signature: Certificate{State: CertificateValid}},
		Events: []PlannedEvent{
			{Kind: rules.ReturnToJapan, On: day(2029, 5, 1), Filed: day(2029, 5, 10), Rewritten: day(2029, 5, 10), Reissued: day(2029, 5, 10)},
			{Kind: rules.Departure, On: day(2027, 4, 1), Filed: day(2027, 3, 25), ContinuingUse: day(2027, 3, 25), Reissued: day(2027, 3, 25)},
		}})
	for _, m := range line.Marks {
		if m.Kind == rules.MarkDeadline && m.Day == day(2027, 3, 31) && !m.Avoided {
			t.Errorf("not avoided: %+v", m)
		}
		if m.Kind == rules.MarkEnds && m.Day.Before(day(2032, 1, 1)) && strings.Contains(m.Text.En, "Without") {
			t.Errorf("ends though the plan prevents it: %+v", m)
		}
	}
	for s, want := range map[rules.Subject]string{
		rules.TheSignature:          "valid 2022-06-01..2027-03-24, valid 2027-03-25..2029-05-09, valid 2029-05-10..2032-05-17",
		rules.TheUserAuthentication: "valid 2022-06-01..2027-03-24, valid 2027-03-25..2029-05-09, valid 2029-05-10..2032-05-17", // ABR-060
		rules.ThePhoneSignature:     "valid 2022-06-01..2027-03-24, ended 2027-03-25..2027-05-17",                               // SPC-010
	} {
		if got := spans(line, s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

// A longer stay moves the card's last day, never past the birthday counted from its issue, and brings both certificates
// anew (EXP-051, EXP-052); while it is pending the card lasts two months longer, once (EXP-060, EXP-062).
func TestLifelineStay(t *testing.T) {
	student := Person{Birth: day(2001, 2, 2), Nationality: Foreign, StayUntil: day(2027, 3, 31)}
	card := Card{Kind: DomesticCard, Issued: day(2024, 4, 10), Until: day(2027, 3, 31)}
	extended := func(on, until civil.Date) PlannedEvent {
		return PlannedEvent{Kind: rules.StayExtended, On: on, StayUntil: until, Extended: on, Reissued: on}
	}
	pending := PlannedEvent{Kind: rules.StayPending, On: day(2027, 3, 30), Extended: day(2027, 3, 31), Reissued: day(2027, 3, 31)}
	for _, c := range []struct {
		name       string
		events     []PlannedEvent
		card, sign string
	}{
		{"EXP-054 nothing done", nil, "active 2024-04-10..2027-03-31", "valid 2024-04-10..2027-03-31"},
		{"EXP-051 on the last day", []PlannedEvent{extended(day(2027, 3, 31), day(2029, 3, 31))}, "active 2024-04-10..2029-03-31", "valid 2024-04-10..2027-03-30, valid 2027-03-31..2029-03-31"},
		{"EXP-051 the day after is too late", []PlannedEvent{extended(day(2027, 4, 1), day(2029, 3, 31))}, "active 2024-04-10..2027-03-31", "valid 2024-04-10..2027-03-31"},
		{"EXP-051 the tenth birthday from the issue", []PlannedEvent{extended(day(2027, 3, 10), day(2036, 3, 31))}, "active 2024-04-10..2034-02-02", "valid 2024-04-10..2027-03-09, valid 2027-03-10..2032-02-02"},
		{"EXP-060 two months more", []PlannedEvent{pending}, "active 2024-04-10..2027-05-31", "valid 2024-04-10..2027-03-30, valid 2027-03-31..2027-05-31"},
		{"EXP-062 changed within them", []PlannedEvent{pending, extended(day(2027, 5, 31), day(2029, 3, 31))}, "active 2024-04-10..2029-03-31",
			"valid 2024-04-10..2027-03-30, valid 2027-03-31..2027-05-30, valid 2027-05-31..2029-03-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			line := lineOf(t, LifePlan{On: day(2026, 11, 22), Person: student, Card: card, Events: c.events})
			if got := spans(line, rules.TheCard); got != c.card {
				t.Errorf("card: %s, want %s", got, c.card)
			}
			for _, s := range []rules.Subject{rules.TheSignature, rules.TheUserAuthentication} {
				if got := spans(line, s); got != c.sign {
					t.Errorf("%s: %s, want %s", s, got, c.sign)
				}
			}
			if has(line, day(2027, 1, 1), rules.MarkOpens, "Renewal") {
				t.Error("EXP-024: a card that ends with the stay is not renewed")
			}
		})
	}
	line := lineOf(t, LifePlan{On: day(2026, 11, 22), Person: student, Card: card, Events: []PlannedEvent{pending}})
	if !has(line, day(2027, 5, 31), rules.MarkDeadline, "residence card") {
		t.Errorf("EXP-062: no day by which the ordinary change is made: %+v", line.Marks)
	}
}

// What a person is told on the way: a foreign national of no overseas card (ELIG-011), whoever lost the card of the stop
// line (LOSS-001), whoever has certificates on a phone that they end with the signature certificate (SPC-010), and from
// when certificates are renewed with the card they end with (EXP-021).
func TestLifelineTells(t *testing.T) {
	holder, card := Person{Birth: day(1988, 5, 17), Nationality: Japanese}, Card{Kind: DomesticCard, Issued: day(2022, 6, 1)}
	line := lineOf(t, LifePlan{On: day(2026, 11, 22), Person: Person{Birth: day(1988, 5, 17), Nationality: Foreign}, Card: card, Events: []PlannedEvent{{Kind: rules.Departure, On: day(2027, 4, 1)}}})
	if !has(line, day(2027, 4, 1), rules.MarkEnds, "for Japanese nationals") || has(line, day(2027, 6, 30), rules.MarkDeadline, "overseas card") {
		t.Errorf("a foreign national leaves: %+v", line.Marks)
	}
	line = lineOf(t, LifePlan{On: day(2026, 11, 22), Person: holder, Card: card, Events: []PlannedEvent{{Kind: rules.CardLost, On: day(2027, 4, 1)}}})
	if !has(line, day(2027, 4, 1), rules.MarkState, "by telephone at once") {
		t.Errorf("a lost card: %+v", line.Marks)
	}
	moved := PlannedEvent{Kind: rules.MoveWithin, On: day(2027, 2, 1), Filed: day(2027, 2, 3), Rewritten: day(2027, 2, 3), Reissued: day(2027, 2, 3)}
	line = lineOf(t, LifePlan{On: day(2026, 11, 22), Person: holder, Card: card, Phone: Phone{Signature: Certificate{State: CertificateValid}}, Events: []PlannedEvent{moved}})
	if !has(line, day(2027, 2, 3), rules.MarkEnds, "apply for them again in the app") {
		t.Errorf("a phone: %+v", line.Marks)
	}
	line = lineOf(t, LifePlan{On: day(2026, 11, 22), Person: holder, Card: Card{Kind: DomesticCard, Issued: day(2022, 6, 1), Until: day(2027, 5, 17)}})
	for _, m := range line.Marks {
		if m.Kind == rules.MarkOpens && m.Procedure != rules.RenewCardAtHome {
			t.Errorf("EXP-021: %s is told of %s", m.Text.En, m.Procedure)
		}
	}
}
