package booking

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

func loaded(t *testing.T) Policies {
	t.Helper()
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// counter is a counter of an office by its id.
func counter(t *testing.T, p Policy, id string) Counter {
	t.Helper()
	for _, c := range p.Counters() {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("%s has no counter %s", p.Office, id)
	return Counter{}
}

const (
	niigata   place.Code = "151009"
	kita      place.Code = "151017"
	chuo      place.Code = "151033"
	awara     place.Code = "182087"
	konan     place.Code = "252115" // 湖南市
	sumida    place.Code = "131075"
	hachinohe place.Code = "022039"
)

// TestNiigataMainHall compares ten years with a list that was made by hand from the rule (OFF-031, OFF-032, OFF-034).
func TestNiigataMainHall(t *testing.T) {
	file, err := os.Open("testdata/niigata-main-hall.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	closed := map[civil.Date]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if text := lines.Text(); !strings.HasPrefix(text, "#") {
			day, _, _ := strings.Cut(text, " ")
			closed[civil.Day(2024, 1, 1).AddDays(civil.Day(2024, 1, 1).DaysUntil(mustParse(t, day)))] = true
		}
	}
	if len(closed) < 150 {
		t.Fatalf("only %d days are listed", len(closed))
	}
	p := loaded(t).Of(chuo)
	hall := counter(t, p, "main-hall")
	open := 0
	for day := civil.Day(2024, 1, 1); day.Year() < 2034; day = day.AddDays(1) {
		weekend := day.Weekday() == time.Tuesday || day.Weekday() == time.Wednesday
		got := p.OnDay(hall, day)
		if want := !weekend && !closed[day]; (len(got.Hours) > 0) != want {
			t.Errorf("%s (%s): open %t, want %t: %+v", day, day.Weekday(), !want, want, got)
		}
		open += len(got.Hours)
	}
	if open < 2400 || open > 2600 {
		t.Errorf("open on %d days of ten years", open)
	}
}

func mustParse(t *testing.T, text string) civil.Date {
	t.Helper()
	d, err := civil.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOnDay(t *testing.T) {
	all := loaded(t)
	for _, c := range []struct {
		rule    string
		office  place.Code
		counter string
		day     civil.Date
		want    string // first and last hour; empty: closed
	}{
		{"OFF-030 a ward office on a Friday", kita, "ward-office", civil.Day(2026, 1, 16), "09:00-17:00"},
		{"OFF-030 not on a Saturday", kita, "ward-office", civil.Day(2026, 1, 17), ""},
		{"OFF-030 not on a holiday", kita, "ward-office", civil.Day(2026, 1, 12), ""},
		{"OFF-031 the main hall on a holiday that is a Monday", kita, "main-hall", civil.Day(2026, 1, 12), "09:30-16:45"},
		{"OFF-031 a Tuesday", kita, "main-hall", civil.Day(2026, 1, 13), ""},
		{"OFF-031 the 1st Saturday", kita, "main-hall", civil.Day(2026, 2, 7), "09:30-16:45"},
		{"OFF-031 the 2nd Saturday", kita, "main-hall", civil.Day(2026, 2, 14), "09:30-17:45"},
		{"OFF-031 the 4th Saturday", kita, "main-hall", civil.Day(2026, 2, 28), "09:30-17:45"},
		{"OFF-031 a 5th Saturday", kita, "main-hall", civil.Day(2026, 1, 31), "09:30-16:45"},
		{"OFF-031 the 3rd Sunday of a month that begins on a Sunday", kita, "main-hall", civil.Day(2026, 2, 15), ""},
		{"OFF-032 and the day after its 3rd Saturday, the 4th Sunday", kita, "main-hall", civil.Day(2026, 2, 22), ""},
		{"OFF-032 the Sunday after, open again", kita, "main-hall", civil.Day(2026, 3, 1), "09:30-16:45"},
		{"OFF-032 a New Year's Day that is a Thursday", kita, "main-hall", civil.Day(2026, 1, 1), ""},
		{"OFF-001 the neutral default on a Friday", hachinohe, "counter", civil.Day(2026, 1, 16), "09:00-16:30"},
		{"OFF-001 the neutral default on a Saturday", hachinohe, "counter", civil.Day(2026, 1, 17), ""},
		{"地方自治法第4条の2 the turn of the year", hachinohe, "counter", civil.Day(2025, 12, 29), ""},
		{"平成30年法律第57号 a holiday that the law moved in 2021", hachinohe, "counter", civil.Day(2021, 7, 23), ""},
		{"平成30年法律第57号 and the day on which it would have been", hachinohe, "counter", civil.Day(2021, 10, 11), "09:00-16:30"},
		{"APP-027 the holiday counter opens on no day that nobody names", awara, "holiday", civil.Day(2026, 1, 17), ""},
		{"OFF-020 the branch room", awara, "ashihara", civil.Day(2026, 1, 16), "09:00-16:30"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := all.Of(c.office)
			got, o := "", p.OnDay(counter(t, p, c.counter), c.day)
			if n := len(o.Hours); n > 0 {
				got = o.Hours[0].From + "-" + o.Hours[n-1].To
			}
			if got != c.want || (got == "") == o.Closed.IsZero() {
				t.Errorf("%s: %q (%s), want %q", c.day, got, o.Closed.Ja, c.want)
			}
		})
	}
}

// TestTerms: what each office wants of a visitor, and under which item.
func TestTerms(t *testing.T) {
	all := loaded(t)
	for _, c := range []struct {
		rule      string
		office    place.Code
		counter   string
		procedure rules.Procedure
		need      Need
		item      string
		last      int // -1: the rulebook's
	}{
		{"OFF-001, PICK-007 Niigata's wards", kita, "ward-office", rules.CollectAtHome, Required, "マイナンバーカードの受取", 30},
		{"OFF-003, PICK-008 and the main hall", kita, "main-hall", rules.CollectAtHome, Required, "マイナンバーカードの受取", 30},
		{"OFF-002 no reservation for a renewal", kita, "ward-office", rules.RenewCertificatesAtHome, NoNeed, "", -1},
		{"APP-029, OFF-035 application support at Kita: not required", kita, "ward-office", rules.ApplyAtHome, Priority, "カードの申請(国内)", -1},
		{"APP-029 application support at Chuo: required", chuo, "ward-office", rules.ApplyAtHome, Required, "カードの申請(国内)", -1},
		{"PICK-010 Awara gives priority", awara, "citizens", rules.CollectAtHome, Priority, "マイナンバーカードの受取", -1},
		{"APP-027, OFF-020 but wants a reservation on holidays", awara, "holiday", rules.CollectAtHome, Required, "マイナンバーカードの受取", -1},
		{"OFF-001, OFF-004, PICK-011 Sumida's own item for an overseas card", sumida, "pickup", rules.CollectAbroad, Priority, "電子証明書更新の予約", -1},
		{"PICK-011 and not for a domestic one", sumida, "pickup", rules.CollectAtHome, Priority, "マイナンバーカードの受取", -1},
		{"OFF-001, CON-017 the neutral default", hachinohe, "counter", rules.CollectAbroad, Priority, "マイナンバーカードの受取", -1},
		{"supplement 7: Finland wants an appointment", "embassy-fi", "counter", rules.ApplyAbroad, Required, "", -1},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := all.Of(c.office)
			terms := p.Terms(c.procedure, counter(t, p, c.counter))
			last := -1
			if terms.Last != nil {
				last = *terms.Last
			}
			if terms.Need != c.need || c.item != "" && terms.Item.Ja != c.item || last != c.last || len(terms.Cites) == 0 || terms.Need != NoNeed && terms.Capacity < 1 {
				t.Errorf("%+v, last %d", terms, last)
			}
		})
	}
}

