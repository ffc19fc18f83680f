package register_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/register"
)

// say is what card business asks of a record, in a line.
func say(p register.Person) string {
	line := p.Name.Family + p.Name.Given
	if p.Name.FormerFamily != "" {
		line += "(" + p.Name.FormerFamily + ")"
	}
	line += " " + p.Birth.String() + " " + p.Sex.String() + " " + p.Nationality
	for _, r := range p.Residences {
		line += fmt.Sprintf(" [%s %s–%s %s]", r.Municipality, r.From, r.To, r.Reason)
	}
	if f := p.FamilyRegister; f != nil {
		line += " honseki " + string(f.Honseki)
		if f.Departure != nil {
			line += fmt.Sprintf(" left %s notified %s", f.Departure.Planned, f.Departure.Notified)
		}
	}
	if p.Stay != nil {
		line += fmt.Sprintf(" stay %s %s %s", p.Stay.Status, p.Stay.Until, p.Stay.Pending)
	}
	if !p.Ended.IsZero() {
		line += " ended " + p.Ended.String()
	}
	return line
}

const (
	head  = "髙塚花子(佐倉) 1980-02-17 female JP"
	first = " [022039 1980-02-17–2015-04-01 born]"
)

func foreigner(t *testing.T) register.Person {
	p := resident(t)
	p.Nationality, p.FamilyRegister, p.Stay = "BR", nil, &register.Stay{Status: "mid_long_term_resident", Until: day(2027, 3, 31)}
	return p
}

