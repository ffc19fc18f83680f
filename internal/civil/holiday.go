package civil

import "time"

// HolidayName is the name of a holiday as the law has it, and in English. It converts to law.Text.
type HolidayName struct {
	Ja string
	En string
}

// The years whose holidays are known here. Before 2007 the Act had other rules on substitute days. The
// equinoxes are astronomy: the almanac (暦要項) fixes them each February for the next year, and the
// formula below has agreed with it since 1980. A later amendment is a new row.
const (
	HolidaysFrom = 2007
	HolidaysTo   = 2099
)

// holiday is one row of the Act on National Holidays (国民の祝日に関する法律, 昭和23年法律第178号) as amended:
// the first and last year in which it stands (0: still) and its day in a year.
type holiday struct {
	from, to int
	name     HolidayName
	on       func(year int) Date
}

var holidays = []holiday{
	{2007, 0, HolidayName{"元日", "New Year's Day"}, fixed(time.January, 1)},
	{2007, 0, HolidayName{"成人の日", "Coming of Age Day"}, monday(time.January, 2)},
	{2007, 0, HolidayName{"建国記念の日", "National Foundation Day"}, fixed(time.February, 11)},
	{2007, 2018, HolidayName{"天皇誕生日", "The Emperor's Birthday"}, fixed(time.December, 23)},
	// 天皇の退位等に関する皇室典範特例法 (平成29年法律第63号) 附則第10条: 2019 had none.
	{2020, 0, HolidayName{"天皇誕生日", "The Emperor's Birthday"}, fixed(time.February, 23)},
	{2007, 0, HolidayName{"春分の日", "Vernal Equinox Day"}, vernalEquinox},
	{2007, 0, HolidayName{"昭和の日", "Showa Day"}, fixed(time.April, 29)},
	// 天皇の即位の日及び即位礼正殿の儀の行われる日を休日とする法律 (平成30年法律第99号): both count as national holidays.
	{2019, 2019, HolidayName{"天皇の即位の日", "Day of the Enthronement"}, fixed(time.May, 1)},
	{2007, 0, HolidayName{"憲法記念日", "Constitution Memorial Day"}, fixed(time.May, 3)},
	{2007, 0, HolidayName{"みどりの日", "Greenery Day"}, fixed(time.May, 4)},
	{2007, 0, HolidayName{"こどもの日", "Children's Day"}, fixed(time.May, 5)},
	// 平成三十二年東京オリンピック競技大会・東京パラリンピック競技大会特別措置法 (平成27年法律第33号) 第32条, as amended in 2018
	// for 2020 and in 2020 for 2021: 海の日, 山の日 and スポーツの日 moved to the opening and closing days.
	{2007, 2019, HolidayName{"海の日", "Marine Day"}, monday(time.July, 3)},
	{2020, 2020, HolidayName{"海の日", "Marine Day"}, fixed(time.July, 23)},
	{2021, 2021, HolidayName{"海の日", "Marine Day"}, fixed(time.July, 22)},
	{2022, 0, HolidayName{"海の日", "Marine Day"}, monday(time.July, 3)},
	// 平成26年法律第43号: 山の日 from 2016.
	{2016, 2019, HolidayName{"山の日", "Mountain Day"}, fixed(time.August, 11)},
	{2020, 2020, HolidayName{"山の日", "Mountain Day"}, fixed(time.August, 10)},
	{2021, 2021, HolidayName{"山の日", "Mountain Day"}, fixed(time.August, 8)},
	{2022, 0, HolidayName{"山の日", "Mountain Day"}, fixed(time.August, 11)},
	{2007, 0, HolidayName{"敬老の日", "Respect for the Aged Day"}, monday(time.September, 3)},
	{2007, 0, HolidayName{"秋分の日", "Autumnal Equinox Day"}, autumnalEquinox},
	// 平成30年法律第57号: 体育の日 is called スポーツの日 from 2020.
	{2007, 2019, HolidayName{"体育の日", "Health and Sports Day"}, monday(time.October, 2)},
	{2020, 2020, HolidayName{"スポーツの日", "Sports Day"}, fixed(time.July, 24)},
	{2021, 2021, HolidayName{"スポーツの日", "Sports Day"}, fixed(time.July, 23)},
	{2022, 0, HolidayName{"スポーツの日", "Sports Day"}, monday(time.October, 2)},
	{2019, 2019, HolidayName{"即位礼正殿の儀の行われる日", "Day of the Enthronement Ceremony"}, fixed(time.October, 22)},
	{2007, 0, HolidayName{"文化の日", "Culture Day"}, fixed(time.November, 3)},
	{2007, 0, HolidayName{"勤労感謝の日", "Labor Thanksgiving Day"}, fixed(time.November, 23)},
}

