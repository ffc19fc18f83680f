package procedure

import (
	"errors"
	"slices"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// lapsesOf are the days of all endings by their cause.
func lapsesOf(t *testing.T, f LapseFacts) map[rules.LapseCause]civil.Date {
	t.Helper()
	all, err := Lapses(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[rules.LapseCause]civil.Date{}
	for _, l := range all {
		out[l.Cause] = l.On
		if l.Text.Ja == "" || l.Text.En == "" || l.Text.Easy == "" || len(l.Basis.IDs()) == 0 || l.LastDay != l.On.AddDays(-1) {
			t.Errorf("%s lacks words, rules or its last day", l.Cause)
		}
	}
	return out
}

func TestLapses(t *testing.T) {
	lived, planned := day(2026, 4, 1), day(2026, 3, 20)
	in := LapseFacts{Event: rules.MoveIn, Day: lived, PlannedMoveOut: planned}
	filed := func(d civil.Date) LapseFacts { f := in; f.Filed = d; return f }
	rewritten := func(d civil.Date) LapseFacts { f := filed(day(2026, 4, 1)); f.Rewritten = d; return f }
	movedOn := func(f LapseFacts, d civil.Date) LapseFacts { f.MovedOn = d; return f }
	one := func(kind rules.EventKind, on civil.Date) LapseFacts { return LapseFacts{Event: kind, Day: on} }
	leave := func(done civil.Date, foreign bool) LapseFacts {
		return LapseFacts{Event: rules.Departure, Day: day(2026, 6, 10), ContinuingUse: done, Foreign: foreign}
	}
	type m = map[rules.LapseCause]civil.Date
	for _, c := range []struct {
		rule  string
		facts LapseFacts
		want  m
	}{
		{"CHG-020 CHG-021 CON-015 not notified: both limits run", in, m{rules.NotifiedAfter14Days: day(2026, 4, 16), rules.NotifiedAfter30Days: day(2026, 4, 20)}},
		{"CHG-021 notified on day 13", filed(day(2026, 4, 14)), m{rules.NotRewritten: day(2026, 7, 14), rules.EntriesChanged: day(2026, 4, 14)}},
		{"CHG-021 notified on day 14", filed(day(2026, 4, 15)), m{rules.NotRewritten: day(2026, 7, 15), rules.EntriesChanged: day(2026, 4, 15)}},
		{"CHG-021 notified on day 15", filed(day(2026, 4, 16)), m{rules.NotifiedAfter14Days: day(2026, 4, 16), rules.NotRewritten: day(2026, 7, 16), rules.EntriesChanged: day(2026, 4, 16)}},
		{"CHG-020 day 30 after the planned move-out, moved in late", LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 10), PlannedMoveOut: planned, Filed: day(2026, 4, 19)}, m{rules.NotRewritten: day(2026, 7, 19), rules.EntriesChanged: day(2026, 4, 19)}},
		{"CHG-020 day 31", LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 10), PlannedMoveOut: planned, Filed: day(2026, 4, 20)}, m{rules.NotifiedAfter30Days: day(2026, 4, 20), rules.NotRewritten: day(2026, 7, 20), rules.EntriesChanged: day(2026, 4, 20)}},
		{"CHG-020 day 29", LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 10), PlannedMoveOut: planned, Filed: day(2026, 4, 18)}, m{rules.NotRewritten: day(2026, 7, 18), rules.EntriesChanged: day(2026, 4, 18)}},
		{"CHG-022 entries updated on day 89", rewritten(day(2026, 6, 29)), m{rules.EntriesChanged: day(2026, 4, 1)}},
		{"CHG-022 entries updated on day 90", rewritten(day(2026, 6, 30)), m{rules.EntriesChanged: day(2026, 4, 1)}},
		{"CHG-022 entries updated on day 91", rewritten(day(2026, 7, 1)), m{rules.EntriesChanged: day(2026, 4, 1), rules.NotRewritten: day(2026, 7, 1)}},
		{"CHG-023 moved on without the update", movedOn(filed(day(2026, 4, 1)), day(2026, 5, 7)), m{rules.EntriesChanged: day(2026, 4, 1), rules.MovedOnUnwritten: day(2026, 5, 7), rules.NotRewritten: day(2026, 7, 1)}},
		{"CHG-023 moved on the day after the update", movedOn(rewritten(day(2026, 5, 6)), day(2026, 5, 7)), m{rules.EntriesChanged: day(2026, 4, 1)}},
		{"CHG-021 CHG-022 CHG-036 CON-016 back from abroad: 14 days, no 30", LapseFacts{Event: rules.ReturnToJapan, Day: lived}, m{rules.NotifiedAfter14Days: day(2026, 4, 16)}},
		{"CHG-022 CHG-036 back from abroad, notified", LapseFacts{Event: rules.ReturnToJapan, Day: lived, Filed: lived}, m{rules.EntriesChanged: lived, rules.NotRewritten: day(2026, 7, 1)}},
		{"CHG-024 CON-006 nothing done", leave(civil.Date{}, false), m{rules.LeftJapan: day(2026, 6, 10)}},
		{"CHG-024 continuing use on the day before", leave(day(2026, 6, 9), false), m{rules.DepartureEntered: day(2026, 6, 10)}},
		{"CHG-024 continuing use on the day itself", leave(day(2026, 6, 10), false), m{rules.LeftJapan: day(2026, 6, 10)}},
		{"CHG-024 foreign nationals cannot", leave(day(2026, 6, 9), true), m{rules.LeftJapan: day(2026, 6, 10)}},
		{"CHG-024 continuing use with a new signature certificate", LapseFacts{Event: rules.Departure, Day: day(2026, 6, 10), ContinuingUse: day(2026, 6, 1), Reissued: day(2026, 6, 1)}, m{}},
		{"CHG-024 DATE-016 before the overseas card nothing helps", LapseFacts{Event: rules.Departure, Day: day(2024, 5, 26), ContinuingUse: day(2024, 5, 20)}, m{rules.LeftJapan: day(2024, 5, 26)}},
		{"CHG-024 DATE-016 the scheme's first day cannot be prepared for", LapseFacts{Event: rules.Departure, Day: day(2024, 5, 27), ContinuingUse: day(2024, 5, 26)}, m{rules.LeftJapan: day(2024, 5, 27)}},
		{"CHG-024 ABR-003 the first departure that can", LapseFacts{Event: rules.Departure, Day: day(2024, 5, 28), ContinuingUse: day(2024, 5, 27)}, m{rules.DepartureEntered: day(2024, 5, 28)}},
		{"CHG-010 CHG-016 ST-022 moved within", LapseFacts{Event: rules.MoveWithin, Day: lived, Filed: day(2026, 4, 3)}, m{rules.EntriesChanged: day(2026, 4, 3)}},
		{"CHG-010 moved within, not notified", LapseFacts{Event: rules.MoveWithin, Day: lived}, m{}},
		{"CHG-010 name", LapseFacts{Event: rules.NameChange, Filed: day(2026, 4, 3)}, m{rules.EntriesChanged: day(2026, 4, 3)}},
		{"CHG-010 sex or birth date", LapseFacts{Event: rules.BirthOrSexChange, Filed: day(2026, 4, 3)}, m{rules.EntriesChanged: day(2026, 4, 3)}},
		{"CHG-011 former surname", LapseFacts{Event: rules.FormerSurname, Filed: day(2026, 4, 3)}, m{rules.EntriesChanged: day(2026, 4, 3)}},
		{"CHG-010 moved out, by the move", one(rules.MoveOut, planned), m{rules.EntriesChanged: planned}},
		{"CHG-025 death", one(rules.HolderDied, lived), m{rules.Died: lived}},
		{"CHG-025 struck off", one(rules.RecordDeleted, lived), m{rules.RecordStruckOff: lived}},
		{"CHG-026 NUM-016 resident record code", one(rules.CodeChanged, lived), m{rules.OtherCode: lived}},
		{"CHG-027 NUM-011 number", one(rules.NumberChanged, lived), m{rules.OtherNumber: lived}},
		{"CHG-025 nationality of a holder abroad", LapseFacts{Event: rules.NationalityLost, Filed: lived}, m{rules.NationalityGone: lived}},
		{"CHG-028 EXP-054 CON-033 end of stay", one(rules.StayEnded, lived), m{rules.StayOver: lived.AddDays(1)}},
		{"CHG-028 EXP-050 extended on the last day", LapseFacts{Event: rules.StayEnded, Day: lived, Extended: lived}, m{}},
		{"CHG-028 extended too late", LapseFacts{Event: rules.StayEnded, Day: lived, Extended: lived.AddDays(1)}, m{rules.StayOver: lived.AddDays(1)}},
		{"CHG-032 ST-008 last day on the eve of an era", one(rules.CardExpiry, day(2019, 4, 30)), m{rules.LastDayPassed: day(2019, 5, 1)}},
		{"CHG-032 last day on 28 February", one(rules.CardExpiry, day(2028, 2, 28)), m{rules.LastDayPassed: day(2028, 2, 29)}},
		{"CHG-029 ST-012 returned", one(rules.CardReturned, lived), m{rules.ReturnedBack: lived}},
		{"CHG-030 CON-021 abolished", one(rules.CardAbolished, lived), m{rules.AbolishedOnReport: lived}},
		{"CHG-031 ST-014 replaced", one(rules.CardReplaced, lived), m{rules.NewerCard: lived}},
		{"CHG-033 tampered with", one(rules.ChipTampered, lived), m{rules.ChipDestroyed: lived}},
		{"CERT-020 found again", one(rules.CardFound, lived), m{rules.HeldNotReleased: lived}},
		{"ST-050 the honseki moves: nothing ends", one(rules.HonsekiChange, lived), m{}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := lapsesOf(t, c.facts)
			if len(got) != len(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			for cause, on := range c.want {
				if got[cause] != on {
					t.Errorf("%s on %s, want %s", cause, got[cause], on)
				}
			}
		})
	}
}

