package civil

import (
	"fmt"
	"strings"
	"time"
)

// Era is one of the five eras (元号) in which somebody alive may have been born. Its number is the digit
// by which certificates name it: 1 明治, 2 大正, 3 昭和, 4 平成, 5 令和; 0 when the era is not known.
type Era uint8

const (
	UnknownEra Era = iota
	Meiji
	Taisho
	Showa
	Heisei
	Reiwa
)

// ErrEra says that a year or day lies outside the era it is written in, such as 昭和64年1月8日. It is an ErrDate.
var ErrEra = fmt.Errorf("%w: outside its era", ErrDate)

// eras, newest first. The day on which an era begins belongs to it whole. Meiji counts its years from
// 1868 but the solar calendar begins with 明治6年1月1日 (太政官布告第337号, 1872): an earlier day was written
// in the old calendar, and no day here stands for it.
var eras = []struct {
	era    Era
	from   Date
	first  int // Gregorian year of its year 1
	name   string
	letter byte
	sign   rune
}{
	{Reiwa, Day(2019, time.May, 1), 2019, "令和", 'R', '㋿'},
	{Heisei, Day(1989, time.January, 8), 1989, "平成", 'H', '㍻'},
	{Showa, Day(1926, time.December, 25), 1926, "昭和", 'S', '㍼'},
	{Taisho, Day(1912, time.July, 30), 1912, "大正", 'T', '㍽'},
	{Meiji, Day(1868, time.January, 25), 1868, "明治", 'M', '㍾'},
}

// solar is the first day of the solar calendar in Japan.
var solar = Day(1873, time.January, 1)

// String is the era's name in Japanese, empty for the unknown era.
func (e Era) String() string {
	for _, row := range eras {
		if row.era == e {
			return row.name
		}
	}
	return ""
}

// EraOf is the era of the day and the year in it, counted from 1. Before 明治 it is UnknownEra, 0.
func EraOf(d Date) (Era, int) {
	for _, row := range eras {
		if !d.Before(row.from) {
			return row.era, d.Year() - row.first + 1
		}
	}
	return UnknownEra, 0
}

// InEra is the day y-m-d of the era, y counted from 1. A day before the era began or after it
// ended is ErrEra; one that the calendar does not have is ErrDate.
func InEra(e Era, y int, m time.Month, d int) (Date, error) {
	for _, row := range eras {
		if row.era != e {
			continue
		}
		day, err := New(row.first+y-1, m, d)
		if err != nil {
			return Date{}, err
		}
		if got, _ := EraOf(day); y < 1 || got != e || day.Before(solar) {
			return Date{}, fmt.Errorf("%w: %s%d-%02d-%02d", ErrEra, row.name, y, int(m), d)
		}
		return day, nil
	}
	return Date{}, fmt.Errorf("%w: era %d", ErrEra, e)
}

// Japanese is the day as a document writes it: 令和7年10月28日, the first year of an era 元年. A day
// before the solar calendar is written with its Gregorian year. Empty for the zero Date.
func (d Date) Japanese() string {
	if d.IsZero() {
		return ""
	}
	era, year := EraOf(d)
	switch {
	case d.Before(solar):
		return fmt.Sprintf("%d年%d月%d日", d.y, d.m, d.d)
	case year == 1:
		return fmt.Sprintf("%s元年%d月%d日", era, d.m, d.d)
	default:
		return fmt.Sprintf("%s%d年%d月%d日", era, year, d.m, d.d)
	}
}

// JapaneseShort is the short form R7.10.28; the first year is 1. A day before the solar
// calendar has the ISO form. Empty for the zero Date.
func (d Date) JapaneseShort() string {
	if d.Before(solar) {
		return d.String()
	}
	era, year := EraOf(d)
	for _, row := range eras {
		if row.era == era {
			return fmt.Sprintf("%c%d.%d.%d", row.letter, year, d.m, d.d)
		}
	}
	return d.String()
}