var (
	substituteHoliday = HolidayName{"振替休日", "Substitute holiday"}
	betweenHolidays   = HolidayName{"国民の休日", "Holiday between two national holidays"}
)

// Holiday is the name of the holiday on which a day falls, for days of HolidaysFrom to HolidaysTo; for
// other years nothing is known and it reports false. Besides the named days these are the day after a national
// holiday on a Sunday (振替休日, 第3条第2項: the first day after it that is not one itself) and a day
// between two national holidays (国民の休日, 第3条第3項).
func Holiday(d Date) (HolidayName, bool) {
	if d.Year() < HolidaysFrom || d.Year() > HolidaysTo {
		return HolidayName{}, false
	}
	if name, ok := nationalHoliday(d); ok {
		return name, true
	}
	for before := d.AddDays(-1); ; before = before.AddDays(-1) {
		if _, ok := nationalHoliday(before); !ok {
			break
		}
		if before.Weekday() == time.Sunday {
			return substituteHoliday, true
		}
	}
	_, before := nationalHoliday(d.AddDays(-1))
	_, after := nationalHoliday(d.AddDays(1))
	if before && after {
		return betweenHolidays, true
	}
	return HolidayName{}, false
}

// nationalHoliday is a day that the Act, or an act for one year, names itself (国民の祝日, 第2条).
func nationalHoliday(d Date) (HolidayName, bool) {
	for _, h := range holidays {
		if d.Year() >= h.from && (h.to == 0 || d.Year() <= h.to) && h.on(d.Year()) == d {
			return h.name, true
		}
	}
	return HolidayName{}, false
}

// OfficeDay reports that municipal offices are open by the general rule of 地方自治法第4条の2第2項: no
// Saturday or Sunday, no holiday, and no day of TurnOfYear. Extra openings (休日窓口) are each office's own policy.
func OfficeDay(d Date) bool {
	if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || TurnOfYear(d) {
		return false
	}
	_, closed := Holiday(d)
	return !closed
}

// TurnOfYear reports 29 December to 3 January, the days that nearly every municipality's ordinance names under
// 地方自治法第4条の2第2項第3号.
func TurnOfYear(d Date) bool {
	return d.Month() == time.December && d.Day() >= 29 || d.Month() == time.January && d.Day() <= 3
}

// NextOfficeDay is the day itself when offices are open on it, or the first one after it: where 地方自治法
// 第4条の2第4項 moves a deadline.
func NextOfficeDay(d Date) Date {
	for !OfficeDay(d) {
		d = d.AddDays(1)
	}
	return d
}

func fixed(m time.Month, d int) func(int) Date {
	return func(year int) Date { return Day(year, m, d) }
}

// monday is the n-th Monday of a month.
func monday(m time.Month, n int) func(int) Date {
	return func(year int) Date {
		first := Day(year, m, 1)
		return first.AddDays((8-int(first.Weekday()))%7 + 7*(n-1))
	}
}

// The equinoxes by the mean motion of the sun since 1980; good for 1980 to 2099.

func vernalEquinox(year int) Date   { return Day(year, time.March, equinox(year, 20.8431)) }
func autumnalEquinox(year int) Date { return Day(year, time.September, equinox(year, 23.2488)) }

func equinox(year int, in1980 float64) int {
	since := year - 1980
	return int(in1980+0.242194*float64(since)) - since/4
}