// TestTakes: what offices do by their own policy, and what nobody says of them.
func TestTakes(t *testing.T) {
	all := loaded(t)
	if _, known := all.Of(hachinohe).Relief(); known {
		t.Error("OFF-008: nobody says whether Hachinohe waives fees")
	}
	for _, c := range []struct {
		rule      string
		got, want bool
	}{
		{"OFF-007, OFF-014 Konan (湖南市) takes a postal money order", all.Of(konan).FeeByPost(), true},
		{"OFF-007 the others are not known to", all.Of(awara).FeeByPost(), false},
		{"OFF-012, PICK-055 Niigata tells of a proxy", all.Of(kita).TellProxied(), true},
		{"CON-010 no post from abroad unless the office says so", all.Of(konan).Post(rules.ApplyAbroad), false},
		{"supplement 0.21 Finland takes an application by post", all.Of("embassy-fi").Post(rules.ApplyAbroad), true},
		{"supplement 0.21 but no PIN reset", all.Of("embassy-fi").Post(rules.ResetPINFromAbroad), false},
		{"supplement 0.21 Manila takes none", all.Of("embassy-ph").Post(rules.ApplyAbroad), false},
		{"supplement 0.21 a mission that nobody looked up", all.Of("office-tw-taipei").Post(rules.ApplyAbroad), false},
		{"OFF-009 Awara's staff go out", all.Of(awara).Outreach(), true},
		{"OFF-016, PICK-002 the branch room resets no PINs", counter(t, all.Of(awara), "ashihara").Takes(rules.ResetPINInJapan), false},
		{"PICK-004 the main hall changes no resident record", counter(t, all.Of(kita), "main-hall").Takes(rules.ChangeAtHome), false},
		{"APP-028 application support at the ward office only", counter(t, all.Of(chuo), "main-hall").Takes(rules.ApplyAtHome), false},
		{"PICK-003 the main hall hands cards over", counter(t, all.Of(kita), "main-hall").Takes(rules.CollectAtHome), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %t", c.rule, c.got)
		}
	}
	if relief, known := all.Of(kita).Relief(); !relief || !known {
		t.Error("OFF-008, FEE-013: Niigata waives the fee after the earthquake")
	}
	if later, known := all.Of(awara).AnotherDay(); !later || !known {
		t.Error("CON-038: at Awara a household member comes on another day")
	}
}