// CHG-032 CHG-035 SPC-009 CERT-012: with the card end all certificates, with the signature certificate those of the phone.
func TestLapsesEndWhatFollows(t *testing.T) {
	on := day(2026, 4, 1)
	for _, c := range []struct {
		rule   string
		facts  LapseFacts
		ends   []rules.Subject
		reason certificate.Reason
	}{
		{"CHG-035 the card", LapseFacts{Event: rules.NumberChanged, Day: on},
			[]rules.Subject{rules.TheCard, rules.TheSignature, rules.TheUserAuthentication, rules.ThePhoneSignature, rules.ThePhoneAuthentication}, certificate.CessationOfOperation},
		{"CHG-016 SPC-009 CERT-020 the signature certificate", LapseFacts{Event: rules.NameChange, Filed: on},
			[]rules.Subject{rules.TheSignature, rules.ThePhoneSignature, rules.ThePhoneAuthentication}, certificate.AffiliationChanged},
		{"LOSS-023 both, held", LapseFacts{Event: rules.CardFound, Day: on},
			[]rules.Subject{rules.TheSignature, rules.TheUserAuthentication, rules.ThePhoneSignature, rules.ThePhoneAuthentication}, certificate.CertificateHold},
	} {
		t.Run(c.rule, func(t *testing.T) {
			all, err := Lapses(c.facts)
			if err != nil || len(all) != 1 || !slices.Equal(all[0].Ends, c.ends) || all[0].Reason != c.reason {
				t.Errorf("%+v, %v", all, err)
			}
		})
	}
}

