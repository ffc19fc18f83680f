package procedure

import (
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

func TestCardUntil(t *testing.T) {
	for _, c := range []struct {
		rule                   string
		birth, applied, issued civil.Date
		renewing               bool
		until                  civil.Date
	}{
		{"EXP-001 10th birthday", day(1988, 5, 17), day(2025, 10, 28), day(2025, 11, 20), false, day(2035, 5, 17)},
		{"EXP-007 made on the eve of the birthday", day(1988, 5, 17), day(2025, 4, 1), day(2025, 5, 16), false, day(2034, 5, 17)},
		{"EXP-007 made on the birthday, which does not count", day(1988, 5, 17), day(2025, 4, 1), day(2025, 5, 17), false, day(2035, 5, 17)},
		{"EXP-007 made on the day after", day(1988, 5, 17), day(2025, 4, 1), day(2025, 5, 18), false, day(2035, 5, 17)},
		{"EXP-002 17 on the day of issue", day(2007, 11, 21), day(2025, 10, 28), day(2025, 11, 20), false, day(2030, 11, 21).AddYears(-1)},
		{"EXP-002 18 on the day of issue", day(2007, 11, 20), day(2025, 10, 28), day(2025, 11, 20), false, day(2035, 11, 20)},
		{"EXP-002 18 the day before", day(2007, 11, 19), day(2025, 10, 28), day(2025, 11, 20), false, day(2035, 11, 19)},
		{"EXP-002 DATE-010 19, applied 2022-03-31", day(2003, 1, 10), day(2022, 3, 31), day(2022, 4, 20), false, day(2027, 1, 10)},
		{"EXP-002 DATE-010 CON-014 19, applied 2022-04-01", day(2003, 1, 10), day(2022, 4, 1), day(2022, 4, 20), false, day(2032, 1, 10)},
		{"EXP-002 DATE-010 19, applied 2022-04-02", day(2003, 1, 10), day(2022, 4, 2), day(2022, 4, 20), false, day(2032, 1, 10)},
		{"EXP-007 29 February, common year", day(1988, 2, 29), day(2025, 1, 1), day(2025, 2, 27), false, day(2034, 2, 28)},
		{"EXP-007 29 February, made on 28 February", day(1988, 2, 29), day(2025, 1, 1), day(2025, 2, 28), false, day(2035, 2, 28)},
		{"EXP-007 29 February, leap target year", day(1988, 2, 29), day(2026, 1, 1), day(2026, 3, 1), false, day(2036, 2, 28)},
		{"supplement 1.6 renewed inside the window", day(1988, 5, 17), day(2035, 3, 1), day(2035, 4, 1), true, day(2045, 5, 17)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := CardUntil(CardFacts{Birth: c.birth, Applied: c.applied, Issued: c.issued, Renewing: c.renewing})
			if err != nil || got.Day != c.until {
				t.Errorf("got %s, %v; want %s", got.Day, err, c.until)
			}
		})
	}
}

func TestCertificateUntil(t *testing.T) {
	card := day(2035, 2, 17)
	for _, c := range []struct {
		rule          string
		issued        civil.Date
		renewing      bool
		authenticator civil.Date
		until         civil.Date
	}{
		{"EXP-003 5th birthday", day(2025, 10, 27), false, civil.Date{}, day(2030, 2, 17)},
		{"EXP-007 issued on the eve of the birthday", day(2026, 2, 16), false, civil.Date{}, day(2030, 2, 17)},
		{"EXP-007 issued on the birthday", day(2026, 2, 17), false, civil.Date{}, day(2031, 2, 17)},
		{"EXP-007 issued on the day after", day(2026, 2, 18), false, civil.Date{}, day(2031, 2, 17)},
		{"EXP-004 the card ends first", day(2033, 6, 1), false, civil.Date{}, card},
		{"EXP-005 CON-026 renewed inside the window: 6th birthday", day(2029, 12, 1), true, civil.Date{}, card},
		{"EXP-005 renewed long before the card ends: 6th birthday", day(2027, 12, 1), true, civil.Date{}, day(2033, 2, 17)},
		{"EXP-005 the same without renewal: 5th birthday", day(2029, 12, 1), false, civil.Date{}, day(2034, 2, 17)},
		{"EXP-004 never past the user authentication certificate", day(2025, 10, 27), false, day(2029, 2, 17), day(2029, 2, 17)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := CertificateUntil(CertificateFacts{Birth: day(1980, 2, 17), Issued: c.issued, Renewing: c.renewing, Card: card, Authenticator: c.authenticator})
			if err != nil || got.Day != c.until {
				t.Errorf("got %s, %v; want %s", got.Day, err, c.until)
			}
		})
	}
}

// TestPublicSampleCertificate: a certificate shown in public was issued on 2019-07-26 to somebody born on a 2 May and ends on 2024-05-02
// (EXP-003); the year of birth is not shown and does not matter.
func TestPublicSampleCertificate(t *testing.T) {
	for _, year := range []int{1950, 1985, 2003} {
		got, err := CertificateUntil(CertificateFacts{Birth: day(year, 5, 2), Issued: day(2019, 7, 26), Card: day(2028, 5, 2)})
		if err != nil || got.Day != day(2024, 5, 2) {
			t.Errorf("born %d: %s, %v", year, got.Day, err)
		}
	}
}

func TestRenewalOpens(t *testing.T) {
	on := day(2026, 1, 1)
	domestic, err := rules.DomesticRenewal.On(on)
	if err != nil {
		t.Fatal(err)
	}
	overseas, err := rules.OverseasRenewal.On(on)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rule          string
		until, opens  civil.Date
		rulesOverseas bool
	}{
		{"EXP-022 the published example", day(2023, 11, 20), day(2023, 8, 21), false},
		{"EXP-022 end of a month", day(2026, 5, 31), day(2026, 3, 1), false},
		{"EXP-023 one year before, that day included", day(2035, 5, 17), day(2034, 5, 17), true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			window := domestic.Rule
			if c.rulesOverseas {
				window = overseas.Rule
			}
			if got := RenewalOpens(c.until, window); got != c.opens {
				t.Errorf("got %s, want %s", got, c.opens)
			}
		})
	}
}