// TestLines: what an office says in words, or how it is reached, stands in its policy under its rule.
func TestLines(t *testing.T) {
	all := loaded(t)
	for _, c := range []struct {
		rule   string
		office place.Code
		says   string
	}{
		{"OFF-005", awara, "本人限定郵便"}, {"OFF-005", kita, "簡易書留"}, {"OFF-006", konan, "代理人には渡しません"}, {"OFF-006", awara, "やむを得ない"}, {"OFF-006", kita, "11の理由"},
		{"OFF-010", awara, "無料"}, {"OFF-011", awara, "申し出"}, {"OFF-011", kita, "再発行"}, {"OFF-013", konan, "電話"}, {"OFF-014", konan, "電話"}, {"OFF-015", awara, "書かない窓口"},
		{"OFF-016", awara, "市役所の窓口"}, {"OFF-016", kita, "一部の出張所"}, {"OFF-017", awara, "独自の事業者"}, {"OFF-017", hachinohe, "コンビニ"}, {"CVS-007", awara, "受付順"},
		{"OFF-018", konan, "電子メール"}, {"OFF-018", sumida, "電子メール"}, {"OFF-018", hachinohe, "電子メール"}, {"OFF-021", awara, "0776-73-5688"}, {"OFF-022", awara, "15分"},
		{"OFF-033", kita, "臨時メンテナンス"}, {"OFF-036", kita, "025-387-1265"}, {"OFF-036", chuo, "025-223-7106"}, {"OFF-036", niigata, "025-245-0300"}, {"OFF-037", kita, "12月29日〜1月3日"}, {"PICK-009", kita, "8時30分"},
	} {
		p := all.Of(c.office)
		found := false
		for _, l := range p.Lines() {
			found = found || slices.Contains(l.Cite.IDs, c.rule) && strings.Contains(l.Text.Ja, c.says)
		}
		for _, x := range p.Contacts() {
			found = found || x.Cite != nil && slices.Contains(x.Cite.IDs, c.rule) && strings.Contains(x.Phone+x.Fax+x.Hours.Ja, c.says)
		}
		if !found {
			t.Errorf("%s: %s does not say %q", c.rule, c.office, c.says)
		}
	}
}

