package procedure

import (
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// CardFacts decide the last day of a card.
type CardFacts struct {
	Birth    civil.Date
	Applied  civil.Date // the day the application was accepted: which adult age (EXP-002)
	Issued   civil.Date // the day the issuer makes the card, not the hand-over (EXP-007, supplement 0.8)
	Renewing bool       // renews a still valid card inside its window (supplement 1.6)
	Stay     civil.Date // last day of the period of stay that bounds it (StayBound); zero for none
}

// Until is a last good day and the rules that give it.
type Until struct {
	Day   civil.Date
	Basis Basis
}

// CardUntil is the last good day of the card: the 10th birthday after the day of issue, for
// somebody under age the 5th, and never past a period of stay that bounds it (EXP-001, EXP-002, EXP-007, EXP-009).
func CardUntil(f CardFacts) (Until, error) {
	life, err := rules.CardValidity.On(f.Applied)
	if err != nil {
		return Until{}, err
	}
	count, err := rules.BirthdayCount.On(f.Issued)
	if err != nil {
		return Until{}, err
	}
	n := life.Rule.MinorBirthdays
	if civil.Age(f.Birth, f.Issued) >= life.Rule.Adult {
		n = life.Rule.AdultBirthdays
	}
	if f.Renewing {
		n += life.Rule.RenewalExtra
	}
	return Until{earliest(nthBirthday(f.Birth, f.Issued, n, count.Rule), f.Stay), Basis{life.Cite, count.Cite}}, nil
}

// CertificateFacts decide the last day of a certificate.
type CertificateFacts struct {
	Birth         civil.Date
	Issued        civil.Date
	Renewing      bool       // renews a valid one with less than three months left
	Card          civil.Date // last day of the card
	Authenticator civil.Date // for a signature certificate: last day of the user authentication certificate, zero if there is none
}

// CertificateUntil is the last good day of a certificate: the 5th birthday after the day of issue (6th for
// a renewal inside the window), never past the card nor, for the signature certificate, past
// the user authentication certificate (EXP-003, EXP-004, EXP-005).
func CertificateUntil(f CertificateFacts) (Until, error) {
	life, err := rules.CertificateValidity.On(f.Issued)
	if err != nil {
		return Until{}, err
	}
	count, err := rules.BirthdayCount.On(f.Issued)
	if err != nil {
		return Until{}, err
	}
	n := life.Rule.Birthdays
	if f.Renewing {
		n += life.Rule.RenewalExtra
	}
	day := earliest(nthBirthday(f.Birth, f.Issued, n, count.Rule), f.Card, f.Authenticator)
	return Until{day, Basis{life.Cite, count.Cite}}, nil
}

// RenewalOpens is the first day on which a card or certificate good until the day can be renewed
// (EXP-022, EXP-023): less than so many months remain, or exactly so many where that day counts.
func RenewalOpens(until civil.Date, w rules.RenewalWindow) civil.Date {
	day := until.AddMonths(-w.Months)
	if w.FirstDayAllowed {
		return day
	}
	return day.AddDays(1)
}

// earliest ignores days that are not known.
func earliest(days ...civil.Date) civil.Date {
	var first civil.Date
	for _, d := range days {
		if first.IsZero() || !d.IsZero() && d.Before(first) {
			first = d
		}
	}
	return first
}

// nthBirthday is the n-th birthday after the day, counted by the rule.
func nthBirthday(birth, after civil.Date, n int, count rules.Birthday) civil.Date {
	in := func(year int) civil.Date {
		return civil.BirthdayDeemed(birth, year, time.Month(count.LeapMonth), count.LeapDay)
	}
	first := after.Year()
	if b := in(first); b.Before(after) || b == after && !count.OnIssueDay {
		first++
	}
	return in(first + n - 1)
}
