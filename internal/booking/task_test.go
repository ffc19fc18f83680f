package booking

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

const nagaoka place.Code = "152021"

// TestTaskPage follows docs/tasks/add-a-policy.md alone: the file that it shows is written into a folder, checked, loaded and used.
func TestTaskPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/tasks/add-a-policy.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(page)
	if block == nil {
		t.Fatal("the page shows no file")
	}
	dir := Dir(t.TempDir())
	if err := os.WriteFile(filepath.Join(string(dir), string(nagaoka)+".json"), block[1], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckFile(dir, string(nagaoka)+".json"); err != nil {
		t.Fatalf("mynumber policies -check:\n%v", err)
	}
	p := loaded(t)
	before := p.Of(nagaoka)
	if before.Own() {
		t.Fatal("Nagaoka has a policy already: the page needs another example")
	}
	if changed, err := p.Reload(dir); err != nil || len(changed) != 1 || changed[0] != nagaoka {
		t.Fatal(changed, err)
	}
	after := p.Of(nagaoka)
	for day, want := range map[civil.Date]string{
		civil.Day(2026, 12, 1):  "08:30-17:15", // a Tuesday
		civil.Day(2026, 12, 24): "08:30-19:00", // the 4th Thursday
		civil.Day(2026, 12, 6):  "09:00-12:00", // the Sunday that opens for once
		civil.Day(2026, 12, 20): "",            // the day after the 3rd Saturday
		civil.Day(2026, 12, 10): "",            // closed for once, a 2nd Thursday
		civil.Day(2026, 12, 29): "",            // the turn of the year
		civil.Day(2026, 11, 23): "",            // a holiday
	} {
		got, o := "", after.OnDay(counter(t, after, "city-hall"), day)
		if len(o.Hours) > 0 {
			got = o.Hours[0].From + "-" + o.Hours[0].To
		}
		if got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	slots := after.Slots(rules.CollectAtHome, civil.Day(2026, 12, 1))
	if len(slots) != 4 || slots[0].Capacity != 4 || len(before.Slots(rules.CollectAtHome, civil.Day(2026, 12, 1))) == 4 {
		t.Errorf("%+v", slots)
	}
	if n := len(after.Slots(rules.RenewCertificatesAtHome, civil.Day(2026, 12, 1))); n != 0 {
		t.Errorf("%d times for what is not booked", n)
	}
	if after.Outreach() || !after.Counter() {
		t.Error("what it takes")
	}

	// A field that the page names is one that is read, and none is left out.
	for _, field := range []string{"office", "part_of", "cite", "checked", "zone", "counters", "closed", "reservations", "pickup_months", "takes", "mission", "contacts", "lines"} {
		if !strings.Contains(string(page), "`"+field+"`") {
			t.Errorf("the page does not explain %s", field)
		}
	}
}

// TestUnfinishedFile: what an editor has half written is refused with its line, and the policy in force stays.
func TestUnfinishedFile(t *testing.T) {
	dir := Dir(t.TempDir())
	p := loaded(t)
	name := filepath.Join(string(dir), "131075.json")
	if err := os.WriteFile(name, []byte("{\n  \"office\": \"131075\",\n  \"cou"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reload(dir); err == nil || !strings.Contains(err.Error(), name+":3: ") {
		t.Errorf("%v", err)
	}
	if len(p.Of(sumida).Lines()) == 0 || p.Faults() == nil {
		t.Error("the policy in force did not stay")
	}
	if err := os.WriteFile(name+"~", []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reload(dir); err != nil || p.Faults() != nil {
		t.Errorf("an editor's copy was read: %v", err)
	}
	if _, err := p.Reload(Dir(filepath.Join(string(dir), "none"))); err != nil {
		t.Errorf("a folder that is not there: %v", err)
	}
}
