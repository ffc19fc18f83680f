package rules

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Day is a day of the calendar in a rule.
type Day = civil.Date

// CardLife is how long a card is good.
type CardLife struct {
	Adult          int // years; the age is taken on the day of issue
	AdultBirthdays int // the card of an adult ends on this birthday after the day of issue
	MinorBirthdays int // and everybody else's on this one
	RenewalExtra   int // birthdays more, for a card that renews a valid one inside the window
}

// CardValidity goes by the day on which the application was accepted (EXP-002); the age itself is
// taken on the day of issue, which is the day the issuer makes the card (supplement 0.8).
var CardValidity = law.Table[CardLife]{
	{From: cards, To: day(2022, 4, 1), Cite: cardOrder.At("第26条", "EXP-001", "EXP-002", "CON-014"),
		Rule: CardLife{Adult: 20, AdultBirthdays: 10, MinorBirthdays: 5, RenewalExtra: 1}},
	{From: day(2022, 4, 1), Checked: checked, Cite: cardOrder.At("第26条", "EXP-001", "EXP-002", "DATE-010", "CON-014"),
		Rule: CardLife{Adult: 18, AdultBirthdays: 10, MinorBirthdays: 5, RenewalExtra: 1}},
}

// CertificateLife is how long a certificate is good; never longer than its card (EXP-004).
type CertificateLife struct {
	Birthdays    int // ends on this birthday after the day of issue
	RenewalExtra int // birthdays more, for one that renews a valid one with less than WindowMonths left
}

// CertificateValidity: both certificates, adults and minors alike (EXP-003, EXP-005).
var CertificateValidity = law.Table[CertificateLife]{
	{From: cards, Checked: checked, Cite: jpkiRule.At("有効期間(東村山市・松山市の掲載による)", "EXP-003", "EXP-004", "EXP-005", "CON-026"),
		Rule: CertificateLife{Birthdays: 5, RenewalExtra: 1}},
}

// Birthday is how birthdays are counted for the last day of a card or certificate.
type Birthday struct {
	OnIssueDay bool // a birthday that is the day of issue counts
	LeapMonth  int  // 29 February is deemed to be this month …
	LeapDay    int  // … and day, in leap years too
}

// BirthdayCount: the birthday after the day of issue, the whole day included; 29 February as 28 February
// (EXP-007, supplement 1.3, 1.4, 1.10).
var BirthdayCount = law.Table[Birthday]{
	{From: cards, Checked: checked, Cite: cardOrder.At("第26条", "EXP-007"),
		Rule: Birthday{OnIssueDay: false, LeapMonth: 2, LeapDay: 28}},
}

// RenewalWindow is how early a card or certificate can be renewed.
type RenewalWindow struct {
	Months          int
	FirstDayAllowed bool // filing on the very day that many months before is accepted (overseas: 「1年前から」)
}

// DomesticRenewal opens when less than three months remain, OverseasRenewal from one year before
// (EXP-022, EXP-023, supplement 0.3).
var (
	DomesticRenewal = law.Table[RenewalWindow]{
		{From: cards, Checked: checked, Cite: niigata.At("カード本体・電子証明書", "EXP-022"), Rule: RenewalWindow{Months: 3}},
	}
	OverseasRenewal = law.Table[RenewalWindow]{
		{From: overseas, Checked: checked, Cite: konan.At("4. 5.", "EXP-023"), Rule: RenewalWindow{Months: 12, FirstDayAllowed: true}},
	}
)