// Each notification with its effect on the record (ST-050).
func TestNotify(t *testing.T) {
	number, err := person.NumberFrom("40817263540")
	if err != nil {
		t.Fatal(err)
	}
	filed := day(2026, 5, 10)
	movedOut := func(t *testing.T) register.Person {
		p, _, err := resident(t).Notify(register.Notification{Kind: register.MoveOut, Filed: day(2026, 4, 20), Day: day(2026, 5, 1)})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		rule string
		p    func(*testing.T) register.Person
		n    register.Notification
		want string // the record after it, or the field of the fault
	}{
		{"CHG-001 move within", resident, register.Notification{Kind: register.MoveWithin, Day: day(2026, 5, 1), Address: "横浜市港北区菊名1番"},
			head + first + " [141097 2015-04-01–2026-05-01 moved_in] [141097 2026-05-01– moved_within] honseki 022039"},
		{"CHG-001 move within, to another municipality", resident, register.Notification{Kind: register.MoveWithin, Day: day(2026, 5, 1), Municipality: "131075", Address: "x"}, "municipality"},
		{"CHG-001 move within, no address", resident, register.Notification{Kind: register.MoveWithin, Day: day(2026, 5, 1)}, "address"},
		{"CHG-001 move within by somebody abroad", emigrant, register.Notification{Kind: register.MoveWithin, Day: day(2026, 5, 1), Address: "x"}, "kind"},
		{"CHG-020 move out", resident, register.Notification{Kind: register.MoveOut, Day: day(2026, 6, 1)},
			head + first + " [141097 2015-04-01–2026-06-01 moved_in] honseki 022039"},
		{"CHG-020 move out twice", movedOut, register.Notification{Kind: register.MoveOut, Day: day(2026, 6, 1)}, "kind"},
		{"CHG-020 move out before moving in", resident, register.Notification{Kind: register.MoveOut, Day: day(2015, 4, 1)}, "day"},
		{"CHG-020 move in, earlier than planned", movedOut, register.Notification{Kind: register.MoveIn, Day: day(2026, 4, 28), Municipality: "131075", Address: "東京都墨田区一丁目"},
			head + first + " [141097 2015-04-01–2026-04-28 moved_in] [131075 2026-04-28– moved_in] honseki 022039"},
		{"CHG-020 move in without a move out", resident, register.Notification{Kind: register.MoveIn, Day: day(2026, 5, 1), Municipality: "131075", Address: "x"}, "kind"},
		{"CHG-020 move in where one lives", movedOut, register.Notification{Kind: register.MoveIn, Day: day(2026, 5, 1), Municipality: "141097", Address: "x"}, "municipality"},
		{"ABR-002 CHG-024 departure", resident, register.Notification{Kind: register.DepartureAbroad, Day: day(2026, 6, 1)},
			head + first + " [141097 2015-04-01–2026-06-01 moved_in] honseki 022039 left 2026-06-01 notified 2026-05-10"},
		{"ABR-060 return", emigrant, register.Notification{Kind: register.ReturnToJapan, Day: day(2026, 5, 1), Municipality: "151033", Address: "新潟市中央区"},
			head + first + " [141097 2015-04-01–2022-03-31 moved_in] [151033 2026-05-01– from_abroad] honseki 022039 left 2022-03-31 notified 2022-03-14"},
		{"ABR-060 return of somebody who is here", resident, register.Notification{Kind: register.ReturnToJapan, Day: day(2026, 5, 1), Municipality: "151033", Address: "x"}, "kind"},
		{"CHG-010 name", resident, register.Notification{Kind: register.NameChange, Day: day(2026, 5, 2), Name: person.Name{Family: "山本", Given: "花子"}, Honseki: "131075"},
			"山本花子(佐倉) 1980-02-17 female JP" + first + " [141097 2015-04-01– moved_in] honseki 131075"},
		{"CHG-010 the same name", resident, register.Notification{Kind: register.NameChange, Day: day(2026, 5, 2), Name: person.Name{Family: "髙塚", Given: "花子", FamilyKana: "タカツカ", GivenKana: "ハナコ"}}, "name"},
		{"CHG-007 CHG-011 former surname off", resident, register.Notification{Kind: register.FormerSurname, Day: day(2026, 5, 2)},
			"髙塚花子 1980-02-17 female JP" + first + " [141097 2015-04-01– moved_in] honseki 022039"},
		{"CHG-011 former surname as it is", resident, register.Notification{Kind: register.FormerSurname, Day: day(2026, 5, 2), Name: person.Name{FormerFamily: "佐倉"}}, "former_family_name"},
		{"CHG-010 sex", resident, register.Notification{Kind: register.BirthOrSexChange, Day: day(2026, 5, 2), Sex: person.Male},
			"髙塚花子(佐倉) 1980-02-17 male JP" + first + " [141097 2015-04-01– moved_in] honseki 022039"},
		{"CHG-010 nothing corrected", resident, register.Notification{Kind: register.BirthOrSexChange, Day: day(2026, 5, 2), Sex: person.Female}, "birth"},
		{"ABR-031 honseki", emigrant, register.Notification{Kind: register.HonsekiChange, Day: day(2026, 5, 2), Honseki: "131075"},
			head + first + " [141097 2015-04-01–2022-03-31 moved_in] honseki 131075 left 2022-03-31 notified 2022-03-14"},
		{"ABR-031 the same honseki", emigrant, register.Notification{Kind: register.HonsekiChange, Day: day(2026, 5, 2), Honseki: "022039"}, "honseki"},
		{"ELIG-011 no honseki for foreigners", foreigner, register.Notification{Kind: register.HonsekiChange, Day: day(2026, 5, 2), Honseki: "022039"}, "honseki"},
		{"CHG-025 death", resident, register.Notification{Kind: register.Died, Day: day(2026, 5, 9)},
			head + first + " [141097 2015-04-01–2026-05-09 moved_in] honseki 022039 ended 2026-05-09"},
		{"CHG-025 struck off", resident, register.Notification{Kind: register.RecordDeleted, Day: day(2026, 5, 9)},
			head + first + " [141097 2015-04-01–2026-05-09 moved_in] honseki 022039 ended 2026-05-09"},
		{"CHG-025 nothing to strike off", emigrant, register.Notification{Kind: register.RecordDeleted, Day: day(2026, 5, 9)}, "kind"},
		{"NUM-013 entered again", emigrant, register.Notification{Kind: register.Registered, Day: day(2026, 5, 9), Municipality: "131075", Address: "東京都墨田区"},
			head + first + " [141097 2015-04-01–2022-03-31 moved_in] [131075 2026-05-09– ex_officio] honseki 022039 left 2022-03-31 notified 2022-03-14"},
		{"CHG-027 number", resident, register.Notification{Kind: register.NumberChange, Day: day(2026, 5, 9), Number: number, FormerKey: "f1"},
			head + first + " [141097 2015-04-01– moved_in] honseki 022039"},
		{"CHG-027 no new number", resident, register.Notification{Kind: register.NumberChange, Day: day(2026, 5, 9)}, "number"},
		{"CHG-026 no new code", resident, register.Notification{Kind: register.CodeChange, Day: day(2026, 5, 9)}, "code"},
		{"ELIG-011 nationality lost", emigrant, register.Notification{Kind: register.NationalityLost, Day: day(2026, 5, 2), Nationality: "US"},
			"髙塚花子(佐倉) 1980-02-17 female US" + first + " [141097 2015-04-01–2022-03-31 moved_in]"},
		{"EXP-050 longer stay", foreigner, register.Notification{Kind: register.StayExtended, Day: day(2026, 5, 2), Stay: register.Stay{Status: "mid_long_term_resident", Until: day(2030, 3, 31)}},
			"髙塚花子(佐倉) 1980-02-17 female BR" + first + " [141097 2015-04-01– moved_in] stay mid_long_term_resident 2030-03-31 "},
		{"EXP-050 shorter stay", foreigner, register.Notification{Kind: register.StayExtended, Day: day(2026, 5, 2), Stay: register.Stay{Status: "mid_long_term_resident", Until: day(2026, 12, 31)}}, "stay_until"},
		{"EXP-060 pending", foreigner, register.Notification{Kind: register.StayPending, Day: day(2026, 5, 2)},
			"髙塚花子(佐倉) 1980-02-17 female BR" + first + " [141097 2015-04-01– moved_in] stay mid_long_term_resident 2027-03-31 2026-05-02"},
		{"EXP-060 too late", foreigner, register.Notification{Kind: register.StayPending, Day: day(2027, 4, 1)}, "day"},
		{"CHG-028 stay ended", foreigner, register.Notification{Kind: register.StayEnded, Day: day(2026, 5, 2)},
			"髙塚花子(佐倉) 1980-02-17 female BR" + first + " [141097 2015-04-01– moved_in] stay mid_long_term_resident 2026-05-02 "},
		{"EXP-050 no stay for Japanese", resident, register.Notification{Kind: register.StayEnded, Day: day(2026, 5, 2)}, "kind"},
		{"no day", resident, register.Notification{Kind: register.Died}, "day"},
		{"before birth", resident, register.Notification{Kind: register.Died, Day: day(1979, 1, 1)}, "day"},
		{"no kind", resident, register.Notification{Kind: "x", Day: day(2026, 5, 2)}, "kind"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			before := c.p(t)
			c.n.Filed, c.n.ID = filed, "e1"
			after, event, err := before.Notify(c.n)
			var f *register.Fault
			switch {
			case errors.As(err, &f):
				if f.Field != c.want || f.Text.Ja == "" || f.Text.En == "" {
					t.Errorf("fault %v, want one of %s", err, c.want)
				}
			case err != nil:
				t.Fatal(err)
			case say(after) != c.want:
				t.Errorf("got\n%s\nwant\n%s", say(after), c.want)
			case event.Kind != c.n.Kind || event.Filed != filed || len(after.Events) != len(before.Events)+1:
				t.Errorf("event %+v of %d", event, len(after.Events))
			}
			if !reflect.DeepEqual(before, c.p(t)) {
				t.Error("the record that was given changed")
			}
		})
	}
}

