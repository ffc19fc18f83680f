package civil

import (
	"errors"
	"testing"
	"time"
)

// The last and first days of the eras with what a paper, a certificate and the card's face write for them.
func TestEraBorders(t *testing.T) {
	for _, c := range []struct {
		day      Date
		era      Era
		year     int
		japanese string
		short    string
		digits   string
	}{
		{Day(1868, 1, 24), UnknownEra, 0, "1868年1月24日", "1868-01-24", ""},
		{Day(1868, 1, 25), Meiji, 1, "1868年1月25日", "1868-01-25", ""},
		{Day(1872, 12, 31), Meiji, 5, "1872年12月31日", "1872-12-31", ""},
		{Day(1873, 1, 1), Meiji, 6, "明治6年1月1日", "M6.1.1", "060101"},
		{Day(1912, 7, 29), Meiji, 45, "明治45年7月29日", "M45.7.29", "450729"},
		{Day(1912, 7, 30), Taisho, 1, "大正元年7月30日", "T1.7.30", "010730"},
		{Day(1926, 12, 24), Taisho, 15, "大正15年12月24日", "T15.12.24", "151224"},
		{Day(1926, 12, 25), Showa, 1, "昭和元年12月25日", "S1.12.25", "011225"},
		{Day(1980, 2, 17), Showa, 55, "昭和55年2月17日", "S55.2.17", "550217"},
		{Day(1989, 1, 7), Showa, 64, "昭和64年1月7日", "S64.1.7", "640107"},
		{Day(1989, 1, 8), Heisei, 1, "平成元年1月8日", "H1.1.8", "010108"},
		{Day(2019, 4, 30), Heisei, 31, "平成31年4月30日", "H31.4.30", "310430"},
		{Day(2019, 5, 1), Reiwa, 1, "令和元年5月1日", "R1.5.1", "010501"},
		{Day(2024, 2, 29), Reiwa, 6, "令和6年2月29日", "R6.2.29", "060229"},
		{Day(2025, 10, 28), Reiwa, 7, "令和7年10月28日", "R7.10.28", "071028"},
	} {
		t.Run(c.day.String(), func(t *testing.T) {
			if era, year := EraOf(c.day); era != c.era || year != c.year {
				t.Errorf("era %d year %d, want %d %d", era, year, c.era, c.year)
			}
			if got := c.day.Japanese(); got != c.japanese {
				t.Errorf("long form %s, want %s", got, c.japanese)
			}
			if got := c.day.JapaneseShort(); got != c.short {
				t.Errorf("short form %s, want %s", got, c.short)
			}
			if got := c.day.EraDigits(); got != c.digits {
				t.Errorf("digits %s, want %s", got, c.digits)
			}
			for _, text := range []string{c.japanese, c.short} {
				if back, err := ParseAny(text); err != nil || back != c.day {
					t.Errorf("%s is read as %s, %v", text, back, err)
				}
			}
		})
	}
	if s := (Date{}).Japanese() + (Date{}).JapaneseShort() + (Date{}).EraDigits(); s != "" {
		t.Errorf("no day is written %q", s)
	}
}

func TestParseAny(t *testing.T) {
	april := Day(2026, time.April, 1)
	for s, want := range map[string]Date{
		"R8.4.1": april, "r8.4.1": april, "Ｒ８．４．１": april, "R.8.4.1": april, "R8/4/1": april, "R8-04-01": april,
		"令和8年4月1日": april, "令和８年４月１日": april, "令和八年四月一日": april, "令和 8年 4月 1日": april, "㋿8.4.1": april,
		"2026-04-01": april, "2026/4/1": april, "2026.4.1": april, "2026年4月1日": april, "西暦2026年4月1日": april, "二〇二六年四月一日": april,
		"平成三十一年四月三十日": Day(2019, 4, 30), "平成参拾壱年四月参拾日": Day(2019, 4, 30), "令和元年五月一日": Day(2019, 5, 1), "令和1年5月1日": Day(2019, 5, 1),
		"昭和六十四年一月七日": Day(1989, 1, 7), "昭和五五年二月十七日": Day(1980, 2, 17), "大正十年十月十日": Day(1921, 10, 10),
	} {
		if got, err := ParseAny(s); err != nil || got != want {
			t.Errorf("%s: %s %v, want %s", s, got, err, want)
		}
	}
	t.Run("the day exists, but in another era", func(t *testing.T) {
		for _, s := range []string{
			"昭和64年1月8日", "S64.1.8", "平成元年1月7日", "平成31年5月1日", "令和元年4月30日", "大正元年7月29日",
			"明治45年7月30日", "昭和元年12月24日", "平成50年1月1日", "明治5年12月31日", "令和0年1月1日",
		} {
			if d, err := ParseAny(s); !errors.Is(err, ErrEra) || !errors.Is(err, ErrDate) {
				t.Errorf("%s: %s, %v", s, d, err)
			}
		}
	})
	t.Run("no day at all", func(t *testing.T) {
		for _, s := range []string{
			"", "令和", "令和8年", "令和8年4月", "令和8年4月1", "令和8年2月29日", "R8.4", "R8.4.1.2", "R8.4/1", "8.4.1", "8年4月1日", "元年4月1日", "2026元年4月1日",
			"Q8.4.1", "令和十十年四月一日", "令和二三十年四月一日", "令和二十三四年四月一日", "令和8年13月1日", "令和8年4月31日", "令和-8年4月1日",
			"令和〇十年四月一日", "20260401", "2026-04-01T00:00:00", "2026年4月1日頃", "12345-1-1",
		} {
			if d, err := ParseAny(s); !errors.Is(err, ErrDate) {
				t.Errorf("%q: %s, %v", s, d, err)
			}
		}
	})
}

// Whatever is read as a day is written again as a form that is read as the same day.
func FuzzParseAny(f *testing.F) {
	for _, s := range []string{"R8.4.1", "令和八年四月一日", "昭和64年1月8日", "2026-02-29", "㍻31.4.30", "Ｈ３１", "十年十月十日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseAny(s)
		if err != nil {
			if !errors.Is(err, ErrDate) || !d.IsZero() {
				t.Fatalf("%q: %s, %v", s, d, err)
			}
			return
		}
		for _, form := range []string{d.String(), d.Japanese(), d.JapaneseShort()} {
			if back, err := ParseAny(form); d.Year() >= 1000 && (err != nil || back != d) {
				t.Fatalf("%q is %s, written %s, read %s %v", s, d, form, back, err)
			}
		}
	})
}
