package place_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the missions on any host

	"mynumber/internal/civil"
	"mynumber/internal/place"
)

var today = civil.Day(2026, 7, 9) // the day of the list

func TestCheckDigit(t *testing.T) {
	for code5, want := range map[string]byte{
		"13221": '7', "13101": '6', "13102": '4', "01100": '2', "47201": '8',
		"13104": '1', // remainder 0
		"13208": '0', // remainder 1
	} {
		if got, err := place.CheckDigit(code5); err != nil || got != want {
			t.Errorf("%s: %c %v, want %c", code5, got, err, want)
		}
		if code, err := place.WithCheckDigit(code5); err != nil || string(code) != code5+string(want) || code.Five() != code5 {
			t.Errorf("%s becomes %s, %v", code5, code, err)
		}
	}
	for _, s := range []string{"", "1322", "132217", "1322x", "１３２２１"} {
		if _, err := place.CheckDigit(s); err == nil {
			t.Errorf("%q has a check digit", s)
		}
	}
}

func TestParseMunicipality(t *testing.T) {
	for s, want := range map[string]place.Code{"022039": "022039", " ０２２０３９ ": "022039", "044237": "044237"} {
		if got, err := place.ParseMunicipality(s); err != nil || got != want {
			t.Errorf("%q: %s %v", s, got, err)
		}
	}
	for _, s := range []string{"", "02203", "022038", "0220399", "022O39", "990000", "990019", "issuer", "embassy-at"} {
		_, err := place.ParseMunicipality(s)
		if field, ok := errors.AsType[place.FieldError](err); !ok || field.Text.Ja == "" || field.Text.En == "" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// The official totals: 1,718 municipalities and 23 special wards; 20 designated cities with 171 wards.
func TestCounts(t *testing.T) {
	count := func(on civil.Date) map[place.MunicipalityKind]int {
		out := map[place.MunicipalityKind]int{}
		for _, m := range place.Municipalities(on) {
			out[m.Kind]++
			if m.Designated {
				out["designated"]++
			}
			if m.IsMunicipality() {
				out["municipality"]++
			}
		}
		return out
	}
	for _, c := range []struct {
		on                                           civil.Date
		cities, towns, villages, specialWards, wards int
	}{
		{civil.Day(2015, 10, 5), 790, 745, 183, 23, 175},
		{civil.Day(2016, 10, 9), 790, 745, 183, 23, 175},
		{civil.Day(2016, 10, 10), 791, 744, 183, 23, 175},
		{civil.Day(2018, 9, 30), 791, 744, 183, 23, 175},
		{civil.Day(2018, 10, 1), 792, 743, 183, 23, 175},
		{civil.Day(2023, 12, 31), 792, 743, 183, 23, 175},
		{civil.Day(2024, 1, 1), 792, 743, 183, 23, 171},
		{today, 792, 743, 183, 23, 171},
	} {
		got := count(c.on)
		if got[place.City] != c.cities || got[place.Town] != c.towns || got[place.Village] != c.villages ||
			got[place.SpecialWard] != c.specialWards || got[place.Ward] != c.wards || got["designated"] != 20 || got["municipality"] != 1741 {
			t.Errorf("%s: %v", c.on, got)
		}
	}
}

// Every row is well formed, leads to rows that stand when it ends, and no code stands twice on a day.
func TestMunicipalityRows(t *testing.T) {
	kinds := map[place.MunicipalityKind]string{place.City: "市", place.Town: "町", place.Village: "村", place.Ward: "区", place.SpecialWard: "区"}
	seen := map[place.Code]bool{}
	for _, day := range []civil.Date{civil.Day(2015, 10, 5), civil.Day(2017, 1, 1), civil.Day(2019, 1, 1), civil.Day(2020, 1, 1), today} {
		for _, m := range place.Municipalities(day) {
			if seen[m.Code] {
				continue
			}
			seen[m.Code] = true
			forms := place.History(m.Code)
			for i, form := range forms {
				if i > 0 && forms[i-1].To != form.From {
					t.Errorf("%s: from %s, but the form before ends on %s", form.Code, form.From, forms[i-1].To)
				}
				if !strings.HasSuffix(form.Name, kinds[form.Kind]) || form.Kana == "" || form.Romaji == "" {
					t.Errorf("%s %s %q %q is no %s", form.Code, form.Name, form.Kana, form.Romaji, form.Kind)
				}
				if form.To.IsZero() != (len(form.Successors) == 0) {
					t.Errorf("%s: ends %s with successors %v", form.Code, form.To, form.Successors)
				}
				for _, next := range form.Successors {
					if _, err := place.LookupMunicipality(next, form.To); err != nil {
						t.Errorf("%s leads to %s: %v", form.Code, next, err)
					}
				}
			}
		}
	}
	if len(seen) != 1741+175+3+2 { // today's, wards of 2015, Hamamatsu's new ones, two towns that became cities
		t.Errorf("%d codes", len(seen))
	}
}

// The day before, the day and the day after each change since 2015-10-05.
func TestChanges(t *testing.T) {
	name := func(code place.Code, on civil.Date) string {
		office, err := place.Lookup(code, on)
		if err != nil {
			if !errors.Is(err, place.ErrUnknown) {
				t.Errorf("%s on %s: %v", code, on, err)
			}
			return ""
		}
		return office.NameJa
	}
	for _, c := range []struct {
		day           civil.Date
		code          place.Code
		before, after string
	}{
		{civil.Day(2024, 1, 1), "221317", "静岡県浜松市中区", ""},
		{civil.Day(2024, 1, 1), "221376", "静岡県浜松市天竜区", ""},
		{civil.Day(2024, 1, 1), "221384", "", "静岡県浜松市中央区"},
		{civil.Day(2024, 1, 1), "221392", "", "静岡県浜松市浜名区"},
		{civil.Day(2024, 1, 1), "221406", "", "静岡県浜松市天竜区"},
		{civil.Day(2024, 1, 1), "221309", "静岡県浜松市", "静岡県浜松市"},
		{civil.Day(2016, 10, 10), "044237", "宮城県富谷町", ""},
		{civil.Day(2016, 10, 10), "042161", "", "宮城県富谷市"},
		{civil.Day(2018, 10, 1), "403059", "福岡県那珂川町", ""},
		{civil.Day(2018, 10, 1), "402311", "", "福岡県那珂川市"},
		{civil.Day(2019, 5, 1), "282219", "兵庫県篠山市", "兵庫県丹波篠山市"},
	} {
		if got := name(c.code, c.day.AddDays(-1)); got != c.before {
			t.Errorf("%s the day before %s: %q, want %q", c.code, c.day, got, c.before)
		}
		for _, on := range []civil.Date{c.day, c.day.AddDays(1)} {
			if got := name(c.code, on); got != c.after {
				t.Errorf("%s on %s: %q, want %q", c.code, on, got, c.after)
			}
		}
	}
	for code, want := range map[place.Code][]string{
		"221350": {"浜松市中央区", "浜松市浜名区"}, "221317": {"浜松市中央区"}, "044237": {"富谷市"}, "282219": {"丹波篠山市"}, "022039": {"八戸市"},
	} {
		var got []string
		for _, m := range place.Successors(code, today) {
			got = append(got, m.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s became %v, want %v", code, got, want)
		}
	}
	if got := place.Successors("221317", civil.Day(2023, 12, 31)); len(got) != 1 || got[0].Name != "浜松市中区" {
		t.Errorf("the day before it still stood: %v", got)
	}
}

// APP-074: the honseki is named with the ward in a designated city.
func TestKeepsRegister(t *testing.T) {
	for code, want := range map[place.Code]bool{
		"141003": false, // 横浜市
		"141097": true,  // 横浜市港北区
		"131075": true,  // 墨田区, a special ward
		"022039": true,  // 八戸市
		"151009": false, // 新潟市
		"221309": false, // 浜松市
		"281000": false, // 神戸市
		"142018": true,  // 横須賀市, which has no wards
		"243035": true,  // 木曽岬町
		"issuer": false, "office-tw-taipei": false, "": false, "999999": false,
	} {
		if got := place.KeepsRegister(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestKinds(t *testing.T) {
	for code, want := range map[place.Code]place.Kind{
		"022039": place.KindMunicipality, "044237": place.KindMunicipality, "office-tw-taipei": place.KindMission,
		place.Issuer: place.KindIssuer, "": place.KindUnknown, "022038": place.KindUnknown, "embassy-xx": place.KindUnknown,
	} {
		if got := place.KindOf(code); got != want {
			t.Errorf("%q is %q, want %q", code, got, want)
		}
		office, err := place.Lookup(code, today)
		if (err == nil) != (want != place.KindUnknown) && code != "044237" {
			t.Errorf("%q: %v", code, err)
		}
		if err == nil && (office.Code != code || office.Kind != want || office.NameJa == "" || office.NameEn == "") {
			t.Errorf("%q: %+v", code, office)
		}
	}
	if place.Code("issuer").Five() != "" || place.Code("022039").Five() != "02203" {
		t.Error("the five digits of a code")
	}
}

func TestSearch(t *testing.T) {
	for text, want := range map[string]string{
		"はちのへ": "八戸市", "ハチノヘ": "八戸市", "八戸": "八戸市", "青森県八戸": "八戸市", "青森県 八戸": "八戸市", "hachinohe-shi": "八戸市", "ＨＡＣＨＩＮＯ": "八戸市",
		"港北": "横浜市港北区", "こうほくく": "横浜市港北区", "横浜市港北": "横浜市港北区", "よこはまし こうほ": "横浜市港北区", "Yokohama-shi Kohoku": "横浜市港北区",
		"龍ヶ崎": "龍ケ崎市", "龍ケ崎": "龍ケ崎市", "さっぽろし しろ": "札幌市白石区",
	} {
		got := place.Search(text, today, 5)
		if len(got) == 0 || got[0].Name != want {
			t.Errorf("%q finds %v, want %s first", text, got, want)
		}
	}
	for text, want := range map[string]int{"": 0, " - ": 0, "戸市": 0, "中央区": 7, "はままつし なかく": 0, "青森県": 7, "zzz": 0} {
		if got := place.Search(text, today, 7); len(got) != want {
			t.Errorf("%q finds %d, want %d", text, len(got), want)
		}
	}
	if got := place.Search("はままつし なかく", civil.Day(2023, 12, 31), 5); len(got) != 1 {
		t.Errorf("the ward of that day: %v", got)
	}
}

// The Foreign Ministry's last published totals.
func TestMissions(t *testing.T) {
	kinds := map[place.MissionKind]int{}
	for _, m := range place.Missions() {
		kinds[m.Kind]++
		if m.NameJa == "" || m.NameEn == "" || m.City == "" || len(m.Country) != 2 {
			t.Errorf("%+v is not complete", m)
		}
		if _, err := time.LoadLocation(m.Zone); err != nil || m.Zone == "" {
			t.Errorf("%s: %v", m.ID, err)
		}
		if !slices.ContainsFunc(place.CoveredBy(m.Country), func(c place.Mission) bool { return c == m }) {
			t.Errorf("%s does not serve the country it stands in", m.ID)
		}
		if got, ok := place.LookupMission(m.ID); !ok || got != m {
			t.Errorf("%s is not found", m.ID)
		}
	}
	if kinds[place.Embassy] != 156 || kinds[place.ConsulateGeneral] != 67 || kinds[place.ConsularOffice] != 20 || kinds[place.ExchangeAssociation] != 2 {
		t.Errorf("%v", kinds)
	}
}

// ABR, APP-070: the mission in the country of residence, or the one that covers it.
func TestCoveredBy(t *testing.T) {
	for country, want := range map[string]string{
		"TW": "office-tw-kaohsiung office-tw-taipei", // APP-072
		"LI": "embassy-ch", "MO": "consulate-hk-hong-kong", "XK": "embassy-at", "AT": "embassy-at", "TH": "consulate-th-chiang-mai embassy-th",
		"JP": "", "": "", "at": "",
	} {
		var got []string
		for _, m := range place.CoveredBy(country) {
			got = append(got, string(m.ID))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", country, got, want)
		}
	}
	countries := place.Countries()
	for _, country := range countries {
		if len(place.CoveredBy(country)) == 0 {
			t.Errorf("nobody covers %s", country)
		}
	}
	if len(countries) < 195 || !slices.IsSorted(countries) {
		t.Errorf("%d countries and territories", len(countries))
	}
}

func BenchmarkSearch(b *testing.B) {
	for b.Loop() {
		place.Search("はちのへ", today, 10)
	}
}