// CHG-020 to CHG-024: the earliest ending of the card, and what would still prevent it.
func TestCardLapse(t *testing.T) {
	for _, c := range []struct {
		rule    string
		facts   LapseFacts
		last    civil.Date
		prevent Prevention
		end     EndCause
	}{
		{"CHG-021 14 days come first", LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 1), PlannedMoveOut: day(2026, 4, 1)}, day(2026, 4, 15), Prevention{Act: rules.Filing}, EndedLateMoveIn},
		{"CHG-020 30 days come first", LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 20), PlannedMoveOut: day(2026, 4, 1)}, day(2026, 5, 1), Prevention{Act: rules.Filing}, EndedLateMoveIn},
		{"CHG-022", LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 1), Filed: day(2026, 4, 2)}, day(2026, 7, 1), Prevention{rules.Rewriting, rules.ChangeAtHome}, EndedNotUpdated},
		{"CHG-024", LapseFacts{Event: rules.Departure, Day: day(2026, 4, 1)}, day(2026, 3, 31), Prevention{Act: rules.ContinuingUse}, EndedByDeparture},
		{"CHG-024 foreign", LapseFacts{Event: rules.Departure, Day: day(2026, 4, 1), Foreign: true}, day(2026, 3, 31), Prevention{}, EndedByDeparture},
		{"CHG-025", LapseFacts{Event: rules.HolderDied, Day: day(2026, 4, 1)}, day(2026, 3, 31), Prevention{}, EndedRecordDeleted},
		{"EXP-050", LapseFacts{Event: rules.StayEnded, Day: day(2026, 4, 1)}, day(2026, 4, 1), Prevention{rules.Extending, rules.ExtendStay}, EndedStay},
	} {
		t.Run(c.rule, func(t *testing.T) {
			l, ok, err := CardLapse(c.facts)
			if err != nil || !ok || l.LastDay != c.last || l.Prevent != c.prevent || l.EndCause() != c.end {
				t.Errorf("%+v %v %v", l, ok, err)
			}
			if _, err := Next(card.Life, card.Active, card.Lapse); err != nil {
				t.Error(err)
			}
		})
	}
	if _, ok, err := CardLapse(LapseFacts{Event: rules.NameChange, Filed: day(2026, 4, 1)}); ok || err != nil {
		t.Error("a change of name ends the card", err)
	}
	if _, _, err := CardLapse(LapseFacts{Event: rules.HolderDied, Day: day(2015, 12, 31)}); !errors.Is(err, law.ErrNoLaw) {
		t.Error("a day before the card is under no law, but", err)
	}
}

