package procedure

import (
	"errors"
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

func TestNotify(t *testing.T) {
	const sumida, hachinohe, niigata, taipei place.Code = "131075", "022039", "151033", "office-tw-taipei"
	on := day(2026, 5, 10)
	for _, c := range []struct {
		rule string
		f    NotifyFacts
		want string // code of the refusal
	}{
		{"ST-050 CHG-021 move in at the new municipality", NotifyFacts{Kind: rules.MoveIn, Office: niigata, New: niigata, Residence: sumida, Day: on}, ""},
		{"ST-050 CHG-021 move in at the old one", NotifyFacts{Kind: rules.MoveIn, Office: sumida, New: niigata, Residence: sumida, Day: on}, "notification_elsewhere"},
		{"ST-050 CHG-021 move in beforehand", NotifyFacts{Kind: rules.MoveIn, Office: niigata, New: niigata, Day: day(2026, 5, 11)}, "not_happened_yet"},
		{"ST-050 CHG-024 departure beforehand", NotifyFacts{Kind: rules.Departure, Office: sumida, Residence: sumida, Day: day(2026, 9, 30)}, ""},
		{"ST-050 CHG-024 departure at the honseki", NotifyFacts{Kind: rules.Departure, Office: hachinohe, Honseki: hachinohe, Residence: sumida, Day: on}, "notification_elsewhere"},
		{"ST-050 marriage where one is", NotifyFacts{Kind: rules.NameChange, Office: niigata, Honseki: hachinohe, Residence: sumida, Day: on}, ""},
		{"ST-050 marriage at a mission", NotifyFacts{Kind: rules.NameChange, Office: taipei, Honseki: hachinohe, Day: on}, ""},
		{"ST-050 marriage at the issuer", NotifyFacts{Kind: rules.NameChange, Office: place.Issuer, Honseki: hachinohe, Day: on}, "notification_elsewhere"},
		{"ST-050 a move at a mission", NotifyFacts{Kind: rules.MoveWithin, Office: taipei, Residence: sumida, Day: on}, "notification_elsewhere"},
		{"ELIG-011 loss of nationality at the honseki", NotifyFacts{Kind: rules.NationalityLost, Office: hachinohe, Honseki: hachinohe, Day: on}, ""},
		{"CHG-025 somebody who died", NotifyFacts{Kind: rules.NameChange, Office: sumida, Residence: sumida, Day: on, Ended: day(2026, 1, 1)}, "record_ended"},
		{"NUM-013 entered again", NotifyFacts{Kind: rules.FirstRegistration, Office: sumida, New: sumida, Day: on, Ended: day(2026, 1, 1)}, ""},
		{"NUM-003 another number by wish", NotifyFacts{Kind: rules.NumberChanged, Office: sumida, Residence: sumida, Day: on, Misuse: No}, "number_stays"},
		{"NUM-003 another number for fear of misuse", NotifyFacts{Kind: rules.NumberChanged, Office: sumida, Residence: sumida, Day: on, Misuse: Yes}, ""},
		{"NUM-003 another number by the office", NotifyFacts{Kind: rules.NumberChanged, Office: sumida, Residence: sumida, Day: on, ExOfficio: true}, ""},
		{"ST-050 a kind that is no notification", NotifyFacts{Kind: rules.CardLost, Office: sumida, Residence: sumida, Day: on}, "notification_elsewhere"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			basis, err := Notify(on, c.f)
			var refusal *law.Refusal
			switch {
			case errors.As(err, &refusal):
				if refusal.Code != c.want {
					t.Errorf("refused with %s, want %q", refusal.Code, c.want)
				}
			case err != nil:
				t.Fatal(err)
			case c.want != "" || len(basis.IDs()) == 0:
				t.Errorf("taken by %v, want %q", basis.IDs(), c.want)
			}
		})
	}
}

// NUM-015: who hears of a notification over the network.
func TestTells(t *testing.T) {
	on := day(2026, 5, 10)
	for _, c := range []struct {
		rule string
		f    NotifyFacts
		want []Told
	}{
		{"NUM-015 move out", NotifyFacts{Kind: rules.MoveOut, Office: "131075", Residence: "131075", New: "151033", Honseki: "022039"}, []Told{{"151033", "move_out_data"}}},
		{"NUM-015 move in", NotifyFacts{Kind: rules.MoveIn, Office: "151033", Residence: "131075", New: "151033", Honseki: "022039"}, []Told{{"131075", "move_in_notice"}, {"022039", "move_in_notice"}}},
		{"NUM-015 move within, honseki here", NotifyFacts{Kind: rules.MoveWithin, Office: "131075", Residence: "131075", Honseki: "131075"}, nil},
		{"NUM-015 marriage at a mission", NotifyFacts{Kind: rules.NameChange, Office: "office-tw-taipei", Residence: "131075", Honseki: "022039"}, []Told{{"131075", "family_register_notice"}, {"022039", "family_register_notice"}}},
		{"NUM-010 first registration", NotifyFacts{Kind: rules.FirstRegistration, Office: "131075", New: "131075"}, []Told{{place.Issuer, "number_notice"}}},
		{"EXP-050 stay", NotifyFacts{Kind: rules.StayExtended, Office: "131075", Residence: "131075"}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got, err := Tells(on, c.f); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("told %v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestEndsApplication(t *testing.T) {
	for _, c := range []struct {
		rule           string
		kind           rules.EventKind
		overseas, home bool
	}{
		{"ABR-031 ST-003", rules.HonsekiChange, true, false},
		{"ABR-035 ST-003", rules.ReturnToJapan, true, false},
		{"CHG-024", rules.Departure, false, true},
		{"CHG-025", rules.HolderDied, true, true},
		{"CHG-025", rules.RecordDeleted, true, true},
		{"ELIG-011", rules.NationalityLost, true, false},
		{"CHG-027", rules.NumberChanged, true, true},
		{"CHG-026", rules.CodeChanged, true, true},
		{"ABR-030", rules.NameChange, false, false},
		{"ABR-030", rules.MoveWithin, false, false},
	} {
		t.Run(c.rule+" "+string(c.kind), func(t *testing.T) {
			for _, overseas := range []bool{true, false} {
				want := c.home
				if overseas {
					want = c.overseas
				}
				if got, _, err := EndsApplication(civil.Day(2026, 5, 10), c.kind, overseas); err != nil || got != want {
					t.Errorf("overseas %v: ends %v, %v", overseas, got, err)
				}
			}
		})
	}
}

func TestTakeBack(t *testing.T) {
	planned := day(2026, 9, 30)
	for _, c := range []struct {
		rule string
		on   civil.Date
		at   place.Code
		want string
	}{
		{"ABR-003 the day before", day(2026, 9, 29), "131075", ""},
		{"ABR-003 on the day", planned, "131075", "already_moved"},
		{"ABR-003 elsewhere", day(2026, 9, 29), "022039", "notification_elsewhere"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			out, basis, err := TakeBack(c.on, NotifyFacts{Kind: rules.Departure, Day: planned, Office: c.at, Residence: "131075"})
			var refusal *law.Refusal
			switch {
			case errors.As(err, &refusal):
				if refusal.Code != c.want {
					t.Errorf("refused with %s", refusal.Code)
				}
			case c.want != "" || err != nil || !out.CardGoesOn || !out.SignatureEnds || out.LapseDays != 0 || len(basis.IDs()) == 0:
				t.Errorf("%+v, %v", out, err)
			}
		})
	}
}
