package procedure

import (
	"errors"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// caseOf is a case about a person in Japan on the day.
func caseOf(on civil.Date, change func(*Situation)) *Case {
	s := &Situation{On: on, Person: Person{Nationality: Japanese, Residence: InJapan}}
	change(s)
	return &Case{Situation: s, on: on}
}

func TestPhotoNeeded(t *testing.T) {
	for _, c := range []struct {
		rule      string
		on, birth civil.Date
		want      Answer
	}{
		{"APP-043 the last day of photos for babies", day(2024, 12, 1), day(2024, 6, 1), Yes},
		{"APP-043 CARD-023 DATE-019 the first day without", day(2024, 12, 2), day(2024, 6, 1), No},
		{"CARD-023 the day after", day(2024, 12, 3), day(2024, 6, 1), No},
		{"CARD-023 the eve of the first birthday", day(2026, 5, 31), day(2025, 6, 1), No},
		{"CARD-023 the first birthday", day(2026, 6, 1), day(2025, 6, 1), Yes},
		{"CARD-023 the day after it", day(2026, 6, 2), day(2025, 6, 1), Yes},
		{"CARD-023 a newborn on the first day", day(2024, 12, 2), day(2024, 12, 2), No},
		{"CARD-023 born 29 February, the eve", day(2025, 2, 27), day(2024, 2, 29), No},
		{"CARD-023 born 29 February, 28 February", day(2025, 2, 28), day(2024, 2, 29), Yes},
		{"CARD-023 almost two", day(2026, 5, 31), day(2024, 6, 1), Yes},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := caseOf(c.on, func(s *Situation) { s.Person.Birth = c.birth }).holds(rules.PhotoNeeded); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestExpressLast(t *testing.T) {
	on, filed := day(2026, 5, 25), day(2026, 5, 28)
	for _, c := range []struct {
		rule string
		kind rules.EventKind
		want civil.Date // zero: no ground
	}{
		{"ELIG-024 APP-036 a newborn, born 2026-05-20", rules.ChildBorn, day(2027, 5, 19)},
		{"ELIG-024 moved to Japan", rules.ReturnToJapan, day(2026, 6, 27)},
		{"ELIG-024 APP-040 lost", rules.CardLost, day(2026, 6, 27)},
		{"ELIG-024 stolen", rules.CardStolen, day(2026, 6, 27)},
		{"ELIG-024 first registration", rules.FirstRegistration, day(2026, 6, 27)},
		{"ELIG-024 number", rules.NumberChanged, day(2026, 6, 27)},
		{"ELIG-024 code", rules.CodeChanged, day(2026, 6, 27)},
		{"ELIG-024 burnt", rules.CardBurnt, day(2026, 6, 24)},
		{"ELIG-024 damaged", rules.CardDamaged, day(2026, 6, 24)},
		{"ELIG-024 disaster", rules.Disaster, day(2026, 6, 24)},
		{"ELIG-024 an office's mistake", rules.OfficeError, day(2026, 6, 24)},
		{"ELIG-024 CARD-008 entry field", rules.EntryFieldFilled, day(2026, 6, 24)},
		{"ELIG-024 released", rules.Released, day(2026, 6, 24)},
		{"APP-035 renewal", rules.CardExpiry, civil.Date{}},
		{"APP-035 a move in Japan", rules.MoveIn, civil.Date{}},
		{"APP-035 a new name", rules.NameChange, civil.Date{}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			x := caseOf(on, func(s *Situation) {
				s.Person.Birth, s.Event = day(2026, 5, 20), Event{Kind: c.kind, On: on, Filed: filed}
			})
			g, ok := x.expressGround()
			if ok != !c.want.IsZero() {
				t.Fatalf("a ground: %v", ok)
			}
			if !ok {
				return
			}
			if last, ask := x.expressLast(g); last != c.want || ask != "" {
				t.Errorf("%s %s, want %s", last, ask, c.want)
			}
		})
	}
}

func TestProxyGround(t *testing.T) {
	type facts struct {
		birth civil.Date
		ward  Answer
	}
	adult := facts{birth: day(1989, 6, 15)}
	for _, c := range []struct {
		rule   string
		on     civil.Date
		ground rules.ProxyGround
		facts  facts
		want   Answer
	}{
		{"PICK-052 1 illness", day(2026, 6, 1), rules.GroundIllness, adult, Yes},
		{"PICK-052 2 adult ward", day(2026, 6, 1), rules.GroundAdultWard, facts{adult.birth, Yes}, Yes},
		{"PICK-052 2 no ward", day(2026, 6, 1), rules.GroundAdultWard, facts{adult.birth, No}, No},
		{"PICK-053 2 not known", day(2026, 6, 1), rules.GroundAdultWard, adult, Unknown},
		{"PICK-052 3 curatorship", day(2026, 6, 1), rules.GroundCuratorship, adult, Yes},
		{"PICK-053 4 fourteen", day(2026, 6, 1), rules.GroundPupil, facts{birth: day(2012, 5, 1)}, Yes},
		{"PICK-053 4 fifteen at junior high", day(2026, 6, 1), rules.GroundPupil, facts{birth: day(2011, 5, 1)}, Yes},
		{"PICK-053 4 born 1 April 2011, 31 March 2026", day(2026, 3, 31), rules.GroundPupil, facts{birth: day(2011, 4, 1)}, Yes},
		{"PICK-053 4 born 1 April 2011, 1 April 2026", day(2026, 4, 1), rules.GroundPupil, facts{birth: day(2011, 4, 1)}, No},
		{"PICK-053 4 born 2 April 2011, 31 March 2027", day(2027, 3, 31), rules.GroundPupil, facts{birth: day(2011, 4, 2)}, Yes},
		{"PICK-053 4 born 2 April 2011, 1 April 2027", day(2027, 4, 1), rules.GroundPupil, facts{birth: day(2011, 4, 2)}, No},
		{"PICK-053 4 born 29 February 2012, 31 March 2027", day(2027, 3, 31), rules.GroundPupil, facts{birth: day(2012, 2, 29)}, Yes},
		{"PICK-053 4 born 29 February 2012, 1 April 2027", day(2027, 4, 1), rules.GroundPupil, facts{birth: day(2012, 2, 29)}, No},
		{"PICK-052 5 high school", day(2026, 6, 1), rules.GroundStudent, facts{birth: day(2009, 5, 1)}, Yes},
		{"PICK-052 6 the eve of 75", day(2026, 5, 31), rules.GroundAged, facts{birth: day(1951, 6, 1)}, No},
		{"PICK-052 6 the day of 75", day(2026, 6, 1), rules.GroundAged, facts{birth: day(1951, 6, 1)}, Yes},
		{"PICK-052 6 the day after", day(2026, 6, 2), rules.GroundAged, facts{birth: day(1951, 6, 1)}, Yes},
		{"PICK-052 6 born on the eve of Showa, 75", day(2001, 12, 24), rules.GroundAged, facts{birth: day(1926, 12, 24)}, No}, // before the first card: no law
		{"PICK-052 7 inpatient", day(2026, 6, 1), rules.GroundInpatient, adult, Yes},
		{"PICK-052 8 pregnant", day(2026, 6, 1), rules.GroundPregnant, adult, Yes},
		{"PICK-052 9 away for work", day(2026, 6, 1), rules.GroundAwayForWork, adult, Yes},
		{"PICK-052 10 abroad", day(2026, 6, 1), rules.GroundAbroadStudy, adult, Yes},
		{"PICK-052 11 withdrawn", day(2026, 6, 1), rules.GroundWithdrawn, adult, Yes},
		{"PICK-054 CON-024 busy with work", day(2026, 6, 1), rules.BusyWithWork, adult, No},
		{"PICK-054 something else", day(2026, 6, 1), rules.OtherGround, adult, No},
		{"PICK-051 nothing said", day(2026, 6, 1), "", adult, Unknown},
	} {
		t.Run(c.rule, func(t *testing.T) {
			x := caseOf(c.on, func(s *Situation) {
				s.Person.Birth, s.Person.AdultWard, s.Visitor.Ground = c.facts.birth, c.facts.ward, c.ground
			})
			if got := x.holds(rules.GroundAccepted); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
			if noLaw := errors.Is(x.err, law.ErrNoLaw); noLaw != c.on.Before(rules.FirstDay) {
				t.Errorf("no law: %v", x.err)
			}
		})
	}
}

func TestKeptUntil(t *testing.T) {
	for _, c := range []struct {
		rule            string
		filed, cameBack civil.Date
		want            civil.Date
	}{
		{"PICK-005 a year after the application", day(2026, 1, 10), civil.Date{}, day(2027, 1, 10)},
		{"PICK-005 applied on 29 February", day(2024, 2, 29), civil.Date{}, day(2025, 2, 28)},
		{"PICK-049 six months after the mail came back", day(2026, 1, 10), day(2026, 3, 31), day(2026, 9, 30)},
		{"PICK-005 nothing known", civil.Date{}, civil.Date{}, civil.Date{}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			x := caseOf(day(2026, 6, 1), func(s *Situation) { s.Application.Filed, s.Application.CameBack = c.filed, c.cameBack })
			if got := x.keptUntil(); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestStayBound(t *testing.T) {
	for _, c := range []struct {
		rule   string
		status ResidenceStatus
		want   Answer
	}{
		{"EXP-008 permanent", PermanentResident, No},
		{"EXP-008 special permanent", SpecialPermanentResident, No},
		{"EXP-008 highly skilled (ii)", HighlySkilledSecond, No},
		{"EXP-009 mid- or long-term", MidLongTerm, Yes},
		{"EXP-009 refuge", TemporaryRefuge, Yes},
		{"EXP-009 provisional", ProvisionalStay, Yes},
		{"EXP-009 transitional", TransitionalStay, Yes},
		{"EXP-009 not known", "", Unknown},
	} {
		t.Run(c.rule, func(t *testing.T) {
			x := caseOf(day(2026, 6, 1), func(s *Situation) { s.Person.Nationality, s.Person.ResidenceStatus = Foreign, c.status })
			if got := x.holds(rules.PeriodOfStayBound); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	if caseOf(day(2026, 6, 1), func(*Situation) {}).holds(rules.PeriodOfStayBound) != No {
		t.Error("a Japanese national has no period of stay")
	}
}

// TestHomeFee is the decision table of fees.md, line by line, ordinary and express.
func TestHomeFee(t *testing.T) {
	on := day(2026, 6, 1)
	former := func(s card.State, why EndCause, fault Answer) *HomeFormer { return &HomeFormer{s, why, fault} }
	lost := former(card.Abolished, EndedByLoss, Unknown)
	for _, c := range []struct {
		rule    string
		facts   HomeFeeFacts
		yen     [2]rules.Yen // card, certificate
		ground  rules.FeeGround
		payment rules.Payment
	}{
		{"FEE-001 first card", HomeFeeFacts{}, [2]rules.Yen{0, 0}, rules.FirstCard, rules.PayNothing},
		{"FEE-001 first card by express", HomeFeeFacts{Express: true}, [2]rules.Yen{0, 0}, rules.FirstCard, rules.PayNothing},
		{"FEE-002 renewal, old card brought", HomeFeeFacts{Former: former(card.Active, "", Unknown), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.RenewedAtExpiry, rules.PayNothing},
		{"FEE-002 renewal after expiry, old card brought", HomeFeeFacts{Former: former(card.Expired, EndedExpiry, Unknown), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.RenewedAtExpiry, rules.PayNothing},
		{"FEE-002 renewal, not known yet", HomeFeeFacts{Former: former(card.Active, "", Unknown)}, [2]rules.Yen{0, 0}, rules.RenewedAtExpiry, rules.PayNothing},
		{"FEE-007 renewal, old card missing", HomeFeeFacts{Former: former(card.Active, "", Unknown), OldCard: No}, [2]rules.Yen{800, 200}, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-007 renewal after expiry, old card missing", HomeFeeFacts{Former: former(card.Expired, EndedExpiry, Unknown), OldCard: No}, [2]rules.Yen{800, 200}, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-003 FEE-021 lost", HomeFeeFacts{Former: lost, Event: rules.CardLost}, [2]rules.Yen{800, 200}, rules.Lost, rules.PayAtPickup},
		{"FEE-003 stolen", HomeFeeFacts{Former: lost, Event: rules.CardStolen}, [2]rules.Yen{800, 200}, rules.Lost, rules.PayAtPickup},
		{"FEE-003 abolished, nothing else said", HomeFeeFacts{Former: lost}, [2]rules.Yen{800, 200}, rules.Lost, rules.PayAtPickup},
		{"FEE-006 burnt", HomeFeeFacts{Former: former(card.Active, "", Unknown), Event: rules.CardBurnt}, [2]rules.Yen{800, 200}, rules.Damaged, rules.PayAtPickup},
		{"FEE-006 damaged", HomeFeeFacts{Former: former(card.Active, "", Yes), Event: rules.CardDamaged, OldCard: Yes}, [2]rules.Yen{800, 200}, rules.Damaged, rules.PayAtPickup},
		{"FEE-008 chip failure", HomeFeeFacts{Former: former(card.Active, "", No), Event: rules.CardDamaged, OldCard: Yes}, [2]rules.Yen{0, 0}, rules.DamagedWithoutFault, rules.PayNothing},
		{"FEE-008 chip failure, the card is gone", HomeFeeFacts{Former: former(card.Active, "", No), Event: rules.CardDamaged, OldCard: No}, [2]rules.Yen{800, 200}, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-004 lost, express", HomeFeeFacts{Former: lost, Event: rules.CardLost, Express: true}, [2]rules.Yen{1800, 200}, rules.Lost, rules.PayAtSubmission},
		{"FEE-004 lost, express, no certificates", HomeFeeFacts{Former: lost, Event: rules.CardLost, Express: true, NoCertificates: true}, [2]rules.Yen{1800, 0}, rules.Lost, rules.PayAtSubmission},
		{"FEE-004 damaged, express", HomeFeeFacts{Former: former(card.Active, "", Yes), Event: rules.CardDamaged, Express: true}, [2]rules.Yen{1800, 200}, rules.Damaged, rules.PayAtSubmission},
		{"FEE-008 chip failure, express", HomeFeeFacts{Former: former(card.Active, "", No), Event: rules.CardDamaged, OldCard: Yes, Express: true}, [2]rules.Yen{0, 0}, rules.DamagedWithoutFault, rules.PayNothing},
		{"FEE-003 lost, no certificates", HomeFeeFacts{Former: lost, NoCertificates: true}, [2]rules.Yen{800, 0}, rules.Lost, rules.PayAtPickup},
		{"FEE-009 lapsed, late move-in", HomeFeeFacts{Former: former(card.Lapsed, EndedLateMoveIn, Unknown)}, [2]rules.Yen{800, 200}, rules.LapsedByOwnFault, rules.PayAtPickup},
		{"FEE-009 lapsed, entries not updated", HomeFeeFacts{Former: former(card.Lapsed, EndedNotUpdated, Unknown)}, [2]rules.Yen{800, 200}, rules.LapsedByOwnFault, rules.PayAtPickup},
		{"FEE-006 lapsed, the record was struck off", HomeFeeFacts{Former: former(card.Lapsed, EndedRecordDeleted, Unknown)}, [2]rules.Yen{800, 200}, rules.LapsedByOwnFault, rules.PayAtPickup},
		{"FEE-008 lapsed without fault, old card brought", HomeFeeFacts{Former: former(card.Lapsed, EndedRecordDeleted, No), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.LapsedWithoutFault, rules.PayNothing},
		{"FEE-008 lapsed without fault, old card missing", HomeFeeFacts{Former: former(card.Lapsed, EndedRecordDeleted, No), OldCard: No}, [2]rules.Yen{800, 200}, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-008 an office's mistake", HomeFeeFacts{Former: former(card.Lapsed, EndedByOfficeError, Unknown), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.LapsedWithoutFault, rules.PayNothing},
		{"FEE-008 an office's mistake, told as the event", HomeFeeFacts{Former: former(card.Lapsed, "", Unknown), Event: rules.OfficeError, OldCard: Yes}, [2]rules.Yen{0, 0}, rules.LapsedWithoutFault, rules.PayNothing},
		{"FEE-008 another number", HomeFeeFacts{Former: former(card.Lapsed, EndedNumberChanged, Unknown), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.LapsedWithoutFault, rules.PayNothing},
		{"FEE-008 another number by the holder's fault", HomeFeeFacts{Former: former(card.Lapsed, EndedNumberChanged, Yes), OldCard: Yes}, [2]rules.Yen{800, 200}, rules.LapsedByOwnFault, rules.PayAtPickup},
		{"FEE-006 returned by wish", HomeFeeFacts{Former: former(card.Returned, EndedByWish, Unknown)}, [2]rules.Yen{800, 200}, rules.ReturnedByWish, rules.PayAtPickup},
		{"FEE-010 CON-008 not extended, expired", HomeFeeFacts{Former: former(card.Expired, EndedExpiry, Unknown), PeriodOfStay: true, OldCard: Yes}, [2]rules.Yen{800, 200}, rules.StayNotExtended, rules.PayAtPickup},
		{"FEE-010 lapsed with the period of stay", HomeFeeFacts{Former: former(card.Lapsed, EndedStay, Unknown), OldCard: Yes}, [2]rules.Yen{800, 200}, rules.StayNotExtended, rules.PayAtPickup},
		{"FEE-012 CARD-008 entry field full", HomeFeeFacts{Former: former(card.Active, "", Unknown), EntryFieldFull: true, OldCard: Yes}, [2]rules.Yen{0, 0}, rules.EntryFieldFull, rules.PayNothing},
		{"FEE-012 entry field full, old card missing", HomeFeeFacts{Former: former(card.Active, "", Unknown), EntryFieldFull: true, OldCard: No}, [2]rules.Yen{800, 200}, rules.OldCardMissing, rules.PayAtPickup},
		{"FEE-013 disaster, relief", HomeFeeFacts{Former: former(card.Active, "", Unknown), Event: rules.Disaster, Relief: true}, [2]rules.Yen{0, 0}, rules.ReliefAfterDisaster, rules.PayNothing},
		{"FEE-013 disaster, no relief", HomeFeeFacts{Former: former(card.Active, "", Unknown), Event: rules.Disaster}, [2]rules.Yen{800, 200}, rules.Lost, rules.PayAtPickup},
		{"FEE-020 CON-007 returned because the law asked for it", HomeFeeFacts{Former: former(card.Returned, EndedDepartureForce, Unknown), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.ReturnForced, rules.PayNothing},
		{"CON-007 left 2024-05-26", HomeFeeFacts{Former: former(card.Returned, EndedByDeparture, Unknown), PlannedLeave: day(2024, 5, 26), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.ReturnForced, rules.PayNothing},
		{"CON-007 left 2024-05-27", HomeFeeFacts{Former: former(card.Returned, EndedByDeparture, Unknown), PlannedLeave: day(2024, 5, 27), OldCard: Yes}, [2]rules.Yen{0, 0}, rules.ReturnForced, rules.PayNothing},
		{"CON-007 left 2024-05-28", HomeFeeFacts{Former: former(card.Returned, EndedByDeparture, Unknown), PlannedLeave: day(2024, 5, 28), OldCard: Yes}, [2]rules.Yen{800, 200}, rules.ReturnedByWish, rules.PayAtPickup},
		{"CON-007 left 2024-05-27, the void card is gone", HomeFeeFacts{Former: former(card.Returned, EndedByDeparture, Unknown), PlannedLeave: day(2024, 5, 27), OldCard: No}, [2]rules.Yen{800, 200}, rules.OldCardMissing, rules.PayAtPickup},
		{"ELIG-024 back in Japan, lapsed on departure", HomeFeeFacts{Former: former(card.Lapsed, EndedByDeparture, Unknown), Event: rules.ReturnToJapan, OldCard: Yes, Express: true}, [2]rules.Yen{0, 0}, rules.MovedFromAbroad, rules.PayNothing},
		{"ELIG-024 back in Japan, the card was lost", HomeFeeFacts{Former: lost, Event: rules.ReturnToJapan, Express: true}, [2]rules.Yen{1800, 200}, rules.Lost, rules.PayAtSubmission},
	} {
		t.Run(c.rule, func(t *testing.T) {
			c.facts.Applied = on
			fee, err := HomeFee(c.facts)
			if err != nil {
				t.Fatal(err)
			}
			if got := [2]rules.Yen{fee.Amounts.Card, fee.Amounts.Certificate}; got != c.yen || fee.Ground != c.ground || fee.Payment != c.payment {
				t.Errorf("%v %s %s, want %v %s %s", got, fee.Ground, fee.Payment, c.yen, c.ground, c.payment)
			}
			if len(fee.Basis.IDs()) == 0 {
				t.Error("no rule is named")
			}
		})
	}
	if _, err := HomeFee(HomeFeeFacts{Applied: day(2024, 12, 1), Former: lost, Express: true}); !errors.Is(err, law.ErrNoLaw) {
		t.Errorf("express on the day before it began: %v", err)
	}
}
