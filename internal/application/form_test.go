package application

import (
	"maps"
	"slices"
	"testing"

	"mynumber/internal/civil"
)

var today = civil.Day(2025, 10, 28)

// filled is a form in order.
func filled() RawForm {
	return RawForm{
		"honseki": "022039", "number": "408172635406", "family_name": "佐藤", "given_name": "光", "family_kana": "さとう", "given_kana": "ひかり",
		"sex": "female", "birth": "昭和63年5月17日", "overseas_address": "12F, No. 88, Sec. 2, Zhongshan N. Rd., Taipei 104", "country": "TW",
		"planned_departure": "令和4年3月31日", "pickup": "131075", "email1": "hikari.sato@example.com", "phone1": "+886 2 5550 1234", "photo_taken": "2025-10-20",
	}
}

func TestParse(t *testing.T) {
	f, faults := filled().Parse(today)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if f.Honseki != "022039" || f.Number.IsZero() || f.Name.Full() != "佐藤　光" || f.Name.FamilyKana != "サトウ" || f.Birth != civil.Day(1988, 5, 17) ||
		f.PlannedDeparture != civil.Day(2022, 3, 31) || len(f.Emails) != 1 || len(f.Phones) != 1 {
		t.Errorf("FORM-002, APP-073, APP-074: %+v", f.Birth)
	}
}

func TestParseNormalises(t *testing.T) {
	raw := filled()
	maps.Copy(raw, RawForm{
		"honseki": "０２２０３９", "number": "４０８１ ７２６３ ５４０６", "family_kana": "ｻﾄｳ", "birth": "Ｓ６３．５．１７", "country": "ｔｗ",
		"overseas_address": "１２Ｆ， Ｎｏ．８８  Ｔａｉｐｅｉ", "email1": " Hikari.Sato@Example.COM ", "phone1": "＋８８６ ２ ５５５０ １２３４", "photo_taken": "令和七年十月二十日",
	})
	f, faults := raw.Parse(today)
	if len(faults) > 0 {
		t.Fatalf("APP-074: half and full width are normalised, not refused: %v", faults)
	}
	if f.Number.Digits() != "408172635406" || f.Country != "TW" || f.Address != "12F, No.88 Taipei" || f.Name.FamilyKana != "サトウ" || f.PhotoTaken != civil.Day(2025, 10, 20) {
		t.Errorf("%s %s %s", f.Country, f.Address, f.PhotoTaken)
	}
}

func TestParseReportsEveryFault(t *testing.T) {
	for _, c := range []struct {
		rule   string
		change RawForm
		fields []string
	}{
		{"APP-074 a day that does not exist", RawForm{"birth": "1988-02-30"}, []string{"birth"}},
		{"APP-074 a day outside its era", RawForm{"birth": "昭和64年1月8日"}, []string{"birth"}},
		{"APP-074 a day to come", RawForm{"birth": "2025-10-29"}, []string{"birth", "planned_departure"}},
		{"APP-074 departure before birth", RawForm{"planned_departure": "1980-01-01"}, []string{"planned_departure"}},
		{"NUM-002 wrong check digit", RawForm{"number": "408172635407"}, []string{"number"}},
		{"NUM-002 a digit short", RawForm{"number": "40817263540"}, []string{"number"}},
		{"APP-074 the number may be empty", RawForm{"number": ""}, nil},
		{"APP-074 wrong check digit of a code", RawForm{"honseki": "022038"}, []string{"honseki"}},
		{"APP-074 an unknown mission", RawForm{"pickup": "embassy-xx"}, []string{"pickup"}},
		{"APP-070 a mission as pickup place", RawForm{"pickup": "office-tw-taipei"}, nil},
		{"APP-074 kanji in the address abroad", RawForm{"overseas_address": "台北市中山北路"}, []string{"overseas_address"}},
		{"APP-074 no country code of the telephone", RawForm{"phone1": "02 5550 1234"}, []string{"phone1"}},
		{"ELIG-014 an address in Japan", RawForm{"country": "JP"}, []string{"country"}},
		{"APP-074 kanji where kana belongs", RawForm{"family_kana": "佐藤"}, []string{"family_kana"}},
		{"APP-074 everything at once", RawForm{"birth": "x", "email1": "x", "sex": "x", "country": "Taiwan"}, []string{"birth", "country", "email1", "sex"}},
		{"APP-074 required fields empty", RawForm{"family_name": "", "email1": ""}, []string{"email1", "family_name"}},
		{"a field the form does not have", RawForm{"favourite_colour": "red"}, []string{"favourite_colour"}},
		{"APP-077 the box", RawForm{"recent_notification": "yes"}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			raw := filled()
			maps.Copy(raw, c.change)
			_, faults := raw.Parse(today)
			var fields []string
			for _, f := range faults {
				fields = append(fields, f.Field)
				if f.Text.Ja == "" || f.Text.En == "" {
					t.Errorf("%s: a text is missing", f.Field)
				}
			}
			if !slices.Equal(fields, c.fields) {
				t.Errorf("faults in %v, want %v", fields, c.fields)
			}
		})
	}
}

func TestRawShowsNoNumber(t *testing.T) {
	f, _ := filled().Parse(today)
	raw := f.Raw()
	if raw["number"] != "" {
		t.Error("NUM-008: the number is shown back")
	}
	raw["number"] = filled()["number"]
	again, faults := raw.Parse(today)
	if len(faults) > 0 || again.Name != f.Name || again.Birth != f.Birth || again.Pickup != f.Pickup {
		t.Errorf("what is written out reads back otherwise: %v", faults)
	}
}

func TestCorrected(t *testing.T) {
	f, _ := filled().Parse(today)
	got, faults := f.Corrected(today, []string{"planned_departure"}, RawForm{"planned_departure": "2022-04-02", "family_name": "田中"})
	if len(faults) > 0 || got.PlannedDeparture != civil.Day(2022, 4, 2) || got.Name != f.Name || got.Number != f.Number {
		t.Errorf("APP-076: only what was asked changes: %v", faults)
	}
}

func TestBrailleCells(t *testing.T) {
	for kana, cells := range map[string]int{"": 0, "さとうひかり": 6, "がぎぐげご": 10, "パピ": 4, "ヴ": 2} {
		if got := (Form{Braille: kana}).BrailleCells(); got != cells {
			t.Errorf("CARD-010: %q has %d cells, want %d", kana, got, cells)
		}
	}
}

// FuzzParse: any text in any field is read or reported, and what is read has no fault when it is written out again.
func FuzzParse(f *testing.F) {
	f.Add("birth", "昭和63年5月17日")
	f.Add("number", "４０８１")
	f.Add("family_name", "𠮷\U000e0100")
	f.Fuzz(func(t *testing.T, field, text string) {
		raw := filled()
		raw[field] = text
		form, faults := raw.Parse(today)
		if len(faults) > 0 {
			return
		}
		again := form.Raw()
		again["number"] = form.Number.Digits()
		if _, faults := again.Parse(today); len(faults) > 0 {
			t.Errorf("field %q read, but not again: %v", field, faults)
		}
	})
}
