package civil

import "testing"

// The eve of a birthday, the birthday and the day after, under both readings of age.
func TestAge(t *testing.T) {
	for _, c := range []struct {
		why       string
		birth, on Date
		counter   int // by the birthday (supplement 1.11)
		law       int // 年齢計算ニ関スル法律
	}{
		{"二日前", Day(2008, 4, 1), Day(2026, 3, 30), 17, 17},
		{"前日", Day(2008, 4, 1), Day(2026, 3, 31), 17, 18},
		{"誕生日", Day(2008, 4, 1), Day(2026, 4, 1), 18, 18},
		{"翌日", Day(2008, 4, 1), Day(2026, 4, 2), 18, 18},
		{"1月1日生まれの前日は前の年", Day(2000, 1, 1), Day(2017, 12, 31), 17, 18},
		{"1月1日生まれ", Day(2000, 1, 1), Day(2018, 1, 1), 18, 18},
		{"生まれた日", Day(2026, 4, 1), Day(2026, 4, 1), 0, 0},
		{"生まれる前日", Day(2026, 4, 1), Day(2026, 3, 31), -1, -1},
		{"2月29日生まれ、平年の2月27日", Day(2008, 2, 29), Day(2026, 2, 27), 17, 17},
		{"2月29日生まれ、平年の2月28日", Day(2008, 2, 29), Day(2026, 2, 28), 18, 18},
		{"2月29日生まれ、平年の3月1日", Day(2008, 2, 29), Day(2026, 3, 1), 18, 18},
		{"2月29日生まれ、うるう年の2月27日", Day(2008, 2, 29), Day(2028, 2, 27), 19, 19},
		{"2月29日生まれ、うるう年の2月28日", Day(2008, 2, 29), Day(2028, 2, 28), 19, 20},
		{"2月29日生まれ、うるう年の2月29日", Day(2008, 2, 29), Day(2028, 2, 29), 20, 20},
		{"3月1日生まれ、平年の2月28日", Day(2007, 3, 1), Day(2026, 2, 28), 18, 19},
		{"3月1日生まれ、うるう年の2月29日", Day(2007, 3, 1), Day(2028, 2, 29), 20, 21},
	} {
		t.Run(c.why, func(t *testing.T) {
			if got := Age(c.birth, c.on); got != c.counter {
				t.Errorf("at the counter %d, want %d", got, c.counter)
			}
			if got := AgeInLaw(c.birth, c.on); got != c.law {
				t.Errorf("in law %d, want %d", got, c.law)
			}
		})
	}
}

func TestBirthday(t *testing.T) {
	leapling := Day(2008, 2, 29)
	for _, c := range []struct{ got, want Date }{
		{Birthday(leapling, 2026), Day(2026, 2, 28)},
		{Birthday(leapling, 2028), Day(2028, 2, 29)},
		{BirthdayDeemed(leapling, 2028, 2, 28), Day(2028, 2, 28)},
		{BirthdayDeemed(leapling, 2026, 3, 1), Day(2026, 3, 1)},
		{BirthdayDeemed(Day(2008, 3, 1), 2028, 2, 28), Day(2028, 3, 1)},
		{Attains(Day(2011, 4, 1), 15), Day(2026, 4, 1)},
		{AttainsInLaw(Day(2011, 4, 1), 15), Day(2026, 3, 31)},
		{AttainsInLaw(leapling, 18), Day(2026, 2, 28)},
		{AttainsInLaw(leapling, 20), Day(2028, 2, 28)},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

// Both readings count up by one a year, on the days that Attains and AttainsInLaw name.
func TestAgeStepsOnItsDay(t *testing.T) {
	for _, birth := range []Date{Day(2008, 2, 28), Day(2008, 2, 29), Day(2008, 3, 1), Day(2007, 12, 31), Day(2008, 1, 1)} {
		for n := 1; n <= 30; n++ {
			day := Attains(birth, n)
			if Age(birth, day) != n || Age(birth, day.AddDays(-1)) != n-1 {
				t.Errorf("born %s: %d not from %s", birth, n, day)
			}
			day = AttainsInLaw(birth, n)
			if AgeInLaw(birth, day) != n || AgeInLaw(birth, day.AddDays(-1)) != n-1 {
				t.Errorf("born %s: in law %d not from %s", birth, n, day)
			}
		}
	}
}