// TestCountersOfACity: a ward has its own counter and the city's; the city's place is one for all wards (OFF-031).
func TestCountersOfACity(t *testing.T) {
	all := loaded(t)
	keys := func(code place.Code) (out []string) {
		for _, c := range all.Of(code).Counters() {
			out = append(out, c.Key())
		}
		return out
	}
	if got := keys(kita); !slices.Equal(got, []string{"151017/ward-office", "151009/main-hall"}) {
		t.Error(got)
	}
	if got := keys(niigata); !slices.Equal(got, []string{"151009/main-hall"}) {
		t.Error(got)
	}
	if got := keys("132012"); !slices.Equal(got, []string{"132012/counter"}) {
		t.Error(got)
	}
	s, ok := all.Of(kita).Find(rules.CollectAtHome, civil.Day(2026, 2, 14), "17:00", "")
	if !ok || s.Counter.Key() != "151009/main-hall" {
		t.Errorf("OFF-031 17:00 on the 2nd Saturday: %+v", s)
	}
	if _, ok := all.Of(kita).Find(rules.CollectAtHome, civil.Day(2026, 2, 7), "16:30", ""); ok {
		t.Error("OFF-031: a visit begun at 16:30 does not end by 16:45")
	}
	if _, ok := all.Of(kita).Find(rules.RenewCertificatesAtHome, civil.Day(2026, 2, 13), "10:00", ""); ok {
		t.Error("OFF-002: nothing is booked for a renewal")
	}
}

