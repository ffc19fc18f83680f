package civil_test

import (
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/jp"

	"mynumber/internal/civil"
)

// Days on which the library knows another law than the one in force, with the reason.
var libraryErrs = map[string]string{
	"2019-12-23": "the library keeps the birthday of the emperor who abdicated on 2019-04-30; the Act names none in 2019",
	"2020-08-10": "the Olympics Act moved 山の日 to 10 August; the library moves only 海の日 and スポーツの日",
	"2020-08-11": "no holiday in 2020 for the same reason",
	"2021-08-08": "the Olympics Act moved 山の日 to 8 August",
	"2021-08-09": "substitute day of 8 August 2021, a Sunday",
	"2021-08-11": "no holiday in 2021",
}

// Every day of 2015 to 2035 against an independent calendar.
func TestHolidaysAgainstLibrary(t *testing.T) {
	calendar := cal.NewBusinessCalendar()
	calendar.AddHoliday(jp.Holidays...)
	met := 0
	for d := civil.Day(2015, 1, 1); d.Year() <= 2035; d = d.AddDays(1) {
		name, ours := civil.Holiday(d)
		actual, observed, _ := calendar.IsHoliday(d.Start())
		theirs := actual || observed
		if reason, known := libraryErrs[d.String()]; known {
			met++
			if ours == theirs {
				t.Errorf("%s: the library agrees now; drop the exception %q", d, reason)
			}
			continue
		}
		if ours != theirs {
			t.Errorf("%s: ours %q %v, library %v", d, name.Ja, ours, theirs)
		}
	}
	if met != len(libraryErrs) {
		t.Errorf("%d of %d exceptions met", met, len(libraryErrs))
	}
}

func TestHolidayNames(t *testing.T) {
	for day, want := range map[string]string{
		"2015-08-11": "", "2016-08-11": "山の日",
		"2015-09-22": "国民の休日", "2026-09-22": "国民の休日", "2032-09-21": "国民の休日",
		"2015-05-06": "振替休日", "2024-02-12": "振替休日", "2025-02-24": "振替休日", "2026-05-06": "振替休日",
		"2018-12-23": "天皇誕生日", "2018-12-24": "振替休日", "2019-02-23": "", "2019-12-23": "", "2020-02-23": "天皇誕生日", "2020-02-24": "振替休日",
		"2019-04-30": "国民の休日", "2019-05-01": "天皇の即位の日", "2019-05-02": "国民の休日", "2019-05-06": "振替休日", "2019-10-22": "即位礼正殿の儀の行われる日",
		"2019-10-14": "体育の日", "2020-07-23": "海の日", "2020-07-24": "スポーツの日", "2020-08-10": "山の日", "2020-10-12": "",
		"2021-07-22": "海の日", "2021-07-23": "スポーツの日", "2021-08-08": "山の日", "2021-08-09": "振替休日", "2021-10-11": "", "2022-10-10": "スポーツの日",
		"2026-03-20": "春分の日", "2027-03-21": "春分の日", "2026-09-23": "秋分の日", "2028-09-22": "秋分の日",
		"2006-01-01": "", "2100-01-01": "",
	} {
		d, err := civil.Parse(day)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := civil.Holiday(d); got.Ja != want || ok != (want != "") || ok == (got.En == "") {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestOfficeDay(t *testing.T) {
	for day, want := range map[string]struct {
		open bool
		next string
	}{
		"2025-12-26": {true, "2025-12-26"},  // 仕事納め, a Friday
		"2025-12-29": {false, "2026-01-05"}, // Monday of the turn of the year
		"2026-01-02": {false, "2026-01-05"},
		"2026-01-05": {true, "2026-01-05"},
		"2026-05-01": {true, "2026-05-01"},
		"2026-05-02": {false, "2026-05-07"}, // Saturday, holidays on 3 to 5, substitute on 6
		"2026-05-07": {true, "2026-05-07"},
		"2026-09-19": {false, "2026-09-24"}, // weekend and three holidays
		"2026-11-22": {false, "2026-11-24"},
	} {
		d, err := civil.Parse(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := civil.OfficeDay(d); got != want.open {
			t.Errorf("%s open: %v", day, got)
		}
		if got := civil.NextOfficeDay(d).String(); got != want.next {
			t.Errorf("next from %s: %s, want %s", day, got, want.next)
		}
	}
	for day, want := range map[civil.Date]bool{
		civil.Day(2025, time.December, 28): false, civil.Day(2025, time.December, 29): true,
		civil.Day(2026, time.January, 3): true, civil.Day(2026, time.January, 4): false,
	} {
		if civil.TurnOfYear(day) != want {
			t.Errorf("%s at the turn of the year: want %v", day, want)
		}
	}
}