// CHG-023: a move out notes on the move before whose entries were never brought up to that it was followed by another.
// CHG-020: a move in bears the day that the move out had planned.
func TestMoveAfterMove(t *testing.T) {
	p := resident(t)
	for i, n := range []register.Notification{
		{Kind: register.MoveOut, Filed: day(2026, 4, 20), Day: day(2026, 5, 1)},
		{Kind: register.MoveIn, Filed: day(2026, 5, 6), Day: day(2026, 5, 2), Municipality: "131075", Address: "東京都墨田区"},
		{Kind: register.MoveOut, Filed: day(2026, 6, 1), Day: day(2026, 6, 10)},
	} {
		n.ID = fmt.Sprint(i)
		var err error
		if p, _, err = p.Notify(n); err != nil {
			t.Fatal(err)
		}
	}
	if in := p.Latest(register.MoveIn); in.PlannedMoveOut != day(2026, 5, 1) || in.MovedOn != day(2026, 6, 1) {
		t.Errorf("CHG-020 CHG-023: %+v", in)
	}
	back, e, err := p.Withdraw("2", day(2026, 6, 5))
	if err != nil || e.Withdrawn != day(2026, 6, 5) || !back.Residences[2].To.IsZero() || !back.Latest(register.MoveIn).MovedOn.IsZero() {
		t.Errorf("a move out that was taken back: %v, %+v", err, back)
	}
	if _, _, err := back.Withdraw("2", day(2026, 6, 6)); err == nil {
		t.Error("taken back twice")
	}
	if _, _, err := p.Withdraw("1", day(2026, 6, 6)); err == nil {
		t.Error("a move in is taken back")
	}
}

