package civil

import "time"

// Two readings of age stand beside each other and differ by one day. In law an age is attained at the
// end of the day before the birthday (年齢計算ニ関スル法律 with 民法第143条第2項); at the counters, and on the
// card, it is attained on the birthday itself (supplement 1.11). Which of them a rule means the rule says.
//
// Somebody born on 29 February has in a common year no corresponding day: the period ends with the last
// day of the month (民法第143条第2項 ただし書). Birthday therefore takes 28 February there. A rule that deems
// 29 February to be another day in every year, leap years included, uses BirthdayDeemed.

// Birthday is the birthday in a year: the corresponding day, or 28 February in a common year for
// somebody born on 29 February.
func Birthday(birth Date, year int) Date {
	return birth.AddYears(year - birth.Year())
}

// BirthdayDeemed is Birthday for rules under which 29 February counts as the day m-d of every year.
func BirthdayDeemed(birth Date, year int, m time.Month, d int) Date {
	if birth.Month() == time.February && birth.Day() == 29 {
		return Day(year, m, d)
	}
	return Birthday(birth, year)
}

// Attains is the day from which somebody has the age at a counter: the birthday.
func Attains(birth Date, age int) Date { return Birthday(birth, birth.Year()+age) }

// AttainsInLaw is the day at whose end somebody attains the age in law: the eve of the birthday. For
// somebody born on 29 February it is 28 February in every year.
func AttainsInLaw(birth Date, age int) Date {
	if birth.Month() == time.February && birth.Day() == 29 {
		return Day(birth.Year()+age, time.February, 28)
	}
	return Attains(birth, age).AddDays(-1)
}

// Age is the age in full years on a day, by the calendar birthday as the counters take it. Both days have to be known;
// before birth it is negative.
func Age(birth, on Date) int {
	age := on.Year() - birth.Year()
	if on.Before(Birthday(birth, on.Year())) {
		age--
	}
	return age
}

// AgeInLaw is the age attained by the end of the day under the law on counting age: on the eve of the
// 18th birthday it is 18.
func AgeInLaw(birth, on Date) int {
	age := Age(birth, on)
	if !on.Before(birth) && !on.Before(AttainsInLaw(birth, age+1)) {
		age++
	}
	return age
}
