package decision

import (
	"errors"
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
)

var today = civil.Day(2026, 11, 22)

func TestReadTellsEveryFaultAtOnce(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // paths
	}{
		{"unknown field", `{"person": {"brith_date": "1988-05-17"}}`, []string{"person.brith_date"}},
		{"unknown field near a known one", `{"person": {"birthDate": "1988-05-17"}}`, []string{"person.birthDate"}},
		{"wrong types", `{"person": {"age": "37", "adult_ward": "no"}, "card": []}`, []string{"person.age", "person.adult_ward", "card"}},
		{"a day that does not exist", `{"on": "2026-02-29", "person": {"birth_date": "1988-13-01"}}`, []string{"on", "person.birth_date"}},
		{"an era instead of a day", `{"on": "令和8年4月1日"}`, []string{"on"}},
		{"unknown words", `{"procedure": "renew", "office": {"kind": "city_hall"}, "visitor": {"who": "friend"}}`, []string{"procedure", "office.kind", "visitor.who"}},
		{"unknown offices", `{"office": {"code": "131076"}, "person": {"municipality": "office-xx-nowhere", "honseki": "999999"}}`, []string{"office.code", "person.municipality", "person.honseki"}},
		{"departure before birth", `{"person": {"birth_date": "1988-05-17", "planned_departure": "1988-05-16"}}`, []string{"person.planned_departure"}},
		{"birth in the future", `{"on": "2026-04-01", "person": {"birth_date": "2026-04-02"}}`, []string{"person.birth_date"}},
		{"a card expiring before issue", `{"card": {"kind": "domestic", "issued": "2025-04-01", "until": "2025-03-31"}}`, []string{"card.until"}},
		{"a certificate outliving its card", `{"card": {"kind": "domestic", "until": "2030-05-17"}, "certificates": {"signature": {"until": "2030-05-18"}}}`, []string{"certificates.signature.until"}},
		{"age and birth", `{"on": "2026-05-16", "person": {"birth_date": "1988-05-17", "age": 38}}`, []string{"person.age"}},
		{"no card and a state", `{"card": {"kind": "none", "state": "active", "at_hand": true}}`, []string{"card.state", "card.at_hand"}},
		{"a Japanese with a period of stay", `{"person": {"nationality": "japanese", "stay_until": "2027-01-01"}}`, []string{"person.residence_status"}},
		{"abroad in Japan", `{"person": {"residence": "abroad", "country": "JP"}}`, []string{"person.country"}},
		{"kind and code of the office", `{"office": {"kind": "honseki", "code": "office-tw-taipei"}}`, []string{"office.kind"}},
		{"twice", `{"channel": "visit", "channel": "post"}`, []string{"channel"}},
		{"too many papers", `{"visitor": {"papers": [` + strings.Repeat(`{"kind": "passport"},`, 40) + `{"kind": "passport"}]}}`, []string{"visitor.papers"}},
		{"a place in a list", `{"visitor": {"papers": [{"kind": "passport"}, {"kind": "bus_pass", "until": 2026}]}}`, []string{"visitor.papers[1].kind", "visitor.papers[1].until"}},
		{"not JSON", `{"person": {`, []string{""}},
		{"two", `{} {}`, []string{""}},
		{"nothing", ``, []string{""}},
		{"no object", `"visit"`, []string{""}},
		{"too long", `{"on": "` + strings.Repeat("2", MaxBytes) + `"}`, []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read([]byte(c.text), today)
			var faults Faults
			if !errors.As(err, &faults) {
				t.Fatalf("%v", err)
			}
			var got []string
			for _, f := range faults {
				got = append(got, f.Field)
				if f.Text.Ja == "" || f.Text.En == "" || strings.Contains(f.Text.Ja+f.Text.En, "%!") {
					t.Errorf("%s: %+v", f.Field, f.Text)
				}
			}
			if strings.Join(got, " ") != strings.Join(c.want, " ") {
				t.Errorf("faults at %q, want %q", got, c.want)
			}
		})
	}
}

func TestReadSaysWhatWouldBeRight(t *testing.T) {
	for text, want := range map[string]string{
		`{"person": {"birthDate": "1988-05-17"}}`:  `Is "birth_date" meant?`,
		`{"person": {"brith_date": "1988-05-17"}}`: `Is "birth_date" meant?`,
		`{"office": {"kind": "city_hall"}}`:        "one of ",
		`{"on": "2026-02-29"}`:                     "a day that exists, as in 2026-04-01",
		`{"person": {"age": 131}}`:                 "a whole number from 0 to 130",
		`{"person": {"municipality": "131076"}}`:   "copying mistake",
		`{"person": {"country": "Japan"}}`:         "as in US",
	} {
		_, err := Read([]byte(text), today)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestReadTakesTodayWhereNoDayIsNamed(t *testing.T) {
	for text, want := range map[string]civil.Date{`{}`: today, `{"on": "2027-04-01"}`: civil.Day(2027, 4, 1), `{"on": null}`: today} {
		s, err := Read([]byte(text), today)
		if err != nil || s.On != want {
			t.Errorf("%s: %+v, %v", text, s, err)
		}
	}
}

func TestNoLawBeforeTheFirstCard(t *testing.T) {
	s, err := Read([]byte(`{"on": "2015-12-31", "procedure": "apply_from_abroad"}`), today)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := procedure.Decide(s); !errors.Is(err, law.ErrNoLaw) {
		t.Errorf("%v", err)
	}
}

// FuzzRead: no text makes the reader or the rulebook panic or stall, and what is read is written back the same.
func FuzzRead(f *testing.F) {
	for _, name := range situationFiles(f) {
		s, err := readSituation(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(s.Situation))
	}
	for _, bad := range []string{`{"person":{"birth_date":"0000-00-00"}}`, `[[[[[[`, `{"a":{"a":{"a":1}}}`, "\xff", `{"visitor":{"papers":[{}]}}`, `{"on":"2016-01-01"}`} {
		f.Add([]byte(bad))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Read(text, today)
		if err != nil {
			return
		}
		again, err := Set(s, "on", s.On.String())
		if err != nil {
			t.Fatalf("what was read is not read again: %v", err)
		}
		if again.On != s.On || again.Procedure != s.Procedure || again.Person.Birth != s.Person.Birth {
			t.Fatalf("%+v, then %+v", s, again)
		}
		d, err := procedure.Decide(s)
		if err != nil {
			if !errors.Is(err, law.ErrNoLaw) {
				t.Fatal(err)
			}
			return
		}
		if _, err := Write(d); err != nil {
			t.Fatal(err)
		}
	})
}