// TestZone: every mission has a time of its own, and one without is said and not given Japan's.
func TestZone(t *testing.T) {
	all := loaded(t)
	for _, m := range place.Missions() {
		if _, err := all.Of(m.ID).Zone(); err != nil {
			t.Errorf("%s: %v", m.ID, err)
		}
	}
	late := time.Date(2026, 1, 15, 20, 30, 0, 0, time.UTC) // 05:30 of the 16th in Japan
	for code, want := range map[place.Code]string{sumida: "2026-01-16 05:30", "office-tw-taipei": "2026-01-16 04:30", "embassy-us": "2026-01-15 15:30"} {
		day, at, err := all.Of(code).Local(late)
		if err != nil || day.String()+" "+at != want {
			t.Errorf("%s: %s %s, %v; want %s", code, day, at, err, want)
		}
	}
	own, err := LoadWith(fstest.MapFS{"embassy-us.json": {Data: []byte(`{"office": "embassy-us", "cite": {"source": "x"}, "checked": "2026-01-01", "zone": "unknown"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := own.Of("embassy-us").Local(late); !errors.Is(err, ErrNoZone) {
		t.Errorf("a zone that is not known: %v", err)
	}
}

func TestLifeIsComplete(t *testing.T) {
	if err := Life.Check(); err != nil {
		t.Error(err)
	}
	for _, row := range Life.Table {
		for _, cell := range row {
			if _, ok := rules.Refusals[cell.Code]; cell.Verdict == law.No && !ok {
				t.Errorf("no refusal is called %q", cell.Code)
			}
		}
	}
}

// TestReload: what is wrong leaves what is in force.
func TestReload(t *testing.T) {
	p := loaded(t)
	copied := p
	if _, err := p.Reload(fstest.MapFS{"022039.json": {Data: []byte(`{"office": "022039"}`)}}); err == nil || len(copied.Faults()) == 0 {
		t.Fatal("a file without source and day was taken")
	}
	if len(copied.Of(hachinohe).Files()[0].Lines) != 2 {
		t.Error("the policy in force did not stay")
	}
	good := `{"office": "022039", "cite": {"source": "八戸市"}, "checked": "2026-02-01", "pickup_months": 2}`
	changed, err := p.Reload(fstest.MapFS{"022039.json": {Data: []byte(good)}})
	if err != nil || !slices.Equal(changed, []place.Code{hachinohe}) || copied.Faults() != nil {
		t.Fatal(changed, err)
	}
	if copied.Of(hachinohe).PickupMonths() != 2 {
		t.Error("a copy does not see what was loaded")
	}
	if changed, err := p.Reload(nil); err != nil || !slices.Equal(changed, []place.Code{hachinohe}) || copied.Of(hachinohe).PickupMonths() != 0 {
		t.Errorf("a file that is gone: %v %v", changed, err)
	}
}

// faulty is a policy that is right.
const right = `{
  "office": "152021",
  "cite": {"source": "長岡市 マイナンバーカード", "place": "受取窓口"},
  "checked": "2026-11-22",
  "counters": [
    {"id": "city-hall", "name": {"ja": "市民課", "en": "citizens' section"}, "where": {"ja": "1階", "en": "1st floor"},
     "hours": [
       {"days": ["mon", "tue"], "open": "08:30", "close": "17:15"},
       {"from": "2026-12-06", "open": "09:00", "close": "12:00"}
     ],
     "closed": [{"days": ["mon"], "nth": [2]}]}
  ],
  "closed": [{"turn_of_year": true}],
  "reservations": [
    {"for": ["collect_at_home"], "need": "required", "times": ["09:00", "16:30"], "capacity": 4, "first_day": 1, "last_day": 14}
  ],
  "contacts": [{"for": {"ja": "市民課", "en": "citizens' section"}, "phone": "0258-00-0000"}],
  "lines": [{"about": "photo", "text": {"ja": "写真は無料です。", "en": "Photos are free."}}]
}
`

// TestFaults: whatever is wrong is said with its line and what would be right, in both languages.
func TestFaults(t *testing.T) {
	if _, err := LoadWith(fstest.MapFS{"152021.json": {Data: []byte(right)}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, old, wrong string
		line             int
		field, says      string
	}{
		{"no JSON", `"capacity": 4,`, `"capacity": 4 4,`, 15, "", "brackets"},
		{"cut off", `"lines"`, `"lines`, 18, "", "brackets"},
		{"a field nobody knows", `"open": "08:30"`, `"opens": "08:30"`, 8, "counters[0].hours[0].opens", "open"},
		{"a field twice", `"phone": "0258-00-0000"`, `"phone": "0258-00-0000", "phone": "0258-00-0001"`, 17, "contacts[0].phone", "line 17"},
		{"an impossible hour", `"17:15"`, `"24:15"`, 8, "counters[0].hours[0].close", "09:30"},
		{"an hour in another form", `"08:30"`, `"8:30"`, 8, "counters[0].hours[0].open", "09:30"},
		{"closing before opening", `"17:15"`, `"08:30"`, 8, "counters[0].hours[0].close", "after it opens"},
		{"an impossible day", `2026-12-06`, `2026-02-30`, 9, "counters[0].hours[1].from", "calendar"},
		{"a weekday nobody knows", `["mon", "tue"]`, `["mon", "Tue"]`, 8, "counters[0].hours[0].days[1]", "one of sun"},
		{"a 6th Monday", `[2]`, `[6]`, 11, "counters[0].closed[0].nth[0]", "1 to 5"},
		{"open and closed every Monday", `"nth": [2]`, `"nth": []`, 11, "counters[0].closed[0]", "Line 8 opens"},
		{"open and closed that day", `{"days": ["mon"], "nth": [2]}`, `{"from": "2026-12-01", "to": "2026-12-08"}`, 11, "counters[0].closed[0]", "Line 9 opens"},
		{"two hours for one day", `{"from": "2026-12-06",`, `{"days": ["tue"],`, 9, "counters[0].hours[1]", "line 8"},
		{"weekday and date", `"from": "2026-12-06"`, `"from": "2026-12-06", "days": ["sun"]`, 9, "counters[0].hours[1]", "either"},
		{"closed by two kinds", `"turn_of_year": true`, `"turn_of_year": true, "from": "2026-12-28"`, 13, "closed[0]", "exactly one"},
		{"a slot outside opening hours", `"16:30"]`, `"17:30"]`, 15, "reservations[0].times[1]", "No counter is open"},
		{"a horizon that runs backwards", `"first_day": 1`, `"first_day": 15`, 15, "reservations[0].first_day", "not after the last"},
		{"a horizon without an end", `"last_day": 14`, `"last_day": 4000`, 15, "reservations[0].last_day", "0 to 366"},
		{"no capacity", `"capacity": 4`, `"capacity": 0`, 15, "reservations[0].capacity", "1 to 500"},
		{"half a visitor", `"capacity": 4`, `"capacity": 4.5`, 15, "reservations[0].capacity", "whole number"},
		{"a procedure nobody knows", `["collect_at_home"]`, `["collect_card"]`, 15, "reservations[0].for[0]", "no such procedure"},
		{"a need nobody knows", `"required"`, `"always"`, 15, "reservations[0].need", "One of required"},
		{"times where none are taken", `"required"`, `"none"`, 15, "reservations[0].need", "yet times"},
		{"times and steps", `"times"`, `"every": 30, "times"`, 15, "reservations[0].times", "either every"},
		{"a counter nobody knows", `"need": "required"`, `"need": "required", "counters": ["hall"]`, 15, "reservations[0].counters[0]", "no such counter"},
		{"two rules for one thing", `"last_day": 14}`, "\"last_day\": 14},\n{\"for\": [\"collect_at_home\"], \"need\": \"none\"}", 16, "reservations[1]", "Line 15"},
		{"no source", `{"source": "長岡市 マイナンバーカード", "place": "受取窓口"}`, `{"place": "受取窓口"}`, 3, "cite", "source"},
		{"a rule that is not in the catalogue", `{"source": "長岡市`, `{"rules": ["OFF-999"], "source": "長岡市`, 3, "cite.rules[0]", "catalogue"},
		{"nobody looked", `"checked": "2026-11-22",`, ``, 1, "checked", "compared"},
		{"no such office", `"152021"`, `"152022"`, 2, "office", "No office"},
		{"a zone in Japan", `"closed": [{"turn`, `"zone": "Asia/Tokyo", "closed": [{"turn`, 13, "zone", "mission"},
		{"one language", `{"ja": "写真は無料です。", "en": "Photos are free."}`, `{"ja": "写真は無料です。"}`, 18, "lines[0].text", "ja and en"},
		{"a topic nobody knows", `"photo"`, `"photos"`, 18, "lines[0].about", "photo"},
		{"no telephone number", `0258-00-0000`, `電話`, 17, "contacts[0].phone", "digits"},
		{"part of a village", `"cite"`, `"part_of": "153079", "cite"`, 3, "part_of", "no file"},
		{"a mission's line", `"lines"`, `"mission": {"checked": "2026-01-01"}, "lines"`, 18, "mission", "Only a mission"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(right, c.old) {
				t.Fatalf("%q is not there", c.old)
			}
			text := strings.Replace(right, c.old, c.wrong, 1)
			_, err := LoadWith(fstest.MapFS{"152021.json": {Data: []byte(text)}})
			faults, ok := errors.AsType[Faults](err)
			if !ok {
				t.Fatalf("%v", err)
			}
			hit := slices.ContainsFunc(faults, func(f Fault) bool {
				return f.File == "policies/152021.json" && f.Line == c.line && f.Field == c.field && strings.Contains(f.Text.En, c.says) && f.Text.Ja != ""
			})
			if !hit {
				t.Errorf("want line %d, %s: %s\n%v", c.line, c.field, c.says, err)
			}
		})
	}
}

// TestFileName: a file is called as its office, so that two cannot speak for one.
func TestFileName(t *testing.T) {
	_, err := LoadWith(fstest.MapFS{"nagaoka.json": {Data: []byte(right)}})
	if err == nil || !strings.Contains(err.Error(), "152021.json") {
		t.Error(err)
	}
}

// FuzzParse: no text of a policy breaks the reader, and what it takes has slots that lie within opening hours.
func FuzzParse(f *testing.F) {
	f.Add(right)
	f.Add(`{"office": "default"}`)
	f.Add(`[{"a": [[[[[]]]]]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		file, _, faults := parse("x.json", []byte(text))
		if len(faults) > 0 {
			for _, x := range faults {
				if x.Line < 1 || x.Line > 1+strings.Count(text, "\n") || x.Text.Ja == "" || x.Text.En == "" {
					t.Errorf("%+v", x)
				}
			}
			return
		}
		p := Policy{Office: file.Office, files: []*File{file}}
		for day := civil.Day(2026, 1, 1); day.Before(civil.Day(2026, 2, 1)); day = day.AddDays(1) {
			for _, s := range p.Slots(rules.CollectAtHome, day) {
				if !slices.ContainsFunc(p.OnDay(s.Counter, day).Hours, func(h Span) bool { return s.Time >= h.From && s.Time < h.To }) {
					t.Errorf("%s %s is outside the hours", day, s.Time)
				}
			}
		}
		_ = fmt.Sprint(p.Cite())
	})
}
