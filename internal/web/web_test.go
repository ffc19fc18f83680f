package web

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Every state, act and kind of the house has a name on the pages, in both languages.
func TestWordsAreComplete(t *testing.T) {
	check := func(kind string, key any, text law.Text, known bool) {
		if !known || text.Ja == "" || text.En == "" {
			t.Errorf("%s %v has no name: %+v", kind, key, text)
		}
	}
	for _, s := range application.Life.States {
		text, ok := stateWords[s]
		check("state", s, text, ok)
	}
	for _, a := range application.Life.Acts {
		text, ok := actWords[a]
		check("act", a, text, ok)
	}
	for _, s := range card.States {
		text, ok := cardWords[s]
		check("card", s, text, ok)
	}
	for _, s := range certificate.Life.States {
		text, ok := certificateWords[s]
		check("certificate", s, text, ok)
	}
	for _, k := range certificate.Kinds {
		text, ok := kindWords[k]
		check("kind", k, text, ok)
	}
	for _, r := range office.Roles {
		text, ok := roleWords[r]
		check("role", r, text, ok)
	}
	for _, k := range notice.Kinds() {
		text, ok := noticeWords[k]
		check("message", k, text, ok)
	}
	for _, k := range rules.PickupDocuments() {
		if !slices.Contains(papers, k) {
			t.Errorf("PICK-071: the document %s is not offered at the window", k)
		}
	}
}

// APP-074: the page asks for every field of the form, once, and for no other but the photo.
func TestFormHasEveryField(t *testing.T) {
	seen := map[string]int{}
	for _, p := range parts() {
		for _, name := range p.Names {
			seen[name]++
		}
	}
	for _, f := range application.Fields {
		if seen[f.Name] != 1 {
			t.Errorf("the field %s stands on the page %d times", f.Name, seen[f.Name])
		}
		delete(seen, f.Name)
	}
	if len(seen) != 1 || seen["photo"] != 1 {
		t.Errorf("besides the form's fields the page has %v, want the photo alone", seen)
	}
}

// A field that must never be shown back is not, whatever was sent.
func TestSecretsAreNotShownBack(t *testing.T) {
	in, _ := formInputs().with(func(string) string { return "408172635406" }, nil)
	for _, f := range application.Fields {
		if got := in.Get(f.Name).Value; f.Secret && got != "" {
			t.Errorf("the field %s comes back with its value", f.Name)
		}
	}
	if in.Get("family_name").Value == "" {
		t.Error("a field that is no secret has to come back")
	}
}

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		what string
		err  error
		want int
	}{
		{"a rule's no", fmt.Errorf("file: %w", rules.Refuse("foreign_national")), http.StatusConflict},
		{"somebody else was first", fmt.Errorf("act: %w", office.ErrStale), http.StatusConflict},
		{"one field", &office.Invalid{Field: "birth"}, http.StatusUnprocessableEntity},
		{"a form", office.InvalidForm{{Field: "birth"}}, http.StatusUnprocessableEntity},
		{"a PIN", &procedure.PINFault{PIN: card.SignaturePIN}, http.StatusUnprocessableEntity},
		{"another role", office.ErrForbidden, http.StatusForbidden},
		{"another office", office.ErrNotFound, http.StatusNotFound},
		{"too large", &http.MaxBytesError{}, http.StatusRequestEntityTooLarge},
		{"anything else", errors.New("disk full"), http.StatusInternalServerError},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := statusOf(c.err); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

// ST-001 to ST-005: the line of steps marks where a case stands.
func TestSteps(t *testing.T) {
	for _, c := range []struct {
		state      application.State
		past, here int
	}{
		{application.Applied, 0, 0},
		{application.Received, 2, 2},
		{application.Defective, 2, 2},
		{application.ReadyForPickup, 5, 5},
		{application.HandedOver, 7, 6},
		{application.Rejected, 0, -1},
	} {
		t.Run(string(c.state), func(t *testing.T) {
			past, here := 0, -1
			for n, s := range stepsOf(c.state) {
				if s.Past {
					past++
				}
				if s.Here {
					here = n
				}
			}
			if past != c.past || here != c.here {
				t.Errorf("%d past, present %d; want %d and %d", past, here, c.past, c.here)
			}
		})
	}
}

// PICK-007: the calendar shows each day on its weekday and adds the places up.
func TestCalendar(t *testing.T) {
	slots := []office.Slot{{Day: civil.Day(2025, 12, 31), Time: "09:00", Free: 2}, {Day: civil.Day(2025, 12, 31), Time: "09:30", Free: 1}, {Day: civil.Day(2026, 1, 5), Time: "09:00", Free: 3}}
	months := calendar(slots, civil.Day(2026, 1, 5))
	if len(months) != 2 || months[0].Title.Ja != "令和7年12月" || months[1].Title.Ja != "令和8年1月" {
		t.Fatalf("months: %+v", months)
	}
	free := map[civil.Date]int{}
	for _, m := range months {
		for _, w := range m.Weeks {
			for n, d := range w {
				if d.Day.IsZero() {
					continue
				}
				if int(d.Day.Weekday()) != n {
					t.Errorf("%s stands under weekday %d", d.Day, n)
				}
				if d.Chosen != (d.Day == civil.Day(2026, 1, 5)) {
					t.Errorf("%s: chosen %v", d.Day, d.Chosen)
				}
				if d.Free > 0 {
					free[d.Day] = d.Free
				}
			}
		}
	}
	if len(free) != 2 || free[civil.Day(2025, 12, 31)] != 3 || free[civil.Day(2026, 1, 5)] != 3 {
		t.Errorf("free places: %v", free)
	}
	if calendar(nil, civil.Date{}) != nil {
		t.Error("without slots there is no calendar")
	}
}

// The pages hold no script and no style of their own: the content policy would stop them.
func TestPagesHaveNoScript(t *testing.T) {
	err := fs.WalkDir(pageFiles, "pages", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(pageFiles, path)
		if err != nil {
			return err
		}
		for _, bad := range []string{"<script", "<style", " style=", " onclick=", "javascript:"} {
			text := strings.ToLower(string(b))
			if scripted[filepath.Base(filepath.Dir(path))] { // one file of ours, for passkeys
				text = strings.ReplaceAll(text, `<script src="/static/passkey.js?v={{version}}" defer></script>`, "")
			}
			if strings.Contains(text, bad) {
				t.Errorf("%s contains %q", path, bad)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A mailed secret does not reach the clerk who reads the message.
func TestMessagesHideSecrets(t *testing.T) {
	lines := messageLines([]notice.Message{{Body: "次のページ http://x.example/reserve/4rwmfcxogbwww3hcz6saeoxhcc です"}})
	if got := lines[0].Body; strings.Contains(got, "4rwmf") || !strings.Contains(got, "/reserve/…") {
		t.Errorf("got %q", got)
	}
}

// FuzzLinked: a mail's text comes out whole, however it is split into runs and addresses.
func FuzzLinked(f *testing.F) {
	for _, seed := range []string{"", "本文", "次: http://a.example/b です\nhttps://c", "http://", "https://x<y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var out strings.Builder
		for _, p := range linked(body) {
			out.WriteString(p.Text + p.Link)
			if p.Link != "" && !strings.HasPrefix(p.Link, "http") {
				t.Errorf("%q is taken for an address", p.Link)
			}
		}
		if out.String() != body {
			t.Errorf("%q came out as %q", body, out.String())
		}
	})
}