// The day on which offices are closed does not move the lapse, unless the switch is on (CHG-021, supplement 5.6).
func TestClosedDayShift(t *testing.T) {
	f := LapseFacts{Event: rules.MoveIn, Day: day(2026, 4, 19)} // day 14 is 3 May, and the offices open on Thursday 7 May
	if got := lapsesOf(t, f)[rules.NotifiedAfter14Days]; got != day(2026, 5, 4) {
		t.Errorf("off: %s", got)
	}
	rules.ClosedDayShift[0].Rule = true
	defer func() { rules.ClosedDayShift[0].Rule = false }()
	for _, c := range []struct{ filed, want civil.Date }{{civil.Date{}, day(2026, 5, 8)}, {day(2026, 5, 7), civil.Date{}}, {day(2026, 5, 8), day(2026, 5, 8)}} {
		f.Filed = c.filed
		if got := lapsesOf(t, f)[rules.NotifiedAfter14Days]; got != c.want {
			t.Errorf("on, filed %s: %s, want %s", c.filed, got, c.want)
		}
	}
	if got := lapsesOf(t, LapseFacts{Event: rules.HolderDied, Day: day(2026, 5, 4)})[rules.Died]; got != day(2026, 5, 4) {
		t.Errorf("no filing, no shift: %s", got)
	}
}

// CHG-001 FEE-006: a move within the municipality or a change of name has no days of its own, unless an office's switch is on
// (supplement 0.6).
func TestOfficeLapse(t *testing.T) {
	f := LapseFacts{Event: rules.MoveWithin, Day: day(2026, 4, 1), Filed: day(2026, 4, 1)}
	if on, ok := lapsesOf(t, f)[rules.EndedByOffice]; ok {
		t.Errorf("off: %s", on)
	}
	rules.OfficeLapse[0].Rule += 90
	defer func() { rules.OfficeLapse[0].Rule -= 90 }()
	for _, c := range []struct{ rewritten, want civil.Date }{{civil.Date{}, day(2026, 7, 1)}, {day(2026, 6, 30), civil.Date{}}, {day(2026, 7, 1), day(2026, 7, 1)}} {
		f.Rewritten = c.rewritten
		if got := lapsesOf(t, f)[rules.EndedByOffice]; got != c.want {
			t.Errorf("on, rewritten %s: %s, want %s", c.rewritten, got, c.want)
		}
	}
}

// Every event has its endings, if only an empty list (ST-050), and every cause its name in a situation where it ends a card.
func TestEveryEventIsInTheTable(t *testing.T) {
	for _, row := range rules.LapseEndings {
		for kind := range rules.EventNames {
			list, ok := row.Rule[kind]
			if !ok {
				t.Errorf("%s: nothing is said about %s", row.From, kind)
			}
			for _, e := range list {
				if slices.Contains(e.Ends, rules.TheCard) && endCauses[e.Cause] == "" && e.Cause != rules.ChipDestroyed {
					t.Errorf("%s has no name in a situation", e.Cause)
				}
			}
		}
	}
}