// What stood before a change is kept.
func TestHistoryIsKept(t *testing.T) {
	p, _, err := resident(t).Notify(register.Notification{ID: "e", Kind: register.NameChange, Day: day(2026, 5, 2), Filed: day(2026, 5, 3), Name: person.Name{Family: "山本", Given: "花子"}, Honseki: "131075"})
	if err != nil {
		t.Fatal(err)
	}
	want := []register.FormerEntry{{Name: resident(t).Name, Until: day(2026, 5, 2), Event: "e"}, {Honseki: "022039", Until: day(2026, 5, 2), Event: "e"}}
	if !slices.Equal(p.Former, want) {
		t.Errorf("former entries %+v", p.Former)
	}
	id := p.Identity(p.Events[0])
	if id.Honseki != "131075" || id.Event != register.NameChange || id.Address == "" || id.Day != civil.Day(2026, 5, 2) {
		t.Errorf("NUM-015: %+v", id)
	}
}

// A change of the surname alone leaves the given name as it is (CHG-001).
func TestSurnameAlone(t *testing.T) {
	before := resident(t)
	p, _, err := before.Notify(register.Notification{ID: "e", Kind: register.NameChange, Day: day(2026, 5, 2), Filed: day(2026, 5, 3), Name: person.Name{Family: "山本", FamilyKana: "ヤマモト"}})
	if err != nil || p.Name.Given != before.Name.Given || p.Name.GivenKana != before.Name.GivenKana || p.Name.Family != "山本" {
		t.Errorf("the given name was lost: %v", err)
	}
}

// A foreign national who moves in from abroad has a period of stay, on which the card's last day rests (EXP-008).
func TestForeignerComesBack(t *testing.T) {
	p := resident(t)
	p.Nationality, p.FamilyRegister, p.Stay = "TW", nil, nil
	p.Residences[len(p.Residences)-1].To = day(2026, 1, 1)
	n := register.Notification{ID: "e", Kind: register.ReturnToJapan, Day: day(2026, 5, 2), Filed: day(2026, 5, 3), Municipality: "131075", Address: "東京都墨田区押上一丁目1番"}
	var fault *register.Fault
	if _, _, err := p.Notify(n); !errors.As(err, &fault) || fault.Field != "stay_status" {
		t.Errorf("without a residence status: %v", err)
	}
	n.Stay = register.Stay{Status: "mid_long_term_resident", Until: day(2028, 2, 28)}
	if after, _, err := p.Notify(n); err != nil || after.Stay == nil || *after.Stay != n.Stay {
		t.Errorf("%+v, %v", after.Stay, err)
	}
}
