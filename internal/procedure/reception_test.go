package procedure

import (
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

func TestPostable(t *testing.T) {
	for _, c := range []struct {
		rule  string
		facts Posting
		code  string
	}{
		{"PICK-001 collected at the counter", Posting{Delivery: application.AtCounter, Former: true}, ""},
		{"APP-022 without the PIN form", Posting{Delivery: application.PersonalMail}, "posted_card_needs_pins"},
		{"APP-022 with it", Posting{Delivery: application.PersonalMail, PINForm: true}, ""},
		{"PIN-026 a card without PINs needs none", Posting{Delivery: application.PersonalMail, FaceAuth: true}, ""},
		{"PICK-046 renewal without the present card", Posting{Delivery: application.PersonalMail, PINForm: true, Former: true}, "posted_card_needs_old_card"},
		{"PICK-046 renewal with it", Posting{Delivery: application.PersonalMail, PINForm: true, Former: true, FormerBack: true}, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Postable(c.facts)
			want(t, err, c.code)
		})
	}
}

func TestAccepted(t *testing.T) {
	for _, c := range []struct {
		rule  string
		facts Reception
		code  string
	}{
		{"APP-016 all agrees", Reception{Resident: true, SameName: true}, ""},
		{"APP-004 moved away", Reception{SameName: true}, "application_data_differ"},
		{"APP-004 another name", Reception{Resident: true}, "application_data_differ"},
		{"FEE-021 express, unpaid", Reception{Resident: true, SameName: true, Fee: 2000}, "fee_unpaid"},
		{"FEE-021 express, paid", Reception{Resident: true, SameName: true, Fee: 2000, Paid: true}, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Accepted(c.facts)
			want(t, err, c.code)
		})
	}
}

func TestStorageEnds(t *testing.T) {
	on := civil.Day(2026, 4, 1)
	for _, c := range []struct {
		rule string
		by   application.Delivery
		last civil.Date
	}{
		{"PICK-044", application.PersonalMail, civil.Day(2026, 4, 11)},
		{"PICK-049", application.RegisteredMail, civil.Day(2026, 4, 8)},
	} {
		until, err := StorageEnds(on, c.by)
		if err != nil || until.Day != c.last {
			t.Errorf("%s: %s %v, want %s", c.rule, until.Day, err, c.last)
		}
	}
	if _, err := StorageEnds(civil.Day(2015, 1, 1), application.PersonalMail); err == nil {
		t.Error("before the first card")
	}
}

func TestDelivered(t *testing.T) {
	keep := civil.Day(2026, 4, 11)
	for _, c := range []struct {
		rule         string
		on           civil.Date
		keep         civil.Date
		named, shown rules.Paper
		code         string
	}{
		{"PICK-044 on the last day", keep, keep, "", "", ""},
		{"PICK-044 the day after", keep.AddDays(1), keep, "", "", "storage_over"},
		{"PICK-043 before any notice", keep.AddDays(1), civil.Date{}, "", "", ""},
		{"PICK-041 the document that was named", keep, keep, rules.Passport, rules.Passport, ""},
		{"PICK-041 another one", keep, keep, rules.Passport, rules.DrivingLicence, "another_document_named"},
	} {
		t.Run(c.rule, func(t *testing.T) { want(t, Delivered(c.on, c.keep, c.named, c.shown), c.code) })
	}
}

func TestSentBack(t *testing.T) {
	keep := civil.Day(2026, 4, 11)
	for _, c := range []struct {
		rule          string
		on            civil.Date
		keep          civil.Date
		undeliverable bool
		code          string
	}{
		{"PICK-044 the day after", keep.AddDays(1), keep, false, ""},
		{"PICK-044 on the last day", keep, keep, false, "storage_not_over"},
		{"PICK-044 no notice yet", keep, civil.Date{}, false, "no_arrival_notice"},
		{"PICK-001 nobody lives there", keep, civil.Date{}, true, ""},
	} {
		t.Run(c.rule, func(t *testing.T) { want(t, SentBack(c.on, c.keep, c.undeliverable), c.code) })
	}
}

func TestOutreachDay(t *testing.T) {
	on := civil.Day(2026, 4, 1)
	proposed := []civil.Date{civil.Day(2026, 3, 31), civil.Day(2026, 4, 3)}
	for _, c := range []struct {
		rule string
		day  civil.Date
		code string
	}{
		{"APP-020 a day that was proposed", civil.Day(2026, 4, 3), ""},
		{"APP-020 another one", civil.Day(2026, 4, 2), "day_not_proposed"},
		{"APP-020 one that has passed", civil.Day(2026, 3, 31), "day_not_proposed"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := OutreachDay(on, c.day, proposed)
			want(t, err, c.code)
		})
	}
}

// A foreign resident's card never outlives a period of stay that bounds it (EXP-008, EXP-009).
func TestStayBoundCard(t *testing.T) {
	on := civil.Day(2026, 4, 1)
	stay := civil.Day(2027, 10, 5)
	for _, c := range []struct {
		rule   string
		person Person
		last   civil.Date
	}{
		{"EXP-008 Japanese", Person{Nationality: Japanese}, civil.Date{}},
		{"EXP-008 permanent resident", Person{Nationality: Foreign, ResidenceStatus: PermanentResident}, civil.Date{}},
		{"EXP-009 mid- to long-term resident", Person{Nationality: Foreign, ResidenceStatus: MidLongTerm, StayUntil: stay}, stay},
	} {
		day, _, err := StayBound(on, c.person)
		if err != nil || day != c.last {
			t.Errorf("%s: %s %v, want %s", c.rule, day, err, c.last)
		}
		until, err := CardUntil(CardFacts{Birth: civil.Day(1990, 2, 14), Applied: on, Issued: on, Stay: day})
		if err != nil || until.Day.After(stay) != day.IsZero() {
			t.Errorf("%s: the card is good until %s, %v", c.rule, until.Day, err)
		}
	}
}

// Settled answers an office as Decide answers the guide: allowed with its rules, the refusal, or the fact that is missing.
func TestSettled(t *testing.T) {
	s := Situation{On: civil.Day(2026, 4, 1), Procedure: rules.ApplyAtHome, Person: Person{Residence: Abroad}, Card: Card{Kind: NoCard}}
	if _, _, err := Settled(&s); err == nil {
		t.Error("APP-013: somebody abroad applies at home")
	} else {
		want(t, err, "lives_abroad")
	}
	s.Person.Residence = ""
	if _, _, err := Settled(&s); err == nil {
		t.Error("nobody said where the person lives")
	} else if missing, ok := err.(*MissingFact); !ok || missing.Need.Fact != "person.residence" {
		t.Errorf("got %v, want the missing fact person.residence", err)
	}
	if _, _, err := Settled(&Situation{On: civil.Day(2015, 1, 1)}); err == nil {
		t.Error("before the first card")
	}
}
