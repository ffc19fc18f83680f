package authority

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"mynumber/internal/place"
)

// name is how a line is named; it stands in journals for ever.
var name = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)

func TestPolicies(t *testing.T) {
	seen := map[string]bool{Nobody: true, Days: true}
	for _, p := range Policies {
		if !name.MatchString(p.Name) || seen[p.Name] {
			t.Errorf("line %q: the name is not one of words, or taken", p.Name)
		}
		seen[p.Name] = true
		if p.Says.Ja == "" || p.Says.En == "" || len(p.Roles) == 0 || len(p.Kinds) == 0 || len(p.Acts) == 0 {
			t.Errorf("line %s is not complete: %+v", p.Name, p)
		}
		for _, a := range p.Acts {
			if strings.HasPrefix(string(a), "list.") && p.Two {
				t.Errorf("line %s: %s cannot need two persons", p.Name, a)
			}
		}
		if says := Says(p.Name); says != p.Says {
			t.Errorf("Says(%q) = %v", p.Name, says)
		}
	}
}

func TestDenyByDefault(t *testing.T) {
	for _, c := range []struct {
		role Role
		kind place.Kind
		act  Act
	}{
		{Clerk, place.KindMunicipality, "something.new"},
		{"director", place.KindMunicipality, "find_person"},
		{Clerk, place.KindUnknown, "find_person"},
		{Admin, place.KindIssuer, "application.look"},
		{StopLine, place.KindIssuer, "application.look"},
		{System, place.KindMunicipality, "person.look"},
		{"", place.KindMunicipality, "find_person"},
	} {
		if p, may := Decide(c.role, c.kind, c.act); may || p.Name != Nobody {
			t.Errorf("%s by %q at %q: permitted by %s", c.act, c.role, c.kind, p.Name)
		}
	}
}

func TestActOf(t *testing.T) {
	for _, c := range []struct {
		subject, name string
		want          Act
	}{
		{"case/x", "enter_pins_planned", "case.enter_pins"}, {"", "file", "file"}, {"person/a@b", "look", "person.look"}, {"application/x", "plan_production", "application.plan_production"},
	} {
		if got := ActOf(c.subject, c.name); got != c.want {
			t.Errorf("ActOf(%q, %q) = %q, want %q", c.subject, c.name, got, c.want)
		}
	}
}

var update = flag.Bool("update", false, "write docs/authority.md anew")

func TestPrinted(t *testing.T) {
	var b bytes.Buffer
	if err := Print(&b); err != nil {
		t.Fatal(err)
	}
	const file = "../../docs/authority.md"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(have, b.Bytes()) {
		t.Errorf("%s is stale (%v): go test ./internal/authority -update", file, err)
	}
	for _, p := range Policies {
		if partWords[p.Part].Ja == "" {
			t.Errorf("line %s: the part %s has no words", p.Name, p.Part)
		}
	}
	for _, r := range Everybody {
		if roleWords[r].Ja == "" {
			t.Errorf("the role %s has no words", r)
		}
	}
}