// EraDigits is the day in six digits, year of the era, month and day: 1980-02-17 is 550217. The card's
// face is read with it as part of a reference number (照合番号B). Empty before the solar calendar.
func (d Date) EraDigits() string {
	if d.Before(solar) {
		return ""
	}
	_, year := EraOf(d)
	return fmt.Sprintf("%02d%02d%02d", year, d.m, d.d)
}

// ParseAny reads a day in any form in which a Japanese paper is filled in: 令和8年4月1日,
// 令和八年四月一日, 平成元年…, R8.4.1, ㋿8.4.1, 2026年4月1日, 2026/4/1 and the ISO form, in digits of either width.
// A year without an era has to have four digits. Errors are ErrDate; ErrEra when the day exists but not in that era.
func ParseAny(s string) (Date, error) {
	text := foldDigits(s)
	era, rest := cutEra(text)
	parts, ok := cutParts(rest)
	if !ok {
		return Date{}, fmt.Errorf("%w: want a form like 令和8年4月1日, R8.4.1 or 2026-04-01", ErrDate)
	}
	var n [3]int
	for i, part := range parts {
		if part == "元" && i == 0 && era != UnknownEra {
			n[i] = 1
			continue
		}
		if n[i], ok = Numeral(part); !ok {
			return Date{}, fmt.Errorf("%w: part %d is not a number", ErrDate, i+1)
		}
	}
	if era != UnknownEra {
		return InEra(era, n[0], time.Month(n[1]), n[2])
	}
	if n[0] < 1000 {
		return Date{}, fmt.Errorf("%w: a year without an era has four digits", ErrDate)
	}
	return New(n[0], time.Month(n[1]), n[2])
}

// foldDigits narrows full-width letters, digits and marks and takes every space out.
func foldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '　':
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, s)
}

// cutEra takes the name, sign or letter of an era, or 西暦, off the front.
func cutEra(s string) (Era, string) {
	for _, row := range eras {
		for _, name := range []string{row.name, string(row.sign)} {
			if rest, ok := strings.CutPrefix(s, name); ok {
				return row.era, rest
			}
		}
		if s != "" && s[0]&^0x20 == row.letter {
			return row.era, strings.TrimPrefix(s[1:], ".")
		}
	}
	return UnknownEra, strings.TrimPrefix(s, "西暦")
}

// cutParts splits year, month and day: all three marked 年 月 日, or parted by one and the same mark.
func cutParts(s string) (parts [3]string, ok bool) {
	if year, rest, ok := strings.Cut(s, "年"); ok {
		month, rest, ok1 := strings.Cut(rest, "月")
		day, rest, ok2 := strings.Cut(rest, "日")
		return [3]string{year, month, day}, ok1 && ok2 && rest == ""
	}
	for _, mark := range []string{"-", "/", "."} {
		if fields := strings.Split(s, mark); len(fields) == 3 {
			return [3]string(fields), true
		}
	}
	return parts, false
}

// kanjiDigits, with the forms that family registers use against forgery (大字).
var kanjiDigits = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '壱': 1, '二': 2, '弐': 2, '三': 3, '参': 3, '四': 4,
	'五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

// Numeral reads a number of up to four digits, in figures or in Chinese numerals by place (二〇二六) or by tens (二十八).
func Numeral(s string) (int, bool) {
	if before, after, ok := strings.Cut(strings.ReplaceAll(s, "拾", "十"), "十"); ok {
		tens, ok1 := numeral(before)
		ones, ok2 := numeral(after)
		return max(tens, 1)*10 + ones, ok1 && ok2
	}
	n, count := 0, 0
	for _, r := range s {
		d, ok := kanjiDigits[r]
		if r >= '0' && r <= '9' {
			d, ok = int(r-'0'), true
		}
		if !ok {
			return 0, false
		}
		n = n*10 + d
		count++
	}
	return n, count >= 1 && count <= 4
}

// numeral is what stands before or after 十: one numeral from 一 to 九, or nothing, which is 0.
func numeral(s string) (int, bool) {
	r := []rune(s)
	if len(r) == 0 {
		return 0, true
	}
	return kanjiDigits[r[0]], len(r) == 1 && kanjiDigits[r[0]] > 0
}
